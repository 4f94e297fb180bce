//! A word is taken out of a real template, and completion brings it back: the template then says what it said before.

use crate::editor::{After, CLIENTS, Client, State};
use crate::meaning::{leaves, lost, meaning};
use crate::rewrite::{Manner, to_yaml};
use crate::spots::{Spot, spots, states};
use crate::support::{Random, corpus, rounds};
use rayon::prelude::*;
use ros_lsp::document::Document;
use ros_lsp::features::completion::Item;
use ros_lsp::syntax::{Format, SyntaxErrorKind};
use ros_lsp::template::json_form::to_json;
use std::collections::BTreeMap;

/// What was tried, and what came of it.
#[derive(Default)]
struct Figures {
    /// By kind of word: states, and those of them in which the word was offered.
    words: BTreeMap<&'static str, (usize, usize)>,
    accepted: usize,
    variants: usize,
    /// Templates that can't be written in the way that was their turn.
    unwritten: usize,
    failures: Vec<String>,
    not_offered: BTreeMap<String, usize>,
}

impl Figures {
    fn merge(mut self, other: Figures) -> Figures {
        for (kind, (states, offered)) in other.words {
            let sum = self.words.entry(kind).or_default();
            *sum = (sum.0 + states, sum.1 + offered);
        }
        for (what, count) in other.not_offered {
            *self.not_offered.entry(what).or_default() += count;
        }
        self.accepted += other.accepted;
        self.variants += other.variants;
        self.unwritten += other.unwritten;
        self.failures.extend(other.failures);
        self
    }

    /// Prints the figures; no failure may be among them.
    #[track_caller]
    #[allow(clippy::print_stdout)] // A test says what it measured.
    fn report(&self, title: &str) {
        println!(
            "{title}: {} documents ({} could not be written so), {} items accepted, {} failures",
            self.variants,
            self.unwritten,
            self.accepted,
            self.failures.len()
        );
        for (kind, (states, offered)) in &self.words {
            let share = *offered as f64 * 100.0 / *states as f64;
            println!("  {kind}: the word is offered in {offered} of {states} states ({share:.1} %)");
        }
        if std::env::var_os("ROS_LSP_LIST").is_some() {
            let mut missing: Vec<_> = self.not_offered.iter().collect();
            missing.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            for (what, count) in missing.into_iter().take(60) {
                println!("  not offered {count} times: {what}");
            }
        }
        let first: Vec<&str> = self.failures.iter().take(40).map(String::as_str).collect();
        assert!(
            first.is_empty(),
            "{} failures, the first of them:\n{}",
            self.failures.len(),
            first.join("\n")
        );
    }
}

/// How a template can be written.
const VARIANTS: [&str; 6] = [
    "as it is",
    "short tags",
    "short tags in flow form",
    "flow form",
    "CRLF",
    "JSON",
];

/// The template written so; `None` if it can't be without changing its meaning.
fn variant(document: &Document, text: &str, name: &str) -> Option<State> {
    let root = document.tree.root()?;
    let yaml = |short_tags, block_levels| {
        let manner = Manner {
            short_tags,
            block_levels,
        };
        (to_yaml(root, manner), Format::Yaml)
    };
    let (text, format) = match name {
        "short tags" => yaml(true, 99),
        "short tags in flow form" => yaml(true, 3),
        "flow form" => yaml(false, 2),
        "CRLF" => (text.replace("\r\n", "\n").replace('\n', "\r\n"), Format::Yaml),
        "JSON" => (to_json(root), Format::Json),
        _ => (text.to_owned(), Format::Yaml),
    };
    let written = State::new(text, 0, format);
    let sound = written.document.tree.errors().next().is_none();
    (sound && meaning(&written.document) == meaning(document)).then_some(written)
}

/// Takes out some words of the template, written in one way.
fn try_template(name: &str, text: &str, written: &str, words: usize, random: &mut Random) -> Figures {
    let mut figures = Figures::default();
    let document = Document::new(text, Format::Yaml);
    let Some(written_so) = variant(&document, text, written) else {
        figures.unwritten += 1;
        return figures;
    };
    let document = &written_so.document;
    let all = spots(document);
    figures.variants += 1;
    let before = meaning(document);
    for _ in 0..words.min(all.len()) {
        let spot = &all[random.below(all.len())];
        for (state_name, state) in states(document, &written_so.text, spot) {
            let place = format!("{name}, {written}, {state_name}");
            try_state(&place, &state, spot, &before, random, &mut figures);
        }
    }
    figures
}

