//! Names of functions: those that do not exist, those mistyped, and those that stand beside other keys.

use super::declare::{CallContext, CallPlace, Check, Family, Rule, UnitContext, ValueContext};
use super::place::expressions;
use super::report::{Report, did_you_mean};
use super::wording::{odd_characters, shown};
use crate::catalog::ValueKind;
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::function::{self, Places};
use crate::syntax::Node;
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

/// Values that must be functions or plain: a map with one key is a mistyped function there.
pub(super) const VALUES: Family = Family {
    rules: &[],
    check: Check::Value(check_value),
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
            `Fn::`, with the exception of `Ref`; upper and lower case matter.",
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
    if call.is("Fn::Join") && !matches!(context.place, CallPlace::Literal | CallPlace::AssociationMetadata) {
        for item in call.argument.item(1).into_iter().flat_map(Value::items) {
            report_bare(item, report);
        }
    }
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
    for (node, place) in expressions(context.section(), context.entry) {
        if place == CallPlace::OutputValue {
            report_bare(node.into(), report);
        }
        check_maps(node.into(), report);
    }
}

fn check_value(context: &ValueContext<'_>, report: &mut Report) {
    if !takes_no_map(context.property.kind) {
        return;
    }
    report_bare(context.value, report);
    let plain =
        context.property.properties.is_empty() && context.property.item_kind.is_some_and(takes_no_map);
    if plain && context.value.call().is_none() {
        for item in context.value.items() {
            report_bare(item, report);
        }
    }
}

fn takes_no_map(kind: ValueKind) -> bool {
    match kind {
        ValueKind::String | ValueKind::Integer | ValueKind::Number | ValueKind::Boolean | ValueKind::List => {
            true
        }
        ValueKind::Map | ValueKind::Object | ValueKind::Any => false,
    }
}

fn report_bare(value: Value<'_>, report: &mut Report) {
    if let Some((key, meant)) = bare(value) {
        let name = key.text().unwrap_or_default();
        let message = format!("`{name}` is no function; did you mean `{meant}`?");
        report.at(&MISTYPED_FUNCTION, key, message).suggest(&[meant]);
    }
}

/// Whether a value is a map that was meant to be a function's call.
pub(super) fn is_mistyped(value: Value<'_>) -> bool {
    let mut entries = value.entries();
    let (Some(entry), None) = (entries.next(), entries.next()) else {
        return false;
    };
    let strong = entry.key.text().is_some_and(|key| mistyped(&key).is_some());
    strong || bare(value).is_some()
}

/// A map with one key that is a function's name without `Fn::`, or nearly `Ref`, with an argument as the function takes it.
/// Elsewhere than where a map can't be, it may be data.
fn bare(value: Value<'_>) -> Option<(Node<'_>, &'static str)> {
    let mut entries = value.entries();
    let (entry, None) = (entries.next()?, entries.next()) else {
        return None;
    };
    let key = entry.key.text()?;
    if call::is_function_name(&key) || value.call().is_some() {
        return None;
    }
    let argument = Value::from(entry.value);
    let lower = key.to_lowercase();
    if matches!(
        lower.trim_start_matches('!'),
        "ref" | "reff" | "rref" | "reef" | "rfe" | "erf"
    ) {
        return argument.node.is_scalar().then_some((entry.key, "Ref"));
    }
    let meant = names().find(|name| {
        let name = name.strip_prefix("Fn::").unwrap_or_default();
        !name.is_empty() && name.eq_ignore_ascii_case(key.trim_start_matches('!'))
    })?;
    let text = argument.literal().unwrap_or_default();
    let fits = argument.node.is_sequence()
        || (meant == "Fn::Sub" && text.contains("${"))
        || (meant == "Fn::GetAtt" && text.contains('.'));
    fits.then_some((entry.key, meant))
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

/// The function that a key was surely meant to be: `Fn:Join`, `fn::join`, `Fn：：Join`, `FN::Join`, `Fnn::Join`, `FnJoin`.
pub(super) fn mistyped(key: &str) -> Option<&'static str> {
    if call::is_function_name(key) {
        return None;
    }
    let name = match key.rfind([':', '：', '.', ' ', '_', '-']) {
        Some(at) => {
            let (prefix, rest) = key.split_at(at);
            let separator = rest.chars().next()?;
            let prefix = prefix
                .trim_end_matches([':', '：', '.', ' ', '_', '-'])
                .to_lowercase();
            let colon = matches!(separator, ':' | '：');
            let near = colon
                && prefix.len() <= 3
                && prefix.contains('f')
                && strsim::osa_distance(&prefix, "fn") <= 1;
            if prefix != "fn" && !near {
                return None;
            }
            rest.get(separator.len_utf8()..)?
        }
        None => {
            let (prefix, rest) = key.split_at_checked(2)?;
            prefix.eq_ignore_ascii_case("fn").then_some(rest)?
        }
    };
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

    #[test]
    fn misspelt_where_a_value_is_due() {
        check(
            "
Resources:
  网络:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: {Reff: 名称}
#               ^^^^ ROS1002 `Reff` is no function; did you mean `Ref`?
      Description: {Fnn::GetAtt: [网络, VpcId]}
#                   ^^^^^^^^^^^ ROS1002 `Fnn::GetAtt` is no function; did you mean `Fn::GetAtt`?
      CidrBlock: {GetAtt: [网络, VpcId]}
#                 ^^^^^^ ROS1002 `GetAtt` is no function; did you mean `Fn::GetAtt`?
      SecondaryCidrBlocks: [{ref: 网段}]
#                            ^^^ ROS1002 `ref` is no function; did you mean `Ref`?
      Tags: [{FnJoin: ['', [a]]}]
#             ^^^^^^ ROS1002 `FnJoin` is no function; did you mean `Fn::Join`?
Outputs:
  A: {Value: {FN::Join: ['-', [a, {Select: [0, [a]]}]]}}
#             ^^^^^^^^ ROS1002 `FN::Join` is no function; did you mean `Fn::Join`?
  B: {Value: {Fn::Join: ['-', [a, {Select: [0, [a]]}]]}}
#                                  ^^^^^^ ROS1002 `Select` is no function; did you mean `Fn::Select`?
  C: {Value: {ref: A}}
#             ^^^ ROS1002 `ref` is no function; did you mean `Ref`?
  D: {Value: {Join: some text, Select: [a]}}
",
        );
    }

    #[test]
    fn maps_that_have_such_keys() {
        check(
            "
Resources:
  嵌套:
    Type: ALIYUN::ROS::Stack
    Properties:
      TemplateURL: oss://a/b
      Parameters: {ref: master, Select: [a, b], If: x}
  Other:
    Type: ALIYUN::ROS::Stack
    Properties:
      TemplateURL: oss://a/b
      Parameters: {Join: [a, b]}
",
        );
    }
}
