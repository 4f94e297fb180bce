//! The recovering YAML parser: text → chunks.
//!
//! The strict reading comes first; recovery begins only where it fails, so that a valid document never gets an error or
//! another reading. What the recovery knows: an unclosed quote or bracket ends before a line that the block around it
//! claims; a plain value ends before a line that looks like an entry; a word without colon where a key is due is an
//! entry without value; indentation that fits nothing still belongs to the innermost mapping.

mod block;
mod entry;
mod flow;
mod names;
#[cfg(test)]
mod pictures;
mod prolog;
mod scalars;
mod scan;

use super::chunk::NodeProperties;
use super::{Chunk, Format, Role, SyntaxErrorKind, Tree};
use crate::text::TextRange;
use block::{Level, Start};
use scan::Parser;
use std::sync::Arc;

/// Parses a whole document (or stream of documents; the first is the template).
pub fn parse(text: &str) -> Tree {
    let mut driver = Driver {
        parser: Parser::new(text),
        start: 0,
        chunks: Vec::new(),
    };
    let document_end = driver.stream();
    let mut chunks = driver.chunks;
    names::check(&mut chunks);
    Tree::new(
        Format::Yaml,
        chunks.into_iter().map(Arc::new).collect(),
        document_end,
    )
}

/// Cuts the stream into chunks while the parser reads it.
struct Driver<'s> {
    parser: Parser<'s>,
    /// Where the chunk being read starts.
    start: usize,
    chunks: Vec<Chunk>,
}

