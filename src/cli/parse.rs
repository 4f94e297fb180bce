//! `ros-lsp parse`: the tree of a file as JSON, and the place of an offset in it.

use crate::syntax::cursor::{CursorRole, Step};
use crate::syntax::{Format, Kind, Node, parse as parse_text};
use serde_json::{Value, json};

/// Every mapping entry at any depth: `{"path": […], "key": [start, end], "value": [start, end], "kind": …}` with byte
/// offsets; with `at`, the cursor's place instead: `{"path": […], "role": "key" or "value"}`.
pub fn parse(text: &str, format: Format, at: Option<u32>) -> Value {
    let tree = parse_text(text, format);
    if let Some(offset) = at {
        let cursor = tree.cursor(offset.min(tree.len()));
        let path: Vec<Value> = cursor.path.iter().map(step).collect();
        let role = match cursor.role {
            CursorRole::Key => "key",
            CursorRole::Value => "value",
        };
        return json!({"path": path, "role": role});
    }
    let mut entries = Vec::new();
    if let Some(root) = tree.root() {
        collect(root, &mut Vec::new(), &mut entries);
    }
    Value::Array(entries)
}

fn step(step: &Step) -> Value {
    match step {
        Step::Key(key) => key.as_str().into(),
        Step::Index(index) => (*index).into(),
    }
}

fn collect(node: Node<'_>, path: &mut Vec<Value>, entries: &mut Vec<Value>) {
    for entry in node.entries() {
        path.push(entry.key.text().unwrap_or_default().into());
        let (key, value) = (entry.key.range(), entry.value.range());
        let kind = match entry.value.kind() {
            Kind::Mapping => "mapping",
            Kind::Sequence => "sequence",
            Kind::Scalar | Kind::Alias => "scalar",
            Kind::Empty => "empty",
        };
        entries.push(json!({
            "path": path.clone(), "key": [key.start, key.end], "value": [value.start, value.end], "kind": kind,
        }));
        collect(entry.value, path, entries);
        path.pop();
    }
    for (index, item) in node.items().enumerate() {
        path.push(index.into());
        collect(item, path, entries);
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_with_their_bytes() {
        let expected = json!([
            {"path": ["A"], "key": [0, 1], "value": [3, 15], "kind": "sequence"},
            {"path": ["A", 0, "甲"], "key": [5, 8], "value": [10, 10], "kind": "empty"},
        ]);
        assert_eq!(parse("A: [{甲: }, 1]\n", Format::Yaml, None), expected);
        let json = parse("{\"A\": [{\"甲\": 1}]}", Format::Json, None);
        assert_eq!(
            json[1],
            json!({"path": ["A", 0, "甲"], "key": [8, 13], "value": [15, 16], "kind": "scalar"})
        );
    }

    #[test]
    fn place_of_an_offset() {
        assert_eq!(
            parse("A:\n  B: c\n", Format::Yaml, Some(9)),
            json!({"path": ["A", "B"], "role": "value"})
        );
        assert_eq!(
            parse("{\"A\": {\"B", Format::Json, Some(9)),
            json!({"path": ["A"], "role": "key"})
        );
        assert_eq!(
            parse("", Format::Yaml, Some(99)),
            json!({"path": [], "role": "key"})
        );
    }
}
