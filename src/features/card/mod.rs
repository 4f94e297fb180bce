//! Cards: compact Markdown about one thing. Hover, completion and `explain` show the same ones.

mod declaration;
mod language;

pub(crate) use declaration::{declaration, mapping_value};
pub(crate) use language::{
    association_key, association_property, attribute, choice, function, pseudo, section,
};

use super::Context;
use super::schema::spellings;
use crate::catalog::{Property, ResourceType, ValueKind};
use std::fmt::Display;

/// Names beyond this number are counted, not listed.
const MANY: usize = 24;

/// The card of a resource type.
pub(crate) fn resource_type(context: &Context<'_>, resource_type: &ResourceType) -> String {
    let what = match resource_type.name.starts_with("DATASOURCE::") {
        true => "data source",
        false => "resource type",
    };
    let mut card = Card::new(&resource_type.name, [Some(what), retired(resource_type.retired)]);
    card.plain(context.brief(&resource_type.name, "").as_deref());
    let (required, optional): (Vec<&Property>, Vec<&Property>) = resource_type
        .properties
        .iter()
        .partition(|property| property.required);
    card.names("Required", required.iter().map(|property| property.name.as_str()));
    card.names("Optional", optional.iter().map(|property| property.name.as_str()));
    let attributes = resource_type.attributes.iter();
    card.names("Attributes", attributes.map(|attribute| attribute.name.as_str()));
    card.finish()
}

/// The card of a property; `owner` is the type, or the type and the property in it, that has it: `TYPE.A.B`.
pub(crate) fn property(context: &Context<'_>, property: &Property, owner: &str) -> String {
    let mut card = Card::new(
        &property.name,
        [Some(kind_line(property).as_str()), Some(&code(owner))],
    );
    card.plain(brief(context, property, owner).as_deref());
    facts(&mut card, property);
    card.finish()
}

fn brief(context: &Context<'_>, property: &Property, owner: &str) -> Option<String> {
    let (type_name, above) = owner.split_once('.').unwrap_or((owner, ""));
    let dot = if above.is_empty() { "" } else { "." };
    context.brief(type_name, &format!("{above}{dot}{}", property.name))
}

/// The card of one of the values that a property allows.
pub(crate) fn value(value: &str, property: &Property) -> String {
    let default = property.default.as_deref() == Some(value);
    let mut card = Card::new(
        value,
        [
            Some(format!("value of {}", code(&property.name)).as_str()),
            default.then_some("the default"),
        ],
    );
    let others = spellings(&property.values, property.default.as_deref());
    let others = others
        .into_iter()
        .filter(|other| !other.eq_ignore_ascii_case(value));
    card.names("Others", others);
    card.finish()
}

/// The card of an attribute that `Fn::GetAtt` reads.
pub(crate) fn resource_attribute(name: &str, type_name: &str, known: bool) -> String {
    let unknown = (!known).then_some("not known");
    let of = format!("attribute of {}", code(type_name));
    Card::new(name, [Some(of.as_str()), unknown]).finish()
}

/// Kind, whether required, and what an update does to it, in one line.
pub(crate) fn kind_line(property: &Property) -> String {
    let kind = match (property.kind, property.item_kind) {
        (kind @ (ValueKind::List | ValueKind::Map), Some(item)) => {
            format!("{} of {}", kind.name(), item.name())
        }
        (kind, _) => kind.name().to_owned(),
    };
    let required = if property.required { "required" } else { "optional" };
    let update = match property.editable {
        Some(true) => Some("can be updated"),
        Some(false) => Some("can't be updated"),
        None => None,
    };
    let parts = [
        Some(kind.as_str()),
        Some(required),
        update,
        retired(property.retired),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The facts of a property without its title; empty if there are none.
pub(crate) fn property_facts(context: &Context<'_>, property: &Property, owner: &str) -> String {
    let mut card = Card::default();
    card.plain(brief(context, property, owner).as_deref());
    facts(&mut card, property);
    card.finish()
}

fn facts(card: &mut Card, property: &Property) {
    constraints(card, property, "");
    if let Some(item) = &property.item {
        constraints(card, item, "Item ");
    }
    let (required, optional): (Vec<&Property>, Vec<&Property>) =
        property.properties.iter().partition(|nested| nested.required);
    card.names("Required", required.iter().map(|nested| nested.name.as_str()));
    card.names("Optional", optional.iter().map(|nested| nested.name.as_str()));
}

fn constraints(card: &mut Card, property: &Property, prefix: &str) {
    let label = |word: &str| match prefix {
        "" => word.to_owned(),
        _ => format!("{prefix}{}", word.to_lowercase()),
    };
    if let Some(default) = &property.default {
        card.line(&label("Default"), &code(default));
    }
    let values = spellings(&property.values, property.default.as_deref());
    card.names(&label("Values"), values.into_iter());
    if let Some(range) = range(property.min, property.max) {
        card.line(&label("Range"), &range);
    }
    if let Some(length) = range(property.min_length, property.max_length) {
        card.line(&label("Length"), &length);
    }
    if let Some(pattern) = &property.pattern {
        card.line(&label("Pattern"), &code(pattern));
    }
}

fn range<T: Display + PartialEq>(least: Option<T>, most: Option<T>) -> Option<String> {
    match (least, most) {
        (Some(least), Some(most)) if least == most => Some(least.to_string()),
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("at least {least}")),
        (None, Some(most)) => Some(format!("at most {most}")),
        (None, None) => None,
    }
}

fn retired(retired: bool) -> Option<&'static str> {
    retired.then_some("known from old documentation only")
}

