//! Full parse, MB/s: real templates where `ROS_LSP_SHARED` names them, a made one elsewhere; YAML and its JSON form.

use divan::counter::BytesCount;
use ros_lsp::document::Document;
use ros_lsp::syntax::{Format, parse};
use ros_lsp::template::json_form::to_json;
use std::path::Path;

fn main() {
    divan::main();
}

/// Templates to parse: name by name as they are, so that their sizes are real.
fn templates() -> Vec<String> {
    let mut found = Vec::new();
    if let Some(root) = std::env::var_os("ROS_LSP_SHARED") {
        collect(&Path::new(&root).join("corpus"), &mut found);
    }
    if found.is_empty() {
        let resource = |i: usize| {
            format!(
                "  Server{i}:\n    Type: ALIYUN::ECS::Instance\n    Properties:\n      ImageId: centos_7\n      \
                 Description: 第 {i} 台服务器\n      SecurityGroupIds:\n        - Ref: Group\n"
            )
        };
        let resources: String = (0..2000).map(resource).collect();
        found.push(format!(
            "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n{resources}"
        ));
    }
    found
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "yml" || ending == "yaml")
        {
            found.extend(std::fs::read_to_string(path).ok());
        }
    }
}

fn size(texts: &[String]) -> BytesCount {
    BytesCount::new(texts.iter().map(String::len).sum::<usize>())
}

#[divan::bench]
fn yaml(bencher: divan::Bencher) {
    let texts = templates();
    bencher.counter(size(&texts)).bench(|| {
        texts
            .iter()
            .map(|text| parse(text, Format::Yaml).chunk_count())
            .sum::<usize>()
    });
}

#[divan::bench]
fn json(bencher: divan::Bencher) {
    let texts: Vec<String> = templates()
        .iter()
        .filter_map(|text| Some(to_json(parse(text, Format::Yaml).root()?)))
        .collect();
    bencher.counter(size(&texts)).bench(|| {
        texts
            .iter()
            .map(|text| parse(text, Format::Json).chunk_count())
            .sum::<usize>()
    });
}

#[divan::bench]
fn yaml_with_facts(bencher: divan::Bencher) {
    let texts = templates();
    bencher.counter(size(&texts)).bench(|| {
        texts
            .iter()
            .map(|text| Document::new(text, Format::Yaml).scopes().len())
            .sum::<usize>()
    });
}
