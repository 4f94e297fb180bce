//! `cargo xtask association`: the validator's contract of the console's form → `src/language/association/data.json`.
//!
//! A JSON Schema becomes the few facts that the library uses; what it says in other ways is an error here, not a guess.

use crate::{contract, say};
use clap::Args;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(crate) struct Options {
    /// The wheel of the pinned `iac-code` (`pip download --no-deps iac-code==0.16.0`)
    #[arg(long, value_name = "WHEEL")]
    validator: PathBuf,
    /// Write nothing; fail if the committed data are not what the package gives
    #[arg(long)]
    check: bool,
}

type Record = Map<String, Value>;

pub(crate) fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let contract = contract::read(&options.validator)?;
    let more = serde_json::from_str(include_str!("../association.json"))?;
    let data = data(&contract.association, &more, contract.source)?;
    let text = written(&data);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/language/association/data.json");
    if fs::read_to_string(&path).ok().as_deref() == Some(&text) {
        say("association data are current");
        return Ok(());
    }
    if options.check {
        return Err("association data are not current".into());
    }
    fs::create_dir_all(path.parent().unwrap_or(&path))?;
    fs::write(path, text)?;
    say("association data are written");
    Ok(())
}

/// `more` is what the documentation lists beside the contract.
fn data(contract: &Value, more: &Value, source: Value) -> Result<Value, String> {
    let common = &contract["common_metadata"]["schema"];
    let mut components = Record::new();
    for (name, component) in object(&contract["components"]) {
        let record = value(&component["metadata"]).map_err(|what| format!("{name}: {what}"))?;
        let mut kept = Record::new();
        for fact in ["closed", "keys"] {
            if let Some(found) = record.get(fact) {
                kept.insert(fact.into(), found.clone());
            }
        }
        components.insert(name.clone(), kept.into());
    }
    let mut properties = Record::new();
    for (name, property) in object(&contract["association_properties"]) {
        let mut record = Record::new();
        record.insert("component".into(), property["component"].clone());
        if property["deprecated"] == true {
            record.insert("deprecated".into(), true.into());
            if let Some(successor) = successor(contract, property) {
                record.insert("successor".into(), successor.into());
            }
        }
        properties.insert(name.clone(), record.into());
    }
    let mut common = keys(common).map_err(|what| format!("common metadata: {what}"))?;
    complete(&mut common, &more["common"]);
    for (name, keys) in object(&more["components"]) {
        let component = components
            .entry(name.clone())
            .or_insert_with(|| json!({"keys": {}}));
        if component["keys"].is_null() {
            component["keys"] = json!({});
        }
        if let Some(own) = component["keys"].as_object_mut() {
            complete(own, keys);
        }
    }
    for (component, keys) in object(&more["values"]) {
        for (key, values) in object(keys) {
            let known = components
                .get_mut(component)
                .map(|component| &mut component["keys"][key]["values"]);
            if let Some(known) = known.and_then(Value::as_array_mut) {
                known.extend(values.as_array().into_iter().flatten().cloned());
            }
        }
    }
    complete(&mut properties, &more["properties"]);
    // A control that says nothing of a key that all have takes what all take.
    for (_, component) in components.iter_mut() {
        for (name, key) in component["keys"].as_object_mut().into_iter().flatten() {
            if let Some(known) = common.get(name).filter(|_| key["type"].is_null()) {
                *key = known.clone();
            }
        }
    }
    common.sort_keys();
    components.sort_keys();
    properties.sort_keys();
    let elsewhere: Record = object(&contract["excluded_association_properties"])
        .filter(|(name, _)| !properties.contains_key(*name))
        .map(|(name, property)| (name.clone(), property["scope"].clone()))
        .collect();
    Ok(json!({
        "source": source,
        "common": common,
        "components": components,
        "properties": properties,
        "elsewhere": elsewhere,
    }))
}

fn complete(known: &mut Record, more: &Value) {
    for (name, fact) in object(more) {
        known.entry(name.clone()).or_insert_with(|| fact.clone());
    }
    known.sort_keys();
}

/// The one name of the same component that is not deprecated and has the long form, where the contract names none.
fn successor(contract: &Value, property: &Value) -> Option<String> {
    if let Some(named) = property["replacement"].as_str() {
        return Some(named.to_owned());
    }
    let alike = object(&contract["association_properties"]).filter(|(name, other)| {
        let current = other["deprecated"] != true && name.starts_with("ALIYUN::");
        current && other["component"] == property["component"]
    });
    let mut names = alike.map(|(name, _)| name.clone());
    let only = names.next()?;
    names.next().is_none().then_some(only)
}

fn keys(schema: &Value) -> Result<Record, String> {
    let mut keys = Record::new();
    let required = schema["required"].as_array();
    for (name, schema) in object(&schema["properties"]) {
        // A pattern of names, not a name.
        if name.contains(['[', '.']) {
            continue;
        }
        let mut record = value(schema).map_err(|what| format!("{name}: {what}"))?;
        if required.is_some_and(|names| names.iter().any(|each| each == name)) {
            record.insert("required".into(), true.into());
        }
        keys.insert(name.clone(), record.into());
    }
    keys.sort_keys();
    Ok(keys)
}