fn try_state(
    place: &str,
    state: &State,
    spot: &Spot,
    before: &str,
    random: &mut Random,
    figures: &mut Figures,
) {
    let client = CLIENTS[random.below(CLIENTS.len())];
    let items = state.complete(client).items;
    let counted = figures.words.entry(spot.kind).or_default();
    counted.0 += 1;
    let wanted = items.iter().find(|item| item.label == spot.label);
    if let Some(item) = wanted {
        counted.1 += 1;
        figures.accepted += 1;
        if let Err(problem) = restores(state, item, client, before) {
            figures
                .failures
                .push(failure(place, spot.kind, state, item, client, &problem));
        }
    } else {
        let what = format!("{}: {}", spot.kind, spot.label);
        *figures.not_offered.entry(what).or_default() += 1;
    }
    // Any other item does no harm to the rest.
    for _ in 0..2 {
        let Some(index) = (!items.is_empty()).then(|| random.below(items.len())) else {
            break;
        };
        let item = &items[index];
        figures.accepted += 1;
        if let Err(problem) = harmless(state, item, client) {
            figures
                .failures
                .push(failure(place, spot.kind, state, item, client, &problem));
        }
    }
}

fn failure(place: &str, kind: &str, state: &State, item: &Item, client: Client, problem: &str) -> String {
    format!(
        "--- {place}, {kind}, {client:?}, `{}`: {problem}\n{}",
        item.label,
        state.picture()
    )
}

/// The document means what it meant before the word was taken out.
fn restores(state: &State, item: &Item, client: Client, before: &str) -> Result<(), String> {
    let after = state.accept(item, client)?;
    match meaning(&after.document) == before {
        true => Ok(()),
        false => Err(format!("became\n{}", after.picture())),
    }
}

/// No syntax error more, and everything elsewhere says what it said.
pub(crate) fn harmless(state: &State, item: &Item, client: Client) -> Result<After, String> {
    let after = state.accept(item, client)?;
    let after = match waits_for_value(&after, state, client) {
        true => after.with_value(),
        false => after,
    };
    if errors(&after.document).len() > errors(&state.document).len() {
        let errors = errors(&after.document);
        return Err(format!("syntax errors {errors:?} in\n{}", after.picture()));
    }
    let was = leaves(&state.document, after.replaced);
    let is = leaves(&after.document, after.inserted);
    match lost(&was, &is) {
        None => Ok(after),
        Some(leaf) => Err(format!("lost {leaf} in\n{}", after.picture())),
    }
}

/// Syntax errors; comments in JSON are said once a document, and are none to the people who write them.
fn errors(document: &Document) -> Vec<SyntaxErrorKind> {
    let errors = document.tree.errors().map(|error| error.kind);
    errors
        .filter(|kind| *kind != SyntaxErrorKind::CommentInJson)
        .collect()
}

/// In JSON an editor without snippets leaves the cursor behind a colon, where the value will be typed.
fn waits_for_value(after: &After, state: &State, client: Client) -> bool {
    let before = &after.text[..after.inserted.end as usize];
    client == Client::Plain && state.document.format() == Format::Json && before.ends_with(": ")
}

#[test]
fn words_of_own_examples_come_back() {
    let examples = [
        ("web-server", include_str!("../../examples/web-server.yml")),
        ("custom-image", include_str!("../../examples/custom-image.yml")),
    ];
    let mut figures = Figures::default();
    for (name, text) in examples {
        for written in VARIANTS {
            figures = figures.merge(try_template(name, text, written, 25, &mut Random::new(1)));
        }
    }
    figures.report("own examples");
}

#[test]
fn words_of_real_templates_come_back() {
    let Some(templates) = corpus("words_of_real_templates_come_back") else {
        return;
    };
    for seed in rounds() {
        let tried = templates.par_iter().enumerate().map(|(index, (name, text))| {
            let mut random = Random::new(seed * 1000 + index as u64);
            try_template(name, text, VARIANTS[random.below(VARIANTS.len())], 3, &mut random)
        });
        let figures = tried.reduce(Figures::default, Figures::merge);
        figures.report(&format!("real templates, seed {seed}"));
    }
}
