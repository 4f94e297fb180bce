//! Objects and lists: strictly first; where that fails, indentation tells which bracket is missing.

mod close;
mod resume;

use super::lexer::{Lexer, Token, TokenKind};
use crate::syntax::node::RawNode;
use crate::syntax::{Kind, Style, SyntaxError, SyntaxErrorKind};
use crate::text::TextRange;
use close::Close;

/// Nesting beyond this is an error; see the YAML parser.
const MOST_DEPTH: usize = 200;

/// How far a strict reading may go on behind the first line that the map around seems to claim, in bytes.
const CLAIM_BUDGET: usize = 1 << 16;

/// Reads values; what it finds belongs to the chunk being made.
pub(super) struct Parser<'s> {
    pub(super) lexer: Lexer<'s>,
    pub(super) nodes: Vec<RawNode>,
    pub(super) errors: Vec<SyntaxError>,
    /// The furthest byte read.
    pub(super) seen: usize,
    /// Indentation decided against a bracket that could have been meant: if the document is valid as it stands, it was
    /// wrong to.
    pub(super) claimed: bool,
    /// The token at a position, with the lexer behind it.
    looked: Option<(usize, Token, Lexer<'s>)>,
    frames: Vec<Frame>,
    strict: bool,
    failed: bool,
    /// Indentation of the entry that is read strictly, and where a line first came that is not right of it.
    entry_indent: Option<i32>,
    claim: Option<usize>,
    /// A fault of the next token, which belongs to the chunk that begins with it.
    pending: Option<SyntaxError>,
    /// Line of the last hard error: one a line is enough.
    error_line: Option<usize>,
}

/// An open map or list.
#[derive(Clone, Copy, Debug)]
struct Frame {
    map: bool,
    /// Place of the bracket; `None` when it stands in a chunk before.
    open: Option<usize>,
    level: Level,
    members: usize,
    /// Place of the comma behind the last member.
    comma: Option<usize>,
}

/// The indentation of an open map or list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Level {
    /// Of the line that the bracket stands on.
    indent: i32,
    /// Of the first member that begins a line.
    content: Option<i32>,
}

/// What comes next in a map or list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Member,
    Closed,
    /// The bracket is missing; the one around goes on.
    Unclosed,
}

impl<'s> Parser<'s> {
    pub(super) fn new(text: &'s str, at: usize) -> Self {
        Parser {
            lexer: Lexer::new(text, at),
            nodes: Vec::new(),
            errors: Vec::new(),
            seen: 0,
            claimed: false,
            looked: None,
            frames: Vec::new(),
            strict: false,
            failed: false,
            entry_indent: None,
            claim: None,
            pending: None,
            error_line: None,
        }
    }

    pub(super) fn peek(&mut self) -> Token {
        self.look().0
    }

    /// The next token, and the lexer behind it. Kept, for most tokens are looked at before they are taken.
    fn look(&mut self) -> (Token, Lexer<'s>) {
        if let Some((pos, token, behind)) = self.looked
            && pos == self.lexer.pos
        {
            self.saw(&behind);
            return (token, behind);
        }
        let mut behind = self.lexer;
        let token = behind.next();
        if let Some((start, end)) = behind.comment.take() {
            self.soft(SyntaxErrorKind::CommentInJson, start, end);
        }
        self.saw(&behind);
        self.looked = Some((self.lexer.pos, token, behind));
        (token, behind)
    }

    /// Notes how far a look ahead has read.
    pub(super) fn saw(&mut self, ahead: &Lexer<'s>) {
        // What a token is may depend on the characters behind it: `/` and `*`, or the rest of a number.
        self.seen = self.seen.max(ahead.pos.max(ahead.reach) + 4);
    }

    /// Stands at the next token's first character, so that the reading could as well begin here.
    pub(super) fn step_to_token(&mut self) {
        let (token, behind) = self.look();
        self.lexer = behind;
        self.lexer.pos = token.start;
        // How far the comments before the token were read is no matter of what begins with it.
        self.looked = None;
    }

    /// Forgets all that was read behind `lexer`.
    pub(super) fn back_to(&mut self, lexer: Lexer<'s>) {
        self.lexer = lexer;
        self.looked = None;
    }

    pub(super) fn advance(&mut self) -> Token {
        let (token, behind) = self.look();
        self.lexer = behind;
        self.errors.extend(self.pending.take());
        token
    }

    /// A fault that leaves no doubt about the structure.
    pub(super) fn soft(&mut self, kind: SyntaxErrorKind, start: usize, end: usize) {
        self.errors.push(SyntaxError {
            kind,
            range: TextRange::new(start as u32, end as u32),
        });
    }

