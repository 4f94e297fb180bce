//! Hover: what the name under the cursor means.

use super::Context;
use crate::text::TextRange;

/// A hover card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The token that the card is about, bytes in the document.
    pub range: TextRange,
    pub markdown: String,
}

/// The card for the token at `offset`.
pub fn hover(context: &Context<'_>, offset: u32) -> Option<Hover> {
    let _ = (context, offset);
    None
}
