//! Real templates while something is being typed into them, and with single characters deleted: the tree keeps all
//! other entries, and the cursor is where it should be.

mod support;

use ros_lsp::syntax::cursor::{CursorRole, Step};
use ros_lsp::syntax::{Format, Kind, Node, Style, Tree, parse};
use std::collections::HashSet;

/// What is typed on a line of its own above an entry, `‸` the cursor; `⇥` the entry's indentation after a line break.
/// With it the keys below the entry's mapping that lead to the cursor, and whether the cursor stands at a key (`None`:
/// either is a fair reading).
const TYPED: [(&str, &[&str], Option<CursorRole>); 52] = [
    ("‸", &[], Some(CursorRole::Key)),
    ("K‸", &[], Some(CursorRole::Key)),
    ("Ke‸y", &[], Some(CursorRole::Key)),
    ("Two words‸", &[], Some(CursorRole::Key)),
    ("说明‸", &[], Some(CursorRole::Key)),
    ("\"Ke‸", &[], Some(CursorRole::Key)),
    ("\"Key\"‸", &[], Some(CursorRole::Key)),
    ("'Ke‸", &[], Some(CursorRole::Key)),
    ("Key‸:", &[], Some(CursorRole::Key)),
    ("Key:‸", &["Key"], Some(CursorRole::Value)),
    ("Key: ‸", &["Key"], Some(CursorRole::Value)),
    ("Key: ‸ # why", &["Key"], Some(CursorRole::Value)),
    ("Key: v‸", &["Key"], Some(CursorRole::Value)),
    ("Key: 专‸有", &["Key"], Some(CursorRole::Value)),
    ("Key: \"v‸", &["Key"], Some(CursorRole::Value)),
    ("Key: \"v, ‸", &["Key"], Some(CursorRole::Value)),
    ("Key: 'v‸", &["Key"], Some(CursorRole::Value)),
    ("Key: '‸", &["Key"], Some(CursorRole::Value)),
    ("Key: [‸", &["Key", "0"], Some(CursorRole::Value)),
    ("Key: [a, ‸", &["Key", "1"], Some(CursorRole::Value)),
    ("Key: [a, \"‸", &["Key", "1"], Some(CursorRole::Value)),
    ("Key: [‸]", &["Key", "0"], Some(CursorRole::Value)),
    ("Key: {‸", &["Key"], Some(CursorRole::Key)),
    ("Key: {Re‸", &["Key"], Some(CursorRole::Key)),
    ("Key: {Ref: ‸", &["Key", "Ref"], Some(CursorRole::Value)),
    ("Key: {Ref: a‸}", &["Key", "Ref"], Some(CursorRole::Value)),
    ("Key: !‸", &["Key"], Some(CursorRole::Value)),
    ("Key: !Ref ‸", &["Key"], Some(CursorRole::Value)),
    ("Key: !Sub ${‸", &["Key"], Some(CursorRole::Value)),
    ("Key: !GetAtt [a, ‸", &["Key", "1"], Some(CursorRole::Value)),
    ("Key: *‸", &["Key"], Some(CursorRole::Value)),
    ("Key: @‸", &["Key"], Some(CursorRole::Value)),
    ("Key: %‸", &["Key"], Some(CursorRole::Value)),
    ("Key: a: ‸", &["Key"], Some(CursorRole::Value)),
    ("Key: ]‸", &["Key"], Some(CursorRole::Value)),
    ("Key: |\n⇥  text‸", &["Key"], Some(CursorRole::Value)),
    ("Key:\n⇥  Sub‸", &["Key"], Some(CursorRole::Key)),
    ("Key:\n⇥  Sub: ‸", &["Key", "Sub"], Some(CursorRole::Value)),
    ("Key:\n⇥  ‸", &["Key"], Some(CursorRole::Key)),
    ("Key:\n⇥  - ‸", &["Key", "0"], Some(CursorRole::Value)),
    ("Key:\n⇥  - a\n⇥  - Re‸", &["Key", "1"], None),
    ("Key:\n⇥  -‸", &["Key"], None),
    ("!‸", &[], None),
    ("{‸", &[], None),
    ("[‸", &[], None),
    (" Key‸", &[], None),
    (" Key: v‸", &[], None),
    ("\tKey‸", &[], None),
    ("\tKey: v‸", &[], None),
    ("# No‸te", &[], None),
    (
        "Key: {a: [b, {c: ‸",
        &["Key", "a", "1", "c"],
        Some(CursorRole::Value),
    ),
    ("Key: >-\n⇥  text\n\n⇥  ‸more", &["Key"], Some(CursorRole::Value)),
];

/// Shares of the states to reach: the cursor's path (and role) right; other entries kept, on average.
const PATHS: f64 = 0.98;
const KEPT: f64 = 0.999;

