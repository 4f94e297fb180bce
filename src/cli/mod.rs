//! The command line: checking, explaining, describing types of one's own, and looking inside. Never imports the server.

pub mod check;
pub mod docs;
pub mod explain;
pub mod export;
pub mod parse;
pub mod report;
pub mod shell;
pub mod types;
mod words;

use crate::syntax::Format;
use std::path::Path;

/// What a command ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to object to.
    Clean,
    /// Findings at error level.
    Findings,
    /// It could not be done, or not all of it.
    Failed,
}

impl Outcome {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        match self {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Failed => 2,
        }
    }
}

/// The format of a file: JSON by its ending, or by its first character where the ending says nothing.
pub fn format_of(path: &Path, text: &str) -> Format {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "json" => Format::Json,
        "yml" | "yaml" => Format::Yaml,
        _ if text.trim_start().starts_with('{') => Format::Json,
        _ => Format::Yaml,
    }
}

/// A file's text.
///
/// # Errors
/// With a sentence for the user when the file can't be read or is not UTF-8.
pub fn read(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {}", path.display(), plain(&error)))?;
    decode(&path.display().to_string(), bytes)
}

/// Bytes as text.
///
/// # Errors
/// With a sentence that names the first byte that is not UTF-8.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("{name}: not UTF-8 text (byte {at}); save the file as UTF-8")
    })
}

/// An error of the system in a few words, without its number.
pub fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file or folder".into(),
        std::io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}
