//! The templates in `examples/`: the clean ones are clean, the mistaken ones have the mistakes they say, in both formats.

use expect_test::{ExpectFile, expect_file};
use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::diagnostic::Severity;
use ros_lsp::document::Document;
use ros_lsp::rules::check;
use ros_lsp::syntax::Format;
use ros_lsp::template::json_form::to_json;

/// Findings as `id text: message`, hints left out.
fn findings(text: &str, format: Format) -> Vec<String> {
    let document = Document::new(text, format);
    check(&document, Catalog::embedded(), &Config::default())
        .iter()
        .filter(|finding| finding.severity != Severity::Hint)
        .map(|finding| {
            let at = text.get(finding.range.as_usize()).unwrap_or_default();
            format!("{} {at}: {}", finding.id, finding.message)
        })
        .collect()
}

/// The JSON form of a template; `UPDATE_EXPECT=1` writes it anew.
fn json_of(yaml: &str, file: ExpectFile) -> String {
    let document = Document::new(yaml, Format::Yaml);
    let json = to_json(document.tree.root().expect("a template")) + "\n";
    file.assert_eq(&json);
    json
}

#[test]
fn clean_templates_are_clean() {
    let web_server = include_str!("../examples/web-server.yml");
    let json = json_of(web_server, expect_file!["../examples/web-server.json"]);
    assert_eq!(findings(web_server, Format::Yaml), Vec::<String>::new());
    assert_eq!(findings(&json, Format::Json), Vec::<String>::new());
    let image = include_str!("../examples/custom-image.yml");
    assert_eq!(findings(image, Format::Yaml), Vec::<String>::new());
}

#[test]
fn mistaken_templates_have_their_mistakes() {
    let mistakes = include_str!("../examples/typical-mistakes.yml");
    let json = json_of(mistakes, expect_file!["../examples/typical-mistakes.json"]);
    let expected = [
        ("ROS0209", "10"),
        ("ROS0802", "Properties"),
        ("ROS0801", "CidrBlok"),
        ("ROS1005", "Vcp"),
        ("ROS0703", "DepensOn"),
        ("ROS0804", "systen"),
        ("ROS0711", "Server"),
        ("ROS1008", "ImageID"),
        ("ROS1011", "Port"),
    ];
    for (text, format) in [(mistakes, Format::Yaml), (json.as_str(), Format::Json)] {
        let found = findings(text, format);
        for (id, at) in expected {
            let wanted = |finding: &String| {
                let written = finding.strip_prefix(id).unwrap_or_default();
                written.trim_start_matches([' ', '"']).starts_with(at)
            };
            assert!(found.iter().any(wanted), "{id} {at} in {format:?}: {found:#?}");
        }
    }
}

#[test]
fn mistakes_are_the_same_in_both_formats() {
    let ids = |text: &str, format| {
        let mut ids: Vec<String> = findings(text, format)
            .iter()
            .filter_map(|finding| finding.split_once(' '))
            .map(|(id, _)| id.to_owned())
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(
        ids(include_str!("../examples/typical-mistakes.yml"), Format::Yaml),
        ids(include_str!("../examples/typical-mistakes.json"), Format::Json)
    );
}
