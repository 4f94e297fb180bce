//! A parameter's default against what the parameter itself demands.

use super::declare::{Check, Family, Rule, UnitContext};
use super::default_type::{self, boolean, number};
use super::pattern;
use super::report::{Report, one_of};
use super::wording::{odd_characters, shown};
use crate::catalog::suggest::nearest;
use crate::syntax::scalar_type::Typed;
use crate::syntax::{Kind, Node};
use crate::template::{Parameter, SectionKind, Value};
use crate::text::edit::TextEdit;

pub(super) const FAMILY: Family = Family {
    rules: &[
        &DEFAULT_NOT_ALLOWED,
        &DEFAULT_LENGTH,
        &DEFAULT_RANGE,
        &DEFAULT_PATTERN,
    ],
    check: Check::Unit(check),
};

const DEFAULT_NOT_ALLOWED: Rule = Rule {
    id: "ROS0207",
    name: "default-not-allowed",
    about: "A parameter's `Default` must be one of its own `AllowedValues`. (`Default: null` means no value and is never \
            checked.)",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ChargeType:
    Type: String
    AllowedValues: [PostPaid, PrePaid]
    Default: Postpaid
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
    Default: PostPaid
Resources: {}
Outputs:
  ChargeType:
    Value:
      Ref: ChargeType
",
    ..Rule::NONE
};

const DEFAULT_LENGTH: Rule = Rule {
    id: "ROS0208",
    name: "default-length",
    about: "A parameter's `Default` must have between `MinLength` and `MaxLength` characters.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Prefix:
    Type: String
    MinLength: 2
    Default: a
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
    Default: ab
Resources: {}
Outputs:
  Prefix:
    Value:
      Ref: Prefix
",
    ..Rule::NONE
};

const DEFAULT_RANGE: Rule = Rule {
    id: "ROS0209",
    name: "default-range",
    about: "A parameter's `Default` must lie between `MinValue` and `MaxValue`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Amount:
    Type: Number
    MinValue: 1
    MaxValue: 10
    Default: 20
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
    MinValue: 1
    MaxValue: 10
    Default: 2
Resources: {}
Outputs:
  Amount:
    Value:
      Ref: Amount
",
    ..Rule::NONE
};

const DEFAULT_PATTERN: Rule = Rule {
    id: "ROS0210",
    name: "default-pattern",
    about: "The whole of a parameter's `Default` must match its `AllowedPattern`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Prefix:
    Type: String
    AllowedPattern: '[a-z]+'
    Default: web1
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
    AllowedPattern: '[a-z0-9]+'
    Default: web1
Resources: {}
Outputs:
  Prefix:
    Value:
      Ref: Prefix
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
    // N.B. a null default switches the service's own checks off.
    if default.is_null() || default.call().is_some() || default.kind() == Kind::Alias {
        return;
    }
    let Some(type_name) = parameter.type_name() else {
        return;
    };
    // A value of another type is a finding of its own.
    if default_type::wanted(&type_name, default).is_some() {
        return;
    }
    allowed(parameter, &type_name, default.node, report);
    let Some(text) = default.literal() else { return };
    match &*type_name {
        "String" => {
            length(parameter, default.node, &text, report);
            matching(parameter, default.node, &text, report);
        }
        "Number" => range(parameter, default.node, report),
        _ => {}
    }
}

fn allowed(parameter: Parameter<'_>, type_name: &str, default: Node<'_>, report: &mut Report) {
    let Some(list) = parameter
        .attribute("AllowedValues")
        .filter(|list| list.is_sequence() && list.items().next().is_some())
    else {
        return;
    };
    let items: Vec<Node<'_>> = list.items().collect();
    // Values that can't be compared by their text decide nothing.
    if type_name == "Json" || items.iter().any(|item| item.text().is_none()) {
        return;
    }
    let wrong = match type_name {
        "CommaDelimitedList" if default.is_sequence() => default
            .items()
            .find(|element| element.is_scalar() && !items.iter().any(|item| same(*element, *item))),
        "CommaDelimitedList" => {
            let text = default.text().unwrap_or_default();
            let known = |part: &str| {
                items
                    .iter()
                    .any(|item| item.text().is_some_and(|text| text == part))
            };
            let all_known = text.split(',').all(|part| known(part.trim())) || known(&text);
            (!all_known).then_some(default)
        }
        _ => (!items.iter().any(|item| same(default, *item))).then_some(default),
    };
    let Some(wrong) = wrong else { return };
    let texts: Vec<_> = items.iter().filter_map(|item| item.text()).collect();
    let text = wrong.text().unwrap_or_default();
    let message = format!(
        "the default {}{} must be one of `AllowedValues`: {}",
        shown(&text),
        odd_characters(&text),
        one_of(texts.iter().map(|text| &**text))
    );
    let mut finding = report
        .at(&DEFAULT_NOT_ALLOWED, wrong, message)
        .related(list.range(), "allowed values");
    for near in nearest(&text, texts.iter().map(|text| &**text)) {
        let source = items
            .iter()
            .find(|item| item.text().is_some_and(|text| text == near));
        if let Some(source) = source {
            let edit = TextEdit::replace(wrong.range(), source.source());
            finding = finding.fix(format!("Change to `{near}`"), vec![edit]);
        }
    }
    let _ = finding;
}

