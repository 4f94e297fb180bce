//! server: stands here soon.
