//! The type of a resource: known, well formed, usable here.

use super::declare::{Check, Family, LinkedContext, Rule};
use super::report::{Report, did_you_mean};
use crate::diagnostic::Severity;
use crate::syntax::Node;
use crate::template::{Resource, SectionKind, Transform};

pub(super) const FAMILY: Family = Family {
    rules: &[
        &UNKNOWN_TYPE,
        &MALFORMED_TYPE,
        &MODULE_VERSION,
        &SERVERLESS_TRANSFORM,
        &SERVICE_TOKEN,
        &RETIRED_TYPE,
    ],
    check: Check::Linked(check),
};

const UNKNOWN_TYPE: Rule = Rule {
    id: "ROS0704",
    name: "unknown-resource-type",
    severity: Severity::Warning,
    about: "The type is not among those that this version knows. The service refuses types that do not exist; a type \
            newer than the catalog is fine, which is why this is a warning.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::Vpc
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

const MALFORMED_TYPE: Rule = Rule {
    id: "ROS0705",
    name: "malformed-resource-type",
    about: "A type's name has parts divided by `::` and starts with `ALIYUN`, `DATASOURCE`, `MODULE`, `Custom` or \
            `Aliyun::Serverless`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN:ECS:VPC
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

const MODULE_VERSION: Rule = Rule {
    id: "ROS0719",
    name: "module-version",
    severity: Severity::Warning,
    about: "A module is used in a version: `default`, `latest` or `v` and a number. Other types take no `Version`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Net:
    Type: MODULE::My::Network
    Version: '2'
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Net:
    Type: MODULE::My::Network
    Version: v2
",
    ..Rule::NONE
};

const SERVERLESS_TRANSFORM: Rule = Rule {
    id: "ROS0720",
    name: "serverless-transform",
    about: "`Aliyun::Serverless::*` resources exist only in templates that say `Transform: Aliyun::Serverless-2018-04-03`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Api:
    Type: Aliyun::Serverless::Service
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Transform: Aliyun::Serverless-2018-04-03
Resources:
  Api:
    Type: Aliyun::Serverless::Service
",
    ..Rule::NONE
};

const SERVICE_TOKEN: Rule = Rule {
    id: "ROS0721",
    name: "missing-service-token",
    about: "A custom resource is made by a service of yours; `ServiceToken` says which.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Mine:
    Type: Custom::Thing
    Properties:
      Parameters: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Mine:
    Type: Custom::Thing
    Properties:
      ServiceToken: acs:fc:cn-hangzhou:123456:services/mine/functions/make
      Parameters: {}
",
    ..Rule::NONE
};

const RETIRED_TYPE: Rule = Rule {
    id: "ROS0806",
    name: "retired",
    severity: Severity::Warning,
    about: "The type or property stands in old documentation only; the service's current schema does not have it any more.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Servers:
    Type: ALIYUN::ECS::InstanceGroup
    Properties:
      ImageId: centos_7
      InstanceType: ecs.g7.large
      MaxAmount: 2
      InternetMaxBandwidthIn: 10
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Servers:
    Type: ALIYUN::ECS::InstanceGroup
    Properties:
      ImageId: centos_7
      InstanceType: ecs.g7.large
      MaxAmount: 2
      InternetMaxBandwidthOut: 10
",
    ..Rule::NONE
};

/// The rule for retired things, which the property rules share.
pub(super) const RETIRED: &Rule = &RETIRED_TYPE;

fn check(context: &LinkedContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Resources {
        return;
    }
    let resource = Resource { entry: context.entry };
    let (Some(type_name), Some(node)) = (resource.type_name(), resource.attribute("Type")) else {
        return;
    };
    if type_name.is_empty() {
        return;
    }
    version(resource, &type_name, report);
    if type_name.starts_with("Aliyun::Serverless::") {
        if context.names().transform != Transform::Serverless {
            let message = "`Aliyun::Serverless` types need `Transform: Aliyun::Serverless-2018-04-03`";
            report.at(&SERVERLESS_TRANSFORM, node, message);
        }
        return;
    }
    if let Some(known) = context.resource_type {
        if known.retired {
            report
                .at(
                    RETIRED,
                    node,
                    format!("`{type_name}` is retired: only old documentation knows it"),
                )
                .deprecated();
        }
        if type_name == "ALIYUN::ROS::CustomResource" {
            service_token(resource, node, report);
        }
        return;
    }
    if !well_formed(&type_name) {
        let parts: Vec<&str> = type_name
            .split([':', ' ', '/'])
            .filter(|part| !part.is_empty())
            .collect();
        let repaired = parts.join("::");
        let exact = context.catalog.type_names().find(|name| **name == repaired);
        let found = exact.map_or_else(|| context.catalog.nearest_types(&repaired), |name| vec![name]);
        let message = format!("`{type_name}` is no type's name{}", did_you_mean(&found));
        report.at(&MALFORMED_TYPE, node, message).suggest(&found);
    } else if type_name.starts_with("Custom::") {
        service_token(resource, node, report);
    } else if !type_name.starts_with("MODULE::") {
        let found = context.catalog.nearest_types(&type_name);
        let message = format!("resource type `{type_name}` is not known{}", did_you_mean(&found));
        report.at(&UNKNOWN_TYPE, node, message).suggest(&found);
    }
}

fn version(resource: Resource<'_>, type_name: &str, report: &mut Report) {
    let module = type_name.starts_with("MODULE::");
    let Some(entry) = resource.entry.value.entry("Version") else {
        if module && let Some(node) = resource.attribute("Type") {
            report.at(
                &MODULE_VERSION,
                node,
                "say which `Version` of the module: `default`, `latest` or `v` and a number",
            );
        }
        return;
    };
    if !module {
        report.at(
            &MODULE_VERSION,
            entry.key,
            "only `MODULE::` types take a `Version`",
        );
        return;
    }
    let text = entry.value.text().unwrap_or_default();
    let numbered = text
        .strip_prefix('v')
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let known = numbered || matches!(&*text, "default" | "latest");
    if !known && !entry.value.is_empty() {
        report.at(
            &MODULE_VERSION,
            entry.value,
            "a module's version is `default`, `latest` or `v` and a number",
        );
    }
}

fn service_token(resource: Resource<'_>, at: Node<'_>, report: &mut Report) {
    let given = resource
        .properties()
        .is_some_and(|properties| properties.get("ServiceToken").is_some());
    if !given {
        report.at(
            &SERVICE_TOKEN,
            at,
            "a custom resource needs the property `ServiceToken`",
        );
    }
}

fn well_formed(name: &str) -> bool {
    let parts: Vec<&str> = name.split("::").collect();
    let words = parts
        .iter()
        .all(|part| !part.is_empty() && !part.contains([':', ' ', '/']));
    let rooted = match parts[0] {
        "ALIYUN" | "Custom" => parts.len() >= 2,
        "DATASOURCE" | "MODULE" => parts.len() >= 3,
        "Aliyun" => parts.len() >= 3 && parts[1] == "Serverless",
        _ => false,
    };
    words && rooted
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn unknown_and_malformed() {
        check(
            "
Resources:
  专有网络:
    Type: ALIYUN::ECS::Vpc
#         ^^^^^^^^^^^^^^^^ ROS0704 resource type `ALIYUN::ECS::Vpc` is not known; did you mean `ALIYUN::ECS::VPC`?
  B:
    Type: ALIYUN:ECS:VPC
#         ^^^^^^^^^^^^^^ ROS0705 `ALIYUN:ECS:VPC` is no type's name; did you mean `ALIYUN::ECS::VPC`?
  C:
    Type: AWS::EC2::VPC
#         ^^^^^^^^^^^^^ ROS0705 `AWS::EC2::VPC` is no type's name
",
        );
    }
}
