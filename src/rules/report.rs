//! Collects findings while the checks run.

use super::declare::Rule;
use super::wording::{odd_characters, shown};
use crate::diagnostic::{Diagnostic, Fix, Related, Severity};
use crate::syntax::Node;
use crate::text::{TextRange, edit::TextEdit};

/// Findings so far.
#[derive(Debug, Default)]
pub struct Report {
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A finding just added, to say more about it.
pub struct Finding<'r> {
    diagnostic: &'r mut Diagnostic,
}

impl Report {
    /// Adds a finding at a range of the document.
    pub fn add(&mut self, rule: &Rule, range: TextRange, message: impl Into<String>) -> Finding<'_> {
        self.diagnostics.push(Diagnostic {
            id: rule.id,
            name: rule.name,
            severity: rule.severity,
            message: message.into(),
            range,
            related: Vec::new(),
            unnecessary: false,
            deprecated: false,
            unfinished: false,
            fixes: Vec::new(),
        });
        let last = self.diagnostics.len() - 1;
        Finding {
            diagnostic: &mut self.diagnostics[last],
        }
    }

    /// Adds a finding at a scalar's content, a missing value's key, or a collection's first line.
    pub fn at(&mut self, rule: &Rule, node: Node<'_>, message: impl Into<String>) -> Finding<'_> {
        self.add(rule, place_of(node), message)
    }
}

/// What to underline for a node: a scalar's content, or a collection's first line so that the rest stays readable.
pub(super) fn place_of(node: Node<'_>) -> TextRange {
    let range = node.content_range();
    let source = node.source();
    match source.find(['\n', '\r']) {
        Some(end) if !source.is_empty() => {
            let start = node.range().start;
            TextRange::new(
                range.start.min(start),
                start + source[..end].trim_end().len() as u32,
            )
        }
        _ => range,
    }
}

impl Finding<'_> {
    pub fn severity(self, severity: Severity) -> Self {
        self.diagnostic.severity = severity;
        self
    }

    pub fn related(self, range: TextRange, message: impl Into<String>) -> Self {
        self.diagnostic.related.push(Related {
            range,
            message: message.into(),
        });
        self
    }

    pub fn unnecessary(self) -> Self {
        self.diagnostic.unnecessary = true;
        self
    }

    pub fn deprecated(self) -> Self {
        self.diagnostic.deprecated = true;
        self
    }

    /// Something is still missing at the range: not shown while the author is typing there.
    pub fn unfinished(self) -> Self {
        self.diagnostic.unfinished = true;
        self
    }

    /// The one right answer.
    pub fn fix(self, title: impl Into<String>, edits: Vec<TextEdit>) -> Self {
        self.diagnostic.fixes.push(Fix {
            title: title.into(),
            edits,
            preferred: true,
        });
        self
    }

    /// Offers to replace the name at the finding's range by each suggestion; the only one is preferred, unless it is so
    /// short that it is near to anything. None is offered that would need quotes or escapes of its own.
    pub fn suggest(self, names: &[&str]) -> Self {
        let range = self.diagnostic.range;
        let preferred = names.len() == 1 && names.iter().all(|name| name.chars().count() > 2);
        for name in names.iter().filter(|name| is_safe(name)) {
            self.diagnostic.fixes.push(Fix {
                title: format!("Change to `{name}`"),
                edits: vec![TextEdit::replace(range, *name)],
                preferred,
            });
        }
        self
    }
}

/// Whether a text is the same without quotes, in any quotes and in `${…}`.
fn is_safe(text: &str) -> bool {
    let marks = |c: char| c.is_control() || "'\"\\{}[],#`".contains(c);
    !text.contains(marks) && !text.contains(": ") && text.trim() == text && !text.ends_with(':')
}

/// `unknown property `a`; did you mean `b`?`
pub(super) fn unknown(what: &str, name: &str, found: &[&str]) -> String {
    format!(
        "unknown {what} {}{}{}",
        shown(name),
        odd_characters(name),
        did_you_mean(found)
    )
}

/// `; did you mean `a`?` for the nearest name, or nothing.
pub(super) fn did_you_mean(names: &[&str]) -> String {
    match names.first() {
        Some(name) => format!("; did you mean `{name}`?"),
        None => String::new(),
    }
}

/// "`a`, `b` or `c`", cut after eight names.
pub(super) fn one_of<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    const MOST: usize = 8;
    let all: Vec<&str> = names.into_iter().collect();
    let shown: Vec<String> = all.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    if all.len() > MOST {
        return format!("{} or {} more", shown.join(", "), all.len() - MOST);
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
