//! Texts made to hurt: no panic, no lost byte, time and memory that grow with the length and not faster, for both parsers,
//! the document's facts and the rules. `ROS_LSP_ROUNDS=10` makes every text ten times as long.

#![allow(clippy::print_stdout)] // A figure of each text is worth seeing.

mod support;

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::document::Document;
use ros_lsp::rules;
use ros_lsp::syntax::{Format, Kind, Node, parse};
use ros_lsp::template::json_form::to_json;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Bytes of the shorter of the two texts that are compared, about.
const SIZE: usize = 100_000;

/// A text of twice the length may take at most this much longer, if it takes longer than a blink.
const BLINK: Duration = Duration::from_millis(50);
const MOST_GROWTH: f64 = 3.5;

/// The same for a text of undefined names only: each is compared with all other names, up to some thousands of them.
const MOST_GROWTH_OF_NAMES: f64 = 5.0;

/// Bytes of the shorter one of the large texts.
const LARGE: usize = 2_500_000;

/// Nodes and errors that a byte of text may cost.
const MOST_THINGS: usize = 4;

/// How often a slow text is measured before it is called slow: other programs may be in the way.
const RUNS: usize = 4;

/// Pieces of YAML that are repeated.
const YAML: &[&str] = &[
    "[",
    "{",
    "- ",
    "? ",
    ": ",
    "&a ",
    "!a ",
    "* ",
    "*a",
    "'",
    "\"",
    "\\",
    "|\n",
    ">\n",
    "#\n",
    " #\n",
    "\n",
    "\r",
    "\t",
    "\t\n",
    " ",
    "a\n",
    "a:\n",
    "a: \n",
    "- \n",
    "-\n",
    "a: [\n",
    "a: {\n",
    "- [a\n",
    "a: \"b\n",
    "a: 'b\n",
    "a: ''b\n",
    "a: \"\\\"b\n",
    "a: {b: [\n",
    "a: [b,\n",
    "- {a\n",
    "- 'a\n",
    "a: |\n",
    "- |\n\n",
    "- >\n #\n",
    "%a\n",
    "%a\n...\n",
    "---\n",
    "--- a\n",
    "...\n",
    "---\na: 1\n",
    "a: b: c\n",
    "a b c\n",
    "a,",
    "a: ",
    "[a], ",
    "{a: b}, ",
    "]",
    "}",
    "a: ]\n",
    "\ta\n",
    "\ta:\n",
    "a:\n\tb\n",
    "a:\n\tb:\n",
    " a\n",
    "- a\n # c\n",
    "a: b\n# c\n\n",
    "\"a\"\n",
    "'a'\na: 1\n",
    "!a\n",
    "&a\n",
    "*a : \n",
    "? a\n: b\n",
    "?\n",
    "\u{feff}",
    "\u{feff}a: b\n",
    "\0",
    "a: \0\n",
    "专",
    "专: 有\n",
    "a: &b c\nd: *b\n",
    "!a!b c\n",
    "a: [b #c\n",
    "a:\n[\n",
    "\"\\\n",
    "a: \"\n\n",
    "'\n\n",
];

/// Pieces of YAML that are repeated between a begin and an end.
const WRAPPED_YAML: &[(&str, &str, &str)] = &[
    ("[", "a, ", "]"),
    ("[", "a ", ""),
    ("[", "\"a\", ", "]"),
    ("{", "a: b, ", "}"),
    ("{", "a: [b, {c: d}], ", ""),
    ("[", "a: b, ", "]"),
    ("[\n", "a,\n", "]"),
    ("[\n", "a\n", ""),
    ("a: [", "b: c, ", "\n"),
    ("a: {", "\n  b: c", "\n"),
    ("a: {", "\nb: c", "\n"),
    ("a: \"", "b\n", ""),
    ("a: '", "  b: c\n", ""),
    ("a: |\n", "  b\n\n", ""),
    ("a: |\n", "\n", "b"),
    ("a: >\n", "  b\n   c\n", ""),
    ("a:\n", "# c\n", ""),
    ("a:\n", "  b c\n", ""),
    ("a:\n  b\n", "\n", ""),
    ("a:\n  - b\n", " - c\n", ""),
    ("a: b\n", "  c: d\n", ""),
    ("a:\n  b: c\n", "   d: e\n", ""),
    ("a: [[[[", "b, ", ""),
    ("%YAML 1.2\n", "%TAG !a! b\n", "---\n"),
];

/// Lines of YAML that are repeated, each one space deeper than the last.
const DEEPER_YAML: &[&str] = &["a:", "- a:", "-", "? a:", "a: [", "!t", "word", "'a", "{"];

