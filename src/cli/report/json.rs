//! The machine's report: one JSON document.

use super::{Checked, tool};
use crate::rules;
use crate::text::line_index::{Encoding, LineIndex};
use serde_json::{Value, json};
use std::io::{self, Write};

/// `{"tool": …, "files": [{"path": …, "diagnostics": […]}]}`: lines and columns from 1, columns in characters, offsets in
/// bytes. A finding's `url` is the page of its rule.
///
/// # Errors
/// When `out` can't be written.
pub fn write(files: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    let files: Vec<Value> = files.iter().map(file).collect();
    let tool = json!({ "name": tool::NAME, "version": tool::VERSION, "informationUri": rules::REPOSITORY });
    writeln!(out, "{}", json!({ "tool": tool, "files": files }))
}

fn file(file: &Checked) -> Value {
    let lines = LineIndex::new(&file.text);
    let place = |offset: u32| {
        let position = lines.position(offset, Encoding::Utf32);
        json!({"line": position.line + 1, "column": position.column + 1, "offset": offset})
    };
    let diagnostics: Vec<Value> = file
        .diagnostics
        .iter()
        .map(|finding| {
            let mut data = json!({
                "id": finding.id,
                "name": finding.name,
                "severity": finding.severity.name(),
                "message": finding.message,
                "start": place(finding.range.start),
                "end": place(finding.range.end),
            });
            if let Some(rule) = rules::rule(finding.id) {
                data["url"] = json!(rule.page());
            }
            data
        })
        .collect();
    json!({"path": file.path, "diagnostics": diagnostics})
}
