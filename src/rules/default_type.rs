//! A parameter's default against the parameter's type.

use super::declare::{Check, Family, Rule, UnitContext};
use super::report::Report;
use super::wording::value_or_kind;
use crate::diagnostic::Severity;
use crate::syntax::scalar_type::Typed;
use crate::syntax::{Kind, Node};
use crate::template::{Parameter, SectionKind, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&DEFAULT_TYPE],
    check: Check::Unit(check),
};

const DEFAULT_TYPE: Rule = Rule {
    id: "ROS0211",
    name: "default-type",
    about: "A parameter's `Default` must be a value of its `Type`. Text that reads as one (`'10'` for a number, `'true'` \
            for a boolean, JSON text for `Json`, text with commas for `CommaDelimitedList`) is fine.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Amount:
    Type: Number
    Default: many
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
    Default: 10
Resources: {}
Outputs:
  Amount:
    Value:
      Ref: Amount
",
    ..Rule::NONE
};

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Parameters {
        return;
    }
    let parameter = Parameter { entry: context.entry };
    let Some(default) = parameter.attribute("Default").map(Value::from) else {
        return;
    };
    let Some(type_name) = parameter.type_name() else {
        return;
    };
    // A null default means no value, and functions are a finding of their own.
    if default.is_null() || default.call().is_some() || default.kind() == Kind::Alias {
        return;
    }
    if let Some((wanted, severity)) = wanted(&type_name, default) {
        let message = format!("`Default` must be {wanted}, not {}", value_or_kind(default));
        report.at(&DEFAULT_TYPE, default.node, message).severity(severity);
    }
}

/// What a default has to be, if it is nothing that the service turns into the type; and how sure that is.
pub(super) fn wanted(type_name: &str, default: Value<'_>) -> Option<(&'static str, Severity)> {
    let node = default.node;
    let sure = Severity::Error;
    match type_name {
        "String" => (!node.is_scalar()).then_some(("a text", sure)),
        "Number" => number(node).is_none().then(|| {
            // To Python, which the service is written in, `True` is 1.
            let truth = matches!(node.typed(), Some(Typed::Bool(_)));
            ("a number", if truth { Severity::Warning } else { sure })
        }),
        "Boolean" => {
            let fits = matches!(node.typed(), Some(Typed::Bool(_)))
                || default.literal().is_some_and(|text| boolean(&text).is_some());
            (!fits).then_some(("`true` or `false`", sure))
        }
        "CommaDelimitedList" => {
            (!node.is_scalar() && !node.is_sequence()).then_some(("a text with commas, or a list", sure))
        }
        "Json" => {
            not_json(&default.literal()?).map(|severity| ("a list, a map, or JSON text of one", severity))
        }
        "ALIYUN::OOS::Parameter::Value" | "ALIYUN::OOS::SecretParameter::Value" => {
            (!node.is_scalar()).then_some(("the name of a parameter in the OOS store", sure))
        }
        _ => None,
    }
}

/// Whether a text is no JSON of a list or a map. Error only for what no JSON reader takes: Python's takes a little more
/// than the standard, and a single value may be read as itself.
fn not_json(text: &str) -> Option<Severity> {
    let lenient = ["NaN", "Infinity", "\\u"].iter().any(|word| text.contains(word));
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(json) if json.is_object() || json.is_array() || json.is_null() => None,
        Err(error) if error.is_syntax() && !lenient || error.is_eof() && !text.trim().is_empty() => {
            Some(Severity::Error)
        }
        Ok(_) | Err(_) => Some(Severity::Warning),
    }
}

/// A number, or a text that reads as one: Python takes `1_000`.
pub(super) fn number(value: Node<'_>) -> Option<f64> {
    match value.typed()? {
        Typed::Int(number) => Some(number as f64),
        Typed::Float(number) => Some(number),
        Typed::String => value.text()?.trim().replace('_', "").parse().ok(),
        Typed::Null | Typed::Bool(_) | Typed::Timestamp => None,
    }
}

/// The words that the service reads as truths, by iac-code's offline validator, in any case.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "t" | "1" | "yes" | "y" | "on" => Some(true),
        "false" | "f" | "0" | "no" | "n" | "off" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::document::Document;
    use crate::rules::fixture::findings;
    use crate::syntax::Format;

    #[test]
    fn what_is_certain() {
        let severities = |type_name: &str, default: &str| {
            let text = format!(
                "ROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  A: {{Type: {type_name}, Default: {default}}}\n\
                 Resources: {{}}\nOutputs:\n  A: {{Value: !Ref A}}\n"
            );
            findings(&Document::new(&text, Format::Yaml))
                .iter()
                .map(|finding| finding.severity)
                .collect::<Vec<_>>()
        };
        for (type_name, default) in [
            ("Number", "x"),
            ("Number", "''"),
            ("Number", "[1]"),
            ("Boolean", "2"),
            ("Json", "'{a: 1}'"),
            ("CommaDelimitedList", "{a: b}"),
        ] {
            assert_eq!(
                severities(type_name, default),
                [Severity::Error],
                "{type_name} {default}"
            );
        }
        for (type_name, default) in [
            ("Number", "true"),
            ("Json", "5"),
            ("Json", "''"),
            ("Json", "'[NaN]'"),
        ] {
            assert_eq!(
                severities(type_name, default),
                [Severity::Warning],
                "{type_name} {default}"
            );
        }
        for (type_name, default) in [("Number", "1_000"), ("Boolean", "'Y'"), ("String", "true")] {
            assert_eq!(severities(type_name, default), [], "{type_name} {default}");
        }
    }
}
