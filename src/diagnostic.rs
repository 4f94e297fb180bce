//! Findings and fixes as plain data: byte ranges, no protocol types.

use crate::text::{TextRange, edit::TextEdit};

/// How sure and how grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The service rejects the template for certain.
    Error,
    /// Likely wrong.
    Warning,
    /// Worth knowing.
    Information,
    /// A matter of taste.
    Hint,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "information",
            Severity::Hint => "hint",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// `ROS` and four digits.
    pub id: &'static str,
    /// The rule's kebab-case name.
    pub name: &'static str,
    pub severity: Severity,
    /// Lower-case start, no final dot, names in backticks.
    pub message: String,
    /// The smallest wrong token, bytes in the document.
    pub range: TextRange,
    pub related: Vec<Related>,
    /// The text is superfluous; editors fade it.
    pub unnecessary: bool,
    pub deprecated: bool,
    /// A value or a name that is still missing: an editor doesn't show it while the author is typing at this place.
    pub unfinished: bool,
    pub fixes: Vec<Fix>,
}

/// Another place that explains the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    pub range: TextRange,
    pub message: String,
}

/// A change that mends the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Imperative, for the editor's menu.
    pub title: String,
    pub edits: Vec<TextEdit>,
    /// The one right answer: may be applied without asking.
    pub preferred: bool,
}
