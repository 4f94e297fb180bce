//! `ros-lsp explain`: a rule, a resource type or a property in the terminal.

use crate::catalog::{Catalog, Property, ResourceType, ValueKind};
use crate::rules::{self, Rule};
use crate::syntax::{Format, parse};
use crate::template::json_form::to_json;

/// The text about a rule (`ROS1005`, `undefined-reference`), a type (`ALIYUN::ECS::VPC`) or one of its properties
/// (`ALIYUN::ECS::CustomImage.DiskDeviceMapping.DiskType`). `locale` (`zh_CN.UTF-8`, …) chooses the language of what is
/// said about the latter two.
///
/// # Errors
/// With a sentence for the user when there is no such thing.
pub fn explain(topic: &str, catalog: &Catalog, locale: &str) -> Result<String, String> {
    if let Some(rule) = rules::rule(topic) {
        return Ok(explain_rule(rule));
    }
    let (type_name, path) = topic.split_once('.').unwrap_or((topic, ""));
    if let Some(resource_type) = catalog.resource_type(type_name) {
        let briefs = catalog.briefs(type_name);
        let brief = briefs.as_ref().and_then(|briefs| briefs.get(path));
        let about = brief.map_or(String::new(), |brief| wrapped(brief.for_locale(locale)) + "\n");
        if path.is_empty() {
            return Ok(explain_type(&resource_type, &about));
        }
        return explain_property(&resource_type, path, &about);
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

fn explain_type(resource_type: &ResourceType, about: &str) -> String {
    let mut text = format!("{}\n{about}", resource_type.name);
    if resource_type.retired {
        text.push_str("Retired: only old documentation knows it.\n");
    }
    text.push_str("\nProperties (* required):\n");
    text.push_str(&property_table(&resource_type.properties));
    if !resource_type.attributes.is_empty() {
        let names: Vec<&str> = resource_type
            .attributes
            .iter()
            .map(|attribute| attribute.name.as_str())
            .collect();
        text.push_str(&format!(
            "\nAttributes (Fn::GetAtt):\n{}",
            indented(&wrapped(&names.join(", ")))
        ));
    }
    text
}

fn explain_property(resource_type: &ResourceType, path: &str, about: &str) -> Result<String, String> {
    let mut properties = &resource_type.properties;
    let mut found: Option<&Property> = None;
    for name in path.split('.') {
        let property = properties
            .iter()
            .find(|property| property.name == name)
            .ok_or_else(|| {
                let names: Vec<&str> = properties.iter().map(|property| property.name.as_str()).collect();
                let near = crate::catalog::suggest::nearest(name, names);
                let hint = near
                    .first()
                    .map_or(String::new(), |name| format!("; did you mean {name}?"));
                format!("{} has no property {name}{hint}", resource_type.name)
            })?;
        properties = &property.properties;
        found = Some(property);
    }
    let Some(property) = found else {
        return Err(format!("{} needs a property's name", resource_type.name));
    };
    let mut text = format!(
        "{}.{path}\n{about}{}\n",
        resource_type.name,
        facts(property, "\n")
    );
    if !property.properties.is_empty() {
        text.push_str("\nProperties (* required):\n");
        text.push_str(&property_table(&property.properties));
    }
    Ok(text)
}

fn property_table(properties: &[Property]) -> String {
    let mut sorted: Vec<&Property> = properties.iter().collect();
    sorted.sort_by_key(|property| (!property.required, property.name.as_str()));
    let width = sorted
        .iter()
        .map(|property| property.name.len())
        .max()
        .unwrap_or(0)
        + 1;
    sorted
        .iter()
        .map(|property| {
            let name = format!("{}{}", property.name, if property.required { "*" } else { "" });
            format!("  {name:width$}  {}\n", facts(property, "; "))
        })
        .collect()
}

/// Kind and constraints, one after the other.
fn facts(property: &Property, separator: &str) -> String {
    let kind = match (property.kind, property.item_kind) {
        (ValueKind::List, Some(item)) => format!("list of {}", item.name()),
        (kind, _) => kind.name().to_owned(),
    };
    let mut facts = vec![kind];
    if property.required && separator.contains('\n') {
        facts.push("required".into());
    }
    match property.editable {
        Some(true) => facts.push("an update changes it in place".into()),
        Some(false) => facts.push("can't be changed by an update".into()),
        None => {}
    }
    if !property.values.is_empty() {
        let values: Vec<&str> = property.values.iter().map(|value| value.value.as_str()).collect();
        facts.push(format!("one of {}", values.join(", ")));
    }
    if let Some(default) = &property.default {
        facts.push(format!("default {default}"));
    }
    if let Some(bounds) = bounds(property.min, property.max) {
        facts.push(bounds);
    }
    let lengths = bounds(
        property.min_length.map(f64::from),
        property.max_length.map(f64::from),
    );
    if let Some(bounds) = lengths {
        facts.push(format!(
            "{bounds} {}",
            if property.kind == ValueKind::List {
                "items"
            } else {
                "characters"
            }
        ));
    }
    if let Some(pattern) = &property.pattern {
        facts.push(format!("matches {pattern}"));
    }
    if property.retired {
        facts.push("retired".into());
    }
    facts.join(separator)
}

fn bounds(min: Option<f64>, max: Option<f64>) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) => Some(format!("{min} to {max}")),
        (Some(min), None) => Some(format!("{min} or more")),
        (None, Some(max)) => Some(format!("at most {max}")),
        (None, None) => None,
    }
}

fn indented(text: &str) -> String {
    text.trim_matches('\n')
        .lines()
        .map(|line| format!("    {line}").trim_end().to_owned() + "\n")
        .collect()
}

/// Lines of at most 88 characters.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 88 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out
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
        assert!(disk.is_ok_and(|text| text.contains("one of system, data")));
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