/// Pieces of JSON that are repeated between a begin and an end.
const WRAPPED_JSON: &[(&str, &str, &str)] = &[
    ("", "[", ""),
    ("", "{", ""),
    ("", "]", ""),
    ("", "}", ""),
    ("", "{\"a\":", ""),
    ("", "[{\"a\":", ""),
    ("", "[}", ""),
    ("", "{]", ""),
    ("", ",", ""),
    ("", ":", ""),
    ("", "\"", ""),
    ("", "\"\n", ""),
    ("", "\\", ""),
    ("", "'", ""),
    ("", "/", ""),
    ("", "/*", ""),
    ("", "//\n", ""),
    ("", "/**/", ""),
    ("", "1 ", ""),
    ("", "-", ""),
    ("", "a", ""),
    ("", "a\n", ""),
    ("", "\n", ""),
    ("", "\r", ""),
    ("", "\t", ""),
    ("", " ", ""),
    ("", "\0", ""),
    ("", "\u{feff}", ""),
    ("", "专", ""),
    ("", "{}", ""),
    ("", "{}\n", ""),
    ("", "\"a\": 1\n", ""),
    ("", "\"a\": {\n", ""),
    ("", "\"a\": [\n", ""),
    ("", "{\n", ""),
    ("", "}\n", ""),
    ("", "]\n", ""),
    ("{\n", "  \"a\"\n", "}"),
    ("{\n", "  \"a\": \n", "}"),
    ("[", "1,", "]"),
    ("[", "1 ", "]"),
    ("[", ",", "]"),
    ("[", "\"a\",\n", "]"),
    ("[", "\"a\"\n", ""),
    ("[", "{\"a\": 1}, ", "]"),
    ("[\n", "{\n\"a\": 1\n},\n", "]"),
    ("{", "\"a\": 1,", "}"),
    ("{", "\"a\": 1 ", "}"),
    ("{\n", "\"a\": 1,\n", "}"),
    ("{\n", "\"a\": 1\n", "}"),
    ("{\n", "  \"a\": {\n", ""),
    ("{\n", "  \"a\": {},\n", "}"),
    ("{\n", "  \"a\": {\n    \"b\": 1\n  },\n", "}\n"),
    ("{\n", "  \"a\": {\n    \"b\": 1\n  }},\n", "}\n"),
    ("{\n", "  \"a\": {\n    \"b\": 1\n  \n", "}\n"),
    ("{\n", "  \"a\": [\n    \"b\"\n  \n", "}\n"),
    (
        "{\n  \"R\": {\n",
        "    \"a\": {\n      \"b\": [1, 2\n",
        "  }\n}\n",
    ),
    ("\"", "a", "\""),
    ("\"", "\\n", "\""),
    ("\"", "\\", ""),
    ("\"", "\\x", "\""),
    ("\"", "\t", "\""),
    ("{\"a\": \"", "b", ""),
    ("[\"", "a\", \"", "\"]"),
    ("{\n", "\"a: 1,\n", "}"),
    ("{\n", "a\": 1,\n", "}"),
    ("{\"R\": {\"", "a\": {\"", "b\": 1}}"),
];

/// Lines of JSON, likewise.
const DEEPER_JSON: &[&str] = &["[", "{\"a\":", "{\"a\": [", "\"a\": {", "}", "]"];

/// Long lines, and many lines.
const LARGE_YAML: &[(&str, &str, &str)] = &[
    ("a: ", "b c ", "\n"),
    ("a: \"", "b c ", "\"\n"),
    ("a: '", "b c ", "\n"),
    ("a: [", "b, ", "]\n"),
    ("a: {", "b: [c], ", "\n"),
    ("", "a\n", ""),
    ("", "a:\n", ""),
    ("a:\n", "  b:\n", ""),
    ("a: |\n", " b\n", ""),
    ("a: [\n", " b,\n", ""),
];
const LARGE_JSON: &[(&str, &str, &str)] = &[
    ("{\"a\": \"", "b c ", "\"}"),
    ("[", "1,", "2]"),
    ("{", "\"a\":1,", "\"b\":2}"),
    ("[\n", "1,\n", "2]"),
    ("[\n", "1\n", ""),
    ("{\"a\": {\n", "\"b\":1,\n", "}}"),
];

