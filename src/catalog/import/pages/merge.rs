//! A page's facts beside those of the CDK: the CDK wins, the page completes, and what only the page knows is retired.

use crate::catalog::{Property, ResourceType, ValueKind};

/// Completes `enforced` (none: the type is in no CDK) with what a page says.
pub fn merge(enforced: Option<ResourceType>, page: ResourceType) -> ResourceType {
    let Some(mut merged) = enforced else {
        // Types of a transform are expanded into others and so are in no CDK.
        let retired = page.name.starts_with("ALIYUN::") || page.name.starts_with("DATASOURCE::");
        return ResourceType { retired, ..page };
    };
    properties(&mut merged.properties, page.properties);
    merged
}

fn properties(enforced: &mut Vec<Property>, page: Vec<Property>) {
    for documented in page {
        match enforced
            .iter_mut()
            .find(|property| property.name == documented.name)
        {
            Some(property) => complete(property, documented),
            None => enforced.push(retired(documented)),
        }
    }
}

fn complete(property: &mut Property, page: Property) {
    // The CDK has one kind of number.
    if property.kind == ValueKind::Number && page.kind == ValueKind::Integer {
        property.kind = ValueKind::Integer;
    }
    property.editable = page.editable;
    property.default = page.default;
    if property.values.is_empty()
        && matches!(
            property.kind,
            ValueKind::String | ValueKind::Integer | ValueKind::Number
        )
    {
        property.values = page.values;
        property.values_source = page.values_source;
    }
    if property.min.is_none()
        && property.max.is_none()
        && matches!(property.kind, ValueKind::Integer | ValueKind::Number)
    {
        (property.min, property.max) = (page.min, page.max);
        property.range_source = page.range_source;
    }
    if property.min_length.is_none() && property.max_length.is_none() && property.kind == ValueKind::String {
        (property.min_length, property.max_length) = (page.min_length, page.max_length);
        property.length_source = page.length_source;
    }
    // Nested tables of a free map say nothing of other keys.
    if !property.properties.is_empty() {
        properties(&mut property.properties, page.properties);
    }
}

/// A property that only the page has: known, and never asked for.
fn retired(property: Property) -> Property {
    Property {
        retired: true,
        required: false,
        properties: property
            .properties
            .into_iter()
            .map(|nested| Property {
                required: false,
                ..nested
            })
            .collect(),
        ..property
    }
}
