//! What a template's names stand for: the index that references are resolved in.

use super::section::Transform;
use crate::syntax::row::{Row, Weight};
use std::sync::Arc;

/// The kinds of named things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    Parameter,
    Mapping,
    Condition,
    Rule,
    Local,
    Resource,
    Output,
}

impl NameKind {
    /// For messages.
    pub fn word(self) -> &'static str {
        match self {
            NameKind::Parameter => "parameter",
            NameKind::Mapping => "mapping",
            NameKind::Condition => "condition",
            NameKind::Rule => "rule",
            NameKind::Local => "local",
            NameKind::Resource => "resource",
            NameKind::Output => "output",
        }
    }
}

/// What is known of a name without looking at its declaration again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Definition {
    /// `Type` of a parameter, resource or local.
    pub type_name: Option<Box<str>>,
    /// A resource with `Count`: references to it are lists.
    pub counted: bool,
    /// An ECS instance, or a group of them, that is given a public address.
    pub public_address: bool,
    /// `Condition` of a resource.
    pub condition: Option<Box<str>>,
    /// Of a mapping: a fingerprint of its keys, which differs when they do.
    pub keys: u64,
    /// Of a parameter: what the console offers for it, where it says so.
    pub field: Option<Box<Field>>,
}

/// A parameter as a field of the console's form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Field {
    pub association: Option<Box<str>>,
    /// Empty where it allows any value, and where it allows very many.
    pub allowed: Box<[Box<str>]>,
}

/// All names of one template. Cheap to copy: versions of a document share what did not change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub transform: Transform,
    /// Whether this is the body of a nested stack.
    pub nested: bool,
    /// By kind, sorted by name.
    kinds: [Row<Arc<Named>>; 7],
    /// How many names are declared more than once.
    repeated: u32,
}

/// A name and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    name: Box<str>,
    definition: Definition,
    /// How many declarations there are; the first counts.
    times: u32,
}

impl Names {
    /// The names of declarations in text order.
    pub fn new<'d>(
        transform: Transform,
        nested: bool,
        declarations: impl Iterator<Item = (NameKind, &'d str, &'d Definition)>,
    ) -> Self {
        let mut kinds: [Vec<Named>; 7] = Default::default();
        for (kind, name, definition) in declarations {
            if let Some(all) = kinds.get_mut(kind as usize) {
                all.push(Named {
                    name: name.into(),
                    definition: definition.clone(),
                    times: 1,
                });
            }
        }
        let mut repeated = 0;
        let kinds = kinds.map(|mut all| {
            all.sort_by(|a, b| a.name.cmp(&b.name));
            all.dedup_by(|again, first| {
                let same = again.name == first.name;
                first.times += u32::from(same);
                same
            });
            repeated += all.iter().filter(|named| named.times > 1).count() as u32;
            Row::new(all.into_iter().map(|named| (Arc::new(named), Weight::default())))
        });
        Names {
            transform,
            nested,
            kinds,
            repeated,
        }
    }

    /// Sets what is known of a name that is declared `times` times, `first` being the first declaration.
    pub(super) fn set(&mut self, kind: NameKind, name: &str, times: u32, first: Option<Definition>) {
        let Some(row) = self.kinds.get_mut(kind as usize) else {
            return;
        };
        let at = row.partition_point(|named| *named.name < *name);
        let known = row.get(at).filter(|named| *named.name == *name);
        let before = known.map_or(0, |named| named.times);
        let known = known.is_some();
        let named = first.filter(|_| times > 0).map(|definition| Named {
            name: name.into(),
            definition,
            times,
        });
        let named = named
            .into_iter()
            .map(|named| (Arc::new(named), Weight::default()));
        row.splice(at..at + usize::from(known), named.collect());
        self.repeated -= u32::from(before > 1);
        self.repeated += u32::from(times > 1);
    }

    /// Whether a name is declared more than once.
    pub fn any_repeated(&self) -> bool {
        self.repeated > 0
    }

    pub fn get(&self, kind: NameKind, name: &str) -> Option<&Definition> {
        self.named(kind, name).map(|named| &named.definition)
    }

    pub fn has(&self, kind: NameKind, name: &str) -> bool {
        self.named(kind, name).is_some()
    }

    /// How many declarations of the name there are.
    pub fn times(&self, kind: NameKind, name: &str) -> u32 {
        self.named(kind, name).map_or(0, |named| named.times)
    }

    /// All names of a kind, sorted.
    pub fn of_kind(&self, kind: NameKind) -> impl Iterator<Item = (&str, &Definition)> {
        self.kinds
            .get(kind as usize)
            .into_iter()
            .flat_map(Row::iter)
            .map(|named| (&*named.name, &named.definition))
    }

    /// What `Ref` (and a name in `${…}`) finds under this name: parameter, then resource, then local.
    pub fn resolve(&self, name: &str) -> Option<(NameKind, &Definition)> {
        [NameKind::Parameter, NameKind::Resource, NameKind::Local]
            .into_iter()
            .find_map(|kind| Some((kind, self.get(kind, name)?)))
    }

    fn named(&self, kind: NameKind, name: &str) -> Option<&Named> {
        let row = self.kinds.get(kind as usize)?;
        let at = row.partition_point(|named| *named.name < *name);
        row.get(at)
            .map(|named| &**named)
            .filter(|named| *named.name == *name)
    }
}
