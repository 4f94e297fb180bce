//! Completion: what can be written at the cursor, with the text edit that is right for the place.

use super::Context;
use crate::text::edit::TextEdit;

/// The answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    pub items: Vec<Item>,
    /// More typing may bring other items.
    pub incomplete: bool,
}

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub label: String,
    pub kind: ItemKind,
    /// A few words beside the label.
    pub detail: Option<String>,
    /// Markdown.
    pub documentation: Option<String>,
    pub edit: TextEdit,
    /// The edit's text is an LSP snippet.
    pub snippet: bool,
    pub filter_text: Option<String>,
    pub sort_text: String,
    pub deprecated: bool,
    pub preselect: bool,
    pub additional_edits: Vec<TextEdit>,
}

/// What a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    Section,
    ResourceType,
    Property,
    Attribute,
    Value,
    Function,
    Parameter,
    Resource,
    Condition,
    Local,
    Mapping,
    PseudoParameter,
    Output,
    Snippet,
}

/// What can be written at `offset`.
pub fn complete(context: &Context<'_>, offset: u32) -> Completion {
    let _ = (context, offset);
    Completion::default()
}
