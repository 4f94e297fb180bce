//! The parser's state and its view of characters and lines.

use crate::syntax::chunk::NodeProperties;
use crate::syntax::node::RawNode;
use crate::syntax::{Kind, Style, SyntaxError, SyntaxErrorKind};
use crate::text::TextRange;

/// Nesting beyond this is an error: it keeps recursion, and every later walk over the tree, off the stack's end.
pub(super) const MOST_DEPTH: u32 = 200;

/// How many lines a look ahead may read to judge a doubtful one: that keeps the time linear.
pub(super) const MOST_LINES: usize = 64;

/// Parses from `pos` on; everything found since the last [`Parser::take`] belongs to the chunk at `base`.
pub(super) struct Parser<'s> {
    pub(super) text: &'s str,
    pub(super) bytes: &'s [u8],
    pub(super) pos: usize,
    /// Start of the line that `pos` is in.
    pub(super) line: usize,
    /// The furthest byte that a look ahead has read.
    pub(super) seen: usize,
    pub(super) depth: u32,
    /// The furthest end of any node so far: the last node's own, or that of a collection around it that was closed.
    reached: usize,
    pub(super) nodes: Vec<RawNode>,
    pub(super) properties: Vec<(u32, NodeProperties)>,
    pub(super) errors: Vec<SyntaxError>,
}

/// A place to return to when a strict reading fails.
pub(super) struct Mark {
    pos: usize,
    line: usize,
    reached: usize,
    nodes: usize,
    properties: usize,
    errors: usize,
}

/// What stands at a token's start on a fresh line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Spaces before it.
    pub(super) column: i32,
    /// A tab stands among them.
    pub(super) tab: bool,
}

