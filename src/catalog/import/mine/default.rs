//! The default value that prose states: one, plainly, and under no condition.

use super::pattern;
use super::text::Sentence;
use regex::Regex;
use std::sync::LazyLock;

pattern!(
    STATED,
    r#"(?i)(?:\bdefault(?:\s+values?)?(?:\s+of\s+this\s+parameter)?\s*(?P<sep>:|：|\bis\s*:|\bis\b|=)|默认值?(?P<zh>(?:为|是)[:：]?|：|:))\s*["'“‘]?(?P<value>-?[A-Za-z0-9][A-Za-z0-9_.+/-]*)["'”’]?(?P<rest>.*)$"#
);
pattern!(MENTION, r"(?i)\bdefault(?:s|\s+value)?\b|默认");
pattern!(
    CONDITION,
    r"(?i)\b(?:if|when|for|unless|while|only|instance|whereas|otherwise)\b|如果|当|若|对于|时"
);
pattern!(
    UNSET,
    r"(?i)\b(?:not\s+(?:specif\w+|set|provided|configured)|unspecified|empty|omit\w*|invalid|left?\s+blank)\b|不指定|不填|为空|不设置|不传|未指定|未设置"
);
pattern!(
    HARMLESS,
    r"^\s*(?:[(（][^)）]*[)）])?\s*(?:[A-Za-z%/³]{1,12}|个?[小分]?[时钟秒天月年个]+)?\s*(?:[,，]\s*(?:which|indicating|that\s+is|meaning|表示|即|取值|单位).*)?[.。]?$"
);

/// Words behind "default is" that are no values.
const NO_VALUES: [&str; 22] = [
    "null",
    "none",
    "the",
    "a",
    "an",
    "empty",
    "not",
    "no",
    "blank",
    "same",
    "random",
    "all",
    "current",
    "to",
    "automatically",
    "generated",
    "determined",
    "system",
    "set",
    "current",
    "that",
    "one",
];

/// Whether a text speaks of a default, understood or not.
pub(super) fn mentions(sentences: &[Sentence]) -> bool {
    sentences.iter().any(|sentence| MENTION.is_match(&sentence.text))
}

/// The stated default; `None` where there is none, or several, or one for some cases only.
pub(super) fn stated(sentences: &[Sentence]) -> Option<String> {
    let mut found: Option<String> = None;
    for sentence in sentences {
        let Some(stated) = STATED.captures(&sentence.text) else {
            continue;
        };
        let start = stated.get(0).map_or(0, |whole| whole.start());
        let before = &sentence.text[..start];
        if UNSET.is_match(before) {
            // "If you leave it empty, the default value is …" says nothing of other cases.
        } else if CONDITION.is_match(before)
            || (sentence.bullet && !before.trim().is_empty() && before.len() > 4)
        {
            return None;
        }
        let value = stated["value"].trim_end_matches('.');
        if NO_VALUES.iter().any(|word| value.eq_ignore_ascii_case(word)) {
            // Nothing, or the begin of a description.
            if found.is_some() || !stated["rest"].trim().is_empty() {
                return None;
            }
            continue;
        }
        let rest = &stated["rest"];
        if !HARMLESS.is_match(rest) || MENTION.is_match(rest) {
            return None;
        }
        let colon = stated.name("sep").is_none_or(|sep| sep.as_str() != "is");
        if !colon && prose_word(value) {
            return None;
        }
        match &found {
            Some(known) if known != value => return None,
            _ => found = Some(value.to_owned()),
        }
    }
    found
}

/// A word that may be part of a sentence: "the default is disabled".
fn prose_word(word: &str) -> bool {
    !matches!(word, "true" | "false" | "on" | "off") && word.chars().all(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::text::{lines, sentences};
    use super::*;

    fn default(text: &str) -> Option<String> {
        stated(&sentences(&lines(text)))
    }

    #[test]
    fn plain_statements() {
        for (text, value) in [
            ("How it works. Default value: fast.", "fast"),
            ("Default value: **5.7**. Unit: GiB.", "5.7"),
            ("The default value is 86400 seconds.", "86400"),
            ("Default is \"JSON\".", "JSON"),
            ("Whether to be kind. Default: true", "true"),
            ("默认值：PostPaid。", "PostPaid"),
            ("默认为false，表示不启用。", "false"),
            ("默认值为：accept。", "accept"),
            (
                "If you leave this parameter empty, the default value is 10.",
                "10",
            ),
        ] {
            assert_eq!(default(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn no_default_where_it_depends() {
        for text in [
            "Default value: null.",
            "The default is the type of the snapshot.",
            "If Kind is a, the default value is 1.",
            "Default value: 5.\nDefault value: 20.",
            "Default value: root for one system, admin for another.",
            "The default is disabled.",
            "For fast ones, the default value is x. For slow ones, the default value is y.",
            "当类型为a时，默认值为1。",
        ] {
            assert_eq!(default(text), None, "{text}");
        }
    }
}
