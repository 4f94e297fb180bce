//! The tree's storage: a document is a row of chunks, each with its text and a flat preorder arena of nodes.
//!
//! A chunk is the unit of reparsing and of caching: the head line of a top-level section, one entry of a section
//! (one resource, one parameter, …), one whole top-level entry, or the trivia between them. Chunks are immutable and
//! shared, offsets inside count from the chunk's start, and joining the texts of all chunks gives the document back.

use super::{Format, Node, NodeId, SyntaxError, json, node::RawNode, row::Row, row::Weight, yaml};
use crate::text::TextRange;
use std::sync::{Arc, LazyLock};

/// What a chunk holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// No nodes: prolog, `---`, comments before the first entry, JSON's outermost braces.
    Trivia,
    /// The root of a document that is not cut (a scalar, a sequence, a flow mapping in YAML, …): node 0 is the root.
    Whole,
    /// One entry of the root mapping: node 0 is the key, the node after its subtree the value.
    Entry,
    /// The key of a root entry whose value is a mapping cut into the chunks that follow: node 0 is the key.
    SectionHead,
    /// One entry of the section whose head came last: key and value as in `Entry`.
    SectionEntry,
    /// What closes a section (JSON's brace and comma): no nodes.
    SectionTail,
}

/// A piece of the document: immutable, shared between versions while its bytes stay the same.
#[derive(Debug, PartialEq, Eq)]
pub struct Chunk {
    pub role: Role,
    pub format: Format,
    /// The bytes of this chunk, trailing trivia included.
    pub text: Box<str>,
    /// Preorder; offsets count from the chunk's start.
    pub nodes: Box<[RawNode]>,
    /// Tags and anchors of the nodes that have them, ordered by node index.
    pub properties: Box<[(u32, NodeProperties)]>,
    /// What is wrong with the chunk by itself. Names that nothing defines are the tree's to tell.
    pub errors: Box<[SyntaxError]>,
    /// How many bytes beyond its end the parser looked at to read this chunk: an edit there makes it stale.
    pub lookahead: u32,
    /// Where the reading stood before this chunk: with the text that follows, this decides what the chunk is.
    pub begin: Begin,
    /// A document of the stream has ended before the nodes of this chunk.
    pub after_document: bool,
    /// It names an anchor or a tag's handle that may be defined elsewhere.
    pub uses_names: bool,
    /// JSON: indentation decided against a bracket that may have been meant.
    pub claimed: bool,
}

/// Where a reading can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// In the middle of something: nowhere.
    Inside,
    Yaml(yaml::Stage),
    Json(json::Stage),
}

/// A YAML node's tag and anchor, as ranges in the chunk (the `!` and `&` included).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeProperties {
    pub tag: Option<TextRange>,
    pub anchor: Option<TextRange>,
}

/// A parsed document. Cloning is cheap and shares the chunks.
#[derive(Clone, Debug)]
pub struct Tree {
    format: Format,
    chunks: Row<Arc<Chunk>>,
    /// Number of chunks that belong to the stream's first document.
    document_end: u32,
    /// Aliases and tag handles that nothing defines, with ranges in the document, in text order.
    unresolved: Arc<[SyntaxError]>,
    counts: Counts,
}

/// How many chunks have a rare trait.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) after_document: u32,
    pub(super) uses_names: u32,
    pub(super) claimed: u32,
    /// Upper bound of any chunk's lookahead, in bytes.
    pub(super) furthest: u32,
}

impl Counts {
    pub(super) fn add(&mut self, chunk: &Chunk) {
        self.after_document += u32::from(chunk.after_document);
        self.uses_names += u32::from(chunk.uses_names);
        self.claimed += u32::from(chunk.claimed);
        self.furthest = self.furthest.max(chunk.lookahead);
    }

    pub(super) fn remove(&mut self, chunk: &Chunk) {
        self.after_document -= u32::from(chunk.after_document);
        self.uses_names -= u32::from(chunk.uses_names);
        self.claimed -= u32::from(chunk.claimed);
    }
}

/// A chunk for a tree's row, which finds the entries of the root by their marks.
pub(super) fn weighed(chunk: Chunk) -> (Arc<Chunk>, Weight) {
    let weight = Weight {
        width: chunk.len(),
        mark: matches!(chunk.role, Role::Entry | Role::SectionHead),
    };
    (Arc::new(chunk), weight)
}

impl Chunk {
    /// Length in bytes.
    pub fn len(&self) -> u32 {
        self.text.len() as u32
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A chunk of no text.
    pub(super) fn nothing() -> &'static Chunk {
        static NOTHING: LazyLock<Chunk> = LazyLock::new(|| Chunk {
            role: Role::Trivia,
            format: Format::Yaml,
            text: Box::default(),
            nodes: Box::default(),
            properties: Box::default(),
            errors: Box::default(),
            lookahead: 0,
            begin: Begin::Inside,
            after_document: false,
            uses_names: false,
            claimed: false,
        });
        &NOTHING
    }
}

