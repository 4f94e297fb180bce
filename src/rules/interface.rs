//! `ALIYUN::ROS::Interface` in the metadata: how the console groups, hides and shows what the template declares.

use super::declare::{Check, Family, LinkedContext, Rule, TemplateContext, UnitContext};
use super::report::{Report, did_you_mean};
use super::wording::{kind_of, odd_characters, shown};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::metadata::INTERFACE;
use crate::syntax::{Kind, Node};
use crate::template::{NameKind, SectionKind, Transform, UseKind, Value};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What the entry tells by itself.
pub(super) const FAMILY: Family = Family {
    rules: &[&INTERFACE_SHAPE, &GROUPED_TWICE],
    check: Check::Unit(check),
};

pub(super) const NAMES: Family = Family {
    rules: &[&UNDEFINED_MEMBER],
    check: Check::Linked(check_names),
};

pub(super) const GROUPS: Family = Family {
    rules: &[&UNGROUPED_PARAMETER],
    check: Check::Template(check_groups),
};

const UNDEFINED_MEMBER: Rule = Rule {
    id: "ROS1101",
    name: "undefined-member",
    severity: Severity::Warning,
    about: "The interface groups or hides parameters and shows outputs by their names; a name that nothing declares is \
            passed over. (Terraform code may declare it; there it is not reported.)",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Label: {default: {en: Network, zh-cn: 网络}}
        Parameters: [ZoneID]
Parameters:
  ZoneId:
    Type: String
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Label: {default: {en: Network, zh-cn: 网络}}
        Parameters: [ZoneId]
Parameters:
  ZoneId:
    Type: String
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    ..Rule::NONE
};

const INTERFACE_SHAPE: Rule = Rule {
    id: "ROS1102",
    name: "interface-shape",
    severity: Severity::Warning,
    about: "`ParameterGroups` is a list of maps with `Parameters`, a list of names, and `Label`, a map with `default`, `en` \
            or `zh-cn`. `TemplateTags`, `Hidden` and `Outputs` are lists of texts. What has another form the console \
            can't show.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Label: Network
        Parameters: [ZoneId]
Parameters:
  ZoneId:
    Type: String
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Label: {default: Network}
        Parameters: [ZoneId]
Parameters:
  ZoneId:
    Type: String
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    ..Rule::NONE
};

const UNGROUPED_PARAMETER: Rule = Rule {
    id: "ROS1103",
    name: "ungrouped-parameter",
    severity: Severity::Hint,
    about: "The template puts its parameters into groups, but this one stands in none and is not hidden: the console shows \
            it apart from the others.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Label: {default: Network}
        Parameters: [ZoneId]
Parameters:
  ZoneId:
    Type: String
  VpcId:
    Type: String
Resources: {}
Outputs:
  Place:
    Value:
      Fn::Sub: ${VpcId} in ${ZoneId}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Label: {default: Network}
        Parameters: [ZoneId, VpcId]
Parameters:
  ZoneId:
    Type: String
  VpcId:
    Type: String
Resources: {}
Outputs:
  Place:
    Value:
      Fn::Sub: ${VpcId} in ${ZoneId}
",
    ..Rule::NONE
};

const GROUPED_TWICE: Rule = Rule {
    id: "ROS1104",
    name: "grouped-twice",
    severity: Severity::Information,
    about: "A parameter belongs into one group: whoever makes the stack would be asked for it twice.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Label: {default: Network}
        Parameters: [ZoneId]
      - Label: {default: Server}
        Parameters: [ZoneId]
Parameters:
  ZoneId:
    Type: String
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Label: {default: Network}
        Parameters: [ZoneId]
Parameters:
  ZoneId:
    Type: String
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    ..Rule::NONE
};

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if !is_interface(context.section(), &context.facts().name) {
        return;
    }
    let interface = context.entry.value;
    if interface.is_empty() || Value::from(interface).is_null() {
        return;
    }
    if !interface.is_mapping() {
        let message = format!("`{INTERFACE}` must be a map, not {}", kind_of(interface.into()));
        report.at(&INTERFACE_SHAPE, context.entry.key, message);
        return;
    }
    if let Some(groups) = interface.get("ParameterGroups") {
        check_shape_of_groups(groups, report);
    }
    for key in ["TemplateTags", "Hidden", "Outputs"] {
        if let Some(list) = interface.get(key) {
            texts(list, key, report);
        }
    }
    grouped_twice(context, report);
}

