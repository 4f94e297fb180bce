//! The file format of a docs pack: a head, an index of resource types, and one deflated record each with a checksum.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `\x89ROSDOC\n` |
//! | 4 | version of the format |
//! | 4 | length of the head |
//! | 4 | length of the index |
//! | 4 | checksum of the three numbers, the head and the index |
//! | … | head: JSON, readable in any viewer |
//! | … | index: for each type, sorted by name: length of the name (u8), the name, lengths of its record packed and plain, checksum of the packed record |
//! | … | records in the same order: deflated JSON of a [`TypeProse`]; the last one ends with the file |
//!
//! Integers are u32, little-endian; checksums are CRC-32. Records lie without gaps, so a cut file is noticed by its length.

use crate::catalog::prose::{Prose, TypeProse};
use flate2::{Compression, Crc, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The version of the format that this program writes and reads.
pub const VERSION: u32 = 1;

/// The file name's ending: `en.rosdocs`.
pub const ENDING: &str = "rosdocs";

const MAGIC: &[u8; 8] = b"\x89ROSDOC\n";
const PREFIX: usize = 24;

/// What a pack says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Language tag, such as `en` or `zh-CN`.
    pub language: String,
    /// The day it was built, `YYYY-MM-DD`.
    pub built: String,
    pub types: usize,
    /// Properties of these types that the sources name, nested ones included.
    pub properties: usize,
    /// How many of them have a description.
    pub described: usize,
    pub attributes: usize,
    pub sources: Vec<SourceNote>,
}

/// One source of a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceNote {
    /// The package, such as `ros-cdk-ecs`, or `pages`.
    pub name: String,
    /// The package's version, or the SHA-256 of the pages' texts.
    pub version: String,
}

/// A pack on disk, with its index read. Records are read when asked for.
#[derive(Debug)]
pub struct Pack {
    path: PathBuf,
    stamp: Stamp,
    head: Head,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: Box<str>,
    /// From the start of the file, in bytes.
    offset: u64,
    packed: u32,
    plain: u32,
    checksum: u32,
}

/// Tells one file from another at the same path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Where the system has one.
    inode: u64,
}

/// Why a pack, or a record of it, cannot be read.
#[derive(Debug)]
pub enum Damage {
    Io(io::Error),
    NotAPack,
    /// Written by another version of the format.
    OtherVersion(u32),
    /// What does not fit.
    Broken(&'static str),
    /// Another file stands at the path since the index was read.
    Replaced,
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Damage::Io(error) => write!(f, "cannot be read ({error})"),
            Damage::NotAPack => f.write_str("is no docs pack"),
            Damage::OtherVersion(version) => {
                let age = if *version > VERSION { "a newer" } else { "an older" };
                write!(
                    f,
                    "was made by {age} ros-lsp (format {version}, this one reads {VERSION})"
                )
            }
            Damage::Broken(what) => write!(f, "is damaged ({what})"),
            Damage::Replaced => f.write_str("is being replaced"),
        }
    }
}

impl From<io::Error> for Damage {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Damage::Broken("it ends too early"),
            _ => Damage::Io(error),
        }
    }
}

/// The bytes of a pack. The same prose and head give the same bytes.
///
/// # Errors
/// When a part does not fit the format's numbers, which takes 4 GB.
pub fn pack(head: &Head, prose: &Prose) -> io::Result<Vec<u8>> {
    let head = serde_json::to_vec(head)?;
    let (mut index, mut records) = (Vec::new(), Vec::new());
    for (name, each) in &prose.types {
        let plain = serde_json::to_vec(each)?;
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&plain)?;
        let packed = encoder.finish()?;
        index.push(u8::try_from(name.len()).map_err(io::Error::other)?);
        index.extend_from_slice(name.as_bytes());
        for number in [length(packed.len())?, length(plain.len())?, checksum(&[&packed])] {
            index.extend_from_slice(&number.to_le_bytes());
        }
        records.extend_from_slice(&packed);
    }
    let numbers = [VERSION, length(head.len())?, length(index.len())?].map(u32::to_le_bytes);
    let numbers = numbers.concat();
    let sum = checksum(&[&numbers, &head, &index]).to_le_bytes();
    Ok([&MAGIC[..], &numbers, &sum, &head, &index, &records].concat())
}

