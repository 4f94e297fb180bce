//! Facts mined from prose, English and Chinese: allowed values with their meanings, default, range, unit, length, and what
//! a property says about its neighbours.
//!
//! Pages and the CDK's doc strings use the same phrases, so both are read here. Rather no fact than a wrong one: whatever
//! holds under a condition, is said twice in different ways or is not understood to its end is left out.

mod bounds;
mod default;
mod hints;
mod items;
mod text;
mod values;

pub(super) use text::{link, plain};

use crate::catalog::{AllowedValue, Condition, Property, Source, ValueKind};

/// A regular expression that lives as long as the program.
macro_rules! pattern {
    ($name:ident, $text:expr) => {
        #[allow(clippy::unwrap_used)] // A constant that the tests compile.
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).unwrap());
    };
}
use pattern;

/// What a text states, whatever kind of value it is about.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// Allowed values, each with what the text says of it (empty: nothing).
    pub(super) values: Vec<(String, String)>,
    default: Option<String>,
    range: (Option<f64>, Option<f64>),
    unit: Option<String>,
    /// Characters of a text.
    length: (Option<u32>, Option<u32>),
    /// Items of a list.
    size: (Option<u32>, Option<u32>),
    required_if: Vec<Condition>,
    not_with: Vec<String>,
    bad_starts: Vec<String>,
}

/// Reads the documentation of the property called `name`.
pub(super) fn mine(name: &str, prose: &str) -> Facts {
    let lines = text::lines(prose);
    let sentences = text::sentences(&lines);
    let mut facts = Facts {
        default: default::stated(&sentences),
        range: bounds::range(&sentences),
        unit: bounds::unit(&sentences),
        length: bounds::length(&sentences),
        size: bounds::size(&sentences),
        required_if: hints::required_if(&sentences),
        not_with: hints::not_with(name, &sentences),
        bad_starts: hints::bad_starts(&sentences),
        values: Vec::new(),
    };
    if let Some(values) = values::listed(&lines) {
        facts.agree(values);
    }
    facts
}

/// What a text speaks of, whether or not the fact was understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mentions {
    pub(super) values: bool,
    pub(super) default: bool,
    pub(super) range: bool,
}

/// What the documentation of a property speaks of.
pub(super) fn mentions(prose: &str) -> Mentions {
    let lines = text::lines(prose);
    let sentences = text::sentences(&lines);
    Mentions {
        values: values::mentions(&lines),
        default: default::mentions(&sentences),
        range: bounds::mentions_range(&sentences),
    }
}

impl Facts {
    /// Takes the listed values, unless the default is none of them: then one of both is misread.
    fn agree(&mut self, values: Vec<items::Value>) {
        let marked = values
            .iter()
            .find(|value| value.default)
            .map(|value| value.word.clone());
        match (&self.default, marked) {
            (None, marked) => self.default = marked,
            (Some(default), marked) => {
                let same = |word: &String| word.eq_ignore_ascii_case(default);
                let listed = values.iter().find(|value| same(&value.word));
                if listed.is_none() || marked.is_some_and(|marked| !same(&marked)) {
                    self.default = None;
                    return;
                }
                self.default = listed.map(|value| value.word.clone());
            }
        }
        self.values = values
            .into_iter()
            .map(|value| (value.word, value.meaning))
            .collect();
    }

    /// Gives a property the facts that suit its kind.
    pub(super) fn complete(self, property: &mut Property, source: Source) {
        let kind = property.kind;
        let number = matches!(kind, ValueKind::Integer | ValueKind::Number);
        let scalar = number || matches!(kind, ValueKind::String | ValueKind::Any);
        let fits = |value: &str| match kind {
            ValueKind::Integer => value.parse::<i64>().is_ok(),
            ValueKind::Number => value.parse::<f64>().is_ok(),
            ValueKind::Boolean => matches!(value, "true" | "false" | "True" | "False"),
            ValueKind::String | ValueKind::Any => true,
            ValueKind::List | ValueKind::Map | ValueKind::Object => false,
        };
        let allowed = |values: Vec<(String, String)>| {
            values
                .into_iter()
                .map(|(value, _)| AllowedValue { value })
                .collect()
        };
        if scalar && self.values.iter().all(|(value, _)| fits(value)) {
            property.values = allowed(self.values);
            property.values_source = source;
        } else if kind == ValueKind::List
            && property.item_kind == Some(ValueKind::String)
            && !self.values.is_empty()
        {
            property.item = Some(Box::new(Property {
                name: property.name.clone(),
                kind: ValueKind::String,
                values: allowed(self.values),
                values_source: source,
                ..Property::default()
            }));
        }
        if number {
            (property.min, property.max) = self.range;
            property.range_source = source;
            property.unit = self.unit;
        }
        property.default = self
            .default
            .filter(|default| fits(default))
            .map(|default| match kind {
                ValueKind::Boolean => default.to_lowercase(),
                _ => default,
            });
        property.default_source = source;
        let default = property
            .default
            .as_deref()
            .and_then(|default| default.parse::<f64>().ok());
        let outside = |default: f64| {
            property.min.is_some_and(|min| default < min) || property.max.is_some_and(|max| default > max)
        };
        if number && default.is_some_and(outside) {
            (property.min, property.max) = (None, None);
        }
        match kind {
            ValueKind::String => {
                (property.min_length, property.max_length) = self.length;
                property.bad_starts = self.bad_starts;
            }
            ValueKind::List => (property.min_length, property.max_length) = self.size,
            _ => {}
        }
        property.length_source = source;
        // What has a default can be left out.
        if property.default.is_none() {
            property.required_if = self.required_if;
        }
        property.not_with = self.not_with;
    }
}

/// Drops what the properties say of neighbours that are not there.
pub(super) fn keep_known_neighbours(properties: &mut [Property]) {
    let names: Vec<String> = properties.iter().map(|property| property.name.clone()).collect();
    for property in properties {
        let own = property.name.clone();
        let known = |name: &String| *name != own && names.contains(name);
        property
            .required_if
            .retain(|condition| known(&condition.property));
        property.not_with.retain(known);
        // What is always required needs no condition.
        if property.required {
            property.required_if.clear();
        }
        keep_known_neighbours(&mut property.properties);
    }
}
