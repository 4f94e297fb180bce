//! Texts made to hurt a YAML parser: no panic, no lost byte, time that grows with the length and not faster.

#![allow(clippy::print_stdout)] // A figure of each text is worth seeing.

mod support;

use ros_lsp::syntax::{Format, Kind, Node, parse};
use std::time::{Duration, Instant};

/// Bytes of each text, about.
const SIZE: usize = 200_000;

/// What one text may take in a build for tests; reading it more than a few hundred times would take longer.
const MOST: Duration = Duration::from_secs(3);

#[test]
fn hostile_texts_take_linear_time() {
    let repeated = [
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
    for piece in repeated {
        check(piece, &piece.repeat(SIZE / piece.len()));
    }
    for (open, piece, close) in [
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
    ] {
        let text = format!("{open}{}{close}", piece.repeat(SIZE / piece.len()));
        check(piece, &text);
    }
    for step in ["a:", "- a:", "-", "? a:", "a: [", "!t", "word", "'a", "{"] {
        let lines: String = (0..600)
            .map(|depth| format!("{}{step}\n", " ".repeat(depth)))
            .collect();
        check(step, &lines);
    }
}

fn check(piece: &str, text: &str) {
    for text in [
        text.to_owned(),
        format!("Resources:\n  A:\n    B: {text}\n  C: 1\n"),
    ] {
        let begin = Instant::now();
        let tree = parse(&text, Format::Yaml);
        let depth = tree.root().map_or(0, depth);
        let time = begin.elapsed();
        assert!(
            tree.text() == text,
            "{piece:?}: the chunks don't join to the text"
        );
        assert!(depth < 500, "{piece:?}: {depth} levels");
        if time > MOST / 10 {
            println!("{piece:?}: {time:?}");
        }
        assert!(time < MOST, "{piece:?}: {time:?}");
        support::check_tree(&text, Format::Yaml);
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