/// Templates that are repeated with `§` as their number and `¤` as the next one, between a begin and an end.
const TEMPLATES: &[(&str, &str, &str)] = &[
    ("Resources:\n", "  A:\n    Type: ALIYUN::ECS::VPC\n", ""),
    (
        "Resources:\n",
        "  A§:\n    Type: ALIYUN::ECS::VPC\n    DependsOn: A0\n",
        "",
    ),
    (
        "Resources:\n",
        "  A§:\n    Type: ALIYUN::ECS::VPC\n    DependsOn: A¤\n",
        "",
    ),
    ("Resources:\n", "  A§:\n    Type: ALIYUN::ECS::Vpc§\n", ""),
    (
        "Resources:\n",
        "  A§:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      VpcName: {Ref: B§}\n",
        "",
    ),
    (
        "Resources:\n",
        "  A§:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      VpcName: {Fn::GetAtt: [A¤, VpcId]}\n",
        "",
    ),
    (
        "Resources:\n  A:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n",
        "      P§: 1\n",
        "",
    ),
    (
        "Resources:\n  A:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n",
        "      VpcName: 1\n",
        "",
    ),
    (
        "Resources:\n  A:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      VpcName: {Fn::Sub: '",
        "${B§} ",
        "'}\n",
    ),
    (
        "Resources:\n",
        "  A§:\n    Type: ALIYUN::ROS::Stack\n    Properties:\n      TemplateBody:\n        Resources: {B: {Type: ALIYUN::ECS::VPC}}\n",
        "",
    ),
    ("Parameters:\n", "  P§: {Type: String}\n", ""),
    (
        "Parameters:\n  P:\n    Type: String\n    AllowedValues: [",
        "v§, ",
        "]\n",
    ),
    (
        "Parameters:\n",
        "  P§: {Type: String}\n",
        "Metadata:\n  ALIYUN::ROS::Interface:\n    ParameterGroups: []\n",
    ),
    ("Conditions:\n", "  C§: {Fn::Not: [C¤]}\n", ""),
    ("Conditions:\n  C: {Fn::And: [", "D§, ", "]}\n"),
    ("Outputs:\n", "  A§: {Value: {Ref: B§}}\n", ""),
    ("Outputs:\n  A:\n    Value: ", "{Fn::Join: ['', [", ""),
    (
        "Outputs:\n  A:\n    Value: {Fn::Join: ['', [",
        "{Ref: B§}, ",
        "]]}\n",
    ),
    ("Mappings:\n", "  M§: {a: {b: c}}\n", ""),
    ("Metadata: [", "&a§ b, *a§, ", "]\n"),
    ("", "a§: &x b\n", "c: *x\n"),
    ("", "a§: *b§\n", ""),
];

#[test]
fn yaml_takes_linear_time() {
    let mut measured = Measured::default();
    let mut both = |piece: &str, text: &dyn Fn(usize) -> String| {
        measured.text(piece, Format::Yaml, text);
        measured.text(piece, Format::Yaml, &|size| {
            format!("Resources:\n  A:\n    B: {}\n  C: 1\n", text(size))
        });
    };
    for piece in YAML {
        both(piece, &|size| repeated("", piece, "", size));
    }
    for (open, piece, close) in WRAPPED_YAML {
        both(piece, &|size| repeated(open, piece, close, size));
    }
    for step in DEEPER_YAML {
        both(step, &|size| deeper(step, size));
    }
    measured.judge();
}

#[test]
fn json_takes_linear_time() {
    let mut measured = Measured::default();
    for (open, piece, close) in WRAPPED_JSON {
        measured.text(piece, Format::Json, &|size| repeated(open, piece, close, size));
        measured.text(piece, Format::Json, &|size| {
            format!(
                "{{\n  \"R\": {{\n    \"A\": {}\n  }}\n}}\n",
                repeated(open, piece, close, size)
            )
        });
    }
    for step in DEEPER_JSON {
        measured.text(step, Format::Json, &|size| deeper(step, size));
    }
    measured.judge();
}

/// Long lines and many lines, as large as a document gets: 2.5 MB and 5 MB.
#[test]
fn large_texts_parse_in_linear_time() {
    let mut measured = Measured::default();
    for (format, texts) in [(Format::Yaml, LARGE_YAML), (Format::Json, LARGE_JSON)] {
        for (open, piece, close) in texts {
            measured.time(piece, LARGE, &|size| repeated(open, piece, close, size), |text| {
                parsed(text, format)
            });
        }
    }
    measured.judge();
}

#[test]
fn templates_are_checked_in_linear_time() {
    let mut measured = Measured::default();
    for (open, piece, close) in TEMPLATES {
        let yaml = |size: usize| {
            let pieces = (0..size / piece.len()).map(|at| {
                let at = [at, at + 1].map(|at| at.to_string());
                piece.replace('§', &at[0]).replace('¤', &at[1])
            });
            format!(
                "ROSTemplateFormatVersion: '2015-09-01'\n{open}{}{close}",
                pieces.collect::<String>()
            )
        };
        measured.time(piece, SIZE / 4, &yaml, |text| checked(text, Format::Yaml));
        let json = |size: usize| {
            parse(&yaml(size), Format::Yaml)
                .root()
                .map(to_json)
                .unwrap_or_default()
        };
        measured.time(piece, SIZE / 4, &json, |text| checked(text, Format::Json));
    }
    measured.judge();
}

