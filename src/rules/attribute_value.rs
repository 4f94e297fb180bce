//! Attributes of parameters and outputs against the kind of value that each takes.

use super::declare::{Check, Family, Rule, UnitContext};
use super::default_type::number;
use super::report::Report;
use super::wording::value_or_kind;
use crate::diagnostic::Severity;
use crate::language::attribute::{self, Attribute};
use crate::language::doc::Shape;
use crate::syntax::scalar_type::Typed;
use crate::syntax::{Entry, Kind};
use crate::template::{SectionKind, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&PARAMETER_ATTRIBUTE, &OUTPUT_ATTRIBUTE],
    check: Check::Unit(check),
};

const PARAMETER_ATTRIBUTE: Rule = Rule {
    id: "ROS0246",
    name: "parameter-attribute-value",
    severity: Severity::Warning,
    about: "Each attribute of a parameter takes one kind of value: `NoEcho` is `true` or `false`, `MinLength` a whole \
            number, `Description` a text or one text a language. (A bound that is no number is an error: nothing can be \
            compared with it.)",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Token:
    Type: String
    NoEcho: sure
Resources: {}
Outputs:
  Token:
    Value:
      Ref: Token
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Token:
    Type: String
    NoEcho: true
Resources: {}
Outputs:
  Token:
    Value:
      Ref: Token
",
    ..Rule::NONE
};

const OUTPUT_ATTRIBUTE: Rule = Rule {
    id: "ROS0905",
    name: "output-attribute-value",
    severity: Severity::Warning,
    about: "Each attribute of an output takes one kind of value: `NoEcho` is `true` or `false`, `Description` and `Label` \
            are a text or one text a language. Functions are read in `Value` only.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Region:
    Description: [where, it is]
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

/// Attributes that rules of their own look at.
const ELSEWHERE: [&str; 6] = [
    "Type",
    "Default",
    "AllowedValues",
    "AssociationProperty",
    "AssociationPropertyMetadata",
    "Condition",
];

fn check(context: &UnitContext<'_>, report: &mut Report) {
    let (rule, table) = match context.section() {
        SectionKind::Parameters => (&PARAMETER_ATTRIBUTE, attribute::PARAMETER),
        SectionKind::Outputs => (&OUTPUT_ATTRIBUTE, attribute::OUTPUT),
        _ => return,
    };
    let map = Value::from(context.entry.value);
    if map.call().is_some() {
        return;
    }
    for entry in map.entries() {
        let Some(name) = entry.key.text().filter(|name| !ELSEWHERE.contains(&&**name)) else {
            continue;
        };
        if let Some(attribute) = table.iter().find(|attribute| attribute.name == name) {
            one(rule, attribute, entry, report);
        }
    }
}

fn one(rule: &'static Rule, attribute: &Attribute, entry: Entry<'_>, report: &mut Report) {
    let value = Value::from(entry.value);
    let name = attribute.name;
    let Some(wanted) = wanted(attribute.shape) else {
        return;
    };
    if value.is_null() {
        // Words for the console may be left out; what the service itself reads was meant to say something.
        if matches!(attribute.shape, Shape::Integer | Shape::Number | Shape::Boolean) {
            let message = format!("`{name}` is empty: it must be {wanted}");
            report.at(rule, entry.key, message).unfinished();
        }
        return;
    }
    // In a parameter functions are a finding of their own.
    let function = value.call().is_some();
    if value.kind() == Kind::Alias || function && rule.id == PARAMETER_ATTRIBUTE.id {
        return;
    }
    if function || !fits(attribute.shape, value) {
        let message = format!("`{name}` must be {wanted}, not {}", value_or_kind(value));
        report
            .at(rule, entry.value, message)
            .severity(severity(attribute.shape, value));
    } else if attribute.shape == Shape::Localized {
        languages(rule, name, value, report);
    }
}

/// Reports the first language whose words are a list or a map.
fn languages(rule: &'static Rule, name: &str, map: Value<'_>, report: &mut Report) {
    let collection = |entry: &Entry<'_>| matches!(entry.value.kind(), Kind::Mapping | Kind::Sequence);
    if let Some(wrong) = map.entries().find(collection) {
        let message = format!(
            "`{}` of `{name}` must be a text, not {}",
            wrong.key.text().unwrap_or_default(),
            value_or_kind(wrong.value.into())
        );
        report.at(rule, wrong.value, message);
    }
}

/// What a shape takes, for messages; `None` for those that other rules look at, or that take anything.
fn wanted(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Literal => Some("a text"),
        Shape::Boolean => Some("`true` or `false`"),
        Shape::Integer => Some("a whole number, zero or more"),
        Shape::Number => Some("a number"),
        Shape::Localized => Some("a text, or a map with `en` and `zh-cn`"),
        Shape::Map => Some("a map"),
        Shape::LiteralOrList
        | Shape::List
        | Shape::Data
        | Shape::Expression
        | Shape::Count
        | Shape::ConditionName
        | Shape::Condition => None,
    }
}

