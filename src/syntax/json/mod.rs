//! The recovering JSON parser: text → chunks.

mod lexer;
mod parser;

use super::{Chunk, Format, Role, SyntaxErrorKind, Tree};
use crate::text::TextRange;
use lexer::TokenKind;
use parser::{Parser, Step};
use std::sync::Arc;

/// Parses a whole document.
pub fn parse(text: &str) -> Tree {
    let mut driver = Driver {
        text,
        parser: Parser::new(text),
        start: 0,
        chunks: Vec::new(),
    };
    driver.document();
    if driver.parser.claimed {
        // Indentation told where a bracket is missing. If none is missing, the indentation is just careless.
        let mut careless = Driver {
            text,
            parser: Parser::new(text),
            start: 0,
            chunks: Vec::new(),
        };
        if careless.whole() {
            driver = careless;
        }
    }
    let chunks: Vec<Arc<Chunk>> = driver.chunks.into_iter().map(Arc::new).collect();
    let count = chunks.len();
    Tree::new(Format::Json, chunks, count)
}

/// Cuts the document into chunks while the parser reads it.
struct Driver<'s> {
    text: &'s str,
    parser: Parser<'s>,
    /// Where the chunk being read starts.
    start: usize,
    chunks: Vec<Chunk>,
}

impl Driver<'_> {
    fn document(&mut self) {
        let bom = '\u{feff}';
        if self.text.starts_with(bom) {
            self.parser.lexer.pos = bom.len_utf8();
            self.parser.lexer.line = bom.len_utf8();
        }
        let first = self.parser.peek();
        match first.kind {
            TokenKind::OpenMap => self.root_map(),
            TokenKind::End => {
                self.parser.advance();
            }
            _ => {
                self.parser.root();
                self.after_root();
                self.cut(Role::Whole, self.text.len());
            }
        }
        if self.start == 0 && self.chunks.is_empty() && !self.text.is_empty() && self.parser.nodes.is_empty()
        {
            self.cut(Role::Trivia, self.text.len());
        }
        self.after_root();
        self.cut(Role::Trivia, self.text.len());
    }

    /// The document as one chunk, if it can be read strictly.
    fn whole(&mut self) -> bool {
        let valid = self.parser.strict_root();
        self.after_root();
        self.cut(Role::Whole, self.text.len());
        valid && self.chunks.iter().all(|chunk| chunk.errors.is_empty())
    }

    fn root_map(&mut self) {
        let here = self.parser.lexer;
        self.parser.open();
        // The root mapping is known by its chunks, not by a node.
        self.parser.nodes.clear();
        let mut step = self.parser.next_step();
        if step != Step::Member && self.chunks.is_empty() {
            // `{}` or a lone `{`: one node.
            self.parser.lexer = here;
            self.parser.errors.clear();
            self.parser.nodes.clear();
            self.parser.root();
            self.after_root();
            self.cut(Role::Whole, self.text.len());
            return;
        }
        let start = self.parser.peek().start;
        self.cut(Role::Trivia, start);
        while step == Step::Member {
            step = self.root_entry();
        }
        // Whatever the last step read (a closing brace) belongs to the trivia at the end.
    }

    /// One entry of the root: whole, or cut when its value is a map with entries.
    fn root_entry(&mut self) -> Step {
        if !self.section_head() {
            self.parser.entry();
            return self.next_chunk(Role::Entry);
        }
        loop {
            self.parser.entry();
            if self.next_chunk(Role::SectionEntry) != Step::Member {
                break;
            }
        }
        // The section is left: its closing brace and the comma are the tail.
        let step = self.parser.next_step();
        let end = match step {
            Step::Member => self.parser.peek().start,
            Step::Closed => self.parser.lexer.pos - 1,
            Step::Unclosed => self.parser.lexer.pos.max(self.start),
        };
        self.cut(Role::SectionTail, end);
        step
    }

    /// Reads `"Section": {` when a first entry follows, and cuts it off.
    fn section_head(&mut self) -> bool {
        let here = self.parser.lexer;
        let key = self.parser.peek();
        let mut ahead = here;
        ahead.next();
        let colon = ahead.next();
        let open = ahead.next();
        let first = ahead.next();
        let string = key.kind == TokenKind::String && key.fault.is_none();
        let opens = colon.kind == TokenKind::Colon && open.kind == TokenKind::OpenMap;
        let member = matches!(first.kind, TokenKind::String | TokenKind::Literal);
        // Left of the section's key it may as well be an entry of the root behind a map that is not closed.
        let inside = !(ahead.fresh(first.start) && ahead.indent() <= here_indent(here));
        if !(string && opens && member && inside) {
            return false;
        }
        let key = self.parser.advance();
        self.parser.key(key);
        self.parser.advance();
        let nodes = self.parser.nodes.len();
        self.parser.open();
        self.parser.nodes.truncate(nodes);
        let step = self.parser.next_step();
        debug_assert_eq!(step, Step::Member);
        let start = self.parser.peek().start;
        self.cut(Role::SectionHead, start);
        true
    }

    /// Steps to the next member and cuts the chunk before it, or before the closing bracket.
    fn next_chunk(&mut self, role: Role) -> Step {
        let before = self.parser.lexer.pos;
        let step = self.parser.next_step();
        let end = match step {
            Step::Member => self.parser.peek().start,
            Step::Closed => self.parser.lexer.pos - 1,
            Step::Unclosed => self
                .parser
                .peek()
                .start
                .min(self.text.len())
                .max(before.min(self.text.len())),
        };
        self.cut(role, end.max(self.start));
        step
    }

    /// Nothing may follow the root.
    fn after_root(&mut self) {
        let token = self.parser.peek();
        if token.kind != TokenKind::End {
            let end = self.text[token.start..]
                .find(['\n', '\r'])
                .map_or(self.text.len(), |at| token.start + at);
            self.parser
                .soft(SyntaxErrorKind::TextAfterRoot, token.start, end.max(token.end));
            while self.parser.advance().kind != TokenKind::End {}
        } else {
            self.parser.advance();
        }
    }

    /// Makes a chunk of the text up to `end` and of all that was read since the last one.
    fn cut(&mut self, role: Role, end: usize) {
        let start = self.start;
        if end <= start && self.parser.nodes.is_empty() && self.parser.errors.is_empty() {
            return;
        }
        let base = start as u32;
        let mut nodes = std::mem::take(&mut self.parser.nodes);
        for node in &mut nodes {
            node.start = node.start.saturating_sub(base);
            node.end = node.end.saturating_sub(base);
        }
        let mut errors = std::mem::take(&mut self.parser.errors);
        for error in &mut errors {
            error.range = TextRange::new(
                error.range.start.saturating_sub(base),
                error.range.end.saturating_sub(base),
            );
        }
        errors.sort_by_key(|error| (error.range.start, error.range.end));
        self.chunks.push(Chunk {
            role,
            format: Format::Json,
            text: self.text[start..end].into(),
            nodes: nodes.into(),
            properties: Box::new([]),
            errors: errors.into(),
            lookahead: self.parser.seen.saturating_sub(end) as u32,
        });
        self.start = end;
        self.parser.seen = 0;
    }
}

/// Indentation of the line that the next token stands on.
fn here_indent(mut here: lexer::Lexer<'_>) -> i32 {
    here.next();
    here.indent()
}
