//! The recovering JSON parser: text → chunks.

mod lexer;
mod parser;

use super::chunk::Begin;
use super::reader::Reader;
use super::{Chunk, Format, Role, SyntaxErrorKind, Tree};
use crate::text::TextRange;
use lexer::TokenKind;
use parser::{Level, Parser, Step};

/// Parses a whole document.
pub fn parse(text: &str) -> Tree {
    let mut driver = Driver::new(text);
    while driver.step() {}
    let tree = Tree::new(Format::Json, driver.chunks);
    // Indentation told where a bracket is missing. If none is missing, the indentation is just careless.
    let careless =
        in_doubt(&tree).is_some_and(|doubt| doubt.is_valid(text, doubt.start as usize) == Some(true));
    match careless {
        true => parse_carelessly(text).unwrap_or(tree),
        false => tree,
    }
}

/// The place up to which a text is valid, and from which on indentation decided where brackets are missing.
pub(super) struct Doubt {
    pub(super) start: u32,
    levels: [Option<Level>; 2],
}

/// Where the text of a tree may be valid although indentation says that it isn't.
pub(super) fn in_doubt(tree: &Tree) -> Option<Doubt> {
    if tree.counts().claimed == 0 {
        return None;
    }
    let mut start = 0;
    for chunk in tree.chunks() {
        match chunk.begin {
            Begin::Json(stage) if chunk.claimed => {
                let levels = stage.levels;
                return Some(Doubt { start, levels });
            }
            _ if chunk.errors.is_empty() => start += chunk.len(),
            // Invalid before there was any doubt.
            _ => return None,
        }
    }
    None
}

impl Doubt {
    /// Whether the text, whose rest from the doubt on stands in `text` at `at`, is valid as it is. `None` when `text` ends
    /// too soon to tell.
    pub(super) fn is_valid(&self, text: &str, at: usize) -> Option<bool> {
        let mut parser = Parser::new(text, at);
        parser.reopen(self.levels);
        let read = match self.levels {
            [None, _] => parser.strict_root(),
            _ => parser.strict_rest(),
        };
        let valid = read && parser.peek().kind == TokenKind::End && parser.errors.is_empty();
        (parser.seen < text.len() || valid).then_some(valid)
    }
}

/// The document as one chunk, if it is valid whatever its indentation.
pub(super) fn parse_carelessly(text: &str) -> Option<Tree> {
    let mut driver = Driver::new(text);
    let valid = driver.parser.strict_root();
    driver.after_root();
    driver.cut(Role::Whole, text.len());
    let valid = valid && driver.chunks.iter().all(|chunk| chunk.errors.is_empty());
    valid.then(|| Tree::new(Format::Json, driver.chunks))
}

/// Where the reading stands between two chunks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    part: Part,
    /// The open maps: the root, and a section in it.
    levels: [Option<Level>; 2],
    /// The comma before the chunk is missing.
    misses_comma: bool,
    /// The line has an error already; one is enough.
    line_has_error: bool,
    /// The chunk's first character is the first of its line.
    fresh: bool,
    /// Indentation of the line that the chunk starts on.
    indent: i32,
}

/// What comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    /// The whole text.
    #[default]
    Text,
    /// An entry of the root.
    Root,
    /// An entry of the innermost section.
    Section,
    /// What closes a section. `closed`: the chunk begins with its bracket, which was read.
    Tail {
        closed: bool,
    },
    /// What follows the root. `closed`: as for a section.
    Rest {
        closed: bool,
    },
    End,
}

/// Cuts the document into chunks while the parser reads it.
pub(super) struct Driver<'s> {
    text: &'s str,
    parser: Parser<'s>,
    part: Part,
    /// Where the chunk being read starts.
    start: usize,
    /// How the chunk being read began.
    begin: Begin,
    chunks: Vec<Chunk>,
}

