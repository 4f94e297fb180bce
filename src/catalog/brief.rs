//! Briefs: one line about a resource type or property, in English and in Chinese, in our own words.
//!
//! They stand in `briefs/<product>.json` and are what a hover says while the documentation itself is not at hand.

use serde_json::Value;
use std::collections::BTreeMap;

/// One line of plain text in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brief {
    pub en: String,
    pub zh: String,
}

impl Brief {
    /// The text for a locale such as `zh-CN` or `en_US.UTF-8`: Chinese for any `zh`, English for all others.
    pub fn for_locale(&self, locale: &str) -> &str {
        match locale.get(..2) {
            Some(language) if language.eq_ignore_ascii_case("zh") => &self.zh,
            _ => &self.en,
        }
    }
}

/// The briefs of a resource type and of its properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Briefs {
    own: Brief,
    /// By path: the names of the properties on the way, joined by dots.
    properties: BTreeMap<String, Brief>,
}

impl Briefs {
    /// The brief of the property at `path`, or that of the type itself for an empty path.
    pub fn get(&self, path: &str) -> Option<&Brief> {
        match path {
            "" => Some(&self.own).filter(|own| !own.en.is_empty()),
            _ => self.properties.get(path),
        }
    }

    /// The paths of the properties that have a brief.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.properties.keys().map(String::as_str)
    }

    pub(super) fn from_json(_name: &str, record: &Value) -> Self {
        let properties = record.get("properties").and_then(Value::as_object);
        let properties = properties.into_iter().flatten();
        Briefs {
            own: brief(record),
            properties: properties
                .map(|(path, texts)| (path.clone(), brief(texts)))
                .collect(),
        }
    }
}

fn brief(texts: &Value) -> Brief {
    let text = |language: &str| {
        let text = texts.get(language).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    Brief {
        en: text("en"),
        zh: text("zh"),
    }
}
