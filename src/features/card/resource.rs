//! Cards of what the catalog knows: resource types, their properties, items, values and attributes.

use super::layout::{Card, code};
use super::{pattern, prose, words};
use crate::catalog::{Property, ResourceType, ValueKind};
use crate::features::library::Library;
use crate::features::schema::spellings;
use crate::language::Doc;
use std::fmt::Display;

/// The card of a resource type.
pub(crate) fn resource_type(library: Library<'_>, resource_type: &ResourceType) -> String {
    type_card(library, resource_type, Nested::Names)
}

/// The card of a resource type, and of one of its properties, for a reader who gets the nested properties in full.
pub(crate) fn without_nested(
    library: Library<'_>,
    resource_type: &ResourceType,
    path: &[&Property],
) -> String {
    let Some((last, above)) = path.split_last() else {
        return type_card(library, resource_type, Nested::Elsewhere);
    };
    let names = above.iter().map(|property| property.name.as_str());
    let owner: Vec<&str> = std::iter::once(resource_type.name.as_str())
        .chain(names)
        .collect();
    property_card(library, last, &owner.join("."), Nested::Elsewhere)
}

/// Where the properties of an object are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nested {
    Names,
    Elsewhere,
}

fn type_card(library: Library<'_>, resource_type: &ResourceType, listed: Nested) -> String {
    let name = &resource_type.name;
    let what = match name.starts_with("DATASOURCE::") {
        true => words::DATA_SOURCE,
        false => words::RESOURCE_TYPE,
    };
    let own = library.catalog.is_own(name).then_some(words::WORKSPACE);
    let retired = resource_type.retired.then_some(words::RETIRED);
    let parts = [Some(what), own, retired].map(|word| Some(library.doc(word?)));
    let mut card = Card::new(library, name, parts);
    card.text(&prose::description(library, name, "").unwrap_or_default());
    if resource_type.properties_unknown {
        card.text(library.doc(words::PROPERTIES_UNKNOWN));
    }
    nested(&mut card, library, &resource_type.properties, listed);
    // A single text, the resource's id, goes without saying.
    let given = resource_type.reference;
    if let Some(given) = given.filter(|given| given.kind != ValueKind::String) {
        let items = given
            .item_kind
            .map_or(String::new(), |kind| format!(" of {}", kind.name()));
        card.line(
            library.doc(words::REFERENCE),
            &format!("{}{items}", given.kind.name()),
        );
    }
    let attributes = resource_type.attributes.iter();
    card.names(
        library.doc(words::ATTRIBUTES),
        attributes.map(|attribute| attribute.name.as_str()),
    );
    if let Some(url) = page_url(library, resource_type) {
        let link = link(library, &url);
        card.below(format!("{link} · {}", env!("ROS_CATALOG_RELEASE")));
    }
    card.finish()
}

/// The card of a property; `owner` is the type, or the type and the property in it, that has it: `TYPE.A.B`.
pub(crate) fn property(library: Library<'_>, property: &Property, owner: &str) -> String {
    property_card(library, property, owner, Nested::Names)
}

fn property_card(library: Library<'_>, property: &Property, owner: &str, listed: Nested) -> String {
    let parts = [Some(kind_line(library, property)), Some(code(owner))];
    let mut card = Card::new(library, &property.name, parts.iter().map(Option::as_deref));
    about(&mut card, library, property, owner, listed);
    let (type_name, _) = place(owner, property);
    let known = library.catalog.resource_type(type_name);
    if let Some(url) = known.and_then(|known| page_url(library, &known)) {
        card.below(link(library, &url));
    }
    card.finish()
}

/// The facts and words about a property without its title; empty if there are none.
pub(crate) fn property_facts(library: Library<'_>, property: &Property, owner: &str) -> String {
    let mut card = Card::untitled(library);
    about(&mut card, library, property, owner, Nested::Names);
    card.finish()
}

/// The card of an item of a list property, or of an entry of a map with free keys, called `key`.
pub(crate) fn item(library: Library<'_>, property: &Property, owner: &str, key: Option<&str>) -> String {
    let of = match key {
        Some(_) => library.fill(words::ENTRY_OF, &[&code(&property.name)]),
        None => library.doc(words::ONE_ITEM).to_owned(),
    };
    let kind = property.item_kind.map(ValueKind::name);
    let owner_code = code(owner);
    let title = key.unwrap_or(&property.name);
    let mut card = Card::new(library, title, [Some(of.as_str()), kind, Some(&owner_code)]);
    about(&mut card, library, property, owner, Nested::Names);
    card.finish()
}