/// The processor time of this thread where the system tells it, so that a busy machine does no harm; else the clock's.
fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    match times
        .split(' ')
        .next()
        .and_then(|nanoseconds| nanoseconds.parse().ok())
    {
        Some(nanoseconds) => Duration::from_nanos(nanoseconds),
        None => START.elapsed(),
    }
}

fn repeated(open: &str, piece: &str, close: &str, size: usize) -> String {
    format!("{open}{}{close}", piece.repeat(size / piece.len()))
}

/// Lines that are each one space deeper than the last.
fn deeper(step: &str, size: usize) -> String {
    // The text grows with the square of the number of lines.
    let lines = ((2 * size) as f64).sqrt() as usize;
    (0..lines)
        .map(|depth| format!("{}{step}\n", " ".repeat(depth)))
        .collect()
}

fn parsed(text: &str, format: Format) {
    let tree = parse(text, format);
    let start: String = text.chars().take(60).collect();
    assert!(
        tree.text() == text,
        "{start:?}: the chunks don't join to the text"
    );
    let depth = tree.root().map_or(0, depth);
    assert!(depth < 500, "{start:?}: {depth} levels");
    let things: usize = tree
        .chunks()
        .map(|chunk| chunk.nodes.len() + chunk.errors.len())
        .sum();
    assert!(
        things <= MOST_THINGS * text.len() + 16,
        "{start:?}: {things} nodes and errors"
    );
}

fn checked(text: &str, format: Format) {
    rules::check(
        &Document::new(text, format),
        Catalog::embedded(),
        &Config::default(),
    );
}

/// The texts that took too long, and the slowest one.
#[derive(Default)]
struct Measured {
    texts: usize,
    slowest: (Duration, String),
    wrong: Vec<String>,
}

impl Measured {
    /// Parses and checks the text.
    fn text(&mut self, piece: &str, format: Format, text: &dyn Fn(usize) -> String) {
        support::check_tree(&text(SIZE / 10), format);
        self.time(piece, SIZE, text, |text| parsed(text, format));
        self.time(piece, SIZE / 5, text, |text| checked(text, format));
    }

    /// Compares the times for a text of `size` bytes and one of twice as many.
    fn time(&mut self, piece: &str, size: usize, text: &dyn Fn(usize) -> String, work: impl Fn(&str)) {
        let size = size * *support::rounds().end() as usize;
        let texts = [text(size), text(2 * size)];
        let most = match piece.contains("{Ref: B§}\n") {
            true => MOST_GROWTH_OF_NAMES,
            false => MOST_GROWTH,
        };
        let mut least = [Duration::MAX; 2];
        for _ in 0..RUNS {
            for (text, least) in texts.iter().zip(&mut least) {
                let begin = now();
                work(text);
                *least = now().saturating_sub(begin).min(*least);
            }
            if least[1] < BLINK || least[1] < least[0].mul_f64(most) {
                break;
            }
        }
        self.texts += 1;
        if least[1] > self.slowest.0 {
            self.slowest = (least[1], format!("{piece:?} ({} bytes)", texts[1].len()));
        }
        if least[1] > BLINK && least[1] > least[0].mul_f64(most) {
            self.wrong.push(format!(
                "{piece:?}: {:?} for {size} bytes, {:?} for twice as many",
                least[0], least[1]
            ));
        }
    }

    fn judge(&self) {
        println!(
            "{} texts, the slowest {:?}: {}",
            self.texts, self.slowest.0, self.slowest.1
        );
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}

fn depth(node: Node<'_>) -> usize {
    match node.kind() {
        Kind::Mapping => {
            1 + node
                .entries()
                .flat_map(|entry| [depth(entry.key), depth(entry.value)])
                .max()
                .unwrap_or(0)
        }
        Kind::Sequence => 1 + node.items().map(depth).max().unwrap_or(0),
        Kind::Scalar | Kind::Alias | Kind::Empty => 0,
    }
}

/// Real templates cut off, joined wrongly and filled with characters that mean something.
#[test]
fn damaged_templates_lose_no_byte() {
    let Some(corpus) = support::corpus("damaged_templates_lose_no_byte") else {
        return;
    };
    let mut random = support::Random::new(3);
    let mut states = 0;
    for (_, text) in corpus.iter().filter(|(_, text)| text.len() < 20_000) {
        for _ in 0..4 {
            let count = 1 + random.below(12);
            let damaged = support::damaged(text, count, &mut random);
            support::check_tree(&damaged, Format::Yaml);
            states += 1;
        }
    }
    println!("{states} damaged templates");
}
