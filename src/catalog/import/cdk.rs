//! Facts from the CDK's generated JavaScript: what its validators enforce and its mappers name.
//!
//! The text is generated and perfectly regular, so it is read line by line: a validator function states kinds, required
//! properties and bounds under JavaScript names; a mapper function gives the template's names; a class gives type name and
//! attributes. Anything unexpected is an error, not a guess.

use super::{Described, assembly::Docs};
use crate::catalog::prose::{PropertyProse, TypeProse};
use crate::catalog::{AllowedValue, Attribute, Property, ResourceType, ValueKind};
use std::collections::{BTreeMap, HashMap};

/// The resource types that a generated module describes, sorted by name, with what `docs` says of them.
///
/// # Errors
/// With the line when a line is not of the expected form.
pub fn resource_types(module: &str, docs: &Docs) -> Result<Vec<Described>, String> {
    let read = Module::read(module)?;
    let mut types = Vec::new();
    for (class, type_name) in &read.type_names {
        let namespace = match type_name.starts_with("DATASOURCE::") {
            true => "datasource.",
            false => "",
        };
        let mut walk = Walk {
            module: &read,
            docs,
            namespace,
            path: Vec::new(),
            prose: TypeProse::default(),
        };
        let map = format!("ros{class}PropsToRosTemplate");
        let properties = walk.properties(&format!("Ros{class}Props"), &map)?;
        let mut attributes: Vec<Attribute> = read.attributes.get(class).cloned().unwrap_or_default();
        attributes.sort_by(|a, b| a.name.cmp(&b.name));
        attributes.dedup();
        let mut prose = walk.prose;
        let class = format!("{namespace}Ros{class}");
        prose.description = docs.class(&class).to_owned();
        for attribute in &attributes {
            let text = docs.attribute(&class, &attribute.name);
            if !text.is_empty() {
                prose.attributes.insert(attribute.name.clone(), text.to_owned());
            }
        }
        let facts = ResourceType {
            name: type_name.clone(),
            properties,
            attributes,
            ..ResourceType::default()
        };
        types.push(Described { facts, prose });
    }
    types.sort_by(|a, b| a.facts.name.cmp(&b.facts.name));
    Ok(types)
}

/// What the functions and classes of a module say.
#[derive(Default)]
struct Module {
    /// Validator function → JavaScript name → facts.
    validators: HashMap<String, BTreeMap<String, Facts>>,
    /// Mapper function → (template name, JavaScript name, mapper of the value).
    mappers: HashMap<String, Vec<(String, String, String)>>,
    /// Class → type name.
    type_names: BTreeMap<String, String>,
    /// Class → attributes.
    attributes: HashMap<String, Vec<Attribute>>,
}

/// What a validator says of one property.
#[derive(Clone, Debug, Default)]
struct Facts {
    required: bool,
    /// The expression that checks the value's kind.
    kind: String,
    values: Vec<AllowedValue>,
    min: Option<f64>,
    max: Option<f64>,
    min_length: Option<u32>,
    max_length: Option<u32>,
    pattern: Option<String>,
}

impl Module {
    fn read(text: &str) -> Result<Module, String> {
        let mut module = Module::default();
        let mut validator = String::new();
        let mut mapper = String::new();
        let mut class = String::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            if let Some(rest) = line.strip_prefix("function ") {
                let name = rest.split('(').next().unwrap_or_default().to_owned();
                (validator, mapper) = match name.ends_with("Validator") {
                    true => (name, String::new()),
                    false => (String::new(), name),
                };
            } else if let Some(rest) = line.strip_prefix("class ") {
                let name = rest.split(' ').next().unwrap_or_default();
                class = name.strip_prefix("Ros").unwrap_or(name).to_owned();
                validator.clear();
                mapper.clear();
            } else if let Some((name, type_name)) = line.split_once(".ROS_RESOURCE_TYPE_NAME = \"") {
                let name = name.strip_prefix("Ros").unwrap_or(name);
                module
                    .type_names
                    .insert(name.to_owned(), type_name.trim_end_matches("\";").to_owned());
            } else if let Some((_, name)) = line.split_once("this.getAtt('") {
                let name = name.split('\'').next().unwrap_or_default().to_owned();
                module
                    .attributes
                    .entry(class.clone())
                    .or_default()
                    .push(Attribute {
                        name,
                        ..Attribute::default()
                    });
            } else if !validator.is_empty()
                && let Some((_, rest)) = line.split_once("ros.propertyValidator('")
            {
                let (name, rest) = rest.split_once("', ").ok_or(line)?;
                let facts = module
                    .validators
                    .entry(validator.clone())
                    .or_default()
                    .entry(name.to_owned())
                    .or_default();
                match rest.split_once(")({") {
                    Some((check, _)) => facts.bounds(check, &mut lines)?,
                    None => facts.kind_or_required(rest.split_once(")(properties").ok_or(line)?.0),
                }
            } else if !mapper.is_empty()
                && let Some((name, value)) = line
                    .trim_start()
                    .strip_prefix('\'')
                    .and_then(|rest| rest.split_once("': "))
            {
                let (map, js) = value.split_once("(properties.").ok_or(line)?;
                let js = js.trim_end_matches([')', ',']);
                module
                    .mappers
                    .entry(mapper.clone())
                    .or_default()
                    .push((name.into(), js.into(), map.into()));
            }
        }
        Ok(module)
    }
}

