//! Doc strings of the CDK: the description of its API (`.jsii`) that each package carries.
//!
//! Facts come from the generated JavaScript (`cdk.rs`), which has the names that templates use; here are the words, by the
//! names that the JavaScript uses.

use serde_json::Value;
use std::collections::HashMap;

/// The doc strings of a package.
#[derive(Debug, Default)]
pub struct Docs {
    /// Interface (`RosThing.PartsProperty`, `datasource.RosThingsProps`) → JavaScript name → text.
    properties: HashMap<String, HashMap<String, String>>,
    /// Class → attribute → text.
    attributes: HashMap<String, HashMap<String, String>>,
    /// Class → text.
    classes: HashMap<String, String>,
}

impl Docs {
    /// Reads the JSON of a `.jsii` file; an empty text has no docs.
    ///
    /// # Errors
    /// When the text is no JSON.
    pub fn read(assembly: &str) -> Result<Docs, serde_json::Error> {
        let mut docs = Docs::default();
        if assembly.is_empty() {
            return Ok(docs);
        }
        let assembly: Value = serde_json::from_str(assembly)?;
        let package = format!("{}.", assembly["name"].as_str().unwrap_or_default());
        for (name, each) in assembly["types"].as_object().into_iter().flatten() {
            let name = name.strip_prefix(&package).unwrap_or(name);
            let properties = each["properties"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            if each["kind"] == "class" {
                docs.classes.insert(name.to_owned(), class_text(&each["docs"]));
                docs.attributes.insert(
                    name.to_owned(),
                    tagged(properties, "Attribute", |_, head| head.to_owned()),
                );
            } else {
                docs.properties.insert(
                    name.to_owned(),
                    tagged(properties, "Property", |js, _| js.to_owned()),
                );
            }
        }
        Ok(docs)
    }

    /// What is said of a class, such as `datasource.RosThings`; empty where nothing.
    pub(super) fn class(&self, class: &str) -> &str {
        self.classes.get(class).map_or("", String::as_str)
    }

    /// What is said of a property by its interface and JavaScript name; empty where nothing.
    pub(super) fn property(&self, interface: &str, js: &str) -> &str {
        let text = self.properties.get(interface).and_then(|all| all.get(js));
        text.map_or("", String::as_str)
    }

    /// What is said of an attribute of a class; empty where nothing.
    pub(super) fn attribute(&self, class: &str, attribute: &str) -> &str {
        let text = self.attributes.get(class).and_then(|all| all.get(attribute));
        text.map_or("", String::as_str)
    }
}

/// The texts `name: text` under a tag of the doc strings, by a key made of JavaScript name and the name in the text.
fn tagged(properties: &[Value], tag: &str, key: fn(&str, &str) -> String) -> HashMap<String, String> {
    let mut texts = HashMap::new();
    for property in properties {
        let Some((head, text)) = property["docs"]["custom"][tag]
            .as_str()
            .and_then(|text| text.split_once(':'))
        else {
            continue;
        };
        let js = property["name"].as_str().unwrap_or_default();
        let text = unescaped(text);
        if !text.is_empty() {
            texts.insert(key(js, head.trim()), text);
        }
    }
    texts
}

/// The sentence about the resource type: "… the ROS resource type `X`, which is used to create a thing." The rest of the
/// text is about the class.
fn class_text(docs: &Value) -> String {
    let summary = unescaped(docs["summary"].as_str().unwrap_or_default());
    let Some((_, text)) = summary
        .rsplit_once("::")
        .and_then(|(_, rest)| rest.split_once('`'))
    else {
        return String::new();
    };
    let text = text
        .trim()
        .trim_start_matches(',')
        .trim()
        .trim_start_matches("which ");
    // The generator cut the type's name out of some sentences.
    let torn = text.contains(" , ") || text.starts_with("The ,") || text.contains("  ");
    if torn || text.len() < 12 {
        return String::new();
    }
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// `*/` would end the comment that the text came from, so every `/` is escaped.
fn unescaped(text: &str) -> String {
    text.replace("\\/", "/").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASSEMBLY: &str = r#"{"name": "@x/things", "types": {
        "@x/things.RosThing": {"kind": "class",
            "docs": {"summary": "This class is a base around the ROS resource type `ALIYUN::X::Thing`, which is used to make a thing."},
            "properties": [{"name": "attrArn", "docs": {"custom": {"Attribute": "ARN.WithSlash: the name: a\\/b"}}}, {"name": "other"}]},
        "@x/things.datasource.RosThings": {"kind": "class", "docs": {"summary": "The ROS resource type `DATASOURCE::X::Things`."}},
        "@x/things.RosThing.PartsProperty": {"kind": "interface",
            "properties": [{"name": "kind", "docs": {"custom": {"Property": "kind: The kind.\nValid values:\na\nb"}}},
                           {"name": "bare", "docs": {"custom": {"Property": "bare:"}}}]}}}"#;

    #[test]
    fn texts_by_the_names_of_the_javascript() {
        let docs = Docs::read(ASSEMBLY).expect("JSON");
        assert_eq!(docs.class("RosThing"), "Is used to make a thing.");
        assert_eq!(docs.class("datasource.RosThings"), "");
        assert_eq!(docs.attribute("RosThing", "ARN.WithSlash"), "the name: a/b");
        assert_eq!(
            docs.property("RosThing.PartsProperty", "kind"),
            "The kind.\nValid values:\na\nb"
        );
        assert_eq!(docs.property("RosThing.PartsProperty", "bare"), "");
        assert_eq!(docs.property("RosThing.PartsProperty", "nothing"), "");
    }

    #[test]
    fn no_assembly_and_no_json() {
        assert_eq!(Docs::read("").expect("nothing").class("RosThing"), "");
        assert!(Docs::read("{").is_err());
    }
}
