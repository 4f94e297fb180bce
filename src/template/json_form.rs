//! A template written as JSON: the same meaning, short tags in their long form.

use super::call::Value;
use crate::syntax::{Kind, Node, scalar_type::Typed};

/// The node as pretty-printed JSON. Duplicate keys stay, aliases become strings, comments are lost.
pub fn to_json(node: Node<'_>) -> String {
    let mut out = String::new();
    write_value(&mut out, node.into(), 0);
    out
}

fn write_value(out: &mut String, value: Value<'_>, depth: usize) {
    if let Some(call) = value.call()
        && call.node.tag().is_some()
    {
        out.push_str("{\n");
        indent(out, depth + 1);
        out.push_str(&quoted(&call.name));
        out.push_str(": ");
        if call.is("Fn::GetAtt")
            && let Some(text) = call.argument.literal()
            && let Some((resource, attribute)) = split_get_att(&text)
        {
            out.push_str(&format!("[{}, {}]", quoted(resource), quoted(attribute)));
        } else {
            write_value(out, call.argument, depth + 1);
        }
        out.push('\n');
        indent(out, depth);
        out.push('}');
        return;
    }
    let node = value.node;
    match node.kind() {
        Kind::Mapping => {
            let entries: Vec<_> = node.entries().collect();
            write_list(out, ('{', '}'), depth, &entries, |out, entry| {
                out.push_str(&quoted(&entry.key.text().unwrap_or_default()));
                out.push_str(": ");
                write_value(out, entry.value.into(), depth + 1);
            });
        }
        Kind::Sequence => {
            let items: Vec<_> = node.items().collect();
            write_list(out, ('[', ']'), depth, &items, |out, item| {
                write_value(out, (*item).into(), depth + 1)
            });
        }
        Kind::Scalar | Kind::Empty | Kind::Alias => out.push_str(&scalar(node)),
    }
}

fn write_list<T>(
    out: &mut String,
    brackets: (char, char),
    depth: usize,
    all: &[T],
    mut write: impl FnMut(&mut String, &T),
) {
    out.push(brackets.0);
    for (index, one) in all.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        indent(out, depth + 1);
        write(out, one);
    }
    if !all.is_empty() {
        out.push('\n');
        indent(out, depth);
    }
    out.push(brackets.1);
}

fn indent(out: &mut String, depth: usize) {
    out.push_str(&"  ".repeat(depth));
}

fn scalar(node: Node<'_>) -> String {
    match node.typed() {
        Some(Typed::Null) => "null".into(),
        Some(Typed::Bool(value)) => value.to_string(),
        Some(Typed::Int(value)) => value.to_string(),
        Some(Typed::Float(value)) => {
            serde_json::Number::from_f64(value).map_or_else(|| quoted(node.source()), |n| n.to_string())
        }
        Some(Typed::Timestamp | Typed::String) => quoted(&node.text().unwrap_or_default()),
        None => quoted(node.source()),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn split_get_att(text: &str) -> Option<(&str, &str)> {
    let dot = super::facts::attribute_dot(text)?;
    Some((&text[..dot], &text[dot + 1..]))
}
