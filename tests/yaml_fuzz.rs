//! Real templates while something is typed into them or deleted from them: the cursor stands where it should, and the
//! tree keeps all other entries. `ROS_LSP_ROUNDS=20` goes through them twenty times, each time at other places.

mod support;

use ros_lsp::syntax::cursor::CursorRole::{self, Key, Value};
use ros_lsp::syntax::{Format, Node, Style};
use ros_lsp::text::TextRange;
use support::Random;
use support::fuzz::{Base, Figures, State, each};

/// Shares to reach: the cursor's path (and role) right; other entries kept, on average. They may not fall.
const TYPING: (f64, f64) = (0.9999, 0.9999);
const DAMAGE: (f64, f64) = (0.996, 0.9995);

/// What is typed on a line of its own where an entry may stand: `‸` the cursor, `⏎` a line break and the entry's
/// indentation, `⇤` one space less of it. With it the steps from the entry's mapping to the cursor, and whether the cursor
/// stands at a key (`None`: either is a fair reading).
const TYPED: [(&str, &str, Option<CursorRole>); 57] = [
    ("‸", "", Some(Key)),
    ("K‸", "", Some(Key)),
    ("Ke‸y", "", Some(Key)),
    ("Two words‸", "", Some(Key)),
    ("说明‸", "", Some(Key)),
    ("\"Ke‸", "", Some(Key)),
    ("\"Key\"‸", "", Some(Key)),
    ("'Ke‸", "", Some(Key)),
    ("Key‸:", "", Some(Key)),
    ("Key:‸", "/Key", Some(Value)),
    ("Key: ‸", "/Key", Some(Value)),
    ("Key: ‸ # why", "/Key", Some(Value)),
    ("Key: v‸", "/Key", Some(Value)),
    ("Key: 专‸有", "/Key", Some(Value)),
    ("Key: \"v‸", "/Key", Some(Value)),
    ("Key: \"v, ‸", "/Key", Some(Value)),
    ("Key: 'v‸", "/Key", Some(Value)),
    ("Key: '‸", "/Key", Some(Value)),
    ("Key: [‸", "/Key/0", Some(Value)),
    ("Key: [a, ‸", "/Key/1", Some(Value)),
    ("Key: [a, \"‸", "/Key/1", Some(Value)),
    ("Key: [‸]", "/Key/0", Some(Value)),
    ("Key: {‸", "/Key", Some(Key)),
    ("Key: {Re‸", "/Key", Some(Key)),
    ("Key: {Ref: ‸", "/Key/Ref", Some(Value)),
    ("Key: {Ref: a‸}", "/Key/Ref", Some(Value)),
    ("Key: !‸", "/Key", Some(Value)),
    ("Key: !Ref ‸", "/Key", Some(Value)),
    ("Key: !Sub ${‸", "/Key", Some(Value)),
    ("Key: !GetAtt [a, ‸", "/Key/1", Some(Value)),
    ("Key: *‸", "/Key", Some(Value)),
    ("Key: @‸", "/Key", Some(Value)),
    ("Key: %‸", "/Key", Some(Value)),
    ("Key: a: ‸", "/Key", Some(Value)),
    ("Key: ]‸", "/Key", Some(Value)),
    ("Key: |⏎  text‸", "/Key", Some(Value)),
    ("Key:⏎  Sub‸", "/Key", Some(Key)),
    ("Key:⏎  Sub: ‸", "/Key/Sub", Some(Value)),
    ("Key:⏎  ‸", "/Key", Some(Key)),
    ("Key:⏎  - ‸", "/Key/0", Some(Value)),
    ("Key:⏎  - a⏎  - Re‸", "/Key/1", None),
    ("Key:⏎  -‸", "/Key", None),
    ("!‸", "", None),
    ("{‸", "", None),
    ("[‸", "", None),
    (" Key‸", "", None),
    (" Key: v‸", "", None),
    ("\tKey‸", "", None),
    ("\tKey: v‸", "", None),
    ("# No‸te", "", None),
    ("Key: {a: [b, {c: ‸", "/Key/a/1/c", Some(Value)),
    ("Key: >-⏎  text\n⏎  ‸more", "/Key", Some(Value)),
    ("Key: &‸", "/Key", Some(Value)),
    ("- ‸", "", None),
    ("- a‸", "", None),
    ("⇤Key‸", "", None),
    ("⇤Key: v‸", "", None),
];

