//! What a series of changes did to a text: the places that differ, in the text before and after.

use super::{TextRange, buffer::Touched};

/// Disjoint replaced places in text order; between them the texts are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    places: Vec<Place>,
}

/// One replaced place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Bytes of the text before all changes.
    pub old: TextRange,
    /// Bytes of the text after all changes.
    pub new: TextRange,
}

impl Patch {
    /// The changes as one; each of them is told in the text that the ones before it left.
    pub fn of(changes: &[Touched]) -> Self {
        let mut patch = Patch::default();
        patch.extend(changes);
        patch
    }

    /// Adds changes that came after those that are in the patch.
    pub fn extend(&mut self, changes: &[Touched]) {
        for change in changes {
            self.push(*change);
        }
    }

    pub fn places(&self) -> &[Place] {
        &self.places
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The offset in the old text for one in the new text; `None` inside a replaced place. Behind a place that is empty
    /// now, what followed the old one counts.
    pub fn old_offset(&self, new: u32) -> Option<u32> {
        let after = self.places.partition_point(|place| place.new.end <= new);
        if self.places.get(after).is_some_and(|next| next.new.start < new) {
            return None;
        }
        match self.places.get(after.wrapping_sub(1)) {
            Some(place) => Some(new - place.new.end + place.old.end),
            None => Some(new),
        }
    }

    /// The offset in the new text for one in the old text: behind the place that replaced it or came in there.
    pub fn new_offset(&self, old: u32) -> u32 {
        let after = self.places.partition_point(|place| place.old.start <= old);
        match self.places.get(after.wrapping_sub(1)) {
            Some(place) if old < place.old.end => place.new.end,
            Some(place) => old - place.old.end + place.new.end,
            None => old,
        }
    }

    fn push(&mut self, change: Touched) {
        let (start, end) = (change.old.start, change.old.end);
        // The places that the change touches become one with it.
        let first = self.places.partition_point(|place| place.new.end < start);
        let last = self.places.partition_point(|place| place.new.start <= end);
        let moved = |offset: u32| offset - end + start + change.new_len;
        let merged = match self.places.get(first..last) {
            Some([only @ .., tail]) => {
                let head = only.first().unwrap_or(tail);
                let before = head.new.start.saturating_sub(start);
                let behind = end.saturating_sub(tail.new.end);
                let new_end = moved(end.max(tail.new.end));
                Place {
                    old: TextRange::new(head.old.start - before, tail.old.end + behind),
                    new: TextRange::new(head.new.start.min(start), new_end),
                }
            }
            _ => {
                let gap = match self.places.get(first.wrapping_sub(1)) {
                    Some(place) => i64::from(place.old.end) - i64::from(place.new.end),
                    None => 0,
                };
                let old = |offset: u32| (i64::from(offset) + gap) as u32;
                Place {
                    old: TextRange::new(old(start), old(end)),
                    new: TextRange::new(start, start + change.new_len),
                }
            }
        };
        for place in self.places.iter_mut().skip(last) {
            place.new = TextRange::new(moved(place.new.start), moved(place.new.end));
        }
        self.places.splice(first..last.max(first), [merged]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::buffer::{Buffer, Change};
    use crate::text::line_index::{Encoding, Position};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_texts_are_the_same_between_the_places(
            text in "[a-c\n]{0,40}",
            edits in prop::collection::vec((0u32..50, 0u32..8, "[x-z\n]{0,5}"), 1..6),
        ) {
            let mut buffer = Buffer::new(&text);
            let mut touched = Vec::new();
            for (start, length, new) in edits {
                let at = |offset: u32| -> Position { buffer.position(offset, Encoding::Utf8) };
                let range = (at(start), at(start + length));
                touched.extend(buffer.apply(&[Change { range: Some(range), text: new }], Encoding::Utf8));
            }
            let patch = Patch::of(&touched);
            let new = buffer.text();
            let (mut old_at, mut new_at, mut rebuilt) = (0usize, 0usize, String::new());
            for place in patch.places() {
                rebuilt.push_str(&text[old_at..place.old.start as usize]);
                prop_assert_eq!(&text[old_at..place.old.start as usize], &new[new_at..place.new.start as usize]);
                rebuilt.push_str(&new[place.new.as_usize()]);
                (old_at, new_at) = (place.old.end as usize, place.new.end as usize);
            }
            rebuilt.push_str(&text[old_at..]);
            prop_assert_eq!(&rebuilt, &new);
            for offset in 0..new.len() as u32 {
                let replaced = patch.places().iter().any(|place| place.new.start == offset);
                if let Some(old) = patch.old_offset(offset).filter(|_| !replaced) {
                    prop_assert_eq!(text.as_bytes()[old as usize], new.as_bytes()[offset as usize]);
                    prop_assert_eq!(patch.new_offset(old), offset);
                }
            }
            let end = patch.old_offset(new.len() as u32);
            prop_assert_eq!(end, Some(text.len() as u32));
        }
    }
}
