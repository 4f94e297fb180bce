//! Where faults can be put: known properties at every depth, attributes of entries, calls, values of outputs.

use super::case::{Case, Mutation};
use ros_lsp::catalog::{Catalog, Property, ResourceType, ValueKind};
use ros_lsp::syntax::{Entry, Node};
use ros_lsp::template::{Call, Value};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

/// A property that the catalog knows, given in a template.
#[derive(Clone, Copy)]
pub(crate) struct Given<'c> {
    pub(crate) entry: Entry<'c>,
    pub(crate) property: &'static Property,
    /// The map it stands in, and the key that this map belongs to.
    pub(crate) mapping: Node<'c>,
    pub(crate) owner: Entry<'c>,
    pub(crate) resource: Entry<'c>,
    pub(crate) resource_type: &'static ResourceType,
    /// What the map may contain.
    pub(crate) siblings: &'static [Property],
    /// Directly under `Properties`.
    pub(crate) top: bool,
}

/// A type of the catalog, kept for the run of the test.
pub(crate) fn resource_type(name: &str) -> Option<&'static ResourceType> {
    type Known = Mutex<HashMap<String, Option<&'static ResourceType>>>;
    static KNOWN: LazyLock<Known> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().expect("no test panics while it holds this");
    *known.entry(name.to_owned()).or_insert_with(|| {
        let found = Catalog::embedded().resource_type(name)?;
        let kept: &'static ResourceType = Box::leak(Box::new((*found).clone()));
        Some(kept)
    })
}

impl Case {
    /// Entries of `Resources` that are maps.
    pub(crate) fn resources(&self) -> Vec<Entry<'_>> {
        self.entries("Resources")
    }

    /// Entries of a section that are maps.
    pub(crate) fn entries(&self, section: &str) -> Vec<Entry<'_>> {
        let all = self.root().get(section).into_iter().flat_map(Node::entries);
        all.filter(|entry| entry.value.is_mapping() && call(entry.value).is_none())
            .collect()
    }

    /// The attribute of each entry of a section, with the entry.
    pub(crate) fn attributes(&self, section: &str, attribute: &str) -> Vec<(Entry<'_>, Entry<'_>)> {
        let all = self.entries(section).into_iter();
        all.filter_map(|entry| Some((entry, entry.value.entry(attribute)?)))
            .collect()
    }

    /// Parameters of one of the types.
    pub(crate) fn parameters(&self, types: &[&str]) -> Vec<Entry<'_>> {
        let is = |entry: &Entry<'_>| literal(entry.value.get("Type")).is_some_and(|of| types.contains(&&*of));
        self.entries("Parameters").into_iter().filter(is).collect()
    }

    /// All known properties in the template.
    pub(crate) fn given(&self) -> Vec<Given<'_>> {
        let mut all = Vec::new();
        for resource in self.resources() {
            let Some(resource_type) =
                literal(resource.value.get("Type")).and_then(|name| resource_type(&name))
            else {
                continue;
            };
            if let Some(owner) = resource.value.entry("Properties") {
                let around = Around {
                    owner,
                    resource,
                    resource_type,
                    top: true,
                };
                walk(around, owner.value, &resource_type.properties, &mut all);
            }
        }
        all
    }

    /// Those of a kind whose value is written out, not computed.
    pub(crate) fn literal(&self, kinds: &[ValueKind]) -> Vec<Given<'_>> {
        let mut all = self.given();
        all.retain(|given| kinds.contains(&given.property.kind) && is_written_out(given.entry.value));
        all
    }

    /// All calls of a function outside of `Metadata` and `Rules`.
    pub(crate) fn calls(&self, function: &str) -> Vec<Call<'_>> {
        let mut all = Vec::new();
        for section in ["Resources", "Outputs", "Conditions"] {
            for entry in self.root().get(section).into_iter().flat_map(Node::entries) {
                // What stands in a nested template has other names around it.
                let nested =
                    literal(entry.value.get("Type")).is_some_and(|of| of.starts_with("ALIYUN::ROS::"));
                if !nested {
                    collect(Value::from(entry.value), &mut all);
                }
            }
        }
        all.retain(|call| call.is(function));
        all
    }

    /// The call's literal argument replaced by what `change` makes of it.
    pub(crate) fn changed_argument(
        &self,
        call: &Call<'_>,
        change: impl Fn(&str) -> String,
    ) -> Option<Mutation> {
        let text = call.argument.literal()?;
        let content = call.argument.node.content_range().as_usize();
        // Texts over several lines are not written as they read.
        (self.text.get(content.clone())? == text).then(|| self.replace(content, &change(&text)))
    }

    /// The expression, written as JSON, as the value of each output, and of a new one.
    pub(crate) fn as_output(&self, json: &str) -> Vec<Mutation> {
        if self.is_terraform() {
            return Vec::new();
        }
        let values = self.attributes("Outputs", "Value");
        let mut all: Vec<_> = values
            .into_iter()
            .map(|(_, value)| self.set(value, json))
            .collect();
        all.extend(self.insert_into("Outputs", "FaultyOutput", &format!("{{\"Value\": {json}}}")));
        all
    }

    /// The expression, written as JSON, as a new condition.
    pub(crate) fn as_condition(&self, json: &str) -> Vec<Mutation> {
        self.insert_into("Conditions", "FaultyCondition", json)
            .into_iter()
            .collect()
    }

    /// The expression, written as JSON, as the value of each property that takes a text.
    pub(crate) fn as_property(&self, json: &str) -> Vec<Mutation> {
        let plain = |given: &Given<'_>| given.top && given.property.kind == ValueKind::String;
        let given = self.given().into_iter().filter(plain);
        given.map(|given| self.set(given.entry, json)).collect()
    }
}

