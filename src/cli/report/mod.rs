//! How `ros-lsp check` prints what it found.

pub mod human;
pub mod json;
pub mod sarif;

use crate::diagnostic::Diagnostic;

/// What reports for machines say of the program that made them: other programs for these templates have rules of the same
/// ids that mean something else.
pub mod tool {
    pub const NAME: &str = env!("CARGO_PKG_NAME");
    pub const VERSION: &str = env!("CARGO_PKG_VERSION");
}

/// One checked file.
#[derive(Debug)]
pub struct Checked {
    /// As the user named it, or as it was found below a folder that the user named.
    pub path: String,
    pub text: String,
    pub diagnostics: Vec<Diagnostic>,
}
