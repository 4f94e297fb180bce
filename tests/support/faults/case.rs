//! A template that faults are put into, and the edits that put them there: the same calls for YAML and JSON.

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::diagnostic::Diagnostic;
use ros_lsp::document::Document;
use ros_lsp::rules::check;
use ros_lsp::syntax::{Entry, Format, Node, Style, parse};
use ros_lsp::template::json_form::to_json;
use ros_lsp::text::TextRange;
use std::ops::Range;

/// One template in one format, with what is found in it before anything is wrong.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) document: Document,
    pub(crate) findings: Vec<Diagnostic>,
}

/// One fault: a text that differs from the template's, and where the fault must be found.
#[derive(Clone, Debug)]
pub(crate) struct Mutation {
    /// Replaced ranges of the template, in bytes, in order and apart from each other.
    edits: Vec<(Range<usize>, String)>,
    /// Ranges of the template on whose lines a finding is right; inside an edit they mean all of its new text.
    blamed: Vec<Range<usize>>,
    /// The edit is long: of its lines only the first is blamed.
    first_line: bool,
}

/// A template with a fault in it.
pub(crate) struct Mutant {
    pub(crate) text: String,
    /// Lines, from 0, on which a finding is right.
    pub(crate) lines: Vec<usize>,
    /// Lines that the edits wrote anew: a finding there is not right, but not far off either.
    pub(crate) touched: Vec<usize>,
}

pub(crate) fn findings(text: &str, format: Format) -> Vec<Diagnostic> {
    check(
        &Document::new(text, format),
        Catalog::embedded(),
        &Config::default(),
    )
}

/// The line of an offset, from 0.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
}

impl Case {
    pub(crate) fn new(name: &str, text: String, format: Format) -> Self {
        Case {
            name: name.to_owned(),
            document: Document::new(&text, format),
            findings: findings(&text, format),
            text,
        }
    }

    /// The JSON form of a template in YAML; `None` for one without a root.
    pub(crate) fn json_form(name: &str, yaml: &str) -> Option<Case> {
        let json = to_json(parse(yaml, Format::Yaml).root()?);
        Some(Case::new(name, json, Format::Json))
    }

    /// Whether the template can be read whole: otherwise a fault's finding may rightly be left out.
    pub(crate) fn is_sound(&self) -> bool {
        self.document.tree.root().is_some() && !self.findings.iter().any(|finding| finding.id < "ROS0003")
    }

    pub(crate) fn format(&self) -> Format {
        self.document.tree.format()
    }

    pub(crate) fn is_yaml(&self) -> bool {
        self.format() == Format::Yaml
    }

    pub(crate) fn root(&self) -> Node<'_> {
        self.document.tree.root().expect("a sound template has a root")
    }

    /// Another text in a place.
    pub(crate) fn replace(&self, range: Range<usize>, text: &str) -> Mutation {
        Mutation {
            blamed: vec![range.clone()],
            edits: vec![(range, text.to_owned())],
            first_line: false,
        }
    }

    /// Another name for a key.
    pub(crate) fn rename(&self, entry: Entry<'_>, name: &str) -> Mutation {
        self.replace(entry.key.content_range().as_usize(), name)
    }

    /// Another value, written as JSON, in place of an item or a root.
    pub(crate) fn put(&self, node: Node<'_>, json: &str) -> Mutation {
        let start = node.tag_range().unwrap_or(node.range()).start;
        let range = TextRange::new(start, node.range().end);
        self.replace(range.as_usize(), &self.with_line_end(range, json))
    }

    /// Another value, written as JSON, for a key.
    pub(crate) fn set(&self, entry: Entry<'_>, json: &str) -> Mutation {
        let range = self.behind_colon(entry);
        let text = self.with_line_end(range, &format!(" {json}"));
        self.replace(range.as_usize(), &text).blaming(entry.key)
    }

    /// No value for a key; in JSON it is null.
    pub(crate) fn empty(&self, entry: Entry<'_>) -> Mutation {
        if !self.is_yaml() {
            return self.set(entry, "null");
        }
        let range = self.behind_colon(entry);
        self.replace(range.as_usize(), &self.with_line_end(range, ""))
            .blaming(entry.key)
    }

    /// The mapping without one of its entries; `None` for the only one. Nobody is blamed yet.
    pub(crate) fn remove(&self, mapping: Node<'_>, entry: Entry<'_>) -> Option<Mutation> {
        let entries: Vec<_> = mapping.entries().collect();
        let at = entries
            .iter()
            .position(|each| each.key.range() == entry.key.range())?;
        let range = match entries.get(at + 1) {
            Some(next) => entry.key.range().start..next.key.range().start,
            None => {
                self.end_of(entries.get(at.checked_sub(1)?)?.value) as u32..self.end_of(entry.value) as u32
            }
        };
        let range = range.start as usize..range.end as usize;
        let line_end = if self.text[range.clone()].ends_with('\n') && entries.len() == at + 1 {
            "\n"
        } else {
            ""
        };
        Some(Mutation {
            edits: vec![(range, line_end.to_owned())],
            blamed: Vec::new(),
            first_line: false,
        })
    }

    /// One more entry, its value written as JSON, before the others of a mapping that has some.
    pub(crate) fn insert(&self, mapping: Node<'_>, key: &str, json: &str) -> Option<Mutation> {
        let first = mapping.entries().next()?;
        let at = first.key.range().start as usize;
        let line_start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let indent = " ".repeat(self.text[line_start..at].chars().count());
        let text = match (self.is_yaml(), mapping.style() == Style::Block) {
            (true, true) => format!("{key}: {json}\n{indent}"),
            (true, false) => format!("{key}: {json}, "),
            (false, _) => format!("\"{key}\": {json},\n{indent}"),
        };
        Some(self.replace(at..at, &text))
    }

    /// One more entry of a section, which is added where the template has none.
    pub(crate) fn insert_into(&self, section: &str, key: &str, json: &str) -> Option<Mutation> {
        if self.is_terraform() && section != "Workspace" {
            return None;
        }
        match self.root().get(section) {
            Some(value) if value.is_mapping() && value.entries().next().is_some() => {
                self.insert(value, key, json)
            }
            Some(_) => None,
            None => self.insert(self.root(), section, &format!("{{\"{key}\": {json}}}")),
        }
    }

    /// Whether the sections of the template are read: not so for Terraform code.
    pub(crate) fn is_terraform(&self) -> bool {
        self.root().get("Workspace").is_some()
    }

    /// From behind the key's colon to the value's end, a tag included.
    fn behind_colon(&self, entry: Entry<'_>) -> TextRange {
        let key_end = entry.key.range().end as usize;
        let colon = self.text[key_end..]
            .find(':')
            .map_or(key_end, |ahead| key_end + ahead + 1) as u32;
        TextRange::new(colon, (self.end_of(entry.value) as u32).max(colon))
    }

    /// Where the node ends. The mapping of a section in JSON covers its entries only, not the braces.
    fn end_of(&self, node: Node<'_>) -> usize {
        let end = node.range().end as usize;
        if self.is_yaml() || !node.is_mapping() || !node.source().is_empty() {
            return end;
        }
        self.text[end..].find('}').map_or(end, |ahead| end + ahead + 1)
    }

    /// A block scalar's range ends with its line; what takes its place must, too.
    fn with_line_end(&self, range: TextRange, text: &str) -> String {
        let old = &self.text[range.as_usize()];
        format!("{text}{}", if old.ends_with('\n') { "\n" } else { "" })
    }
}

