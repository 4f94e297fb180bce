//! What the catalog expects at a place: from a resource type and a path below `Properties` to the property there.

use crate::catalog::{AllowedValue, Catalog, Property, ResourceType, ValueKind};
use crate::syntax::Entry;
use crate::syntax::cursor::Step;
use crate::template::{Local, Resource, SectionKind};
use std::sync::Arc;

/// The type of a resource, or of a local that queries a data source.
pub(crate) fn type_of(
    catalog: &Catalog,
    section: SectionKind,
    entry: Entry<'_>,
) -> Option<Arc<ResourceType>> {
    match section {
        SectionKind::Resources => catalog.resource_type(&Resource { entry }.type_name()?),
        SectionKind::Locals => catalog.resource_type(&Local { entry }.type_name()),
        _ => None,
    }
}

/// The type's name, and those of the properties on `path`, joined by dots: `ALIYUN::ECS::Instance.DiskMappings`.
pub(crate) fn dotted(resource_type: &ResourceType, path: &[Step]) -> String {
    let mut name = resource_type.name.clone();
    for end in 1..=path.len() {
        if let Some(property) = path.get(..end).and_then(|path| named(resource_type, path)) {
            name.push('.');
            name.push_str(&property.name);
        }
    }
    name
}

/// As [`dotted`], without the last property.
pub(crate) fn owner(resource_type: &ResourceType, path: &[Step]) -> String {
    let is_named = |end: &usize| {
        path.get(..*end)
            .and_then(|path| named(resource_type, path))
            .is_some()
    };
    let last = (1..=path.len()).rev().find(is_named).unwrap_or(1);
    dotted(resource_type, path.get(..last - 1).unwrap_or_default())
}

/// The property that the last step of a path names; `None` for a list's index and a free key of a map.
fn named<'c>(resource_type: &'c ResourceType, path: &[Step]) -> Option<&'c Property> {
    match Expected::at(resource_type, path)? {
        Expected::Value(property) => Some(property),
        Expected::Properties(_) | Expected::Item(_) => None,
    }
}

/// What may stand at a place in a resource's properties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expected<'c> {
    /// `Properties` itself.
    Properties(&'c ResourceType),
    /// The value of a property.
    Value(&'c Property),
    /// An item of a list property, or a value of a map property with free keys.
    Item(&'c Property),
}

impl<'c> Expected<'c> {
    /// Walks `path` (keys and list indexes below `Properties`); `None` where the catalog knows nothing of the place.
    pub fn at(resource_type: &'c ResourceType, path: &[Step]) -> Option<Expected<'c>> {
        path.iter()
            .try_fold(Expected::Properties(resource_type), |place, step| {
                place.step(step)
            })
    }

    fn step(self, step: &Step) -> Option<Expected<'c>> {
        let known = |name: &str| {
            self.properties()
                .iter()
                .find(|property| property.name == name)
                .map(Expected::Value)
        };
        match (self, step) {
            (Expected::Value(property), Step::Index(_)) => {
                matches!(property.kind, ValueKind::List | ValueKind::Any).then_some(Expected::Item(property))
            }
            (Expected::Value(property), Step::Key(name)) => match property.kind {
                ValueKind::Map => Some(Expected::Item(property)),
                _ => known(name),
            },
            (Expected::Properties(_) | Expected::Item(_), Step::Key(name)) => known(name),
            (Expected::Properties(_) | Expected::Item(_), Step::Index(_)) => None,
        }
    }

    /// The properties that an object at this place has; empty for anything but an object.
    pub fn properties(self) -> &'c [Property] {
        match self {
            Expected::Properties(resource_type) => &resource_type.properties,
            Expected::Item(property) => &property.properties,
            Expected::Value(property) => match property.kind {
                ValueKind::Object | ValueKind::Any => &property.properties,
                _ => &[],
            },
        }
    }

    /// The place of an item, if this is the value of a list.
    pub fn item(self) -> Option<Expected<'c>> {
        match self {
            Expected::Value(property) if property.kind == ValueKind::List => Some(Expected::Item(property)),
            Expected::Value(_) | Expected::Properties(_) | Expected::Item(_) => None,
        }
    }

    /// The kind of value.
    pub fn kind(self) -> ValueKind {
        match self {
            Expected::Properties(_) => ValueKind::Object,
            Expected::Value(property) => property.kind,
            Expected::Item(property) => match property.item_kind {
                Some(kind) => kind,
                None if property.properties.is_empty() => ValueKind::Any,
                None => ValueKind::Object,
            },
        }
    }

    /// The values that the place allows, where they are listed.
    pub fn values(self) -> &'c [AllowedValue] {
        match self {
            Expected::Properties(_) => &[],
            Expected::Value(property) => &property.values,
            Expected::Item(property) => property.item.as_deref().map_or(&[], |item| &item.values),
        }
    }

    /// The property whose value or item stands here.
    pub fn property(self) -> Option<&'c Property> {
        match self {
            Expected::Properties(_) => None,
            Expected::Value(property) | Expected::Item(property) => Some(property),
        }
    }
}

