//! What stands one level too deep or too high: attributes below `Properties`, properties beside them, whole sections among
//! the resources. The rules about unknown names leave these to the rules here.

use super::declare::{Check, Family, ObjectContext, Rule, TemplateContext, UnitContext};
use super::report::{Finding, Report};
use crate::catalog::ResourceType;
use crate::diagnostic::Severity;
use crate::syntax::{Entry, Format, Node, Style};
use crate::template::{NameKind, SectionKind, Value};
use crate::text::TextRange;
use crate::text::edit::TextEdit;

pub(super) const FAMILY: Family = Family {
    rules: &[&PROPERTY_BESIDE],
    check: Check::Unit(check_unit),
};

pub(super) const SECTIONS: Family = Family {
    rules: &[&SECTION_IN_RESOURCES],
    check: Check::Template(check_template),
};

pub(super) const ATTRIBUTES: Family = Family {
    rules: &[&ATTRIBUTE_BELOW],
    check: Check::Object(check_object),
};

const ATTRIBUTE_BELOW: Rule = Rule {
    id: "ROS0724",
    name: "attribute-in-properties",
    about: "`DependsOn`, `Condition`, `DeletionPolicy`, `Count` and `Metadata` belong to the resource and stand beside \
            `Type`. Below `Properties` the service takes them for properties, which the type doesn't have.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock: 10.0.0.0/8
      DeletionPolicy: Retain
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    DeletionPolicy: Retain
    Properties:
      CidrBlock: 10.0.0.0/8
",
    ..Rule::NONE
};

const PROPERTY_BESIDE: Rule = Rule {
    id: "ROS0725",
    name: "property-beside-type",
    about: "The type has this property, but it stands beside `Type` and not below `Properties`: the service refuses it there.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    CidrBlock: 10.0.0.0/8
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock: 10.0.0.0/8
",
    ..Rule::NONE
};

