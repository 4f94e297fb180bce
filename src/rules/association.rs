//! What a parameter tells the console: `AssociationProperty` and its metadata.

use super::declare::{Check, Family, LinkedContext, Rule, UnitContext};
use super::report::{Report, did_you_mean};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::association::{self, AssociationProperty};
use crate::language::pseudo;
use crate::syntax::{Entry, Node};
use crate::template::{NameKind, SectionKind, Transform, UseKind, Value};
use crate::text::TextRange;
use std::borrow::Cow;
use std::collections::BTreeSet;

pub(super) const FAMILY: Family = Family {
    rules: &[
        &UNKNOWN_ASSOCIATION,
        &VISIBLE,
        &ASSOCIATION_SHAPE,
        &DEPRECATED_ASSOCIATION,
    ],
    check: Check::Unit(check),
};

pub(super) const NAMES: Family = Family {
    rules: &[&METADATA_NAME],
    check: Check::Linked(check_names),
};

const UNKNOWN_ASSOCIATION: Rule = Rule {
    id: "ROS0219",
    name: "unknown-association-property",
    severity: Severity::Hint,
    about: "`AssociationProperty` tells the console which candidates to offer for a parameter. A value that the console does \
            not know is ignored: the user gets a plain text field.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
    AssociationProperty: ALIYUN::ECS:ZoneId
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
    AssociationProperty: ALIYUN::ECS::ZoneId
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    ..Rule::NONE
};

const METADATA_NAME: Rule = Rule {
    id: "ROS0221",
    name: "undefined-metadata-name",
    severity: Severity::Warning,
    about: "In `AssociationPropertyMetadata` a `${Name}` follows the value of another parameter. No parameter has this name, \
            so the console filters by nothing.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
  InstanceType:
    Type: String
    AssociationProperty: ALIYUN::ECS::Instance::InstanceType
    AssociationPropertyMetadata:
      ZoneId: ${ZoneID}
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: ZoneId
      - Ref: InstanceType
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
  InstanceType:
    Type: String
    AssociationProperty: ALIYUN::ECS::Instance::InstanceType
    AssociationPropertyMetadata:
      ZoneId: ${ZoneId}
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: ZoneId
      - Ref: InstanceType
",
    ..Rule::NONE
};

const VISIBLE: Rule = Rule {
    id: "ROS0222",
    name: "visible-condition",
    severity: Severity::Warning,
    about: "`Visible` shows or hides a parameter: a map with a `Condition` that is one of the functions `Fn::Equals`, \
            `Fn::Not`, `Fn::And` and `Fn::Or`. Their operands are texts such as `${Name}`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Advanced:
    Type: Boolean
  ZoneId:
    Type: String
    AssociationPropertyMetadata:
      Visible:
        Fn::Equals: ['${Advanced}', true]
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: Advanced
      - Ref: ZoneId
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Advanced:
    Type: Boolean
  ZoneId:
    Type: String
    AssociationPropertyMetadata:
      Visible:
        Condition:
          Fn::Equals: ['${Advanced}', true]
Resources: {}
Outputs:
  Chosen:
    Value:
      - Ref: Advanced
      - Ref: ZoneId
",
    ..Rule::NONE
};

const ASSOCIATION_SHAPE: Rule = Rule {
    id: "ROS0226",
    name: "association-shape",
    severity: Severity::Warning,
    about: "`AssociationProperty` is a text and `AssociationPropertyMetadata` a map.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
    AssociationPropertyMetadata: AutoSelectFirst
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
    AssociationPropertyMetadata:
      AutoSelectFirst: true
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    ..Rule::NONE
};

