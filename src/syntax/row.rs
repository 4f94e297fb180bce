//! A row of values that is cheap to copy and cheap to change in one place: what the versions of a document share.

use std::ops::Range;
use std::sync::Arc;

/// Values in order, each with a weight. Kept as blocks behind `Arc`s: a clone copies one pointer a block,
/// and replacing neighbours builds one or two blocks anew.
#[derive(Debug)]
pub struct Row<T> {
    blocks: Vec<Block<T>>,
    /// Number of values.
    len: u32,
    /// Sum of all widths.
    width: u32,
}

#[derive(Debug)]
struct Block<T> {
    /// Index of the first value.
    first: u32,
    /// Sum of the widths before this block.
    start: u32,
    /// Number of values, and the sum of their widths.
    len: u32,
    width: u32,
    /// One of the values is marked.
    marked: bool,
    items: Arc<[Item<T>]>,
}

/// What a row knows of a value without looking at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// The room that the value takes; rows find values by the sum of these.
    pub width: u32,
    /// Marked values are found without going through the others.
    pub mark: bool,
}

#[derive(Clone, Debug)]
struct Item<T> {
    /// Sum of the widths before this value in its block.
    start: u32,
    weight: Weight,
    value: T,
}

/// Values in a full block.
const BLOCK: usize = 64;

impl<T: Clone> Row<T> {
    pub fn new(values: impl IntoIterator<Item = (T, Weight)>) -> Self {
        let mut row = Row {
            blocks: Vec::new(),
            len: 0,
            width: 0,
        };
        row.blocks = blocks_of(values.into_iter().collect());
        row.renumber(0);
        row
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Sum of all widths.
    pub fn width(&self) -> u32 {
        self.width
    }

    pub fn get(&self, index: usize) -> Option<&T> {
        self.item(index).map(|(_, item)| &item.value)
    }

    /// A value and the sum of the widths before it.
    pub fn get_with_start(&self, index: usize) -> Option<(u32, &T)> {
        self.item(index)
            .map(|(block, item)| (block.start + item.start, &item.value))
    }

    /// Sum of the widths before the value at `index`; of all widths beyond the last.
    pub fn start(&self, index: usize) -> u32 {
        self.get_with_start(index).map_or(self.width, |(start, _)| start)
    }

    /// Index of the last value that starts at or before `offset`; `None` in an empty row.
    pub fn at(&self, offset: u32) -> Option<usize> {
        let block = self.blocks.partition_point(|block| block.start <= offset);
        let block = self.blocks.get(block.checked_sub(1)?)?;
        let inside = block
            .items
            .partition_point(|item| block.start + item.start <= offset);
        Some(block.first as usize + inside.saturating_sub(1))
    }

    /// Where `before` turns false, for values ordered by it.
    pub fn partition_point(&self, before: impl Fn(&T) -> bool) -> usize {
        let after = self.blocks.partition_point(|block| {
            let last = block.items.last();
            last.is_some_and(|item| before(&item.value))
        });
        match self.blocks.get(after) {
            Some(block) => block.first as usize + block.items.partition_point(|item| before(&item.value)),
            None => self.len(),
        }
    }

    /// Index of the first marked value at or behind `index`.
    pub fn next_marked(&self, index: usize) -> Option<usize> {
        let first = self.block_of(index);
        let blocks = self.blocks.get(first..)?.iter().filter(|block| block.marked);
        let marked = blocks.flat_map(|block| {
            let items = (block.first as usize..).zip(block.items.iter());
            items.filter(|(_, item)| item.weight.mark).map(|(index, _)| index)
        });
        marked.into_iter().find(|marked| *marked >= index)
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.blocks
            .iter()
            .flat_map(|block| block.items.iter().map(|item| &item.value))
    }

    /// The values from `index` on.
    pub fn iter_from(&self, index: usize) -> impl Iterator<Item = &T> + Clone {
        let block = self.blocks.partition_point(|block| block.first as usize <= index);
        let block = block.saturating_sub(1);
        let before = self.blocks.get(block).map_or(0, |block| block.first as usize);
        let skipped = index.saturating_sub(before);
        let rest = self.blocks.get(block..).unwrap_or_default();
        rest.iter()
            .flat_map(|block| block.items.iter().map(|item| &item.value))
            .skip(skipped)
    }

    /// Replaces the values of `range`, which is in bounds, by `values` with their weights.
    pub fn splice(&mut self, range: Range<usize>, values: Vec<(T, Weight)>) {
        let same_shape = range.len() == values.len() && range.len() == 1;
        if same_shape && let Some((value, weight)) = values.first() {
            return self.replace(range.start, value.clone(), *weight);
        }
        let first = self.block_of(range.start);
        let last = self.block_of(range.end).max(first);
        let mut all = Vec::with_capacity(values.len() + 2 * BLOCK);
        if let Some(block) = self.blocks.get(first) {
            let kept = range.start - block.first as usize;
            all.extend(block.items.iter().take(kept).map(pair));
        }
        all.extend(values);
        let mut until = last + 1;
        if let Some(block) = self.blocks.get(last) {
            let gone = range.end - block.first as usize;
            all.extend(block.items.iter().skip(gone).map(pair));
        }
        // A block that became small takes its neighbour in.
        if all.len() < BLOCK / 2
            && let Some(next) = self.blocks.get(until)
        {
            all.extend(next.items.iter().map(pair));
            until += 1;
        }
        let until = until.min(self.blocks.len());
        self.blocks.splice(first.min(until)..until, blocks_of(all));
        self.renumber(first);
    }

    fn replace(&mut self, index: usize, value: T, weight: Weight) {
        let at = self.block_of(index);
        let Some(block) = self.blocks.get_mut(at) else {
            return;
        };
        let inside = index - block.first as usize;
        let values = block
            .items
            .iter()
            .enumerate()
            .map(|(place, item)| match place == inside {
                true => (value.clone(), weight),
                false => pair(item),
            });
        *block = block_of(values);
        self.renumber(at);
    }

    fn item(&self, index: usize) -> Option<(&Block<T>, &Item<T>)> {
        let block = self.blocks.get(self.block_of(index))?;
        Some((block, block.items.get(index - block.first as usize)?))
    }

    /// The block that holds the value at `index`; the last one for the row's end.
    fn block_of(&self, index: usize) -> usize {
        // Blocks are mostly full: begin near the right one.
        let guess = (index / BLOCK).min(self.blocks.len().saturating_sub(1));
        if let Some(block) = self.blocks.get(guess) {
            let first = block.first as usize;
            if (first..first + block.len as usize).contains(&index) {
                return guess;
            }
        }
        self.blocks
            .partition_point(|block| block.first as usize <= index)
            .saturating_sub(1)
    }

    /// Sets the places of all blocks from `from` on.
    fn renumber(&mut self, from: usize) {
        let before = from.checked_sub(1).and_then(|before| self.blocks.get(before));
        let (mut first, mut start) = before.map_or((0, 0), |block| {
            (block.first + block.len, block.start + block.width)
        });
        for block in self.blocks.iter_mut().skip(from) {
            block.first = first;
            block.start = start;
            first += block.len;
            start += block.width;
        }
        self.len = first;
        self.width = start;
    }
}

impl<T> Clone for Row<T> {
    fn clone(&self) -> Self {
        Row {
            blocks: self.blocks.clone(),
            len: self.len,
            width: self.width,
        }
    }
}

impl<T> Clone for Block<T> {
    fn clone(&self) -> Self {
        Block {
            first: self.first,
            start: self.start,
            len: self.len,
            width: self.width,
            marked: self.marked,
            items: self.items.clone(),
        }
    }
}

impl<T> Default for Row<T> {
    fn default() -> Self {
        Row {
            blocks: Vec::new(),
            len: 0,
            width: 0,
        }
    }
}

impl<T: Clone + PartialEq> PartialEq for Row<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.width == other.width && self.iter().eq(other.iter())
    }
}