const SECTION_IN_RESOURCES: Rule = Rule {
    id: "ROS0726",
    name: "section-in-resources",
    about: "A whole section stands among the resources, mostly by its indentation: it reads as a resource without type.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
  Outputs:
    Region:
      Value:
        Ref: ALIYUN::Region
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  Region:
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

/// Attributes of a resource that are no properties of its type when they stand below `Properties`.
const ATTRIBUTES_OF_RESOURCES: &[&str] = &["DependsOn", "Condition", "DeletionPolicy", "Count", "Metadata"];

/// Whether an unknown property is an attribute that stands too deep: a finding of this file.
pub(super) fn is_attribute(context: &ObjectContext<'_>, name: &str) -> bool {
    context.property.is_none()
        && context.unit.section() == SectionKind::Resources
        && ATTRIBUTES_OF_RESOURCES.contains(&name)
        && context.resource_type.property(name).is_none()
}

/// Whether an unknown attribute of a resource is a property of its type: a finding of this file.
pub(super) fn is_property(resource_type: Option<&ResourceType>, name: &str) -> bool {
    let Some(resource_type) = resource_type else {
        return false;
    };
    let property = resource_type.property(name);
    // Serverless resources carry child resources as further keys.
    !resource_type.name.starts_with("Aliyun::Serverless::")
        && property.is_some_and(|property| !property.retired)
}

/// Whether a property that is missing stands beside `Properties`.
pub(super) fn stands_beside(context: &ObjectContext<'_>, name: &str) -> bool {
    context.property.is_none()
        && context.unit.section() == SectionKind::Resources
        && context.unit.entry.value.entry(name).is_some()
}

/// Whether an entry of `Resources` is a section: it is called like one and looks like one.
pub(super) fn is_section(entry: Entry<'_>) -> bool {
    let Some(kind) = entry.key.text().and_then(|name| SectionKind::of(&name)) else {
        return false;
    };
    let value = entry.value;
    let is_type = |node: Node<'_>| node.is_scalar();
    if !value.is_mapping() || value.get("Type").is_some_and(is_type) || value.get("Properties").is_some() {
        return false;
    }
    let any = |wanted: &dyn Fn(Node<'_>) -> bool| value.entries().any(|entry| wanted(entry.value));
    let has = |names: &'static [&str]| {
        any(&|node| node.is_mapping() && names.iter().any(|name| node.get(name).is_some()))
    };
    match kind {
        SectionKind::Parameters => has(&["Type", "Default", "AllowedValues"]),
        SectionKind::Outputs => has(&["Value"]),
        SectionKind::Locals => has(&["Value", "Properties"]),
        SectionKind::Rules => has(&["Assertions"]),
        SectionKind::Conditions => any(&|node| Value::from(node).call().is_some()),
        SectionKind::Mappings => any(&|node| node.entries().any(|inner| inner.value.is_mapping())),
        SectionKind::Metadata => {
            has(&["ParameterGroups", "Hidden"]) || value.entry("ALIYUN::ROS::Interface").is_some()
        }
        SectionKind::Resources => any(&|node| node.get("Type").is_some()),
        SectionKind::Version | SectionKind::Transform | SectionKind::Description | SectionKind::Workspace => {
            false
        }
    }
}

/// Only names of sections are looked up: where none of them is a resource, nothing is walked over.
fn check_template(context: &TemplateContext<'_>, report: &mut Report) {
    let suspect = |kind: SectionKind| context.names.has(NameKind::Resource, kind.name());
    if !SectionKind::ALL.into_iter().any(suspect) {
        return;
    }
    let template = context.template;
    for resource in template.resources().filter(|resource| is_section(resource.entry)) {
        let name = resource.name();
        let message = format!("`{name}` stands among the resources: it belongs at the top of the template");
        let finding = report.at(&SECTION_IN_RESOURCES, resource.entry.key, message);
        let taken = template
            .root
            .entries()
            .any(|entry| entry.key.text().as_deref() == Some(&*name));
        // A resource behind it would become an entry of the moved section.
        let last = template.resources().last();
        let is_last = last.is_some_and(|last| last.entry.key.range() == resource.entry.key.range());
        if !taken && !context.names.nested && is_last {
            dedent(resource.entry, finding);
        }
    }
}

fn check_unit(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Resources {
        return;
    }
    let resource = context.entry;
    let misplaced: Vec<Entry<'_>> = resource
        .value
        .entries()
        .filter(|entry| {
            let name = entry.key.text().unwrap_or_default();
            crate::language::attribute::resource(&name).is_none() && is_property(context.resource_type, &name)
        })
        .collect();
    for entry in &misplaced {
        let name = entry.key.text().unwrap_or_default();
        let finding = report.at(
            &PROPERTY_BESIDE,
            entry.key,
            format!("`{name}` belongs under `Properties`"),
        );
        match resource.value.entry("Properties") {
            Some(properties) if properties.value.entry(&name).is_none() => {
                let first = properties.value.entries().next();
                if let Some(first) = first.filter(|_| properties.value.style() == Style::Block) {
                    move_line(*entry, first.key, "Move into `Properties`", finding);
                }
            }
            None if misplaced.len() == 1 => below_new_properties(*entry, finding),
            _ => {}
        }
    }
}

fn check_object(context: &ObjectContext<'_>, report: &mut Report) {
    for entry in context.object.entries() {
        let Some(name) = entry.key.text().filter(|name| is_attribute(context, name)) else {
            continue;
        };
        let message = format!("`{name}` belongs to the resource, beside `Type`, not below `Properties`");
        let resource = context.unit.entry.value;
        let finding = report
            .at(&ATTRIBUTE_BELOW, entry.key, message)
            .severity(Severity::Error);
        let alone = context.object.entries().count() == 1;
        if let Some(properties) = resource.entry("Properties")
            && resource.entry(&name).is_none()
            && resource.style() == Style::Block
            && properties.value == context.object
            && !alone
        {
            move_line(entry, properties.key, "Move beside `Type`", finding);
        }
    }
}

/// Offers to move an entry on a line of its own in front of another key, to that key's column.
fn move_line(entry: Entry<'_>, before: Node<'_>, title: &str, finding: Finding<'_>) {
    let (Some(line), Some(target)) = (own_line(entry), line_start(before)) else {
        return;
    };
    let (Some(column), Some(text)) = (before.column(), text_of(entry, entry.range())) else {
        return;
    };
    let moved = format!("{}{text}\n", " ".repeat(column as usize));
    finding.fix(
        title,
        vec![TextEdit::insert(target, moved), TextEdit::delete(line)],
    );
}

/// Offers to put `Properties:` above an entry on a line of its own.
fn below_new_properties(entry: Entry<'_>, finding: Finding<'_>) {
    let (Some(_), Some(column)) = (own_line(entry), entry.key.column()) else {
        return;
    };
    let text = format!("Properties:\n{}", " ".repeat(column as usize + 2));
    finding.fix(
        "Put it under `Properties`",
        vec![TextEdit::insert(entry.key.range().start, text)],
    );
}

/// The line of a block entry, its end included, if the entry is all that stands on it.
fn own_line(entry: Entry<'_>) -> Option<TextRange> {
    let text = &entry.key.chunk().text;
    let local = entry.key.to_local(entry.range());
    let inside = text.get(local.as_usize())?;
    let plain = entry.key.format() == Format::Yaml && !inside.contains(['\n', '\r']);
    let start = text
        .get(..local.start as usize)?
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let before = text.get(start..local.start as usize)?;
    let rest = text.get(local.end as usize..)?;
    let length = rest.find('\n')? + 1;
    let alone = before.chars().all(|c| c == ' ') && rest.get(..length)?.trim().is_empty();
    let shift = entry.range().start - local.start;
    let line = TextRange::new(start as u32, local.end + length as u32).shifted(shift);
    (plain && alone).then_some(line)
}

fn line_start(node: Node<'_>) -> Option<u32> {
    let local = node.local_range();
    let before = node.chunk().text.get(..local.start as usize)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1) as u32;
    let blank = before.get(start as usize..)?.chars().all(|c| c == ' ');
    blank.then(|| node.range().start - local.start + start)
}

