//! The YAML parser against the YAML test suite: `YAML_TEST_SUITE` names a checkout of its `data` branch, which
//! `tests/fetch-yaml-test-suite.sh` brings.

use ros_lsp::syntax::{Format, Kind, Node, NodeId, Role, Style, Tree, parse};
use std::path::{Path, PathBuf};

/// Cases of the suite: 308 valid, 94 invalid.
const CASES: usize = 402;

/// The cases that we read otherwise, and why.
const EXCEPTIONS: [(&str, &str); 2] = [
    (
        "JEF9/02",
        "a `|+` of one blank line that the text's end cuts off: PyYAML adds no line break either",
    ),
    (
        "L24T/01",
        "a `|` whose last line the text's end cuts off: PyYAML adds no line break either",
    ),
];

#[test]
fn the_suite_is_read_as_it_says() {
    let Some(suite) = std::env::var_os("YAML_TEST_SUITE") else {
        println!("the_suite_is_read_as_it_says: skipped, YAML_TEST_SUITE names no folder");
        return;
    };
    let (mut agreed, mut refused) = (0, 0);
    let mut wrong = Vec::new();
    for case in cases(Path::new(&suite)) {
        let name = case.strip_prefix(&suite).unwrap_or(&case).display().to_string();
        let read = |file: &str| std::fs::read_to_string(case.join(file)).unwrap_or_default();
        let text = read("in.yaml");
        let tree = parse(&text, Format::Yaml);
        assert_eq!(tree.text(), text, "{name}: the chunks join to the text");
        let errors: Vec<_> = tree.errors().collect();
        if case.join("error").exists() {
            match errors.is_empty() {
                true => wrong.push((name, "accepted though invalid".to_owned())),
                false => refused += 1,
            }
            continue;
        }
        if let Some(error) = errors.first() {
            wrong.push((name, format!("{error:?}")));
            continue;
        }
        let expected: Vec<String> = read("test.event").lines().filter_map(normal).collect();
        let expected = without_empty_documents(expected);
        let events = without_empty_documents(events(&tree));
        match events.iter().zip(&expected).find(|(mine, theirs)| mine != theirs) {
            Some((mine, theirs)) => wrong.push((name, format!("{mine:?} is {theirs:?}"))),
            None if events.len() != expected.len() => {
                wrong.push((name, format!("{} events, not {}", events.len(), expected.len())));
            }
            None => agreed += 1,
        }
    }
    println!("{agreed} valid cases agree, {refused} invalid ones are refused");
    let excepted = |name: &str| EXCEPTIONS.iter().find(|(case, _)| name == *case);
    for (name, what) in &wrong {
        let why = excepted(name).map_or("NOT LISTED", |(_, why)| why);
        println!("{name}: {what}; {why}");
    }
    assert_eq!(agreed + refused + wrong.len(), CASES);
    assert!(wrong.iter().all(|(name, _)| excepted(name).is_some()));
    assert_eq!(wrong.len(), EXCEPTIONS.len(), "an exception is none any more");
}

