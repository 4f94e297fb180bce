//! A parameter's own map: its shape, its type and its attributes.

use super::declare::{CallContext, CallPlace, Check, Family, LinkedContext, Rule, UnitContext};
use super::keys::Keys;
use super::report::{Report, did_you_mean, one_of};
use super::wording::{kind_of, odd_characters, shown};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::{attribute, parameter};
use crate::syntax::{Entry, Kind};
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
    let value = Value::from(context.entry.value);
    if !value.node.is_mapping() || value.call().is_some() {
        let name = parameter.name();
        let message = format!(
            "parameter `{name}` must be a map with a `Type`, not {}",
            kind_of(value)
        );
        report
            .at(&PARAMETER_SHAPE, context.entry.key, message)
            .unfinished_if(value.is_null());
        return;
    }
    let type_name = parameter.type_name();
    let keys = Keys {
        owner: "a parameter",
        known: attribute::PARAMETER,
        type_name: type_name
            .as_deref()
            .filter(|name| parameter::type_of(name).is_some()),
        required: Some("Type"),
        unknown: &UNKNOWN_ATTRIBUTE,
        missing: &MISSING_TYPE,
    };
    let has_type = keys.check(value.node, report);
    match value.node.entry("Type") {
        Some(entry) => check_type(entry, report),
        None if !has_type => {
            let message = format!(
                "parameter `{}` needs a `Type`: {}",
                parameter.name(),
                one_of(type_names())
            );
            report.at(&MISSING_TYPE, context.entry.key, message).unfinished();
        }
        None => {}
    }
}

fn check_type(entry: Entry<'_>, report: &mut Report) {
    let value = Value::from(entry.value);
    if value.call().is_some() || value.kind() == Kind::Alias {
        // A function in a parameter is a finding of its own.
        return;
    }
    if value.is_null() {
        let message = format!("`Type` is empty: it must be {}", one_of(type_names()));
        report.at(&MISSING_TYPE, entry.key, message).unfinished();
        return;
    }
    let Some(name) = value.literal() else {
        let message = format!("`Type` must be the name of a type, not {}", kind_of(value));
        report.at(&UNKNOWN_TYPE, entry.value, message);
        return;
    };
    if parameter::type_of(&name).is_some() {
        return;
    }
    let found = match other_word(&name) {
        Some(word) => vec![word],
        None => nearest(&name, type_names()),
    };
    let wrong = format!("no parameter type {}{}", shown(&name), odd_characters(&name));
    let message = match found.first() {
        Some(_) => format!("{wrong}{}", did_you_mean(&found)),
        None => format!("{wrong}: it must be {}", one_of(type_names())),
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
        let message = match odd_characters(name) {
            odd if odd.is_empty() => {
                format!("a parameter's name must be letters and digits only, without `{unusual}`")
            }
            odd => format!("a parameter's name must be letters and digits only{odd}"),
        };
        report.at(&PARAMETER_NAME, context.entry.key, message);
    }
}

fn check_call(context: &CallContext<'_>, report: &mut Report) {
    let outermost = context.outer.is_none();
    if context.unit.section() == SectionKind::Parameters && context.place == CallPlace::Literal && outermost {
        let message = format!(
            "a parameter must hold plain values: `{}` is not read here",
            context.call.name
        );
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
# ^^^ ROS0204 a parameter's name must be letters and digits only, without `可`
    Type: string
#         ^^^^^^ ROS0203 no parameter type `string`; did you mean `String`?
  B:
    Type:
#   ^^^^ ROS0202 `Type` is empty: it must be `String`, `Number`
  C: String
# ^ ROS0201 parameter `C` must be a map with a `Type`, not a text
  D:
# ^ ROS0202 parameter `D` needs a `Type`: `String`
    Default: {Ref: B}
#             ^^^ ROS0218 a parameter must hold plain values: `Ref` is not read here
    Lable: x
#   ^^^^^ ROS0205 a parameter has no `Lable`; did you mean `Label`?
  E:
    Type: AWS::Something::Else
#         ^^^^^^^^^^^^^^^^^^^^ ROS0203 no parameter type `AWS::Something::Else`: it must be `String`, `Number`
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
    fn a_misspelt_type_is_one_finding() {
        check(
            "
Parameters:
  A:
    Typ: String
#   ^^^ ROS0202 `Type` is missing: a parameter needs it; did you mean it by `Typ`?
    MinValu: 1
#   ^^^^^^^ ROS0205 a parameter has no `MinValu`; did you mean `MinValue`?
  B: {Type: [String]}
#           ^^^^^^^^ ROS0203 `Type` must be the name of a type, not a list
  C: {Type: \"String\\u00a0\"}
#            ^^^^^^^^^^^^ ROS0203 no parameter type `String ` (with U+00A0, a no-break space); did you mean `String`?
  D: {Type: String, Label: a, Lable: b}
#                             ^^^^^ ROS0205 a parameter has no `Lable`
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B, !Ref C, !Ref D]}
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
