//! A parameter's own map: its shape, its type and its attributes.

use super::declare::{CallContext, CallPlace, Check, Family, LinkedContext, Rule, UnitContext};
use super::report::{Report, did_you_mean, one_of};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::{attribute, parameter};
use crate::template::{Parameter, SectionKind, Transform, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&PARAMETER_SHAPE, &MISSING_TYPE, &UNKNOWN_TYPE, &UNKNOWN_ATTRIBUTE],
    check: Check::Unit(check),
};

/// Names are free in Terraform templates, so this one looks at the template around.
pub(super) const NAMES: Family = Family {
    rules: &[&PARAMETER_NAME],
    check: Check::Linked(check_name),
};

pub(super) const FUNCTIONS: Family = Family {
    rules: &[&FUNCTION_IN_PARAMETER],
    check: Check::Call(check_call),
};

const PARAMETER_SHAPE: Rule = Rule {
    id: "ROS0201",
    name: "parameter-shape",
    about: "A parameter is a map with a `Type`. Often an attribute slipped out of its parameter by its indentation.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
  Description: The zone
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
    Description: The zone
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    ..Rule::NONE
};

const MISSING_TYPE: Rule = Rule {
    id: "ROS0202",
    name: "missing-parameter-type",
    about: "Every parameter needs a `Type`, written as plain text.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Description: The zone
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
    Description: The zone
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    ..Rule::NONE
};

const UNKNOWN_TYPE: Rule = Rule {
    id: "ROS0203",
    name: "unknown-parameter-type",
    about: "A parameter is a `String`, `Number`, `Boolean`, `Json` or `CommaDelimitedList`, or the name of a parameter \
            that the operations service keeps. Upper and lower case count.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Amount:
    Type: Integer
Resources: {}
Outputs:
  Amount:
    Value:
      Ref: Amount
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Amount:
    Type: Number
Resources: {}
Outputs:
  Amount:
    Value:
      Ref: Amount
",
    ..Rule::NONE
};

const PARAMETER_NAME: Rule = Rule {
    id: "ROS0204",
    name: "parameter-name",
    severity: Severity::Warning,
    about: "A parameter's name is made of letters and digits. Variables of Terraform code are named as Terraform has it.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  zone_id:
    Type: String
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: zone_id
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    ..Rule::NONE
};

const UNKNOWN_ATTRIBUTE: Rule = Rule {
    id: "ROS0205",
    name: "unknown-parameter-attribute",
    severity: Severity::Warning,
    about: "A parameter has no such attribute: what it is meant to say is lost.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
    Defalut: cn-hangzhou-i
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
    Default: cn-hangzhou-i
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    ..Rule::NONE
};

const FUNCTION_IN_PARAMETER: Rule = Rule {
    id: "ROS0218",
    name: "function-in-parameter",
    about: "Parameters are what the stack is asked for before anything is computed: functions are not read in them. Only \
            the console's own conditions in `AssociationPropertyMetadata` look like functions.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Region:
    Type: String
    Default:
      Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Value:
      Ref: Region
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

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Parameters {
        return;
    }
    let parameter = Parameter { entry: context.entry };
    let value = context.entry.value;
    if !value.is_mapping() || Value::from(value).call().is_some() {
        let message = format!("`{}` must be a map with a `Type`", parameter.name());
        report.at(&PARAMETER_SHAPE, context.entry.key, message);
        return;
    }
    check_type(parameter, report);
    for entry in value.entries() {
        let Some(name) = entry.key.text().filter(|name| !name.is_empty() && name != "<<") else {
            continue;
        };
        if attribute::parameter(&name).is_none() {
            let found = nearest(&name, attribute::PARAMETER.iter().map(|attribute| attribute.name));
            let message = format!("a parameter has no attribute `{name}`{}", did_you_mean(&found));
            report.at(&UNKNOWN_ATTRIBUTE, entry.key, message).suggest(&found);
        }
    }
}

fn check_type(parameter: Parameter<'_>, report: &mut Report) {
    let Some(entry) = parameter.entry.value.entry("Type") else {
        let message = format!("parameter `{}` has no `Type`", parameter.name());
        report.at(&MISSING_TYPE, parameter.entry.key, message);
        return;
    };
    let value = Value::from(entry.value);
    if value.call().is_some() {
        // A function in a parameter is a finding of its own.
        return;
    }
    if value.is_null() {
        report.at(&MISSING_TYPE, entry.key, "`Type` must be the name of a type");
        return;
    }
    let name = value.literal().unwrap_or_default();
    if parameter::type_of(&name).is_some() {
        return;
    }
    let found = match other_word(&name) {
        Some(word) => vec![word],
        None => nearest(&name, type_names()),
    };
    let message = match found.first() {
        Some(_) => format!("no parameter type `{name}`{}", did_you_mean(&found)),
        None => format!("a parameter's type is {}", one_of(type_names())),
    };
    report.at(&UNKNOWN_TYPE, entry.value, message).suggest(&found);
}

fn type_names() -> impl Iterator<Item = &'static str> {
    parameter::TYPES.iter().map(|known| known.name)
}

/// What other template languages call the types.
fn other_word(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "integer" | "int" | "float" | "double" | "long" => Some("Number"),
        "bool" => Some("Boolean"),
        "str" | "text" => Some("String"),
        "object" | "map" | "dict" | "list" | "array" => Some("Json"),
        _ => None,
    }
}

fn check_name(context: &LinkedContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Parameters || context.names().transform == Transform::Terraform {
        return;
    }
    let name = &*context.facts().name;
    if let Some(unusual) = name.chars().find(|c| !c.is_ascii_alphanumeric()) {
        let message = format!("`{unusual}` in a parameter's name; use letters and digits only");
        report.at(&PARAMETER_NAME, context.entry.key, message);
    }
}

fn check_call(context: &CallContext<'_>, report: &mut Report) {
    let outermost = context.outer.is_none();
    if context.unit.section() == SectionKind::Parameters && context.place == CallPlace::Literal && outermost {
        let message = format!("`{}` is not read in a parameter", context.call.name);
        report.add(&FUNCTION_IN_PARAMETER, context.call.name_range, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn shapes_and_types() {
        check(
            "
Parameters:
  可用区:
# ^^^ ROS0204 `可` in a parameter's name
    Type: string
#         ^^^^^^ ROS0203 no parameter type `string`; did you mean `String`?
  B:
    Type:
#   ^^^^ ROS0202 `Type` must be the name of a type
  C: String
# ^ ROS0201 `C` must be a map with a `Type`
  D:
# ^ ROS0202 parameter `D` has no `Type`
    Default: {Ref: B}
#             ^^^ ROS0218 `Ref` is not read in a parameter
    Lable: x
#   ^^^^^ ROS0205 a parameter has no attribute `Lable`; did you mean `Label`?
  E:
    Type: AWS::Something::Else
#         ^^^^^^^^^^^^^^^^^^^^ ROS0203 a parameter's type is `String`, `Number`
    AssociationPropertyMetadata:
      Visible:
        Condition: {Fn::Equals: ['${B}', x]}
Resources: {}
Outputs:
  A: {Value: [!Ref 可用区, !Ref B, !Ref C, !Ref D, !Ref E]}
",
        );
    }

    #[test]
    fn variables_of_terraform_code() {
        check(
            "
Transform: Aliyun::Terraform-v1.5
Workspace:
  main.tf: variable \"zone_id\" {}
Parameters:
  zone_id:
    Type: String
",
        );
    }
}
