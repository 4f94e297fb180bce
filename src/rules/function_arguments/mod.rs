//! Arguments of functions against what each function takes.

use super::declare::{CallContext, CallPlace, Check, Family, Rule};
use super::report::{Report, did_you_mean, one_of, place_of};
use super::{calculate, condition, sub};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::function::{self, Argument, ArgumentKind, Arguments};
use crate::syntax::Kind;
use crate::syntax::scalar_type::Typed;
use crate::template::{Call, Form, Value};
use crate::text::TextRange;
use crate::text::edit::TextEdit;

pub(super) const FAMILY: Family = Family {
    rules: &[
        &REF_ARGUMENT,
        &GET_ATT_ARGUMENTS,
        &condition::AND_OR_ITEMS,
        &condition::EQUALS_ITEMS,
        &condition::NOT_ITEMS,
        &IF_ARGUMENTS,
        &JOIN_ARGUMENTS,
        &SELECT_ARGUMENTS,
        &SPLIT_ARGUMENTS,
        &JQ_ARGUMENTS,
        &NUMBER_RANGE,
        &OTHER_ARGUMENTS,
    ],
    check: Check::Call(check),
};

const REF_ARGUMENT: Rule = Rule {
    id: "ROS1004",
    name: "ref-argument",
    about: "`Ref` takes a name, as plain text: what it names must be known before anything is computed.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Region:
    Value:
      Ref:
        - ALIYUN::Region
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

const GET_ATT_ARGUMENTS: Rule = Rule {
    id: "ROS1006",
    name: "getatt-arguments",
    about: "`Fn::GetAtt` takes the name of a resource and the name of one of its attributes, both as plain text: a list of \
            two, or behind the YAML tag one text with a dot between.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  Id:
    Value:
      Fn::GetAtt: [Vpc]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  Id:
    Value:
      Fn::GetAtt: [Vpc, VpcId]
",
    ..Rule::NONE
};

const IF_ARGUMENTS: Rule = Rule {
    id: "ROS1015",
    name: "if-arguments",
    about: "`Fn::If` takes the name of a condition, the value if it holds, and the value if not. A condition is written \
            under `Conditions`; only its name stands here.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
Resources: {}
Outputs:
  Zone:
    Value:
      Fn::If: [Hangzhou, cn-hangzhou-i]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
Resources: {}
Outputs:
  Zone:
    Value:
      Fn::If: [Hangzhou, cn-hangzhou-i, cn-beijing-a]
",
    ..Rule::NONE
};

const JOIN_ARGUMENTS: Rule = Rule {
    id: "ROS1016",
    name: "join-arguments",
    about: "`Fn::Join` takes a delimiter and a list of texts: the pieces stand in a list of their own.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Name:
    Value:
      Fn::Join: ['-', web, {Ref: ALIYUN::Region}]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Name:
    Value:
      Fn::Join: ['-', [web, {Ref: ALIYUN::Region}]]
",
    ..Rule::NONE
};

const SELECT_ARGUMENTS: Rule = Rule {
    id: "ROS1017",
    name: "select-arguments",
    about: "`Fn::Select` takes an index (or a range, or a key), then a list or a map in one piece, and perhaps a value for \
            when nothing is found.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  First:
    Value:
      Fn::Select: ['0']
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  First:
    Value:
      Fn::Select: ['0', [a, b, c]]
",
    ..Rule::NONE
};

const SPLIT_ARGUMENTS: Rule = Rule {
    id: "ROS1018",
    name: "split-replace-arguments",
    about: "`Fn::Split` takes a delimiter and a text; `Fn::Replace` takes a map from old to new pieces and a text.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Name:
    Value:
      Fn::Replace: [a, b, text]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Name:
    Value:
      Fn::Replace:
        - a: b
        - text
",
    ..Rule::NONE
};

const JQ_ARGUMENTS: Rule = Rule {
    id: "ROS1019",
    name: "jq-arguments",
    about: "`Fn::Jq` takes `First` or `All`, a jq program, and what the program reads.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Id:
    Value:
      Fn::Jq: [first, .a, {a: 1}]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Id:
    Value:
      Fn::Jq: [First, .a, {a: 1}]
",
    ..Rule::NONE
};

const NUMBER_RANGE: Rule = Rule {
    id: "ROS1021",
    name: "indent-cidr-arguments",
    about: "`Fn::Indent` takes a text and a level from 0 to 20 (and a size from 0 to 4); `Fn::Cidr` a block, a count from 1 \
            to 256, and the bits of each piece.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Text:
    Value:
      Fn::Indent: [text, 21]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Text:
    Value:
      Fn::Indent: [text, 2]
",
    ..Rule::NONE
};

const OTHER_ARGUMENTS: Rule = Rule {
    id: "ROS1026",
    name: "function-arguments",
    severity: Severity::Warning,
    about: "The arguments of this function are not what it is documented to take.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Port:
    Value:
      Fn::GetJsonValue: ['{\"port\": 80}']
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Port:
    Value:
      Fn::GetJsonValue: [port, '{\"port\": 80}']
",
    ..Rule::NONE
};

/// The rule that a function's arguments are reported under; `None` for functions with a check of their own.
fn rule_of(name: &str) -> Option<&'static Rule> {
    Some(match name {
        "Ref" => &REF_ARGUMENT,
        "Fn::GetAtt" => &GET_ATT_ARGUMENTS,
        "Fn::Sub" => &sub::SUB_ARGUMENTS,
        "Fn::FindInMap" => return None,
        "Fn::And" | "Fn::Or" => &condition::AND_OR_ITEMS,
        "Fn::Equals" => &condition::EQUALS_ITEMS,
        "Fn::Not" => &condition::NOT_ITEMS,
        "Fn::If" => &IF_ARGUMENTS,
        "Fn::Join" => &JOIN_ARGUMENTS,
        "Fn::Select" => &SELECT_ARGUMENTS,
        "Fn::Split" | "Fn::Replace" => &SPLIT_ARGUMENTS,
        "Fn::Jq" => &JQ_ARGUMENTS,
        "Fn::Calculate" => &calculate::CALCULATE,
        "Fn::Indent" | "Fn::Cidr" => &NUMBER_RANGE,
        _ => &OTHER_ARGUMENTS,
    })
}

