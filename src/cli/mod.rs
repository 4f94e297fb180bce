//! cli: stands here soon.