/// The same behind the last item of a sequence; the steps begin behind the new item's index.
const ITEMS: [(&str, &str, Option<CursorRole>); 16] = [
    ("-‸", "", None),
    ("- ‸", "", Some(Value)),
    ("- a‸", "", Some(Value)),
    ("- \"a‸", "", Some(Value)),
    ("- 'a: ‸", "", Some(Value)),
    ("- !Ref ‸", "", Some(Value)),
    ("- [a, ‸", "/1", Some(Value)),
    ("- {Key: ‸", "/Key", Some(Value)),
    ("- {Ke‸", "", Some(Key)),
    ("- Key:‸", "/Key", Some(Value)),
    ("- Key: ‸", "/Key", Some(Value)),
    ("- Key: a⏎  Va‸", "", Some(Key)),
    ("- Key: a⏎  Value: ‸", "/Value", Some(Value)),
    ("- Key: [a⏎  Va‸: b", "", Some(Key)),
    ("- - ‸", "/0", Some(Value)),
    ("- *‸", "", Some(Value)),
];

#[test]
fn typing_keeps_the_rest() {
    let Some(corpus) = support::corpus("yaml: typing_keeps_the_rest") else {
        return;
    };
    let mut figures = Figures::default();
    for seed in support::rounds() {
        let mut random = Random::new(seed);
        for (_, text) in &corpus {
            let base = Base::new(text.clone(), Format::Yaml);
            for (states, places) in [
                (&TYPED[..], entry_places(&base)),
                (&ITEMS[..], item_places(&base)),
            ] {
                for state in states.iter().filter(|_| !places.is_empty()) {
                    let place = &places[random.below(places.len())];
                    figures.add(state.0, &base, &typed(&base, place, state));
                }
            }
        }
    }
    figures.judge(20_000, TYPING);
}

#[test]
fn damage_keeps_the_rest() {
    let Some(corpus) = support::corpus("yaml: damage_keeps_the_rest") else {
        return;
    };
    let mut figures = Figures::default();
    for seed in support::rounds() {
        let mut random = Random::new(seed);
        for (_, text) in &corpus {
            let base = Base::new(text.clone(), Format::Yaml);
            let spots = spots(&base);
            for (kind, damage) in DAMAGES {
                for _ in 0..2 {
                    let spot = &spots[random.below(spots.len())];
                    if let Some(state) = damage(&base, spot) {
                        figures.add(kind, &base, &state);
                    }
                }
            }
            for (value, steps) in HALF_VALUES {
                let spot = &spots[random.below(spots.len())];
                if let Some(state) = half_value(&base, spot, value, steps) {
                    figures.add(&format!("Key: {value}"), &base, &state);
                }
            }
            for _ in 0..20 {
                let at = random.below(base.text.len());
                figures.add("one character", &base, &without_character(&base, &spots, at));
            }
        }
    }
    figures.judge(20_000, DAMAGE);
}

/// Where a line with a new entry or item may stand.
struct Place {
    /// Start of the line below it.
    line: usize,
    indent: usize,
    /// The path of the mapping, or of the new item.
    path: String,
}

/// Before each entry of a block mapping that begins its line, and behind those with a scalar.
fn entry_places(base: &Base) -> Vec<Place> {
    let mut out = Vec::new();
    each_node(base, |node, path| {
        for entry in node.entries().filter(|_| node.style() == Style::Block) {
            let start = entry.key.range().start as usize;
            let line = line_start(base, start);
            if let Some(indent) = spaces(&base.text[line..start]) {
                let path = path.to_owned();
                out.push(Place { line, indent, path });
            }
            if entry.value.is_scalar() && entry.value.indent() == 0 {
                out.extend(place_behind(base, entry.value, node.indent(), path.to_owned()));
            }
        }
    });
    out
}

