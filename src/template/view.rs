//! Typed views of section entries: resource, parameter, output, local, rule.

use super::call::Value;
use crate::syntax::{Entry, Node};
use std::borrow::Cow;

macro_rules! entry_view {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'t> {
            pub entry: Entry<'t>,
        }

        impl<'t> $name<'t> {
            /// The name it is declared under.
            pub fn name(self) -> Cow<'t, str> {
                self.entry.key.text().unwrap_or_default()
            }

            /// The value of one of its attributes.
            pub fn attribute(self, name: &str) -> Option<Node<'t>> {
                self.entry.value.get(name)
            }
        }
    };
}

entry_view!(
    /// An entry of `Resources`, or a resource written in another place of the same shape.
    Resource
);
entry_view!(
    /// An entry of `Parameters`.
    Parameter
);
entry_view!(
    /// An entry of `Outputs`.
    Output
);
entry_view!(
    /// An entry of `Locals`.
    Local
);
entry_view!(
    /// An entry of `Rules`.
    Rule
);

impl<'t> Resource<'t> {
    /// The text of `Type`.
    pub fn type_name(self) -> Option<Cow<'t, str>> {
        let value = Value::from(self.attribute("Type")?);
        if value.is_null() { None } else { value.literal() }
    }

    /// Whether it is an ECS instance, or a group of them, with a public address of its own: `AllocatePublicIP` is true where
    /// nothing is said, and does nothing without outbound bandwidth. `false` where a function decides.
    pub fn has_public_address(self) -> bool {
        const TYPES: [&str; 2] = ["ALIYUN::ECS::Instance", "ALIYUN::ECS::InstanceGroup"];
        let of_type = self.type_name().is_some_and(|name| TYPES.contains(&&*name));
        if !of_type {
            return false;
        }
        let literal = |name: &str| {
            let node = self.properties().and_then(|properties| properties.get(name))?;
            Some(Value::from(node).literal().unwrap_or_default().to_lowercase())
        };
        let allocated = literal("AllocatePublicIP")
            .is_none_or(|text| matches!(text.as_str(), "true" | "yes" | "on" | "1"));
        allocated && literal("InternetMaxBandwidthOut").is_none_or(|text| text != "0")
    }

    pub fn properties(self) -> Option<Node<'t>> {
        self.attribute("Properties")
    }

    /// The names in `DependsOn`, one or a list.
    pub fn depends_on(self) -> Vec<Value<'t>> {
        match self.attribute("DependsOn") {
            Some(node) if node.is_sequence() => node.items().map(Value::from).collect(),
            Some(node) => vec![node.into()],
            None => Vec::new(),
        }
    }

    /// The template inside a nested stack: `TemplateBody` written as a map. The parent doesn't resolve functions in it.
    pub fn nested_template(self) -> Option<Node<'t>> {
        let type_name = self.type_name()?;
        if !matches!(&*type_name, "ALIYUN::ROS::Stack" | "ALIYUN::ROS::StackGroup") {
            return None;
        }
        let body = self.properties()?.get("TemplateBody")?;
        (body.is_mapping() && Value::from(body).call().is_none()).then_some(body)
    }
}

impl<'t> Parameter<'t> {
    /// The text of `Type`.
    pub fn type_name(self) -> Option<Cow<'t, str>> {
        let value = Value::from(self.attribute("Type")?);
        if value.is_null() { None } else { value.literal() }
    }
}

impl<'t> Local<'t> {
    /// The text of `Type`; `Macro` where there is none.
    pub fn type_name(self) -> Cow<'t, str> {
        self.attribute("Type")
            .and_then(|node| Value::from(node).literal())
            .unwrap_or(Cow::Borrowed("Macro"))
    }

    /// A local that queries a data source: it has attributes.
    pub fn is_data_source(self) -> bool {
        self.type_name().starts_with("DATASOURCE::")
    }
}

impl<'t> Rule<'t> {
    /// The assertions: a list of maps, or one map.
    pub fn assertions(self) -> Vec<Node<'t>> {
        match self.attribute("Assertions") {
            Some(node) if node.is_sequence() => node.items().collect(),
            Some(node) if node.is_mapping() => vec![node],
            _ => Vec::new(),
        }
    }
}
