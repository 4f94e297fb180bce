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

use super::chunk::{Begin, NodeProperties};
use super::reader::Reader;
use super::{Chunk, Format, Role, SyntaxError, SyntaxErrorKind, Tree};
use crate::text::TextRange;
use block::{Level, Start};
use scan::{Parser, Token};

pub(super) use names::unresolved as unresolved_names;

/// Parses a whole document (or stream of documents; the first is the template).
pub fn parse(text: &str) -> Tree {
    let mut driver = Driver::new(text);
    while driver.step() {}
    Tree::new(Format::Yaml, driver.chunks)
}

/// Where the reading stands between two chunks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Before everything.
    Stream,
    /// Behind a document of the stream.
    Document,
    /// Before an entry of the root mapping, whose keys stand at `column`.
    Root { column: i32 },
    /// Before an entry of a section (at `column`) in the root mapping (at `root`), or behind the section.
    Section { column: i32, root: i32 },
    /// Behind everything.
    End,
}

/// Cuts the stream into chunks while the parser reads it.
pub(super) struct Driver<'s> {
    parser: Parser<'s>,
    stage: Stage,
    /// Where the chunk being read starts.
    start: usize,
    /// How the chunk being read began.
    begin: Begin,
    after_document: bool,
    chunks: Vec<Chunk>,
}

impl<'s> Reader<'s> for Driver<'s> {
    fn new(text: &'s str) -> Self {
        Driver {
            parser: Parser::new(text),
            stage: Stage::Stream,
            start: 0,
            begin: Begin::Yaml(Stage::Stream),
            after_document: false,
            chunks: Vec::new(),
        }
    }

    fn resume(text: &'s str, at: usize, begin: Begin) -> Option<Self> {
        let Begin::Yaml(stage) = begin else { return None };
        let mut parser = Parser::new(text);
        parser.pos = at;
        parser.line = at;
        Some(Driver {
            parser,
            stage,
            start: at,
            begin,
            after_document: stage == Stage::Document,
            ..Driver::new(text)
        })
    }

    fn step(&mut self) -> bool {
        let cut_before = self.chunks.len();
        let stage = match self.stage {
            Stage::Stream => {
                if self.parser.text.starts_with('\u{feff}') {
                    self.parser.pos = '\u{feff}'.len_utf8();
                    self.parser.line = self.parser.pos;
                }
                self.document()
            }
            Stage::Document => self.document(),
            Stage::Root { column } => self.root_entry(column),
            Stage::Section { column, root } => self.section_entry(Level::new(column, root)),
            Stage::End => return false,
        };
        self.stage = stage.unwrap_or_else(|| self.document_ended());
        // Only a chunk that starts where its line does can be read without what stands before it.
        if self.chunks.len() > cut_before && self.start == self.parser.line {
            self.begin = Begin::Yaml(self.stage);
        }
        self.stage != Stage::End
    }

    fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    fn into_chunks(self) -> Vec<Chunk> {
        self.chunks
    }

    fn here(&self) -> (usize, Begin) {
        (self.start, self.begin)
    }
}

impl Driver<'_> {
    /// Reads from the stream's begin or a document's end to the first entry of the next root mapping, or over a root of
    /// another kind. `None` at the document's end.
    fn document(&mut self) -> Option<Stage> {
        let inline = self.parser.prolog();
        let token = self.parser.skip_trivia()?;
        let (at, line) = (self.parser.pos, self.parser.line);
        let properties = matches!(self.parser.peek(), Some(b'&' | b'!')) && !self.parser.is_entry(at);
        if !inline
            && !properties
            && !token.tab
            && !self.parser.is_dash(at)
            && self.parser.starts_mapping(at, token.column, -1)
        {
            self.cut(Role::Trivia, line);
            return Some(Stage::Root { column: token.column });
        }
        self.cut(Role::Trivia, if inline { at } else { line });
        self.parser
            .block_node(-1, if inline { Start::Inline } else { Start::Fresh });
        if self.parser.skip_trivia().is_some() {
            self.leftover();
        }
        let end = self.parser.pos;
        self.cut(Role::Whole, end);
        None
    }

    fn document_ended(&mut self) -> Stage {
        self.after_document = true;
        let end = self.parser.bytes.len();
        if self.parser.pos < end {
            return Stage::Document;
        }
        self.cut(Role::Trivia, end);
        Stage::End
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

    /// An entry of the root mapping, whose keys stand at `column`, or the head of a section. `None` at the document's
    /// end.
    fn root_entry(&mut self, column: i32) -> Option<Stage> {
        let token = self.parser.skip_trivia()?;
        let mut level = Level::new(column, -1);
        self.parser.goes_on(token, &mut level);
        if let Some(entries) = self.section_head(level.column) {
            return Some(Stage::Section {
                column: entries,
                root: level.column,
            });
        }
        self.parser.entry(level.column);
        self.next_chunk(Role::Entry)?;
        Some(Stage::Root { column: level.column })
    }

    /// An entry of the section at `level`; what is not deeper than the root's keys belongs to the root again.
    fn section_entry(&mut self, mut level: Level) -> Option<Stage> {
        let token = self.parser.skip_trivia()?;
        if !token.tab && token.column <= level.parent {
            return self.root_entry(level.parent);
        }
        self.parser.goes_on(token, &mut level);
        self.parser.entry(level.column);
        self.next_chunk(Role::SectionEntry)?;
        Some(Stage::Section {
            column: level.column,
            root: level.parent,
        })
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

    /// Steps to the next token and cuts the chunk before its line.
    fn next_chunk(&mut self, role: Role) -> Option<Token> {
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
        let text = &parser.text[start..end];
        errors.extend(control_characters(text));
        errors.sort_by_key(|error| (error.range.start, error.range.end));
        let mut chunk = Chunk {
            role,
            format: Format::Yaml,
            text: text.into(),
            nodes: nodes.into(),
            properties: properties.into(),
            errors: errors.into(),
            lookahead: parser.lookahead(end) as u32,
            begin: std::mem::replace(&mut self.begin, Begin::Inside),
            after_document: std::mem::take(&mut self.after_document),
            uses_names: false,
            claimed: false,
        };
        chunk.uses_names = names::uses_names(&chunk);
        self.chunks.push(chunk);
        self.start = end;
        parser.seen = 0;
    }
}

/// Characters that no YAML text may have, not even quoted: loaders refuse the whole file.
fn control_characters(text: &str) -> impl Iterator<Item = SyntaxError> {
    let bad = |byte: u8| byte == 0x7f || (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'));
    // The quick look first: there are next to none.
    let any = text.bytes().fold(false, |any, byte| any | bad(byte));
    let suspects = if any { text } else { "" };
    suspects
        .bytes()
        .enumerate()
        .filter(move |(_, byte)| bad(*byte))
        .map(|(at, _)| SyntaxError {
            kind: SyntaxErrorKind::ControlCharacter,
            range: TextRange::new(at as u32, at as u32 + 1),
        })
}
