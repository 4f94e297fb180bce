//! The rope that holds an open document and takes the client's edits.

use super::{
    TextRange,
    line_index::{Encoding, Position},
};
use ropey::Rope;

/// One content change of the client: `range` replaced by `text`, or the whole document where there is no range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub range: Option<(Position, Position)>,
    pub text: String,
}

/// The bytes that one change touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    /// What was replaced, in the text before the change.
    pub old: TextRange,
    /// Bytes that stand there now.
    pub new_len: u32,
}

/// A document's text while it is edited. Cloning is cheap and shares the text.
#[derive(Clone, Debug, Default)]
pub struct Buffer {
    rope: Rope,
}

impl Buffer {
    pub fn new(text: &str) -> Self {
        Buffer {
            rope: Rope::from_str(text),
        }
    }

    /// Applies `changes` in order, each to the result of the one before; answers with the bytes that each touched.
    pub fn apply(&mut self, changes: &[Change], encoding: Encoding) -> Vec<Touched> {
        changes
            .iter()
            .map(|change| self.apply_one(change, encoding))
            .collect()
    }

    /// Length in bytes.
    pub fn len(&self) -> u32 {
        self.rope.len_bytes() as u32
    }

    pub fn is_empty(&self) -> bool {
        self.rope.len_bytes() == 0
    }

    /// Number of lines; a text that ends in a line break has an empty last line.
    pub fn line_count(&self) -> u32 {
        self.rope.len_lines() as u32
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.rope.to_string()
    }

    /// The text of `range`, clamped to the document and to whole characters.
    pub fn slice(&self, range: TextRange) -> String {
        let start = self.char_at(range.start);
        let end = self.char_at(range.end).max(start);
        self.rope.slice(start..end).to_string()
    }

    /// Start of the line that a byte offset is in.
    pub fn line_start(&self, offset: u32) -> u32 {
        let line = self
            .rope
            .byte_to_line((offset as usize).min(self.rope.len_bytes()));
        self.rope.line_to_byte(line) as u32
    }

    /// Line and column of a byte offset. Offsets in a character count as its start, offsets in a line break as the
    /// line's end, offsets beyond the text as its end.
    pub fn position(&self, offset: u32, encoding: Encoding) -> Position {
        let line = self
            .rope
            .byte_to_line((offset as usize).min(self.rope.len_bytes()));
        let (start, end) = self.line_chars(line);
        let at = self.char_at(offset).min(end);
        let column = self.units_before(at, encoding) - self.units_before(start, encoding);
        Position::new(line as u32, column as u32)
    }

    /// Byte offset of a line and column. Columns in a character count as its start, columns beyond the line as its
    /// end, lines beyond the text as the text's end.
    pub fn offset(&self, position: Position, encoding: Encoding) -> u32 {
        let line = position.line as usize;
        if line >= self.rope.len_lines() {
            return self.len();
        }
        let (start, end) = self.line_chars(line);
        let wanted = self.units_before(start, encoding) + position.column as usize;
        let at = match encoding {
            Encoding::Utf8 => self.rope.byte_to_char(wanted.min(self.rope.len_bytes())),
            Encoding::Utf16 => self.rope.utf16_cu_to_char(wanted.min(self.rope.len_utf16_cu())),
            Encoding::Utf32 => wanted,
        };
        self.rope.char_to_byte(at.min(end)) as u32
    }

    fn apply_one(&mut self, change: &Change, encoding: Encoding) -> Touched {
        let Some((start, end)) = change.range else {
            return self.replace_all(&change.text);
        };
        let (start, end) = (self.offset(start, encoding), self.offset(end, encoding));
        self.replace(TextRange::new(start.min(end), start.max(end)), &change.text)
    }

    /// Replaces the whole text. Most of it is usually the same: only what differs counts as touched.
    fn replace_all(&mut self, text: &str) -> Touched {
        let before = self.common_prefix(text);
        let behind = self.common_suffix(&text[before..], self.rope.len_bytes() - before);
        let old = TextRange::new(before as u32, self.len() - behind as u32);
        self.replace(old, &text[before..text.len() - behind])
    }

    fn replace(&mut self, old: TextRange, text: &str) -> Touched {
        let first = self.char_at(old.start);
        self.rope.remove(first..self.char_at(old.end));
        self.rope.insert(first, text);
        Touched {
            old,
            new_len: text.len() as u32,
        }
    }

