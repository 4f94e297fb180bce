//! Markdown of a page: sections with their text, tables whose cells run over many lines, and cells as readable prose.

use super::super::mine::link;

/// What stands under one heading, or under a paragraph in bold that serves as one (`**X properties**`).
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) title: String,
    /// Of the heading: `## X {#anchor .section}`.
    pub(super) anchor: Option<String>,
    /// Number of `#`; 7 for a paragraph in bold.
    pub(super) level: usize,
    /// Line of the heading, from 1.
    pub(super) line: usize,
    pub(super) tables: Vec<Table>,
    /// Lines outside tables and code.
    pub(super) text: Vec<String>,
    /// Lines of code blocks.
    pub(super) code: Vec<String>,
}

/// A table as it stands.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Default)]
pub(super) struct Row {
    /// Of the row's first line, from 1.
    pub(super) line: usize,
    /// At least as many as the header has, unless the row is cut off; more where a `|` stands in the text.
    pub(super) cells: Vec<String>,
}

/// All sections of a page, in order; the first is what stands before any heading.
pub(super) fn sections(text: &str) -> Vec<Section> {
    let mut done = Vec::new();
    let mut current = Section::default();
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    let mut code = false;
    while let Some(line) = lines.get(at).copied() {
        if line.trim_start().starts_with("```") {
            code = !code;
        } else if code {
            current.code.push(line.to_owned());
        } else if let Some(next) = heading(line, at + 1) {
            done.push(std::mem::replace(&mut current, next));
        } else if line.starts_with('|')
            && (lines.get(at + 1).is_some_and(|next| is_rule(next)) || is_header(line))
        {
            let (table, after) = table(&lines, at);
            current.tables.push(table);
            at = after;
            continue;
        } else {
            current.text.push(line.to_owned());
        }
        at += 1;
    }
    done.push(current);
    done
}

/// A cell or paragraph as Markdown that reads well by itself: needless escapes and links into the site gone, lists begun
/// on a line of their own. Empty where the text says "None".
pub(super) fn prose(text: &str) -> String {
    let text = without_links(&unescaped(text.trim()));
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_end();
        match first_bullet(line) {
            Some((lead, item)) => {
                out.push_str(lead.trim_end());
                out.push_str("\n\n");
                push_item(&mut out, item);
            }
            None => push_item(&mut out, line),
        }
        out.push('\n');
    }
    let out = out.trim();
    match out {
        "None" | "None." | "none" | "无" | "无。" | "-" | "N/A" => String::new(),
        _ => out.to_owned(),
    }
}

/// `-   item` as `- item`; an odd blank before the first level goes.
fn push_item(out: &mut String, line: &str) {
    let body = line.trim_start();
    let indent = (line.len() - body.len()) / 2 * 2;
    match body.strip_prefix('-').filter(|rest| rest.starts_with(' ')) {
        Some(item) => {
            out.push_str(&" ".repeat(indent));
            out.push_str("- ");
            out.push_str(item.trim_start());
        }
        None => out.push_str(if indent >= 2 { line } else { body }),
    }
}

/// `Valid values: -   a` has its first item behind the lead.
fn first_bullet(line: &str) -> Option<(&str, &str)> {
    let at = line.find("-   ").filter(|at| *at > 0)?;
    let lead = &line[..at];
    lead.trim_end()
        .ends_with([':', '：', '.', '。'])
        .then(|| (lead, &line[at..]))
}

/// Escapes that Markdown does not need in running text.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let needless = c == '\\'
            && chars
                .peek()
                .is_some_and(|next| "()_-.{}~[]!+#|&:=/%$^@\"',?;".contains(*next));
        if !needless {
            out.push(c);
        }
    }
    out
}