fn item_places(base: &Base) -> Vec<Place> {
    let mut out = Vec::new();
    each_node(base, |node, path| {
        let (count, last) = (node.items().count(), node.items().last());
        if let Some(last) = last.filter(|last| node.style() == Style::Block && !last.is_empty()) {
            out.extend(place_behind(base, last, node.indent(), format!("{path}/{count}")));
        }
    });
    out
}

fn place_behind(base: &Base, node: Node<'_>, indent: u32, path: String) -> Option<Place> {
    let end = node.range().end as usize;
    // A block scalar with `|+` may end behind its last line break.
    let line = match base.text[..end].ends_with('\n') {
        true => end,
        false => end + base.text[end..].find('\n')? + 1,
    };
    let indent = indent as usize;
    Some(Place { line, indent, path })
}

fn typed(base: &Base, place: &Place, state: &(&str, &str, Option<CursorRole>)) -> State {
    let indent = " ".repeat(place.indent);
    let first = match state.0.strip_prefix('⇤') {
        Some(rest) => format!("{}{rest}", indent.get(1..).unwrap_or_default()),
        None => format!("{indent}{}", state.0),
    };
    let lines = first.replace('⏎', &format!("\n{indent}")) + "\n";
    let ahead = lines.find('‸').expect("a cursor");
    let at = TextRange::empty(place.line as u32);
    let mut edited = base.edited(at, &lines.replace('‸', ""), ahead);
    edited.wanted = Some((format!("{}{}", place.path, state.1), state.2));
    edited
}

/// An entry of a mapping, or an item of a sequence.
struct Spot<'t> {
    /// The key, or the dash of an item in block style.
    head: TextRange,
    entry: bool,
    block: bool,
    value: Node<'t>,
    path: String,
    parent: String,
}

fn spots(base: &Base) -> Vec<Spot<'_>> {
    let mut out = Vec::new();
    each_node(base, |node, path| {
        let block = node.style() == Style::Block;
        for entry in node.entries() {
            out.push(Spot {
                head: entry.key.range(),
                entry: true,
                block,
                value: entry.value,
                path: format!("{path}/{}", entry.key.text().unwrap_or_default()),
                parent: path.to_owned(),
            });
        }
        for (index, item) in node.items().enumerate() {
            let start = item.tag_range().map_or(item.range().start, |tag| tag.start);
            let dash = base.text[..start as usize].rfind('-').filter(|_| block);
            out.push(Spot {
                head: dash.map_or(TextRange::empty(start), |dash| {
                    TextRange::new(dash as u32, dash as u32 + 1)
                }),
                entry: false,
                block,
                value: item,
                path: format!("{path}/{index}"),
                parent: path.to_owned(),
            });
        }
    });
    out
}

fn each_node<'t>(base: &'t Base, mut visit: impl FnMut(Node<'t>, &str)) {
    let root = base.tree.root().expect("a template has a root");
    each(root, "", &mut visit);
}

fn line_start(base: &Base, at: usize) -> usize {
    base.text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// The length of a text of spaces only.
fn spaces(text: &str) -> Option<usize> {
    text.bytes().all(|byte| byte == b' ').then_some(text.len())
}

/// The indentation of a spot that begins its line.
fn indentation(base: &Base, spot: &Spot<'_>) -> Option<TextRange> {
    let start = spot.head.start as usize;
    let line = line_start(base, start);
    spaces(&base.text[line..start]).filter(|_| spot.block)?;
    Some(TextRange::new(line as u32, start as u32))
}

/// Where a spot would be if its indentation were another: of an item depend those behind it.
fn place<'s>(spot: &'s Spot<'_>) -> &'s str {
    match spot.entry {
        true => &spot.path,
        false => &spot.parent,
    }
}

/// The byte at `at`, if it is one of those.
fn byte(base: &Base, at: usize, any: &[u8]) -> Option<TextRange> {
    let found = any.contains(base.text.as_bytes().get(at)?);
    found.then(|| TextRange::new(at as u32, at as u32 + 1))
}

/// What is damaged, and how; nothing where the spot has no such thing.
type Damage = (&'static str, fn(&Base, &Spot<'_>) -> Option<State>);

