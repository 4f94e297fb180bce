//! Which findings an author sees while typing. A new one waits until an edit in another entry, a pause or a save; what was
//! shown before stays, and what is mended goes at once.
//!
//! *What waits.* While somebody types at one place, that place is the cause of everything new, wherever it turns up (a
//! `Ref` elsewhere to a name that is being retyped), so that all of it waits. It waits as long as edits stay in the entry
//! that brought it: the same chunk of the tree, or the same line, for a half-typed entry may be cut otherwise for a while.
//! Something that is still missing ([`Diagnostic::unfinished`]) waits until the cursor has left its lines, however long
//! that takes; the cursor is where the last edit ended, or where a request says that it is.
//!
//! *What is typing.* A change that brings or takes at most one line with text. More is a paste, a skeleton, an undo or a
//! removed block: its findings are shown at once, except what is missing in it. The length of a line doesn't count: a
//! completed type name is longer than many a pasted value, and a paste within a line loses nothing by the wait.
//!
//! *What stays* is known by its rule and its range, moved by the edit. Where the edit is in that range, its words follow the
//! text; where it is elsewhere, the old words stay until the wait is over: else each letter of a name would change the
//! suggestions wherever it may be meant.

mod follow;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::syntax::Tree;
use crate::text::TextRange;
use crate::text::buffer::{Buffer, Touched};
use crate::text::line_index::Encoding;
use crate::text::patch::{Patch, Place};
use follow::{Before, before};
use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Edits that nobody has looked at; with more, the document is taken as one just opened.
const MOST_UNSEEN: usize = 256;

/// Places that are typed at together; more are the work of a command.
const MOST_CURSORS: usize = 32;

/// What the author of one document has seen so far. A plain value: the clock is given.
#[derive(Debug, Default)]
pub struct Typing {
    /// Edits that came after the version seen last.
    edits: VecDeque<Edit>,
    /// `None` before the first look, which shows everything.
    seen: Option<Seen>,
    revision: u64,
}

/// The findings to show.
#[derive(Clone, Debug)]
pub struct View {
    pub list: Arc<Vec<Diagnostic>>,
    /// When to look again if nothing happens: something waits for a pause.
    pub due: Option<Instant>,
    /// Another number for each list of one version.
    pub revision: u64,
}

#[derive(Debug)]
struct Edit {
    /// The version that it made. Versions are numbered upwards.
    version: u64,
    touched: Vec<Touched>,
    is_typed: bool,
    /// The document was saved in this version.
    saved: bool,
    at: Instant,
}

/// The version seen last. All ranges are bytes of its text.
#[derive(Debug)]
struct Seen {
    version: u64,
    all: Arc<Vec<Diagnostic>>,
    shown: Arc<Vec<Diagnostic>>,
    /// In the order of `all`.
    waiting: Vec<Waiting>,
    /// Where the cursor may be: where the last edit ended, or all that it put in.
    cursor: Vec<TextRange>,
    last_edit: Option<Instant>,
}

/// A finding that is not shown as it is.
#[derive(Clone, Debug)]
struct Waiting {
    /// Its place in the list of all.
    index: usize,
    /// A byte of the edit that brought it: its last one, or the one before what was taken away.
    cause: u32,
    /// It was shown before with these words, and still is.
    old_words: Option<String>,
}

impl Typing {
    /// The edit that made `version`, told when it is made.
    pub fn edited(&mut self, version: u64, touched: &[Touched], is_typed: bool, at: Instant) {
        if self.edits.len() >= MOST_UNSEEN {
            *self = Typing {
                revision: self.revision + 1,
                ..Typing::default()
            };
        }
        self.edits.push_back(Edit {
            version,
            touched: touched.to_vec(),
            is_typed,
            saved: false,
            at,
        });
    }

    /// The document was saved: everything is to be shown. Whether something has waited.
    pub fn saved(&mut self) -> bool {
        if let Some(edit) = self.edits.back_mut() {
            edit.saved = true;
            return true;
        }
        let waited = self.waits();
        if let Some(seen) = &mut self.seen {
            seen.waiting.clear();
        }
        self.refresh(waited)
    }

    /// The cursor is at `offset` of `version`, whose tree is `tree`. Whether something need not wait any more.
    pub fn cursor_at(&mut self, version: u64, tree: &Tree, offset: u32) -> bool {
        let Some(seen) = self.seen.as_mut().filter(|seen| seen.version == version) else {
            return false;
        };
        seen.cursor = vec![TextRange::empty(offset)];
        let Seen { all, waiting, .. } = seen;
        let mut left = waiting.iter().filter_map(|waiting| all.get(waiting.index));
        left.any(|finding| {
            finding.unfinished && !touches_lines(tree, TextRange::empty(offset), finding.range)
        })
    }

