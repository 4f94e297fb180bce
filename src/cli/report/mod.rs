//! How `ros-lsp check` prints what it found.

pub mod human;
pub mod json;

use crate::diagnostic::Diagnostic;

/// One checked file.
#[derive(Debug)]
pub struct Checked {
    /// As the user named it, or as it was found below a folder that the user named.
    pub path: String,
    pub text: String,
    pub diagnostics: Vec<Diagnostic>,
}
