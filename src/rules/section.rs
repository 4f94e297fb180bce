//! The template's sections: known names, right shapes.

use super::colon::Slips;
use super::declare::{Check, Family, Rule, TemplateContext};
use super::report::{Report, unknown};
use super::wording::kind_of;
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::syntax::Entry;
use crate::template::{SectionKind, Template, Transform, Value};

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
                .at(&UNKNOWN_SECTION, section.key, unknown("section", &name, &found))
                .suggest(&found);
            continue;
        };
        shape(kind, section, report);
    }
    let terraform = context.names.transform == Transform::Terraform;
    if root.is_mapping() && !terraform && !is_there(context.template, SectionKind::Resources) {
        let at = root.entries().next().map_or(root, |entry| entry.key);
        report
            .at(
                &NO_RESOURCES,
                at,
                "`Resources` is missing: the template creates nothing",
            )
            .unfinished();
    }
}

/// Whether the template has a section, if only misspelt: then it is reported once, as unknown.
pub(super) fn is_there(template: Template<'_>, wanted: SectionKind) -> bool {
    template.sections().any(|(kind, section)| match kind {
        Some(kind) => kind == wanted,
        None => {
            let name = section.key.text().unwrap_or_default();
            let found = nearest(&name, SectionKind::ALL.map(SectionKind::name));
            found.first() == Some(&wanted.name())
        }
    })
}

fn shape(kind: SectionKind, section: Entry<'_>, report: &mut Report) {
    let value = Value::from(section.value);
    let is_map = value.call().is_none() && value.node.is_mapping();
    if !takes_map(kind) || is_map || value.is_null() {
        return;
    }
    let name = kind.name();
    if let Some(slips) = Slips::of(section.value) {
        let message = format!("{}; `{name}` must be a map", slips.advice());
        report
            .at(&SECTION_SHAPE, section.value, message)
            .mend_colons(slips);
        return;
    }
    let message = format!(
        "`{name}` must be a map from names to what they stand for, not {}",
        kind_of(value)
    );
    report.at(&SECTION_SHAPE, section.key, message);
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
    use crate::rules::fixture::{check, check_half_typed, check_whole};

    #[test]
    fn a_misspelt_section_is_there() {
        check_whole(
            "
  ROSTemplateFormatVerson: '2015-09-01'
# ^^^^^^^^^^^^^^^^^^^^^^^ ROS0104 unknown section `ROSTemplateFormatVerson`; did you mean `ROSTemplateFormatVersion`?
  Resource: {}
# ^^^^^^^^ ROS0104 unknown section `Resource`; did you mean `Resources`?
",
        );
    }

    #[test]
    fn entries_without_a_space() {
        check_half_typed(
            "
Resources:
  网络：ALIYUN::ECS::VPC
# ^^^^^^^^^^^^^^^^^^^ ROS0105 write `网络: ALIYUN::ECS::VPC` with an ASCII colon
",
        );
    }

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
#       ^^^^^^^ ROS0105 `Outputs` must be a map from names
        Output: {}
#       ^^^^^^ ROS0104 unknown section `Output`; did you mean `Outputs`?
",
        );
    }
}
