//! Cards of what a template declares: parameters, resources, conditions, …

use super::layout::{Card, code, without_html};
use super::resource::{range, resource_type};
use crate::features::Context;
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
        [Some(kind.word()), type_code.as_deref()],
    );
    match kind {
        NameKind::Parameter => parameter(&mut card, context, entry.value),
        NameKind::Resource => resource(&mut card, context, entry.value, type_name.as_deref()),
        NameKind::Output => {
            text(&mut card, context, entry.value, "Label");
            text(&mut card, context, entry.value, "Description");
            value_of(&mut card, "Value", entry.value.get("Value"));
            value_of(&mut card, "Condition", entry.value.get("Condition"));
        }
        NameKind::Local => value_of(&mut card, "Value", entry.value.get("Value")),
        NameKind::Condition => example(&mut card, entry.value),
        NameKind::Mapping => {
            let keys: Vec<_> = entry
                .value
                .entries()
                .filter_map(|entry| entry.key.text())
                .collect();
            card.names("Keys", keys.iter().map(|key| &**key));
        }
        NameKind::Rule => {
            value_of(&mut card, "RuleCondition", entry.value.get("RuleCondition"));
        }
    }
    card.finish()
}

/// The card of a key in a mapping.
pub(crate) fn mapping_value(context: &Context<'_>, mapping: &str, entry: Entry<'_>) -> String {
    let key = entry.key.text().unwrap_or_default();
    let mut card = Card::new(
        context.library(),
        &key,
        [Some(format!("key of {}", code(mapping)).as_str())],
    );
    match entry.value.kind() {
        Kind::Scalar => value_of(&mut card, "Value", Some(entry.value)),
        _ => {
            let keys: Vec<_> = entry
                .value
                .entries()
                .filter_map(|entry| entry.key.text())
                .collect();
            card.names("Keys", keys.iter().map(|key| &**key));
        }
    }
    card.finish()
}

fn parameter(card: &mut Card<'_>, context: &Context<'_>, parameter: Node<'_>) {
    text(card, context, parameter, "Label");
    text(card, context, parameter, "Description");
    value_of(card, "Default", parameter.get("Default"));
    let allowed: Vec<_> = parameter
        .get("AllowedValues")
        .into_iter()
        .flat_map(|list| list.items())
        .filter_map(|item| item.text())
        .collect();
    card.names("Values", allowed.iter().map(|value| &**value));
    let limits = [
        ("Range", "MinValue", "MaxValue"),
        ("Length", "MinLength", "MaxLength"),
    ];
    for (label, least, most) in limits {
        let bound = |name| parameter.get(name).and_then(|node| node.text());
        if let Some(range) = range(context.library(), bound(least), bound(most)) {
            card.line(label, &range);
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
    card.names("Set here", set.iter().map(|name| &**name));
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
fn example(card: &mut Card<'_>, node: Node<'_>) {
    let source = match node.is_scalar() || node.is_empty() {
        true => return value_of(card, "Value", Some(node)),
        false => to_json(node),
    };
    card.example("json", &source);
}
