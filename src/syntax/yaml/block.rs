//! Block structure: mappings and sequences by indentation, and what happens where the indentation is wrong.

use super::scan::{MOST_DEPTH, MOST_LINES, Parser, Token};
use crate::syntax::chunk::NodeProperties;
use crate::syntax::{Kind, Style, SyntaxErrorKind};
use crate::text::TextRange;

/// Indentation of a block collection.
pub(super) struct Level {
    /// Column of its keys or dashes.
    pub(super) column: i32,
    /// Column of the collection around it.
    pub(super) parent: i32,
    /// It is indented with tabs: their number then tells what belongs to it.
    pub(super) tabbed: bool,
    /// It is the value of a mapping's entry: items may stand at the mapping's own column.
    below_key: bool,
}

impl Level {
    pub(super) fn new(column: i32, parent: i32) -> Self {
        Level {
            column,
            parent,
            tabbed: false,
            below_key: false,
        }
    }
}

/// Where a node begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// First token of its line.
    Fresh,
    /// First token of its line, as the value of a mapping's entry: a sequence may stand at the mapping's own column.
    BelowKey,
    /// After `- `: a collection may begin on the same line.
    Compact,
    /// After `? ` or the `: ` that belongs to it: as `Compact`, and a sequence may stand at the mapping's own column.
    Explicit,
    /// After `key: `: only a scalar, an alias or a flow collection.
    Inline,
}

