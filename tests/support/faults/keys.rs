//! Misspelt, foreign, missing and repeated keys at every level.

use super::case::{Case, Mutation};
use super::places::{Given, blame_resource, is_written_out};
use super::words::{other_case, typo, with_underscores};
use super::{Kind, kind};
use ros_lsp::syntax::{Entry, Node};

pub(super) fn kinds() -> Vec<Kind> {
    let mut all = properties();
    all.extend(attributes());
    all.extend(metadata());
    all
}

fn properties() -> Vec<Kind> {
    let renamed = |top: bool, required: bool, change: fn(&str) -> String| {
        move |case: &Case| {
            rename(case, change, move |given| {
                given.top == top && given.property.required == required
            })
        }
    };
    vec![
        kind("property misspelt", renamed(true, false, typo)),
        kind("property misspelt, required", renamed(true, true, typo)),
        kind("property misspelt, nested", renamed(false, false, typo)),
        kind(
            "property misspelt, nested and required",
            renamed(false, true, typo),
        ),
        kind("property in the wrong case", renamed(true, false, other_case)),
        kind(
            "property in the wrong case, required",
            renamed(true, true, other_case),
        ),
        kind(
            "property in the wrong case, nested",
            renamed(false, false, other_case),
        ),
        kind(
            "property with underscores",
            renamed(true, false, with_underscores),
        ),
        kind(
            "property with underscores, nested",
            renamed(false, false, with_underscores),
        ),
        kind(
            "property in capitals",
            renamed(true, false, |name| name.to_uppercase()),
        ),
        kind("property of no type", |case| {
            let tops = case.given().into_iter().filter(|given| given.top);
            tops.filter_map(|given| case.insert(given.mapping, "Zweck", "\"x\""))
                .collect()
        }),
        kind("property of no type, nested", |case| {
            let nested = case.given().into_iter().filter(|given| !given.top);
            nested
                .filter_map(|given| case.insert(given.mapping, "Zweck", "\"x\""))
                .collect()
        }),
        kind("required property missing", |case| missing(case, true)),
        kind("required property missing, nested", |case| missing(case, false)),
        kind("property twice", |case| {
            let all = case.given().into_iter().filter(|given| given.top);
            all.filter_map(|given| {
                let name = given.entry.key.text()?;
                Some(
                    case.insert(given.mapping, &name, "\"x\"")?
                        .blaming(given.entry.key),
                )
            })
            .collect()
        }),
    ]
}

