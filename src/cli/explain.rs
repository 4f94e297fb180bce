//! `ros-lsp explain`: a rule, a resource type or a property in the terminal.

use super::words::wrapped;
use crate::catalog::{Catalog, Property, ResourceType, record, suggest};
use crate::config::Locale;
use crate::features::card::{self, words};
use crate::features::library::Library;
use crate::rules::{self, Rule};
use crate::syntax::{Format, parse};
use crate::template::json_form::to_json;
use serde_json::{Value, json};

/// What there is to explain.
enum Topic<'a> {
    Rule(&'static Rule),
    /// A resource type, or a property of it by the way down.
    Catalog(&'a ResourceType, Vec<&'a Property>),
}

/// The text about a rule (`ROS1005`, `undefined-reference`), a type (`ALIYUN::ECS::VPC`) or one of its properties
/// (`ALIYUN::ECS::CustomImage.DiskDeviceMapping.DiskType`). `locale` (`zh_CN.UTF-8`, …) chooses the language of what is
/// said about the latter two.
///
/// # Errors
/// With a sentence for the user when there is no such thing.
pub fn explain(topic: &str, catalog: &Catalog, locale: &str) -> Result<String, String> {
    let library = Library {
        catalog,
        locale: Locale::of(locale),
    };
    with_topic(topic, catalog, |topic| match topic {
        Topic::Rule(rule) => explain_rule(rule),
        Topic::Catalog(resource_type, path) => explain_known(library, resource_type, &path),
    })
}

/// The same as data: the rule's record, or the catalog's facts and what is written about them.
///
/// # Errors
/// As [`explain`].
pub fn explain_as_json(topic: &str, catalog: &Catalog, locale: &str) -> Result<Value, String> {
    let library = Library {
        catalog,
        locale: Locale::of(locale),
    };
    with_topic(topic, catalog, |topic| match topic {
        Topic::Rule(rule) => json!({
            "rule": rule.id, "name": rule.name, "severity": rule.severity.name(), "about": rule.about,
            "bad": rule.bad, "good": rule.good,
        }),
        Topic::Catalog(resource_type, path) => known_as_json(library, resource_type, &path),
    })
}

fn with_topic<T>(topic: &str, catalog: &Catalog, then: impl FnOnce(Topic<'_>) -> T) -> Result<T, String> {
    if let Some(rule) = rules::rule(topic) {
        return Ok(then(Topic::Rule(rule)));
    }
    let (type_name, path) = topic.split_once('.').unwrap_or((topic, ""));
    if let Some(resource_type) = catalog.resource_type(type_name) {
        let path = way(&resource_type, path)?;
        return Ok(then(Topic::Catalog(&resource_type, path)));
    }
    let near = catalog.nearest_types(type_name);
    let hint = near
        .first()
        .map_or(String::new(), |name| format!("; did you mean {name}?"));
    Err(
        match topic.to_ascii_uppercase().starts_with("ROS") && !topic.contains(':') {
            true => format!("no rule {topic}; `ros-lsp explain --rules` lists them"),
            false => format!("neither a rule nor a known resource type: {topic}{hint}"),
        },
    )
}

/// The properties on the way down to the one that `path` names, with dots.
fn way<'a>(resource_type: &'a ResourceType, path: &str) -> Result<Vec<&'a Property>, String> {
    let mut properties = &resource_type.properties;
    let mut found = Vec::new();
    for name in path.split('.').filter(|name| !name.is_empty()) {
        let property = properties
            .iter()
            .find(|property| property.name == name)
            .ok_or_else(|| {
                let names: Vec<&str> = properties.iter().map(|property| property.name.as_str()).collect();
                let near = suggest::nearest(name, names);
                let hint = near
                    .first()
                    .map_or(String::new(), |name| format!("; did you mean {name}?"));
                format!("{} has no property {name}{hint}", resource_type.name)
            })?;
        properties = &property.properties;
        found.push(property);
    }
    Ok(found)
}

/// One line for each rule.
pub fn list_rules() -> String {
    let mut all: Vec<&Rule> = rules::rules().collect();
    all.sort_by_key(|rule| rule.id);
    all.iter()
        .map(|rule| format!("{}  {:11}  {}\n", rule.id, rule.severity.name(), rule.name))
        .collect()
}

