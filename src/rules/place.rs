//! Where in a section entry expressions may stand.

use super::declare::CallPlace;
use super::misplaced;
use crate::syntax::{Entry, Node};
use crate::template::{Call, Local, Resource, Rule, SectionKind, Value};

/// The parts of an entry in which functions are looked for, with the place that each is. Bodies of nested stacks and
/// free-form metadata are left out.
pub(super) fn expressions(section: SectionKind, entry: Entry<'_>) -> Vec<(Node<'_>, CallPlace)> {
    match section {
        // It has one cause, which is told.
        SectionKind::Resources if misplaced::is_section(entry) => Vec::new(),
        SectionKind::Resources => of_resource(Resource { entry }),
        SectionKind::Outputs => of_attributes(entry, |attribute| match attribute {
            "Value" => CallPlace::OutputValue,
            _ => CallPlace::Literal,
        }),
        SectionKind::Conditions => vec![(entry.value, CallPlace::Condition)],
        SectionKind::Rules => {
            let rule = Rule { entry };
            let assertions = rule.assertions();
            let asserts = assertions.iter().filter_map(|assertion| assertion.get("Assert"));
            rule.attribute("RuleCondition")
                .into_iter()
                .chain(asserts)
                .map(|node| (node, CallPlace::Rule))
                .collect()
        }
        SectionKind::Locals => {
            let local = Local { entry };
            ["Value", "Properties"]
                .into_iter()
                .filter_map(|attribute| local.attribute(attribute))
                .map(|node| (node, CallPlace::Local))
                .collect()
        }
        SectionKind::Parameters => of_attributes(entry, |attribute| match attribute {
            "AssociationPropertyMetadata" => CallPlace::AssociationMetadata,
            _ => CallPlace::Literal,
        }),
        SectionKind::Mappings => vec![(entry.value, CallPlace::Literal)],
        SectionKind::Version
        | SectionKind::Transform
        | SectionKind::Description
        | SectionKind::Metadata
        | SectionKind::Workspace => Vec::new(),
    }
}

/// Whether some call in an expression, itself included, is one that `wanted` says yes to.
pub(super) fn any_call<'t>(value: Value<'t>, wanted: &mut impl FnMut(&Call<'t>) -> bool) -> bool {
    if let Some(call) = value.call() {
        return wanted(&call) || any_call(call.argument, wanted);
    }
    value.entries().any(|entry| any_call(entry.value.into(), wanted))
        || value.items().any(|item| any_call(item, wanted))
}

fn of_resource(resource: Resource<'_>) -> Vec<(Node<'_>, CallPlace)> {
    let body = resource.nested_template();
    let mut all = Vec::new();
    for attribute in resource.entry.value.entries() {
        let place = match attribute.key.text().as_deref() {
            Some("Properties") if body.is_some() => {
                let properties = attribute.value.entries().map(|property| property.value);
                all.extend(
                    properties
                        .filter(|value| Some(*value) != body)
                        .map(|value| (value, CallPlace::Properties)),
                );
                continue;
            }
            Some("Properties") => CallPlace::Properties,
            Some("Count") => CallPlace::Count,
            Some("Metadata") => continue,
            Some("Type" | "DependsOn" | "Condition" | "DeletionPolicy" | "Version" | "Description") => {
                CallPlace::Literal
            }
            // The Serverless transform has child resources as further keys.
            _ => CallPlace::Properties,
        };
        all.push((attribute.value, place));
    }
    all
}

fn of_attributes<'t>(entry: Entry<'t>, place: impl Fn(&str) -> CallPlace) -> Vec<(Node<'t>, CallPlace)> {
    entry
        .value
        .entries()
        .map(|attribute| {
            let place = place(&attribute.key.text().unwrap_or_default());
            (attribute.value, place)
        })
        .collect()
}
