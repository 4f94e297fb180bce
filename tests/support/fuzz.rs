//! Half-typed states of real templates, and how much of a template its tree still knows in them.

use ros_lsp::syntax::cursor::{CursorRole, Step};
use ros_lsp::syntax::{Format, Node, Tree, parse};
use ros_lsp::text::TextRange;
use std::collections::{BTreeMap, HashSet};

/// A template before the edit.
pub(crate) struct Base {
    pub(crate) text: String,
    pub(crate) tree: Tree,
    /// The paths of all entries and items.
    pub(crate) paths: HashSet<String>,
}

impl Base {
    pub(crate) fn new(text: String, format: Format) -> Self {
        let tree = parse(&text, format);
        Base {
            paths: paths(&tree),
            tree,
            text,
        }
    }

    /// The template with `inserted` in the place of `range`, and the cursor behind `ahead` bytes of it.
    pub(crate) fn edited(&self, range: TextRange, inserted: &str, ahead: usize) -> State {
        let mut text = self.text.clone();
        text.replace_range(range.as_usize(), inserted);
        State {
            text,
            cursor: range.start as usize + ahead,
            wanted: None,
            moved: Vec::new(),
        }
    }

    /// The template with `range` cut out. The cursor at that place still stands where it stood, if `judged`.
    pub(crate) fn without(&self, range: TextRange, judged: bool) -> State {
        let mut state = self.edited(range, "", 0);
        if judged {
            let cursor = self.tree.cursor(range.start);
            state.wanted = Some((shown(&cursor.path), Some(cursor.role)));
        }
        state
    }
}

/// A template in the middle of an edit.
pub(crate) struct State {
    pub(crate) text: String,
    pub(crate) cursor: usize,
    /// The path of the cursor and its role; without role, a path at or below this one and either role will do. `None`
    /// where several answers are fair.
    pub(crate) wanted: Option<(String, Option<CursorRole>)>,
    /// What the edit itself may move or rename: entries at and below these paths.
    pub(crate) moved: Vec<String>,
}

/// The figures of one kind of edit.
#[derive(Clone, Default)]
struct Tally {
    states: usize,
    /// States with an expected path, and those where it was found.
    judged: usize,
    paths: usize,
    /// Sum over the states of the share of entries kept, and the number of states that kept all.
    kept: f64,
    whole: usize,
    /// The state that lost most, and its share.
    example: String,
    least: f64,
}

/// The figures of all kinds.
#[derive(Default)]
pub(crate) struct Figures {
    kinds: BTreeMap<String, Tally>,
}

impl Figures {
    /// Parses the state and notes what its tree knows.
    pub(crate) fn add(&mut self, kind: &str, base: &Base, state: &State) {
        let tree = parse(&state.text, base.tree.format());
        super::check_parsed(&tree, &state.text);
        let found = tree.cursor(state.cursor as u32);
        let steps = shown(&found.path);
        let fits = match &state.wanted {
            Some((path, Some(role))) => steps == *path && found.role == *role,
            Some((path, None)) => below(&steps, path),
            None => true,
        };
        let now = paths(&tree);
        let fixed = |path: &&String| !state.moved.iter().any(|moved| below(path, moved));
        let all = base.paths.iter().filter(fixed).count();
        let kept = base
            .paths
            .iter()
            .filter(fixed)
            .filter(|path| now.contains(*path))
            .count();
        let tally = self.kinds.entry(kind.to_owned()).or_default();
        let share = if all == 0 { 1.0 } else { kept as f64 / all as f64 };
        if !fits && tally.example.is_empty()
            || share < 1.0 && (tally.example.is_empty() || share < tally.least)
        {
            tally.least = share;
            let lost = base
                .paths
                .iter()
                .filter(fixed)
                .filter(|path| !now.contains(*path))
                .min();
            tally.example = format!(
                "{:?} of {steps}, not {:?}; lost {lost:?} in {:?}",
                found.role,
                state.wanted,
                around(&state.text, state.cursor)
            );
        }
        tally.states += 1;
        tally.judged += usize::from(state.wanted.is_some());
        tally.paths += usize::from(state.wanted.is_some() && fits);
        tally.kept += share;
        tally.whole += usize::from(kept == all);
    }

    /// Prints the kinds that are not perfect and the sums; fails below the shares of right paths and of entries kept.
    pub(crate) fn judge(&self, least_states: usize, (least_paths, least_kept): (f64, f64)) {
        let mut all = Tally::default();
        for (kind, tally) in &self.kinds {
            if tally.paths < tally.judged || tally.whole < tally.states {
                println!(
                    "{kind}: path in {} of {}, all kept in {} of {} ({:.2} %); {}",
                    tally.paths,
                    tally.judged,
                    tally.whole,
                    tally.states,
                    100.0 * tally.kept / tally.states as f64,
                    tally.example
                );
            }
            all.states += tally.states;
            all.judged += tally.judged;
            all.paths += tally.paths;
            all.kept += tally.kept;
            all.whole += tally.whole;
        }
        let paths = all.paths as f64 / all.judged.max(1) as f64;
        let kept = all.kept / all.states.max(1) as f64;
        println!(
            "{} states: cursor's path right in {:.2} % of {}, other entries kept {:.3} %, all of them in {:.2} %",
            all.states,
            100.0 * paths,
            all.judged,
            100.0 * kept,
            100.0 * all.whole as f64 / all.states.max(1) as f64
        );
        assert!(all.states >= least_states, "{} states", all.states);
        assert!(paths >= least_paths, "paths: {paths:.4} < {least_paths}");
        assert!(kept >= least_kept, "entries kept: {kept:.5} < {least_kept}");
    }
}

/// The lines around an offset, to see what a state looks like.
fn around(text: &str, offset: usize) -> String {
    let start = text[..offset]
        .rmatch_indices('\n')
        .nth(2)
        .map_or(0, |(at, _)| at + 1);
    let end = text[offset..]
        .match_indices('\n')
        .nth(2)
        .map_or(text.len(), |(at, _)| offset + at);
    let before: Vec<char> = text[start..offset].chars().rev().take(200).collect();
    let after = text[offset..end].chars().take(200);
    before.into_iter().rev().chain(['‸']).chain(after).collect()
}

fn below(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn shown(path: &[Step]) -> String {
    path.iter()
        .map(|step| match step {
            Step::Key(key) => format!("/{key}"),
            Step::Index(index) => format!("/{index}"),
        })
        .collect()
}

/// The paths of all entries and items, as `/Resources/Disk/Type`.
pub(crate) fn paths(tree: &Tree) -> HashSet<String> {
    let mut out = HashSet::new();
    if let Some(root) = tree.root() {
        each(root, "", &mut |_, path| {
            out.insert(path.to_owned());
        });
    }
    out
}

/// Calls `visit` for the node and all below it, with their paths.
pub(crate) fn each<'t>(node: Node<'t>, path: &str, visit: &mut impl FnMut(Node<'t>, &str)) {
    visit(node, path);
    for entry in node.entries() {
        let key = entry.key.text().unwrap_or_default();
        each(entry.value, &format!("{path}/{key}"), visit);
    }
    for (index, item) in node.items().enumerate() {
        each(item, &format!("{path}/{index}"), visit);
    }
}