#[test]
fn typing_keeps_the_rest() {
    let Some(corpus) = support::corpus("typing_keeps_the_rest") else {
        return;
    };
    let mut random = support::Random::new(1);
    let mut tally = vec![Tally::default(); TYPED.len()];
    for (_, text) in &corpus {
        let tree = parse(text, Format::Yaml);
        let places = places(&tree);
        let base = paths(&tree);
        if places.is_empty() {
            continue;
        }
        for (state, tally) in TYPED.iter().zip(&mut tally) {
            let place = &places[random.below(places.len())];
            let (typed, cursor) = insert(text, place, state.0);
            tally.add(&typed, cursor, place, &base, state);
        }
    }
    let mut all = Tally::default();
    for (state, tally) in TYPED.iter().zip(&tally) {
        if tally.paths < tally.states || tally.kept_share() < 0.9999 {
            println!(
                "{:?}: {} of {} paths, {:.3} % kept; {}",
                state.0,
                tally.paths,
                tally.states,
                tally.kept_share() * 100.0,
                tally.example
            );
        }
        all.states += tally.states;
        all.paths += tally.paths;
        all.kept += tally.kept;
    }
    let share = all.paths as f64 / all.states as f64;
    println!(
        "{} states: path right in {:.2} %, other entries kept {:.3} %",
        all.states,
        share * 100.0,
        all.kept_share() * 100.0
    );
    assert!(share >= PATHS && all.kept_share() >= KEPT);
}

#[derive(Clone, Default)]
struct Tally {
    states: usize,
    paths: usize,
    /// Sum over the states of the share of entries kept.
    kept: f64,
    example: String,
}

impl Tally {
    fn kept_share(&self) -> f64 {
        self.kept / self.states.max(1) as f64
    }

    fn add(
        &mut self,
        text: &str,
        cursor: usize,
        place: &Place,
        base: &HashSet<String>,
        state: &(&str, &[&str], Option<CursorRole>),
    ) {
        let tree = parse(text, Format::Yaml);
        assert_eq!(tree.text(), text, "the chunks join to the text");
        let found = tree.cursor(cursor as u32);
        let steps: String = found.path.iter().map(|step| format!("/{}", name(step))).collect();
        let wanted: String =
            place.path.clone() + &state.1.iter().map(|step| format!("/{step}")).collect::<String>();
        let fits = match state.2 {
            Some(role) => steps == wanted && found.role == role,
            None => steps.starts_with(&wanted),
        };
        let now = paths(&tree);
        let kept = base.iter().filter(|path| now.contains(*path)).count();
        if (!fits || kept < base.len()) && self.example.is_empty() {
            let line = text[..cursor].rfind('\n').map_or(0, |at| at + 1);
            let around: Vec<&str> = text[line..].lines().take(3).collect();
            let before: Vec<&str> = text[..line].lines().rev().take(2).collect();
            let lost: Vec<&String> = base.iter().filter(|path| !now.contains(*path)).take(1).collect();
            self.example = format!(
                "{:?} of {steps}, not {wanted}; lost {lost:?} in {before:?} {around:?}",
                found.role
            );
        }
        self.states += 1;
        self.paths += usize::from(fits);
        self.kept += kept as f64 / base.len().max(1) as f64;
    }
}

fn name(step: &Step) -> String {
    match step {
        Step::Key(key) => key.clone(),
        Step::Index(index) => index.to_string(),
    }
}

/// A line that may begin with an entry of a block mapping: where one does, or behind the last one.
struct Place {
    /// Start of the line.
    line: usize,
    indent: usize,
    /// Path of the mapping.
    path: String,
}

fn insert(text: &str, place: &Place, typed: &str) -> (String, usize) {
    let indent = " ".repeat(place.indent);
    let line = format!("{indent}{}", typed.replace('⇥', &indent));
    let cursor = line.find('‸').expect("a cursor");
    let line = line.replace('‸', "");
    let (before, after) = text.split_at(place.line);
    (format!("{before}{line}\n{after}"), place.line + cursor)
}

fn places(tree: &Tree) -> Vec<Place> {
    let mut out = Vec::new();
    if let Some(root) = tree.root() {
        find_places(root, String::new(), &mut out);
    }
    out
}

fn find_places(node: Node<'_>, path: String, out: &mut Vec<Place>) {
    for entry in node.entries() {
        let start = entry.key.range().start;
        let line = node.tree().line_start(start);
        let indent = node.tree().slice(ros_lsp::text::TextRange::new(line, start));
        if node.style() == Style::Block && indent.bytes().all(|byte| byte == b' ') {
            out.push(Place {
                line: line as usize,
                indent: indent.len(),
                path: path.clone(),
            });
        }
        if node.style() == Style::Block && entry.value.is_scalar() && entry.value.indent() == 0 {
            // Behind the entry; where more follow, the same as before the next one.
            let end = entry.value.range().end;
            let rest = node
                .tree()
                .slice(ros_lsp::text::TextRange::new(end, node.tree().len()));
            if let Some(line_end) = rest.find('\n') {
                let indent = node.indent() as usize;
                out.push(Place {
                    line: end as usize + line_end + 1,
                    indent,
                    path: path.clone(),
                });
            }
        }
        let key = entry.key.text().unwrap_or_default();
        find_places(entry.value, format!("{path}/{key}"), out);
    }
    for (index, item) in node.items().enumerate() {
        find_places(item, format!("{path}/{index}"), out);
    }
}

/// The paths of all entries and items.
fn paths(tree: &Tree) -> HashSet<String> {
    fn walk(node: Node<'_>, path: String, out: &mut HashSet<String>) {
        for entry in node.entries() {
            let key = entry.key.text().unwrap_or_default();
            walk(entry.value, format!("{path}/{key}"), out);
        }
        for (index, item) in node.items().enumerate() {
            walk(item, format!("{path}/{index}"), out);
        }
        if node.kind() != Kind::Empty || !path.is_empty() {
            out.insert(path);
        }
    }
    let mut out = HashSet::new();
    if let Some(root) = tree.root() {
        walk(root, String::new(), &mut out);
    }
    out
}
