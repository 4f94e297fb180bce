//! Metadata for the console: `ALIYUN::ROS::Interface`, and `AssociationPropertyMetadata` of parameters.

use super::proposals::{Proposals, Rank};
use super::slot::{Shape, Slot, Type};
use super::{ItemKind, Request, attributes, entries, functions, references, values};
use crate::features::association::Expected;
use crate::language::association::{self, AssociationProperty, Key, KeyKind};
use crate::language::function::Places;
use crate::language::metadata::{GROUP_KEYS, INTERFACE, INTERFACE_KEYS};
use crate::syntax::Entry;
use crate::syntax::cursor::Step;
use crate::template::{NameKind, UseKind};

/// The key that holds a condition of the console's own kind.
const CONDITION: &str = "Condition";

/// A place in the `Metadata` section.
pub(super) fn interface(request: &Request<'_>, entry: Entry<'_>, inner: &[Step], proposals: &mut Proposals) {
    if entry.key.text().is_none_or(|name| name != INTERFACE) {
        return;
    }
    let keys: Vec<&str> = inner
        .iter()
        .map(|step| match step {
            Step::Key(key) => key.as_str(),
            Step::Index(_) => "*",
        })
        .collect();
    match (keys.as_slice(), request.typing_key()) {
        ([], _) => attributes::keys(request, INTERFACE_KEYS, None, proposals),
        (["ParameterGroups"], true) => {
            if let Some(slot) = request.slot.item() {
                let request = Request {
                    slot,
                    context: request.context,
                    position: request.position,
                    scope: request.scope,
                };
                attributes::keys(&request, GROUP_KEYS, None, proposals);
            }
        }
        (["ParameterGroups", "*"], _) => attributes::keys(request, GROUP_KEYS, None, proposals),
        (["ParameterGroups", "*", "Parameters", ..] | ["Hidden", ..], _) => {
            members(request, NameKind::Parameter, proposals);
        }
        (["Outputs", ..], _) => members(request, NameKind::Output, proposals),
        (["ParameterGroups", "*", "Label"], true) => {
            entries::fixed(request, &["default"], &Shape::Mapping, proposals);
            entries::fixed(request, entries::LANGUAGES, &Shape::blank(), proposals);
        }
        (["ParameterGroups", "*", "Label", "default"], true) => {
            entries::fixed(request, entries::LANGUAGES, &Shape::blank(), proposals);
        }
        _ => {}
    }
}

/// Names that the list doesn't hold yet; parameters that no group shows come first.
fn members(request: &Request<'_>, kind: NameKind, proposals: &mut Proposals) {
    let below = request.typing_key().then(|| request.slot.item()).flatten();
    let slot = below.as_ref().unwrap_or(&request.slot);
    let under_cursor = request.position.node;
    let listed: Vec<_> = request
        .position
        .parent
        .into_iter()
        .flat_map(|list| list.items())
        .filter(|item| Some(*item) != under_cursor)
        .filter_map(|item| item.text())
        .collect();
    let shown: Vec<&str> = request
        .scope
        .units()
        .flat_map(|unit| unit.unit.uses.iter())
        .filter(|use_| matches!(use_.kind, UseKind::InterfaceParameter | UseKind::InterfaceHidden))
        .map(|use_| &*use_.name)
        .collect();
    for (name, definition) in request.names().of_kind(kind) {
        if listed.iter().any(|have| have == name) {
            continue;
        }
        let rank = match shown.contains(&name) {
            true => Rank::Other,
            false => Rank::Usual,
        };
        let text = slot.scalar(name, Type::Text);
        let item = proposals.add(slot, rank, name, references::item_kind(kind), &text);
        item.detail = references::detail(definition);
    }
}

/// A place in a parameter's `AssociationPropertyMetadata`.
pub(super) fn association(
    request: &Request<'_>,
    entry: Entry<'_>,
    inner: &[Step],
    proposals: &mut Proposals,
) {
    let in_condition = inner.iter().any(|step| step.key() == Some(CONDITION));
    match (Expected::at(entry.value, inner), request.typing_key()) {
        (Some(Expected::Metadata(property)), true) => association_keys(request, property, proposals),
        (_, true) if in_condition && request.present().is_empty() => {
            functions::keys(request, Places::CONDITIONS, proposals);
        }
        (_, true) if in_condition => {}
        (Some(Expected::Value(key)), true) => inner_keys(request, key, proposals),
        // An item that is about to become a map.
        (Some(Expected::Value(key)), false)
            if key.kinds == [KeyKind::Map] && matches!(inner.last(), Some(Step::Index(_))) =>
        {
            inner_keys(request, key, proposals);
        }
        (Some(Expected::Value(key)), false) => association_values(request, entry, inner, key, proposals),
        (_, false) if !inner.is_empty() => parameter_texts(request, entry, proposals),
        _ => {}
    }
}

