//! Parameters whose field in the console follows the value of another: whether that one can be followed.

use super::association::{key_of, way_to};
use super::declare::{Check, Family, LinkedContext, Rule};
use super::report::{Report, one_of};
use super::value_class::Class;
use crate::diagnostic::Severity;
use crate::language::association;
use crate::syntax::scalar_type::Typed;
use crate::syntax::{Node, Style};
use crate::template::reads::DefinitionReader;
use crate::template::{NameKind, SectionKind, Transform, Use, UseKind, Value};
use crate::text::TextRange;
use crate::text::edit::TextEdit;

pub(super) const FAMILY: Family = Family {
    rules: &[&BARE_NAME, &OWN_VALUE, &OTHER_KIND, &IMPOSSIBLE_VALUE],
    check: Check::Linked(check),
};

const BARE_NAME: Rule = Rule {
    id: "ROS0234",
    name: "bare-metadata-name",
    severity: Severity::Information,
    about: "Metadata takes the value of another parameter as `${Name}`. The name alone is how the documentation had it in \
            2021; today it may be taken for the value itself.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Zone:
    Type: String
    AssociationProperty: ZoneId
  Switch:
    Type: String
    AssociationProperty: ALIYUN::VPC::VSwitch::VSwitchId
    AssociationPropertyMetadata:
      ZoneId: Zone
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: Zone
      - Ref: Switch
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Zone:
    Type: String
    AssociationProperty: ZoneId
  Switch:
    Type: String
    AssociationProperty: ALIYUN::VPC::VSwitch::VSwitchId
    AssociationPropertyMetadata:
      ZoneId: ${Zone}
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: Zone
      - Ref: Switch
",
    ..Rule::NONE
};

const OWN_VALUE: Rule = Rule {
    id: "ROS0235",
    name: "metadata-follows-itself",
    severity: Severity::Warning,
    about: "What the console offers for a parameter can't depend on the parameter's own value, which is not chosen yet.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Zone:
    Type: String
    AssociationProperty: ZoneId
    AssociationPropertyMetadata:
      InstanceType: ${Zone}
Resources: {}
Outputs:
  Chosen:
    Value:
      Ref: Zone
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Zone:
    Type: String
    AssociationProperty: ZoneId
Resources: {}
Outputs:
  Chosen:
    Value:
      Ref: Zone
",
    ..Rule::NONE
};

const OTHER_KIND: Rule = Rule {
    id: "ROS0236",
    name: "metadata-of-another-kind",
    severity: Severity::Warning,
    about: "The key narrows the choice by a value of one kind, such as a zone, and the parameter it reads holds one of \
            another kind: nothing is left to choose from.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Period:
    Type: Number
    AssociationProperty: PayPeriod
  Category:
    Type: String
    AssociationProperty: ALIYUN::ECS::Disk::SystemDiskCategory
    AssociationPropertyMetadata:
      InstanceChargeType: ${Period}
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: Period
      - Ref: Category
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Period:
    Type: Number
    AssociationProperty: PayPeriod
  Paid:
    Type: String
    AssociationProperty: ChargeType
  Category:
    Type: String
    AssociationProperty: ALIYUN::ECS::Disk::SystemDiskCategory
    AssociationPropertyMetadata:
      InstanceChargeType: ${Paid}
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: Period
      - Ref: Paid
      - Ref: Category
",
    ..Rule::NONE
};

const IMPOSSIBLE_VALUE: Rule = Rule {
    id: "ROS0237",
    name: "impossible-comparison",
    severity: Severity::Warning,
    about: "A condition of the metadata compares a parameter with a value that it can't have: it never holds. `undefined` \
            stands for a parameter that has no value yet.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Paid:
    Type: String
    AllowedValues: [PrePaid, PostPaid]
  Period:
    Type: Number
    AssociationPropertyMetadata:
      Visible:
        Condition:
          Fn::Equals: ['${Paid}', Prepaid]
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: Paid
      - Ref: Period
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Paid:
    Type: String
    AllowedValues: [PrePaid, PostPaid]
  Period:
    Type: Number
    AssociationPropertyMetadata:
      Visible:
        Condition:
          Fn::Equals: ['${Paid}', PrePaid]
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: Paid
      - Ref: Period
",
    ..Rule::NONE
};

fn check(context: &LinkedContext<'_>, report: &mut Report) {
    let names = context.names();
    let Some(metadata) = context.entry.value.get("AssociationPropertyMetadata") else {
        return;
    };
    if context.section() != SectionKind::Parameters || names.transform == Transform::Terraform {
        return;
    }
    for (use_, range) in context.unit.uses() {
        let Some(definition) = names.get(NameKind::Parameter, use_.name.trim()) else {
            continue;
        };
        match use_.kind {
            UseKind::MetadataBareName => bare(metadata, use_, range, report),
            UseKind::MetadataName if use_.name.trim() == &*context.facts().name => {
                follows_itself(metadata, use_, range, report);
            }
            UseKind::MetadataName => other_kind(metadata, use_, definition, range, report),
            _ => {}
        }
    }
    comparisons(metadata, context, report);
}

