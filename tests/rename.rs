//! A template whose names have changed means the same: renaming any of them leaves the same findings.

mod support;

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::document::Document;
use ros_lsp::features::{Context, rename};
use ros_lsp::rules::check;
use ros_lsp::syntax::Format;
use ros_lsp::template::json_form::to_json;
use ros_lsp::template::{NameKind, Transform};
use ros_lsp::text::edit::apply;

/// No template has a name like it, and no finding is about how it is written.
const NEW: &str = "Renamed0Name";

/// Findings about what a name looks like or is near to.
const ABOUT_SPELLING: &[&str] = &["ROS0204", "ROS0205", "ROS0224", "ROS0707"];

fn findings(document: &Document) -> Vec<&'static str> {
    let found = check(document, Catalog::embedded(), &Config::default());
    let ids = found.iter().map(|finding| finding.id);
    let mut ids: Vec<_> = ids.filter(|id| !ABOUT_SPELLING.contains(id)).collect();
    ids.sort_unstable();
    ids
}

/// Renames every declared name in turn; says which of them changed the findings.
fn problems(text: &str, format: Format) -> Vec<String> {
    let document = Document::new(text, format);
    let config = Config::default();
    let context = Context {
        document: &document,
        catalog: Catalog::embedded(),
        config: &config,
    };
    let before = findings(&document);
    let mut problems = Vec::new();
    for scope in document.scopes() {
        if scope.names.transform == Transform::Terraform {
            continue;
        }
        for unit in scope.units() {
            let Some((kind, name, _)) = unit.unit.declaration() else {
                continue;
            };
            // What is declared twice is a finding, and what it means is anybody's guess.
            if kind == NameKind::Rule || name.is_empty() || scope.names.times(kind, name) > 1 {
                continue;
            }
            let offset = unit.entry().key.content_range().start;
            match rename::rename(&context, offset, NEW) {
                Ok(Some(edits)) => {
                    let after = findings(&Document::new(&apply(text, &edits), format));
                    if after != before {
                        let lost = before.iter().filter(|id| !after.contains(id)).collect::<Vec<_>>();
                        let new = after.iter().filter(|id| !before.contains(id)).collect::<Vec<_>>();
                        problems.push(format!("{} {name}: lost {lost:?}, new {new:?}", kind.word()));
                    }
                }
                other => problems.push(format!("{} {name}: {other:?}", kind.word())),
            }
        }
    }
    problems
}

#[test]
fn own_examples() {
    for text in [
        include_str!("../examples/web-server.yml"),
        include_str!("../examples/typical-mistakes.yml"),
        include_str!("../examples/custom-image.yml"),
    ] {
        assert_eq!(problems(text, Format::Yaml), Vec::<String>::new());
        let document = Document::new(text, Format::Yaml);
        let json = to_json(document.tree.root().expect("an example has content"));
        assert_eq!(problems(&json, Format::Json), Vec::<String>::new());
    }
}

#[test]
fn real_templates() {
    let Some(templates) = support::corpus("rename: real_templates") else {
        return;
    };
    use rayon::prelude::*;
    let problems: Vec<String> = templates
        .par_iter()
        .flat_map_iter(|(name, text)| {
            let problems = problems(text, Format::Yaml);
            problems
                .into_iter()
                .map(move |problem| format!("{name}: {problem}"))
        })
        .collect();
    assert!(
        problems.is_empty(),
        "{} names:\n{}",
        problems.len(),
        problems.join("\n")
    );
}
