//! The examples in the rules' documentation: the bad one has the finding, the good one has none, in both formats.

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::document::Document;
use ros_lsp::rules::{check, rules};
use ros_lsp::syntax::Format;
use ros_lsp::template::json_form::to_json;
use std::collections::HashSet;

fn ids(text: &str, format: Format) -> Vec<&'static str> {
    let document = Document::new(text, format);
    check(&document, Catalog::embedded(), &Config::default())
        .iter()
        .map(|finding| finding.id)
        .collect()
}

fn json(text: &str) -> String {
    let document = Document::new(text, Format::Yaml);
    assert_eq!(
        document.tree.errors().count(),
        0,
        "an example of a rule about meaning parses: {text}"
    );
    to_json(document.tree.root().expect("an example has a root"))
}

#[test]
fn bad_examples_have_the_finding_in_both_formats() {
    let mut wrong = Vec::new();
    for rule in rules().filter(|rule| !rule.bad.is_empty()) {
        if !ids(rule.bad, Format::Yaml).contains(&rule.id) {
            wrong.push(format!("{} in YAML: {}", rule.id, rule.bad));
        }
        if !rule.yaml_only && !ids(&json(rule.bad), Format::Json).contains(&rule.id) {
            wrong.push(format!("{} in JSON: {}", rule.id, json(rule.bad)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn good_examples_have_no_finding_in_both_formats() {
    let mut wrong = Vec::new();
    for rule in rules() {
        if rule.good.is_empty() {
            continue;
        }
        for (text, format) in [
            (rule.good.to_owned(), Format::Yaml),
            (json(rule.good), Format::Json),
        ] {
            let found = ids(&text, format);
            if !found.is_empty() {
                wrong.push(format!("{} has {found:?}: {text}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ids_and_names_are_unique_and_well_formed() {
    let mut seen = HashSet::new();
    for rule in rules() {
        assert!(
            rule.id.len() == 7
                && rule.id.starts_with("ROS")
                && rule.id[3..].bytes().all(|b| b.is_ascii_digit())
        );
        assert!(
            rule.name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{}",
            rule.name
        );
        assert!(
            seen.insert(rule.id) && seen.insert(rule.name),
            "{} is declared twice",
            rule.id
        );
        assert!(
            rule.about.ends_with(['.', ')']) && rule.about.len() > 20,
            "{} explains itself",
            rule.id
        );
    }
}
