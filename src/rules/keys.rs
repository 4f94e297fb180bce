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

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::rules::fixture::findings;
    use crate::syntax::Format;

    /// The findings of a template with these lines, as id and whether they wait for the author.
    fn found(lines: &str) -> Vec<(&'static str, bool)> {
        let text = format!("ROSTemplateFormatVersion: '2015-09-01'\nResources: {{}}\n{lines}");
        let findings = findings(&Document::new(&text, Format::Yaml));
        let told = findings.iter().filter(|finding| !finding.unnecessary);
        told.map(|finding| (finding.id, finding.unfinished)).collect()
    }

    #[test]
    fn what_is_missing_waits_for_the_author() {
        let missing = [
            ("Parameters:\n  A:\n", "ROS0201"),
            ("Parameters:\n  A:\n    Type:\n", "ROS0202"),
            ("Parameters:\n  A:\n    Description: a\n", "ROS0202"),
            ("Parameters:\n  A:\n    Type: String\n    NoEcho:\n", "ROS0246"),
            (
                "Parameters:\n  A:\n    Type: String\n    AllowedValues:\n",
                "ROS0206",
            ),
            ("Mappings:\n  A:\n", "ROS0302"),
            ("Conditions:\n  A:\n", "ROS0401"),
            ("Rules:\n  A:\n", "ROS0501"),
            (
                "Rules:\n  A:\n    Assertions:\n      - AssertDescription: a\n",
                "ROS0503",
            ),
            ("Locals:\n  A:\n", "ROS0601"),
            ("Outputs:\n  A:\n", "ROS0902"),
            ("Outputs:\n  A:\n    Value:\n", "ROS0901"),
            ("Outputs:\n  A:\n    Description: a\n", "ROS0901"),
            ("Outputs:\n  A:\n    Value: 1\n    Condition:\n", "ROS0712"),
            ("Outputs:\n  A:\n    Value:\n      Ref:\n", "ROS1004"),
            ("Outputs:\n  A:\n    Value:\n      Fn::If:\n", "ROS1015"),
            (
                "Outputs:\n  A:\n    Value:\n      Fn::Join:\n        - a\n",
                "ROS1016",
            ),
            ("Outputs:\n  A:\n    Value:\n      Fn::FindInMap:\n", "ROS1014"),
        ];
        for (lines, id) in missing {
            assert_eq!(found(lines), [(id, true)], "{lines}");
        }
    }

    #[test]
    fn what_is_wrong_does_not_wait() {
        let wrong = [
            ("Parameters:\n  A: text\n", "ROS0201"),
            ("Parameters:\n  A: {Typ: String}\n", "ROS0202"),
            ("Outputs:\n  A: {Valeu: a}\n", "ROS0901"),
            ("Outputs:\n  A: {Value: {Fn::Join: [a, b]}}\n", "ROS1016"),
        ];
        for (lines, id) in wrong {
            assert_eq!(found(lines), [(id, false)], "{lines}");
        }
    }
}