fn fits(shape: Shape, value: Value<'_>) -> bool {
    let node = value.node;
    match shape {
        Shape::Literal => node.is_scalar(),
        Shape::Boolean => {
            let word = |text: &str| text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
            matches!(node.typed(), Some(Typed::Bool(_))) || value.literal().is_some_and(|text| word(&text))
        }
        Shape::Integer => number(value.node).is_some_and(|number| number >= 0.0 && number.fract() == 0.0),
        Shape::Number => number(value.node).is_some(),
        Shape::Localized => node.is_scalar() || node.is_mapping(),
        Shape::Map => node.is_mapping(),
        _ => true,
    }
}

/// Nothing can be compared with a bound that is no number. The rest the service passes over or reads as it can.
fn severity(shape: Shape, value: Value<'_>) -> Severity {
    let bound = matches!(shape, Shape::Integer | Shape::Number);
    let boolean = matches!(value.node.typed(), Some(Typed::Bool(_)));
    if bound && number(value.node).is_none() && !boolean {
        Severity::Error
    } else {
        Severity::Warning
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn of_parameters() {
        check(
            "
Parameters:
  A:
    Type: String
    NoEcho: sure
#           ^^^^ ROS0246 `NoEcho` must be `true` or `false`, not `sure`
    Confirm: [true]
#            ^^^^^^ ROS0246 `Confirm` must be `true` or `false`, not a list
    MinLength: eight
#              ^^^^^ ROS0246 `MinLength` must be a whole number, zero or more, not `eight`
    MaxLength:
#   ^^^^^^^^^ ROS0246 `MaxLength` is empty: it must be a whole number
    AllowedPattern: [a]
#                   ^^^ ROS0246 `AllowedPattern` must be a text, not a list
    Description: [说明]
#                ^^^^ ROS0246 `Description` must be a text, or a map
    Label: {en: [a]}
#               ^^^ ROS0246 `en` of `Label` must be a text, not a list
    Placeholder:
  B: {Type: Number, MinValue: x, MaxValue: '10', ReadOnly: 'True', TextArea: yes}
#                             ^ ROS0246 `MinValue` must be a number, not `x`
  C: {Type: String, MinLength: -1, MaxLength: 1.5}
#                              ^^ ROS0246 `MinLength` must be a whole number, zero or more, not `-1`
#                                             ^^^ ROS0246
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B, !Ref C]}
",
        );
    }

    #[test]
    fn of_outputs() {
        check(
            "
Resources: {}
Outputs:
  A: {Value: 1, NoEcho: maybe, Label: [a], Description: {Ref: ALIYUN::Region}}
#                       ^^^^^ ROS0905 `NoEcho` must be `true` or `false`, not `maybe`
#                                     ^^^ ROS0905 `Label` must be a text
#                                                       ^^^^^^^^^^^^^^^^^^^^^ ROS0905 `Description` must be a text, or a map with `en` and `zh-cn`, not `Ref`
",
        );
    }
}
