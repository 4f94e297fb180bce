//! `ros-lsp docs status`: the packs that are installed, sound or not.

use super::super::Outcome;
use super::{counts, megabytes};
use crate::catalog::docs::folder;
use crate::catalog::docs::format::{Head, Pack};
use crate::catalog::docs::install::{Fit, fit};
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::path::Path;

/// The form of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    Human,
    Json,
}

/// What this program's catalog was made from.
const CATALOG: &str = env!("ROS_CATALOG_RELEASE");

/// Lists the packs in a folder. A pack that can't be used is a finding.
///
/// # Errors
/// When `out` can't be written.
pub fn status(packs: &Path, cache: &Path, report: Report, out: &mut dyn Write) -> io::Result<Outcome> {
    let (mut sound, mut damaged) = (Vec::new(), Vec::new());
    for (_, pack) in folder::list(packs) {
        match pack {
            Ok(pack) => sound.push(pack),
            Err(problem) => damaged.push(problem),
        }
    }
    match report {
        Report::Json => {
            let damaged: Vec<Value> = damaged
                .iter()
                .map(|problem| json!({"path": problem.path, "problem": problem.message}))
                .collect();
            let all = json!({
                "folder": packs,
                "cache": cache,
                "catalog": CATALOG,
                "packs": sound.iter().map(data).collect::<Vec<_>>(),
                "damaged": damaged,
            });
            writeln!(out, "{all:#}")?;
        }
        Report::Human => {
            for pack in &sound {
                describe(pack, out)?;
            }
            for problem in &damaged {
                writeln!(out, "{}", problem.message)?;
            }
            if sound.is_empty() && damaged.is_empty() {
                writeln!(
                    out,
                    "no docs packs in `{}`; `ros-lsp docs install` installs the English one",
                    packs.display()
                )?;
            }
        }
    }
    Ok(match damaged.is_empty() {
        true => Outcome::Clean,
        false => Outcome::Findings,
    })
}

fn describe(pack: &Pack, out: &mut dyn Write) -> io::Result<()> {
    let head = pack.head();
    writeln!(out, "{}: {}", head.language, counts(head))?;
    let made = match fit(head) {
        Fit::NoPackages => "from pages".to_owned(),
        Fit::Same => format!("from {CATALOG}, like this program's catalog"),
        Fit::Differs(packages) => format!(
            "{packages} packages are missing or of another version than in this program's catalog ({CATALOG}); \
             run `ros-lsp docs install`"
        ),
    };
    writeln!(out, "  made {}, {made}", head.built)?;
    writeln!(out, "  {}, {}", pack.path().display(), megabytes(pack.size()))
}

fn data(pack: &Pack) -> Value {
    let head: &Head = pack.head();
    let mut data = Map::new();
    data.insert("path".into(), json!(pack.path()));
    data.insert("bytes".into(), pack.size().into());
    data.insert(
        "fits".into(),
        match fit(head) {
            Fit::NoPackages => Value::Null,
            Fit::Same => true.into(),
            Fit::Differs(_) => false.into(),
        },
    );
    if let Ok(Value::Object(head)) = serde_json::to_value(head) {
        data.extend(head);
    }
    Value::Object(data)
}
