//! What differs between two versions of a template, as far as other chunks may care.

use super::facts::{Unit, UseKind};
use super::model::ChunkFacts;
use super::names::{Definition, NameKind};
use super::reads::Aspects;
use super::section::SectionKind;
use crate::syntax::reparse::Splice;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What differs between the models of two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The chunks whose facts were computed anew.
    pub splices: Vec<Splice>,
    /// Names that stand for something else now, or for nothing any more, or for the first time, or are declared more or
    /// less often.
    pub names: Vec<NameChange>,
    /// All names may mean something else.
    pub transform: bool,
    /// Other things are declared or used than before.
    pub links: bool,
    /// Something uses a declaration that it didn't use before.
    pub joins: bool,
}

/// A name that stands for something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameChange {
    pub kind: NameKind,
    pub name: Box<str>,
    /// What differs, as far as it is read; nothing where the name is only declared more or less often.
    pub aspects: Aspects,
}

/// Declarations that came and went.
#[derive(Default)]
pub(super) struct Declared {
    pub(super) names: BTreeMap<(NameKind, Box<str>), Declaration>,
    /// An entry of the root went or came.
    pub(super) root: bool,
    /// Other names are used, or in other places.
    pub(super) links: bool,
    /// The names that are used where they were not.
    pub(super) used: Vec<Box<str>>,
}

#[derive(Default)]
pub(super) struct Declaration {
    /// How many more there are.
    pub(super) by: i32,
    /// The last that came.
    pub(super) added: Option<Definition>,
}

impl Declared {
    /// Takes in that `old` chunks gave way to `new` ones.
    pub(super) fn compare(&mut self, old: &[Arc<ChunkFacts>], new: &[Arc<ChunkFacts>]) {
        self.root |= old.iter().chain(new).any(|facts| facts.root);
        self.compare_uses(old, new);
        let old = declarations(old);
        let new = declarations(new);
        let same_before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let (old, new) = (&old[same_before..], &new[same_before..]);
        let behind = old.iter().rev().zip(new.iter().rev());
        let same_behind = behind.take_while(|(old, new)| old == new).count();
        for (kind, name, _) in &old[..old.len() - same_behind] {
            self.names.entry((*kind, (*name).into())).or_default().by -= 1;
        }
        for (kind, name, definition) in &new[..new.len() - same_behind] {
            let change = self.names.entry((*kind, (*name).into())).or_default();
            change.by += 1;
            change.added = Some((*definition).clone());
        }
    }

    fn compare_uses(&mut self, old: &[Arc<ChunkFacts>], new: &[Arc<ChunkFacts>]) {
        if links(old).eq(links(new)) {
            return;
        }
        self.links = true;
        let before: HashSet<_> = links(old).collect();
        let fresh = links(new).filter(|link| !before.contains(link));
        self.used
            .extend(fresh.filter_map(|(_, _, used)| Some(used?.1.into())));
    }
}

fn declarations(facts: &[Arc<ChunkFacts>]) -> Vec<(NameKind, &str, &Definition)> {
    let units = facts.iter().flat_map(|facts| &facts.units);
    units.filter_map(Unit::declaration).collect()
}

/// All units and their uses, wherever they stand: each unit once alone, and once with each use.
fn links(facts: &[Arc<ChunkFacts>]) -> impl Iterator<Item = (SectionKind, &str, Option<(UseKind, &str)>)> {
    let units = facts.iter().flat_map(|facts| &facts.units);
    units.flat_map(|unit| {
        let uses = unit.uses.iter().map(|use_| Some((use_.kind, &*use_.name)));
        let all = std::iter::once(None).chain(uses);
        all.map(|use_| (unit.section, &*unit.name, use_))
    })
}
