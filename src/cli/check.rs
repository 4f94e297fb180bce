//! `ros-lsp check`: find the templates, check them in parallel, report.

use super::report::{Checked, human, json, sarif};
use super::{Outcome, decode, format_of, plain, read};
use crate::catalog::Catalog;
use crate::catalog::own::{OwnTypes, folder};
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::rules;
use crate::template::detect::is_template;
use ignore::WalkBuilder;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What to check and how to report it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Files and folders; `-` is standard input.
    pub paths: Vec<PathBuf>,
    pub format: Report,
    pub color: bool,
    /// Findings below this severity are left out.
    pub level: Severity,
    /// Name of what comes from standard input, for its format and the report.
    pub stdin_name: String,
}

/// The form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    Human,
    Json,
    Sarif,
}

/// One thing to check.
enum Input {
    /// Named by the user: checked whatever it is called.
    File(PathBuf),
    /// Found below a folder: left alone unless it is a template.
    Found(PathBuf),
    Stdin,
}

/// What became of an input.
enum Result {
    Checked(Checked),
    /// A word to the user; the run goes on, and has failed when `failed`.
    Note {
        message: String,
        failed: bool,
    },
    /// Not a template, and nobody said it was.
    Other,
}

/// Each template is checked with the types of the nearest pages at or above its folder.
#[derive(Default)]
struct Catalogs {
    projects: Mutex<Projects>,
}

#[derive(Default)]
struct Projects {
    /// The project of a template's folder.
    of_folder: HashMap<PathBuf, Option<PathBuf>>,
    /// A project's catalog, and how much of its pages can't be read.
    catalogs: BTreeMap<PathBuf, (Catalog, usize)>,
}

impl Catalogs {
    fn of(&self, template: &Path) -> Catalog {
        let template = std::path::absolute(template).unwrap_or_default();
        let folder = template.parent().unwrap_or(&template);
        let mut projects = self.projects.lock().unwrap_or_else(PoisonError::into_inner);
        let nearest = || folder::nearest_project(folder, None).map(Path::to_owned);
        let project = match projects.of_folder.get(folder) {
            Some(known) => known.clone(),
            None => {
                let project = nearest();
                projects.of_folder.insert(folder.to_owned(), project.clone());
                project
            }
        };
        let Some(project) = project else {
            return Catalog::embedded().clone();
        };
        let read = || {
            let pages = folder::read(&folder::of_project(&project));
            let (types, problems) = OwnTypes::of(&pages, &OwnTypes::default());
            let catalog = Catalog::embedded().with_own_types(Arc::new(types));
            (catalog, problems.iter().map(Vec::len).sum())
        };
        projects
            .catalogs
            .entry(project.clone())
            .or_insert_with(read)
            .0
            .clone()
    }

    fn notes(&self) -> Vec<String> {
        let projects = self.projects.lock().unwrap_or_else(PoisonError::into_inner);
        let note = |(project, (_, problems)): (&PathBuf, &(Catalog, usize))| {
            let project = project.display();
            let places = if *problems == 1 { "place" } else { "places" };
            (*problems > 0).then(|| {
                format!(
                    "{problems} {places} in the pages of own types can't be read; `ros-lsp types check {project}` shows where"
                )
            })
        };
        projects.catalogs.iter().filter_map(note).collect()
    }
}

/// Checks everything and writes the report to `out`, remarks to `err`.
///
/// # Errors
/// When the report can't be written.
pub fn check(options: &Options, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
    let (inputs, missing) = inputs(options);
    let mut failed = !missing.is_empty();
    for message in missing {
        writeln!(err, "error: {message}")?;
    }
    let catalogs = Catalogs::default();
    let results: Vec<Result> = inputs
        .par_iter()
        .map(|input| check_input(input, options, &catalogs))
        .collect();
    let mut files = Vec::new();
    for result in results {
        match result {
            Result::Checked(file) => files.push(file),
            Result::Note {
                message,
                failed: this,
            } => {
                failed |= this;
                writeln!(err, "{}: {message}", if this { "error" } else { "note" })?;
            }
            Result::Other => {}
        }
    }
    for note in catalogs.notes() {
        writeln!(err, "note: {note}")?;
    }
    if files.is_empty() && !failed {
        writeln!(err, "note: no ROS templates found")?;
    }
    match options.format {
        Report::Human => human::write(&files, "template", options.color, out)?,
        Report::Json => json::write(&files, out)?,
        Report::Sarif => sarif::write(&files, !failed, out)?,
    }
    let errors = files
        .iter()
        .flat_map(|file| &file.diagnostics)
        .any(|finding| finding.severity == Severity::Error);
    Ok(match (failed, errors) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Findings,
        (false, false) => Outcome::Clean,
    })
}

/// The inputs in the order they are reported, each file once, and what is said of what can't be read.
fn inputs(options: &Options) -> (Vec<Input>, Vec<String>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    // Named twice, or named and found: one file all the same.
    let mut first = |path: &Path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_owned()));
    for path in &options.paths {
        if path == Path::new("-") {
            found.push(Input::Stdin);
            continue;
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                let files = below(path, &mut problems).into_iter().filter(|file| first(file));
                found.extend(files.map(Input::Found));
            }
            Ok(_) if first(path) => found.push(Input::File(path.clone())),
            Ok(_) => {}
            Err(error) => problems.push(format!("{}: {}", path.display(), plain(&error))),
        }
    }
    (found, problems)
}

/// YAML and JSON files below a folder that git does not ignore, sorted; folders that can't be read become problems.
fn below(folder: &Path, problems: &mut Vec<String>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(error.to_string());
                continue;
            }
        };
        let path = entry.path();
        let ending = path
            .extension()
            .and_then(|ending| ending.to_str())
            .unwrap_or_default();
        let known = ["yml", "yaml", "json"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known));
        if known && entry.file_type().is_some_and(|kind| kind.is_file()) {
            files.push(entry.into_path());
        }
    }
    files.sort();
    files
}

fn check_input(input: &Input, options: &Options, catalogs: &Catalogs) -> Result {
    let (path, named, text) = match input {
        Input::File(path) => (path.clone(), true, read(path)),
        Input::Found(path) => (path.clone(), false, read(path)),
        Input::Stdin => {
            let mut bytes = Vec::new();
            let text = match io::stdin().lock().read_to_end(&mut bytes) {
                Ok(_) => decode("standard input", bytes),
                Err(error) => Err(format!("standard input: {}", plain(&error))),
            };
            (PathBuf::from(&options.stdin_name), true, text)
        }
    };
    let text = match text {
        Ok(text) => text,
        Err(message) => {
            return Result::Note {
                message,
                failed: true,
            };
        }
    };
    let document = Document::new(&text, format_of(&path, &text));
    let name = path.to_string_lossy().into_owned();
    let template = is_template(&document.tree, &name) || (named && broken(&document));
    if !template {
        return match named {
            true => Result::Note {
                message: format!("{name}: not a ROS template, not checked"),
                failed: false,
            },
            false => Result::Other,
        };
    }
    let mut diagnostics = rules::check(&document, &catalogs.of(&path), &Config::default());
    diagnostics.retain(|finding| finding.severity <= options.level);
    Result::Checked(Checked {
        path: name,
        text,
        diagnostics,
    })
}

/// Whether nothing but syntax errors can be said of a file: when the user named it, saying them beats silence.
fn broken(document: &Document) -> bool {
    document.tree.errors().next().is_some()
}
