//! Whether a fault is found: the findings that a mutant has and its template had not.

use super::case::{Case, Mutant, findings};
use ros_lsp::diagnostic::{Diagnostic, Severity};
use ros_lsp::text::line_index::{Encoding, LineIndex};

/// What became of one fault.
pub(crate) struct Verdict {
    /// A new warning or error stands on a right line.
    pub(crate) found: bool,
    /// New warnings and errors on other lines, as `line: rule message`, lines from 1.
    pub(crate) bogus: Vec<String>,
    /// All new findings on the right lines, whatever their severity.
    pub(crate) there: Vec<String>,
}

pub(crate) fn judge(case: &Case, mutant: &Mutant) -> Verdict {
    let index = LineIndex::new(&mutant.text);
    let line = |index: &LineIndex<'_>, finding: &Diagnostic| {
        index.position(finding.range.start, Encoding::Utf8).line as usize
    };
    let old_index = LineIndex::new(&case.text);
    let moved = Moved::between(&case.text, &mutant.text);
    let mut before: Vec<(&str, Option<usize>, &str)> = case
        .findings
        .iter()
        .map(|finding| {
            let line = moved.line(line(&old_index, finding));
            (finding.id, line, finding.message.as_str())
        })
        .collect();
    let mut verdict = Verdict {
        found: false,
        bogus: Vec::new(),
        there: Vec::new(),
    };
    let mut new = Vec::new();
    for finding in findings(&mutant.text, case.format()) {
        let at = line(&index, &finding);
        // The same finding on the same line first: what stood in the changed lines is known by its words.
        let same = before.iter().position(|(id, line, message)| {
            *id == finding.id && line.is_none_or(|line| line == at) && *message == finding.message
        });
        match same {
            Some(same) => drop(before.swap_remove(same)),
            None => new.push((at, finding)),
        }
    }
    for (at, finding) in new {
        let told = format!(
            "{}: {} {} {}",
            at + 1,
            finding.severity.name(),
            finding.id,
            finding.message
        );
        let grave = matches!(finding.severity, Severity::Error | Severity::Warning);
        if mutant.lines.contains(&at) {
            verdict.found |= grave;
            verdict.there.push(told);
        } else if grave && !mutant.touched.contains(&at) {
            let reworded = before
                .iter()
                .position(|(id, line, _)| *id == finding.id && *line == Some(at));
            match reworded {
                Some(same) => drop(before.swap_remove(same)),
                None => verdict.bogus.push(told),
            }
        }
    }
    verdict
}

/// How the lines of a text moved: those before and behind what changed are the same.
struct Moved {
    same_before: usize,
    same_behind: usize,
    old: usize,
    new: usize,
}

impl Moved {
    fn between(old: &str, new: &str) -> Self {
        let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
        let same = |a: &mut dyn Iterator<Item = (&&str, &&str)>| a.take_while(|(a, b)| a == b).count();
        let same_before = same(&mut old.iter().zip(&new));
        let rest = old.len().min(new.len()) - same_before;
        Moved {
            same_before,
            same_behind: same(&mut old.iter().rev().zip(new.iter().rev()).take(rest)),
            old: old.len(),
            new: new.len(),
        }
    }

    /// The line's new number; `None` if it is among those that changed.
    fn line(&self, line: usize) -> Option<usize> {
        if line < self.same_before {
            Some(line)
        } else if line >= self.old - self.same_behind {
            Some(line + self.new - self.old)
        } else {
            None
        }
    }
}