impl Mutation {
    /// A finding on the node's lines is right, too.
    pub(crate) fn blaming(mut self, node: Node<'_>) -> Self {
        self.blamed.push(node.range().as_usize());
        self
    }

    /// A finding on the line where the node begins is right, too.
    pub(crate) fn blaming_start(mut self, node: Node<'_>) -> Self {
        let start = node.range().start as usize;
        self.blamed.push(start..start);
        self
    }

    /// A finding on the line of the offset is right, too.
    pub(crate) fn blaming_offset(mut self, offset: usize) -> Self {
        self.blamed.push(offset..offset);
        self
    }

    /// A finding is right only on the line on which the edit begins and on those of the node.
    pub(crate) fn blaming_only(mut self, node: Node<'_>) -> Self {
        self.blamed.clear();
        self.first_line = true;
        self.blaming(node)
    }

    /// Another change with it, on whose lines a finding is not right by itself.
    pub(crate) fn with(mut self, other: Mutation) -> Self {
        self.edits.extend(other.edits);
        self.edits.sort_by_key(|(range, _)| range.start);
        self
    }

    pub(crate) fn apply(&self, case: &Case) -> Mutant {
        let mut text = String::with_capacity(case.text.len() + 100);
        let mut copied = 0;
        // Per edit: its range before and after.
        let mut moved: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        for (range, new) in &self.edits {
            text.push_str(&case.text[copied..range.start]);
            let start = text.len();
            text.push_str(new);
            moved.push((range.clone(), start..text.len()));
            copied = range.end;
        }
        text.push_str(&case.text[copied..]);
        let mut lines: Vec<usize> = Vec::new();
        if self.first_line {
            lines.extend(moved.first().map(|(_, new)| line_of(&text, new.start)));
        }
        for blamed in self.blamed.iter().filter(|_| !self.first_line) {
            let start = after(&moved, blamed.start, false);
            let end = after(&moved, blamed.end, true).max(start);
            let end = start + text[start..end].trim_end().len();
            lines.extend(line_of(&text, start)..=line_of(&text, end));
        }
        lines.sort_unstable();
        lines.dedup();
        let touched = moved
            .iter()
            .flat_map(|(_, new)| line_of(&text, new.start)..=line_of(&text, new.end))
            .collect();
        Mutant { text, lines, touched }
    }
}

/// Where an offset of the template stands after the edits; inside an edit at its start or its end.
fn after(moved: &[(Range<usize>, Range<usize>)], offset: usize, end: bool) -> usize {
    let mut shift = 0;
    for (old, new) in moved {
        if offset < old.start || offset == old.start && !end {
            break;
        }
        if offset < old.end {
            return if end { new.end } else { new.start };
        }
        shift = new.end as isize - old.end as isize;
    }
    (offset as isize + shift) as usize
}