const DEPRECATED_ASSOCIATION: Rule = Rule {
    id: "ROS0228",
    name: "deprecated-association-property",
    severity: Severity::Hint,
    about: "The console still understands this value of `AssociationProperty`, and it has another name today.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
    AssociationProperty: ALIYUN::ECS::Instance::ZoneId
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  ZoneId:
    Type: String
    AssociationProperty: ALIYUN::ECS::ZoneId
Resources: {}
Outputs:
  Zone:
    Value:
      Ref: ZoneId
",
    ..Rule::NONE
};

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Parameters {
        return;
    }
    let parameter = context.entry.value;
    if let Some(property) = parameter.get("AssociationProperty") {
        association(property, report);
    }
    let Some(metadata) = parameter.get("AssociationPropertyMetadata") else {
        return;
    };
    if !metadata.is_mapping() && !Value::from(metadata).is_null() {
        let message = "`AssociationPropertyMetadata` must be a map";
        report.at(&ASSOCIATION_SHAPE, metadata, message);
    } else if let Some(visible) = metadata.entry("Visible") {
        check_visible(visible, report);
    }
}

fn association(property: Node<'_>, report: &mut Report) {
    let value = Value::from(property);
    if value.is_null() || value.call().is_some() {
        return;
    }
    let Some(name) = value.literal() else {
        report.at(
            &ASSOCIATION_SHAPE,
            property,
            "`AssociationProperty` must be a text",
        );
        return;
    };
    if let Some(known) = association::find(&name) {
        return deprecated(known, property, report);
    }
    if association::is_elsewhere(&name) {
        let message = format!("`{name}` belongs to other forms; the one for templates may not know it");
        report.at(&UNKNOWN_ASSOCIATION, property, message);
        return;
    }
    let known = || {
        let current = association::all().iter().filter(|property| !property.deprecated);
        current.map(|property| property.name)
    };
    // One colon for two is the commonest slip: it says for certain what is meant.
    let doubled = name.replace("::", ":").replace(':', "::");
    let found = match association::find(&doubled) {
        Some(meant) => vec![meant.successor.unwrap_or(meant.name)],
        None => nearest(&name, known()),
    };
    let message = format!("the console may not know `{name}`{}", did_you_mean(&found));
    report.at(&UNKNOWN_ASSOCIATION, property, message).suggest(&found);
}

fn deprecated(known: &AssociationProperty, property: Node<'_>, report: &mut Report) {
    if !known.deprecated {
        return;
    }
    let message = match known.successor {
        Some(successor) => format!("`{}` is deprecated; use `{successor}`", known.name),
        None => format!("`{}` is deprecated", known.name),
    };
    report
        .at(&DEPRECATED_ASSOCIATION, property, message)
        .deprecated()
        .suggest(known.successor.as_slice());
}

fn check_visible(visible: Entry<'_>, report: &mut Report) {
    let value = Value::from(visible.value);
    if value.is_null() {
        return;
    }
    let Some(condition) = visible.value.entry("Condition") else {
        report.at(&VISIBLE, visible.key, "`Visible` needs a `Condition`");
        return;
    };
    let call = Value::from(condition.value).call();
    let name = call.as_ref().map(|call| &*call.name);
    match name {
        Some("Fn::Equals" | "Fn::Not" | "Fn::And" | "Fn::Or" | "Fn::Contains" | "Fn::Select") => {}
        Some(name) => {
            let message = format!(
                "`{name}` is no condition; `Visible` takes `Fn::Equals`, `Fn::Not`, `Fn::And` or `Fn::Or`"
            );
            let range = call
                .as_ref()
                .map_or(condition.key.range(), |call| call.name_range);
            report.add(&VISIBLE, range, message);
        }
        // A path to another value of the form.
        None if Value::from(condition.value).literal().is_some() => {}
        None => {
            let message =
                "the condition of `Visible` is one of `Fn::Equals`, `Fn::Not`, `Fn::And` and `Fn::Or`";
            report.at(&VISIBLE, condition.key, message);
        }
    }
}

fn check_names(context: &LinkedContext<'_>, report: &mut Report) {
    let names = context.names();
    // There the names are variables of the Terraform code.
    if names.transform == Transform::Terraform {
        return;
    }
    let mut nested = None;
    for (use_, range) in context.unit.uses() {
        let name = use_.name.trim();
        if use_.kind != UseKind::MetadataName
            || name.is_empty()
            || names.has(NameKind::Parameter, name)
            || pseudo::find(name).is_some()
        {
            continue;
        }
        let nested = nested.get_or_insert_with(|| nested_parameters(context.entry.value));
        if nested.contains(name) {
            continue;
        }
        if is_given(context.entry.value, name, range) {
            continue;
        }
        let found = nearest(name, names.names_of_kind(NameKind::Parameter));
        let message = format!("no parameter named `{name}`{}", did_you_mean(&found));
        report.add(&METADATA_NAME, range, message).suggest(&found);
    }
}

