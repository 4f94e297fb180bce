//! Outputs that read a resource which may not be made.

use super::declare::{Check, Family, LinkedContext, Rule};
use super::report::Report;
use crate::diagnostic::Severity;
use crate::template::{NameKind, SectionKind, UseKind};

pub(super) const FAMILY: Family = Family {
    rules: &[&CONDITIONAL_RESOURCE],
    check: Check::Linked(check),
};

const CONDITIONAL_RESOURCE: Rule = Rule {
    id: "ROS0904",
    name: "conditional-resource",
    severity: Severity::Information,
    about: "The output reads a resource that is made under a condition only, and has no condition itself. What it is worth \
            when there is no such resource, the service does not say: give the output the same `Condition`, or choose \
            with `Fn::If`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Condition: Hangzhou
Outputs:
  VpcId:
    Value:
      Ref: Vpc
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Condition: Hangzhou
Outputs:
  VpcId:
    Condition: Hangzhou
    Value:
      Ref: Vpc
",
    ..Rule::NONE
};

fn check(context: &LinkedContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Outputs {
        return;
    }
    // A condition of the output's own, or one that chooses inside its value, may be the same in other words.
    let uses = &context.facts().uses;
    if uses.iter().any(|use_| use_.kind == UseKind::Condition) {
        return;
    }
    for (use_, range) in context.unit.uses() {
        if !matches!(
            use_.kind,
            UseKind::Ref | UseKind::GetAtt | UseKind::SubName | UseKind::SubGetAtt
        ) {
            continue;
        }
        let names = context.names();
        let resource = names.get(NameKind::Resource, &use_.name);
        let condition = resource.and_then(|resource| resource.condition());
        let Some(condition) = condition.filter(|_| !names.has(NameKind::Parameter, &use_.name)) else {
            continue;
        };
        let message = format!(
            "`{}` is made only where `{condition}` holds: give this output `Condition: {condition}`",
            use_.name
        );
        report.add(&CONDITIONAL_RESOURCE, range, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn read_by_all_functions() {
        check(
            "
Conditions:
  有: !Equals [1, 1]
Resources:
  Vpc: {Type: ALIYUN::ECS::VPC, Condition: 有}
  Plain: {Type: ALIYUN::ECS::VPC}
Outputs:
  A: {Value: !Ref Vpc}
#                 ^^^ ROS0904 `Vpc` is made only where `有` holds
  B: {Value: !Sub '中${Vpc.VpcId}${Plain}'}
#                     ^^^ ROS0904
  C: {Value: [!GetAtt Vpc.VpcId]}
#                     ^^^ ROS0904
  D: {Value: !GetAtt Vpc.VpcId, Condition: 有}
  E: {Value: !If [有, !Ref Vpc, '']}
  F: {Value: !Ref Plain}
",
        );
    }
}
