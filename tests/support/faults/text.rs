//! Faults of the text itself: characters that look right and are not, punctuation of YAML and JSON.

use super::case::{Case, Mutation};
use super::places::{Given, is_written_out};
use super::{Kind, json, kind, yaml};
use ros_lsp::syntax::{Node, Style};

pub(super) fn kinds() -> Vec<Kind> {
    let mut all = colons();
    all.extend(invisible());
    all.extend(quotes());
    all.extend(json_punctuation());
    all.extend(yaml_punctuation());
    all
}

/// Properties of one line each: the value is a scalar without quotes.
fn one_line<'c>(case: &'c Case) -> Vec<Given<'c>> {
    let mut all = case.given();
    all.retain(|given| {
        let value = given.entry.value;
        value.is_scalar() && is_written_out(value) && !case.text[value.range().as_usize()].contains('\n')
    });
    all
}

fn colon(case: &Case, key: Node<'_>) -> usize {
    let end = key.range().end as usize;
    case.text[end..].find(':').map_or(end, |ahead| end + ahead)
}

fn colons() -> Vec<Kind> {
    let at_colon = |case: &Case, nested: bool, text: &str, with_blank: bool| -> Vec<Mutation> {
        let lines = one_line(case).into_iter().filter(|given| given.top != nested);
        lines
            .filter(|given| given.entry.value.style() == Style::Plain || !case.is_yaml())
            .map(|given| {
                let colon = colon(case, given.entry.key);
                let end = if with_blank {
                    given.entry.value.range().start as usize
                } else {
                    colon + 1
                };
                case.replace(colon..end, text)
            })
            .collect()
    };
    vec![
        yaml("no blank behind the colon", move |case| {
            at_colon(case, false, ":", true)
        }),
        yaml("no blank behind the colon, nested", move |case| {
            at_colon(case, true, ":", true)
        }),
        kind("full-width colon", move |case| at_colon(case, false, "：", false)),
        yaml("full-width colon without blank", move |case| {
            at_colon(case, false, "：", true)
        }),
        kind("no colon", move |case| at_colon(case, false, "", false)),
        kind("equals sign for the colon", move |case| {
            at_colon(case, false, "=", false)
        }),
        kind("semicolon for the colon", move |case| {
            at_colon(case, false, ";", false)
        }),
        yaml("no blank behind the colon of `Type`", |case| {
            let found = case.attributes("Resources", "Type").into_iter();
            found
                .filter(|(_, entry)| entry.value.style() == Style::Plain)
                .map(|(owner, entry)| {
                    let fault = case.replace(colon(case, entry.key)..entry.value.range().start as usize, ":");
                    super::places::blame_resource(fault, owner)
                })
                .collect()
        }),
        yaml("no colon behind a section", |case| {
            let sections = case.root().entries().filter(|entry| entry.value.is_mapping());
            sections
                .map(|entry| {
                    let colon = colon(case, entry.key);
                    case.replace(colon..colon + 1, "").blaming(entry.key)
                })
                .collect()
        }),
        yaml("no colon behind a resource", |case| {
            let all = case.resources().into_iter();
            all.map(|entry| {
                let colon = colon(case, entry.key);
                let fault = case.replace(colon..colon + 1, "").blaming(entry.key);
                match entry.value.entries().next() {
                    Some(first) => fault.blaming(first.key),
                    None => fault,
                }
            })
            .collect()
        }),
        yaml("full-width colon behind a resource", |case| {
            let all = case.resources().into_iter();
            all.map(|entry| {
                let colon = colon(case, entry.key);
                let fault = case.replace(colon..colon + 1, "：").blaming(entry.key);
                match entry.value.entries().next() {
                    Some(first) => fault.blaming(first.key),
                    None => fault,
                }
            })
            .collect()
        }),
    ]
}

