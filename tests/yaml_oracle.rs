//! The YAML parser against an independent strict one, on real templates.

mod support;

use ros_lsp::syntax::{Format, Kind, Node, Tree, parse};
use saphyr_parser::{Event, Parser, ScalarStyle};

/// One leaf or empty collection: path and value.
type Leaf = (String, String);

#[test]
fn real_templates_read_as_the_oracle_reads_them() {
    let Some(corpus) = support::corpus("real_templates_read_as_the_oracle_reads_them") else {
        return;
    };
    let mut wrong = Vec::new();
    for (name, text) in &corpus {
        for (variant, text) in [("", text.clone()), (" with CRLF", text.replace('\n', "\r\n"))] {
            let tree = parse(&text, Format::Yaml);
            assert_eq!(tree.text(), text, "{name}: the chunks join to the text");
            let errors: Vec<_> = tree.errors().collect();
            if !errors.is_empty() {
                let line = text[..errors[0].range.start as usize].matches('\n').count() + 1;
                wrong.push(format!("{name}{variant}:{line} {:?}", errors[0]));
                continue;
            }
            let theirs = oracle(&text).expect("the oracle reads the template");
            let ours = leaves(&tree);
            if let Some((mine, other)) = ours.iter().zip(&theirs).find(|(mine, other)| mine != other) {
                wrong.push(format!("{name}{variant}: {mine:?} is {other:?}"));
            } else if ours.len() != theirs.len() {
                wrong.push(format!(
                    "{name}{variant}: {} leaves, not {}",
                    ours.len(),
                    theirs.len()
                ));
            }
        }
    }
    println!("{} templates, {} differ", corpus.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Single characters and lines of real templates are damaged: both parsers must agree on whether that is still YAML,
/// and on what it says then.
#[test]
fn damaged_templates_are_refused_as_the_oracle_refuses_them() {
    let Some(corpus) = support::corpus("damaged_templates_are_refused_as_the_oracle_refuses_them") else {
        return;
    };
    let mut random = support::Random::new(2);
    let (mut total, mut both) = (0, 0);
    let mut wrong = Vec::new();
    for (name, text) in corpus.iter().filter(|(_, text)| text.len() < 60_000) {
        for _ in 0..12 {
            let (text, line) = damaged(text, &mut random);
            total += 1;
            support::check_tree(&text, Format::Yaml);
            let tree = parse(&text, Format::Yaml);
            let error = tree.errors().next();
            let around: Vec<&str> = text.lines().skip(line.saturating_sub(1)).take(3).collect();
            match (error, oracle(&text)) {
                (None, Ok(theirs)) => {
                    both += 1;
                    let ours = leaves(&tree);
                    if ours != theirs {
                        let pair = ours.iter().zip(&theirs).find(|(mine, other)| mine != other);
                        wrong.push(format!("{name}:{line} differs {pair:?} {around:?}"));
                    }
                }
                (Some(error), Ok(_)) => wrong.push(format!("{name}:{line} stricter: {error:?} {around:?}")),
                (None, Err(why)) => wrong.push(format!("{name}:{line} laxer: {why} {around:?}")),
                (Some(_), Err(_)) => {}
            }
        }
    }
    let share = 1.0 - wrong.len() as f64 / f64::from(total);
    println!(
        "{total} damaged templates, {both} still valid, agreement on {:.2} %",
        share * 100.0
    );
    assert!(share >= 0.998, "{}", wrong.join("\n"));
}

/// Small documents of random pieces: where the oracle reads one, so do we, and the same.
#[test]
fn made_documents_read_as_the_oracle_reads_them() {
    const PIECES: [&str; 37] = [
        "a", "b", "a b", "专", ": ", ":", "a: ", "b:", "- ", "-", "? ", "\n", "\n", "\n", "\n  ", "\n  ",
        "\n    ", "\n ", "'", "\"", "[", "]", "{", "}", ", ", "#", " # c", "&a ", "*a", "!t ", "|", ">-",
        "\\", " ", "'q'", "\"q\"", "[a, b]",
    ];
    let mut random = support::Random::new(4);
    let (mut valid, mut stricter, mut laxer) = (0, Vec::new(), Vec::new());
    for _ in 0..60_000 {
        let pieces = (0..2 + random.below(12)).map(|_| PIECES[random.below(PIECES.len())]);
        let text = pieces.collect::<String>() + "\n";
        // The oracle lets a collection begin behind the `: ` of an entry without key.
        if text
            .lines()
            .any(|line| line.trim_start_matches([' ', '-', '?']).starts_with(':'))
        {
            continue;
        }
        support::check_tree(&text, Format::Yaml);
        let tree = parse(&text, Format::Yaml);
        match (tree.errors().next(), oracle(&text)) {
            (None, Ok(theirs)) => {
                valid += 1;
                let ours = leaves(&tree);
                if ours != theirs && !(ours.is_empty() && theirs == [(String::new(), String::new())]) {
                    stricter.push(format!("{text:?} reads {ours:?}, not {theirs:?}"));
                }
            }
            (Some(error), Ok(_)) => {
                valid += 1;
                stricter.push(format!("{text:?}: {error:?}"));
            }
            (None, Err(why)) => laxer.push(format!("{text:?}: {why}")),
            (Some(_), Err(_)) => {}
        }
    }
    println!(
        "{valid} valid documents, {} read otherwise, {} more accepted",
        stricter.len(),
        laxer.len()
    );
    assert!(
        stricter.len() * 1000 < valid && laxer.len() * 2000 < valid,
        "{}\n--\n{}",
        stricter.join("\n"),
        laxer.join("\n")
    );
}

/// The text with one character or line inserted, deleted or doubled, and its line.
fn damaged(text: &str, random: &mut support::Random) -> (String, usize) {
    const INSERTED: [&str; 24] = [
        " ", ":", ": ", "-", "- ", "#", " #", "'", "\"", "[", "]", "{", "}", ",", "!", "&a ", "*a", "|",
        "> ", "%", "\t", "? ", "\n", "专",
    ];
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let line = text[..at].rfind('\n').map_or(0, |found| found + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |found| at + found + 1);
    let next = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let damaged = match random.below(5) {
        0 => format!("{}{}", &text[..at], &text[next..]),
        1 => format!("{}{}", &text[..line], &text[line_end..]),
        2 => format!(
            "{}{}{}",
            &text[..line_end],
            &text[line..line_end],
            &text[line_end..]
        ),
        _ => format!(
            "{}{}{}",
            &text[..at],
            INSERTED[random.below(INSERTED.len())],
            &text[at..]
        ),
    };
    (damaged, text[..at].matches('\n').count())
}

fn leaves(tree: &Tree) -> Vec<Leaf> {
    let mut out = Vec::new();
    if let Some(root) = tree.root() {
        walk(root, String::new(), &mut out);
    }
    out
}

fn walk(node: Node<'_>, path: String, out: &mut Vec<Leaf>) {
    match node.kind() {
        Kind::Mapping => {
            out.push((path.clone(), format!("map of {}", node.entries().count())));
            for entry in node.entries() {
                let key = match entry.key.kind() {
                    Kind::Alias => "*".into(),
                    _ => entry.key.text().unwrap_or_default(),
                };
                walk(entry.value, format!("{path}/{key}"), out);
            }
        }
        Kind::Sequence => {
            out.push((path.clone(), format!("list of {}", node.items().count())));
            for (index, item) in node.items().enumerate() {
                walk(item, format!("{path}/{index}"), out);
            }
        }
        Kind::Scalar | Kind::Empty => out.push((path, node.text().unwrap_or_default().into_owned())),
        Kind::Alias => out.push((path, "*".to_owned())),
    }
}

#[derive(Debug)]
enum Value {
    Map(Vec<(Value, Value)>),
    List(Vec<Value>),
    Text(String),
}

fn oracle(text: &str) -> Result<Vec<Leaf>, String> {
    let mut events = Vec::new();
    for event in Parser::new_from_str(text) {
        events.push(event.map_err(|error| error.to_string())?.0);
    }
    let mut at = 0;
    while matches!(events[at], Event::StreamStart | Event::DocumentStart(_)) {
        at += 1;
    }
    if events[at] == Event::StreamEnd {
        return Ok(Vec::new());
    }
    let value = build(&events, &mut at, !text.ends_with('\n'));
    let mut out = Vec::new();
    flatten(&value, String::new(), &mut out);
    Ok(out)
}

fn build(events: &[Event<'_>], at: &mut usize, no_final_break: bool) -> Value {
    let event = &events[*at];
    *at += 1;
    match event {
        Event::Scalar(text, style, ..) => {
            // The oracle adds a line break to a block scalar that ends with the text; the service's loader does not.
            let last = events[*at..]
                .iter()
                .all(|event| !matches!(event, Event::Scalar(..)));
            let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
            let text = if last && block && no_final_break {
                text.trim_end_matches('\n')
            } else {
                text
            };
            Value::Text(text.to_owned())
        }
        Event::Alias(_) => Value::Text("*".into()),
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            while events[*at] != Event::SequenceEnd {
                items.push(build(events, at, no_final_break));
            }
            *at += 1;
            Value::List(items)
        }
        Event::MappingStart(..) => {
            let mut entries = Vec::new();
            while events[*at] != Event::MappingEnd {
                let key = build(events, at, no_final_break);
                entries.push((key, build(events, at, no_final_break)));
            }
            *at += 1;
            Value::Map(entries)
        }
        other => panic!("unexpected {other:?}"),
    }
}

fn flatten(value: &Value, path: String, out: &mut Vec<Leaf>) {
    match value {
        Value::Map(entries) => {
            out.push((path.clone(), format!("map of {}", entries.len())));
            for (key, value) in entries {
                let key = match key {
                    Value::Text(key) if key == "~" => "",
                    Value::Text(key) => key,
                    _ => "",
                };
                flatten(value, format!("{path}/{key}"), out);
            }
        }
        Value::List(items) => {
            out.push((path.clone(), format!("list of {}", items.len())));
            for (index, item) in items.iter().enumerate() {
                flatten(item, format!("{path}/{index}"), out);
            }
        }
        // An unquoted null reads as `~` there.
        Value::Text(text) => out.push((path, if text == "~" { String::new() } else { text.clone() })),
    }
}
