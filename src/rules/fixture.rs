//! Test fixtures for rules: a YAML template whose findings are drawn under the text they stand at.
//!
//! ```text
//! Outputs:
//!   Id:
//!     Value: !Ref Vcp
//! #               ^^^ ROS1005 no resource
//! ```
//!
//! A row of `^` under a line expects a finding at exactly those characters with that id and a message that starts so.
//! The template must have the drawn findings and no others, and its JSON form findings with the same ids and messages.

use crate::catalog::Catalog;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::syntax::Format;
use crate::template::json_form::to_json;

/// Checks a fixture. A version section is put in front so that fixtures stay small.
pub(crate) fn check(fixture: &str) {
    check_whole(&format!(
        "ROSTemplateFormatVersion: '2015-09-01'\n{}",
        fixture.trim_start_matches('\n')
    ));
}

/// Checks a fixture against another catalog.
pub(crate) fn check_with(catalog: &Catalog, fixture: &str) {
    check_against(
        catalog,
        &format!(
            "ROSTemplateFormatVersion: '2015-09-01'\n{}",
            fixture.trim_start_matches('\n')
        ),
    );
}

/// Checks a fixture in YAML only: what is missing there has no JSON form but `null`.
pub(crate) fn check_half_typed(fixture: &str) {
    drawn_findings(
        Catalog::embedded(),
        &format!(
            "ROSTemplateFormatVersion: '2015-09-01'\n{}",
            fixture.trim_start_matches('\n')
        ),
    );
}

/// Checks a fixture as it stands.
pub(crate) fn check_whole(fixture: &str) {
    check_against(Catalog::embedded(), fixture);
}

fn check_against(catalog: &Catalog, fixture: &str) {
    let (document, found) = drawn_findings(catalog, fixture);
    let Some(root) = document.tree.root() else { return };
    if document.tree.errors().next().is_some() {
        return;
    }
    let json = to_json(root);
    let twin = Document::new(&json, Format::Json);
    assert_eq!(twin.tree.errors().count(), 0, "the JSON form parses: {json}");
    assert_eq!(
        essence(&found),
        essence(&findings_with(catalog, &twin)),
        "the JSON form has the same findings:\n{json}"
    );
}

/// The document of a fixture and its findings, which are as drawn.
fn drawn_findings(catalog: &Catalog, fixture: &str) -> (Document, Vec<Diagnostic>) {
    let (text, expected) = read(fixture);
    let document = Document::new(&text, Format::Yaml);
    let found = findings_with(catalog, &document);
    let drawn: Vec<String> = found.iter().map(|finding| describe(&text, finding)).collect();
    let matches = expected.len() == found.len()
        && expected
            .iter()
            .zip(&drawn)
            .all(|(want, have)| have.starts_with(want.as_str()));
    assert!(matches, "expected {expected:#?}\nfound {drawn:#?}\nin\n{text}");

    (document, found)
}

/// The findings on a text.
pub(crate) fn findings(document: &Document) -> Vec<Diagnostic> {
    findings_with(Catalog::embedded(), document)
}

fn findings_with(catalog: &Catalog, document: &Document) -> Vec<Diagnostic> {
    super::check(document, catalog, &Config::default())
}

/// The text without the drawn rows, and what they expect as `line:column-column id message`.
fn read(fixture: &str) -> (String, Vec<String>) {
    let mut lines: Vec<&str> = Vec::new();
    let mut expected = Vec::new();
    for line in fixture.lines() {
        let Some((start, marks)) = row(line) else {
            lines.push(line);
            continue;
        };
        let message = line.chars().skip(start + marks).collect::<String>();
        expected.push((
            lines.len(),
            start,
            format!("{}:{}-{} {}", lines.len(), start, start + marks, message.trim()),
        ));
    }
    expected.sort();
    (
        lines.join("\n") + "\n",
        expected.into_iter().map(|(_, _, text)| text).collect(),
    )
}

/// Column and length (in characters) of the `^` in a drawn row.
fn row(line: &str) -> Option<(usize, usize)> {
    let rest = line.trim_start().strip_prefix('#')?;
    let marks = rest.trim_start();
    if !marks.starts_with('^') {
        return None;
    }
    let start = line.chars().position(|c| c == '^')?;
    Some((start, marks.chars().take_while(|c| *c == '^').count()))
}

fn describe(text: &str, finding: &Diagnostic) -> String {
    let before = &text[..finding.range.start as usize];
    let line = before.matches('\n').count() + 1;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let start = before[line_start..].chars().count();
    let length = text[finding.range.as_usize()].chars().count();
    format!(
        "{line}:{start}-{} {} {}",
        start + length,
        finding.id,
        finding.message
    )
}

fn essence(findings: &[Diagnostic]) -> Vec<(&str, &str)> {
    let mut essence: Vec<_> = findings
        .iter()
        .map(|finding| (finding.id, finding.message.as_str()))
        .collect();
    essence.sort();
    essence
}
