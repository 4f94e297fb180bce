//! Values of the wrong kind and missing values.

use super::case::{Case, Mutation};
use super::places::is_written_out;
use super::{Kind, kind};
use ros_lsp::catalog::ValueKind;
use ros_lsp::syntax::Entry;

pub(super) fn kinds() -> Vec<Kind> {
    let mut all = properties();
    all.extend(empty());
    all.extend(attributes());
    all
}

fn properties() -> Vec<Kind> {
    use ValueKind::{Boolean, Integer, List, Map, Number, Object, String};
    const WRONG: [(&str, &[ValueKind], &str); 14] = [
        ("text is a list", &[String], "[\"x\"]"),
        ("text is a map", &[String], "{\"x\": \"y\"}"),
        ("number is a word", &[Integer, Number], "\"eight\""),
        ("number is a list", &[Integer, Number], "[5]"),
        ("number is a map", &[Integer, Number], "{\"x\": 5}"),
        ("integer has a fraction", &[Integer], "1.5"),
        ("number has a unit", &[Integer, Number], "\"5GB\""),
        ("boolean is a word", &[Boolean], "\"maybe\""),
        ("boolean is a list", &[Boolean], "[true]"),
        ("boolean is a number", &[Boolean], "7"),
        ("list is a text", &[List], "\"x\""),
        ("list is a map", &[List], "{\"x\": \"y\"}"),
        ("map is a text", &[Map, Object], "\"x\""),
        ("map is a list", &[Map, Object], "[\"x\"]"),
    ];
    let mut all = Vec::new();
    for (name, of, json) in WRONG {
        for (top, where_) in [(true, ""), (false, ", nested")] {
            all.push(kind(&format!("{name}{where_}"), move |case| {
                let places = case.literal(of).into_iter().filter(|given| given.top == top);
                places.map(|given| case.set(given.entry, json)).collect()
            }));
        }
    }
    all.push(kind("item of a list is a map", |case| {
        items(case, ValueKind::String, "{\"x\": \"y\"}")
    }));
    all.push(kind("item of a list is a list", |case| {
        items(case, ValueKind::String, "[\"x\"]")
    }));
    all.push(kind("item of a list is a text", |case| {
        items(case, ValueKind::Object, "\"x\"")
    }));
    all
}

fn items(case: &Case, of: ValueKind, json: &str) -> Vec<Mutation> {
    let lists = case.literal(&[ValueKind::List]).into_iter();
    lists
        .filter(|given| {
            let objects = !given.property.properties.is_empty();
            given.property.item_kind == Some(of) || of == ValueKind::Object && objects
        })
        .flat_map(|given| given.entry.value.items().map(move |item| (given, item)))
        .filter(|(_, item)| is_written_out(*item))
        .map(|(given, item)| case.put(item, json).blaming(given.entry.key))
        .collect()
}

fn empty() -> Vec<Kind> {
    vec![
        kind("required property empty", |case| {
            let given = case.given().into_iter();
            let places =
                given.filter(|given| given.property.required && given.top && !given.entry.value.is_empty());
            places
                .map(|given| given.blame_map(case.empty(given.entry)))
                .collect()
        }),
        kind("required property empty, nested", |case| {
            let given = case.given().into_iter();
            let places =
                given.filter(|given| given.property.required && !given.top && !given.entry.value.is_empty());
            places
                .map(|given| given.blame_map(case.empty(given.entry)))
                .collect()
        }),
        kind("required property null", |case| {
            let given = case.given().into_iter();
            let places = given.filter(|given| given.property.required && !given.entry.value.is_empty());
            places
                .map(|given| given.blame_map(case.set(given.entry, "null")))
                .collect()
        }),
        kind("`Properties` empty where some are required", |case| {
            let required = with_required(case).into_iter();
            required
                .map(|(resource, entry)| {
                    super::places::blame_resource(case.empty(entry), resource).blaming(resource.key)
                })
                .collect()
        }),
        kind("`Properties` without entries where some are required", |case| {
            let required = with_required(case).into_iter();
            required
                .map(|(resource, entry)| super::places::blame_resource(case.set(entry, "{}"), resource))
                .collect()
        }),
        kind("`Properties` missing where some are required", |case| {
            let required = with_required(case).into_iter();
            required
                .filter_map(|(resource, entry)| {
                    let removed = case.remove(resource.value, entry)?;
                    Some(super::places::blame_resource(removed, resource))
                })
                .collect()
        }),
    ]
}

