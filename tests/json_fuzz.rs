//! Real templates in their JSON form while something is typed into them or deleted from them: the cursor stands where it
//! should, and the tree keeps all other entries. `ROS_LSP_ROUNDS=20` goes through them twenty times, each time at other
//! places.

mod support;

use ros_lsp::syntax::cursor::CursorRole::{self, Key, Value};
use ros_lsp::syntax::{Format, Node, parse};
use ros_lsp::template::json_form::to_json;
use ros_lsp::text::TextRange;
use support::Random;
use support::fuzz::{Base, Figures, State, each};

/// Shares to reach: the cursor's path (and role) right; other entries kept, on average. They may not fall.
const TYPING: (f64, f64) = (0.9999, 0.9999);
const DELETING: (f64, f64) = (0.9995, 0.9995);

/// What is typed on a line of its own where an entry may stand: `‸` the cursor, `⏎` a line break and the entry's
/// indentation, `→` one indentation more. With it the steps from the entry's map to the cursor, and whether the cursor
/// stands at a key (`None`: either is a fair reading).
const TYPED: [(&str, &str, Option<CursorRole>); 55] = [
    ("‸", "", Some(Key)),
    ("\"‸", "", Some(Key)),
    ("\"‸\"", "", Some(Key)),
    ("\"Ke‸", "", Some(Key)),
    ("\"Ke‸\"", "", Some(Key)),
    ("\"Key\"‸", "", Some(Key)),
    ("\"说明‸", "", Some(Key)),
    ("Ke‸", "", Some(Key)),
    ("'Ke‸", "", Some(Key)),
    ("\"Key‸\":", "", Some(Key)),
    ("\"Key\":‸", "/Key", Some(Value)),
    ("\"Key\": ‸", "/Key", Some(Value)),
    ("\"Key\": ‸,", "/Key", Some(Value)),
    ("\"Key\": \"‸", "/Key", Some(Value)),
    ("\"Key\": \"‸\"", "/Key", Some(Value)),
    ("\"Key\": \"abc‸", "/Key", Some(Value)),
    ("\"Key\": \"abc‸,", "/Key", Some(Value)),
    ("\"Key\": \"abc, ‸", "/Key", Some(Value)),
    ("\"Key\": \"abc‸\"", "/Key", Some(Value)),
    ("\"Key\": \"abc‸\",", "/Key", Some(Value)),
    ("\"Key\": \"a\\‸", "/Key", Some(Value)),
    ("\"Key\": \"专‸有", "/Key", Some(Value)),
    ("\"Key\": \"a: {‸", "/Key", Some(Value)),
    ("\"Key\": 'abc‸", "/Key", Some(Value)),
    ("\"Key\": tr‸", "/Key", Some(Value)),
    ("\"Key\": abc‸,", "/Key", Some(Value)),
    ("\"Key\": 1‸", "/Key", Some(Value)),
    ("\"Key\": 1.‸,", "/Key", Some(Value)),
    ("\"Key\": [‸", "/Key/0", Some(Value)),
    ("\"Key\": [‸]", "/Key/0", Some(Value)),
    ("\"Key\": [‸],", "/Key/0", Some(Value)),
    ("\"Key\": [\"a\", ‸", "/Key/1", Some(Value)),
    ("\"Key\": [\"a\", \"‸", "/Key/1", Some(Value)),
    ("\"Key\": [\"a\", \"b‸\"]", "/Key/1", Some(Value)),
    ("\"Key\": {‸", "/Key", Some(Key)),
    ("\"Key\": {‸}", "/Key", Some(Key)),
    ("\"Key\": {\"Re‸", "/Key", Some(Key)),
    ("\"Key\": {\"Ref\"‸", "/Key", Some(Key)),
    ("\"Key\": {\"Ref\"‸}", "/Key", Some(Key)),
    ("\"Key\": {\"Ref\": ‸", "/Key/Ref", Some(Value)),
    ("\"Key\": {\"Ref\": \"‸", "/Key/Ref", Some(Value)),
    ("\"Key\": {\"Ref\": \"a‸\"}", "/Key/Ref", Some(Value)),
    (
        "\"Key\": {\"Fn::GetAtt\": [\"a\", \"‸",
        "/Key/Fn::GetAtt/1",
        Some(Value),
    ),
    (
        "\"Key\": {\"Fn::GetAtt\": [\"a\", \"‸\"]},",
        "/Key/Fn::GetAtt/1",
        Some(Value),
    ),
    ("\"Key\": {⏎→\"Sub‸⏎},", "/Key", Some(Key)),
    ("\"Key\": {⏎→\"Sub\": ‸⏎},", "/Key/Sub", Some(Value)),
    ("\"Key\": {⏎→\"Sub\": \"a‸", "/Key/Sub", Some(Value)),
    ("\"Key\": [⏎→\"a\",⏎→‸⏎],", "/Key/1", Some(Value)),
    ("\"Key\": [⏎→{⏎→→\"Re‸⏎→}⏎],", "/Key/0", Some(Key)),
    (",‸", "", Some(Key)),
    ("\"Key\": \"a\",, ‸", "", Some(Key)),
    ("{‸", "", None),
    ("[‸", "", None),
    (": ‸", "", None),
    ("\"Key\" \"v‸\"", "", None),
];

