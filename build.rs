//! Packs the catalog's facts into the binary.
fn main() {}
