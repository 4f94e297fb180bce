//! The language server end to end: the real binary and real bytes.

mod client;

mod cancel;
mod configuration;
mod corpus;
mod custom_image;
mod diagnostics;
mod encoding;
mod features;
mod lifecycle;
mod sync;
