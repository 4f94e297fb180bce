//! Commas that a new item of a flow collection needs before and behind itself.

use crate::document::Document;
use crate::syntax::{Format, Node};
use crate::template::position::Position;
use crate::text::TextRange;

/// Where a comma is missing between the item before `token` and the token: behind that item, before any comment.
pub(super) fn missing_before(document: &Document, position: &Position<'_>, token: u32) -> Option<u32> {
    let previous = position
        .parent
        .and_then(|parent| end_of_previous(parent, token))?;
    let mut text = document.slice(TextRange::new(previous, token));
    blank_out_comments(&mut text, document.format());
    let text = without_properties(&text);
    (!text.ends_with(',')).then_some(previous + text.len() as u32)
}

/// Whether something that belongs to the collection follows the token without a comma between.
pub(super) fn missing_behind(document: &Document, token: TextRange) -> bool {
    next_significant(document, token.end, document.format() == Format::Yaml)
        .is_some_and(|c| !matches!(c, ',' | '}' | ']' | ':' | '#'))
}

/// Where the last key or value before `token` ends. The tag of the token's own value is none, and nor is a place
/// where nothing stands.
fn end_of_previous(parent: Node<'_>, token: u32) -> Option<u32> {
    let item_ends = parent
        .items()
        .filter(|item| !item.is_empty())
        .map(|item| item.range().end);
    let entry_ends = parent
        .entries()
        .filter(|entry| !(entry.key.is_empty() && entry.value.is_empty()))
        .map(|entry| entry.key.range().end.max(entry.value.range().end));
    item_ends.chain(entry_ends).take_while(|end| *end <= token).last()
}

/// The text without the tag and anchor at its end, which belong to the token.
fn without_properties(text: &str) -> &str {
    let text = text.trim_end();
    match text.rsplit([' ', '\t', '\n', '\r', ',', '[', '{']).next() {
        Some(word) if word.starts_with(['!', '&']) => without_properties(&text[..text.len() - word.len()]),
        _ => text,
    }
}

/// Puts blanks in the place of comments. `text` begins outside of any comment and holds no strings.
fn blank_out_comments(text: &mut String, format: Format) {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let length = match comment(rest, format, out.ends_with([' ', '\t', '\n', '\r'])) {
            Some(length) => {
                out.push_str(&" ".repeat(length));
                length
            }
            None => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    *text = out;
}

/// The length of the comment that `text` begins with.
fn comment(text: &str, format: Format, after_blank: bool) -> Option<usize> {
    let line = text.find(['\n', '\r']).unwrap_or(text.len());
    match format {
        Format::Yaml => (after_blank && text.starts_with('#')).then_some(line),
        Format::Json if text.starts_with("//") => Some(line),
        Format::Json => text
            .starts_with("/*")
            .then(|| text.find("*/").map_or(text.len(), |end| end + 2)),
    }
}

/// The next character that is neither blank nor part of a comment.
pub(super) fn next_significant(document: &Document, mut offset: u32, same_line: bool) -> Option<char> {
    const WINDOW: u32 = 256;
    while offset < document.tree.len() {
        let piece = document.slice(TextRange::new(offset, offset + WINDOW));
        let piece = match piece.find(['\n', '\r']).filter(|_| same_line) {
            Some(end) => return piece[..end].trim_start().chars().next(),
            None => piece,
        };
        let rest = piece.trim_start();
        offset += (piece.len() - rest.len()) as u32;
        let Some(first) = rest.chars().next() else {
            continue;
        };
        match comment(rest, document.format(), false) {
            // A comment that fills the window goes on behind it.
            Some(length) if length == rest.len() => offset = end_of_comment(document, offset, rest),
            Some(length) => offset += length as u32,
            None => return Some(first),
        }
    }
    None
}

/// Where the JSON comment at `offset` ends, however long it is.
fn end_of_comment(document: &Document, offset: u32, begin: &str) -> u32 {
    let rest = document.slice(TextRange::new(offset, document.tree.len()));
    let line = begin.starts_with("//");
    let end = match line {
        true => rest.find(['\n', '\r']),
        false => rest.find("*/").map(|end| end + 2),
    };
    end.map_or(document.tree.len(), |end| offset + end as u32)
}