/// The way down one type's properties: facts come out, doc strings are collected.
struct Walk<'m> {
    module: &'m Module,
    docs: &'m Docs,
    /// Of the classes and interfaces in the package's API.
    namespace: &'static str,
    path: Vec<String>,
    prose: TypeProse,
}

impl Walk<'_> {
    /// The properties of an interface of the API (`RosThingProps`, `RosThing_PartsProperty`).
    fn properties(&mut self, interface: &str, mapper: &str) -> Result<Vec<Property>, String> {
        if self.path.len() > 12 {
            return Err(format!("{interface} is nested in itself"));
        }
        let module = self.module;
        let empty = BTreeMap::new();
        let facts = module
            .validators
            .get(&format!("{interface}Validator"))
            .unwrap_or(&empty);
        let mut properties = Vec::new();
        for (name, js, map) in module.mappers.get(mapper).map(Vec::as_slice).unwrap_or_default() {
            let facts = facts
                .get(js)
                .ok_or_else(|| format!("{interface} says nothing of {js}"))?;
            self.path.push(name.clone());
            self.describe(interface, js);
            properties.push(self.property(name, facts, map)?);
            self.path.pop();
        }
        Ok(properties)
    }

    fn describe(&mut self, interface: &str, js: &str) {
        let interface = format!("{}{}", self.namespace, interface.replacen('_', ".", 1));
        let description = self.docs.property(&interface, js).to_owned();
        if !description.is_empty() {
            let prose = PropertyProse {
                description,
                ..PropertyProse::default()
            };
            self.prose.properties.insert(self.path.join("."), prose);
        }
    }

    fn property(&mut self, name: &str, facts: &Facts, map: &str) -> Result<Property, String> {
        let mut property = Property {
            name: name.to_owned(),
            required: facts.required,
            values: facts.values.clone(),
            min: facts.min,
            max: facts.max,
            min_length: facts.min_length,
            max_length: facts.max_length,
            pattern: facts.pattern.clone(),
            ..Property::default()
        };
        let kind = facts.kind.as_str();
        let list = kind
            .strip_prefix("ros.listValidator(")
            .map(|inner| inner.trim_end_matches(')'));
        let inner = list.unwrap_or(kind);
        let own = match inner {
            "ros.validateString" => ValueKind::String,
            "ros.validateNumber" => ValueKind::Number,
            "ros.validateBoolean" => ValueKind::Boolean,
            "ros.validateAny" => ValueKind::Any,
            "ros.validateAnyDict" => ValueKind::Map,
            "ros.hashValidator(ros.validateAny" | "ros.hashValidator(ros.validateAny)" => ValueKind::Map,
            "ros.validateRosTag" => {
                property.properties = tag();
                ValueKind::Object
            }
            nested if nested.ends_with("PropertyValidator") => {
                let interface = nested.trim_end_matches("Validator");
                let map = map
                    .strip_prefix("ros.listMapper(")
                    .unwrap_or(map)
                    .trim_end_matches(')');
                property.properties = self.properties(interface, map)?;
                if property.properties.is_empty() {
                    ValueKind::Map
                } else {
                    ValueKind::Object
                }
            }
            other => return Err(format!("{name}: unknown check {other}")),
        };
        if list.is_some() {
            property.kind = ValueKind::List;
            property.item_kind = Some(own);
        } else {
            property.kind = own;
        }
        Ok(property)
    }
}

impl Facts {
    fn kind_or_required(&mut self, check: &str) {
        if check == "ros.requiredValidator" {
            self.required = true;
        } else {
            self.kind = check.to_owned();
        }
    }

    /// The lines of a bound, up to its closing brace.
    fn bounds<'t>(&mut self, check: &str, lines: &mut impl Iterator<Item = &'t str>) -> Result<(), String> {
        for line in lines {
            let line = line.trim().trim_end_matches(',');
            if line.starts_with('}') {
                return Ok(());
            }
            let (key, value) = line.split_once(": ").ok_or(line)?;
            match (check, key) {
                (_, "data") => {}
                ("ros.validateAllowedValues", "allowedValues") => {
                    let values: Vec<serde_json::Value> =
                        serde_json::from_str(value).map_err(|error| format!("{line}: {error}"))?;
                    self.values = values
                        .iter()
                        .map(|value| AllowedValue {
                            value: text_of(value),
                        })
                        .collect();
                }
                ("ros.validateRange", "min") => self.min = value.parse().ok(),
                ("ros.validateRange", "max") => self.max = value.parse().ok(),
                ("ros.validateLength", "min") => self.min_length = value.parse().ok(),
                ("ros.validateLength", "max") => self.max_length = value.parse().ok(),
                ("ros.validateAllowedPattern", "reg") => {
                    let pattern = value
                        .strip_prefix('/')
                        .and_then(|pattern| pattern.rsplit_once('/'))
                        .ok_or(line)?
                        .0;
                    self.pattern = Some(pattern.replace("\\/", "/"));
                }
                _ => return Err(format!("{check}: {line}")),
            }
        }
        Ok(())
    }
}

