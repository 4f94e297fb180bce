//! What is JSON and what is not: texts of our own and mutations of real templates, judged by us and by two independent
//! strict parsers. `ROS_LSP_ROUNDS=20` mutates each template twenty times as often.

mod support;

use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use rayon::prelude::*;
use ros_lsp::syntax::{Format, SyntaxErrorKind, parse};
use ros_lsp::template::json_form::to_json;
use serde_json::Value;
use support::Random;
use support::json::read;

/// The share of mutations on which all three must agree.
const AGREEMENT: f64 = 0.9999;

fn ours(text: &str) -> bool {
    let tree = parse(text, Format::Json);
    assert!(tree.text() == text, "the chunks join to {text:?}");
    // An empty document is no template, but nothing in it is wrong.
    tree.errors().next().is_none() && tree.root().is_some()
}

fn serde(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok()
}

/// `jsonc-parser` in its strictest setting still lets control characters stand in strings and takes every blank that
/// Unicode knows for one: that much is added here.
fn jsonc(text: &str) -> bool {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &strict);
    parsed.is_ok_and(|parsed| parsed.value.is_some()) && !has_stray_characters(text)
}

fn has_stray_characters(text: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    text.chars().any(|c| {
        let stray = match quoted {
            true => c < ' ',
            false => (c.is_whitespace() || c.is_control()) && !matches!(c, ' ' | '\t' | '\n' | '\r'),
        };
        quoted ^= c == '"' && !escaped;
        escaped = quoted && c == '\\' && !escaped;
        stray
    })
}

/// Texts that every parser of JSON accepts.
const VALID: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "7",
    "-1",
    " 1 ",
    "\t1\n",
    "\r\n1\r\n",
    "120",
    "1.5",
    "-0.25",
    "1e1",
    "1E1",
    "1e+2",
    "1e-2",
    "1.5e+3",
    "0e0",
    "0.0",
    "-1.0E-10",
    "123456789012345",
    "[1e1, 0E+1]",
    "\"\"",
    "\"a\"",
    "\" \"",
    "\"a b\"",
    "\"\\\"\"",
    "\"\\\\\"",
    "\"\\/\"",
    "\"\\b\\f\\n\\r\\t\"",
    "\"\\u0041\"",
    "\"\\u00e9\\u4E13\"",
    "\"\\u0000\"",
    "\"\\u001f\"",
    "\"\\ud83d\\ude00\"",
    "\"\\uD83D\\uDE00 \\uFFFF\"",
    "\"\\\\u0041\"",
    "\"\\\\\\\"\"",
    "\"专有网络\"",
    "\"😀\"",
    "\"\u{7f}\"",
    "\"\u{80}\u{9f}\"",
    "\"\u{2028}\u{2029}\"",
    "\"\u{feff}\"",
    "\"\u{10ffff}\"",
    "\"/* no comment */ // neither\"",
    "\"[{]},:\"",
    "\"'\"",
    "\"a\u{301}\"",
    "[]",
    "[ ]",
    "[\n]",
    "[[]]",
    "[[], {}]",
    "[1]",
    "[1,2]",
    "[ 1 , 2 ]",
    "[null,true,false]",
    "[1, [2, {}], null]",
    "[\n1,\n2\n]",
    "[\"\"]",
    "[\"a\",\"b\"]",
    "[[[[[[[[[[]]]]]]]]]]",
    "[1\n,2]",
    "{}",
    "{ }",
    "{\n}",
    "{\"a\":1}",
    "{ \"a\" : 1 }",
    "{\"a\"\n:\n1}",
    "{\"\": 0}",
    "{\"a\": {\"b\": []}}",
    "{\"a\":{\"b\":{}},\"c\":[{\"d\":1}]}",
    "{\n\"a\": {\n\"b\": {\n\"c\": 1\n},\n\"d\": 2\n},\n\"e\": 3\n}",
    "{\"a\": 1\n}\n",
    "{\"专有网络\": \"交换机\", \"b\": \"😀\"}",
    "{\"a\\u0000b\": 1}",
    "{\"a\":\n{\"b\"\n:\n1}}",
    "{\r\n  \"a\": {\r\n    \"b\": 1\r\n  }\r\n}\r\n",
    "{\r  \"a\": 1\r}\r",
    "{\n  \"a\": {\n  \"b\": {\n  \"c\": 1 },\n  \"d\": 1\n  }, \"e\": 1\n}",
    "{\n\"a\": [\n1\n],\n\"b\": {\n}\n}",
    "{\n    \"a\": {\n  \"b\": 1\n    },\n\"c\": 2\n}",
    "{\n  \"a\": {\n    \"b\": {\n      \"c\": 1\n    }},\n    \"d\": 2\n}",
    "{\"a\": {\"b\": 1}, \"a\": {\"b\": 2}}",
    "{\"a\": 1, \"a\": 1}",
    "{\n\"a\": 1,\n\"a\": 2\n}",
    "{\"a\":[1,{\"b\":[2,{\"c\":[3]}]}]}",
    "\n\n{\"a\":\t1}\n\n",
];