/// The card of one of the values that a property allows.
pub(crate) fn value(library: Library<'_>, value: &str, property: &Property, owner: &str) -> String {
    let of = library.fill(words::VALUE_OF, &[&code(&property.name)]);
    let is_default = property.default.as_deref() == Some(value);
    let default = is_default.then(|| library.doc(words::THE_DEFAULT));
    let mut card = Card::new(library, value, [Some(of.as_str()), default]);
    let (type_name, path) = place(owner, property);
    card.text(&prose::meaning(library, type_name, &path, value).unwrap_or_default());
    let values = match &property.item {
        Some(item) if property.values.is_empty() => &item.values,
        _ => &property.values,
    };
    let others = spellings(values, property.default.as_deref());
    let others = others
        .into_iter()
        .filter(|other| !other.eq_ignore_ascii_case(value));
    card.names(library.doc(words::OTHERS), others);
    card.finish()
}

/// The card of an attribute that `Fn::GetAtt` reads.
pub(crate) fn resource_attribute(library: Library<'_>, name: &str, type_name: &str, known: bool) -> String {
    let unknown = (!known).then(|| library.doc(words::UNKNOWN));
    let of = library.fill(words::ATTRIBUTE_OF, &[&code(type_name)]);
    let mut card = Card::new(library, name, [Some(of.as_str()), unknown]);
    card.text(&prose::attribute(library, type_name, name).unwrap_or_default());
    card.finish()
}

/// Kind, whether required, and what an update does to it, in one line.
pub(crate) fn kind_line(library: Library<'_>, property: &Property) -> String {
    let kind = match (property.kind, property.item_kind) {
        (ValueKind::List, Some(item)) => library.fill(words::LIST_OF, &[item.name()]),
        (ValueKind::Map, Some(item)) => library.fill(words::MAP_OF, &[item.name()]),
        (kind, _) => kind.name().to_owned(),
    };
    let required = match property.required {
        true => words::REQUIRED,
        false => words::OPTIONAL,
    };
    let update = property.editable.map(|editable| match editable {
        true => words::EDITABLE,
        false => words::FIXED,
    });
    let retired = property.retired.then_some(words::RETIRED);
    let words = [Some(required), update, retired];
    let parts = words.into_iter().flatten().map(|word| library.doc(word));
    std::iter::once(kind.as_str())
        .chain(parts)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The official page of a type. The address is made of the type's name, as the CDK's own references are.
pub(crate) fn page_url(library: Library<'_>, resource_type: &ResourceType) -> Option<String> {
    let name = &resource_type.name;
    let official = name.starts_with("ALIYUN::") || name.starts_with("DATASOURCE::");
    if !official || resource_type.retired || resource_type.properties_unknown || library.catalog.is_own(name)
    {
        return None;
    }
    let site = library.doc(Doc::new(
        "https://www.alibabacloud.com/help/en",
        "https://help.aliyun.com/zh",
    ));
    let page = name.replace("::", "-").to_lowercase();
    Some(format!("{site}/ros/developer-reference/{page}"))
}

fn link(library: Library<'_>, url: &str) -> String {
    format!("[{}]({url})", library.doc(words::DOCUMENTATION))
}

/// The type's name, and the path of a property of `owner` from there downwards.
fn place<'o>(owner: &'o str, property: &Property) -> (&'o str, String) {
    match owner.split_once('.') {
        Some((type_name, above)) => (type_name, format!("{above}.{}", property.name)),
        None => (owner, property.name.clone()),
    }
}

