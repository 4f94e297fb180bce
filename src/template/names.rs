//! What a template's names stand for: the index that references are resolved in.

use super::section::Transform;
use std::collections::BTreeMap;
use std::collections::HashMap;

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
}

/// All names of one template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub transform: Transform,
    /// Whether this is the body of a nested stack.
    pub nested: bool,
    map: HashMap<NameKind, BTreeMap<Box<str>, Definition>>,
}

impl Names {
    /// No names yet.
    pub fn new(transform: Transform, nested: bool) -> Self {
        Names {
            transform,
            nested,
            map: HashMap::new(),
        }
    }

    /// Adds a name; of several declarations the first counts.
    pub fn define(&mut self, kind: NameKind, name: &str, definition: Definition) {
        self.map
            .entry(kind)
            .or_default()
            .entry(name.into())
            .or_insert(definition);
    }

    pub fn get(&self, kind: NameKind, name: &str) -> Option<&Definition> {
        self.map.get(&kind)?.get(name)
    }

    pub fn has(&self, kind: NameKind, name: &str) -> bool {
        self.get(kind, name).is_some()
    }

    /// All names of a kind, sorted.
    pub fn of_kind(&self, kind: NameKind) -> impl Iterator<Item = (&str, &Definition)> {
        self.map
            .get(&kind)
            .into_iter()
            .flatten()
            .map(|(name, definition)| (&**name, definition))
    }

    /// What `Ref` (and a name in `${…}`) finds under this name: parameter, then resource, then local.
    pub fn resolve(&self, name: &str) -> Option<(NameKind, &Definition)> {
        [NameKind::Parameter, NameKind::Resource, NameKind::Local]
            .into_iter()
            .find_map(|kind| Some((kind, self.get(kind, name)?)))
    }
}