fn check_shape_of_groups(groups: Node<'_>, report: &mut Report) {
    if !is_list(groups, "ParameterGroups", report) {
        return;
    }
    let plain = |group: &Node<'_>| !group.is_empty() && !is_elsewhere(*group);
    for group in groups.items().filter(plain) {
        if !group.is_mapping() {
            let message = format!(
                "a group must be a map with `Parameters` and `Label`, not {}",
                kind_of(group.into())
            );
            report.at(&INTERFACE_SHAPE, group, message);
            continue;
        }
        match group.entry("Parameters") {
            Some(members) if Value::from(members.value).is_null() => {
                let message = "`Parameters` is empty: it must be a list of names";
                report.at(&INTERFACE_SHAPE, members.key, message).unfinished();
            }
            Some(members) => texts(members.value, "Parameters", report),
            None => {
                let message = "a group needs `Parameters`, the list of their names";
                report.at(&INTERFACE_SHAPE, group, message).unfinished();
            }
        }
        if let Some(label) = group.get("Label").filter(|label| !is_label(*label)) {
            let message = match label.is_mapping() {
                true => "`Label` must have a `default`, an `en` or a `zh-cn`".to_owned(),
                false => format!(
                    "`Label` must be a map with `default`, `en` or `zh-cn`, not {}",
                    kind_of(label.into())
                ),
            };
            report.at(&INTERFACE_SHAPE, label, message);
        }
    }
}

fn is_label(label: Node<'_>) -> bool {
    let known = ["default", "en", "zh-cn"];
    label.is_empty()
        || is_elsewhere(label)
        || Value::from(label).is_null()
        || known.iter().any(|key| label.get(key).is_some())
}

/// Whether an alias or a merge key brings the content from another place.
fn is_elsewhere(node: Node<'_>) -> bool {
    node.kind() == Kind::Alias || node.entry("<<").is_some()
}

/// Reports a list that is none, and items that are no texts.
fn texts(list: Node<'_>, name: &str, report: &mut Report) {
    if !is_list(list, name, report) {
        return;
    }
    for item in list.items().filter(|item| !item.is_empty()) {
        if Value::from(item).call().is_some() || matches!(item.kind(), Kind::Mapping | Kind::Sequence) {
            let message = format!(
                "`{name}` must be a list of texts, without {}",
                kind_of(item.into())
            );
            report.at(&INTERFACE_SHAPE, item, message);
        }
    }
}

fn is_list(node: Node<'_>, name: &str, report: &mut Report) -> bool {
    let missing = node.is_empty() || Value::from(node).is_null();
    let list = node.kind() == Kind::Sequence;
    if !list && !missing && node.kind() != Kind::Alias {
        let message = format!("`{name}` must be a list, not {}", kind_of(node.into()));
        report.at(&INTERFACE_SHAPE, node, message);
    }
    list
}

fn grouped_twice(context: &UnitContext<'_>, report: &mut Report) {
    let mut first = HashMap::new();
    for (use_, range) in context.unit.uses() {
        if use_.kind != UseKind::InterfaceParameter {
            continue;
        }
        match first.get(&use_.name) {
            None => {
                first.insert(&use_.name, range);
            }
            Some(before) => {
                let message = format!("`{}` is in a group already", use_.name);
                report
                    .add(&GROUPED_TWICE, range, message)
                    .related(*before, "first here");
            }
        }
    }
}

fn check_names(context: &LinkedContext<'_>, report: &mut Report) {
    let names = context.names();
    if !is_interface(context.section(), &context.facts().name) || names_elsewhere(names.transform) {
        return;
    }
    for (use_, range) in context.unit.uses() {
        let kind = match use_.kind {
            UseKind::InterfaceParameter | UseKind::InterfaceHidden => NameKind::Parameter,
            UseKind::InterfaceOutput => NameKind::Output,
            _ => continue,
        };
        let name = &*use_.name;
        if names.has(kind, name) {
            continue;
        }
        let found = nearest(name, names.names_of_kind(kind));
        let message = format!(
            "no {} named {}{}{}",
            kind.word(),
            shown(name),
            odd_characters(name),
            did_you_mean(&found)
        );
        report.add(&UNDEFINED_MEMBER, range, message).suggest(&found);
    }
}

