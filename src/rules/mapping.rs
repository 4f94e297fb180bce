//! Mappings: two levels of maps with plain values.

use super::declare::{CallContext, Check, Family, Rule, UnitContext};
use super::report::Report;
use super::wording::{kind_of, shown};
use crate::diagnostic::Severity;
use crate::syntax::scalar_type::Typed;
use crate::syntax::{Entry, Kind};
use crate::template::{SectionKind, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&MAPPING_SHAPE, &MAPPING_VALUE],
    check: Check::Unit(check),
};

pub(super) const FUNCTIONS: Family = Family {
    rules: &[&FUNCTION_IN_MAPPING],
    check: Check::Call(check_call),
};

const FUNCTION_IN_MAPPING: Rule = Rule {
    id: "ROS0301",
    name: "function-in-mapping",
    about: "Mappings are fixed tables: functions are not read anywhere in them. Compute the keys in `Fn::FindInMap` instead.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Mappings:
  Names:
    cn-hangzhou:
      Region:
        Ref: ALIYUN::Region
Resources: {}
Outputs:
  Name:
    Value:
      Fn::FindInMap: [Names, cn-hangzhou, Region]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Mappings:
  Names:
    cn-hangzhou:
      Region: Hangzhou
Resources: {}
Outputs:
  Name:
    Value:
      Fn::FindInMap:
        - Names
        - Ref: ALIYUN::Region
        - Region
",
    ..Rule::NONE
};

const MAPPING_SHAPE: Rule = Rule {
    id: "ROS0302",
    name: "mapping-shape",
    about: "A mapping has exactly two levels of keys: `Fn::FindInMap` takes the mapping's name and two keys.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Mappings:
  Zones:
    cn-hangzhou: cn-hangzhou-i
Resources: {}
Outputs:
  Zone:
    Value:
      Fn::FindInMap:
        - Zones
        - Ref: ALIYUN::Region
        - First
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Mappings:
  Zones:
    cn-hangzhou:
      First: cn-hangzhou-i
Resources: {}
Outputs:
  Zone:
    Value:
      Fn::FindInMap:
        - Zones
        - Ref: ALIYUN::Region
        - First
",
    ..Rule::NONE
};

const MAPPING_VALUE: Rule = Rule {
    id: "ROS0303",
    name: "mapping-value",
    severity: Severity::Warning,
    about: "The values of a mapping are documented as texts and numbers.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Mappings:
  Zones:
    cn-hangzhou:
      All: [cn-hangzhou-i, cn-hangzhou-h]
Resources: {}
Outputs:
  Zones:
    Value:
      Fn::FindInMap: [Zones, cn-hangzhou, All]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Mappings:
  Zones:
    cn-hangzhou:
      All: cn-hangzhou-i,cn-hangzhou-h
Resources: {}
Outputs:
  Zones:
    Value:
      Fn::FindInMap: [Zones, cn-hangzhou, All]
",
    ..Rule::NONE
};

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Mappings || !is_level(context.entry, "a map of keys", report) {
        return;
    }
    for first in context.entry.value.entries() {
        if !is_level(first, "a map of second keys", report) {
            continue;
        }
        for second in first.value.entries() {
            value(second, report);
        }
    }
}

/// Whether an entry holds a map of keys; says so if not.
fn is_level(entry: Entry<'_>, wanted: &str, report: &mut Report) -> bool {
    let value = Value::from(entry.value);
    if value.call().is_some() || value.kind() == Kind::Alias {
        return false;
    }
    if !value.node.is_mapping() {
        let message = format!(
            "{} must be {wanted}, not {}: a mapping has two levels",
            shown(&entry.key.text().unwrap_or_default()),
            kind_of(value)
        );
        let finding = report.at(&MAPPING_SHAPE, entry.key, message);
        if value.is_null() {
            // Nothing is found there, and nothing is wrong as long as nobody looks.
            finding.severity(Severity::Warning).unfinished();
        }
        return false;
    }
    true
}

fn value(entry: Entry<'_>, report: &mut Report) {
    let value = Value::from(entry.value);
    let plain = matches!(
        value.node.typed(),
        Some(Typed::String | Typed::Int(_) | Typed::Float(_) | Typed::Timestamp)
    );
    // A function is a finding of its own.
    if plain || value.call().is_some() || value.kind() == Kind::Alias {
        return;
    }
    let message = format!(
        "{} must be a text or a number, not {}",
        shown(&entry.key.text().unwrap_or_default()),
        kind_of(value)
    );
    report
        .at(&MAPPING_VALUE, entry.key, message)
        .unfinished_if(value.is_null());
}

fn check_call(context: &CallContext<'_>, report: &mut Report) {
    if context.unit.section() == SectionKind::Mappings && context.outer.is_none() {
        let message = format!(
            "a mapping must hold plain values: `{}` is not read here",
            context.call.name
        );
        report.add(&FUNCTION_IN_MAPPING, context.call.name_range, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn levels() {
        check(
            "
Mappings:
  甲: [a]
# ^ ROS0302 `甲` must be a map of keys, not a list: a mapping has two levels
  乙:
    cn-hangzhou: {a: 1, 2: b, 3: {c: d}, 4: true}
#                             ^ ROS0303 `3` must be a text or a number, not a map
#                                        ^ ROS0303 `4` must be a text or a number, not `true`
    cn-beijing: text
#   ^^^^^^^^^^ ROS0302 `cn-beijing` must be a map of second keys, not a text
    cn-shanghai: {a: !Sub ['${b}', {b: !Ref c}]}
#                    ^^^^ ROS0301 a mapping must hold plain values: `Fn::Sub` is not read here
  丙:
# ^ ROS0302 `丙` must be a map of keys, not empty
  丁: {a: {b: }}
#         ^ ROS0303 `b` must be a text or a number, not empty
Resources: {}
Outputs:
  A: {Value: !FindInMap [!Ref ALIYUN::Region, a, b]}
",
        );
    }
}
