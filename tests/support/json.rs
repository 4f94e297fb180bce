//! What our JSON tree says, as a value of `serde_json`.

use ros_lsp::syntax::{Kind, Node, Tree};
use serde_json::Value;

/// The document's value; of duplicate keys the last one counts.
pub(crate) fn read(tree: &Tree) -> Value {
    tree.root().map_or(Value::Null, value)
}

fn value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Mapping => {
            let entries = node.entries().map(|entry| {
                (
                    entry.key.text().unwrap_or_default().into_owned(),
                    value(entry.value),
                )
            });
            Value::Object(entries.collect())
        }
        Kind::Sequence => node.items().map(value).collect(),
        Kind::Scalar if node.source().starts_with('"') => Value::from(node.text().unwrap_or_default()),
        Kind::Scalar => serde_json::from_str(node.source()).unwrap_or(Value::Null),
        Kind::Empty | Kind::Alias => Value::Null,
    }
}
