//! The template's sections: known names, right shapes.

use super::declare::{Check, Family, Rule, TemplateContext};
use super::report::{Report, did_you_mean};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::template::{SectionKind, Transform, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&UNKNOWN_SECTION, &SECTION_SHAPE, &NO_RESOURCES],
    check: Check::Template(check),
};

const UNKNOWN_SECTION: Rule = Rule {
    id: "ROS0104",
    name: "unknown-section",
    about: "Only the sections of the template language may stand at the top of a template; the service refuses others.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resource:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

const SECTION_SHAPE: Rule = Rule {
    id: "ROS0105",
    name: "section-shape",
    about: "Sections such as `Resources` are maps from a name to its definition. An empty section is fine.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  - Type: ALIYUN::ECS::VPC
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

const NO_RESOURCES: Rule = Rule {
    id: "ROS0108",
    name: "no-resources",
    severity: Severity::Information,
    about: "A template without `Resources` creates nothing. That is allowed, and rarely meant.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Description: nothing here
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

fn check(context: &TemplateContext<'_>, report: &mut Report) {
    let root = context.template.root;
    for (kind, section) in context.template.sections() {
        let Some(kind) = kind else {
            let Some(name) = section.key.text().filter(|name| !name.is_empty() && name != "<<") else {
                continue;
            };
            let found = nearest(&name, SectionKind::ALL.map(SectionKind::name));
            report
                .at(
                    &UNKNOWN_SECTION,
                    section.key,
                    format!("`{name}` is no section of a template{}", did_you_mean(&found)),
                )
                .suggest(&found);
            continue;
        };
        let value = Value::from(section.value);
        if takes_map(kind) && (value.call().is_some() || !value.node.is_mapping()) && !value.is_null() {
            report.at(
                &SECTION_SHAPE,
                section.key,
                format!("`{}` must be a map of names", kind.name()),
            );
        }
    }
    let terraform = context.names.transform == Transform::Terraform;
    if root.is_mapping() && !terraform && context.template.section(SectionKind::Resources).is_none() {
        let at = root.entries().next().map_or(root, |entry| entry.key);
        report.at(&NO_RESOURCES, at, "the template has no `Resources`");
    }
}

fn takes_map(kind: SectionKind) -> bool {
    match kind {
        SectionKind::Metadata
        | SectionKind::Parameters
        | SectionKind::Mappings
        | SectionKind::Conditions
        | SectionKind::Rules
        | SectionKind::Locals
        | SectionKind::Resources
        | SectionKind::Outputs
        | SectionKind::Workspace => true,
        // Rules of their own: a version, a literal, a text or languages.
        SectionKind::Version | SectionKind::Transform | SectionKind::Description => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn empty_and_null_sections_are_fine() {
        check("\nResources: {}\nOutputs:\nParameters: null\n");
    }

    #[test]
    fn in_a_nested_body() {
        check(
            "
Resources:
  嵌套:
    Type: ALIYUN::ROS::Stack
    Properties:
      TemplateBody:
        ROSTemplateFormatVersion: '2015-09-01'
        Resources: {}
        Outputs: some text
#       ^^^^^^^ ROS0105 `Outputs` must be a map of names
        Output: {}
#       ^^^^^^ ROS0104 `Output` is no section of a template; did you mean `Outputs`?
",
        );
    }
}
