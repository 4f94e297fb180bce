//! `Description`: a text, or one text a language.

use super::declare::{Check, Family, Rule, TemplateContext, UnitContext};
use super::report::Report;
use super::wording::{kind_of, odd_characters, shown};
use crate::diagnostic::Severity;
use crate::syntax::scalar_type::Typed;
use crate::template::{SectionKind, Value};
use crate::text::edit::TextEdit;

pub(super) const FAMILY: Family = Family {
    rules: &[&DESCRIPTION_SHAPE, &LANGUAGE_KEY],
    check: Check::Template(check),
};

/// The texts of parameters and outputs.
pub(super) const LABELS: Family = Family {
    rules: &[],
    check: Check::Unit(check_labels),
};

const DESCRIPTION_SHAPE: Rule = Rule {
    id: "ROS0106",
    name: "description-shape",
    severity: Severity::Warning,
    about: "The template's description is a text, or a map from a language (`en`, `zh-cn`) to a text.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Description: [a, b]
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Description:
  en: A network
  zh-cn: 一个网络
Resources: {}
",
    ..Rule::NONE
};

const LANGUAGE_KEY: Rule = Rule {
    id: "ROS0107",
    name: "language-key",
    severity: Severity::Warning,
    about: "The console shows texts in `en` and `zh-cn`; a text under any other key is never shown.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Description:
  en: A network
  zn-cn: 一个网络
Resources: {}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Description:
  en: A network
  zh-cn: 一个网络
Resources: {}
",
    ..Rule::NONE
};

/// The languages that the console shows.
const LANGUAGES: [&str; 2] = ["en", "zh-cn"];

fn check(context: &TemplateContext<'_>, report: &mut Report) {
    if let Some(section) = context.template.section(SectionKind::Description) {
        let value = Value::from(section.value);
        let text = matches!(section.value.typed(), Some(Typed::String | Typed::Null));
        if value.call().is_some() || !(text || section.value.is_mapping()) {
            report.at(
                &DESCRIPTION_SHAPE,
                section.key,
                format!(
                    "`Description` must be a text or a map of languages, not {}",
                    kind_of(value)
                ),
            );
        } else if section.value.is_mapping() {
            languages(value, report);
        }
    }
}

fn check_labels(context: &UnitContext<'_>, report: &mut Report) {
    let names = match context.section() {
        SectionKind::Parameters => &["Label", "Description", "ConstraintDescription", "Placeholder"][..],
        SectionKind::Outputs => &["Label", "Description"][..],
        _ => return,
    };
    for name in names {
        if let Some(value) = context.entry.value.get(name) {
            languages(value.into(), report);
        }
    }
}

/// Reports the languages of a map that are none; a single key of another kind is no language map at all.
fn languages(value: Value<'_>, report: &mut Report) {
    if !value
        .entries()
        .any(|entry| entry.key.text().is_some_and(|key| LANGUAGES.contains(&&*key)))
    {
        return;
    }
    for entry in value.entries() {
        let Some(key) = entry.key.text().filter(|key| !LANGUAGES.contains(&&**key)) else {
            continue;
        };
        let mut finding = report.at(
            &LANGUAGE_KEY,
            entry.key,
            format!(
                "language must be `en` or `zh-cn`, not {}{}: the console shows no other",
                shown(&key),
                odd_characters(&key)
            ),
        );
        let misspelt = key.to_lowercase().starts_with('z') || key.ends_with("cn");
        if misspelt && value.node.get("zh-cn").is_none() {
            let range = entry.key.content_range();
            finding = finding.fix("Change to `zh-cn`", vec![TextEdit::replace(range, "zh-cn")]);
        }
        let _ = finding;
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn misspelt_language_of_a_parameter() {
        check(
            "
Parameters:
  P:
    Type: String
    Label:
      en: Zone
      zn-cn: 可用区
#     ^^^^^ ROS0107 language must be `en` or `zh-cn`, not `zn-cn`
Outputs:
  O:
    Value: !Ref P
Resources: {}
",
        );
    }
}