    /// How many bytes at the start are the same, whole characters only.
    fn common_prefix(&self, text: &str) -> usize {
        let mut common = 0;
        for chunk in self.rope.chunks() {
            let rest = text.as_bytes().get(common..).unwrap_or_default();
            let same = chunk.bytes().zip(rest).take_while(|(a, b)| a == *b).count();
            common += same;
            if same < chunk.len() {
                break;
            }
        }
        (0..=common)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    }

    /// How many bytes at the end are the same, at most `most`, whole characters only.
    fn common_suffix(&self, text: &str, most: usize) -> usize {
        let most = most.min(text.len());
        let (mut chunks, ..) = self.rope.chunks_at_byte(self.rope.len_bytes());
        let mut common = 0;
        while let Some(chunk) = chunks.prev() {
            let rest = text.as_bytes().get(..text.len() - common).unwrap_or_default();
            let same = chunk
                .bytes()
                .rev()
                .zip(rest.iter().rev())
                .take_while(|(a, b)| a == *b)
                .count();
            common += same;
            if same < chunk.len() || common >= most {
                break;
            }
        }
        let common = common.min(most);
        (0..=common)
            .rev()
            .find(|length| text.is_char_boundary(text.len() - length))
            .unwrap_or(0)
    }

    /// Index of the character that holds the byte.
    fn char_at(&self, offset: u32) -> usize {
        self.rope
            .byte_to_char((offset as usize).min(self.rope.len_bytes()))
    }

    /// The characters of a line without its line break, as start and end index.
    fn line_chars(&self, line: usize) -> (usize, usize) {
        let start = self.rope.line_to_char(line);
        let mut end = self.rope.line_to_char(line + 1);
        if end > start && self.rope.char(end - 1) == '\n' {
            end -= 1;
            if end > start && self.rope.char(end - 1) == '\r' {
                end -= 1;
            }
        } else if end > start && self.rope.char(end - 1) == '\r' {
            end -= 1;
        }
        (start, end)
    }

