//! A local's own map: its type and its keys.

use super::declare::{Check, Family, Rule, UnitContext};
use super::keys::Keys;
use super::report::{Report, one_of};
use super::wording::{kind_of, value_or_kind};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::attribute;
use crate::syntax::Kind;
use crate::template::{Local, SectionKind, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&MISSING_VALUE, &LOCAL_TYPE, &ATTRIBUTE],
    check: Check::Unit(check),
};

const MISSING_VALUE: Rule = Rule {
    id: "ROS0601",
    name: "missing-local-value",
    about: "A local is a map with a `Value`, unless it is a data source.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Type: Eval
Resources: {}
Outputs:
  Region:
    Value:
      Ref: Where
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Type: Eval
    Value:
      Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Value:
      Ref: Where
",
    ..Rule::NONE
};

const LOCAL_TYPE: Rule = Rule {
    id: "ROS0602",
    name: "local-type",
    about: "The `Type` of a local is `Macro` (put in as text, the default), `Eval` (computed first) or the type of a data \
            source.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Type: String
    Value:
      Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Value:
      Ref: Where
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Type: Macro
    Value:
      Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Value:
      Ref: Where
",
    ..Rule::NONE
};

/// The page on locals lists these keys only, and iac-code's offline validator refuses all others.
const ATTRIBUTE: Rule = Rule {
    id: "ROS0609",
    name: "local-attribute",
    about: "A local has `Type` and `Value`; one that is a data source has `Type` and `Properties`. The service refuses any \
            other key.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Description: where it is
    Value:
      Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Value:
      Ref: Where
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Value:
      Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Value:
      Ref: Where
",
    ..Rule::NONE
};

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Locals {
        return;
    }
    let local = Local { entry: context.entry };
    let name = local.name();
    let map = Value::from(context.entry.value);
    if !map.node.is_mapping() || map.call().is_some() {
        let message = format!(
            "local `{name}` must be a map with a `Value`, not {}",
            kind_of(map)
        );
        report
            .at(&MISSING_VALUE, context.entry.key, message)
            .unfinished_if(map.is_null());
        return;
    }
    let type_name = match local.attribute("Type").map(Value::from) {
        Some(value) if value.is_null() => "Macro".into(),
        _ => local.type_name(),
    };
    if let Some(node) = local.attribute("Type")
        && !is_type(node.into(), &type_name)
    {
        unknown_type(node.into(), report);
        return;
    }
    let keys = Keys {
        owner: "a local",
        known: attribute::LOCAL,
        type_name: Some(&type_name),
        required: (!local.is_data_source()).then_some("Value"),
        unknown: &ATTRIBUTE,
        missing: &MISSING_VALUE,
    };
    if !keys.check(map.node, report) {
        let message = format!("local `{name}` needs a `Value`");
        report.at(&MISSING_VALUE, context.entry.key, message).unfinished();
    }
    attributes(local, &type_name, report);
}

fn types() -> impl Iterator<Item = &'static str> {
    attribute::LOCAL_TYPES.iter().map(|choice| choice.name)
}

fn is_type(value: Value<'_>, type_name: &str) -> bool {
    let known = type_name.starts_with("DATASOURCE::") || types().any(|known| known == type_name);
    value.is_null() || value.kind() == Kind::Alias || value.literal().is_some() && known
}

fn unknown_type(value: Value<'_>, report: &mut Report) {
    let found = value.literal().map(|text| nearest(&text, types()));
    let found = found.unwrap_or_default();
    let message = format!(
        "`Type` of a local must be {}, not {}",
        one_of(types().chain(["DATASOURCE::…"])),
        value_or_kind(value)
    );
    report.at(&LOCAL_TYPE, value.node, message).suggest(&found);
}

/// What the type of a local does not take: a data source has no `Value`, the others have no `Properties`.
fn attributes(local: Local<'_>, type_name: &str, report: &mut Report) {
    let data_source = local.is_data_source();
    for entry in local.entry.value.entries() {
        let value = Value::from(entry.value);
        let key = entry.key.text();
        let name = key.as_deref().unwrap_or_default();
        let known = attribute::local(name);
        if known.is_some_and(|attribute| !attribute.applies_to(type_name)) {
            let message = match data_source {
                true => "a data source has no `Value`: what it finds is its value".to_owned(),
                false => format!("`{name}` is for a local that is a data source, not for `{type_name}`"),
            };
            report.at(&ATTRIBUTE, entry.key, message);
        } else if name == "Properties" && !value.node.is_mapping() && value.kind() != Kind::Alias {
            let message = format!("`Properties` must be a map, not {}", kind_of(value));
            report
                .at(&ATTRIBUTE, entry.key, message)
                .unfinished_if(value.is_null());
        } else if name == "Value" && value.node.is_empty() {
            // A written `null` is a value; nothing at all is something still to come.
            report
                .at(&MISSING_VALUE, entry.key, "`Value` is empty: a local needs one")
                .severity(Severity::Warning)
                .unfinished();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::{check, check_half_typed};

    #[test]
    fn shapes() {
        check(
            "
Locals:
  A: {Type: macro, Value: 1}
#           ^^^^^ ROS0602 `Type` of a local must be `Macro`, `Eval` or `DATASOURCE::…`, not `macro`
  B: text
# ^ ROS0601 local `B` must be a map with a `Value`, not a text
  C: {Type: Eval}
# ^ ROS0601 local `C` needs a `Value`
  D: {Type: 'DATASOURCE::ECS::Zones'}
  E: {Value: null}
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B, !Ref C, !Ref D, !Ref E]}
",
        );
    }

    #[test]
    fn keys_that_a_local_has_not() {
        check(
            "
Locals:
  A: {Value: 1, Valeu: 2, Description: 说明}
#               ^^^^^ ROS0609 a local has no `Valeu`
#                         ^^^^^^^^^^^ ROS0609 a local has no `Description`
  B: {Valeu: 1}
#     ^^^^^ ROS0601 `Value` is missing: a local needs it; did you mean it by `Valeu`?
  C: {Type: 'DATASOURCE::ECS::Zones', Value: 1, Propertis: {}}
#                                     ^^^^^ ROS0609 a data source has no `Value`
#                                               ^^^^^^^^^ ROS0609 a local has no `Propertis`; did you mean `Properties`?
  D: {Type: 'DATASOURCE::ECS::Zones', Properties: [a]}
#                                     ^^^^^^^^^^ ROS0609 `Properties` must be a map, not a list
  E: {Type: null, Value: 1, Properties: {}}
#                           ^^^^^^^^^^ ROS0609 `Properties` is for a local that is a data source, not for `Macro`
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B, !Ref C, !Ref D, !Ref E]}
",
        );
    }

    #[test]
    fn half_typed() {
        check_half_typed(
            "
Locals:
  A:
# ^ ROS0601 local `A` must be a map with a `Value`, not empty
  B:
    Value:
#   ^^^^^ ROS0601 `Value` is empty
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B]}
",
        );
    }
}