/// What a schema allows, as facts.
fn value(schema: &Value) -> Result<Record, String> {
    let mut record = Record::new();
    let alternatives = schema["anyOf"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut kinds: Vec<&str> = schema["type"].as_str().into_iter().collect();
    for alternative in alternatives {
        kinds.extend(alternative["type"].as_str());
    }
    if !kinds.is_empty() {
        let kinds: Result<Vec<&str>, String> = kinds.into_iter().map(kind).collect();
        record.insert("type".into(), kinds?.join("|").into());
    }
    for schema in std::iter::once(schema).chain(alternatives) {
        take(&mut record, schema)?;
    }
    for (fact, known) in [
        ("x-ore-reference-kinds", "reference"),
        ("x-ore-nested-parameter", "parameter"),
    ] {
        if !schema[fact].is_null() {
            record.insert(known.into(), true.into());
        }
    }
    // There `${Name}` stands inside a text, and the region is given.
    let injected = schema["x-ore-injected-symbols"].clone();
    if !injected.is_null() {
        record.insert("given".into(), injected);
    }
    if let Some(aliases) = schema["x-ore-aliases"].as_array() {
        record.insert("aliases".into(), aliases.clone().into());
    }
    if let Some(meant) = schema["x-ore-value-suggestions"].as_object() {
        record.insert("meant".into(), meant.clone().into());
    }
    Ok(record)
}

/// The facts of one alternative.
fn take(record: &mut Record, schema: &Value) -> Result<(), String> {
    const READ: &[&str] = &[
        "additionalProperties",
        "anyOf",
        "enum",
        "items",
        "properties",
        "required",
        "type",
    ];
    for (key, _) in object(schema) {
        if !READ.contains(&key.as_str()) && !key.starts_with("x-ore-") {
            return Err(format!("`{key}` is not read"));
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        record.insert("values".into(), values.iter().map(text).collect());
    }
    let keys = keys(schema)?;
    if !keys.is_empty() {
        record.insert("keys".into(), keys.into());
        if schema["additionalProperties"] == false {
            record.insert("closed".into(), true.into());
        }
    }
    for items in [&schema["items"], &schema["additionalProperties"]] {
        if items.is_object() {
            record.insert("item".into(), value(items)?.into());
        }
    }
    Ok(())
}

fn kind(word: &str) -> Result<&'static str, String> {
    match word {
        "string" => Ok("string"),
        "number" | "integer" => Ok("number"),
        "boolean" => Ok("boolean"),
        "array" => Ok("list"),
        "object" => Ok("map"),
        other => Err(format!("kind `{other}`")),
    }
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// One key or name a line, so that a change of the facts reads as a change of lines.
fn written(data: &Value) -> String {
    let mut out = format!("{{\n\"source\": {},\n\"common\": ", data["source"]);
    lines(&mut out, &data["common"], " ");
    out.push_str(",\n\"components\": {");
    for (index, (name, component)) in object(&data["components"]).enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&format!(" {}: {{", Value::from(name.as_str())));
        if component["closed"] == true {
            out.push_str("\"closed\": true, ");
        }
        out.push_str("\"keys\": ");
        lines(&mut out, &component["keys"], "  ");
        out.push('}');
    }
    out.push_str("\n},\n\"properties\": ");
    lines(&mut out, &data["properties"], " ");
    out.push_str(",\n\"elsewhere\": ");
    lines(&mut out, &data["elsewhere"], " ");
    out.push_str("\n}\n");
    out
}

fn lines(out: &mut String, map: &Value, indent: &str) {
    if object(map).next().is_none() {
        return out.push_str("{}");
    }
    out.push('{');
    for (index, (name, fact)) in object(map).enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&format!("{indent}{}: {fact}", Value::from(name.as_str())));
    }
    out.push_str(&format!("\n{}}}", indent.strip_suffix(' ').unwrap_or_default()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_become_facts() {
        let schema = json!({"type": "object", "additionalProperties": false, "required": ["Class"], "properties": {
            "Class": {"type": "string", "enum": ["a", 1], "x-ore-reference-kinds": ["parameter"]},
            "Texts": {"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "object"}]}},
            "Any.[Name]": {}}});
        assert_eq!(
            Value::from(value(&schema).expect("read")),
            json!({"type": "map", "keys": {
                "Class": {"type": "string", "values": ["a", "1"], "reference": true, "required": true},
                "Texts": {"type": "map", "item": {"type": "string|map"}}}, "closed": true})
        );
        assert!(value(&json!({"pattern": "x"})).is_err());
        assert!(value(&json!({"type": "null"})).is_err());
    }

    #[test]
    fn the_successor_is_the_only_one_of_the_long_form() {
        let contract = json!({"association_properties": {
            "ALIYUN::A::B": {"component": "X", "deprecated": true},
            "ALIYUN::A::C": {"component": "X"}, "Short": {"component": "X"}}});
        let old = &contract["association_properties"]["ALIYUN::A::B"];
        assert_eq!(successor(&contract, old).as_deref(), Some("ALIYUN::A::C"));
    }
}
