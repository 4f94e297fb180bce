//! Completion: what can be written at the cursor, with the text edit that is right for the place.
//!
//! [`position`] says where the cursor is, [`slot`] how text must look there; the other files each know one kind of
//! proposal. All texts are written as LSP snippets ([`snippet`]).

mod arguments;
mod attributes;
mod commas;
mod entries;
pub mod fit;
mod functions;
mod metadata;
mod properties;
mod proposals;
mod quote;
mod references;
mod resource_types;
mod sections;
mod skeletons;
mod slot;
pub mod snippet;
#[cfg(test)]
mod tests;
mod values;

use super::Context;
use super::card::{self, Topic};
use super::library::Library;
use crate::language::Doc;
use crate::syntax::cursor::CursorRole;
use crate::syntax::{Format, Style};
use crate::template::position::{Place, Position, position};
use crate::template::{Names, Scope, SectionKind};
use crate::text::TextRange;
use crate::text::edit::TextEdit;
use proposals::Proposals;
use slot::Slot;

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
    pub documentation: Option<Documentation>,
    /// Lines after the first carry their whole indentation: the client must insert them as they are.
    pub edit: TextEdit,
    /// The edit's text is an LSP snippet.
    pub snippet: bool,
    pub filter_text: Option<String>,
    pub sort_text: String,
    pub deprecated: bool,
    pub preselect: bool,
    pub additional_edits: Vec<TextEdit>,
}

/// What is said about a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Documentation {
    /// Markdown.
    Text(String),
    /// To be looked up with [`documentation`]: it may be long, and there are many proposals.
    About(Topic),
}

/// The words about a topic, as Markdown.
pub fn documentation(library: Library<'_>, topic: &Topic) -> Option<String> {
    card::about(library, topic)
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

/// What can be written at `offset`. Texts are snippets where that helps, unless the settings say no.
pub fn complete(context: &Context<'_>, offset: u32) -> Completion {
    let mut proposals = Proposals::default();
    propose(context, offset, &mut proposals);
    let mut completion = proposals.finish(context.document, offset);
    if !context.config.completion_snippets {
        for item in completion.items.iter_mut().filter(|item| item.snippet) {
            item.edit.text = snippet::plain(&item.edit.text);
            item.snippet = false;
        }
    }
    completion
}

/// What begins a template, for a document that is none yet.
pub fn begin(context: &Context<'_>, offset: u32) -> Completion {
    let mut completion = complete(context, offset);
    let begins = [skeletons::TEMPLATE, SectionKind::Version.name()];
    completion
        .items
        .retain(|item| begins.contains(&item.label.as_str()));
    completion
}

/// One request, as the providers see it.
struct Request<'a> {
    context: &'a Context<'a>,
    position: &'a Position<'a>,
    /// The template around the cursor.
    scope: Scope<'a>,
    slot: Slot,
}

impl<'a> Request<'a> {
    fn names(&self) -> &'a Names {
        self.scope.names
    }

    fn typing_key(&self) -> bool {
        self.position.role == CursorRole::Key
    }

    /// Whether a key without colon is being typed in a flow mapping, where nothing but an entry is right.
    fn in_braces(&self) -> bool {
        let parent = self.position.parent;
        self.typing_key()
            && !self.slot.colon
            && parent.is_some_and(|parent| parent.is_mapping() && parent.style() == Style::Flow)
    }

    /// The keys that the mapping around the cursor has already, the one under the cursor left out.
    fn present(&self) -> Vec<String> {
        let under_cursor = self.position.node;
        self.position
            .parent
            .into_iter()
            .flat_map(|parent| parent.entries())
            .filter(|entry| Some(entry.key) != under_cursor)
            .filter_map(|entry| Some(entry.key.text()?.into_owned()))
            .filter(|key| !key.is_empty())
            .collect()
    }

    /// The sentence of the language's documentation in the user's language.
    fn doc(&self, doc: Doc) -> Option<Documentation> {
        let text = self.context.doc(doc);
        (!text.is_empty()).then(|| Documentation::Text(text.to_owned()))
    }
}

fn propose(context: &Context<'_>, offset: u32, proposals: &mut Proposals) {
    let document = context.document;
    let snippets = context.config.completion_snippets;
    let position = position(&document.tree, offset);
    if position.as_ref().is_none_or(|position| position.node.is_none()) && in_comment(context, offset) {
        return;
    }
    let Some(position) = position else {
        let slot = Slot::bare(document, TextRange::empty(offset), offset).with_snippets(snippets);
        return sections::propose_first(&slot, proposals);
    };
    let Some(scope) = document
        .scopes()
        .into_iter()
        .find(|scope| scope.template.root == position.template.root)
    else {
        return;
    };
    let request = Request {
        context,
        slot: match &position.place {
            Place::Argument(argument) if argument.placeholder.is_some() => {
                return arguments::placeholder(context, &position, argument, scope, proposals);
            }
            _ => match Slot::of(document, &position) {
                Some(slot) => slot.with_snippets(snippets),
                None => return,
            },
        },
        position: &position,
        scope,
    };
    if request.slot.argument_follows {
        return functions::other_tags(&request, proposals);
    }
    by_place(&request, proposals);
    if request.in_braces() {
        proposals.keep_entries();
    }
}

fn by_place(request: &Request<'_>, proposals: &mut Proposals) {
    let position = request.position;
    match &position.place {
        Place::Section => sections::propose(request, proposals),
        Place::SectionValue(section) => values::of_section(request, *section, proposals),
        Place::EntryName(section) => entries::propose(request, *section, proposals),
        Place::Attribute { section, entry } => attributes::propose(request, *section, *entry, proposals),
        Place::AttributeValue {
            section,
            entry,
            attribute,
            inner,
        } => values::of_attribute(request, *section, *entry, attribute, inner, proposals),
        Place::PropertyName { entry, path } => properties::names(request, *entry, path, proposals),
        Place::PropertyValue { entry, path } => properties::values(request, *entry, path, proposals),
        Place::Argument(argument) => arguments::propose(request, argument, proposals),
        Place::Other if position.path.is_empty() => sections::propose(request, proposals),
        Place::Other => {}
    }
}

/// Whether a YAML comment began before the offset on its line, seen from a place outside any scalar.
fn in_comment(context: &Context<'_>, offset: u32) -> bool {
    let line = context.document.line_before(offset);
    let starts = |(at, _): (usize, &str)| at == 0 || line[..at].ends_with([' ', '\t']);
    context.document.format() == Format::Yaml && line.match_indices('#').any(starts)
}
