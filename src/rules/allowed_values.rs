//! The list of a parameter's allowed values: its shape, and values that stand twice.

use super::declare::{Check, Family, Rule, UnitContext};
use super::report::Report;
use super::wording::kind_of;
use crate::diagnostic::Severity;
use crate::syntax::scalar_type::Typed;
use crate::syntax::{Entry, Kind, Node};
use crate::template::{SectionKind, Value};
use crate::text::TextRange;
use crate::text::edit::TextEdit;
use std::collections::HashMap;

pub(super) const FAMILY: Family = Family {
    rules: &[&ALLOWED_VALUES_SHAPE, &DUPLICATE_VALUE],
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
    if let Some(entry) = context.entry.value.entry("AllowedValues") {
        allowed_values(entry, report);
    }
}

fn allowed_values(entry: Entry<'_>, report: &mut Report) {
    let value = Value::from(entry.value);
    if value.call().is_some() || value.kind() == Kind::Alias {
        return;
    }
    if value.is_null() || value.node.is_sequence() && value.items().next().is_none() {
        let message = "`AllowedValues` must have a value: none is allowed by an empty list";
        report
            .at(&ALLOWED_VALUES_SHAPE, entry.key, message)
            .severity(Severity::Warning)
            .unfinished();
        return;
    }
    if !value.node.is_sequence() {
        let message = format!("`AllowedValues` must be a list, not {}", kind_of(value));
        let finding = report.at(&ALLOWED_VALUES_SHAPE, entry.value, message);
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

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::rules::fixture::{check, findings};
    use crate::syntax::Format;
    use crate::text::edit::apply;

    #[test]
    fn lists() {
        check(
            "
Parameters:
  A: {Type: String, AllowedValues: 甲}
#                                  ^ ROS0206 `AllowedValues` must be a list, not a text
  B: {Type: Boolean, AllowedValues: [true, 'true', True]}
#                                                  ^^^^ ROS0225 `true` is allowed already
  C: {Type: String, AllowedValues: [甲, 乙, 甲]}
#                                         ^ ROS0225 `甲` is allowed already
  D: {Type: String, AllowedValues: []}
#                   ^^^^^^^^^^^^^ ROS0206 `AllowedValues` must have a value
  E: {Type: String, AllowedValues: null}
#                   ^^^^^^^^^^^^^ ROS0206 `AllowedValues` must have a value
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B, !Ref C, !Ref D, !Ref E]}
",
        );
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
        ];
        for (broken, mended) in cases {
            let text = format!("{head}{broken}");
            let document = Document::new(&text, Format::Yaml);
            let findings = findings(&document);
            let fix = findings.iter().find_map(|finding| finding.fixes.first());
            assert_eq!(
                apply(&text, &fix.expect("a fix").edits),
                format!("{head}{mended}")
            );
        }
    }
}
