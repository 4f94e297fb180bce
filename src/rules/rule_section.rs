//! `Rules`: assertions about the parameters.

use super::declare::{Check, Family, LinkedContext, Rule, UnitContext};
use super::keys::Keys;
use super::report::Report;
use super::wording::kind_of;
use crate::diagnostic::Severity;
use crate::language::{attribute, limit};
use crate::syntax::{Entry, Kind, Node};
use crate::template::{NameKind, NameReader, Rule as RuleView, SectionKind, UseKind, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[
        &MISSING_ASSERTIONS,
        &UNKNOWN_KEY,
        &MISSING_ASSERT,
        &TOO_MANY_ASSERTIONS,
        &ASSERT_DESCRIPTION,
    ],
    check: Check::Unit(check),
};

pub(super) const READS: Family = Family {
    rules: &[&RESOURCE_IN_RULE],
    check: Check::Linked(check_reads),
};

const MISSING_ASSERTIONS: Rule = Rule {
    id: "ROS0501",
    name: "missing-assertions",
    about: "A rule is a map with `Assertions`: what must hold when a stack is made or changed.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Rules:
  OnlyHangzhou:
    RuleCondition:
      Fn::Equals: [a, a]
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Rules:
  OnlyHangzhou:
    Assertions:
      - Assert:
          Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
        AssertDescription: the stack is for Hangzhou
Resources: {}
",
    ..Rule::NONE
};

const UNKNOWN_KEY: Rule = Rule {
    id: "ROS0502",
    name: "unknown-rule-key",
    about: "A rule has `Assertions` and perhaps a `RuleCondition`; an assertion has `Assert` and `AssertDescription`. \
            Nothing else.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Rules:
  OnlyHangzhou:
    Condition:
      Fn::Equals: [a, a]
    Assertions:
      - Assert:
          Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
        AssertDescription: the stack is for Hangzhou
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Rules:
  OnlyHangzhou:
    RuleCondition:
      Fn::Equals: [a, a]
    Assertions:
      - Assert:
          Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
        AssertDescription: the stack is for Hangzhou
Resources: {}
",
    ..Rule::NONE
};

const MISSING_ASSERT: Rule = Rule {
    id: "ROS0503",
    name: "missing-assert",
    about: "An assertion is a map with an `Assert`: the function that must give true.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Rules:
  OnlyHangzhou:
    Assertions:
      - AssertDescription: the stack is for Hangzhou
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Rules:
  OnlyHangzhou:
    Assertions:
      - Assert:
          Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
        AssertDescription: the stack is for Hangzhou
Resources: {}
",
    ..Rule::NONE
};

const TOO_MANY_ASSERTIONS: Rule = Rule {
    id: "ROS0504",
    name: "too-many-assertions",
    severity: Severity::Warning,
    about: "A rule has at most 100 assertions. Divide it into several rules.",
    bad: "",
    good: "",
    ..Rule::NONE
};

const ASSERT_DESCRIPTION: Rule = Rule {
    id: "ROS0505",
    name: "assert-description",
    severity: Severity::Warning,
    about: "`AssertDescription` is the text that the user reads when the assertion fails. Without it nobody knows what to \
            change.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Rules:
  OnlyHangzhou:
    Assertions:
      - Assert:
          Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Rules:
  OnlyHangzhou:
    Assertions:
      - Assert:
          Fn::Equals: [{Ref: ALIYUN::Region}, cn-hangzhou]
        AssertDescription: the stack is for Hangzhou
Resources: {}
",
    ..Rule::NONE
};

