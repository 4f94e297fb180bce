//! The report for people: each finding with its source line and a caret, then a summary.
//!
//! Drawn by `annotate-snippets`, the renderer of the Rust compiler: it measures wide characters right and has no macros
//! or error traits to subscribe to.

use super::Checked;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::TextRange;
use crate::text::line_index::{Encoding, LineIndex};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};
use std::io::{self, Write};

/// Related places shown for one finding.
const MOST_RELATED: usize = 4;

/// Writes the findings of all files and a closing line that counts them as `what`.
///
/// # Errors
/// When `out` can't be written.
pub fn write(files: &[Checked], what: &str, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    for file in files {
        let lines = LineIndex::new(&file.text);
        for finding in &file.diagnostics {
            writeln!(out, "{}\n", draw(file, &lines, finding, &renderer))?;
        }
    }
    writeln!(out, "{}", summary(files, what))
}

fn draw(file: &Checked, lines: &LineIndex<'_>, finding: &Diagnostic, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO.with_name("information"),
        Severity::Hint => Level::HELP.with_name("hint"),
    };
    let title = level.primary_title(finding.message.as_str()).id(finding.id);
    let mut group = title.element(snippet(file, lines, finding.range, AnnotationKind::Primary, ""));
    for related in finding.related.iter().take(MOST_RELATED) {
        group = group.element(snippet(
            file,
            lines,
            related.range,
            AnnotationKind::Context,
            &related.message,
        ));
    }
    renderer.render(&[group])
}

/// The lines of a range, the range marked.
fn snippet<'f>(
    file: &'f Checked,
    lines: &LineIndex<'f>,
    range: TextRange,
    kind: AnnotationKind,
    label: &'f str,
) -> Snippet<'f, annotate_snippets::Annotation<'f>> {
    let text = file.text.as_str();
    let first = lines.position(range.start, Encoding::Utf8);
    let start = range.start - first.column;
    let rest = &text[start as usize..];
    let inner = &rest[first.column as usize..];
    let length = inner.find(['\n', '\r']).unwrap_or(inner.len());
    let line = &rest[..first.column as usize + length];
    // What goes on over several lines is marked on its first.
    let marked = (range.len() as usize)
        .min(length)
        .max(usize::from(length > 0 && range.is_empty()));
    let marked = floor(inner, marked);
    let from = first.column as usize;
    let annotation = kind.span(from..from + marked);
    let annotation = if label.is_empty() {
        annotation
    } else {
        annotation.label(label)
    };
    Snippet::source(line)
        .line_start(first.line as usize + 1)
        .path(file.path.as_str())
        .annotation(annotation)
}

/// The next character boundary at or after `at`.
fn floor(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}

fn summary(files: &[Checked], what: &str) -> String {
    let count = |severity| {
        files
            .iter()
            .flat_map(|file| &file.diagnostics)
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let parts: Vec<String> = [
        (count(Severity::Error), "error"),
        (count(Severity::Warning), "warning"),
        (count(Severity::Information) + count(Severity::Hint), "note"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, word)| plural(number, word))
    .collect();
    let checked = plural(files.len(), what);
    match parts.is_empty() {
        true => format!("{checked} checked: nothing to report"),
        false => format!("{checked} checked: {}", parts.join(", ")),
    }
}

fn plural(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
