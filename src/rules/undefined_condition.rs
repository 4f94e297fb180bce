//! Names of conditions that do not exist.

use super::declare::{Check, Family, LinkedContext, Rule};
use super::report::{Report, did_you_mean};
use super::wording::{kind_of, odd_characters, shown};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
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
        if value.is_null() {
            // Whether an empty name means no condition is not documented.
            report
                .at(
                    &CONDITION_ATTRIBUTE,
                    attribute.key,
                    "`Condition` is empty: it must be the name of a condition",
                )
                .severity(Severity::Warning)
                .unfinished();
        } else if !text {
            let message = format!(
                "`Condition` must be the name of a condition, not {}",
                kind_of(value)
            );
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
        // A condition that names itself is none.
        let own = (context.section() == SectionKind::Conditions).then_some(&*context.facts().name);
        let candidates = names.names_of_kind(NameKind::Condition);
        let found = nearest(name, candidates.filter(|candidate| Some(*candidate) != own));
        let other = [NameKind::Parameter, NameKind::Local, NameKind::Mapping]
            .into_iter()
            .find(|kind| names.has(*kind, name));
        let message = match other {
            Some(kind) if found.is_empty() => {
                format!("`{name}` must be a condition: it is a {}", kind.word())
            }
            _ => format!(
                "no condition named {}{}{}",
                shown(name),
                odd_characters(name),
                did_you_mean(&found)
            ),
        };
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
#   ^^^^^^^^^ ROS0712 `Condition` must be the name of a condition, not a list
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
#   ^^^^^^^^^ ROS0712 `Condition` is empty
    Value: !If [A, b, c]
",
        );
    }
}
