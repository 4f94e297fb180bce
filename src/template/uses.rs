//! Which names a template uses, and as what: the other half of [`super::names`].

use super::facts::{Unit, UseKind};
use super::names::NameKind;
use super::section::SectionKind;
use crate::syntax::row::{Row, Weight};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The used names of one template. Cheap to copy: versions of a document share what did not change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Sorted by name.
    row: Row<Arc<Used>>,
}

/// How often a name is used, by [`Role`].
#[derive(Clone, Debug, PartialEq, Eq)]
struct Used {
    name: Box<str>,
    times: [u32; ROLES],
}

/// What a name is used as.
#[derive(Clone, Copy)]
enum Role {
    /// Read by `Ref` and its like. What the name stands for may be found out elsewhere; here it may be anything that has
    /// a value.
    Value,
    Condition,
    Mapping,
    /// Read by the console, to filter the candidates of another parameter.
    Metadata,
    /// Waited for, by name.
    Dependency,
}

/// Number of [`Role`]s.
const ROLES: usize = 5;

/// Uses that came, less those that went.
#[derive(Debug, Default)]
pub(super) struct Difference<'u> {
    names: BTreeMap<&'u str, [i32; ROLES]>,
}

impl Uses {
    pub fn of<'u>(units: impl Iterator<Item = &'u Unit>) -> Self {
        let mut difference = Difference::default();
        for unit in units {
            difference.add(unit, 1);
        }
        let used = difference.names.into_iter().map(|(name, by)| Used {
            name: name.into(),
            times: by.map(|by| by.max(0) as u32),
        });
        Uses {
            row: Row::new(used.map(|used| (Arc::new(used), Weight::default()))),
        }
    }

    /// Whether something may use this declaration.
    pub fn of_declaration(&self, kind: NameKind, name: &str) -> bool {
        let at = self.row.partition_point(|used| *used.name < *name);
        let Some(used) = self.row.get(at).filter(|used| *used.name == *name) else {
            return false;
        };
        let role = |role: Role| used.times.get(role as usize).is_some_and(|times| *times > 0);
        match kind {
            NameKind::Parameter => role(Role::Value) || role(Role::Metadata),
            NameKind::Local => role(Role::Value),
            NameKind::Resource => role(Role::Value) || role(Role::Dependency),
            NameKind::Condition => role(Role::Condition),
            NameKind::Mapping => role(Role::Mapping),
            NameKind::Rule | NameKind::Output => false,
        }
    }

    pub(super) fn apply(&mut self, difference: &Difference<'_>) {
        for (name, by) in &difference.names {
            if *by == [0; ROLES] {
                continue;
            }
            let at = self.row.partition_point(|used| *used.name < **name);
            let known = self.row.get(at).filter(|used| *used.name == **name);
            let mut times = known.map_or([0; ROLES], |used| used.times);
            for (times, by) in times.iter_mut().zip(by) {
                *times = times.saturating_add_signed(*by);
            }
            let replaced = at..at + usize::from(known.is_some());
            let used = (times != [0; ROLES]).then(|| Used {
                name: (*name).into(),
                times,
            });
            let used = used.into_iter().map(|used| (Arc::new(used), Weight::default()));
            self.row.splice(replaced, used.collect());
        }
    }
}

impl<'u> Difference<'u> {
    /// Counts the uses of a unit `by` more or less.
    pub(super) fn add(&mut self, unit: &'u Unit, by: i32) {
        for use_ in &unit.uses {
            let name = &*use_.name;
            let (role, name) = match use_.kind {
                UseKind::Ref | UseKind::GetAtt | UseKind::SubName | UseKind::SubGetAtt => (Role::Value, name),
                UseKind::Condition => (Role::Condition, name),
                UseKind::Mapping => (Role::Mapping, name),
                UseKind::MetadataName | UseKind::MetadataBareName | UseKind::MetadataText => {
                    if unit.section == SectionKind::Parameters && *unit.name == *name {
                        continue;
                    }
                    (Role::Metadata, name.trim())
                }
                UseKind::DependsOn => (Role::Dependency, name),
                UseKind::SubVariable
                | UseKind::InterfaceParameter
                | UseKind::InterfaceHidden
                | UseKind::InterfaceOutput => continue,
            };
            let times = self.names.entry(name).or_default();
            if let Some(times) = times.get_mut(role as usize) {
                *times += by;
            }
        }
    }
}
