//! Resource types as JSON: the form of the committed data and of what is packed into the binary.

use super::schema::{AllowedValue, Attribute, Condition, Given, Property, ResourceType, Source, ValueKind};
use serde_json::{Map, Value, json};

/// The record of a resource type. Absent facts are absent keys; keys have a fixed order.
pub fn to_json(resource_type: &ResourceType) -> Value {
    let mut record = Map::new();
    if resource_type.retired {
        record.insert("retired".into(), true.into());
    }
    if let Some(reference) = resource_type.reference {
        record.insert("ref".into(), given_to_text(reference).into());
    }
    let properties = match resource_type.properties_unknown {
        true => Value::Null,
        false => properties_to_json(&resource_type.properties),
    };
    record.insert("properties".into(), properties);
    let attributes = &resource_type.attributes;
    let names: Vec<&str> = attributes
        .iter()
        .map(|attribute| attribute.name.as_str())
        .collect();
    record.insert("attributes".into(), json!(names));
    if resource_type.attributes_open {
        record.insert("attributesOpen".into(), true.into());
    }
    let given: Map<String, Value> = attributes
        .iter()
        .filter_map(|each| Some((each.name.clone(), given_to_text(each.given?).into())))
        .collect();
    if !given.is_empty() {
        record.insert("given".into(), given.into());
    }
    let from: Map<String, Value> = attributes
        .iter()
        .filter_map(|each| Some((each.name.clone(), source_word(each.source)?.into())))
        .collect();
    if !from.is_empty() {
        record.insert("from".into(), from.into());
    }
    Value::Object(record)
}

/// The resource type of a record; unknown keys are ignored, missing ones mean absence.
pub fn from_json(name: &str, record: &Value) -> ResourceType {
    let attributes = record["attributes"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    ResourceType {
        name: name.to_owned(),
        properties: properties_from_json(&record["properties"]),
        properties_unknown: record.get("properties").is_some_and(Value::is_null),
        attributes: attributes
            .iter()
            .map(|name| attribute_from_json(text(name), record))
            .collect(),
        attributes_open: record["attributesOpen"] == true,
        reference: record["ref"].as_str().map(given_from_text),
        source: match record.get("properties").is_some_and(Value::is_null) {
            true => Source::Validator,
            false => Source::default(),
        },
        retired: record["retired"] == true,
    }
}

fn attribute_from_json(name: String, record: &Value) -> Attribute {
    Attribute {
        source: source_of(record["from"][name.as_str()].as_str()),
        given: record["given"][name.as_str()].as_str().map(given_from_text),
        name,
    }
}

/// `string`, `list`, `list of integer`; a question mark behind it: may give nothing.
fn given_to_text(given: Given) -> String {
    let items = given
        .item_kind
        .map_or(String::new(), |kind| format!(" of {}", kind.name()));
    let mark = if given.nullable { "?" } else { "" };
    format!("{}{items}{mark}", given.kind.name())
}

fn given_from_text(text: &str) -> Given {
    let bare = text.trim_end_matches('?');
    let (kind, items) = bare
        .split_once(" of ")
        .map_or((bare, None), |(kind, items)| (kind, Some(items)));
    Given {
        kind: kind_of(Some(kind)),
        item_kind: items.map(|items| kind_of(Some(items))),
        nullable: bare.len() < text.len(),
    }
}

fn properties_to_json(properties: &[Property]) -> Value {
    Value::Object(
        properties
            .iter()
            .map(|property| (property.name.clone(), property_to_json(property)))
            .collect(),
    )
}

/// The record of a property and of what is nested in it.
pub fn property_to_json(property: &Property) -> Value {
    let mut record = Map::new();
    let mut from = Map::new();
    let mut source = |fact: &str, source: Source| {
        if let Some(word) = source_word(source) {
            from.insert(fact.into(), word.into());
        }
    };
    record.insert("type".into(), property.kind.name().into());
    if let Some(kind) = property.item_kind {
        record.insert("items".into(), kind.name().into());
    }
    if property.required {
        record.insert("required".into(), true.into());
    }
    if let Some(editable) = property.editable {
        record.insert("editable".into(), editable.into());
    }
    if property.retired {
        record.insert("retired".into(), true.into());
    }
    if !property.values.is_empty() {
        let values: Vec<&str> = property.values.iter().map(|value| value.value.as_str()).collect();
        record.insert("values".into(), json!(values));
        source("values", property.values_source);
    }
    if let Some(default) = &property.default {
        record.insert("default".into(), default.as_str().into());
        source("default", property.default_source);
    }
    if property.min.is_some() || property.max.is_some() {
        insert_number(&mut record, "min", property.min);
        insert_number(&mut record, "max", property.max);
        source("range", property.range_source);
    }
    if let Some(unit) = &property.unit {
        record.insert("unit".into(), unit.as_str().into());
    }
    if property.min_length.is_some() || property.max_length.is_some() {
        insert_number(&mut record, "minLength", property.min_length.map(f64::from));
        insert_number(&mut record, "maxLength", property.max_length.map(f64::from));
        source("length", property.length_source);
    }
    if let Some(pattern) = &property.pattern {
        record.insert("pattern".into(), pattern.as_str().into());
    }
    insert_words(&mut record, "badStarts", &property.bad_starts);
    if !property.required_if.is_empty() {
        let conditions: Vec<Value> = property
            .required_if
            .iter()
            .map(|condition| json!({"property": condition.property, "values": condition.values}))
            .collect();
        record.insert("requiredIf".into(), conditions.into());
    }
    insert_words(&mut record, "notWith", &property.not_with);
    if !from.is_empty() {
        record.insert("from".into(), Value::Object(from));
    }
    if let Some(item) = &property.item {
        record.insert("item".into(), property_to_json(item));
    }
    if !property.properties.is_empty() {
        record.insert("properties".into(), properties_to_json(&property.properties));
    }
    Value::Object(record)
}

fn insert_words(record: &mut Map<String, Value>, key: &str, words: &[String]) {
    if !words.is_empty() {
        record.insert(key.into(), json!(words));
    }
}

/// A whole number is written without a fraction.
fn insert_number(record: &mut Map<String, Value>, key: &str, number: Option<f64>) {
    let Some(number) = number else { return };
    let whole = number.fract() == 0.0 && number.abs() < 9e15;
    record.insert(
        key.into(),
        if whole {
            Value::from(number as i64)
        } else {
            Value::from(number)
        },
    );
}

fn properties_from_json(record: &Value) -> Vec<Property> {
    record
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, record)| property_from_json(name, record))
        .collect()
}

