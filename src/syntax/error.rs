//! What can be wrong with the text itself, as data with a message.

use crate::text::TextRange;

/// One fault of the text. Inside a [`super::Chunk`] the range counts from the chunk's start, elsewhere from the document's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub kind: SyntaxErrorKind,
    /// The smallest token that is wrong, or the place where something is missing. Bytes.
    pub range: TextRange,
}

/// The kinds of faults. `message` is a match without a wildcard: a new kind must say its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// A token stands where it can't; the text names what was expected instead.
    Expected(&'static str),
    /// Placeholder for kinds that the parsers add.
    UnclosedString,
}

impl SyntaxErrorKind {
    /// A sentence for the author: lower-case start, no final dot.
    pub fn message(&self) -> String {
        match self {
            SyntaxErrorKind::Expected(what) => format!("expected {what}"),
            SyntaxErrorKind::UnclosedString => "this string is not closed".into(),
        }
    }
}
