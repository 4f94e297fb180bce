//! The language server end to end: the real binary and real bytes.

mod client;

mod addresses;
mod association;
mod cancel;
mod code_actions;
mod configuration;
mod corpus;
mod custom_image;
mod diagnostics;
mod documentation;
mod encoding;
mod features;
mod insertion;
mod lifecycle;
mod own_types;
mod rename;
mod sync;

#[path = "../support/skipped.rs"]
mod skipped;

#[path = "../support/fake_pip.rs"]
#[allow(dead_code, reason = "the command line's tests use the rest")]
mod fake_pip;