/// The allowed values without those that differ in case only. Of several spellings the default counts, then the first
/// in mixed case: the catalog also has what the service reads besides (`paybytraffic` beside `PayByTraffic`).
pub(crate) fn spellings<'p>(values: &'p [AllowedValue], default: Option<&str>) -> Vec<&'p str> {
    let mixed = |text: &str| text.contains(char::is_uppercase) && text.contains(char::is_lowercase);
    let better =
        |new: &str, old: &str| default != Some(old) && (default == Some(new) || (mixed(new) && !mixed(old)));
    let mut chosen: Vec<&str> = Vec::with_capacity(values.len());
    for value in values.iter().map(|allowed| allowed.value.as_str()) {
        match chosen.iter_mut().find(|other| other.eq_ignore_ascii_case(value)) {
            Some(other) if better(value, other) => *other = value,
            Some(_) => {}
            None => chosen.push(value),
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instance() -> ResourceType {
        let text = |name: &str| Property {
            name: name.into(),
            kind: ValueKind::String,
            ..Property::default()
        };
        let disks = Property {
            name: "Disks".into(),
            kind: ValueKind::List,
            properties: vec![text("Category")],
            ..Property::default()
        };
        let options = Property {
            name: "Options".into(),
            kind: ValueKind::Object,
            properties: vec![text("Mode")],
            ..Property::default()
        };
        let labels = Property {
            name: "Labels".into(),
            kind: ValueKind::Map,
            item_kind: Some(ValueKind::String),
            ..Property::default()
        };
        ResourceType {
            properties: vec![disks, options, labels],
            ..ResourceType::default()
        }
    }

    fn key(name: &str) -> Step {
        Step::Key(name.into())
    }

    fn name_at(path: &[Step]) -> Option<String> {
        Expected::at(&instance(), path)?
            .property()
            .map(|property| property.name.clone())
    }

    #[test]
    fn objects_list_items_and_map_values() {
        assert_eq!(
            name_at(&[key("Disks"), Step::Index(3), key("Category")]).as_deref(),
            Some("Category")
        );
        assert_eq!(name_at(&[key("Options"), key("Mode")]).as_deref(), Some("Mode"));
        assert_eq!(name_at(&[key("Labels"), key("free")]).as_deref(), Some("Labels"));
        let instance = instance();
        let item = Expected::at(&instance, &[key("Disks"), Step::Index(0)]).unwrap();
        assert_eq!((item.kind(), item.properties().len()), (ValueKind::Object, 1));
        let value = Expected::at(&instance, &[key("Labels"), key("free")]).unwrap();
        assert_eq!(value.kind(), ValueKind::String);
    }

    #[test]
    fn places_that_do_not_exist() {
        assert_eq!(name_at(&[key("Disks"), key("Category")]), None);
        assert_eq!(name_at(&[key("Options"), Step::Index(0)]), None);
        assert_eq!(name_at(&[key("Nothing")]), None);
    }

    #[test]
    fn one_spelling_of_each_value() {
        let values = |names: &[&str]| -> Vec<AllowedValue> {
            let value = |name: &&str| AllowedValue {
                value: (*name).to_owned(),
            };
            names.iter().map(value).collect()
        };
        let charge = values(&["paybytraffic", "PayByTraffic", "PAYBYTRAFFIC", "other"]);
        assert_eq!(spellings(&charge, None), ["PayByTraffic", "other"]);
        assert_eq!(
            spellings(&charge, Some("PAYBYTRAFFIC")),
            ["PAYBYTRAFFIC", "other"]
        );
        assert_eq!(spellings(&values(&["i386", "x86_64"]), None), ["i386", "x86_64"]);
    }
}
