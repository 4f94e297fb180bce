//! Real templates judge the rules: an error on one of them must be a real bug, listed here with its reason.

mod support;

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::diagnostic::{Diagnostic, Severity};
use ros_lsp::document::Document;
use ros_lsp::rules::check;
use ros_lsp::syntax::Format;
use std::collections::{BTreeMap, BTreeSet};

/// Real bugs: template, rule, how often, and what is wrong.
const BUGS: &[(&str, &str, usize, &str)] = &[];

fn findings(text: &str) -> Vec<Diagnostic> {
    let document = Document::new(text, Format::Yaml);
    check(&document, Catalog::embedded(), &Config::default())
}

fn line_of(text: &str, finding: &Diagnostic) -> usize {
    text[..finding.range.start as usize].matches('\n').count() + 1
}

#[test]
fn every_error_on_a_real_template_is_a_known_bug() {
    let Some(templates) = support::corpus("corpus") else {
        return;
    };
    let mut found: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    let mut counts: BTreeMap<(&str, &str, &str), (usize, BTreeSet<&str>)> = BTreeMap::new();
    for (path, text) in &templates {
        for finding in findings(text) {
            let count = counts
                .entry((finding.id, finding.name, finding.severity.name()))
                .or_default();
            count.0 += 1;
            count.1.insert(path);
            if finding.severity == Severity::Error {
                found.entry((path, finding.id)).or_default().push(format!(
                    "{}: {}",
                    line_of(text, &finding),
                    finding.message
                ));
            }
        }
    }
    for ((id, name, severity), (count, files)) in &counts {
        println!(
            "{id} {name:40} {severity:11} {count:6} in {} templates",
            files.len()
        );
    }
    let known: BTreeMap<(&str, &str), usize> = BUGS
        .iter()
        .map(|(path, id, count, _)| ((*path, *id), *count))
        .collect();
    let unexpected: Vec<_> = found
        .iter()
        .filter(|(key, findings)| known.get(key) != Some(&findings.len()))
        .collect();
    let missed: Vec<_> = known.keys().filter(|key| !found.contains_key(key)).collect();
    assert!(
        unexpected.is_empty() && missed.is_empty(),
        "errors that no one has judged: {unexpected:#?}\nbugs no longer found: {missed:#?}"
    );
}