impl Tree {
    /// A tree of all the chunks of a text.
    pub(super) fn new(format: Format, chunks: Vec<Chunk>) -> Self {
        let mut counts = Counts::default();
        for chunk in &chunks {
            counts.add(chunk);
        }
        let chunks = chunks.into_iter().map(weighed);
        Tree::of(format, Row::new(chunks), counts)
    }

    /// A tree of chunks that were counted before.
    pub(super) fn of(format: Format, chunks: Row<Arc<Chunk>>, counts: Counts) -> Self {
        let mut end = chunks.len();
        if counts.after_document > 0 {
            let first = chunks.iter().position(|chunk| chunk.after_document);
            // Trailing blanks and comments are part of the document when nothing else follows.
            end = first.filter(|first| first + 1 < end).unwrap_or(end);
        }
        let unresolved = match counts.uses_names {
            0 => Arc::default(),
            _ => yaml::unresolved_names(&chunks),
        };
        Tree {
            format,
            document_end: end as u32,
            chunks,
            unresolved,
            counts,
        }
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// All chunks in text order.
    pub fn chunks(&self) -> impl Iterator<Item = &Arc<Chunk>> + Clone {
        self.chunks.iter()
    }

    /// The chunks of the stream's first document, the one that is the template.
    pub fn document_chunks(&self) -> impl Iterator<Item = &Arc<Chunk>> {
        self.chunks.iter().take(self.document_end())
    }

    pub fn chunk(&self, index: usize) -> Option<&Arc<Chunk>> {
        self.chunks.get(index)
    }

    /// Number of chunks.
    pub fn chunk_count(&self) -> usize {
        self.chunks.len()
    }

    pub(super) fn row(&self) -> &Row<Arc<Chunk>> {
        &self.chunks
    }

    pub(super) fn counts(&self) -> Counts {
        self.counts
    }

    /// Number of chunks of the stream's first document.
    pub fn document_end(&self) -> usize {
        self.document_end as usize
    }

    /// Where a chunk starts in the document, in bytes.
    pub fn chunk_start(&self, chunk: u32) -> u32 {
        self.chunks.start(chunk as usize)
    }

    /// The chunk that holds the byte at `offset`; the last one for the document's end.
    pub fn chunk_at(&self, offset: u32) -> Option<u32> {
        self.chunks.at(offset).map(|chunk| chunk as u32)
    }

    /// Length of the document in bytes.
    pub fn len(&self) -> u32 {
        self.chunks.width()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The root node of the (first) document, or `None` for a document without any node.
    pub fn root(&self) -> Option<Node<'_>> {
        let mut chunks = self.document_chunks();
        let first = chunks.position(|chunk| !chunk.nodes.is_empty())?;
        let index = match self.chunks.get(first)?.role {
            Role::Whole => 0,
            _ => NodeId::ROOT,
        };
        Some(self.node(NodeId {
            chunk: first as u32,
            index,
        }))
    }

    /// The node with this id; ids are valid for the tree they came from.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node::new(self, id)
    }

    /// All syntax errors with ranges in the document, in text order.
    pub fn errors(&self) -> impl Iterator<Item = SyntaxError> + '_ {
        let mut start = 0;
        let own = self.chunks.iter().flat_map(move |chunk| {
            let base = start;
            start += chunk.len();
            chunk.errors.iter().map(move |error| SyntaxError {
                kind: error.kind,
                range: error.range.shifted(base),
            })
        });
        let mut own = own.peekable();
        let mut unresolved = self.unresolved.iter().copied().peekable();
        std::iter::from_fn(move || match (own.peek(), unresolved.peek()) {
            (Some(own), Some(other)) if other.range < own.range => unresolved.next(),
            (None, _) => unresolved.next(),
            _ => own.next(),
        })
    }

    /// The bytes of `range`, clamped to the document and to character boundaries.
    pub fn slice(&self, range: TextRange) -> String {
        let mut out = String::new();
        let first = self.chunk_at(range.start).unwrap_or(0);
        let mut next = self.chunk_start(first);
        for piece in self.chunks.iter_from(first as usize) {
            let start = next;
            next += piece.len();
            if start >= range.end {
                break;
            }
            let from = floor(&piece.text, range.start.saturating_sub(start) as usize);
            let to = floor(&piece.text, (range.end - start) as usize);
            out.push_str(piece.text.get(from..to).unwrap_or_default());
        }
        out
    }

    /// Start of the line that `offset` is in.
    pub fn line_start(&self, offset: u32) -> u32 {
        let mut end = offset.min(self.len());
        let mut chunk = self.chunk_at(end);
        while let Some(index) = chunk
            && let Some((start, piece)) = self.chunks.get_with_start(index as usize)
        {
            let piece = piece
                .text
                .as_bytes()
                .get(..(end - start) as usize)
                .unwrap_or_default();
            if let Some(found) = memchr::memrchr2(b'\n', b'\r', piece) {
                return start + found as u32 + 1;
            }
            end = start;
            chunk = index.checked_sub(1);
        }
        0
    }

    /// The document's text.
    pub fn text(&self) -> String {
        self.chunks.iter().map(|chunk| &*chunk.text).collect()
    }
}

/// The nearest character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