fn check(context: &CallContext<'_>, report: &mut Report) {
    // Functions that are not read are a finding of their own, and the console reads its own in its own way.
    if matches!(context.place, CallPlace::Literal | CallPlace::AssociationMetadata) {
        return;
    }
    let call = &context.call;
    let (Some(function), Some(rule)) = (function::find(&call.name), rule_of(&call.name)) else {
        return;
    };
    if let Some(problem) = problem(call, &function.arguments) {
        let mut finding = report.add(rule, problem.range, problem.message);
        if let Some(edit) = problem.fix {
            finding = finding.fix(edit.0, vec![edit.1]);
        }
        if let Some(severity) = problem.severity {
            finding = finding.severity(severity);
        }
        let _ = finding;
    }
}

/// The first thing wrong with a call's arguments. One is enough: the others mostly follow from it.
struct Problem {
    range: TextRange,
    message: String,
    fix: Option<(String, TextEdit)>,
    severity: Option<Severity>,
}

impl Problem {
    fn at(range: TextRange, message: String) -> Option<Self> {
        Some(Problem {
            range,
            message,
            fix: None,
            severity: None,
        })
    }
}

fn problem(call: &Call<'_>, arguments: &Arguments) -> Option<Problem> {
    let argument = call.argument;
    if *arguments == Arguments::Unknown || argument.kind() == Kind::Alias {
        return None;
    }
    if argument.is_null() {
        let message = format!("`{}` takes {}", call.name, signature(arguments));
        return Problem::at(call.name_range, message);
    }
    let is_list = argument.kind() == Kind::Sequence && argument.call().is_none();
    if let Some(one) = arguments.one()
        && !(is_list && arguments.count().is_some())
    {
        return wrong_value(call, one, argument);
    }
    if call.is("Fn::GetAtt") && argument.literal().is_some() {
        return dotted(call);
    }
    if !is_list {
        // A function may give the list.
        if argument.call().is_some() && !call.is("Fn::GetAtt") && !call.is("Fn::If") {
            return None;
        }
        let message = format!("`{}` takes {}", call.name, signature(arguments));
        return Problem::at(call.name_range, message);
    }
    let items: Vec<Value<'_>> = argument.items().collect();
    if let Some(message) = wrong_count(call, arguments, items.len()) {
        return Problem::at(call.name_range, message);
    }
    items
        .into_iter()
        .enumerate()
        .find_map(|(index, item)| wrong_value(call, arguments.item(index)?, item))
}

fn wrong_count(call: &Call<'_>, arguments: &Arguments, count: usize) -> Option<String> {
    let (least, most) = arguments.count()?;
    // The service takes a fourth item of `Fn::Select` without a word; real templates have it.
    let tolerated = call.is("Fn::Select") && count == 4;
    if count >= least && most.is_none_or(|most| count <= most) || tolerated {
        return None;
    }
    let have = match count {
        1 => "1 item".to_owned(),
        _ => format!("{count} items"),
    };
    Some(format!(
        "`{}` takes {}, not {have}",
        call.name,
        signature(arguments)
    ))
}

