//! Entries of block mappings: key, colon and value, and what is made of those that lack one of them.

use super::block::Start;
use super::scan::Parser;
use crate::syntax::chunk::NodeProperties;
use crate::syntax::{Style, SyntaxErrorKind};

impl Parser<'_> {
    /// One entry of the mapping at `column`: key and value.
    pub(super) fn entry(&mut self, column: i32) {
        if self.byte(self.pos) == Some(b'?') && self.blank_at(self.pos + 1) {
            return self.explicit_entry(column);
        }
        if self.is_dash(self.pos) {
            return self.stray_item(column);
        }
        match self.key_end(self.pos) {
            Some(colon) => {
                self.entry_key(colon);
                self.pos = colon + 1;
                self.part(column, colon + 1, Start::Inline);
            }
            None => self.half_key(column),
        }
    }

    /// The key that ends before `colon`.
    pub(super) fn entry_key(&mut self, colon: usize) {
        let mut properties = NodeProperties::default();
        if matches!(self.peek(), Some(b'&' | b'!')) {
            self.read_properties(&mut properties);
            self.skip_spaces();
        }
        let start = self.pos;
        let node = match self.peek() {
            Some(b'"' | b'\'') => {
                let style = if self.peek() == Some(b'"') {
                    Style::DoubleQuoted
                } else {
                    Style::SingleQuoted
                };
                let end = start + self.bytes[start..colon].trim_ascii_end().len();
                let node = self.scalar(style, start, end);
                self.check_escapes(node);
                node
            }
            Some(b'*') => {
                let node = self.alias();
                return self.no_properties(node, properties);
            }
            Some(b'[' | b'{') => {
                if self.flow_key(colon, properties) {
                    return;
                }
                let end = start + self.bytes[start..colon].trim_ascii_end().len();
                self.scalar(Style::Plain, start, end)
            }
            _ if start == colon => self.empty(start),
            _ => {
                let end = start + self.bytes[start..colon].trim_ascii_end().len();
                self.scalar(Style::Plain, start, end)
            }
        };
        self.set_properties(node, properties);
    }

    /// A key that has no colon: the entry's value is missing, or on deeper lines.
    fn half_key(&mut self, column: i32) {
        let mut properties = NodeProperties::default();
        if matches!(self.peek(), Some(b'&' | b'!')) {
            self.read_properties(&mut properties);
            self.skip_spaces();
        }
        let start = self.pos;
        let end = self.trimmed_line_end(start);
        let (kind, style) = match self.peek() {
            Some(b'"') => (SyntaxErrorKind::UnclosedString, Style::DoubleQuoted),
            Some(b'\'') => (SyntaxErrorKind::UnclosedString, Style::SingleQuoted),
            Some(b'@' | b'`' | b'%' | b',' | b'|' | b'>' | b'*') => {
                (SyntaxErrorKind::BadPlainStart, Style::Plain)
            }
            Some(b']' | b'}') => (SyntaxErrorKind::ExtraClose, Style::Plain),
            Some(b'[') => (SyntaxErrorKind::UnclosedList, Style::Plain),
            Some(b'{') => (SyntaxErrorKind::UnclosedMap, Style::Plain),
            _ => (SyntaxErrorKind::MissingColon, Style::Plain),
        };
        let closed = end > start + 1 && self.bytes.get(end - 1) == self.bytes.get(start);
        let kind = if kind == SyntaxErrorKind::UnclosedString && closed {
            SyntaxErrorKind::MissingColon
        } else {
            kind
        };
        self.error(kind, start, end.max(start));
        let node = self.scalar(style, start, end);
        self.set_properties(node, properties);
        self.pos = self.line_end(start);
        match self.next_content(self.pos) {
            // One column deeper stands no value, but the entries beside which this one was to be.
            Some((token, next)) if next == column + 1 && self.is_entry(token) => drop(self.empty_behind(end)),
            _ => self.part_below(column, end, Start::Inline),
        }
    }

    /// `? key` and `: value` on lines of their own.
    fn explicit_entry(&mut self, column: i32) {
        let mark = self.pos + 1;
        self.pos = mark;
        self.part(column, mark, Start::Explicit);
        let end = self.last_end().max(mark);
        let here = self.mark();
        match self.skip_trivia() {
            Some(token)
                if token.column == column && self.peek() == Some(b':') && self.blank_at(self.pos + 1) =>
            {
                let after = self.pos + 1;
                self.pos = after;
                self.part(column, after, Start::Explicit);
            }
            _ => {
                self.reset(&here);
                self.empty(end);
            }
        }
    }

    /// What follows the `:` of a key, `- `, `? ` or the `: ` of an explicit value, whose place begins at `after`: a node
    /// on the same line, which may be as `start` says, or one on the lines below, or nothing.
    pub(super) fn part(&mut self, column: i32, after: usize, start: Start) {
        self.skip_spaces();
        match self.peek() {
            None | Some(b'\n' | b'\r') => self.part_below(column, after, start),
            Some(b'#') if self.pos > after => {
                self.pos = self.line_end(self.pos);
                self.part_below(column, after, start);
            }
            Some(_) => self.block_node(column, start),
        }
    }

    fn part_below(&mut self, column: i32, after: usize, start: Start) {
        match self.value_on_next_lines(column, start != Start::Compact) {
            Some(start) => self.block_node(column, start),
            None => drop(self.empty_behind(after)),
        }
    }

    /// `- ` where an entry of a mapping is due.
    fn stray_item(&mut self, column: i32) {
        self.error(SyntaxErrorKind::Unexpected, self.pos, self.pos + 1);
        self.empty(self.pos);
        self.pos += 1;
        let after = self.pos;
        self.part(column, after, Start::Compact);
    }
}
