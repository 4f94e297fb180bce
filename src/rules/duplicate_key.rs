//! The same key twice in one map.

use super::declare::{Check, ChunkContext, DocumentContext, Family, Rule};
use super::report::Report;
use crate::diagnostic::Severity;
use crate::syntax::{Entry, Kind, Node, NodeId};
use crate::template::{NameKind, SectionKind};
use std::borrow::Cow;
use std::collections::HashMap;

pub(super) const FAMILY: Family = Family {
    rules: &[&DUPLICATE_KEY],
    check: Check::Chunk(in_chunk),
};

pub(super) const SECTIONS: Family = Family {
    rules: &[],
    check: Check::Document(across_chunks),
};

const DUPLICATE_KEY: Rule = Rule {
    id: "ROS0003",
    name: "duplicate-key",
    severity: Severity::Warning,
    about: "A key occurs twice in the same map. Loaders keep the last one and drop the others without a word, so one of \
            the two is not what its author thinks.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
    Default: a
    Default: b
Outputs:
  Name:
    Value:
      Ref: Name
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
    Default: a
Resources: {}
Outputs:
  Name:
    Value:
      Ref: Name
",
    ..Rule::NONE
};

fn in_chunk(chunk: &ChunkContext<'_>, report: &mut Report) {
    for mapping in chunk.nodes_of(Kind::Mapping) {
        map(mapping, report);
    }
}

/// The root and its sections, whose entries are chunks of their own.
fn across_chunks(context: &DocumentContext<'_>, report: &mut Report) {
    let Some(root) = context.document.tree.root() else {
        return;
    };
    if root.id().index == NodeId::ROOT {
        map(root, report);
        let any_name = context.document.model.names().any_repeated();
        for section in root
            .entries()
            .filter(|section| section.value.id().index == NodeId::SECTION)
        {
            // Where the entries are known by name, the names tell.
            if any_name || !names_entries(section) {
                map(section.value, report);
            }
        }
    }
}

/// Whether the template's names are those of the section's entries.
fn names_entries(section: Entry<'_>) -> bool {
    let kind = section.key.text().and_then(|name| SectionKind::of(&name));
    kind.is_some_and(|kind| NameKind::of_section(kind).is_some())
}

/// Maps up to this size are compared key by key, which is faster than hashing.
const SMALL: usize = 12;

fn map(node: Node<'_>, report: &mut Report) {
    if node.entries().take(SMALL + 1).count() <= SMALL {
        let mut seen: [Option<(Cow<'_, str>, Entry<'_>)>; SMALL] = Default::default();
        for (index, entry) in node.entries().enumerate() {
            let Some(key) = key_of(entry) else { continue };
            match seen.iter().flatten().find(|(name, _)| *name == key) {
                Some((_, first)) => duplicate(&key, *first, entry, report),
                None => seen[index] = Some((key, entry)),
            }
        }
        return;
    }
    let mut seen: HashMap<Cow<'_, str>, Entry<'_>> = HashMap::new();
    for entry in node.entries() {
        let Some(key) = key_of(entry) else { continue };
        match seen.get(&key) {
            Some(first) => duplicate(&key, *first, entry, report),
            None => {
                seen.insert(key, entry);
            }
        }
    }
}

/// The key's text; merge keys may repeat, missing ones are a matter of syntax.
fn key_of(entry: Entry<'_>) -> Option<Cow<'_, str>> {
    entry.key.text().filter(|key| !key.is_empty() && key != "<<")
}

fn duplicate(key: &str, first: Entry<'_>, again: Entry<'_>, report: &mut Report) {
    report
        .at(
            &DUPLICATE_KEY,
            again.key,
            format!("`{key}` stands in this map already; loaders keep only the last value"),
        )
        .related(first.key.content_range(), "first here");
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn within_an_entry_and_across_entries() {
        check(
            "
Parameters:
  A:
    Type: String
    Default: a
    Default: b
#   ^^^^^^^ ROS0003 `Default` stands in this map already
  A:
# ^ ROS0003 `A` stands in this map already
    Type: String
Resources: {}
Outputs:
  甲: {Value: !Ref A}
",
        );
    }
}
