//! Where a byte offset stands in the tree: path, and key or value.

use super::{Entry, Format, Kind, Node, NodeId, Role, Style, Tree};
use crate::text::TextRange;

/// One step from the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Index(usize),
}

impl Step {
    /// The key, for a step into a map.
    pub fn key(&self) -> Option<&str> {
        match self {
            Step::Key(key) => Some(key),
            Step::Index(_) => None,
        }
    }
}

/// What is being written at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CursorRole {
    /// A key of the mapping at `path` (or of one that could begin there).
    Key,
    /// The value at `path`.
    Value,
}

/// The place of an offset in the tree.
#[derive(Clone, Debug)]
pub struct Cursor<'t> {
    /// Steps from the root. Role `Key`: to the mapping that holds the key. Role `Value`: to the value.
    pub path: Vec<Step>,
    pub role: CursorRole,
    /// The key (role `Key`) or value node under the cursor; `None` on blank space.
    pub node: Option<Node<'t>>,
    /// The mapping or sequence around it, where there is one.
    pub parent: Option<Node<'t>>,
}

impl Tree {
    /// Locates `offset`. Blank lines are answered by their column over the tree.
    pub fn cursor(&self, offset: u32) -> Cursor<'_> {
        let mut finder = Finder {
            tree: self,
            offset,
            path: Vec::new(),
            open: Vec::new(),
        };
        match self.root() {
            Some(root) => finder.node(root, None),
            None => finder.key(None, None),
        }
    }
}

struct Finder<'t> {
    tree: &'t Tree,
    offset: u32,
    path: Vec<Step>,
    /// Block collections around the last entry before the offset, outermost first.
    open: Vec<Open<'t>>,
}

/// A block collection and where it stands.
#[derive(Clone, Copy)]
struct Open<'t> {
    node: Node<'t>,
    column: u32,
    /// Length of the path to it.
    depth: usize,
}

