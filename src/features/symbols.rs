//! Document symbols: the outline.

use super::Context;
use crate::text::TextRange;

/// A line of the outline. Ranges are bytes in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    pub name: String,
    pub detail: String,
    pub kind: SymbolKind,
    /// The whole declaration.
    pub range: TextRange,
    /// The name.
    pub selection: TextRange,
    pub children: Vec<Symbol>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    Section,
    Parameter,
    Mapping,
    Condition,
    Rule,
    Local,
    Resource,
    Output,
    /// Anything else in a section.
    Entry,
}

/// The outline of the document.
pub fn symbols(context: &Context<'_>) -> Vec<Symbol> {
    let _ = context;
    Vec::new()
}