    /// What to show of `all` findings of a version, at `now`. `pause` is how long nobody must have typed for new ones to
    /// be shown; with zero nothing waits.
    pub fn look(
        &mut self,
        version: u64,
        tree: &Tree,
        all: &Arc<Vec<Diagnostic>>,
        pause: Duration,
        now: Instant,
    ) -> View {
        let is_late = self.seen.as_ref().is_some_and(|seen| version < seen.version);
        if is_late {
            return self.late(all);
        }
        let newer = self.edits.partition_point(|edit| edit.version <= version);
        let edits: Vec<Edit> = self.edits.drain(..newer).collect();
        let before = self.seen.take();
        let same = before.as_ref().is_some_and(|seen| Arc::ptr_eq(&seen.all, all));
        let mut seen = match before {
            Some(seen) if edits.is_empty() && same => seen,
            Some(seen) => seen.followed(version, tree, all, &edits),
            None => Seen {
                version,
                all: all.clone(),
                shown: all.clone(),
                waiting: Vec::new(),
                cursor: Vec::new(),
                last_edit: None,
            },
        };
        let waited = seen.waiting.len();
        let until = seen.last_edit.map(|at| at + pause);
        if pause.is_zero() {
            seen.waiting.clear();
        } else if until.is_none_or(|until| until <= now) {
            seen.stop_waiting(tree);
        }
        let changed = !(edits.is_empty() && same) || seen.waiting.len() != waited;
        let due = until.filter(|until| *until > now && seen.pause_will_show(tree));
        self.seen = Some(seen);
        self.refresh(changed);
        View {
            list: self
                .seen
                .as_ref()
                .map_or_else(|| all.clone(), |seen| seen.shown.clone()),
            due,
            revision: self.revision,
        }
    }

    /// The number of the list that was given last.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    fn waits(&self) -> bool {
        self.seen.as_ref().is_some_and(|seen| !seen.waiting.is_empty())
    }

    /// Makes the list to show anew where it has changed.
    fn refresh(&mut self, changed: bool) -> bool {
        if let Some(seen) = self.seen.as_mut().filter(|_| changed) {
            seen.shown = seen.list();
            self.revision += 1;
        }
        changed
    }

    /// The findings of a version before the one seen last: none that is not shown now.
    fn late(&self, all: &Arc<Vec<Diagnostic>>) -> View {
        let shown = self.seen.iter().flat_map(|seen| seen.shown.iter());
        let shown: HashSet<(&str, &str)> = shown.map(|finding| (finding.id, &*finding.message)).collect();
        let is_shown = |finding: &&Diagnostic| shown.contains(&(finding.id, &*finding.message));
        View {
            list: Arc::new(all.iter().filter(is_shown).cloned().collect()),
            due: None,
            revision: self.revision,
        }
    }
}

impl Seen {
    /// What is seen of the version that `edits` made, or of the same version under other rules.
    fn followed(self, version: u64, tree: &Tree, all: &Arc<Vec<Diagnostic>>, edits: &[Edit]) -> Seen {
        let touched: Vec<Touched> = edits
            .iter()
            .flat_map(|edit| edit.touched.iter().copied())
            .collect();
        let patch = Patch::of(&touched);
        let places = patch.places();
        let is_typed = edits.iter().all(|edit| edit.is_typed);
        let cursor = match edits.last() {
            Some(edit) => cursor_after(edit),
            None => self.cursor.clone(),
        };
        let mut seen = Seen {
            version,
            all: all.clone(),
            shown: all.clone(),
            waiting: Vec::new(),
            cursor,
            last_edit: edits.last().map_or(self.last_edit, |edit| Some(edit.at)),
        };
        if edits.iter().any(|edit| edit.saved) {
            return seen;
        }
        let waiting = before(&self.all, all, &patch).into_iter().enumerate();
        let waiting = waiting.filter_map(|(index, before)| self.waits_on(index, before, all, &patch));
        seen.waiting = waiting
            .filter(|waiting| {
                let goes_on = edits.is_empty() || (is_typed && is_in_entry(tree, waiting.cause, places));
                goes_on || seen.is_left_out(tree, waiting)
            })
            .collect();
        seen
    }

    /// Whether the finding at `index` of `all` in the version after this one may have to wait.
    fn waits_on(&self, index: usize, before: Before, all: &[Diagnostic], patch: &Patch) -> Option<Waiting> {
        let waited = |at: usize| {
            let found = self.waiting.binary_search_by_key(&at, |waiting| waiting.index);
            found.ok().and_then(|at| self.waiting.get(at))
        };
        let caused_now = || cause_of(all.get(index)?.range, patch.places());
        let (cause, old_words) = match before {
            Before::New => (caused_now()?, None),
            Before::Same(at) => {
                let waited = waited(at)?;
                (patch.new_offset(waited.cause), waited.old_words.clone())
            }
            Before::Edited(at) => {
                let hidden = waited(at).filter(|waited| waited.old_words.is_none());
                hidden.and_then(|_| Some((caused_now()?, None)))?
            }
            Before::OtherWords(at) => {
                let old_words = match waited(at) {
                    Some(waited) => waited.old_words.clone(),
                    None => self.all.get(at).map(|finding| finding.message.clone()),
                };
                (caused_now()?, old_words)
            }
        };
        Some(Waiting {
            index,
            cause,
            old_words,
        })
    }

