//! Arguments of functions: names, attributes, conditions, keys of mappings, and nested calls.

use super::proposals::{Proposals, Rank, could_match};
use super::slot::{Shape, Slot, Type};
use super::{ItemKind, Request, functions, metadata, references, values};
use crate::features::Context;
use crate::language::function::{self, Argument as Known, ArgumentKind, Arguments};
use crate::language::pseudo;
use crate::syntax::Kind;
use crate::syntax::cursor::Step;
use crate::template::interpolation::placeholders;
use crate::template::position::{Argument, PlaceholderAt, Position};
use crate::template::{Form, NameKind, Scope, SectionKind, Value};
use crate::text::TextRange;
use std::borrow::Cow;

/// Proposals for an argument outside `${…}`.
pub(super) fn propose(request: &Request<'_>, argument: &Argument<'_>, proposals: &mut Proposals) {
    if request.slot.typed.starts_with('!') {
        return nested(request, argument, proposals);
    }
    let Some(function) = function::find(&argument.call.name) else {
        return nested(request, argument, proposals);
    };
    let index = index(request, argument);
    if request.typing_key() {
        return keys(request, argument, proposals);
    }
    if argument.section == SectionKind::Parameters && !argument.call.is("Ref") {
        metadata::parameter_texts(request, argument.entry, proposals);
    }
    match (argument.path.len(), known(&function.arguments, index)) {
        (0 | 1, Some(known)) => of_kind(request, argument, known, index, proposals),
        _ => nested(request, argument, proposals),
    }
}

/// Which item of the list of arguments the cursor is in; `None` if there is no list (yet).
fn index(request: &Request<'_>, argument: &Argument<'_>) -> Option<usize> {
    match argument.path.first() {
        Some(Step::Index(index)) => Some(*index),
        Some(Step::Key(_)) => None,
        None if argument.call.argument.kind() == Kind::Sequence => {
            let offset = request.position.offset;
            let items = argument.call.argument.items();
            Some(items.take_while(|item| item.node.range().end < offset).count())
        }
        None => None,
    }
}

/// What the language says of the argument; before there is a list, of the first.
fn known(arguments: &Arguments, index: Option<usize>) -> Option<&Known> {
    match index {
        Some(index) => arguments.item(index),
        None => arguments.one().or_else(|| arguments.item(0)),
    }
}

fn of_kind(
    request: &Request<'_>,
    argument: &Argument<'_>,
    known: &Known,
    index: Option<usize>,
    proposals: &mut Proposals,
) {
    let slot = &request.slot;
    for value in known.values {
        let text = slot.scalar(value, Type::Text);
        proposals.add(slot, Rank::Required, *value, ItemKind::Value, &text);
    }
    match known.kind {
        ArgumentKind::Name => {
            references::readable(request, slot, argument.section, argument.entry, proposals);
        }
        ArgumentKind::Resource if index.is_none() => get_att_text(request, argument, proposals),
        ArgumentKind::Resource => {
            let text = |name: &str| slot.scalar(name, Type::Text);
            references::with_attributes(request, slot, argument.section, argument.entry, text, proposals);
        }
        ArgumentKind::Attribute => {
            let resource = argument.call.argument.item(0).and_then(Value::literal);
            let text = |name: &str| slot.scalar(name, Type::Text);
            references::attributes(request, slot, &resource.unwrap_or_default(), text, proposals);
        }
        ArgumentKind::ConditionName | ArgumentKind::Condition => conditions(request, argument, proposals),
        ArgumentKind::Mapping => mappings(request, index, proposals),
        ArgumentKind::MappingKey => mapping_keys(request, argument, index, proposals),
        ArgumentKind::Boolean if !slot.quoted() => values::booleans(slot, proposals),
        ArgumentKind::Template => sub_text(request, proposals),
        // After the dash of the map's list item.
        ArgumentKind::Variables if slot.own_line && !slot.flow => {
            undefined_variables(request, argument, proposals);
        }
        ArgumentKind::Any
        | ArgumentKind::String
        | ArgumentKind::Integer
        | ArgumentKind::Number
        | ArgumentKind::Boolean
        | ArgumentKind::List
        | ArgumentKind::Map
        | ArgumentKind::Variables
        | ArgumentKind::Selector
        | ArgumentKind::Collection
        | ArgumentKind::Region => {}
    }
    let takes_list = matches!(argument.call.argument.kind(), Kind::Sequence) || index.is_none();
    if !known.literal && takes_list {
        nested(request, argument, proposals);
    }
}

