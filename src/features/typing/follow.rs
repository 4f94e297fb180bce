//! Which findings of a version are those of the version before, moved by an edit.

use crate::diagnostic::Diagnostic;
use crate::text::TextRange;
use crate::text::patch::{Patch, Place};
use std::collections::HashMap;
use std::ops::Range;

/// What a finding was in the version before; numbers are places in that version's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    Same(usize),
    /// The edit changed the text at its place, and so what is said about it.
    Edited(usize),
    /// An edit elsewhere changed what is said about its place.
    OtherWords(usize),
    New,
}

/// For each finding of `new` what it was among those of `old`. Both lists are in text order.
pub(super) fn before(old: &[Diagnostic], new: &[Diagnostic], patch: &Patch) -> Vec<Before> {
    let moved: Vec<Moved> = old
        .iter()
        .map(|finding| Moved::by(patch, finding.range))
        .collect();
    let is_same = |(from, to): (usize, usize)| match (old.get(from), moved.get(from), new.get(to)) {
        (Some(old), Some(moved), Some(new)) => moved.is_at(new) && says_the_same(old, new),
        _ => false,
    };
    let shorter = old.len().min(new.len());
    let head = (0..shorter).take_while(|at| is_same((*at, *at))).count();
    let from_end = |back: &usize| (old.len() - 1 - back, new.len() - 1 - back);
    let tail = (0..shorter - head)
        .take_while(|back| is_same(from_end(back)))
        .count();
    let mut found: Vec<Before> = (0..new.len())
        .map(|to| match to {
            _ if to < head => Before::Same(to),
            _ if to >= new.len() - tail => Before::Same(to + old.len() - new.len()),
            _ => Before::New,
        })
        .collect();
    let mut middle = Middle {
        old,
        moved: &moved,
        taken: vec![false; old.len()],
        patch,
        untouched: HashMap::new(),
        touched: HashMap::new(),
    };
    middle.read(head..old.len() - tail);
    // Words first, so that of two findings at one place each becomes its own.
    for same_words in [true, false] {
        for to in head..new.len() - tail {
            let (Some(slot), Some(finding)) = (found.get_mut(to), new.get(to)) else {
                continue;
            };
            if *slot == Before::New
                && let Some(from) = middle.take(finding, same_words)
            {
                *slot = match same_words {
                    true => Before::Same(from),
                    false if middle.moved.get(from).is_some_and(|moved| moved.touched) => {
                        Before::Edited(from)
                    }
                    false => Before::OtherWords(from),
                };
            }
        }
    }
    found
}

/// Where a range of the old text is in the new one.
#[derive(Clone, Copy, Debug)]
struct Moved {
    range: TextRange,
    /// The edit touched it: what is found there now may be longer or shorter.
    touched: bool,
}

impl Moved {
    fn by(patch: &Patch, range: TextRange) -> Moved {
        let covered = touching(patch, range, |place| place.old).map(|(_, place)| place.new);
        let covered = covered.reduce(TextRange::cover);
        let moved = TextRange::new(patch.new_offset(range.start), patch.new_offset(range.end));
        Moved {
            range: covered.map_or(moved, |covered| covered.cover(moved)),
            touched: covered.is_some(),
        }
    }

    fn is_at(self, finding: &Diagnostic) -> bool {
        match self.touched {
            true => self.range.start <= finding.range.end && finding.range.start <= self.range.end,
            false => self.range == finding.range,
        }
    }
}

/// The places that a range touches, in the text that `side` chooses, with their numbers.
fn touching(
    patch: &Patch,
    range: TextRange,
    side: fn(&Place) -> TextRange,
) -> impl Iterator<Item = (usize, &Place)> {
    let places = patch.places();
    let first = places.partition_point(|place| side(place).end < range.start);
    let rest = places.iter().enumerate().skip(first);
    rest.take_while(move |(_, place)| side(place).start <= range.end)
}

fn says_the_same(old: &Diagnostic, new: &Diagnostic) -> bool {
    old.id == new.id && old.message == new.message
}

/// The old findings that are not found yet, by rule and place.
struct Middle<'a> {
    old: &'a [Diagnostic],
    moved: &'a [Moved],
    patch: &'a Patch,
    taken: Vec<bool>,
    untouched: HashMap<(&'static str, TextRange), Vec<usize>>,
    /// By the number of the first place of the patch that they touch.
    touched: HashMap<(&'static str, usize), Vec<usize>>,
}

impl Middle<'_> {
    fn read(&mut self, range: Range<usize>) {
        for at in range {
            let (Some(finding), Some(moved)) = (self.old.get(at), self.moved.get(at)) else {
                continue;
            };
            let first = touching(self.patch, finding.range, |place| place.old).next();
            match first {
                Some((place, _)) => self.touched.entry((finding.id, place)).or_default().push(at),
                None => self
                    .untouched
                    .entry((finding.id, moved.range))
                    .or_default()
                    .push(at),
            }
        }
    }

    /// An old finding that has become this one, which is not taken again.
    fn take(&mut self, finding: &Diagnostic, same_words: bool) -> Option<usize> {
        let places = touching(self.patch, finding.range, |place| place.new);
        let touched = places.filter_map(|(place, _)| self.touched.get(&(finding.id, place)));
        let untouched = self.untouched.get(&(finding.id, finding.range));
        let mut candidates = untouched.into_iter().chain(touched).flatten().copied();
        let found = candidates.find(|at| {
            let (Some(old), Some(moved)) = (self.old.get(*at), self.moved.get(*at)) else {
                return false;
            };
            let words = !same_words || old.message == finding.message;
            self.taken.get(*at) == Some(&false) && words && moved.is_at(finding)
        })?;
        if let Some(taken) = self.taken.get_mut(found) {
            *taken = true;
        }
        Some(found)
    }
}
