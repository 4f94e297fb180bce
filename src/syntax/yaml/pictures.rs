//! Pictures of trees: how valid YAML reads, and what is made of what is broken.

use crate::syntax::{Entry, Format, Kind, Node, Style, Tree, parse};
use expect_test::{Expect, expect};

/// One line a node, indented by depth, then the errors with the text they stand on.
fn picture(text: &str) -> String {
    let tree = parse(text, Format::Yaml);
    assert_eq!(tree.text(), text);
    let mut out = String::new();
    if let Some(root) = tree.root() {
        draw(root, "", 0, &mut out);
    }
    errors(&tree, text, &mut out);
    out
}

fn draw(node: Node<'_>, name: &str, depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
    out.push_str(name);
    if let Some(anchor) = node.anchor_range() {
        out.push_str(&format!("{} ", node.tree().slice(anchor)));
    }
    if let Some(tag) = node.tag() {
        out.push_str(&format!("{tag} "));
    }
    let style = match node.style() {
        Style::SingleQuoted => "'",
        Style::DoubleQuoted => "\"",
        Style::Literal => "|",
        Style::Folded => ">",
        Style::Flow => "flow",
        Style::Block => "block",
        Style::Plain => "",
    };
    match node.kind() {
        Kind::Mapping => out.push_str(&format!("{style} map\n")),
        Kind::Sequence => out.push_str(&format!("{style} list\n")),
        Kind::Alias => out.push_str(&format!("{}\n", node.source())),
        Kind::Empty => out.push_str(&format!("(empty at {})\n", node.range().start)),
        Kind::Scalar => out.push_str(&format!("{style}{:?}\n", node.text().unwrap_or_default())),
    }
    for Entry { key, value } in node.entries() {
        match key.kind() {
            Kind::Scalar | Kind::Empty => {
                draw(
                    value,
                    &format!("{}: ", key.text().unwrap_or_default()),
                    depth + 1,
                    out,
                );
            }
            _ => {
                draw(key, "? ", depth + 1, out);
                draw(value, ": ", depth + 1, out);
            }
        }
    }
    for item in node.items() {
        draw(item, "- ", depth + 1, out);
    }
}

fn errors(tree: &Tree, text: &str, out: &mut String) {
    for error in tree.errors() {
        let part = &text[error.range.as_usize()];
        out.push_str(&format!("{:?} at {} {part:?}\n", error.kind, error.range.start));
    }
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&picture(text));
}

/// Reads without error to the same picture as another text.
#[track_caller]
fn same(text: &str, other: &str) {
    let shown = picture(text);
    assert_eq!(shown, picture(other), "{text}");
    assert!(parse(text, Format::Yaml).errors().next().is_none(), "{shown}");
}

#[test]
fn control_characters_are_no_text() {
    let drawn = picture("a: \"x\u{7}\"\nb: \u{0}\n");
    assert_eq!(
        drawn.matches("ControlCharacter").count() + drawn.matches("control characters").count(),
        2,
        "{drawn}"
    );
    assert!(!picture("a: x\ty\r\n").contains("ontrol"));
}

