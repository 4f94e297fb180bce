//! Somebody who types in an editor: brackets and quotes are closed and lines are indented by the editor.

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::diagnostic::Diagnostic;
use ros_lsp::document::Document;
use ros_lsp::features::typing::{Typing, is_typed};
use ros_lsp::rules::Analysis;
use ros_lsp::syntax::Format;
use ros_lsp::text::TextRange;
use ros_lsp::text::buffer::{Buffer, Change};
use ros_lsp::text::line_index::Encoding;
use ros_lsp::text::patch::Patch;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_millis(800);

/// From key to key.
const KEY: Duration = Duration::from_millis(120);

/// An author's view of the findings.
pub(crate) struct Reader {
    typing: Typing,
    now: Instant,
    pauses_at_line_end: bool,
    pub(crate) watch: Watch,
}

pub(crate) struct Author {
    buffer: Buffer,
    document: Document,
    analysis: Analysis,
    findings: Arc<Vec<Diagnostic>>,
    version: u64,
    cursor: u32,
    /// What the editor closed behind the cursor.
    ahead: String,
    pub(crate) keystrokes: usize,
    /// Without any wait.
    pub(crate) all: Watch,
    /// One who types in one go, and one who pauses at each line's end.
    pub(crate) readers: [Reader; 2],
}

/// A list of findings over time.
#[derive(Default)]
pub(crate) struct Watch {
    /// Each with whether a keystroke or a pause brought it.
    present: Vec<(Diagnostic, bool)>,
    pub(crate) flashes: usize,
    /// Those of which only the words changed.
    pub(crate) changes_of_words: usize,
    /// Flashes of each rule.
    pub(crate) rules: BTreeMap<&'static str, usize>,
}

impl Author {
    pub(crate) fn opens(text: &str, format: Format) -> Self {
        let document = Document::new(text, format);
        let analysis = Analysis::of(&document, Catalog::embedded());
        let mut author = Author {
            buffer: Buffer::new(text),
            findings: Arc::new(analysis.findings(&document, Catalog::embedded(), &Config::default())),
            document,
            analysis,
            version: 1,
            cursor: 0,
            ahead: String::new(),
            keystrokes: 0,
            all: Watch::default(),
            readers: [false, true].map(|pauses_at_line_end| Reader {
                typing: Typing::default(),
                now: Instant::now(),
                pauses_at_line_end,
                watch: Watch::default(),
            }),
        };
        author.looks(&Patch::default(), false);
        author
    }

