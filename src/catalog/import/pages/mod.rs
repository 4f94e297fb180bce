//! Property-table pages: Markdown as the official documentation has it, English or Chinese, and as teams write it for
//! their own types.
//!
//! A page is `# TYPE` and a paragraph, a table of properties, further tables for what is nested in them, and a list of
//! attributes. A file may describe several types, one below the other.

mod markdown;
mod nesting;
mod table;

use super::Described;
use crate::catalog::{Attribute, ResourceType, Source};
use crate::text::TextRange;
use crate::text::line_index::{Encoding, LineIndex};
use markdown::{Piece, Section, prose};
use nesting::{Nested, Words};
use std::collections::{BTreeMap, HashSet};
use table::PropertyRow;

/// What a file says, and what in it could not be read.
#[derive(Debug, Default)]
pub struct Page {
    /// Empty when the file describes no resource type.
    pub types: Vec<Described>,
    /// Where it says so: one for each of `types`.
    pub places: Vec<TypePlaces>,
    /// In the order of the text.
    pub problems: Vec<Problem>,
    /// Rows of all property tables.
    pub rows: usize,
}

/// Where a page describes a type. Ranges are bytes of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypePlaces {
    /// The heading's words.
    pub name: TextRange,
    /// By the names from the type downwards, joined by dots, as in [`TypeProse`].
    pub properties: BTreeMap<String, PropertyPlace>,
    /// By the attribute's name, which stands there.
    pub attributes: BTreeMap<String, TextRange>,
}

/// Where a page describes a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PropertyPlace {
    pub row: TextRange,
    pub name: TextRange,
    /// The row says whether the property is required.
    pub says_required: bool,
}

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// As the caller called it.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// Bytes of the page.
    pub range: TextRange,
    pub message: String,
}

/// A problem without its file: where and what.
type Fault = (TextRange, String);

/// Reads a page of the official documentation. `file` is the name that problems carry.
pub fn read(text: &str, file: &str) -> Page {
    read_as(text, file, Source::Page)
}

/// Reads a page; `source` says how binding its facts are.
pub fn read_as(text: &str, file: &str, source: Source) -> Page {
    let markdown::Outline { sections, mut faults } = markdown::outline(text);
    let mut page = Page::default();
    let mut rest = sections.as_slice();
    while let Some(start) = rest.iter().position(|section| section.level == 1) {
        rest = rest.get(start..).unwrap_or_default();
        let next = rest.iter().skip(1).position(|section| section.level == 1);
        let (own, behind) = rest.split_at(next.map_or(rest.len(), |next| next + 1));
        part(own, source, &mut page, &mut faults);
        rest = behind;
    }
    page.problems = problems(text, file, faults);
    page
}

/// Whether a text is a type's name by its form: `A::B`, `A::B::C` …
pub fn is_type_name(name: &str) -> bool {
    let is_part = |part: &str| {
        let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@' | '.');
        !part.is_empty() && part.chars().all(known)
    };
    name.contains("::") && name.split("::").all(is_part)
}

fn problems(text: &str, file: &str, mut faults: Vec<Fault>) -> Vec<Problem> {
    if faults.is_empty() {
        return Vec::new();
    }
    faults.sort_by_key(|(range, _)| *range);
    let lines = LineIndex::new(text);
    let problem = |(range, message): Fault| Problem {
        file: file.to_owned(),
        line: lines.position(range.start, Encoding::Utf8).line as usize + 1,
        range,
        message,
    };
    faults.into_iter().map(problem).collect()
}