impl<'s> Reader<'s> for Driver<'s> {
    fn new(text: &'s str) -> Self {
        Driver {
            text,
            parser: Parser::new(text, 0),
            part: Part::Text,
            start: 0,
            begin: Begin::Json(Stage::default()),
            chunks: Vec::new(),
        }
    }

    fn resume(text: &'s str, at: usize, begin: Begin) -> Option<Self> {
        let Begin::Json(stage) = begin else { return None };
        let mut parser = Parser::new(text, at);
        parser.reopen(stage.levels);
        parser.set_line_has_error(stage.line_has_error);
        parser.set_misses_comma(stage.misses_comma);
        if let Part::Tail { closed: true } | Part::Rest { closed: true } = stage.part {
            parser.lexer.pos += 1;
        }
        Some(Driver {
            parser,
            part: stage.part,
            start: at,
            begin,
            ..Driver::new(text)
        })
    }

    fn step(&mut self) -> bool {
        let cut_before = self.chunks.len();
        self.part = match self.part {
            Part::Text => self.text_start(),
            Part::Root => self.root_entry(),
            Part::Section => self.section_entry(),
            Part::Tail { .. } => self.tail(),
            Part::Rest { .. } => self.rest(),
            Part::End => return false,
        };
        if self.chunks.len() > cut_before {
            self.begin = Begin::Json(self.stage());
        }
        self.part != Part::End
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
    fn stage(&self) -> Stage {
        Stage {
            part: self.part,
            levels: self.parser.levels(),
            misses_comma: self.parser.misses_comma(),
            line_has_error: self.parser.line_has_error(),
            fresh: self.parser.lexer.fresh(self.start),
            indent: self.parser.lexer.indent(),
        }
    }

    fn text_start(&mut self) -> Part {
        let bom = '\u{feff}';
        if self.text.starts_with(bom) {
            self.parser.lexer.pos = bom.len_utf8();
            self.parser.lexer.line = bom.len_utf8();
        }
        match self.parser.peek().kind {
            TokenKind::OpenMap => self.root_map(),
            TokenKind::End => Part::Rest { closed: false },
            _ => self.whole(),
        }
    }

    /// A root that is not cut.
    fn whole(&mut self) -> Part {
        self.parser.root();
        self.after_root();
        self.cut(Role::Whole, self.text.len());
        Part::End
    }

    fn root_map(&mut self) -> Part {
        let here = self.parser.lexer;
        self.parser.open();
        // The root mapping is known by its chunks, not by a node.
        self.parser.nodes.clear();
        if self.parser.next_step() != Step::Member {
            // `{}` or a lone `{`: one node.
            self.parser.back_to(here);
            self.parser.errors.clear();
            self.parser.nodes.clear();
            return self.whole();
        }
        self.parser.step_to_token();
        self.cut(Role::Trivia, self.parser.lexer.pos);
        Part::Root
    }

    /// One entry of the root: whole, or a section's head when its value is a map with entries.
    fn root_entry(&mut self) -> Part {
        if self.section_head() {
            return Part::Section;
        }
        self.parser.entry();
        match self.next_chunk(Role::Entry) {
            Step::Member => Part::Root,
            step => Part::Rest {
                closed: step == Step::Closed,
            },
        }
    }

    fn section_entry(&mut self) -> Part {
        self.parser.entry();
        match self.next_chunk(Role::SectionEntry) {
            Step::Member => Part::Section,
            step => Part::Tail {
                closed: step == Step::Closed,
            },
        }
    }

    /// The section is left: its closing brace and the comma are the tail.
    fn tail(&mut self) -> Part {
        match self.next_chunk(Role::SectionTail) {
            Step::Member => Part::Root,
            step => Part::Rest {
                closed: step == Step::Closed,
            },
        }
    }

    /// Whatever the last step read (a closing brace) belongs to the trivia at the end.
    fn rest(&mut self) -> Part {
        self.after_root();
        self.cut(Role::Trivia, self.text.len());
        Part::End
    }

    /// Reads `"Section": {` when a first entry follows, and cuts it off.
    fn section_head(&mut self) -> bool {
        let here = self.parser.lexer;
        let key = self.parser.peek();
        let mut ahead = here;
        ahead.next();
        let colon = ahead.next();
        let open = ahead.next();
        let open_indent = ahead.indent();
        let first = ahead.next();
        self.parser.saw(&ahead);
        let string = key.kind == TokenKind::String && key.fault.is_none();
        let opens = colon.kind == TokenKind::Colon && open.kind == TokenKind::OpenMap;
        let member = matches!(first.kind, TokenKind::String | TokenKind::Literal);
        // Not right of the bracket's line it may as well be an entry of the root behind a map that is not closed.
        let inside = !(ahead.fresh(first.start) && ahead.indent() <= open_indent);
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
        self.parser.step_to_token();
        self.cut(Role::SectionHead, self.parser.lexer.pos);
        true
    }

    /// Steps to the next member and cuts the chunk before it, or before the closing bracket.
    fn next_chunk(&mut self, role: Role) -> Step {
        let step = self.parser.next_step();
        let end = match step {
            Step::Member | Step::Unclosed => {
                self.parser.step_to_token();
                self.parser.lexer.pos
            }
            Step::Closed => self.parser.lexer.pos - 1,
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
        self.parser.leave_brackets_behind();
        self.chunks.push(Chunk {
            role,
            format: Format::Json,
            text: self.text[start..end].into(),
            nodes: nodes.into(),
            properties: Box::new([]),
            errors: errors.into(),
            lookahead: self.parser.seen.saturating_sub(end) as u32,
            begin: std::mem::replace(&mut self.begin, Begin::Inside),
            after_document: false,
            uses_names: false,
            claimed: std::mem::take(&mut self.parser.claimed),
        });
        self.start = end;
        self.parser.seen = 0;
    }
}
