//! What documentation says in sentences: the contents of a docs pack, in one language.
//!
//! The facts are in the catalog; these are the words around them, which are nobody's to commit. They are made by the
//! importers (`catalog::import`) from the CDK's packages or from a folder of property-table pages, and have a fixed order,
//! so that the same sources give the same bytes.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The documentation of many resource types in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose {
    /// Language tag, such as `en` or `zh-CN`.
    pub language: String,
    /// By the type's name.
    pub types: BTreeMap<String, TypeProse>,
}

/// The documentation of one resource type. All texts are Markdown; empty ones are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypeProse {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// By the names from the type downwards, joined by dots: `DiskDeviceMapping.Size`. Lists and maps add no step.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, PropertyProse>,
    /// Descriptions by the attribute's name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
}

/// The documentation of one property.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PropertyProse {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What a page says of the values it takes; doc strings have it in the description.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub constraint: String,
    /// Meaning of each allowed value that has one, in the order of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValueProse>,
}

/// What one allowed value means.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueProse {
    pub value: String,
    pub meaning: String,
}

impl Prose {
    /// What is said of a property, by the type's name and the names from there downwards.
    pub fn property(&self, type_name: &str, path: &[&str]) -> Option<&PropertyProse> {
        self.types.get(type_name)?.properties.get(&path.join("."))
    }

    /// Takes what `other` says and this does not; `other` is of the same language.
    pub fn complete(&mut self, other: Prose) {
        for (name, prose) in other.types {
            self.types.entry(name).or_default().complete(prose);
        }
    }
}

impl TypeProse {
    fn complete(&mut self, other: TypeProse) {
        if self.description.is_empty() {
            self.description = other.description;
        }
        for (path, prose) in other.properties {
            self.properties.entry(path).or_default().complete(prose);
        }
        for (name, description) in other.attributes {
            self.attributes.entry(name).or_insert(description);
        }
    }
}

impl PropertyProse {
    /// The meaning of a value, whatever its case.
    pub fn meaning(&self, value: &str) -> Option<&str> {
        let found = self
            .values
            .iter()
            .find(|each| each.value.eq_ignore_ascii_case(value))?;
        Some(&found.meaning)
    }

    fn complete(&mut self, other: PropertyProse) {
        if self.description.is_empty() {
            self.description = other.description;
            self.constraint = other.constraint;
        }
        if self.values.is_empty() {
            self.values = other.values;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(description: &str) -> Prose {
        let property = PropertyProse {
            description: description.into(),
            values: vec![ValueProse {
                value: "Fast".into(),
                meaning: "quickly".into(),
            }],
            ..PropertyProse::default()
        };
        let thing = TypeProse {
            properties: BTreeMap::from([("Parts.Mode".into(), property)]),
            ..TypeProse::default()
        };
        Prose {
            language: "en".into(),
            types: BTreeMap::from([("ALIYUN::X::Thing".into(), thing)]),
        }
    }

    #[test]
    fn reads_as_it_is_written() {
        let prose = described("How.");
        let written = serde_json::to_string(&prose).expect("plain data");
        assert_eq!(
            written,
            r#"{"language":"en","types":{"ALIYUN::X::Thing":{"properties":{"Parts.Mode":{"description":"How.","values":[{"value":"Fast","meaning":"quickly"}]}}}}}"#
        );
        assert_eq!(serde_json::from_str::<Prose>(&written).expect("the same"), prose);
    }

    #[test]
    fn lookups_and_completion() {
        let mut prose = described("");
        prose.complete(described("From the other."));
        let mode = prose
            .property("ALIYUN::X::Thing", &["Parts", "Mode"])
            .expect("Mode");
        assert_eq!(mode.description, "From the other.");
        assert_eq!(mode.meaning("fast"), Some("quickly"));
        assert!(prose.property("ALIYUN::X::Thing", &["Mode"]).is_none());
    }
}
