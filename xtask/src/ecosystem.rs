//! `cargo xtask ecosystem`: what two builds find in all templates of a folder and in their JSON forms; findings that came and
//! findings that went, rule by rule.

use crate::say;
use clap::{Args, ValueEnum};
use ros_lsp::syntax::{Format, parse};
use ros_lsp::template::json_form::to_json;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Args)]
pub(crate) struct Options {
    /// The earlier build: a program, or a git revision, which is built below `target/ecosystem`
    #[arg(long, value_name = "PROGRAM|REVISION", default_value = "main")]
    before: String,
    /// The later build; the present tree where it is not given
    #[arg(long, value_name = "PROGRAM|REVISION")]
    after: Option<String>,
    /// Folder with templates (`*.yml`, `*.yaml`); by default `corpus` in $ROS_LSP_SHARED, or `examples`
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// So many findings of each rule are shown
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    show: usize,
    /// Exit 1 when there is such a difference
    #[arg(long, value_name = "WHAT")]
    fail_on: Option<FailOn>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors that only the later build finds
    AddedErrors,
}

/// Path, line, severity, rule and message of a finding, and how many times it occurs there.
type Findings = BTreeMap<Finding, usize>;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    rule: String,
    path: String,
    line: u64,
    severity: String,
    message: String,
}

type Failure = Box<dyn std::error::Error>;

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let cache = root.join("target/ecosystem");
    let templates = options.templates.clone().unwrap_or_else(|| {
        let shared = std::env::var_os("ROS_LSP_SHARED").map(PathBuf::from);
        shared.map_or_else(|| root.join("examples"), |shared| shared.join("corpus"))
    });
    let before = program(&root, &cache, Some(&options.before))?;
    let after = program(&root, &cache, options.after.as_deref())?;
    let folder = cache.join("templates");
    let count = write_templates(&templates, &folder)?;
    let before = findings(&before, &folder)?;
    let after = findings(&after, &folder)?;
    let added = difference(&after, &before);
    let removed = difference(&before, &after);
    print(count, &before, &after, (&added, &removed), options.show)?;
    let errors = added
        .iter()
        .filter(|(finding, _)| finding.severity == "error")
        .count();
    if options.fail_on == Some(FailOn::AddedErrors) && errors > 0 {
        return Err(format!("{errors} added errors").into());
    }
    Ok(())
}

/// The program to run: a file, or what a revision or the present tree builds.
fn program(root: &Path, cache: &Path, named: Option<&str>) -> Result<PathBuf, Failure> {
    let Some(named) = named else {
        say("building the present tree");
        build(root, &root.join("target"))?;
        return Ok(built(&root.join("target")));
    };
    let file = Path::new(named);
    if file.is_file() {
        return Ok(file.canonicalize()?);
    }
    let commit = output(
        Command::new("git").args(["rev-parse", "--verify", &format!("{named}^{{commit}}")]),
        root,
    )?;
    let commit = commit.trim();
    let kept = cache
        .join("programs")
        .join(commit)
        .with_extension(std::env::consts::EXE_EXTENSION);
    if kept.is_file() {
        return Ok(kept);
    }
    say(&format!("building {named} ({commit})"));
    let source = cache.join("source");
    let archive = cache.join("source.tar");
    let prepare = || -> io::Result<()> {
        fs::create_dir_all(cache.join("programs"))?;
        let _ = fs::remove_dir_all(&source);
        fs::create_dir_all(&source)
    };
    prepare()?;
    output(
        Command::new("git")
            .args(["archive", "--output"])
            .arg(&archive)
            .arg(commit),
        root,
    )?;
    output(
        Command::new("tar")
            .arg("-xf")
            .arg(&archive)
            .arg("-C")
            .arg(&source),
        root,
    )?;
    build(&source, &cache.join("target"))?;
    fs::copy(built(&cache.join("target")), &kept)?;
    Ok(kept)
}

fn build(source: &Path, target: &Path) -> Result<(), Failure> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([
        "build",
        "--quiet",
        "--locked",
        "--package",
        "ros-lsp",
        "--bin",
        "ros-lsp",
    ]);
    output(cargo.env("CARGO_TARGET_DIR", target), source).map(drop)
}