/// Reads the sections from one heading of the first level to the next.
fn part(sections: &[Section<'_>], source: Source, page: &mut Page, faults: &mut Vec<Fault>) {
    let Some(first) = sections.first() else { return };
    let name = first.title.split(' ').next().unwrap_or_default();
    let behind = first.title.get(name.len()..).unwrap_or_default();
    if is_type_name(name) && !behind.contains("::") {
        resource_type(name, sections, source, page, faults);
        return;
    }
    let describes = sections
        .iter()
        .flat_map(|section| &section.tables)
        .any(|table| table::property_rows(table, &mut Vec::new()).is_some());
    if first.title.contains("::") || describes {
        let message = format!(
            "`{}` is no type's name, such as `MODULE::Team::Thing`",
            first.title
        );
        faults.push((first.range, message));
    }
}

/// Reads the sections of one type.
fn resource_type(
    name: &str,
    sections: &[Section<'_>],
    source: Source,
    page: &mut Page,
    faults: &mut Vec<Fault>,
) {
    let Some(first) = sections.first() else { return };
    let mut tables = property_tables(sections, faults);
    for table in &mut tables {
        page.rows += table.rows.len();
        faults.extend(table.rows.iter().flat_map(|row| row.faults.iter().cloned()));
        repeated(table, faults);
        table.rows.retain(PropertyRow::describes);
    }
    let description: Vec<&str> = first.text.iter().map(|line| line.text).collect();
    let mut words = Words::new(prose(&description.join("\n")), first.range);
    let mut facts = ResourceType {
        name: name.to_owned(),
        ..ResourceType::default()
    };
    if let Some(root) = root(&tables, source) {
        let parents = nesting::attach(&tables, root);
        for (index, table) in tables.iter().enumerate() {
            if index != root && parents.get(index).is_none_or(Vec::is_empty) {
                let title = &table.section.title;
                let message =
                    format!("no row belongs to the table under `{title}`: no property has this name");
                faults.push((table.section.range, message));
            }
        }
        facts.properties = nesting::tree(&tables, &parents, root, &mut Vec::new(), "", &mut words);
        if words.is_full() {
            let message = format!(
                "`{name}` has more than {} properties, counted in each place where a table belongs: the rest is not read",
                nesting::PROPERTIES
            );
            faults.push((first.range, message));
        }
    } else if let Some(table) = tables.first() {
        let title = &table.section.title;
        let property = nesting::nested_properties(title).unwrap_or_default();
        let message = format!(
            "no row belongs to the table under `{title}`; add a row `{property}` to a table under `## Properties`"
        );
        faults.push((table.section.range, message));
    } else if !sections
        .iter()
        .any(|section| says_none(section) || !section.tables.is_empty())
    {
        faults.push((first.range, format!("`{name}` has no table of properties")));
    }
    let Words {
        prose, mut places, ..
    } = words;
    let mut described = Described { facts, prose };
    attributes(sections, &mut described, &mut places);
    described.facts = described.mined(source);
    page.types.push(described);
    page.places.push(places);
}

fn property_tables<'p>(sections: &'p [Section<'p>], faults: &mut Vec<Fault>) -> Vec<Nested<'p>> {
    let mut tables: Vec<Nested<'_>> = Vec::new();
    let mut key = None;
    for section in sections {
        let block = section.code.iter().find(|line| !line.trim().is_empty());
        if let Some(line) = block {
            key = first_key(line).or(key);
        }
        let mut rows = Vec::new();
        for table in &section.tables {
            match table::property_rows(table, faults) {
                Some(more) => rows.extend(more),
                None if is_root(section) => {
                    let header = table.header.first().zip(table.header.last());
                    let range =
                        header.map_or(section.range, |(first, last)| first.range().cover(last.range()));
                    let message = "a table of properties has the columns `Property`, `Type` and `Required`";
                    faults.push((range, message.to_owned()));
                }
                None => {}
            }
        }
        if !rows.is_empty() {
            tables.push(Nested {
                section,
                key: key.take(),
                rows,
            });
        }
    }
    tables
}

/// The table of the type's own properties. Official pages have it first, whatever its title; in a page of the workspace a
/// title that names a property is taken at its word, since a correction may be about nothing else.
fn root(tables: &[Nested<'_>], source: Source) -> Option<usize> {
    let titled = tables.iter().position(|table| is_root(table.section));
    let first = tables.first().filter(|first| {
        source != Source::Workspace || nesting::nested_properties(&first.section.title).is_none()
    });
    titled.or(first.map(|_| 0))
}

/// Only the first row of a name counts.
fn repeated(table: &Nested<'_>, faults: &mut Vec<Fault>) {
    let mut seen = HashSet::new();
    for row in &table.rows {
        let name = row.property.name.as_str();
        if !seen.insert(name) && row.describes() {
            faults.push((row.name_range, format!("a row above describes `{name}` already")));
        }
    }
}

/// Whether the section holds the type's own properties.
fn is_root(section: &Section<'_>) -> bool {
    matches!(section.title.as_str(), "Properties" | "属性")
}

/// A type without properties says so: `None`.
fn says_none(section: &Section<'_>) -> bool {
    let text: Vec<&str> = section.text.iter().map(|line| line.text).collect();
    is_root(section) && prose(&text.join("\n")).is_empty()
}

/// `Parts` of `"Parts": [`.
fn first_key(line: &str) -> Option<String> {
    let (key, rest) = line.trim().strip_prefix('"')?.split_once('"')?;
    rest.contains(':').then(|| key.replace('\\', ""))
}

fn is_attributes(title: &str) -> bool {
    matches!(
        title.to_lowercase().as_str(),
        "response parameters"
            | "response elements"
            | "response value"
            | "response values"
            | "return value"
            | "return values"
            | "attributes"
            | "fn::getatt"
            | "返回值"
            | "返回参数"
    )
}

/// The attributes: a list `- Name: text`, lines `Name: text`, or a table of name and description.
fn attributes(sections: &[Section<'_>], described: &mut Described, places: &mut TypePlaces) {
    let mut found: Vec<(String, Piece<'_>, String)> = Vec::new();
    for section in sections.iter().filter(|section| is_attributes(&section.title)) {
        let mut open = false;
        for line in &section.text {
            if let Some((name, text)) = attribute(line.text) {
                found.push((name, *line, text.to_owned()));
                open = true;
            } else if let Some((_, _, text)) =
                found.last_mut().filter(|_| open && line.text.starts_with("    "))
            {
                text.push('\n');
                text.push_str(line.text.strip_prefix("    ").unwrap_or(line.text));
            } else {
                open &= line.text.trim().is_empty();
            }
        }
        for row in section
            .tables
            .iter()
            .filter(|table| table.header.len() < 5)
            .flat_map(|table| &table.rows)
        {
            if let [name, text, ..] = &row.cells[..]
                && is_attribute(name.text)
            {
                found.push((name.text.to_owned(), *name, text.text.to_owned()));
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.dedup_by(|a, b| a.0 == b.0);
    for (name, place, text) in found {
        let text = prose(&text);
        if !text.is_empty() {
            described.prose.attributes.insert(name.clone(), text);
        }
        let at = place.text.find(&name);
        let range = at.map_or(place.range(), |at| place.part(at, at + name.len()).range());
        places.attributes.insert(name.clone(), range);
        described.facts.attributes.push(Attribute {
            name,
            ..Attribute::default()
        });
    }
}

/// `-   Name: text`, `Name：text`, `-   Name. text`.
fn attribute(line: &str) -> Option<(String, &str)> {
    let indent = line.len() - line.trim_start().len();
    let body = line.trim_start();
    let item = body.strip_prefix("- ");
    if indent > 3 || (item.is_none() && body.starts_with('-')) {
        return None;
    }
    let body = item.unwrap_or(body).trim_start();
    let end = body
        .find([':', '：'])
        .or_else(|| item.and_then(|_| body.find(". ")))?;
    let name = body[..end].replace(['\\', '*', '`'], "");
    let text = body[end..].trim_start_matches([':', '：', '.', ' ']);
    is_attribute(name.trim()).then(|| (name.trim().to_owned(), text))
}

fn is_attribute(name: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    !name.is_empty() && name.chars().all(word) && !["Fn", "None", "Note", "FN"].contains(&name)
}

#[cfg(test)]
mod tests;
