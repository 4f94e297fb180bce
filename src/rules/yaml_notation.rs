//! YAML notation that the service may not take: unknown short tags, anchors, aliases, merge keys.

use super::declare::{Check, ChunkContext, Family, Rule};
use super::report::{Report, did_you_mean};
use super::wording::{odd_characters, shown};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::function;
use crate::syntax::{Format, Kind, Node};

pub(super) const FAMILY: Family = Family {
    rules: &[&UNKNOWN_TAG, &ANCHOR],
    check: Check::Chunk(check),
};

const UNKNOWN_TAG: Rule = Rule {
    id: "ROS0005",
    name: "unknown-tag",
    severity: Severity::Error,
    about: "A short tag such as `!Ref` stands for a function, upper and lower case included. This one stands for none: the \
            service can't load the template.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  A:
    Value: !Reff ALIYUN::Region
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  A:
    Value: !Ref ALIYUN::Region
",
    yaml_only: true,
};

const ANCHOR: Rule = Rule {
    id: "ROS0007",
    name: "yaml-anchor",
    severity: Severity::Warning,
    about: "Anchors, aliases and merge keys are YAML, but no documentation says that the service reads them in a \
            template, and a template with them has no JSON form.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  A: &a
    Value: 1
  B: *a
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  A:
    Value: 1
  B:
    Value: 1
",
    yaml_only: true,
};

fn check(chunk: &ChunkContext<'_>, report: &mut Report) {
    if chunk.chunk.format == Format::Json {
        return;
    }
    for node in chunk.chunk.properties.iter().map(|(index, _)| chunk.node(*index)) {
        tag(node, report);
        if let Some(range) = node.anchor_range() {
            report.add(
                &ANCHOR,
                range,
                "anchors are not documented for ROS templates; write the value where it is needed",
            );
        }
    }
    for alias in chunk.nodes_of(Kind::Alias) {
        report.at(
            &ANCHOR,
            alias,
            "aliases are not documented for ROS templates; write the value here",
        );
    }
}

fn tag(node: Node<'_>, report: &mut Report) {
    let (Some(tag), Some(range)) = (node.tag(), node.tag_range()) else {
        return;
    };
    // `!!str` and `!<…>` are YAML's own; a lone `!` means nothing.
    if !tag[1..].starts_with(|c: char| c.is_ascii_alphabetic()) || function::by_tag(tag).is_some() {
        return;
    }
    let found = nearest(tag, function::ALL.iter().map(|function| function.tag));
    report
        .add(
            &UNKNOWN_TAG,
            range,
            format!(
                "no function has the tag {}{}{}",
                shown(tag),
                odd_characters(tag),
                did_you_mean(&found)
            ),
        )
        .suggest(&found);
}
