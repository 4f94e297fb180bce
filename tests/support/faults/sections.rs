//! Sections: misspelt, foreign, twice, in one another; version and transform; entries at the wrong level.

use super::case::{Case, Mutation};
use super::places::{blame_resource, literal};
use super::words::{other_case, typo};
use super::{Kind, kind, yaml};
use ros_lsp::syntax::{Entry, Node, Style};

const SECTIONS: [&str; 5] = ["Parameters", "Resources", "Outputs", "Conditions", "Mappings"];

pub(super) fn kinds() -> Vec<Kind> {
    let mut all = names();
    all.extend(version());
    all.extend(transform());
    all.extend(levels());
    all.extend(indentation());
    all
}

fn names() -> Vec<Kind> {
    let renamed = |section: &'static str, change: fn(&str) -> String| {
        move |case: &Case| -> Vec<Mutation> {
            let found = case.root().entry(section).into_iter();
            found.map(|entry| case.rename(entry, &change(section))).collect()
        }
    };
    let mut all = Vec::new();
    for section in SECTIONS {
        all.push(kind(
            &format!("section {section} misspelt"),
            renamed(section, typo),
        ));
        all.push(kind(
            &format!("section {section} in the wrong case"),
            renamed(section, other_case),
        ));
        all.push(kind(
            &format!("section {section} in the singular"),
            renamed(section, |name| name[..name.len() - 1].to_owned()),
        ));
        all.push(kind(&format!("section {section} twice"), move |case| {
            let Some(entry) = case.root().entry(section) else {
                return Vec::new();
            };
            let inserted = case.insert(case.root(), section, "{}");
            inserted
                .into_iter()
                .map(|fault| fault.blaming(entry.key))
                .collect()
        }));
    }
    for section in ["Resources", "Parameters", "Outputs", "Conditions"] {
        all.push(kind(&format!("entry of {section} twice"), move |case| {
            let entries = case.entries(section).into_iter();
            let first = entries.take(20);
            first
                .filter_map(|entry| {
                    let map = case.root().get(section)?;
                    let text = ros_lsp::template::json_form::to_json(entry.value).replace('\n', " ");
                    let fault = case.insert(map, &entry.key.text()?, &text)?;
                    Some(fault.blaming(entry.key))
                })
                .collect()
        }));
    }
    all.push(kind("section that is none", |case| {
        case.insert(case.root(), "Zweck", "\"x\"").into_iter().collect()
    }));
    all.push(kind("section of another cloud", |case| {
        case.insert(case.root(), "AWSTemplateFormatVersion", "\"2010-09-09\"")
            .into_iter()
            .collect()
    }));
    all.push(kind("resource among the sections", |case| {
        case.insert(
            case.root(),
            "FaultyResource",
            r#"{"Type": "ALIYUN::ROS::WaitConditionHandle"}"#,
        )
        .into_iter()
        .collect()
    }));
    all.push(kind("resource with a slash in its name", |case| {
        case.insert_into(
            "Resources",
            "Faulty/Name",
            r#"{"Type": "ALIYUN::ROS::WaitConditionHandle"}"#,
        )
        .into_iter()
        .collect()
    }));
    all
}

fn version() -> Vec<Kind> {
    const WRONG: [(&str, &str); 5] = [
        ("of another cloud", "\"2010-09-09\""),
        ("with slashes", "\"2015/09/01\""),
        ("a number", "2015"),
        ("a list", "[\"2015-09-01\"]"),
        ("null", "null"),
    ];
    let mut all: Vec<Kind> = WRONG
        .iter()
        .map(|(what, json)| {
            kind(&format!("version {what}"), move |case| {
                let found = case.root().entry("ROSTemplateFormatVersion").into_iter();
                found.map(|entry| case.set(entry, json)).collect()
            })
        })
        .collect();
    all.push(kind("version misspelt", |case| {
        let found = case.root().entry("ROSTemplateFormatVersion").into_iter();
        found
            .map(|entry| case.rename(entry, "ROSTemplateFormatVersoin"))
            .collect()
    }));
    all.push(kind("version missing", |case| {
        let Some(entry) = case.root().entry("ROSTemplateFormatVersion") else {
            return Vec::new();
        };
        let others = case
            .root()
            .entries()
            .filter(|other| other.key.range() != entry.key.range());
        let removed = case.remove(case.root(), entry).into_iter();
        let first = others.take(1).next();
        removed
            .map(|fault| match first {
                Some(first) => fault.blaming(first.key).blaming_start(case.root()),
                None => fault,
            })
            .collect()
    }));
    all.push(kind("version that is not a key", |case| {
        let found = case.root().entry("ROSTemplateFormatVersion").into_iter();
        found.map(|entry| case.empty(entry)).collect()
    }));
    all
}

