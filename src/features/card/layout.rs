//! How a card is set: a title line, paragraphs, a list of labelled lines, what comes below. Markdown.

use super::words;
use crate::features::library::Library;

/// Names beyond this number are counted, not listed.
const MANY: usize = 24;

/// Values with meanings take a line each.
const MANY_LINES: usize = 12;

/// Markdown in the making.
pub(super) struct Card<'a> {
    library: Library<'a>,
    head: String,
    text: Vec<String>,
    lines: Vec<String>,
    tail: Vec<String>,
}

impl<'a> Card<'a> {
    pub(super) fn new<'p>(
        library: Library<'a>,
        title: &str,
        parts: impl IntoIterator<Item = Option<&'p str>>,
    ) -> Card<'a> {
        let parts: Vec<&str> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        let head = match parts.is_empty() {
            true => format!("**{}**", code(title)),
            false => format!("**{}** · {}", code(title), parts.join(" · ")),
        };
        Card {
            head,
            ..Card::untitled(library)
        }
    }

    pub(super) fn untitled(library: Library<'a>) -> Card<'a> {
        Card {
            library,
            head: String::new(),
            text: Vec::new(),
            lines: Vec::new(),
            tail: Vec::new(),
        }
    }

    /// A paragraph under the title.
    pub(super) fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.text.push(text.trim().to_owned());
        }
    }

    /// A labelled line.
    pub(super) fn line(&mut self, label: &str, value: &str) {
        let blank = if value.starts_with('\n') { "" } else { " " };
        self.lines.push(format!("- {label}:{blank}{value}"));
    }

    /// A labelled line of names in code, long lists cut with a count; nothing for none.
    pub(super) fn names<'n>(&mut self, label: &str, names: impl IntoIterator<Item = &'n str>) {
        let names: Vec<&str> = names.into_iter().collect();
        if names.is_empty() {
            return;
        }
        let shown: Vec<String> = names.iter().take(MANY).map(|name| code(name)).collect();
        let more = self.more(names.len(), MANY);
        self.line(label, &format!("{}{more}", shown.join(", ")));
    }

    /// Names in code, each with what it means on a line of its own; as [`Self::names`] where none means anything.
    pub(super) fn explained_names(&mut self, label: &str, names: &[(&str, Option<String>)]) {
        if names.iter().all(|(_, meaning)| meaning.is_none()) {
            return self.names(label, names.iter().map(|(name, _)| *name));
        }
        let mut lines = format!("- {label}:");
        for (name, meaning) in names.iter().take(MANY_LINES) {
            lines.push_str(&format!("\n  - {}", code(name)));
            if let Some(meaning) = meaning {
                lines.push_str(&format!(": {meaning}"));
            }
        }
        if let Some(more) = names.get(MANY_LINES..).filter(|more| !more.is_empty()) {
            let more: Vec<&str> = more.iter().map(|(name, _)| *name).collect();
            let shown: Vec<String> = more.iter().take(MANY).map(|name| code(name)).collect();
            lines.push_str(&format!(
                "\n  - {}{}",
                shown.join(", "),
                self.more(more.len(), MANY)
            ));
        }
        self.lines.push(lines);
    }

    fn more(&self, count: usize, shown: usize) -> String {
        match count.checked_sub(shown) {
            Some(more) if more > 0 => self.library.fill(words::MORE, &[&more.to_string()]),
            _ => String::new(),
        }
    }

    /// A block of code below the lines.
    pub(super) fn example(&mut self, language: &str, text: &str) {
        if !text.is_empty() {
            self.below(format!("```{language}\n{text}\n```"));
        }
    }

    /// A paragraph below the lines.
    pub(super) fn below(&mut self, text: String) {
        self.tail.push(text);
    }

    pub(super) fn finish(self) -> String {
        let mut lines = (!self.lines.is_empty()).then(|| self.lines.join("\n"));
        // Behind a list with the same marks ours would be its continuation.
        if self.text.last().is_some_and(|text| ends_with_list(text)) {
            lines = Some(
                self.lines
                    .iter()
                    .map(|line| line.replacen("- ", "* ", 1))
                    .collect::<Vec<_>>()
                    .join("\n"),
            );
        }
        let head = (!self.head.is_empty()).then_some(self.head);
        let parts: Vec<String> = head
            .into_iter()
            .chain(self.text)
            .chain(lines)
            .chain(self.tail)
            .collect();
        parts.join("\n\n")
    }
}

/// Whether the last block is a list with dashes.
fn ends_with_list(text: &str) -> bool {
    let last = text.rsplit("\n\n").next().unwrap_or_default();
    last.lines().any(|line| line.trim_start().starts_with("- "))
}

/// Angle brackets outside code would be taken for HTML.
pub(super) fn without_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // The backticks that began the code at hand.
    let mut fence = 0;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        if ticks > 0 {
            let (run, behind) = rest.split_at(ticks);
            let closes = fence == 0 && behind.contains(run);
            fence = match fence {
                0 if closes => ticks,
                open if open == ticks => 0,
                open => open,
            };
            out.push_str(run);
            rest = behind;
            continue;
        }
        rest = &rest[character.len_utf8()..];
        match character {
            '<' if fence == 0 && !out.ends_with('\\') => out.push_str("\\<"),
            _ => out.push(character),
        }
    }
    out
}

/// Inline code, with a fence that the text doesn't hold, on one line.
pub(super) fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// Plain text as Markdown that reads the same.
pub(super) fn escaped(text: &str) -> String {
    let marks = |c: char| matches!(c, '*' | '_' | '`' | '<' | '[' | '\\');
    let pieces = text.chars().flat_map(|c| [marks(c).then_some('\\'), Some(c)]);
    pieces.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::config::Locale;

    #[test]
    fn html_is_text_and_code_stays_as_it_is() {
        assert_eq!(without_html("a <b> `<c>` ``<`d``<"), "a \\<b> `<c>` ``<`d``\\<");
        assert_eq!(without_html("\\<a> ` <b>"), "\\<a> ` \\<b>");
    }

    #[test]
    fn lines_below_a_list_are_a_list_of_their_own() {
        let library = Library {
            catalog: Catalog::embedded(),
            locale: Locale::En,
        };
        let mut card = Card::untitled(library);
        card.text("It must:\n\n- be short\n- be right");
        card.line("Length", "5");
        assert_eq!(card.finish(), "It must:\n\n- be short\n- be right\n\n* Length: 5");
    }
}
