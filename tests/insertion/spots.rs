//! Words of a template that completion could have written, and the states in which one is not there yet.

use crate::editor::State;
use ros_lsp::document::Document;
use ros_lsp::syntax::scalar_type::Typed;
use ros_lsp::syntax::{Format, Kind, Node, Style};
use ros_lsp::template::call::is_function_name;
use ros_lsp::template::interpolation::placeholders;
use ros_lsp::template::position::{Place, position};
use ros_lsp::template::{Form, Value};
use ros_lsp::text::TextRange;

/// One word.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// What kind of word it is, for the figures.
    pub(crate) kind: &'static str,
    /// The word, without quotes.
    pub(crate) range: TextRange,
    /// The label under which completion offers it.
    pub(crate) label: String,
    /// A plain scalar could stand in quotes as well.
    pub(crate) plain_scalar: bool,
}

/// What only its author knows.
const FREE_TEXT: &str = "free text";

/// All of them.
pub(crate) fn spots(document: &Document) -> Vec<Spot> {
    let mut found = Vec::new();
    if let Some(root) = document.tree.root() {
        collect(document, Value::from(root), &mut found);
    }
    found.retain(|spot| spot.kind != FREE_TEXT);
    found.retain(|spot| !spot.label.is_empty() && spot.label.chars().count() <= 60);
    found
}

fn collect(document: &Document, value: Value<'_>, found: &mut Vec<Spot>) {
    let mut value = value;
    if let Some(call) = value.call().filter(|call| call.form == Form::Tag) {
        found.push(Spot {
            kind: "tag",
            range: call.name_range,
            label: document.slice(call.name_range),
            plain_scalar: false,
        });
        value = call.argument;
        if call.is("Fn::GetAtt") && value.kind() == Kind::Scalar {
            return parts(value.node, '.', found);
        }
        if call.is("Fn::Sub") && value.kind() == Kind::Scalar {
            return variables(value.node, found);
        }
    }
    for entry in value.entries() {
        if let Some((kind, label)) = key_kind(document, entry.key) {
            push(entry.key, kind, label, found);
        }
        let key = entry.key.text().unwrap_or_default();
        let inner = Value::from(entry.value);
        match &*key {
            "Fn::Sub" if entry.value.is_scalar() => variables(entry.value, found),
            _ => collect(document, inner, found),
        }
    }
    for item in value.items() {
        collect(document, item, found);
    }
    if value.kind() == Kind::Scalar {
        let kind = value_kind(document, value.node);
        let label = value.node.text().unwrap_or_default().into_owned();
        push(value.node, kind, label, found);
    }
}

fn push(node: Node<'_>, kind: &'static str, label: String, found: &mut Vec<Spot>) {
    let content = node.content_range();
    let source = node.tree().slice(content);
    // What is written with escapes or over several lines is not typed as the label.
    if source == label && !matches!(node.style(), Style::Literal | Style::Folded) {
        found.push(Spot {
            kind,
            range: content,
            label,
            plain_scalar: node.style() == Style::Plain
                && node.typed() == Some(Typed::String)
                && node.format() == Format::Yaml,
        });
    }
}

fn key_kind(document: &Document, key: Node<'_>) -> Option<(&'static str, String)> {
    let name = key.text()?.into_owned();
    if is_function_name(&name) {
        return Some(("function", name));
    }
    let place = position(&document.tree, key.content_range().start)?.place;
    let kind = match place {
        Place::Section => "section",
        Place::Attribute { .. } => "attribute",
        Place::PropertyName { .. } => "property",
        _ => return None,
    };
    Some((kind, name))
}

fn value_kind(document: &Document, node: Node<'_>) -> &'static str {
    match position(&document.tree, node.content_range().start).map(|position| position.place) {
        Some(Place::PropertyValue { .. }) => "value of a property",
        Some(Place::Argument(argument)) => match &*argument.call.name {
            "Ref" | "Fn::GetAtt" | "Fn::If" | "Fn::FindInMap" => "name in a call",
            _ => "other argument",
        },
        Some(Place::AttributeValue { attribute, .. }) => match attribute.as_str() {
            "Type" => "type",
            "DependsOn" | "Condition" => "name",
            "Label"
            | "Description"
            | "ConstraintDescription"
            | "Default"
            | "MinLength"
            | "MaxLength"
            | "MinValue"
            | "MaxValue"
            | "AllowedPattern"
            | "AllowedValues" => FREE_TEXT,
            _ => "value of an attribute",
        },
        _ => "other value",
    }
}

/// The two names of `Resource.Attribute`.
fn parts(node: Node<'_>, separator: char, found: &mut Vec<Spot>) {
    let content = node.content_range();
    let text = node.tree().slice(content);
    let Some(at) = text.find(separator) else { return };
    let dot = content.start + at as u32;
    let halves = [
        ("name in a call", TextRange::new(content.start, dot)),
        ("attribute of a resource", TextRange::new(dot + 1, content.end)),
    ];
    for (kind, range) in halves {
        found.push(Spot {
            kind,
            range,
            label: node.tree().slice(range),
            plain_scalar: false,
        });
    }
}

/// The names in `${…}`.
fn variables(node: Node<'_>, found: &mut Vec<Spot>) {
    let text = node.text().unwrap_or_default();
    for placeholder in placeholders(&text).filter(|found| found.closed && !found.literal) {
        let range = node.source_range(placeholder.inner);
        let label = node.tree().slice(range);
        if !label.contains(['.', '\n', ' ']) {
            found.push(Spot {
                kind: "variable of a Sub",
                range,
                label,
                plain_scalar: false,
            });
        }
    }
}

/// States of a text in which the word is not there yet, each with its name.
pub(crate) fn states(document: &Document, text: &str, spot: &Spot) -> Vec<(&'static str, State)> {
    let format = document.format();
    let word = &text[spot.range.as_usize()];
    let half = word
        .char_indices()
        .nth(word.chars().count() / 2)
        .map_or(0, |(at, _)| at);
    let (before, after) = (
        &text[..spot.range.start as usize],
        &text[spot.range.end as usize..],
    );
    let state = |typed: &str, behind: &str| {
        let cursor = before.len() + typed.len();
        State::new(format!("{before}{typed}{behind}{after}"), cursor as u32, format)
    };
    let mut states = vec![
        ("deleted", state("", "")),
        ("half", state(&word[..half], "")),
        ("in the middle", state(&word[..half], &word[half..])),
        ("at its start", state("", word)),
        ("at its end", state(word, "")),
    ];
    if spot.plain_scalar && spot.kind != "property" && !after.trim_start().starts_with(':') {
        states.push(("in new double quotes", state("\"", "\"")));
        states.push((
            "half in new single quotes",
            state(&format!("'{}", &word[..half]), "'"),
        ));
    }
    states
}
