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
    for rule in rules().filter(|rule| !rule.bad.is_empty()) {
        assert!(
            ids(rule.bad, Format::Yaml).contains(&rule.id),
            "{}: {}",
            rule.id,
            rule.bad
        );
        if !rule.yaml_only {
            assert!(
                ids(&json(rule.bad), Format::Json).contains(&rule.id),
                "{} in JSON: {}",
                rule.id,
                json(rule.bad)
            );
        }
    }
}

#[test]
fn good_examples_have_no_finding_in_both_formats() {
    for rule in rules() {
        assert_eq!(
            ids(rule.good, Format::Yaml),
            Vec::<&str>::new(),
            "{}: {}",
            rule.id,
            rule.good
        );
        assert_eq!(
            ids(&json(rule.good), Format::Json),
            Vec::<&str>::new(),
            "{} in JSON",
            rule.id
        );
    }
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
            rule.about.ends_with('.') && rule.about.len() > 40,
            "{} explains itself",
            rule.id
        );
    }
}