impl Parser<'_> {
    /// The node at `pos`, which is a token. `parent` is the indentation of the collection around it (-1 at the top).
    pub(super) fn block_node(&mut self, parent: i32, start: Start) {
        if self.depth >= MOST_DEPTH {
            return self.too_deep(parent);
        }
        self.depth += 1;
        self.node(parent, start, NodeProperties::default());
        self.depth -= 1;
    }

    fn node(&mut self, parent: i32, start: Start, properties: NodeProperties) {
        if start != Start::Inline
            && let Some(level) = self.block_level(parent, start)
        {
            return match self.is_dash(self.pos) && !self.stray_dash(&level) {
                true => self.sequence(level, properties),
                false => self.mapping(level, properties),
            };
        }
        match self.peek() {
            Some(b'&' | b'!') => self.node_with_properties(parent, start, properties),
            Some(b'*') => {
                let node = self.alias();
                self.no_properties(node, properties);
                self.end_of_value();
            }
            Some(b'|' | b'>') => {
                let node = self.block_scalar(parent);
                self.set_properties(node, properties);
            }
            Some(b'[' | b'{') => {
                self.flow_in_block(parent, properties);
                self.end_of_value();
            }
            Some(b'"' | b'\'') => {
                let node = self.quoted_in_block(parent);
                self.set_properties(node, properties);
                self.end_of_value();
            }
            Some(b'-') if start == Start::Inline && self.is_dash(self.pos) => {
                self.bad_scalar(SyntaxErrorKind::NestedSequence, properties);
            }
            Some(b'@' | b'`' | b'%' | b',' | b']' | b'}') => {
                self.bad_scalar(SyntaxErrorKind::BadPlainStart, properties)
            }
            Some(b'?' | b':') if self.blank_at(self.pos + 1) => {
                self.bad_scalar(SyntaxErrorKind::NestedMapping, properties);
            }
            _ => {
                let node = self.plain_in_block(parent);
                self.set_properties(node, properties);
                self.end_of_value();
            }
        }
    }

    /// Whether a block collection begins at `pos`, and at which level.
    fn block_level(&mut self, parent: i32, start: Start) -> Option<Level> {
        let mut level = Level {
            below_key: matches!(start, Start::BelowKey | Start::Explicit),
            ..Level::new(self.column(), parent)
        };
        if !self.is_dash(self.pos) && !self.starts_mapping(self.pos, level.column, parent) {
            return None;
        }
        if !self.tab_before(self.pos) {
            return Some(level);
        }
        let blanks = self.bytes[..self.pos].trim_ascii_end().len().max(self.line);
        self.error(SyntaxErrorKind::TabIndent, blanks, self.pos);
        if !matches!(start, Start::Compact | Start::Explicit) {
            level.column = self.tab_column(self.pos, parent).unwrap_or(level.column);
            level.tabbed = level.column == self.column();
        }
        Some(level)
    }

    /// Column of the block collection that begins at the tab-indented `token`, if it is inside the block at `parent`:
    /// as the line behind it is indented, or by the number of characters.
    fn tab_column(&mut self, token: usize, parent: i32) -> Option<i32> {
        let column = (token - self.line_start(token)) as i32;
        let own = Some(column).filter(|column| *column > parent);
        let Some((next, next_column)) = self.next_content(token) else {
            return own;
        };
        let spaces = self.spaces(next - next_column as usize);
        if spaces != next_column || spaces <= parent || (spaces >= column && column > parent) {
            return own;
        }
        if spaces < column || !self.ends_in_colon(token) {
            return Some(next_column);
        }
        // The next line is the value of this key; a later one stands beside it.
        let beside = self.next_at_most(next, next_column - 1).map(|(_, column)| column);
        beside
            .filter(|column| *column > parent)
            .or(own)
            .or(Some(next_column))
    }

    /// Whether the dash at `pos` is being typed into the mapping whose entries follow at its column.
    fn stray_dash(&mut self, level: &Level) -> bool {
        level.column > level.parent
            && self
                .next_at_most(self.pos, level.column)
                .is_some_and(|(token, column)| {
                    column == level.column && !self.is_dash(token) && self.is_entry(token)
                })
    }

    /// Whether a block mapping begins at this token. A word alone on its line begins one when a line that follows
    /// shows that it can't be a value: no plain value goes on with a line that looks like an entry.
    pub(super) fn starts_mapping(&mut self, at: usize, column: i32, parent: i32) -> bool {
        if self.is_entry(at) {
            return true;
        }
        let Some(byte) = self.byte(at) else {
            return false;
        };
        if matches!(byte, b'|' | b'>' | b'*' | b'&' | b'!' | b'#') {
            return false;
        }
        let plain = !matches!(byte, b'"' | b'\'' | b'[' | b'{');
        let Some(next) = self.next_entry_column(at, plain) else {
            return plain && column > parent && self.is_bare_key(at, column);
        };
        match byte {
            b'"' | b'\'' => next == column && self.quoted_fails(at, parent),
            b'[' | b'{' => next == column && self.flow_fails(at, parent),
            // A line with a dash left of the word is the next item.
            _ => next >= column || (next > parent && !self.dash_follows(at)),
        }
    }

    /// Column of the next line's token if an entry (or item with an entry) begins there. `plain`: only if the line could
    /// not be more of a plain text either.
    fn next_entry_column(&mut self, at: usize, plain: bool) -> Option<i32> {
        let (token, column) = self.next_content(at)?;
        let mut key = token;
        while matches!(self.byte(key), Some(b'-' | b'?')) && self.blank_at(key + 1) {
            key += 1;
            while matches!(self.byte(key), Some(b' ' | b'\t')) {
                key += 1;
            }
        }
        self.seen = self.seen.max(self.line_end(key));
        (self.is_entry(key) && (!plain || self.plain_key_end(key).is_some())).then_some(column)
    }

    /// Whether the next line begins with a dash.
    fn dash_follows(&mut self, at: usize) -> bool {
        self.next_content(at)
            .is_some_and(|(token, _)| self.is_dash(token))
    }

    /// Whether the plain word at `at` lacks the colon of a key: deeper lines or items below it lead to a line with an
    /// entry, with which no plain value goes on.
    fn is_bare_key(&mut self, at: usize, column: i32) -> bool {
        let mut line = at;
        for _ in 0..MOST_LINES {
            match self.next_content(line) {
                Some((token, next)) if next > column || (next == column && !self.is_plain_line(token)) => {
                    if self.next_entry_column(line, true).is_some() {
                        return true;
                    }
                    line = token;
                }
                _ => return false,
            }
        }
        false
    }

    /// Whether the line at `at` is text only: neither item nor entry.
    fn is_plain_line(&mut self, at: usize) -> bool {
        self.seen = self.seen.max(self.line_end(at));
        !self.is_entry_or_item(at)
    }

    fn too_deep(&mut self, parent: i32) {
        let start = self.pos;
        let end = self.trimmed_line_end(start);
        self.error(SyntaxErrorKind::TooDeep, start, end);
        let mut last = end;
        self.pos = self.line_end(start);
        // All deeper lines belong to what can't be read.
        while let Some((token, column)) = self.next_content(self.pos) {
            if column <= parent {
                break;
            }
            self.pos = self.line_end(token);
            self.line = token - column as usize;
            last = self.pos;
        }
        self.scalar(Style::Plain, start, last.min(self.pos).max(start));
    }

    /// The rest of the line as a scalar that should not be one.
    fn bad_scalar(&mut self, kind: SyntaxErrorKind, properties: NodeProperties) {
        let start = self.pos;
        let end = self.trimmed_line_end(start);
        self.error(kind, start, end);
        let node = self.scalar(Style::Plain, start, end);
        self.set_properties(node, properties);
        self.pos = end;
    }

    /// Tag and anchor, then the node that they belong to.
    fn node_with_properties(&mut self, parent: i32, start: Start, mut properties: NodeProperties) {
        self.read_properties(&mut properties);
        let end = self.pos;
        self.skip_spaces();
        if !matches!(self.peek(), None | Some(b'\n' | b'\r' | b'#')) {
            // On the line of the tag no block collection begins: keys with tags are seen before.
            return self.node(parent, Start::Inline, properties);
        }
        self.pos = self.line_end(self.pos);
        let below_key = matches!(start, Start::Inline | Start::BelowKey | Start::Explicit);
        match self.value_on_next_lines(parent, below_key) {
            Some(below) if self.depth < MOST_DEPTH => {
                self.depth += 1;
                self.node(parent, below, properties);
                self.depth -= 1;
            }
            _ => {
                let node = self.empty(end);
                self.set_properties(node, properties);
            }
        }
    }

    /// Reads tags and anchors; what comes twice is an error.
    pub(super) fn read_properties(&mut self, properties: &mut NodeProperties) {
        loop {
            let start = self.pos;
            let tag = match self.peek() {
                Some(b'!') => true,
                Some(b'&') => false,
                _ => return,
            };
            if tag && self.byte(start + 1) == Some(b'<') {
                let end = self.line_end(start);
                let close = self.bytes[start..end].iter().position(|byte| *byte == b'>');
                self.pos = close.map_or(end, |close| start + close + 1);
            }
            while !self.blank_at(self.pos) && !matches!(self.peek(), Some(b',' | b'[' | b']' | b'{' | b'}')) {
                self.pos += 1;
            }
            if !tag && self.pos == start + 1 {
                self.error(SyntaxErrorKind::MissingAnchorName, start, self.pos);
            }
            let range = TextRange::new(start as u32, self.pos as u32);
            let slot = if tag {
                &mut properties.tag
            } else {
                &mut properties.anchor
            };
            if slot.is_some() {
                let kind = if tag {
                    SyntaxErrorKind::TwoTags
                } else {
                    SyntaxErrorKind::TwoAnchors
                };
                self.error(kind, start, self.pos);
            } else {
                *slot = Some(range);
            }
            if tag {
                self.check_tag(start);
            }
            let end = self.pos;
            self.skip_spaces();
            if !matches!(self.peek(), Some(b'!' | b'&')) || self.pos == end {
                self.pos = end;
                return;
            }
        }
    }

    /// Reports the first character that no tag can have: of the one from `start` to `pos`, or the bracket behind it.
    fn check_tag(&mut self, start: usize) {
        if self.bytes[start..].starts_with(b"!<") {
            return;
        }
        let mut at = start;
        while at < self.pos {
            let escape = self.bytes.get(at + 1..at + 3);
            match self.bytes[at] {
                b'%' if escape.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) => at += 3,
                byte if byte.is_ascii_alphanumeric() || b"-#;/?:@&=+$_.!~*'()".contains(&byte) => at += 1,
                _ => break,
            }
        }
        if at < self.pos || matches!(self.byte(at), Some(b'[' | b'{')) {
            let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
            self.error(SyntaxErrorKind::BadTag, at, at + length);
        }
    }

    pub(super) fn no_properties(&mut self, node: usize, properties: NodeProperties) {
        if let Some(range) = properties.tag.or(properties.anchor) {
            self.error(
                SyntaxErrorKind::PropertiesOfAlias,
                range.start as usize,
                range.end as usize,
            );
        }
        self.set_properties(node, properties);
    }

    /// Moves to the token of the value that stands on the lines below, if there is one. `below_key`: a sequence may
    /// stand at the key's own column.
    pub(super) fn value_on_next_lines(&mut self, parent: i32, below_key: bool) -> Option<Start> {
        let (token, column) = self.next_content(self.pos)?;
        let line = token - column as usize;
        let spaces = self.spaces(line);
        let below = if spaces == column {
            column > parent || (below_key && column == parent && self.is_dash(token))
        } else {
            // Behind enough spaces a tab may stand before a value, but not before a key or dash.
            match self.is_entry_or_item(token) {
                true => self.tab_column(token, parent).is_some(),
                false => spaces > parent,
            }
        };
        if !below {
            return None;
        }
        self.pos = token;
        self.line = line;
        Some(if below_key { Start::BelowKey } else { Start::Fresh })
    }

    /// Whether a tab stands among the blanks before `at`.
    fn tab_before(&self, at: usize) -> bool {
        let before = &self.bytes[self.line..at];
        before[before.trim_ascii_end().len()..].contains(&b'\t')
    }

    fn mapping(&mut self, mut level: Level, properties: NodeProperties) {
        let node = self.open(Kind::Mapping, Style::Block, level.column, self.pos);
        self.set_properties(node, properties);
        self.entry(level.column);
        let mut end = self.last_end();
        while let Some(token) = self.skip_trivia() {
            if !self.goes_on(token, &mut level) {
                break;
            }
            self.entry(level.column);
            end = self.last_end();
        }
        self.close_block(node, &level, end);
    }

    fn close_block(&mut self, node: usize, level: &Level, end: usize) {
        self.close(node, end);
        if let Some(raw) = self.nodes.get_mut(node) {
            raw.indent = u16::try_from(level.column).unwrap_or(0);
        }
    }

    /// Whether the token is another entry of the collection at `level`. Indentation that fits neither it nor the one
    /// around is an error, and the line still belongs here; when it is less than that of the lines before, those were
    /// too deep.
    pub(super) fn goes_on(&mut self, token: Token, level: &mut Level) -> bool {
        if token.tab && !level.tabbed {
            self.error(SyntaxErrorKind::TabIndent, self.line, self.pos);
            return true;
        }
        if token.column <= level.parent {
            return false;
        }
        if level.below_key && !token.tab && token.column < level.column && self.belongs_around(token, level) {
            return false;
        }
        if token.tab {
            self.error(SyntaxErrorKind::TabIndent, self.line, self.pos);
            level.column = level.column.min(token.column);
        } else if token.column != level.column {
            match self.pos == self.line {
                true => self.error_here(SyntaxErrorKind::BadIndent),
                false => self.error(SyntaxErrorKind::BadIndent, self.line, self.pos),
            }
            level.column = self.agreed_column(token.column, level.column);
        }
        true
    }

    /// Whether a token between the columns of a mapping's entries and of those around rather belongs around: it stands
    /// nearer to them, or its own value stands where the entries do.
    fn belongs_around(&mut self, token: Token, level: &Level) -> bool {
        let (out, into) = (token.column - level.parent, level.column - token.column);
        if out != into || !self.ends_in_colon(self.pos) {
            return out < into;
        }
        self.next_content(self.pos)
            .is_some_and(|(value, column)| column == level.column && !self.is_dash(value))
    }

    /// The column of a collection whose lines stand at `known` so far and whose next one, at `pos`, stands at `column`:
    /// the line after them decides which of the two is odd.
    fn agreed_column(&mut self, column: i32, known: i32) -> i32 {
        let (odd, other) = (column.min(known), column.max(known));
        let Some((token, next)) = self.next_at_most(self.pos, other) else {
            return odd;
        };
        // Lines below a key without value are its value, unless the key itself seems to have slipped by one column.
        let value = self.ends_in_colon(self.pos)
            && self
                .next_content(self.pos)
                .is_some_and(|(first, _)| first == token)
            && (column == other || other - odd > 1);
        if next == other && !value { other } else { odd }
    }

    /// Whether nothing follows the key that begins at `at` on its line.
    fn ends_in_colon(&self, at: usize) -> bool {
        self.bytes[at..self.trimmed_line_end(at)].ends_with(b":")
    }

    fn sequence(&mut self, mut level: Level, properties: NodeProperties) {
        let node = self.open(Kind::Sequence, Style::Block, level.column, self.pos);
        self.set_properties(node, properties);
        self.item(&level);
        let mut end = self.last_end();
        while let Some(token) = self.skip_trivia() {
            // At its key's own column only dashes go on with it.
            let at_key = level.below_key && token.column == level.parent;
            if at_key && !token.tab && self.is_dash(self.pos) {
                if level.column > level.parent {
                    self.error_here(SyntaxErrorKind::BadIndent);
                    level.column = level.parent;
                }
            } else if level.below_key && token.tab && !level.tabbed && !self.is_dash(self.pos) {
                // More likely an entry of the mapping around.
                break;
            } else if !self.goes_on(token, &mut level) {
                break;
            }
            self.item(&level);
            end = self.last_end();
        }
        self.close_block(node, &level, end);
    }

    /// One item of the sequence at `level`.
    fn item(&mut self, level: &Level) {
        if self.is_dash(self.pos) {
            self.pos += 1;
            let after = self.pos;
            return self.part(level.column, after, Start::Compact);
        }
        // A line that begins no item where one is due.
        if self
            .errors
            .last()
            .is_none_or(|error| error.range.end as usize != self.pos)
        {
            let end = self.trimmed_line_end(self.pos);
            self.error(SyntaxErrorKind::Unexpected, self.pos, end);
        }
        self.block_node((level.column - 1).max(level.parent), Start::Fresh);
    }

    pub(super) fn alias(&mut self) -> usize {
        let start = self.pos;
        self.pos += 1;
        while !self.blank_at(self.pos) && !matches!(self.peek(), Some(b',' | b'[' | b']' | b'{' | b'}')) {
            self.pos += 1;
        }
        if self.pos == start + 1 {
            self.error(SyntaxErrorKind::MissingAnchorName, start, self.pos);
        }
        let node = self.open(Kind::Alias, Style::Plain, 0, start);
        self.close(node, self.pos);
        node
    }
}
