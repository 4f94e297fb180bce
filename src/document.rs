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
        self.tree.slice(range)
    }

    /// The text from the start of the offset's line to the offset.
    pub fn line_before(&self, offset: u32) -> String {
        self.tree
            .slice(TextRange::new(self.tree.line_start(offset), offset))
    }
}
