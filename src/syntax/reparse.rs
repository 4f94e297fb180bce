//! Incremental reparsing: reads the stale chunks again and keeps all others.
//!
//! A chunk is stale when an edit touches its text or what the reading looked at behind it. The reading begins where a
//! stale chunk begins and goes on until it stands where an old chunk begins, in the same state, with nothing changed
//! between: from there on the old reading would only be repeated. The result equals a parse of the whole text.

use super::chunk::{Begin, Chunk, Tree, weighed};
use super::reader::Reader;
use super::{Format, json, yaml};
use crate::text::{TextRange, buffer::Buffer, patch::Patch};
use std::ops::Range;

/// Neighbouring chunks that were replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splice {
    /// Their indices in the old tree.
    pub old: Range<usize>,
    /// The indices of those that took their place in the new tree.
    pub new: Range<usize>,
}

/// The tree of `text`, which is the text of `old` with the changes of `patch`, and what differs, in text order.
pub fn reparse(old: &Tree, text: &Buffer, patch: &Patch) -> (Tree, Vec<Splice>) {
    let (tree, splices) = Reparse { old, text, patch }.run();
    if !is_careless(&tree, text) {
        return (tree, splices);
    }
    match json::parse_carelessly(&text.text()) {
        Some(whole) => {
            let splice = Splice {
                old: 0..old.chunk_count(),
                new: 0..whole.chunk_count(),
            };
            (whole, vec![splice])
        }
        None => (tree, splices),
    }
}

/// Whether a JSON text is valid although indentation says that brackets are missing.
fn is_careless(tree: &Tree, text: &Buffer) -> bool {
    if tree.format() != Format::Json {
        return false;
    }
    let Some(doubt) = json::in_doubt(tree) else {
        return false;
    };
    let start = text.line_start(doubt.start);
    let mut length = doubt.start - start + MARGIN;
    loop {
        let end = start.saturating_add(length).min(text.len());
        let window = text.slice(TextRange::new(start, end));
        let valid = doubt.is_valid(&window, (doubt.start - start) as usize);
        if let Some(valid) = valid.filter(|valid| !valid || end == text.len()) {
            return valid;
        }
        if end == text.len() {
            return false;
        }
        length = length.saturating_mul(4);
    }
}

struct Reparse<'a> {
    old: &'a Tree,
    text: &'a Buffer,
    patch: &'a Patch,
}

/// A part of the new text.
struct Window<'w> {
    text: &'w str,
    /// Where it starts.
    start: u32,
    /// It reaches to the text's end.
    whole: bool,
}

/// Bytes to read behind what must be read, at first.
const MARGIN: u32 = 1024;