    /// Code units before a character, from the document's start.
    fn units_before(&self, at: usize, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Utf8 => self.rope.char_to_byte(at),
            Encoding::Utf16 => self.rope.char_to_utf16_cu(at),
            Encoding::Utf32 => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::line_index::LineIndex;
    use proptest::{prelude::*, sample::select};

    fn change(start: (u32, u32), end: (u32, u32), text: &str) -> Change {
        Change {
            range: Some((Position::new(start.0, start.1), Position::new(end.0, end.1))),
            text: text.into(),
        }
    }

    #[test]
    fn changes_apply_in_order_each_to_the_result_of_the_one_before() {
        let mut buffer = Buffer::new("Type: 专有\nName: a\n");
        let touched = buffer.apply(
            &[
                change((0, 6), (0, 8), "网络\n  x: "),
                change((1, 5), (2, 0), ""),
                change((9, 9), (9, 9), "# 完"),
            ],
            Encoding::Utf16,
        );
        assert_eq!(buffer.text(), "Type: 网络\n  x: Name: a\n# 完");
        assert_eq!(
            touched,
            [
                Touched {
                    old: TextRange::new(6, 12),
                    new_len: 12
                },
                Touched {
                    old: TextRange::new(18, 19),
                    new_len: 0
                },
                Touched {
                    old: TextRange::new(26, 26),
                    new_len: 5
                },
            ]
        );
    }

    #[test]
    fn a_change_without_range_replaces_everything() {
        let mut buffer = Buffer::new("old");
        let touched = buffer.apply(
            &[
                Change {
                    range: None,
                    text: "新".into(),
                },
                change((0, 1), (0, 1), "!"),
            ],
            Encoding::Utf16,
        );
        assert_eq!(buffer.text(), "新!");
        assert_eq!(
            touched[0],
            Touched {
                old: TextRange::new(0, 3),
                new_len: 3
            }
        );
    }

    #[test]
    fn halves_of_a_line_break_join() {
        let mut buffer = Buffer::new("a\nb");
        buffer.apply(&[change((0, 1), (0, 1), "\r")], Encoding::Utf16);
        assert_eq!(buffer.line_count(), 2);
        assert_eq!(buffer.position(3, Encoding::Utf16), Position::new(1, 0));
        buffer.apply(&[change((0, 1), (1, 0), "\rx")], Encoding::Utf16);
        assert_eq!(buffer.text(), "a\rxb");
        assert_eq!(buffer.offset(Position::new(1, 1), Encoding::Utf16), 3);
    }

    #[test]
    fn slices_keep_to_whole_characters() {
        let buffer = Buffer::new("a专b");
        assert_eq!(buffer.slice(TextRange::new(0, 3)), "a");
        assert_eq!(buffer.slice(TextRange::new(1, 99)), "专b");
    }

    /// Pieces that are awkward at every seam: line breaks of all kinds, their halves, wide characters, U+2028.
    fn text() -> impl Strategy<Value = String> {
        let piece = select(vec![
            "a",
            "key: ",
            "\n",
            "\r",
            "\r\n",
            "专有网络",
            "𠮷",
            "😀",
            "é",
            "\u{feff}",
            "\u{2028}",
            "\u{b}",
            "\t",
            "  ",
        ]);
        proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    fn encoding() -> impl Strategy<Value = Encoding> {
        select(vec![Encoding::Utf8, Encoding::Utf16, Encoding::Utf32])
    }

    fn position() -> impl Strategy<Value = Position> {
        (0..9u32, 0..14u32).prop_map(|(line, column)| Position::new(line, column))
    }

    /// The same edit on a plain string, by the definition of the protocol.
    fn naive_apply(text: &mut String, change: &Change, encoding: Encoding) -> Touched {
        let new_len = change.text.len() as u32;
        let Some((start, end)) = change.range else {
            let same = |pairs: &mut dyn Iterator<Item = (char, char)>| -> u32 {
                pairs
                    .take_while(|(a, b)| a == b)
                    .map(|(a, _)| a.len_utf8() as u32)
                    .sum()
            };
            let before = same(&mut text.chars().zip(change.text.chars()));
            let (old, new) = (&text[before as usize..], &change.text[before as usize..]);
            let behind = same(&mut old.chars().rev().zip(new.chars().rev()));
            let old = TextRange::new(before, text.len() as u32 - behind);
            *text = change.text.clone();
            let new_len = new_len - before - behind;
            return Touched { old, new_len };
        };
        let (start, end) = (
            naive_offset(text, start, encoding),
            naive_offset(text, end, encoding),
        );
        let old = TextRange::new(start.min(end), start.max(end));
        text.replace_range(old.as_usize(), &change.text);
        Touched { old, new_len }
    }

    fn naive_offset(text: &str, position: Position, encoding: Encoding) -> u32 {
        let mut here = Position::default();
        let mut rest = text.char_indices().peekable();
        while let Some((at, character)) = rest.next() {
            let ends_line = matches!(character, '\n' | '\r');
            let width = encoding.len_of(character);
            if here.line == position.line && (ends_line || here.column + width > position.column) {
                return at as u32;
            }
            if !ends_line {
                here.column += width;
            } else if character == '\n' || rest.peek().is_none_or(|(_, next)| *next != '\n') {
                here = Position::new(here.line + 1, 0);
            }
        }
        text.len() as u32
    }

    proptest! {
        #[test]
        fn edits_agree_with_a_plain_string(
            mut plain in text(),
            edits in proptest::collection::vec((proptest::option::weighted(0.95, (position(), position())), text()), 1..6),
            encoding in encoding(),
        ) {
            let mut buffer = Buffer::new(&plain);
            for (range, text) in edits {
                let change = Change { range, text };
                let touched = buffer.apply(std::slice::from_ref(&change), encoding);
                prop_assert_eq!(touched, vec![naive_apply(&mut plain, &change, encoding)]);
                prop_assert_eq!(buffer.text(), plain.as_str());
                prop_assert_eq!(buffer.line_count(), LineIndex::new(&plain).line_count());
            }
        }

        #[test]
        fn positions_agree_with_the_line_index_and_the_definition(
            text in text(), place in position(), encoding in encoding(), offset in 0..200u32,
        ) {
            let buffer = Buffer::new(&text);
            let index = LineIndex::new(&text);
            let found = buffer.offset(place, encoding);
            prop_assert_eq!(found, naive_offset(&text, place, encoding));
            prop_assert_eq!(found, index.offset(place, encoding));
            prop_assert!(text.is_char_boundary(found as usize));
            let there = buffer.position(offset, encoding);
            prop_assert_eq!(there, index.position(offset, encoding));
            // Back from a clamped place: never beyond the offset, and stable.
            let back = buffer.offset(there, encoding);
            prop_assert!(back <= offset);
            prop_assert_eq!(buffer.position(back, encoding), there);
        }
    }
}