impl Pack {
    /// Reads head and index.
    ///
    /// # Errors
    /// When there is no sound pack of this version at the path.
    pub fn open(path: &Path) -> Result<Pack, Damage> {
        let mut file = File::open(path)?;
        let stamp = Stamp::of(&file.metadata()?);
        let mut prefix = [0; PREFIX];
        match file.read_exact(&mut prefix) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(Damage::NotAPack),
            result => result?,
        }
        let (magic, numbers) = prefix.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(Damage::NotAPack);
        }
        let (numbers, sum) = numbers.split_at(12);
        let mut fields = numbers.chunks_exact(4).map(number);
        let mut field = || fields.next().unwrap_or_default();
        let (version, head, index) = (field(), u64::from(field()), u64::from(field()));
        if version != VERSION {
            return Err(Damage::OtherVersion(version));
        }
        let records = PREFIX as u64 + head + index;
        if records > stamp.length {
            return Err(Damage::Broken("it ends too early"));
        }
        let (mut head, mut index) = (vec![0; head as usize], vec![0; index as usize]);
        file.read_exact(&mut head)?;
        file.read_exact(&mut index)?;
        if checksum(&[numbers, &head, &index]) != number(sum) {
            return Err(Damage::Broken("its index does not fit its checksum"));
        }
        let entries = entries(&index, records).ok_or(Damage::Broken("its index cannot be read"))?;
        let end = entries.last().map_or(records, Entry::end);
        if end != stamp.length {
            return Err(Damage::Broken("its length does not fit its index"));
        }
        Ok(Pack {
            path: path.to_owned(),
            stamp,
            head: serde_json::from_slice(&head).map_err(|_| Damage::Broken("its head cannot be read"))?,
            entries,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The file's length in bytes.
    pub fn size(&self) -> u64 {
        self.stamp.length
    }

    pub(super) fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// The names of the types, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| &*entry.name)
    }

    /// Reads what the pack says of a type; `None` for a type that it does not know.
    ///
    /// # Errors
    /// When the record is damaged, or another file has taken the pack's place.
    pub fn read(&self, name: &str) -> Result<Option<TypeProse>, Damage> {
        let Ok(at) = self.entries.binary_search_by(|entry| (*entry.name).cmp(name)) else {
            return Ok(None);
        };
        let entry = &self.entries[at];
        let mut file = File::open(&self.path)?;
        if Stamp::of(&file.metadata()?) != self.stamp {
            return Err(Damage::Replaced);
        }
        file.seek(SeekFrom::Start(entry.offset))?;
        let mut packed = vec![0; entry.packed as usize];
        file.read_exact(&mut packed)?;
        if checksum(&[&packed]) != entry.checksum {
            return Err(Damage::Broken("a record does not fit its checksum"));
        }
        let unreadable = Damage::Broken("a record cannot be read");
        let mut plain = Vec::new();
        // Not more than promised, whatever it would unpack to.
        let limit = u64::from(entry.plain) + 1;
        match DeflateDecoder::new(&packed[..])
            .take(limit)
            .read_to_end(&mut plain)
        {
            Ok(length) if length as u64 + 1 == limit => {}
            _ => return Err(unreadable),
        }
        serde_json::from_slice(&plain).map(Some).map_err(|_| unreadable)
    }
}

impl Entry {
    fn end(&self) -> u64 {
        self.offset + u64::from(self.packed)
    }
}

impl Stamp {
    pub(super) fn of(metadata: &std::fs::Metadata) -> Stamp {
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(metadata);
        #[cfg(not(unix))]
        let inode = 0;
        Stamp {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            inode,
        }
    }
}

/// The entries of an index whose records begin at `offset`; `None` when it is malformed or not sorted.
fn entries(mut index: &[u8], mut offset: u64) -> Option<Vec<Entry>> {
    let mut entries: Vec<Entry> = Vec::new();
    while let Some((length, rest)) = index.split_first() {
        let (name, rest) = rest.split_at_checked(*length as usize)?;
        let (numbers, rest) = rest.split_at_checked(12)?;
        let mut numbers = numbers.chunks_exact(4).map(number);
        let entry = Entry {
            name: std::str::from_utf8(name).ok()?.into(),
            offset,
            packed: numbers.next()?,
            plain: numbers.next()?,
            checksum: numbers.next()?,
        };
        if entries.last().is_some_and(|last| last.name >= entry.name) {
            return None;
        }
        offset = entry.end();
        entries.push(entry);
        index = rest;
    }
    Some(entries)
}

fn number(bytes: &[u8]) -> u32 {
    bytes.try_into().map_or(0, u32::from_le_bytes)
}

fn length(length: usize) -> io::Result<u32> {
    u32::try_from(length).map_err(io::Error::other)
}