fn invisible() -> Vec<Kind> {
    let key = |character: &'static str| {
        move |case: &Case| -> Vec<Mutation> {
            let all = one_line(case).into_iter();
            all.map(|given| {
                let range = given.entry.key.content_range().as_usize();
                case.replace(range.end..range.end, character)
            })
            .collect()
        }
    };
    let type_name = |character: &'static str| {
        move |case: &Case| -> Vec<Mutation> {
            let all = case.attributes("Resources", "Type").into_iter();
            all.filter(|(_, entry)| is_written_out(entry.value))
                .map(|(_, entry)| {
                    let end = entry.value.content_range().end as usize;
                    case.replace(end..end, character)
                })
                .collect()
        }
    };
    let reference = |character: &'static str| {
        move |case: &Case| -> Vec<Mutation> {
            let calls = case.calls("Ref").into_iter();
            calls
                .filter_map(|call| case.changed_argument(&call, |name| format!("{name}{character}")))
                .collect()
        }
    };
    vec![
        kind("zero-width space in a key", key("\u{200b}")),
        kind("no-break space behind a key", key("\u{a0}")),
        kind("zero-width joiner in a key", key("\u{200d}")),
        kind("zero-width space in a type", type_name("\u{200b}")),
        kind("no-break space in a type", type_name("\u{a0}")),
        kind("byte order mark in a type", type_name("\u{feff}")),
        kind("zero-width space in a reference", reference("\u{200b}")),
        kind("blank behind a quoted reference", |case| {
            let calls = case.calls("Ref").into_iter();
            calls
                .filter_map(|call| {
                    let name = call.argument.literal()?;
                    Some(case.replace(call.argument.node.range().as_usize(), &format!("\"{name} \"")))
                })
                .collect()
        }),
        yaml("no-break space as indentation", |case| {
            let all = one_line(case).into_iter();
            all.filter(|given| given.mapping.style() == Style::Block)
                .filter_map(|given| {
                    let at = given.entry.key.range().start as usize;
                    case.text[..at]
                        .ends_with("  ")
                        .then(|| case.replace(at - 2..at, "\u{a0}\u{a0}"))
                })
                .collect()
        }),
        yaml("no-break space behind the colon", |case| {
            let all = one_line(case).into_iter();
            all.filter(|given| given.entry.value.style() == Style::Plain)
                .map(|given| {
                    let colon = colon(case, given.entry.key);
                    case.replace(colon + 1..given.entry.value.range().start as usize, "\u{a0}")
                })
                .collect()
        }),
        yaml("full-width blank as indentation", |case| {
            let all = one_line(case).into_iter();
            all.filter(|given| given.mapping.style() == Style::Block)
                .filter_map(|given| {
                    let at = given.entry.key.range().start as usize;
                    case.text[..at]
                        .ends_with("  ")
                        .then(|| case.replace(at - 2..at, "\u{3000}"))
                })
                .collect()
        }),
        yaml("tab as indentation", |case| {
            let all = one_line(case).into_iter();
            all.filter(|given| given.mapping.style() == Style::Block)
                .filter_map(|given| {
                    let at = given.entry.key.range().start as usize;
                    let start = case.text[..at].rfind('\n')? + 1;
                    case.text[start..at]
                        .trim()
                        .is_empty()
                        .then(|| case.replace(start..at, "\t\t"))
                })
                .collect()
        }),
    ]
}

fn quotes() -> Vec<Kind> {
    let typed = |before: &'static str, behind: &'static str| {
        move |case: &Case| -> Vec<Mutation> {
            let found = case.attributes("Resources", "Type").into_iter();
            found
                .filter(|(_, entry)| is_written_out(entry.value))
                .map(|(_, entry)| {
                    let name = entry.value.text().unwrap_or_default();
                    case.replace(entry.value.range().as_usize(), &format!("{before}{name}{behind}"))
                })
                .collect()
        }
    };
    let version = |before: &'static str, behind: &'static str| {
        move |case: &Case| -> Vec<Mutation> {
            let found = case.root().entry("ROSTemplateFormatVersion").into_iter();
            found
                .map(|entry| {
                    case.replace(
                        entry.value.range().as_usize(),
                        &format!("{before}2015-09-01{behind}"),
                    )
                })
                .collect()
        }
    };
    vec![
        kind("curly quotes around a type", typed("“", "”")),
        kind("curly single quotes around a type", typed("‘", "’")),
        kind("curly quotes around the version", version("“", "”")),
        kind("quote that is not closed", typed("\"", "")),
        yaml("single quote that is not closed", typed("'", "")),
        kind("quote that is not opened", typed("", "\"")),
        kind("text behind a closed quote", typed("\"", "\" x")),
        json("value without quotes", typed("", "")),
        json("value in single quotes", typed("'", "'")),
    ]
}

