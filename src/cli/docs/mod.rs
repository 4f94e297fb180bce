//! `ros-lsp docs`: install, look at and remove docs packs.

mod display;
mod status;

pub use display::{Bar, Lines};
pub use status::{Report, status};

use super::{Outcome, plain};
use crate::catalog::docs::format::Head;
use crate::catalog::docs::install::{self, Request};
use crate::catalog::docs::progress::Progress;
use crate::catalog::docs::{fetch, folder, language_of};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Installs packs, and says what is there now.
///
/// # Errors
/// When `out` can't be written.
pub fn install(
    request: &Request,
    progress: &dyn Progress,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> io::Result<Outcome> {
    let result = install::install(request, progress);
    progress.end();
    let report = match result {
        Ok(report) => report,
        Err(error) => {
            writeln!(errors, "error: {error}")?;
            return Ok(Outcome::Failed);
        }
    };
    for pack in &report.packs {
        writeln!(
            out,
            "installed `{}`: {}, {}",
            pack.path.display(),
            counts(&pack.head),
            megabytes(pack.size as u64)
        )?;
    }
    for failure in &report.failed {
        writeln!(errors, "without {}: {}", failure.package, failure.why)?;
    }
    Ok(Outcome::Clean)
}

/// Removes the pack of a language, or all packs and the fetched packages.
///
/// # Errors
/// When `out` can't be written.
pub fn remove(
    language: Option<&str>,
    packs: &Path,
    cache: &Path,
    out: &mut dyn Write,
    errors: &mut dyn Write,
) -> io::Result<Outcome> {
    let paths = match language.map(|language| (language, language_of(language))) {
        Some((_, Some(tag))) => vec![folder::pack_path(packs, &tag)],
        Some((text, None)) => {
            writeln!(
                errors,
                "error: `{text}` is no language; `ros-lsp docs status` lists the packs"
            )?;
            return Ok(Outcome::Failed);
        }
        None => folder::list(packs).into_iter().map(|(path, _)| path).collect(),
    };
    let mut outcome = Outcome::Clean;
    let mut removed = 0;
    for path in paths {
        match fs::remove_file(&path) {
            Ok(()) => {
                removed += 1;
                writeln!(out, "removed `{}`", path.display())?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                outcome = Outcome::Failed;
                writeln!(errors, "error: `{}`: {}", path.display(), plain(&error))?;
            }
        }
    }
    if language.is_none() && fetch::clear(cache) {
        removed += 1;
        writeln!(out, "removed the packages in `{}`", cache.display())?;
    }
    match language {
        Some(language) if removed == 0 && outcome == Outcome::Clean => {
            writeln!(
                errors,
                "error: there is no pack for `{language}`; `ros-lsp docs status` lists the packs"
            )?;
            outcome = Outcome::Failed;
        }
        None if removed == 0 && outcome == Outcome::Clean => writeln!(out, "there is nothing to remove")?,
        _ => {}
    }
    Ok(outcome)
}

/// `1303 types, 14325 of 14554 properties described (98.4 %), 6167 attributes`
fn counts(head: &Head) -> String {
    let share = match head.properties {
        0 => 0.0,
        all => head.described as f64 * 100.0 / all as f64,
    };
    format!(
        "{} types, {} of {} properties described ({share:.1} %), {} attributes",
        head.types, head.described, head.properties, head.attributes
    )
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
