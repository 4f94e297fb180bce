//! What a page of the workspace says of a type, put over what the catalog knows of it: the page's facts win, the rest stays.

use crate::catalog::import::pages::TypePlaces;
use crate::catalog::{Catalog, Property, ResourceType, Source, ValueKind};

/// Every custom resource has the properties of this type.
const CUSTOM: &str = "ALIYUN::ROS::CustomResource";

/// The type with all that is known of it. A type that only the page knows is the page's.
pub(super) fn merged(page: ResourceType, places: &TypePlaces) -> ResourceType {
    let catalog = Catalog::embedded();
    let known = catalog.resource_type(&page.name);
    let is_known = known.is_some();
    let base = match known {
        Some(known) => ResourceType::clone(&known),
        None if page.name.starts_with("Custom::") => custom(catalog),
        None => ResourceType::default(),
    };
    let mut attributes = base.attributes;
    for attribute in page.attributes {
        if !attributes.iter().any(|known| known.name == attribute.name) {
            attributes.push(attribute);
        }
    }
    attributes.sort_by(|a, b| a.name.cmp(&b.name));
    ResourceType {
        name: page.name,
        properties: properties(base.properties, page.properties, "", places),
        attributes,
        source: match is_known && !base.properties_unknown {
            true => base.source,
            false => Source::Workspace,
        },
        retired: false,
        properties_unknown: false,
        attributes_open: base.attributes_open,
        reference: base.reference,
    }
}

/// What a custom resource has besides what its page says. Only the token is a must.
fn custom(catalog: &Catalog) -> ResourceType {
    let Some(known) = catalog.resource_type(CUSTOM) else {
        return ResourceType::default();
    };
    let mut base = ResourceType::clone(&known);
    for property in &mut base.properties {
        property.required &= property.name == "ServiceToken";
    }
    base
}

fn properties(
    mut base: Vec<Property>,
    page: Vec<Property>,
    above: &str,
    places: &TypePlaces,
) -> Vec<Property> {
    for property in page {
        let path = match above {
            "" => property.name.clone(),
            above => format!("{above}.{}", property.name),
        };
        match base.iter_mut().find(|known| known.name == property.name) {
            Some(known) => {
                let merged = one(std::mem::take(known), property, &path, places);
                *known = merged;
            }
            None => base.push(new(property)),
        }
    }
    base
}

/// A property that only the page knows.
fn new(mut property: Property) -> Property {
    property.required_source = Source::Workspace;
    property.properties = property.properties.into_iter().map(new).collect();
    property
}

fn one(base: Property, page: Property, path: &str, places: &TypePlaces) -> Property {
    if !goes_with(page.kind, base.kind) {
        return new(page);
    }
    let says_required = places
        .properties
        .get(path)
        .is_some_and(|place| place.says_required);
    let bounds = bounds(&base, &page);
    let (required, required_source) = match says_required && page.required != base.required {
        true => (page.required, Source::Workspace),
        false => (base.required, base.required_source),
    };
    let required_if = match (required, page.required_if.is_empty()) {
        (true, _) => Vec::new(),
        (false, true) => base.required_if,
        (false, false) => page.required_if,
    };
    Property {
        name: base.name,
        kind: match (base.kind, page.kind) {
            // The catalog knows the inside.
            (ValueKind::Object, ValueKind::Map) => ValueKind::Object,
            (known, ValueKind::Any) => known,
            (_, said) => said,
        },
        item_kind: page.item_kind.or(base.item_kind),
        item: page.item.or(base.item),
        required,
        required_source,
        editable: page.editable.or(base.editable),
        unit: page.unit.or(base.unit),
        bad_starts: or(page.bad_starts, base.bad_starts),
        required_if,
        not_with: or(page.not_with, base.not_with),
        properties: properties(base.properties, page.properties, path, places),
        retired: false,
        ..bounds
    }
}

/// Values, range, length, pattern and default.
fn bounds(base: &Property, page: &Property) -> Property {
    let mut merged = Property {
        values: base.values.clone(),
        values_source: base.values_source,
        min: base.min,
        max: base.max,
        range_source: base.range_source,
        min_length: base.min_length,
        max_length: base.max_length,
        length_source: base.length_source,
        pattern: base.pattern.clone(),
        default: base.default.clone(),
        default_source: base.default_source,
        ..Property::default()
    };
    let says_range = page.min.is_some() || page.max.is_some();
    if !page.values.is_empty() {
        merged.values.clone_from(&page.values);
        merged.values_source = Source::Workspace;
        // They may lie outside of what the catalog allows.
        merged.pattern = None;
        (merged.min_length, merged.max_length) = (None, None);
    }
    if says_range || !page.values.is_empty() {
        (merged.min, merged.max, merged.range_source) = (page.min, page.max, Source::Workspace);
    }
    if says_range && page.values.is_empty() {
        merged.values.clear();
    }
    if page.min_length.is_some() || page.max_length.is_some() {
        (merged.min_length, merged.max_length) = (page.min_length, page.max_length);
        merged.length_source = Source::Workspace;
    }
    if page.default.is_some() {
        merged.default.clone_from(&page.default);
        merged.default_source = Source::Workspace;
    } else if !page.values.is_empty() {
        let allowed = |default: &String| page.values.iter().any(|value| value.value == *default);
        merged.default = merged.default.filter(allowed);
    }
    merged
}

fn or<T>(said: Vec<T>, known: Vec<T>) -> Vec<T> {
    if said.is_empty() { known } else { said }
}

/// Whether both kinds may be said of one property; else the page speaks of another thing than the catalog.
fn goes_with(page: ValueKind, base: ValueKind) -> bool {
    let family = |kind| match kind {
        ValueKind::Integer | ValueKind::Number => ValueKind::Number,
        ValueKind::Map | ValueKind::Object => ValueKind::Object,
        other => other,
    };
    family(page) == family(base) || page == ValueKind::Any || base == ValueKind::Any
}
