//! A map of properties against its schema: unknown, retired and missing ones.

use super::colon::Slips;
use super::declare::{Check, Family, ObjectContext, Rule};
use super::report::{Report, did_you_mean};
use super::resource_type::RETIRED;
use super::wording::{odd_characters, shown};
use super::{function_name, misplaced};
use crate::catalog::suggest::{nearest, plain};
use crate::catalog::{Property, Source};
use crate::diagnostic::Severity;
use crate::syntax::Entry;
use crate::template::Value;

pub(super) const FAMILY: Family = Family {
    rules: &[&UNKNOWN_PROPERTY, &MISSING_PROPERTY, &EMPTY_PROPERTY],
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
    about: "The type requires this property, and a value for it: `null` is none. `ALIYUN::NoValue` counts as given: the \
            service puts in an empty value. What only a page of yours requires is a warning.",
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

const EMPTY_PROPERTY: Rule = Rule {
    id: "ROS0820",
    name: "empty-property",
    severity: Severity::Hint,
    about: "The property has no value, or `null`. That is as good as leaving it out, and may be a value that was forgotten. \
            Where a condition decides, `ALIYUN::NoValue` says so in words.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: null
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: main
",
    ..Rule::NONE
};

fn check(context: &ObjectContext<'_>, report: &mut Report) {
    if context.resource_type.properties_unknown {
        return;
    }
    let meant = unknown(context, report);
    required(context, &meant, report);
}

/// Reports keys that are no properties; the required ones that they are misspelt for.
fn unknown<'a>(context: &'a ObjectContext<'_>, report: &mut Report) -> Vec<&'a str> {
    let mut meant = Vec::new();
    // A map of maps has free keys; an object whose properties no source lists takes any.
    if (context.properties().is_empty() && context.property.is_some()) || open(context) {
        return meant;
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
            None => meant.extend(unknown_key(context, entry, &name, report)),
        }
    }
    meant
}

/// Reports a key that is no property; the required property that it stands for, if that is not there.
fn unknown_key<'a>(
    context: &'a ObjectContext<'_>,
    entry: Entry<'_>,
    name: &str,
    report: &mut Report,
) -> Option<&'a str> {
    if entry.value.is_empty()
        && let Some(slips) = Slips::of(entry.key)
    {
        report
            .at(&UNKNOWN_PROPERTY, entry.key, slips.advice())
            .severity(Severity::Error)
            .mend_colons(slips);
        return None;
    }
    let known = || context.properties().iter().filter(|property| !property.retired);
    let found = nearest(name, known().map(|property| property.name.as_str()));
    let missing = known().find(|property| {
        property.required
            && found.first() == Some(&property.name.as_str())
            && context.object.entry(&property.name).is_none()
    });
    let own = |source: Source| source == Source::Workspace;
    let slip = !own(context.resource_type.source) && found.first().is_some_and(|near| is_slip(name, near));
    let needed = missing.is_some_and(|property| !own(property.required_source));
    let severity = if slip || needed {
        Severity::Error
    } else {
        Severity::Warning
    };
    let what = match context.property {
        Some(property) => format!(" in `{}`", property.name),
        None if found.is_empty() => format!(" of {}", context.resource_type.name),
        None => String::new(),
    };
    let message = format!(
        "unknown property {}{}{what}{}",
        shown(name),
        odd_characters(name),
        did_you_mean(&found)
    );
    report
        .at(&UNKNOWN_PROPERTY, entry.key, message)
        .severity(severity)
        .suggest(&found);
    missing.map(|property| property.name.as_str())
}

/// Reports required properties that are not there, or are there without a value. Those of `misspelt` are told already.
fn required(context: &ObjectContext<'_>, misspelt: &[&str], report: &mut Report) {
    let object = context.object;
    // Under a merge key anything may be given.
    if object.entry("<<").is_some() || function_name::is_mistyped(object.into()) {
        return;
    }
    let mut missing: Vec<&Property> = Vec::new();
    for property in context.properties() {
        match object.entry(&property.name) {
            Some(entry) => without_value(context, property, entry, report),
            None if property.required
                && !misspelt.contains(&&*property.name)
                && !misplaced::stands_beside(context, &property.name) =>
            {
                missing.push(property);
            }
            None => {}
        }
    }
    let names: Vec<String> = missing
        .iter()
        .map(|property| format!("`{}`", property.name))
        .collect();
    let message = match &names[..] {
        [] => return,
        [one] => format!("property {one} is missing: {} needs it", owner(context)),
        [all @ .., last] => format!(
            "properties {} and {last} are missing: {} needs them",
            all.join(", "),
            owner(context)
        ),
    };
    let own = missing
        .iter()
        .all(|property| property.required_source == Source::Workspace);
    let severity = if own { Severity::Warning } else { Severity::Error };
    report
        .at(&MISSING_PROPERTY, context.owner, message)
        .severity(severity)
        .unfinished();
}

