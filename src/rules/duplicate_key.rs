//! The same key twice in one map.

use super::declare::{Check, ChunkContext, DocumentContext, Family, Rule};
use super::report::Report;
use super::wording::shown;
use crate::diagnostic::Severity;
use crate::syntax::{Entry, Kind, Node, NodeId, Role};
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
            the two is not what its author thinks. Two sections, resources, parameters or the like of one name are an error: \
            whole definitions get lost.",
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
    let of_names = maps_of_names(chunk);
    for mapping in chunk.nodes_of(Kind::Mapping) {
        let severity = match of_names.contains(&mapping.id()) {
            true => Severity::Error,
            false => Severity::Warning,
        };
        map(mapping, severity, report);
    }
}

/// The root and the sections of names that stand in the chunk as a whole.
fn maps_of_names(chunk: &ChunkContext<'_>) -> Vec<NodeId> {
    let first = chunk.node(0);
    let section_of = |entry: Entry<'_>| names_entries(entry).then_some(entry.value.id());
    match chunk.chunk.role {
        Role::Whole => first
            .entries()
            .filter_map(section_of)
            .chain([first.id()])
            .collect(),
        Role::Entry => {
            let section = entry_of(chunk).and_then(section_of);
            section.into_iter().collect()
        }
        Role::Trivia | Role::SectionHead | Role::SectionEntry | Role::SectionTail => Vec::new(),
    }
}

/// The root's entry that the chunk is.
fn entry_of<'a>(chunk: &ChunkContext<'a>) -> Option<Entry<'a>> {
    let value = chunk.chunk.nodes.first()?.next;
    chunk.chunk.nodes.get(value as usize)?;
    Some(Entry {
        key: chunk.node(0),
        value: chunk.node(value),
    })
}

/// The root and its sections, whose entries are chunks of their own.
fn across_chunks(context: &DocumentContext<'_>, report: &mut Report) {
    let Some(root) = context.document.tree.root() else {
        return;
    };
    if root.id().index == NodeId::ROOT {
        map(root, Severity::Error, report);
        let any_name = context.document.model.names().any_repeated();
        for section in root
            .entries()
            .filter(|section| section.value.id().index == NodeId::SECTION)
        {
            // Where the entries are known by name, the names tell.
            let of_names = names_entries(section);
            if any_name || !of_names {
                let severity = if of_names {
                    Severity::Error
                } else {
                    Severity::Warning
                };
                map(section.value, severity, report);
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

fn map(node: Node<'_>, severity: Severity, report: &mut Report) {
    if node.entries().take(SMALL + 1).count() <= SMALL {
        let mut seen: [Option<(Cow<'_, str>, Entry<'_>)>; SMALL] = Default::default();
        for (index, entry) in node.entries().enumerate() {
            let Some(key) = key_of(entry) else { continue };
            match seen.iter().flatten().find(|(name, _)| *name == key) {
                Some((_, first)) => duplicate(&key, *first, entry, severity, report),
                None => seen[index] = Some((key, entry)),
            }
        }
        return;
    }
    let mut seen: HashMap<Cow<'_, str>, Entry<'_>> = HashMap::new();
    for entry in node.entries() {
        let Some(key) = key_of(entry) else { continue };
        match seen.get(&key) {
            Some(first) => duplicate(&key, *first, entry, severity, report),
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

fn duplicate(key: &str, first: Entry<'_>, again: Entry<'_>, severity: Severity, report: &mut Report) {
    let message = match severity {
        Severity::Error => format!("{} is defined twice: only the last one counts", shown(key)),
        _ => format!(
            "{} is given twice in this map: only the last one counts",
            shown(key)
        ),
    };
    report
        .at(&DUPLICATE_KEY, again.key, message)
        .severity(severity)
        .related(first.key.content_range(), "first here");
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::document::Document;
    use crate::rules::fixture::{check, findings};
    use crate::syntax::Format;

    #[test]
    fn definitions_are_errors_however_the_template_is_written() {
        let cut = "Resources:\n  A: {Type: ALIYUN::ECS::VPC}\n  A: {Type: ALIYUN::ECS::VPC, Metadata: {a: 1, a: 2}}\nOutputs:\nOutputs: {}\n";
        let flow = "Resources: {A: {Type: ALIYUN::ECS::VPC}, A: {Type: ALIYUN::ECS::VPC, Metadata: {a: 1, a: 2}}}\nOutputs:\nOutputs: {}\n";
        let version = "ROSTemplateFormatVersion: '2015-09-01'\n";
        let whole = "{ROSTemplateFormatVersion: '2015-09-01', Resources: {A: {Type: ALIYUN::ECS::VPC}, A: {Type: ALIYUN::ECS::VPC, Metadata: {a: 1, a: 2}}}, Outputs: , Outputs: {}}\n";
        for text in [
            format!("{version}{cut}"),
            format!("{version}{flow}"),
            whole.to_owned(),
        ] {
            let found = findings(&Document::new(&text, Format::Yaml));
            let severities: Vec<_> = found.iter().map(|f| (f.id, f.severity)).collect();
            let (error, warning) = (("ROS0003", Severity::Error), ("ROS0003", Severity::Warning));
            assert_eq!(severities, [error, warning, error], "{text}");
        }
    }

    #[test]
    fn within_an_entry_and_across_entries() {
        check(
            "
Parameters:
  A:
    Type: String
    Default: a
    Default: b
#   ^^^^^^^ ROS0003 `Default` is given twice in this map
  A:
# ^ ROS0003 `A` is defined twice
    Type: String
Resources: {}
Outputs:
  甲: {Value: !Ref A}
",
        );
    }
}
