//! Fits the edit of a completion to what editors do with it.

use crate::text::TextRange;
use crate::text::edit::TextEdit;

/// An edit as an editor can take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted {
    /// Replaces the whole token.
    pub edit: TextEdit,
    /// The part of the edit's range that an editor replaces whose user wants the rest of the word kept.
    pub insert: TextRange,
}

/// Fits an edit to its place. `behind` is the document's text from the cursor to the end of the edit's range.
///
/// A closing quote behind the cursor that the text would only write anew stays where it is: the result is the same, and
/// right also in editors that replace nothing behind the cursor. Only the rest of a word may be kept behind the text,
/// and only behind a word: brackets, quotes and `}` that the editor has put there would stand twice.
pub fn fit(edit: TextEdit, behind: &str) -> Fitted {
    let (edit, behind) = match edit.text.strip_suffix(behind) {
        Some(text) if matches!(behind, "\"" | "'") => {
            let range = TextRange::new(edit.range.start, edit.range.end - 1);
            (TextEdit::replace(range, text), "")
        }
        _ => (edit, behind),
    };
    let insert = match is_word(&edit.text) && is_word(behind) {
        true => TextRange::new(edit.range.start, edit.range.end - behind.len() as u32),
        false => edit.range,
    };
    Fitted { edit, insert }
}

fn is_word(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_quote_that_would_be_written_anew_stays() {
        let edit = |text: &str| TextEdit::replace(TextRange::new(5, 9), text);
        let shorter = TextEdit::replace(TextRange::new(5, 8), "Vpc");
        assert_eq!(fit(edit("Vpc\""), "\"").edit, shorter);
        assert_eq!(fit(edit("Vpc'"), "'").edit, shorter);
        for (text, behind) in [("Vpc\"", "pc\""), ("Vpc\": $0", "\""), ("Vpc", ""), ("Vpc", "c")] {
            assert_eq!(fit(edit(text), behind).edit, edit(text));
        }
    }

    #[test]
    fn only_the_rest_of_a_word_can_be_kept_and_only_behind_a_word() {
        let insert =
            |text: &str, behind: &str| fit(TextEdit::replace(TextRange::new(5, 9), text), behind).insert;
        assert_eq!(insert("VpcId", "Id"), TextRange::new(5, 7));
        assert_eq!(insert("ALIYUN::ECS::VPC", "::E"), TextRange::new(5, 6));
        for (text, behind) in [
            ("${Zone\\}", "}"),
            ("!Ref $1", "ef"),
            ("Vpc", "pc\""),
            ("CidrBlock: $0", "ock"),
        ] {
            assert_eq!(insert(text, behind), TextRange::new(5, 9), "{text} {behind}");
        }
    }
}
