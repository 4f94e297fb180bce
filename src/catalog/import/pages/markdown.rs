//! Markdown of a page: sections with their text, tables whose cells run over many lines, and cells as readable prose.

use super::super::mine::link;
use super::Fault;
use crate::text::TextRange;

/// A part of the page's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece<'p> {
    pub(super) text: &'p str,
    /// Byte offset in the page.
    pub(super) start: u32,
}

/// The sections of a page, in order (the first is what stands before any heading), and what is wrong with its Markdown.
#[derive(Debug, Default)]
pub(super) struct Outline<'p> {
    pub(super) sections: Vec<Section<'p>>,
    pub(super) faults: Vec<Fault>,
}

/// What stands under one heading, or under a paragraph in bold that serves as one (`**X properties**`).
#[derive(Debug, Default)]
pub(super) struct Section<'p> {
    pub(super) title: String,
    /// Of the title.
    pub(super) range: TextRange,
    /// Of the heading: `## X {#anchor .section}`.
    pub(super) anchor: Option<String>,
    /// Number of `#`; 7 for a paragraph in bold.
    pub(super) level: usize,
    pub(super) tables: Vec<Table<'p>>,
    /// Lines outside tables, code and comments.
    pub(super) text: Vec<Piece<'p>>,
    /// Lines of code blocks.
    pub(super) code: Vec<&'p str>,
}

/// A table as it stands.
#[derive(Debug, Default)]
pub(super) struct Table<'p> {
    pub(super) header: Vec<Piece<'p>>,
    pub(super) rows: Vec<Row<'p>>,
}

#[derive(Debug, Default)]
pub(super) struct Row<'p> {
    /// All of it, without blanks and line breaks behind.
    pub(super) text: Piece<'p>,
    /// At least as many as the header has, unless the row is cut off; more where a `|` stands in the text.
    pub(super) cells: Vec<Piece<'p>>,
    /// It goes on over several lines and never ends with `|`.
    pub(super) open: bool,
}

impl<'p> Piece<'p> {
    pub(super) fn range(self) -> TextRange {
        TextRange::new(self.start, self.start + self.text.len() as u32)
    }

    /// Without blanks and line breaks around it.
    pub(super) fn trimmed(self) -> Piece<'p> {
        let text = self.text.trim_start();
        let start = self.start + (self.text.len() - text.len()) as u32;
        Piece {
            text: text.trim_end(),
            start,
        }
    }

    pub(super) fn first_line(self) -> Piece<'p> {
        Piece {
            text: self.text.lines().next().unwrap_or_default(),
            ..self
        }
    }

    /// From byte `from` of the piece to byte `to`, which are ends of characters.
    pub(super) fn part(self, from: usize, to: usize) -> Piece<'p> {
        Piece {
            text: self.text.get(from..to).unwrap_or_default(),
            start: self.start + from as u32,
        }
    }
}

/// Reads the outline of a page.
pub(super) fn outline(text: &str) -> Outline<'_> {
    let mut outline = Outline::default();
    let mut current = Section::default();
    let lines = lines(text);
    let mut at = 0;
    let mut code = None;
    while let Some(line) = lines.get(at).copied() {
        let next = lines.get(at + 1).map(|next| next.text);
        if line.text.trim_start().starts_with("```") {
            code = match code {
                None => Some(line),
                Some(_) => None,
            };
        } else if code.is_some() {
            current.code.push(line.text);
        } else if line.text.trim_start().starts_with("<!--") {
            match lines.iter().skip(at).position(|line| line.text.contains("-->")) {
                Some(lines) => at += lines,
                None => outline.fault(line, "the comment is not closed with `-->`"),
            }
        } else if let Some(next) = heading(line) {
            outline.sections.push(std::mem::replace(&mut current, next));
        } else if line.text.starts_with('|') && (next.is_some_and(is_rule) || is_header(line.text)) {
            let (table, after) = table(text, &lines, at);
            current.tables.push(table);
            at = after;
            continue;
        } else {
            if line.text.contains('|') && next.is_some_and(is_rule_of_any_form) {
                outline.fault(
                    line,
                    "begin each row of a table with `|`, at the start of its line",
                );
            }
            current.text.push(line);
        }
        at += 1;
    }
    outline.sections.push(current);
    if let Some(fence) = code {
        outline.fault(fence, "the code block is not closed with ```");
    }
    outline
}

impl Outline<'_> {
    fn fault(&mut self, at: Piece<'_>, message: &str) {
        self.faults.push((at.trimmed().range(), message.to_owned()));
    }
}

/// The lines of a text, without their line breaks and without a byte order mark before the first.
fn lines(text: &str) -> Vec<Piece<'_>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut start = (text.len() - body.len()) as u32;
    body.split_inclusive('\n')
        .map(|line| {
            let at = start;
            start += line.len() as u32;
            let line = line.strip_suffix('\n').unwrap_or(line);
            Piece {
                text: line.strip_suffix('\r').unwrap_or(line),
                start: at,
            }
        })
        .collect()
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

