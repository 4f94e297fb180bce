//! Says how many tests were skipped. Cargo runs test programs in the order of their names: this is the last.

#[path = "support/skipped.rs"]
mod skipped;

use std::io::Write;

#[test]
fn skipped_tests_are_counted() {
    let tests = skipped::taken();
    if !tests.is_empty() {
        let text = format!(
            "\n{} tests were skipped, whole or in part, for want of real templates: README.md says how to get these\n",
            tests.len()
        );
        let _ = std::io::stderr().write_all(text.as_bytes());
    }
    skipped::note("one");
    skipped::note("other");
    skipped::note("one");
    assert_eq!(skipped::taken(), ["one", "other"]);
    assert!(skipped::taken().is_empty(), "each is told once");
}