impl Driver<'_> {
    /// Reads all documents; returns how many chunks belong to the first.
    fn stream(&mut self) -> usize {
        if self.parser.text.starts_with('\u{feff}') {
            self.parser.pos = '\u{feff}'.len_utf8();
            self.parser.line = self.parser.pos;
        }
        let mut first_end = None;
        loop {
            let inline = self.parser.prolog();
            self.document(inline);
            first_end.get_or_insert(self.chunks.len());
            if self.parser.pos >= self.parser.bytes.len() {
                break;
            }
        }
        let end = self.parser.bytes.len();
        self.cut(Role::Trivia, end);
        // Trailing blanks and comments behind the first document are part of it when nothing else follows.
        match first_end {
            Some(end) if end + 1 < self.chunks.len() => end,
            _ => self.chunks.len(),
        }
    }

    fn document(&mut self, inline: bool) {
        let Some(token) = self.parser.skip_trivia() else {
            return;
        };
        let (at, line) = (self.parser.pos, self.parser.line);
        let properties = matches!(self.parser.peek(), Some(b'&' | b'!')) && !self.parser.is_entry(at);
        if !inline
            && !properties
            && !token.tab
            && !self.parser.is_dash(at)
            && self.parser.starts_mapping(at, token.column, -1)
        {
            self.cut(Role::Trivia, line);
            self.root_entries(token.column);
            return;
        }
        self.cut(Role::Trivia, if inline { at } else { line });
        self.parser
            .block_node(-1, if inline { Start::Inline } else { Start::Fresh });
        if self.parser.skip_trivia().is_some() {
            self.leftover();
        }
        let end = self.parser.pos;
        self.cut(Role::Whole, end);
    }

    /// Text behind the root node: reported, and stepped over to the document's end.
    fn leftover(&mut self) {
        let parser = &mut self.parser;
        let start = parser.pos;
        let end = parser.trimmed_line_end(start);
        parser.error(SyntaxErrorKind::Unexpected, start, end);
        loop {
            parser.pos = parser.next_line(parser.pos);
            parser.line = parser.pos;
            if parser.pos >= parser.bytes.len() || parser.at_marker(parser.pos) {
                return;
            }
        }
    }

    /// The entries of the root mapping, whose keys stand at `column`.
    fn root_entries(&mut self, column: i32) {
        let mut level = Level::new(column, -1);
        loop {
            let token = match self.section_head(level.column) {
                Some(entries) => self.section_entries(Level::new(entries, level.column)),
                None => {
                    self.parser.entry(level.column);
                    self.next_chunk(Role::Entry)
                }
            };
            let Some(token) = token else { return };
            self.parser.goes_on(token, &mut level);
        }
    }

    /// Reads the key of a section whose value is a block mapping on the lines below and moves to the mapping's first
    /// token, whose column it returns.
    fn section_head(&mut self, column: i32) -> Option<i32> {
        let parser = &mut self.parser;
        let at = parser.pos;
        if matches!(
            parser.peek(),
            Some(b'?' | b':' | b'-' | b'&' | b'!' | b'*' | b'[' | b'{')
        ) {
            return None;
        }
        let colon = parser.key_end(at)?;
        let mut rest = colon + 1;
        while matches!(parser.byte(rest), Some(b' ' | b'\t')) {
            rest += 1;
        }
        let blank = match parser.byte(rest) {
            Some(b'\n' | b'\r') => true,
            Some(b'#') => rest > colon + 1,
            _ => false,
        };
        if !blank {
            return None;
        }
        let (token, entries) = parser.next_content(rest)?;
        let line = token - entries as usize;
        let spaces = parser.bytes[line..token].iter().all(|byte| *byte == b' ');
        let properties = matches!(parser.byte(token), Some(b'&' | b'!')) && !parser.is_entry(token);
        if !spaces
            || entries <= column
            || properties
            || parser.is_dash(token)
            || !parser.starts_mapping(token, entries, column)
        {
            return None;
        }
        parser.entry_key(colon);
        parser.pos = token;
        parser.line = line;
        self.cut(Role::SectionHead, line);
        Some(entries)
    }

    /// The entries of a section; returns the token behind it.
    fn section_entries(&mut self, mut level: Level) -> Option<scan::Token> {
        loop {
            self.parser.entry(level.column);
            let token = self.next_chunk(Role::SectionEntry)?;
            if !token.tab && token.column <= level.parent {
                return Some(token);
            }
            self.parser.goes_on(token, &mut level);
        }
    }

    /// Steps to the next token and cuts the chunk before its line.
    fn next_chunk(&mut self, role: Role) -> Option<scan::Token> {
        let token = self.parser.skip_trivia();
        let fresh = token.is_none() || self.parser.fresh();
        let end = if token.is_some() && fresh {
            self.parser.line
        } else {
            self.parser.pos
        };
        self.cut(role, end);
        token
    }

    /// Makes a chunk of the text up to `end` and of all that was read since the last one.
    fn cut(&mut self, role: Role, end: usize) {
        let start = self.start;
        if role == Role::Trivia && end <= start && self.parser.errors.is_empty() {
            return;
        }
        let base = start as u32;
        let parser = &mut self.parser;
        let local = |range: TextRange| {
            TextRange::new(range.start.saturating_sub(base), range.end.saturating_sub(base))
        };
        let mut nodes = std::mem::take(&mut parser.nodes);
        for node in &mut nodes {
            node.start -= base;
            node.end -= base;
        }
        let mut properties = std::mem::take(&mut parser.properties);
        for (_, each) in &mut properties {
            *each = NodeProperties {
                tag: each.tag.map(local),
                anchor: each.anchor.map(local),
            };
        }
        // A node with properties is numbered before its children, but read after a key's.
        properties.sort_by_key(|(node, _)| *node);
        let mut errors = std::mem::take(&mut parser.errors);
        for error in &mut errors {
            error.range = local(error.range);
        }
        errors.sort_by_key(|error| (error.range.start, error.range.end));
        self.chunks.push(Chunk {
            role,
            format: Format::Yaml,
            text: parser.text[start..end].into(),
            nodes: nodes.into(),
            properties: properties.into(),
            errors: errors.into(),
            lookahead: parser.lookahead(end) as u32,
        });
        self.start = end;
        parser.seen = 0;
    }
}
