//! Words for messages: what a value is, a value in backticks, and characters that look like others.

use super::report::Finding;
use crate::syntax::Kind;
use crate::syntax::scalar_type::Typed;
use crate::template::Value;

/// What a value is, for the end of "must be …, not …".
pub(super) fn kind_of(value: Value<'_>) -> String {
    if let Some(call) = value.call() {
        return format!("`{}`", call.name);
    }
    match value.kind() {
        Kind::Mapping => "a map".into(),
        Kind::Sequence => "a list".into(),
        Kind::Alias => "an alias".into(),
        Kind::Empty => "empty".into(),
        Kind::Scalar => match value.node.typed() {
            Some(Typed::Null) => "empty".into(),
            Some(Typed::Int(_) | Typed::Float(_)) => "a number".into(),
            Some(Typed::Bool(_)) => shown(&value.node.text().unwrap_or_default()),
            Some(Typed::Timestamp) => "a date".into(),
            Some(Typed::String) | None => "a text".into(),
        },
    }
}

/// The text of a scalar in backticks, or what else the value is; for the end of "must be …, not …".
pub(super) fn value_or_kind(value: Value<'_>) -> String {
    match value.literal() {
        Some(_) if value.is_null() => kind_of(value),
        Some(text) if text.is_empty() => "an empty text".into(),
        Some(text) => format!("{}{}", shown(&text), odd_characters(&text)),
        None => kind_of(value),
    }
}

/// The same with the kind in front where only the kind is wrong: the text `3`, the number `3`.
pub(super) fn value_with_kind(value: Value<'_>) -> String {
    match value.node.typed() {
        Some(Typed::Int(_) | Typed::Float(_)) => format!("the number {}", value_or_kind(value)),
        Some(Typed::String) if value.literal().is_some_and(|text| !text.is_empty()) => {
            format!("the text {}", value_or_kind(value))
        }
        _ => value_or_kind(value),
    }
}

/// A text in backticks, cut to what a message can hold.
pub(super) fn shown(text: &str) -> String {
    /// Characters: editors show about 100 of a message.
    const MOST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("`{}…`", line.get(..end).unwrap_or_default()),
        None if line.len() < text.trim_end().len() => format!("`{line}…`"),
        None => format!("`{line}`"),
    }
}

/// ` (with U+00A0, a no-break space)` for a text with a character that is taken for another or not seen at all, or nothing.
pub(super) fn odd_characters(text: &str) -> String {
    // A name in Greek or Russian is none that looks like another; a single letter among Latin ones is.
    let latin = text.contains(|c: char| c.is_ascii_alphabetic());
    let odd = text
        .chars()
        .filter(|c| latin || !c.is_alphabetic())
        .find_map(|c| Some((c, look_alike(c)?)));
    match odd {
        Some((c, what)) if is_invisible(c) => format!(" (with U+{:04X}, {what})", u32::from(c)),
        Some((c, what)) => format!(" (with `{c}`, {what})"),
        None => String::new(),
    }
}

/// What a character is that nobody means to write into a name. Chinese punctuation is fine in texts, but not in names.
fn look_alike(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' | '\u{202f}' => "a no-break space",
        '\u{3000}' => "a full-width space",
        '\u{2000}'..='\u{200a}' => "a typographic space",
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' => "an invisible character",
        '\u{feff}' => "a byte order mark",
        '\u{ad}' => "a soft hyphen",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => "a mark of writing direction",
        '“' | '”' | '„' | '‘' | '’' => "a curly quote",
        '：' => "a full-width colon",
        '，' => "a full-width comma",
        '．' => "a full-width dot",
        '（' | '）' => "a full-width bracket",
        '－' => "a full-width hyphen",
        '–' | '—' | '‑' => "a typographic dash",
        '０'..='９' => "a full-width digit",
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => "a full-width letter",
        '\u{370}'..='\u{3ff}' => "a Greek letter",
        '\u{400}'..='\u{4ff}' => "a Cyrillic letter",
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => "a control character",
        _ => return None,
    })
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202f}' | '\u{2060}' | '\u{feff}')
}

impl Finding<'_> {
    /// Marks the finding if what it is about is still missing.
    pub(super) fn unfinished_if(self, missing: bool) -> Self {
        if missing { self.unfinished() } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_not_seen_or_look_like_others() {
        assert_eq!(odd_characters("Vpc\u{a0}"), " (with U+00A0, a no-break space)");
        assert_eq!(
            odd_characters("\u{200b}Vpc"),
            " (with U+200B, an invisible character)"
        );
        assert_eq!(odd_characters("“Vpc”"), " (with `“`, a curly quote)");
        assert_eq!(odd_characters("Vрc"), " (with `р`, a Cyrillic letter)");
        assert_eq!(odd_characters("Fn：：Sub"), " (with `：`, a full-width colon)");
        assert_eq!(odd_characters("Vpc 专有网络-1_a"), "");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(shown("中文"), "`中文`");
        assert_eq!(shown("a\nb"), "`a…`");
        assert_eq!(shown(&"中".repeat(41)), format!("`{}…`", "中".repeat(40)));
        assert_eq!(shown(&"中".repeat(40)), format!("`{}`", "中".repeat(40)));
    }
}
