//! Property-table pages: Markdown as the official documentation has it, English or Chinese, and as teams write it for
//! their own types.
//!
//! A page is `# TYPE`, a properties table, further tables for nested properties, and the attributes. Columns are known by
//! position: name, type, required, editable (missing in some tables), description, constraint.

mod facts;
mod merge;
mod table;

pub use merge::merge;

use crate::catalog::{Attribute, Property, ResourceType, Source, ValueKind};
use table::{Section, Table};

/// What a page says, and what in it could not be read.
#[derive(Debug, Default)]
pub struct Page {
    pub resource_type: ResourceType,
    /// Line (from 1) and what is wrong there.
    pub problems: Vec<(usize, String)>,
    /// Rows of all property tables.
    pub rows: usize,
}

/// Reads a page; `None` when it describes no resource type.
pub fn read(text: &str) -> Option<Page> {
    let name = type_name(text)?;
    let sections = table::sections(text);
    let mut page = Page {
        resource_type: ResourceType {
            name,
            ..ResourceType::default()
        },
        ..Page::default()
    };
    let mut tables: Vec<&Section> = Vec::new();
    for section in &sections {
        if let Some(table) = &section.table {
            page.rows += table.rows.len();
            page.problems.extend(table.problems.iter().cloned());
            tables.push(section);
        }
    }
    let mut used = vec![false; tables.len()];
    if let Some(root) = tables.iter().position(|section| section.is_root()) {
        used[root] = true;
        page.resource_type.properties = properties(root, &tables, &mut used, 0);
    }
    for (_, section) in tables.iter().enumerate().filter(|(index, _)| !used[*index]) {
        page.problems.push((
            section.line,
            format!("no row above belongs to the table under `{}`", section.title),
        ));
    }
    page.resource_type.attributes = attributes(&sections);
    Some(page)
}

fn type_name(text: &str) -> Option<String> {
    let heading = text.lines().find_map(|line| line.strip_prefix("# "))?;
    let name = heading.split(['{', ' ']).next()?.trim().replace('\\', "");
    name.contains("::").then_some(name)
}

/// The properties of a table, with the nested tables that belong to its rows.
fn properties(table: usize, tables: &[&Section], used: &mut Vec<bool>, depth: usize) -> Vec<Property> {
    let Some(Table { rows, .. }) = &tables[table].table else {
        return Vec::new();
    };
    let mut properties = Vec::new();
    for row in rows {
        let mut property = facts::property(row);
        // By the link's anchor first, then by name among the tables below.
        let by_anchor = tables
            .iter()
            .position(|section| section.anchor.as_ref().is_some_and(|anchor| row.links_to(anchor)));
        let by_name = || {
            (table + 1..tables.len())
                .find(|index| !used[*index] && tables[*index].nested_name() == Some(&property.name))
        };
        let nested = by_anchor
            .filter(|index| !used[*index] && *index != table)
            .or_else(by_name);
        if let Some(nested) = nested.filter(|_| depth < 8) {
            used[nested] = true;
            property.properties = self::properties(nested, tables, used, depth + 1);
            match property.kind {
                ValueKind::List => property.item_kind = Some(ValueKind::Object),
                _ => property.kind = ValueKind::Object,
            }
        }
        properties.push(property);
    }
    properties
}

fn attributes(sections: &[Section]) -> Vec<Attribute> {
    let mut names: Vec<String> = Vec::new();
    for section in sections.iter().filter(|section| section.is_attributes()) {
        for line in &section.text {
            let item = line.trim_start_matches(['-', ' ']).replace('\\', "");
            let Some((name, _)) = item.split_once([':', '：']) else {
                continue;
            };
            let word = name != "Fn"
                && !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'));
            if word && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names.sort();
    names.into_iter().map(|name| Attribute { name }).collect()
}

/// How binding the facts of a page are.
const SOURCE: Source = Source::Page;

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
# ALIYUN::X::Thing {#concept_1 .concept}

A thing.

## Properties {#section_1 .section}

|Name|Type|Required|Editable|Description|Validity|
|----|----|--------|--------|-----------|--------|
|Mode|String|Yes|No|How it works. Default value: fast.|Valid values: -   fast: quickly
-   slow\\_one: slowly

 |
|Size|Integer|No|Yes|The size. Unit: GiB.| Valid values: 5 to 2,000

-   a note
 |
|Secret|String|No|No|A|B in text|2 to 16 characters in length|
|Parts|List|No|No|The parts.|For more information, see [Parts properties](#section_2).|

## Parts syntax

```
\"Parts\": [{\"Kind\": String}]
```

## Parts properties {#section_2 .section}

|Name|Type|Required|Editable|Description|Validity|
|----|----|--------|--------|-----------|--------|
|Kind|String|Yes|No|The kind.|None|

## Response parameters

Fn::GetAtt

-   ThingId: the ID.
-   ARN.WithSlash: the name.

## Examples
";

    #[test]
    fn a_page_with_everything() {
        let page = read(PAGE).expect("a page");
        assert_eq!((page.rows, page.problems.len()), (5, 0), "{:?}", page.problems);
        let thing = page.resource_type;
        assert_eq!(thing.name, "ALIYUN::X::Thing");
        let mode = thing.property("Mode").expect("Mode");
        assert_eq!(
            mode.values
                .iter()
                .map(|value| value.value.as_str())
                .collect::<Vec<_>>(),
            ["fast", "slow_one"]
        );
        assert_eq!(
            (mode.default.as_deref(), mode.required, mode.editable),
            (Some("fast"), true, Some(false))
        );
        let size = thing.property("Size").expect("Size");
        assert_eq!(
            (size.kind, size.min, size.max, size.values.len()),
            (ValueKind::Integer, Some(5.0), Some(2000.0), 0)
        );
        let secret = thing.property("Secret").expect("Secret");
        assert_eq!((secret.min_length, secret.max_length), (Some(2), Some(16)));
        assert_eq!(
            thing
                .property("Parts")
                .and_then(|parts| parts.property("Kind"))
                .map(|kind| kind.required),
            Some(true)
        );
        let attributes: Vec<_> = thing
            .attributes
            .iter()
            .map(|attribute| attribute.name.as_str())
            .collect();
        assert_eq!(attributes, ["ARN.WithSlash", "ThingId"]);
    }

    #[test]
    fn chinese_words() {
        let page = "# ALIYUN::X::Thing\n\n## 属性\n\n|属性名称|类型|必须|允许更新|描述|约束|\n|--|--|--|--|--|--|\n\
                    |模式|String|是|否|说明|取值：\n\n-   a：甲\n-   b（默认值）：乙|\n|大小|Integer|否|是|说明|取值范围：1~100。|\n";
        let page = read(page).expect("a page");
        let mode = &page.resource_type.properties[0];
        assert_eq!(
            (mode.required, mode.editable, mode.default.as_deref()),
            (true, Some(false), Some("b"))
        );
        assert_eq!(
            mode.values
                .iter()
                .map(|value| value.value.as_str())
                .collect::<Vec<_>>(),
            ["a", "b"]
        );
        assert_eq!(page.resource_type.properties[1].max, Some(100.0));
    }

    #[test]
    fn other_pages_are_none() {
        assert!(read("# How to write templates\n\ntext\n").is_none());
    }
}
