//! Texts that broke something once, found by the fuzz targets (see `fuzz/README.md`): for each file below
//! `tests/data/fuzz` holds what must hold for any text, or for any edits of one. And a small fuzzer of its own, which
//! needs no special compiler: it joins and damages real and hostile texts for as many seconds as `ROS_LSP_FUZZ_SECONDS`
//! says, two without it.

#![allow(clippy::print_stdout)] // How much was tried is worth seeing.

mod support;

use ros_lsp::syntax::Format;
use ros_lsp::template::json_form::to_json;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use support::{Random, check_document, damaged};

const FORMATS: [(&str, Format); 2] = [("yaml", Format::Yaml), ("json", Format::Json)];

#[test]
fn what_broke_once_holds_now() {
    let mut files = 0;
    for (name, format) in FORMATS {
        for path in found(name) {
            let bytes = std::fs::read(&path).expect("a file of the test data");
            // As the editor hands it over: the fuzzer's bytes are read in the same way.
            check_document(&String::from_utf8_lossy(&bytes), format);
            files += 1;
        }
    }
    for path in found("edits") {
        support::properties::check_edits(&std::fs::read(&path).expect("a file of the test data"));
        files += 1;
    }
    println!("{files} files");
    assert!(files > 0, "the test data are there");
}

fn found(name: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/fuzz")
        .join(name);
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.expect("a file").path()).collect()
}

/// Small templates to damage where there are no real ones.
const SEEDS: [&str; 3] = [
    "ROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  P: {Type: String, Default: '专有'}\nResources:\n  A:\n    \
     Type: ALIYUN::ECS::VPC\n    Properties:\n      VpcName: !Sub 'a-${P}'\n      Tags:\n        - Key: a\n          \
     Value: !Ref P\nOutputs:\n  Id:\n    Value: !GetAtt A.VpcId\n",
    "Conditions:\n  C: !Equals [a, b]\nResources:\n  A:\n    Type: ALIYUN::ROS::Stack\n    Condition: C\n    DependsOn: \
     [B]\n    Properties:\n      TemplateBody:\n        Resources: &r {B: {Type: x}}\n      Parameters: *r\n",
    "a: |+\n  text\n\n  more\nb: >-\n  folded\n  text\n? [c, {d: e}]\n: - f\n  - g: \"h\\u0041\\\n    i\"\n# end\n",
];

#[test]
fn damaged_texts_hold() {
    let seconds = std::env::var("ROS_LSP_FUZZ_SECONDS").ok();
    let seconds = seconds.map_or(2, |seconds| seconds.parse().expect("a number of seconds"));
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut seeds: Vec<String> = SEEDS.map(str::to_owned).into();
    for (_, text) in support::corpus("damaged_texts_hold").unwrap_or_default() {
        if text.len() < 4_000 {
            seeds.push(text);
        }
    }
    let mut random = Random::new(7);
    let mut tried = 0;
    while Instant::now() < end {
        let (_, format) = FORMATS[random.below(2)];
        let mut text = seeds[random.below(seeds.len())].clone();
        if format == Format::Json && random.below(4) > 0 {
            let tree = ros_lsp::syntax::parse(&text, Format::Yaml);
            text = tree.root().map(to_json).unwrap_or_default();
        }
        if random.below(3) == 0 {
            // A piece of another one in the middle.
            let other = &seeds[random.below(seeds.len())];
            let [from, to, at] =
                [other, other, &text].map(|text| boundary(text, random.below(text.len() + 1)));
            text.insert_str(at, &other[from.min(to)..from.max(to)]);
        }
        let count = 1 + random.below(20);
        let text = damaged(&text, count, &mut random);
        let broken = catch_unwind(|| check_document(&text, format));
        assert!(broken.is_ok(), "{format:?} {text:?}");
        tried += 1;
    }
    println!("{tried} damaged texts in {seconds} s");
}

/// The character boundary at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
