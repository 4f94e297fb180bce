//! Byte offset ⇄ line and column in UTF-8, UTF-16 and UTF-32; LSP's line ends only (`\n`, `\r\n`, `\r`).

/// The unit that columns are counted in; negotiated with the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// Length of a character in this encoding's units.
    pub fn len_of(self, character: char) -> u32 {
        match self {
            Encoding::Utf8 => character.len_utf8() as u32,
            Encoding::Utf16 => character.len_utf16() as u32,
            Encoding::Utf32 => 1,
        }
    }

    /// Length of `text` in this encoding's units.
    pub fn measure(self, text: &str) -> u32 {
        match self {
            Encoding::Utf8 => text.len() as u32,
            _ if text.is_ascii() => text.len() as u32,
            Encoding::Utf16 | Encoding::Utf32 => text.chars().map(|character| self.len_of(character)).sum(),
        }
    }
}

/// A place in a text: zero-based line, zero-based column in units of an [`Encoding`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl Position {
    pub fn new(line: u32, column: u32) -> Self {
        Position { line, column }
    }
}

/// The lines of a text that does not change, for the command line. Open documents use
/// [`super::buffer::Buffer`], which answers the same questions while it is edited.
#[derive(Clone, Debug)]
pub struct LineIndex<'s> {
    text: &'s str,
    /// Byte offset of each line's start; the first is 0.
    starts: Vec<u32>,
}

impl<'s> LineIndex<'s> {
    pub fn new(text: &'s str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        LineIndex { text, starts }
    }

    /// Number of lines; a text that ends in a line break has an empty last line.
    pub fn line_count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The line without its line break; empty beyond the last line.
    pub fn line(&self, line: u32) -> &'s str {
        let Some(&start) = self.starts.get(line as usize) else {
            return "";
        };
        let end = self
            .starts
            .get(line as usize + 1)
            .map_or(self.text.len(), |&next| next as usize);
        let line = self.text.get(start as usize..end).unwrap_or_default();
        let line = line.strip_suffix('\n').unwrap_or(line);
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// Line and column of a byte offset. Offsets in a character count as its start, offsets in a line break as the
    /// line's end, offsets beyond the text as its end.
    pub fn position(&self, offset: u32, encoding: Encoding) -> Position {
        let offset = offset.min(self.text.len() as u32);
        let line = self.starts.partition_point(|&start| start <= offset) as u32 - 1;
        let content = self.line(line);
        let mut in_line = ((offset - self.starts[line as usize]) as usize).min(content.len());
        while !content.is_char_boundary(in_line) {
            in_line -= 1;
        }
        Position::new(line, encoding.measure(&content[..in_line]))
    }

    /// Byte offset of a line and column. Columns in a character count as its start, columns beyond the line as its
    /// end, lines beyond the text as the text's end.
    pub fn offset(&self, position: Position, encoding: Encoding) -> u32 {
        let Some(&start) = self.starts.get(position.line as usize) else {
            return self.text.len() as u32;
        };
        let mut column = 0;
        let mut offset = start;
        for character in self.line(position.line).chars() {
            column += encoding.len_of(character);
            if column > position.column {
                break;
            }
            offset += character.len_utf8() as u32;
        }
        offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn columns_differ_by_encoding() {
        // 专 is 3 bytes, 1 UTF-16 unit; 𠮷 is 4 bytes, 2 UTF-16 units.
        let text = "a\n专𠮷b";
        let index = LineIndex::new(text);
        let b = text.find('b').map(|at| at as u32).unwrap_or_default();
        let columns = ALL.map(|encoding| index.position(b, encoding).column);
        assert_eq!(columns, [7, 3, 2]);
        for encoding in ALL {
            assert_eq!(index.offset(index.position(b, encoding), encoding), b);
        }
    }

    #[test]
    fn only_the_protocols_line_ends_count() {
        let index = LineIndex::new("a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f\r\ng\rh\ni\n");
        assert_eq!(index.line_count(), 5);
        assert_eq!(index.line(1), "g");
        assert_eq!(index.line(2), "h");
        assert_eq!(index.line(3), "i");
        assert_eq!(index.line(4), "");
        assert_eq!(index.line(5), "");
    }

    #[test]
    fn impossible_places_are_clamped() {
        let index = LineIndex::new("a𠮷\r\nb");
        let clamped = |line, column, encoding| index.offset(Position::new(line, column), encoding);
        assert_eq!(clamped(0, 2, Encoding::Utf16), 1, "inside a surrogate pair");
        assert_eq!(clamped(0, 3, Encoding::Utf8), 1, "inside a character");
        assert_eq!(clamped(0, 99, Encoding::Utf32), 5, "beyond the line");
        assert_eq!(clamped(9, 0, Encoding::Utf16), 8, "beyond the text");
        assert_eq!(
            index.position(3, Encoding::Utf16),
            Position::new(0, 1),
            "inside a character"
        );
        assert_eq!(
            index.position(6, Encoding::Utf16),
            Position::new(0, 3),
            "inside a line break"
        );
        assert_eq!(
            index.position(99, Encoding::Utf16),
            Position::new(1, 1),
            "beyond the text"
        );
    }

    #[test]
    fn a_byte_order_mark_is_a_character_of_the_first_line() {
        let index = LineIndex::new("\u{feff}a");
        assert_eq!(ALL.map(|encoding| index.position(3, encoding).column), [3, 1, 1]);
    }
}
