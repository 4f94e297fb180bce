//! A text edit as data: what fixes, completions and the formatter answer with.

use super::TextRange;

/// Replace the bytes of `range` by `text`. Ranges of one answer do not overlap and refer to the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    pub range: TextRange,
    pub text: String,
}

impl TextEdit {
    /// Replaces `range`.
    pub fn replace(range: TextRange, text: impl Into<String>) -> Self {
        TextEdit {
            range,
            text: text.into(),
        }
    }

    /// Inserts at `offset`.
    pub fn insert(offset: u32, text: impl Into<String>) -> Self {
        TextEdit {
            range: TextRange::empty(offset),
            text: text.into(),
        }
    }

    /// Removes `range`.
    pub fn delete(range: TextRange) -> Self {
        TextEdit {
            range,
            text: String::new(),
        }
    }
}

/// `text` with all `edits` applied; the edits may stand in any order but must not overlap.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut ordered: Vec<&TextEdit> = edits.iter().collect();
    ordered.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for edit in ordered {
        out.push_str(&text[copied..edit.range.start as usize]);
        out.push_str(&edit.text);
        copied = edit.range.end as usize;
    }
    out.push_str(&text[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_text_order_whatever_their_order_in_the_list() {
        let edits = [
            TextEdit::insert(3, "!"),
            TextEdit::replace(TextRange::new(0, 1), "A"),
            TextEdit::delete(TextRange::new(1, 2)),
        ];
        assert_eq!(apply("abc", &edits), "Ac!");
    }
}
