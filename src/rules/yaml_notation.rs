//! YAML notation that the service may not take: unknown short tags, anchors, aliases, merge keys.

use super::declare::{Check, ChunkContext, Family, Rule};
use super::report::{Report, unknown};
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
    about: "A short tag such as `!Ref` stands for a function, in exactly this spelling. The service can't read a template with \
            a tag that stands for none.",
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
                "write the value where it is needed: anchors are not documented for ROS templates",
            );
        }
    }
    for alias in chunk.nodes_of(Kind::Alias) {
        report.at(
            &ANCHOR,
            alias,
            "write the value here: aliases are not documented for ROS templates",
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
    // `!Fn::Join` mixes the two forms.
    let name = tag.replacen("!Fn::", "!", 1);
    let found = match function::by_tag(&name) {
        Some(function) => vec![function.tag],
        None => nearest(&name, function::ALL.iter().map(|function| function.tag)),
    };
    report
        .add(&UNKNOWN_TAG, range, unknown("tag", tag, &found))
        .suggest(&found);
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check_half_typed;

    #[test]
    fn tags_that_stand_for_nothing() {
        check_half_typed(
            "
Resources: {}
Outputs:
  A: {Value: !ref A}
#            ^^^^ ROS0005 unknown tag `!ref`; did you mean `!Ref`?
  B: {Value: !Fn::Join ['-', [a, b]]}
#            ^^^^^^^^^ ROS0005 unknown tag `!Fn::Join`; did you mean `!Join`?
  C: {Value: !Condition x}
#            ^^^^^^^^^^ ROS0005 unknown tag `!Condition`
",
        );
    }
}
