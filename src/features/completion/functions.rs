//! Function calls, with a tag or with the name as a key, and the skeleton of their arguments.

use super::proposals::{Proposals, Rank};
use super::slot::{Shape, Slot};
use super::{Item, ItemKind, Request};
use crate::language::function::{ALL, Argument, ArgumentKind, Arguments, Function, Places};
use crate::syntax::Format;
use crate::template::position::Place;

/// Calls as the value at the cursor: `!Join […]`, and `Fn::Join:` on a line of its own or in braces.
pub(super) fn values(request: &Request<'_>, places: Places, proposals: &mut Proposals) {
    let slot = &request.slot;
    if slot.quoted() {
        return;
    }
    let typing_tag = slot.typed.starts_with('!');
    for (index, function) in offered(places) {
        if slot.format == Format::Yaml && !slot.behind_tag {
            let text = format!("{} {}", function.tag, arguments(slot, function, Form::Tag));
            let item = proposals.add(slot, Rank::Other, function.tag, ItemKind::Function, &text);
            describe(request, item, function, index);
        }
        if typing_tag {
            continue;
        }
        let (place, text) = match slot.below() {
            Some(below) => {
                let text = call(&below, function);
                (below, text)
            }
            None => {
                let name = slot.new_string(function.name);
                let arguments = arguments(slot, function, Form::Inline);
                (slot.clone(), format!("{{ {name}: {arguments} }}"))
            }
        };
        let item = proposals.add(&place, Rank::Other, function.name, ItemKind::Function, &text);
        describe(request, item, function, index);
        // After the tags: the two spellings of one function don't alternate.
        item.sort_text = format!("{}b{index:02}", Rank::Other as u8);
    }
}

/// Tags in the place of one that has its argument already, which stays.
pub(super) fn other_tags(request: &Request<'_>, proposals: &mut Proposals) {
    let slot = &request.slot;
    let places = match &request.position.place {
        Place::PropertyValue { .. } => Places::PROPERTIES,
        Place::Argument(argument) => super::values::places(argument.section),
        Place::AttributeValue { section, .. } => super::values::places(*section),
        _ => return,
    };
    // Behind a whole tag an editor would offer nothing but that one.
    let whole = ALL.iter().any(|function| function.tag == slot.typed);
    for (index, function) in offered(places) {
        let item = proposals.add(slot, Rank::Other, function.tag, ItemKind::Function, function.tag);
        describe(request, item, function, index);
        item.filter_text = whole.then(|| slot.typed.clone());
    }
    if whole {
        proposals.cut();
    }
}

/// Calls whose name is typed as the key of a mapping.
pub(super) fn keys(request: &Request<'_>, places: Places, proposals: &mut Proposals) {
    let slot = &request.slot;
    for (index, function) in offered(places) {
        let item = proposals.add(
            slot,
            Rank::Other,
            function.name,
            ItemKind::Function,
            &call(slot, function),
        );
        describe(request, item, function, index);
    }
}

fn offered(places: Places) -> impl Iterator<Item = (usize, &'static Function)> {
    ALL.iter()
        .copied()
        .filter(move |function| function.documented && function.places.contains(places))
        .enumerate()
}

fn describe(request: &Request<'_>, item: &mut Item, function: &Function, index: usize) {
    item.documentation = request.doc(function.doc);
    item.sort_text = format!("{}a{index:02}", Rank::Other as u8);
}

/// The call as an entry: name, colon, arguments.
fn call(slot: &Slot, function: &Function) -> String {
    let lines = match (slot.flow, listed(function)) {
        // The cursor comes to stand at the first item; the rest is up to the user.
        (false, Some(_)) if !slot.snippets => format!("\n{}- ", slot.indentation(1)),
        (false, Some(items)) => items
            .iter()
            .enumerate()
            .map(|(index, item)| format!("\n{}- {}", slot.indentation(1), stop(slot, item, index + 1, true)))
            .collect(),
        _ => format!(" {}", arguments(slot, function, Form::Inline)),
    };
    slot.entry(function.name, &Shape::Lines(lines))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Tag,
    Inline,
}

/// The arguments on one line.
fn arguments(slot: &Slot, function: &Function, form: Form) -> String {
    if form == Form::Tag && function.name == "Fn::GetAtt" {
        return if slot.snippets {
            "$1.$2".into()
        } else {
            String::new()
        };
    }
    match (listed(function), &function.arguments) {
        (Some(_), _) if !slot.snippets => "[]".into(),
        (Some(items), _) => {
            let items: Vec<String> = items
                .iter()
                .enumerate()
                .map(|(index, item)| stop(slot, item, index + 1, true))
                .collect();
            format!("[{}]", items.join(", "))
        }
        (None, Arguments::One(one) | Arguments::OneOrList { one, .. }) => stop(slot, one, 1, false),
        (None, _) => "$1".into(),
    }
}

/// The items that the list of arguments must have; `None` if the function takes its argument directly.
fn listed(function: &Function) -> Option<Vec<&Argument>> {
    match &function.arguments {
        Arguments::List { items, required } => Some(items.iter().take(*required).collect()),
        Arguments::Many { item, least } => Some(vec![item; (*least).max(1)]),
        Arguments::One(_) | Arguments::OneOrList { .. } | Arguments::Unknown => None,
    }
}

/// A tab stop for an argument. Names are left blank for the list of names to open there; the rest say what they are.
fn stop(slot: &Slot, argument: &Argument, number: usize, in_list: bool) -> String {
    let json = slot.format == Format::Json;
    match argument.kind {
        ArgumentKind::Name
        | ArgumentKind::Resource
        | ArgumentKind::Attribute
        | ArgumentKind::Mapping
        | ArgumentKind::MappingKey
        | ArgumentKind::ConditionName => slot.name_stop(&format!("${number}")),
        ArgumentKind::String | ArgumentKind::Region => {
            let text = match slot.snippets {
                true => format!("${{{number}:{}}}", argument.name),
                false => String::new(),
            };
            match (json, in_list) {
                (true, _) => format!("\"{text}\""),
                (false, true) => format!("'{text}'"),
                (false, false) => text,
            }
        }
        ArgumentKind::Template if json => format!("\"${number}\""),
        ArgumentKind::Template if !slot.snippets => String::new(),
        ArgumentKind::Template => format!("'${number}'"),
        ArgumentKind::List => format!("[${number}]"),
        ArgumentKind::Map | ArgumentKind::Variables => format!("{{${number}}}"),
        ArgumentKind::Any
        | ArgumentKind::Integer
        | ArgumentKind::Number
        | ArgumentKind::Boolean
        | ArgumentKind::Condition
        | ArgumentKind::Selector
        | ArgumentKind::Collection
            if !slot.snippets =>
        {
            slot.value_stop("")
        }
        // The quotes belong to the placeholder: it is valid as it stands, and whatever is typed takes its place.
        ArgumentKind::Any
        | ArgumentKind::Integer
        | ArgumentKind::Number
        | ArgumentKind::Boolean
        | ArgumentKind::Condition
        | ArgumentKind::Selector
        | ArgumentKind::Collection
            if json =>
        {
            format!("${{{number}:\"{}\"}}", argument.name)
        }
        ArgumentKind::Any
        | ArgumentKind::Integer
        | ArgumentKind::Number
        | ArgumentKind::Boolean
        | ArgumentKind::Condition
        | ArgumentKind::Selector
        | ArgumentKind::Collection => format!("${{{number}:{}}}", argument.name),
    }
}