impl Reparse<'_> {
    fn run(&self) -> (Tree, Vec<Splice>) {
        let mut row = self.old.row().clone();
        let mut counts = self.old.counts();
        let mut splices: Vec<Splice> = Vec::new();
        let stale = self.stale();
        let mut next = 0;
        // How many chunks more (or less) there are so far.
        let mut moved = 0isize;
        while let Some(first) = stale.get(next).copied() {
            let (old, chunks) = self.read(first, &stale);
            next += 1;
            while stale.get(next).is_some_and(|stale| *stale < old.end) {
                next += 1;
            }
            for gone in row
                .iter_from((old.start as isize + moved) as usize)
                .take(old.len())
            {
                counts.remove(gone);
            }
            let start = (old.start as isize + moved) as usize;
            let new = start..start + chunks.len();
            for chunk in &chunks {
                counts.add(chunk);
            }
            let values = chunks.into_iter().map(weighed).collect();
            row.splice(start..start + old.len(), values);
            moved += new.len() as isize - old.len() as isize;
            splices.push(Splice { old, new });
        }
        (Tree::of(self.old.format(), row, counts), splices)
    }

    /// The chunks that have to be read again, in order.
    fn stale(&self) -> Vec<usize> {
        let row = self.old.row();
        let furthest = self.old.counts().furthest;
        let mut stale = Vec::new();
        for place in self.patch.places() {
            let TextRange { start, end } = place.old;
            let Some(last) = row.at(end) else { continue };
            let first = row
                .at(start.saturating_sub(furthest).saturating_sub(1))
                .unwrap_or(0);
            let known = stale.last().map_or(0, |last| last + 1);
            let first = first.max(known);
            let mut at = row.start(first);
            for (index, chunk) in row
                .iter_from(first)
                .take((last + 1).saturating_sub(first))
                .enumerate()
            {
                at += chunk.len();
                if at + chunk.lookahead >= start {
                    stale.push(first + index);
                }
            }
        }
        if stale.is_empty() && row.is_empty() {
            stale.push(0);
        }
        stale
    }

    /// Reads from the stale chunk `first` on until the old reading can be trusted again. Returns the old chunks that are
    /// replaced and the new ones.
    fn read(&self, first: usize, stale: &[usize]) -> (Range<usize>, Vec<Chunk>) {
        let (first, begin) = self.begin(first);
        let start = self.patch_start(first);
        let window_start = match begin {
            Begin::Json(_) => self.text.line_start(start),
            _ => start,
        };
        // The stale chunks that follow each other are read at once.
        let run = stale.iter().skip_while(|index| **index < first);
        let last = run
            .zip(first..)
            .take_while(|(stale, index)| **stale == *index)
            .last()
            .map_or(first, |(stale, _)| *stale);
        let old_end = self.old.chunk_start(last as u32 + 1);
        let mut length = self.patch.new_offset(old_end).saturating_sub(window_start) + MARGIN;
        loop {
            let window_end = (window_start.saturating_add(length)).min(self.text.len());
            let window = self.text.slice(TextRange::new(window_start, window_end));
            let window = Window {
                text: &window,
                start: window_start,
                whole: window_end == self.text.len(),
            };
            let at = (start - window_start) as usize;
            let read = match self.old.format() {
                Format::Yaml => {
                    self.read_window(yaml::Driver::resume(window.text, at, begin), &window, stale)
                }
                Format::Json => {
                    self.read_window(json::Driver::resume(window.text, at, begin), &window, stale)
                }
            };
            if let Some((end, chunks)) = read {
                return (first..end, chunks);
            }
            length = length.saturating_mul(4);
        }
    }

    /// Reads on from where `reader` stands; `None` when the window is too small.
    fn read_window<'w, R: Reader<'w>>(
        &self,
        reader: Option<R>,
        window: &Window<'w>,
        stale: &[usize],
    ) -> Option<(usize, Vec<Chunk>)> {
        let mut reader = reader?;
        let mut checked = 0;
        loop {
            let more = reader.step();
            let (here, begin) = reader.here();
            let fresh = reader.chunks().get(checked..).unwrap_or_default();
            let mut after: usize = fresh.iter().map(|chunk| chunk.text.len()).sum();
            for chunk in fresh {
                after -= chunk.text.len();
                if !window.whole && here - after + chunk.lookahead as usize >= window.text.len() {
                    return None;
                }
            }
            checked += fresh.len();
            if !more {
                return window
                    .whole
                    .then(|| (self.old.chunk_count(), reader.into_chunks()));
            }
            if checked > 0
                && let Some(kept) = self.old_chunk(window.start + here as u32, begin)
                && stale.binary_search(&kept).is_err()
            {
                return Some((kept, reader.into_chunks()));
            }
        }
    }

    /// The nearest chunk at or before `first` at which a reading can begin.
    fn begin(&self, mut first: usize) -> (usize, Begin) {
        loop {
            match self.old.chunk(first) {
                Some(chunk) if first > 0 && chunk.begin == Begin::Inside => first -= 1,
                Some(chunk) if first > 0 => return (first, chunk.begin),
                _ => return (first, start_of(self.old.format())),
            }
        }
    }

    /// Where an old chunk that is not behind any change inside it starts in the new text.
    fn patch_start(&self, chunk: usize) -> u32 {
        let old = self.old.chunk_start(chunk as u32);
        let places = self.patch.places();
        let before = places.partition_point(|place| place.old.end < old);
        match places.get(before.wrapping_sub(1)) {
            Some(place) => old - place.old.end + place.new.end,
            None => old,
        }
    }

    /// The old chunk that starts at `offset` of the new text in the same state.
    fn old_chunk(&self, offset: u32, begin: Begin) -> Option<usize> {
        let old = self.patch.old_offset(offset)?;
        let row = self.old.row();
        let index = row.at(old)?;
        let (start, chunk) = row.get_with_start(index)?;
        (start == old && chunk.begin == begin && begin != Begin::Inside).then_some(index)
    }
}

fn start_of(format: Format) -> Begin {
    match format {
        Format::Yaml => Begin::Yaml(yaml::Stage::Stream),
        Format::Json => Begin::Json(json::Stage::default()),
    }
}
