//! Conditions: what may stand in one, and which functions.

use super::declare::{Check, Family, LinkedContext, Rule};
use super::report::{Report, one_of};
use super::wording::value_or_kind;
use crate::diagnostic::Severity;
use crate::language::function::{self, Places};
use crate::template::{Call, NameKind, SectionKind, UseKind, Value, call};

pub(super) const FAMILY: Family = Family {
    rules: &[&CONDITION_SHAPE, &OUTERMOST_FUNCTION, &RESOURCE_IN_CONDITION],
    check: Check::Linked(check),
};

const CONDITION_SHAPE: Rule = Rule {
    id: "ROS0401",
    name: "condition-shape",
    about: "A condition is one function: `Fn::Equals`, `Fn::And`, `Fn::Or` or `Fn::Not`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Always: true
Resources: {}
Outputs:
  Region:
    Condition: Always
    Value:
      Ref: ALIYUN::Region
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
  Region:
    Condition: Hangzhou
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

const OUTERMOST_FUNCTION: Rule = Rule {
    id: "ROS0402",
    name: "condition-function",
    about: "The outermost function of a condition is `Fn::Equals`, `Fn::And`, `Fn::Or` or `Fn::Not`; the service knows no \
            others there. `Ref` to a boolean parameter or local works too, though not documented; what `Fn::FindInMap` \
            gives is no truth, which is a warning.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Str: 1
Resources: {}
Outputs:
  Region:
    Condition: Hangzhou
    Value:
      Ref: ALIYUN::Region
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Fn::Str: 1
      - '1'
Resources: {}
Outputs:
  Region:
    Condition: Hangzhou
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

/// Reported with the arguments of the other functions.
pub(super) const AND_OR_ITEMS: Rule = Rule {
    id: "ROS0403",
    name: "and-or-items",
    about: "`Fn::And` and `Fn::Or` join a list of two or more conditions.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Ref: ALIYUN::Region
      - cn-hangzhou
  Both:
    Fn::And: [Hangzhou]
Resources: {}
Outputs:
  Region:
    Condition: Both
    Value:
      Ref: ALIYUN::Region
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Ref: ALIYUN::Region
      - cn-hangzhou
  Either:
    Fn::Or:
      - Hangzhou
      - Fn::Equals:
          - Ref: ALIYUN::Region
          - cn-beijing
Resources: {}
Outputs:
  Region:
    Condition: Either
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

/// Reported with the arguments of the other functions.
pub(super) const EQUALS_ITEMS: Rule = Rule {
    id: "ROS0404",
    name: "equals-items",
    about: "`Fn::Equals` compares exactly two values.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Condition: Hangzhou
    Value:
      Ref: ALIYUN::Region
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
  Region:
    Condition: Hangzhou
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

/// Reported with the arguments of the other functions.
pub(super) const NOT_ITEMS: Rule = Rule {
    id: "ROS0405",
    name: "not-items",
    about: "`Fn::Not` turns one condition round.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Ref: ALIYUN::Region
      - cn-hangzhou
  Elsewhere:
    Fn::Not: [Hangzhou, Hangzhou]
Resources: {}
Outputs:
  Region:
    Condition: Elsewhere
    Value:
      Ref: ALIYUN::Region
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Ref: ALIYUN::Region
      - cn-hangzhou
  Elsewhere:
    Fn::Not: [Hangzhou]
Resources: {}
Outputs:
  Region:
    Condition: Elsewhere
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

const RESOURCE_IN_CONDITION: Rule = Rule {
    id: "ROS0408",
    name: "resource-in-condition",
    about: "Conditions are worked out before any resource exists: they can read parameters, not resources.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Made:
    Fn::Equals:
      - Ref: Vpc
      - ''
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  Region:
    Condition: Made
    Value:
      Ref: ALIYUN::Region
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  VpcId:
    Type: String
Conditions:
  Make:
    Fn::Equals:
      - Ref: VpcId
      - ''
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Condition: Make
",
    ..Rule::NONE
};

fn check(context: &LinkedContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Conditions {
        return;
    }
    let value = Value::from(context.entry.value);
    match value.call() {
        Some(call) => outermost(context, &call, report),
        None if mixes_function(value) => {}
        None => {
            let message = format!(
                "condition `{}` must be a function such as `Fn::Equals`, not {}",
                context.facts().name,
                value_or_kind(value)
            );
            report
                .at(&CONDITION_SHAPE, context.entry.key, message)
                .unfinished_if(value.is_null());
        }
    }
    for (use_, range) in context.unit.uses() {
        let names = context.names();
        let resource = match use_.kind {
            UseKind::Ref | UseKind::SubName => {
                matches!(names.resolve(&use_.name), Some((NameKind::Resource, _)))
            }
            // Whatever has attributes: data sources among the locals, too.
            UseKind::GetAtt | UseKind::SubGetAtt => [NameKind::Resource, NameKind::Local]
                .into_iter()
                .any(|kind| names.has(kind, &use_.name)),
            _ => false,
        };
        if resource {
            let message = format!(
                "a condition can't read `{}`: it is worked out before any resource exists",
                use_.name
            );
            report.add(&RESOURCE_IN_CONDITION, range, message);
        }
    }
}

/// A map of a function and other keys is a finding of its own.
fn mixes_function(value: Value<'_>) -> bool {
    value
        .entries()
        .any(|entry| entry.key.text().is_some_and(|key| call::is_function_name(&key)))
}

fn outermost(context: &LinkedContext<'_>, call: &Call<'_>, report: &mut Report) {
    let roots = || one_of(["Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not"]);
    let (message, severity) = match &*call.name {
        "Ref" => {
            let Some(name) = call.argument.literal() else {
                return;
            };
            let parameter = context.names().get(NameKind::Parameter, &name);
            match parameter.and_then(|parameter| parameter.type_name()) {
                // The text of a parameter may be a truth to the service.
                Some(type_name) if type_name != "Boolean" => {
                    let message =
                        format!("a condition must be true or false: parameter `{name}` is a `{type_name}`");
                    (message, Severity::Warning)
                }
                _ => return,
            }
        }
        // Machine-made around conditions of expanded modules.
        "Fn::TransformNamespace" => return,
        name if function::find(name).is_none_or(|function| function.places.contains(Places::CONDITIONS)) => {
            return;
        }
        // The service knows it there, but mappings have texts and numbers.
        name @ "Fn::FindInMap" => {
            let message = format!("`{name}` gives no truth: start a condition with {}", roots());
            (message, Severity::Warning)
        }
        // The page on conditions lists four functions for the outermost place, and iac-code's offline validator refuses
        // all others, `Fn::If` and those that give a truth included.
        name => {
            let message = format!("`{name}` can't start a condition: use {}", roots());
            (message, Severity::Error)
        }
    };
    report
        .add(&OUTERMOST_FUNCTION, call.name_range, message)
        .severity(severity);
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn what_a_condition_is() {
        check(
            "
Parameters:
  甲乙: {Type: String}
# ^^ ROS0204
  Chosen: {Type: Boolean}
Conditions:
  A: !Ref Chosen
  B: !Ref 甲乙
#    ^^^^ ROS0402 a condition must be true or false: parameter `甲乙` is a `String`
  C: text
# ^ ROS0401 condition `C` must be a function such as `Fn::Equals`, not `text`
  D: {Fn::Join: [',', [a]]}
#     ^^^^^^^^ ROS0402 `Fn::Join` can't start a condition: use `Fn::Equals`, `Fn::And`, `Fn::Or` or `Fn::Not`
  E: {Fn::Not: [A, B]}
#     ^^^^^^^ ROS0405 `Fn::Not` takes
  F: {Fn::And: [C]}
#     ^^^^^^^ ROS0403 `Fn::And` takes a list
  G: {Fn::Equals: [1, 2, 3]}
#     ^^^^^^^^^^ ROS0404 `Fn::Equals` takes `[left, right]`, not 3 items
  H: {Fn::Equals: [{Fn::GetAZs: x}, null]}
#                   ^^^^^^^^^^ ROS0409 `Fn::GetAZs` is not documented
  I: {Fn::Not: {Fn::Or: [D, E, F, G, H]}}
Resources: {}
Outputs:
  A: {Condition: I, Value: !Ref 甲乙}
",
        );
    }

    #[test]
    fn half_typed() {
        check(
            "
Conditions:
  A:
# ^ ROS0401
  B:
    Fn::Equals:
#   ^^^^^^^^^^ ROS0404
  C:
    Fn::And:
#   ^^^^^^^ ROS0403 `condition` of `Fn::And` is empty
      - A
      -
  D: !Or [B, C]
Resources: {}
Outputs:
  A: {Condition: D, Value: a}
",
        );
    }

    #[test]
    fn what_a_condition_reads() {
        check(
            "
Parameters:
  Both: {Type: String}
Locals:
  Computed: {Type: Eval, Value: !Ref Both}
Conditions:
  A: !Equals [!Ref Both, !Ref Computed]
  B: !Not {Fn::Equals: [!Sub '${Wait}', {Fn::GetAtt: [Wait, Data]}]}
#                               ^^^^ ROS0408 a condition can't read `Wait`
#                                                     ^^^^ ROS0408
#                       ^^^^ ROS0409 a condition can't use `Fn::Sub`
Resources:
  Wait:
    Type: ALIYUN::ROS::WaitCondition
    Condition: A
    Properties: {Count: 1, Handle: a, Timeout: 10}
  Both:
    Type: ALIYUN::ROS::WaitCondition
    Condition: B
    Properties: {Count: 1, Handle: a, Timeout: 10}
",
        );
    }
}
