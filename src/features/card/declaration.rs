//! Cards of what a template declares: parameters, resources, conditions, …

use super::layout::{Card, code, without_html};
use super::resource::{range, resource_type};
use super::words;
use crate::features::Context;
use crate::language::Doc;
use crate::syntax::{Entry, Kind, Node};
use crate::template::json_form::to_json;
use crate::template::{NameKind, Value};

/// A value longer than this is cut.
const ROOM: usize = 200;

/// The card of a declaration.
pub(crate) fn declaration(context: &Context<'_>, kind: NameKind, entry: Entry<'_>) -> String {
    let name = entry.key.text().unwrap_or_default();
    let type_name = entry
        .value
        .get("Type")
        .and_then(|node| Value::from(node).literal())
        .filter(|_| matches!(kind, NameKind::Parameter | NameKind::Resource | NameKind::Local));
    let type_code = type_name.as_deref().map(code);
    let mut card = Card::new(
        context.library(),
        &name,
        [Some(context.doc(word(kind))), type_code.as_deref()],
    );
    match kind {
        NameKind::Parameter => parameter(&mut card, context, entry.value),
        NameKind::Resource => resource(&mut card, context, entry.value, type_name.as_deref()),
        NameKind::Output => {
            text(&mut card, context, entry.value, "Label");
            text(&mut card, context, entry.value, "Description");
            value_of(&mut card, context.doc(words::VALUE), entry.value.get("Value"));
            value_of(&mut card, "Condition", entry.value.get("Condition"));
        }
        NameKind::Local => value_of(&mut card, context.doc(words::VALUE), entry.value.get("Value")),
        NameKind::Condition => example(&mut card, context, entry.value),
        NameKind::Mapping => keys(&mut card, context, entry.value),
        NameKind::Rule => {
            value_of(&mut card, "RuleCondition", entry.value.get("RuleCondition"));
        }
    }
    card.finish()
}

/// The card of a key in a mapping.
pub(crate) fn mapping_value(context: &Context<'_>, mapping: &str, entry: Entry<'_>) -> String {
    key_and_value(context, words::KEY_OF, mapping, entry)
}

/// The card of a name that the call of a function declares for itself.
pub(crate) fn variable(context: &Context<'_>, function: &str, entry: Entry<'_>) -> String {
    key_and_value(context, words::VARIABLE_OF, function, entry)
}

/// `of`: says what the key is, with a hole for `owner`.
fn key_and_value(context: &Context<'_>, of: Doc, owner: &str, entry: Entry<'_>) -> String {
    let key = entry.key.text().unwrap_or_default();
    let of = context.library().fill(of, &[&code(owner)]);
    let mut card = Card::new(context.library(), &key, [Some(of.as_str())]);
    match entry.value.is_mapping() && Value::from(entry.value).call().is_none() {
        true => keys(&mut card, context, entry.value),
        false => value_of(&mut card, context.doc(words::VALUE), Some(entry.value)),
    }
    card.finish()
}

fn word(kind: NameKind) -> Doc {
    match kind {
        NameKind::Parameter => words::PARAMETER,
        NameKind::Mapping => words::MAPPING,
        NameKind::Condition => words::CONDITION,
        NameKind::Rule => words::RULE_DECLARED,
        NameKind::Local => words::LOCAL,
        NameKind::Resource => words::RESOURCE,
        NameKind::Output => words::OUTPUT,
    }
}

fn keys(card: &mut Card<'_>, context: &Context<'_>, map: Node<'_>) {
    let keys: Vec<_> = map.entries().filter_map(|entry| entry.key.text()).collect();
    card.names(context.doc(words::KEYS), keys.iter().map(|key| &**key));
}

fn parameter(card: &mut Card<'_>, context: &Context<'_>, parameter: Node<'_>) {
    text(card, context, parameter, "Label");
    text(card, context, parameter, "Description");
    value_of(card, context.doc(words::DEFAULT), parameter.get("Default"));
    let allowed: Vec<_> = parameter
        .get("AllowedValues")
        .into_iter()
        .flat_map(|list| list.items())
        .filter_map(|item| item.text())
        .collect();
    card.names(context.doc(words::VALUES), allowed.iter().map(|value| &**value));
    let limits = [
        (words::RANGE, "MinValue", "MaxValue"),
        (words::LENGTH, "MinLength", "MaxLength"),
    ];
    for (label, least, most) in limits {
        let bound = |name| parameter.get(name).and_then(|node| node.text());
        if let Some(range) = range(context.library(), bound(least), bound(most)) {
            card.line(context.doc(label), &range);
        }
    }
    for attribute in ["AllowedPattern", "AssociationProperty", "NoEcho"] {
        value_of(card, attribute, parameter.get(attribute));
    }
}

fn resource(card: &mut Card<'_>, context: &Context<'_>, resource: Node<'_>, type_name: Option<&str>) {
    text(card, context, resource, "Description");
    for attribute in ["Condition", "Count", "DependsOn", "DeletionPolicy"] {
        value_of(card, attribute, resource.get(attribute));
    }
    let set: Vec<_> = resource
        .get("Properties")
        .into_iter()
        .flat_map(|properties| properties.entries())
        .filter_map(|entry| entry.key.text())
        .collect();
    card.names(context.doc(words::SET_HERE), set.iter().map(|name| &**name));
    if let Some(known) = type_name.and_then(|name| context.catalog.resource_type(name)) {
        card.below("---".into());
        card.below(resource_type(context.library(), &known));
    }
}

/// A text that may be given in several languages, as a paragraph.
fn text(card: &mut Card<'_>, context: &Context<'_>, owner: Node<'_>, attribute: &str) {
    let Some(node) = owner.get(attribute) else { return };
    let text = match node.kind() {
        Kind::Scalar => node.text(),
        _ => context
            .languages()
            .into_iter()
            .find_map(|language| node.get(language))
            .or_else(|| node.entries().next().map(|entry| entry.value))
            .and_then(|node| node.text()),
    };
    card.text(&without_html(&text.unwrap_or_default()));
}

/// A labelled value: scalars in code, anything else as one line of JSON.
fn value_of(card: &mut Card<'_>, label: &str, node: Option<Node<'_>>) {
    let Some(node) = node.filter(|node| !node.is_empty()) else {
        return;
    };
    let written = match Value::from(node).literal() {
        Some(text) => text.into_owned(),
        None => {
            let json = to_json(node);
            json.lines().map(str::trim_start).collect::<Vec<_>>().join(" ")
        }
    };
    let cut = match written.char_indices().nth(ROOM) {
        Some((at, _)) => format!("{}…", &written[..at]),
        None => written,
    };
    card.line(label, &code(if cut.is_empty() { "''" } else { &cut }));
}

/// The expression as the template has it.
fn example(card: &mut Card<'_>, context: &Context<'_>, node: Node<'_>) {
    let source = match node.is_scalar() || node.is_empty() {
        true => return value_of(card, context.doc(words::VALUE), Some(node)),
        false => to_json(node),
    };
    card.example("json", &source);
}
