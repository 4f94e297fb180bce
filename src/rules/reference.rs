//! References to things that do not exist: `Ref`, `Fn::GetAtt`, `${…}` in `Fn::Sub`.

use super::candidates::{Variables, candidates};
use super::declare::{Check, Family, LinkedContext, Rule};
use super::report::{Report, did_you_mean, one_of};
use super::wording::{odd_characters, shown};
use crate::catalog::Source;
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::pseudo;
use crate::template::resolve::{Resolved, resolve};
use crate::template::{DefinitionReader, NameKind, NameReader, Transform, Use, UseKind};
use crate::text::TextRange;

pub(super) const FAMILY: Family = Family {
    rules: &[
        &UNDEFINED_REFERENCE,
        &UNDEFINED_GET_ATT,
        &UNKNOWN_ATTRIBUTE,
        &GET_ATT_OF_VALUE,
        &UNDEFINED_VARIABLE,
    ],
    check: Check::Linked(check),
};

const UNDEFINED_REFERENCE: Rule = Rule {
    id: "ROS1005",
    name: "undefined-reference",
    about: "`Ref` must name a parameter, a resource, a local or a pseudo parameter of the same template. A nested \
            `TemplateBody` is a template of its own: names of the outer one mean nothing there.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  VpcId:
    Value:
      Ref: Vcp
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  VpcId:
    Value:
      Ref: Vpc
",
    ..Rule::NONE
};

const UNDEFINED_GET_ATT: Rule = Rule {
    id: "ROS1007",
    name: "undefined-getatt-resource",
    about: "`Fn::GetAtt` reads an attribute of a resource of the same template (or of a data source among the locals); \
            its first item must be that resource's name.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  VpcId:
    Value:
      Fn::GetAtt: [Network, VpcId]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  VpcId:
    Value:
      Fn::GetAtt: [Vpc, VpcId]
",
    ..Rule::NONE
};

const UNKNOWN_ATTRIBUTE: Rule = Rule {
    id: "ROS1008",
    name: "unknown-attribute",
    about: "The resource's type has no attribute of this name. Attribute names are exact, upper and lower case included.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  VpcId:
    Value:
      Fn::GetAtt: [Vpc, VpcID]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  VpcId:
    Value:
      Fn::GetAtt: [Vpc, VpcId]
",
    ..Rule::NONE
};

const GET_ATT_OF_VALUE: Rule = Rule {
    id: "ROS1009",
    name: "getatt-of-value",
    about: "Parameters, conditions and computed locals have a value, no attributes: read them with `Ref`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
Resources: {}
Outputs:
  Zone:
    Value:
      Fn::GetAtt: [ZoneId, Name]
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

const UNDEFINED_VARIABLE: Rule = Rule {
    id: "ROS1011",
    name: "undefined-variable",
    about: "A `${Name}` in `Fn::Sub` must be a variable of the call's own map, a parameter, a pseudo parameter or a \
            resource. Text that belongs to a shell script is escaped: `${!Name}`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Where:
    Value:
      Fn::Sub: 'in ${RegionId}'
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Where:
    Value:
      Fn::Sub: 'in ${ALIYUN::Region}'
",
    ..Rule::NONE
};

fn check(context: &LinkedContext<'_>, report: &mut Report) {
    let mut variables = Variables::default();
    for (use_, range) in context.unit.uses() {
        match use_.kind {
            UseKind::Ref => reference(context, use_, range, report),
            UseKind::SubName => variable(context, use_, range, &mut variables, report),
            UseKind::GetAtt | UseKind::SubGetAtt => get_att(context, use_, range, report),
            UseKind::SubVariable
            | UseKind::DependsOn
            | UseKind::Condition
            | UseKind::Mapping
            | UseKind::MetadataName
            | UseKind::MetadataBareName
            | UseKind::MetadataText
            | UseKind::InterfaceParameter
            | UseKind::InterfaceHidden
            | UseKind::InterfaceOutput => {}
        }
    }
}

fn reference(context: &LinkedContext<'_>, use_: &Use, range: TextRange, report: &mut Report) {
    let names = context.names();
    let name = &*use_.name;
    let known = pseudo::find(name).is_some() || names.resolve(name).is_some() || is_copy(names, name);
    if known || knows_nothing(names) {
        return;
    }
    let found = nearest(name, candidates(context, use_));
    let message = match wrong_kind(names, name) {
        Some(kind) => format!("`Ref` can't read the {} {}", kind.word(), shown(name)),
        None => nothing_named("resource, parameter or local", name, &found),
    };
    report.add(&UNDEFINED_REFERENCE, range, message).suggest(&found);
}

fn variable<'a>(
    context: &LinkedContext<'a>,
    use_: &Use,
    range: TextRange,
    variables: &mut Variables<'a>,
    report: &mut Report,
) {
    let names = context.names();
    let name = &*use_.name;
    let known = pseudo::find(name).is_some()
        || names.has(NameKind::Parameter, name)
        || names.has(NameKind::Resource, name)
        || is_copy(names, name);
    if known || knows_nothing(names) {
        return;
    }
    if names.has(NameKind::Local, name) {
        // A rule of its own speaks of locals in `Fn::Sub`.
        return;
    }
    let own = variables.at(context, range);
    let found = nearest(
        name,
        own.iter().map(|name| &**name).chain(candidates(context, use_)),
    );
    let message = match wrong_kind(names, name) {
        Some(kind) => format!("`${{…}}` can't read the {} {}", kind.word(), shown(name)),
        None => nothing_named("variable, parameter or resource", name, &found),
    };
    report.add(&UNDEFINED_VARIABLE, range, message).suggest(&found);
}

