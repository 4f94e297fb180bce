//! What holds for any text at all, template or not: used by the tests and by the fuzz targets.

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::document::Document;
use ros_lsp::rules::{self, Analysis};
use ros_lsp::syntax::{Format, Tree, parse};
use ros_lsp::text::buffer::{Buffer, Change};
use ros_lsp::text::line_index::Encoding;
use ros_lsp::text::patch::Patch;

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

/// A document while it is edited, with the findings that are kept from version to version.
pub(crate) struct Edited {
    pub(crate) buffer: Buffer,
    document: Document,
    analysis: Analysis,
}

impl Edited {
    pub(crate) fn new(text: &str, format: Format) -> Self {
        let document = Document::new(text, format);
        Edited {
            buffer: Buffer::new(text),
            analysis: Analysis::of(&document, Catalog::embedded()),
            document,
        }
    }

    /// Takes the changes of one notification. The result must equal a document that is made anew; answers with the share
    /// of the chunks that was read again.
    pub(crate) fn apply(&mut self, changes: &[Change]) -> f64 {
        let (catalog, config) = (Catalog::embedded(), Config::default());
        let before = self.buffer.text();
        let patch = Patch::of(&self.buffer.apply(changes, Encoding::Utf16));
        let (edited, changed) = self.document.edited(&self.buffer, &patch);
        let anew = Document::new(&self.buffer.text(), self.document.format());
        let fail = |what: String| -> ! {
            panic!("{:?} {before:?}\n changed by {changes:?}\n {what}", anew.format());
        };
        if let Some(what) = difference(&edited, &anew) {
            fail(what);
        }
        self.analysis = self.analysis.edited(&edited, catalog, &changed);
        let found = self.analysis.findings(&edited, catalog, &config);
        let expected = rules::check(&anew, catalog, &config);
        if found != expected {
            let lost: Vec<_> = expected
                .iter()
                .filter(|finding| !found.contains(finding))
                .collect();
            let more: Vec<_> = found
                .iter()
                .filter(|finding| !expected.contains(finding))
                .collect();
            fail(format!("findings lost: {lost:#?}\n too many: {more:#?}"));
        }
        let fresh: usize = changed.splices.iter().map(|splice| splice.new.len()).sum();
        self.document = edited;
        fresh as f64 / self.document.tree.chunk_count().max(1) as f64
    }
}

/// What the two documents differ in, if they do.
fn difference(edited: &Document, anew: &Document) -> Option<String> {
    let (one, other) = (&edited.tree, &anew.tree);
    if one.text() != other.text() {
        return Some("text".into());
    }
    for (index, (one, other)) in one.chunks().zip(other.chunks()).enumerate() {
        if one != other {
            return Some(format!("chunk {index}:\n{one:#?}\nanew:\n{other:#?}"));
        }
    }
    if one.chunk_count() != other.chunk_count() || one.document_end() != other.document_end() {
        let counts = (one.chunk_count(), other.chunk_count());
        return Some(format!("{} chunks, anew {}", counts.0, counts.1));
    }
    if !one.errors().eq(other.errors()) {
        return Some("errors".into());
    }
    let facts = edited.model.chunks().zip(anew.model.chunks());
    for (index, (one, other)) in facts.enumerate() {
        if one != other {
            return Some(format!("facts of chunk {index}:\n{one:#?}\nanew:\n{other:#?}"));
        }
    }
    let names = || format!("{:#?}\nanew:\n{:#?}", edited.model.names(), anew.model.names());
    (edited.model != anew.model).then(|| format!("names or uses:\n{}", names()))
}

/// Edits out of any bytes: the first says the format, NUL ends the text; then each edit is a place and a length (two
/// bytes each, little end first) and the new text up to the next NUL.
pub(crate) fn check_edits(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let format = if first % 2 == 0 {
        Format::Yaml
    } else {
        Format::Json
    };
    let mut pieces = rest.splitn(2, |byte| *byte == 0);
    let text = String::from_utf8_lossy(pieces.next().unwrap_or_default());
    let mut edited = Edited::new(&text, format);
    let mut rest = pieces.next().unwrap_or_default();
    while let [a, b, c, d, behind @ ..] = rest {
        let end = behind.iter().position(|byte| *byte == 0).unwrap_or(behind.len());
        let length = edited.buffer.len() + 1;
        let start = u32::from(u16::from_le_bytes([*a, *b])) % length;
        let until = (start + u32::from(u16::from_le_bytes([*c, *d])) % 64).min(length - 1);
        let at = |offset: u32| edited.buffer.position(offset, Encoding::Utf16);
        let change = Change {
            range: Some((at(start), at(until))),
            text: String::from_utf8_lossy(&behind[..end]).into_owned(),
        };
        edited.apply(&[change]);
        rest = behind.get(end + 1..).unwrap_or_default();
    }
}