impl<'s> Parser<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        Parser {
            text,
            bytes: text.as_bytes(),
            pos: 0,
            line: 0,
            seen: 0,
            depth: 0,
            reached: 0,
            nodes: Vec::new(),
            properties: Vec::new(),
            errors: Vec::new(),
        }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            pos: self.pos,
            line: self.line,
            reached: self.reached,
            nodes: self.nodes.len(),
            properties: self.properties.len(),
            errors: self.errors.len(),
        }
    }

    pub(super) fn reset(&mut self, mark: &Mark) {
        self.seen = self.seen.max(self.pos);
        self.pos = mark.pos;
        self.line = mark.line;
        self.reached = mark.reached;
        self.nodes.truncate(mark.nodes);
        self.properties.truncate(mark.properties);
        self.errors.truncate(mark.errors);
    }

    /// The errors added since `mark`.
    pub(super) fn errors_since(&self, mark: &Mark) -> &[SyntaxError] {
        self.errors.get(mark.errors..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.pos).copied()
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    pub(super) fn error(&mut self, kind: SyntaxErrorKind, start: usize, end: usize) {
        self.errors.push(SyntaxError {
            kind,
            range: TextRange::new(start as u32, end as u32),
        });
    }

    /// Where the nodes so far end, tags and anchors that wait for their node included.
    pub(super) fn last_end(&self) -> usize {
        let property_end = self.properties.last().map_or(0, |(_, properties)| {
            let end = |range: Option<TextRange>| range.map_or(0, |range| range.end);
            end(properties.tag).max(end(properties.anchor))
        });
        self.reached.max(property_end as usize)
    }

    /// Reports the character at `pos`.
    pub(super) fn error_here(&mut self, kind: SyntaxErrorKind) {
        let length = self.text[self.pos..].chars().next().map_or(0, char::len_utf8);
        self.error(kind, self.pos, self.pos + length);
    }

    /// Adds a node whose subtree is still to come; [`Parser::close`] ends it.
    pub(super) fn open(&mut self, kind: Kind, style: Style, indent: i32, start: usize) -> usize {
        self.reached = self.reached.max(start);
        self.nodes.push(RawNode {
            kind,
            style,
            indent: u16::try_from(indent).unwrap_or(0),
            start: start as u32,
            end: start as u32,
            next: self.nodes.len() as u32 + 1,
        });
        self.nodes.len() - 1
    }

    pub(super) fn close(&mut self, node: usize, end: usize) {
        self.reached = self.reached.max(end);
        let next = self.nodes.len() as u32;
        if let Some(raw) = self.nodes.get_mut(node) {
            raw.end = raw.end.max(end as u32);
            raw.next = next;
        }
    }

    pub(super) fn scalar(&mut self, style: Style, start: usize, end: usize) -> usize {
        let node = self.open(Kind::Scalar, style, 0, start);
        self.close(node, end);
        node
    }

    pub(super) fn empty(&mut self, at: usize) -> usize {
        self.open(Kind::Empty, Style::Plain, 0, at)
    }

    /// An empty place for what is missing behind a colon, dash or comma: behind the one space that is customary, if it is
    /// there, so that the place is where one would type.
    pub(super) fn empty_behind(&mut self, after: usize) -> usize {
        let space = usize::from(self.byte(after) == Some(b' '));
        self.empty(after + space)
    }

    pub(super) fn set_properties(&mut self, node: usize, properties: NodeProperties) {
        if properties != NodeProperties::default() {
            self.properties.push((node as u32, properties));
        }
    }

    /// Blank, line end or the text's end.
    pub(super) fn blank_at(&self, at: usize) -> bool {
        self.byte(at).is_none_or(is_blank)
    }

    /// Steps over spaces and tabs.
    pub(super) fn skip_spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.pos += 1;
        }
    }

    /// How far beyond `end` the reading looked, rounded up to whole lines.
    pub(super) fn lookahead(&self, end: usize) -> usize {
        // At `pos` stands the token that ended the reading, perhaps a document marker.
        let seen = self.seen.max(self.pos + 3).max(end);
        let line_end = self.line_end(seen.min(self.bytes.len()));
        // One more byte for the line break, and one for a `\n` that may follow a `\r` (or any text the document's end).
        line_end + 2 - end
    }

    /// End of the line that `at` is in, before its line break.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        memchr::memchr2(b'\n', b'\r', rest).map_or(self.bytes.len(), |found| at + found)
    }

    /// Start of the line after the one that `at` is in.
    pub(super) fn next_line(&self, at: usize) -> usize {
        self.after_break(self.line_end(at))
    }

    /// Steps over one line break, if there is one at `at`.
    pub(super) fn after_break(&self, at: usize) -> usize {
        match (self.byte(at), self.byte(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => at + 2,
            (Some(b'\r' | b'\n'), _) => at + 1,
            _ => at,
        }
    }

    /// Steps over blanks, comments and line breaks to the next token. `None` at the end of the document: of the text,
    /// or before a `---` or `...` line. Otherwise the token, whose column counts only when it is first in its line.
    pub(super) fn skip_trivia(&mut self) -> Option<Token> {
        loop {
            let mut tab = false;
            let from = self.pos;
            while let Some(byte @ (b' ' | b'\t')) = self.peek() {
                tab |= byte == b'\t';
                self.pos += 1;
            }
            match self.peek() {
                None => return None,
                Some(b'#') if self.pos == self.line || self.pos > from || self.starts_line(from) => {
                    self.pos = self.line_end(self.pos);
                }
                Some(b'\n' | b'\r') => {
                    self.pos = self.after_break(self.pos);
                    self.line = self.pos;
                }
                Some(_) => {
                    if self.pos == self.line && self.at_marker(self.pos) {
                        return None;
                    }
                    // Asked again at the same token, the blanks before it are behind.
                    let tab = (tab || self.pos == from)
                        && self.fresh()
                        && self.bytes[self.line..self.pos].contains(&b'\t');
                    return Some(Token {
                        column: self.column(),
                        tab,
                    });
                }
            }
        }
    }

    fn starts_line(&self, at: usize) -> bool {
        at == self.line
    }

    /// How many spaces the line at `line` begins with.
    pub(super) fn spaces(&self, line: usize) -> i32 {
        let rest = self.bytes.get(line..).unwrap_or_default();
        rest.iter().position(|byte| *byte != b' ').unwrap_or(rest.len()) as i32
    }

    /// Reports the lines behind the first of a quoted text or flow collection that are not deeper than `parent`,
    /// unless they begin with one of `free`.
    pub(super) fn check_lines(&mut self, start: usize, end: usize, parent: i32, free: &[u8]) {
        let mut line = self.next_line(start);
        while line < end {
            let spaces = self.spaces(line);
            let token = line + spaces as usize;
            let first = self.bytes[token..self.line_end(token)].trim_ascii().first();
            if spaces <= parent && first.is_some_and(|first| !free.contains(first)) {
                let length = self.text[token..].chars().next().map_or(0, char::len_utf8);
                self.error(SyntaxErrorKind::ShallowLine, token, token + length);
            }
            line = self.next_line(line);
        }
    }

    /// Bytes between the line's start and `pos`: columns of block collections count from spaces, so bytes are columns.
    pub(super) fn column(&self) -> i32 {
        (self.pos - self.line) as i32
    }

    /// Whether only blanks stand before `pos` in its line.
    pub(super) fn fresh(&self) -> bool {
        self.bytes[self.line..self.pos]
            .iter()
            .all(|byte| matches!(byte, b' ' | b'\t'))
    }

    /// `---` or `...` at `at`, which is a line's start.
    pub(super) fn at_marker(&self, at: usize) -> bool {
        let marker = self.bytes.get(at..at + 3);
        matches!(marker, Some(b"---" | b"...")) && self.blank_at(at + 3)
    }

    /// The rest of the line must be blank or a comment; otherwise the text there is an error and stepped over.
    pub(super) fn end_of_value(&mut self) {
        let before = self.pos;
        self.skip_spaces();
        match self.peek() {
            None | Some(b'\n' | b'\r') => {}
            Some(b'#') if self.pos > before => self.pos = self.line_end(self.pos),
            Some(byte) => {
                let start = self.pos;
                let end = self.trimmed_line_end(start);
                let kind = if matches!(byte, b']' | b'}') {
                    SyntaxErrorKind::ExtraClose
                } else {
                    SyntaxErrorKind::Unexpected
                };
                self.error(kind, start, end);
                self.pos = end;
            }
        }
    }

    /// End of the line's text without a comment or blanks behind it.
    pub(super) fn trimmed_line_end(&self, at: usize) -> usize {
        let end = self.line_end(at);
        let line = &self.bytes[at..end];
        let comment = line
            .windows(2)
            .position(|pair| matches!(pair[0], b' ' | b'\t') && pair[1] == b'#');
        let line = &line[..comment.unwrap_or(line.len())];
        at + line.trim_ascii_end().len()
    }

    /// First token of the next line that is neither blank nor a comment, without moving: its offset and column.
    pub(super) fn next_content(&mut self, at: usize) -> Option<(usize, i32)> {
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
                Some(b'#') => {
                    line = self.next_line(token);
                    if line == self.bytes.len() {
                        return None;
                    }
                }
                Some(_) if token == line && self.at_marker(line) => return None,
                Some(_) => return Some((token, (token - line) as i32)),
            }
        }
    }

    /// The next line that is not deeper than `column`, if it is one of the next few dozen: its token and column.
    pub(super) fn next_at_most(&mut self, at: usize, column: i32) -> Option<(usize, i32)> {
        let mut at = at;
        for _ in 0..MOST_LINES {
            let (token, found) = self.next_content(at)?;
            if found <= column {
                self.seen = self.seen.max(self.line_end(token));
                return Some((token, found));
            }
            at = token;
        }
        None
    }

    /// Whether the token at `at` begins a mapping entry on its line (`key:`, `? `, `: `).
    pub(super) fn is_entry(&mut self, at: usize) -> bool {
        match self.byte(at) {
            Some(b'?' | b':') if self.blank_at(at + 1) => true,
            _ => self.key_end(at).is_some(),
        }
    }

    /// Whether the token at `at` looks like the begin of an entry or an item: what an unclosed value must not swallow.
    pub(super) fn is_entry_or_item(&mut self, at: usize) -> bool {
        self.is_dash(at) || self.is_entry(at)
    }

    pub(super) fn is_dash(&self, at: usize) -> bool {
        self.byte(at) == Some(b'-') && self.blank_at(at + 1)
    }

    /// Where the `:` of the implicit key that begins at `at` stands, if one does, on this line.
    pub(super) fn key_end(&mut self, at: usize) -> Option<usize> {
        let mut at = at;
        // Tag and anchor of the key.
        while matches!(self.byte(at), Some(b'&' | b'!')) {
            while !self.blank_at(at) {
                at += 1;
            }
            while matches!(self.byte(at), Some(b' ' | b'\t')) {
                at += 1;
            }
        }
        let end = match self.byte(at)? {
            b'"' => self.quoted_end_on_line(at, b'"')?,
            b'\'' => self.quoted_end_on_line(at, b'\'')?,
            b'[' | b'{' => self.flow_end_on_line(at)?,
            b'*' => {
                let mut end = at + 1;
                while !self.blank_at(end) && !matches!(self.byte(end), Some(b',' | b'[' | b']' | b'{' | b'}'))
                {
                    end += 1;
                }
                end
            }
            b'\n' | b'\r' | b'#' | b'|' | b'>' | b'@' | b'`' | b'%' | b',' | b']' | b'}' => return None,
            b'-' | b'?' if self.blank_at(at + 1) => return None,
            b':' if self.blank_at(at + 1) => at,
            _ => return self.plain_key_end(at),
        };
        let mut colon = end;
        while matches!(self.byte(colon), Some(b' ' | b'\t')) {
            colon += 1;
        }
        (self.byte(colon) == Some(b':') && self.blank_at(colon + 1)).then_some(colon)
    }

    pub(super) fn plain_key_end(&self, at: usize) -> Option<usize> {
        let mut scan = at;
        loop {
            match self.bytes.get(scan)? {
                b':' if self.blank_at(scan + 1) => return Some(scan),
                b'\n' | b'\r' => return None,
                b'#' if matches!(self.byte(scan - 1), Some(b' ' | b'\t')) && scan > at => return None,
                _ => scan += 1,
            }
        }
    }

    /// Behind the closing quote, if it stands on the same line.
    fn quoted_end_on_line(&self, at: usize, quote: u8) -> Option<usize> {
        let mut scan = at + 1;
        loop {
            let byte = *self.bytes.get(scan)?;
            match byte {
                b'\n' | b'\r' => return None,
                b'\\' if quote == b'"' && !matches!(self.byte(scan + 1), Some(b'\n' | b'\r')) => scan += 2,
                _ if byte == quote => {
                    if quote == b'\'' && self.byte(scan + 1) == Some(b'\'') {
                        scan += 2;
                        continue;
                    }
                    return Some(scan + 1);
                }
                _ => scan += 1,
            }
        }
    }

    /// Behind the bracket that closes the one at `at`, if it stands on the same line.
    pub(super) fn flow_end_on_line(&self, at: usize) -> Option<usize> {
        // The open brackets as bits under a leading one: 1 for a list. Deeper nesting is no key.
        let mut open = 1u64;
        let mut scan = at;
        loop {
            let blank_before = matches!(self.byte(scan.wrapping_sub(1)), Some(b' ' | b'\t'));
            match *self.bytes.get(scan)? {
                b'\n' | b'\r' => return None,
                bracket @ (b'[' | b'{') => {
                    if open.leading_zeros() == 0 {
                        return None;
                    }
                    open = (open << 1) | u64::from(bracket == b'[');
                }
                bracket @ (b']' | b'}') => {
                    if open & 1 != u64::from(bracket == b']') {
                        return None;
                    }
                    open >>= 1;
                    if open == 1 {
                        return Some(scan + 1);
                    }
                }
                b'#' if blank_before => return None,
                quote @ (b'"' | b'\'')
                    if blank_before
                        || matches!(self.byte(scan.wrapping_sub(1)), Some(b',' | b'[' | b'{' | b':')) =>
                {
                    scan = self.quoted_end_on_line(scan, quote)?;
                    continue;
                }
                _ => {}
            }
            scan += 1;
        }
    }
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}
