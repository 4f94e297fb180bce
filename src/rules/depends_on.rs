//! `DependsOn`: targets that exist, that are others, and that aren't implied already.

use super::declare::{Check, Family, LinkedContext, Rule};
use super::report::{Report, did_you_mean};
use super::wording::{odd_characters, shown};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::template::{NameKind, Transform, UseKind};

pub(super) const FAMILY: Family = Family {
    rules: &[&UNDEFINED_DEPENDENCY, &DEPENDS_ON_ITSELF, &IMPLIED_DEPENDENCY],
    check: Check::Linked(check),
};

const UNDEFINED_DEPENDENCY: Rule = Rule {
    id: "ROS0709",
    name: "undefined-dependency",
    about: "`DependsOn` names a resource of the same template that must be made first.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
  Other:
    Type: ALIYUN::ECS::VPC
    DependsOn: [Vcp]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
  Other:
    Type: ALIYUN::ECS::VPC
    DependsOn: [Vpc]
",
    ..Rule::NONE
};

const DEPENDS_ON_ITSELF: Rule = Rule {
    id: "ROS0710",
    name: "depends-on-itself",
    about: "A resource can't be made before itself; the service refuses the template.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    DependsOn: Vpc
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

const IMPLIED_DEPENDENCY: Rule = Rule {
    id: "ROS0722",
    name: "implied-dependency",
    severity: Severity::Hint,
    about: "A resource that reads another with `Ref`, `Fn::GetAtt` or `Fn::Sub` is made after it anyway; naming it in \
            `DependsOn` as well changes nothing.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    DependsOn: Vpc
    Properties:
      VpcId:
        Ref: Vpc
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      VpcId:
        Ref: Vpc
",
    ..Rule::NONE
};

fn check(context: &LinkedContext<'_>, report: &mut Report) {
    let unit = context.facts();
    for (use_, range) in context
        .unit
        .uses()
        .filter(|(use_, _)| use_.kind == UseKind::DependsOn)
    {
        let (names, name) = (context.names(), &*use_.name);
        if name == &*unit.name {
            report.add(
                &DEPENDS_ON_ITSELF,
                range,
                format!("{} can't depend on itself", shown(name)),
            );
            continue;
        }
        if !names.has(NameKind::Resource, name) {
            if names.transform == Transform::Terraform {
                continue;
            }
            let found = nearest(name, names.names_of_kind(NameKind::Resource));
            let message = format!(
                "no resource named {}{}{}",
                shown(name),
                odd_characters(name),
                did_you_mean(&found)
            );
            report.add(&UNDEFINED_DEPENDENCY, range, message).suggest(&found);
            continue;
        }
        let reader = unit.uses.iter().find(|other| {
            matches!(
                other.kind,
                UseKind::Ref | UseKind::GetAtt | UseKind::SubName | UseKind::SubGetAtt
            ) && *other.name == *name
        });
        if let Some(reader) = reader {
            report
                .add(
                    &IMPLIED_DEPENDENCY,
                    range,
                    format!(
                        "{} need not stand here: it is made first because it is read below",
                        shown(name)
                    ),
                )
                .related(context.unit.range(reader.range), "read here")
                .unnecessary();
        }
    }
}
