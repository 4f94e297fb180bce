//! Fits the edit of a completion to what editors do with it.

use crate::text::TextRange;
use crate::text::edit::TextEdit;

/// Leaves a closing quote behind the cursor where it is, if the text would only write it anew: the result is the same,
/// and right also in editors that replace nothing behind the cursor. `behind` is the document's text from the cursor to
/// the end of the edit's range.
pub fn keep_closing_quote(edit: TextEdit, behind: &str) -> TextEdit {
    match edit.text.strip_suffix(behind) {
        Some(text) if matches!(behind, "\"" | "'") => {
            TextEdit::replace(TextRange::new(edit.range.start, edit.range.end - 1), text)
        }
        _ => edit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_quote_that_would_be_written_anew_stays() {
        let edit = |text: &str| TextEdit::replace(TextRange::new(5, 9), text);
        let shorter = TextEdit::replace(TextRange::new(5, 8), "Vpc");
        assert_eq!(keep_closing_quote(edit("Vpc\""), "\""), shorter);
        assert_eq!(keep_closing_quote(edit("Vpc'"), "'"), shorter);
        for (text, behind) in [("Vpc\"", "pc\""), ("Vpc\": $0", "\""), ("Vpc", ""), ("Vpc", "c")] {
            assert_eq!(keep_closing_quote(edit(text), behind), edit(text));
        }
    }
}