/// Whether the console itself gives the name where it is used.
fn is_given(parameter: Node<'_>, name: &str, range: TextRange) -> bool {
    let Some(metadata) = parameter.get("AssociationPropertyMetadata") else {
        return false;
    };
    let way = way_to(metadata, range);
    // Without a value of its own that key means the same region.
    let is_region = name == "RegionId" && way.last().is_some_and(|entry| key_of(entry) == name);
    is_region
        || way
            .iter()
            .any(|entry| association::any_key(&key_of(entry)).is_some_and(|key| key.gives(name)))
}

/// The key of an entry, empty where it is no text.
pub(super) fn key_of<'t>(entry: &Entry<'t>) -> Cow<'t, str> {
    entry.key.text().unwrap_or_default()
}

/// The entries from a map down to the scalar around a range, outermost first.
pub(super) fn way_to(map: Node<'_>, range: TextRange) -> Vec<Entry<'_>> {
    let mut way = Vec::new();
    let holds = |node: &Node<'_>| node.range().contains_range(range);
    let mut node = map;
    loop {
        if let Some(inner) = node.entries().find(|entry| holds(&entry.value)) {
            way.push(inner);
            node = inner.value;
        } else if let Some(item) = node.items().find(holds) {
            node = item;
        } else {
            return way;
        }
    }
}

/// Names of the parameters that the metadata of a list of structures declares by itself.
fn nested_parameters(parameter: Node<'_>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut left: Vec<Node<'_>> = parameter.get("AssociationPropertyMetadata").into_iter().collect();
    while let Some(node) = left.pop() {
        for entry in node.entries() {
            if entry.key.text().is_some_and(|key| key == "Parameters") {
                let declared = entry.value.entries().filter_map(|inner| inner.key.text());
                names.extend(declared.map(|name| name.into_owned()));
            }
            left.push(entry.value);
        }
        left.extend(node.items());
    }
    names
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn names_in_metadata() {
        check(
            "
Parameters:
  可用区:
# ^^^ ROS0204
    Type: String
  B:
    Type: Json
    AssociationProperty: List[Parameters]
    AssociationPropertyMetadata:
      Parameters:
        Inner: {Type: String}
        Other:
          Type: String
          AssociationPropertyMetadata:
            ZoneId: ${可用区}
            VpcId: '${Inner}'
            RegionId: ${RegionId}
            DynamicValue: https://${RegionId}/${Regio}
#                                               ^^^^^ ROS0221 no parameter named `Regio`
            Escaped: ${!Any}
            Field: ${B[0].Other} ${可用区.x}
            Text: a ${可用} b
#                     ^^ ROS0221 no parameter named `可用`; did you mean `可用区`?
Resources: {}
Outputs:
  A: {Value: [!Ref 可用区, !Ref B]}
",
        );
    }

    #[test]
    fn shapes() {
        check(
            "
Parameters:
  A:
    Type: String
    AssociationProperty: [ZoneId]
#                        ^^^^^^^^ ROS0226 `AssociationProperty` must be a text
    AssociationPropertyMetadata:
      Visible:
        Condition:
          Fn::Jq: [First, '${ALIYUN::Region}', x]
#         ^^^^^^ ROS0222 `Fn::Jq` is no condition
  B:
    Type: String
    AssociationPropertyMetadata:
      Visible: true
#     ^^^^^^^ ROS0222 `Visible` needs a `Condition`
  C:
    Type: String
    AssociationPropertyMetadata:
      Visible:
        Condition: [a]
#       ^^^^^^^^^ ROS0222 the condition of `Visible` is one of
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B, !Ref C]}
",
        );
    }
}