fn heading<'p>(line: Piece<'p>) -> Option<Section<'p>> {
    let level = line.text.chars().take_while(|c| *c == '#').count();
    let rest = line.part(level, line.text.len());
    if (1..=6).contains(&level) && rest.text.starts_with(' ') {
        let end = rest.text.find('{').unwrap_or(rest.text.len());
        let title = rest.part(0, end).trimmed();
        let anchor = rest.text[end..]
            .split(['{', '}', ' '])
            .find_map(|part| part.strip_prefix('#'))
            .map(str::to_owned);
        return Some(Section {
            title: title.text.trim_matches('*').trim().replace('\\', ""),
            range: title.range(),
            anchor,
            level,
            ..Section::default()
        });
    }
    let bold = line.text.trim().strip_prefix("**")?.strip_suffix("**")?.trim();
    let title = ["properties", "Properties", "syntax", "属性", "语法"]
        .iter()
        .any(|word| bold.ends_with(word));
    (title && !bold.contains("**")).then(|| Section {
        title: bold.replace('\\', ""),
        range: line.trimmed().range(),
        level: 7,
        ..Section::default()
    })
}

fn is_rule(line: &str) -> bool {
    line.starts_with('|') && is_rule_of_any_form(line)
}

/// Also `--|--`, and one that is indented: what other readers of Markdown take.
fn is_rule_of_any_form(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// Some old tables have no rule below their header.
fn is_header(line: &str) -> bool {
    let cells = cells(Piece { text: line, start: 0 });
    let words = |names: &[&str]| cells.iter().any(|cell| names.contains(&cell.text));
    words(&["Name", "Property", "Parameter", "名称", "属性名称", "属性"]) && words(&["Type", "类型"])
}

/// The table whose header stands in line `at` (from 0), and the line behind it.
fn table<'p>(page: &'p str, lines: &[Piece<'p>], at: usize) -> (Table<'p>, usize) {
    let header = lines.get(at).map(|line| cells(*line)).unwrap_or_default();
    let columns = header.len();
    let mut table = Table {
        header,
        rows: Vec::new(),
    };
    let ruled = lines.get(at + 1).is_some_and(|next| is_rule(next.text));
    let mut at = if ruled { at + 2 } else { at + 1 };
    loop {
        // Blank lines may stand between rows.
        let next = lines
            .iter()
            .skip(at)
            .position(|line| !line.text.trim().is_empty());
        let Some((start, first)) = next
            .and_then(|skipped| Some((at + skipped, *lines.get(at + skipped)?)))
            .filter(|(_, line)| line.text.starts_with('|'))
        else {
            return (table, at);
        };
        let mut text = first;
        at = start + 1;
        // A row ends at the line whose `|` completes the columns.
        while !complete(text, columns)
            && let Some(line) = lines.get(at)
            && heading(*line).is_none()
            && !begins_row(line.text)
            && !(ends(text.text) && line.text.starts_with('|'))
        {
            text.text = page
                .get(text.start as usize..line.range().end as usize)
                .unwrap_or_default();
            at += 1;
        }
        let open = at > start + 1 && !ends(text.text);
        table.rows.push(Row {
            text: text.trimmed(),
            cells: cells(text),
            open,
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
    let known = matches!(
        required.to_ascii_lowercase().as_str(),
        "yes" | "no" | "true" | "false" | "是" | "否"
    );
    !name.is_empty() && known
}

/// Whether the text ends with the `|` of a cell.
fn ends(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with('|') && !text.ends_with("\\|")
}

fn complete(text: Piece<'_>, columns: usize) -> bool {
    ends(text.text) && cells(text).len() >= columns
}

/// The cells of a row, cut at every `|` that is not escaped, without blanks around them.
fn cells(row: Piece<'_>) -> Vec<Piece<'_>> {
    let row = row.trimmed();
    let first = usize::from(row.text.starts_with('|'));
    let last = row.text.len() - usize::from(ends(row.text) && row.text.len() > first);
    let mut cells = Vec::new();
    let mut start = first;
    for (at, _) in row.text.match_indices('|') {
        if (first..last).contains(&at) && !row.text[..at].ends_with('\\') {
            cells.push(row.part(start, at).trimmed());
            start = at + 1;
        }
    }
    cells.push(row.part(start, last).trimmed());
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
        let sections = outline(page).sections;
        let section = &sections[1];
        assert_eq!(
            (
                section.title.as_str(),
                section.anchor.as_deref(),
                &page[section.range.as_usize()]
            ),
            ("T", Some("anchor"), "T")
        );
        let line = |row: &Row<'_>| page[..row.text.start as usize].matches('\n').count() + 1;
        let rows: Vec<(usize, Vec<&str>)> = section.tables[0]
            .rows
            .iter()
            .map(|row| (line(row), row.cells.iter().map(|cell| cell.text).collect()))
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
        let cells = section.tables[0].rows.iter().flat_map(|row| &row.cells);
        for cell in cells {
            assert_eq!(&page[cell.range().as_usize()], cell.text);
        }
        let text: Vec<&str> = section.text.iter().map(|line| line.text).collect();
        assert_eq!(text, ["", "", "behind"]);
        assert_eq!(sections[2].title, "Part properties");
    }

    #[test]
    fn tables_in_code_are_code() {
        let sections = outline("# T\n```\n|a|\n|-|\n## no heading\n```\n").sections;
        assert_eq!(
            (sections.len(), sections[1].tables.len(), sections[1].code.len()),
            (2, 0, 3)
        );
    }
}
