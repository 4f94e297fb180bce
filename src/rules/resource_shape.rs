//! A resource's own map: its attributes and their shapes.

use super::declare::{Check, Family, Rule, UnitContext};
use super::misplaced;
use super::report::{Report, did_you_mean};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::attribute;
use crate::syntax::Node;
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
    about: "A resource is a map with a `Type` and mostly `Properties`.",
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
    about: "`DeletionPolicy` says what becomes of the cloud resource when it leaves the stack: `Delete` or `Retain`.",
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
        report.at(
            &RESOURCE_SHAPE,
            context.entry.key,
            format!("`{}` must be a map with a `Type`", resource.name()),
        );
        return;
    }
    match resource.attribute("Type") {
        None => {
            report.at(
                &MISSING_TYPE,
                context.entry.key,
                format!("resource `{}` has no `Type`", resource.name()),
            );
        }
        Some(node) if resource.type_name().is_none_or(|name| name.is_empty()) => {
            let at = if node.is_empty() {
                value.entry("Type").map_or(node, |entry| entry.key)
            } else {
                node
            };
            report.at(
                &MISSING_TYPE,
                at,
                "`Type` must be the name of a resource type, as plain text",
            );
        }
        Some(_) => {}
    }
    attributes(context, resource, report);
}

fn name(key: Node<'_>, report: &mut Report) {
    let Some(name) = key.text() else { return };
    if name.contains('/') {
        report.at(
            &SLASH_IN_NAME,
            key,
            format!("`{name}` contains `/`, which the service doesn't take in a resource's name"),
        );
    } else if let Some(unusual) = name
        .chars()
        .find(|c| !(c.is_alphanumeric() || matches!(c, '_' | '-')))
    {
        report.at(
            &UNUSUAL_NAME,
            key,
            format!("`{unusual}` in a resource's name troubles references and tools"),
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
                        report.at(
                            &DEPENDS_ON_SHAPE,
                            item.node,
                            "`DependsOn` takes names of resources, as plain text",
                        );
                    }
                }
            }
            "DeletionPolicy" => {
                let text = value.literal();
                if !value.is_null() && !matches!(text.as_deref(), Some("Delete" | "Retain")) {
                    report
                        .at(
                            &DELETION_POLICY,
                            entry.value,
                            "`DeletionPolicy` is `Delete` or `Retain`",
                        )
                        .suggest(&nearest(
                            text.as_deref().unwrap_or_default(),
                            ["Delete", "Retain"],
                        ));
                }
            }
            "Metadata" if !value.node.is_mapping() && !value.is_null() => {
                report.at(&METADATA_SHAPE, entry.value, "`Metadata` must be a map");
            }
            _ if misplaced::is_property(context.resource_type, &name) => {}
            _ if !open && attribute::resource(&name).is_none() => {
                let found = nearest(&name, attribute::RESOURCE.iter().map(|attribute| attribute.name));
                let message = format!("a resource has no attribute `{name}`{}", did_you_mean(&found));
                report.at(&UNKNOWN_ATTRIBUTE, entry.key, message).suggest(&found);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn misspelt_attribute_and_policy() {
        check(
            "
Resources:
  网络:
    Type: ALIYUN::ECS::VPC
    DepensOn: []
#   ^^^^^^^^ ROS0703 a resource has no attribute `DepensOn`; did you mean `DependsOn`?
    DeletionPolicy: retain
#                   ^^^^^^ ROS0713 `DeletionPolicy` is `Delete` or `Retain`
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
#   ^^^^ ROS0702 `Type` must be the name
",
        );
    }
}
