//! Pseudo parameters written as plain text.

use super::declare::{CallPlace, Check, Family, Rule, UnitContext};
use super::place::expressions;
use super::report::Report;
use crate::diagnostic::Severity;
use crate::language::pseudo;
use crate::syntax::Format;
use crate::template::Value;
use crate::text::edit::TextEdit;

pub(super) const FAMILY: Family = Family {
    rules: &[&PLAIN_PSEUDO_PARAMETER],
    check: Check::Unit(check),
};

const PLAIN_PSEUDO_PARAMETER: Rule = Rule {
    id: "ROS1025",
    name: "plain-pseudo-parameter",
    severity: Severity::Warning,
    about: "The name of a pseudo parameter stands here as a text. Its value is read with `Ref`, or as `${…}` in `Fn::Sub`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Region:
    Value: ALIYUN::Region
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Region:
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

fn check(context: &UnitContext<'_>, report: &mut Report) {
    for (node, place) in expressions(context.section(), context.entry) {
        match place {
            CallPlace::Literal | CallPlace::AssociationMetadata => {}
            CallPlace::Properties
            | CallPlace::Count
            | CallPlace::OutputValue
            | CallPlace::Condition
            | CallPlace::Rule
            | CallPlace::Local => walk(node.into(), report),
        }
    }
}

fn walk(value: Value<'_>, report: &mut Report) {
    if let Some(call) = value.call() {
        // What `Ref` names is a name, and so are the first items of some others.
        if !call.is("Ref") {
            walk(call.argument, report);
        }
        return;
    }
    if let Some(text) = value.literal() {
        if pseudo::find(&text).is_some() {
            plain(value, &text, report);
        }
        return;
    }
    for entry in value.entries() {
        walk(entry.value.into(), report);
    }
    for item in value.items() {
        walk(item, report);
    }
}

fn plain(value: Value<'_>, name: &str, report: &mut Report) {
    let reference = match value.node.format() {
        Format::Yaml => format!("{{Ref: '{name}'}}"),
        Format::Json => format!("{{\"Ref\": \"{name}\"}}"),
    };
    let finding = report.at(
        &PLAIN_PSEUDO_PARAMETER,
        value.node,
        format!("`{name}` is plain text here: read its value with `Ref`"),
    );
    // In short form the tag takes the whole node.
    if value.node.tag().is_none() {
        let edit = TextEdit::replace(value.node.range(), reference);
        finding.fix("Read it with `Ref`", vec![edit]);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn plain_text_and_references() {
        check(
            "
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: ALIYUN::StackName
#              ^^^^^^^^^^^^^^^^^ ROS1025 `ALIYUN::StackName` is plain text here
      Description: !Join ['-', [网络, 'ALIYUN::Region', !Ref ALIYUN::Region]]
#                                    ^^^^^^^^^^^^^^ ROS1025
Outputs:
  A: {Value: !Sub '${ALIYUN::Region}'}
",
        );
    }
}