fn text_of<'t>(entry: Entry<'t>, range: TextRange) -> Option<&'t str> {
    entry.key.chunk().text.get(entry.key.to_local(range).as_usize())
}

/// Offers to take the indentation from all lines of a block entry, the last of its section.
fn dedent(entry: Entry<'_>, finding: Finding<'_>) {
    let chunk = entry.key.chunk();
    let Some(column) = entry
        .key
        .column()
        .map(|column| column as usize)
        .filter(|column| *column > 0)
    else {
        return;
    };
    if entry.key.format() != Format::Yaml || entry.value.style() != Style::Block {
        return;
    }
    let key = entry.key.local_range().start as usize;
    let Some(first) = key.checked_sub(column) else {
        return;
    };
    let indent = " ".repeat(column);
    let Some(lines) = chunk.text.get(first..) else {
        return;
    };
    let shift = entry.key.range().start - key as u32;
    let mut edits = Vec::new();
    let mut at = first as u32;
    for line in lines.split_inclusive('\n') {
        if line.starts_with(&indent) {
            edits.push(TextEdit::delete(
                TextRange::new(at, at + column as u32).shifted(shift),
            ));
        } else if !line.trim().is_empty() {
            return;
        }
        at += line.len() as u32;
    }
    finding.fix("Move to the top of the template", edits);
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::rules::fixture::{check, findings};
    use crate::syntax::Format;
    use crate::text::edit::apply;

    #[test]
    fn each_is_one_finding() {
        check(
            "
Resources:
  网络:
    Type: ALIYUN::ECS::VPC
    VpcName: main
#   ^^^^^^^ ROS0725 `VpcName` belongs under `Properties`
    Properties:
      CidrBlock: 10.0.0.0/8
      DependsOn: 交换机
#     ^^^^^^^^^ ROS0724 `DependsOn` belongs to the resource, beside `Type`, not below `Properties`
  交换机:
    Type: ALIYUN::ECS::VSwitch
    ZoneId: z
#   ^^^^^^ ROS0725 `ZoneId` belongs under `Properties`
    Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24}
  Outputs:
# ^^^^^^^ ROS0726 `Outputs` stands among the resources: it belongs at the top of the template
    地域: {Value: {Ref: ALIYUN::Region}}
  Conditions:
# ^^^^^^^^^^ ROS0726 `Conditions` stands among the resources
    是: {Fn::Equals: [a, {Ref: ALIYUN::Region}]}
",
        );
    }

    #[test]
    fn what_is_called_like_a_section_may_be_a_resource() {
        check(
            "
Resources:
  Outputs: {Type: ALIYUN::ECS::VPC}
  Rules:
# ^^^^^ ROS0702 `Type` is missing: `Rules`
    Properties: {VpcName: a}
",
        );
    }

    fn fixed(text: &str) -> String {
        let document = Document::new(text, Format::Yaml);
        let found = findings(&document);
        let finding = found
            .iter()
            .find(|finding| finding.id.starts_with("ROS072"))
            .unwrap();
        apply(text, &finding.fixes[0].edits)
    }

    #[test]
    fn fixes_move_text() {
        let head = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n";
        let moved = |before: &str, after: &str| {
            assert_eq!(fixed(&format!("{head}{before}")), format!("{head}{after}"));
        };
        moved(
            "  A:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      VpcName: 网\n      DeletionPolicy: Retain\n",
            "  A:\n    Type: ALIYUN::ECS::VPC\n    DeletionPolicy: Retain\n    Properties:\n      VpcName: 网\n",
        );
        moved(
            "  A:\n    Type: ALIYUN::ECS::VPC\n    VpcName: 网\n    Properties:\n      CidrBlock: 10.0.0.0/8\n",
            "  A:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      VpcName: 网\n      CidrBlock: 10.0.0.0/8\n",
        );
        moved(
            "  A:\n    Type: ALIYUN::ECS::VPC\n    VpcName: 网\n",
            "  A:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      VpcName: 网\n",
        );
        moved(
            "  A:\n    Type: ALIYUN::ECS::VPC\n  Outputs:\n    B:\n\n      Value: 1\n",
            "  A:\n    Type: ALIYUN::ECS::VPC\nOutputs:\n  B:\n\n    Value: 1\n",
        );
    }

    #[test]
    fn a_section_before_other_resources_is_not_moved() {
        let text = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Outputs:\n    B:\n      Value: 1\n  A:\n    Type: ALIYUN::ECS::VPC\n";
        let found = findings(&Document::new(text, Format::Yaml));
        assert_eq!(found[0].id, "ROS0726");
        assert!(found[0].fixes.is_empty());
    }
}
