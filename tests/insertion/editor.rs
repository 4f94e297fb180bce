//! What an editor does: it asks for completion, shows the items, and puts the one that is accepted into the text.

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::document::Document;
use ros_lsp::features::Context;
use ros_lsp::features::completion::{Completion, Item, complete, fit, snippet};
use ros_lsp::syntax::Format;
use ros_lsp::text::TextRange;
use ros_lsp::text::edit::{TextEdit, apply};

/// How an editor takes an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Client {
    /// It takes snippets.
    Snippets,
    /// It doesn't.
    Plain,
}

pub(crate) const CLIENTS: [Client; 2] = [Client::Snippets, Client::Plain];

/// A document with a cursor.
pub(crate) struct State {
    pub(crate) text: String,
    pub(crate) cursor: u32,
    pub(crate) document: Document,
}

/// A document after an item was accepted.
pub(crate) struct After {
    pub(crate) text: String,
    pub(crate) document: Document,
    /// Where the item's text stands.
    pub(crate) inserted: TextRange,
    /// What it replaced in the document before.
    pub(crate) replaced: TextRange,
}

impl State {
    pub(crate) fn new(text: String, cursor: u32, format: Format) -> State {
        State {
            document: Document::new(&text, format),
            text,
            cursor,
        }
    }

    /// Reads a picture: `‸` is the cursor.
    pub(crate) fn of(picture: &str, format: Format) -> State {
        let cursor = picture.find('‸').expect("a picture has a cursor");
        State::new(picture.replacen('‸', "", 1), cursor as u32, format)
    }

    pub(crate) fn complete(&self, client: Client) -> Completion {
        let config = Config {
            completion_snippets: client != Client::Plain,
            ..Config::default()
        };
        let context = Context {
            document: &self.document,
            catalog: Catalog::embedded(),
            config: &config,
        };
        complete(&context, self.cursor)
    }

    /// The text with the cursor, for messages: its line and the two around it.
    pub(crate) fn picture(&self) -> String {
        around(&self.text, self.cursor, "‸")
    }

    /// Accepts an item; says what no editor would take.
    pub(crate) fn accept(&self, item: &Item, client: Client) -> Result<After, String> {
        let range = item.edit.range;
        let behind = self
            .text
            .get(self.cursor as usize..range.end as usize)
            .ok_or("the edit ends before the cursor")?;
        let edit = fit::keep_closing_quote(item.edit.clone(), behind);
        let replaced = edit.range;
        if replaced.start > self.cursor || replaced.end < self.cursor {
            return Err("the cursor is not in the edit".into());
        }
        if self.text[range.as_usize()].contains(['\n', '\r']) {
            return Err("the edit spans lines".into());
        }
        if client == Client::Plain && item.snippet {
            return Err("a snippet".into());
        }
        let new = match item.snippet {
            true => filled(&edit.text),
            false => edit.text,
        };
        let mut edits = item.additional_edits.clone();
        if edits
            .iter()
            .any(|edit| edit.range.start < replaced.end && replaced.start < edit.range.end)
        {
            return Err("edits overlap".into());
        }
        let moved: i64 = edits
            .iter()
            .filter(|edit| edit.range.start < replaced.start)
            .map(|edit| edit.text.len() as i64 - i64::from(edit.range.end - edit.range.start))
            .sum();
        let start = (i64::from(replaced.start) + moved) as u32;
        let inserted = TextRange::new(start, start + new.len() as u32);
        edits.push(TextEdit::replace(replaced, new));
        let text = apply(&self.text, &edits);
        Ok(After {
            document: Document::new(&text, self.document.format()),
            text,
            inserted,
            replaced,
        })
    }
}

impl After {
    /// The document after a value was typed behind the item.
    pub(crate) fn with_value(self) -> After {
        let mut text = self.text;
        text.insert(self.inserted.end as usize, '1');
        After {
            document: Document::new(&text, self.document.format()),
            text,
            ..self
        }
    }

    pub(crate) fn picture(&self) -> String {
        around(&self.text, self.inserted.end, "")
    }
}

fn around(text: &str, at: u32, mark: &str) -> String {
    const LONGEST: usize = 70;
    let (before, after) = text.split_at(at as usize);
    let before: String = before.chars().rev().take(LONGEST).collect();
    let before: String = before.chars().rev().collect();
    let after: String = after.chars().take(LONGEST).collect();
    let start = before.rmatch_indices('\n').nth(2).map_or(0, |(at, _)| at + 1);
    let end = after.match_indices('\n').nth(2).map_or(after.len(), |(at, _)| at);
    format!("{}{mark}{}", &before[start..], &after[..end])
}

/// The snippet after its user has stepped through it: a `1` at each stop, nothing between braces.
fn filled(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let stop = rest.strip_prefix('$').and_then(|stop| {
            let number = stop.trim_start_matches(|c: char| c.is_ascii_digit());
            (number.len() < stop.len()).then_some(number)
        });
        if let Some(behind) = stop {
            if !(out.ends_with('{') && behind.starts_with('}')) {
                out.push_str("${1:1}");
            }
            rest = behind;
            continue;
        }
        let length = match c {
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            _ => c.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    snippet::plain(&out)
}
