//! Regular expressions of schemas and parameters, compiled once.

mod python;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Patterns kept compiled; beyond that the table starts anew.
const MOST_KEPT: usize = 512;

static COMPILED: LazyLock<Mutex<HashMap<String, Pattern>>> = LazyLock::new(Mutex::default);

#[derive(Clone)]
enum Pattern {
    Compiled(Arc<fancy_regex::Regex>),
    /// A pattern of Python, but one that the engine here can't run, or only with more memory than a check is worth.
    Undecided,
}

/// Whether the whole text matches; `None` when the pattern is none that can be compiled or decided in reasonable time.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    match compiled(pattern) {
        Pattern::Compiled(regex) => regex.is_match(text).ok(),
        Pattern::Undecided => None,
    }
}

/// What is wrong with a pattern as Python reads it; `None` for a regular expression.
pub(super) fn problem(pattern: &str) -> Option<String> {
    python::problem(pattern)
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
    if python::problem(pattern).is_some() {
        return Pattern::Undecided;
    }
    // The service matches as Python's `re.match` with the whole text.
    let built = fancy_regex::RegexBuilder::new(&format!(r"\A(?:{})\z", from_python(pattern)))
        .backtrack_limit(100_000)
        .delegate_size_limit(1 << 20)
        .build();
    match built {
        Ok(regex) => Pattern::Compiled(Arc::new(regex)),
        Err(_) => Pattern::Undecided,
    }
}

/// A pattern in Python's notation as this crate's engine reads it. In Python `[`, `&&`, `~~` and `--` are nothing special in
/// a class, a brace that opens no repetition is itself, and flags may tell how letters are counted (`(?a)`, `(?u)`).
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
                Some((_, next)) if !next.is_ascii() => out.push(next),
                Some((_, '0')) => out.push_str(r"\x00"),
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
            '{' if !in_class
                && pattern.get(at..).is_some_and(|rest| rest.starts_with("{,"))
                && opens(pattern, at) =>
            {
                out.push_str("{0");
            }
            '{' if !in_class && !opens(pattern, at) => out.push_str(r"\{"),
            '(' if !in_class => {
                out.push('(');
                let rest = pattern.get(at + 1..).unwrap_or_default();
                if let Some((skip, flags)) = flags(rest) {
                    out.push_str(&flags);
                    for _ in 0..skip {
                        chars.next();
                    }
                }
            }
            _ => out.push(c),
        }
    }
    out
}

/// Flags behind a parenthesis without those that only Python has: how many characters they are, and how to write them here.
fn flags(rest: &str) -> Option<(usize, String)> {
    let inside = rest.strip_prefix('?')?;
    let count = inside.chars().take_while(|c| "aiLmsux-".contains(*c)).count();
    let (flags, behind) = inside.split_at_checked(count)?;
    if !behind.starts_with([':', ')']) || !flags.contains(['a', 'u']) {
        return None;
    }
    let kept: String = flags.chars().filter(|c| !matches!(c, 'a' | 'u')).collect();
    if behind.starts_with(')') && kept.is_empty() {
        return Some((count + 1, "?:".into()));
    }
    Some((count + 1, format!("?{kept}")))
}

fn opens(pattern: &str, at: usize) -> bool {
    opens_repetition(pattern.get(at + 1..).unwrap_or_default())
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
        assert_eq!(matches(r"(?a)\d+", "12"), Some(true));
        assert_eq!(matches(r"(?a:x)(?ui:y)", "xY"), Some(true));
        assert_eq!(matches(r"(?P<n>a|b)-(?P=n)", "a-b"), Some(false));
        assert_eq!(matches(r"a{,2}", "aaa"), Some(false));
        assert_eq!(matches(r"[\专用]+\有", "专有"), Some(true));
        assert_eq!(matches(r"^(?=.*\d)(?!\d+$)[\w\/]{8,30}$", "abc/1234"), Some(true));
    }

    #[test]
    fn what_is_no_pattern_decides_nothing() {
        assert!(problem("[a-").is_some());
        assert_eq!(matches("[a-", "a"), None);
    }

    #[test]
    fn a_large_pattern_is_a_pattern() {
        assert!(problem(r"(([01]?\d\d?|2[0-4]\d|25[0-5]),){0,999}").is_none());
        assert_eq!(matches(r"(([01]?\d\d?|2[0-4]\d|25[0-5]),){0,999}", "1,"), None);
    }

    #[test]
    fn a_hostile_pattern_gives_up() {
        assert_eq!(matches(r"(a*)*\1b", &"a".repeat(4000)), None);
    }
}
