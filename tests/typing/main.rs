//! Real templates typed as people type them, an entry at a time: how many findings flash, that is appear at a keystroke and
//! vanish at a later one. And that nothing is lost by the wait.
//!
//! `cargo test --release --test typing -- --nocapture` prints the figures. `ROS_LSP_ROUNDS=20` types twenty times as many
//! entries; the number of entries in the templates is the limit.

#[path = "../support/mod.rs"]
mod support;

mod author;

use author::{Author, Habit};
use ros_lsp::document::Document;
use ros_lsp::syntax::{Format, Node};
use ros_lsp::template::json_form::to_json;
use ros_lsp::text::TextRange;
use support::{Random, corpus, rounds};

/// Sections whose entries are typed.
const SECTIONS: &[&str] = &["Parameters", "Mappings", "Conditions", "Resources", "Outputs"];

/// Bytes; longer entries only repeat themselves.
const LONGEST: u32 = 1200;

/// Entries a round and format.
const ENTRIES: usize = 16;

/// Flashes by 100 keystrokes.
const MOST_FLASHES: f64 = 0.3;

#[derive(Default)]
struct Figures {
    entries: usize,
    keystrokes: usize,
    /// Without any wait.
    flashes_of_all: usize,
    flashes_shown: usize,
    words: Vec<String>,
}

#[test]
fn what_is_typed_in_one_go_does_not_flash() {
    for format in [Format::Yaml, Format::Json] {
        let figures = type_entries(format, Habit::InOneGo);
        report(format, "in one go", &figures);
        let rate = by_hundred(figures.flashes_shown, figures.keystrokes);
        assert!(rate <= MOST_FLASHES, "{rate:.2}: {:#?}", figures.words);
        assert!(
            figures.flashes_of_all > figures.flashes_shown,
            "there is something to hold back"
        );
    }
}

/// What is unfinished at a line's end is shown when its author waits there, and goes with the next lines.
#[test]
fn with_a_pause_at_each_line_s_end_no_finding_flashes_within_a_line() {
    for format in [Format::Yaml, Format::Json] {
        let figures = type_entries(format, Habit::PauseAtLineEnd);
        report(format, "with a pause at each line's end", &figures);
        assert!(figures.flashes_shown <= figures.flashes_of_all);
    }
}

#[allow(clippy::print_stdout, reason = "the figures are what the test is for")]
fn report(format: Format, how: &str, figures: &Figures) {
    let [before, after] = [figures.flashes_of_all, figures.flashes_shown]
        .map(|flashes| by_hundred(flashes, figures.keystrokes));
    println!(
        "{format:?} {how}: {} entries, {} keystrokes, flashes by 100: {before:.2} of all findings, {after:.2} of those shown",
        figures.entries, figures.keystrokes
    );
    for words in &figures.words {
        println!("  {words}");
    }
}

fn by_hundred(flashes: usize, keystrokes: usize) -> f64 {
    flashes as f64 * 100.0 / keystrokes.max(1) as f64
}

fn type_entries(format: Format, habit: Habit) -> Figures {
    let mut figures = Figures::default();
    let templates = templates(format);
    for seed in rounds() {
        let mut random = Random::new(seed);
        for _ in 0..ENTRIES {
            let text = &templates[random.below(templates.len())];
            let document = Document::new(text, format);
            let entries = entries(&document);
            if entries.is_empty() {
                continue;
            }
            let place = entries[random.below(entries.len())];
            let mut author = Author::opens(&without(text, place), format, habit);
            author.types(place.start, &text[place.as_usize()]);
            figures.words.extend(author.shown.words.drain(..));
            figures.flashes_of_all += author.all.flashes;
            figures.flashes_shown += author.shown.flashes;
            figures.keystrokes += author.keystrokes;
            figures.entries += 1;
            author.rests();
        }
    }
    figures
}

fn templates(format: Format) -> Vec<String> {
    let yaml: Vec<String> = match corpus("typing") {
        Some(files) => files.into_iter().map(|(_, text)| text).collect(),
        None => ["web-server", "typical-mistakes", "custom-image"]
            .map(|name| {
                let path = format!("{}/examples/{name}.yml", env!("CARGO_MANIFEST_DIR"));
                std::fs::read_to_string(path).expect("an example")
            })
            .into(),
    };
    let in_json = |text: &String| Some(to_json(Document::new(text, Format::Yaml).tree.root()?));
    match format {
        Format::Yaml => yaml,
        Format::Json => yaml.iter().filter_map(in_json).collect(),
    }
}

/// What is typed for each entry that has one before it: from the end of that one to its own end.
fn entries(document: &Document) -> Vec<TextRange> {
    let root = document.tree.root();
    let sections = SECTIONS.iter().filter_map(|section| root?.get(section));
    sections
        .flat_map(|section| {
            let ends: Vec<(u32, u32)> = section
                .entries()
                .map(|entry| ends(entry.key, entry.value))
                .collect();
            let pairs = ends.windows(2).map(|pair| TextRange::new(pair[0].1, pair[1].1));
            pairs.collect::<Vec<_>>()
        })
        .filter(|range| !range.is_empty() && range.len() <= LONGEST)
        .collect()
}

/// Start of the key and end of the value.
fn ends(key: Node<'_>, value: Node<'_>) -> (u32, u32) {
    (key.range().start, value.range().end.max(key.range().end))
}

fn without(text: &str, place: TextRange) -> String {
    format!("{}{}", &text[..place.start as usize], &text[place.end as usize..])
}