fn transform() -> Vec<Kind> {
    const WRONG: [(&str, &str); 4] = [
        ("of no such value", "\"Zweck\""),
        ("in lower case", "\"aliyun::serverless-2018-04-03\""),
        ("of another cloud", "\"AWS::Serverless-2016-10-31\""),
        ("a map", "{\"Name\": \"x\"}"),
    ];
    let mut all: Vec<Kind> = WRONG
        .iter()
        .map(|(what, json)| {
            kind(&format!("transform {what}"), move |case| {
                if case.root().get("Transform").is_some() {
                    return Vec::new();
                }
                let inserted = case.insert(case.root(), "Transform", json);
                inserted.into_iter().collect()
            })
        })
        .collect();
    all.push(kind("workspace without transform", |case| {
        if case.root().get("Transform").is_some() {
            return Vec::new();
        }
        case.insert(case.root(), "Workspace", r#"{"main.tf": "x"}"#)
            .into_iter()
            .collect()
    }));
    all.push(kind("workspace file of an absolute path", |case| {
        if case.root().get("Workspace").is_none() {
            return Vec::new();
        }
        case.insert_into("Workspace", "/tmp/main.tf", "\"x\"")
            .into_iter()
            .collect()
    }));
    all
}

/// Entries that stand one level too high or too deep.
fn levels() -> Vec<Kind> {
    vec![
        kind("property beside `Type`", |case| moved_up(case, false)),
        kind("required property beside `Type`", |case| moved_up(case, true)),
        kind("`DependsOn` below `Properties`", |case| {
            below_properties(case, "DependsOn")
        }),
        kind("`DeletionPolicy` below `Properties`", |case| {
            below_properties(case, "DeletionPolicy")
        }),
        kind("`Condition` below `Properties`", |case| {
            below_properties(case, "Condition")
        }),
        kind("`Outputs` among the resources", |case| {
            case.insert_into("Resources", "Outputs", r#"{"A": {"Value": "x"}}"#)
                .into_iter()
                .collect()
        }),
        kind("`Parameters` among the resources", |case| {
            case.insert_into("Resources", "Parameters", r#"{"A": {"Type": "String"}}"#)
                .into_iter()
                .collect()
        }),
        kind("`Conditions` among the parameters", |case| {
            case.insert_into("Parameters", "Conditions", r#"{"A": {"Fn::Equals": [1, 1]}}"#)
                .into_iter()
                .collect()
        }),
        kind("`Resources` among the parameters", |case| {
            case.insert_into(
                "Parameters",
                "Resources",
                r#"{"A": {"Type": "ALIYUN::ROS::WaitConditionHandle"}}"#,
            )
            .into_iter()
            .collect()
        }),
        kind("resource among the outputs", |case| {
            case.insert_into(
                "Outputs",
                "FaultyName",
                r#"{"Type": "ALIYUN::ROS::WaitConditionHandle"}"#,
            )
            .into_iter()
            .collect()
        }),
        kind("parameter among the resources", |case| {
            case.insert_into("Resources", "FaultyName", r#"{"Type": "String", "Default": "x"}"#)
                .into_iter()
                .collect()
        }),
    ]
}

/// A property taken out of `Properties` and put beside it.
fn moved_up(case: &Case, required: bool) -> Vec<Mutation> {
    let all = case.given().into_iter();
    all.filter(|given| given.top && given.property.required == required)
        // The name of an attribute of resources means that attribute.
        .filter(|given| ros_lsp::language::attribute::resource(&given.property.name).is_none())
        .filter_map(|given| {
            let removed = case.remove(given.mapping, given.entry)?;
            let json = ros_lsp::template::json_form::to_json(given.entry.value).replace('\n', " ");
            let inserted = case.insert(given.resource.value, &given.property.name, &json)?;
            Some(blame_resource(inserted, given.resource).with(removed))
        })
        .collect()
}

fn below_properties(case: &Case, name: &'static str) -> Vec<Mutation> {
    let found = case.attributes("Resources", "Properties").into_iter();
    found
        .filter(|(resource, properties)| {
            let of = literal(resource.value.get("Type")).and_then(|of| super::places::resource_type(&of));
            let known = of.is_some_and(|of| of.property(name).is_none());
            known && properties.value.is_mapping()
        })
        .filter_map(|(_, properties)| case.insert(properties.value, name, "\"Retain\""))
        .collect()
}

/// Whole blocks of YAML with another indentation.
fn indentation() -> Vec<Kind> {
    vec![
        yaml("section indented into the one above", |case| {
            let sections: Vec<_> = case.root().entries().collect();
            let pairs = sections.windows(2);
            pairs
                .filter(|pair| {
                    pair[0].key.text().is_some_and(|name| SECTIONS.contains(&&*name))
                        && is_block(pair[0].value)
                })
                .filter(|pair| pair[1].key.text().is_some_and(|name| SECTIONS.contains(&&*name)))
                .map(|pair| shifted(case, pair[1], column_of(case, pair[0].value.entries().next()), 0))
                .collect()
        }),
        yaml("resource indented as a section", |case| {
            let entries = case.resources().into_iter().skip(1);
            entries
                .filter(|entry| is_block(entry.value))
                .map(|entry| {
                    let column = column_of(case, Some(entry));
                    shifted(case, entry, 0, column)
                })
                .collect()
        }),
        yaml("parameter's attributes indented as parameters", |case| {
            let entries = case.entries("Parameters").into_iter();
            entries
                .filter(|entry| is_block(entry.value))
                .filter_map(|entry| {
                    let inside: Vec<_> = entry.value.entries().collect();
                    let last = *inside.last().filter(|_| inside.len() > 1)?;
                    let (from, to) = (column_of(case, Some(last)), column_of(case, Some(entry)));
                    last.value.is_scalar().then(|| shifted(case, last, to, from))
                })
                .collect()
        }),
        yaml("`Type` of a resource indented as a resource", |case| {
            let found = case.attributes("Resources", "Type").into_iter();
            found
                .filter(|(owner, _)| is_block(owner.value))
                .map(|(owner, entry)| {
                    let (from, to) = (column_of(case, Some(entry)), column_of(case, Some(owner)));
                    blame_resource(shifted(case, entry, to, from), owner)
                })
                .collect()
        }),
        yaml("property indented one blank too deep", |case| {
            let given = case.given().into_iter();
            given
                .filter(|given| given.top && given.entry.value.is_scalar() && is_block(given.mapping))
                .filter(|given| {
                    given
                        .mapping
                        .entries()
                        .next()
                        .is_some_and(|first| first.key != given.entry.key)
                })
                .map(|given| {
                    let at = given.entry.key.range().start as usize;
                    let fault = case.replace(at..at, " ");
                    // The line above is the one that goes on.
                    let before = case.text[..at].rfind('\n').unwrap_or(0);
                    fault.blaming_offset(before).blaming(given.entry.key)
                })
                .collect()
        }),
        yaml("property indented one blank too little", |case| {
            let given = case.given().into_iter();
            given
                .filter(|given| given.top && given.entry.value.is_scalar() && is_block(given.mapping))
                .filter(|given| {
                    given
                        .mapping
                        .entries()
                        .next()
                        .is_some_and(|first| first.key != given.entry.key)
                })
                .filter(|given| case.text[..given.entry.key.range().start as usize].ends_with(' '))
                .map(|given| {
                    let at = given.entry.key.range().start as usize;
                    case.replace(at - 1..at, "").blaming(given.entry.key)
                })
                .collect()
        }),
        yaml("`Properties` indented as a resource", |case| {
            let found = case.attributes("Resources", "Properties").into_iter();
            found
                .filter(|(owner, entry)| is_block(owner.value) && is_block(entry.value))
                .map(|(owner, entry)| {
                    let (from, to) = (column_of(case, Some(entry)), column_of(case, Some(owner)));
                    blame_resource(shifted(case, entry, to, from), owner)
                })
                .collect()
        }),
    ]
}

fn is_block(node: Node<'_>) -> bool {
    node.style() == Style::Block && node.is_mapping()
}

/// Blanks before the entry's key on its line.
fn column_of(case: &Case, entry: Option<Entry<'_>>) -> usize {
    let Some(entry) = entry else { return 2 };
    let at = entry.key.range().start as usize;
    at - case.text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// All lines of an entry at another column; only its first line is blamed.
fn shifted(case: &Case, entry: Entry<'_>, to: usize, from: usize) -> Mutation {
    let start = entry.key.range().start as usize;
    let end = entry.range().end as usize;
    let line_start = case.text[..start].rfind('\n').map_or(0, |end| end + 1);
    let lines = case.text[line_start..end].split('\n');
    let moved: Vec<String> = lines
        .map(|line| {
            let blanks = line.len() - line.trim_start_matches(' ').len();
            if line.trim().is_empty() || blanks < from {
                line.to_owned()
            } else {
                format!("{}{}", " ".repeat(blanks - from + to), &line[blanks..])
            }
        })
        .collect();
    case.replace(line_start..end, &moved.join("\n"))
        .blaming_only(entry.key)
}
