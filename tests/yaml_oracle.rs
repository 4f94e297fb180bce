//! The YAML parser against an independent strict one, on real templates.

mod support;

use ros_lsp::syntax::{Format, parse};
use support::saphyr::{leaves, oracle};

#[test]
fn real_templates_read_as_the_oracle_reads_them() {
    let Some(corpus) = support::corpus("real_templates_read_as_the_oracle_reads_them") else {
        return;
    };
    let mut wrong = Vec::new();
    for (name, text) in &corpus {
        for (variant, text) in [("", text.clone()), (" with CRLF", text.replace('\n', "\r\n"))] {
            let tree = parse(&text, Format::Yaml);
            assert_eq!(tree.text(), text, "{name}: the chunks join to the text");
            let errors: Vec<_> = tree.errors().collect();
            if !errors.is_empty() {
                let line = text[..errors[0].range.start as usize].matches('\n').count() + 1;
                wrong.push(format!("{name}{variant}:{line} {:?}", errors[0]));
                continue;
            }
            let theirs = oracle(&text).expect("the oracle reads the template");
            let ours = leaves(&tree);
            if let Some((mine, other)) = ours.iter().zip(&theirs).find(|(mine, other)| mine != other) {
                wrong.push(format!("{name}{variant}: {mine:?} is {other:?}"));
            } else if ours.len() != theirs.len() {
                wrong.push(format!(
                    "{name}{variant}: {} leaves, not {}",
                    ours.len(),
                    theirs.len()
                ));
            }
        }
    }
    println!("{} templates, {} differ", corpus.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Small documents of random pieces: where the oracle reads one, so do we, and the same.
#[test]
fn made_documents_read_as_the_oracle_reads_them() {
    const PIECES: [&str; 37] = [
        "a", "b", "a b", "专", ": ", ":", "a: ", "b:", "- ", "-", "? ", "\n", "\n", "\n", "\n  ", "\n  ",
        "\n    ", "\n ", "'", "\"", "[", "]", "{", "}", ", ", "#", " # c", "&a ", "*a", "!t ", "|", ">-",
        "\\", " ", "'q'", "\"q\"", "[a, b]",
    ];
    let mut random = support::Random::new(4);
    let (mut valid, mut stricter, mut laxer) = (0, Vec::new(), Vec::new());
    for _ in 0..60_000 {
        let pieces = (0..2 + random.below(12)).map(|_| PIECES[random.below(PIECES.len())]);
        let text = pieces.collect::<String>() + "\n";
        // The oracle lets a collection begin behind the `: ` of an entry without key.
        if text
            .lines()
            .any(|line| line.trim_start_matches([' ', '-', '?']).starts_with(':'))
        {
            continue;
        }
        support::check_tree(&text, Format::Yaml);
        let tree = parse(&text, Format::Yaml);
        match (tree.errors().next(), oracle(&text)) {
            (None, Ok(theirs)) => {
                valid += 1;
                let ours = leaves(&tree);
                if ours != theirs && !(ours.is_empty() && theirs == [(String::new(), String::new())]) {
                    stricter.push(format!("{text:?} reads {ours:?}, not {theirs:?}"));
                }
            }
            (Some(error), Ok(_)) => {
                valid += 1;
                stricter.push(format!("{text:?}: {error:?}"));
            }
            (None, Err(why)) => laxer.push(format!("{text:?}: {why}")),
            (Some(_), Err(_)) => {}
        }
    }
    println!(
        "{valid} valid documents, {} read otherwise, {} more accepted",
        stricter.len(),
        laxer.len()
    );
    assert!(
        stricter.len() * 1000 < valid && laxer.len() * 2000 < valid,
        "{}\n--\n{}",
        stricter.join("\n"),
        laxer.join("\n")
    );
}