fn property_from_json(name: &str, record: &Value) -> Property {
    let number = |key: &str| record[key].as_f64();
    let length = |key: &str| record[key].as_u64().and_then(|length| u32::try_from(length).ok());
    let source = |fact: &str| source_of(record["from"][fact].as_str());
    let values = record["values"].as_array().map(Vec::as_slice).unwrap_or_default();
    Property {
        name: name.to_owned(),
        kind: kind_of(record["type"].as_str()),
        item_kind: record["items"].as_str().map(|kind| kind_of(Some(kind))),
        required: record["required"] == true,
        required_source: Source::default(),
        editable: record["editable"].as_bool(),
        values: values
            .iter()
            .map(|value| AllowedValue { value: text(value) })
            .collect(),
        values_source: source("values"),
        default: record["default"].as_str().map(str::to_owned),
        default_source: source("default"),
        min: number("min"),
        max: number("max"),
        range_source: source("range"),
        unit: record["unit"].as_str().map(str::to_owned),
        min_length: length("minLength"),
        max_length: length("maxLength"),
        length_source: source("length"),
        pattern: record["pattern"].as_str().map(str::to_owned),
        bad_starts: words(&record["badStarts"]),
        required_if: record["requiredIf"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|condition| Condition {
                property: text(&condition["property"]),
                values: words(&condition["values"]),
            })
            .collect(),
        not_with: words(&record["notWith"]),
        properties: properties_from_json(&record["properties"]),
        item: record
            .get("item")
            .map(|item| Box::new(property_from_json(name, item))),
        retired: record["retired"] == true,
    }
}

fn words(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn kind_of(word: Option<&str>) -> ValueKind {
    match word {
        Some("string") => ValueKind::String,
        Some("integer") => ValueKind::Integer,
        Some("number") => ValueKind::Number,
        Some("boolean") => ValueKind::Boolean,
        Some("list") => ValueKind::List,
        Some("map") => ValueKind::Map,
        Some("object") => ValueKind::Object,
        _ => ValueKind::Any,
    }
}

fn source_word(source: Source) -> Option<&'static str> {
    match source {
        Source::Enforced => None,
        Source::Page => Some("page"),
        Source::CdkDoc => Some("cdk-doc"),
        Source::Workspace => Some("workspace"),
        Source::Validator => Some("validator"),
    }
}

fn source_of(word: Option<&str>) -> Source {
    match word {
        Some("page") => Source::Page,
        Some("cdk-doc") => Source::CdkDoc,
        Some("workspace") => Source::Workspace,
        Some("validator") => Source::Validator,
        _ => Source::Enforced,
    }
}