/// "no … named …", with what may be meant.
fn nothing_named(what: &str, name: &str, found: &[&str]) -> String {
    format!(
        "no {what} named {}{}{}",
        shown(name),
        odd_characters(name),
        did_you_mean(found)
    )
}

fn get_att(context: &LinkedContext<'_>, use_: &Use, range: TextRange, report: &mut Report) {
    let names = context.names();
    if knows_nothing(names) {
        return;
    }
    let resolved = resolve(names, context.unit, use_).filter(has_attributes);
    let Some(Resolved {
        name,
        definition,
        attribute,
        ..
    }) = resolved
    else {
        return undefined_get_att(context, use_, range, report);
    };
    let Some((attribute, attribute_range)) = attribute else {
        return;
    };
    let Some(type_name) = definition.type_name() else {
        return;
    };
    let Some(resource_type) = context.catalog.resource_type(type_name) else {
        return;
    };
    // A nested stack has the outputs of its own template.
    let known = resource_type.attribute(&attribute).is_some() || resource_type.attributes_open;
    if known || attribute.starts_with("Outputs.") {
        return;
    }
    let own = resource_type.source == Source::Workspace;
    // A page may leave the attributes out.
    if own && resource_type.attributes.is_empty() {
        return;
    }
    let found = nearest(
        &attribute,
        resource_type
            .attributes
            .iter()
            .map(|attribute| attribute.name.as_str()),
    );
    let known = || {
        resource_type
            .attributes
            .iter()
            .map(|attribute| attribute.name.as_str())
    };
    let message = format!(
        "`{name}` ({type_name}) has no attribute {}{}{}",
        shown(&attribute),
        odd_characters(&attribute),
        match found.is_empty() && known().next().is_some() {
            true => format!("; it has {}", one_of(known())),
            false => did_you_mean(&found),
        }
    );
    let severity = match resource_type.source {
        Source::Workspace => Severity::Warning,
        // One list of a type that has no page.
        Source::Validator => Severity::Information,
        Source::Enforced | Source::Page | Source::CdkDoc => UNKNOWN_ATTRIBUTE.severity,
    };
    report
        .add(&UNKNOWN_ATTRIBUTE, attribute_range, message)
        .severity(severity)
        .suggest(&found);
}

/// Whether there is anything to read: resources have attributes, and of the locals those that query a data source.
/// Without an attribute it is the plain name of something called `A.B`.
fn has_attributes(found: &Resolved<DefinitionReader<'_>>) -> bool {
    let data_source = || {
        found
            .definition
            .type_name()
            .is_some_and(|name| name.starts_with("DATASOURCE::"))
    };
    found.attribute.is_none() || found.kind != NameKind::Local || data_source()
}