/// Markdown in the making: a title line, paragraphs, and a list of labelled lines.
#[derive(Default)]
struct Card {
    head: String,
    text: Vec<String>,
    lines: Vec<String>,
    tail: Vec<String>,
}

impl Card {
    fn new<'p>(title: &str, parts: impl IntoIterator<Item = Option<&'p str>>) -> Card {
        let parts: Vec<&str> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        let head = match parts.is_empty() {
            true => format!("**{}**", code(title)),
            false => format!("**{}** · {}", code(title), parts.join(" · ")),
        };
        Card {
            head,
            ..Card::default()
        }
    }

    /// A paragraph under the title.
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.text.push(text.trim().to_owned());
        }
    }

    /// A paragraph of plain text, in which nothing is Markdown.
    fn plain(&mut self, text: Option<&str>) {
        let escaped = |text: &str| {
            let marks = |c: char| matches!(c, '*' | '_' | '`' | '<' | '[' | '\\');
            let pieces = text.chars().flat_map(|c| [marks(c).then_some('\\'), Some(c)]);
            pieces.flatten().collect::<String>()
        };
        if let Some(text) = text {
            self.text(&escaped(text));
        }
    }

    /// A labelled line.
    fn line(&mut self, label: &str, value: &str) {
        self.lines.push(format!("- {label}: {value}"));
    }

    /// A labelled line of names in code, long lists cut with a count; nothing for none.
    fn names<'n>(&mut self, label: &str, names: impl Iterator<Item = &'n str>) {
        let names: Vec<&str> = names.collect();
        if names.is_empty() {
            return;
        }
        let shown: Vec<String> = names.iter().take(MANY).map(|name| code(name)).collect();
        let more = match names.len().checked_sub(MANY) {
            Some(more) if more > 0 => format!(" and {more} more"),
            _ => String::new(),
        };
        self.line(label, &format!("{}{more}", shown.join(", ")));
    }

    /// A block of code at the end.
    fn example(&mut self, language: &str, text: &str) {
        if !text.is_empty() {
            self.tail.push(format!("```{language}\n{text}\n```"));
        }
    }

    fn finish(self) -> String {
        let lines = (!self.lines.is_empty()).then(|| self.lines.join("\n"));
        let head = (!self.head.is_empty()).then_some(self.head);
        let parts: Vec<String> = head
            .into_iter()
            .chain(self.text)
            .chain(lines)
            .chain(self.tail)
            .collect();
        parts.join("\n\n")
    }
}

/// Inline code, with a fence that the text doesn't hold, on one line.
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::AllowedValue;
    use crate::fixture::Fixture;
    use expect_test::expect;

    #[test]
    fn a_property_with_all_facts() {
        let fixture = Fixture::new("$0a: b\n");
        let values = |names: &[&str]| {
            names
                .iter()
                .map(|name| AllowedValue {
                    value: (*name).into(),
                })
                .collect::<Vec<_>>()
        };
        let nested = |name: &str, required| Property {
            name: name.into(),
            required,
            ..Property::default()
        };
        let disks = Property {
            name: "DiskMappings".into(),
            kind: ValueKind::List,
            item_kind: Some(ValueKind::Object),
            required: true,
            editable: Some(false),
            min_length: Some(1),
            max_length: Some(16),
            values: values(&["system", "data"]),
            default: Some("data".into()),
            pattern: Some("^a`b$".into()),
            min: Some(20.0),
            properties: vec![nested("Size", true), nested("Category", false)],
            ..Property::default()
        };
        expect![[r#"
            **`DiskMappings`** · list of object · required · can't be updated · `ALIYUN::X::Y`

            - Default: `data`
            - Values: `system`, `data`
            - Range: at least 20
            - Length: 1 to 16
            - Pattern: `` ^a`b$ ``
            - Required: `Size`
            - Optional: `Category`"#]]
        .assert_eq(&property(&fixture.context(), &disks, "ALIYUN::X::Y"));
    }

    #[test]
    fn long_lists_are_cut_with_a_count() {
        let fixture = Fixture::new("$0a: b\n");
        let many = Property {
            name: "Zone".into(),
            values: (0..30).map(|n| AllowedValue { value: n.to_string() }).collect(),
            ..Property::default()
        };
        let facts = property_facts(&fixture.context(), &many, "ALIYUN::X::Y");
        assert!(facts.ends_with("`23` and 6 more"), "{facts}");
    }
}
