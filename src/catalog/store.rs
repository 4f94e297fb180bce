//! Records packed into the binary: a resident index of names, one record inflated when it is first asked for.

use serde_json::Value;
use std::io::Read;
use std::sync::{Arc, OnceLock};

/// How a record is read.
type Decode<T> = fn(name: &str, record: &Value) -> T;

/// What is known of each resource type; the bytes are made by `build.rs`: the number of types (u32), then for each, sorted by name, the name's length (u8), the name, and
/// the length (u32) of its deflated record; then the records in the same order. Integers are little-endian.
#[derive(Debug)]
pub(super) struct Store<T> {
    entries: Vec<Entry<T>>,
    decode: Decode<T>,
}

#[derive(Debug)]
struct Entry<T> {
    name: &'static str,
    record: &'static [u8],
    decoded: OnceLock<Option<Arc<T>>>,
}

impl<T> Store<T> {
    /// Reads the index; records stay packed.
    pub(super) fn open(packed: &'static [u8], decode: Decode<T>) -> Self {
        Store {
            entries: index(packed).unwrap_or_default(),
            decode,
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> + '_ {
        self.entries.iter().map(|entry| entry.name)
    }

    pub(super) fn get(&self, name: &str) -> Option<Arc<T>> {
        let at = self.entries.binary_search_by(|entry| entry.name.cmp(name)).ok()?;
        let entry = &self.entries[at];
        entry
            .decoded
            .get_or_init(|| {
                let record = inflate(entry.record)?;
                Some(Arc::new((self.decode)(entry.name, &record)))
            })
            .clone()
    }
}

fn index<T>(packed: &'static [u8]) -> Option<Vec<Entry<T>>> {
    let (count, mut rest) = take_u32(packed)?;
    let mut heads = Vec::with_capacity(count as usize);
    for _ in 0..count {
        let (length, after) = rest.split_first()?;
        let (name, after) = after.split_at_checked(*length as usize)?;
        let (size, after) = take_u32(after)?;
        heads.push((std::str::from_utf8(name).ok()?, size as usize));
        rest = after;
    }
    let mut entries = Vec::with_capacity(heads.len());
    for (name, size) in heads {
        let (record, after) = rest.split_at_checked(size)?;
        entries.push(Entry {
            name,
            record,
            decoded: OnceLock::new(),
        });
        rest = after;
    }
    Some(entries)
}

fn take_u32(bytes: &'static [u8]) -> Option<(u32, &'static [u8])> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*head), rest))
}

fn inflate(record: &[u8]) -> Option<Value> {
    let mut text = String::new();
    flate2::read::DeflateDecoder::new(record)
        .read_to_string(&mut text)
        .ok()?;
    serde_json::from_str(&text).ok()
}