fn json_punctuation() -> Vec<Kind> {
    let behind_value = |from: &'static str, text: &'static str| {
        move |case: &Case| -> Vec<Mutation> {
            let all = one_line(case).into_iter();
            all.filter_map(|given| {
                let end = given.entry.range().end as usize;
                let fault = case.text[end..]
                    .starts_with(from)
                    .then(|| case.replace(end..end + from.len(), text))?;
                // Missing punctuation may be told where the next entry begins.
                let next = case.text[end..].find('"').map_or(end, |ahead| end + ahead);
                Some(fault.blaming(given.entry.value).blaming_offset(next))
            })
            .collect()
        }
    };
    let value = |text: &'static str| {
        move |case: &Case| -> Vec<Mutation> {
            let all = one_line(case).into_iter();
            all.map(|given| case.replace(given.entry.value.range().as_usize(), text))
                .collect()
        }
    };
    vec![
        json("comma missing", behind_value(",", "")),
        json("two commas", behind_value(",", ",,")),
        json("full-width comma", behind_value(",", "，")),
        json("semicolon for a comma", behind_value(",", ";")),
        json("comma before a closing bracket", behind_value("\n", ",\n")),
        json("Python's True", value("True")),
        json("undefined", value("undefined")),
        json("number with a leading zero", value("08")),
        json("number that is none", value("NaN")),
        json("hexadecimal number", value("0x1F")),
        json("key without quotes", |case| {
            let all = one_line(case).into_iter();
            all.map(|given| {
                let name = given.entry.key.text().unwrap_or_default();
                case.replace(given.entry.key.range().as_usize(), &name)
            })
            .collect()
        }),
        json("key in single quotes", |case| {
            let all = one_line(case).into_iter();
            all.map(|given| {
                let name = given.entry.key.text().unwrap_or_default();
                case.replace(given.entry.key.range().as_usize(), &format!("'{name}'"))
            })
            .collect()
        }),
        json("hash before a comment", |case| {
            let all = one_line(case).into_iter();
            all.map(|given| {
                let at = given.entry.key.range().start as usize;
                case.replace(at..at, "# x\n")
            })
            .collect()
        }),
        json("closing brace missing at the end", |case| {
            let text = case.text.trim_end();
            let at = text.len() - 1;
            let before = text[..at].trim_end().len();
            vec![
                case.replace(at..at + 1, "")
                    .blaming_offset(before)
                    .blaming_offset(0),
            ]
        }),
        json("one brace more at the end", |case| {
            let at = case.text.trim_end().len();
            vec![case.replace(at..at, "}")]
        }),
        json("bad escape in a text", |case| {
            let all = one_line(case).into_iter();
            all.filter(|given| given.entry.value.source().starts_with('"'))
                .map(|given| {
                    let at = given.entry.value.content_range().start as usize;
                    case.replace(at..at, "\\d")
                })
                .collect()
        }),
    ]
}

fn yaml_punctuation() -> Vec<Kind> {
    let value = |text: &'static str| {
        move |case: &Case| -> Vec<Mutation> {
            let all = one_line(case).into_iter();
            let block = all.filter(|given| given.mapping.style() == Style::Block);
            block
                .map(|given| {
                    let fault = case.replace(given.entry.value.range().as_usize(), text);
                    fault.blaming_offset(given.entry.range().end as usize + 1)
                })
                .collect()
        }
    };
    vec![
        yaml("bracket that is not closed", value("[a, b")),
        yaml("brace that is not closed", value("{a: b")),
        yaml("bracket that is not opened", value("a]: b: c")),
        yaml("two colons in a line", value("a: b: c")),
        yaml("value that begins with an at sign", value("@a")),
        yaml("value that begins with a backtick", value("`a`")),
        yaml("value that begins with a percent sign", value("%a")),
        yaml("value that begins with an asterisk", value("*a")),
        yaml("anchor without value, used", value("*NoSuchAnchor")),
        yaml("bad escape in double quotes", value("\"a\\d\"")),
        yaml("item without blank behind its dash", |case| {
            let lists = case.literal(&[ros_lsp::catalog::ValueKind::List]).into_iter();
            lists
                .filter(|given| given.entry.value.style() == Style::Block)
                .flat_map(|given| given.entry.value.items().collect::<Vec<_>>())
                .filter(|item| item.is_scalar() && item.tag().is_none())
                .filter_map(|item| {
                    let at = item.range().start as usize;
                    case.text[..at]
                        .ends_with("- ")
                        .then(|| case.replace(at - 1..at, "").blaming_start(item))
                })
                .collect()
        }),
    ]
}
