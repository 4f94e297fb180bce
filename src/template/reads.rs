//! What is read of a template's names, recorded as it is asked for: what was worked out from them stays true until
//! one of these reads would have another answer.

use super::changes::NameChange;
use super::names::{Definition, Field, NameKind, Names};
use super::section::{SectionKind, Template, Transform};
use crate::syntax::Node;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What can be read of one name, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aspects(u8);

/// The names of a template for one who must not read them without depending on them.
#[derive(Clone, Copy)]
pub struct NameReader<'a> {
    /// Not recorded: where it changes, all that reads names is made anew.
    pub transform: Transform,
    names: &'a Names,
    template: Template<'a>,
    recorder: &'a Recorder,
}

/// What is known of a name; each part is recorded when it is read.
#[derive(Clone, Copy)]
pub struct DefinitionReader<'a> {
    definition: &'a Definition,
    name: NameHash,
    recorder: &'a Recorder,
}

/// The keys of a mapping, of both levels, or those of one entry in it.
#[derive(Clone, Copy)]
pub struct MappingKeys<'a> {
    node: Node<'a>,
    /// Levels of keys from here on.
    levels: u8,
}

/// Takes down what is read.
#[derive(Debug, Default)]
pub struct Recorder {
    reads: RefCell<Vec<Read>>,
    kinds: Cell<Kinds>,
}

/// All that was read of a template's names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Sorted, each name once.
    names: Box<[Read]>,
    /// Kinds of which all names were read.
    kinds: Kinds,
}

/// The changed names of an edit, made ready for many questions.
#[derive(Debug, Default)]
pub struct ChangedNames {
    names: Vec<Read>,
    kinds: Kinds,
}

/// Aspects of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Read {
    name: NameHash,
    aspects: u8,
}

/// A name of one kind. Two names with one hash would cost a needless check, nothing else.
type NameHash = u32;

/// A set of kinds, a bit each.
type Kinds = u8;

impl Aspects {
    pub const NONE: Aspects = Aspects(0);
    /// Whether the name is declared.
    pub const EXISTS: Aspects = Aspects(1);
    pub const TYPE_NAME: Aspects = Aspects(2);
    pub const COUNTED: Aspects = Aspects(4);
    pub const CONDITION: Aspects = Aspects(8);
    pub const KEYS: Aspects = Aspects(16);
    pub const FIELD: Aspects = Aspects(32);
    pub const PUBLIC_ADDRESS: Aspects = Aspects(64);

    /// What differs between two states of a name; `None` where it isn't declared.
    pub fn of_change(before: Option<&Definition>, after: Option<&Definition>) -> Aspects {
        let (before, after) = match (before, after) {
            (None, None) => return Aspects::NONE,
            (Some(before), Some(after)) => (before, after),
            // Whoever reads a part of a definition has read that there is one.
            _ => return Aspects::EXISTS,
        };
        // Taken apart so that a new field is not forgotten.
        let Definition {
            type_name,
            counted,
            public_address,
            condition,
            keys,
            field,
        } = before;
        let mut differ = Aspects::NONE;
        let mut add = |differs: bool, aspect: Aspects| differ.0 |= if differs { aspect.0 } else { 0 };
        add(*type_name != after.type_name, Aspects::TYPE_NAME);
        add(*counted != after.counted, Aspects::COUNTED);
        add(*public_address != after.public_address, Aspects::PUBLIC_ADDRESS);
        add(*condition != after.condition, Aspects::CONDITION);
        add(*keys != after.keys, Aspects::KEYS);
        add(*field != after.field, Aspects::FIELD);
        differ
    }

    pub fn contains(self, other: Aspects) -> bool {
        self.0 & other.0 == other.0
    }
}

impl<'a> NameReader<'a> {
    pub fn new(names: &'a Names, template: Template<'a>, recorder: &'a Recorder) -> Self {
        NameReader {
            transform: names.transform,
            names,
            template,
            recorder,
        }
    }

    pub fn has(self, kind: NameKind, name: &str) -> bool {
        self.recorder.read(hash(kind, name), Aspects::EXISTS);
        self.names.has(kind, name)
    }

    pub fn get(self, kind: NameKind, name: &str) -> Option<DefinitionReader<'a>> {
        let hash = hash(kind, name);
        self.recorder.read(hash, Aspects::EXISTS);
        let definition = self.names.get(kind, name)?;
        Some(DefinitionReader {
            definition,
            name: hash,
            recorder: self.recorder,
        })
    }

    /// All names of a kind, sorted.
    pub fn names_of_kind(self, kind: NameKind) -> impl Iterator<Item = &'a str> {
        self.recorder.read_all(kind);
        self.names.of_kind(kind).map(|(name, _)| name)
    }

    /// What `Ref` (and a name in `${…}`) finds under this name: parameter, then resource, then local.
    pub fn resolve(self, name: &str) -> Option<(NameKind, DefinitionReader<'a>)> {
        NameSource::resolve(self, name)
    }

    /// The keys of a mapping.
    pub fn mapping(self, name: &str) -> Option<MappingKeys<'a>> {
        self.recorder.read(
            hash(NameKind::Mapping, name),
            Aspects(Aspects::EXISTS.0 | Aspects::KEYS.0),
        );
        let mut mappings = self.template.entries(SectionKind::Mappings);
        let found = mappings.find(|mapping| mapping.key.text().is_some_and(|key| key == name));
        found.map(|mapping| MappingKeys {
            node: mapping.value,
            levels: 2,
        })
    }
}

