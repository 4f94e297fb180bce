//! What the official agent's validator knows of resource types, merged into the catalog: types, attributes, what is read.

use ros_lsp::catalog::import::Described;
use ros_lsp::catalog::{Attribute, Given, ResourceType, Source, ValueKind};
use serde_json::Value;
use std::collections::BTreeMap;

/// How much was new.
#[derive(Default)]
pub(crate) struct Added {
    pub(crate) types: usize,
    pub(crate) attributes: usize,
}

/// Completes the types. A type that no other source has is known with its attributes alone.
pub(crate) fn merge(types: &mut BTreeMap<String, Described>, resources: &Value) -> Added {
    let mut added = Added::default();
    for record in resources["resources"].as_array().into_iter().flatten() {
        let Some(name) = record["resource_type"].as_str() else {
            continue;
        };
        let known = types.entry(name.to_owned()).or_insert_with(|| {
            added.types += 1;
            Described {
                facts: ResourceType {
                    name: name.to_owned(),
                    properties_unknown: true,
                    source: Source::Validator,
                    ..ResourceType::default()
                },
                ..Described::default()
            }
        });
        added.attributes += merge_type(&mut known.facts, record);
    }
    added
}

/// Returns how many attributes are new.
fn merge_type(known: &mut ResourceType, record: &Value) -> usize {
    // A page of today's documentation describes it.
    let pages = record["official_evidence"].as_array().into_iter().flatten();
    if pages.into_iter().any(|page| page["status"] == "FOUND") {
        known.retired = false;
    }
    known.reference = given(&record["ref_type"]);
    let mut added = 0;
    for name in record["attributes"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap_or_default();
        let given = given(&record["attribute_types"][name]);
        if name == "*" {
            known.attributes_open = true;
        } else if let Some(attribute) = known.attributes.iter_mut().find(|each| each.name == name) {
            attribute.given = given;
        } else {
            added += 1;
            known.attributes.push(Attribute {
                name: name.to_owned(),
                source: Source::Validator,
                given,
            });
        }
    }
    known.attributes.sort_by(|a, b| a.name.cmp(&b.name));
    added
}

/// `List[String] | Null`; `None` for what may be anything and for what is always nothing.
fn given(written: &Value) -> Option<Given> {
    let written = written.as_str()?;
    let (bare, nullable) = match written.strip_suffix(" | Null") {
        Some(bare) => (bare, true),
        None => (written, false),
    };
    let list = bare.strip_prefix("List[").and_then(|rest| rest.strip_suffix(']'));
    let (kind, item_kind) = match list {
        Some(item) => (ValueKind::List, Some(kind(item)?)),
        None => (kind(bare)?, None),
    };
    Some(Given {
        kind,
        item_kind,
        nullable,
    })
}

fn kind(word: &str) -> Option<ValueKind> {
    match word {
        "String" => Some(ValueKind::String),
        "Integer" => Some(ValueKind::Integer),
        "Number" => Some(ValueKind::Number),
        "Boolean" => Some(ValueKind::Boolean),
        "Map" => Some(ValueKind::Map),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn attributes_join_and_types_come() {
        let facts = ResourceType {
            name: "ALIYUN::X::Thing".into(),
            attributes: vec![Attribute {
                name: "Ids".into(),
                ..Attribute::default()
            }],
            retired: true,
            ..ResourceType::default()
        };
        let known = Described {
            facts,
            ..Described::default()
        };
        let mut types = BTreeMap::from([("ALIYUN::X::Thing".to_owned(), known)]);
        let resources = json!({"resources": [
            {"resource_type": "ALIYUN::X::Thing", "attributes": ["Arn", "Ids"], "ref_type": "String",
             "attribute_types": {"Arn": "AnyValue", "Ids": "List[String] | Null"},
             "official_evidence": [{"status": "FOUND"}]},
            {"resource_type": "ALIYUN::X::Other", "attributes": ["*"], "ref_type": "Null"}]});
        let added = merge(&mut types, &resources);
        assert_eq!((added.types, added.attributes), (1, 1));
        let thing = &types["ALIYUN::X::Thing"].facts;
        let names: Vec<&str> = thing.attributes.iter().map(|each| each.name.as_str()).collect();
        assert_eq!(names, ["Arn", "Ids"]);
        assert!(!thing.retired && !thing.properties_unknown);
        assert_eq!(thing.attributes[0].source, Source::Validator);
        let ids = thing.attributes[1].given.expect("what it gives");
        assert_eq!(
            (ids.kind, ids.item_kind),
            (ValueKind::List, Some(ValueKind::String))
        );
        let other = &types["ALIYUN::X::Other"].facts;
        assert!(other.properties_unknown && other.attributes_open && other.reference.is_none());
    }
}
