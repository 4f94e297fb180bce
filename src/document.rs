//! An open template: immutable value per version.

use crate::syntax::reparse::{Splice, reparse};
use crate::syntax::{Format, Tree, parse};
use crate::template::changes::Changes;
use crate::template::{Model, Scope};
use crate::text::{TextRange, buffer::Buffer, patch::Patch};

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

    /// The document whose text is `text`, which differs from this one's by `patch`. Equal to a document made anew from
    /// the text; only what the patch touches is computed.
    pub fn edited(&self, text: &Buffer, patch: &Patch) -> (Document, Changes) {
        let (tree, splices) = reparse(&self.tree, text, patch);
        let (model, changes) = self.model.edited(&tree, &splices).unwrap_or_else(|| {
            let everything = Splice {
                old: 0..self.tree.chunk_count(),
                new: 0..tree.chunk_count(),
            };
            let changes = Changes {
                splices: vec![everything],
                transform: true,
                links: true,
                joins: true,
                ..Changes::default()
            };
            (Model::of(&tree), changes)
        });
        (Document { tree, model }, changes)
    }

    pub fn format(&self) -> Format {
        self.tree.format()
    }

    /// The document's own template; `None` for an empty document.
    pub fn scope(&self) -> Option<Scope<'_>> {
        self.model.scope(&self.tree)
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
        self.tree.slice(range)
    }

    /// The text from the start of the offset's line to the offset.
    pub fn line_before(&self, offset: u32) -> String {
        self.tree
            .slice(TextRange::new(self.tree.line_start(offset), offset))
    }
}
