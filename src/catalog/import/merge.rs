//! What several sources say of a type, as one: the more binding source wins, the others complete it.
//!
//! The order is: what the CDK enforces, what its doc strings say, what a page says. Where two sources disagree, the
//! decision is noted with its rule. Where the better source speaks of a fact in words that are not understood, the other's
//! plainer words are not taken for it.

use super::Described;
use super::mine::{Mentions, mentions};
use crate::catalog::prose::TypeProse;
use crate::catalog::{AllowedValue, Property, ResourceType, Source, ValueKind};

/// Two sources disagree about a fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// Type and path: `ALIYUN::ECS::Disk.Category`.
    pub place: String,
    /// `values`, `default`, `range` …
    pub fact: &'static str,
    /// The rule that decided.
    pub rule: &'static str,
    /// Source and what it says, as text.
    pub kept: (&'static str, String),
    pub dropped: (&'static str, String),
}

const RANK: &str = "enforced before doc string before page";
const SPELLING: &str = "the same words: a page's upper and lower case counts";
const WITHIN: &str = "a default is one of the allowed values";
const CASES: &str = "no range where a page has one for each of several cases";
const CURRENT: &str = "the CDK is newer than the pages";

/// Completes `base` with the facts of `other`, a less binding source. Without `base` the type is known from the other
/// alone. The prose of the base stays.
pub fn merge(base: Option<Described>, other: &Described, conflicts: &mut Vec<Conflict>) -> Described {
    let facts = other.facts.clone();
    let Some(mut merged) = base else {
        // Types of a transform are expanded into others and so are in no CDK.
        let retired = facts.name.starts_with("ALIYUN::") || facts.name.starts_with("DATASOURCE::");
        return Described {
            facts: ResourceType { retired, ..facts },
            prose: TypeProse::default(),
        };
    };
    let mut merger = Merger {
        type_name: facts.name,
        path: Vec::new(),
        said: &merged.prose,
        other_said: &other.prose,
        conflicts,
    };
    merger.properties(&mut merged.facts.properties, facts.properties);
    merged
}

/// A property that only the less binding source has: known, and never asked for.
fn retired(property: Property) -> Property {
    Property {
        retired: true,
        required: false,
        properties: property
            .properties
            .into_iter()
            .map(|nested| Property {
                required: false,
                ..nested
            })
            .collect(),
        ..property
    }
}

/// The merging of one type.
struct Merger<'m> {
    type_name: String,
    /// The names from the type down to the property at hand.
    path: Vec<String>,
    said: &'m TypeProse,
    other_said: &'m TypeProse,
    conflicts: &'m mut Vec<Conflict>,
}

