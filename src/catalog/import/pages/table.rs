//! Property tables: columns by the names in the header, in English and Chinese, by position where those are unknown.

use super::super::mine::plain;
use super::markdown::{Row, Table, prose};
use crate::catalog::{Property, ValueKind};

/// A row of a property table.
#[derive(Debug)]
pub(super) struct PropertyRow {
    pub(super) line: usize,
    /// Name, kind, required, editable.
    pub(super) property: Property,
    pub(super) description: String,
    pub(super) constraint: String,
    /// The text cells as they stand, with their links.
    raw: String,
    /// What could not be read.
    pub(super) problems: Vec<String>,
}

impl PropertyRow {
    /// Whether the row links to a section, by its anchor or by its title.
    pub(super) fn links_to_anchor(&self, anchor: &str) -> bool {
        self.raw.contains(&format!("](#{anchor})"))
    }

    pub(super) fn links_to_title(&self, title: &str) -> bool {
        self.raw.replace('\\', "").contains(&format!("[{title}](#"))
    }
}

/// Where the columns are.
struct Columns {
    name: usize,
    kind: usize,
    required: usize,
    editable: Option<usize>,
    description: Option<usize>,
    constraint: Option<usize>,
    count: usize,
}

impl Columns {
    /// `None` when the table is none of properties.
    fn read(header: &[String]) -> Option<Columns> {
        let words: Vec<String> = header
            .iter()
            .map(|cell| plain(cell).trim().to_lowercase())
            .collect();
        let column = |names: &[&str]| words.iter().position(|word| names.contains(&word.as_str()));
        let kind = column(&["type", "data type", "类型", "数据类型"]);
        let required = column(&[
            "required",
            "必须",
            "是否必需",
            "是否必须",
            "必选",
            "是否必选",
            "必填",
            "是否必填",
        ]);
        let name = column(&[
            "property",
            "name",
            "parameter",
            "property name",
            "parameter name",
            "属性名称",
            "属性",
            "名称",
            "参数",
            "参数名称",
            "参数名",
        ]);
        let count = header.len();
        match (name, kind, required) {
            (Some(name), Some(kind), Some(required)) => Some(Columns {
                name,
                kind,
                required,
                editable: column(&[
                    "editable",
                    "update allowed",
                    "updatable",
                    "允许更新",
                    "可更新",
                    "是否可更新",
                ]),
                description: column(&["description", "描述", "说明"]),
                constraint: column(&["constraint", "constraints", "validity", "约束", "限制", "取值"]),
                count,
            }),
            // Name, type, required, [editable], description, constraint.
            _ if count == 5 || count == 6 => Some(Columns {
                name: 0,
                kind: 1,
                required: 2,
                editable: (count == 6).then_some(3),
                description: Some(count - 2),
                constraint: Some(count - 1),
                count,
            }),
            _ => None,
        }
    }
}

/// The rows of a property table; `None` when the table is another.
pub(super) fn property_rows(table: &Table) -> Option<Vec<PropertyRow>> {
    let columns = Columns::read(&table.header)?;
    Some(table.rows.iter().map(|row| property_row(row, &columns)).collect())
}

fn property_row(row: &Row, columns: &Columns) -> PropertyRow {
    let mut problems = Vec::new();
    if row.cells.len() < columns.count {
        problems.push(format!(
            "the row has {} of {} cells",
            row.cells.len(),
            columns.count
        ));
    }
    let cell = |index: usize| row.cells.get(index).map_or("", String::as_str);
    let word = |index: usize| plain(cell(index)).trim().to_owned();
    let name = word(columns.name);
    if name.is_empty() || name.contains(char::is_whitespace) {
        problems.push(format!("`{name}` is no name of a property"));
    }
    let (kind, item_kind) = kind(&word(columns.kind));
    if kind.is_none() {
        problems.push(format!("`{}` is no known type", word(columns.kind)));
    }
    let mut answer = |index: usize| {
        let word = word(index);
        let answer = yes(&word);
        if answer.is_none() && !word.is_empty() {
            problems.push(format!("`{word}` is neither yes nor no"));
        }
        answer
    };
    let required = answer(columns.required) == Some(true);
    let editable = columns.editable.and_then(answer);
    // A stray `|` in the text makes more cells: the last column takes them, enumerations stand there.
    let last = columns.count - 1;
    let text = |column: Option<usize>| match column {
        Some(index) if index == last => row.cells.get(index..).unwrap_or_default().join("|"),
        Some(index) => cell(index).to_owned(),
        None => String::new(),
    };
    let (description, constraint) = (text(columns.description), text(columns.constraint));
    PropertyRow {
        line: row.line,
        property: Property {
            name,
            kind: kind.unwrap_or_default(),
            item_kind,
            required,
            editable,
            ..Property::default()
        },
        raw: format!("{description}\n{constraint}"),
        description: prose(&description),
        constraint: prose(&constraint),
        problems,
    }
}