fn bare(metadata: Node<'_>, use_: &Use, range: TextRange, report: &mut Report) {
    let name = &use_.name;
    let Some(entry) = way_to(metadata, range).pop() else {
        return;
    };
    // A list of bare names, as documented.
    if entry.key.text().is_some_and(|key| key == "ExclusiveTo") {
        return;
    }
    let message = format!(
        "the value of the parameter is `${{{name}}}`; `{name}` alone may be taken for the value itself"
    );
    // In a flow collection the braces would be read as a map.
    let text = match entry.value.style() {
        Style::Plain => format!("'${{{name}}}'"),
        _ => format!("${{{name}}}"),
    };
    let edits = vec![TextEdit::replace(range, text)];
    report
        .add(&BARE_NAME, range, message)
        .fix(format!("Change to `${{{name}}}`"), edits);
}

/// Conditions on other things than what is offered may well look at the value.
fn follows_itself(metadata: Node<'_>, use_: &Use, range: TextRange, report: &mut Report) {
    let way = way_to(metadata, range);
    // The fields of a structure may read their neighbours by the name of the whole.
    if way
        .iter()
        .any(|entry| key_of(entry) == "AssociationPropertyMetadata")
    {
        return;
    }
    let key = way.first().map(key_of).unwrap_or_default();
    let is_common = association::named(association::common(), &key).is_some();
    if is_common && key != "Visible" {
        return;
    }
    let message = format!("`{}` can't depend on its own value", use_.name.trim());
    report.add(&OWN_VALUE, range, message);
}

fn other_kind(
    metadata: Node<'_>,
    use_: &Use,
    definition: DefinitionReader<'_>,
    range: TextRange,
    report: &mut Report,
) {
    let Some(entry) = way_to(metadata, range).pop() else {
        return;
    };
    let key = entry.key.text().unwrap_or_default();
    // Only a text that is nothing but `${Name}` is the value.
    let whole = entry.value.text().is_some_and(|text| {
        let inner = text
            .trim()
            .strip_prefix("${")
            .and_then(|rest| rest.strip_suffix('}'));
        inner.is_some_and(|inner| inner.trim() == use_.name.trim())
    });
    let Some(wanted) = Class::of_key(&key).filter(|_| whole) else {
        return;
    };
    let name = use_.name.trim();
    if let Some(held) = held(definition) {
        if held != wanted {
            let message = format!(
                "`{key}` takes {}, and `{name}` holds {}",
                wanted.word(),
                held.word()
            );
            report.add(&OTHER_KIND, range, message);
        }
        return;
    }
    let values = definition.field().map_or(&[][..], |field| &field.allowed);
    let is_number = matches!(definition.type_name(), Some("Number" | "Boolean"));
    if is_number || wanted.excludes(values) {
        let message = format!("`{key}` takes {}, which `{name}` can't hold", wanted.word());
        report.add(&OTHER_KIND, range, message);
    }
}

fn held(definition: DefinitionReader<'_>) -> Option<Class> {
    let association = definition.field()?.association.as_deref()?;
    Class::of_component(association::find(association)?.component.name)
}

/// The comparisons in the conditions of the metadata.
fn comparisons(metadata: Node<'_>, context: &LinkedContext<'_>, report: &mut Report) {
    let mut left: Vec<Value<'_>> = vec![metadata.into()];
    while let Some(value) = left.pop() {
        match value.call() {
            Some(call) if call.is("Fn::Equals") => {
                if let [one, other] = call.arguments()[..] {
                    comparison(one, other, context, report);
                    comparison(other, one, context, report);
                }
            }
            Some(call) => left.extend(call.arguments()),
            None => {
                left.extend(value.entries().map(|entry| Value::from(entry.value)));
                left.extend(value.items());
            }
        }
    }
}