/// Texts that every parser of JSON refuses.
const INVALID: &[&str] = &[
    "",
    " ",
    "\n",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "'",
    "-",
    "+",
    ".",
    "/",
    "\\",
    "#",
    "*",
    "&",
    "a",
    "nul",
    "nulll",
    "tru",
    "True",
    "TRUE",
    "NULL",
    "undefined",
    "nan",
    "NaN",
    "Infinity",
    "-Infinity",
    "0x1",
    "[0x1F]",
    "00",
    "01",
    "-01",
    "[012]",
    "1.",
    ".5",
    "-.5",
    "+1",
    "1e",
    "1e+",
    "1E-",
    "1.e1",
    "1.5.5",
    "1e1e1",
    "--1",
    "- 1",
    "1-",
    "1_000",
    "1 000",
    "1a",
    "0b1",
    "1f",
    "[1e]",
    "[2.]",
    "[-]",
    "[.]",
    "[1.2.3]",
    "\u{ff11}",
    "[\u{ff11}]",
    "1 2",
    "\"a\" \"b\"",
    "{} {}",
    "[] []",
    "1,",
    "null null",
    "{}x",
    "[]]",
    "{}}",
    "[1}",
    "{\"a\":1]",
    "[1,]",
    "[,1]",
    "[,]",
    "[1,,2]",
    "[1 2]",
    "[1;2]",
    "[1:2]",
    "[1 true]",
    "[\"a\" \"b\"]",
    "[\"a\": 1]",
    "[1,\n]",
    "[\n1\n,\n",
    "[{}",
    "[[]",
    "[1",
    "[1,",
    "[\"",
    "[\"a",
    "[\"a\"",
    "[\"a\",",
    "[tru]",
    "[TRUE]",
    "[a]",
    "[']",
    "['a']",
    "[*]",
    "[\u{a0}]",
    "[\u{c}]",
    "[\u{b}1]",
    "\u{c}1",
    "\u{a0}1",
    "\u{2028}1",
    "\u{85}1",
    "{,}",
    "{a}",
    "{a:1}",
    "{1:1}",
    "{null:1}",
    "{'a':1}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\" 1}",
    "{\"a\",1}",
    "{\"a\"=1}",
    "{\"a\"::1}",
    "{:1}",
    "{\"a\":1,}",
    "{\"a\":1,,}",
    "{\"a\":1,,\"b\":2}",
    "{,\"a\":1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1;\"b\":2}",
    "{\"a\":1,\"b\"}",
    "{\"a\":1,\"b\":}",
    "{\"a\":{\"b\":1}",
    "{\"a\":[1}",
    "{\"a\":1",
    "{\"a\":",
    "{\"a\"",
    "{\"a",
    "{\"",
    "{[]:1}",
    "{{}:1}",
    "{{}}",
    "{[]}",
    "{\"a\":1}}",
    "{\"a\":1}{",
    "{\"a\":1},",
    "{\"a\":1}#",
    "{\"a\": tru}",
    "{\"a\": 01}",
    "{\"a\": 'b'}",
    "{\"a\": b}",
    "{\"a\": \"b}",
    "{\"a: 1}",
    "{a\": 1}",
    "{\"a\": 1.}",
    "{\"a\":1\n\"b\":2}",
    "{\n\"a\": 1\n",
    "{\n\"a\": {\n}\n",
    "{\n\"a\": {\n\"b\": 1\n}\n",
    "\"a",
    "a\"",
    "\"a\n\"",
    "\"a\r\"",
    "\"a\r\nb\"",
    "\"\t\"",
    "\"\u{0}\"",
    "\"\u{1}\"",
    "\"\u{1f}\"",
    "\"\u{8}\"",
    "\"\\\"",
    "\"\\",
    "\"\\x\"",
    "\"\\x41\"",
    "\"\\a\"",
    "\"\\v\"",
    "\"\\0\"",
    "\"\\'\"",
    "\"\\ \"",
    "\"\\\n\"",
    "\"\\U0041\"",
    "\"\\u\"",
    "\"\\u1\"",
    "\"\\u12\"",
    "\"\\u123\"",
    "\"\\u123g\"",
    "\"\\u{41}\"",
    "\"\\u 041\"",
    "\"\\u+041\"",
    "\"\\u00",
    "\"\\专\"",
    "\"\\\u{0}\"",
    "{\"\t\":1}",
    "{\"\\x\":1}",
    "\"\"\"",
    "\"a\"b\"",
    "`a`",
    "\u{201c}a\u{201d}",
    "/* c */ 1",
    "1 // c",
    "// c\n1",
    "[\"a\", // c\n1]",
    "{\"a\": /* c */ 1}",
    "{} /* c",
    "# c\n1",
    "<!-- -->1",
    "/**/",
    "[1]/",
    "//",
    "\u{0}",
    "1\u{0}",
    "[\u{0}]",
    "{\"a\":\u{0}1}",
    "[1\u{0}]",
    "\u{0}{}",
    "{}\u{0}",
    "\u{1b}1",
    "[\u{7f}]",
    "[\u{feff}]",
    "[1]\u{feff}",
    "{\u{feff}\"a\":1}",
];