/// The kind that a word names, and that of its items: `List<String>`, `String[]`.
fn kind(word: &str) -> (Option<ValueKind>, Option<ValueKind>) {
    let word = word.to_lowercase();
    if let Some(item) = word.strip_suffix("[]") {
        return (Some(ValueKind::List), kind(item).0);
    }
    let (outer, inner) = match word.split_once(['<', '(']) {
        Some((outer, inner)) => (outer.trim(), Some(inner.trim_end_matches(['>', ')']))),
        None => match word.split_once(" of ") {
            Some((outer, inner)) => (outer.trim(), Some(inner.trim_end_matches('s'))),
            None => (word.as_str(), None),
        },
    };
    let kind_of = |word: &str| match word.trim() {
        "string" | "字符串" => Some(ValueKind::String),
        "integer" | "int" | "long" | "整型" | "整数" => Some(ValueKind::Integer),
        "number" | "float" | "double" => Some(ValueKind::Number),
        "boolean" | "bool" | "布尔" => Some(ValueKind::Boolean),
        "list" | "array" | "列表" => Some(ValueKind::List),
        "map" | "dict" | "object" | "struct" => Some(ValueKind::Map),
        "any" | "json" => Some(ValueKind::Any),
        _ => None,
    };
    (kind_of(outer), inner.and_then(kind_of))
}

fn yes(word: &str) -> Option<bool> {
    match word.to_lowercase().trim_end_matches(['.', '。']) {
        "yes" | "true" | "required" | "是" | "必填" | "必选" => Some(true),
        "no" | "false" | "optional" | "否" | "可选" | "选填" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(header: &[&str], cells: &[&str]) -> Option<PropertyRow> {
        let own = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        let table = Table {
            header: own(header),
            rows: vec![Row {
                line: 3,
                cells: own(cells),
            }],
        };
        property_rows(&table)?.pop()
    }

    #[test]
    fn columns_by_name_in_any_order() {
        let read = row(
            &["Type", "属性名称", "Description", "Required"],
            &["List<String>", "A\\_b", "d", "是"],
        )
        .expect("a row");
        let property = &read.property;
        assert_eq!(
            (property.name.as_str(), property.kind, property.item_kind),
            ("A_b", ValueKind::List, Some(ValueKind::String))
        );
        assert_eq!(
            (property.required, property.editable, read.description.as_str()),
            (true, None, "d")
        );
    }

    #[test]
    fn unknown_headers_by_position_and_other_tables_not_at_all() {
        assert!(
            row(
                &["Nom", "Genre", "Requis", "Texte", "Limites"],
                &["A", "String", "Yes", "d", "c"]
            )
            .is_some()
        );
        assert!(row(&["Region", "Code"], &["x", "y"]).is_none());
        assert!(row(&["Name", "Description", "Parameter"], &["x", "y", "z"]).is_none());
    }

    #[test]
    fn stray_bars_belong_to_the_last_column() {
        let header = [
            "Property",
            "Type",
            "Required",
            "Editable",
            "Description",
            "Constraint",
        ];
        let read = row(
            &header,
            &["A", "String", "No", "Yes", "d", "Valid values: a", "b", "c"],
        )
        .expect("a row");
        assert_eq!(
            (read.constraint.as_str(), read.problems.len()),
            ("Valid values: a|b|c", 0)
        );
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let header = [
            "Property",
            "Type",
            "Required",
            "Editable",
            "Description",
            "Constraint",
        ];
        let read = row(&header, &["A", "Strnig", "Maybe"]).expect("a row");
        assert_eq!(
            read.problems,
            [
                "the row has 3 of 6 cells",
                "`Strnig` is no known type",
                "`Maybe` is neither yes nor no"
            ]
        );
    }
}
