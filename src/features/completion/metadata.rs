//! Metadata for the console: `ALIYUN::ROS::Interface`, and `AssociationPropertyMetadata` of parameters.

use super::proposals::{Proposals, Rank};
use super::slot::{Shape, Type};
use super::{ItemKind, Request, attributes, entries, functions, references, values};
use crate::language::association::{self, KeyKind};
use crate::language::function::Places;
use crate::language::metadata::{GROUP_KEYS, INTERFACE, INTERFACE_KEYS};
use crate::syntax::Entry;
use crate::syntax::cursor::Step;
use crate::template::{NameKind, UseKind};

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
    match (inner, request.typing_key()) {
        ([], true) => association_keys(request, entry, proposals),
        ([Step::Key(key)], true) if key == "Visible" => {
            entries::fixed(request, &["Condition"], &Shape::Mapping, proposals);
        }
        ([Step::Key(visible), Step::Key(_), ..], true)
            if visible == "Visible" && request.present().is_empty() =>
        {
            functions::keys(request, Places::CONDITIONS, proposals);
        }
        ([_, ..], false) => parameter_texts(request, entry, inner, proposals),
        _ => {}
    }
}

/// Keys that the parameter's association property knows, then those of all.
fn association_keys(request: &Request<'_>, entry: Entry<'_>, proposals: &mut Proposals) {
    let present = request.present();
    let name = entry
        .value
        .get("AssociationProperty")
        .and_then(|node| node.text());
    let own = name
        .and_then(|name| association::find(&name))
        .map(|property| &property.keys);
    let own = own.into_iter().flatten().map(|key| (key.name, key.kind));
    let common = association::KEYS
        .iter()
        .filter(|key| key.common)
        .map(|key| (key.name, key.kind));
    let mut offered: Vec<&str> = Vec::new();
    for (rank, (name, kind)) in own
        .map(|key| (Rank::Required, key))
        .chain(common.map(|key| (Rank::Usual, key)))
    {
        if offered.contains(&name) || present.iter().any(|have| have == name) {
            continue;
        }
        offered.push(name);
        let shape = match kind {
            KeyKind::Map => Shape::Mapping,
            KeyKind::List => Shape::Sequence,
            KeyKind::Parameter | KeyKind::String | KeyKind::Integer | KeyKind::Boolean | KeyKind::Any => {
                Shape::blank()
            }
        };
        let text = request.slot.entry(name, &shape);
        let item = proposals.add(&request.slot, rank, name, ItemKind::Attribute, &text);
        item.documentation = association::key(name).and_then(|key| request.doc(key.doc));
    }
}

/// `${Name}` of the other parameters.
pub(super) fn parameter_texts(
    request: &Request<'_>,
    entry: Entry<'_>,
    inner: &[Step],
    proposals: &mut Proposals,
) {
    let slot = &request.slot;
    let kind = match inner {
        [Step::Key(key)] => association::key(key).map(|key| key.kind),
        _ => None,
    };
    if kind == Some(KeyKind::Boolean) {
        return values::booleans(slot, proposals);
    }
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
