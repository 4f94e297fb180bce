//! The type of a resource: known, well formed, usable here.

use super::declare::{Check, Family, LinkedContext, Rule};
use super::report::{Report, did_you_mean};
use super::wording::{odd_characters, value_or_kind};
use crate::catalog::suggest::plain;
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
            let message =
                "`Transform: Aliyun::Serverless-2018-04-03` is missing: `Aliyun::Serverless` types need it";
            report.at(&SERVERLESS_TRANSFORM, node, message);
        }
        return;
    }
    if let Some(known) = context.resource_type {
        let replaced = known.properties_unknown && context.catalog.successor(&type_name).is_some();
        if known.retired || replaced {
            retired(context, &type_name, node, report);
        }
        if type_name == "ALIYUN::ROS::CustomResource" {
            service_token(resource, node, report);
        }
        return;
    }
    if context.catalog.successor(&type_name).is_some() {
        return retired(context, &type_name, node, report);
    }
    if !well_formed(&type_name) {
        let type_name = plain(&type_name);
        let parts: Vec<&str> = type_name
            .split([':', ' ', '/'])
            .filter(|part| !part.is_empty())
            .collect();
        let repaired = parts.join("::");
        let exact = context.catalog.type_names().find(|name| **name == repaired);
        let found = exact.map_or_else(|| context.catalog.nearest_types(&repaired), |name| vec![name]);
        report
            .at(&MALFORMED_TYPE, node, malformed(node, &found))
            .suggest(&found);
    } else if type_name.starts_with("Custom::") {
        service_token(resource, node, report);
    } else if !type_name.starts_with("MODULE::") {
        let found = context.catalog.nearest_types(&type_name);
        let message = format!("unknown resource type `{type_name}`{}", did_you_mean(&found));
        report.at(&UNKNOWN_TYPE, node, message).suggest(&found);
    }
}

/// A type of old times, and what took over from it.
fn retired(context: &LinkedContext<'_>, type_name: &str, node: Node<'_>, report: &mut Report) {
    let found = match context.catalog.successor(type_name) {
        Some(successor) => vec![successor],
        None => Vec::new(),
    };
    let message = match found.first() {
        Some(successor) => format!("use `{successor}`: `{type_name}` is retired"),
        None => format!("`{type_name}` is retired: only old documentation knows it"),
    };
    report.at(RETIRED, node, message).deprecated().suggest(&found);
}

fn malformed(node: Node<'_>, found: &[&str]) -> String {
    let name = node.text().unwrap_or_default();
    let odd = odd_characters(&name);
    match found {
        [] => format!("a type must be written like `ALIYUN::ECS::VPC`, not `{name}`{odd}"),
        _ => format!("unknown resource type `{name}`{odd}{}", did_you_mean(found)),
    }
}

fn version(resource: Resource<'_>, type_name: &str, report: &mut Report) {
    let module = type_name.starts_with("MODULE::");
    let Some(entry) = resource.entry.value.entry("Version") else {
        if module && let Some(node) = resource.attribute("Type") {
            let message = "`Version` is missing: a module needs `default`, `latest` or `v` and a number";
            report.at(&MODULE_VERSION, node, message).unfinished();
        }
        return;
    };
    if !module {
        report.at(
            &MODULE_VERSION,
            entry.key,
            "remove `Version`: only `MODULE::` types take one",
        );
        return;
    }
    let text = entry.value.text().unwrap_or_default();
    let numbered = text
        .strip_prefix('v')
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let known = numbered || matches!(&*text, "default" | "latest");
    if !known && !entry.value.is_empty() {
        let message = format!(
            "`Version` must be `default`, `latest` or `v` and a number, not {}",
            value_or_kind(entry.value.into())
        );
        report.at(&MODULE_VERSION, entry.value, message);
    }
}

fn service_token(resource: Resource<'_>, at: Node<'_>, report: &mut Report) {
    let given = resource
        .properties()
        .is_some_and(|properties| properties.get("ServiceToken").is_some());
    if !given {
        let message = "property `ServiceToken` is missing: a custom resource needs it";
        report.at(&SERVICE_TOKEN, at, message).unfinished();
    }
}

fn well_formed(name: &str) -> bool {
    let parts: Vec<&str> = name.split("::").collect();
    let words = parts
        .iter()
        .all(|part| !part.is_empty() && !part.contains([':', ' ', '/']) && plain(part) == *part);
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
#         ^^^^^^^^^^^^^^^^ ROS0704 unknown resource type `ALIYUN::ECS::Vpc`; did you mean `ALIYUN::ECS::VPC`?
  B:
    Type: ALIYUN:ECS:VPC
#         ^^^^^^^^^^^^^^ ROS0705 unknown resource type `ALIYUN:ECS:VPC`; did you mean `ALIYUN::ECS::VPC`?
  D:
    Type: ALIYUN::ECS::EIP
#         ^^^^^^^^^^^^^^^^ ROS0806 use `ALIYUN::VPC::EIP`: `ALIYUN::ECS::EIP` is retired
  E:
    Type: 'ALIYUN::ECS::\u{200b}VPC'
#          ^^^^^^^^^^^^^^^^^ ROS0705 unknown resource type `ALIYUN::ECS::\u{200b}VPC` (with U+200B, an invisible character); did
  F:
    Type: ALIYUN::VPC::SecurityGroup
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^ ROS0704 unknown resource type `ALIYUN::VPC::SecurityGroup`; did you mean `ALIYUN::ECS::SecurityGroup`?
  C:
    Type: AWS::EC2::VPC
#         ^^^^^^^^^^^^^ ROS0705 a type must be written like `ALIYUN::ECS::VPC`, not `AWS::EC2::VPC`
",
        );
    }
}