/// Words and facts of a property.
fn about(card: &mut Card<'_>, library: Library<'_>, property: &Property, owner: &str, listed: Nested) {
    let (type_name, path) = place(owner, property);
    card.text(&prose::description(library, type_name, &path).unwrap_or_default());
    let meaning = |value: &str| prose::meaning(library, type_name, &path, value);
    constraints(card, library, property, &|label| label.to_owned(), &meaning);
    if let Some(item) = &property.item {
        let label = |label: &str| library.fill(words::ITEM, &[&label.to_lowercase()]);
        constraints(card, library, item, &label, &meaning);
    }
    neighbours(card, library, property);
    if let Some(constraint) = prose::constraint(library, type_name, &path, property) {
        let lines: Vec<&str> = constraint
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        // Lists, tables and code begin on a line of their own.
        let apart = if lines.len() > 1 { "\n  " } else { "" };
        card.line(
            library.doc(words::VALIDITY),
            &format!("{apart}{}", lines.join("\n  ")),
        );
    }
    nested(card, library, &property.properties, listed);
}

fn nested(card: &mut Card<'_>, library: Library<'_>, properties: &[Property], listed: Nested) {
    if listed == Nested::Elsewhere {
        return;
    }
    let (required, optional): (Vec<&Property>, Vec<&Property>) =
        properties.iter().partition(|nested| nested.required);
    for (label, properties) in [
        (words::REQUIRED_NAMES, required),
        (words::OPTIONAL_NAMES, optional),
    ] {
        card.names(
            library.doc(label),
            properties.iter().map(|nested| nested.name.as_str()),
        );
    }
}

fn constraints(
    card: &mut Card<'_>,
    library: Library<'_>,
    property: &Property,
    label: &dyn Fn(&str) -> String,
    meaning: &dyn Fn(&str) -> Option<String>,
) {
    let label = |word: Doc| label(library.doc(word));
    if let Some(default) = &property.default {
        card.line(&label(words::DEFAULT), &code(default));
    }
    let values = spellings(&property.values, property.default.as_deref());
    let values: Vec<_> = values.into_iter().map(|value| (value, meaning(value))).collect();
    card.explained_names(&label(words::VALUES), &values);
    match (range(library, property.min, property.max), &property.unit) {
        (Some(range), Some(unit)) => card.line(&label(words::RANGE), &format!("{range} {unit}")),
        (Some(range), None) => card.line(&label(words::RANGE), &range),
        (None, Some(unit)) => card.line(&label(words::UNIT), unit),
        (None, None) => {}
    }
    if let Some(length) = range(library, property.min_length, property.max_length) {
        let unit = match property.kind {
            ValueKind::List | ValueKind::Map => words::ITEMS,
            _ => words::CHARACTERS,
        };
        card.line(&label(words::LENGTH), &library.fill(unit, &[&length]));
    }
    if let Some(regex) = &property.pattern {
        let in_words = pattern::in_words(library, regex);
        let in_words = in_words.map_or(String::new(), |words| format!(": {words}"));
        card.line(&label(words::PATTERN), &format!("{}{in_words}", code(regex)));
    }
    if !property.bad_starts.is_empty() {
        let starts = either(library, &property.bad_starts);
        card.line(&label(words::RULE), &library.fill(words::NO_START, &[&starts]));
    }
}

/// What the property has to do with others beside it.
fn neighbours(card: &mut Card<'_>, library: Library<'_>, property: &Property) {
    if !property.required_if.is_empty() {
        let conditions = property.required_if.iter().map(|condition| {
            let values = either(library, &condition.values);
            library.fill(words::IS, &[&code(&condition.property), &values])
        });
        let conditions = conditions.collect::<Vec<_>>().join(library.doc(words::OR));
        card.line(
            library.doc(words::RULE),
            &library.fill(words::REQUIRED_IF, &[&conditions]),
        );
    }
    if !property.not_with.is_empty() {
        let others = either(library, &property.not_with);
        card.line(
            library.doc(words::RULE),
            &library.fill(words::NOT_WITH, &[&others]),
        );
    }
}

fn either(library: Library<'_>, names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| code(name)).collect();
    names.join(library.doc(words::OR))
}

pub(super) fn range<T: Display + PartialEq>(
    library: Library<'_>,
    least: Option<T>,
    most: Option<T>,
) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) if least == most => Some(least.to_string()),
        (Some(least), Some(most)) => {
            Some(library.fill(words::BETWEEN, &[&least.to_string(), &most.to_string()]))
        }
        (Some(least), None) => Some(library.fill(words::AT_LEAST, &[&least.to_string()])),
        (None, Some(most)) => Some(library.fill(words::AT_MOST, &[&most.to_string()])),
        (None, None) => None,
    }
}
