//! Property tables: columns by the names in the header, in English and Chinese, by position where those are unknown.

use super::super::mine::plain;
use super::Fault;
use super::markdown::{Piece, Row, Table, prose};
use crate::catalog::suggest::nearest;
use crate::catalog::{Property, ValueKind};
use crate::text::TextRange;

/// A row of a property table.
#[derive(Debug)]
pub(super) struct PropertyRow {
    pub(super) range: TextRange,
    /// Of the name in it.
    pub(super) name_range: TextRange,
    /// Name, kind, required, editable.
    pub(super) property: Property,
    /// Whether it says yes or no to "required".
    pub(super) says_required: bool,
    pub(super) description: String,
    pub(super) constraint: String,
    /// The text cells as they stand, with their links.
    raw: String,
    /// What could not be read.
    pub(super) faults: Vec<Fault>,
}

impl PropertyRow {
    /// Whether it describes a property: a row that is just being written may have no name yet, or words for one.
    pub(super) fn describes(&self) -> bool {
        let name = &self.property.name;
        !name.is_empty() && !name.contains(char::is_whitespace)
    }

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
    fn read(header: &[Piece<'_>]) -> Option<Columns> {
        let words: Vec<String> = header
            .iter()
            .map(|cell| plain(cell.text).trim().to_lowercase())
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

    fn has(&self, column: usize) -> bool {
        [self.name, self.kind, self.required].contains(&column)
            || [self.editable, self.description, self.constraint].contains(&Some(column))
    }
}

/// The rows of a property table; `None` when the table is another. Columns that can't be read are faults of the table.
pub(super) fn property_rows(table: &Table<'_>, faults: &mut Vec<Fault>) -> Option<Vec<PropertyRow>> {
    let columns = Columns::read(&table.header)?;
    for (index, cell) in table.header.iter().enumerate() {
        if !columns.has(index) && !cell.text.is_empty() {
            let message = format!(
                "the column `{}` is not read; text belongs under `Description` or `Validity`",
                cell.text
            );
            faults.push((cell.range(), message));
        }
    }
    Some(table.rows.iter().map(|row| property_row(row, &columns)).collect())
}

fn property_row(row: &Row<'_>, columns: &Columns) -> PropertyRow {
    let mut faults = Vec::new();
    let first_line = row.text.first_line().range();
    if row.cells.len() < columns.count {
        let message = format!("the row has {} of {} cells", row.cells.len(), columns.count);
        faults.push((first_line, message));
    } else if row.open {
        faults.push((first_line, "the row does not end with `|`".to_owned()));
    }
    let cell = |index: usize| row.cells.get(index).map_or("", |cell| cell.text);
    // What is not there is missed at the row's end.
    let place = |index: usize| match row.cells.get(index) {
        Some(cell) if !cell.text.is_empty() => cell.range(),
        _ => first_line,
    };
    let word = |index: usize| plain(cell(index)).trim().to_owned();
    let name = word(columns.name);
    if name.is_empty() {
        faults.push((first_line, "the row does not name its property".to_owned()));
    } else if name.contains(char::is_whitespace) {
        let message = format!("`{name}` is no name of a property: it has blanks");
        faults.push((place(columns.name), message));
    }
    let kind_word = word(columns.kind);
    let (kind, item_kind) = kind(&kind_word);
    match kind {
        Some(_) => {}
        None if kind_word.is_empty() => faults.push((first_line, format!("`{name}` has no type"))),
        None => faults.push((place(columns.kind), unknown_kind(&kind_word))),
    }
    let mut answer = |index: usize| {
        let word = word(index);
        let answer = yes(&word);
        if answer.is_none() && !word.is_empty() {
            let message = format!("`{word}` is neither yes nor no");
            faults.push((place(index), message));
        }
        answer
    };
    let required = answer(columns.required);
    let editable = columns.editable.and_then(answer);
    // A stray `|` in the text makes more cells: the last column takes them, enumerations stand there.
    let last = columns.count - 1;
    let text = |column: Option<usize>| match column {
        Some(index) if index == last => {
            let rest = row.cells.get(index..).unwrap_or_default();
            rest.iter().map(|cell| cell.text).collect::<Vec<_>>().join("|")
        }
        Some(index) => cell(index).to_owned(),
        None => String::new(),
    };
    let (description, constraint) = (text(columns.description), text(columns.constraint));
    PropertyRow {
        range: row.text.range(),
        name_range: place(columns.name),
        says_required: required.is_some(),
        property: Property {
            name,
            kind: kind.unwrap_or_default(),
            item_kind,
            required: required == Some(true),
            editable,
            ..Property::default()
        },
        raw: format!("{description}\n{constraint}"),
        description: prose(&description),
        constraint: prose(&constraint),
        faults,
    }
}

fn unknown_kind(word: &str) -> String {
    const KINDS: [&str; 8] = [
        "String", "Integer", "Number", "Boolean", "List", "Map", "Object", "Any",
    ];
    match nearest(word, KINDS).first() {
        Some(near) => format!("`{word}` is no known type; did you mean `{near}`?"),
        None => format!("`{word}` is no known type, such as `String`, `Integer`, `List` or `Map`"),
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

    /// A table of one row, read.
    fn row(header: &[&'static str], cells: &[&'static str]) -> Option<PropertyRow> {
        let piece = |text| Piece { text, start: 0 };
        let all = |cells: &[&'static str]| cells.iter().copied().map(piece).collect();
        let table = Table {
            header: all(header),
            rows: vec![Row {
                cells: all(cells),
                ..Row::default()
            }],
        };
        property_rows(&table, &mut Vec::new())?.pop()
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
            (read.constraint.as_str(), read.faults.len()),
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
        let messages: Vec<&str> = read.faults.iter().map(|(_, message)| message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the row has 3 of 6 cells",
                "`Strnig` is no known type; did you mean `String`?",
                "`Maybe` is neither yes nor no"
            ]
        );
    }
}