/// Keys that the parameter's association property knows, then those of all.
fn association_keys(
    request: &Request<'_>,
    property: Option<&'static AssociationProperty>,
    proposals: &mut Proposals,
) {
    let own = property.map_or(&[][..], |property| property.component.keys);
    let present = request.present();
    let is_new = |key: &&Key| !present.iter().any(|have| have == key.name);
    for key in own.iter().filter(is_new) {
        propose_key(request, &request.slot, key, Rank::Required, proposals);
    }
    let is_common = |key: &&Key| association::named(own, key.name).is_none();
    for key in association::common().iter().filter(is_new).filter(is_common) {
        propose_key(request, &request.slot, key, Rank::Usual, proposals);
    }
}

/// Keys of a map inside the metadata, or of the first item of a list of maps.
fn inner_keys(request: &Request<'_>, key: &'static Key, proposals: &mut Proposals) {
    let below = key.item.filter(|_| key.keys.is_empty());
    let item = below.and_then(|item| Some((item, request.slot.item()?)));
    let (keys, slot) = match &item {
        Some((item, slot)) => (item.keys, slot),
        None => (key.keys, &request.slot),
    };
    let present = request.present();
    for key in keys
        .iter()
        .filter(|key| !present.iter().any(|have| have == key.name))
    {
        let rank = if key.required { Rank::Required } else { Rank::Usual };
        propose_key(request, slot, key, rank, proposals);
    }
}

fn propose_key(request: &Request<'_>, slot: &Slot, key: &Key, rank: Rank, proposals: &mut Proposals) {
    let shape = match key.kinds {
        [] => Shape::blank(),
        _ if key.takes(KeyKind::Map) => Shape::Mapping,
        _ if key.takes(KeyKind::List) => Shape::Sequence,
        _ => Shape::blank(),
    };
    let text = slot.entry(key.name, &shape);
    let item = proposals.add(slot, rank, key.name, ItemKind::Attribute, &text);
    let kinds: Vec<&str> = key.kinds.iter().map(|kind| kind.name()).collect();
    item.detail = (!kinds.is_empty()).then(|| kinds.join(" | "));
    item.documentation = request.doc(key.doc);
}

/// What may be the value of a key, or an item of its list.
fn association_values(
    request: &Request<'_>,
    entry: Entry<'_>,
    inner: &[Step],
    key: &'static Key,
    proposals: &mut Proposals,
) {
    let slot = &request.slot;
    for value in key.values {
        let value_type = match key.takes(KeyKind::Number) && !key.takes(KeyKind::String) {
            true => Type::AsWritten,
            false => Type::Text,
        };
        proposals.add(
            slot,
            Rank::Required,
            *value,
            ItemKind::Value,
            &slot.scalar(value, value_type),
        );
    }
    if key.kinds == [KeyKind::Boolean] {
        values::booleans(slot, proposals);
    }
    let is_list_of_names = matches!(inner, [Step::Key(list), ..] if list == "ExclusiveTo");
    if is_list_of_names {
        members_beside(request, entry, proposals);
    } else if key.reference || key.kinds.is_empty() || key.name == CONDITION {
        parameter_texts(request, entry, proposals);
    }
}

/// Names of the other parameters that the list doesn't hold yet.
fn members_beside(request: &Request<'_>, entry: Entry<'_>, proposals: &mut Proposals) {
    let own = entry.key.text().unwrap_or_default();
    let slot = &request.slot;
    for (name, definition) in request.names().of_kind(NameKind::Parameter) {
        if name != own {
            let text = slot.scalar(name, Type::Text);
            let item = proposals.add(slot, Rank::Usual, name, ItemKind::Parameter, &text);
            item.detail = references::detail(definition);
        }
    }
}

/// `${Name}` of the other parameters.
pub(super) fn parameter_texts(request: &Request<'_>, entry: Entry<'_>, proposals: &mut Proposals) {
    let slot = &request.slot;
    let own = entry.key.text().unwrap_or_default();
    for (name, definition) in request.names().of_kind(NameKind::Parameter) {
        if name == own {
            continue;
        }
        let reference = format!("${{{name}}}");
        let item = proposals.add(
            slot,
            Rank::Usual,
            reference.as_str(),
            ItemKind::Parameter,
            &slot.scalar(&reference, Type::Text),
        );
        item.detail = references::detail(definition);
        // Typing the bare name finds it as well.
        item.filter_text = (!slot.typed.starts_with('$')).then(|| name.to_owned());
    }
}
