//! `ros-lsp types`: the workspace's pages of own types: a new one, what is wrong with them, what they describe.

use super::report::{Checked, human, json};
use super::{Outcome, plain};
use crate::catalog::import::pages::{Problem, is_type_name};
use crate::catalog::own::{OwnPage, OwnTypes, PROBLEM, folder};
use crate::catalog::{Catalog, Property, ValueKind};
use crate::diagnostic::{Diagnostic, Severity};
use ignore::WalkBuilder;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A page to begin with.
const PAGE: &str = include_str!("types/page.md");
const PAGE_ZH: &str = include_str!("types/page.zh.md");

/// What stands for the type's name in them.
const NAME: &str = "{{NAME}}";

/// A page to be made.
#[derive(Clone, Debug)]
pub struct NewPage {
    pub name: String,
    /// The project's folder; without it the nearest that has pages, or the present one.
    pub dir: Option<PathBuf>,
    /// Overwrites the page there.
    pub force: bool,
    pub chinese: bool,
}

/// How problems are reported.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    pub json: bool,
    pub color: bool,
}

/// Writes a page to begin with, and says where it is.
///
/// # Errors
/// When `out` or `err` can't be written.
pub fn new(page: &NewPage, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
    match write_page(page) {
        Ok(path) => {
            let (name, path) = (&page.name, path.display());
            writeln!(out, "wrote {path}")?;
            writeln!(
                out,
                "describe {name} there, and use it in a template: `Type: {name}`; `ros-lsp types check` lists what can't be read"
            )?;
            Ok(Outcome::Clean)
        }
        Err(message) => {
            writeln!(err, "error: {message}")?;
            Ok(Outcome::Failed)
        }
    }
}

/// Reports what is wrong with the pages at and below a folder, or with the nearest above it.
///
/// # Errors
/// When `out` or `err` can't be written.
pub fn check(dir: &Path, report: Report, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
    let folders = match folders(dir) {
        Ok(folders) => folders,
        Err(message) => return fail(err, &message),
    };
    let mut files = Vec::new();
    for folder in folders {
        let pages = folder::read(&folder);
        let (_, problems) = OwnTypes::of(&pages, &OwnTypes::default());
        files.extend(
            pages
                .iter()
                .zip(problems)
                .map(|(page, problems)| checked(page, problems)),
        );
    }
    match report.json {
        true => json::write(&files, out)?,
        false => human::write(&files, "page", report.color, out)?,
    }
    let clean = files.iter().all(|file| file.diagnostics.is_empty());
    Ok(if clean { Outcome::Clean } else { Outcome::Findings })
}

/// Lists the types that the pages at and below a folder describe, or those of the nearest above it.
///
/// # Errors
/// When `out` or `err` can't be written.
pub fn list(dir: &Path, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<Outcome> {
    let folders = match folders(dir) {
        Ok(folders) => folders,
        Err(message) => return fail(err, &message),
    };
    for folder in folders {
        let (types, _) = OwnTypes::of(&folder::read(&folder), &OwnTypes::default());
        let catalog = Catalog::embedded().with_own_types(Arc::new(types));
        let types = catalog.own_types();
        let width = types.names().map(str::len).max().unwrap_or_default();
        for name in types.names() {
            let Some((place, facts)) = types.place_of_type(name).zip(catalog.resource_type(name)) else {
                continue;
            };
            let before = place
                .page
                .text
                .get(..place.range.start as usize)
                .unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            writeln!(
                out,
                "{name:width$}  {:>3} properties, {:>2} attributes  {}:{line}",
                facts.properties.len(),
                facts.attributes.len(),
                place.page.name
            )?;
        }
    }
    Ok(Outcome::Clean)
}

/// The catalog with the types of the nearest pages at or above the present folder.
pub fn catalog_here() -> Catalog {
    let here = std::env::current_dir().unwrap_or_default();
    let pages =
        folder::nearest_project(&here, None).map(|project| folder::read(&folder::of_project(project)));
    let (types, _) = OwnTypes::of(&pages.unwrap_or_default(), &OwnTypes::default());
    Catalog::embedded().with_own_types(Arc::new(types))
}

fn fail(err: &mut dyn Write, message: &str) -> io::Result<Outcome> {
    writeln!(err, "error: {message}")?;
    Ok(Outcome::Failed)
}

fn write_page(page: &NewPage) -> Result<PathBuf, String> {
    let name = &page.name;
    if !is_type_name(name) {
        return Err(format!(
            "`{name}` is no type's name, such as `MODULE::Team::Thing`"
        ));
    }
    let folder = folder::of_project(&project(page)?);
    let path = folder.join(format!("{}.md", name.replace("::", "-")));
    let pages = folder::read(&folder);
    let describes = |other: &&Arc<OwnPage>| {
        other.type_names().any(|known| known == name) && other.name != path.display().to_string()
    };
    if let Some(other) = pages.iter().find(describes) {
        return Err(format!("{}: describes {name} already", other.name));
    }
    let said = |error: io::Error| format!("{}: {}", path.display(), plain(&error));
    fs::create_dir_all(&folder).map_err(said)?;
    let mut options = fs::OpenOptions::new();
    options.write(true);
    match page.force {
        true => options.create(true).truncate(true),
        false => options.create_new(true),
    };
    let mut file = options.open(&path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            format!("{} is there already; `--force` overwrites it", path.display())
        }
        _ => said(error),
    })?;
    file.write_all(text(name, page.chinese).as_bytes())
        .map_err(said)?;
    Ok(path)
}

