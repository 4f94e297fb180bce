//! `Fn::Sub`: what it takes, and what it does not need.

use super::declare::{CallContext, CallPlace, Check, Family, Rule};
use super::report::Report;
use super::wording::shown;
use crate::diagnostic::Severity;
use crate::syntax::Style;
use crate::template::interpolation::placeholders;
use crate::template::{Call, Value};
use crate::text::edit::TextEdit;

pub(super) const FAMILY: Family = Family {
    rules: &[&SUB_ARGUMENTS, &NEEDLESS_SUB],
    check: Check::Call(check),
};

/// Reported with the arguments of the other functions.
pub(super) const SUB_ARGUMENTS: Rule = Rule {
    id: "ROS1010",
    name: "sub-arguments",
    about: "`Fn::Sub` takes a text, or a list of a text and a map of variables.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Where:
    Value:
      Fn::Sub: ['in ${ALIYUN::Region}']
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Where:
    Value:
      Fn::Sub: 'in ${ALIYUN::Region}'
",
    ..Rule::NONE
};

const NEEDLESS_SUB: Rule = Rule {
    id: "ROS1012",
    name: "needless-sub",
    severity: Severity::Information,
    about: "The text of `Fn::Sub` has no `${…}`, so that plain text does the same; or a variable is defined that the text \
            does not use.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Where:
    Value:
      Fn::Sub: here
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Where:
    Value: here
",
    ..Rule::NONE
};

fn check(context: &CallContext<'_>, report: &mut Report) {
    let call = &context.call;
    if !call.is("Fn::Sub") || context.place == CallPlace::Literal {
        return;
    }
    let arguments = call.arguments();
    let Some(text) = arguments.first().and_then(|text| text.literal()) else {
        return;
    };
    if text.is_empty() {
        return;
    }
    let Some(variables) = arguments.get(1) else {
        // An escaped `${!…}` needs the function to become plain.
        if placeholders(&text).next().is_none() {
            needless(call, arguments[0], report);
        }
        return;
    };
    let used: Vec<&str> = placeholders(&text)
        .map(|placeholder| text[placeholder.inner.as_usize()].trim())
        .collect();
    for variable in variables.entries() {
        let Some(name) = variable.key.text().filter(|name| !name.is_empty()) else {
            continue;
        };
        if !used.contains(&&*name) {
            let message = format!("the variable {} is not used in the text", shown(&name));
            report.at(&NEEDLESS_SUB, variable.key, message).unnecessary();
        }
    }
}

fn needless(call: &Call<'_>, text: Value<'_>, report: &mut Report) {
    let message = "`Fn::Sub` is needless: the text has no `${…}`";
    let finding = report.add(&NEEDLESS_SUB, call.name_range, message).unnecessary();
    let node = text.node;
    let one_line =
        !matches!(node.style(), Style::Literal | Style::Folded) && !node.source().contains(['\n', '\r']);
    if one_line && node == call.argument.node {
        let whole = call.node.range().cover(call.name_range);
        finding.fix(
            "Write the text without `Fn::Sub`",
            vec![TextEdit::replace(whole, node.source())],
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::rules::fixture::{check, findings};
    use crate::syntax::Format;
    use crate::text::edit::apply;

    #[test]
    fn variables_and_texts() {
        check(
            "
Resources: {}
Outputs:
  A: {Value: !Sub ['${名}', {名: a, B: b}]}
#                                 ^ ROS1012 the variable `B` is not used in the text
  B: {Value: !Sub 'echo ${!HOME}'}
  C: {Value: {Fn::Sub: 文本}}
#             ^^^^^^^ ROS1012 `Fn::Sub` is needless: the text has no `${…}`
  D: {Value: {Fn::Sub: [a, b]}}
#                          ^ ROS1010 `variables` of `Fn::Sub` must be a map, not the text `b`
  E: {Value: {Fn::Sub: {a: b}}}
#                      ^^^^^^ ROS1010 `Fn::Sub` must be a text, not a map
",
        );
    }

    #[test]
    fn fixes() {
        let head = "ROSTemplateFormatVersion: '2015-09-01'\nResources: {}\nOutputs:\n  A:\n    Value: ";
        for call in ["!Sub 'a b'", "{Fn::Sub: 'a b'}", "\n      Fn::Sub: 'a b'"] {
            let text = format!("{head}{call}\n");
            let document = Document::new(&text, Format::Yaml);
            let findings = findings(&document);
            assert_eq!(findings.len(), 1, "{text}");
            let mended = apply(&text, &findings[0].fixes[0].edits);
            let indent = call
                .strip_suffix("Fn::Sub: 'a b'")
                .filter(|rest| rest.starts_with('\n'));
            assert_eq!(mended, format!("{head}{}'a b'\n", indent.unwrap_or_default()));
        }
    }
}
