//! Real templates with one character inserted, deleted or replaced: two independent strict parsers and we must agree on
//! whether that is YAML, and on what it says then. `ROS_LSP_ROUNDS=20` goes through the templates twenty times, each time
//! with other mutations.

mod support;

use rayon::prelude::*;
use ros_lsp::syntax::{Format, parse};
use support::Random;
use support::saphyr::{leaves, oracle};

/// The share of mutations on which we and both others must agree. It may not fall.
const AGREEMENT: f64 = 0.998;

/// Where we differ from both, and why we keep it so: what the disagreement looks like in words and in the mutated line.
const CLASSES: [Class; 2] = [
    Class {
        why: "a collection on the line of an entry without key (`: a: b`): no production of YAML has it, and PyYAML \
              refuses it as we do",
        seen: |what, line| what.starts_with("stricter: ") && line.trim_start().starts_with(':'),
    },
    Class {
        why: "a tab among the blanks before a key or behind its dash: not indentation, and PyYAML refuses it",
        seen: |what, line| what.starts_with("stricter: TabIndent") && line.contains('\t'),
    },
];

struct Class {
    why: &'static str,
    seen: fn(&str, &str) -> bool,
}

/// What one mutation shows.
enum Verdict {
    Valid,
    Invalid,
    /// The others differ from each other.
    Split,
    /// What, and in which line.
    Disagreement(String, String),
}

#[test]
fn mutations_are_refused_as_the_oracles_refuse_them() {
    let Some(corpus) = support::corpus("mutations_are_refused_as_the_oracles_refuse_them") else {
        return;
    };
    let corpus: Vec<_> = corpus.iter().filter(|(_, text)| text.len() < 20_000).collect();
    let each = 20_000 / corpus.len() + 1;
    let mut verdicts = Vec::new();
    for seed in support::rounds() {
        verdicts.par_extend(corpus.par_iter().enumerate().flat_map_iter(|(at, (name, text))| {
            let mut random = Random::new(seed * 100_000 + at as u64);
            (0..each).map(move |_| verdict(name, text, &mut random))
        }));
    }
    let count = |wanted: fn(&Verdict) -> bool| verdicts.iter().filter(|verdict| wanted(verdict)).count();
    let (valid, invalid) = (
        count(|verdict| matches!(verdict, Verdict::Valid)),
        count(|verdict| matches!(verdict, Verdict::Invalid)),
    );
    let split = count(|verdict| matches!(verdict, Verdict::Split));
    let (mut wrong, mut unlisted) = (0, 0);
    let mut classes = [0; CLASSES.len()];
    for verdict in &verdicts {
        let Verdict::Disagreement(what, line) = verdict else {
            continue;
        };
        wrong += 1;
        match CLASSES.iter().position(|class| (class.seen)(what, line)) {
            Some(class) => classes[class] += 1,
            None => {
                println!("not listed: {what} in {line:?}");
                unlisted += 1;
            }
        }
    }
    for (count, class) in classes.iter().zip(&CLASSES) {
        println!("{count} times: {}", class.why);
    }
    let judged = verdicts.len() - split;
    let share = 1.0 - f64::from(wrong) / judged as f64;
    println!(
        "{} mutations: all three call {valid} valid and {invalid} invalid; {wrong} disagreements, agreement {:.3} %; \
         the oracles differ on {split}",
        verdicts.len(),
        share * 100.0
    );
    assert!(verdicts.len() >= 20_000);
    assert!(share >= AGREEMENT);
    assert!(
        unlisted * 20_000 <= verdicts.len(),
        "{unlisted} disagreements are not listed"
    );
}

fn verdict(name: &str, text: &str, random: &mut Random) -> Verdict {
    let (text, at) = mutated(text, random);
    let tree = parse(&text, Format::Yaml);
    let ours = tree.errors().next();
    let saphyr = oracle(&text);
    let granit = granit(&text);
    let disagreement = |what: String| {
        let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
        let line = text[line..].lines().next().unwrap_or_default();
        Verdict::Disagreement(format!("{what} ({name})"), line.to_owned())
    };
    match (ours, saphyr, granit) {
        (_, Ok(_), Err(_)) | (_, Err(_), Ok(())) => Verdict::Split,
        (None, Ok(theirs), Ok(())) => {
            let ours = leaves(&tree);
            match ours == theirs {
                true => Verdict::Valid,
                false => {
                    let pair = ours.iter().zip(&theirs).find(|(mine, other)| mine != other);
                    disagreement(format!("another value: {pair:?}"))
                }
            }
        }
        (Some(error), Ok(_), Ok(())) => disagreement(format!("stricter: {:?}", error.kind)),
        (None, Err(why), Err(_)) => disagreement(format!("laxer: {why}")),
        (Some(_), Err(_), Err(_)) => Verdict::Invalid,
    }
}

/// Whether the other oracle accepts the text.
fn granit(text: &str) -> Result<(), String> {
    let options = granit_parser::options! { strict_indentation: true };
    for event in granit_parser::Parser::new_from_str_with_options(text, options) {
        event.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// The text with one character deleted, inserted or replaced, and where.
fn mutated(text: &str, random: &mut Random) -> (String, usize) {
    const INSERTED: [char; 26] = [
        ' ', ':', '-', '#', '\'', '"', '[', ']', '{', '}', ',', '!', '&', '*', '|', '>', '%', '@', '`', '?',
        '\t', '\n', '\\', '.', 'a', '专',
    ];
    let mut at = random.below(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let next = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let inserted = INSERTED[random.below(INSERTED.len())];
    let mutated = match random.below(3) {
        0 => format!("{}{}", &text[..at], &text[next..]),
        1 => format!("{}{inserted}{}", &text[..at], &text[at..]),
        _ => format!("{}{inserted}{}", &text[..at], &text[next..]),
    };
    (mutated, at)
}
