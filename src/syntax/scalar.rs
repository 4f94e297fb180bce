//! Scalars: the decoded value, and the way back from a decoded offset to the source bytes.

use super::{Kind, Node};
use crate::text::TextRange;
use std::borrow::Cow;

impl<'t> Node<'t> {
    /// The decoded text of a scalar (escapes, folding, chomping done); `Some("")` for an `Empty` node, `None` for others.
    pub fn text(self) -> Option<Cow<'t, str>> {
        match self.kind() {
            Kind::Scalar => Some(Cow::Borrowed(self.source())),
            Kind::Empty => Some(Cow::Borrowed("")),
            _ => None,
        }
    }

    /// The range of the content without quotes or block header, in the document. For other kinds the node's range.
    pub fn content_range(self) -> TextRange {
        self.range()
    }

    /// The source bytes (in the document) behind `decoded`, a byte range of [`Node::text`].
    pub fn source_range(self, decoded: TextRange) -> TextRange {
        decoded.shifted(self.range().start)
    }
}
