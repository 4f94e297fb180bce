//! YAML notation that the service may not take: unknown short tags, anchors, aliases, merge keys.

use super::declare::{Check, DocumentContext, Family, Rule};
use super::report::{Report, did_you_mean};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::function;
use crate::syntax::{Format, Kind, Node, NodeId};

pub(super) const FAMILY: Family = Family {
    rules: &[&UNKNOWN_TAG, &ANCHOR],
    check: Check::Document(check),
};

const UNKNOWN_TAG: Rule = Rule {
    id: "ROS0005",
    name: "unknown-tag",
    severity: Severity::Warning,
    about: "A short tag such as `!Ref` stands for a function. This one stands for none that is known.",
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

fn check(context: &DocumentContext<'_>, report: &mut Report) {
    let tree = &context.document.tree;
    if tree.format() == Format::Json {
        return;
    }
    for (chunk_index, chunk) in tree.chunks()[..tree.document_end()].iter().enumerate() {
        let node = |index: u32| {
            tree.node(NodeId {
                chunk: chunk_index as u32,
                index,
            })
        };
        for (index, _) in &chunk.properties {
            tag(node(*index), report);
            if let Some(range) = node(*index).anchor_range() {
                report.add(
                    &ANCHOR,
                    range,
                    "anchors are not documented for ROS templates; write the value where it is needed",
                );
            }
        }
        for (index, raw) in chunk.nodes.iter().enumerate() {
            if raw.kind == Kind::Alias {
                report.at(
                    &ANCHOR,
                    node(index as u32),
                    "aliases are not documented for ROS templates; write the value here",
                );
            }
        }
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
            format!("`{tag}` stands for no function{}", did_you_mean(&found)),
        )
        .suggest(&found);
}