const DAMAGES: [Damage; 15] = [
    ("one space more", |base, spot| {
        let blanks = indentation(base, spot)?;
        Some(moved(
            base.edited(TextRange::empty(blanks.start), " ", 1),
            place(spot),
        ))
    }),
    ("one space fewer", |base, spot| {
        let blanks = indentation(base, spot).filter(|blanks| !blanks.is_empty())?;
        let cut = TextRange::new(blanks.start, blanks.start + 1);
        Some(moved(base.without(cut, false), place(spot)))
    }),
    ("a tab for the indentation", |base, spot| {
        let blanks = indentation(base, spot).filter(|blanks| !blanks.is_empty())?;
        Some(moved(base.edited(blanks, "\t", 1), place(spot)))
    }),
    ("a tab before the indentation", |base, spot| {
        let blanks = indentation(base, spot)?;
        Some(moved(
            base.edited(TextRange::empty(blanks.start), "\t", 1),
            place(spot),
        ))
    }),
    ("a tab behind the indentation", |base, spot| {
        let blanks = indentation(base, spot)?;
        Some(moved(
            base.edited(TextRange::empty(blanks.end), "\t", 1),
            place(spot),
        ))
    }),
    ("no colon", |base, spot| {
        let colon = byte(base, spot.head.end as usize, b":").filter(|_| spot.entry && spot.block)?;
        let state = base.without(colon, true);
        // With a value on its line the key reads otherwise.
        let below = spot.value.style() == Style::Block;
        Some(if below { state } else { moved(state, &spot.path) })
    }),
    ("no space behind the colon", |base, spot| {
        let space = byte(base, spot.head.end as usize + 1, b" ").filter(|_| spot.entry)?;
        Some(moved(base.without(space, false), &spot.path))
    }),
    ("no opening quote", |base, spot| {
        let quote = byte(base, spot.value.range().start as usize, b"\"'")?;
        Some(base.without(quote, true)).filter(|_| spot.value.is_scalar())
    }),
    ("no closing quote", |base, spot| {
        let quoted = matches!(spot.value.style(), Style::SingleQuoted | Style::DoubleQuoted);
        let end = spot.value.range().end as usize;
        quoted
            .then(|| byte(base, end - 1, b"\"'"))?
            .map(|quote| base.without(quote, true))
    }),
    ("no opening bracket", |base, spot| {
        let flow = spot.value.style() == Style::Flow;
        let bracket = flow.then(|| byte(base, spot.value.range().start as usize, b"[{"))??;
        Some(moved(base.without(bracket, false), &spot.path))
    }),
    ("no closing bracket", |base, spot| {
        let flow = spot.value.style() == Style::Flow;
        let bracket = flow.then(|| byte(base, spot.value.range().end as usize - 1, b"]}"))??;
        Some(base.without(bracket, false))
    }),
    ("no dash", |base, spot| {
        let dash = byte(base, spot.head.start as usize, b"-").filter(|_| !spot.entry)?;
        Some(moved(base.without(dash, false), &spot.parent))
    }),
    ("no space behind the dash", |base, spot| {
        let space = byte(base, spot.head.end as usize, b" ").filter(|_| spot.block && !spot.entry)?;
        Some(moved(base.without(space, false), &spot.parent))
    }),
    ("no value", |base, spot| {
        let scalar = spot.entry && spot.block && spot.value.is_scalar();
        // A block scalar with `|+` ends behind its line break.
        let (range, source) = (spot.value.range(), spot.value.source());
        let range = TextRange::new(range.start, range.start + source.trim_end().len() as u32);
        let mut state = scalar.then(|| base.without(range, false))?;
        state.wanted = Some((spot.path.clone(), Some(Value)));
        Some(state)
    }),
    ("no key", |base, spot| {
        let key = spot.entry && spot.block;
        let state = key.then(|| base.without(spot.head, false))?;
        Some(moved(state, &spot.path))
    }),
];

