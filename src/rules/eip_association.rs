//! An elastic address for an instance that has a public address of its own.

use super::declare::{Check, Family, LinkedContext, Rule};
use super::report::Report;
use crate::diagnostic::Severity;
use crate::template::{NameKind, UseKind};

pub(super) const FAMILY: Family = Family {
    rules: &[&SECOND_PUBLIC_ADDRESS],
    check: Check::Linked(check),
};

const SECOND_PUBLIC_ADDRESS: Rule = Rule {
    id: "ROS0727",
    name: "second-public-address",
    severity: Severity::Warning,
    about: "An instance with a public address of its own can't be given an elastic one. `AllocatePublicIP` is `true` where \
            nothing is said: set it to `false` for instances that an `ALIYUN::VPC::EIPAssociation` is for.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Server:
    Type: ALIYUN::ECS::InstanceGroup
    Properties:
      MaxAmount: 1
      InstanceType: ecs.g7.large
      ImageId: centos_7
      AllocatePublicIP: true
  Address:
    Type: ALIYUN::VPC::EIP
  Association:
    Type: ALIYUN::VPC::EIPAssociation
    Properties:
      AllocationId:
        Ref: Address
      InstanceId:
        Fn::Select: ['0', {'Fn::GetAtt': [Server, InstanceIds]}]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Server:
    Type: ALIYUN::ECS::InstanceGroup
    Properties:
      MaxAmount: 1
      InstanceType: ecs.g7.large
      ImageId: centos_7
      AllocatePublicIP: false
  Address:
    Type: ALIYUN::VPC::EIP
  Association:
    Type: ALIYUN::VPC::EIPAssociation
    Properties:
      AllocationId:
        Ref: Address
      InstanceId:
        Fn::Select: ['0', {'Fn::GetAtt': [Server, InstanceIds]}]
",
    ..Rule::NONE
};

fn check(context: &LinkedContext<'_>, report: &mut Report) {
    let definition = context.facts().definition.as_ref();
    let type_name = definition.and_then(|(_, definition)| definition.type_name.as_deref());
    if type_name != Some("ALIYUN::VPC::EIPAssociation") {
        return;
    }
    let properties = context.entry.value.get("Properties");
    let Some(instance) = properties.and_then(|properties| properties.get("InstanceId")) else {
        return;
    };
    let place = instance.range();
    for (use_, range) in context.unit.uses() {
        let reads = matches!(use_.kind, UseKind::Ref | UseKind::GetAtt);
        if !reads || range.start < place.start || range.end > place.end {
            continue;
        }
        let target = context.names().get(NameKind::Resource, &use_.name);
        if target.is_some_and(|target| target.public_address())
            && !context.names().has(NameKind::Parameter, &use_.name)
        {
            let message = format!(
                "`{}` has a public address of its own and can't take another: it needs `AllocatePublicIP: false`",
                use_.name
            );
            report.add(&SECOND_PUBLIC_ADDRESS, range, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn instances_with_a_public_address() {
        check(
            "
Resources:
  无: {Type: ALIYUN::ECS::InstanceGroup, Properties: {MaxAmount: 1, InstanceType: t, ImageId: i}}
  零: {Type: ALIYUN::ECS::InstanceGroup, Properties: {MaxAmount: 1, InstanceType: t, ImageId: i, InternetMaxBandwidthOut: 0}}
  否: {Type: ALIYUN::ECS::InstanceGroup, Properties: {MaxAmount: 1, InstanceType: t, ImageId: i, AllocatePublicIP: 'false'}}
  算: {Type: ALIYUN::ECS::InstanceGroup, Properties: {MaxAmount: 1, InstanceType: t, ImageId: i, AllocatePublicIP: {Ref: ALIYUN::Region}}}
  A: {Type: ALIYUN::VPC::EIPAssociation, Properties: {AllocationId: eip-1, InstanceId: !Select [0, !GetAtt 无.InstanceIds]}}
#                                                                                                          ^ ROS0727 `无` has a public address of its own
  B: {Type: ALIYUN::VPC::EIPAssociation, Properties: {AllocationId: eip-1, InstanceId: !Select [0, !GetAtt 零.InstanceIds]}}
  C: {Type: ALIYUN::VPC::EIPAssociation, Properties: {AllocationId: eip-1, InstanceId: !Select [0, !GetAtt 否.InstanceIds]}}
  D: {Type: ALIYUN::VPC::EIPAssociation, Properties: {AllocationId: eip-1, InstanceId: !Select [0, !GetAtt 算.InstanceIds]}}
",
        );
    }
}
