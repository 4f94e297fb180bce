//! What holds for any text at all, template or not: used by the tests and by the fuzz targets.

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::document::Document;
use ros_lsp::rules;
use ros_lsp::syntax::{Format, Tree, parse};

/// The chunks join to the text; nodes and errors stand on characters of their chunk; no subtrees cross.
pub(crate) fn check_tree(text: &str, format: Format) {
    check_parsed(&parse(text, format), text);
}

/// The same for a tree that is there already.
pub(crate) fn check_parsed(tree: &Tree, text: &str) {
    let start: String = text.chars().take(300).collect();
    assert!(tree.text() == text, "the chunks don't join to {start:?}");
    for chunk in tree.chunks() {
        let holds = |start: u32, end: u32| chunk.text.get(start as usize..end as usize).is_some();
        let all = chunk.nodes.iter().all(|node| holds(node.start, node.end));
        assert!(all, "a node outside of its chunk in {start:?}");
        let mut ends = vec![chunk.nodes.len()];
        for (at, node) in chunk.nodes.iter().enumerate() {
            let next = node.next as usize;
            while ends.last().is_some_and(|end| *end <= at) {
                ends.pop();
            }
            assert!(
                next > at && ends.last().is_none_or(|end| next <= *end),
                "subtrees cross in {start:?}"
            );
            ends.push(next);
        }
        let bad = chunk
            .errors
            .iter()
            .find(|error| !holds(error.range.start, error.range.end));
        assert!(bad.is_none(), "{bad:?} outside of its chunk in {start:?}");
    }
}

/// The same, and that nothing panics: the place of each offset, the facts of the document, the rules, whose findings
/// stand inside of the text.
pub(crate) fn check_document(text: &str, format: Format) {
    let document = Document::new(text, format);
    check_parsed(&document.tree, text);
    let step = 1 + text.len() / 200;
    for offset in (0..=text.len())
        .step_by(step)
        .filter(|offset| text.is_char_boundary(*offset))
    {
        let cursor = document.tree.cursor(offset as u32);
        drop(cursor.node.map(|node| node.text()));
    }
    for finding in rules::check(&document, Catalog::embedded(), &Config::default()) {
        let range = finding.range.as_usize();
        assert!(text.get(range.clone()).is_some(), "{} at {range:?}", finding.id);
    }
}
