//! Fits the text of a completion to what editors do with it.

use crate::text::TextRange;
use crate::text::edit::TextEdit;

/// Leaves a closing quote behind the cursor where it is, if the text would only write it anew: the result is the same,
/// and right also in editors that replace nothing behind the cursor. `behind` is the document's text from the cursor to
/// the end of the edit's range.
pub(super) fn keep_closing_quote(edit: TextEdit, behind: &str) -> TextEdit {
    match edit.text.strip_suffix(behind) {
        Some(text) if matches!(behind, "\"" | "'") => {
            TextEdit::replace(TextRange::new(edit.range.start, edit.range.end - 1), text)
        }
        _ => edit,
    }
}

/// Takes `indentation` off the start of each line but the first, for editors that put the line's own indentation before
/// the lines of a snippet. A line with less keeps nothing of it.
pub(super) fn outdent(text: &str, indentation: usize) -> String {
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        out.push('\n');
        out.extend(line.get(blanks.min(indentation)..));
    }
    out
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

    #[test]
    fn lines_after_the_first_lose_the_indentation() {
        assert_eq!(
            outdent("  Tags:\n        - $0\n\n      a", 6),
            "  Tags:\n  - $0\n\na"
        );
        assert_eq!(outdent("a:\n  b", 4), "a:\nb");
        assert_eq!(outdent("a", 4), "a");
    }
}
