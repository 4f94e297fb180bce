//! Tests that need the folder named by `ROS_LSP_SHARED`: without it they say that they were skipped, where it is seen.

#![allow(dead_code, reason = "each test program uses a part")]

use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder of real templates and pages, if `needed` is in it. Otherwise the test counts as skipped.
pub(crate) fn shared(test: &str, needed: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("ROS_LSP_SHARED").map(PathBuf::from);
    let there = folder.filter(|folder| folder.join(needed).exists());
    if there.is_none() {
        skip(test, &format!("ROS_LSP_SHARED names no folder with {needed}"));
    }
    there
}

/// Says that a test, or a part of it, was left out. Tests' output is captured unless they fail, and what the macros print
/// is such output; what is written to the stream itself is not.
fn skip(test: &str, reason: &str) {
    let mut out = std::io::stderr();
    let _ = out.write_all(format!("skipped: {test} ({reason})\n").as_bytes());
    note(test);
}

/// Adds a test to those that were skipped.
pub(crate) fn note(test: &str) {
    let Some(list) = list() else { return };
    let line = format!("{}\t{test}\n", run());
    if let Ok(mut file) = std::fs::OpenOptions::new().create(true).append(true).open(list) {
        let _ = file.write_all(line.as_bytes());
    }
}

/// The tests that were skipped in this run of Cargo up to now. Forgets those of all runs.
pub(crate) fn taken() -> Vec<String> {
    let Some(list) = list() else { return Vec::new() };
    let text = std::fs::read_to_string(&list).unwrap_or_default();
    let _ = std::fs::remove_file(list);
    let own = format!("{}\t", run());
    let mut tests: Vec<String> = text
        .lines()
        .filter_map(|line| Some(line.strip_prefix(&own)?.to_owned()))
        .collect();
    tests.sort();
    tests.dedup();
    tests
}

/// A file beside the test programs.
fn list() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    Some(program.parent().and_then(Path::parent)?.join("skipped-tests.txt"))
}

/// All test programs of one run have the same parent.
#[cfg(unix)]
fn run() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn run() -> u32 {
    0
}
