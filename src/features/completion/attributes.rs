//! Attributes of resources, parameters, outputs, locals and rules, and keys of other maps whose keys are known.

use super::proposals::{Proposals, Rank};
use super::slot::Shape;
use super::{ItemKind, Request, properties};
use crate::features::schema::type_of;
use crate::language::attribute::{self, Attribute};
use crate::language::doc::Shape as Value;
use crate::syntax::Entry;
use crate::template::SectionKind;

pub(super) fn propose(
    request: &Request<'_>,
    section: SectionKind,
    entry: Entry<'_>,
    proposals: &mut Proposals,
) {
    let table = match section {
        SectionKind::Resources => attribute::RESOURCE,
        SectionKind::Parameters => attribute::PARAMETER,
        SectionKind::Outputs => attribute::OUTPUT,
        SectionKind::Locals => attribute::LOCAL,
        SectionKind::Rules => attribute::RULE,
        SectionKind::Version
        | SectionKind::Transform
        | SectionKind::Description
        | SectionKind::Metadata
        | SectionKind::Mappings
        | SectionKind::Conditions
        | SectionKind::Workspace => return,
    };
    let type_name = entry.value.get("Type").and_then(|node| node.text());
    keys(request, table, type_name.as_deref(), proposals);
    let properties = table.iter().any(|attribute| attribute.name == "Properties");
    if properties && !request.present().iter().any(|key| key == "Properties") {
        required_properties(request, section, entry, proposals);
    }
}

/// The keys of `table` that the mapping doesn't have yet. With a type, attributes that it has no use for come last.
pub(super) fn keys(
    request: &Request<'_>,
    table: &'static [Attribute],
    type_name: Option<&str>,
    proposals: &mut Proposals,
) {
    let present = request.present();
    for (index, attribute) in table.iter().enumerate() {
        if present.iter().any(|key| key == attribute.name) {
            continue;
        }
        let applies = type_name.is_none_or(|name| attribute.applies_to(name));
        let rank = match (attribute.required, applies) {
            (true, _) => Rank::Required,
            (false, true) => Rank::Usual,
            (false, false) => Rank::Last,
        };
        let text = request.slot.entry(attribute.name, &shape(attribute.shape));
        let item = proposals.add(&request.slot, rank, attribute.name, ItemKind::Attribute, &text);
        item.sort_text = format!("{}{index:02}", rank as u8);
        item.documentation = request.doc(attribute.doc);
    }
}

fn shape(value: Value) -> Shape {
    match value {
        Value::Map => Shape::Mapping,
        Value::List => Shape::Sequence,
        Value::Literal
        | Value::LiteralOrList
        | Value::Boolean
        | Value::Integer
        | Value::Number
        | Value::Localized
        | Value::Data
        | Value::Expression
        | Value::Count
        | Value::ConditionName
        | Value::Condition => Shape::blank(),
    }
}

/// `Properties` with everything in it that the type demands.
fn required_properties(
    request: &Request<'_>,
    section: SectionKind,
    entry: Entry<'_>,
    proposals: &mut Proposals,
) {
    let slot = &request.slot;
    let Some(resource_type) = type_of(request.context.catalog, section, entry) else {
        return;
    };
    let required: Vec<_> = resource_type
        .properties
        .iter()
        .filter(|property| property.required)
        .collect();
    if required.is_empty() || slot.colon {
        return;
    }
    let lines = properties::required_lines(slot, &required);
    let text = slot.entry("Properties", &Shape::Lines(lines));
    let item = proposals.add(
        slot,
        Rank::Required,
        "Properties (required)",
        ItemKind::Snippet,
        &text,
    );
    item.filter_text = Some("Properties".into());
    let names: Vec<&str> = required.iter().map(|property| property.name.as_str()).collect();
    item.detail = Some(names.join(", "));
}
