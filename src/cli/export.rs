//! `ros-lsp catalog export`: every resource type as one line of JSON.

use crate::catalog::{AllowedValue, Catalog, Property, ValueKind};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes the lines, sorted by name.
///
/// # Errors
/// When `out` can't be written.
pub fn export(catalog: &Catalog, out: &mut dyn Write) -> io::Result<()> {
    for name in catalog.type_names() {
        let Some(resource_type) = catalog.resource_type(name) else {
            continue;
        };
        let attributes: Vec<&str> = resource_type
            .attributes
            .iter()
            .map(|attribute| attribute.name.as_str())
            .collect();
        let mut line = json!({"name": name, "properties": properties(&resource_type.properties), "attributes": attributes});
        if resource_type.retired {
            line["retired"] = true.into();
        }
        if resource_type.properties_unknown {
            line["propertiesUnknown"] = true.into();
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn properties(all: &[Property]) -> Value {
    Value::Object(
        all.iter()
            .map(|property| (property.name.clone(), property_record(property)))
            .collect(),
    )
}

fn property_record(property: &Property) -> Value {
    let mut record = Map::new();
    record.insert("type".into(), property.kind.name().into());
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
        let kind = property.item_kind.unwrap_or(property.kind);
        record.insert(
            "values".into(),
            property.values.iter().map(|value| typed(value, kind)).collect(),
        );
    }
    if let Some(default) = &property.default {
        record.insert("default".into(), default.as_str().into());
    }
    let bounds = [("min", property.min), ("max", property.max)];
    let lengths = [
        ("minLength", property.min_length),
        ("maxLength", property.max_length),
    ];
    for (key, number) in bounds
        .into_iter()
        .chain(lengths.map(|(key, length)| (key, length.map(f64::from))))
    {
        if let Some(number) = number {
            record.insert(key.into(), whole_or_not(number));
        }
    }
    if let Some(pattern) = &property.pattern {
        record.insert("pattern".into(), pattern.as_str().into());
    }
    if let Some(kind) = property.item_kind {
        record.insert("items".into(), kind.name().into());
    }
    if !property.properties.is_empty() {
        record.insert("properties".into(), properties(&property.properties));
    }
    Value::Object(record)
}

fn whole_or_not(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        Value::from(number as i64)
    } else {
        Value::from(number)
    }
}

/// An allowed value with its JSON type.
fn typed(value: &AllowedValue, kind: ValueKind) -> Value {
    let text = value.value.as_str();
    match kind {
        ValueKind::Integer | ValueKind::Number => text.parse().map_or_else(|_| text.into(), whole_or_not),
        ValueKind::Boolean => match text.to_ascii_lowercase().as_str() {
            "true" => true.into(),
            "false" => false.into(),
            _ => text.into(),
        },
        ValueKind::String | ValueKind::List | ValueKind::Map | ValueKind::Object | ValueKind::Any => {
            text.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_type_a_line_with_typed_values() {
        let mut out = Vec::new();
        export(Catalog::embedded(), &mut out).expect("memory can be written");
        let text = String::from_utf8(out).expect("JSON is UTF-8");
        let lines: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("a line is JSON"))
            .collect();
        let find = |name: &str| {
            lines
                .iter()
                .find(|line| line["name"] == name)
                .expect("the type is exported")
        };
        let image = find("ALIYUN::ECS::CustomImage");
        let mapping = &image["properties"]["DiskDeviceMapping"];
        assert_eq!(
            mapping["properties"]["DiskType"]["values"],
            json!(["system", "data"])
        );
        let host = find("ALIYUN::ECS::DedicatedHost");
        assert_eq!(host["properties"]["AutoRenewPeriod"]["values"][0], 1);
        assert_eq!(host["properties"]["Quantity"]["max"], 100);
    }
}
