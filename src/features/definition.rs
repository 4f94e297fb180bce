//! Go to definition: from every kind of reference to the declaration it names.

use super::Context;
use crate::text::TextRange;

/// Where a reference leads. Ranges are bytes in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The reference under the cursor.
    pub origin: TextRange,
    /// The whole declaration.
    pub range: TextRange,
    /// The declared name.
    pub selection: TextRange,
}

/// The declarations of the name at `offset`.
pub fn definition(context: &Context<'_>, offset: u32) -> Vec<Target> {
    let _ = (context, offset);
    Vec::new()
}
