//! Facts in a row's cells: kind, required, editable, allowed values, default, range, length. Only what is stated plainly.

use super::SOURCE;
use super::table::Row;
use crate::catalog::{AllowedValue, Property, ValueKind};
use regex::Regex;
use std::sync::LazyLock;

/// The property that a row describes.
pub(super) fn property(row: &Row) -> Property {
    let mut property = Property {
        name: row.name.clone(),
        kind: kind(&row.kind),
        required: yes(&row.required) == Some(true),
        editable: yes(&row.editable),
        ..Property::default()
    };
    let constraint = plain(&row.constraint);
    let description = plain(&row.description);
    for text in [&constraint, &description] {
        if property.default.is_none() {
            property.default = default(text);
        }
        if property.min.is_none() && property.max.is_none() && is_number(property.kind) {
            (property.min, property.max) = range(text);
            property.range_source = SOURCE;
        }
        if property.min_length.is_none()
            && property.max_length.is_none()
            && property.kind == ValueKind::String
        {
            (property.min_length, property.max_length) = length(text);
            property.length_source = SOURCE;
        }
    }
    if property.min.is_none() && property.kind != ValueKind::Boolean {
        let (values, marked) = values(&constraint);
        property.values = values;
        property.values_source = SOURCE;
        property.default = property.default.or(marked);
    }
    property
}

fn kind(word: &str) -> ValueKind {
    match word.to_lowercase().as_str() {
        "string" => ValueKind::String,
        "integer" => ValueKind::Integer,
        "number" => ValueKind::Number,
        "boolean" => ValueKind::Boolean,
        "list" => ValueKind::List,
        "map" => ValueKind::Map,
        _ => ValueKind::Any,
    }
}

fn is_number(kind: ValueKind) -> bool {
    matches!(kind, ValueKind::Integer | ValueKind::Number)
}

fn yes(word: &str) -> Option<bool> {
    match word {
        "Yes" | "是" => Some(true),
        "No" | "否" => Some(false),
        _ => None,
    }
}

/// Text without Markdown's escapes.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}

fn pattern(cell: &'static LazyLock<Regex>) -> &'static Regex {
    cell
}

macro_rules! pattern {
    ($name:ident, $text:literal) => {
        #[allow(clippy::unwrap_used)] // A literal that the tests compile.
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).unwrap());
    };
}

pattern!(
    DEFAULT,
    r"(?:Default value|默认值)\s*[:：为]\s*`?([A-Za-z0-9_./+-]*[A-Za-z0-9_/+-])"
);
pattern!(
    RANGE,
    r"(?:Valid values|Value range|Valid value|取值范围|取值)\s*[:：]\s*\[?(-?[0-9][0-9,]*)\s*(?:to|~|～|-|–)\s*(-?[0-9][0-9,]*)"
);
pattern!(
    LENGTH,
    r"([0-9]+)\s*(?:to|~|～)\s*([0-9]+)\s*(?:characters|个(?:英文或中文)?字符)"
);
pattern!(
    LENGTH_MOST,
    r"(?:up to|最多(?:支持)?|不超过)\s*([0-9]+)\s*(?:characters|个字符)"
);
pattern!(VALUES, r"(?:Valid values|取值)\s*[:：]");

fn default(text: &str) -> Option<String> {
    let found = pattern(&DEFAULT).captures(text)?.get(1)?.as_str();
    // "null" and "none" mean that there is none.
    let nothing = ["null", "none", "the", "a"]
        .iter()
        .any(|word| found.eq_ignore_ascii_case(word));
    (!nothing).then(|| found.to_owned())
}

fn number(text: &str) -> Option<f64> {
    text.replace(',', "").parse().ok()
}

fn range(text: &str) -> (Option<f64>, Option<f64>) {
    let Some(found) = pattern(&RANGE).captures(text) else {
        return (None, None);
    };
    match (number(&found[1]), number(&found[2])) {
        (Some(min), Some(max)) if min <= max => (Some(min), Some(max)),
        _ => (None, None),
    }
}

fn length(text: &str) -> (Option<u32>, Option<u32>) {
    if let Some(found) = pattern(&LENGTH).captures(text)
        && let (Ok(min), Ok(max)) = (found[1].parse::<u32>(), found[2].parse::<u32>())
        && min <= max
    {
        return (Some(min), Some(max));
    }
    let most = pattern(&LENGTH_MOST)
        .captures(text)
        .and_then(|found| found[1].parse().ok());
    (None, most)
}

/// The values that a text lists after "Valid values:", and the one marked as default. Nothing when any of them is no
/// single word: then the list is prose.
fn values(text: &str) -> (Vec<AllowedValue>, Option<String>) {
    let Some(found) = pattern(&VALUES).find(text) else {
        return (Vec::new(), None);
    };
    let rest = &text[found.end()..];
    let bullets: Vec<&str> = bullets(rest);
    let items: Vec<&str> = if bullets.is_empty() { inline(rest) } else { bullets };
    let mut values: Vec<AllowedValue> = Vec::new();
    let mut default = None;
    for item in items {
        let (word, mark) = word(item);
        let fine = !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_.-/+".contains(c));
        if !fine {
            return (Vec::new(), None);
        }
        if mark {
            default = Some(word.to_owned());
        }
        if !values.iter().any(|known| known.value == word) {
            values.push(AllowedValue {
                value: word.to_owned(),
            });
        }
    }
    // One "value" is an example or the begin of a sentence.
    if values.len() < 2 {
        (Vec::new(), None)
    } else {
        (values, default)
    }
}

/// The items of the bullet list that follows at once; later lists are notes.
fn bullets(text: &str) -> Vec<&str> {
    let text = text.trim_start();
    let mut items = Vec::new();
    if !text.starts_with("- ") {
        return items;
    }
    for line in text.lines() {
        match line.trim_start().strip_prefix("- ") {
            Some(item) => items.push(item.trim()),
            None if line.trim().is_empty() => {}
            // A line that goes on with the item above.
            None if line.starts_with(' ') => {}
            None => break,
        }
    }
    items
}

/// `a, b, and c.` or `a、b` on the rest of the line.
fn inline(text: &str) -> Vec<&str> {
    let line = text.trim_start().lines().next().unwrap_or_default();
    let line = line.split(['。', '；']).next().unwrap_or_default();
    let line = match line.find(". ") {
        Some(end) => &line[..end],
        None => line.trim_end_matches('.'),
    };
    line.split([',', '、', '|'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" or "))
        .map(|part| {
            part.trim()
                .trim_start_matches("and ")
                .trim_start_matches("or ")
                .trim()
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// The value itself, without its explanation, and whether it is marked as the default.
fn word(item: &str) -> (&str, bool) {
    let head = item.split([':', '：']).next().unwrap_or_default();
    let head = head.trim().trim_end_matches(['.', '。', ';']).trim();
    let value = head
        .split(['（', '('])
        .next()
        .unwrap_or_default()
        .trim()
        .trim_matches(['"', '`', '\'']);
    let marked = head.contains("默认") || head.to_lowercase().contains("(default");
    (value, marked)
}
