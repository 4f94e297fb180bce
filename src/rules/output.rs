//! An output's own map.

use super::declare::{Check, Family, LinkedContext, Rule, UnitContext};
use super::keys::Keys;
use super::report::Report;
use super::wording::kind_of;
use crate::diagnostic::Severity;
use crate::language::attribute;
use crate::template::{SectionKind, Transform, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&OUTPUT_SHAPE, &UNKNOWN_ATTRIBUTE],
    check: Check::Unit(check),
};

/// Outputs of Terraform templates may have an empty value, so this one looks at the template around.
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
    let value = Value::from(context.entry.value);
    if !value.node.is_mapping() || value.call().is_some() {
        let name = &context.facts().name;
        let message = format!(
            "output `{name}` must be a map with a `Value`, not {}",
            kind_of(value)
        );
        report
            .at(&OUTPUT_SHAPE, context.entry.key, message)
            .unfinished_if(value.is_null());
        return;
    }
    let keys = Keys {
        owner: "an output",
        known: attribute::OUTPUT,
        type_name: None,
        required: Some("Value"),
        unknown: &UNKNOWN_ATTRIBUTE,
        missing: &MISSING_VALUE,
    };
    if !keys.check(value.node, report) {
        let message = format!("output `{}` needs a `Value`", context.facts().name);
        report.at(&MISSING_VALUE, context.entry.key, message).unfinished();
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
    if let Some(entry) = output.entry("Value")
        && Value::from(entry.value).is_null()
        && context.names().transform != Transform::Terraform
    {
        // Whether the service takes a null here is not documented.
        report
            .at(&MISSING_VALUE, entry.key, "`Value` is empty: an output needs one")
            .severity(Severity::Warning)
            .unfinished();
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
# ^^^^^^ ROS0902 output `控制台@地址` must be a map with a `Value`, not a text
  B: {Ref: ALIYUN::Region}
# ^ ROS0902
  C: {Value: 1, Value2: 2}
#               ^^^^^^ ROS0903 an output has no `Value2`
  D:
    Value:
#   ^^^^^ ROS0901 `Value` is empty
  F: {Valu: 1}
#     ^^^^ ROS0901 `Value` is missing: an output needs it; did you mean it by `Valu`?
  E: {Label: {en: a}}
# ^ ROS0901 output `E` needs a `Value`
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
