//! Names of conditions that do not exist.

use super::declare::{Check, Family, LinkedContext, Rule};
use super::report::{Report, did_you_mean};
use crate::catalog::suggest::nearest;
use crate::syntax::Kind;
use crate::template::{NameKind, SectionKind, Transform, UseKind, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&UNDEFINED_CONDITION, &CONDITION_ATTRIBUTE],
    check: Check::Linked(check),
};

const UNDEFINED_CONDITION: Rule = Rule {
    id: "ROS0406",
    name: "undefined-condition",
    about: "A text in `Fn::And`, `Fn::Or`, `Fn::Not` and at the front of `Fn::If` is the name of a condition of the same \
            template.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Ref: ALIYUN::Region
      - cn-hangzhou
Resources: {}
Outputs:
  Zone:
    Value:
      Fn::If: [HangZhou, cn-hangzhou-i, cn-beijing-a]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Ref: ALIYUN::Region
      - cn-hangzhou
Resources: {}
Outputs:
  Zone:
    Value:
      Fn::If: [Hangzhou, cn-hangzhou-i, cn-beijing-a]
",
    ..Rule::NONE
};

const CONDITION_ATTRIBUTE: Rule = Rule {
    id: "ROS0712",
    name: "condition-attribute",
    about: "The `Condition` of a resource or output is the name of a condition of the same template, as plain text.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Condition:
      Fn::Equals:
        - Ref: ALIYUN::Region
        - cn-hangzhou
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Ref: ALIYUN::Region
      - cn-hangzhou
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Condition: Hangzhou
",
    ..Rule::NONE
};

fn check(context: &LinkedContext<'_>, report: &mut Report) {
    let names = context.names();
    if names.transform == Transform::Terraform {
        return;
    }
    let attribute = match context.section() {
        SectionKind::Resources | SectionKind::Outputs => context.entry.value.entry("Condition"),
        _ => None,
    };
    if let Some(attribute) = attribute {
        let value = Value::from(attribute.value);
        let text = value.literal().is_some() || value.is_null() || value.kind() == Kind::Alias;
        if !text {
            let message = "`Condition` must be the name of a condition, as plain text";
            report.at(&CONDITION_ATTRIBUTE, attribute.key, message);
        }
    }
    for (use_, range) in context.unit.uses() {
        let name = &*use_.name;
        // Whether the service takes a plain truth for a condition is not documented.
        let truth = name.eq_ignore_ascii_case("true") || name.eq_ignore_ascii_case("false");
        if use_.kind != UseKind::Condition || names.has(NameKind::Condition, name) || truth {
            continue;
        }
        let in_attribute = attribute.is_some_and(|attribute| attribute.value.range().contains_range(range));
        let rule = if in_attribute {
            &CONDITION_ATTRIBUTE
        } else {
            &UNDEFINED_CONDITION
        };
        let found = nearest(name, names.names_of_kind(NameKind::Condition));
        let message = format!("no condition named `{name}`{}", did_you_mean(&found));
        report.add(rule, range, message).suggest(&found);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn everywhere_a_condition_is_named() {
        check(
            "
Conditions:
  主区: !Equals [!Ref ALIYUN::Region, cn-hangzhou]
# ^^ ROS0410
  Other: !Not [{Fn::Or: [主, {Fn::Equals: [text, 主]}]}]
# ^^^^^ ROS0410
#                        ^ ROS0406 no condition named `主`; did you mean `主区`?
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Condition: 主
#              ^ ROS0712 no condition named `主`; did you mean `主区`?
    Properties:
      VpcName: !If [Othr, aa, bb]
#                   ^^^^ ROS0406 no condition named `Othr`; did you mean `Other`?
Outputs:
  A:
    Condition: [主区]
#   ^^^^^^^^^ ROS0712 `Condition` must be the name of a condition
    Value: a
",
        );
    }

    #[test]
    fn half_typed() {
        check(
            "
Conditions:
  A: !Equals [a, b]
Resources: {}
Outputs:
  A:
    Condition:
    Value: !If [A, b, c]
",
        );
    }
}
