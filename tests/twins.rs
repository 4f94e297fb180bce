//! The same template in YAML and in JSON has the same findings.

mod support;

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::document::Document;
use ros_lsp::rules::{check, rule};
use ros_lsp::syntax::Format;
use ros_lsp::template::json_form::to_json;

/// Rule and message of each finding that both formats can have, sorted.
fn essence(document: &Document) -> Vec<(&'static str, String)> {
    let mut found: Vec<_> = check(document, Catalog::embedded(), &Config::default())
        .into_iter()
        .filter(|finding| rule(finding.id).is_some_and(|rule| !rule.yaml_only))
        .map(|finding| (finding.id, finding.message))
        .collect();
    found.sort();
    found
}

fn differ(yaml: &str) -> Option<String> {
    let document = Document::new(yaml, Format::Yaml);
    let json = to_json(document.tree.root()?);
    let (ours, theirs) = (essence(&document), essence(&Document::new(&json, Format::Json)));
    let only = |a: &[(&str, String)], b: &[(&str, String)]| -> Vec<String> {
        a.iter()
            .filter(|each| !b.contains(each))
            .map(|(id, message)| format!("{id} {message}"))
            .collect()
    };
    (ours != theirs).then(|| {
        format!(
            "YAML only {:?}, JSON only {:?}",
            only(&ours, &theirs),
            only(&theirs, &ours)
        )
    })
}

#[test]
fn own_examples() {
    for text in [
        include_str!("../examples/web-server.yml"),
        include_str!("../examples/typical-mistakes.yml"),
        include_str!("../examples/custom-image.yml"),
    ] {
        assert_eq!(differ(text), None);
    }
}

#[test]
fn real_templates() {
    let Some(corpus) = support::corpus("twins: real_templates") else {
        return;
    };
    let wrong: Vec<String> = corpus
        .iter()
        .filter_map(|(name, text)| Some(format!("{name}: {}", differ(text)?)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
