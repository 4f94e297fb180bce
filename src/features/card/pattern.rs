//! A regular expression in words, where it is simple: sets of characters one after the other.

use super::layout::code;
use super::words;
use crate::features::library::Library;
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind, Look};

/// More pieces than this are harder to read than the expression.
const MANY_PIECES: usize = 4;

/// `lower-case letters, digits, 7 to 63 of them`; `None` for expressions that say more than that.
pub(super) fn in_words(library: Library<'_>, pattern: &str) -> Option<String> {
    // The catalog's expressions are JavaScript's, whose `\d` and `\w` know ASCII only.
    let pattern = pattern.replace("\\d", "[0-9]").replace("\\w", "[A-Za-z0-9_]");
    let hir = regex_syntax::parse(&pattern).ok()?;
    let parts: Vec<&Hir> = match hir.kind() {
        HirKind::Concat(parts) => parts.iter().collect(),
        _ => vec![&hir],
    };
    let is = |part: Option<&&Hir>, look: Look| part.is_some_and(|part| *part.kind() == HirKind::Look(look));
    let whole = is(parts.first(), Look::Start) && is(parts.last(), Look::End);
    if !whole || parts.len() > MANY_PIECES + 2 {
        return None;
    }
    let pieces: Option<Vec<String>> = parts
        .get(1..parts.len() - 1)?
        .iter()
        .map(|part| piece(library, part))
        .collect();
    Some(pieces?.join(library.doc(words::THEN))).filter(|text| !text.is_empty())
}

fn piece(library: Library<'_>, part: &Hir) -> Option<String> {
    match part.kind() {
        HirKind::Literal(literal) => Some(code(std::str::from_utf8(&literal.0).ok()?)),
        HirKind::Class(class) => Some(library.fill(words::ONE_OF, &[&set(library, class)?])),
        HirKind::Repetition(repetition) => {
            let HirKind::Class(class) = repetition.sub.kind() else {
                return None;
            };
            let set = set(library, class)?;
            Some(match (repetition.min, repetition.max) {
                (1, None) => set,
                (0, None) => library.fill(words::ANY_OF, &[&set]),
                (min, Some(max)) if min == max => library.fill(words::MANY_OF, &[&min.to_string(), &set]),
                (min, Some(max)) => {
                    let count = library.fill(words::BETWEEN, &[&min.to_string(), &max.to_string()]);
                    library.fill(words::MANY_OF, &[&count, &set])
                }
                (min, None) => {
                    let count = library.fill(words::AT_LEAST, &[&min.to_string()]);
                    library.fill(words::MANY_OF, &[&count, &set])
                }
            })
        }
        _ => None,
    }
}

/// The characters of a class, by the names that people have for them.
fn set(library: Library<'_>, class: &Class) -> Option<String> {
    let Class::Unicode(class) = class else { return None };
    let ranges = class.ranges();
    let has = |start: char, end: char| {
        ranges
            .iter()
            .any(|range| (range.start(), range.end()) == (start, end))
    };
    let mut names: Vec<String> = Vec::new();
    let mut name = |word| names.push(library.doc(word).to_owned());
    match (has('a', 'z'), has('A', 'Z')) {
        (true, true) => name(words::LETTERS),
        (true, false) => name(words::LOWER_CASE),
        (false, true) => name(words::UPPER_CASE),
        (false, false) => {}
    }
    if has('0', '9') {
        name(words::DIGITS);
    }
    for range in ranges {
        match (range.start(), range.end()) {
            ('a', 'z') | ('A', 'Z') | ('0', '9') => {}
            ('\u{4e00}', '\u{9fa5}' | '\u{9fff}') => names.push(library.doc(words::CHINESE).to_owned()),
            _ => names.extend(singles(range)?),
        }
    }
    (names.len() <= 10).then(|| names.join(library.doc(words::COMMA)))
}

/// The characters of a short range, or its ends.
fn singles(range: &ClassUnicodeRange) -> Option<Vec<String>> {
    let (start, end) = (range.start(), range.end());
    if !start.is_ascii_graphic() || !end.is_ascii_graphic() {
        return None;
    }
    Some(match start.is_ascii_alphanumeric() && start != end {
        true => vec![code(&format!("{start}-{end}"))],
        false => (start..=end).map(|each| code(&each.to_string())).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::config::Locale;

    fn words(pattern: &str, locale: Locale) -> Option<String> {
        let catalog = Catalog::embedded();
        in_words(Library { catalog, locale }, pattern)
    }

    #[test]
    fn sets_of_characters() {
        let words = |pattern| words(pattern, Locale::En).unwrap_or_default();
        assert_eq!(words("^[a-zA-Z0-9_-]+$"), "letters, digits, `-`, `_`");
        assert_eq!(
            words("^[a-z][a-z0-9_]{0,14}[a-z0-9]$"),
            "one of lower-case letters, then 0 to 14 of lower-case letters, digits, `_`, then one of lower-case letters, digits"
        );
        assert_eq!(words("^[1-9]\\d*$"), "one of `1-9`, then any number of digits");
        assert_eq!(
            words("^[\\u4e00-\\u9fa5]{2,}$"),
            "at least 2 of Chinese characters"
        );
        assert_eq!(words("^Ecs_\\d{3}$"), "`Ecs_`, then 3 of digits");
    }

    #[test]
    fn in_chinese() {
        assert_eq!(
            words("^[a-z0-9]{2,40}$", Locale::ZhCn).as_deref(),
            Some("2 至 40 个小写字母、数字")
        );
    }

    #[test]
    fn what_says_more_has_no_words() {
        for pattern in [
            "^(?!http).*$",
            "^(a|bc)$",
            "^.{1,3}$",
            "[a-z]+",
            "^[a-z]",
            "(",
            "",
        ] {
            assert_eq!(words(pattern, Locale::En), None, "{pattern}");
        }
    }
}