fn explain_rule(rule: &Rule) -> String {
    let mut text = format!(
        "{} {} ({})\n\n{}\n",
        rule.id,
        rule.name,
        rule.severity.name(),
        wrapped(rule.about)
    );
    for (title, example) in [("Reported", rule.bad), ("Right", rule.good)] {
        if example.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{title}, in YAML:\n\n{}", indented(example)));
        let tree = parse(example, Format::Yaml);
        if let Some(root) = tree
            .root()
            .filter(|_| !rule.yaml_only && tree.errors().next().is_none())
        {
            text.push_str(&format!("\n{title}, in JSON:\n\n{}", indented(&to_json(root))));
        }
    }
    text
}

/// The card, and the nested properties one a line.
fn explain_known(library: Library<'_>, resource_type: &ResourceType, path: &[&Property]) -> String {
    let card = card::plain(&card::without_nested(library, resource_type, path));
    let mut text: String = card.lines().map(|line| wrapped(line) + "\n").collect();
    let nested = match path.last() {
        Some(property) => &property.properties,
        None => &resource_type.properties,
    };
    if !nested.is_empty() {
        text.push_str(&format!("\n{}\n", library.doc(words::PROPERTIES)));
        text.push_str(&property_table(library, nested));
    }
    text
}

fn property_table(library: Library<'_>, properties: &[Property]) -> String {
    let mut sorted: Vec<&Property> = properties.iter().collect();
    sorted.sort_by_key(|property| (!property.required, property.name.as_str()));
    let lengths = sorted.iter().map(|property| property.name.len());
    let width = lengths.max().unwrap_or(0) + 1;
    let line = |property: &&Property| {
        let name = format!("{}{}", property.name, if property.required { "*" } else { "" });
        format!("  {name:width$}  {}\n", card::kind_line(library, property))
    };
    sorted.iter().map(line).collect()
}

fn known_as_json(library: Library<'_>, resource_type: &ResourceType, path: &[&Property]) -> Value {
    let names: Vec<&str> = path.iter().map(|property| property.name.as_str()).collect();
    let path_text = names.join(".");
    let mut data = match path.last() {
        None => record::to_json(resource_type),
        Some(property) => record::property_to_json(property),
    };
    data["resourceType"] = resource_type.name.as_str().into();
    if !path.is_empty() {
        data["path"] = path_text.as_str().into();
    }
    data["catalog"] = env!("ROS_CATALOG").into();
    let mut add = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            data[key] = value;
        }
    };
    let name = &resource_type.name;
    add("brief", library.brief(name, &path_text).map(Value::from));
    let said = library
        .said(name, |prose| card::as_data(prose, &path_text))
        .or_else(|| library.said_in_english(name, |prose| card::as_data(prose, &path_text)));
    add("documentation", said);
    add("url", card::page_url(library, resource_type).map(Value::from));
    data
}

fn indented(text: &str) -> String {
    text.trim_matches('\n')
        .lines()
        .map(|line| format!("    {line}").trim_end().to_owned() + "\n")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_types_and_properties() {
        let about = |topic: &str| explain(topic, Catalog::embedded(), "en");
        assert!(
            about("ros1005")
                .is_ok_and(|text| text.contains("undefined-reference") && text.contains("\"Ref\": \"Vcp\""))
        );
        assert!(
            about("ALIYUN::ECS::VSwitch")
                .is_ok_and(|text| text.contains("  VpcId*") && text.contains("VSwitchId"))
        );
        let disk = about("ALIYUN::ECS::CustomImage.DiskDeviceMapping.DiskType");
        assert!(disk.is_ok_and(|text| text.contains("- Values: system, data")));
    }

    #[test]
    fn unknown_topics_suggest() {
        let about =
            |topic: &str| explain(topic, Catalog::embedded(), "en").expect_err("there is no such thing");
        assert!(about("ALIYUN::ECS::Vpc").contains("did you mean ALIYUN::ECS::VPC?"));
        assert!(about("ALIYUN::ECS::CustomImage.ImageNam").contains("did you mean ImageName?"));
        assert!(about("ROS9999").contains("no rule ROS9999"));
    }

    #[test]
    fn every_rule_is_listed() {
        assert_eq!(list_rules().lines().count(), rules::rules().count());
    }
}
