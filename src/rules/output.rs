//! An output's own map.

use super::declare::{Check, Family, LinkedContext, Rule, UnitContext};
use super::report::{Report, did_you_mean};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::attribute;
use crate::template::{SectionKind, Transform, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&OUTPUT_SHAPE, &UNKNOWN_ATTRIBUTE],
    check: Check::Unit(check),
};

/// Outputs of Terraform templates need no value of their own, so this one looks at the template around.
pub(super) const VALUES: Family = Family {
    rules: &[&MISSING_VALUE],
    check: Check::Linked(check_value),
};

const MISSING_VALUE: Rule = Rule {
    id: "ROS0901",
    name: "missing-output-value",
    about: "An output needs a `Value`. (Outputs of Terraform templates, whose values come from the code, may leave it \
            null.)",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Region:
    Description: where it is
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Region:
    Description: where it is
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

const OUTPUT_SHAPE: Rule = Rule {
    id: "ROS0902",
    name: "output-shape",
    about: "An output is a map with a `Value`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Region:
    Ref: ALIYUN::Region
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Region:
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

const UNKNOWN_ATTRIBUTE: Rule = Rule {
    id: "ROS0903",
    name: "unknown-output-attribute",
    severity: Severity::Warning,
    about: "An output has no such attribute: what it is meant to say is lost.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Region:
    Desciption: where it is
    Value:
      Ref: ALIYUN::Region
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Region:
    Description: where it is
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Outputs {
        return;
    }
    let value = context.entry.value;
    if !value.is_mapping() || Value::from(value).call().is_some() {
        let name = &context.facts().name;
        let message = format!("`{name}` must be a map with a `Value`");
        report.at(&OUTPUT_SHAPE, context.entry.key, message);
        return;
    }
    for entry in value.entries() {
        let Some(name) = entry.key.text().filter(|name| !name.is_empty() && name != "<<") else {
            continue;
        };
        if attribute::output(&name).is_none() {
            let found = nearest(&name, attribute::OUTPUT.iter().map(|attribute| attribute.name));
            let message = format!("an output has no attribute `{name}`{}", did_you_mean(&found));
            report.at(&UNKNOWN_ATTRIBUTE, entry.key, message).suggest(&found);
        }
    }
}

fn check_value(context: &LinkedContext<'_>, report: &mut Report) {
    let output = context.entry.value;
    if context.section() != SectionKind::Outputs
        || !output.is_mapping()
        || Value::from(output).call().is_some()
    {
        return;
    }
    match output.entry("Value") {
        None => {
            let message = format!("output `{}` has no `Value`", context.facts().name);
            report.at(&MISSING_VALUE, context.entry.key, message);
        }
        Some(entry) if Value::from(entry.value).is_null() => {
            if context.names().transform != Transform::Terraform {
                // Whether the service takes a null here is not documented.
                report
                    .at(&MISSING_VALUE, entry.key, "the output's `Value` is empty")
                    .severity(Severity::Warning);
            }
        }
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn shapes() {
        check(
            "
Resources: {}
Outputs:
  控制台@地址: text
# ^^^^^^ ROS0902 `控制台@地址` must be a map with a `Value`
  B: {Ref: ALIYUN::Region}
# ^ ROS0902
  C: {Value: 1, Value2: 2}
#               ^^^^^^ ROS0903 an output has no attribute `Value2`; did you mean `Value`?
  D:
    Value:
#   ^^^^^ ROS0901 the output's `Value` is empty
  E: {Label: {en: a}}
# ^ ROS0901 output `E` has no `Value`
",
        );
    }

    #[test]
    fn values_of_terraform_code() {
        check(
            "
Transform: Aliyun::Terraform-v1.5
Workspace:
  main.tf: output \"id\" {}
Outputs:
  id: {Value: null, Label: {en: Id}}
",
        );
    }
}
