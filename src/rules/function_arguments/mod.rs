//! Arguments of functions against what each function takes.

mod content;
mod problem;

use super::declare::{CallContext, CallPlace, Check, Family, Rule};
use super::report::Report;
use super::{calculate, condition, sub};
use crate::diagnostic::Severity;
use crate::language::function;

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
    about: "The arguments of this function are not what it is documented to take. What the service may turn into the right \
            kind, such as a number where a text is due, and functions that nobody describes are a warning.",
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
    let problem = problem::first(call, &function.arguments, context.place);
    let Some(problem) = problem.or_else(|| content::first(call)) else {
        return;
    };
    // What nobody describes may take other arguments than are known.
    let severity = match function.documented {
        true => problem.severity.unwrap_or(rule.severity),
        false => Severity::Warning,
    };
    let mut finding = report
        .add(rule, problem.range, problem.message)
        .severity(severity)
        .unfinished_if(problem.unfinished);
    if let Some((title, edits)) = problem.fix {
        finding = finding.fix(title, edits);
    }
    let _ = finding;
}

#[cfg(test)]
mod tests;
