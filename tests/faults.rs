//! Single faults of some two hundred kinds put into real templates: how many are found on the right line, and what else is
//! reported.
//!
//! `ROS_LSP_FAULTS=100 cargo test --release --test faults -- --nocapture` tries 100 states of each kind in each format;
//! `ROS_LSP_FAULT_KIND=tag` only the kinds with this in their names, and prints every fault that is not found.

#![allow(clippy::print_stdout)]

// Used in part: the other half belongs to the test of a second opinion.
#[allow(dead_code, unused_imports)]
#[path = "support/faults/mod.rs"]
mod faults;
mod support;

use faults::{Case, Kind, Mutant, judge, kinds};
use rayon::prelude::*;
use ros_lsp::syntax::Format;
use std::sync::LazyLock;
use support::Random;

/// States of each kind in each format, where nothing else is said.
const STATES: usize = 2;
/// Shares of all states that may not get worse.
const LEAST_FOUND: f64 = 0.94;
const MOST_BOGUS: f64 = 0.045;

static TEMPLATES: LazyLock<Vec<[LazyCase; 2]>> = LazyLock::new(|| {
    let texts = support::templates("faults: real templates");
    let lazy = |(name, text): (String, String)| {
        let (json_name, json_text) = (name.clone(), text.clone());
        let yaml: LazyCase = LazyLock::new(Box::new(move || {
            Some(Case::new(&name, text, Format::Yaml)).filter(Case::is_sound)
        }));
        let json: LazyCase = LazyLock::new(Box::new(move || {
            Case::json_form(&json_name, &json_text).filter(Case::is_sound)
        }));
        [yaml, json]
    };
    texts.into_iter().map(lazy).collect()
});

type LazyCase = LazyLock<Option<Case>, Box<dyn FnOnce() -> Option<Case> + Send + Sync>>;

/// The figures of one kind in one format.
#[derive(Default)]
struct Tally {
    states: usize,
    found: usize,
    bogus: usize,
    /// One fault that was not found, and one that gave findings elsewhere.
    missed: Vec<String>,
    elsewhere: Vec<String>,
}

#[test]
fn single_faults_are_found_on_their_line() {
    let states = std::env::var("ROS_LSP_FAULTS").map_or(STATES, |states| {
        states.parse().expect("ROS_LSP_FAULTS is a number of states")
    });
    let only = std::env::var("ROS_LSP_FAULT_KIND").unwrap_or_default();
    let kinds: Vec<Kind> = kinds()
        .into_iter()
        .filter(|kind| kind.name.contains(&only))
        .collect();
    let tallies: Vec<[Tally; 2]> = kinds
        .par_iter()
        .map(|kind| [0, 1].map(|format| tally(kind, format, states)))
        .collect();
    let all = print(&kinds, &tallies, !only.is_empty());
    let share = |part: usize| part as f64 / all.states.max(1) as f64;
    assert!(share(all.found) >= LEAST_FOUND, "found: {:.4}", share(all.found));
    assert!(share(all.bogus) <= MOST_BOGUS, "bogus: {:.4}", share(all.bogus));
}

/// Puts one kind of fault into as many templates as there shall be states, one in each, in an order of its own.
fn tally(kind: &Kind, format: usize, states: usize) -> Tally {
    let mut random = Random::new(kind.seed());
    let mut order: Vec<usize> = (0..TEMPLATES.len()).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, random.below(at + 1));
    }
    let mut tally = Tally::default();
    for template in order {
        let Some(case) = &*TEMPLATES[template][format] else {
            continue;
        };
        let places = kind.in_case(case);
        if places.is_empty() {
            continue;
        }
        let mutant = places[random.below(places.len())].apply(case);
        tally.add(case, &mutant);
        if tally.states == states {
            break;
        }
    }
    tally
}

impl Tally {
    fn add(&mut self, case: &Case, mutant: &Mutant) {
        let verdict = judge(case, mutant);
        self.states += 1;
        self.found += usize::from(verdict.found);
        self.bogus += usize::from(!verdict.bogus.is_empty());
        let place = || {
            let shown = mutant.lines.iter().take(2).map(|line| {
                let text = mutant.text.split('\n').nth(*line).unwrap_or_default();
                format!(
                    "{}: {}",
                    line + 1,
                    text.trim().chars().take(120).collect::<String>()
                )
            });
            format!("{} {}", case.name, shown.collect::<Vec<_>>().join(" | "))
        };
        if !verdict.found {
            self.missed.push(format!("{}  {:?}", place(), verdict.there));
        }
        if !verdict.bogus.is_empty() {
            self.elsewhere
                .push(format!("{} → {}", place(), verdict.bogus.join("; ")));
        }
    }
}

/// The table, worst last, and the sums.
fn print(kinds: &[Kind], tallies: &[[Tally; 2]], every: bool) -> Tally {
    let mut all = Tally::default();
    let mut rows: Vec<_> = kinds.iter().zip(tallies).collect();
    let worst = |tallies: &[Tally; 2]| {
        let share = |tally: &Tally| {
            let part = |part: usize| part as f64 / tally.states.max(1) as f64;
            if tally.states == 0 {
                1.0
            } else {
                part(tally.found) - part(tally.bogus)
            }
        };
        share(&tallies[0]).min(share(&tallies[1]))
    };
    rows.sort_by(|a, b| worst(b.1).total_cmp(&worst(a.1)));
    for (kind, tallies) in rows {
        let figures = |tally: &Tally| match tally.states {
            0 => format!("{:>5}", "-"),
            states => format!(
                "{:>4.0} % of {states:>3}, elsewhere {:>3.0} %",
                100.0 * tally.found as f64 / states as f64,
                100.0 * tally.bogus as f64 / states as f64
            ),
        };
        println!(
            "{:60} YAML {:35} JSON {}",
            kind.name,
            figures(&tallies[0]),
            figures(&tallies[1])
        );
        for (format, tally) in ["YAML", "JSON"].iter().zip(tallies) {
            let most = if every { usize::MAX } else { 1 };
            for missed in tally.missed.iter().take(most) {
                println!("    {format} missed: {missed}");
            }
            for elsewhere in tally.elsewhere.iter().take(most) {
                println!("    {format} elsewhere: {elsewhere}");
            }
            all.states += tally.states;
            all.found += tally.found;
            all.bogus += tally.bogus;
        }
    }
    println!(
        "{} kinds, {} states: {:.2} % found on the right line, {:.2} % with findings on other lines",
        kinds.len(),
        all.states,
        100.0 * all.found as f64 / all.states.max(1) as f64,
        100.0 * all.bogus as f64 / all.states.max(1) as f64
    );
    all
}