/// Resources, with their `Properties`, whose types require properties.
fn with_required(case: &Case) -> Vec<(Entry<'_>, Entry<'_>)> {
    let all = case.attributes("Resources", "Properties").into_iter();
    all.filter(|(resource, _)| {
        let of = super::places::literal(resource.value.get("Type"))
            .and_then(|name| super::places::resource_type(&name));
        of.is_some_and(|of| of.properties.iter().any(|property| property.required))
    })
    .collect()
}

/// Section, attribute, values that it cannot have, each with a word for it.
type WrongValues = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

fn attributes() -> Vec<Kind> {
    const WRONG: [WrongValues; 17] = [
        (
            "Resources",
            "Type",
            &[("empty", ""), ("a list", "[\"x\"]"), ("a number", "5")],
        ),
        (
            "Resources",
            "Properties",
            &[("a text", "\"x\""), ("a list", "[\"x\"]")],
        ),
        (
            "Resources",
            "DependsOn",
            &[("a map", "{\"x\": \"y\"}"), ("a number", "5")],
        ),
        (
            "Resources",
            "Condition",
            &[("a list", "[\"x\"]"), ("empty", ""), ("a number", "5")],
        ),
        (
            "Resources",
            "DeletionPolicy",
            &[("a list", "[\"Retain\"]"), ("of no such value", "\"Keep\"")],
        ),
        ("Resources", "Metadata", &[("a text", "\"x\"")]),
        ("Parameters", "Type", &[("empty", ""), ("a list", "[\"String\"]")]),
        (
            "Parameters",
            "AllowedValues",
            &[
                ("a text", "\"x\""),
                ("a map", "{\"x\": \"y\"}"),
                ("without items", "[]"),
                ("empty", ""),
            ],
        ),
        (
            "Parameters",
            "AllowedPattern",
            &[("a list", "[\"x\"]"), ("a map", "{\"x\": \"y\"}")],
        ),
        (
            "Parameters",
            "MinLength",
            &[("a word", "\"eight\""), ("negative", "-1"), ("a list", "[1]")],
        ),
        (
            "Parameters",
            "MaxLength",
            &[("a word", "\"eight\""), ("negative", "-1")],
        ),
        (
            "Parameters",
            "MinValue",
            &[("a word", "\"eight\""), ("a list", "[1]")],
        ),
        (
            "Parameters",
            "MaxValue",
            &[("a word", "\"eight\""), ("a map", "{\"x\": 1}")],
        ),
        (
            "Parameters",
            "NoEcho",
            &[("a word", "\"sure\""), ("a list", "[true]")],
        ),
        (
            "Parameters",
            "AssociationPropertyMetadata",
            &[("a text", "\"x\""), ("a list", "[\"x\"]")],
        ),
        (
            "Parameters",
            "AssociationProperty",
            &[("a list", "[\"x\"]"), ("a map", "{\"x\": \"y\"}")],
        ),
        (
            "Outputs",
            "Condition",
            &[("a list", "[\"x\"]"), ("empty", ""), ("a map", "{\"x\": \"y\"}")],
        ),
    ];
    let mut all = Vec::new();
    for (section, name, values) in WRONG {
        for (what, json) in values {
            all.push(kind(&format!("`{name}` in {section} {what}"), move |case| {
                let found = case.attributes(section, name).into_iter();
                found
                    .map(|(owner, entry)| {
                        let set = if json.is_empty() {
                            case.empty(entry)
                        } else {
                            case.set(entry, json)
                        };
                        // Two bounds that don't fit each other are told at either.
                        let other = match name {
                            "MaxLength" => owner.value.entry("MinLength"),
                            "MinLength" => owner.value.entry("MaxLength"),
                            _ => None,
                        };
                        match other {
                            Some(other) => set.blaming(owner.key).blaming(other.key),
                            None => set.blaming(owner.key),
                        }
                    })
                    .collect()
            }));
        }
    }
    for section in [
        "Resources",
        "Parameters",
        "Outputs",
        "Mappings",
        "Conditions",
        "Locals",
        "Rules",
    ] {
        for (what, json) in [("a text", "\"x\""), ("a list", "[\"x\"]"), ("empty", "")] {
            let entry_of = move |case: &Case| {
                let found = case.entries(section).into_iter();
                let change = |entry| {
                    if json.is_empty() {
                        case.empty(entry)
                    } else {
                        case.set(entry, json)
                    }
                };
                found.map(change).collect()
            };
            all.push(kind(&format!("entry of {section} {what}"), entry_of));
        }
        for (what, json) in [("a text", "\"x\""), ("a list", "[\"x\"]")] {
            all.push(kind(&format!("section {section} {what}"), move |case| {
                let found = case.root().entry(section).into_iter();
                found.map(|entry| case.set(entry, json)).collect()
            }));
        }
    }
    all
}
