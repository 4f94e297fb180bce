//! Any bytes as a JSON template: see `properties.rs` for what must hold.

#![no_main]

#[path = "../../tests/support/properties.rs"]
#[allow(dead_code)] // The tests use more of it.
mod properties;

use libfuzzer_sys::fuzz_target;
use ros_lsp::syntax::Format;

fuzz_target!(|bytes: &[u8]| {
    properties::check_document(&String::from_utf8_lossy(bytes), Format::Json);
});
