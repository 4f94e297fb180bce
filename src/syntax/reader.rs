//! What both formats' readers have in common: they cut the text into chunks, and can begin between two of them.

use super::Chunk;
use super::chunk::Begin;

/// Reads a text from the left to the right and cuts it into chunks.
pub(super) trait Reader<'s>: Sized {
    /// At the start of a whole text.
    fn new(text: &'s str) -> Self;

    /// At `at` in `text`, which is a part of a document and begins with a line. `None` where `begin` says that no reading
    /// can begin there.
    fn resume(text: &'s str, at: usize, begin: Begin) -> Option<Self>;

    /// Reads on until at least one chunk more is cut, or a little less; returns whether there is more to read.
    fn step(&mut self) -> bool;

    /// The chunks so far.
    fn chunks(&self) -> &[Chunk];

    fn into_chunks(self) -> Vec<Chunk>;

    /// Where the next chunk starts, and how.
    fn here(&self) -> (usize, Begin);
}