/// Links to other pages of a site lead nowhere from here: their labels stay. Links to the web stay as they are.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        out.push_str(before.strip_suffix('!').unwrap_or(before));
        match link(&from[1..]) {
            Some((label, after)) => {
                let whole = &from[..from.len() - after.len()];
                let web = whole.contains("](http://") || whole.contains("](https://");
                out.push_str(if web { whole } else { label });
                rest = after;
            }
            None => {
                out.push('[');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn heading(line: &str, number: usize) -> Option<Section> {
    let level = line.chars().take_while(|c| *c == '#').count();
    if (1..=6).contains(&level) && line[level..].starts_with(' ') {
        let (title, attributes) = line[level..].split_once('{').unwrap_or((&line[level..], ""));
        let anchor = attributes
            .split(['}', ' '])
            .find_map(|part| part.strip_prefix('#'))
            .map(str::to_owned);
        return Some(Section {
            title: title.trim().trim_matches('*').trim().replace('\\', ""),
            anchor,
            level,
            line: number,
            ..Section::default()
        });
    }
    let bold = line.trim().strip_prefix("**")?.strip_suffix("**")?.trim();
    let title = ["properties", "Properties", "syntax", "属性", "语法"]
        .iter()
        .any(|word| bold.ends_with(word));
    (title && !bold.contains("**")).then(|| Section {
        title: bold.replace('\\', ""),
        level: 7,
        line: number,
        ..Section::default()
    })
}

fn is_rule(line: &str) -> bool {
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// Some old tables have no rule below their header.
fn is_header(line: &str) -> bool {
    let words = |names: &[&str]| cells(line).iter().any(|cell| names.contains(&cell.trim()));
    words(&["Name", "Property", "Parameter", "名称", "属性名称", "属性"]) && words(&["Type", "类型"])
}

/// The table whose header stands in line `at` (from 0), and the line behind it.
fn table(lines: &[&str], at: usize) -> (Table, usize) {
    let header: Vec<String> = cells(lines.get(at).copied().unwrap_or_default())
        .into_iter()
        .map(|cell| cell.trim().to_owned())
        .collect();
    let columns = header.len();
    let mut table = Table {
        header,
        rows: Vec::new(),
    };
    let ruled = lines.get(at + 1).is_some_and(|next| is_rule(next));
    let mut at = if ruled { at + 2 } else { at + 1 };
    loop {
        // Blank lines may stand between rows.
        let next = (at..lines.len()).find(|index| !lines[*index].trim().is_empty());
        let Some(start) = next.filter(|start| lines[*start].starts_with('|')) else {
            return (table, at);
        };
        let mut text = String::from(lines[start]);
        at = start + 1;
        // A row ends at the line whose `|` completes the columns.
        while !complete(&text, columns)
            && let Some(line) = lines.get(at)
            && heading(line, 0).is_none()
            && !begins_row(line)
        {
            text.push('\n');
            text.push_str(line);
            at += 1;
        }
        table.rows.push(Row {
            line: start + 1,
            cells: cells(&text)
                .into_iter()
                .map(|cell| cell.trim().to_owned())
                .collect(),
        });
    }
}

/// Whether a line looks like the first of a property's row: `|Name|Type|Yes|`.
fn begins_row(line: &str) -> bool {
    let mut parts = line.split('|').map(str::trim);
    let (Some(""), Some(name), Some(_), Some(required)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    !name.is_empty() && matches!(required, "Yes" | "No" | "是" | "否")
}

fn complete(text: &str, columns: usize) -> bool {
    let text = text.trim_end();
    text.ends_with('|') && !text.ends_with("\\|") && cells(text).len() >= columns
}

/// The cells of a row, cut at every `|` that is not escaped.
fn cells(text: &str) -> Vec<&str> {
    let inner = text.trim_end();
    let inner = inner.strip_prefix('|').unwrap_or(inner);
    let inner = match inner.ends_with("\\|") {
        true => inner,
        false => inner.strip_suffix('|').unwrap_or(inner),
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_reads_by_itself() {
        assert_eq!(prose(" None. "), "");
        assert_eq!(
            prose("a \\(\\_b\\), see [the page](/x/y z.md) or [web](https://a.b)."),
            "a (_b), see the page or [web](https://a.b)."
        );
        assert_eq!(
            prose("Valid values: -   a: one\n-   b\n\n    -   deep\n Unit: GiB."),
            "Valid values:\n\n- a: one\n- b\n\n    - deep\nUnit: GiB."
        );
        assert_eq!(prose("Keep \\* and \\<"), "Keep \\* and \\<");
    }

    #[test]
    fn rows_over_many_lines_and_cut_rows() {
        let page = "## T {#anchor .section}\n\n|A|B|C|\n|--|:-:|--|\n|a|b|c\n\n-   d |\n\n|e|f\\|g|h|i|\n|cut|off|No|\n|x|y|No|\n\nbehind\n**Part properties**\n";
        let sections = sections(page);
        let section = &sections[1];
        assert_eq!(
            (section.title.as_str(), section.anchor.as_deref(), section.line),
            ("T", Some("anchor"), 1)
        );
        let rows: Vec<(usize, Vec<&str>)> = section.tables[0]
            .rows
            .iter()
            .map(|row| (row.line, row.cells.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(
            rows,
            [
                (5, vec!["a", "b", "c\n\n-   d"]),
                (9, vec!["e", "f\\|g", "h", "i"]),
                (10, vec!["cut", "off", "No"]),
                (11, vec!["x", "y", "No"]),
            ]
        );
        assert_eq!(section.text, ["", "", "behind"]);
        assert_eq!(sections[2].title, "Part properties");
    }

    #[test]
    fn tables_in_code_are_code() {
        let sections = sections("# T\n```\n|a|\n|-|\n## no heading\n```\n");
        assert_eq!(
            (sections.len(), sections[1].tables.len(), sections[1].code.len()),
            (2, 0, 3)
        );
    }
}
