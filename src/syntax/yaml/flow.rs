//! Flow collections, `[…]` and `{…}`: strictly first, and only where that fails with recovery at line ends.

use super::scan::{MOST_DEPTH, Parser};
use crate::syntax::chunk::NodeProperties;
use crate::syntax::node::RawNode;
use crate::syntax::{Kind, Style, SyntaxErrorKind};

/// How a flow collection is read.
#[derive(Clone, Copy)]
pub(super) struct Flow {
    /// The first fault ends the attempt.
    strict: bool,
    /// Indentation of the block around: a line at or left of it that looks like an entry is not part of the collection.
    parent: i32,
    /// Open lists and maps around.
    lists: u32,
    maps: u32,
}

impl Flow {
    fn new(strict: bool, parent: i32) -> Self {
        Flow {
            strict,
            parent,
            lists: 0,
            maps: 0,
        }
    }
}

/// What stands behind blanks, comments and line breaks inside a flow collection.
#[derive(PartialEq, Eq)]
enum Next {
    Token,
    /// The collection ends here without its bracket.
    End,
}

impl Parser<'_> {
    /// A flow collection as a value in a block.
    pub(super) fn flow_in_block(&mut self, parent: i32, properties: NodeProperties) {
        let start = self.pos;
        if self.strict_flow(parent, properties, |parser, end| parser.may_end_at(end)) {
            // A closing bracket may stand there: loaders accept it.
            return self.check_lines(start, self.pos, parent, b"#]}");
        }
        self.flow_collection(Flow::new(false, parent), properties);
    }

    /// A flow collection as the key that ends before `colon`. Whether it could be read; else only its fault is reported.
    pub(super) fn flow_key(&mut self, colon: usize, properties: NodeProperties) -> bool {
        let mark = self.mark();
        let closed = self.flow_collection(Flow::new(true, -1), properties);
        let fault = self.errors_since(&mark).first().copied();
        if closed && fault.is_none() && self.pos <= colon {
            return true;
        }
        self.reset(&mark);
        let fault = fault.filter(|fault| fault.range.end as usize <= colon);
        let range = fault.map_or(self.pos..self.pos + 1, |fault| fault.range.as_usize());
        let kind = fault.map_or(SyntaxErrorKind::Unexpected, |fault| fault.kind);
        self.error(kind, range.start, range.end);
        false
    }

    /// Whether the flow collection at `at` can't be read strictly.
    pub(super) fn flow_fails(&mut self, at: usize, parent: i32) -> bool {
        let mark = self.mark();
        self.pos = at;
        let reads = self.strict_flow(parent, NodeProperties::default(), |parser, end| {
            parser.may_end_at(end)
        });
        self.reset(&mark);
        !reads
    }

    /// Reads a flow collection if that goes without a fault and `accept` likes its end.
    fn strict_flow(
        &mut self,
        parent: i32,
        properties: NodeProperties,
        accept: impl Fn(&Self, usize) -> bool,
    ) -> bool {
        let mark = self.mark();
        let closed = self.flow_collection(Flow::new(true, parent), properties);
        let reads = closed && self.errors_since(&mark).is_empty() && accept(self, self.pos);
        if !reads {
            self.reset(&mark);
        }
        reads
    }

    /// Returns whether the collection is closed (or, in recovery, at least ended where the one around it can go on).
    fn flow_collection(&mut self, flow: Flow, properties: NodeProperties) -> bool {
        let start = self.pos;
        let list = self.peek() == Some(b'[');
        if self.depth >= MOST_DEPTH {
            return self.flow_too_deep(flow);
        }
        let inner = Flow {
            lists: flow.lists + u32::from(list),
            maps: flow.maps + u32::from(!list),
            ..flow
        };
        let node = self.open(
            if list { Kind::Sequence } else { Kind::Mapping },
            Style::Flow,
            0,
            start,
        );
        self.set_properties(node, properties);
        self.pos += 1;
        self.depth += 1;
        let closed = self.flow_content(list, inner, start);
        self.depth -= 1;
        let end = match closed {
            true => self.pos,
            false => self.last_end().max(start + 1),
        };
        self.close(node, end);
        closed
    }

    fn flow_content(&mut self, list: bool, flow: Flow, start: usize) -> bool {
        let unclosed = if list {
            SyntaxErrorKind::UnclosedList
        } else {
            SyntaxErrorKind::UnclosedMap
        };
        // Where the place for another item begins: behind the bracket or a comma.
        let mut due = Some(self.pos);
        loop {
            if self.flow_trivia(flow) == Next::End {
                // `[a, ` and the text's end: the item being typed.
                if let Some(at) = due.filter(|at| list && !flow.strict && self.byte(*at - 1) == Some(b',')) {
                    self.empty_behind(at);
                }
                self.error(unclosed, start, start + 1);
                return false;
            }
            match self.peek() {
                Some(b']') if list => {
                    self.pos += 1;
                    return true;
                }
                Some(b'}') if !list => {
                    self.pos += 1;
                    return true;
                }
                Some(bracket @ (b']' | b'}')) => {
                    let outer = if bracket == b']' { flow.lists } else { flow.maps };
                    if flow.strict || outer > 0 {
                        self.error(unclosed, start, start + 1);
                        return !flow.strict;
                    }
                    self.error(SyntaxErrorKind::ExtraClose, self.pos, self.pos + 1);
                    self.pos += 1;
                }
                Some(b',') => {
                    if due.is_some() {
                        self.error(SyntaxErrorKind::Unexpected, self.pos, self.pos + 1);
                        if flow.strict {
                            return false;
                        }
                        if list {
                            self.empty(self.pos);
                        }
                    }
                    self.pos += 1;
                    due = Some(self.pos);
                }
                _ => {
                    if due.is_none() {
                        self.error_here(SyntaxErrorKind::MissingComma);
                        if flow.strict {
                            return false;
                        }
                    }
                    let before = self.pos;
                    let goes_on = if list {
                        self.flow_item(flow)
                    } else {
                        self.flow_entry(flow)
                    };
                    if !goes_on {
                        if !flow.strict && self.pos >= self.bytes.len() && self.errors.is_empty() {
                            self.error(unclosed, start, start + 1);
                        }
                        return false;
                    }
                    if self.pos == before {
                        // Nothing could be read: step over what stands in the way.
                        self.error_here(SyntaxErrorKind::Unexpected);
                        self.pos += self.text[before..].chars().next().map_or(1, char::len_utf8);
                    }
                    due = None;
                }
            }
        }
    }

    /// An item of a list, perhaps a single pair.
    fn flow_item(&mut self, flow: Flow) -> bool {
        if self.peek() == Some(b'?') && self.flow_blank(self.pos + 1) {
            let node = self.open(Kind::Mapping, Style::Flow, 0, self.pos);
            let goes_on = self.flow_entry(flow);
            let end = self.last_end();
            self.close(node, end);
            return goes_on;
        }
        let (first, start, line) = (self.nodes.len(), self.pos, self.line);
        if self.peek() == Some(b':') && self.flow_blank(self.pos + 1) {
            self.empty(start);
        } else if !self.flow_value(flow) {
            return false;
        }
        let before = self.pos;
        self.skip_spaces();
        let json_key = matches!(
            self.byte(before.wrapping_sub(1)),
            Some(b'"' | b'\'' | b']' | b'}')
        );
        let colon = self.peek() == Some(b':') && (json_key || self.flow_blank(self.pos + 1));
        if !colon || self.line != line {
            self.pos = before;
            return true;
        }
        self.wrap(first, start);
        let goes_on = self.flow_pair_value(flow);
        let end = self.last_end();
        self.close(first, end);
        goes_on
    }

    /// Puts a mapping around the nodes from `first` on.
    fn wrap(&mut self, first: usize, start: usize) {
        for node in &mut self.nodes[first..] {
            node.next += 1;
        }
        for (node, _) in self
            .properties
            .iter_mut()
            .rev()
            .take_while(|(node, _)| *node as usize >= first)
        {
            *node += 1;
        }
        let raw = RawNode {
            kind: Kind::Mapping,
            style: Style::Flow,
            indent: 0,
            start: start as u32,
            end: start as u32,
            next: first as u32 + 1,
        };
        self.nodes.insert(first, raw);
    }

    /// An entry of a map: key, and value after a colon.
    fn flow_entry(&mut self, flow: Flow) -> bool {
        if self.peek() == Some(b'?') && self.flow_blank(self.pos + 1) {
            self.pos += 1;
            if self.flow_trivia(flow) == Next::End {
                self.empty(self.pos);
                self.empty(self.pos);
                return true;
            }
        }
        match self.peek() {
            Some(b':') if self.flow_blank(self.pos + 1) => {
                self.empty(self.pos);
            }
            Some(b',' | b']' | b'}') => {
                self.empty(self.pos);
            }
            _ => {
                if !self.flow_value(flow) {
                    let end = self.last_end();
                    self.empty(end);
                    return false;
                }
            }
        }
        let key_end = self.pos;
        let here = self.mark();
        let json_key = matches!(
            self.byte(key_end.wrapping_sub(1)),
            Some(b'"' | b'\'' | b']' | b'}')
        );
        if self.flow_trivia(flow) == Next::Token
            && self.peek() == Some(b':')
            && (json_key || self.flow_blank(self.pos + 1))
        {
            return self.flow_pair_value(flow);
        }
        self.reset(&here);
        self.empty(key_end);
        true
    }

    /// The value behind the colon at `pos`.
    fn flow_pair_value(&mut self, flow: Flow) -> bool {
        self.pos += 1;
        let after = self.pos;
        let here = self.mark();
        let next = self.flow_trivia(flow);
        if next == Next::End || matches!(self.peek(), Some(b',' | b']' | b'}')) {
            self.reset(&here);
            self.empty_behind(after);
            return true;
        }
        self.flow_value(flow)
    }

    /// A node inside a flow collection.
    fn flow_value(&mut self, flow: Flow) -> bool {
        let mut properties = NodeProperties::default();
        while matches!(self.peek(), Some(b'&' | b'!')) {
            self.read_properties(&mut properties);
            let end = self.pos;
            let here = self.mark();
            let next = self.flow_trivia(flow);
            let colon = self.peek() == Some(b':') && self.flow_blank(self.pos + 1);
            if next == Next::End || colon || matches!(self.peek(), Some(b',' | b']' | b'}')) {
                self.reset(&here);
                let node = self.empty(end);
                self.set_properties(node, properties);
                return true;
            }
        }
        match self.peek() {
            Some(b'[' | b'{') => self.flow_collection(flow, properties),
            Some(b'*') => {
                let node = self.alias();
                self.no_properties(node, properties);
                true
            }
            Some(quote @ (b'"' | b'\'')) => {
                let (node, closed) = self.quoted(
                    quote,
                    |parser, end| !parser.entries_between(parser.pos, end, flow.parent),
                    flow.parent,
                );
                self.set_properties(node, properties);
                closed || !flow.strict
            }
            Some(b'-' | b'?' | b':') if self.flow_blank(self.pos + 1) => {
                self.error(SyntaxErrorKind::BadPlainStart, self.pos, self.pos + 1);
                if flow.strict {
                    return false;
                }
                let node = self.scalar(Style::Plain, self.pos, self.pos + 1);
                self.set_properties(node, properties);
                self.pos += 1;
                true
            }
            Some(b'@' | b'`' | b'%' | b'|' | b'>' | b'#') => {
                self.error(SyntaxErrorKind::BadPlainStart, self.pos, self.pos + 1);
                if flow.strict {
                    return false;
                }
                let node = self.flow_plain(flow);
                self.set_properties(node, properties);
                true
            }
            _ => {
                let node = self.flow_plain(flow);
                self.set_properties(node, properties);
                true
            }
        }
    }

    /// A plain scalar inside a flow collection, perhaps over several lines.
    fn flow_plain(&mut self, flow: Flow) -> usize {
        let start = self.pos;
        let (mut end, mut line) = (start, self.line);
        loop {
            let stopped = self.flow_plain_line();
            let text = self.bytes[start..self.pos].trim_ascii_end().len();
            if start + text > end {
                (end, line) = (start + text, self.line);
            }
            if stopped
                || self.flow_trivia(flow) == Next::End
                || !self.fresh()
                || self.comment_between(end, self.pos)
            {
                break;
            }
            let stop = match self.peek() {
                Some(b',' | b'[' | b']' | b'{' | b'}') => true,
                Some(b':') => self.flow_blank(self.pos + 1),
                _ => false,
            };
            if stop {
                break;
            }
        }
        self.seen = self.seen.max(self.pos);
        (self.pos, self.line) = (end, line);
        self.scalar(Style::Plain, start, end)
    }

    fn comment_between(&self, from: usize, to: usize) -> bool {
        self.bytes[from..to].contains(&b'#')
    }

    /// Moves to where the plain text of this line ends; whether something other than the line's end stopped it.
    fn flow_plain_line(&mut self) -> bool {
        loop {
            match self.peek() {
                None | Some(b'\n' | b'\r') => return false,
                Some(b',' | b'[' | b']' | b'{' | b'}') => return true,
                Some(b':') if self.flow_blank(self.pos + 1) => return true,
                Some(b'#') if matches!(self.byte(self.pos.wrapping_sub(1)), Some(b' ' | b'\t')) => {
                    return true;
                }
                Some(_) => self.pos += 1,
            }
        }
    }

    /// Blank, or one of the flow indicators that end a plain scalar.
    fn flow_blank(&self, at: usize) -> bool {
        self.blank_at(at) || matches!(self.byte(at), Some(b',' | b'[' | b']' | b'{' | b'}'))
    }

    fn flow_trivia(&mut self, flow: Flow) -> Next {
        let here = (self.pos, self.line);
        loop {
            let from = self.pos;
            self.skip_spaces();
            match self.peek() {
                None => {
                    self.seen = self.bytes.len() + 1;
                    (self.pos, self.line) = here;
                    return Next::End;
                }
                Some(b'#') if self.pos > from || self.pos == self.line => self.pos = self.line_end(self.pos),
                Some(b'\n' | b'\r') => {
                    self.pos = self.after_break(self.pos);
                    self.line = self.pos;
                    if self.at_marker(self.pos) || self.outside(self.pos, flow.parent) {
                        self.seen = self.seen.max(self.line_end(self.pos));
                        (self.pos, self.line) = here;
                        return Next::End;
                    }
                }
                Some(_) => return Next::Token,
            }
        }
    }

    /// Whether the line that begins at `line` is an entry or item of the block around.
    pub(super) fn outside(&mut self, line: usize, parent: i32) -> bool {
        let mut token = line;
        while matches!(self.byte(token), Some(b' ' | b'\t')) {
            token += 1;
        }
        (token - line) as i32 <= parent && self.is_entry_or_item(token)
    }

    fn flow_too_deep(&mut self, flow: Flow) -> bool {
        let start = self.pos;
        self.error(SyntaxErrorKind::TooDeep, start, start + 1);
        if flow.strict {
            return false;
        }
        let end = self
            .flow_end_on_line(start)
            .unwrap_or_else(|| self.line_end(start));
        self.scalar(Style::Plain, start, end);
        self.pos = end;
        true
    }
}
