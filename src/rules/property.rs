//! A map of properties against its schema: unknown, retired and missing ones.

use super::declare::{Check, Family, ObjectContext, Rule};
use super::report::{Report, did_you_mean};
use super::resource_type::RETIRED;
use super::{function_name, misplaced};
use crate::catalog::suggest::nearest;
use crate::catalog::{Property, Source};
use crate::diagnostic::Severity;
use crate::template::Value;

pub(super) const FAMILY: Family = Family {
    rules: &[&UNKNOWN_PROPERTY, &MISSING_PROPERTY],
    check: Check::Object(check),
};

const UNKNOWN_PROPERTY: Rule = Rule {
    id: "ROS0801",
    name: "unknown-property",
    severity: Severity::Warning,
    about: "The type has no property of this name. With a known name close by it is a slip and an error; otherwise the \
            property may be newer than the catalog. Of a type that only a page of yours describes it is a warning.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Image:
    Type: ALIYUN::ECS::CustomImage
    Properties:
      Architektur: x86_64
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Image:
    Type: ALIYUN::ECS::CustomImage
    Properties:
      Architecture: x86_64
",
    ..Rule::NONE
};

const MISSING_PROPERTY: Rule = Rule {
    id: "ROS0802",
    name: "missing-property",
    about: "The type requires this property. `ALIYUN::NoValue` counts as given: the service puts in an empty value. What \
            only a page of yours requires is a warning.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Switch:
    Type: ALIYUN::ECS::VSwitch
    Properties:
      VpcId: vpc-1
      CidrBlock: 10.0.0.0/24
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Switch:
    Type: ALIYUN::ECS::VSwitch
    Properties:
      VpcId: vpc-1
      CidrBlock: 10.0.0.0/24
      ZoneId: cn-hangzhou-i
",
    ..Rule::NONE
};

fn check(context: &ObjectContext<'_>, report: &mut Report) {
    unknown(context, report);
    missing(context, report);
}

fn unknown(context: &ObjectContext<'_>, report: &mut Report) {
    // A map of maps has free keys; an object whose properties no source lists takes any.
    if context.properties().is_empty() && context.property.is_some() {
        return;
    }
    if open(context) {
        return;
    }
    for entry in context.object.entries() {
        let Some(name) = entry.key.text().filter(|name| !name.is_empty() && name != "<<") else {
            continue;
        };
        match context
            .properties()
            .iter()
            .find(|property| property.name == *name)
        {
            Some(property) if property.retired => {
                let message = format!(
                    "`{name}` is retired: only old documentation of {} knows it",
                    owner(context)
                );
                report.at(RETIRED, entry.key, message).deprecated();
            }
            Some(_) => {}
            None if misplaced::is_attribute(context, &name) || function_name::mistyped(&name).is_some() => {}
            None => {
                let known = context.properties().iter().filter(|property| !property.retired);
                let found = nearest(&name, known.map(|property| property.name.as_str()));
                let message = format!(
                    "{} has no property `{name}`{}",
                    owner(context),
                    did_you_mean(&found)
                );
                let slip = context.resource_type.source != Source::Workspace
                    && found.first().is_some_and(|near| is_slip(&name, near));
                let severity = if slip { Severity::Error } else { Severity::Warning };
                report
                    .at(&UNKNOWN_PROPERTY, entry.key, message)
                    .severity(severity)
                    .suggest(&found);
            }
        }
    }
}

fn missing(context: &ObjectContext<'_>, report: &mut Report) {
    let object = Value::from(context.object);
    // Under a merge key anything may be given.
    if object.node.entry("<<").is_some() || function_name::is_mistyped(object) {
        return;
    }
    let missing: Vec<&Property> = context
        .properties()
        .iter()
        .filter(|property| property.required && object.node.entry(&property.name).is_none())
        .filter(|property| !misplaced::stands_beside(context, &property.name))
        .collect();
    let names: Vec<String> = missing
        .iter()
        .map(|property| format!("`{}`", property.name))
        .collect();
    let message = match &names[..] {
        [] => return,
        [one] => format!("{} needs the property {one}", owner(context)),
        [all @ .., last] => format!(
            "{} needs the properties {} and {last}",
            owner(context),
            all.join(", ")
        ),
    };
    let own = missing
        .iter()
        .all(|property| property.required_source == Source::Workspace);
    let severity = if own { Severity::Warning } else { Severity::Error };
    report
        .at(&MISSING_PROPERTY, context.owner, message)
        .severity(severity);
}

/// Whether a name is another one with a slip: other case, an underscore too many, or one letter wrong.
fn is_slip(name: &str, near: &str) -> bool {
    let plain = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    plain(name) == plain(near) || strsim::osa_distance(name, near) <= 1
}

/// Types whose properties their author defines.
fn open(context: &ObjectContext<'_>) -> bool {
    context.resource_type.name == "ALIYUN::ROS::CustomResource"
}

fn owner(context: &ObjectContext<'_>) -> String {
    match context.property {
        Some(property) => format!("`{}` of {}", property.name, context.resource_type.name),
        None => context.resource_type.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn misspelt_nested_property_in_a_branch() {
        check(
            "
Conditions:
  Big: {Fn::Equals: [1, 1]}
Resources:
  镜像:
    Type: ALIYUN::ECS::CustomImage
    Properties:
      DiskDeviceMapping:
        Fn::If:
          - Big
          - - DiskTyp: data
#             ^^^^^^^ ROS0801 `DiskDeviceMapping` of ALIYUN::ECS::CustomImage has no property `DiskTyp`; did you mean `DiskType`?
          - Ref: ALIYUN::NoValue
      Zzz: 1
#     ^^^ ROS0801 ALIYUN::ECS::CustomImage has no property `Zzz`
",
        );
    }

    #[test]
    fn required_ones_are_named_together() {
        check(
            "
Resources:
  交换机:
    Type: ALIYUN::ECS::VSwitch
    Properties:
#   ^^^^^^^^^^ ROS0802 ALIYUN::ECS::VSwitch needs the properties
      VpcId: vpc-1
",
        );
    }

    #[test]
    fn without_properties_the_type_is_the_place() {
        check(
            "
Resources:
  交换机:
    Type: ALIYUN::ECS::VSwitch
#         ^^^^^^^^^^^^^^^^^^^^ ROS0802 ALIYUN::ECS::VSwitch needs the properties
",
        );
    }
}