const RESOURCE_IN_RULE: Rule = Rule {
    id: "ROS0506",
    name: "resource-in-rule",
    about: "Rules are worked out before anything is made or queried: they can read parameters, but no resources and no \
            data sources.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Rules:
  Named:
    Assertions:
      - Assert:
          Fn::Not:
            Fn::Equals: [{Ref: Vpc}, '']
        AssertDescription: there must be a network
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  VpcId:
    Type: String
Rules:
  Named:
    Assertions:
      - Assert:
          Fn::Not:
            Fn::Equals: [{Ref: VpcId}, '']
        AssertDescription: there must be a network
Resources: {}
",
    ..Rule::NONE
};

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Rules {
        return;
    }
    let rule = RuleView { entry: context.entry };
    let name = rule.name();
    let assertions = context.entry.value.entry("Assertions");
    let value = Value::from(context.entry.value);
    if !value.node.is_mapping() {
        let message = format!(
            "rule `{name}` must be a map with `Assertions`, not {}",
            kind_of(value)
        );
        report
            .at(&MISSING_ASSERTIONS, context.entry.key, message)
            .unfinished_if(value.is_null());
        return;
    }
    let keys = Keys {
        owner: "a rule",
        known: attribute::RULE,
        type_name: None,
        required: Some("Assertions"),
        unknown: &UNKNOWN_KEY,
        missing: &MISSING_ASSERTIONS,
    };
    if !keys.check(value.node, report) {
        let message = format!("rule `{name}` needs `Assertions`");
        report
            .at(&MISSING_ASSERTIONS, context.entry.key, message)
            .unfinished();
    }
    let Some(assertions) = assertions else {
        return;
    };
    let list = Value::from(assertions.value);
    let all = rule.assertions();
    if list.is_null() || all.is_empty() && list.kind() != Kind::Alias {
        let message = match list.kind() {
            Kind::Sequence => "`Assertions` must have an assertion".to_owned(),
            _ => format!("`Assertions` must be a list of assertions, not {}", kind_of(list)),
        };
        let finding = report.at(&MISSING_ASSERTIONS, assertions.key, message);
        if list.node.is_sequence() {
            // A rule that asserts nothing is passed over.
            finding.severity(Severity::Warning).unfinished();
        } else {
            finding.unfinished_if(list.is_null());
        }
    }
    if all.len() > limit::ASSERTIONS {
        let message = format!(
            "a rule takes at most {} assertions, not {}",
            limit::ASSERTIONS,
            all.len()
        );
        report.at(&TOO_MANY_ASSERTIONS, assertions.key, message);
    }
    for one in all {
        assertion(assertions, one, report);
    }
}

fn assertion(assertions: Entry<'_>, one: Node<'_>, report: &mut Report) {
    let place = match one.entries().next() {
        Some(entry) => entry.key,
        None if one.is_empty() => assertions.key,
        None => one,
    };
    if !one.is_mapping() {
        let message = format!(
            "an assertion must be a map with `Assert`, not {}",
            kind_of(one.into())
        );
        report
            .at(&MISSING_ASSERT, place, message)
            .unfinished_if(Value::from(one).is_null());
        return;
    }
    let keys = Keys {
        owner: "an assertion",
        known: attribute::ASSERTION,
        type_name: None,
        required: Some("Assert"),
        unknown: &UNKNOWN_KEY,
        missing: &MISSING_ASSERT,
    };
    if !keys.check(one, report) {
        report
            .at(&MISSING_ASSERT, place, "an assertion needs an `Assert`")
            .unfinished();
    }
    match one.entry("Assert") {
        Some(assert) if Value::from(assert.value).is_null() => {
            report
                .at(
                    &MISSING_ASSERT,
                    assert.key,
                    "`Assert` is empty: it must be a condition",
                )
                .unfinished();
        }
        _ => {}
    }
    match one.get("AssertDescription").map(Value::from) {
        None => {
            let message = "an assertion needs an `AssertDescription` to tell the user what is wrong";
            report.at(&ASSERT_DESCRIPTION, place, message).unfinished();
        }
        Some(text) if text.literal().is_none() && !text.is_null() => {
            let message = format!("`AssertDescription` must be a text, not {}", kind_of(text));
            report.at(&ASSERT_DESCRIPTION, text.node, message);
        }
        Some(_) => {}
    }
}

