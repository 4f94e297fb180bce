//! What prose says about a property beside others: required if, not together with; and how its text must not begin.

use super::pattern;
use super::text::Sentence;
use crate::catalog::Condition;
use regex::Regex;
use std::sync::LazyLock;

pattern!(
    REQUIRED_IF,
    r"(?i)\brequired\s+(?:only\s+)?(?:if|when)\s+(?:you\s+set\s+)?(?:the\s+)?(?-i:(?P<name>[A-Z][A-Za-z0-9]*))(?:\s+(?:parameter|property))?\s+(?:is\s+set\s+to|is|to|equals)\s+(?P<values>[^:;]+)$"
);
pattern!(
    IF_REQUIRED,
    r"(?i)\b(?:if|when)\s+(?:you\s+set\s+)?(?:the\s+)?(?-i:(?P<name>[A-Z][A-Za-z0-9]*))(?:\s+(?:parameter|property))?\s+(?:is\s+set\s+to|is|to|equals)\s+(?P<values>[^:;]+?),\s*(?:this\s+(?:parameter|property)|it)\s+is\s+required$"
);
pattern!(
    IF_REQUIRED_ZH,
    r"^(?:当|如果)(?P<name>[A-Z][A-Za-z0-9]*)(?:参数)?(?:的?取值)?(?:设置)?为?(?P<values>[A-Za-z0-9_.、或 -]+?)时[，,]?(?:该|此)参数(?:生效[，,]?且)?为?必(?:选|填|需)$"
);
pattern!(
    NOT_WITH,
    r"(?i)\b(?:can\s?not|can't|do\s+not)\s+(?:be\s+)?(?:specif\w+|set|use|configure)\s+(?:both\s+)?(?:of\s+)?(?:the\s+)?(?:parameters\s+)?(?P<one>[A-Z][A-Za-z0-9]*|this\s+parameter|this\s+property)\s+(?:parameter\s+)?and\s+(?:the\s+)?(?P<two>[A-Z][A-Za-z0-9]*)(?:\s+parameters?)?\s+(?:at\s+the\s+same\s+time|in\s+the\s+same\s+request)$"
);
pattern!(
    ONE_OF,
    r"^(?:Note:?\s+)?Only one of (?:the )?(?:properties |property |parameters )?(?P<one>[A-Z][A-Za-z0-9]*) (?:and|or) (?P<two>[A-Z][A-Za-z0-9]*) can be (?:specified|set)$"
);
pattern!(
    BAD_START,
    r"(?i)\b(?:can\s?not|must\s+not|can't)\s+(?:start|begin)\s+with\s+(?P<list>.+)$|不[能可得]?(?:可以)?以(?P<zh>[^，。]+?)(?:开头|开始)"
);
pattern!(START, r"^(?:[a-z]{2,10}://|acs:|aliyun|alibaba)$");

/// Values of siblings that make the property required.
pub(super) fn required_if(sentences: &[Sentence]) -> Vec<Condition> {
    let mut conditions: Vec<Condition> = Vec::new();
    for sentence in sentences {
        let text = sentence.text.trim();
        let Some(found) = REQUIRED_IF
            .captures(text)
            .or_else(|| IF_REQUIRED.captures(text))
            .or_else(|| IF_REQUIRED_ZH.captures(text))
        else {
            continue;
        };
        let Some(values) = words(&found["values"]) else {
            continue;
        };
        let condition = Condition {
            property: found["name"].to_owned(),
            values,
        };
        if !conditions.contains(&condition) {
            conditions.push(condition);
        }
    }
    conditions
}

