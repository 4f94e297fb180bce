//! What a parameter demands of its values: lists, patterns and bounds that make sense.

use super::declare::{Check, Family, Rule, UnitContext};
use super::pattern;
use super::report::Report;
use crate::diagnostic::Severity;
use crate::syntax::scalar_type::Typed;
use crate::syntax::{Entry, Node};
use crate::template::{Parameter, SectionKind, Value};
use crate::text::TextRange;
use crate::text::edit::TextEdit;
use std::collections::HashMap;

pub(super) const FAMILY: Family = Family {
    rules: &[
        &ALLOWED_VALUES_SHAPE,
        &PATTERN_SYNTAX,
        &PATTERN_TYPE,
        &RANGE_TYPE,
        &LENGTH_TYPE,
        &BOUNDS_ORDER,
        &CONFIRM,
        &DUPLICATE_VALUE,
    ],
    check: Check::Unit(check),
};

const ALLOWED_VALUES_SHAPE: Rule = Rule {
    id: "ROS0206",
    name: "allowed-values-shape",
    about: "`AllowedValues` is a list, also when it has one value only.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ChargeType:
    Type: String
    AllowedValues: PostPaid
Resources: {}
Outputs:
  ChargeType:
    Value:
      Ref: ChargeType
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ChargeType:
    Type: String
    AllowedValues: [PostPaid]
Resources: {}
Outputs:
  ChargeType:
    Value:
      Ref: ChargeType
",
    ..Rule::NONE
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

const DUPLICATE_VALUE: Rule = Rule {
    id: "ROS0225",
    name: "duplicate-allowed-value",
    severity: Severity::Information,
    about: "A value stands twice in `AllowedValues`; once is enough.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ChargeType:
    Type: String
    AllowedValues: [PostPaid, PrePaid, PostPaid]
Resources: {}
Outputs:
  ChargeType:
    Value:
      Ref: ChargeType
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ChargeType:
    Type: String
    AllowedValues: [PostPaid, PrePaid]
Resources: {}
Outputs:
  ChargeType:
    Value:
      Ref: ChargeType
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
            Some("AllowedValues") => allowed_values(entry, report),
            Some("AllowedPattern") => allowed_pattern(entry, &type_name, report),
            Some(name @ ("MinValue" | "MaxValue")) if type_name != "Number" && !type_name.is_empty() => {
                let message = format!("`{name}` bounds numbers, and the parameter is a {type_name}");
                let finding = report.at(&RANGE_TYPE, entry.key, message);
                if type_name == "String" {
                    finding.suggest(&[if name == "MinValue" {
                        "MinLength"
                    } else {
                        "MaxLength"
                    }]);
                }
            }
            Some(name @ ("MinLength" | "MaxLength")) if matches!(&*type_name, "Number" | "Boolean") => {
                let message = format!("`{name}` counts characters, and the parameter is a {type_name}");
                report.at(&LENGTH_TYPE, entry.key, message);
            }
            Some("Confirm") => confirm(parameter, entry, &type_name, report),
            _ => {}
        }
    }
    for (least, most) in [("MinLength", "MaxLength"), ("MinValue", "MaxValue")] {
        bounds(parameter, least, most, report);
    }
}

fn allowed_values(entry: Entry<'_>, report: &mut Report) {
    let value = Value::from(entry.value);
    if value.call().is_some() || value.is_null() {
        return;
    }
    if !value.node.is_sequence() {
        let finding = report.at(
            &ALLOWED_VALUES_SHAPE,
            entry.value,
            "`AllowedValues` must be a list",
        );
        if value.node.is_scalar() && !value.node.source().contains(['\n', '\r']) {
            let range = value.node.range();
            let edits = vec![
                TextEdit::insert(range.start, "["),
                TextEdit::insert(range.end, "]"),
            ];
            finding.fix("Make it a list", edits);
        }
        return;
    }
    let mut seen: HashMap<(String, bool), Node<'_>> = HashMap::new();
    let mut before: Option<Node<'_>> = None;
    for item in value.node.items() {
        if let Some(text) = item.text().filter(|_| item.is_scalar()) {
            let (value, is_text) = match item.typed() {
                Some(Typed::Bool(truth)) => (truth.to_string(), false),
                typed => (text.into_owned(), typed == Some(Typed::String)),
            };
            match seen.entry((value, is_text)) {
                std::collections::hash_map::Entry::Vacant(new) => {
                    new.insert(item);
                }
                std::collections::hash_map::Entry::Occupied(first) => {
                    duplicate(&first.key().0, *first.get(), before, item, report);
                }
            }
        }
        before = Some(item);
    }
}