/// Calls inside the call.
fn nested(request: &Request<'_>, argument: &Argument<'_>, proposals: &mut Proposals) {
    let places = values::places(argument.section);
    if request.typing_key() {
        return functions::keys(request, places, proposals);
    }
    functions::values(request, places, proposals);
}

/// A key inside an argument: a variable of `Fn::Sub`, or a call.
fn keys(request: &Request<'_>, argument: &Argument<'_>, proposals: &mut Proposals) {
    if argument.call.is("Fn::Sub") && matches!(argument.path.as_slice(), [Step::Index(1)]) {
        return undefined_variables(request, argument, proposals);
    }
    if request.present().is_empty() {
        nested(request, argument, proposals);
    }
}

/// The text form of `Fn::GetAtt`: resource, dot, attribute. With the name as a key it takes a list.
fn get_att_text(request: &Request<'_>, argument: &Argument<'_>, proposals: &mut Proposals) {
    let slot = &request.slot;
    let (section, entry) = (argument.section, argument.entry);
    if argument.call.form == Form::Long && slot.typed.is_empty() && !slot.quoted() {
        let rest = [slot.name_stop("$1")];
        let text = |name: &str| list_from(slot, name, &rest);
        return references::with_attributes(request, slot, section, entry, text, proposals);
    }
    if let Some((resource, dot)) = resource_before(request.scope, &slot.typed) {
        let resource = resource.to_owned();
        let rest = &slot.typed[dot + 1..];
        let slot = slot.within(
            TextRange::new(slot.range.start + dot as u32 + 1, slot.range.end),
            rest,
        );
        let text = |name: &str| slot.part(name) + &slot.closing();
        return references::attributes(request, &slot, &resource, text, proposals);
    }
    // In the middle of `Vpc.VpcId` only the name is replaced.
    let token = request.context.document.slice(slot.range);
    let slot = match token.find('.') {
        Some(dot) => slot.until(slot.range.start + dot as u32),
        None => slot.clone(),
    };
    let dot = if token.contains('.') { "" } else { "." };
    let close = if token.contains('.') {
        String::new()
    } else {
        slot.closing()
    };
    let text = |name: &str| match close.is_empty() {
        true => format!("{}{dot}", slot.part(name)),
        false => format!("{}{dot}$0{close}", slot.part(name)),
    };
    references::with_attributes(request, &slot, section, entry, text, proposals);
}

/// The resource that a dotted text names, and where the dot after it stands.
fn resource_before<'t>(scope: Scope<'_>, typed: &'t str) -> Option<(&'t str, usize)> {
    typed.match_indices('.').rev().find_map(|(dot, _)| {
        let name = &typed[..dot];
        let known = [NameKind::Resource, NameKind::Local]
            .into_iter()
            .any(|kind| scope.names.has(kind, name));
        known.then_some((name, dot))
    })
}

/// Names of conditions. Before there is a list of arguments, with the list around them.
fn conditions(request: &Request<'_>, argument: &Argument<'_>, proposals: &mut Proposals) {
    let slot = &request.slot;
    let own = argument.entry.key.text().unwrap_or_default();
    let except = match argument.section {
        SectionKind::Conditions => vec![&*own],
        _ => Vec::new(),
    };
    let starts_list = argument.call.is("Fn::If") && argument.call.argument.kind() != Kind::Sequence;
    if !starts_list || slot.quoted() {
        return references::names(request, slot, NameKind::Condition, &except, proposals);
    }
    for (name, _) in request.names().of_kind(NameKind::Condition) {
        let text = list_from(slot, name, &["$1".into(), "$2".into()]);
        proposals.add(slot, Rank::Usual, name, ItemKind::Condition, &text);
    }
}

