//! The machine's report: one JSON document.

use super::Checked;
use crate::text::line_index::{Encoding, LineIndex};
use serde_json::{Value, json};
use std::io::{self, Write};

/// `{"files": [{"path": …, "diagnostics": […]}]}`: lines and columns from 1, columns in characters, offsets in bytes.
///
/// # Errors
/// When `out` can't be written.
pub fn write(files: &[Checked], out: &mut dyn Write) -> io::Result<()> {
    let files: Vec<Value> = files.iter().map(file).collect();
    writeln!(out, "{}", json!({ "files": files }))
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
            json!({
                "id": finding.id,
                "name": finding.name,
                "severity": finding.severity.name(),
                "message": finding.message,
                "start": place(finding.range.start),
                "end": place(finding.range.end),
            })
        })
        .collect();
    json!({"path": file.path, "diagnostics": diagnostics})
}
