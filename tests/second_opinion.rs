//! Another validator's opinion: where it and ros-lsp differ about real templates and about faults put into them, a reason
//! stands in `tests/second-opinion/reasons.json`.
//!
//! `tests/second-opinion/environment.sh` makes the Python environment; without it the test says `skipped`.
//! `ROS_LSP_OPINIONS=<part of a code or of a kind's name>` prints what differs there, explained or not.

#![allow(clippy::print_stdout)]

// Used in part: the other half belongs to the test of faults.
#[allow(dead_code, unused_imports)]
#[path = "support/faults/mod.rs"]
mod faults;
#[path = "support/opinion.rs"]
mod opinion;
mod support;

use faults::{Case, Kind, kinds, line_of};
use opinion::{Answer, Opinion, Theirs};
use rayon::prelude::*;
use ros_lsp::diagnostic::{Diagnostic, Severity};
use ros_lsp::syntax::Format;
use serde::Deserialize;
use std::collections::BTreeMap;
use support::Random;

/// Their validator is slow: faults are put into templates of at most this many bytes.
const SMALL: usize = 6_000;
/// A finding on a long value of theirs stands on its first lines.
const SPAN: usize = 6;
/// Their finding about a name stands on what is behind it: a line further where the value is a block.
const SLACK: usize = 1;
/// Their word for a text that cannot be loaded; nothing else is looked at then.
const NOT_LOADED: &str = "ROS1001";

/// Our rules about what they look at, too: expressions, references, attributes and association metadata.
const SHARED_FIELD: [&str; 13] = [
    "ROS0219", "ROS0221", "ROS0222", "ROS0226", "ROS04", "ROS05", "ROS06", "ROS0709", "ROS0712", "ROS0714",
    "ROS0715", "ROS0716", "ROS10",
];

/// A class of differences and why it is right that there is one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    /// Who reports: `iac-code` or `ros-lsp`.
    by: String,
    code: String,
    /// A part of the message; all messages where it is missing.
    #[serde(default)]
    says: String,
    /// A part of the template's path or of the fault's name.
    #[serde(default)]
    on: String,
    /// The greatest severity of what the other one reports there: `warning`, `information`, `hint`, `nothing`; any where it
    /// is missing.
    #[serde(default)]
    other: String,
    /// ros-lsp is wrong there: something that it should learn.
    #[serde(default)]
    gap: bool,
    #[expect(dead_code, reason = "read by people")]
    reason: String,
    #[expect(dead_code, reason = "read by people")]
    source: String,
}

/// An error of one side that the other has not.
#[derive(Clone)]
struct Difference {
    by: &'static str,
    code: String,
    message: String,
    /// What the other one says there.
    other: &'static str,
    /// Template, fault and line.
    on: String,
    line: String,
}

/// A text to ask about.
struct Question {
    on: String,
    /// The number of the question about the template without the fault.
    sound: Option<usize>,
    text: String,
    format: Format,
}

#[test]
fn what_another_validator_says_differently_has_a_reason() {
    let Some(opinion) = Opinion::open() else {
        println!("second opinion: skipped, tests/second-opinion/environment.sh has not made its environment");
        return;
    };
    let questions = questions();
    let texts: Vec<&str> = questions.iter().map(|question| &*question.text).collect();
    let answers = opinion.ask(&texts);
    let reasons: Vec<Reason> =
        serde_json::from_str(include_str!("second-opinion/reasons.json")).expect("the reasons can be read");
    let each: Vec<Vec<Difference>> = questions
        .par_iter()
        .zip(&answers)
        .map(|(question, answer)| differences(question, answer))
        .collect();
    // What a template differs in by itself is told once.
    let new = |(question, found): (&Question, &Vec<Difference>)| -> Vec<Difference> {
        let sound = question.sound.map(|sound| &each[sound]);
        let known = |one: &Difference| {
            sound.is_some_and(|sound| {
                sound
                    .iter()
                    .any(|old| old.code == one.code && old.message == one.message)
            })
        };
        found.iter().filter(|one| !known(one)).cloned().collect()
    };
    let differences: Vec<Difference> = questions.iter().zip(&each).flat_map(new).collect();
    let shown = std::env::var("ROS_LSP_OPINIONS").ok();
    let mut used = vec![0; reasons.len()];
    let mut unexplained: BTreeMap<(&str, &str, &str), Vec<&Difference>> = BTreeMap::new();
    for difference in &differences {
        match reasons.iter().position(|reason| reason.explains(difference)) {
            Some(at) => used[at] += 1,
            None => unexplained
                .entry((difference.by, &difference.code, difference.other))
                .or_default()
                .push(difference),
        }
        let part = |part: &String| difference.on.contains(part) || difference.code.contains(part);
        if shown.as_ref().is_some_and(part) {
            println!("{difference}");
        }
    }
    println!(
        "second opinion: {} texts, {} differences in {} explained classes",
        questions.len(),
        differences.len(),
        used.iter().filter(|used| **used > 0).count()
    );
    for (reason, used) in reasons.iter().zip(&used) {
        let told = format!("{} {} {} {}", reason.by, reason.code, reason.says, reason.on);
        match used {
            0 => println!("explains nothing: {told}"),
            times if reason.gap => println!("ros-lsp should learn, {times} times: {told}"),
            _ => {}
        }
    }
    let mut told = String::new();
    for ((by, code, other), all) in &unexplained {
        told += &format!("{by} {code}, the other says {other}: {} times\n", all.len());
        for difference in all.iter().take(8) {
            told += &format!("    {difference}\n");
        }
    }
    assert!(told.is_empty(), "differences without a reason:\n{told}");
}