    /// A fault of the structure: it ends a strict reading.
    fn hard(&mut self, kind: SyntaxErrorKind, start: usize, end: usize) {
        if self.fails_at(self.lexer.line) {
            self.soft(kind, start, end);
        }
    }

    /// Notes a fault of the structure; whether it is the line's first.
    fn fails_at(&mut self, line: usize) -> bool {
        self.failed = true;
        self.error_line.replace(line) != Some(line)
    }

    /// A whole value, strictly first.
    pub(super) fn root(&mut self) {
        self.attempt(None, Parser::value);
    }

    /// A whole value, read strictly only; returns whether that went well.
    pub(super) fn strict_root(&mut self) -> bool {
        self.strict = true;
        self.value();
        self.strict = false;
        !self.failed
    }

    /// From a member of the innermost open map to the root's end, read strictly; returns whether that went well.
    pub(super) fn strict_rest(&mut self) -> bool {
        self.strict = true;
        loop {
            self.member();
            loop {
                match self.next_step() {
                    Step::Member => break,
                    Step::Closed if self.frames.is_empty() => return true,
                    Step::Closed => {}
                    Step::Unclosed => return false,
                }
            }
        }
    }

    /// One entry of the map in the innermost frame: key and value, strictly first.
    pub(super) fn entry(&mut self) {
        let (token, ahead) = self.look();
        let indent = ahead.fresh(token.start).then(|| ahead.indent());
        self.attempt(indent, Parser::member);
    }

    /// Reads strictly; if that fails, again with recovery.
    fn attempt(&mut self, indent: Option<i32>, read: fn(&mut Self)) {
        self.errors.extend(self.pending.take());
        let (lexer, nodes, errors, frames) = (
            self.lexer,
            self.nodes.len(),
            self.errors.len(),
            self.frames.clone(),
        );
        let error_line = self.error_line;
        self.strict = true;
        self.failed = false;
        self.entry_indent = indent;
        self.claim = None;
        read(self);
        self.strict = false;
        self.entry_indent = None;
        if !self.failed {
            if self.closed_in_place(indent) {
                return;
            }
            self.claimed = true;
        }
        self.back_to(lexer);
        self.nodes.truncate(nodes);
        self.errors.truncate(errors);
        self.frames = frames;
        self.error_line = error_line;
        self.pending = None;
        read(self);
    }

    /// Opens a map or list whose bracket is the next token.
    pub(super) fn open(&mut self) -> usize {
        let token = self.advance();
        let map = token.kind == TokenKind::OpenMap;
        self.frames.push(Frame {
            map,
            open: Some(token.start),
            level: Level {
                indent: self.lexer.indent(),
                content: None,
            },
            members: 0,
            comma: None,
        });
        self.push(
            if map { Kind::Mapping } else { Kind::Sequence },
            Style::Flow,
            token.start,
            token.end,
        )
    }

    /// Steps to the next member of the innermost map or list, or out of it.
    pub(super) fn next_step(&mut self) -> Step {
        loop {
            if self.failed && self.strict {
                return self.leave(Step::Unclosed);
            }
            let Some(frame) = self.frames.last().copied() else {
                return Step::Closed;
            };
            let (token, ahead) = self.look();
            let fresh = ahead.fresh(token.start);
            let indent = if fresh { ahead.indent() } else { 0 };
            match token.kind {
                TokenKind::End => return self.unclosed(frame),
                TokenKind::CloseMap | TokenKind::CloseList => {
                    let map = token.kind == TokenKind::CloseMap;
                    match self.close_of(map, frame, fresh.then_some(indent)) {
                        Close::Here => {
                            if let Some(comma) = frame.comma {
                                self.soft(SyntaxErrorKind::TrailingComma, comma, comma + 1);
                            }
                            self.advance();
                            return self.leave(Step::Closed);
                        }
                        Close::Outer => return self.unclosed(frame),
                        Close::Nothing => {
                            self.advance();
                            self.hard(SyntaxErrorKind::ExtraClose, token.start, token.end);
                        }
                    }
                }
                TokenKind::Comma => {
                    self.advance();
                    if frame.comma.is_some() || frame.members == 0 {
                        self.hard(SyntaxErrorKind::Unexpected, token.start, token.end);
                        if !frame.map && !self.strict {
                            self.empty(token.start);
                        }
                    }
                    if let Some(frame) = self.frames.last_mut() {
                        frame.comma = Some(token.start);
                    }
                }
                TokenKind::OpenMap
                | TokenKind::OpenList
                | TokenKind::Colon
                | TokenKind::String
                | TokenKind::Literal => {
                    if fresh
                        && !self.strict
                        && indent <= frame.level.indent
                        && self.is_key(token)
                        && self.frames.len() > 1
                    {
                        self.claimed = true;
                        return self.unclosed(frame);
                    }
                    self.note_claim(token, fresh.then_some(indent));
                    if frame.members > 0 && frame.comma.is_none() && self.fails_at(self.lexer.line) {
                        self.pending = Some(missing_comma(token));
                    }
                    if let Some(frame) = self.frames.last_mut() {
                        frame.members += 1;
                        frame.comma = None;
                        if fresh {
                            frame.level.content.get_or_insert(indent);
                        }
                    }
                    return Step::Member;
                }
            }
        }
    }

