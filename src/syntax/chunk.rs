//! The tree's storage: a document is a row of chunks, each with its text and a flat preorder arena of nodes.
//!
//! A chunk is the unit of reparsing and of caching: the head line of a top-level section, one entry of a section
//! (one resource, one parameter, …), one whole top-level entry, or the trivia between them. Chunks are immutable and
//! shared, offsets inside count from the chunk's start, and joining the texts of all chunks gives the document back.

use super::{Format, Node, NodeId, SyntaxError, node::RawNode};
use crate::text::TextRange;
use std::sync::Arc;

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
    pub errors: Box<[SyntaxError]>,
    /// How many bytes beyond its end the parser looked at to read this chunk: an edit there makes it stale.
    pub lookahead: u32,
}

/// A YAML node's tag and anchor, as ranges in the chunk (the `!` and `&` included).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeProperties {
    pub tag: Option<TextRange>,
    pub anchor: Option<TextRange>,
}

/// A parsed document.
#[derive(Clone, Debug)]
pub struct Tree {
    format: Format,
    chunks: Vec<Arc<Chunk>>,
    /// Start of each chunk in the document, bytes; one more entry than chunks: the last is the document's length.
    starts: Vec<u32>,
    /// Index of the first chunk after the first document of a YAML stream; `chunks.len()` for all others.
    document_end: u32,
}

impl Tree {
    /// Joins chunks. `document_end` is the number of chunks that belong to the stream's first document.
    pub fn new(format: Format, chunks: Vec<Arc<Chunk>>, document_end: usize) -> Self {
        let mut starts = Vec::with_capacity(chunks.len() + 1);
        let mut at = 0u32;
        for chunk in &chunks {
            starts.push(at);
            at += chunk.text.len() as u32;
        }
        starts.push(at);
        Tree {
            format,
            document_end: document_end.min(chunks.len()) as u32,
            chunks,
            starts,
        }
    }

    pub fn format(&self) -> Format {
        self.format
    }

    pub fn chunks(&self) -> &[Arc<Chunk>] {
        &self.chunks
    }

    /// Number of chunks of the stream's first document, the one that is the template.
    pub fn document_end(&self) -> usize {
        self.document_end as usize
    }

    /// Where a chunk starts in the document, in bytes.
    pub fn chunk_start(&self, chunk: u32) -> u32 {
        self.starts.get(chunk as usize).copied().unwrap_or(self.len())
    }

    /// The chunk that holds the byte at `offset`; the last one for the document's end.
    pub fn chunk_at(&self, offset: u32) -> Option<u32> {
        if self.chunks.is_empty() {
            return None;
        }
        let after = self.starts.partition_point(|&start| start <= offset);
        Some((after.saturating_sub(1)).min(self.chunks.len() - 1) as u32)
    }

    /// Length of the document in bytes.
    pub fn len(&self) -> u32 {
        self.starts.last().copied().unwrap_or(0)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The root node of the (first) document, or `None` for a document without any node.
    pub fn root(&self) -> Option<Node<'_>> {
        let chunks = &self.chunks[..self.document_end()];
        let first = chunks.iter().position(|chunk| !chunk.nodes.is_empty())?;
        let index = match chunks[first].role {
            Role::Whole => 0,
            _ => NodeId::ROOT,
        };
        Some(Node::new(
            self,
            NodeId {
                chunk: first as u32,
                index,
            },
        ))
    }

    /// The node with this id; ids are valid for the tree they came from.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node::new(self, id)
    }

    /// All syntax errors with ranges in the document, in text order.
    pub fn errors(&self) -> impl Iterator<Item = SyntaxError> + '_ {
        self.chunks.iter().zip(&self.starts).flat_map(|(chunk, &start)| {
            chunk.errors.iter().map(move |error| SyntaxError {
                kind: error.kind,
                range: error.range.shifted(start),
            })
        })
    }

    /// The bytes of `range`, clamped to the document and to character boundaries.
    pub fn slice(&self, range: TextRange) -> String {
        let mut out = String::new();
        let mut chunk = self.chunk_at(range.start).unwrap_or(0);
        while let Some(piece) = self.chunks.get(chunk as usize) {
            let start = self.chunk_start(chunk);
            if start >= range.end {
                break;
            }
            let from = floor(&piece.text, range.start.saturating_sub(start) as usize);
            let to = floor(&piece.text, (range.end - start) as usize);
            out.push_str(piece.text.get(from..to).unwrap_or_default());
            chunk += 1;
        }
        out
    }

    /// Start of the line that `offset` is in.
    pub fn line_start(&self, offset: u32) -> u32 {
        let mut end = offset.min(self.len());
        let mut chunk = self.chunk_at(end);
        while let Some(index) = chunk {
            let start = self.chunk_start(index);
            let piece = &self.chunks[index as usize].text.as_bytes()[..(end - start) as usize];
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
