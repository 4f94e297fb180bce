//! Ranges of numbers, units, and lengths of texts and lists that prose states plainly.

use super::pattern;
use super::text::Sentence;
use regex::Regex;
use std::sync::LazyLock;

pattern!(
    RANGE,
    concat!(
        r"(?i)(?:(?:\b(?:(?:valid|allowed|possible|supported)\s+values?|value\s+(?:range|interval)|ranges?(?:\s+of\s+values?)?|values?)|取值(?:范围)?|有效值|范围)",
        r"\s*(?:(?:is|are|can\s+be|must\s+be|为|是)\b?)?\s*[:：]?\s*(?:(?:an\s+)?integers?)?\s*(?:from|between|within|in\s+the\s+range\s+of)?",
        r"|\b(?:must\s+be|is)\s+(?:an?\s+integer\s+)?(?:(?:from|between|in\s+the\s+range\s+of)|that\s+ranges\s+from)",
        r"|\branges?\s+(?:is\s+)?from|\b(?:an\s+)?integer\s+(?:between|from|in\s+the\s+range\s+of|that\s+ranges\s+from))\s*",
        r"(?:[\[(（【]\s*(?P<first>-?[0-9]+(?:\.[0-9]+)?)\s*(?:,|，|to|~|～|-|–)\s*(?P<last>-?[0-9]+(?:\.[0-9]+)?)\s*[\])）】]",
        r"|(?P<min>-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]+(?:\.[0-9]+)?)\s*(?:[(（][^)）]*[)）])?",
        r"\s*(?P<to>to|and|~|～|-|–|—|至|到)\s*(?P<max>-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]+(?:\.[0-9]+)?))(?P<rest>.*)$"
    )
);
pattern!(
    LONELY_MIN,
    r"(?i)\bminimum(?:\s+value)?\s*(?:[:：]|\bis\b)\s*(-?[0-9][0-9,]*(?:\.[0-9]+)?)(?P<rest>.*)$"
);
pattern!(
    LONELY_MAX,
    r"(?i)\bmaximum(?:\s+value)?\s*(?:[:：]|\bis\b)\s*(-?[0-9][0-9,]*(?:\.[0-9]+)?)(?P<rest>.*)$"
);
// What may follow the numbers: nothing, a unit, a remark in brackets.
pattern!(
    HARMLESS,
    r"^\s*(?:[(（][^)）]*[)）])?\s*(?:[A-Za-z%/³]{1,12}(?:/[a-z]+)?|之间)?\s*(?:[(（][^)）]*[)）])?\s*(?:之?间?的?(?:正?整数)?)?\s*(?:,\s*(?:inclusive|in\s+[a-z]+|the\s+unit\s+is\s+\w+))?\s*(?:[，,]?\s*(?:默认值?|单位|default)[^0-9]?.*)?[.。:]?$"
);
pattern!(
    CONDITION,
    r"(?i)\b(?:if|when|for|unless|while|each|every|other\s+than|recommended)\b|如果|建议|当|若|对于|时，|每个"
);
// "Valid values for basic disks: 5 to 2000": one of several cases.
pattern!(
    CASE,
    r"(?i)\bvalues?\s+(?:range\s+)?(?:for|when|if)\b[^.]*[0-9]\s*(?:to|~|～|-)\s*[0-9]"
);
pattern!(
    OF_AN_INDEX,
    r"(?i)\bvalues?\s+(?:range\s+)?of\s+(?:n|m|x|y)\b|\bN\s*的?取值"
);
pattern!(
    SPECIAL,
    r"(?i)(?:^|[\s`(：:，,])(-1|0)\s*[)`]?\s*(?:\b(?:indicates?|means|specifies|represents|disables)\b|表示|代表)|\b(?:to|value\s+of|is)\s+(-1|0)(?:[\s,.]|$)|(?:^|\s)(-1|0)\s*[:：]|为(-1|0)(?:时|，)"
);
pattern!(
    UNIT,
    r"(?i)\bunits?\s*(?:of\s+measurement\s+)?(?:[:：]|\bis\b)\s*(?P<unit>[A-Za-z%][A-Za-z/%³]{0,14})\s*$|单位(?:为|：|:)\s*(?P<zh>[A-Za-z%][A-Za-z/%]{0,10}|秒|毫秒|分钟|小时|天|周|月|年|个|元|分)\s*$"
);
pattern!(
    LENGTH,
    concat!(
        r"(?i)(?:\[\s*(?P<first>[0-9]{1,5})\s*[,，]\s*(?P<last>[0-9]{1,6})\s*\]|(?:^|[^0-9,.])(?P<min>[0-9]{1,5})\s*(?:to|~|～|-|–|至|到)\s*(?P<max>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6}))[\])]?\s*",
        r"(?:(?:english|chinese)(?:\s+(?:or|and)\s+(?:english|chinese))?\s+)?(?:characters\b|letters\s+in\s+length|(?:位|个)?(?:英文|中文|大小写|字母|数字|或|、|和|/)*字符)"
    )
);
// Chinese pages leave the word "characters" out.
pattern!(
    LENGTH_ZH,
    r"长度(?:范围|限制)?(?:为|是|：|:)?\s*\[?\s*(?P<min>[0-9]{1,5})\s*[,，~～-]\s*(?P<max>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})\s*(?:\]|位|[。，,]|$)"
);
pattern!(
    MOST,
    concat!(
        r"(?i)(?:\b(?:up\s+to|at\s+most|no\s+more\s+than|not\s+exceed|(?:maximum|max)\s+(?:length\s+)?(?:of|is)|maximum\s+of|longer\s+than|within)\s*|(?:最多|最大|不(?:能|可|得)?(?:超过|多于|大于)|最长|限制在)(?:支持|可|可以|允许|包含|输入|为|长度)*\s*)",
        r"(?P<max>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})\s*(?:(?:english|chinese)(?:\s+(?:or|and)\s+(?:english|chinese))?\s+)?(?:characters\b|letters\s+in\s+length|(?:位|个)?(?:英文|中文|大小写|字母|数字|或|、|和|/)*字符)"
    )
);
pattern!(
    PART,
    r"(?i)\b(?:if|when|each|every|per|prefix|suffix|label|part|segment|keys?|counts?|elements?|items?|separated)\b|如果|每个|每段|前缀|后缀|键|分隔|占"
);
pattern!(
    SIZE,
    r"(?i)(?:\b(?:length|size)\s+of\s+(?:the|this)\s+(?:list|array)\s*(?:is|ranges?\s+from|can\s+be)?|\b(?:list|array)\s+(?:size|length)\s*(?:is|[:：])?)\s*(?:from\s+)?(?:(?P<min>[0-9]+)\s*(?:to|~|-)\s*)?(?P<max>[0-9]+)\b|\byou\s+can\s+(?:specify|add|set|enter|configure|attach|associate)\s+(?:up\s+to|a\s+maximum\s+of|at\s+most|no\s+more\s+than)\s+(?P<most>[0-9]+)\s+[a-z]"
);

