//! Nodes: mapping, sequence, scalar, alias, or the empty place where a value is missing.

use super::{Chunk, Format, Role, Tree, chunk::NodeProperties};
use crate::text::TextRange;
use std::fmt;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    Mapping,
    Sequence,
    Scalar,
    /// `*name`; never expanded.
    Alias,
    /// The place of a key or value that is not there: an empty range.
    Empty,
}

/// How a node is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Style {
    /// YAML block collection, by indentation.
    Block,
    /// `{…}` or `[…]`, JSON's collections included.
    Flow,
    /// Unquoted scalar: YAML's plain style, JSON's literals and numbers. Empty nodes too.
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// A node in its chunk's arena: its subtree is `index..next`. A mapping's children are key, value, key, value, …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawNode {
    pub kind: Kind,
    pub style: Style,
    /// Block collections: column (in characters from the line's start) of the keys or dashes.
    /// Block scalars: indentation of the content. Otherwise 0.
    pub indent: u16,
    /// Bytes from the chunk's start. Quotes, brackets and block scalar headers belong to the node; tag and anchor don't.
    pub start: u32,
    pub end: u32,
    /// Index after this node's subtree.
    pub next: u32,
}

/// Names a node of one tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId {
    pub chunk: u32,
    pub index: u32,
}

impl NodeId {
    /// Index of the root mapping of a document that is cut into chunks (`chunk` = its first chunk with nodes).
    pub const ROOT: u32 = u32::MAX;
    /// Index of a section's mapping whose entries are chunks (`chunk` = the section's head).
    pub const SECTION: u32 = u32::MAX - 1;
}

/// A node with the tree around it. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    chunk: &'t Chunk,
    /// Where the chunk starts in the document.
    start: u32,
    id: NodeId,
}

/// One entry of a mapping. A missing key or value is an `Empty` node at its place.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'t> {
    pub key: Node<'t>,
    pub value: Node<'t>,
}

impl<'t> Entry<'t> {
    /// From the key's start to the value's end.
    pub fn range(&self) -> TextRange {
        self.key.range().cover(self.value.range())
    }
}

impl<'t> Node<'t> {
    pub(super) fn new(tree: &'t Tree, id: NodeId) -> Self {
        let (start, chunk) = match tree.row().get_with_start(id.chunk as usize) {
            Some((start, chunk)) => (start, &**chunk),
            None => (tree.len(), Chunk::nothing()),
        };
        Node {
            tree,
            chunk,
            start,
            id,
        }
    }

    /// Another node of the same chunk.
    fn sibling(self, index: u32) -> Self {
        let chunk = self.id.chunk;
        Node {
            id: NodeId { chunk, index },
            ..self
        }
    }

    pub fn id(self) -> NodeId {
        self.id
    }

    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    pub fn format(self) -> Format {
        self.tree.format()
    }

    pub fn kind(self) -> Kind {
        self.raw().map_or(Kind::Mapping, |raw| raw.kind)
    }

    pub fn style(self) -> Style {
        match self.raw() {
            Some(raw) => raw.style,
            None if self.format() == Format::Json => Style::Flow,
            None => Style::Block,
        }
    }

    pub fn is_mapping(self) -> bool {
        self.kind() == Kind::Mapping
    }

    pub fn is_sequence(self) -> bool {
        self.kind() == Kind::Sequence
    }

    pub fn is_scalar(self) -> bool {
        self.kind() == Kind::Scalar
    }

    pub fn is_empty(self) -> bool {
        self.kind() == Kind::Empty
    }

    /// The node's bytes in the document.
    pub fn range(self) -> TextRange {
        match self.raw() {
            Some(raw) => TextRange::new(raw.start, raw.end).shifted(self.start),
            None => self.virtual_range(),
        }
    }

    /// The node's bytes counted from its chunk's start: stable while other chunks change.
    pub fn local_range(self) -> TextRange {
        match self.raw() {
            Some(raw) => TextRange::new(raw.start, raw.end),
            None => TextRange::default(),
        }
    }

