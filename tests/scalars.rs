//! The way back from decoded text to its source, for scalars of all styles.

mod support;

use ros_lsp::syntax::{Format, Node, Style, parse};
use ros_lsp::text::TextRange;

/// Pieces of scalars; `⏎` is a line break and the indentation of the text.
const PIECES: [&str; 24] = [
    "a", "b c", "专", "😀", " ", "  ", "⏎", "⏎", "⏎", "⏎ ", "⏎⏎", "''", "\\n", "\\\\", "\\x41", "\\u4e13",
    "\\\"", "\\⏎", "\\ ", "\\t", "${Name}", "x:y", "#", "\t",
];

#[test]
fn each_character_leads_to_its_source() {
    let mut random = support::Random::new(6);
    let mut characters = 0;
    for turn in 0..40_000 {
        let body: String = (0..1 + random.below(8))
            .map(|_| PIECES[random.below(PIECES.len())])
            .collect();
        let chomp = ["", "-", "+"][random.below(3)];
        let value = match turn % 5 {
            0 => body.clone(),
            1 => format!("'{}'", body.replace('\\', "/")),
            2 => format!("\"{}\"", body.replace("''", "'")),
            3 => format!("|{chomp}⏎{body}"),
            _ => format!(">{chomp}⏎{body}"),
        };
        let line_break = ["\n", "\r\n"][random.below(2)];
        let text = format!("k: {value}⏎l: 1\n")
            .replace("⏎l", "\nl")
            .replace('⏎', "\n   ")
            .replace('\n', line_break);
        let tree = parse(&text, Format::Yaml);
        if tree.errors().next().is_some() {
            continue;
        }
        if let Some(node) = tree
            .root()
            .and_then(|root| root.get("k"))
            .filter(|node| node.is_scalar())
        {
            characters += check(node, &text);
        }
    }
    for escape in [
        "\\n",
        "\\/",
        "\\\\",
        "\\\"",
        "\\u4e13",
        "\\ud83d\\ude00",
        "专",
        "😀",
        "a",
    ] {
        let text = format!("{{\"k\": \"a{escape}b{escape}{escape}\"}}");
        let tree = parse(&text, Format::Json);
        let node = tree.root().and_then(|root| root.get("k")).expect("a value");
        characters += check(node, &text);
    }
    assert!(characters > 50_000, "{characters} characters");
    println!("{characters} characters of made scalars");
}

#[test]
fn characters_of_real_scalars_lead_to_their_source() {
    let Some(corpus) = support::corpus("characters_of_real_scalars_lead_to_their_source") else {
        return;
    };
    let mut characters = 0;
    for (_, text) in &corpus {
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let tree = parse(&text, Format::Yaml);
            if let Some(root) = tree.root() {
                characters += walk(root, &text);
            }
        }
    }
    println!("{characters} characters of real scalars");
}

fn walk(node: Node<'_>, text: &str) -> usize {
    // Long scripts take their time: each character asks for the whole map.
    let short = node.is_scalar() && node.range().len() < 600;
    let own = if short { check(node, text) } else { 0 };
    let entries: usize = node
        .entries()
        .map(|entry| walk(entry.key, text) + walk(entry.value, text))
        .sum();
    own + entries + node.items().map(|item| walk(item, text)).sum::<usize>()
}

/// Each character's source is the character, its escape or its line break; sources follow one another.
fn check(node: Node<'_>, text: &str) -> usize {
    let decoded = node.text().expect("a scalar");
    let content = node.content_range();
    let mut end = content.start;
    let block = matches!(node.style(), Style::Literal | Style::Folded);
    let mut characters = 0;
    for (at, character) in decoded.char_indices() {
        let range = TextRange::new(at as u32, (at + character.len_utf8()) as u32);
        let source_range = node.source_range(range);
        let source = &text[source_range.as_usize()];
        let why = || {
            format!(
                "{character:?} at {at} of {decoded:?} is {source:?} in {:?}",
                node.source()
            )
        };
        let breaks = source.contains(['\n', '\r']);
        let fits = source.starts_with(character) && source.len() == character.len_utf8()
            || node.style() == Style::DoubleQuoted && source.starts_with('\\')
            || node.style() == Style::SingleQuoted && source == "''"
            || matches!(character, ' ' | '\n') && breaks && source.trim_start_matches('\\').trim().is_empty();
        // The line break behind a block scalar is no part of it.
        let last = block && character == '\n' && source.is_empty() && source_range.start == content.end;
        assert!(fits || last, "{}", why());
        assert!(
            content.start <= source_range.start && source_range.start >= end,
            "{}",
            why()
        );
        end = source_range.end;
        // The place before the character is where its source begins.
        let before = node.source_range(TextRange::empty(at as u32));
        assert_eq!(before, TextRange::empty(source_range.start), "{}", why());
        characters += 1;
    }
    characters
}
