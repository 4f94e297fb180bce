//! Warnings on real templates, judged by people: the first ten of each rule stand in `tests/judgements.txt`, and none that was
//! judged false may be reported.
//!
//! `UPDATE_JUDGEMENTS=1 cargo test --test judgements` adds what has no line yet, with `?` for the judgement.

// The table of precisions is for whoever runs it.
#![allow(clippy::print_stdout)]

mod support;

use rayon::prelude::*;
use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::diagnostic::Severity;
use ros_lsp::document::Document;
use ros_lsp::rules::check;
use ros_lsp::syntax::Format;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// So many findings of each rule are judged.
const JUDGED: usize = 10;
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judgements.txt");
/// So many characters of a message stand in the file.
const SHOWN: usize = 70;

/// What a finding is known by: rule, template and line from 1. Words may change.
type Place = (String, String, usize);

/// A line of the file.
struct Judgement {
    /// `true`, `false`, `unsure`, or `?`.
    judgement: String,
    message: String,
    reason: String,
}

#[test]
fn no_warning_that_was_judged_false_is_reported() {
    let Some(templates) = support::corpus("judgements") else {
        return;
    };
    let found = warnings(&templates);
    let mut judged = read();
    let mut first: Vec<&(Place, String)> = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &found {
        let count = counts.entry(&finding.0.0).or_default();
        *count += 1;
        if *count <= JUDGED {
            first.push(finding);
        }
    }
    if std::env::var_os("UPDATE_JUDGEMENTS").is_some() {
        for (place, message) in &first {
            let line = judged.entry(place.clone()).or_insert_with(|| Judgement {
                judgement: "?".to_owned(),
                message: String::new(),
                reason: String::new(),
            });
            line.message = message.chars().take(SHOWN).collect();
        }
        std::fs::write(FILE, written(&judged)).expect("the file of judgements can be written");
    }
    print(&counts, &first, &judged);
    let open: Vec<_> = first
        .iter()
        .filter(|(place, _)| {
            judged
                .get(place)
                .is_none_or(|judgement| judgement.judgement == "?")
        })
        .collect();
    let wrong: Vec<_> = found
        .iter()
        .filter(|(place, _)| {
            judged
                .get(place)
                .is_some_and(|judgement| judgement.judgement == "false")
        })
        .collect();
    assert!(wrong.is_empty(), "judged false, and still reported: {wrong:#?}");
    assert!(
        open.is_empty(),
        "not judged yet (see the head of this file): {open:#?}"
    );
}

/// All warnings, each with its message, in the order of templates and lines; one for each rule and line.
fn warnings(templates: &[(String, String)]) -> Vec<(Place, String)> {
    let of = |(name, text): &(String, String)| -> Vec<(Place, String)> {
        let document = Document::new(text, Format::Yaml);
        let findings = check(&document, Catalog::embedded(), &Config::default());
        let warnings = findings
            .into_iter()
            .filter(|one| one.severity == Severity::Warning);
        let mut seen = BTreeSet::new();
        let placed = warnings.map(|one| {
            let line = text[..one.range.start as usize].matches('\n').count() + 1;
            ((one.id.to_owned(), name.clone(), line), one.message)
        });
        placed.filter(|(place, _)| seen.insert(place.clone())).collect()
    };
    templates.par_iter().flat_map_iter(of).collect()
}

fn read() -> BTreeMap<Place, Judgement> {
    let text = std::fs::read_to_string(FILE).expect("the file of judgements can be read");
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split(" | ").map(str::trim).collect();
            let [rule, place, judgement, reason, message] = fields[..] else {
                panic!("five fields: {line}");
            };
            let known = ["true", "false", "unsure", "?"];
            assert!(known.contains(&judgement), "{judgement}: {line}");
            assert!(judgement == "?" || !reason.is_empty(), "no reason: {line}");
            let (template, number) = place.rsplit_once(':').expect("template:line");
            let place = (
                rule.to_owned(),
                template.to_owned(),
                number.parse().expect("a line's number"),
            );
            let judgement = Judgement {
                judgement: judgement.to_owned(),
                message: message.to_owned(),
                reason: reason.to_owned(),
            };
            (place, judgement)
        })
        .collect()
}

fn written(judged: &BTreeMap<Place, Judgement>) -> String {
    let mut text = String::from(
        "# Warnings on real templates, judged. A line: rule | template:line | true, false or unsure | reason | message's beginning\n",
    );
    let mut last = "";
    for ((rule, template, line), judgement) in judged {
        if rule != last {
            text.push('\n');
            last = rule;
        }
        // A message may contain the mark between fields.
        let message = judgement.message.replace(" | ", " / ");
        let _ = writeln!(
            text,
            "{rule} | {template}:{line} | {} | {} | {message}",
            judgement.judgement, judgement.reason
        );
    }
    text
}

/// How many of each rule's judged warnings are true.
fn print(counts: &BTreeMap<&str, usize>, first: &[&(Place, String)], judged: &BTreeMap<Place, Judgement>) {
    let (mut all_true, mut all_false) = (0, 0);
    for (rule, count) in counts {
        let of = |judgement: &str| {
            let own = first.iter().filter(|((of, ..), _)| of == rule);
            own.filter(|(place, _)| judged.get(place).is_some_and(|one| one.judgement == judgement))
                .count()
        };
        let (right, wrong, unsure) = (of("true"), of("false"), of("unsure"));
        all_true += right;
        all_false += wrong;
        println!(
            "{rule}: {count} warnings; of the first {} judged {right} are true, {wrong} false, {unsure} unsure",
            right + wrong + unsure
        );
    }
    println!(
        "precision: {:.1} % of {}",
        100.0 * all_true as f64 / (all_true + all_false).max(1) as f64,
        all_true + all_false
    );
}
