//! What a document says, apart from the place of the cursor: nothing of it may change when an item is accepted.

use ros_lsp::document::Document;
use ros_lsp::syntax::{Kind, Node};
use ros_lsp::template::json_form::to_json;
use ros_lsp::text::TextRange;

/// The whole meaning, function calls in one form.
pub(crate) fn meaning(document: &Document) -> String {
    let json = document.tree.root().map_or_else(String::new, to_json);
    // Lists of one line and of several say the same.
    json.lines()
        .map(str::trim)
        .collect::<String>()
        .replace("\", \"", "\",\"")
}

/// Every scalar outside `edited` in text order, with the keys and tags on the way to it. Keys and tags that touch
/// `edited` are left out of ways, scalars that do are left out.
pub(crate) fn leaves(document: &Document, edited: TextRange) -> Vec<String> {
    let mut leaves = Vec::new();
    if let Some(root) = document.tree.root() {
        collect(root, "", edited, &mut leaves);
    }
    leaves
}

fn collect(node: Node<'_>, way: &str, edited: TextRange, leaves: &mut Vec<String>) {
    let touches = |range: TextRange| range.start <= edited.end && edited.start <= range.end;
    let mut way = way.to_owned();
    if let Some(tag) = node.tag().filter(|_| !node.tag_range().is_some_and(touches)) {
        way.push_str(tag);
    }
    match node.kind() {
        Kind::Mapping => {
            for entry in node.entries() {
                let key = entry.key;
                let step = match touches(key.range()) {
                    true => String::new(),
                    false => key.text().unwrap_or_default().into_owned(),
                };
                if !touches(key.range()) {
                    leaves.push(format!("{way}/{step}:"));
                }
                collect(entry.value, &format!("{way}/{step}"), edited, leaves);
            }
        }
        Kind::Sequence => {
            for item in node.items() {
                collect(item, &format!("{way}/*"), edited, leaves);
            }
        }
        Kind::Scalar | Kind::Alias if !touches(node.range()) => {
            leaves.push(format!("{way}={}", node.text().unwrap_or_default()));
        }
        Kind::Scalar | Kind::Alias | Kind::Empty => {}
    }
}

/// The first of `part` that is not in `whole` in its turn.
pub(crate) fn lost<'p>(part: &'p [String], whole: &[String]) -> Option<&'p String> {
    let mut whole = whole.iter();
    part.iter().find(|wanted| !whole.any(|have| have == *wanted))
}
