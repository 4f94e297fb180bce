//! What `saphyr-parser`, an independent strict parser, says of a YAML text, in a form to compare our trees with.

use ros_lsp::syntax::{Kind, Node, Tree};
use saphyr_parser::{Event, Parser, ScalarStyle};

/// One leaf or collection: path and value.
pub(crate) type Leaf = (String, String);

/// What our tree says.
pub(crate) fn leaves(tree: &Tree) -> Vec<Leaf> {
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
                let key = match entry.key.kind() {
                    Kind::Alias => "*".into(),
                    _ => entry.key.text().unwrap_or_default(),
                };
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
        Kind::Alias => out.push((path, "*".to_owned())),
    }
}

#[derive(Debug)]
enum Value {
    Map(Vec<(Value, Value)>),
    List(Vec<Value>),
    Text(String),
}

/// What the oracle says of the first document, or why it refuses the text.
pub(crate) fn oracle(text: &str) -> Result<Vec<Leaf>, String> {
    let mut events = Vec::new();
    for event in Parser::new_from_str(text) {
        events.push(event.map_err(|error| error.to_string())?.0);
    }
    let mut at = 0;
    while matches!(events[at], Event::StreamStart | Event::DocumentStart(_)) {
        at += 1;
    }
    if events[at] == Event::StreamEnd {
        return Ok(Vec::new());
    }
    let value = build(&events, &mut at, !text.ends_with('\n'));
    let mut out = Vec::new();
    flatten(&value, String::new(), &mut out);
    Ok(out)
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
                let key = match key {
                    Value::Text(key) if key == "~" => "",
                    Value::Text(key) => key,
                    _ => "",
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
