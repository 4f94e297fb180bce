//! What several test programs share: the reference templates, where there are any.

// Each test program uses a part.
#![allow(dead_code, unused_imports, clippy::print_stdout)]

pub(crate) mod fuzz;
pub(crate) mod json;
pub(crate) mod properties;
pub(crate) mod saphyr;
pub(crate) mod skipped;

pub(crate) use properties::{check_document, check_parsed, check_tree};
pub(crate) use skipped::shared;
use std::path::Path;

/// All real templates, with their path below the corpus, sorted.
pub(crate) fn corpus(test: &str) -> Option<Vec<(String, String)>> {
    let root = shared(test, "corpus")?.join("corpus");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort();
    assert!(
        files.len() > 500,
        "the corpus has its templates, not {}",
        files.len()
    );
    Some(files)
}

/// All real templates, or the project's own examples where there are none, with their paths.
pub(crate) fn templates(test: &str) -> Vec<(String, String)> {
    corpus(test).unwrap_or_else(|| {
        let own = [
            (
                "examples/web-server.yml",
                include_str!("../../examples/web-server.yml"),
            ),
            (
                "examples/custom-image.yml",
                include_str!("../../examples/custom-image.yml"),
            ),
        ];
        own.map(|(name, text)| (name.to_owned(), text.to_owned()))
            .to_vec()
    })
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("the corpus can be read") {
        let path = entry.expect("an entry of the corpus").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "yml" || ending == "yaml")
        {
            let name = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .into_owned();
            files.push((name, std::fs::read_to_string(&path).expect("a template is UTF-8")));
        }
    }
}

/// How often a test with random input goes through it, each time with other numbers: once, or as often as
/// `ROS_LSP_ROUNDS` says. Yields the seeds.
pub(crate) fn rounds() -> std::ops::RangeInclusive<u64> {
    let rounds = std::env::var("ROS_LSP_ROUNDS").ok();
    1..=rounds.map_or(1, |rounds| rounds.parse().expect("ROS_LSP_ROUNDS is a number"))
}

/// A small generator of numbers that are the same in each run.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`, which is not 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// The text with `count` pieces cut out or characters that mean something put in.
pub(crate) fn damaged(text: &str, count: usize, random: &mut Random) -> String {
    const PIECES: [&str; 26] = [
        ":", ": ", "- ", "-", "#", "'", "\"", "[", "]", "{", "}", ",", "!", "&", "*", "|", ">", "%", "\t",
        "? ", "\n", "\r", "\r\n", "\n---\n", "\\", "专",
    ];
    let mut damaged: Vec<char> = text.chars().collect();
    for _ in 0..count {
        let at = random.below(damaged.len() + 1);
        match random.below(8) {
            0 => damaged.truncate(at.max(20)),
            1 | 2 => drop(damaged.drain(at..(at + random.below(40)).min(damaged.len()))),
            _ => drop(damaged.splice(at..at, PIECES[random.below(PIECES.len())].chars())),
        }
    }
    damaged.into_iter().collect()
}