fn undefined_get_att(context: &LinkedContext<'_>, use_: &Use, range: TextRange, report: &mut Report) {
    let names = context.names();
    let name = &*use_.name;
    if is_copy(names, name) {
        return;
    }
    let value = [NameKind::Parameter, NameKind::Condition, NameKind::Local]
        .into_iter()
        .find(|kind| names.has(*kind, name));
    if let Some(kind) = value {
        let message = match kind {
            NameKind::Condition => {
                format!("the condition `{name}` has no attributes: `Fn::If` chooses by it")
            }
            _ => format!(
                "the {} `{name}` has no attributes: read its value with `Ref`",
                kind.word()
            ),
        };
        report.add(&GET_ATT_OF_VALUE, range, message);
        return;
    }
    let found = nearest(name, candidates(context, use_));
    let (rule, what) = match use_.kind {
        UseKind::SubGetAtt => (&UNDEFINED_VARIABLE, "variable or resource"),
        _ => (&UNDEFINED_GET_ATT, "resource"),
    };
    let message = nothing_named(what, name, &found);
    report.add(rule, range, message).suggest(&found);
}

/// `A[0]`: a copy of a resource with `Count`. How many there are is often not known.
fn is_copy(names: NameReader<'_>, name: &str) -> bool {
    let parts = name.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    parts.is_some_and(|(resource, index)| {
        let number = !index.is_empty() && index.bytes().all(|digit| digit.is_ascii_digit());
        let definition = || names.get(NameKind::Resource, resource);
        number && definition().is_some_and(|definition| definition.counted())
    })
}

/// In a Terraform template the names may be variables of the Terraform code.
fn knows_nothing(names: NameReader<'_>) -> bool {
    names.transform == Transform::Terraform
}

fn wrong_kind(names: NameReader<'_>, name: &str) -> Option<NameKind> {
    [
        NameKind::Condition,
        NameKind::Mapping,
        NameKind::Rule,
        NameKind::Output,
    ]
    .into_iter()
    .find(|kind| names.has(*kind, name))
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn ref_to_nothing_suggests_the_nearest_name() {
        check(
            "
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  A:
    Description: 专有网络
    Value: !Ref Vcp
#               ^^^ ROS1005 no resource, parameter or local named `Vcp`; did you mean `Vpc`?
  B:
    Value: {Ref: ALIYUN::Regoin}
#                ^^^^^^^^^^^^^^ ROS1005 no resource, parameter or local named `ALIYUN::Regoin`; did you mean `ALIYUN::Region`?
",
        );
    }

    #[test]
    fn copies_of_a_resource_with_a_count() {
        check(
            "
Resources:
  Eip: {Type: 'ALIYUN::VPC::EIP', Count: 2}
  Vpc: {Type: 'ALIYUN::ECS::VPC'}
Outputs:
  A: {Value: {Ref: 'Eip[0]'}}
  B: {Value: {Fn::GetAtt: ['Eip[1]', EipAddress]}}
  C: {Value: !Sub '${Eip[0].EipAddress}'}
  D: {Value: {Ref: 'Vpc[0]'}}
#                   ^^^^^^ ROS1005 no resource, parameter or local named `Vpc[0]`
",
        );
    }

    #[test]
    fn only_what_can_stand_there_is_suggested() {
        check(
            "
Parameters:
  Vpc1: {Type: String}
Conditions:
  Made: !Equals [!Ref Vpc2, '']
#                     ^^^^ ROS1005 no resource, parameter or local named `Vpc2`; did you mean `Vpc1`?
Resources:
  Vpc9:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: !Ref Vpc8
#                   ^^^^ ROS1005 no resource, parameter or local named `Vpc8`; did you mean `Vpc1`?
Outputs:
  A:
    Condition: Made
    Value: !Sub ['${Regoin} ${Region} ${Vpc1}', {Region: 地域}]
#                   ^^^^^^ ROS1011 no variable, parameter or resource named `Regoin`; did you mean `Region`?
  B: {Value: !Ref Made}
#                 ^^^^ ROS1005 `Ref` can't read the condition `Made`
  C: {Value: !GetAtt Vpc9.Vendor}
#                         ^^^^^^ ROS1008 `Vpc9` (ALIYUN::ECS::VPC) has no attribute `Vendor`; it has
  D: {Value: !GetAtt Vpc1.VpcId}
#                    ^^^^ ROS1009 the parameter `Vpc1` has no attributes: read its value with `Ref`
  E: {Value: !Ref Vpc9\u{200b}}
#                 ^^^^^ ROS1005 no resource, parameter or local named `Vpc9\u{200b}` (with U+200B, an invisible character); did you mean `Vpc9`?
",
        );
    }
}
