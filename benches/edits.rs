//! What a keystroke costs before it is on the wire: edit, reparse, facts; then findings. 1,000 to 50,000 lines.

#![allow(clippy::print_stdout)] // A bench prints its figures.

#[path = "../tests/support/large.rs"]
mod large;

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::document::Document;
use ros_lsp::rules::Analysis;
use ros_lsp::syntax::Format;
use ros_lsp::text::buffer::{Buffer, Change};
use ros_lsp::text::line_index::{Encoding, Position};
use ros_lsp::text::patch::Patch;
use std::time::{Duration, Instant};

/// Lines that are typed, character by character.
const TYPED: usize = 60;

fn main() {
    // `cargo test --benches` and list runs only have to compile this.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    for format in [Format::Yaml, Format::Json] {
        for lines in [1_000, 10_000, 50_000] {
            typing(format, lines);
        }
        naming(format, 50_000);
    }
}

/// Typing the name of a resource that others are named like: each character makes another name, which any reference
/// may mean.
fn naming(format: Format, lines: usize) {
    let (text, declared) = match format {
        Format::Yaml => (large::yaml_template(lines), "\n  VSwitch"),
        Format::Json => (large::json_template(lines), "\n    \"VSwitch"),
    };
    let (catalog, config) = (Catalog::embedded(), Config::default());
    let mut document = Document::new(&text, format);
    let mut analysis = Analysis::of(&document, catalog);
    let mut buffer = Buffer::new(&text);
    let before = text[..text.len() / 2].rfind(declared);
    let name = before.expect("there are switches") + declared.len();
    let mut times = Vec::new();
    for number in 0..200 {
        let at = buffer.position((name + number) as u32, Encoding::Utf8);
        let change = Change {
            range: Some((at, at)),
            text: "x".into(),
        };
        let begin = Instant::now();
        let patch = Patch::of(&buffer.apply(&[change], Encoding::Utf8));
        let (edited, changes) = document.edited(&buffer, &patch);
        analysis = analysis.edited(&edited, catalog, &changes);
        drop(analysis.findings(&edited, catalog, &config));
        times.push(begin.elapsed());
        document = edited;
    }
    report(
        &format!("{} lines of {format:?}: a name, all in all", text.lines().count()),
        times,
    );
}

fn typing(format: Format, lines: usize) {
    let (text, line) = match format {
        Format::Yaml => (
            large::yaml_template(lines),
            "      NewKey: [\"a\", {b: 中文}] # x",
        ),
        Format::Json => (
            large::json_template(lines),
            "        \"NewKey\": [\"a\", {\"b\": \"中文\"}],",
        ),
    };
    let begin = Instant::now();
    let mut document = Document::new(&text, format);
    let full = begin.elapsed();
    let catalog = Catalog::embedded();
    let config = Config::default();
    let mut analysis = Analysis::of(&document, catalog);
    let all = analysis.findings(&document, catalog, &config).len();
    let mut buffer = Buffer::new(&text);
    let (mut parsing, mut finding) = (Vec::new(), Vec::new());
    let mut chunks = 0;
    for number in 0..TYPED {
        // Behind a line of properties, spread over the document.
        let from = buffer.line_count() as usize * (number * 37 % TYPED) / TYPED;
        let at = text_line(&buffer, from, format);
        let newline = std::iter::once("\n".to_owned());
        for (column, piece) in (0..).zip(newline.chain(line.chars().map(String::from))) {
            // The line break at the line's end, then the characters of the new line.
            let place = match column {
                0 => Position::new(at, 10_000),
                _ => Position::new(at + 1, column - 1),
            };
            let change = Change {
                range: Some((place, place)),
                text: piece,
            };
            let begin = Instant::now();
            let patch = Patch::of(&buffer.apply(&[change], Encoding::Utf32));
            let (edited, changes) = document.edited(&buffer, &patch);
            parsing.push(begin.elapsed());
            chunks += changes
                .splices
                .iter()
                .map(|splice| splice.new.len())
                .sum::<usize>();
            let begin = Instant::now();
            analysis = analysis.edited(&edited, catalog, &changes);
            let found = analysis.findings(&edited, catalog, &config);
            finding.push(begin.elapsed());
            drop(found);
            document = edited;
        }
    }
    let name = format!("{} lines of {format:?}", text.lines().count());
    println!(
        "{name}: {} kB, full parse and facts {full:.2?}, {all} findings, {:.1} chunks a stroke",
        text.len() / 1024,
        chunks as f64 / parsing.len() as f64
    );
    report(&format!("{name}: edit, reparse, facts"), parsing);
    report(&format!("{name}: findings"), finding);
}

/// A line at or behind `from` that ends in a property's value.
fn text_line(buffer: &Buffer, from: usize, format: Format) -> u32 {
    let wanted = match format {
        Format::Yaml => "VSwitchName",
        Format::Json => "\"VSwitchName\"",
    };
    let line_at = |line: u32| {
        let start = buffer.offset(Position::new(line, 0), Encoding::Utf8);
        let end = buffer.offset(Position::new(line + 1, 0), Encoding::Utf8);
        buffer.slice(ros_lsp::text::TextRange::new(start, end))
    };
    let from = from as u32;
    let behind = (from..buffer.line_count()).find(|line| line_at(*line).contains(wanted));
    let before = || (0..from).rev().find(|line| line_at(*line).contains(wanted));
    behind.or_else(before).expect("the template has switches")
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 1000];
    println!(
        "{what}: median {:.1?}, p95 {:.1?}, p99 {:.1?}, most {:.1?}",
        at(500),
        at(950),
        at(990),
        at(1000)
    );
}