impl<'a> DefinitionReader<'a> {
    /// `Type` of a parameter, resource or local.
    pub fn type_name(self) -> Option<&'a str> {
        self.recorder.read(self.name, Aspects::TYPE_NAME);
        self.definition.type_name.as_deref()
    }

    /// A resource with `Count`: references to it are lists.
    pub fn counted(self) -> bool {
        self.recorder.read(self.name, Aspects::COUNTED);
        self.definition.counted
    }

    /// An ECS instance, or a group of them, that is given a public address.
    pub fn public_address(self) -> bool {
        self.recorder.read(self.name, Aspects::PUBLIC_ADDRESS);
        self.definition.public_address
    }

    /// `Condition` of a resource.
    pub fn condition(self) -> Option<&'a str> {
        self.recorder.read(self.name, Aspects::CONDITION);
        self.definition.condition.as_deref()
    }

    /// What the console offers for a parameter.
    pub fn field(self) -> Option<&'a Field> {
        self.recorder.read(self.name, Aspects::FIELD);
        self.definition.field.as_deref()
    }
}

impl<'a> MappingKeys<'a> {
    /// What stands under a key.
    pub fn get(self, key: &str) -> Option<MappingKeys<'a>> {
        let levels = self.levels.checked_sub(1)?;
        let node = self.node.get(key)?;
        Some(MappingKeys { node, levels })
    }

    /// The keys in text order.
    pub fn keys(self) -> impl Iterator<Item = Cow<'a, str>> {
        let entries = (self.levels > 0).then(|| self.node.entries());
        entries.into_iter().flatten().filter_map(|entry| entry.key.text())
    }
}

/// What names are looked up in.
pub trait NameSource: Copy {
    type Definition;

    fn definition(self, kind: NameKind, name: &str) -> Option<Self::Definition>;

    /// What `Ref` finds under this name: parameter, then resource, then local.
    fn resolve(self, name: &str) -> Option<(NameKind, Self::Definition)> {
        [NameKind::Parameter, NameKind::Resource, NameKind::Local]
            .into_iter()
            .find_map(|kind| Some((kind, self.definition(kind, name)?)))
    }
}

impl<'n> NameSource for &'n Names {
    type Definition = &'n Definition;

    fn definition(self, kind: NameKind, name: &str) -> Option<&'n Definition> {
        self.get(kind, name)
    }
}

impl<'n> NameSource for NameReader<'n> {
    type Definition = DefinitionReader<'n>;

    fn definition(self, kind: NameKind, name: &str) -> Option<DefinitionReader<'n>> {
        self.get(kind, name)
    }
}

impl Recorder {
    fn read(&self, name: NameHash, aspects: Aspects) {
        let aspects = aspects.0;
        self.reads.borrow_mut().push(Read { name, aspects });
    }

    fn read_all(&self, kind: NameKind) {
        self.kinds.set(self.kinds.get() | bit(kind));
    }

    /// All that was read.
    pub fn into_reads(self) -> Reads {
        Reads {
            names: merged(self.reads.into_inner()).into(),
            kinds: self.kinds.get(),
        }
    }
}

impl Reads {
    /// Whether one of the reads may have another answer now.
    pub fn concern(&self, changed: &ChangedNames) -> bool {
        let (few, many) = match self.names.len() < changed.names.len() {
            true => (&*self.names, &*changed.names),
            false => (&*changed.names, &*self.names),
        };
        self.kinds & changed.kinds != 0
            || few.iter().any(|one| {
                let at = many.binary_search_by_key(&one.name, |other| other.name);
                let other = at.ok().and_then(|at| many.get(at));
                other.is_some_and(|other| one.aspects & other.aspects != 0)
            })
    }
}

impl ChangedNames {
    pub fn of(changes: &[NameChange]) -> Self {
        let came_or_went = changes
            .iter()
            .filter(|change| change.aspects.contains(Aspects::EXISTS));
        let names = changes
            .iter()
            .filter(|change| change.aspects != Aspects::NONE)
            .map(|change| Read {
                name: hash(change.kind, &change.name),
                aspects: change.aspects.0,
            });
        ChangedNames {
            kinds: came_or_went.fold(0, |kinds, change| kinds | bit(change.kind)),
            names: merged(names.collect()),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// Sorted, each name once with all its aspects.
fn merged(mut reads: Vec<Read>) -> Vec<Read> {
    reads.sort_unstable();
    reads.dedup_by(|again, first| {
        let same = again.name == first.name;
        first.aspects |= if same { again.aspects } else { 0 };
        same
    });
    reads
}

fn hash(kind: NameKind, name: &str) -> NameHash {
    let mut hasher = DefaultHasher::new();
    (kind, name).hash(&mut hasher);
    hasher.finish() as NameHash
}

fn bit(kind: NameKind) -> Kinds {
    1 << kind as u8
}