impl Merger<'_> {
    fn properties(&mut self, base: &mut Vec<Property>, other: Vec<Property>) {
        for documented in other {
            self.path.push(documented.name.clone());
            match base.iter_mut().find(|property| property.name == documented.name) {
                Some(property) => self.complete(property, documented),
                None => base.push(retired(documented)),
            }
            self.path.pop();
        }
    }

    /// What one of the sources speaks of in the documentation of the property at hand.
    fn mentions(&self, prose: &TypeProse) -> Mentions {
        let said = prose.properties.get(&self.path.join("."));
        said.map_or_else(Mentions::default, |said| {
            mentions(&format!("{}\n\n{}", said.constraint, said.description))
        })
    }

    fn complete(&mut self, property: &mut Property, mut other: Property) {
        let said = self.mentions(self.said);
        if other.default_source == Source::Page && said.default && property.default.is_none() {
            other.default = None;
        }
        // The one value of an old page is likely to have got company.
        let stale = other.values.len() == 1 || (said.values && property.values.is_empty());
        if other.values_source == Source::Page && stale {
            other.values.clear();
        }
        if other.range_source == Source::Page
            && said.range
            && property.min.is_none()
            && property.max.is_none()
        {
            (other.min, other.max) = (None, None);
        }
        // The CDK has one kind of number.
        if property.kind == ValueKind::Number && other.kind == ValueKind::Integer {
            property.kind = ValueKind::Integer;
        }
        self.compare_shape(property, &other);
        property.editable = property.editable.or(other.editable);
        let number = matches!(property.kind, ValueKind::Integer | ValueKind::Number);
        if number || matches!(property.kind, ValueKind::String | ValueKind::Any) {
            self.values(property, &other);
        }
        if number {
            self.range(property, &other);
            self.doubt_range(property, &other);
            property.unit = property.unit.take().or(other.unit.clone());
        }
        self.default(property, &other);
        if property.kind == other.kind && matches!(property.kind, ValueKind::String | ValueKind::List) {
            self.length(property, &other);
        }
        if property.kind == ValueKind::List
            && property.item_kind == Some(ValueKind::String)
            && property.item.is_none()
        {
            property.item = other.item;
        }
        if property.kind == ValueKind::String && property.bad_starts.is_empty() {
            property.bad_starts = other.bad_starts;
        }
        if property.required_if.is_empty() && !property.required {
            property.required_if = other.required_if;
        }
        if property.not_with.is_empty() {
            property.not_with = other.not_with;
        }
        // Nested tables of a free map say nothing of other keys.
        if !property.properties.is_empty() {
            self.properties(&mut property.properties, other.properties);
        }
    }

    /// Kind and required come from the CDK; pages that say otherwise are noted.
    fn compare_shape(&mut self, property: &Property, other: &Property) {
        let alike = |kind: ValueKind| match kind {
            ValueKind::Integer => ValueKind::Number,
            ValueKind::Object => ValueKind::Map,
            other => other,
        };
        let any = [property.kind, other.kind].contains(&ValueKind::Any);
        if alike(property.kind) != alike(other.kind) && !any {
            let names = (property.kind.name().to_owned(), other.kind.name().to_owned());
            self.note(
                "kind",
                CURRENT,
                (Source::Enforced, names.0),
                (Source::Page, names.1),
            );
        }
        if property.required != other.required {
            let word = |required: bool| if required { "required" } else { "optional" }.to_owned();
            let (kept, dropped) = (word(property.required), word(other.required));
            self.note(
                "required",
                CURRENT,
                (Source::Enforced, kept),
                (Source::Page, dropped),
            );
        }
    }

    fn values(&mut self, property: &mut Property, other: &Property) {
        let number = matches!(property.kind, ValueKind::Integer | ValueKind::Number);
        let numeric = |value: &AllowedValue| value.value.parse::<f64>().is_ok();
        if other.values.is_empty() || (number && !other.values.iter().all(numeric)) {
            return;
        }
        if property.values.is_empty() {
            let outside = |value: &AllowedValue| {
                value
                    .value
                    .parse()
                    .is_ok_and(|number| !in_range(property, number))
            };
            if !other.values.iter().any(outside) {
                property.values.clone_from(&other.values);
                property.values_source = other.values_source;
            }
            return;
        }
        let has = |values: &[AllowedValue], value: &AllowedValue| {
            values
                .iter()
                .any(|known| known.value.eq_ignore_ascii_case(&value.value))
        };
        let more = other.values.iter().any(|value| !has(&property.values, value));
        let fewer = property.values.iter().any(|value| !has(&other.values, value));
        let kept = (property.values_source, words(&property.values));
        let dropped = (other.values_source, words(&other.values));
        if more {
            self.note("values", RANK, kept, dropped);
        } else if !fewer
            && property.values_source == Source::CdkDoc
            && property.values.len() == other.values.len()
            && kept.1 != dropped.1
        {
            let spelled = |value: &AllowedValue| {
                let same = other
                    .values
                    .iter()
                    .find(|each| each.value.eq_ignore_ascii_case(&value.value));
                same.unwrap_or(value).clone()
            };
            let values: Vec<AllowedValue> = property.values.iter().map(spelled).collect();
            if values != property.values {
                self.note("values", SPELLING, dropped, kept);
                property.values = values;
            }
        }
    }

    fn range(&mut self, property: &mut Property, other: &Property) {
        if other.min.is_none() && other.max.is_none() {
            return;
        }
        if property.min.is_none() && property.max.is_none() {
            let inside =
                |value: &AllowedValue| value.value.parse().is_ok_and(|number| in_range(other, number));
            if property.values.iter().all(inside) {
                (property.min, property.max) = (other.min, other.max);
                property.range_source = other.range_source;
            }
        } else if (property.min, property.max) != (other.min, other.max) {
            let kept = (property.range_source, bounds(property.min, property.max));
            let dropped = (other.range_source, bounds(other.min, other.max));
            self.note("range", RANK, kept, dropped);
        }
    }

    /// A page that gives ranges for several cases makes the one of a doc string doubtful.
    fn doubt_range(&mut self, property: &mut Property, other: &Property) {
        let known = property.min.is_some() || property.max.is_some();
        let plain = other.min.is_some() || other.max.is_some();
        if known && !plain && property.range_source == Source::CdkDoc && self.mentions(self.other_said).range
        {
            let dropped = (property.range_source, bounds(property.min, property.max));
            self.note("range", CASES, (Source::Page, "several".to_owned()), dropped);
            (property.min, property.max) = (None, None);
            property.range_source = Source::default();
        }
    }

    fn length(&mut self, property: &mut Property, other: &Property) {
        let own = (property.min_length, property.max_length);
        let said = (other.min_length, other.max_length);
        if said == (None, None) {
            return;
        }
        if own == (None, None) {
            (property.min_length, property.max_length) = said;
            property.length_source = other.length_source;
        } else if own != said {
            let kept = (property.length_source, bounds(own.0, own.1));
            self.note(
                "length",
                RANK,
                kept,
                (other.length_source, bounds(said.0, said.1)),
            );
        }
    }

    fn default(&mut self, property: &mut Property, other: &Property) {
        let mut fresh = property.default.is_none();
        if fresh {
            property.default = other
                .default
                .clone()
                .filter(|default| suits(default, property.kind));
            property.default_source = other.default_source;
        } else if let (Some(own), Some(said)) = (&property.default, &other.default)
            && !own.eq_ignore_ascii_case(said)
        {
            let kept = (property.default_source, own.clone());
            self.note("default", RANK, kept, (other.default_source, said.clone()));
        }
        // Values may have come or have got another spelling.
        fresh |= property.values_source != Source::Enforced;
        let Some(default) = property.default.clone().filter(|_| fresh) else {
            return;
        };
        let outside = default.parse().is_ok_and(|number| !in_range(property, number));
        let same = |value: &&AllowedValue| value.value.eq_ignore_ascii_case(&default);
        // Of several spellings that of `PayByTraffic`: doc strings tend to lower case.
        let spellings: Vec<&AllowedValue> = property.values.iter().filter(same).collect();
        let mixed = |value: &&&AllowedValue| {
            value.value.contains(char::is_uppercase) && value.value.contains(char::is_lowercase)
        };
        let same = match &spellings[..] {
            [] => None,
            [only] => Some(*only),
            several => several.iter().find(mixed).or(several.first()).copied(),
        };
        match same {
            Some(value) => property.default = Some(value.value.clone()),
            None if property.values.is_empty() && !outside => {}
            None => {
                let kept = match outside {
                    true => (property.range_source, bounds(property.min, property.max)),
                    false => (property.values_source, words(&property.values)),
                };
                self.note("default", WITHIN, kept, (property.default_source, default));
                property.default = None;
                property.default_source = Source::default();
            }
        }
    }

    fn note(
        &mut self,
        fact: &'static str,
        rule: &'static str,
        kept: (Source, String),
        dropped: (Source, String),
    ) {
        self.conflicts.push(Conflict {
            place: format!("{}.{}", self.type_name, self.path.join(".")),
            fact,
            rule,
            kept: (name(kept.0), kept.1),
            dropped: (name(dropped.0), dropped.1),
        });
    }
}

