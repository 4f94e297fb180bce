//! Asks the validator of `iac-code` about many templates: a few long-lived Python processes, and answers kept by the digest
//! of what was asked.

use rayon::prelude::*;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const SERVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/second-opinion/serve.py");

/// What they say about one template.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    Findings {
        findings: Vec<Theirs>,
    },
    /// The validator itself failed.
    Failure {
        failure: String,
    },
}

#[derive(Deserialize)]
pub(crate) struct Theirs {
    pub(crate) code: String,
    /// `ERROR`, `WARNING` or `LIMITATION`.
    pub(crate) severity: String,
    /// Counts from 1; 0 for none.
    pub(crate) line: usize,
    pub(crate) end_line: usize,
    pub(crate) summary: String,
    pub(crate) detail: String,
}

/// The Python environment and the answers that it has given.
pub(crate) struct Opinion {
    folder: PathBuf,
}

impl Opinion {
    /// The environment that `tests/second-opinion/environment.sh` made; `None` where there is none.
    pub(crate) fn open() -> Option<Opinion> {
        let named = std::env::var_os("ROS_LSP_SECOND_OPINION").map(PathBuf::from);
        let cache = || {
            let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
            let home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache"));
            Some(cache.or_else(home)?.join("ros-lsp-second-opinion"))
        };
        let folder = named.or_else(cache)?;
        let made = std::fs::read(folder.join("venv/requirements.txt")).ok()?;
        let wanted = include_bytes!("../second-opinion/requirements.txt");
        (made == wanted).then_some(Opinion { folder })
    }

    /// An answer for each text, in their order.
    pub(crate) fn ask(&self, texts: &[&str]) -> Vec<Answer> {
        let kept = self.folder.join("answers");
        std::fs::create_dir_all(&kept).expect("a folder for answers");
        let files: Vec<PathBuf> = texts.iter().map(|text| kept.join(digest(text))).collect();
        let mut missing: Vec<(&str, &Path)> = Vec::new();
        for (text, file) in texts.iter().zip(&files) {
            if !file.exists() {
                missing.push((text, file));
            }
        }
        let processes = std::thread::available_parallelism().map_or(1, usize::from);
        let share = missing.len().div_ceil(processes).max(1);
        missing
            .par_chunks(share)
            .for_each(|share| self.ask_one_process(share));
        let read = |file: &PathBuf| {
            let text = std::fs::read_to_string(file).expect("the answer was kept");
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
        };
        files.iter().map(read).collect()
    }

    fn ask_one_process(&self, questions: &[(&str, &Path)]) {
        let mut child = Command::new(self.folder.join("venv/bin/python"))
            .arg(SERVE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let mut questions_in = child.stdin.take().expect("a pipe");
        let mut answers = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        for (text, file) in questions {
            let question = serde_json::json!({ "text": text });
            writeln!(questions_in, "{question}").expect("the process reads");
            let answer = answers.next().expect("an answer for each question");
            let answer = answer.expect("the answer is UTF-8");
            // Renamed when whole, so that a test that is stopped leaves no half of an answer.
            let half = file.with_extension("part");
            std::fs::write(&half, answer).expect("the answer is kept");
            std::fs::rename(&half, file).expect("the answer is kept");
        }
        drop(questions_in);
        child.wait().expect("the process ends");
    }
}

/// What stands for a text, the version of the validator and the question put to it.
fn digest(text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(include_bytes!("../second-opinion/requirements.txt"));
    hash.update(include_bytes!("../second-opinion/serve.py"));
    hash.update(text);
    format!("{:x}.json", hash.finalize())
}