fn moved(mut state: State, path: &str) -> State {
    state.moved.push(path.to_owned());
    state
}

/// What stands in the place of a plain value, the cursor at its end, and the steps from there to the cursor.
const HALF_VALUES: [(&str, &str); 23] = [
    ("\"abc", ""),
    ("'abc", ""),
    ("[a, ", "/1"),
    ("[a, {b: [", "/1/b/0"),
    ("{A: ", "/A"),
    ("!Ref ", ""),
    ("!", ""),
    ("!GetAtt [a, ", "/1"),
    ("@a", ""),
    ("*", ""),
    ("*a", ""),
    ("&", ""),
    ("&a ", ""),
    ("%a", ""),
    ("]", ""),
    ("}", ""),
    (",", ""),
    ("`a", ""),
    ("a: b: c", ""),
    ("- ", ""),
    ("? ", ""),
    ("a #b", ""),
    ("|a", ""),
];

fn half_value(base: &Base, spot: &Spot<'_>, value: &str, steps: &str) -> Option<State> {
    let fits = spot.entry && spot.block && spot.value.is_scalar() && spot.value.style() == Style::Plain;
    let range = spot.value.range();
    let inline = spot.head.start as usize >= line_start(base, range.start as usize);
    let mut state = (fits && inline).then(|| base.edited(range, value, value.len()))?;
    // A comment's cursor is anywhere.
    let judged = !value.contains('#');
    state.wanted = judged.then(|| (format!("{}{steps}", spot.path), Some(Value)));
    Some(state)
}

/// One character deleted; what it begins may be lost.
fn without_character(base: &Base, spots: &[Spot<'_>], at: usize) -> State {
    let mut at = at;
    while !base.text.is_char_boundary(at) {
        at -= 1;
    }
    let c = base.text[at..].chars().next().expect("inside of the text");
    let cut = TextRange::new(at as u32, (at + c.len_utf8()) as u32);
    let mut state = base.without(cut, c.is_alphanumeric());
    if c == '\n' {
        // The next line becomes a part of this one.
        let behind = spots.iter().filter(|spot| spot.head.start >= cut.end);
        let before = spots.iter().filter(|spot| spot.head.start < cut.start);
        let next = behind.min_by_key(|spot| spot.head.start);
        let own = before.max_by_key(|spot| spot.head.start);
        state.moved = [next, own]
            .into_iter()
            .flatten()
            .map(|spot| place(spot).to_owned())
            .collect();
    } else {
        state.moved = spots
            .iter()
            .filter_map(|spot| begun_at(base, spot, at, c))
            .collect();
    }
    state
}

/// What the character at `at` begins: the path that may be lost without it.
fn begun_at(base: &Base, spot: &Spot<'_>, at: usize, c: char) -> Option<String> {
    if spot.block && !spot.entry && spot.head.touches(at as u32) {
        return Some(spot.parent.clone());
    }
    let start = spot.head.start as usize;
    let indent = c == ' '
        && at < start
        && base.text[at..start]
            .bytes()
            .all(|byte| matches!(byte, b' ' | b'-'));
    let value = spot
        .value
        .tag_range()
        .map_or(spot.value.range().start, |tag| tag.start);
    let bracket = matches!(c, '[' | '{' | '|' | '>' | '!') && value as usize == at;
    let named = spot.head.touches(at as u32) && (c != ':' || at < spot.head.end as usize);
    // Without the colon or the space behind it, the key's line reads otherwise.
    let behind = (spot.head.end as usize..spot.head.end as usize + 2).contains(&at);
    let named = named || (behind && spot.value.style() != Style::Block);
    (indent || named || bracket).then(|| spot.path.clone())
}
