//! Regular expressions of schemas and parameters, compiled once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Patterns kept compiled; beyond that the table starts anew.
const MOST_KEPT: usize = 512;

static COMPILED: LazyLock<Mutex<HashMap<String, Pattern>>> = LazyLock::new(Mutex::default);

#[derive(Clone)]
enum Pattern {
    Compiled(Arc<fancy_regex::Regex>),
    /// A pattern, but one that would take more memory than a check is worth.
    TooLarge,
    /// No regular expression.
    Invalid,
}

/// Whether the whole text matches; `None` when the pattern is none that can be compiled or decided in reasonable time.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    match compiled(pattern) {
        Pattern::Compiled(regex) => regex.is_match(text).ok(),
        Pattern::TooLarge | Pattern::Invalid => None,
    }
}

/// Whether a pattern is a regular expression.
pub(super) fn is_valid(pattern: &str) -> bool {
    !matches!(compiled(pattern), Pattern::Invalid)
}

fn compiled(pattern: &str) -> Pattern {
    let mut table = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = table.get(pattern) {
        return known.clone();
    }
    if table.len() >= MOST_KEPT {
        table.clear();
    }
    let new = compile(pattern);
    table.insert(pattern.to_owned(), new.clone());
    new
}

fn compile(pattern: &str) -> Pattern {
    // The service matches as Python's `re.match` with the whole text.
    let built = fancy_regex::RegexBuilder::new(&format!(r"\A(?:{})\z", from_python(pattern)))
        .backtrack_limit(100_000)
        .delegate_size_limit(1 << 20)
        .build();
    match built {
        Ok(regex) => Pattern::Compiled(Arc::new(regex)),
        Err(fancy_regex::Error::CompileError(fancy_regex::CompileError::InnerError(error)))
            if error.size_limit().is_some() =>
        {
            Pattern::TooLarge
        }
        Err(_) => Pattern::Invalid,
    }
}

/// A pattern in Python's notation as this crate's engine reads it. In Python `[`, `&&` and `~~` are nothing special in a
/// class, and a brace that opens no repetition is itself.
fn from_python(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut chars = pattern.char_indices().peekable();
    let mut in_class = false;
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some((_, 'Z')) => out.push_str(r"\z"),
                // Python has no word-boundary marks of this kind.
                Some((_, mark @ ('<' | '>'))) => out.push(mark),
                Some((_, next)) => out.extend(['\\', next]),
                None => out.push('\\'),
            },
            '[' if in_class => out.push_str(r"\["),
            '[' => {
                in_class = true;
                out.push('[');
                if let Some((_, caret)) = chars.next_if(|(_, next)| *next == '^') {
                    out.push(caret);
                }
                // A bracket that comes first is a member.
                if chars.next_if(|(_, next)| *next == ']').is_some() {
                    out.push_str(r"\]");
                }
            }
            ']' => {
                in_class = false;
                out.push(']');
            }
            '&' | '~' if in_class => out.extend(['\\', c]),
            '{' if !in_class && !opens_repetition(&pattern[at + 1..]) => out.push_str(r"\{"),
            _ => out.push(c),
        }
    }
    out
}

/// Whether what follows a brace is `3}`, `3,}`, `,5}` or `3,5}`.
fn opens_repetition(rest: &str) -> bool {
    let Some((inside, _)) = rest.split_once('}') else {
        return false;
    };
    let (least, most) = inside.split_once(',').unwrap_or((inside, "0"));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    digits(least) && digits(most) && inside.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_text_with_look_around() {
        assert_eq!(matches("[a-z]+", "abc"), Some(true));
        assert_eq!(matches("[a-z]+", "abc1"), Some(false));
        assert_eq!(matches("(?!http)[a-z]+", "https"), Some(false));
        assert_eq!(matches("a|ab", "ab"), Some(true));
    }

    #[test]
    fn as_python_reads_it() {
        assert_eq!(
            matches(r"[()`~!@#$%^&&*_\-+=|{}\[\]:;'<>,.?/[]+", "[&]{~"),
            Some(true)
        );
        assert_eq!(matches(r"[]a]+", "]a"), Some(true));
        assert_eq!(matches(r"[^]a]+", "]"), Some(false));
        assert_eq!(matches(r"\{a{1,2}b{,1}\}\Z", "{aa}"), Some(true));
        assert_eq!(matches(r"{name}", "{name}"), Some(true));
        assert_eq!(matches("[\\u4e00-\\u9fa5]{2,4}", "可用区"), Some(true));
        assert_eq!(matches(r"^(?=.*\d)(?!\d+$)[\w\/]{8,30}$", "abc/1234"), Some(true));
    }

    #[test]
    fn what_is_no_pattern_decides_nothing() {
        assert!(!is_valid("[a-"));
        assert_eq!(matches("[a-", "a"), None);
    }

    #[test]
    fn a_large_pattern_is_a_pattern() {
        assert!(is_valid(r"(([01]?\d\d?|2[0-4]\d|25[0-5]),){0,999}"));
        assert_eq!(matches(r"(([01]?\d\d?|2[0-4]\d|25[0-5]),){0,999}", "1,"), None);
    }

    #[test]
    fn a_hostile_pattern_gives_up() {
        assert_eq!(matches(r"(a*)*\1b", &"a".repeat(4000)), None);
    }
}