fn project(page: &NewPage) -> Result<PathBuf, String> {
    if let Some(dir) = &page.dir {
        return match dir.is_dir() {
            true => Ok(dir.clone()),
            false => Err(format!("{}: no such folder", dir.display())),
        };
    }
    let here = std::env::current_dir().map_err(|error| plain(&error))?;
    Ok(match folder::nearest_project(&here, None) {
        Some(project) if project != here => project.to_owned(),
        _ => PathBuf::from("."),
    })
}

/// The page to begin with. Of a type that the catalog knows only what differs needs a row: there is one to be changed.
fn text(name: &str, chinese: bool) -> String {
    let page = if chinese { PAGE_ZH } else { PAGE };
    let page = page.replace(NAME, name);
    let Some(known) = Catalog::embedded().resource_type(name) else {
        return page;
    };
    let (yes, no) = if chinese { ("是", "否") } else { ("Yes", "No") };
    let word = |truth: bool| if truth { yes } else { no };
    let row = known
        .properties
        .iter()
        .find(|property| !property.retired)
        .map(|property| {
            format!(
                "| {} | {} | {} | {} | | |\n",
                property.name,
                kind(property),
                word(property.required),
                property.editable.map_or("", word),
            )
        });
    // The head of the table stays, the example's rows and all behind them go.
    let head = page
        .find("|--")
        .and_then(|rule| Some(rule + page.get(rule..)?.find('\n')? + 1));
    let head = head.and_then(|end| page.get(..end)).unwrap_or_default();
    let note = match chinese {
        true => "<!-- 目录已知该类型：只写不同之处，其余保持不变。 -->",
        false => "<!-- The catalog knows this type: only what differs needs a row here, the rest stays. -->",
    };
    let text = format!("{head}{}", row.unwrap_or_default());
    text.replacen("\n\n", &format!("\n\n{note}\n\n"), 1)
}

fn kind(property: &Property) -> &'static str {
    match property.kind {
        ValueKind::String => "String",
        ValueKind::Integer => "Integer",
        ValueKind::Number => "Number",
        ValueKind::Boolean => "Boolean",
        ValueKind::List => "List",
        ValueKind::Map | ValueKind::Object => "Map",
        ValueKind::Any => "Any",
    }
}

/// The folders of pages at and below a folder that git does not ignore, else the nearest above it.
fn folders(dir: &Path) -> Result<Vec<PathBuf>, String> {
    if !dir.is_dir() {
        return Err(format!("{}: no such folder", dir.display()));
    }
    let [above, last] = folder::FOLDER;
    let wanted = Path::new(above).join(last);
    let walk = WalkBuilder::new(dir)
        .hidden(false)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    let found = walk
        .filter_map(Result::ok)
        .map(ignore::DirEntry::into_path)
        .filter(|path| path.ends_with(&wanted) && path.is_dir());
    let mut found: Vec<PathBuf> = found.collect();
    found.sort();
    if found.is_empty() {
        let start = std::path::absolute(dir).map_err(|error| plain(&error))?;
        found.extend(folder::nearest_project(&start, None).map(folder::of_project));
    }
    match found.is_empty() {
        true => Err(format!(
            "{}: no folder `.ros/types` here, below or above; `ros-lsp types new NAME` makes one",
            dir.display()
        )),
        false => Ok(found),
    }
}

fn checked(page: &OwnPage, problems: Vec<Problem>) -> Checked {
    let diagnostic = |problem: Problem| Diagnostic {
        id: PROBLEM,
        name: PROBLEM,
        severity: Severity::Warning,
        message: problem.message,
        range: problem.range,
        related: Vec::new(),
        unnecessary: false,
        deprecated: false,
        unfinished: false,
        fixes: Vec::new(),
    };
    Checked {
        path: page.name.clone(),
        text: page.text.clone(),
        diagnostics: problems.into_iter().map(diagnostic).collect(),
    }
}