/// Folders that hold an `in.yaml`, sorted.
fn cases(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if folder.join("in.yaml").exists() {
            found.push(folder);
            continue;
        }
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            // The suite lists its cases again below `name` and `tags`.
            let again = matches!(entry.file_name().to_str(), Some("name" | "tags" | ".git"));
            if entry.path().is_dir() && !again {
                folders.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// An event of the suite without what the tree does not say: explicit markers and flow or block.
fn normal(line: &str) -> Option<String> {
    match line.get(..4)? {
        "+STR" | "-STR" => None,
        "+DOC" => Some("+DOC".into()),
        "-DOC" => Some("-DOC".into()),
        _ => Some(line.replacen("+SEQ []", "+SEQ", 1).replacen("+MAP {}", "+MAP", 1)),
    }
}

/// Documents without content are no nodes of the tree.
fn without_empty_documents(events: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for event in events {
        let empty = event == "-DOC" && out.len() >= 2 && out[out.len() - 2..] == ["+DOC", "=VAL :"];
        if empty {
            out.truncate(out.len() - 2);
        } else if event == "-DOC" && out.last().is_some_and(|last| last == "+DOC") {
            out.pop();
        } else {
            out.push(event);
        }
    }
    out
}

/// The suite's event for each node. Between two documents stands a trivia chunk.
fn events(tree: &Tree) -> Vec<String> {
    let mut out = Writer {
        events: Vec::new(),
        tags: Vec::new(),
    };
    let chunks: Vec<_> = tree.chunks().collect();
    let mut at = 0;
    while at < chunks.len() {
        if chunks[at].role == Role::Trivia {
            out.directives(&chunks[at].text);
            at += 1;
            continue;
        }
        out.events.push("+DOC".into());
        let node = |chunk: usize, index: u32| {
            tree.node(NodeId {
                chunk: chunk as u32,
                index,
            })
        };
        if chunks[at].role == Role::Whole {
            out.node(node(at, 0));
            at += 1;
        } else {
            out.events.push("+MAP".into());
            let mut section = false;
            while at < chunks.len() && chunks[at].role != Role::Trivia {
                if section && chunks[at].role != Role::SectionEntry {
                    out.events.push("-MAP".into());
                    section = false;
                }
                out.node(node(at, 0));
                if chunks[at].role == Role::SectionHead {
                    out.events.push("+MAP".into());
                    section = true;
                } else {
                    out.node(node(at, chunks[at].nodes[0].next));
                }
                at += 1;
            }
            if section {
                out.events.push("-MAP".into());
            }
            out.events.push("-MAP".into());
        }
        out.events.push("-DOC".into());
    }
    out.events
}

struct Writer {
    events: Vec<String>,
    /// Handles of `%TAG` directives and what they stand for.
    tags: Vec<(String, String)>,
}

impl Writer {
    fn directives(&mut self, trivia: &str) {
        self.tags.clear();
        for line in trivia.lines() {
            let mut words = line.split_whitespace();
            if words.next() == Some("%TAG")
                && let (Some(handle), Some(prefix)) = (words.next(), words.next())
            {
                self.tags.push((handle.into(), prefix.into()));
            }
        }
    }

    fn node(&mut self, node: Node<'_>) {
        let properties = self.properties(node);
        match node.kind() {
            Kind::Mapping => {
                self.events.push(format!("+MAP{properties}"));
                for entry in node.entries() {
                    self.node(entry.key);
                    self.node(entry.value);
                }
                self.events.push("-MAP".into());
            }
            Kind::Sequence => {
                self.events.push(format!("+SEQ{properties}"));
                for item in node.items() {
                    self.node(item);
                }
                self.events.push("-SEQ".into());
            }
            Kind::Alias => self.events.push(format!("=ALI {}", node.source())),
            Kind::Scalar | Kind::Empty => {
                let style = match node.style() {
                    Style::SingleQuoted => '\'',
                    Style::DoubleQuoted => '"',
                    Style::Literal => '|',
                    Style::Folded => '>',
                    Style::Plain | Style::Block | Style::Flow => ':',
                };
                let text = escaped(&node.text().unwrap_or_default());
                self.events.push(format!("=VAL{properties} {style}{text}"));
            }
        }
    }

    fn properties(&self, node: Node<'_>) -> String {
        let mut out = String::new();
        if let Some(range) = node.anchor_range() {
            out.push(' ');
            out.push_str(&node.tree().slice(range));
        }
        if let Some(tag) = node.tag() {
            out.push_str(&format!(" <{}>", self.tag(tag)));
        }
        out
    }

    fn tag(&self, tag: &str) -> String {
        if let Some(verbatim) = tag.strip_prefix("!<") {
            return verbatim.trim_end_matches('>').to_owned();
        }
        let handle_end = tag[1..].find('!').map_or(1, |at| at + 2);
        let (handle, suffix) = tag.split_at(handle_end);
        let defined = self.tags.iter().find(|(name, _)| name == handle);
        let prefix = match (handle, defined) {
            _ if tag == "!" => return tag.to_owned(),
            (_, Some((_, prefix))) => prefix.as_str(),
            ("!!", None) => "tag:yaml.org,2002:",
            (other, None) => other,
        };
        format!("{prefix}{}", suffix.replace("%21", "!"))
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            _ => out.push(c),
        }
    }
    out
}