fn check_groups(context: &TemplateContext<'_>, report: &mut Report) {
    if names_elsewhere(context.names.transform) {
        return;
    }
    let interfaces = context
        .template
        .entries(SectionKind::Metadata)
        .filter(|entry| entry.key.text().is_some_and(|name| name == INTERFACE));
    let (mut grouped, mut hidden) = (HashSet::new(), HashSet::new());
    for interface in interfaces {
        let groups = interface.value.get("ParameterGroups");
        let lists = groups.into_iter().flat_map(|groups| groups.items());
        grouped.extend(lists.flat_map(|group| members(group, "Parameters")));
        hidden.extend(members(interface.value, "Hidden"));
    }
    let stands_apart = |name: &str| !grouped.contains(name) && !hidden.contains(name);
    let mut parameters = context.names.of_kind(NameKind::Parameter);
    if grouped.is_empty() || !parameters.any(|(name, _)| stands_apart(name)) {
        return;
    }
    for parameter in context.template.entries(SectionKind::Parameters) {
        let name = parameter.key.text().unwrap_or_default();
        if !name.is_empty() && name != "<<" && stands_apart(&name) {
            let message = format!("parameter `{name}` is in no group of `ParameterGroups`");
            report.at(&UNGROUPED_PARAMETER, parameter.key, message);
        }
    }
}

/// The names in a list.
fn members<'t>(owner: Node<'t>, list: &str) -> impl Iterator<Item = Cow<'t, str>> {
    let list = owner.get(list);
    list.into_iter()
        .flat_map(|list| list.items())
        .filter_map(|item| item.text())
}

fn is_interface(section: SectionKind, name: &str) -> bool {
    section == SectionKind::Metadata && name == INTERFACE
}

/// Whether names may be declared by what the transform makes of the template.
fn names_elsewhere(transform: Transform) -> bool {
    matches!(transform, Transform::Terraform | Transform::Unknown)
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::{check, check_half_typed};

    #[test]
    fn groups_and_lists() {
        check(
            "
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Label: {default: {en: Network, zh-cn: 网络}}
        Parameters: [甲区, Vpc, Zon]
#                             ^^^ ROS1101 no parameter named `Zon`; did you mean `Zone`?
      - Label: {en: Server}
        Parameters:
          - Vpc
#           ^^^ ROS1104 `Vpc` is in a group already
    Hidden: [Quiet, Nobody]
#                   ^^^^^^ ROS1101 no parameter named `Nobody`
    Outputs: [Ids]
#             ^^^ ROS1101 no output named `Ids`; did you mean `Id`?
    TemplateTags: acs:example:web
#                 ^^^^^^^^^^^^^^^ ROS1102 `TemplateTags` must be a list, not a text
Parameters:
  甲区: {Type: String}
# ^^ ROS0204
  Vpc: {Type: String}
  Zone: {Type: String}
# ^^^^ ROS1103 parameter `Zone` is in no group
  Quiet: {Type: String}
Resources: {}
Outputs:
  Id: {Value: !Sub '${甲区}${Vpc}${Zone}${Quiet}'}
",
        );
    }

    #[test]
    fn wrong_shapes() {
        check(
            "
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Zone
#       ^^^^ ROS1102 a group must be a map with `Parameters` and `Label`, not a text
      - Label: 网络
#       ^^^^^^^^^ ROS1102 a group needs `Parameters`
#              ^^ ROS1102 `Label` must be a map with `default`, `en` or `zh-cn`, not a text
      - Parameters: {Zone: 1}
#                   ^^^^^^^^^ ROS1102 `Parameters` must be a list, not a map
      - Parameters: [!Ref Zone]
#                         ^^^^ ROS1102 `Parameters` must be a list of texts, without `Ref`
Resources: {}
",
        );
        check(
            "\nMetadata:\n  ALIYUN::ROS::Interface: [a]\n# ^^^^^^^^^^^^^^^^^^^^^^ ROS1102\nResources: {}\n",
        );
    }

    #[test]
    fn half_typed_and_terraform() {
        check_half_typed(
            "
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      -
    Hidden:
    TemplateTags:
      -
Resources: {}
",
        );
        check(
            "
Transform: Aliyun::Terraform-v1.5
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Parameters: [instance_type]
Workspace:
  main.tf: 'variable \"instance_type\" {}'
",
        );
    }
}