/// Reports a property whose value is not there or null, which is as good as no property.
fn without_value(context: &ObjectContext<'_>, property: &Property, entry: Entry<'_>, report: &mut Report) {
    let value = Value::from(entry.value);
    if !value.is_null() || value.call().is_some() {
        return;
    }
    let name = &property.name;
    if property.required {
        let message = format!("`{name}` must have a value: {} needs it", owner(context));
        let own = property.required_source == Source::Workspace;
        let severity = if own { Severity::Warning } else { Severity::Error };
        report
            .at(&MISSING_PROPERTY, entry.key, message)
            .severity(severity)
            .unfinished();
    } else {
        let message = format!("`{name}` has no value, as if it were not given");
        report.at(&EMPTY_PROPERTY, entry.key, message).unfinished();
    }
}

/// Whether a name is another one with a slip: other case, an underscore too many, or one letter wrong.
fn is_slip(name: &str, near: &str) -> bool {
    let name = &*plain(name);
    let letters = |name: &str| name.replace(['_', '-', ' '], "").to_lowercase();
    letters(name) == letters(near) || strsim::osa_distance(name, near) <= 1
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
    use crate::rules::fixture::{check, check_half_typed};

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
#             ^^^^^^^ ROS0801 unknown property `DiskTyp` in `DiskDeviceMapping`; did you mean `DiskType`?
          - Ref: ALIYUN::NoValue
      Zzz: 1
#     ^^^ ROS0801 unknown property `Zzz` of ALIYUN::ECS::CustomImage
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
#   ^^^^^^^^^^ ROS0802 properties `CidrBlock` and `ZoneId` are missing
      VpcId: vpc-1
",
        );
    }

    #[test]
    fn one_misspelt_name_is_one_finding() {
        check(
            "
Resources:
  交换机:
    Type: ALIYUN::ECS::VSwitch
    Properties:
      VpcID: vpc-1
#     ^^^^^ ROS0801 unknown property `VpcID`; did you mean `VpcId`?
      ZoneId: cn-hangzhou-i
      'Cidr\u{a0}Block': 10.0.0.0/24
#      ^^^^^^^^^^ ROS0801 unknown property `Cidr\u{a0}Block` (with U+00A0, a no-break space); did you mean `CidrBlock`?
      “Description”: 网络
#     ^^^^^^^^^^^^^ ROS0801 unknown property `“Description”` (with `“`, a curly quote); did you mean `Description`?
",
        );
    }

    #[test]
    fn nothing_is_no_value() {
        check(
            "
Resources:
  交换机:
    Type: ALIYUN::ECS::VSwitch
    Properties:
      VpcId:
#     ^^^^^ ROS0802 `VpcId` must have a value: ALIYUN::ECS::VSwitch needs it
      ZoneId: null
#     ^^^^^^ ROS0802 `ZoneId` must have a value
      CidrBlock: {Ref: ALIYUN::NoValue}
      Description: ~
#     ^^^^^^^^^^^ ROS0820 `Description` has no value
      VSwitchName: {'Fn::If': [A, null, {Ref: ALIYUN::NoValue}]}
  B:
    Type: ALIYUN::ECS::VSwitch
    Properties:
#   ^^^^^^^^^^ ROS0802 properties `CidrBlock`, `VpcId` and `ZoneId` are missing: ALIYUN::ECS::VSwitch needs them
Conditions: {A: {'Fn::Equals': [1, 1]}}
",
        );
    }

    #[test]
    fn a_space_is_missing_behind_a_colon_in_braces() {
        check_half_typed(
            "
Resources:
  网络:
    Type: ALIYUN::ECS::VPC
    Properties: {CidrBlock:10.0.0.0/8, VpcName: a}
#                ^^^^^^^^^^^^^^^^^^^^ ROS0801 put a space after the colon: `CidrBlock: 10.0.0.0/8`
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
#         ^^^^^^^^^^^^^^^^^^^^ ROS0802 properties `CidrBlock`, 
",
        );
    }

    #[test]
    fn of_some_types_only_the_attributes_are_known() {
        check(
            "
Resources:
  公网:
    Type: ALIYUN::ECS::EIP
#         ^^^^^^^^^^^^^^^^ ROS0806 use `ALIYUN::VPC::EIP`
    Properties: {Bandwith: 5, 带宽: 5}
Outputs:
  A: {Value: !GetAtt 公网.EipAddress}
  B: {Value: !GetAtt 公网.EipAdress}
#                       ^^^^^^^^^ ROS1008 `公网` (ALIYUN::ECS::EIP) has no attribute `EipAdress`
",
        );
    }
}
