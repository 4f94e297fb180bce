//! Properties of resources at any depth, and the values that they take.

use super::proposals::{Proposals, Rank};
use super::slot::{Shape, Slot, Type};
use super::{Documentation, ItemKind, Request, functions, references};
use crate::catalog::{Property, ResourceType, ValueKind};
use crate::features::Context;
use crate::features::card::{self, Topic};
use crate::features::schema::{Expected, dotted, spellings, type_of};
use crate::language::function::Places;
use crate::syntax::cursor::Step;
use crate::syntax::{Entry, Format};
use crate::template::{NameKind, Resource, SectionKind};
use std::sync::Arc;

/// Keys in `Properties` or below.
pub(super) fn names(request: &Request<'_>, entry: Entry<'_>, path: &[Step], proposals: &mut Proposals) {
    let present = request.present();
    if present.is_empty() && !path.is_empty() {
        functions::keys(request, Places::PROPERTIES, proposals);
    }
    nested_parameters(request, entry, path, proposals);
    let Some(resource_type) = type_of_entry(request, entry) else {
        return;
    };
    let Some(expected) = Expected::at(&resource_type, path) else {
        return;
    };
    let owner = Owner::of(request, &resource_type, path);
    match expected.kind() {
        ValueKind::List => match request.slot.item().filter(|_| present.is_empty()) {
            Some(slot) => items(&owner, &slot, expected, proposals),
            // The list is still missing around its first item.
            None => {
                let item = expected.item().map_or(&[][..], Expected::properties);
                keys(&owner, &request.slot, item, &present, proposals);
            }
        },
        ValueKind::Object | ValueKind::Any => {
            keys(&owner, &request.slot, expected.properties(), &present, proposals);
        }
        // A scalar may stand on the line below its key.
        ValueKind::String | ValueKind::Integer | ValueKind::Number | ValueKind::Boolean => {
            if request.slot.format == Format::Yaml && present.is_empty() && !request.slot.colon {
                allowed(&owner, &request.slot, expected, proposals);
            }
        }
        ValueKind::Map => {}
    }
}

/// The value of a property, or an item of its list.
pub(super) fn values<'a>(
    request: &Request<'a>,
    entry: Entry<'_>,
    path: &'a [Step],
    proposals: &mut Proposals,
) {
    let slot = &request.slot;
    references::fitting(request, entry, path, proposals);
    functions::values(request, Places::PROPERTIES, proposals);
    let Some(resource_type) = type_of_entry(request, entry) else {
        return;
    };
    let Some(expected) = Expected::at(&resource_type, path) else {
        return;
    };
    if slot.typed.starts_with('!') {
        return;
    }
    let owner = Owner::of(request, &resource_type, path);
    match expected.kind() {
        ValueKind::Object if slot.quoted() => {}
        ValueKind::Object if slot.flow => whole_object(slot, expected.properties(), proposals),
        ValueKind::Object => {
            // After a dash the object begins right here; after `Key:` on a line of its own.
            if let Some(slot) = slot.below() {
                keys(&owner, &slot, expected.properties(), &[], proposals);
            }
        }
        ValueKind::List => {
            if let Some(slot) = slot.item().filter(|_| !slot.own_line) {
                items(&owner, &slot, expected, proposals);
            }
        }
        ValueKind::String
        | ValueKind::Integer
        | ValueKind::Number
        | ValueKind::Boolean
        | ValueKind::Map
        | ValueKind::Any => allowed(&owner, slot, expected, proposals),
    }
}

fn type_of_entry(request: &Request<'_>, entry: Entry<'_>) -> Option<Arc<ResourceType>> {
    let sections = [SectionKind::Resources, SectionKind::Locals];
    sections
        .into_iter()
        .find_map(|section| type_of(request.context.catalog, section, entry))
}

/// What the proposed properties belong to.
struct Owner<'r> {
    context: &'r Context<'r>,
    /// The type, and the properties on the way, joined by dots.
    name: String,
}

impl<'r> Owner<'r> {
    fn of(request: &'r Request<'r>, resource_type: &ResourceType, path: &[Step]) -> Self {
        Owner {
            context: request.context,
            name: dotted(resource_type, path),
        }
    }
}

fn keys(
    owner: &Owner<'_>,
    slot: &Slot,
    properties: &[Property],
    present: &[String],
    proposals: &mut Proposals,
) {
    for property in properties
        .iter()
        .filter(|property| !present.contains(&property.name))
    {
        let text = slot.entry(&property.name, &shape(property));
        let rank = match (property.retired, property.required) {
            (true, _) => Rank::Last,
            (false, true) => Rank::Required,
            (false, false) => Rank::Usual,
        };
        let item = proposals.add(slot, rank, property.name.as_str(), ItemKind::Property, &text);
        item.detail = Some(card::kind_line(owner.context.library(), property));
        let dotted = format!("{}.{}", owner.name, property.name);
        item.documentation = Some(Documentation::About(Topic::of(&dotted)));
        item.deprecated = property.retired;
    }
}

fn shape(property: &Property) -> Shape {
    match property.kind {
        ValueKind::Object | ValueKind::Map => Shape::Mapping,
        ValueKind::List => Shape::Sequence,
        ValueKind::String | ValueKind::Integer | ValueKind::Number | ValueKind::Boolean | ValueKind::Any => {
            Shape::blank()
        }
    }
}