    /// In a strict reading: a key at or left of the entry's own place looks like the map around. Valid text may look
    /// like that, so the reading goes on for a while.
    fn note_claim(&mut self, token: Token, indent: Option<i32>) {
        let (true, Some(entry), Some(indent)) = (self.strict, self.entry_indent, indent) else {
            return;
        };
        if indent <= entry && self.is_key(token) {
            let claim = *self.claim.get_or_insert(token.start);
            if token.start - claim > CLAIM_BUDGET {
                self.failed = true;
            }
        }
    }

    /// Whether a token is a key: a string (or word) with a colon behind it.
    fn is_key(&mut self, token: Token) -> bool {
        if !matches!(token.kind, TokenKind::String | TokenKind::Literal) {
            return false;
        }
        let (_, mut ahead) = self.look();
        let next = ahead.next();
        self.saw(&ahead);
        next.kind == TokenKind::Colon
    }

    fn unclosed(&mut self, frame: Frame) -> Step {
        // `["a", ` and nothing more: the item being typed.
        if let Some(comma) = frame.comma.filter(|_| !frame.map && !self.strict) {
            let end = self.lexer.pos.max(comma + 1);
            self.empty((comma + 2).min(end.max(comma + 1)));
        }
        let kind = if frame.map {
            SyntaxErrorKind::UnclosedMap
        } else {
            SyntaxErrorKind::UnclosedList
        };
        self.failed = true;
        match frame.open {
            Some(open) => self.soft(kind, open, open + 1),
            // Where the closing bracket is missing.
            None => self.soft(kind, self.lexer.pos, self.lexer.pos),
        }
        self.leave(Step::Unclosed)
    }

    fn leave(&mut self, step: Step) -> Step {
        self.frames.pop();
        step
    }

    /// Key and value of a map's entry.
    pub(super) fn member(&mut self) {
        let token = self.peek();
        match token.kind {
            TokenKind::String | TokenKind::Literal => {
                self.advance();
                self.scalar(token);
                if token.kind == TokenKind::Literal {
                    self.hard(SyntaxErrorKind::UnquotedKey, token.start, token.end);
                } else if let Some((kind, start, end)) = token.fault {
                    self.fault(kind, start, end);
                }
            }
            TokenKind::Colon => {
                self.empty(token.start);
                self.hard(SyntaxErrorKind::MissingKey, token.start, token.end);
            }
            _ => {
                // A value where a key is due.
                self.empty(token.start);
                self.hard(SyntaxErrorKind::MissingKey, token.start, token.end);
                return self.value();
            }
        }
        let colon = self.peek();
        if colon.kind == TokenKind::Colon {
            self.advance();
            return self.value_after(colon.end);
        }
        self.hard(SyntaxErrorKind::MissingColon, token.start, token.end);
        let same_line = !self.text_between(token.end, colon.start).contains(['\n', '\r']);
        let begins_value = matches!(
            colon.kind,
            TokenKind::String | TokenKind::Literal | TokenKind::OpenMap | TokenKind::OpenList
        );
        if same_line && begins_value && !self.is_key(colon) {
            self.value();
        } else {
            self.empty(token.end);
        }
    }