/// Siblings that must not stand beside the property called `own`.
pub(super) fn not_with(own: &str, sentences: &[Sentence]) -> Vec<String> {
    let mut names = Vec::new();
    for sentence in sentences {
        let Some(found) = NOT_WITH
            .captures(&sentence.text)
            .or_else(|| ONE_OF.captures(&sentence.text))
        else {
            continue;
        };
        let (one, two) = (&found["one"], &found["two"]);
        let is_own = |name: &str| name == own || name.to_lowercase().starts_with("this");
        let other = match (is_own(one), is_own(two)) {
            (true, false) => two,
            (false, true) => one,
            _ => continue,
        };
        if !names.iter().any(|name| name == other) {
            names.push(other.to_owned());
        }
    }
    names
}

/// Texts that the value must not begin with, such as `http://`.
pub(super) fn bad_starts(sentences: &[Sentence]) -> Vec<String> {
    let mut starts: Vec<String> = Vec::new();
    for sentence in sentences {
        let Some(found) = BAD_START.captures(&sentence.text) else {
            continue;
        };
        let list = found
            .name("list")
            .or(found.name("zh"))
            .map_or("", |list| list.as_str());
        for word in list.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | '或' | '和'))
        {
            let word = word.trim_end_matches(['.', ';']);
            match word {
                "" | "or" | "and" => {}
                _ if START.is_match(word) => {
                    if !starts.iter().any(|known| known == word) {
                        starts.push(word.to_owned());
                    }
                }
                // Prose begins here, and perhaps another statement.
                _ => break,
            }
        }
    }
    starts
}

/// `a`, `a or b`, `a, b, or c`; nothing when any is no single word.
fn words(list: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    for part in list.split([',', '、', '或']).flat_map(|part| part.split(" or ")) {
        let word = part
            .trim()
            .trim_start_matches("or ")
            .trim_matches(['"', '\'', '“', '”']);
        let fine = !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
        let prose = [
            "not",
            "specified",
            "empty",
            "required",
            "the",
            "a",
            "set",
            "other",
        ];
        if !fine || prose.contains(&word) {
            return None;
        }
        words.push(word.to_owned());
    }
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::super::text::{lines, sentences};
    use super::*;

    fn read(text: &str) -> Vec<Sentence> {
        sentences(&lines(text))
    }

    #[test]
    fn required_by_a_sibling() {
        for (text, name, values) in [
            (
                "This parameter is required if the **Charge** parameter is set to **PrePaid**.",
                "Charge",
                vec!["PrePaid"],
            ),
            (
                "> If Charge is set to PrePaid or Both, this parameter is required.",
                "Charge",
                vec!["PrePaid", "Both"],
            ),
            (
                "当Charge取值为PrePaid时，该参数生效且为必选。",
                "Charge",
                vec!["PrePaid"],
            ),
        ] {
            let values = values.into_iter().map(str::to_owned).collect();
            let property = name.to_owned();
            assert_eq!(
                required_if(&read(text)),
                [Condition { property, values }],
                "{text}"
            );
        }
        for text in [
            "This parameter is required if you want to pay.",
            "This parameter is required when Charge is not specified.",
            "This parameter is required if Charge is set to A and Kind is set to B.",
        ] {
            assert_eq!(required_if(&read(text)), [], "{text}");
        }
    }

    #[test]
    fn not_beside_a_sibling() {
        for text in [
            "You cannot specify One and Two at the same time.",
            "You cannot specify the parameters Two and One at the same time.",
            "You cannot specify this parameter and Two at the same time.",
            "Only one of One and Two can be specified.",
        ] {
            assert_eq!(not_with("One", &read(text)), ["Two"], "{text}");
        }
        assert!(not_with("Three", &read("You cannot specify One and Two at the same time.")).is_empty());
    }

    #[test]
    fn starts() {
        assert_eq!(
            bad_starts(&read("It cannot start with `http://` or `https://`.")),
            ["http://", "https://"]
        );
        assert_eq!(
            bad_starts(&read("It cannot start with aliyun or acs:.")),
            ["aliyun", "acs:"]
        );
        assert_eq!(
            bad_starts(&read("不能以`http://`和`https://`开头。")),
            ["http://", "https://"]
        );
        assert!(bad_starts(&read("It cannot start with a digit.")).is_empty());
    }
}
