//! Resources that wait for each other.

use super::declare::{Check, Family, Rule, TemplateContext};
use super::report::Report;
use super::ring::Ring;
use crate::template::{SectionKind, Unit, Use, UseKind};

pub(super) const FAMILY: Family = Family {
    rules: &[&DEPENDENCY_CYCLE],
    check: Check::Links(check),
};

const DEPENDENCY_CYCLE: Rule = Rule {
    id: "ROS0711",
    name: "dependency-cycle",
    about: "Each of these resources needs another one to be made first, by `DependsOn`, `Ref`, `Fn::GetAtt` or `Fn::Sub`, \
            so none can be the first.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  A:
    Type: ALIYUN::ECS::VPC
    DependsOn: B
  B:
    Type: ALIYUN::ECS::VPC
    DependsOn: A
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  A:
    Type: ALIYUN::ECS::VPC
    DependsOn: B
  B:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

fn check(context: &TemplateContext<'_>, report: &mut Report) {
    let ring = Ring {
        rule: &DEPENDENCY_CYCLE,
        section: SectionKind::Resources,
        alone: "can't need itself",
        together: "resources can't wait for each other",
        step: "needs",
    };
    ring.check(context, waits_for, report);
}

/// Whether the resource of `unit` waits for the thing that it uses.
fn waits_for(unit: &Unit, use_: &Use) -> bool {
    match use_.kind {
        // Depending on itself by name is a finding of its own.
        UseKind::DependsOn => use_.name != unit.name,
        UseKind::Ref | UseKind::GetAtt | UseKind::SubName | UseKind::SubGetAtt => true,
        UseKind::SubVariable
        | UseKind::Condition
        | UseKind::Mapping
        | UseKind::MetadataName
        | UseKind::MetadataBareName
        | UseKind::MetadataText
        | UseKind::InterfaceParameter
        | UseKind::InterfaceHidden
        | UseKind::InterfaceOutput => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn three_in_a_ring_through_different_functions() {
        check(
            "
Resources:
  甲:
# ^ ROS0711 resources can't wait for each other: `甲` → `B` → `C` → `甲`
    Type: ALIYUN::ROS::WaitConditionHandle
    DependsOn: B
  B:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: !Sub '${C}'
  C:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: !Ref 甲
  D:
    Type: ALIYUN::ECS::VPC
    DependsOn: C
",
        );
    }

    #[test]
    fn a_resource_that_reads_itself() {
        check(
            "
Resources:
  A:
# ^ ROS0711 `A` can't need itself
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: !Ref A
",
        );
    }
}