    fn text_between(&self, start: usize, end: usize) -> &'s str {
        self.lexer.slice(start, end)
    }

    /// The value behind a colon that ends at `after`.
    fn value_after(&mut self, after: usize) {
        let token = self.peek();
        let missing = match token.kind {
            TokenKind::Comma
            | TokenKind::CloseMap
            | TokenKind::CloseList
            | TokenKind::Colon
            | TokenKind::End => true,
            TokenKind::String | TokenKind::Literal => {
                // On a later line a string with a colon behind it is the next key.
                self.text_between(after, token.start).contains(['\n', '\r']) && self.is_key(token)
            }
            TokenKind::OpenMap | TokenKind::OpenList => false,
        };
        if missing {
            let place = if self.text_between(after, after + 1) == " " {
                after + 1
            } else {
                after
            };
            self.empty(place);
            self.hard(SyntaxErrorKind::MissingValue, after.saturating_sub(1), after);
        } else {
            self.value();
        }
    }

    /// A value; its first token is next.
    pub(super) fn value(&mut self) {
        if self.failed && self.strict {
            return;
        }
        let token = self.peek();
        match token.kind {
            TokenKind::OpenMap | TokenKind::OpenList => self.collection(),
            TokenKind::String | TokenKind::Literal => {
                self.advance();
                self.scalar(token);
                if let Some((kind, start, end)) = token.fault {
                    self.fault(kind, start, end);
                }
            }
            TokenKind::Colon => {
                self.advance();
                self.hard(SyntaxErrorKind::Unexpected, token.start, token.end);
                self.empty(token.start);
            }
            TokenKind::Comma | TokenKind::CloseMap | TokenKind::CloseList | TokenKind::End => {
                self.empty(token.start);
                self.hard(SyntaxErrorKind::MissingValue, token.start, token.end);
            }
        }
    }

    /// An unclosed string leaves the structure in doubt; other faults of a token don't.
    fn fault(&mut self, kind: SyntaxErrorKind, start: usize, end: usize) {
        if matches!(
            kind,
            SyntaxErrorKind::UnclosedString | SyntaxErrorKind::SingleQuotes | SyntaxErrorKind::BadLiteral
        ) {
            self.hard(kind, start, end);
        } else {
            self.soft(kind, start, end);
        }
    }

    fn collection(&mut self) {
        if self.frames.len() >= MOST_DEPTH {
            return self.too_deep();
        }
        let map = self.peek().kind == TokenKind::OpenMap;
        let node = self.open();
        let closed = loop {
            match self.next_step() {
                Step::Member if map => self.member(),
                Step::Member => self.value(),
                Step::Closed => break true,
                Step::Unclosed => break false,
            }
        };
        let end = if closed { self.lexer.pos } else { self.last_end() };
        self.close(node, end);
    }

    /// Steps over the whole collection, or as much of it as is closed.
    fn too_deep(&mut self) {
        let start = self.peek().start;
        self.hard(SyntaxErrorKind::TooDeep, start, start + 1);
        if self.strict {
            return;
        }
        let mut depth = 0usize;
        let mut end = start;
        loop {
            let token = self.advance();
            match token.kind {
                TokenKind::OpenMap | TokenKind::OpenList => depth += 1,
                TokenKind::CloseMap | TokenKind::CloseList => depth -= 1,
                TokenKind::End => break,
                TokenKind::Comma | TokenKind::Colon | TokenKind::String | TokenKind::Literal => {}
            }
            end = token.end;
            if depth == 0 {
                break;
            }
        }
        let node = self.push(Kind::Scalar, Style::Plain, start, end);
        self.close(node, end);
    }

    /// A key that was just read.
    pub(super) fn key(&mut self, token: Token) {
        self.scalar(token);
    }

    fn scalar(&mut self, token: Token) {
        let style = if token.kind == TokenKind::String {
            Style::DoubleQuoted
        } else {
            Style::Plain
        };
        let node = self.push(Kind::Scalar, style, token.start, token.end);
        self.close(node, token.end);
    }

    pub(super) fn empty(&mut self, at: usize) {
        let node = self.push(Kind::Empty, Style::Plain, at, at);
        self.close(node, at);
    }

    fn push(&mut self, kind: Kind, style: Style, start: usize, end: usize) -> usize {
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(RawNode {
            kind,
            style,
            indent: 0,
            start: start as u32,
            end: end as u32,
            next,
        });
        self.nodes.len() - 1
    }

    pub(super) fn close(&mut self, node: usize, end: usize) {
        let next = self.nodes.len() as u32;
        if let Some(raw) = self.nodes.get_mut(node) {
            raw.end = raw.end.max(end as u32);
            raw.next = next;
        }
    }

    /// End of the last node.
    pub(super) fn last_end(&self) -> usize {
        self.nodes.last().map_or(0, |node| node.end as usize)
    }
}

/// The comma before a token is missing.
fn missing_comma(token: Token) -> SyntaxError {
    SyntaxError {
        kind: SyntaxErrorKind::MissingComma,
        range: TextRange::new(token.start as u32, token.end as u32),
    }
}
