//! Real templates typed as people type them, an entry at a time: how many findings flash, that is appear at a keystroke and
//! vanish at a later one. And that nothing is lost by the wait.
//!
//! `cargo test --release --test typing -- --nocapture` prints the figures. `ROS_LSP_ROUNDS=20` types twenty times as many
//! entries; the number of entries in the templates is the limit.

#[path = "../support/mod.rs"]
mod support;

mod author;

use author::Author;
use ros_lsp::document::Document;
use ros_lsp::syntax::{Format, Node};
use ros_lsp::template::json_form::to_json;
use ros_lsp::text::TextRange;
use std::collections::BTreeMap;
use support::{Random, corpus, rounds};

/// Sections whose entries are typed.
const SECTIONS: &[&str] = &["Parameters", "Mappings", "Conditions", "Resources", "Outputs"];

/// Bytes; longer entries only repeat themselves.
const LONGEST: u32 = 1200;

/// Entries a round and format.
const ENTRIES: usize = 8;

/// Flashes by 100 keystrokes.
const MOST_FLASHES: f64 = 0.3;

#[derive(Default)]
struct Figures {
    entries: usize,
    keystrokes: usize,
    /// Without any wait, in one go, with pauses.
    flashes: [Flashes; 3],
}

#[derive(Default)]
struct Flashes {
    number: usize,
    /// Those where the same rule goes on to find something at the same place.
    changes_of_words: usize,
    rules: BTreeMap<&'static str, usize>,
}

#[test]
fn findings_do_not_flash_and_none_is_lost() {
    for format in [Format::Yaml, Format::Json] {
        let figures = type_entries(format);
        report(format, &figures);
        let [all, in_one_go, with_pauses] = &figures.flashes;
        assert!(
            figures.rate(in_one_go.number) <= MOST_FLASHES,
            "{:?}",
            in_one_go.rules
        );
        assert!(all.number > with_pauses.number, "there is something to hold back");
    }
}

#[allow(clippy::print_stdout, reason = "the figures are what the test is for")]
fn report(format: Format, figures: &Figures) {
    println!(
        "{format:?}: {} entries, {} keystrokes; flashes by 100:",
        figures.entries, figures.keystrokes
    );
    let hows = ["without a wait", "in one go", "with a pause at each line's end"];
    for (how, flashes) in hows.iter().zip(&figures.flashes) {
        let (all, words) = (
            figures.rate(flashes.number),
            figures.rate(flashes.changes_of_words),
        );
        println!(
            "  {how}: {all:.2}, of these {words:.2} only with other words; {:?}",
            flashes.rules
        );
    }
}

impl Figures {
    /// By 100 keystrokes.
    fn rate(&self, flashes: usize) -> f64 {
        flashes as f64 * 100.0 / self.keystrokes.max(1) as f64
    }
}

fn type_entries(format: Format) -> Figures {
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
            let mut author = Author::opens(&without(text, place), format);
            author.types(place.start, &text[place.as_usize()]);
            author.rests();
            let [in_one_go, with_pauses] = author.readers.map(|reader| reader.watch);
            for (sum, watch) in figures
                .flashes
                .iter_mut()
                .zip([author.all, in_one_go, with_pauses])
            {
                sum.number += watch.flashes;
                sum.changes_of_words += watch.changes_of_words;
                for (rule, number) in watch.rules {
                    *sum.rules.entry(rule).or_default() += number;
                }
            }
            figures.keystrokes += author.keystrokes;
            figures.entries += 1;
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