    /// Shows what need not wait for the cursor to leave.
    fn stop_waiting(&mut self, tree: &Tree) {
        let waiting = std::mem::take(&mut self.waiting);
        let left_out = waiting
            .into_iter()
            .filter(|waiting| self.is_left_out(tree, waiting));
        self.waiting = left_out.collect();
    }

    /// Whether a pause will show something that waits now.
    fn pause_will_show(&self, tree: &Tree) -> bool {
        let mut waiting = self.waiting.iter();
        waiting.any(|waiting| !self.is_left_out(tree, waiting))
    }

    /// Whether a hidden finding says that something is missing where the cursor is.
    fn is_left_out(&self, tree: &Tree, waiting: &Waiting) -> bool {
        let hidden = self
            .all
            .get(waiting.index)
            .filter(|_| waiting.old_words.is_none());
        hidden.is_some_and(|finding| {
            let is_at_cursor = |cursor: &TextRange| touches_lines(tree, *cursor, finding.range);
            finding.unfinished && self.cursor.iter().any(is_at_cursor)
        })
    }

    /// The findings to show.
    fn list(&self) -> Arc<Vec<Diagnostic>> {
        if self.waiting.is_empty() {
            return self.all.clone();
        }
        let mut waiting = self.waiting.iter().peekable();
        let shown = self.all.iter().enumerate().filter_map(|(index, finding)| {
            let Some(waiting) = waiting.next_if(|waiting| waiting.index == index) else {
                return Some(finding.clone());
            };
            let message = waiting.old_words.clone()?;
            Some(Diagnostic {
                message,
                ..finding.clone()
            })
        });
        Arc::new(shown.collect())
    }
}

/// Where the cursor may be after an edit: at its end, or anywhere in what was not typed but put in.
fn cursor_after(edit: &Edit) -> Vec<TextRange> {
    let patch = Patch::of(&edit.touched);
    let places = patch.places().iter().take(MOST_CURSORS);
    places
        .map(|place| match edit.is_typed {
            true => TextRange::empty(place.new.end),
            false => place.new,
        })
        .collect()
}

/// A byte of the place that is nearest to what came with it.
fn cause_of(range: TextRange, places: &[Place]) -> Option<u32> {
    let behind = places.partition_point(|place| place.new.end < range.start);
    let before = places.get(behind.wrapping_sub(1)).map(|place| place.new);
    let behind = places.get(behind).map(|place| place.new);
    let distance = |new: &TextRange| new.start.max(range.start).saturating_sub(new.end.min(range.end));
    let nearest = before.into_iter().chain(behind).min_by_key(distance)?;
    Some(last_byte(nearest))
}

/// The last byte of a place, or the one before it where nothing is left.
fn last_byte(place: TextRange) -> u32 {
    place.end.saturating_sub(1)
}

/// Whether one of the places is in the entry of a cause, or in its line.
fn is_in_entry(tree: &Tree, cause: u32, places: &[Place]) -> bool {
    let chunk = |offset: u32| tree.chunk_at(offset);
    places.iter().any(|place| {
        let in_chunk = chunk(place.new.start) <= chunk(cause) && chunk(cause) <= chunk(last_byte(place.new));
        in_chunk || touches_lines(tree, place.new, TextRange::new(cause, cause + 1))
    })
}

/// Whether `at` touches one of the lines that `range` is in.
fn touches_lines(tree: &Tree, at: TextRange, range: TextRange) -> bool {
    tree.line_start(range.start) <= at.end && tree.line_start(at.start) <= range.end
}

/// Whether a change of `before` to `after` is something that an author types: it takes and brings at most one line with
/// text, with the line breaks around it.
pub fn is_typed(before: &Buffer, after: &Buffer, touched: &[Touched]) -> bool {
    let patch = Patch::of(touched);
    let mut places = patch.places().iter();
    places.len() <= MOST_CURSORS
        && places.all(|place| is_one_line(before, place.old) && is_one_line(after, place.new))
}

/// Whether at most one line of the range has text in it. Breaks around it are those of a line that was begun between
/// two brackets.
fn is_one_line(buffer: &Buffer, range: TextRange) -> bool {
    const MOST_BREAKS: u32 = 3;
    let line = |offset| buffer.position(offset, Encoding::Utf8).line;
    let breaks = line(range.end) - line(range.start);
    let with_text = |text: String| text.lines().filter(|line| !line.trim().is_empty()).count();
    breaks == 0 || (breaks <= MOST_BREAKS && with_text(buffer.slice(range)) <= 1)
}