/// The first item of a list that is empty so far; `slot` writes the dash.
fn items(owner: &Owner<'_>, slot: &Slot, expected: Expected<'_>, proposals: &mut Proposals) {
    let Some(item) = expected.item() else { return };
    if item.kind() == ValueKind::Object {
        keys(owner, slot, item.properties(), &[], proposals);
    } else {
        allowed(owner, slot, item, proposals);
    }
}

/// An object in braces with everything in it that must be.
fn whole_object(slot: &Slot, properties: &[Property], proposals: &mut Proposals) {
    let required: Vec<String> = properties
        .iter()
        .filter(|property| property.required)
        .enumerate()
        .map(|(index, property)| {
            let stop = inline_stop(slot, property, index + 1);
            format!("{}: {stop}", slot.new_string(&property.name))
        })
        .collect();
    let (label, text) = match required.is_empty() {
        true => ("{ }".to_owned(), "{$0}".to_owned()),
        false => {
            let names = properties.iter().filter(|property| property.required);
            let names: Vec<&str> = names.map(|property| property.name.as_str()).collect();
            (
                format!("{{ {} }}", names.join(", ")),
                format!("{{{}}}", required.join(", ")),
            )
        }
    };
    proposals.add(slot, Rank::Required, label, ItemKind::Snippet, &text);
}

/// `Properties` and its required keys, from behind the colon on; a snippet.
pub(super) fn required_lines(slot: &Slot, required: &[&Property]) -> String {
    let lines = required.iter().enumerate().map(|(index, property)| {
        let stop = index + 1;
        let key = slot.new_string(&property.name);
        match (slot.flow, property.kind) {
            (true, _) => format!("{key}: {}", inline_stop(slot, property, stop)),
            (false, ValueKind::Object | ValueKind::Map) => {
                format!("{key}:\n{}${stop}", slot.indentation(2))
            }
            (false, ValueKind::List) => format!("{key}:\n{}- ${stop}", slot.indentation(2)),
            (false, _) => format!("{key}: ${stop}"),
        }
    });
    let inner = slot.indentation(1);
    match (slot.format, slot.flow) {
        (Format::Json, _) => {
            let lines: Vec<String> = lines.map(|line| format!("\n{inner}{line}")).collect();
            format!(" {{{}\n{}}}", lines.join(","), slot.indentation(0))
        }
        (Format::Yaml, true) => format!(" {{{}}}", lines.collect::<Vec<_>>().join(", ")),
        (Format::Yaml, false) => lines.map(|line| format!("\n{inner}{line}")).collect(),
    }
}

fn inline_stop(slot: &Slot, property: &Property, stop: usize) -> String {
    match property.kind {
        ValueKind::Object | ValueKind::Map => format!("{{${stop}}}"),
        ValueKind::List => format!("[${stop}]"),
        ValueKind::String | ValueKind::Integer | ValueKind::Number | ValueKind::Boolean | ValueKind::Any => {
            slot.value_stop(&format!("${stop}"))
        }
    }
}

/// The values that the place allows; the default first.
fn allowed(owner: &Owner<'_>, slot: &Slot, expected: Expected<'_>, proposals: &mut Proposals) {
    let value_type = match expected.kind() {
        ValueKind::String => Type::Text,
        _ => Type::AsWritten,
    };
    let default = match expected {
        Expected::Value(property) => property.default.as_deref(),
        Expected::Properties(_) | Expected::Item(_) => None,
    };
    let booleans = (expected.kind() == ValueKind::Boolean && expected.values().is_empty())
        .then_some(["true", "false"])
        .into_iter()
        .flatten();
    let listed = spellings(expected.values(), default);
    for (index, value) in listed.into_iter().chain(booleans).enumerate() {
        let value_type = match expected.kind() {
            ValueKind::Any if value.parse::<f64>().is_err() && !matches!(value, "true" | "false") => {
                Type::Text
            }
            _ => value_type,
        };
        let text = slot.scalar(value, value_type);
        let is_default = default.is_some_and(|default| default == value);
        let rank = if is_default { Rank::Wanted } else { Rank::Required };
        let item = proposals.add(slot, rank, value, ItemKind::Value, &text);
        item.sort_text = format!("{}{index:03}", rank as u8);
        item.detail = is_default.then(|| "default".to_owned());
        item.documentation = Some(Documentation::About(Topic::value(&owner.name, value)));
        item.preselect = is_default;
    }
}

/// Keys of a nested stack's `Parameters`: what its template declares.
fn nested_parameters(request: &Request<'_>, entry: Entry<'_>, path: &[Step], proposals: &mut Proposals) {
    let [Step::Key(key)] = path else { return };
    let Some(body) = Resource { entry }
        .nested_template()
        .filter(|_| key == "Parameters")
    else {
        return;
    };
    let Some(scope) = request
        .context
        .document
        .scopes()
        .into_iter()
        .find(|scope| scope.template.root == body)
    else {
        return;
    };
    let present = request.present();
    for (name, definition) in scope.names.of_kind(NameKind::Parameter) {
        if !present.iter().any(|have| have == name) {
            let text = request.slot.entry(name, &Shape::blank());
            let item = proposals.add(&request.slot, Rank::Required, name, ItemKind::Parameter, &text);
            item.detail = references::detail(definition);
        }
    }
}