#[test]
fn block_collections() {
    check(
        "A:\n  B: 甲\n  C:\n  - d\n  - e: f\n    g: h\n  -\n    - i\nJ:\n",
        expect![[r#"
            block map
              A: block map
                B: "甲"
                C: block list
                  - "d"
                  - block map
                    e: "f"
                    g: "h"
                  - block list
                    - "i"
              J: (empty at 55)
        "#]],
    );
}

#[test]
fn styles_tags_and_anchors() {
    check(
        "a: &x 'it''s'\nb: !Sub \"${A}\\n\"\nc: |-\n  l1\n   l2\nd: >\n  f1\n  f2\ne: *x\nf: !GetAtt [a, b]\ng: {h: , i, 'j':k}\n",
        expect![[r#"
            block map
              a: &x '"it's"
              b: !Sub ""${A}\n"
              c: |"l1\n l2"
              d: >"f1 f2\n"
              e: *x
              f: !GetAtt flow list
                - "a"
                - "b"
              g: flow map
                h: (empty at 94)
                i: (empty at 97)
                j: "k"
        "#]],
    );
}

#[test]
fn explicit_and_complex_keys() {
    check(
        "? a\n: b\n? - c\n: - d\n?\n- e\n:\n- f\n[g, h]: i\n? j\n: # k\n",
        expect![[r#"
            block map
              a: "b"
              ? block list
                - "c"
              : block list
                - "d"
              ? block list
                - "e"
              : block list
                - "f"
              ? flow list
                - "g"
                - "h"
              : "i"
              j: (empty at 48)
        "#]],
    );
}

#[test]
fn comments_where_a_value_could_be() {
    check(
        "a: # c\nb: ! # c\n\nc:\n  # d\n  - # e\n  - f # g\n",
        expect![[r#"
        block map
          a: (empty at 3)
          b: ! (empty at 11)
          c: block list
            - (empty at 30)
            - "f"
    "#]],
    );
}

#[test]
fn line_breaks_of_all_kinds_read_the_same() {
    let text = "a:\n  b: |\n    c\n\n    d\n  e: f\n    g\nh:\n- i\n";
    same(text, text);
    let shown = picture(text);
    assert_eq!(picture(&text.replace('\n', "\r\n")), shown);
    assert_eq!(picture(&text.replace('\n', "\r")), shown);
    assert_eq!(picture(&format!("\u{feff}{text}")), shown);
    assert_eq!(picture(&format!("%YAML 1.2\n--- # c\n{text}...\n")), shown);
    assert_eq!(picture(&format!("{text}---\nother: 1\n")), shown);
}

#[test]
fn what_looks_broken_and_is_not() {
    same("a: b\n  - c\n", "a: b - c\n");
    same("a: b\n  ? c\n", "a: b ? c\n");
    same("a:\n  'b\n  c: d\n  e'\n", "a: 'b c: d e'\n");
    same(":a: b\n", "? :a\n: b\n");
    same("a:\n \tb\n", "a: b\n");
    same("a: {b: &c :d}\n", "a: { b: &c :d }\n");
    same("a: [b\n  c]\n", "a: [b c]\n");
    same("a:\n  &x\n- b\n", "a: &x\n- b\n");
}

#[test]
fn keys_half_typed() {
    check(
        "A:\n  Ke\n  B: c\n  Ke\nD: e\nKe",
        expect![[r#"
        block map
          A: block map
            Ke: (empty at 7)
            B: "c"
            Ke: (empty at 19)
          D: "e"
          Ke: (empty at 27)
        MissingColon at 5 "Ke"
        MissingColon at 17 "Ke"
        MissingColon at 25 "Ke"
    "#]],
    );
    check(
        "A:\n  \"Ke\"\n  B: c\n  'Ke\n  {\n  [x\n",
        expect![[r#"
        block map
          A: block map
            Ke: (empty at 9)
            B: "c"
            Ke: (empty at 22)
            {: (empty at 26)
            [x: (empty at 31)
        MissingColon at 5 "\"Ke\""
        UnclosedString at 19 "'Ke"
        UnclosedMap at 25 "{"
        UnclosedList at 29 "[x"
    "#]],
    );
}

#[test]
fn values_half_typed() {
    check(
        "A:\n  B: \"c\n  D: 'e\n  F: [g, \n  H: {i: \n  J: @\n  K: l: m\n  N: - o\n  P: ]\n  Q: *\n  R: !Base64Encode !Sub s\n  T: u\n",
        expect![[r#"
            block map
              A: block map
                B: ""c"
                D: '"e"
                F: flow list
                  - "g"
                  - (empty at 28)
                H: flow map
                  i: (empty at 38)
                J: "@"
                K: "l: m"
                N: "- o"
                P: "]"
                Q: *
                R: !Base64Encode "s"
                T: "u"
            UnclosedString at 8 "\"c"
            UnclosedString at 16 "'e"
            UnclosedList at 24 "["
            UnclosedMap at 34 "{"
            BadPlainStart at 44 "@"
            NestedMapping at 52 ":"
            NestedSequence at 61 "- o"
            BadPlainStart at 70 "]"
            MissingAnchorName at 77 "*"
            TwoTags at 98 "!Sub"
        "#]],
    );
}

#[test]
fn wrong_indentation() {
    check(
        "A:\n     B: c\n  D:\n  - e\n F: g\nH: i\n",
        expect![[r#"
        block map
          A: block map
            B: "c"
            D: block list
              - "e"
            F: "g"
          H: "i"
        BadIndent at 13 "  "
        BadIndent at 24 " "
    "#]],
    );
    check(
        "A:\n  B: c\n\tD: e\n  F: g\n",
        expect![[r#"
        block map
          A: block map
            B: "c"
            D: "e"
            F: "g"
        TabIndent at 10 "\t"
    "#]],
    );
    check(
        "A:\n\tB:\n\t\tC: d\n\tE: f\n",
        expect![[r#"
            block map
              A: block map
                B: block map
                  C: "d"
                E: "f"
            TabIndent at 3 "\t"
            TabIndent at 7 "\t\t"
            TabIndent at 14 "\t"
        "#]],
    );
    check(
        "A:\n  \tB: c\n  D: e\n",
        expect![[r#"
        block map
          A: block map
            B: "c"
            D: "e"
        TabIndent at 3 "  \t"
    "#]],
    );
    check(
        "a: \"b\nc\"\nd: [e,\nf\n]\n",
        expect![[r#"
        block map
          a: ""b c"
          d: flow list
            - "e"
            - "f"
        ShallowLine at 6 "c"
        ShallowLine at 16 "f"
    "#]],
    );
    check(
        "a: |\n     \n  b\nc: |\n\t\nd: -\t- e\n- f\n",
        expect![[r#"
        block map
          a: |"   \nb\n"
          c: |""
          d: "-\t- e"
          : "f"
        DeepBlankLine at 7 "   "
        TabIndent at 20 "\t"
        NestedSequence at 25 "-\t- e"
        Unexpected at 31 "-"
    "#]],
    );
}

#[test]
fn names_that_nothing_defines() {
    check(
        "a: *b\nc: &b d\ne: *b\nf: &\ng: !h!i j\nk: &l &m n\n",
        expect![[r#"
        block map
          a: *b
          c: &b "d"
          e: *b
          f: & (empty at 24)
          g: !h!i "j"
          k: &l "n"
        UndefinedAlias at 3 "*b"
        MissingAnchorName at 23 "&"
        UndefinedTagHandle at 28 "!h!i"
        TwoAnchors at 41 "&m"
    "#]],
    );
    check(
        "%TAG !a! b\n%TAG !a! c\n%YAML 1\n---\nd: !a!e f\n",
        expect![[r#"
        block map
          d: !a!e "f"
        DuplicateDirective at 11 "%TAG !a! c"
        BadDirective at 22 "%YAML 1"
    "#]],
    );
}

#[test]
fn brackets_that_do_not_match() {
    check(
        "  {]: : 甲: \n",
        expect![[r#"
        flow map
          : ":"
          甲: (empty at 13)
        UnclosedMap at 2 "{"
        ExtraClose at 3 "]"
        BadPlainStart at 6 ":"
        MissingComma at 8 "甲"
    "#]],
    );
    check(
        "[\t-\n专\n  ",
        expect![[r#"
        flow list
          - "-"
          - "专"
        UnclosedList at 0 "["
        BadPlainStart at 2 "-"
        MissingComma at 4 "专"
    "#]],
    );
    check(
        "a: [b, {c: d]\ne: f\n",
        expect![[r#"
        block map
          a: flow list
            - "b"
            - flow map
              c: "d"
          e: "f"
        UnclosedMap at 7 "{"
    "#]],
    );
    check(
        "\t*aa: : \n专",
        expect![[r#"
            block map
              ? *aa:
              : (empty at 8)
              专: (empty at 12)
            TabIndent at 0 "\t"
            UndefinedAlias at 1 "*aa:"
            MissingColon at 9 "专"
        "#]],
    );
}

#[test]
fn tags_have_few_characters() {
    check(
        "a: !说明\n",
        expect![[r#"
        block map
          a: !说明 (empty at 10)
        BadTag at 4 "说"
    "#]],
    );
    check(
        "a: !Ref{b: c}\nd: [!e, !f%20g]\n",
        expect![[r#"
        block map
          a: !Ref flow map
            b: "c"
          d: flow list
            - !e (empty at 20)
            - !f%20g (empty at 28)
        BadTag at 7 "{"
    "#]],
    );
}

#[test]
fn a_key_ends_on_its_line() {
    check(
        "- a\n- \"b\\\n  c\":\n- d\n",
        expect![[r#"
        block list
          - "a"
          - block map
            b\: (empty at 9)
            c": (empty at 15)
          - "d"
        UnclosedString at 6 "\"b\\"
    "#]],
    );
}

#[test]
fn a_line_that_is_indented_otherwise() {
    check(
        "a:\n  b: 1\n Key\n  c: 2\n",
        expect![[r#"
        block map
          a: block map
            b: "1"
            Key: (empty at 14)
            c: "2"
        BadIndent at 10 " "
        MissingColon at 11 "Key"
    "#]],
    );
    check(
        "a:\n   b: 1\n  c:\n    d: 2\n  e: 3\n",
        expect![[r#"
        block map
          a: block map
            b: "1"
            c: block map
              d: "2"
            e: "3"
        BadIndent at 11 "  "
    "#]],
    );
    check(
        "a:\n  b:\n    c: 1\n   d:\n    e: 2\n  f: 3\n",
        expect![[r#"
        block map
          a: block map
            b: block map
              c: "1"
            d: block map
              e: "2"
            f: "3"
        BadIndent at 17 "   "
    "#]],
    );
    check(
        "a:\n  - \n  b: 1\n",
        expect![[r#"
        block map
          a: block map
            : (empty at 7)
            b: "1"
        Unexpected at 5 "-"
    "#]],
    );
    check(
        "a:\n  b:\n   - 1\n  - 2\n  c: 3\n",
        expect![[r#"
        block map
          a: block map
            b: block list
              - "1"
              - "2"
            c: "3"
        BadIndent at 17 "-"
    "#]],
    );
    check(
        "a:\n  Key\n    b\n    c: 1\n  d: 2\n",
        expect![[r#"
        block map
          a: block map
            Key: block map
              b: (empty at 14)
              c: "1"
            d: "2"
        MissingColon at 5 "Key"
        MissingColon at 13 "b"
    "#]],
    );
}
