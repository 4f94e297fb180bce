//! An open template: immutable value per version.

use crate::syntax::{Format, Tree, parse};
use crate::template::{Model, Scope};
use crate::text::TextRange;

/// One version of one document: its tree and what the tree means.
#[derive(Clone, Debug)]
pub struct Document {
    pub tree: Tree,
    pub model: Model,
}

impl Document {
    /// Parses `text` and computes its facts. Never fails: what is wrong stands in the tree's errors.
    pub fn new(text: &str, format: Format) -> Self {
        let tree = parse(text, format);
        let model = Model::of(&tree);
        Document { tree, model }
    }

    pub fn format(&self) -> Format {
        self.tree.format()
    }

    /// The document's template and those of nested stacks, outermost first.
    pub fn scopes(&self) -> Vec<Scope<'_>> {
        self.model.scopes(&self.tree)
    }

    /// The innermost template around an offset.
    pub fn scope_at(&self, offset: u32) -> Option<Scope<'_>> {
        self.model.scope_at(&self.tree, offset)
    }

    /// The bytes of `range`, clamped to the document and to character boundaries.
    pub fn slice(&self, range: TextRange) -> String {
        let mut out = String::new();
        let mut chunk = self.tree.chunk_at(range.start).unwrap_or(0);
        while let Some(piece) = self.tree.chunks().get(chunk as usize) {
            let start = self.tree.chunk_start(chunk);
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

    /// The text from the start of the offset's line to the offset.
    pub fn line_before(&self, offset: u32) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut end = offset.min(self.tree.len());
        let mut chunk = self.tree.chunk_at(end);
        while let Some(index) = chunk {
            let start = self.tree.chunk_start(index);
            let piece = self.slice(TextRange::new(start, end));
            let line = piece.rfind(['\n', '\r']).map(|at| at + 1);
            parts.push(piece[line.unwrap_or(0)..].to_owned());
            if line.is_some() {
                break;
            }
            end = start;
            chunk = index.checked_sub(1);
        }
        parts.reverse();
        parts.concat()
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
