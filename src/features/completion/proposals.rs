//! The list of proposals as it grows.

use super::slot::Slot;
use super::{Completion, Item, ItemKind, snippet};
use crate::document::Document;
use crate::text::TextRange;
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

    /// Drops what is no entry of a mapping.
    pub(super) fn keep_entries(&mut self) {
        let is_entry = |text: &str| text.contains(": ") || text.contains("\":");
        self.items.retain(|item| is_entry(&item.edit.text));
    }

    /// In the order in which a client should show them: first what begins with the typed text, then what has a part
    /// that does, then the rest; in each the better rank first.
    pub(super) fn finish(mut self, document: &Document, offset: u32) -> Completion {
        let mut typed = (offset, String::new());
        for item in &mut self.items {
            let start = item.edit.range.start.min(offset);
            if start != typed.0 {
                typed = (start, document.slice(TextRange::new(start, offset)));
            }
            let closeness = closeness(typed.1.trim(), item.filter_text.as_ref().unwrap_or(&item.label));
            item.sort_text.insert(0, closeness);
        }
        self.items.sort_by(|a, b| a.sort_text.cmp(&b.sort_text));
        Completion {
            items: self.items,
            incomplete: self.incomplete,
        }
    }
}

/// A digit that is lower the better the candidate begins with what is typed, case aside.
fn closeness(typed: &str, candidate: &str) -> char {
    let begins = |part: &str| {
        let start = part.as_bytes().get(..typed.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(typed.as_bytes()))
    };
    let parts = candidate.match_indices([':', '.', '!', '-', ' ']);
    match begins(candidate) {
        true => '0',
        false if parts.into_iter().any(|(at, _)| begins(&candidate[at + 1..])) => '1',
        false => '2',
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
