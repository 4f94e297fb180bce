//! Quotes: how a text is written so that it reads as itself.

use crate::syntax::scalar_type::Typed;
use crate::syntax::{Format, Style, parse};

/// Text for the inside of a scalar whose quote is open.
pub(super) fn escaped_in(quote: char, text: &str) -> String {
    match quote {
        '\'' => text.replace('\'', "''"),
        _ => {
            let quoted = json_string(text);
            quoted[1..quoted.len() - 1].to_owned()
        }
    }
}

/// A JSON string, which is a double-quoted YAML scalar too.
pub(super) fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The shortest YAML scalar that reads as exactly this string: plain, else in single quotes, else in double quotes.
pub(super) fn yaml_string(text: &str, flow: bool) -> String {
    if is_plain_word(text) || reads_as_string(text, flow) {
        text.to_owned()
    } else if text.chars().any(char::is_control) {
        json_string(text)
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// A quick yes for names and words; the words that YAML 1.1 types otherwise are no plain words.
fn is_plain_word(text: &str) -> bool {
    const OTHERWISE: &[&str] = &["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
        && !OTHERWISE.iter().any(|word| word.eq_ignore_ascii_case(text))
}

fn reads_as_string(text: &str, flow: bool) -> bool {
    if text.is_empty() || text.contains(['\n', '\r']) || (flow && text.contains(['[', ']', '{', '}', ','])) {
        return false;
    }
    let tree = parse(&format!("- {text}\n"), Format::Yaml);
    let Some(node) = tree.root().and_then(|root| root.items().next()) else {
        return false;
    };
    tree.errors().next().is_none()
        && node.is_scalar()
        && node.style() == Style::Plain
        && node.tag().is_none()
        && node.anchor_range().is_none()
        && node.text().is_some_and(|read| read == text)
        && node.typed() == Some(Typed::String)
}
