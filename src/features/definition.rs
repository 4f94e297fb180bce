//! Go to definition: from every kind of reference to the declaration it names.

use super::Context;
use super::reference::{Token, UseAt, stack_output, use_at};
use crate::syntax::Entry;
use crate::syntax::cursor::Step;
use crate::template::position::{Argument, Place, Position, position};
use crate::template::{NameKind, SectionKind, Value};
use crate::text::TextRange;

/// Where a reference leads. Ranges are bytes in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The reference under the cursor.
    pub origin: TextRange,
    /// The whole declaration.
    pub range: TextRange,
    /// The declared name.
    pub selection: TextRange,
}

/// The declarations of the name at `offset`. On a declaration itself that is the declaration: editors then show its uses.
pub fn definition(context: &Context<'_>, offset: u32) -> Vec<Target> {
    if let Some(found) = use_at(context.document, offset) {
        let targets = of_use(&found);
        if !targets.is_empty() {
            return targets;
        }
    }
    match position(&context.document.tree, offset) {
        Some(position) => of_position(&position),
        None => Vec::new(),
    }
}

fn of_use(found: &UseAt<'_>) -> Vec<Target> {
    if let (Some(variable), Token::Name(origin)) = (found.use_.variable, found.token) {
        let selection = found.unit.range(variable);
        return vec![Target {
            origin,
            range: selection,
            selection,
        }];
    }
    let Some(resolved) = &found.resolved else {
        return Vec::new();
    };
    let Some(declaration) = found.scope.unit(resolved.kind.section(), &resolved.name) else {
        return Vec::new();
    };
    match found.token {
        Token::Name(origin) => vec![target(origin, declaration.entry())],
        Token::Attribute(origin) => {
            let attribute = resolved.attribute.as_ref().map(|(name, _)| &**name);
            let output = attribute.and_then(|name| stack_output(declaration.entry(), name));
            vec![target(origin, output.unwrap_or(declaration.entry()))]
        }
    }
}

fn of_position(position: &Position<'_>) -> Vec<Target> {
    match &position.place {
        Place::EntryName(section) if NameKind::of_section(*section).is_some() => {
            let node = position.node;
            position
                .template
                .entries(*section)
                .filter(|entry| Some(entry.key) == node)
                .map(|entry| target(entry.key.content_range(), entry))
                .collect()
        }
        Place::Argument(argument) if argument.call.is("Fn::FindInMap") => mapping_keys(position, argument),
        _ => Vec::new(),
    }
}

/// The keys of a mapping that the second or third argument of `Fn::FindInMap` names; where the first key is computed,
/// the second may stand under several.
fn mapping_keys(position: &Position<'_>, argument: &Argument<'_>) -> Vec<Target> {
    let (Some(node), [Step::Index(index)]) = (position.node, argument.path.as_slice()) else {
        return Vec::new();
    };
    let argument_at = |index| argument.call.argument.item(index).and_then(Value::literal);
    let (Some(map), Some(key)) = (argument_at(0), Value::from(node).literal()) else {
        return Vec::new();
    };
    let Some(map) = position
        .template
        .entries(SectionKind::Mappings)
        .find(|entry| entry.key.text().is_some_and(|name| name == map))
    else {
        return Vec::new();
    };
    let origin = node.content_range();
    let first = argument_at(1);
    match index {
        1 => map
            .value
            .entry(&key)
            .map(|entry| target(origin, entry))
            .into_iter()
            .collect(),
        2 => map
            .value
            .entries()
            .filter(|entry| first.is_none() || entry.key.text() == first)
            .filter_map(|entry| entry.value.entry(&key))
            .map(|entry| target(origin, entry))
            .collect(),
        _ => Vec::new(),
    }
}

fn target(origin: TextRange, declaration: Entry<'_>) -> Target {
    Target {
        origin,
        range: declaration.range(),
        selection: declaration.key.content_range(),
    }
}