/// `Fn::GetAtt` with one text.
fn dotted(call: &Call<'_>) -> Option<Problem> {
    let text = call.argument.literal()?;
    let parts = text
        .rsplit_once('.')
        .filter(|(resource, attribute)| !resource.is_empty() && !attribute.is_empty());
    match (parts, call.form) {
        (Some(_), Form::Tag) => None,
        (Some((resource, attribute)), Form::Long) => Some(Problem {
            range: place_of(call.argument.node),
            message:
                "`Fn::GetAtt` takes `[resource, attribute]`; one text with a dot is for the YAML tag only"
                    .into(),
            fix: Some((
                "Make it a list".into(),
                TextEdit::replace(
                    call.argument.node.range(),
                    format!("[\"{resource}\", \"{attribute}\"]"),
                ),
            )),
            severity: Some(Severity::Warning),
        }),
        (None, _) => Problem::at(
            place_of(call.argument.node),
            "`Fn::GetAtt` takes the name of a resource and of an attribute, such as `Vpc.VpcId`".into(),
        ),
    }
}

fn wrong_value(call: &Call<'_>, argument: &Argument, value: Value<'_>) -> Option<Problem> {
    // Something is still missing, or on purpose null.
    if value.is_null() || value.kind() == Kind::Alias {
        return None;
    }
    let subject = format!("`{}` of `{}`", argument.name, call.name);
    if let Some(inner) = value.call() {
        let message = format!("{subject} must be plain text: functions are not read there");
        return argument
            .literal
            .then(|| Problem::at(inner.name_range, message))
            .flatten();
    }
    let node = value.node;
    if let Some(wanted) = wanted(argument.kind, value) {
        return Problem::at(place_of(node), format!("{subject} is {wanted}"));
    }
    let text = value.literal()?;
    if !argument.values.is_empty() && !argument.values.contains(&&*text) {
        let found = nearest(&text, argument.values.iter().copied());
        let message = format!(
            "{subject} is {}{}",
            one_of(argument.values.iter().copied()),
            did_you_mean(&found)
        );
        return Some(Problem {
            range: place_of(node),
            message,
            fix: found.first().map(|name| {
                (
                    format!("Change to `{name}`"),
                    TextEdit::replace(node.content_range(), *name),
                )
            }),
            severity: None,
        });
    }
    let (least, most) = argument.range?;
    let number: i64 = text.trim().parse().ok()?;
    let message = match most {
        i64::MAX => format!("{subject} is {least} or more"),
        _ => format!("{subject} is from {least} to {most}"),
    };
    (number < least || number > most)
        .then(|| Problem::at(place_of(node), message))
        .flatten()
}

/// What an argument has to be, if a literal value is something else.
fn wanted(kind: ArgumentKind, value: Value<'_>) -> Option<&'static str> {
    let scalar = value.node.is_scalar();
    let numeric = matches!(value.node.typed(), Some(Typed::Int(_) | Typed::Float(_)));
    let reads_as_number = || {
        numeric
            || value
                .literal()
                .is_some_and(|text| text.trim().parse::<f64>().is_ok())
    };
    let (fits, wanted) = match kind {
        ArgumentKind::String | ArgumentKind::Template | ArgumentKind::Region => (scalar, "a text"),
        ArgumentKind::Name
        | ArgumentKind::Resource
        | ArgumentKind::Attribute
        | ArgumentKind::Mapping
        | ArgumentKind::MappingKey
        | ArgumentKind::ConditionName => (scalar, "a name, as plain text"),
        ArgumentKind::Integer | ArgumentKind::Number => (scalar && reads_as_number(), "a number"),
        ArgumentKind::Boolean => (scalar, "`true` or `false`"),
        ArgumentKind::List => (value.node.is_sequence(), "a list"),
        ArgumentKind::Map | ArgumentKind::Variables => (value.node.is_mapping(), "a map"),
        ArgumentKind::Condition => (scalar, "the name of a condition, or a condition function"),
        ArgumentKind::Selector => (scalar, "an index, a range or a key"),
        ArgumentKind::Collection | ArgumentKind::Any => (true, ""),
    };
    (!fits).then_some(wanted)
}

/// What a function takes, for messages.
fn signature(arguments: &Arguments) -> String {
    let list = |items: &[Argument], required: usize| {
        let names: Vec<String> = items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let mark = if index < required { "" } else { "?" };
                format!("{}{mark}", item.name)
            })
            .collect();
        format!("`[{}]`", names.join(", "))
    };
    match *arguments {
        Arguments::One(one) => format!("one value: `{}`", one.name),
        Arguments::List { items, required } => list(items, required),
        Arguments::Many { item, least } if least > 1 => {
            format!("a list, each item a `{}`, {least} at least", item.name)
        }
        Arguments::Many { item, .. } => format!("a list, each item a `{}`", item.name),
        Arguments::OneOrList { one, items, required } => {
            let list = list(items, required);
            if items.len() == 1 {
                format!("one value: `{}`", one.name)
            } else {
                format!("`{}` or {list}", one.name)
            }
        }
        Arguments::Unknown => "arguments that no page describes".into(),
    }
}

#[cfg(test)]
mod tests;