/// Whether a text speaks of a range, understood or not.
pub(super) fn mentions_range(sentences: &[Sentence]) -> bool {
    sentences
        .iter()
        .any(|sentence| RANGE.is_match(&sentence.text) || CASE.is_match(&sentence.text))
}

/// The lowest and highest number; none where it depends, or where a text names several.
pub(super) fn range(sentences: &[Sentence]) -> (Option<f64>, Option<f64>) {
    let mut found: Option<(f64, f64)> = None;
    if sentences.iter().any(|sentence| CASE.is_match(&sentence.text)) {
        return (None, None);
    }
    for sentence in sentences {
        let text = sentence.text.as_str();
        let Some(stated) = RANGE.captures(text) else {
            continue;
        };
        if OF_AN_INDEX.is_match(text) {
            continue;
        }
        let before = &text[..stated.get(0).map_or(0, |whole| whole.start())];
        let bound = |one: &str, other: &str| {
            let found = stated.name(one).or(stated.name(other));
            found.and_then(|bound| number(bound.as_str()))
        };
        let (Some(min), Some(max)) = (bound("first", "min"), bound("last", "max")) else {
            return (None, None);
        };
        // "1 and 3" are two values, "between 1 and 3" is a range.
        let and = stated
            .name("to")
            .is_some_and(|to| to.as_str().eq_ignore_ascii_case("and"));
        if and && !text.to_lowercase().contains("between") {
            return (None, None);
        }
        let conditional = CONDITION.is_match(text) || (sentence.bullet && !before.trim().is_empty());
        if conditional || min >= max || !HARMLESS.is_match(&stated["rest"]) || length_word(&stated["rest"]) {
            return (None, None);
        }
        match found {
            Some(known) if known != (min, max) => return (None, None),
            _ => found = Some((min, max)),
        }
    }
    let (min, max) = match found {
        Some((min, max)) => (Some(min), Some(max)),
        None => (lonely(sentences, &LONELY_MIN), lonely(sentences, &LONELY_MAX)),
    };
    let outside = |number: f64| min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max);
    let special = sentences.iter().any(|sentence| {
        SPECIAL.captures_iter(&sentence.text).any(|special| {
            let word = special
                .iter()
                .skip(1)
                .flatten()
                .next()
                .map_or("", |word| word.as_str());
            number(word).is_some_and(outside)
        })
    });
    if special { (None, None) } else { (min, max) }
}