#[test]
fn typing_keeps_the_rest() {
    let Some(corpus) = support::corpus("json: typing_keeps_the_rest") else {
        return;
    };
    let mut figures = Figures::default();
    for seed in support::rounds() {
        let mut random = Random::new(seed);
        for (index, (_, text)) in corpus.iter().enumerate() {
            let unit = ["  ", "    ", "\t"][index % 3];
            let base = json(text, unit);
            let places = places(&base);
            if places.is_empty() {
                continue;
            }
            for state in &TYPED {
                let place = &places[random.below(places.len())];
                figures.add(state.0, &base, &typed(&base, place, unit, state));
            }
        }
    }
    figures.judge(20_000, TYPING);
}

#[test]
fn deleting_keeps_the_rest() {
    let Some(corpus) = support::corpus("json: deleting_keeps_the_rest") else {
        return;
    };
    let mut figures = Figures::default();
    for seed in support::rounds() {
        let mut random = Random::new(seed);
        for (index, (_, text)) in corpus.iter().enumerate() {
            let unit = ["  ", "    ", "\t"][index % 3];
            let base = json(text, unit);
            let entries = entries(&base);
            for cut in CUTS {
                for _ in 0..2 {
                    let entry = &entries[random.below(entries.len())];
                    if let Some(state) = cut.1(&base, entry) {
                        figures.add(cut.0, &base, &state);
                    }
                }
            }
            for _ in 0..20 {
                let at = random.below(base.text.len());
                figures.add("one character", &base, &without_character(&base, &entries, at));
            }
        }
    }
    figures.judge(20_000, DELETING);
}

/// The JSON form of a template, indented by `unit`.
fn json(text: &str, unit: &str) -> Base {
    let pretty = to_json(parse(text, Format::Yaml).root().expect("a template has a root"));
    let lines = pretty.lines().map(|line| {
        let rest = line.trim_start_matches(' ');
        format!("{}{rest}\n", unit.repeat((line.len() - rest.len()) / 2))
    });
    Base::new(lines.collect(), Format::Json)
}

/// Where a new entry of a map may stand on a line of its own.
struct Place {
    /// Start of the line below it.
    line: usize,
    depth: usize,
    /// The path of the map.
    path: String,
    /// Behind the map's last entry: where a comma is missing.
    comma: Option<usize>,
}

fn places(base: &Base) -> Vec<Place> {
    let mut out = Vec::new();
    let root = base.tree.root().expect("a template has a root");
    each(root, "", &mut |node, path| {
        let mut behind = None;
        for entry in node.entries() {
            let line = base.tree.line_start(entry.key.range().start) as usize;
            out.push(Place {
                line,
                depth: depth(path),
                path: path.to_owned(),
                comma: None,
            });
            behind = Some(end_of(base, entry.value));
        }
        if let Some(end) = behind {
            out.push(Place {
                line: end + base.text[end..].find('\n').map_or(0, |at| at + 1),
                depth: depth(path),
                path: path.to_owned(),
                comma: Some(end),
            });
        }
    });
    out
}

fn depth(path: &str) -> usize {
    path.matches('/').count() + 1
}

/// Where a value ends; a section's mapping is known by its entries and ends at the bracket behind them.
fn end_of(base: &Base, value: Node<'_>) -> usize {
    let end = value.range().end as usize;
    match value.source().is_empty() && value.is_mapping() {
        true => end + base.text[end..].find('}').map_or(0, |at| at + 1),
        false => end,
    }
}

fn typed(base: &Base, place: &Place, unit: &str, state: &(&str, &str, Option<CursorRole>)) -> State {
    let indent = unit.repeat(place.depth);
    let broken = format!("\n{indent}");
    let line = format!("{indent}{}\n", state.0.replace('⏎', &broken).replace('→', unit));
    let ahead = line.find('‸').expect("a cursor");
    let line = line.replace('‸', "");
    let at = TextRange::empty(place.line as u32);
    let mut edited = base.edited(at, &line, ahead);
    // Half of the time the comma before it is there already.
    if let Some(comma) = place.comma.filter(|comma| comma % 2 == 0) {
        edited.text.insert(comma, ',');
        edited.cursor += 1;
    }
    edited.wanted = Some((format!("{}{}", place.path, state.1), state.2));
    edited
}

/// An entry of a map and its path.
struct Entry<'t> {
    key: TextRange,
    value: Node<'t>,
    value_end: usize,
    path: String,
}

fn entries(base: &Base) -> Vec<Entry<'_>> {
    let mut out = Vec::new();
    let root = base.tree.root().expect("a template has a root");
    each(root, "", &mut |node, path| {
        for entry in node.entries() {
            out.push(Entry {
                key: entry.key.range(),
                value: entry.value,
                value_end: end_of(base, entry.value),
                path: format!("{path}/{}", entry.key.text().unwrap_or_default()),
            });
        }
    });
    out
}

