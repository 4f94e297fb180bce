//! features: stands here soon.