impl<'t> Finder<'t> {
    fn key(&self, node: Option<Node<'t>>, parent: Option<Node<'t>>) -> Cursor<'t> {
        Cursor {
            path: self.path.clone(),
            role: CursorRole::Key,
            node,
            parent,
        }
    }

    fn value(&self, node: Option<Node<'t>>, parent: Option<Node<'t>>) -> Cursor<'t> {
        Cursor {
            path: self.path.clone(),
            role: CursorRole::Value,
            node,
            parent,
        }
    }

    /// The offset is in or behind `node`, and before whatever comes after it.
    fn node(&mut self, node: Node<'t>, parent: Option<Node<'t>>) -> Cursor<'t> {
        match (node.kind(), node.style()) {
            (Kind::Mapping, Style::Flow) if self.inside_flow(node) => self.flow_mapping(node),
            (Kind::Sequence, Style::Flow) if self.inside_flow(node) => self.flow_sequence(node),
            (Kind::Mapping, Style::Block) => self.block_mapping(node),
            (Kind::Sequence, Style::Block) => self.block_sequence(node),
            _ => self.leaf(node, parent),
        }
    }

    /// A scalar, an alias, an empty place, or a flow collection that ends before the offset.
    fn leaf(&mut self, node: Node<'t>, parent: Option<Node<'t>>) -> Cursor<'t> {
        let range = self.leaf_range(node);
        if range.touches(self.offset) {
            return match self.may_become_key(node, parent) {
                true => self.key(Some(node), None),
                false => self.value(Some(node), parent),
            };
        }
        if self.offset < range.start || !self.breaks_between(range.end, self.offset) {
            return self.value(None, parent);
        }
        if self.tree.format() == Format::Json {
            return self.key(None, parent);
        }
        if is_block_scalar(node) && self.column() >= node.indent() && self.blank_before() {
            return self.value(Some(node), parent);
        }
        self.by_column(Some(node))
    }

    /// The node's range, of a block scalar without the blank lines behind its text (which belong to `|+`): left of the
    /// text something new begins there.
    fn leaf_range(&self, node: Node<'t>) -> TextRange {
        let range = node.range();
        match is_block_scalar(node) {
            true => TextRange::new(range.start, range.start + node.source().trim_end().len() as u32),
            false => range,
        }
    }

    /// A word alone on the line below its key: the first key of a mapping is being typed.
    fn may_become_key(&self, node: Node<'t>, parent: Option<Node<'t>>) -> bool {
        let start = node.range().start;
        let line = self.tree.line_start(start);
        node.is_scalar()
            && node.style() == Style::Plain
            && parent.is_some_and(|parent| parent.is_mapping() && parent.style() == Style::Block)
            && !node.source().contains(['\n', '\r'])
            && line < start
            && self.tree.slice(TextRange::new(line, start)).trim().is_empty()
    }

    fn block_mapping(&mut self, mapping: Node<'t>) -> Cursor<'t> {
        self.open.push(Open {
            node: mapping,
            column: mapping.indent(),
            depth: self.path.len(),
        });
        let Some(entry) = mapping
            .entries()
            .take_while(|entry| entry.key.range().start <= self.offset)
            .last()
        else {
            return self.by_column(None);
        };
        self.block_entry(mapping, entry)
    }

    fn block_entry(&mut self, mapping: Node<'t>, entry: Entry<'t>) -> Cursor<'t> {
        let key = entry.key.range();
        if key.touches(self.offset) {
            return self.key(Some(entry.key), Some(mapping));
        }
        self.path.push(step(entry));
        let value = entry.value;
        let starts = starts_at(value);
        if self.offset >= starts {
            return self.node(value, Some(mapping));
        }
        // Between the key and its value.
        if !self.breaks_between(key.end, self.offset) {
            return self.value(Some(value).filter(|value| value.is_empty()), Some(mapping));
        }
        // On a blank line above a collection.
        if value.style() == Style::Block && self.blank_before() && self.column() > self.column_of(mapping) {
            return match value.kind() {
                Kind::Mapping => self.key(None, Some(value)),
                _ => self.value(None, Some(mapping)),
            };
        }
        self.value(None, Some(mapping))
    }

    fn block_sequence(&mut self, sequence: Node<'t>) -> Cursor<'t> {
        self.open.push(Open {
            node: sequence,
            column: sequence.indent(),
            depth: self.path.len(),
        });
        let found = sequence
            .items()
            .enumerate()
            .take_while(|(_, item)| self.dash_of(*item) < self.offset)
            .last();
        let Some((index, item)) = found else {
            return self.by_column(None);
        };
        self.path.push(Step::Index(index));
        if self.offset < starts_at(item) && !matches!((item.kind(), item.style()), (Kind::Empty, _)) {
            return self.value(None, Some(sequence));
        }
        self.node(item, Some(sequence))
    }

    /// Where the dash before an item stands, as well as that can be seen: on the item's line, or lines above it.
    fn dash_of(&self, item: Node<'t>) -> u32 {
        let start = item
            .tag_range()
            .map_or(item.range().start, |tag| tag.start.min(item.range().start));
        let line = self.tree.line_start(start);
        let before = self.tree.slice(TextRange::new(line, start));
        if let Some(dash) = before.rfind('-') {
            return line + dash as u32;
        }
        // Alone on the line above, or higher up behind blank lines.
        let mut end = line;
        while end > 0 {
            let line = self.tree.line_start(end - 1);
            let text = self.tree.slice(TextRange::new(line, end));
            let text = text.trim_end();
            if text.ends_with('-') {
                return line + text.len() as u32 - 1;
            }
            if !text.is_empty() {
                break;
            }
            end = line;
        }
        start.saturating_sub(1)
    }

    /// The answer on a line where nothing stands before the cursor: the column tells how deep it is. `last` is the
    /// value that came last.
    fn by_column(&mut self, last: Option<Node<'t>>) -> Cursor<'t> {
        let column = self.column();
        if !self.blank_before() {
            return self.value(None, self.open.last().map(|open| open.node));
        }
        let innermost = self.open.last().map_or(0, |open| open.column);
        if last.is_some_and(|node| node.is_empty()) && column > innermost {
            // Below a key (or dash) without value, deeper than it: the value to come.
            let parent = self.open.last().map(|open| open.node);
            return self.key(None, parent.filter(|_| false));
        }
        while self.open.len() > 1 {
            let (inner, outer) = (self.open[self.open.len() - 1], self.open[self.open.len() - 2]);
            // A sequence may stand at its key's own column: there a new key is the likelier thing.
            let stays = if outer.column == inner.column {
                column > inner.column
            } else {
                column > outer.column
            };
            if stays {
                break;
            }
            self.open.pop();
        }
        let Some(open) = self.open.last().copied() else {
            return self.key(None, None);
        };
        self.path.truncate(open.depth);
        match open.node.kind() {
            Kind::Sequence => {
                self.path.push(Step::Index(self.items_before(open.node)));
                self.value(None, Some(open.node))
            }
            _ => self.key(None, Some(open.node)),
        }
    }

    fn items_before(&self, sequence: Node<'t>) -> usize {
        sequence
            .items()
            .take_while(|item| item.range().start <= self.offset)
            .count()
    }

    fn flow_mapping(&mut self, mapping: Node<'t>) -> Cursor<'t> {
        let Some(entry) = mapping
            .entries()
            .take_while(|entry| entry.key.range().start <= self.offset)
            .last()
        else {
            return self.key(None, Some(mapping));
        };
        let key = entry.key.range();
        if key.touches(self.offset) && !(key.is_empty() && self.offset > key.start) {
            return self.key(Some(entry.key), Some(mapping));
        }
        let value = entry.value;
        let end = end_of(value).max(key.end);
        if self.offset > end && !self.touches_value(value) {
            let behind = self.tree.slice(TextRange::new(end, self.offset));
            let next_line = behind.contains(['\n', '\r']) && !value.is_empty();
            if behind.contains(',') || next_line {
                return self.key(None, Some(mapping));
            }
        }
        let between = self.tree.slice(TextRange::new(key.end, self.offset));
        if value.is_empty() && !between.contains(':') {
            return match between.contains(['\n', '\r']) {
                true => self.key(None, Some(mapping)),
                false => self.key(Some(entry.key), Some(mapping)),
            };
        }
        self.path.push(step(entry));
        if self.offset < starts_at(value) {
            return self.value(None, Some(mapping));
        }
        self.node(value, Some(mapping))
    }

    fn flow_sequence(&mut self, sequence: Node<'t>) -> Cursor<'t> {
        let found = sequence
            .items()
            .enumerate()
            .take_while(|(_, item)| starts_at(*item) <= self.offset)
            .last();
        let Some((index, item)) = found else {
            self.path.push(Step::Index(0));
            return self.value(None, Some(sequence));
        };
        let behind = TextRange::new(end_of(item), self.offset.max(end_of(item)));
        if !self.touches_value(item) && self.tree.slice(behind).contains([',', '\n', '\r']) {
            self.path.push(Step::Index(index + 1));
            return self.value(None, Some(sequence));
        }
        self.path.push(Step::Index(index));
        self.node(item, Some(sequence))
    }

    fn touches_value(&self, node: Node<'t>) -> bool {
        starts_at(node) <= self.offset && self.offset <= end_of(node)
    }

    /// Whether the offset is between the brackets (or behind the open one, if the collection is not closed).
    fn inside_flow(&self, node: Node<'t>) -> bool {
        if node.id().index >= NodeId::SECTION {
            return node.id().index == NodeId::ROOT || self.offset <= end_of(node);
        }
        let range = node.range();
        let source = node.source();
        let closed = source.len() > 1 && source.ends_with([']', '}']) && closes(source);
        range.start < self.offset && (self.offset < range.end || !closed)
    }

    /// Characters before the offset on its line.
    fn column(&self) -> u32 {
        self.line_before().chars().count() as u32
    }

    fn column_of(&self, mapping: Node<'t>) -> u32 {
        mapping.indent()
    }

    fn blank_before(&self) -> bool {
        self.line_before().chars().all(|c| matches!(c, ' ' | '\t'))
    }

    fn line_before(&self) -> String {
        self.tree
            .slice(TextRange::new(self.tree.line_start(self.offset), self.offset))
    }

    fn breaks_between(&self, from: u32, to: u32) -> bool {
        from < to && self.tree.line_start(to) > from
    }
}

fn is_block_scalar(node: Node<'_>) -> bool {
    node.is_scalar() && matches!(node.style(), Style::Literal | Style::Folded)
}

fn step(entry: Entry<'_>) -> Step {
    Step::Key(
        entry
            .key
            .text()
            .map_or_else(|| entry.key.source().to_owned(), |text| text.into_owned()),
    )
}

/// Where a node begins; for a section's mapping, its first entry (YAML) or its brace (JSON).
fn starts_at(node: Node<'_>) -> u32 {
    if node.id().index < NodeId::SECTION {
        return node.range().start;
    }
    if node.format() == Format::Json
        && let Some(brace) = section_brace(node)
    {
        return brace;
    }
    node.entries().next().map_or(0, |entry| entry.key.range().start)
}

/// Behind the brace that opens a section's mapping in JSON.
fn section_brace(section: Node<'_>) -> Option<u32> {
    let (tree, chunk) = (section.tree(), section.id().chunk);
    let head = tree.chunk(chunk as usize)?;
    let key_end = head.nodes.first()?.end as usize;
    let brace = key_end + head.text.get(key_end..)?.find('{')?;
    Some(tree.chunk_start(chunk) + brace as u32 + 1)
}

/// Where a node ends; for a section's mapping in JSON, its closing brace.
fn end_of(node: Node<'_>) -> u32 {
    if node.id().index < NodeId::SECTION {
        return node.range().end;
    }
    let tree = node.tree();
    let first = node.id().chunk as usize + 1;
    let entries = tree
        .row()
        .iter_from(first)
        .take_while(|chunk| chunk.role == Role::SectionEntry);
    let end = first + entries.count();
    if end < tree.document_end() {
        tree.chunk_start(end as u32)
    } else {
        tree.len()
    }
}

/// Whether the last bracket of a flow collection's source is the one that closes the first.
fn closes(source: &str) -> bool {
    let mut depth = 0i32;
    let mut quote = None;
    let mut escaped = false;
    for byte in source.bytes() {
        match (quote, byte) {
            (Some(b'"'), b'\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), _) if byte == open && !escaped => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'[' | b'{') => depth += 1,
            (None, b']' | b'}') => depth -= 1,
            (None, _) => {}
        }
        escaped = false;
    }
    depth == 0
}