/// Whether two scalars are the same value, however each is written.
fn same(one: Node<'_>, other: Node<'_>) -> bool {
    let (Some(a), Some(b)) = (one.text(), other.text()) else {
        return false;
    };
    let truth = |node: Node<'_>, text: &str| match node.typed() {
        Some(Typed::Bool(value)) => Some(value),
        _ => boolean(text),
    };
    a == b
        || number(one).is_some_and(|number_of_one| Some(number_of_one) == number(other))
        || truth(one, &a).is_some_and(|truth_of_one| Some(truth_of_one) == truth(other, &b))
}

fn length(parameter: Parameter<'_>, default: Node<'_>, text: &str, report: &mut Report) {
    let length = text.chars().count() as f64;
    if let Some((name, bound)) = outside(parameter, length, ["MinLength", "MaxLength"]) {
        let message = format!("the default must have {bound} characters (`{name}`), not {length}");
        report.at(&DEFAULT_LENGTH, default, message);
    }
}

fn range(parameter: Parameter<'_>, default: Node<'_>, report: &mut Report) {
    if let Some(value) = number(default)
        && let Some((name, bound)) = outside(parameter, value, ["MinValue", "MaxValue"])
    {
        let message = format!("the default must be {bound} (`{name}`), not {value}");
        report.at(&DEFAULT_RANGE, default, message);
    }
}

/// The bound that a value breaks: the attribute, and its value for a message.
fn outside<'n>(
    parameter: Parameter<'_>,
    value: f64,
    [least, most]: [&'n str; 2],
) -> Option<(&'n str, String)> {
    let bound = |name: &str| parameter.attribute(name).and_then(number);
    if let Some(bound) = bound(least).filter(|bound| value < *bound) {
        return Some((least, format!("at least {bound}")));
    }
    let bound = bound(most).filter(|bound| value > *bound)?;
    Some((most, format!("at most {bound}")))
}

fn matching(parameter: Parameter<'_>, default: Node<'_>, text: &str, report: &mut Report) {
    let Some(allowed) = parameter.attribute("AllowedPattern") else {
        return;
    };
    if let Some(source) = allowed.text()
        && pattern::matches(&source, text) == Some(false)
    {
        report
            .at(
                &DEFAULT_PATTERN,
                default,
                format!(
                    "the default {}{} must match the whole of `AllowedPattern` {}",
                    shown(text),
                    odd_characters(text),
                    shown(&source)
                ),
            )
            .related(allowed.range(), "the pattern");
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn null_and_convertible_defaults_are_fine() {
        check(
            "
Parameters:
  A: {Type: String, Default: null, MinLength: '8', AllowedValues: [a]}
  B: {Type: Number, Default: '10', AllowedValues: [10, 20]}
  C: {Type: Boolean, Default: 'True', AllowedValues: [true, false]}
  D: {Type: Json, Default: '[1, 2]'}
  E: {Type: CommaDelimitedList, Default: 'a, b', AllowedValues: [a, b]}
  F: {Type: String, Default: 可用区, MinLength: 3, MaxLength: 3}
  G: {Type: String, Default: 10, AllowedValues: ['10']}
  H: {Type: Json, Default: {a: 1}}
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B, !Ref C, !Ref D, !Ref E, !Ref F, !Ref G, !Ref H]}
",
        );
    }

    #[test]
    fn broken_defaults() {
        check(
            "
Parameters:
  A: {Type: String, Default: 可用区, MaxLength: '2'}
#                            ^^^ ROS0208 the default must have at most 2 characters (`MaxLength`), not 3
  B: {Type: Number, Default: '30', AllowedValues: [10, 20]}
#                             ^^ ROS0207 the default `30` must be one of `AllowedValues`: `10` or `20`
  C: {Type: Boolean, Default: maybe}
#                             ^^^^^ ROS0211 `Default` must be `true` or `false`, not `maybe`
  D: {Type: Json, Default: '[1, '}
#                           ^^^^ ROS0211 `Default` must be a list, a map, or JSON text of one, not `[1, `
  E: {Type: CommaDelimitedList, Default: [a, x], AllowedValues: [a, b]}
#                                            ^ ROS0207 the default `x` must be one of `AllowedValues`
  F: {Type: Number, Default: 0.5, MinValue: 1}
#                            ^^^ ROS0209 the default must be at least 1 (`MinValue`), not 0.5
  G: {Type: String, Default: [a]}
#                            ^^^ ROS0211 `Default` must be a text, not a list
  H: {Type: String, Default: abc1, AllowedPattern: '^[a-z]*$'}
#                            ^^^^ ROS0210 the default `abc1` must match the whole of `AllowedPattern` `^[a-z]*$`
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B, !Ref C, !Ref D, !Ref E, !Ref F, !Ref G, !Ref H]}
",
        );
    }
}