fn rename(case: &Case, change: fn(&str) -> String, takes: impl Fn(&Given<'_>) -> bool) -> Vec<Mutation> {
    let mut all = Vec::new();
    for given in case.given().into_iter().filter(takes) {
        let name = change(&given.property.name);
        let known = given.siblings.iter().any(|sibling| sibling.name == name);
        if !known && name != given.property.name {
            all.push(case.rename(given.entry, &name));
        }
    }
    all
}

fn missing(case: &Case, top: bool) -> Vec<Mutation> {
    let all = case.given().into_iter();
    all.filter(|given| given.top == top && given.property.required)
        .filter_map(|given| Some(given.blame_map(case.remove(given.mapping, given.entry)?)))
        .collect()
}

fn attributes() -> Vec<Kind> {
    let mut all = Vec::new();
    let places: [(&str, &[&str]); 3] = [
        (
            "Resources",
            &[
                "Type",
                "Properties",
                "DependsOn",
                "Condition",
                "DeletionPolicy",
                "Count",
            ],
        ),
        (
            "Parameters",
            &[
                "Type",
                "Default",
                "Description",
                "Label",
                "AllowedValues",
                "AllowedPattern",
                "ConstraintDescription",
                "MinLength",
                "MaxLength",
                "MinValue",
                "MaxValue",
                "NoEcho",
                "Confirm",
                "AssociationProperty",
                "AssociationPropertyMetadata",
            ],
        ),
        ("Outputs", &["Value", "Description", "Condition", "Label"]),
    ];
    for (section, names) in places {
        for name in names {
            let what = format!("`{name}` in {section}");
            all.push(kind(&format!("{what} misspelt"), move |case| {
                rename_attribute(case, section, name, typo)
            }));
            all.push(kind(&format!("{what} in the wrong case"), move |case| {
                rename_attribute(case, section, name, other_case)
            }));
        }
    }
    for (section, name) in [
        ("Resources", "Type"),
        ("Parameters", "Type"),
        ("Outputs", "Value"),
        ("Rules", "Assertions"),
        ("Locals", "Value"),
    ] {
        all.push(kind(&format!("`{name}` missing in {section}"), move |case| {
            let found = case.attributes(section, name).into_iter();
            found
                .filter_map(|(entry, attribute)| {
                    let removed = case.remove(entry.value, attribute)?.blaming(entry.key);
                    Some(blame_resource(removed, entry).blaming_start(entry.value))
                })
                .collect()
        }));
    }
    for section in ["Resources", "Parameters", "Outputs", "Locals", "Rules"] {
        all.push(kind(&format!("unknown attribute in {section}"), move |case| {
            inserted(case, case.entries(section), "Zweck", "\"x\"")
        }));
    }
    for (section, name, json) in [
        ("Resources", "Type", "\"ALIYUN::ECS::VPC\""),
        ("Parameters", "Type", "\"String\""),
        ("Parameters", "Default", "\"x\""),
        ("Outputs", "Value", "\"x\""),
    ] {
        all.push(kind(&format!("`{name}` twice in {section}"), move |case| {
            let found = case.attributes(section, name).into_iter();
            found
                .filter_map(|(entry, attribute)| {
                    Some(case.insert(entry.value, name, json)?.blaming(attribute.key))
                })
                .collect()
        }));
    }
    all
}

fn rename_attribute(case: &Case, section: &str, name: &str, change: fn(&str) -> String) -> Vec<Mutation> {
    let found = case.attributes(section, name).into_iter();
    found
        .map(|(entry, attribute)| blame_resource(case.rename(attribute, &change(name)), entry))
        .collect()
}

fn inserted(case: &Case, entries: Vec<Entry<'_>>, key: &str, json: &str) -> Vec<Mutation> {
    let all = entries.into_iter();
    all.filter_map(|entry| case.insert(entry.value, key, json))
        .collect()
}

/// `Metadata.ALIYUN::ROS::Interface`, and rules.
fn metadata() -> Vec<Kind> {
    vec![
        kind("`ALIYUN::ROS::Interface` misspelt", |case| {
            let found = interface(case).into_iter();
            found
                .map(|entry| case.rename(entry, "ALIYUN::ROS::Interfaces"))
                .collect()
        }),
        kind("`ParameterGroups` misspelt", |case| {
            interface_key(case, "ParameterGroups", |case, entry| {
                vec![case.rename(entry, "ParameterGroup")]
            })
        }),
        kind("key of a parameter group misspelt", |case| {
            interface_key(case, "ParameterGroups", |case, groups| {
                let groups = groups.value.items();
                let renamed = |group: Node<'_>| {
                    let fault = case.rename(group.entry("Parameters")?, "Paramters");
                    Some(fault.blaming_start(group))
                };
                groups.filter_map(renamed).collect()
            })
        }),
        kind("unknown parameter in a group", |case| {
            interface_key(case, "ParameterGroups", |case, groups| {
                let lists = groups.value.items().filter_map(|group| group.get("Parameters"));
                let members = lists
                    .flat_map(Node::items)
                    .filter(|item| is_written_out(*item) && item.is_scalar());
                members
                    .map(|item| case.replace(item.content_range().as_usize(), "NoSuchParameter"))
                    .collect()
            })
        }),
        kind("`ParameterGroups` is a map", |case| {
            interface_key(case, "ParameterGroups", |case, entry| {
                vec![case.set(entry, "{\"Parameters\": []}")]
            })
        }),
        kind("`Assert` misspelt", |case| {
            let all = assertions(case).into_iter();
            all.filter_map(|assertion| Some(case.rename(assertion.entry("Assert")?, "Asert")))
                .collect()
        }),
        kind("`Assert` missing", |case| {
            let all = assertions(case).into_iter();
            all.filter_map(|assertion| {
                let removed = case.remove(assertion, assertion.entry("Assert")?)?;
                Some(removed.blaming_start(assertion).blaming(assertion))
            })
            .collect()
        }),
        kind("`Assertions` misspelt", |case| {
            rename_attribute(case, "Rules", "Assertions", typo)
        }),
        kind("`RuleCondition` misspelt", |case| {
            rename_attribute(case, "Rules", "RuleCondition", typo)
        }),
        kind("`Value` of a local misspelt", |case| {
            rename_attribute(case, "Locals", "Value", typo)
        }),
    ]
}

fn interface(case: &Case) -> Option<Entry<'_>> {
    case.root().get("Metadata")?.entry("ALIYUN::ROS::Interface")
}

fn interface_key(
    case: &Case,
    key: &str,
    change: impl Fn(&Case, Entry<'_>) -> Vec<Mutation>,
) -> Vec<Mutation> {
    let entry = interface(case).and_then(|interface| interface.value.entry(key));
    entry.map(|entry| change(case, entry)).unwrap_or_default()
}

fn assertions(case: &Case) -> Vec<Node<'_>> {
    let lists = case.attributes("Rules", "Assertions").into_iter();
    lists
        .flat_map(|(_, list)| list.value.items())
        .filter(|item| item.is_mapping())
        .collect()
}