/// A list of arguments that begins with `name`. Without snippets it holds nothing else: a blank place is no item.
fn list_from(slot: &Slot, name: &str, rest: &[String]) -> String {
    let mut items = vec![slot.scalar(name, Type::Text)];
    if slot.snippets {
        items.extend_from_slice(rest);
    }
    format!("[{}]", items.join(", "))
}

fn mappings(request: &Request<'_>, index: Option<usize>, proposals: &mut Proposals) {
    let slot = &request.slot;
    if index.is_some() || slot.quoted() {
        return references::names(request, slot, NameKind::Mapping, &[], proposals);
    }
    for (name, _) in request.names().of_kind(NameKind::Mapping) {
        let text = list_from(slot, name, &[slot.name_stop("$1"), slot.name_stop("$2")]);
        proposals.add(slot, Rank::Usual, name, ItemKind::Mapping, &text);
    }
}

/// Keys of the mapping that the first argument names; for the third argument those under the second, or under any.
fn mapping_keys(
    request: &Request<'_>,
    argument: &Argument<'_>,
    index: Option<usize>,
    proposals: &mut Proposals,
) {
    let literal = |index| argument.call.argument.item(index).and_then(Value::literal);
    let Some(map) = literal(0).and_then(|name| request.scope.unit(SectionKind::Mappings, &name)) else {
        return;
    };
    let first_keys = map.entry().value.entries();
    let mut keys: Vec<String> = match index {
        Some(1) => first_keys
            .filter_map(|entry| Some(entry.key.text()?.into_owned()))
            .collect(),
        _ => {
            let first = literal(1);
            first_keys
                .filter(|entry| first.is_none() || entry.key.text() == first)
                .flat_map(|entry| entry.value.entries())
                .filter_map(|entry| Some(entry.key.text()?.into_owned()))
                .collect()
        }
    };
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let text = request.slot.scalar(&key, Type::Text);
        proposals.add(&request.slot, Rank::Required, key, ItemKind::Value, &text);
    }
}

/// Variables that the text of a `Fn::Sub` uses and its map doesn't define; first those that nothing else does.
fn undefined_variables(request: &Request<'_>, argument: &Argument<'_>, proposals: &mut Proposals) {
    let Some(text) = argument.call.argument.item(0).and_then(Value::literal) else {
        return;
    };
    let present = request.present();
    let mut used: Vec<&str> = placeholders(&text)
        .filter(|placeholder| !placeholder.literal)
        .map(|placeholder| text[placeholder.inner.as_usize()].trim())
        .filter(|name| !name.is_empty() && !present.iter().any(|have| have == name))
        .collect();
    used.sort_unstable();
    used.dedup();
    for name in used {
        let known = request.names().resolve(name).is_some() || name.contains(['.', ':']);
        let rank = if known { Rank::Usual } else { Rank::Wanted };
        let text = request.slot.entry(name, &Shape::blank());
        proposals.add(&request.slot, rank, name, ItemKind::Value, &text);
    }
}

/// After a `$` in the text of a `Fn::Sub`: the whole `${…}`.
fn sub_text(request: &Request<'_>, proposals: &mut Proposals) {
    let slot = &request.slot;
    if !slot.typed.ends_with('$') {
        return;
    }
    let offset = request.position.offset;
    // Without quotes the brace would be one of the flow collection around: the text gets them with the first variable.
    let needs_quotes = slot.flow && !slot.quoted();
    if needs_quotes && slot.typed != "$" {
        return;
    }
    let dollar = slot.within(TextRange::new(offset - 1, offset), "$");
    for (name, kind) in variables(request.scope, None) {
        let reference = format!("${{{name}}}");
        let (place, text) = match needs_quotes {
            true => (slot, slot.scalar(&reference, Type::Text)),
            false => (&dollar, dollar.part(&reference)),
        };
        let item = proposals.add(place, Rank::Usual, format!("${{{name}}}"), kind, &text);
        item.filter_text = Some(format!("${{{name}}}"));
    }
}

