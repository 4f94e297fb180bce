//! `Transform`, and the `Workspace` of Terraform templates.

use super::declare::{Check, Family, Rule, TemplateContext, UnitContext};
use super::report::{Report, one_of, unknown};
use super::wording::{kind_of, shown};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::section::{TRANSFORMS, is_transform};
use crate::syntax::Kind;
use crate::template::{SectionKind, Template, Transform, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&UNKNOWN_TRANSFORM, &WORKSPACE_WITHOUT_TERRAFORM, &UNUSED_SECTION],
    check: Check::Template(check),
};

pub(super) const FILES: Family = Family {
    rules: &[&WORKSPACE_FILE],
    check: Check::Unit(check_file),
};

/// Files of a workspace at most, directories around one at most: the service's limits.
const MOST_FILES: usize = 50;
const MOST_DEPTH: usize = 5;
/// Characters of a path, and of one of its parts.
const MOST_PATH: usize = 1_024;
const MOST_PART: usize = 255;

const UNKNOWN_TRANSFORM: Rule = Rule {
    id: "ROS1201",
    name: "unknown-transform",
    about: "`Transform` takes one of the names that the service knows, written out: no parameter, no function. A name that is \
            near to none of those known here is a warning: new ones come.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Transform: Aliyun::Teraform-v1.5
Workspace:
  main.tf: ''
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Transform: Aliyun::Terraform-v1.5
Workspace:
  main.tf: ''
",
    ..Rule::NONE
};

const WORKSPACE_WITHOUT_TERRAFORM: Rule = Rule {
    id: "ROS1202",
    name: "workspace-without-terraform",
    about: "Terraform code stands in `Workspace`, and a Terraform `Transform` says how to read it: one is nothing without \
            the other.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Workspace:
  main.tf: ''
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Transform: Aliyun::Terraform-v1.5
Workspace:
  main.tf: ''
",
    ..Rule::NONE
};

const WORKSPACE_FILE: Rule = Rule {
    id: "ROS1203",
    name: "workspace-file",
    about: "`Workspace` maps relative paths, at most five directories deep, to the texts of the files; there may be 50 of them. \
            No part of a path is empty, `.` or `..`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Transform: Aliyun::Terraform-v1.5
Workspace:
  /main.tf: ''
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Transform: Aliyun::Terraform-v1.5
Workspace:
  main.tf: ''
",
    ..Rule::NONE
};

const UNUSED_SECTION: Rule = Rule {
    id: "ROS1205",
    name: "section-beside-terraform",
    severity: Severity::Warning,
    about: "In a Terraform template the code in `Workspace` makes the resources; sections that belong to resources of ROS \
            are not read.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Transform: Aliyun::Terraform-v1.5
Workspace:
  main.tf: ''
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Transform: Aliyun::Terraform-v1.5
Workspace:
  main.tf: 'resource \"alicloud_vpc\" \"vpc\" {}'
",
    ..Rule::NONE
};

fn check(context: &TemplateContext<'_>, report: &mut Report) {
    let template = context.template;
    let workspace = template.section(SectionKind::Workspace);
    if let Some(section) = template.section(SectionKind::Transform) {
        known(section.value.into(), report);
        if context.names.transform == Transform::Terraform && workspace.is_none() {
            let message = "`Workspace` is missing: a Terraform template needs it for its code";
            report
                .at(&WORKSPACE_WITHOUT_TERRAFORM, section.value, message)
                .unfinished();
        }
    }
    if let Some(workspace) = workspace {
        if matches!(context.names.transform, Transform::None | Transform::Serverless) {
            let message = "`Workspace` needs a `Transform` such as `Aliyun::Terraform-v1.5`: only Terraform templates have one";
            report.at(&WORKSPACE_WITHOUT_TERRAFORM, workspace.key, message);
        }
        let files = workspace.value.entries().count();
        if files > MOST_FILES {
            let message = format!("`Workspace` may have at most {MOST_FILES} files, this has {files}");
            report.at(&WORKSPACE_FILE, workspace.key, message);
        }
    }
    if context.names.transform == Transform::Terraform {
        unused_sections(template, report);
    }
}

fn known(value: Value<'_>, report: &mut Report) {
    if value.is_null() || value.node.is_empty() || value.kind() == Kind::Alias {
        return;
    }
    let names = TRANSFORMS.iter().map(|transform| transform.name);
    match value.literal() {
        Some(name) if is_transform(&name) => {}
        Some(name) => {
            let found = nearest(&name, names.clone());
            let hint = match found.is_empty() {
                true => format!("; known are {}", one_of(names)),
                false => String::new(),
            };
            let severity = match found.is_empty() {
                true => Severity::Warning,
                false => Severity::Error,
            };
            let message = unknown("transform", &name, &found) + &hint;
            report
                .at(&UNKNOWN_TRANSFORM, value.node, message)
                .severity(severity)
                .suggest(&found);
        }
        None => {
            let message = format!(
                "`Transform` must be the name of a transform as plain text, not {}",
                kind_of(value)
            );
            report.at(&UNKNOWN_TRANSFORM, value.node, message);
        }
    }
}