/// Whether a default can be written for a property of this kind.
fn suits(default: &str, kind: ValueKind) -> bool {
    match kind {
        ValueKind::String | ValueKind::Any => true,
        ValueKind::Integer => default.parse::<i64>().is_ok(),
        ValueKind::Number => default.parse::<f64>().is_ok(),
        ValueKind::Boolean => matches!(default, "true" | "false"),
        ValueKind::List | ValueKind::Map | ValueKind::Object => false,
    }
}

fn in_range(property: &Property, number: f64) -> bool {
    property.min.is_none_or(|min| number >= min) && property.max.is_none_or(|max| number <= max)
}

fn words(values: &[AllowedValue]) -> String {
    let words: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
    words.join(", ")
}

fn bounds<T: std::fmt::Display>(min: Option<T>, max: Option<T>) -> String {
    let text = |bound: Option<T>| bound.map_or_else(|| "…".to_owned(), |bound| bound.to_string());
    format!("{} to {}", text(min), text(max))
}

fn name(source: Source) -> &'static str {
    match source {
        Source::Enforced => "enforced",
        Source::CdkDoc => "doc string",
        Source::Page => "page",
        Source::Workspace => "workspace",
        Source::Validator => "validator",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::prose::PropertyProse;

    fn values(words: &[&str]) -> Vec<AllowedValue> {
        words
            .iter()
            .map(|word| AllowedValue {
                value: (*word).to_owned(),
            })
            .collect()
    }

    fn described(property: Property, text: &str) -> Described {
        let mut prose = TypeProse::default();
        let said = PropertyProse {
            description: text.to_owned(),
            ..PropertyProse::default()
        };
        prose.properties.insert(property.name.clone(), said);
        Described {
            facts: ResourceType {
                name: "ALIYUN::X::Thing".into(),
                properties: vec![property],
                ..ResourceType::default()
            },
            prose,
        }
    }

    fn text(name: &str) -> Property {
        Property {
            name: name.into(),
            kind: ValueKind::String,
            ..Property::default()
        }
    }

    fn number(name: &str) -> Property {
        Property {
            kind: ValueKind::Number,
            ..text(name)
        }
    }

    /// The merged property and what was decided, as `fact: kept over dropped`.
    fn merged(base: (Property, &str), other: (Property, &str)) -> (Property, Vec<String>) {
        let mut conflicts = Vec::new();
        let base = described(base.0, base.1);
        let other = described(other.0, other.1);
        let mut merged = merge(Some(base), &other, &mut conflicts);
        let decisions = conflicts
            .into_iter()
            .map(|conflict| {
                format!(
                    "{}: {} over {}",
                    conflict.fact, conflict.kept.1, conflict.dropped.1
                )
            })
            .collect();
        (merged.facts.properties.swap_remove(0), decisions)
    }

    #[test]
    fn the_enforced_list_wins_and_the_other_is_noted() {
        let enforced = Property {
            values: values(&["a", "b"]),
            ..text("Mode")
        };
        let page = Property {
            values: values(&["A", "c"]),
            values_source: Source::Page,
            default: Some("B".into()),
            default_source: Source::Page,
            ..text("Mode")
        };
        let (mode, decisions) = merged((enforced, ""), (page, ""));
        assert_eq!(
            (mode.values, mode.values_source),
            (values(&["a", "b"]), Source::Enforced)
        );
        assert_eq!(mode.default.as_deref(), Some("b"), "in the spelling of the list");
        assert_eq!(decisions, ["values: a, b over A, c"]);
    }

    #[test]
    fn a_page_spells_what_a_doc_string_lists() {
        let doc = Property {
            values: values(&["I386", "X86_64"]),
            values_source: Source::CdkDoc,
            default: Some("X86_64".into()),
            default_source: Source::CdkDoc,
            ..text("Architecture")
        };
        let page = Property {
            values: values(&["i386", "x86_64"]),
            values_source: Source::Page,
            ..text("Architecture")
        };
        let (architecture, decisions) = merged((doc, ""), (page, ""));
        assert_eq!(architecture.values, values(&["i386", "x86_64"]));
        assert_eq!(architecture.values_source, Source::CdkDoc);
        assert_eq!(architecture.default.as_deref(), Some("x86_64"));
        assert_eq!(decisions.len(), 1);
    }

    #[test]
    fn an_old_page_does_not_answer_for_newer_words() {
        let page = Property {
            values: values(&["a", "b"]),
            values_source: Source::Page,
            default: Some("a".into()),
            default_source: Source::Page,
            ..text("Mode")
        };
        let newer = "Valid values for fast ones: c. The default is whatever fits.";
        let (mode, _) = merged((text("Mode"), newer), (page.clone(), ""));
        assert_eq!((mode.values, mode.default), (Vec::new(), None));
        let (mode, _) = merged((text("Mode"), "How it works."), (page, ""));
        assert_eq!(
            (mode.values, mode.default.as_deref()),
            (values(&["a", "b"]), Some("a"))
        );
    }

    #[test]
    fn a_page_with_cases_makes_a_range_doubtful() {
        let doc = Property {
            min: Some(5.0),
            max: Some(2000.0),
            range_source: Source::CdkDoc,
            ..number("Size")
        };
        let cases = "- Valid values for basic ones: 5 to 2000\n- Value range for others: 20 to 32768";
        let (size, decisions) = merged((doc.clone(), ""), (number("Size"), cases));
        assert_eq!((size.min, size.max), (None, None));
        assert_eq!(decisions.len(), 1);
        let (size, _) = merged((doc, ""), (number("Size"), "The size."));
        assert_eq!((size.min, size.max), (Some(5.0), Some(2000.0)));
    }

    #[test]
    fn a_default_that_is_not_allowed_is_none() {
        let enforced = Property {
            max: Some(10.0),
            ..number("Size")
        };
        let page = Property {
            kind: ValueKind::Integer,
            default: Some("20".into()),
            default_source: Source::Page,
            ..number("Size")
        };
        let (size, decisions) = merged((enforced, ""), (page, ""));
        assert_eq!((size.kind, size.default), (ValueKind::Integer, None));
        assert_eq!(decisions, ["default: … to 10 over 20"]);
    }

    #[test]
    fn what_only_a_page_knows_is_retired() {
        let mut conflicts = Vec::new();
        let page = described(
            Property {
                required: true,
                ..text("Old")
            },
            "",
        );
        let merged = merge(Some(described(text("New"), "")), &page, &mut conflicts);
        let old = merged.facts.property("Old").expect("it is known");
        assert!(old.retired && !old.required);
        assert!(merge(None, &page, &mut conflicts).facts.retired);
    }
}
