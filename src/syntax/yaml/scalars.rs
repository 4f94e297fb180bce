//! Scalars in their five styles: where each ends.

use super::scan::Parser;
use crate::syntax::{Kind, Style, SyntaxErrorKind};

impl Parser<'_> {
    /// A quoted scalar as a value in a block. Returns its node.
    pub(super) fn quoted_in_block(&mut self, parent: i32) -> usize {
        let quote = self.peek().unwrap_or(b'"');
        let start = self.pos;
        let accept =
            |parser: &mut Self, end| parser.may_end_at(end) && !parser.entries_between(start, end, parent);
        let (node, closed) = self.quoted(quote, accept, parent);
        if closed {
            self.check_lines(start, self.pos, parent, b"");
        }
        node
    }

    /// Whether the quoted text at `at`, first in its line, can't be read strictly as a value inside the block at
    /// `parent`: it is not closed, or text follows that belongs to the same block.
    pub(super) fn quoted_fails(&mut self, at: usize, parent: i32) -> bool {
        let quote = self.byte(at).unwrap_or(b'"');
        let Some(end) = self.closing_quote(at, quote) else {
            return true;
        };
        !self.may_end_at(end)
            || self.entries_between(at, end, parent)
            || self.next_content(end).is_some_and(|(_, column)| column > parent)
    }

    /// Whether a value may end here: only blanks or a comment follow on the line.
    pub(super) fn may_end_at(&self, end: usize) -> bool {
        let mut at = end;
        while matches!(self.byte(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        match self.byte(at) {
            None | Some(b'\n' | b'\r') => true,
            Some(b'#') => at > end,
            Some(_) => false,
        }
    }

    /// A quoted scalar at `pos`. `accept` judges a closing quote on a later line by the place behind it; without one
    /// the text ends before the next line that the block around claims. Returns the node and whether it is closed.
    pub(super) fn quoted(
        &mut self,
        quote: u8,
        accept: impl Fn(&mut Self, usize) -> bool,
        parent: i32,
    ) -> (usize, bool) {
        let start = self.pos;
        let style = if quote == b'"' {
            Style::DoubleQuoted
        } else {
            Style::SingleQuoted
        };
        if let Some(end) = self.closing_quote(start, quote) {
            let last_break = memchr::memrchr2(b'\n', b'\r', &self.bytes[start..end]);
            if last_break.is_some() && !accept(self, end) {
                return (self.unclosed(style, parent), false);
            }
            self.pos = end;
            self.line = last_break.map_or(self.line, |at| start + at + 1);
            let node = self.scalar(style, start, end);
            self.check_escapes(node);
            return (node, true);
        }
        (self.unclosed(style, parent), false)
    }

    /// A quoted scalar whose quote does not close.
    fn unclosed(&mut self, style: Style, parent: i32) -> usize {
        let start = self.pos;
        let line_end = self.line_end(start);
        self.error(
            SyntaxErrorKind::UnclosedString,
            start,
            self.trimmed(start, line_end),
        );
        let mut end = line_end;
        let mut line = self.after_break(line_end);
        while line < self.bytes.len() && line > end {
            if self.at_marker(line) || self.outside(line, parent) || self.indent_of(line) <= parent {
                break;
            }
            end = self.line_end(line);
            line = self.after_break(end);
        }
        self.seen = self.seen.max(self.line_end(line.min(self.bytes.len())));
        let end = self.trimmed(start, end);
        self.pos = end;
        self.line = self.line_start(end);
        self.scalar(style, start, end)
    }

    /// Whether a line between the two places looks like an entry of the block at `parent`.
    pub(super) fn entries_between(&mut self, from: usize, to: usize, parent: i32) -> bool {
        let mut line = self.next_line(from);
        while line < to {
            if self.outside(line, parent) {
                return true;
            }
            line = self.next_line(line);
        }
        false
    }

    /// Columns of the first character that is no space.
    fn indent_of(&self, line: usize) -> i32 {
        let rest = &self.bytes[line..];
        let indent = rest.iter().position(|byte| *byte != b' ').unwrap_or(rest.len());
        match rest.get(indent) {
            // A blank line belongs to the text around it.
            None | Some(b'\n' | b'\r') => i32::MAX,
            Some(_) => indent as i32,
        }
    }

    fn trimmed(&self, start: usize, end: usize) -> usize {
        start + self.bytes[start..end].trim_ascii_end().len()
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        memchr::memrchr2(b'\n', b'\r', &self.bytes[..at]).map_or(0, |found| found + 1)
    }

    /// Behind the quote that closes the one at `start`; not beyond a document marker.
    fn closing_quote(&mut self, start: usize, quote: u8) -> Option<usize> {
        let mut at = start + 1;
        loop {
            // An escape may end beyond the text.
            let rest = self.bytes.get(at..).unwrap_or_default();
            let found = match quote {
                b'"' => memchr::memchr3(b'"', b'\\', b'\n', rest),
                _ => memchr::memchr2(b'\'', b'\n', rest),
            };
            let Some(found) = found else {
                self.seen = self.bytes.len() + 1;
                return None;
            };
            at += found;
            match self.bytes[at] {
                b'\n' if self.at_marker(at + 1) => {
                    self.seen = self.seen.max(at + 5);
                    return None;
                }
                b'\n' => at += 1,
                b'\\' => at += 2,
                _ if quote == b'\'' && self.byte(at + 1) == Some(b'\'') => at += 2,
                _ => {
                    self.seen = self.seen.max(at + 1);
                    return Some(at + 1);
                }
            }
        }
    }

    /// Reports escapes that YAML does not have.
    pub(super) fn check_escapes(&mut self, node: usize) {
        let Some(raw) = self
            .nodes
            .get(node)
            .filter(|raw| raw.style == Style::DoubleQuoted)
        else {
            return;
        };
        let (mut at, end) = (raw.start as usize + 1, raw.end as usize);
        while let Some(found) = self
            .bytes
            .get(at..end)
            .and_then(|rest| memchr::memchr(b'\\', rest))
        {
            at += found;
            let digits = match self.byte(at + 1) {
                Some(b'x') => 2,
                Some(b'u') => 4,
                Some(b'U') => 8,
                Some(
                    b'0' | b'a' | b'b' | b't' | b'\t' | b'n' | b'v' | b'f' | b'r' | b'e' | b' ' | b'"' | b'/'
                    | b'\\' | b'N' | b'_' | b'L' | b'P' | b'\n' | b'\r',
                ) => 0,
                _ => usize::MAX,
            };
            let hex = digits
                .checked_add(2)
                .and_then(|end| self.bytes.get(at + 2..at.checked_add(end)?));
            if digits == usize::MAX || !hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) {
                let length = self
                    .text
                    .get(at + 1..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(0, char::len_utf8);
                self.error(SyntaxErrorKind::BadEscape, at, at + 1 + length);
            }
            at += 2;
        }
    }

    /// A plain scalar as a value in a block. Returns its node.
    pub(super) fn plain_in_block(&mut self, parent: i32) -> usize {
        let start = self.pos;
        let (mut end, stop) = self.plain_line(start);
        if stop == Stop::Colon {
            // `a: b: c` is one value that should have been quoted.
            let whole = self.trimmed_line_end(start);
            self.error(SyntaxErrorKind::NestedMapping, end, end + 1);
            self.pos = whole;
            return self.scalar(Style::Plain, start, whole);
        }
        let mut stop = stop;
        while stop == Stop::LineEnd {
            let Some((token, line)) = self.next_plain_line(end) else {
                break;
            };
            if self.spaces(line) <= parent || self.byte(token) == Some(b'#') {
                break;
            }
            let (line_end, line_stop) = self.plain_line(token);
            // No plain value goes on with a line that has `: ` in it.
            if line_stop == Stop::Colon {
                break;
            }
            (end, stop) = (line_end, line_stop);
            self.line = line;
        }
        self.pos = end;
        self.scalar(Style::Plain, start, end)
    }

    /// The next line that is not blank: first token and the line's start. `None` at the document's end.
    fn next_plain_line(&mut self, at: usize) -> Option<(usize, usize)> {
        let mut line = self.next_line(at);
        loop {
            let mut token = line;
            while matches!(self.byte(token), Some(b' ' | b'\t')) {
                token += 1;
            }
            self.seen = self.seen.max(token + 1);
            match self.byte(token) {
                None => return None,
                Some(b'\n' | b'\r') => line = self.after_break(token),
                Some(_) if token == line && self.at_marker(line) => return None,
                Some(_) => return Some((token, line)),
            }
        }
    }

    /// End of the plain text that begins at `at` on its line, without trailing blanks, and what stopped it.
    fn plain_line(&self, at: usize) -> (usize, Stop) {
        let mut scan = at;
        let mut end = at;
        loop {
            match self.byte(scan) {
                None | Some(b'\n' | b'\r') => return (end, Stop::LineEnd),
                Some(b':') if self.blank_at(scan + 1) => return (end, Stop::Colon),
                Some(b'#') if scan > at && matches!(self.byte(scan - 1), Some(b' ' | b'\t')) => {
                    return (end, Stop::Comment);
                }
                Some(b' ' | b'\t') => scan += 1,
                Some(_) => {
                    scan += 1;
                    end = scan;
                }
            }
        }
    }

    /// A block scalar, `|` or `>`. Returns its node.
    pub(super) fn block_scalar(&mut self, parent: i32) -> usize {
        let start = self.pos;
        let style = match self.peek() {
            Some(b'|') => Style::Literal,
            _ => Style::Folded,
        };
        let header = self.block_header(parent);
        let body = self.block_body(&header, parent);
        let node = self.open(Kind::Scalar, style, body.indent, start);
        self.close(node, body.end);
        self.pos = if body.end > header.end {
            body.end
        } else {
            header.line_end
        };
        self.line = self.line_start(self.pos);
        node
    }

    /// Reads what stands behind `|` or `>` on its line.
    fn block_header(&mut self, parent: i32) -> BlockHeader {
        let line_end = self.line_end(self.pos);
        let (mut indent, mut chomp) = (None, None);
        let mut at = self.pos + 1;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'1'..=b'9' if indent.is_none() => indent = Some(parent.max(0) + i32::from(byte - b'0')),
                b'+' | b'-' if chomp.is_none() => chomp = Some(byte),
                _ => break,
            }
            at += 1;
        }
        let end = at;
        while matches!(self.byte(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        if at < line_end && !(self.byte(at) == Some(b'#') && at > end) {
            self.error(SyntaxErrorKind::BadBlockHeader, at, self.trimmed(at, line_end));
        }
        BlockHeader {
            end,
            line_end,
            indent,
            keep: chomp == Some(b'+'),
        }
    }

    /// Finds the lines of a block scalar: those that are blank or as deep as the first with text.
    fn block_body(&mut self, header: &BlockHeader, parent: i32) -> BlockBody {
        let mut indent = header.indent;
        let mut end = header.end;
        // The deepest blank line before the text: where it begins, and its spaces.
        let mut blank = (0, 0);
        let mut at = header.line_end;
        loop {
            let line = self.after_break(at);
            if line == at {
                break;
            }
            let spaces = self.spaces(line);
            let token = line + spaces as usize;
            let line_end = self.line_end(token);
            self.seen = self.seen.max(token + 4);
            if token < line_end {
                if self.at_marker(line) || spaces < indent.unwrap_or(parent + 1) {
                    if self.bytes[token..line_end].trim_ascii().is_empty() {
                        self.error(SyntaxErrorKind::TabIndent, token, line_end);
                    }
                    break;
                }
                if indent.is_none() && blank.1 > spaces {
                    let start = blank.0 + spaces as usize;
                    self.error(SyntaxErrorKind::DeepBlankLine, start, blank.0 + blank.1 as usize);
                }
                indent.get_or_insert(spaces);
                end = line_end;
            } else {
                match indent {
                    // More spaces than the text's indentation are text.
                    Some(indent) if spaces > indent => end = line_end,
                    Some(_) => {}
                    None if spaces > blank.1 => blank = (line, spaces),
                    None => {}
                }
            }
            at = line_end;
            if header.keep {
                // Blank lines behind the text belong to it.
                end = end.max(self.after_break(line_end));
            }
        }
        BlockBody {
            indent: indent.unwrap_or_else(|| blank.1.max(parent + 1)),
            end,
        }
    }
}

/// The first line of a block scalar.
struct BlockHeader {
    /// Behind the indicators.
    end: usize,
    line_end: usize,
    /// Indentation of the text, where a digit tells it.
    indent: Option<i32>,
    keep: bool,
}

struct BlockBody {
    indent: i32,
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    LineEnd,
    Colon,
    Comment,
}