    /// Types `text` at `at`, key by key.
    pub(crate) fn types(&mut self, at: u32, text: &str) {
        self.cursor = at;
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let taken = self.goes_over(rest).unwrap_or_else(|| self.presses(next, rest));
            rest = &rest[taken..];
        }
    }

    /// Takes the hands off: everything is shown.
    pub(crate) fn rests(&mut self) {
        for reader in &mut self.readers {
            reader.now += PAUSE;
            let list = reader.looks(self.version, &self.document, &self.findings);
            let hidden = |finding: &&Diagnostic| !list.contains(finding);
            // What is missing where the cursor still is may wait.
            let lost = self
                .findings
                .iter()
                .filter(hidden)
                .filter(|finding| !finding.unfinished);
            assert_eq!(lost.collect::<Vec<_>>(), Vec::<&Diagnostic>::new());
            reader.typing.saved();
            assert_eq!(
                reader.looks(self.version, &self.document, &self.findings),
                self.findings
            );
        }
    }

    /// Where the editor has closed what comes next, the cursor only goes over it.
    fn goes_over(&mut self, rest: &str) -> Option<usize> {
        let (here, there) = (rest.trim_start(), self.ahead.trim_start());
        let closing = here.chars().next().filter(|next| there.starts_with(*next))?;
        let is_quote = matches!(closing, '"' | '\'');
        let (spaces, spaces_ahead) = (rest.len() - here.len(), self.ahead.len() - there.len());
        if is_quote && (spaces + spaces_ahead > 0 || self.before() == Some('\\')) {
            return None;
        }
        self.keystrokes += 1;
        let over = spaces_ahead + closing.len_utf8();
        self.ahead.drain(..over);
        self.cursor += over as u32;
        Some(spaces + closing.len_utf8())
    }

    /// One key; how much of the text it made.
    fn presses(&mut self, key: char, rest: &str) -> usize {
        if key == '\n' {
            return self.breaks_line(rest);
        }
        let closing = match key {
            '{' => "}",
            '[' => "]",
            '"' | '\''
                if !self
                    .before()
                    .is_some_and(|before| before.is_alphanumeric() || "\\\"'".contains(before)) =>
            {
                if key == '"' { "\"" } else { "'" }
            }
            _ => "",
        };
        let closing = if self.ahead.starts_with(['"', '\'']) {
            ""
        } else {
            closing
        };
        self.replaces(
            TextRange::empty(self.cursor),
            &format!("{key}{closing}"),
            closing.len(),
        );
        self.ahead.insert_str(0, closing);
        key.len_utf8()
    }

    /// Enter, with the indentation that the editor makes of it, and the keys that make it the wanted one.
    fn breaks_line(&mut self, rest: &str) -> usize {
        for reader in self.readers.iter_mut().filter(|reader| reader.pauses_at_line_end) {
            reader.now += PAUSE;
        }
        self.looks(&Patch::default(), true);
        let start = self.buffer.line_start(self.cursor);
        let line = self.buffer.slice(TextRange::new(start, self.cursor));
        let indent = line.len() - line.trim_start().len();
        let opens = line.trim_end().ends_with(['{', '[', ':', '|']);
        let inner = if opens { indent + 2 } else { indent };
        let between = self.ahead.starts_with(['}', ']']) && line.ends_with(['{', '[']);
        let behind = if between {
            format!("\n{}", " ".repeat(indent))
        } else {
            String::new()
        };
        let text = format!("\n{}{behind}", " ".repeat(inner));
        self.replaces(TextRange::empty(self.cursor), &text, behind.len());
        self.ahead.insert_str(0, &behind);
        // Blank lines are typed as the others.
        let line = rest[1..].split('\n').next().unwrap_or_default();
        let wanted = line.len() - line.trim_start_matches(' ').len();
        let mut has = inner;
        while has > wanted {
            let less = (has - wanted).min(2);
            self.replaces(TextRange::new(self.cursor - less as u32, self.cursor), "", 0);
            has -= less;
        }
        if wanted > has {
            self.replaces(TextRange::empty(self.cursor), &" ".repeat(wanted - has), 0);
        }
        1 + wanted
    }

    fn before(&self) -> Option<char> {
        let start = self.buffer.line_start(self.cursor);
        self.buffer
            .slice(TextRange::new(start, self.cursor))
            .chars()
            .last()
    }

    /// One edit, and what is found then. The cursor ends so many bytes before the end of the new text.
    fn replaces(&mut self, range: TextRange, text: &str, behind: usize) {
        let position = |offset| self.buffer.position(offset, Encoding::Utf8);
        let change = Change {
            range: Some((position(range.start), position(range.end))),
            text: text.to_owned(),
        };
        let before = self.buffer.clone();
        let touched = self.buffer.apply(&[change], Encoding::Utf8);
        self.version += 1;
        self.keystrokes += 1;
        let is_typed = is_typed(&before, &self.buffer, &touched);
        for reader in &mut self.readers {
            reader.now += KEY;
            reader.typing.edited(self.version, &touched, is_typed, reader.now);
        }
        let patch = Patch::of(&touched);
        let (document, changes) = self.document.edited(&self.buffer, &patch);
        self.analysis = self.analysis.edited(&document, Catalog::embedded(), &changes);
        self.findings = Arc::new(
            self.analysis
                .findings(&document, Catalog::embedded(), &Config::default()),
        );
        self.document = document;
        self.cursor = range.start + (text.len() - behind) as u32;
        self.looks(&patch, true);
    }

    fn looks(&mut self, patch: &Patch, by_author: bool) {
        self.all.sees(&self.findings, patch, by_author);
        for reader in &mut self.readers {
            let list = reader.looks(self.version, &self.document, &self.findings);
            reader.watch.sees(&list, patch, by_author);
        }
    }
}

impl Reader {
    fn looks(
        &mut self,
        version: u64,
        document: &Document,
        findings: &Arc<Vec<Diagnostic>>,
    ) -> Arc<Vec<Diagnostic>> {
        let view = self
            .typing
            .look(version, &document.tree, findings, PAUSE, self.now);
        view.list
    }
}

impl Watch {
    /// Takes the next list, after an edit or a pause.
    fn sees(&mut self, list: &[Diagnostic], patch: &Patch, by_author: bool) {
        let mut missing = std::mem::take(&mut self.present);
        for finding in list {
            let known = missing
                .iter()
                .position(|(known, _)| is_same(known, finding, patch));
            let brought = known.map_or(by_author, |at| missing.swap_remove(at).1);
            self.present.push((finding.clone(), brought));
        }
        let is_at =
            |other: &Diagnostic, gone: &Diagnostic| other.id == gone.id && is_there(gone, other, patch);
        for (gone, _) in missing.iter().filter(|(_, brought)| by_author && *brought) {
            self.flashes += 1;
            if self.present.iter().any(|(other, _)| is_at(other, gone)) {
                self.changes_of_words += 1;
            }
            *self.rules.entry(gone.id).or_default() += 1;
        }
    }
}

fn is_same(old: &Diagnostic, new: &Diagnostic, patch: &Patch) -> bool {
    old.id == new.id && old.message == new.message && is_there(old, new, patch)
}

/// Whether `new` is where the edit has moved `old`.
fn is_there(old: &Diagnostic, new: &Diagnostic, patch: &Patch) -> bool {
    let (start, end) = (patch.new_offset(old.range.start), patch.new_offset(old.range.end));
    let mut places = patch.places().iter();
    let touched = places.any(|place| place.old.start <= old.range.end && old.range.start <= place.old.end);
    match touched {
        true => start.min(new.range.end) <= new.range.end && new.range.start <= end,
        false => (start, end) == (new.range.start, new.range.end),
    }
}
