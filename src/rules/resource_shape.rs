//! A resource's own map: its attributes and their shapes.

use super::colon::Slips;
use super::declare::{Check, Family, Rule, UnitContext};
use super::misplaced;
use super::report::{Report, unknown};
use super::wording::{kind_of, odd_characters, shown, value_or_kind};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::attribute;
use crate::syntax::{Kind, Node};
use crate::template::{Resource, SectionKind, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[
        &RESOURCE_SHAPE,
        &MISSING_TYPE,
        &UNKNOWN_ATTRIBUTE,
        &SLASH_IN_NAME,
        &UNUSUAL_NAME,
        &DEPENDS_ON_SHAPE,
        &DELETION_POLICY,
        &METADATA_SHAPE,
    ],
    check: Check::Unit(check),
};

const RESOURCE_SHAPE: Rule = Rule {
    id: "ROS0701",
    name: "resource-shape",
    about: "A resource is a map with a `Type` and mostly `Properties`, which are a map, too. In YAML a colon makes an entry only \
            with a space behind it.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc: ALIYUN::ECS::VPC
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

const MISSING_TYPE: Rule = Rule {
    id: "ROS0702",
    name: "missing-resource-type",
    about: "Every resource needs a `Type`, written as plain text: functions are not read there.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Properties:
      VpcName: main
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

const UNKNOWN_ATTRIBUTE: Rule = Rule {
    id: "ROS0703",
    name: "unknown-resource-attribute",
    about: "Beside `Type` and `Properties` a resource takes a few attributes such as `DependsOn`, `Condition`, `Count` and \
            `DeletionPolicy`; the service refuses others. Often a property slipped out of `Properties` by its indentation.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
  Other:
    Type: ALIYUN::ECS::VPC
    DependOn: Vpc
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
  Other:
    Type: ALIYUN::ECS::VPC
    DependsOn: Vpc
",
    ..Rule::NONE
};

const SLASH_IN_NAME: Rule = Rule {
    id: "ROS0706",
    name: "slash-in-resource-name",
    about: "A resource's name must not contain `/`: the service uses it to separate the names of nested resources.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  net/vpc:
    Type: ALIYUN::ECS::VPC
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  NetVpc:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

const UNUSUAL_NAME: Rule = Rule {
    id: "ROS0707",
    name: "unusual-resource-name",
    severity: Severity::Information,
    about: "Names of letters, digits, `_` and `-` work everywhere. A dot makes `Fn::GetAtt` in its short form ambiguous, \
            and other characters trouble tools that read the template.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  net.vpc:
    Type: ALIYUN::ECS::VPC
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  NetVpc:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

const DEPENDS_ON_SHAPE: Rule = Rule {
    id: "ROS0708",
    name: "depends-on-shape",
    about: "`DependsOn` takes the name of a resource or a list of names, as plain text.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
  Other:
    Type: ALIYUN::ECS::VPC
    DependsOn:
      Ref: Vpc
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
  Other:
    Type: ALIYUN::ECS::VPC
    DependsOn: Vpc
",
    ..Rule::NONE
};

const DELETION_POLICY: Rule = Rule {
    id: "ROS0713",
    name: "deletion-policy",
    about: "`DeletionPolicy` says what becomes of the cloud resource when it leaves the stack: `Delete` or `Retain`, or a \
            parameter that says so.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    DeletionPolicy: Snapshot
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    DeletionPolicy: Retain
",
    ..Rule::NONE
};

const METADATA_SHAPE: Rule = Rule {
    id: "ROS0723",
    name: "resource-metadata-shape",
    severity: Severity::Warning,
    about: "A resource's `Metadata` is a map of whatever its author wants to note there.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Metadata: some text
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Metadata:
      Note: some text
",
    ..Rule::NONE
};

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Resources {
        return;
    }
    let resource = Resource { entry: context.entry };
    name(context.entry.key, report);
    if misplaced::is_section(context.entry) {
        return;
    }
    let value = context.entry.value;
    if !value.is_mapping() || Value::from(value).call().is_some() {
        not_a_map(resource, report);
        return;
    }
    type_of(resource, report);
    attributes(context, resource, report);
}

fn not_a_map(resource: Resource<'_>, report: &mut Report) {
    let value = resource.entry.value;
    if let Some(slips) = Slips::of(value) {
        let message = format!("{}; a resource must be a map", slips.advice());
        report.at(&RESOURCE_SHAPE, value, message).mend_colons(slips);
        return;
    }
    let message = format!(
        "{} must be a map with a `Type`, not {}",
        shown(&resource.name()),
        kind_of(value.into())
    );
    let finding = report.at(&RESOURCE_SHAPE, resource.entry.key, message);
    finding.unfinished_if(Value::from(value).is_null());
}

fn type_of(resource: Resource<'_>, report: &mut Report) {
    let map = resource.entry.value;
    let Some(entry) = map.entry("Type") else {
        // A misspelt one is reported as such.
        let misspelt = |name: &str| {
            let known = attribute::RESOURCE.iter().map(|attribute| attribute.name);
            nearest(name, known).first() == Some(&"Type")
        };
        let is_there = map.entries().any(|entry| {
            let name = entry.key.text().unwrap_or_default();
            name == "<<" || (attribute::resource(&name).is_none() && misspelt(&name))
        });
        if !is_there {
            let message = format!(
                "`Type` is missing: {} needs the name of a resource type",
                shown(&resource.name())
            );
            report.at(&MISSING_TYPE, resource.entry.key, message).unfinished();
        }
        return;
    };
    if resource.type_name().is_none_or(|name| name.is_empty()) {
        let value = Value::from(entry.value);
        let at = if value.node.is_empty() {
            entry.key
        } else {
            value.node
        };
        let message = format!(
            "`Type` must be the name of a resource type as plain text, not {}",
            value_or_kind(value)
        );
        report
            .at(&MISSING_TYPE, at, message)
            .unfinished_if(value.is_null() || value.literal().is_some());
    }
}

fn name(key: Node<'_>, report: &mut Report) {
    let Some(name) = key.text() else { return };
    if name.contains('/') {
        report.at(
            &SLASH_IN_NAME,
            key,
            format!("a resource's name can't contain `/`: {}", shown(&name)),
        );
    } else if let Some(unusual) = name
        .chars()
        .find(|c| !(c.is_alphanumeric() || matches!(c, '_' | '-')))
    {
        report.at(
            &UNUSUAL_NAME,
            key,
            match odd_characters(&name) {
                odd if odd.is_empty() => {
                    format!("`{unusual}` in a resource's name troubles references and tools")
                }
                odd => format!("{}{odd} is a name that is hard to refer to", shown(&name)),
            },
        );
    }
}

fn attributes(context: &UnitContext<'_>, resource: Resource<'_>, report: &mut Report) {
    // Serverless resources carry child resources as further keys.
    let open = resource
        .type_name()
        .is_some_and(|name| name.starts_with("Aliyun::Serverless::"));
    for entry in resource.entry.value.entries() {
        let Some(name) = entry.key.text().filter(|name| !name.is_empty() && name != "<<") else {
            continue;
        };
        let value = Value::from(entry.value);
        match &*name {
            "DependsOn" => {
                for item in resource.depends_on() {
                    if item.literal().is_none() && !item.node.is_empty() {
                        let message = format!(
                            "`DependsOn` must be a name, or a list of names, as plain text, not {}",
                            kind_of(item)
                        );
                        report.at(&DEPENDS_ON_SHAPE, item.node, message);
                    }
                }
            }
            "DeletionPolicy" => deletion_policy(value, report),
            "Properties" => properties(value, report),
            "Metadata" if !value.node.is_mapping() && !value.is_null() => {
                let message = format!("`Metadata` must be a map, not {}", kind_of(value));
                report.at(&METADATA_SHAPE, entry.value, message);
            }
            _ if misplaced::is_property(context.resource_type, &name) => {}
            _ if !open && attribute::resource(&name).is_none() => {
                let found = nearest(&name, attribute::RESOURCE.iter().map(|attribute| attribute.name));
                let message = unknown("resource attribute", &name, &found);
                report.at(&UNKNOWN_ATTRIBUTE, entry.key, message).suggest(&found);
            }
            _ => {}
        }
    }
}

fn deletion_policy(value: Value<'_>, report: &mut Report) {
    let text = value.literal();
    let by_parameter = value.call().is_some_and(|call| call.is("Ref"));
    if by_parameter || value.is_null() || matches!(text.as_deref(), Some("Delete" | "Retain")) {
        return;
    }
    let message = format!(
        "`DeletionPolicy` must be `Delete` or `Retain`, not {}",
        value_or_kind(value)
    );
    let found = nearest(text.as_deref().unwrap_or_default(), ["Delete", "Retain"]);
    report.at(&DELETION_POLICY, value.node, message).suggest(&found);
}

/// Empty ones are as good as none.
fn properties(value: Value<'_>, report: &mut Report) {
    let node = value.node;
    if node.is_mapping() || value.call().is_some() || value.is_null() || node.kind() == Kind::Alias {
        return;
    }
    if let Some(slips) = Slips::of(node) {
        let message = format!("{}; `Properties` must be a map", slips.advice());
        report.at(&RESOURCE_SHAPE, node, message).mend_colons(slips);
        return;
    }
    let message = format!("`Properties` must be a map of properties, not {}", kind_of(value));
    report.at(&RESOURCE_SHAPE, node, message);
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::{check, check_half_typed};

    #[test]
    fn misspelt_attribute_and_policy() {
        check(
            "
Resources:
  网络:
    Type: ALIYUN::ECS::VPC
    DepensOn: []
#   ^^^^^^^^ ROS0703 unknown resource attribute `DepensOn`; did you mean `DependsOn`?
    DeletionPolicy: retain
#                   ^^^^^^ ROS0713 `DeletionPolicy` must be `Delete` or `Retain`, not `retain`
",
        );
    }

    #[test]
    fn properties_are_a_map() {
        check(
            "
Resources:
  网络:
    Type: ALIYUN::ECS::VPC
    Properties: x
#               ^ ROS0701 `Properties` must be a map of properties, not a text
  B:
    Type: ALIYUN::ECS::VPC
    Properties:
      - VpcName: a
#     ^^^^^^^^^^^^ ROS0701 `Properties` must be a map of properties, not a list
  C:
    Type: ALIYUN::ECS::VPC
    Properties:
  D: [a]
# ^ ROS0701 `D` must be a map with a `Type`, not a list
  E:
    Typ: ALIYUN::ECS::VPC
#   ^^^ ROS0703 unknown resource attribute `Typ`; did you mean `Type`?
    DeletionPolicy: {Ref: ALIYUN::NoValue}
    Metadata: a
#             ^ ROS0723 `Metadata` must be a map, not a text
",
        );
    }

    #[test]
    fn colons_that_make_no_entry() {
        check_half_typed(
            "
Resources:
  网络:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock:10.0.0.0/8
#     ^^^^^^^^^^^^^^^^^^^^ ROS0701 put a space after the colon: `CidrBlock: 10.0.0.0/8`; `Properties` must be a map
  B:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock：10.0.0.0/8
#     ^^^^^^^^^^^^^^^^^^^^ ROS0701 write `CidrBlock: 10.0.0.0/8` with an ASCII colon: `：` is U+FF1A
  C:
    Type:ALIYUN::ECS::VPC
#   ^^^^^^^^^^^^^^^^^^^^^ ROS0701 put a space after the colon: `Type: ALIYUN::ECS::VPC`; a resource must be a map
",
        );
    }

    #[test]
    fn type_is_no_place_for_functions() {
        check(
            "
Resources:
  A:
    Type: {Ref: ALIYUN::Region}
#         ^^^^^^^^^^^^^^^^^^^^^ ROS0702 `Type` must be the name
  B:
    Type:
#   ^^^^ ROS0702 `Type` must be the name of a resource type as plain text, not empty
",
        );
    }
}
