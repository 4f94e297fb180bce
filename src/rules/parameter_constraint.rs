//! What a parameter demands of its values: lists, patterns and bounds that make sense.

use super::declare::{Check, Family, Rule, UnitContext};
use super::pattern;
use super::report::{Report, did_you_mean};
use super::wording::shown;
use crate::diagnostic::Severity;
use crate::syntax::scalar_type::Typed;
use crate::syntax::{Entry, Node};
use crate::template::{Parameter, SectionKind, Value};
use crate::text::edit::TextEdit;

pub(super) const FAMILY: Family = Family {
    rules: &[
        &PATTERN_SYNTAX,
        &PATTERN_TYPE,
        &RANGE_TYPE,
        &LENGTH_TYPE,
        &BOUNDS_ORDER,
        &CONFIRM,
    ],
    check: Check::Unit(check),
};

const PATTERN_SYNTAX: Rule = Rule {
    id: "ROS0212",
    name: "pattern-syntax",
    severity: Severity::Warning,
    about: "`AllowedPattern` is a regular expression as Python reads it. In JSON and in double quotes every backslash is \
            written twice.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Prefix:
    Type: String
    AllowedPattern: '[a-z'
Resources: {}
Outputs:
  Prefix:
    Value:
      Ref: Prefix
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Prefix:
    Type: String
    AllowedPattern: '[a-z]+'
Resources: {}
Outputs:
  Prefix:
    Value:
      Ref: Prefix
",
    ..Rule::NONE
};

const PATTERN_TYPE: Rule = Rule {
    id: "ROS0213",
    name: "pattern-type",
    severity: Severity::Warning,
    about: "`AllowedPattern` is for parameters of type `String`; with other types it is not looked at.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Amount:
    Type: Number
    AllowedPattern: '[0-9]+'
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
    MinValue: 0
Resources: {}
Outputs:
  Amount:
    Value:
      Ref: Amount
",
    ..Rule::NONE
};

const RANGE_TYPE: Rule = Rule {
    id: "ROS0214",
    name: "range-type",
    severity: Severity::Warning,
    about: "`MinValue` and `MaxValue` are for parameters of type `Number`; for the length of a text there are `MinLength` \
            and `MaxLength`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Prefix:
    Type: String
    MinValue: 2
Resources: {}
Outputs:
  Prefix:
    Value:
      Ref: Prefix
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Prefix:
    Type: String
    MinLength: 2
Resources: {}
Outputs:
  Prefix:
    Value:
      Ref: Prefix
",
    ..Rule::NONE
};

const LENGTH_TYPE: Rule = Rule {
    id: "ROS0215",
    name: "length-type",
    severity: Severity::Warning,
    about: "`MinLength` and `MaxLength` count characters; a number is bounded by `MinValue` and `MaxValue`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Amount:
    Type: Number
    MaxLength: 3
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
    MaxValue: 999
Resources: {}
Outputs:
  Amount:
    Value:
      Ref: Amount
",
    ..Rule::NONE
};

const BOUNDS_ORDER: Rule = Rule {
    id: "ROS0216",
    name: "bounds-order",
    about: "The lower bound of a parameter is greater than its upper bound: no value can be right.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Prefix:
    Type: String
    MinLength: 9
    MaxLength: 3
Resources: {}
Outputs:
  Prefix:
    Value:
      Ref: Prefix
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Prefix:
    Type: String
    MinLength: 3
    MaxLength: 9
Resources: {}
Outputs:
  Prefix:
    Value:
      Ref: Prefix
",
    ..Rule::NONE
};

const CONFIRM: Rule = Rule {
    id: "ROS0217",
    name: "confirm-without-noecho",
    severity: Severity::Warning,
    about: "`Confirm: true` asks for a masked text twice: it goes with `Type: String` and `NoEcho: true` only.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  LoginName:
    Type: String
    Confirm: true
Resources: {}
Outputs:
  LoginName:
    Value:
      Ref: LoginName
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  LoginName:
    Type: String
    NoEcho: true
    Confirm: true
Resources: {}
Outputs:
  LoginName:
    Value:
      Ref: LoginName
",
    ..Rule::NONE
};

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Parameters {
        return;
    }
    let parameter = Parameter { entry: context.entry };
    let type_name = parameter.type_name().unwrap_or_default();
    for entry in context.entry.value.entries() {
        match entry.key.text().as_deref() {
            Some("AllowedPattern") => allowed_pattern(entry, &type_name, report),
            Some(name @ ("MinValue" | "MaxValue")) if type_name != "Number" && !type_name.is_empty() => {
                misplaced(
                    &RANGE_TYPE,
                    parameter,
                    entry,
                    (name, "bounds numbers"),
                    "String",
                    report,
                );
            }
            Some(name @ ("MinLength" | "MaxLength")) if matches!(&*type_name, "Number" | "Boolean") => {
                misplaced(
                    &LENGTH_TYPE,
                    parameter,
                    entry,
                    (name, "counts characters"),
                    "Number",
                    report,
                );
            }
            Some("Confirm") => confirm(parameter, entry, &type_name, report),
            _ => {}
        }
    }
    for (least, most) in [("MinLength", "MaxLength"), ("MinValue", "MaxValue")] {
        bounds(parameter, least, most, report);
    }
}

