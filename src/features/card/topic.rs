//! What a proposal stands for in the catalog, so that the words about it can be looked up when somebody looks at it.

use super::layout::Card;
use super::resource::{page_url, property_facts};
use super::{prose, words};
use crate::features::library::Library;
use serde::{Deserialize, Serialize};

/// A resource type, or something of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Topic {
    resource_type: String,
    #[serde(flatten)]
    part: Part,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Part {
    /// The way down from the type, with dots; empty for the type itself.
    Property(String),
    Value {
        path: String,
        value: String,
    },
    Attribute(String),
}

impl Topic {
    /// A type, or a property by the type and the names down to it: `TYPE.A.B`.
    pub(crate) fn of(dotted: &str) -> Topic {
        let (resource_type, path) = dotted.split_once('.').unwrap_or((dotted, ""));
        Topic {
            resource_type: resource_type.to_owned(),
            part: Part::Property(path.to_owned()),
        }
    }

    /// A value of such a property.
    pub(crate) fn value(dotted: &str, value: &str) -> Topic {
        let (resource_type, path) = dotted.split_once('.').unwrap_or((dotted, ""));
        Topic {
            resource_type: resource_type.to_owned(),
            part: Part::Value {
                path: path.to_owned(),
                value: value.to_owned(),
            },
        }
    }

    pub(crate) fn attribute(resource_type: &str, name: &str) -> Topic {
        Topic {
            resource_type: resource_type.to_owned(),
            part: Part::Attribute(name.to_owned()),
        }
    }

    /// Whether it is one of the more than a thousand types: too many to look all of them up at once.
    pub(crate) fn is_type(&self) -> bool {
        matches!(&self.part, Part::Property(path) if path.is_empty())
    }
}

/// Words and facts about a topic, without a title; `None` where there is nothing to say.
pub(crate) fn about(library: Library<'_>, topic: &Topic) -> Option<String> {
    let name = &topic.resource_type;
    let text = match &topic.part {
        Part::Attribute(attribute) => prose::attribute(library, name, attribute)?,
        Part::Value { path, value } => prose::meaning(library, name, path, value)?,
        Part::Property(path) if path.is_empty() => of_type(library, name)?,
        Part::Property(path) => {
            let known = library.catalog.resource_type(name)?;
            let mut names = path.split('.');
            let mut property = known.property(names.next()?)?;
            for name in names {
                property = property.property(name)?;
            }
            let above = path.rsplit_once('.').map(|(above, _)| format!("{name}.{above}"));
            property_facts(library, property, above.as_deref().unwrap_or(name))
        }
    };
    (!text.is_empty()).then_some(text)
}

/// What it is and what it needs.
fn of_type(library: Library<'_>, name: &str) -> Option<String> {
    let known = library.catalog.resource_type(name)?;
    let mut card = Card::untitled(library);
    card.text(&prose::description(library, name, "").unwrap_or_default());
    let required = known.properties.iter().filter(|property| property.required);
    card.names(
        library.doc(words::REQUIRED_NAMES),
        required.map(|property| property.name.as_str()),
    );
    if let Some(url) = page_url(library, &known) {
        card.below(format!("[{}]({url})", library.doc(words::DOCUMENTATION)));
    }
    Some(card.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::config::Locale;

    #[test]
    fn a_topic_survives_the_way_to_the_client_and_back() {
        let topics = [
            Topic::of("ALIYUN::ECS::VPC"),
            Topic::of("ALIYUN::ECS::Instance.DiskMappings.Size"),
            Topic::value("ALIYUN::ECS::Disk.Category", "cloud"),
            Topic::attribute("ALIYUN::ROS::Stack", "Outputs.A"),
        ];
        for topic in topics {
            let data = serde_json::to_value(&topic).expect("plain data");
            assert_eq!(serde_json::from_value::<Topic>(data).expect("the same"), topic);
        }
    }

    #[test]
    fn types_and_properties() {
        let library = Library {
            catalog: Catalog::embedded(),
            locale: Locale::En,
        };
        let about = |topic: Topic| about(library, &topic).unwrap_or_default();
        let switch = about(Topic::of("ALIYUN::ECS::VSwitch"));
        assert!(
            switch.contains("- Required: ") && switch.contains("`VpcId`"),
            "{switch}"
        );
        let size = about(Topic::of("ALIYUN::ECS::CustomImage.DiskDeviceMapping.DiskType"));
        assert!(size.contains("- Values: `system`, `data`"), "{size}");
        assert_eq!(about(Topic::of("ALIYUN::ECS::Nothing.Size")), "");
        assert!(Topic::of("ALIYUN::ECS::VPC").is_type() && !Topic::of("A::B::C.D").is_type());
    }
}