fn comparison(reference: Value<'_>, value: Value<'_>, context: &LinkedContext<'_>, report: &mut Report) {
    let (Some(text), Some(value_text)) = (reference.literal(), value.literal()) else {
        return;
    };
    let inner = text
        .trim()
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'));
    let Some(definition) = inner.and_then(|name| context.names().get(NameKind::Parameter, name.trim()))
    else {
        return;
    };
    let no_value = value.is_null() || ["undefined", "", "null"].contains(&&*value_text);
    if no_value || value_text.contains("${") || value_text.contains("{{") {
        return;
    }
    let allowed = definition.field().map_or(&[][..], |field| &field.allowed);
    let is_boolean = definition.type_name() == Some("Boolean");
    let possible = match (allowed, is_boolean) {
        (_, true) => {
            let written = ["true", "false"].contains(&value_text.to_ascii_lowercase().as_str());
            written || matches!(value.node.typed(), Some(Typed::Bool(_)))
        }
        ([], false) => true,
        // `8` is `8.0`, and `True` may have been written for `true`.
        (allowed, false) => allowed.iter().any(|allowed| {
            let same_number = || Some(allowed.parse::<f64>().ok()? == value_text.parse::<f64>().ok()?);
            **allowed == *value_text
                || same_number() == Some(true)
                || (value_text.eq_ignore_ascii_case(allowed)
                    && ["true", "false"].contains(&&*allowed.to_ascii_lowercase()))
        }),
    };
    if !possible {
        let name = inner.unwrap_or_default().trim();
        let values = match is_boolean {
            true => one_of(["true", "false"]),
            false => one_of(allowed.iter().map(|value| &**value)),
        };
        let message = format!("`{name}` is never `{value_text}`: it is {values}");
        let same = allowed
            .iter()
            .find(|allowed| allowed.eq_ignore_ascii_case(&value_text));
        let same: Vec<&str> = same.map(|value| &**value).into_iter().collect();
        report.at(&IMPOSSIBLE_VALUE, value.node, message).suggest(&same);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn kinds_of_values() {
        check(
            "
Parameters:
  Zone: {Type: String, AssociationProperty: ZoneId}
  Paid: {Type: String, AllowedValues: [PrePaid, PostPaid]}
  Traffic: {Type: String, AllowedValues: [PayByTraffic, PayByBandwidth]}
  Count: {Type: Number}
  Chosen:
    Type: String
    AssociationProperty: ALIYUN::ECS::Instance::InstanceType
    AssociationPropertyMetadata:
      ZoneId: '${Zone}'
      InstanceChargeType: ${Paid}
      VpcId: ${ Zone }
#              ^^^^^^ ROS0236 `VpcId` takes a VPC, and `Zone` holds a zone
      SystemDiskCategory: ${Count}
#                           ^^^^^ ROS0236 `SystemDiskCategory` takes a disk category, which `Count` can't hold
      Text: ${Traffic}
      Constraints: {InstanceType: '${Traffic}'}
#                                    ^^^^^^^ ROS0236 `InstanceType` takes an instance type, which `Traffic` can't
      SpotStrategy: ${Chosen}
#                     ^^^^^^ ROS0235 `Chosen` can't depend on its own value
      DynamicValue: ${Chosen}-a
Resources: {}
Outputs:
  A: {Value: [!Ref Zone, !Ref Paid, !Ref Traffic, !Ref Count, !Ref Chosen]}
",
        );
    }

    #[test]
    fn bare_names() {
        check(
            "
Parameters:
  Zone: {Type: String, AssociationProperty: ZoneId}
  InstanceChargeType: {Type: String}
  Chosen:
    Type: String
    AssociationProperty: ALIYUN::ECS::Instance::InstanceType
    AssociationPropertyMetadata:
      ZoneId: Zone
#             ^^^^ ROS0234 the value of the parameter is `${Zone}`
      InstanceChargeType: InstanceChargeType
#                         ^^^^^^^^^^^^^^^^^^ ROS0234
      LocaleKey: InstanceChargeType
      VpcId: vpc-1
      ExclusiveTo: [Zone]
Resources: {}
Outputs:
  A: {Value: [!Ref Zone, !Ref InstanceChargeType, !Ref Chosen]}
",
        );
    }

    #[test]
    fn comparisons_that_never_hold() {
        check(
            "
Parameters:
  付费: {Type: String, AllowedValues: [PrePaid, 后付费]}
# ^^ ROS0204
  Flag: {Type: Boolean}
  Size: {Type: Number, AllowedValues: [1, 2]}
  Chosen:
    Type: String
    AssociationPropertyMetadata:
      Visible:
        Condition:
          Fn::And:
            - Fn::Not: {Fn::Equals: ['${付费}', 后付]}
#                                             ^^ ROS0237 `付费` is never `后付`: it is `PrePaid` or `后付费`
            - Fn::Equals: [undefined, '${付费}']
            - Fn::Equals: ['${付费}', '${Flag}']
            - Fn::Equals: ['${Flag}', yes]
            - Fn::Equals: ['${Flag}', 开]
#                                     ^ ROS0237 `Flag` is never `开`: it is `true` or `false`
            - Fn::Equals: ['${Flag}', 'True']
            - Fn::Equals: ['${Size}', '1']
            - Fn::Equals: ['${Size}', 3]
#                                     ^ ROS0237 `Size` is never `3`
Resources: {}
Outputs:
  A: {Value: [!Ref 付费, !Ref Flag, !Ref Size, !Ref Chosen]}
",
        );
    }
}