/// A value as it is written in a template, without quotes.
fn text_of(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The common tag of resources, which the CDK's core describes by hand.
fn tag() -> Vec<Property> {
    let part = |name: &str, required| Property {
        name: name.into(),
        kind: ValueKind::String,
        required,
        ..Property::default()
    };
    vec![part("Key", true), part("Value", false)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: &str = r#"
function RosThingPropsValidator(properties) {
    errors.collect(ros.propertyValidator('size', ros.requiredValidator)(properties.size));
    if (properties.size && (typeof properties.size) !== 'object') {
        errors.collect(ros.propertyValidator('size', ros.validateRange)({
            data: properties.size,
            min: 5,
            max: undefined,
        }));
    }
    errors.collect(ros.propertyValidator('size', ros.validateNumber)(properties.size));
    errors.collect(ros.propertyValidator('parts', ros.listValidator(RosThing_PartsPropertyValidator))(properties.parts));
}
function rosThingPropsToRosTemplate(properties, enable) {
    return {
        'Parts': ros.listMapper(rosThingPartsPropertyToRosTemplate)(properties.parts),
        'Size': ros.numberToRosTemplate(properties.size),
    };
}
class RosThing extends ros.RosResource {
        this.attrArn = this.getAtt('ARN.WithSlash');
}
RosThing.ROS_RESOURCE_TYPE_NAME = "ALIYUN::X::Thing";
function RosThing_PartsPropertyValidator(properties) {
    if (properties.kind && (typeof properties.kind) !== 'object') {
        errors.collect(ros.propertyValidator('kind', ros.validateAllowedValues)({
            data: properties.kind,
            allowedValues: ["a", "b"],
        }));
    }
    errors.collect(ros.propertyValidator('kind', ros.validateString)(properties.kind));
}
function rosThingPartsPropertyToRosTemplate(properties) {
    return {
        'Kind': ros.stringToRosTemplate(properties.kind),
    };
}
"#;

    #[test]
    fn reads_names_kinds_bounds_and_nesting() {
        let types = resource_types(MODULE, &Docs::default()).expect("the module is regular");
        let [Described { facts: thing, .. }] = &types[..] else {
            panic!("one type")
        };
        assert_eq!(thing.name, "ALIYUN::X::Thing");
        assert_eq!(thing.attributes[0].name, "ARN.WithSlash");
        let size = thing.property("Size").expect("a size");
        assert_eq!(
            (size.kind, size.required, size.min, size.max),
            (ValueKind::Number, true, Some(5.0), None)
        );
        let parts = thing.property("Parts").expect("parts");
        assert_eq!(
            (parts.kind, parts.item_kind),
            (ValueKind::List, Some(ValueKind::Object))
        );
        let kind = parts.property("Kind").expect("a kind");
        assert_eq!(
            kind.values
                .iter()
                .map(|value| value.value.as_str())
                .collect::<Vec<_>>(),
            ["a", "b"]
        );
    }

    #[test]
    fn doc_strings_stand_at_the_names_of_templates() {
        let docs = r#"{"name": "x", "types": {
            "x.RosThingProps": {"kind": "interface", "properties": [
                {"name": "size", "docs": {"custom": {"Property": "size: How big. Default value: 7."}}}]},
            "x.RosThing": {"kind": "class", "docs": {"summary": "The ROS resource type `ALIYUN::X::Thing`, which is used to make one."},
                "properties": [{"name": "attrArn", "docs": {"custom": {"Attribute": "ARN.WithSlash: the name"}}}]},
            "x.RosThing.PartsProperty": {"kind": "interface", "properties": [
                {"name": "kind", "docs": {"custom": {"Property": "kind: The kind. Valid values:\na: one\nb: two"}}}]}}}"#;
        let docs = Docs::read(docs).expect("JSON");
        let mut types = resource_types(MODULE, &docs).expect("the module is regular");
        let thing = &mut types[0];
        assert_eq!(thing.prose.description, "Is used to make one.");
        assert_eq!(thing.prose.attributes["ARN.WithSlash"], "the name");
        let mined = thing.mined(crate::catalog::Source::CdkDoc);
        assert_eq!(
            mined.property("Size").and_then(|size| size.default.as_deref()),
            Some("7")
        );
        let kind = &thing.prose.properties["Parts.Kind"];
        assert_eq!(kind.meaning("b"), Some("two"));
    }

    #[test]
    fn an_unknown_check_is_an_error() {
        let odd = MODULE.replace("ros.validateNumber)(", "ros.validateMoon)(");
        assert!(resource_types(&odd, &Docs::default()).is_err_and(|error| error.contains("validateMoon")));
    }
}