fn lonely(sentences: &[Sentence], pattern: &Regex) -> Option<f64> {
    let mut found = None;
    for sentence in sentences {
        let Some(stated) = pattern.captures(&sentence.text) else {
            continue;
        };
        let value = number(&stated[1]);
        if CONDITION.is_match(&sentence.text)
            || sentence.bullet
            || !HARMLESS.is_match(&stated["rest"])
            || length_word(&stated["rest"])
            || (found.is_some() && found != value)
        {
            return None;
        }
        found = value;
    }
    found
}

/// Whether the numbers count characters or things.
fn length_word(rest: &str) -> bool {
    let word = rest
        .trim_start()
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    [
        "character",
        "letter",
        "digit",
        "entr",
        "item",
        "byte",
        "tag",
        "或",
        "or",
        "and",
    ]
    .iter()
    .any(|part| word.starts_with(part))
}

/// The unit that a text names; none where it names several.
pub(super) fn unit(sentences: &[Sentence]) -> Option<String> {
    let mut found: Option<&str> = None;
    for sentence in sentences {
        let Some(stated) = UNIT.captures(&sentence.text) else {
            continue;
        };
        let word = match stated.name("zh") {
            Some(word) => english(word.as_str())?,
            None => stated.name("unit")?.as_str(),
        };
        if found.is_some_and(|known| known != word) {
            return None;
        }
        found = Some(word);
    }
    found.map(str::to_owned)
}

/// The catalog speaks English.
fn english(unit: &str) -> Option<&str> {
    Some(match unit {
        "毫秒" => "milliseconds",
        "秒" => "seconds",
        "分钟" => "minutes",
        "小时" => "hours",
        "天" => "days",
        "周" => "weeks",
        "月" => "months",
        "年" => "years",
        _ if unit.is_ascii() => unit,
        _ => return None,
    })
}

/// The fewest and most characters of a text.
pub(super) fn length(sentences: &[Sentence]) -> (Option<u32>, Option<u32>) {
    let mut found: Option<(Option<u32>, Option<u32>)> = None;
    for sentence in sentences {
        let text = sentence.text.as_str();
        let stated = match LENGTH.captures(text).or_else(|| LENGTH_ZH.captures(text)) {
            Some(stated) => {
                let either = |one: &str, other: &str| {
                    stated
                        .name(one)
                        .or(stated.name(other))
                        .and_then(|number| count(number.as_str()))
                };
                (either("min", "first"), either("max", "last"))
            }
            None => match MOST.captures(text) {
                Some(stated) => (None, count(&stated["max"])),
                None => continue,
            },
        };
        let backwards = stated.0.is_some_and(|min| stated.1.is_none_or(|max| min > max));
        if PART.is_match(text) || backwards || found.is_some_and(|known| known != stated) {
            return (None, None);
        }
        found = Some(stated);
    }
    found.unwrap_or_default()
}