fn checksum(parts: &[&[u8]]) -> u32 {
    let mut crc = Crc::new();
    for part in parts {
        crc.update(part);
    }
    crc.sum()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::catalog::prose::{PropertyProse, ValueProse};
    use std::collections::BTreeMap;

    /// A pack of three types, each of whose texts holds `word`.
    pub(in crate::catalog::docs) fn sample(word: &str) -> (Head, Prose) {
        let thing = |number: usize| TypeProse {
            description: format!("{word} 第{number}种"),
            properties: (0..number * 3)
                .map(|property| {
                    let prose = PropertyProse {
                        description: format!("{word} of property {property}"),
                        values: vec![ValueProse {
                            value: "Fast".into(),
                            meaning: word.into(),
                        }],
                        ..PropertyProse::default()
                    };
                    (format!("Parts.P{property}"), prose)
                })
                .collect(),
            attributes: BTreeMap::from([("Id".to_owned(), word.to_owned())]),
        };
        let prose = Prose {
            language: "en".into(),
            types: (1..=3)
                .map(|number| (format!("ALIYUN::X::Thing{number}"), thing(number)))
                .collect(),
        };
        let head = Head {
            language: "en".into(),
            built: "2024-02-29".into(),
            types: 3,
            sources: vec![SourceNote {
                name: "ros-cdk-x".into(),
                version: "1.2.3".into(),
            }],
            ..Head::default()
        };
        (head, prose)
    }

    pub(in crate::catalog::docs) fn sample_bytes(word: &str) -> Vec<u8> {
        let (head, prose) = sample(word);
        pack(&head, &prose).unwrap()
    }

    fn written(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("en.rosdocs");
        std::fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    /// Reads all of a file; each record is what it should be or an error.
    fn read_all(path: &Path, prose: &Prose) -> Result<(), Damage> {
        let pack = Pack::open(path)?;
        let mut result = Ok(());
        for (name, each) in &prose.types {
            match pack.read(name) {
                Ok(found) => assert_eq!(found.as_ref(), Some(each), "never wrong text"),
                Err(damage) => result = Err(damage),
            }
        }
        result
    }

    #[test]
    fn reads_what_was_written() {
        let (head, prose) = sample("word");
        let (_folder, path) = written(&pack(&head, &prose).unwrap());
        let read = Pack::open(&path).unwrap();
        assert_eq!(read.head(), &head);
        assert!(read.names().eq(prose.types.keys()));
        read_all(&path, &prose).unwrap();
        assert!(read.read("ALIYUN::X::Thing").unwrap().is_none());
    }

    #[test]
    fn the_same_sources_give_the_same_bytes() {
        assert_eq!(sample_bytes("word"), sample_bytes("word"));
    }

    #[test]
    fn a_pack_without_types_is_a_pack() {
        let (head, _) = sample("");
        let (_folder, path) = written(&pack(&head, &Prose::default()).unwrap());
        assert_eq!(Pack::open(&path).unwrap().names().count(), 0);
    }

    #[test]
    fn every_cut_is_noticed() {
        let bytes = sample_bytes("word");
        let (_, prose) = sample("word");
        for length in 0..bytes.len() {
            let (_folder, path) = written(&bytes[..length]);
            assert!(read_all(&path, &prose).is_err(), "cut to {length} bytes");
        }
        let (_folder, path) = written(&[&bytes[..], b"x"].concat());
        assert!(read_all(&path, &prose).is_err(), "a byte more");
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let bytes = sample_bytes("word");
        let (_, prose) = sample("word");
        for at in 0..bytes.len() {
            for flip in [0x01, 0x80, 0xff] {
                let mut bytes = bytes.clone();
                bytes[at] ^= flip;
                let (_folder, path) = written(&bytes);
                assert!(read_all(&path, &prose).is_err(), "byte {at} ^ {flip}");
            }
        }
    }

    #[test]
    fn other_versions_say_so() {
        for (version, word) in [(2u32, "a newer"), (0, "an older")] {
            let mut bytes = sample_bytes("word");
            bytes[8..12].copy_from_slice(&version.to_le_bytes());
            let (_folder, path) = written(&bytes);
            let damage = Pack::open(&path).unwrap_err().to_string();
            assert!(damage.contains(word), "{damage}");
        }
    }

    #[test]
    fn a_record_is_never_read_from_another_file() {
        let (_folder, path) = written(&sample_bytes("first"));
        let pack = Pack::open(&path).unwrap();
        let other = path.with_extension("new");
        std::fs::write(&other, sample_bytes("other")).unwrap();
        std::fs::rename(&other, &path).unwrap();
        assert!(matches!(pack.read("ALIYUN::X::Thing1"), Err(Damage::Replaced)));
    }
}