impl<T: Clone + Eq> Eq for Row<T> {}

fn pair<T: Clone>(item: &Item<T>) -> (T, Weight) {
    (item.value.clone(), item.weight)
}

fn blocks_of<T>(values: Vec<(T, Weight)>) -> Vec<Block<T>> {
    // A little over one block stays one: splitting for a single value would be undone soon.
    let count = match values.len() {
        0 => 0,
        len if len <= 2 * BLOCK => 1,
        len => len.div_ceil(BLOCK),
    };
    let mut blocks = Vec::with_capacity(count);
    let each = values.len().div_ceil(count.max(1));
    let mut values = values.into_iter();
    for _ in 0..count {
        blocks.push(block_of(values.by_ref().take(each)));
    }
    blocks
}

/// A block whose place in the row is to be set.
fn block_of<T>(values: impl Iterator<Item = (T, Weight)>) -> Block<T> {
    let mut start = 0;
    let items: Arc<[Item<T>]> = values
        .map(|(value, weight)| {
            let item = Item { start, weight, value };
            start += weight.width;
            item
        })
        .collect();
    Block {
        first: 0,
        start: 0,
        len: items.len() as u32,
        width: start,
        marked: items.iter().any(|item| item.weight.mark),
        items,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn weight(value: u32) -> Weight {
        Weight {
            width: value % 5,
            mark: value.is_multiple_of(50),
        }
    }

    fn row(values: &[u32]) -> Row<u32> {
        Row::new(values.iter().map(|value| (*value, weight(*value))))
    }

    proptest! {
        #[test]
        fn a_row_is_what_a_vector_is(
            first in prop::collection::vec(0u32..100, 0..400),
            edits in prop::collection::vec((0.0..1.0, 0.0..1.0, prop::collection::vec(0u32..100, 0..200)), 1..6),
        ) {
            let mut vector = first.clone();
            let mut row = row(&first);
            for (start, length, new) in edits {
                let start = (start * (vector.len() + 1) as f64) as usize;
                let end = start + (length * (vector.len() - start + 1) as f64) as usize;
                vector.splice(start..end, new.iter().copied());
                let before = row.clone();
                row.splice(start..end, new.iter().map(|value| (*value, weight(*value))).collect());
                prop_assert_eq!(before.len() + new.len() - (end - start), row.len());
            }
            prop_assert_eq!(row.iter().copied().collect::<Vec<_>>(), vector.clone());
            let mut start = 0;
            for (index, value) in vector.iter().enumerate() {
                prop_assert_eq!(row.get_with_start(index), Some((start, value)));
                let found = row.at(start).map(|at| row.start(at));
                prop_assert_eq!(found, Some(start));
                start += value % 5;
            }
            prop_assert_eq!(row.width(), start);
            prop_assert_eq!(row.get(vector.len()), None);
            let middle = vector.len() / 2;
            let marked = (middle..vector.len()).find(|index| vector[*index].is_multiple_of(50));
            prop_assert_eq!(row.next_marked(middle), marked);
            prop_assert!(row.iter_from(middle).eq(&vector[middle..]));
            vector.sort_unstable();
            let sorted = self::row(&vector);
            prop_assert_eq!(
                sorted.partition_point(|value| *value < 50),
                vector.partition_point(|value| *value < 50)
            );
        }
    }
}
