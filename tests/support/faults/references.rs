//! Names that nothing declares, attributes that a resource has not, rings, dependencies and counts.

use super::case::{Case, Mutation};
use super::places::{call, literal};
use super::words::{other_case, typo};
use super::{Kind, kind};
use ros_lsp::syntax::{Entry, Node};
use ros_lsp::template::Call;

pub(super) fn kinds() -> Vec<Kind> {
    let mut all = names();
    all.extend(attributes_of_resources());
    all.extend(mappings());
    all.extend(conditions());
    all.extend(dependencies());
    all.extend(counts());
    all
}

fn names() -> Vec<Kind> {
    let refs = |case: &Case, pseudo: bool, change: fn(&str) -> String| -> Vec<Mutation> {
        let calls = case.calls("Ref").into_iter();
        calls
            .filter(|call| {
                let name = call.argument.literal().unwrap_or_default();
                name.starts_with("ALIYUN::") == pseudo && !declared(case, &change(&name))
            })
            .filter_map(|call| case.changed_argument(&call, change))
            .collect()
    };
    vec![
        kind("`Ref` misspelt", move |case| refs(case, false, typo)),
        kind("`Ref` to a name in the wrong case", move |case| {
            refs(case, false, other_case)
        }),
        kind("`Ref` to nothing known", move |case| {
            refs(case, false, |_| "NoSuchName".to_owned())
        }),
        kind("pseudo parameter misspelt", move |case| refs(case, true, typo)),
        kind("pseudo parameter in lower case", move |case| {
            refs(case, true, |name| name.to_lowercase())
        }),
        kind("pseudo parameter of another cloud", move |case| {
            refs(case, true, |_| "AWS::Region".to_owned())
        }),
        kind("`Ref` to a condition", |case| ref_to(case, "Conditions")),
        kind("`Ref` to a mapping", |case| ref_to(case, "Mappings")),
        kind("`Ref` to an output", |case| ref_to(case, "Outputs")),
        kind("`Ref` to an attribute", |case| {
            let calls = case.calls("Ref").into_iter();
            calls
                .filter(|call| {
                    let name = call.argument.literal().unwrap_or_default();
                    case.root()
                        .get("Resources")
                        .and_then(|all| all.get(&name))
                        .is_some()
                })
                .filter_map(|call| case.changed_argument(&call, |name| format!("{name}.Name")))
                .collect()
        }),
        kind("variable of `Fn::Sub` misspelt", |case| {
            let calls = case.calls("Fn::Sub").into_iter();
            calls
                .filter(|call| call.argument.node.is_scalar())
                .flat_map(|call| variables(case, &call, typo))
                .collect()
        }),
        kind("variable of `Fn::Sub` in the wrong case", |case| {
            let calls = case.calls("Fn::Sub").into_iter();
            calls
                .filter(|call| call.argument.node.is_scalar())
                .flat_map(|call| variables(case, &call, other_case))
                .collect()
        }),
        kind("undefined variable of `Fn::Sub`, new", |case| {
            case.as_output(r#"{"Fn::Sub": "a-${NoSuchName}"}"#)
        }),
        kind("undefined variable of `Fn::Sub` with a map", |case| {
            case.as_output(r#"{"Fn::Sub": ["a-${NoSuchName}", {"Name": "x"}]}"#)
        }),
        kind("`${}` in `Fn::Sub` without a name", |case| {
            case.as_output(r#"{"Fn::Sub": "a-${}"}"#)
        }),
    ]
}

/// Whether a parameter, resource or local has this name.
fn declared(case: &Case, name: &str) -> bool {
    ["Parameters", "Resources", "Locals"]
        .iter()
        .any(|section| case.root().get(section).and_then(|all| all.get(name)).is_some())
}

fn ref_to(case: &Case, section: &str) -> Vec<Mutation> {
    let names = case.root().get(section).into_iter().flat_map(Node::entries);
    let only_there: Vec<_> = names
        .filter_map(|entry| entry.key.text())
        .filter(|name| !declared(case, name))
        .collect();
    let Some(name) = only_there.first() else {
        return Vec::new();
    };
    case.as_output(&format!("{{\"Ref\": \"{name}\"}}"))
}

/// Each `${Name}` of a text on one line, with the name changed.
fn variables(case: &Case, call: &Call<'_>, change: impl Fn(&str) -> String) -> Vec<Mutation> {
    let content = call.argument.node.content_range().as_usize();
    let text = &case.text[content.clone()];
    let mut all = Vec::new();
    for (at, _) in text.match_indices("${") {
        let name = text[at + 2..].split('}').next().unwrap_or_default();
        let wrong = change(name);
        if name.len() > 3 && name.chars().all(char::is_alphanumeric) && !declared(case, &wrong) {
            let start = content.start + at + 2;
            // A block scalar's finding may stand at its header.
            all.push(case.replace(start..start + name.len(), &wrong));
        }
    }
    all
}

fn attributes_of_resources() -> Vec<Kind> {
    let getatt = |case: &Case, item: usize, change: fn(&str) -> String| -> Vec<Mutation> {
        let calls = case.calls("Fn::GetAtt").into_iter();
        calls
            .filter_map(|call| {
                let resource = call.argument.item(0)?.literal()?;
                let of = case.root().get("Resources")?.get(&resource)?.get("Type");
                let of = super::places::resource_type(&literal(of)?)?;
                let node = call.argument.item(item)?.node;
                let name = node.text()?;
                let wrong = change(&name);
                let known = of.attribute(&wrong).is_some() || declared(case, &wrong);
                let closed = !of.attributes.is_empty() && !name.contains('.');
                (closed && !known && wrong != name)
                    .then(|| case.replace(node.content_range().as_usize(), &wrong))
            })
            .collect()
    };
    vec![
        kind("attribute of a resource misspelt", move |case| {
            getatt(case, 1, typo)
        }),
        kind("attribute of a resource in the wrong case", move |case| {
            getatt(case, 1, other_case)
        }),
        kind("attribute that the resource has not", move |case| {
            getatt(case, 1, |_| "Zweck".to_owned())
        }),
        kind("resource of `Fn::GetAtt` misspelt", move |case| {
            getatt(case, 0, typo)
        }),
        kind("resource of `Fn::GetAtt` in the wrong case", move |case| {
            getatt(case, 0, other_case)
        }),
        kind("`Fn::GetAtt` of a parameter", |case| {
            let parameters = case.entries("Parameters");
            let Some(name) = parameters.first().and_then(|entry| entry.key.text()) else {
                return Vec::new();
            };
            case.as_output(&format!("{{\"Fn::GetAtt\": [\"{name}\", \"Name\"]}}"))
        }),
        kind("attribute in `Fn::Sub` misspelt", |case| {
            let resources = case.resources().into_iter();
            let mut known = resources.filter(|entry| {
                let of = literal(entry.value.get("Type")).and_then(|of| super::places::resource_type(&of));
                of.is_some_and(|of| !of.attributes.is_empty())
            });
            let Some(name) = known.next().and_then(|entry| entry.key.text()) else {
                return Vec::new();
            };
            case.as_output(&format!("{{\"Fn::Sub\": \"a-${{{name}.Zweck}}\"}}"))
        }),
    ]
}

fn mappings() -> Vec<Kind> {
    let find = |case: &Case, item: usize| -> Vec<Mutation> {
        let calls = case.calls("Fn::FindInMap").into_iter();
        calls
            .filter_map(|call| {
                let found = call.argument.item(item)?;
                found.literal()?;
                Some(case.replace(found.node.content_range().as_usize(), "NoSuchName"))
            })
            .collect()
    };
    let shape = |case: &Case, json: &str| -> Vec<Mutation> {
        case.insert_into("Mappings", "FaultyMapping", json)
            .into_iter()
            .collect()
    };
    vec![
        kind("mapping of `Fn::FindInMap` unknown", move |case| find(case, 0)),
        kind("first key of `Fn::FindInMap` unknown", move |case| find(case, 1)),
        kind("second key of `Fn::FindInMap` unknown", move |case| find(case, 2)),
        kind("function in a mapping", move |case| {
            shape(case, r#"{"a": {"b": {"Ref": "ALIYUN::Region"}}}"#)
        }),
        kind("mapping of one level", move |case| shape(case, r#"{"a": "b"}"#)),
        kind("mapping of three levels", move |case| {
            shape(case, r#"{"a": {"b": {"c": "d"}}}"#)
        }),
    ]
}

fn conditions() -> Vec<Kind> {
    let of = |section: &'static str| {
        move |case: &Case| -> Vec<Mutation> {
            let found = case.attributes(section, "Condition").into_iter();
            found
                .filter(|(_, entry)| literal(Some(entry.value)).is_some())
                .map(|(_, entry)| case.set(entry, "\"NoSuchCondition\""))
                .collect()
        }
    };
    vec![
        kind("condition of a resource unknown", of("Resources")),
        kind("condition of an output unknown", of("Outputs")),
        kind("condition of a resource unknown, new", |case| {
            let all = case.resources().into_iter();
            all.filter(|entry| entry.value.get("Condition").is_none())
                .filter_map(|entry| case.insert(entry.value, "Condition", "\"NoSuchCondition\""))
                .collect()
        }),
        kind("condition of a resource misspelt", |case| {
            let found = case.attributes("Resources", "Condition").into_iter();
            found
                .filter_map(|(_, entry)| {
                    let name = literal(Some(entry.value))?;
                    Some(case.set(entry, &format!("\"{}\"", typo(&name))))
                })
                .collect()
        }),
        kind("condition of `Fn::If` unknown", |case| {
            let calls = case.calls("Fn::If").into_iter();
            calls
                .filter_map(|call| {
                    let name = call.argument.item(0)?;
                    name.literal()?;
                    Some(case.replace(name.node.content_range().as_usize(), "NoSuchCondition"))
                })
                .collect()
        }),
        kind("condition inside a condition unknown", |case| {
            case.as_condition(r#"{"Fn::Not": "NoSuchCondition"}"#)
        }),
        kind("condition inside `Fn::And` unknown", |case| {
            case.as_condition(r#"{"Fn::And": ["NoSuchCondition", {"Fn::Equals": [1, 1]}]}"#)
        }),
        kind("condition of itself", |case| {
            case.as_condition(r#"{"Fn::Not": "FaultyCondition"}"#)
        }),
        kind("condition that refers to a resource", |case| {
            let resources = case.resources();
            let Some(name) = resources.first().and_then(|entry| entry.key.text()) else {
                return Vec::new();
            };
            case.as_condition(&format!(r#"{{"Fn::Equals": [{{"Ref": "{name}"}}, "x"]}}"#))
        }),
        kind("condition that reads an attribute", |case| {
            let resources = case.resources();
            let Some(name) = resources.first().and_then(|entry| entry.key.text()) else {
                return Vec::new();
            };
            case.as_condition(&format!(
                r#"{{"Fn::Equals": [{{"Fn::GetAtt": ["{name}", "Name"]}}, "x"]}}"#
            ))
        }),
        kind("condition that refers to nothing known", |case| {
            case.as_condition(r#"{"Fn::Equals": [{"Ref": "NoSuchName"}, "x"]}"#)
        }),
        kind("condition that is a text", |case| case.as_condition("\"x\"")),
        kind("condition that is a plain map", |case| {
            case.as_condition(r#"{"x": "y"}"#)
        }),
        kind("condition that is a boolean", |case| case.as_condition("true")),
        kind("condition that joins texts", |case| {
            case.as_condition(r#"{"Fn::Join": ["-", ["a", "b"]]}"#)
        }),
        kind("condition with `Fn::Sub`", |case| {
            case.as_condition(r#"{"Fn::Equals": [{"Fn::Sub": "a"}, "x"]}"#)
        }),
    ]
}

fn dependencies() -> Vec<Kind> {
    let existing = |case: &Case, change: fn(&str) -> String| -> Vec<Mutation> {
        let found = case.attributes("Resources", "DependsOn").into_iter();
        let names = found.flat_map(|(_, entry)| match entry.value.is_scalar() {
            true => vec![entry.value],
            false => entry.value.items().collect(),
        });
        names
            .filter(|node| {
                call(*node).is_none() && !declared(case, &change(&node.text().unwrap_or_default()))
            })
            .filter(|node| node.is_scalar())
            .map(|node| {
                let name = change(&node.text().unwrap_or_default());
                case.replace(node.content_range().as_usize(), &name)
            })
            .collect()
    };
    vec![
        kind("dependency misspelt", move |case| existing(case, typo)),
        kind("dependency in the wrong case", move |case| {
            existing(case, other_case)
        }),
        kind("dependency on nothing known", |case| {
            new_dependency(case, |_| Some("\"NoSuchName\"".to_owned()))
        }),
        kind("dependency on itself", |case| {
            new_dependency(case, |entry| Some(format!("\"{}\"", entry.key.text()?)))
        }),
        kind("dependency on a parameter", |case| {
            let parameters = case.entries("Parameters");
            let name = parameters.first().and_then(|entry| entry.key.text());
            new_dependency(case, |_| Some(format!("\"{}\"", name.as_deref()?)))
        }),
        kind("dependency on a function", |case| {
            new_dependency(case, |_| Some(r#"{"Ref": "ALIYUN::StackName"}"#.to_owned()))
        }),
        kind("`Ref` to itself", |case| {
            let all = case.given().into_iter().filter(|given| given.top);
            all.filter(|given| given.property.kind == ros_lsp::catalog::ValueKind::String)
                .filter_map(|given| {
                    let name = given.resource.key.text()?;
                    let fault = case.set(given.entry, &format!("{{\"Ref\": \"{name}\"}}"));
                    Some(fault.blaming(given.resource.key))
                })
                .collect()
        }),
    ]
}

fn new_dependency(case: &Case, name: impl Fn(&Entry<'_>) -> Option<String>) -> Vec<Mutation> {
    let all = case.resources().into_iter();
    all.filter(|entry| entry.value.get("DependsOn").is_none())
        .filter_map(|entry| case.insert(entry.value, "DependsOn", &name(&entry)?))
        .collect()
}

fn counts() -> Vec<Kind> {
    const WRONG: [(&str, &str); 9] = [
        ("negative", "-1"),
        ("a word", "\"two\""),
        ("a fraction", "1.5"),
        ("a list", "[2]"),
        ("an attribute", r#"{"Fn::GetAtt": ["NoSuchName", "Name"]}"#),
        ("a text with variables", r#"{"Fn::Sub": "2"}"#),
        ("of nothing known", r#"{"Ref": "NoSuchName"}"#),
        ("a comparison", r#"{"Fn::Equals": [1, 1]}"#),
        ("empty", "null"),
    ];
    let mut all: Vec<Kind> = WRONG
        .iter()
        .map(|(what, json)| {
            // A resource of its own: what refers to a counted one means something else.
            let counted = format!(r#"{{"Type": "ALIYUN::ROS::WaitConditionHandle", "Count": {json}}}"#);
            kind(&format!("count {what}"), move |case| {
                let inserted = case.insert_into("Resources", "FaultyResource", &counted);
                inserted.into_iter().collect()
            })
        })
        .collect();
    all.push(kind("index outside of a counted resource", |case| {
        case.as_output(r#"{"Ref": "ALIYUN::Index"}"#)
    }));
    for (what, json) in [
        ("in lower case", "\"retain\""),
        ("of no such value", "\"Keep\""),
        ("a boolean", "true"),
        ("an attribute", r#"{"Fn::GetAtt": ["NoSuchName", "Name"]}"#),
    ] {
        all.push(kind(&format!("deletion policy {what}, new"), move |case| {
            new_attribute(case, "DeletionPolicy", json)
        }));
    }
    all
}

fn new_attribute(case: &Case, name: &str, json: &str) -> Vec<Mutation> {
    let all = case.resources().into_iter();
    all.filter(|entry| {
        let of = literal(entry.value.get("Type")).unwrap_or_default();
        entry.value.get(name).is_none() && of.starts_with("ALIYUN::")
    })
    .filter_map(|entry| case.insert(entry.value, name, json))
    .collect()
}
