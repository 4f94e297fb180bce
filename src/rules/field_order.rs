//! Parameters whose field in the console depends on a field that comes later in the form.

use super::declare::{Check, Family, Rule, TemplateContext};
use super::report::Report;
use crate::diagnostic::Severity;
use crate::language::metadata::INTERFACE;
use crate::syntax::{Entry, Node};
use crate::template::{NameKind, SectionKind, Transform, UseKind};
use std::collections::{BTreeSet, HashMap, HashSet};

pub(super) const FAMILY: Family = Family {
    rules: &[&LATER_FIELD],
    check: Check::Template(check),
};

const LATER_FIELD: Rule = Rule {
    id: "ROS0238",
    name: "metadata-follows-later-field",
    severity: Severity::Information,
    about: "The console shows the parameters in the order of `ParameterGroups`, or of `Parameters` without groups. This one \
            depends on a field further down, which the user has not filled in yet.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  InstanceType:
    Type: String
    AssociationProperty: ALIYUN::ECS::Instance::InstanceType
    AssociationPropertyMetadata:
      ZoneId: ${Zone}
  Zone:
    Type: String
    AssociationProperty: ZoneId
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: Zone
      - Ref: InstanceType
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Zone:
    Type: String
    AssociationProperty: ZoneId
  InstanceType:
    Type: String
    AssociationProperty: ALIYUN::ECS::Instance::InstanceType
    AssociationPropertyMetadata:
      ZoneId: ${Zone}
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: Zone
      - Ref: InstanceType
",
    ..Rule::NONE
};

fn check(context: &TemplateContext<'_>, report: &mut Report) {
    let names = context.names;
    if names.nested || matches!(names.transform, Transform::Terraform | Transform::Unknown) {
        return;
    }
    let declared: Vec<Entry<'_>> = context.template.entries(SectionKind::Parameters).collect();
    let chunks: BTreeSet<u32> = declared.iter().map(|entry| entry.key.id().chunk).collect();
    let units = chunks
        .into_iter()
        .flat_map(|chunk| context.scope.units_of_chunk(chunk))
        .filter(|unit| unit.unit.section == SectionKind::Parameters);
    let mut order = None;
    for unit in units {
        for (use_, range) in unit.uses() {
            let (name, own) = (use_.name.trim(), &*unit.unit.name);
            if use_.kind != UseKind::MetadataName || name == own || !names.has(NameKind::Parameter, name) {
                continue;
            }
            let order = order.get_or_insert_with(|| Order::of(context, &declared));
            if order.is_later(name, own) {
                let message = format!("`{own}` depends on `{name}`, which the form shows further down");
                report.add(&LATER_FIELD, range, message);
            }
        }
    }
}

/// Places of the fields in the form.
struct Order {
    grouped: HashMap<String, usize>,
    hidden: HashSet<String>,
    declared: HashMap<String, usize>,
}

impl Order {
    fn of(context: &TemplateContext<'_>, declared: &[Entry<'_>]) -> Order {
        let mut order = Order {
            grouped: HashMap::new(),
            hidden: HashSet::new(),
            declared: HashMap::new(),
        };
        for entry in declared {
            order.declare(entry.key);
        }
        let interfaces = context
            .template
            .entries(SectionKind::Metadata)
            .filter(|entry| entry.key.text().is_some_and(|name| name == INTERFACE));
        for interface in interfaces {
            let groups = interface.value.get("ParameterGroups");
            for group in groups.iter().flat_map(|groups| groups.items()) {
                for name in texts(group, "Parameters") {
                    let place = order.grouped.len();
                    order.grouped.entry(name).or_insert(place);
                }
            }
            order.hidden.extend(texts(interface.value, "Hidden"));
        }
        order
    }

    fn declare(&mut self, key: Node<'_>) {
        if let Some(name) = key.text() {
            let place = self.declared.len();
            self.declared.entry(name.into_owned()).or_insert(place);
        }
    }

    /// Whether one field comes after another. Where fields stand that are in no group is not documented.
    fn is_later(&self, one: &str, other: &str) -> bool {
        if self.hidden.contains(one) || self.hidden.contains(other) {
            return false;
        }
        match (self.grouped.get(one), self.grouped.get(other)) {
            (Some(one), Some(other)) => one > other,
            (None, None) => self.declared.get(one) > self.declared.get(other),
            _ => false,
        }
    }
}

fn texts(owner: Node<'_>, list: &str) -> Vec<String> {
    let items = owner.get(list).into_iter().flat_map(|list| list.items());
    items.filter_map(|item| Some(item.text()?.into_owned())).collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn order_of_the_form() {
        check(
            "
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - {Label: {default: 甲}, Parameters: [First, Second]}
      - {Label: {default: 乙}, Parameters: [Third]}
    Hidden: [Quiet]
Parameters:
  Third: {Type: String, AssociationProperty: ZoneId}
  Second:
    Type: String
    AssociationPropertyMetadata:
      ZoneId: ${Third}
#               ^^^^^ ROS0238 `Second` depends on `Third`, which the form shows further down
      VpcId: ${First}
      VSwitchId: ${Quiet}
      ImageId: ${Alone}
  First: {Type: String}
  Quiet: {Type: String}
  Alone: {Type: String}
# ^^^^^ ROS1103
Resources: {}
Outputs:
  A: {Value: [!Ref First, !Ref Second, !Ref Third, !Ref Quiet, !Ref Alone]}
",
        );
    }
}