/// The fewest and most items of a list.
pub(super) fn size(sentences: &[Sentence]) -> (Option<u32>, Option<u32>) {
    let mut found: Option<(Option<u32>, Option<u32>)> = None;
    for sentence in sentences {
        let Some(stated) = SIZE.captures(&sentence.text) else {
            continue;
        };
        let group = |name: &str| stated.name(name).and_then(|number| count(number.as_str()));
        let bounds = (group("min"), group("max").or(group("most")));
        if CONDITION.is_match(&sentence.text) || found.is_some_and(|known| known != bounds) {
            return (None, None);
        }
        found = Some(bounds);
    }
    found.unwrap_or_default()
}

fn number(text: &str) -> Option<f64> {
    text.replace(',', "").parse().ok()
}

fn count(text: &str) -> Option<u32> {
    text.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::text::{lines, sentences};
    use super::*;

    fn read(text: &str) -> Vec<Sentence> {
        sentences(&lines(text))
    }

    #[test]
    fn ranges() {
        for (text, min, max) in [
            ("Valid values: 5 to 2,000.", 5.0, 2000.0),
            ("Value range: [5, 2000] GiB.", 5.0, 2000.0),
            ("The value interval:[1,100000000].", 1.0, 100_000_000.0),
            ("Valid values: 1~100", 1.0, 100.0),
            (
                "It is an integer between 1024 (1K) and 65536 (64K).",
                1024.0,
                65536.0,
            ),
            ("Valid values: 0 to 100. Default value: 10.", 0.0, 100.0),
            ("取值范围：1~65,535。", 1.0, 65535.0),
            (
                "Valid values: -1 to 10. -1 indicates that there is no limit.",
                -1.0,
                10.0,
            ),
        ] {
            assert_eq!(range(&read(text)), (Some(min), Some(max)), "{text}");
        }
        assert_eq!(range(&read("Minimum value: 1.")), (Some(1.0), None));
    }

    #[test]
    fn no_range_where_it_depends() {
        for text in [
            "Valid values of N: 1 to 20.",
            "Valid values: 1, 3.",
            "Valid values: 1 and 3.",
            "The recommended value is an integer from 1 to 10.",
            "Valid values for basic disks: 5 to 2000.",
            "If Unit is Month, valid values: 1 to 9.",
            "Valid values: 1 to 9, 12, and 24.",
            "Valid values: 1 to 100. Set it to -1 to lift the limit: -1 indicates no limit.",
            "Valid values: 1 to 100. A value of 0 disables it.",
            "Valid values: 2 to 128 characters.",
            "- Month: valid values: 1 to 9\n- Year: valid values: 1 to 3",
        ] {
            assert_eq!(range(&read(text)), (None, None), "{text}");
        }
    }

    #[test]
    fn lengths_and_sizes() {
        for (text, min, max) in [
            (
                "The name must be 2 to 128 characters in length.",
                Some(2),
                Some(128),
            ),
            ("It can contain [2, 128] characters.", Some(2), Some(128)),
            (
                "The text can be up to 1,024 characters in length.",
                None,
                Some(1024),
            ),
            ("长度为2~128个英文或中文字符。", Some(2), Some(128)),
            ("最多支持256个字符。", None, Some(256)),
            ("长度限制在 256 个字符内。", None, Some(256)),
            ("长度为 [2, 128]。必须以字母开头。", Some(2), Some(128)),
            ("Each label can be up to 63 characters in length.", None, None),
        ] {
            assert_eq!(length(&read(text)), (min, max), "{text}");
        }
        assert_eq!(
            size(&read("The length of the list ranges from 1 to 16.")),
            (Some(1), Some(16))
        );
        assert_eq!(size(&read("You can specify up to 5 addresses.")), (None, Some(5)));
    }

    #[test]
    fn units() {
        assert_eq!(unit(&read("The size. Unit: GiB.")).as_deref(), Some("GiB"));
        assert_eq!(unit(&read("大小。单位：秒。")).as_deref(), Some("seconds"));
        assert_eq!(unit(&read("Unit: seconds. Unit: minutes.")), None);
    }
}
