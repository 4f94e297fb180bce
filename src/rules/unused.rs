//! Names that nothing in the template uses.

use super::declare::{Check, Family, Rule, TemplateContext};
use super::place::{any_call, expressions};
use super::report::Report;
use crate::diagnostic::Severity;
use crate::template::{NameKind, SectionKind, Transform};

pub(super) const FAMILY: Family = Family {
    rules: &[
        &UNUSED_PARAMETER,
        &UNUSED_MAPPING,
        &UNUSED_CONDITION,
        &UNUSED_LOCAL,
    ],
    check: Check::Template(check),
};

const UNUSED_PARAMETER: Rule = Rule {
    id: "ROS0223",
    name: "unused-parameter",
    severity: Severity::Information,
    about: "Nothing reads this parameter: whoever makes the stack is asked for a value that changes nothing. (Variables of \
            Terraform code are used there.)",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    ..Rule::NONE
};

const UNUSED_MAPPING: Rule = Rule {
    id: "ROS0304",
    name: "unused-mapping",
    severity: Severity::Information,
    about: "No `Fn::FindInMap` reads this mapping.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Mappings:
  Zones:
    cn-hangzhou:
      First: cn-hangzhou-i
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Mappings:
  Zones:
    cn-hangzhou:
      First: cn-hangzhou-i
Resources: {}
Outputs:
  Zone:
    Value:
      Fn::FindInMap: [Zones, cn-hangzhou, First]
",
    ..Rule::NONE
};

const UNUSED_CONDITION: Rule = Rule {
    id: "ROS0410",
    name: "unused-condition",
    severity: Severity::Information,
    about: "No resource, output, condition or `Fn::If` depends on this condition.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
Resources: {}
Outputs:
  Region:
    Condition: Hangzhou
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

const UNUSED_LOCAL: Rule = Rule {
    id: "ROS0608",
    name: "unused-local",
    severity: Severity::Information,
    about: "Nothing reads this local.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Value:
      Ref: ALIYUN::Region
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Value:
      Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Value:
      Ref: Where
",
    ..Rule::NONE
};

fn check(context: &TemplateContext<'_>, report: &mut Report) {
    if context.names.transform == Transform::Terraform {
        return;
    }
    let used = context.scope.used_names();
    let any = [
        NameKind::Parameter,
        NameKind::Mapping,
        NameKind::Condition,
        NameKind::Local,
    ]
    .into_iter()
    .flat_map(|kind| context.names.of_kind(kind).map(move |(name, _)| (kind, name)))
    .any(|(kind, name)| !used.of_declaration(kind, name));
    if !any {
        return;
    }
    let mut any_mapping = None;
    for unit in context.scope.units() {
        let (rule, kind) = match unit.unit.section {
            SectionKind::Parameters => (&UNUSED_PARAMETER, NameKind::Parameter),
            SectionKind::Mappings => (&UNUSED_MAPPING, NameKind::Mapping),
            SectionKind::Conditions => (&UNUSED_CONDITION, NameKind::Condition),
            SectionKind::Locals => (&UNUSED_LOCAL, NameKind::Local),
            _ => continue,
        };
        let name = &*unit.unit.name;
        if name.is_empty() || used.of_declaration(kind, name) {
            continue;
        }
        if kind == NameKind::Mapping && *any_mapping.get_or_insert_with(|| computes_mapping(context)) {
            continue;
        }
        let message = format!("{} `{name}` is never used", kind.word());
        report.at(rule, unit.entry().key, message).unnecessary();
    }
}

/// Whether an `Fn::FindInMap` computes the name of its mapping, which may then be any of them.
fn computes_mapping(context: &TemplateContext<'_>) -> bool {
    context.scope.units().any(|unit| {
        expressions(unit.unit.section, unit.entry())
            .into_iter()
            .any(|(node, _)| {
                any_call(node.into(), &mut |call| {
                    let name = call.arguments().first().copied();
                    call.is("Fn::FindInMap") && name.is_some_and(|name| name.call().is_some())
                })
            })
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn used_by_name_in_text_and_by_the_console() {
        check(
            "
Parameters:
  甲: {Type: String}
# ^ ROS0204
  InSub: {Type: String}
  InMetadata: {Type: String}
  Itself:
# ^^^^^^ ROS0223 parameter `Itself` is never used
    Type: String
    AssociationPropertyMetadata:
      VpcId: ${InMetadata}
      Visible: {Condition: {Fn::Equals: ['${Itself}', a]}}
#                                           ^^^^^^ ROS0235
Conditions:
  Inner: !Equals [!Ref 甲, a]
  Outer: !Not [Inner]
# ^^^^^ ROS0410 condition `Outer` is never used
Resources: {}
Outputs:
  A: {Value: !Sub '${InSub}'}
",
        );
    }

    #[test]
    fn a_mapping_found_by_a_computed_name() {
        check(
            "
Mappings:
  cn-hangzhou: {a: {b: c}}
Resources: {}
Outputs:
  A: {Value: !FindInMap [!Ref ALIYUN::Region, a, b]}
",
        );
    }

    #[test]
    fn a_nested_body_uses_its_own_names() {
        check(
            "
Parameters:
  A: {Type: String}
# ^ ROS0223
Resources:
  Stack:
    Type: ALIYUN::ROS::Stack
    Properties:
      TemplateBody:
        ROSTemplateFormatVersion: '2015-09-01'
        Parameters:
          A: {Type: String}
        Resources: {}
        Outputs:
          A: {Value: !Ref A}
",
        );
    }
}
