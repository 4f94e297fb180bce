//! What a function returns against what the property takes.

use super::declare::{Check, Family, LinkedValueContext, Rule, ValueContext};
use super::property_value::{expected, subject};
use super::report::Report;
use crate::catalog::ValueKind;
use crate::diagnostic::Severity;
use crate::language::function::{self, Returns};
use crate::template::NameKind;

pub(super) const FAMILY: Family = Family {
    rules: &[&WRONG_RETURN],
    check: Check::Value(check),
};

pub(super) const COUNTED: Family = Family {
    rules: &[&COUNTED_REFERENCE],
    check: Check::LinkedValue(check_counted),
};

const WRONG_RETURN: Rule = Rule {
    id: "ROS0805",
    name: "wrong-return",
    severity: Severity::Warning,
    about: "The function always returns another kind of value than the property takes: a list for a text, say. `Fn::Select` \
            takes one item of a list, `Fn::Join` makes one text of it.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Names:
    Type: String
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName:
        Fn::Split: [',', {Ref: Names}]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Names:
    Type: String
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName:
        Fn::Select: [0, {Fn::Split: [',', {Ref: Names}]}]
",
    ..Rule::NONE
};

const COUNTED_REFERENCE: Rule = Rule {
    id: "ROS1023",
    name: "counted-reference",
    severity: Severity::Warning,
    about: "`Ref` and `Fn::GetAtt` of a resource with `Count` give a list with a value for each copy, and this property takes \
            a single one. `Fn::Select` takes one of the list; inside a resource with the same `Count`, `ALIYUN::Index` says \
            which.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Count: 2
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      VpcId:
        Ref: Vpc
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Count: 2
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      VpcId:
        Fn::Select: [0, {Ref: Vpc}]
",
    ..Rule::NONE
};

fn check(context: &ValueContext<'_>, report: &mut Report) {
    let Some(call) = context.value.call() else { return };
    let Some(known) = function::find(&call.name) else {
        return;
    };
    // A text may be read as JSON, as a number or a list of one: only what can't be turned into the other is reported.
    let given = match (known.returns, context.property.kind) {
        (Returns::List, kind) if is_single(kind) => "a list",
        (Returns::Map, kind) if is_single(kind) || kind == ValueKind::List => "a map",
        (Returns::Boolean, ValueKind::List | ValueKind::Map | ValueKind::Object) => "a boolean",
        (Returns::Integer | Returns::Number, ValueKind::List | ValueKind::Map | ValueKind::Object) => {
            "a number"
        }
        _ => return,
    };
    let message = format!(
        "{} must be {}, and `{}` returns {given}",
        subject(context),
        expected(context.property.kind),
        call.name
    );
    report.add(&WRONG_RETURN, call.name_range, message);
}

fn check_counted(context: &LinkedValueContext<'_>, report: &mut Report) {
    let Some(call) = context.value.call() else { return };
    if !is_single(context.property.kind) || !(call.is("Ref") || call.is("Fn::GetAtt")) {
        return;
    }
    let place = call.argument.node.range();
    let uses = context.unit.unit.uses();
    let Some((use_, range)) = uses
        .into_iter()
        .find(|(_, range)| place.start <= range.start && range.end <= place.end)
    else {
        return;
    };
    let names = context.names();
    let counted = names
        .get(NameKind::Resource, &use_.name)
        .is_some_and(|definition| definition.counted());
    if counted && !names.has(NameKind::Parameter, &use_.name) {
        let message = format!(
            "{} must be {}, and this gives a list: `{}` has a `Count`",
            subject(context),
            expected(context.property.kind),
            use_.name
        );
        report.add(&COUNTED_REFERENCE, range, message);
    }
}

fn is_single(kind: ValueKind) -> bool {
    match kind {
        ValueKind::String | ValueKind::Integer | ValueKind::Number | ValueKind::Boolean => true,
        ValueKind::Any | ValueKind::List | ValueKind::Map | ValueKind::Object => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn lists_for_single_values() {
        check(
            "
Parameters:
  Names: {Type: String}
Resources:
  网络:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: !Split [',', !Ref Names]
#              ^^^^^^ ROS0805 `VpcName` must be a text, and `Fn::Split` returns a list
      CidrBlock:
        Fn::If:
          - Here
          - Fn::GetAZs: !Ref ALIYUN::Region
#           ^^^^^^^^^^ ROS0805 `CidrBlock` must be a text, and `Fn::GetAZs` returns a list
          - Fn::Select: [0, !Split [',', !Ref Names]]
Conditions:
  Here: !Equals [1, 1]
",
        );
    }

    #[test]
    fn one_of_many() {
        check(
            "
Resources:
  网络: {Type: ALIYUN::ECS::VPC, Count: 2}
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      VpcId: !Ref 网络
#                 ^^ ROS1023 `VpcId` must be a text, and this gives a list: `网络` has a `Count`
      SecurityGroupName: !GetAtt 网络.VpcName
#                                ^^ ROS1023 `SecurityGroupName` must be a text, and this gives a list
      Description: !Select [0, !Ref 网络]
  Servers:
    Type: ALIYUN::ECS::SecurityGroup
    Count: 2
    Properties:
      VpcId: !Select [!Ref ALIYUN::Index, !Ref 网络]
      ResourceGroupId: !Join [',', !Ref 网络]
",
        );
    }
}