    /// The source text of the node, quotes and headers included; empty for the root and section mappings of a cut document.
    pub fn source(self) -> &'t str {
        match self.raw() {
            Some(raw) => self
                .chunk()
                .text
                .get(raw.start as usize..raw.end as usize)
                .unwrap_or_default(),
            None => "",
        }
    }

    /// Block collections: the column of keys or dashes; block scalars: the content's indentation; else 0.
    pub fn indent(self) -> u32 {
        match self.raw() {
            Some(raw) => u32::from(raw.indent),
            None => self
                .entries()
                .next()
                .and_then(|entry| entry.key.column())
                .unwrap_or(0),
        }
    }

    /// Tag as written, `!` included.
    pub fn tag(self) -> Option<&'t str> {
        let range = self.properties()?.tag?;
        self.chunk.text.get(range.as_usize())
    }

    /// Where the tag stands in the document.
    pub fn tag_range(self) -> Option<TextRange> {
        Some(self.properties()?.tag?.shifted(self.start))
    }

    /// Where the anchor stands in the document, `&` included.
    pub fn anchor_range(self) -> Option<TextRange> {
        Some(self.properties()?.anchor?.shifted(self.start))
    }

    /// The entries of a mapping, duplicates included, in text order; none for other kinds.
    pub fn entries(self) -> Entries<'t> {
        let state = match self.raw() {
            Some(raw) if raw.kind == Kind::Mapping => EntriesState::Arena {
                next: self.id.index + 1,
                end: raw.next,
            },
            Some(_) => EntriesState::Arena { next: 0, end: 0 },
            None if self.id.index == NodeId::SECTION => EntriesState::Section {
                chunk: self.id.chunk + 1,
            },
            None => EntriesState::Root { chunk: 0 },
        };
        Entries { mapping: self, state }
    }

    /// The items of a sequence; none for other kinds.
    pub fn items(self) -> Items<'t> {
        let (next, end) = match self.raw() {
            Some(raw) if raw.kind == Kind::Sequence => (self.id.index + 1, raw.next),
            _ => (0, 0),
        };
        Items {
            sequence: self,
            next,
            end,
        }
    }

    /// The value of the first entry whose key reads `key`.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.entry(key).map(|entry| entry.value)
    }

    /// The first entry whose key reads `key`.
    pub fn entry(self, key: &str) -> Option<Entry<'t>> {
        self.entries()
            .find(|entry| entry.key.text().is_some_and(|text| text == key))
    }

    fn raw(self) -> Option<&'t RawNode> {
        self.chunk.nodes.get(self.id.index as usize)
    }

    /// The chunk that the node stands in.
    pub fn chunk(self) -> &'t Chunk {
        self.chunk
    }

    /// A range of the document counted from the start of this node's chunk.
    pub fn to_local(self, range: TextRange) -> TextRange {
        let start = self.start;
        TextRange::new(range.start.saturating_sub(start), range.end.saturating_sub(start))
    }

    fn properties(self) -> Option<&'t NodeProperties> {
        let table = &self.chunk.properties;
        let at = table
            .binary_search_by_key(&self.id.index, |(node, _)| *node)
            .ok()?;
        Some(&table[at].1)
    }

    /// Characters between the line's start and this node, within its chunk; `None` for virtual nodes.
    pub fn column(self) -> Option<u32> {
        let raw = self.raw()?;
        let before = self.chunk.text.get(..raw.start as usize)?;
        let line = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        Some(before[line..].chars().count() as u32)
    }

    fn virtual_range(self) -> TextRange {
        let mut covered: Option<TextRange> = None;
        for entry in self.entries() {
            let range = entry.range();
            covered = Some(covered.map_or(range, |so_far| so_far.cover(range)));
        }
        covered.unwrap_or(TextRange::empty(self.start + self.chunk.len()))
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.chunk, other.chunk) && self.id == other.id
    }
}

impl Eq for Node<'_> {}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}@{:?}", self.kind(), self.range())
    }
}

/// Iterator over a mapping's entries.
#[derive(Clone)]
pub struct Entries<'t> {
    mapping: Node<'t>,
    state: EntriesState,
}

#[derive(Clone, Copy)]
enum EntriesState {
    /// Entries inside one chunk's arena.
    Arena { next: u32, end: u32 },
    /// Entries of the section whose head came before `chunk`.
    Section { chunk: u32 },
    /// Entries of a cut document's root.
    Root { chunk: u32 },
}

impl<'t> Iterator for Entries<'t> {
    type Item = Entry<'t>;

    fn next(&mut self) -> Option<Entry<'t>> {
        match self.state {
            EntriesState::Arena { next, end } => {
                if next >= end {
                    return None;
                }
                let nodes = &self.mapping.chunk.nodes;
                let value = nodes.get(next as usize)?.next;
                let after = nodes.get(value as usize)?.next;
                self.state = EntriesState::Arena { next: after, end };
                Some(Entry {
                    key: self.mapping.sibling(next),
                    value: self.mapping.sibling(value),
                })
            }
            EntriesState::Section { mut chunk } => loop {
                let key = self.first_of(chunk)?;
                chunk += 1;
                match key.chunk.role {
                    Role::SectionEntry => {
                        self.state = EntriesState::Section { chunk };
                        let value = key.sibling(key.raw()?.next);
                        return Some(Entry { key, value });
                    }
                    Role::Trivia => {}
                    Role::Whole | Role::Entry | Role::SectionHead | Role::SectionTail => return None,
                }
            },
            EntriesState::Root { chunk } => {
                // The entries of the sections between are not marked.
                let chunk = self.mapping.tree.row().next_marked(chunk as usize)? as u32;
                let key = self.first_of(chunk)?;
                let value = match key.chunk.role {
                    Role::SectionHead => NodeId::SECTION,
                    _ => key.raw()?.next,
                };
                self.state = EntriesState::Root { chunk: chunk + 1 };
                Some(Entry {
                    key,
                    value: key.sibling(value),
                })
            }
        }
    }
}

impl<'t> Entries<'t> {
    /// The first node of a chunk of the document.
    fn first_of(&self, chunk: u32) -> Option<Node<'t>> {
        let tree = self.mapping.tree;
        let inside = (chunk as usize) < tree.document_end();
        inside.then(|| Node::new(tree, NodeId { chunk, index: 0 }))
    }
}

/// Iterator over a sequence's items.
#[derive(Clone)]
pub struct Items<'t> {
    sequence: Node<'t>,
    next: u32,
    end: u32,
}

impl<'t> Iterator for Items<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        if self.next >= self.end {
            return None;
        }
        let item = self.sequence.sibling(self.next);
        self.next = item.raw()?.next;
        Some(item)
    }
}
