//! Regular expressions of schemas and parameters, compiled once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Patterns kept compiled; beyond that the table starts anew.
const MOST_KEPT: usize = 512;

static COMPILED: LazyLock<Mutex<HashMap<String, Option<Arc<fancy_regex::Regex>>>>> =
    LazyLock::new(Mutex::default);

/// Whether the whole text matches; `None` when the pattern is none that can be compiled or decided in reasonable time.
pub(super) fn matches(pattern: &str, text: &str) -> Option<bool> {
    compiled(pattern)?.is_match(text).ok()
}

/// Whether a pattern is a regular expression.
pub(super) fn is_valid(pattern: &str) -> bool {
    compiled(pattern).is_some()
}

fn compiled(pattern: &str) -> Option<Arc<fancy_regex::Regex>> {
    let mut table = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = table.get(pattern) {
        return known.clone();
    }
    if table.len() >= MOST_KEPT {
        table.clear();
    }
    // The service matches as Python's `re.match` with the whole text.
    let regex = fancy_regex::RegexBuilder::new(&format!(r"\A(?:{pattern})\z"))
        .backtrack_limit(100_000)
        .delegate_size_limit(1 << 20)
        .build()
        .ok()
        .map(Arc::new);
    table.insert(pattern.to_owned(), regex.clone());
    regex
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
    fn what_is_no_pattern_decides_nothing() {
        assert!(!is_valid("[a-"));
        assert_eq!(matches("[a-", "a"), None);
    }

    #[test]
    fn a_hostile_pattern_gives_up() {
        assert_eq!(matches(r"(a*)*\1b", &"a".repeat(4000)), None);
    }
}
