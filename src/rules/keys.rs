//! The keys of an entry's map against those that it may have.

use super::declare::Rule;
use super::report::{Report, did_you_mean};
use super::wording::{odd_characters, shown};
use crate::catalog::suggest::nearest;
use crate::language::attribute::Attribute;
use crate::syntax::{Entry, Node};

/// What is expected of a map.
pub(super) struct Keys<'k> {
    /// "a parameter".
    pub(super) owner: &'k str,
    pub(super) known: &'k [Attribute],
    /// The entry's type: what belongs to other types is not suggested.
    pub(super) type_name: Option<&'k str>,
    /// Without it the entry means nothing.
    pub(super) required: Option<&'k str>,
    /// A key that is none of the known ones.
    pub(super) unknown: &'static Rule,
    /// The required key is missing or misspelt.
    pub(super) missing: &'static Rule,
}

impl Keys<'_> {
    /// Reports the keys that the map can't have. Returns whether the required key is there, if only misspelt: then it
    /// has been reported, once.
    pub(super) fn check(&self, map: Node<'_>, report: &mut Report) -> bool {
        let mut there = self.required.is_none_or(|name| map.entry(name).is_some());
        for entry in map.entries() {
            let Some(name) = entry.key.text().filter(|name| !name.is_empty()) else {
                continue;
            };
            if name == "<<" {
                // A merged map may bring it.
                there = true;
            } else if !self.known.iter().any(|attribute| attribute.name == name) {
                there |= self.unknown(map, entry, &name, there, report);
            }
        }
        there
    }

    /// Reports an unknown key. Returns whether it is the required one, misspelt.
    fn unknown(&self, map: Node<'_>, entry: Entry<'_>, name: &str, there: bool, report: &mut Report) -> bool {
        let found = nearest(name, self.candidates(map));
        let owner = self.owner;
        if let Some(required) = self
            .required
            .filter(|required| !there && found.first() == Some(required))
        {
            let message = format!(
                "`{required}` is missing: {owner} needs it; did you mean it by {}?{}",
                shown(name),
                odd_characters(name)
            );
            report.at(self.missing, entry.key, message).suggest(&[required]);
            return true;
        }
        let message = format!(
            "{owner} has no {}{}{}",
            shown(name),
            odd_characters(name),
            did_you_mean(&found)
        );
        report.at(self.unknown, entry.key, message).suggest(&found);
        false
    }

    /// What may be meant by an unknown key: what may stand there and does not yet.
    fn candidates(&self, map: Node<'_>) -> impl Iterator<Item = &'static str> {
        let fits = |attribute: &Attribute| {
            self.type_name
                .is_none_or(|type_name| attribute.applies_to(type_name))
                && map.entry(attribute.name).is_none()
        };
        let names: Vec<&'static str> = self
            .known
            .iter()
            .filter(|attribute| fits(attribute))
            .map(|attribute| attribute.name)
            .collect();
        names.into_iter()
    }
}
