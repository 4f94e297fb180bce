//! Any edits of any text: see `properties.rs` for what must hold.

#![no_main]

#[path = "../../tests/support/properties.rs"]
#[allow(dead_code)] // The tests use more of it.
mod properties;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| properties::check_edits(bytes));
