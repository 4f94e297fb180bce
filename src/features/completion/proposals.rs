//! The list of proposals as it grows.

use super::slot::Slot;
use super::{Completion, Item, ItemKind, snippet};
use crate::text::edit::TextEdit;

/// Proposals so far.
#[derive(Default)]
pub(super) struct Proposals {
    items: Vec<Item>,
    incomplete: bool,
}

/// What comes first in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// What the place asks for by name.
    Wanted,
    Required,
    Usual,
    Other,
    /// Right, but seldom meant.
    Last,
}

impl Proposals {
    /// Adds a proposal; `text` is a snippet. Proposals of one rank stand in the order of their labels.
    pub(super) fn add(
        &mut self,
        slot: &Slot,
        rank: Rank,
        label: impl Into<String>,
        kind: ItemKind,
        text: &str,
    ) -> &mut Item {
        let label = label.into();
        let text = slot.finish(text);
        let snippet = snippet::has_stops(&text);
        let text = if snippet { text } else { snippet::plain(&text) };
        let sort_text = format!("{}{label}", rank as u8);
        self.items.push(Item {
            label,
            kind,
            detail: None,
            documentation: None,
            edit: TextEdit::replace(slot.range, text),
            snippet,
            filter_text: None,
            sort_text,
            deprecated: false,
            preselect: false,
            additional_edits: slot.extra(),
        });
        let last = self.items.len() - 1;
        &mut self.items[last]
    }

    /// More typing may bring other items.
    pub(super) fn cut(&mut self) {
        self.incomplete = true;
    }

    /// In the order in which a client shows them while nothing is typed.
    pub(super) fn finish(mut self) -> Completion {
        self.items.sort_by(|a, b| a.sort_text.cmp(&b.sort_text));
        Completion {
            items: self.items,
            incomplete: self.incomplete,
        }
    }
}

/// Whether the letters of `typed` occur in `candidate` in this order, case aside: what every client's filter lets
/// through at least.
pub(super) fn could_match(typed: &str, candidate: &str) -> bool {
    let mut letters = candidate.bytes().map(|b| b.to_ascii_lowercase());
    typed
        .bytes()
        .map(|b| b.to_ascii_lowercase())
        .all(|wanted| letters.any(|letter| letter == wanted))
}
