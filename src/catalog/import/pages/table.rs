//! Headings and tables of a page: rows over several lines, lists and code inside cells, stray `|` in text.

/// What stands under one heading.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) title: String,
    pub(super) anchor: Option<String>,
    /// Line of the heading, from 1.
    pub(super) line: usize,
    pub(super) table: Option<Table>,
    /// Lines outside the table.
    pub(super) text: Vec<String>,
}

/// A table of properties.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    pub(super) problems: Vec<(usize, String)>,
}

/// One row; escapes of Markdown are resolved in `name` and `kind` only.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) required: String,
    /// Empty where the table has no such column.
    pub(super) editable: String,
    pub(super) description: String,
    pub(super) constraint: String,
}

impl Section {
    /// The table of the type's own properties.
    pub(super) fn is_root(&self) -> bool {
        matches!(self.title.as_str(), "Properties" | "属性")
    }

    /// The property that the table's rows are nested in, by its heading.
    pub(super) fn nested_name(&self) -> Option<&str> {
        let title = self.title.as_str();
        let name = ["properties", "Properties", "属性", "parameters"]
            .iter()
            .find_map(|word| title.strip_suffix(word));
        let name = name.unwrap_or(title).trim();
        (!name.is_empty() && !name.contains(' ')).then_some(name)
    }

    pub(super) fn is_attributes(&self) -> bool {
        matches!(
            self.title.as_str(),
            "Response parameters" | "Response elements" | "Return values" | "返回值"
        )
    }
}

impl Row {
    pub(super) fn links_to(&self, anchor: &str) -> bool {
        let link = format!("](#{anchor})");
        self.constraint.contains(&link) || self.description.contains(&link)
    }
}

/// All sections of a page, in order.
pub(super) fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    let mut code = false;
    while at < lines.len() {
        let line = lines[at];
        if line.trim_start().starts_with("```") {
            code = !code;
        }
        if !code && let Some(heading) = line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")) {
            sections.push(section(heading, at + 1));
            at += 1;
            continue;
        }
        let current = sections.len() - 1;
        let ruled = lines.get(at + 1).is_some_and(|next| is_rule(next));
        if !code && line.starts_with('|') && ruled && sections[current].table.is_none() {
            let columns = cells(line).len();
            let (table, after) = table(&lines, at + 2, columns);
            if columns >= 5 {
                sections[current].table = Some(table);
            }
            at = after;
            continue;
        }
        sections[current].text.push(line.to_owned());
        at += 1;
    }
    sections
}

fn section(heading: &str, line: usize) -> Section {
    let (title, attributes) = heading.split_once('{').unwrap_or((heading, ""));
    let anchor = attributes
        .split(['}', ' '])
        .find_map(|part| part.strip_prefix('#'))
        .map(str::to_owned);
    let title = title.trim().replace('\\', "");
    Section {
        title,
        anchor,
        line,
        ..Section::default()
    }
}

fn is_rule(line: &str) -> bool {
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The rows from line `at` on, and the line behind them.
fn table(lines: &[&str], mut at: usize, columns: usize) -> (Table, usize) {
    let mut table = Table::default();
    while at < lines.len() && lines[at].starts_with('|') {
        let start = at;
        let mut text = String::from(lines[at]);
        // A row ends at the line whose `|` completes the columns.
        while !complete(&text, columns) {
            at += 1;
            match lines.get(at) {
                Some(line) if !line.starts_with("## ") => {
                    text.push('\n');
                    text.push_str(line);
                }
                _ => break,
            }
        }
        if complete(&text, columns) {
            at += 1;
        }
        match row(&text, columns) {
            Some(row) => table.rows.push(row),
            None => table
                .problems
                .push((start + 1, "this row has too few cells".into())),
        }
        // Blank lines may stand between rows.
        let mut next = at;
        while lines.get(next).is_some_and(|line| line.trim().is_empty()) {
            next += 1;
        }
        if next > at && lines.get(next).is_some_and(|line| line.starts_with('|')) {
            at = next;
        }
    }
    (table, at)
}

fn complete(text: &str, columns: usize) -> bool {
    text.trim_end().ends_with('|') && !text.trim_end().ends_with("\\|") && cells(text).len() >= columns
}

/// The cells of a row, cut at every `|` that is not escaped.
fn cells(text: &str) -> Vec<&str> {
    let inner = text.trim_end().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in inner.match_indices('|') {
        if !inner[..at].ends_with('\\') {
            cells.push(&inner[start..at]);
            start = at + 1;
        }
    }
    cells.push(&inner[start..]);
    cells
}

fn row(text: &str, columns: usize) -> Option<Row> {
    let cells = cells(text);
    if cells.len() < columns {
        return None;
    }
    let fixed = if columns >= 6 { 4 } else { 3 };
    let cell = |index: usize| cells.get(index).map_or("", |cell| cell.trim()).to_owned();
    let rest = cells.get(fixed..)?;
    let (constraint, description) = rest.split_last()?;
    Some(Row {
        name: cell(0).replace('\\', ""),
        kind: cell(1).replace('\\', ""),
        required: cell(2),
        editable: if columns >= 6 { cell(3) } else { String::new() },
        // A `|` in the text is text.
        description: description.join("|").trim().to_owned(),
        constraint: constraint.trim().to_owned(),
    })
}