/// A bound that is for another type of parameter. A parameter of type `other` has the same bound under another name.
fn misplaced(
    rule: &Rule,
    parameter: Parameter<'_>,
    entry: Entry<'_>,
    (name, what): (&str, &str),
    other: &str,
    report: &mut Report,
) {
    let type_name = parameter.type_name().unwrap_or_default();
    let meant = match name {
        "MinValue" => "MinLength",
        "MaxValue" => "MaxLength",
        "MinLength" => "MinValue",
        _ => "MaxValue",
    };
    let meant = (type_name == other && parameter.attribute(meant).is_none()).then_some(meant);
    let found: Vec<&str> = meant.into_iter().collect();
    let message = format!(
        "`{name}` {what}: it is not for a parameter of type {}{}",
        shown(&type_name),
        did_you_mean(&found)
    );
    report.at(rule, entry.key, message).suggest(&found);
}

fn allowed_pattern(entry: Entry<'_>, type_name: &str, report: &mut Report) {
    let value = Value::from(entry.value);
    let Some(source) = value.literal() else { return };
    if !type_name.is_empty() && type_name != "String" {
        let message = format!(
            "`AllowedPattern` is for `Type: String` only, not for {}",
            shown(type_name)
        );
        report.at(&PATTERN_TYPE, entry.key, message).unnecessary();
    }
    if let Some(why) = pattern::problem(&source) {
        let message = format!("`{source}` is no regular expression: {why}");
        report.at(&PATTERN_SYNTAX, entry.value, message);
    }
}

fn confirm(parameter: Parameter<'_>, entry: Entry<'_>, type_name: &str, report: &mut Report) {
    let is_true = |node: Node<'_>| {
        matches!(node.typed(), Some(Typed::Bool(true)))
            || node.text().is_some_and(|text| text.eq_ignore_ascii_case("true"))
    };
    if !is_true(entry.value) {
        return;
    }
    if type_name != "String" {
        report.at(&CONFIRM, entry.key, "`Confirm` needs `Type: String`");
    } else if !parameter.attribute("NoEcho").is_some_and(is_true) {
        report.at(&CONFIRM, entry.key, "`Confirm` needs `NoEcho: true` beside it");
    }
}

fn bounds(parameter: Parameter<'_>, least: &str, most: &str, report: &mut Report) {
    let bound = |name: &str| {
        let node = parameter.attribute(name)?;
        let number: f64 = node.text()?.trim().parse().ok()?;
        Some((node, number))
    };
    if let (Some((low_node, low)), Some((high_node, high))) = (bound(least), bound(most))
        && low > high
    {
        let edits = vec![
            TextEdit::replace(low_node.range(), high_node.source()),
            TextEdit::replace(high_node.range(), low_node.source()),
        ];
        report
            .at(
                &BOUNDS_ORDER,
                low_node,
                format!("`{least}` must not be greater than `{most}`: {low} is more than {high}"),
            )
            .related(high_node.range(), format!("`{most}`"))
            .fix("Exchange the two", edits);
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::rules::fixture::{check, findings};
    use crate::syntax::Format;
    use crate::text::edit::apply;

    #[test]
    fn each_constraint_where_it_belongs() {
        check(
            "
Parameters:
  A: {Type: String, AllowedValues: [甲]}
  B: {Type: String, MinLength: '9', MaxLength: 3}
#                               ^ ROS0216 `MinLength` must not be greater than `MaxLength`: 9 is more than 3
  C: {Type: Json, MinLength: 1, AllowedPattern: '(', MinValue: 2}
#                               ^^^^^^^^^^^^^^ ROS0213 `AllowedPattern` is for `Type: String` only, not for `Json`
#                                                ^ ROS0212 `(` is no regular expression
#                                                    ^^^^^^^^ ROS0214 `MinValue` bounds numbers
  D: {Type: Boolean, MinLength: 1}
#                    ^^^^^^^^^ ROS0215 `MinLength` counts characters: it is not for a parameter of type `Boolean`
  E: {Type: String}
  F: {Type: String, Confirm: 'true', NoEcho: false}
#                   ^^^^^^^ ROS0217 `Confirm` needs `NoEcho: true`
  G: {Type: String, NoEcho: 'True', Confirm: true}
  H: {Type: String, MinValue: 1}
#                   ^^^^^^^^ ROS0214 `MinValue` bounds numbers: it is not for a parameter of type `String`; did you mean `MinLength`?
  I: {Type: Number, MinLength: 1, MinValue: 1}
#                   ^^^^^^^^^ ROS0215 `MinLength` counts characters: it is not for a parameter of type `Number`
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B, !Ref C, !Ref D, !Ref E, !Ref F, !Ref G, !Ref H, !Ref I]}
",
        );
    }

    fn fixed(text: &str) -> String {
        let document = Document::new(text, Format::Yaml);
        let findings = findings(&document);
        let fix = findings.iter().find_map(|finding| finding.fixes.first());
        apply(text, &fix.expect("a fix").edits)
    }

    #[test]
    fn fixes() {
        let head = "ROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  A:\n    Type: String\n";
        let cases = [
            (
                "    MinLength: '9'\n    MaxLength: 3\n",
                "    MinLength: 3\n    MaxLength: '9'\n",
            ),
            ("    MaxValue: 3\n", "    MaxLength: 3\n"),
        ];
        for (broken, mended) in cases {
            assert_eq!(fixed(&format!("{head}{broken}")), format!("{head}{mended}"));
        }
    }
}