fn duplicate(text: &str, first: Node<'_>, before: Option<Node<'_>>, item: Node<'_>, report: &mut Report) {
    let finding = report
        .at(&DUPLICATE_VALUE, item, format!("`{text}` is allowed already"))
        .related(first.range(), "first here")
        .unnecessary();
    // From the end of the item before, so that the comma or the line goes too; a comment between stays where it is.
    let Some(before) = before else { return };
    let gap = TextRange::new(before.range().end, item.range().start);
    let between = item.chunk().text.get(item.to_local(gap).as_usize());
    if between.is_some_and(|between| !between.contains('#')) {
        let whole = gap.cover(item.range());
        finding.fix("Remove the second one", vec![TextEdit::delete(whole)]);
    }
}

fn allowed_pattern(entry: Entry<'_>, type_name: &str, report: &mut Report) {
    let value = Value::from(entry.value);
    let Some(source) = value.literal() else { return };
    if !type_name.is_empty() && type_name != "String" {
        let message = format!("`AllowedPattern` is not looked at for a parameter of type {type_name}");
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
        report.at(&CONFIRM, entry.key, "`Confirm` goes with `Type: String` only");
    } else if !parameter.attribute("NoEcho").is_some_and(is_true) {
        report.at(&CONFIRM, entry.key, "`Confirm` goes with `NoEcho: true` only");
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
                format!("`{least}` {low} is greater than `{most}` {high}"),
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
  A: {Type: String, AllowedValues: 甲}
#                                  ^ ROS0206 `AllowedValues` must be a list
  B: {Type: String, MinLength: '9', MaxLength: 3}
#                               ^ ROS0216 `MinLength` 9 is greater than `MaxLength` 3
  C: {Type: Json, MinLength: 1, AllowedPattern: '(', MinValue: 2}
#                               ^^^^^^^^^^^^^^ ROS0213 `AllowedPattern` is not looked at
#                                                ^ ROS0212 `(` is no regular expression
#                                                    ^^^^^^^^ ROS0214 `MinValue` bounds numbers
  D: {Type: Boolean, MinLength: 1, AllowedValues: [true, 'true', True]}
#                                                                ^^^^ ROS0225 `true` is allowed already
#                    ^^^^^^^^^ ROS0215 `MinLength` counts characters
  E: {Type: String, AllowedValues: [甲, 乙, 甲]}
#                                         ^ ROS0225 `甲` is allowed already
  F: {Type: String, Confirm: 'true', NoEcho: false}
#                   ^^^^^^^ ROS0217 `Confirm` goes with `NoEcho: true` only
  G: {Type: String, NoEcho: 'True', Confirm: true}
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B, !Ref C, !Ref D, !Ref E, !Ref F, !Ref G]}
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
            ("    AllowedValues: 'a'\n", "    AllowedValues: ['a']\n"),
            (
                "    AllowedValues:\n      - a\n      - b\n      - a\n",
                "    AllowedValues:\n      - a\n      - b\n",
            ),
            ("    AllowedValues: [a, a, b]\n", "    AllowedValues: [a, b]\n"),
            (
                "    MinLength: '9'\n    MaxLength: 3\n",
                "    MinLength: 3\n    MaxLength: '9'\n",
            ),
        ];
        for (broken, mended) in cases {
            assert_eq!(fixed(&format!("{head}{broken}")), format!("{head}{mended}"));
        }
    }
}
