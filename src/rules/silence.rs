//! What is not shown: findings that follow from a syntax error, and what the user switched off.

use super::{ABSENCE_RULES, SYNTAX_RULES};
use crate::config::{Config, Level};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::text::TextRange;

/// Keeps the findings that the author should see, with the severities that the user set.
pub(super) fn apply(document: &Document, config: &Config, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let broken = Broken::of(document);
    findings
        .into_iter()
        .filter(|finding| !broken.silences(finding))
        .filter_map(|finding| with_level(finding, config))
        .collect()
}

fn with_level(mut finding: Diagnostic, config: &Config) -> Option<Diagnostic> {
    match config.level(finding.id, finding.name) {
        Some(Level::Off) => return None,
        Some(Level::Severity(severity)) => finding.severity = severity,
        None => {}
    }
    Some(finding)
}

/// The parts of a document whose text is broken.
struct Broken {
    /// Lines with a syntax error.
    lines: Vec<TextRange>,
    /// Chunks with a syntax error: something that seems to be missing there may just not have been read.
    chunks: Vec<TextRange>,
}

impl Broken {
    fn of(document: &Document) -> Self {
        let tree = &document.tree;
        let mut broken = Broken {
            lines: Vec::new(),
            chunks: Vec::new(),
        };
        for error in tree.errors() {
            // Where a line has many errors, it is looked for once.
            let known = broken.lines.last();
            if known.is_some_and(|line| line.start <= error.range.start && error.range.end <= line.end) {
                continue;
            }
            let Some(index) = tree.chunk_at(error.range.start) else {
                continue;
            };
            let Some(chunk) = tree.chunk(index as usize) else {
                continue;
            };
            let start = tree.chunk_start(index);
            let range = TextRange::new(start, start + chunk.len());
            if broken.chunks.last() != Some(&range) {
                broken.chunks.push(range);
            }
            let local = TextRange::new(error.range.start - start, error.range.end - start);
            broken.lines.push(line_around(&chunk.text, local).shifted(start));
        }
        broken
    }

    fn silences(&self, finding: &Diagnostic) -> bool {
        if SYNTAX_RULES.contains(&finding.id) {
            return false;
        }
        touched(&self.lines, finding.range)
            || (ABSENCE_RULES.contains(&finding.id) && touched(&self.chunks, finding.range))
    }
}

/// Whether a range touches any of `ranges`, which stand in text order and so end in text order.
fn touched(ranges: &[TextRange], range: TextRange) -> bool {
    let before = ranges.partition_point(|each| each.end < range.start);
    ranges.get(before).is_some_and(|each| each.start <= range.end)
}

/// The whole lines that a range touches.
fn line_around(text: &str, range: TextRange) -> TextRange {
    let start = text
        .get(..range.start as usize)
        .and_then(|before| before.rfind(['\n', '\r']))
        .map_or(0, |at| at + 1);
    let end = text
        .get(range.end as usize..)
        .and_then(|after| after.find(['\n', '\r']))
        .map_or(text.len(), |at| range.end as usize + at);
    TextRange::new(start as u32, end as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::diagnostic::Severity;
    use crate::syntax::Format;
    use serde_json::json;

    const TEMPLATE: &str = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    \
                            Type: ALIYUN::ECS::VPC\nOutputs:\n  Id:\n    Value: !Ref Nowhere\n";

    fn severities(levels: serde_json::Value) -> Vec<Severity> {
        let (config, problems) = Config::default().updated(&json!({ "diagnostics.severity": levels }));
        assert!(problems.is_empty(), "{problems:?}");
        let document = Document::new(TEMPLATE, Format::Yaml);
        let findings = super::super::check(&document, Catalog::embedded(), &config);
        findings.iter().map(|finding| finding.severity).collect()
    }

    #[test]
    fn the_user_sets_severities_by_id_or_name() {
        let document = Document::new(TEMPLATE, Format::Yaml);
        let found = super::super::check(&document, Catalog::embedded(), &Config::default());
        let [finding] = &found[..] else {
            panic!("{found:?}")
        };
        assert_eq!(severities(json!({})), [Severity::Error]);
        for rule in [finding.id, finding.name] {
            assert_eq!(severities(json!({ rule: "hint" })), [Severity::Hint]);
            assert!(severities(json!({ rule: "off" })).is_empty());
        }
    }
}