/// All real templates, some of them as JSON, and one fault of each kind that YAML can have.
fn questions() -> Vec<Question> {
    let cases: Vec<Case> = support::templates("second opinion: real templates")
        .into_iter()
        .map(|(name, text)| Case::new(&name, text, Format::Yaml))
        .collect();
    let mut all: Vec<Question> = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        let json = (at % 20 == 0)
            .then(|| Case::json_form(&case.name, &case.text))
            .flatten();
        for (case, form) in [Some(case), json.as_ref()]
            .into_iter()
            .flatten()
            .zip(["", " as JSON"])
        {
            all.push(Question {
                on: format!("{}{form}", case.name),
                sound: None,
                text: case.text.clone(),
                format: case.format(),
            });
        }
    }
    let asked = |case: &Case| all.iter().position(|question| question.on == case.name);
    let small: Vec<(&Case, Option<usize>)> = cases
        .iter()
        .filter(|case| case.text.len() < SMALL && case.is_sound())
        .map(|case| (case, asked(case)))
        .collect();
    let faulty: Vec<Question> = kinds()
        .par_iter()
        .filter_map(|kind| with_fault(kind, &small))
        .collect();
    all.extend(faulty);
    all
}

fn with_fault(kind: &Kind, cases: &[(&Case, Option<usize>)]) -> Option<Question> {
    let mut random = Random::new(kind.seed());
    let start = random.below(cases.len());
    let mut order = cases.iter().cycle().skip(start).take(cases.len());
    order.find_map(|(case, sound)| {
        let places = kind.in_case(case);
        (!places.is_empty()).then(|| Question {
            on: format!("fault `{}` in {}", kind.name, case.name),
            sound: *sound,
            text: places[random.below(places.len())].apply(case).text,
            format: Format::Yaml,
        })
    })
}

fn differences(question: &Question, answer: &Answer) -> Vec<Difference> {
    let theirs = match answer {
        Answer::Findings { findings } => findings,
        Answer::Failure { failure } => {
            return vec![Difference {
                by: "iac-code",
                code: "failure".to_owned(),
                message: failure.clone(),
                other: "nothing",
                on: question.on.clone(),
                line: String::new(),
            }];
        }
    };
    let ours = faults::findings(&question.text, question.format);
    let ours: Vec<(std::ops::RangeInclusive<usize>, &Diagnostic)> = ours
        .iter()
        .map(|finding| {
            let line = |offset: u32| line_of(&question.text, offset as usize) + 1;
            (line(finding.range.start)..=line(finding.range.end), finding)
        })
        .collect();
    let line = |line: usize| {
        let text = question
            .text
            .split('\n')
            .nth(line.saturating_sub(1))
            .unwrap_or_default();
        format!("{line}: {}", text.trim().chars().take(160).collect::<String>())
    };
    let mut all = Vec::new();
    for their in theirs.iter().filter(|their| their.severity == "ERROR") {
        let loaded = their.code != NOT_LOADED;
        let at = ours
            .iter()
            .filter(|(lines, our)| meet(lines, their) || !loaded && our.id == "ROS0001");
        let best = at.map(|(_, finding)| finding.severity).min();
        if best != Some(Severity::Error) {
            all.push(Difference {
                by: "iac-code",
                code: their.code.clone(),
                message: format!("{} {}", their.summary, their.detail),
                other: best.map_or("nothing", Severity::name),
                on: question.on.clone(),
                line: line(their.line),
            });
        }
    }
    if theirs.iter().any(|their| their.code == NOT_LOADED) {
        return all;
    }
    for (lines, our) in &ours {
        let shared = SHARED_FIELD.iter().any(|start| our.id.starts_with(start));
        if our.severity != Severity::Error || !shared {
            continue;
        }
        let at = theirs.iter().filter(|their| meet(lines, their));
        let best = at.map(|their| {
            ["ERROR", "WARNING", "LIMITATION"]
                .iter()
                .position(|each| *each == their.severity)
        });
        let best = best.min().flatten();
        if best != Some(0) {
            all.push(Difference {
                by: "ros-lsp",
                code: our.id.to_owned(),
                message: our.message.clone(),
                other: best.map_or("nothing", |at| ["error", "warning", "information"][at]),
                on: question.on.clone(),
                line: line(*lines.start()),
            });
        }
    }
    all
}

/// Whether both speak of the same lines.
fn meet(lines: &std::ops::RangeInclusive<usize>, their: &Theirs) -> bool {
    let end = their.end_line.min(their.line + SPAN);
    *lines.start() <= end + SLACK && their.line <= SLACK + (*lines.end()).min(lines.start() + SPAN)
}

impl Reason {
    fn explains(&self, difference: &Difference) -> bool {
        self.by == difference.by
            && self.code == difference.code
            && difference.message.contains(&self.says)
            && difference.on.contains(&self.on)
            && (self.other.is_empty() || self.other == difference.other)
    }
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} {} ({} by the other) {} | {} | {}",
            self.by, self.code, self.other, self.on, self.line, self.message
        )
    }
}