fn built(target: &Path) -> PathBuf {
    target
        .join("debug")
        .join("ros-lsp")
        .with_extension(std::env::consts::EXE_EXTENSION)
}

fn output(command: &mut Command, folder: &Path) -> Result<String, Failure> {
    let shown = format!("{command:?}");
    let output = command
        .current_dir(folder)
        .output()
        .map_err(|error| format!("{shown}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{shown}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Copies the templates into a folder of its own, each with its JSON form beside it; returns their number.
fn write_templates(from: &Path, to: &Path) -> io::Result<usize> {
    let _ = fs::remove_dir_all(to);
    let mut count = 0;
    let mut folders = vec![from.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if !path
                .extension()
                .is_some_and(|ending| ending == "yml" || ending == "yaml")
            {
                continue;
            }
            let text = fs::read_to_string(&path)?;
            let copy = to.join(path.strip_prefix(from).unwrap_or(&path));
            if let Some(folder) = copy.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&copy, &text)?;
            if let Some(root) = parse(&text, Format::Yaml).root() {
                let mut json = copy.into_os_string();
                json.push(".json");
                fs::write(json, to_json(root))?;
            }
            count += 1;
        }
    }
    Ok(count)
}

fn findings(program: &Path, folder: &Path) -> Result<Findings, Failure> {
    let mut command = Command::new(program);
    command
        .args(["check", "--format", "json", "."])
        .current_dir(folder);
    // Exit 1 only says that there are errors in templates.
    let output = command
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let report: Value = serde_json::from_slice(&output.stdout).map_err(|error| {
        let told = String::from_utf8_lossy(&output.stderr);
        format!("{}: no report: {error}; {told}", program.display())
    })?;
    let mut all = Findings::new();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for file in report["files"].as_array().into_iter().flatten() {
        let path = text(&file["path"]);
        for found in file["diagnostics"].as_array().into_iter().flatten() {
            let finding = Finding {
                rule: text(&found["id"]),
                path: path.trim_start_matches("./").to_owned(),
                line: found["start"]["line"].as_u64().unwrap_or_default(),
                severity: text(&found["severity"]),
                message: text(&found["message"]),
            };
            *all.entry(finding).or_default() += 1;
        }
    }
    Ok(all)
}

/// What is in the first and not, or not so often, in the second.
fn difference(these: &Findings, those: &Findings) -> Findings {
    let more = |(finding, count): (&Finding, &usize)| {
        let more = count.saturating_sub(those.get(finding).copied().unwrap_or(0));
        (more > 0).then(|| (finding.clone(), more))
    };
    these.iter().filter_map(more).collect()
}

fn print(
    templates: usize,
    before: &Findings,
    after: &Findings,
    (added, removed): (&Findings, &Findings),
    show: usize,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let total = |all: &Findings| all.values().sum::<usize>();
    writeln!(
        out,
        "{templates} templates and their JSON forms: {} findings before, {} after; {} added, {} removed",
        total(before),
        total(after),
        total(added),
        total(removed)
    )?;
    let rules: BTreeSet<&str> = added
        .keys()
        .chain(removed.keys())
        .map(|finding| &*finding.rule)
        .collect();
    for rule in rules {
        let of = |all: &Findings| -> Findings {
            let own = all.iter().filter(|(finding, _)| finding.rule == rule);
            own.map(|(finding, count)| (finding.clone(), *count)).collect()
        };
        let (added, removed) = (of(added), of(removed));
        writeln!(
            out,
            "\n{rule}: {} before, {} after; {} added, {} removed",
            total(&of(before)),
            total(&of(after)),
            total(&added),
            total(&removed)
        )?;
        for (sign, all) in [("+", &added), ("-", &removed)] {
            for (finding, count) in all.iter().take(show) {
                let times = if *count > 1 {
                    format!(" ({count} times)")
                } else {
                    String::new()
                };
                writeln!(
                    out,
                    "  {sign} {}:{} {} {}{times}",
                    finding.path, finding.line, finding.severity, finding.message
                )?;
            }
            if all.len() > show {
                writeln!(out, "  {sign} … and {} more", all.len() - show)?;
            }
        }
    }
    Ok(())
}
