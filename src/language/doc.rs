//! Documentation of the language's parts: one to three sentences of Markdown, in English and in Chinese.

/// A short text for hovers and completion items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doc {
    pub en: &'static str,
    pub zh: &'static str,
}

impl Doc {
    pub(crate) const NONE: Doc = Doc { en: "", zh: "" };

    pub(crate) const fn new(en: &'static str, zh: &'static str) -> Doc {
        Doc { en, zh }
    }

    /// The text for a locale such as `zh-CN` or `en_US.UTF-8`: Chinese for any `zh`, English for all others.
    pub fn for_locale(self, locale: &str) -> &'static str {
        match locale.get(..2) {
            Some(language) if language.eq_ignore_ascii_case("zh") => self.zh,
            _ => self.en,
        }
    }
}

/// A value that may stand at some place, with what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As written in a template, without quotes.
    pub name: &'static str,
    pub doc: Doc,
}

impl Choice {
    pub(crate) const fn new(name: &'static str, en: &'static str, zh: &'static str) -> Choice {
        Choice {
            name,
            doc: Doc::new(en, zh),
        }
    }
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A text, written out: functions aren't read here.
    Literal,
    /// A text, or a list of texts, written out.
    LiteralOrList,
    /// `true` or `false`; the service takes the words as text, too.
    Boolean,
    /// A whole number; the service takes its digits as text, too.
    Integer,
    /// A number; the service takes its digits as text, too.
    Number,
    /// A text, or a map from language (`en`, `zh-cn`) to text.
    Localized,
    /// A list, written out.
    List,
    /// A map.
    Map,
    /// Anything, but no functions.
    Data,
    /// Anything, functions included.
    Expression,
    /// A whole number, or a function that makes one.
    Count,
    /// The name of a condition, written out.
    ConditionName,
    /// A function that is true or false.
    Condition,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// What every documentation must be: both languages, whole sentences, no stray space.
    pub(crate) fn check(owner: &str, doc: Doc) {
        for (text, ends) in [(doc.en, ['.', '`', ')']), (doc.zh, ['。', '`', '）'])] {
            assert!(text.chars().count() >= 4, "{owner}: {text:?}");
            assert!(text.ends_with(ends), "{owner}: {text:?}");
            assert_eq!(text, text.trim(), "{owner}");
            assert!(!text.contains("  "), "{owner}: {text:?}");
            assert_eq!(text.matches('`').count() % 2, 0, "{owner}: {text:?}");
        }
        assert!(
            doc.en.is_ascii() || doc.en.contains('…'),
            "{owner}: English is English: {}",
            doc.en
        );
        assert!(
            doc.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
            "{owner}: Chinese is Chinese: {}",
            doc.zh
        );
    }

    #[test]
    fn locale_chooses_the_language() {
        let doc = Doc::new("Yes.", "是。");
        assert_eq!(doc.for_locale("zh-CN"), "是。");
        assert_eq!(doc.for_locale("ZH_cn.UTF-8"), "是。");
        assert_eq!(doc.for_locale("en"), "Yes.");
        assert_eq!(doc.for_locale("z"), "Yes.");
        assert_eq!(doc.for_locale("中文"), "Yes.");
        assert_eq!(doc.for_locale(""), "Yes.");
    }
}