impl<'c> Given<'c> {
    /// The lines on which something missing in the property's map may be told.
    pub(crate) fn blame_map(&self, mutation: Mutation) -> Mutation {
        let mutation = blame_resource(mutation, self.resource)
            .blaming(self.owner.key)
            .blaming_start(self.mapping);
        match self.mapping.entries().find(|entry| entry.key != self.entry.key) {
            Some(first) => mutation.blaming_start(first.key),
            None => mutation,
        }
    }
}

/// The lines on which something missing in a resource may be told: its name, `Type`, `Properties`.
pub(crate) fn blame_resource(mutation: Mutation, resource: Entry<'_>) -> Mutation {
    let mut mutation = mutation.blaming(resource.key);
    for name in ["Type", "Properties"] {
        if let Some(entry) = resource.value.entry(name) {
            mutation = mutation.blaming(entry.key);
        }
    }
    mutation
}

pub(crate) fn call(node: Node<'_>) -> Option<Call<'_>> {
    Value::from(node).call()
}

/// The text of a scalar that is no call.
pub(crate) fn literal(node: Option<Node<'_>>) -> Option<String> {
    Value::from(node?).literal().map(|text| text.into_owned())
}

pub(crate) fn is_written_out(node: Node<'_>) -> bool {
    call(node).is_none() && !node.is_empty() && !Value::from(node).is_null() && node.tag().is_none()
}

#[derive(Clone, Copy)]
struct Around<'c> {
    owner: Entry<'c>,
    resource: Entry<'c>,
    resource_type: &'static ResourceType,
    top: bool,
}

fn walk<'c>(around: Around<'c>, mapping: Node<'c>, known: &'static [Property], all: &mut Vec<Given<'c>>) {
    if !mapping.is_mapping() || call(mapping).is_some() {
        return;
    }
    for entry in mapping.entries() {
        let Some(name) = entry.key.text() else { continue };
        let Some(property) = known.iter().find(|property| property.name == *name) else {
            continue;
        };
        if property.retired {
            continue;
        }
        all.push(Given {
            entry,
            property,
            mapping,
            owner: around.owner,
            resource: around.resource,
            resource_type: around.resource_type,
            siblings: known,
            top: around.top,
        });
        let inside = Around {
            owner: entry,
            top: false,
            ..around
        };
        if property.properties.is_empty() {
            continue;
        }
        match property.kind {
            ValueKind::Object => walk(inside, entry.value, &property.properties, all),
            ValueKind::List => {
                for item in entry.value.items() {
                    walk(inside, item, &property.properties, all);
                }
            }
            _ => {}
        }
    }
}

fn collect<'c>(value: Value<'c>, all: &mut Vec<Call<'c>>) {
    if let Some(call) = value.call() {
        let argument = call.argument;
        all.push(call);
        return collect(argument, all);
    }
    for entry in value.entries() {
        collect(entry.value.into(), all);
    }
    for item in value.items() {
        collect(item, all);
    }
}