#[test]
fn texts_of_our_own() {
    let mut wrong = Vec::new();
    let deep =
        |open: &str, close: &str, depth: usize| format!("{}{}", open.repeat(depth), close.repeat(depth));
    let nested = [
        deep("[", "]", 120),
        format!("{}1{}", "{\"a\":".repeat(120), "}".repeat(120)),
    ];
    for text in VALID.iter().copied().chain(nested.iter().map(String::as_str)) {
        let verdicts = [ours(text), serde(text), jsonc(text)];
        let same =
            serde_json::from_str(text).is_ok_and(|value: Value| value == read(&parse(text, Format::Json)));
        if verdicts != [true; 3] || !same {
            wrong.push(format!("valid, and read alike ({same}): {text:?} {verdicts:?}"));
        }
    }
    let unclosed = [
        deep("[", "", 120),
        deep("{\"a\":", "", 120),
        deep("[", "]", 120) + "]",
    ];
    for text in INVALID.iter().copied().chain(unclosed.iter().map(String::as_str)) {
        let verdicts = [ours(text), serde(text), jsonc(text)];
        if verdicts != [false; 3] {
            wrong.push(format!("invalid: {text:?} {verdicts:?}"));
        }
    }
    println!(
        "{} texts, {} judged otherwise",
        VALID.len() + INVALID.len() + 5,
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn mutations_are_refused_as_the_oracles_refuse_them() {
    let Some(corpus) = support::corpus("json: mutations_are_refused_as_the_oracles_refuse_them") else {
        return;
    };
    let corpus: Vec<_> = corpus.iter().filter(|(_, text)| text.len() < 20_000).collect();
    let each = 20_000 / corpus.len() + 1;
    let mut disagreements = Vec::new();
    let mut states = 0;
    for seed in support::rounds() {
        states += corpus.len() * each;
        disagreements.par_extend(corpus.par_iter().enumerate().flat_map_iter(|(at, (name, text))| {
            let mut random = Random::new(seed * 100_000 + at as u64);
            let json = to_json(parse(text, Format::Yaml).root().expect("a template has a root"));
            (0..each).filter_map(move |_| disagreement(name, &json, &mut random))
        }));
    }
    for disagreement in &disagreements {
        println!("{disagreement}");
    }
    let share = 1.0 - disagreements.len() as f64 / states as f64;
    println!("{states} mutations, agreement {:.3} %", share * 100.0);
    assert!(states >= 20_000 && share >= AGREEMENT);
}

fn disagreement(name: &str, json: &str, random: &mut Random) -> Option<String> {
    const INSERTED: [char; 24] = [
        ' ', ',', ':', '"', '\'', '[', ']', '{', '}', '\\', '/', '\n', '\t', '-', '+', '.', '0', '1', 'e',
        'u', 'n', '专', '\u{0}', '#',
    ];
    let mut at = random.below(json.len());
    while !json.is_char_boundary(at) {
        at -= 1;
    }
    let next = json[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let inserted = INSERTED[random.below(INSERTED.len())];
    let text = match random.below(3) {
        0 => format!("{}{}", &json[..at], &json[next..]),
        1 => format!("{}{inserted}{}", &json[..at], &json[at..]),
        _ => format!("{}{inserted}{}", &json[..at], &json[next..]),
    };
    let verdicts = [ours(&text), serde(&text), jsonc(&text)];
    let agree = verdicts.iter().all(|verdict| *verdict == verdicts[0]);
    if agree
        && (!verdicts[0] || serde_json::from_str::<Value>(&text).ok()? == read(&parse(&text, Format::Json)))
    {
        return None;
    }
    let mut start = at.saturating_sub(30);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let around: String = text[start..].chars().take(60).collect();
    Some(format!(
        "{name}: we, serde_json, jsonc_parser say {verdicts:?} of {around:?}"
    ))
}

/// What the standard leaves open, or parsers take their liberty with: the text, our verdict, those of `serde_json` and
/// `jsonc-parser`, and why ours is ours.
const OPEN: &[(&str, bool, bool, bool, &str)] = &[
    (
        "\u{feff}{}",
        true,
        false,
        false,
        "editors write byte order marks, and loaders step over them",
    ),
    ("\u{feff}\u{feff}{}", false, false, false, "one mark is enough"),
    (
        "\"\\ud800\"",
        false,
        false,
        false,
        "half of a surrogate pair is no character",
    ),
    (
        "\"\\udc00\\ud800\"",
        false,
        false,
        false,
        "the halves are in the wrong order",
    ),
    (
        "\"\\ud800\\u0041\"",
        false,
        false,
        false,
        "the second half is missing",
    ),
    (
        "1e999",
        true,
        false,
        true,
        "how large a number may be is a question of its type, not of the text",
    ),
    ("-1e999", true, false, true, "likewise"),
    ("1e-999", true, true, true, "likewise"),
    ("123456789012345678901234567890", true, true, true, "likewise"),
    (
        "0.1234567890123456789012345678901234567890",
        true,
        true,
        true,
        "likewise",
    ),
    (
        "\"\u{fffe}\"",
        true,
        true,
        true,
        "a noncharacter may stand in a text",
    ),
];

#[test]
fn what_the_standard_leaves_open() {
    let mut wrong = Vec::new();
    for (text, we, others, third, why) in OPEN {
        let verdicts = (ours(text), serde(text), jsonc(text));
        if verdicts != (*we, *others, *third) {
            wrong.push(format!("{text:?} {verdicts:?}: {why}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Nesting has a limit, which is told and keeps the rest of the document.
#[test]
fn too_deep_is_an_error_of_its_own() {
    for depth in [250, 100_000] {
        let text = format!("{{\"a\": {}{}, \"b\": 1}}", "[".repeat(depth), "]".repeat(depth));
        let tree = parse(&text, Format::Json);
        let errors: Vec<_> = tree.errors().map(|error| error.kind).collect();
        assert_eq!(errors, [SyntaxErrorKind::TooDeep]);
        let kept = tree
            .root()
            .and_then(|root| root.get("b"))
            .map(|value| value.source().to_owned());
        assert_eq!(kept.as_deref(), Some("1"));
    }
}