fn unused_sections(template: Template<'_>, report: &mut Report) {
    for (kind, section) in template.sections() {
        let of_resources = matches!(
            kind,
            Some(
                SectionKind::Resources
                    | SectionKind::Conditions
                    | SectionKind::Mappings
                    | SectionKind::Locals
            )
        );
        if of_resources && section.value.entries().next().is_some() {
            let name = section.key.text().unwrap_or_default();
            report.at(
                &UNUSED_SECTION,
                section.key,
                format!("`{name}` is not read in a Terraform template"),
            );
        }
    }
}

fn check_file(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Workspace {
        return;
    }
    let path = &*context.facts().name;
    if path.is_empty() || path == "<<" {
        return;
    }
    if let Some(problem) = problem_of(path) {
        let message = format!("the path {} {problem}", shown(path));
        report.at(&WORKSPACE_FILE, context.entry.key, message);
    }
    let text = context.entry.value;
    if text.is_mapping() || text.kind() == Kind::Sequence {
        let message = format!(
            "{} must be the text of the file, not {}",
            shown(path),
            kind_of(text.into())
        );
        report.at(&WORKSPACE_FILE, context.entry.key, message);
    }
}

/// What is wrong with a path; goes on from "the path …".
fn problem_of(path: &str) -> Option<String> {
    let mut parts = path.split('/');
    if path.starts_with('/') {
        return Some("must be relative: it can't begin with `/`".into());
    }
    if path.chars().count() > MOST_PATH {
        return Some(format!("may have at most {MOST_PATH} characters"));
    }
    if parts.clone().count() > MOST_DEPTH + 1 {
        return Some(format!("may have at most {MOST_DEPTH} directories"));
    }
    parts.find_map(|part| match part {
        "" => Some("can't have an empty part".into()),
        "." | ".." => Some(format!("can't have the part `{part}`")),
        _ if part.chars().count() > MOST_PART => {
            Some(format!("may have at most {MOST_PART} characters between two `/`"))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::{check, check_half_typed, check_whole};

    #[test]
    fn names_of_transforms() {
        check(
            "
Transform: Aliyun::Serverless-2018-04-3
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ROS1201 unknown transform `Aliyun::Serverless-2018-04-3`; did you mean
Resources: {}
",
        );
        check(
            "
Transform: [Aliyun::Serverless-2018-04-03]
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ROS1201 `Transform` must be the name
Resources: {}
",
        );
        check(
            "
Transform: Aliyun::OpenTofu-v1.8
Workspace: {main.tf: ''}
",
        );
        check_half_typed("\nTransform:\nResources: {}\n");
    }

    #[test]
    fn terraform_and_its_workspace() {
        check(
            "
Transform: Aliyun::Terraform-v1.5
#          ^^^^^^^^^^^^^^^^^^^^^^ ROS1202 `Workspace` is missing: a Terraform template needs it
",
        );
        check_whole(
            "
  ROSTemplateFormatVersion: '2015-09-01'
  Transform: Aliyun::Serverless-2018-04-03
  Resources: {}
  Workspace: {main.tf: ''}
# ^^^^^^^^^ ROS1202 `Workspace` needs a `Transform`
",
        );
    }

    #[test]
    fn files_and_sections_of_a_terraform_template() {
        check(
            "
Transform: Aliyun::Terraform-v1.5
Workspace:
  模块/a//b.tf: ''
# ^^^^^^^^^^ ROS1203 the path `模块/a//b.tf` can't have an empty part
  ../main.tf: ''
# ^^^^^^^^^^ ROS1203 the path `../main.tf` can't have the part `..`
  a/b/c/d/e/f/g.tf: ''
# ^^^^^^^^^^^^^^^^ ROS1203 the path `a/b/c/d/e/f/g.tf` may have at most 5 directories
  a/b/c/d/e/f.tf: ''
  list.tf: [a]
# ^^^^^^^ ROS1203 `list.tf` must be the text of the file, not a list
",
        );
        check_whole(
            "
  ROSTemplateFormatVersion: '2015-09-01'
  Transform: Aliyun::Terraform-v1.5
  Workspace: {main.tf: ''}
  Mappings: {A: {b: {c: d}}}
# ^^^^^^^^ ROS1205 `Mappings` is not read
  Conditions: {}
",
        );
    }
}
