//! The YAML parser against an independent strict one, on real templates.

mod support;

use ros_lsp::syntax::{Format, Kind, Node, Tree, parse};
use saphyr_parser::{Event, Parser, ScalarStyle};

/// One leaf or empty collection: path and value.
type Leaf = (String, String);

#[test]
fn real_templates_read_as_the_oracle_reads_them() {
    let Some(corpus) = support::corpus("real_templates_read_as_the_oracle_reads_them") else {
        return;
    };
    let mut wrong = Vec::new();
    for (name, text) in &corpus {
        for (variant, text) in [("", text.clone()), (" with CRLF", text.replace('\n', "\r\n"))] {
            let tree = parse(&text, Format::Yaml);
            assert_eq!(tree.text(), text, "{name}: the chunks join to the text");
            let errors: Vec<_> = tree.errors().collect();
            if !errors.is_empty() {
                let line = text[..errors[0].range.start as usize].matches('\n').count() + 1;
                wrong.push(format!("{name}{variant}:{line} {:?}", errors[0]));
                continue;
            }
            let (ours, theirs) = (leaves(&tree), oracle(&text));
            if let Some((mine, other)) = ours.iter().zip(&theirs).find(|(mine, other)| mine != other) {
                wrong.push(format!("{name}{variant}: {mine:?} is {other:?}"));
            } else if ours.len() != theirs.len() {
                wrong.push(format!(
                    "{name}{variant}: {} leaves, not {}",
                    ours.len(),
                    theirs.len()
                ));
            }
        }
    }
    println!("{} templates, {} differ", corpus.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn leaves(tree: &Tree) -> Vec<Leaf> {
    let mut out = Vec::new();
    if let Some(root) = tree.root() {
        walk(root, String::new(), &mut out);
    }
    out
}

fn walk(node: Node<'_>, path: String, out: &mut Vec<Leaf>) {
    match node.kind() {
        Kind::Mapping => {
            out.push((path.clone(), format!("map of {}", node.entries().count())));
            for entry in node.entries() {
                let key = entry.key.text().unwrap_or_default();
                walk(entry.value, format!("{path}/{key}"), out);
            }
        }
        Kind::Sequence => {
            out.push((path.clone(), format!("list of {}", node.items().count())));
            for (index, item) in node.items().enumerate() {
                walk(item, format!("{path}/{index}"), out);
            }
        }
        Kind::Scalar | Kind::Empty => out.push((path, node.text().unwrap_or_default().into_owned())),
        Kind::Alias => out.push((path, node.source().to_owned())),
    }
}

#[derive(Debug)]
enum Value {
    Map(Vec<(Value, Value)>),
    List(Vec<Value>),
    Text(String),
}

fn oracle(text: &str) -> Vec<Leaf> {
    let mut events = Vec::new();
    for event in Parser::new_from_str(text) {
        events.push(event.expect("the oracle reads the template").0);
    }
    let mut at = 0;
    while matches!(events[at], Event::StreamStart | Event::DocumentStart(_)) {
        at += 1;
    }
    let value = build(&events, &mut at, !text.ends_with('\n'));
    let mut out = Vec::new();
    flatten(&value, String::new(), &mut out);
    out
}

fn build(events: &[Event<'_>], at: &mut usize, no_final_break: bool) -> Value {
    let event = &events[*at];
    *at += 1;
    match event {
        Event::Scalar(text, style, ..) => {
            // The oracle adds a line break to a block scalar that ends with the text; the service's loader does not.
            let last = events[*at..]
                .iter()
                .all(|event| !matches!(event, Event::Scalar(..)));
            let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
            let text = if last && block && no_final_break {
                text.trim_end_matches('\n')
            } else {
                text
            };
            Value::Text(text.to_owned())
        }
        Event::Alias(_) => Value::Text("*".into()),
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            while events[*at] != Event::SequenceEnd {
                items.push(build(events, at, no_final_break));
            }
            *at += 1;
            Value::List(items)
        }
        Event::MappingStart(..) => {
            let mut entries = Vec::new();
            while events[*at] != Event::MappingEnd {
                let key = build(events, at, no_final_break);
                entries.push((key, build(events, at, no_final_break)));
            }
            *at += 1;
            Value::Map(entries)
        }
        other => panic!("unexpected {other:?}"),
    }
}

fn flatten(value: &Value, path: String, out: &mut Vec<Leaf>) {
    match value {
        Value::Map(entries) => {
            out.push((path.clone(), format!("map of {}", entries.len())));
            for (key, value) in entries {
                let Value::Text(key) = key else {
                    panic!("a key that is no text")
                };
                flatten(value, format!("{path}/{key}"), out);
            }
        }
        Value::List(items) => {
            out.push((path.clone(), format!("list of {}", items.len())));
            for (index, item) in items.iter().enumerate() {
                flatten(item, format!("{path}/{index}"), out);
            }
        }
        // An unquoted null reads as `~` there.
        Value::Text(text) => out.push((path, if text == "~" { String::new() } else { text.clone() })),
    }
}
