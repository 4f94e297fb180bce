//! The client's types → ours. Conversion only.

use crate::text::buffer::Change;
use crate::text::line_index::Position;
use tower_lsp::ls_types as lsp;

pub(super) fn position(position: lsp::Position) -> Position {
    Position::new(position.line, position.character)
}

pub(super) fn change(event: lsp::TextDocumentContentChangeEvent) -> Change {
    Change {
        range: event
            .range
            .map(|range| (position(range.start), position(range.end))),
        text: event.text,
    }
}
