//! Names of functions: those that do not exist, those mistyped, and those that stand beside other keys.

use super::declare::{CallContext, CallPlace, Check, Family, Rule, UnitContext};
use super::place::expressions;
use super::report::{Report, did_you_mean};
use super::wording::{odd_characters, shown};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::function::{self, Places};
use crate::template::{Form, Value, call};

pub(super) const FAMILY: Family = Family {
    rules: &[&UNKNOWN_FUNCTION],
    check: Check::Call(check_call),
};

/// Maps that are no calls, but look as if they were meant to be.
pub(super) const KEYS: Family = Family {
    rules: &[&MISTYPED_FUNCTION, &KEYS_BESIDE_FUNCTION],
    check: Check::Unit(check_unit),
};

const UNKNOWN_FUNCTION: Rule = Rule {
    id: "ROS1001",
    name: "unknown-function",
    about: "There is no function of this name.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Name:
    Value:
      Fn::Jion: ['-', [a, b]]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Name:
    Value:
      Fn::Join: ['-', [a, b]]
",
    ..Rule::NONE
};

const MISTYPED_FUNCTION: Rule = Rule {
    id: "ROS1002",
    name: "mistyped-function",
    severity: Severity::Warning,
    about: "This key looks like a function, but is not written as one: the map is handed on as data. Functions begin with \
            `Fn::`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Name:
    Value:
      Fn:Join: ['-', [a, b]]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Name:
    Value:
      Fn::Join: ['-', [a, b]]
",
    ..Rule::NONE
};

const KEYS_BESIDE_FUNCTION: Rule = Rule {
    id: "ROS1003",
    name: "keys-beside-function",
    about: "A function is a map with one key, the function's name. With other keys beside it the function is not read. Often \
            the indentation is wrong.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Where:
    Value:
      Ref: ALIYUN::Region
      Comment: where it is
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Where:
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

fn check_call(context: &CallContext<'_>, report: &mut Report) {
    let call = &context.call;
    // Unknown tags are a finding of their own, and functions that are not read another.
    if call.form == Form::Tag
        || matches!(context.place, CallPlace::Literal | CallPlace::AssociationMetadata)
        || function::find(&call.name).is_some()
    {
        return;
    }
    let found = nearest(&call.name, names_at(context));
    let message = format!(
        "no function is named {}{}{}",
        shown(&call.name),
        odd_characters(&call.name),
        did_you_mean(&found)
    );
    report
        .add(&UNKNOWN_FUNCTION, call.name_range, message)
        .suggest(&found);
}

fn names() -> impl Iterator<Item = &'static str> {
    function::ALL.iter().map(|function| function.name)
}

/// The functions that can stand where a call stands.
fn names_at(context: &CallContext<'_>) -> impl Iterator<Item = &'static str> {
    let place = match context.place {
        CallPlace::Properties => Places::PROPERTIES,
        CallPlace::Count => Places::COUNT,
        CallPlace::OutputValue => Places::OUTPUTS,
        CallPlace::Condition if context.outer.is_none() => Places::CONDITIONS,
        CallPlace::Condition => Places::IN_CONDITIONS,
        CallPlace::Rule => Places::RULES,
        CallPlace::Local => Places::LOCALS,
        CallPlace::Literal | CallPlace::AssociationMetadata => Places::ALL,
    };
    // Inside another function of a rule all that conditions know may stand.
    let inside = context.place == CallPlace::Rule && context.outer.is_some();
    function::ALL
        .iter()
        .filter(move |function| {
            function.places.contains(place) || inside && function.places.contains(Places::IN_CONDITIONS)
        })
        .map(|function| function.name)
}

fn check_unit(context: &UnitContext<'_>, report: &mut Report) {
    for (node, _) in expressions(context.section(), context.entry) {
        check_maps(node.into(), report);
    }
}

fn check_maps(value: Value<'_>, report: &mut Report) {
    if let Some(call) = value.call() {
        return check_maps(call.argument, report);
    }
    let count = value.entries().count();
    for entry in value.entries() {
        if let Some(key) = entry.key.text() {
            if count > 1 && call::is_function_name(&key) {
                let others: Vec<String> = value
                    .entries()
                    .filter(|other| other.key != entry.key)
                    .filter_map(|other| Some(format!("`{}`", other.key.text()?)))
                    .take(3)
                    .collect();
                let message = format!(
                    "`{key}` must be the only key of its map to be a function, without {}",
                    others.join(", ")
                );
                report.at(&KEYS_BESIDE_FUNCTION, entry.key, message);
            } else if let Some(meant) = mistyped(&key) {
                let message = format!("`{key}` is no function; did you mean `{meant}`?");
                report
                    .at(&MISTYPED_FUNCTION, entry.key, message)
                    .suggest(&[meant]);
            }
        }
        check_maps(entry.value.into(), report);
    }
    for item in value.items() {
        check_maps(item, report);
    }
}

/// The function that a key was meant to be: `Fn:Join`, `fn::join`, `Fn：：Join`, `FN::Join`.
fn mistyped(key: &str) -> Option<&'static str> {
    let rest = match key.get(..2) {
        Some(prefix) if prefix.eq_ignore_ascii_case("fn") => &key[2..],
        _ => return None,
    };
    if key.starts_with("Fn::") || !rest.starts_with([':', '：', '.', ' ']) {
        return None;
    }
    let name = rest.trim_start_matches([':', '：', '.', ' ']);
    names().find(|known| {
        known
            .strip_prefix("Fn::")
            .is_some_and(|known| known.eq_ignore_ascii_case(name))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn names_of_functions() {
        check(
            "
Resources: {}
Outputs:
  A: {Value: {Fn::Jion: [a]}}
#             ^^^^^^^^ ROS1001 no function is named `Fn::Jion`; did you mean `Fn::Join`?
  B: {Value: {'fn:join': [a]}}
#              ^^^^^^^ ROS1002 `fn:join` is no function; did you mean `Fn::Join`?
  C: {Value: {'Fn：：GetAtt': [a]}}
#              ^^^^^^^^^^ ROS1002 `Fn：：GetAtt` is no function; did you mean `Fn::GetAtt`?
  D: {Value: {Fn::Join: ['-', [a]], 说明: x, 'fn': y}}
#             ^^^^^^^^ ROS1003 `Fn::Join` must be the only key of its map to be a function, without `说明`, `fn`
  E: {Value: {Fn::MergeMap: [{a: 1}, {b: 2}]}}
",
        );
    }

    #[test]
    fn lists_under_ref_in_a_drawing_are_no_functions() {
        check(
            "
Metadata:
  ALIYUN::ROS::Composer:
    a: {Ref: [b], Rect: x, Fn:GetAtt: y}
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Metadata: {ALIYUN::ROS::Designer: {Ref: [b], id: x}}
",
        );
    }
}