/// What is damaged, and how; nothing where the entry has no such thing.
type Cut = (&'static str, fn(&Base, &Entry<'_>) -> Option<State>);

const CUTS: [Cut; 14] = [
    ("comma missing", |base, entry| {
        byte(base, entry.value_end, b",").map(|at| base.without(at, true))
    }),
    ("comma twice", |base, entry| {
        byte(base, entry.value_end, b",").map(|at| base.edited(TextRange::empty(at.end), ",", 0))
    }),
    ("comma behind the last", |base, entry| {
        let last = byte(base, entry.value_end, b",").is_none();
        last.then(|| base.edited(TextRange::empty(entry.value_end as u32), ",", 0))
    }),
    ("colon missing", |base, entry| {
        byte(base, entry.key.end as usize, b":").map(|at| base.without(at, false))
    }),
    ("key without opening quote", |base, entry| {
        renamed(base, entry, TextRange::new(entry.key.start, entry.key.start + 1))
    }),
    ("key without closing quote", |base, entry| {
        renamed(base, entry, TextRange::new(entry.key.end - 1, entry.key.end))
    }),
    ("value without opening quote", |base, entry| {
        byte(base, value_start(base, entry), b"\"").map(|at| base.without(at, true))
    }),
    ("value without closing quote", |base, entry| {
        let range = entry.value.range();
        let quoted = entry.value.is_scalar() && range.len() > 1;
        quoted
            .then(|| byte(base, range.end as usize - 1, b"\""))?
            .map(|at| base.without(at, true))
    }),
    ("value missing", |base, entry| {
        let value = TextRange::new(value_start(base, entry) as u32, entry.value_end as u32);
        let mut state = base.without(value, false);
        state.moved.push(entry.path.clone());
        state.wanted = Some((entry.path.clone(), Some(Value)));
        Some(state)
    }),
    ("value and comma missing", |base, entry| {
        let comma = byte(base, entry.value_end, b",")?;
        let value = TextRange::new(value_start(base, entry) as u32, comma.end);
        let mut state = base.without(value, false);
        state.moved.push(entry.path.clone());
        state.wanted = Some((entry.path.clone(), Some(Value)));
        Some(state)
    }),
    ("opening bracket missing", |base, entry| {
        let at = byte(base, value_start(base, entry), b"{[")?;
        let mut state = base.without(at, false);
        state.moved.push(entry.path.clone());
        Some(state)
    }),
    ("closing bracket missing", |base, entry| {
        byte(base, entry.value_end - 1, b"}]").map(|at| base.without(at, false))
    }),
    ("closing bracket and comma missing", |base, entry| {
        let bracket = byte(base, entry.value_end - 1, b"}]")?;
        let comma = byte(base, entry.value_end, b",")?;
        Some(base.without(TextRange::new(bracket.start, comma.end), false))
    }),
    ("closing bracket twice", |base, entry| {
        let bracket = byte(base, entry.value_end - 1, b"}]")?;
        let twice = base.text[bracket.as_usize()].to_owned();
        Some(base.edited(TextRange::empty(bracket.end), &twice, 0))
    }),
];

/// The byte at `at`, if it is one of those.
fn byte(base: &Base, at: usize, any: &[u8]) -> Option<TextRange> {
    let found = any.contains(base.text.as_bytes().get(at)?);
    found.then(|| TextRange::new(at as u32, at as u32 + 1))
}

fn value_start(base: &Base, entry: &Entry<'_>) -> usize {
    let colon = entry.key.end as usize + 1;
    let rest = &base.text[colon..];
    colon + rest.len() - rest.trim_start().len()
}

/// A key without one of its quotes: the entry may read otherwise.
fn renamed(base: &Base, entry: &Entry<'_>, cut: TextRange) -> Option<State> {
    let mut state = base.without(cut, true);
    state.moved.push(entry.path.clone());
    Some(state)
}

/// One character deleted. Of a key it renames the entry, of an opening bracket it may lose what stands in it.
fn without_character(base: &Base, entries: &[Entry<'_>], at: usize) -> State {
    let mut at = at;
    while !base.text.is_char_boundary(at) {
        at -= 1;
    }
    let c = base.text[at..].chars().next().expect("inside of the text");
    let cut = TextRange::new(at as u32, (at + c.len_utf8()) as u32);
    let mut state = base.without(cut, c.is_alphanumeric());
    let opens = |entry: &&Entry<'_>| entry.key.touches(cut.start) || value_start(base, entry) == at;
    state.moved = entries
        .iter()
        .filter(opens)
        .map(|entry| entry.path.clone())
        .collect();
    if !matches!(c, '{' | '[') || !state.moved.is_empty() {
        return state;
    }
    // An item of a list.
    let root = base.tree.root().expect("a template has a root");
    each(root, "", &mut |node, path| {
        if node.range().start as usize == at {
            state.moved.push(path.to_owned());
        }
    });
    state
}
