//! An open template: immutable value per version.

use crate::syntax::{Format, Tree, parse};

/// One version of one template.
#[derive(Clone, Debug)]
pub struct Document {
    pub tree: Tree,
}

impl Document {
    /// Parses `text`.
    pub fn new(text: &str, format: Format) -> Self {
        Document {
            tree: parse(text, format),
        }
    }
}
