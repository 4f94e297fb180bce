//! Which table describes the inside of which row: by the link to its section, by names, by the syntax block above it.

use super::markdown::Section;
use super::table::PropertyRow;
use super::{PropertyPlace, TypePlaces};
use crate::catalog::prose::{PropertyProse, TypeProse};
use crate::catalog::{Property, ValueKind};
use crate::text::TextRange;

/// A property table with where it stands.
pub(super) struct Nested<'p> {
    pub(super) section: &'p Section<'p>,
    /// The first key of the syntax block above: `"Parts": [{ … }]`.
    pub(super) key: Option<String>,
    pub(super) rows: Vec<PropertyRow>,
}

/// Deeper tables are taken for a ring.
const DEPTH: usize = 8;

/// More properties of a type, with all that is nested in them, are not read: tables that belong to rows of each other
/// multiply. No type has half as many.
pub(super) const PROPERTIES: usize = 5000;

/// What is said beside the facts, gathered while the tree grows.
pub(super) struct Words {
    pub(super) prose: TypeProse,
    pub(super) places: TypePlaces,
    /// How many properties may still come; `None` when there were too many.
    left: Option<usize>,
}

impl Words {
    /// `name` is where the heading names the type.
    pub(super) fn new(description: String, name: TextRange) -> Words {
        Words {
            prose: TypeProse {
                description,
                ..TypeProse::default()
            },
            places: TypePlaces {
                name,
                ..TypePlaces::default()
            },
            left: Some(PROPERTIES),
        }
    }

    /// Properties were left out.
    pub(super) fn is_full(&self) -> bool {
        self.left.is_none()
    }
}

/// For each table the rows it describes: (table, row).
pub(super) fn attach(tables: &[Nested<'_>], root: usize) -> Vec<Vec<(usize, usize)>> {
    (0..tables.len())
        .map(|table| {
            if table == root {
                Vec::new()
            } else {
                parents(tables, table)
            }
        })
        .collect()
}

/// The properties of table `at` with all that is nested in them; their prose and places go to `words`.
pub(super) fn tree(
    tables: &[Nested<'_>],
    parents: &[Vec<(usize, usize)>],
    at: usize,
    above: &mut Vec<usize>,
    path: &str,
    words: &mut Words,
) -> Vec<Property> {
    let mut properties: Vec<Property> = Vec::new();
    above.push(at);
    for (index, row) in tables[at].rows.iter().enumerate() {
        words.left = words.left.and_then(|left| left.checked_sub(1));
        if words.is_full() {
            break;
        }
        let mut property = row.property.clone();
        let path = match path {
            "" => property.name.clone(),
            path => format!("{path}.{}", property.name),
        };
        let place = PropertyPlace {
            row: row.range,
            name: row.name_range,
            says_required: row.says_required,
        };
        words.places.properties.entry(path.clone()).or_insert(place);
        if !row.description.is_empty() || !row.constraint.is_empty() {
            words
                .prose
                .properties
                .entry(path.clone())
                .or_insert_with(|| PropertyProse {
                    description: row.description.clone(),
                    constraint: row.constraint.clone(),
                    values: Vec::new(),
                });
        }
        let nested: Vec<usize> = (0..tables.len())
            .filter(|table| {
                parents[*table].contains(&(at, index)) && !above.contains(table) && above.len() < DEPTH
            })
            .collect();
        for table in &nested {
            let mut inner = tree(tables, parents, *table, above, &path, words);
            // Several tables for one row are its variants: no property is required in all.
            if nested.len() > 1 {
                inner.iter_mut().for_each(|each| each.required = false);
            }
            inner.retain(|each| property.properties.iter().all(|known| known.name != each.name));
            property.properties.extend(inner);
        }
        if !property.properties.is_empty() {
            match property.kind {
                ValueKind::List => property.item_kind = Some(ValueKind::Object),
                _ => property.kind = ValueKind::Object,
            }
        }
        if properties.iter().all(|known| known.name != property.name) {
            properties.push(property);
        }
    }
    above.pop();
    properties
}

fn parents(tables: &[Nested<'_>], table: usize) -> Vec<(usize, usize)> {
    let section = tables[table].section;
    let by_link = rows_where(tables, table, |row| {
        let anchor = section.anchor.as_deref();
        anchor.is_some_and(|anchor| row.links_to_anchor(anchor))
            || (!section.title.is_empty() && row.links_to_title(&section.title))
    });
    if !by_link.is_empty() {
        return by_link;
    }
    let name = nested_name(&section.title);
    // `timer-TriggerConfig` is one form of `TriggerConfig`.
    let form = name.and_then(|name| name.rsplit_once('-')).map(|(_, name)| name);
    let names = [name, form, tables[table].key.as_deref()];
    names
        .into_iter()
        .flatten()
        .find_map(|name| nearest(tables, table, name))
        .into_iter()
        .collect()
}

fn rows_where(
    tables: &[Nested<'_>],
    table: usize,
    matches: impl Fn(&PropertyRow) -> bool,
) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (other, nested) in tables.iter().enumerate().filter(|(other, _)| *other != table) {
        let rows = nested.rows.iter().enumerate().filter(|(_, row)| matches(row));
        found.extend(rows.map(|(row, _)| (other, row)));
    }
    found
}

/// The row of that name in the nearest table above, else in the nearest below.
fn nearest(tables: &[Nested<'_>], table: usize, name: &str) -> Option<(usize, usize)> {
    let above = (0..table).rev();
    let below = table + 1..tables.len();
    above.chain(below).find_map(|other| {
        let rows = &tables[other].rows;
        let row = rows.iter().position(|row| row.property.name == name)?;
        Some((other, row))
    })
}

/// The property that a title names: `Parts properties`, `Parts属性`, `Parts`.
fn nested_name(title: &str) -> Option<&str> {
    nested_properties(title).or_else(|| property_name(title))
}

/// The property whose inside a title announces: `Parts properties`, `Parts属性`, but not `Parts` alone.
pub(super) fn nested_properties(title: &str) -> Option<&str> {
    ["properties", "Properties", "属性", "parameters", "propertoes"]
        .iter()
        .find_map(|word| title.strip_suffix(word))
        .and_then(property_name)
}

fn property_name(text: &str) -> Option<&str> {
    let name = text.trim();
    (!name.is_empty() && !name.contains(' ')).then_some(name)
}