/// Proposals inside `${…}`.
pub(super) fn placeholder(
    context: &Context<'_>,
    position: &Position<'_>,
    argument: &Argument<'_>,
    scope: Scope<'_>,
    proposals: &mut Proposals,
) {
    let (Some(at), Some(node)) = (&argument.placeholder, position.node) else {
        return;
    };
    let document = context.document;
    let slot =
        Slot::bare(document, at.range, position.offset).with_snippets(context.config.completion_snippets);
    let request = Request {
        context,
        position,
        scope,
        slot: slot.clone(),
    };
    let closing = closing(at, node);
    if let Some((resource, dot)) = resource_before(scope, &slot.typed) {
        let resource = resource.to_owned();
        let range = TextRange::new(slot.range.start + dot as u32 + 1, slot.range.end);
        let slot = slot.within(range, &slot.typed[dot + 1..]);
        let text = |name: &str| slot.part(name) + &closing;
        return references::attributes(&request, &slot, &resource, text, proposals);
    }
    // In the middle of `Vpc.VpcId` only the name is replaced.
    let token = document.slice(at.range);
    let (slot, closing) = match token.find('.') {
        Some(dot) => (slot.until(at.range.start + dot as u32), String::new()),
        None => (slot, closing),
    };
    references::cut(&slot, proposals);
    for (name, kind) in variables(scope, argument.call.argument.item(1)) {
        if !could_match(&slot.typed, &name) {
            continue;
        }
        let text = slot.part(&name) + &closing;
        let rank = match kind {
            ItemKind::Value => Rank::Wanted,
            ItemKind::PseudoParameter => Rank::Other,
            _ => Rank::Usual,
        };
        let item = proposals.add(&slot, rank, name.as_ref(), kind, &text);
        item.detail = scope
            .names
            .resolve(&name)
            .and_then(|(_, definition)| references::detail(definition));
        item.documentation = pseudo::find(&name).and_then(|pseudo| request.doc(pseudo.doc));
    }
}

/// What closes an open `${`, and the quote after it.
fn closing(at: &PlaceholderAt, node: crate::syntax::Node<'_>) -> String {
    if at.closed {
        return String::new();
    }
    let content = node.content_range();
    let open_quote = match node.style() {
        crate::syntax::Style::DoubleQuoted => "\"",
        crate::syntax::Style::SingleQuoted => "'",
        _ => "",
    };
    let unclosed = content.end == node.range().end && at.range.end == content.end;
    super::snippet::escape(&format!("}}{}", if unclosed { open_quote } else { "" }))
}

/// What `${…}` can name: variables of the call's own map, parameters, resources, pseudo parameters.
fn variables<'a>(scope: Scope<'a>, map: Option<Value<'a>>) -> impl Iterator<Item = (Cow<'a, str>, ItemKind)> {
    let own = map
        .into_iter()
        .flat_map(Value::entries)
        .filter_map(|entry| Some((entry.key.text()?, ItemKind::Value)));
    let declared = [NameKind::Parameter, NameKind::Resource]
        .into_iter()
        .flat_map(|kind| {
            let kind_of_item = references::item_kind(kind);
            let names = scope.names.of_kind(kind);
            names.map(move |(name, _)| (Cow::Borrowed(name), kind_of_item))
        });
    let pseudo = pseudo::ALL
        .iter()
        .filter(|pseudo| pseudo.kind != pseudo::PseudoKind::Nothing)
        .map(|pseudo| (Cow::Borrowed(pseudo.name), ItemKind::PseudoParameter));
    own.chain(declared).chain(pseudo)
}
