//! Property-table pages: Markdown as the official documentation has it, English or Chinese, and as teams write it for
//! their own types.
//!
//! A page is `# TYPE` and a paragraph, a table of properties, further tables for what is nested in them, and a list of
//! attributes. A file may describe several types, one below the other.

mod markdown;
mod nesting;
mod table;

use super::Described;
use crate::catalog::prose::TypeProse;
use crate::catalog::{Attribute, ResourceType, Source};
use markdown::{Section, prose};
use nesting::Nested;

/// What a file says, and what in it could not be read.
#[derive(Debug, Default)]
pub struct Page {
    /// Empty when the file describes no resource type.
    pub types: Vec<Described>,
    pub problems: Vec<Problem>,
    /// Rows of all property tables.
    pub rows: usize,
}

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// As the caller called it.
    pub file: String,
    /// From 1.
    pub line: usize,
    pub message: String,
}

/// Reads a page. `file` is the name that problems carry.
pub fn read(text: &str, file: &str) -> Page {
    let sections = markdown::sections(text);
    let mut page = Page::default();
    let starts: Vec<usize> = (0..sections.len())
        .filter(|index| sections[*index].level == 1 && sections[*index].title.contains("::"))
        .collect();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(sections.len());
        let problems = resource_type(&sections[*start..end], &mut page);
        page.problems
            .extend(problems.into_iter().map(|(line, message)| Problem {
                file: file.to_owned(),
                line,
                message,
            }));
    }
    page
}

/// Reads the sections of one type.
fn resource_type(sections: &[Section], page: &mut Page) -> Vec<(usize, String)> {
    let mut problems = Vec::new();
    let Some(first) = sections.first() else {
        return problems;
    };
    let tables = property_tables(sections);
    for row in tables.iter().flat_map(|table| &table.rows) {
        page.rows += 1;
        problems.extend(row.problems.iter().map(|problem| (row.line, problem.clone())));
    }
    let mut described = Described {
        facts: ResourceType {
            name: first.title.split(' ').next().unwrap_or_default().to_owned(),
            ..ResourceType::default()
        },
        prose: TypeProse {
            description: prose(&first.text.join("\n")),
            ..TypeProse::default()
        },
    };
    let root = tables.iter().position(|table| is_root(table.section));
    if let Some(root) = root.or((!tables.is_empty()).then_some(0)) {
        let parents = nesting::attach(&tables, root);
        for (table, parents) in tables
            .iter()
            .zip(&parents)
            .enumerate()
            .filter(|(index, _)| *index != root)
            .map(|(_, pair)| pair)
        {
            if parents.is_empty() {
                let message = format!("no row belongs to the table under `{}`", table.section.title);
                problems.push((table.section.line, message));
            }
        }
        described.facts.properties =
            nesting::tree(&tables, &parents, root, &mut Vec::new(), "", &mut described.prose);
    } else if !sections.iter().any(says_none) {
        problems.push((
            first.line,
            format!("`{}` has no table of properties", described.facts.name),
        ));
    }
    attributes(sections, &mut described);
    described.facts = described.mined(Source::Page);
    page.types.push(described);
    problems
}

fn property_tables(sections: &[Section]) -> Vec<Nested<'_>> {
    let mut tables: Vec<Nested<'_>> = Vec::new();
    let mut key = None;
    for section in sections {
        let block = section.code.iter().find(|line| !line.trim().is_empty());
        if let Some(line) = block {
            key = first_key(line).or(key);
        }
        let mut rows = section
            .tables
            .iter()
            .filter_map(table::property_rows)
            .flatten()
            .peekable();
        if rows.peek().is_some() {
            tables.push(Nested {
                section,
                key: key.take(),
                rows: rows.collect(),
            });
        }
    }
    tables
}

/// Whether the section holds the type's own properties.
fn is_root(section: &Section) -> bool {
    matches!(section.title.as_str(), "Properties" | "属性")
}

/// A type without properties says so: `None`.
fn says_none(section: &Section) -> bool {
    is_root(section) && prose(&section.text.join("\n")).is_empty()
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
fn attributes(sections: &[Section], described: &mut Described) {
    let mut found: Vec<(String, String)> = Vec::new();
    for section in sections.iter().filter(|section| is_attributes(&section.title)) {
        let mut open = false;
        for line in &section.text {
            if let Some((name, text)) = attribute(line) {
                found.push((name, text.to_owned()));
                open = true;
            } else if let Some((_, text)) = found.last_mut().filter(|_| open && line.starts_with("    ")) {
                text.push('\n');
                text.push_str(line.strip_prefix("    ").unwrap_or(line));
            } else {
                open &= line.trim().is_empty();
            }
        }
        for row in section
            .tables
            .iter()
            .filter(|table| table.header.len() < 5)
            .flat_map(|table| &table.rows)
        {
            if let [name, text, ..] = &row.cells[..]
                && is_attribute(name)
            {
                found.push((name.clone(), text.clone()));
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.dedup_by(|a, b| a.0 == b.0);
    for (name, text) in found {
        let text = prose(&text);
        if !text.is_empty() {
            described.prose.attributes.insert(name.clone(), text);
        }
        described.facts.attributes.push(Attribute { name });
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
