//! rules: stands here soon.
