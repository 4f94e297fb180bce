//! `ROSTemplateFormatVersion`: there, right, and quoted.

use super::declare::{Check, Family, Rule, TemplateContext};
use super::report::Report;
use super::section::is_there;
use super::wording::value_or_kind;
use crate::diagnostic::Severity;
use crate::syntax::{Format, Node, Style};
use crate::template::{SectionKind, Value};
use crate::text::{TextRange, edit::TextEdit};

pub(super) const FAMILY: Family = Family {
    rules: &[&MISSING_VERSION, &WRONG_VERSION, &VERSION_NOT_QUOTED],
    check: Check::Template(check),
};

/// The only version there is.
const VERSION: &str = "2015-09-01";

const MISSING_VERSION: Rule = Rule {
    id: "ROS0101",
    name: "missing-version",
    about: "Every template says `ROSTemplateFormatVersion: '2015-09-01'`; without it the service refuses the template.",
    bad: "
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

const WRONG_VERSION: Rule = Rule {
    id: "ROS0102",
    name: "wrong-version",
    about: "The template format has one version, `2015-09-01`.",
    bad: "
ROSTemplateFormatVersion: '2015-9-1'
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
",
    ..Rule::NONE
};

const VERSION_NOT_QUOTED: Rule = Rule {
    id: "ROS0103",
    name: "version-not-quoted",
    severity: Severity::Information,
    about: "Without quotes YAML loaders read `2015-09-01` as a date. The service copes, other tools may not; quotes make \
            it the text that it is.",
    bad: "
ROSTemplateFormatVersion: 2015-09-01
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
",
    yaml_only: true,
};

fn check(context: &TemplateContext<'_>, report: &mut Report) {
    let root = context.template.root;
    let Some(section) = context.template.section(SectionKind::Version) else {
        if root.is_mapping() && !is_there(context.template, SectionKind::Version) {
            missing(root, report);
        }
        return;
    };
    let value = section.value;
    let text = Value::from(value).literal();
    if text.as_deref() != Some(VERSION) {
        if value.is_empty() {
            let message = format!("`ROSTemplateFormatVersion` must be '{VERSION}', not empty");
            report.at(&WRONG_VERSION, section.key, message).unfinished();
            return;
        }
        let quote = if value.format() == Format::Json { '"' } else { '\'' };
        let whole = value.range();
        report
            .at(
                &WRONG_VERSION,
                value,
                format!(
                    "`ROSTemplateFormatVersion` must be '{VERSION}', not {}",
                    value_or_kind(value.into())
                ),
            )
            .fix(
                format!("Change to '{VERSION}'"),
                vec![TextEdit::replace(whole, format!("{quote}{VERSION}{quote}"))],
            );
        return;
    }
    if value.style() == Style::Plain {
        let range: TextRange = value.range();
        report
            .at(
                &VERSION_NOT_QUOTED,
                value,
                format!("quote the version: YAML reads {VERSION} as a date"),
            )
            .fix(
                "Add quotes",
                vec![TextEdit::replace(range, format!("'{VERSION}'"))],
            );
    }
}

fn missing(root: Node<'_>, report: &mut Report) {
    let message = format!("`ROSTemplateFormatVersion: '{VERSION}'` is missing: every template needs it");
    let Some(first) = root.entries().next() else {
        report.at(&MISSING_VERSION, root, message).unfinished();
        return;
    };
    let text = match (root.format(), root.style()) {
        (Format::Json, _) => format!("\"ROSTemplateFormatVersion\": \"{VERSION}\", "),
        (Format::Yaml, Style::Block) => {
            let indent = " ".repeat(root.indent() as usize);
            format!("ROSTemplateFormatVersion: '{VERSION}'\n{indent}")
        }
        (Format::Yaml, _) => format!("ROSTemplateFormatVersion: '{VERSION}', "),
    };
    report.at(&MISSING_VERSION, first.key, message).unfinished().fix(
        format!("Add `ROSTemplateFormatVersion: '{VERSION}'`"),
        vec![TextEdit::insert(first.key.range().start, text)],
    );
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check_whole;

    #[test]
    fn wrong_version() {
        check_whole(
            "
ROSTemplateFormatVersion: '2015-09-02'
#                          ^^^^^^^^^^ ROS0102 `ROSTemplateFormatVersion` must be '2015-09-01', not `2015-09-02`
Resources: {}
",
        );
    }

    #[test]
    fn missing_in_a_nested_body_too() {
        check_whole(
            "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Stack:
    Type: ALIYUN::ROS::Stack
    Properties:
      TemplateBody:
        Resources: {}
#       ^^^^^^^^^ ROS0101 `ROSTemplateFormatVersion: '2015-09-01'` is missing
",
        );
    }
}