fn check_reads(context: &LinkedContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Rules {
        return;
    }
    for (use_, range) in context.unit.uses() {
        let name = &*use_.name;
        let what = match use_.kind {
            UseKind::Ref | UseKind::SubName | UseKind::GetAtt | UseKind::SubGetAtt => {
                made_or_queried(context.names(), name)
            }
            _ => None,
        };
        if let Some(what) = what {
            let message =
                format!("a rule can't read the {what} `{name}`: it is worked out before anything is made");
            report.add(&RESOURCE_IN_RULE, range, message);
        }
    }
}

/// What a name stands for, if a rule can't read it.
fn made_or_queried(names: NameReader<'_>, name: &str) -> Option<&'static str> {
    let (kind, definition) = names.resolve(name)?;
    let data_source = definition
        .type_name()
        .is_some_and(|type_name| type_name.starts_with("DATASOURCE::"));
    match kind {
        NameKind::Resource | NameKind::Local if data_source => Some("data source"),
        NameKind::Resource => Some("resource"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::rules::fixture::{check, findings};
    use crate::syntax::Format;

    #[test]
    fn shapes() {
        check(
            "
Rules:
  规则:
    RuleConditon: {Fn::Equals: [a, a]}
#   ^^^^^^^^^^^^ ROS0502 a rule has no `RuleConditon`; did you mean `RuleCondition`?
    Assertions:
      - Asert: {Fn::Equals: [a, a]}
#       ^^^^^ ROS0503 `Assert` is missing: an assertion needs it; did you mean it by `Asert`?
        AssertDescription: {en: a}
#                          ^^^^^^^ ROS0505 `AssertDescription` must be a text, not a map
  One:
    Assertions:
      Assert: {Fn::Equals: [a, a]}
      AssertDescription: 一个
  Text:
    Assertions: text
#   ^^^^^^^^^^ ROS0501 `Assertions` must be a list of assertions, not a text
  Half:
    Assertions:
#   ^^^^^^^^^^ ROS0501 `Assertions` must be a list of assertions, not empty
  None: {RuleCondition: {Fn::Equals: [a, a]}}
# ^^^^ ROS0501 rule `None` needs `Assertions`
  Word: text
# ^^^^ ROS0501 rule `Word` must be a map with `Assertions`, not a text
  Empty:
    Assertions:
      - Assert:
#       ^^^^^^ ROS0503 `Assert` is empty: it must be a condition
        AssertDescription: a
      - text
#       ^^^^ ROS0503 an assertion must be a map with `Assert`, not a text
Resources: {}
",
        );
    }

    #[test]
    fn reads() {
        check(
            "
Parameters:
  P: {Type: String}
Locals:
  Zones: {Type: 'DATASOURCE::ECS::Zones'}
  Text: {Type: Eval, Value: !Ref P}
Rules:
  A:
    RuleCondition: !Equals [!Ref Text, !Ref P]
    Assertions:
      - Assert: !Equals [{'Fn::Length': {Ref: Zones}}, 1]
#                                             ^^^^^ ROS0506 a rule can't read the data source `Zones`
        AssertDescription: a
Resources: {}
",
        );
    }

    #[test]
    fn more_than_a_hundred_assertions() {
        let one = "      - {Assert: !Equals [a, a], AssertDescription: b}\n";
        let ids = |count: usize| {
            let text = format!(
                "ROSTemplateFormatVersion: '2015-09-01'\nRules:\n  A:\n    Assertions:\n{}Resources: {{}}\n",
                one.repeat(count)
            );
            let document = Document::new(&text, Format::Yaml);
            findings(&document)
                .iter()
                .map(|finding| finding.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(100), Vec::<&str>::new());
        assert_eq!(ids(101), ["ROS0504"]);
    }
}
