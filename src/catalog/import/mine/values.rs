//! Lists of allowed values in prose: behind a lead such as "Valid values:", in one line or item by item.
//!
//! A list counts only when all of it is understood: an item that is no single word, a lead that holds under a condition,
//! something that looks like an item behind the end — and there is no list at all.

use super::items::{self, Value};
use super::pattern;
use super::text::{Line, cut_sentence};
use regex::Regex;
use std::sync::LazyLock;

pattern!(
    LEAD,
    concat!(
        r"(?i)(?:\b(?P<before>[a-z]+)\s+)?\b(?:(?:valid|allowed|possible|optional|supported|available|permitted|enumerat(?:ion|ed)|following)\s+values?",
        r"|value\s+(?:range|interval|options)|ranges?\s+of\s+values?|values?|ranges?|options?|optional|enumeration",
        r"|(?:can|could|must)\s+be(?:\s+one\s+of\s+the\s+following(?:\s+values)?)?)",
        r"(?:\s+(?:is|are|includes?|supported|can\s+be|(?:is|are)\s+(?:listed\s+)?as\s+follows|are\s+supported))?\s*(?:[(（][^)）]*[)）])?\s*[:：]",
        r"|(?:取值(?:范围)?|可用值|可选值|有效值|枚举值|可取值)(?:包括|如下|为|有|说明)?(?:[(（][^)）]*[)）])?[:：]"
    )
);
// `support cloud|cloud_ssd|cloud_essd`: the bars leave no doubt what is an item.
pattern!(BARS, r"(?i)\bsupports?:?\s+((?:[a-z0-9_-]+\|){2,}[a-z0-9_-]+)");
pattern!(
    CONDITIONAL_LEAD,
    r"(?i)\bvalues?\s+(?:range\s+)?(?:of\s+(?:[a-z]{2,}|a\b)|for|when|if|in)\b[^.:]*(?:[:：]|\bare\b)"
);
pattern!(
    SET_TO,
    r"(?i)\bset\s+(?:this\s+(?:parameter|property)|the\s+value(?:\s+of\s+this\s+parameter)?)\s+to\s+(?-i:([A-Z][A-Za-z0-9_.]*|[a-z0-9]+_[A-Za-z0-9_]+))(?:\s|[,.]|$)"
);
pattern!(
    OWN,
    r"(?im)^the\s+custom\b|\byou\s+can\s+also\s+(?:set|choose|use|specify|enter)\b"
);
pattern!(PLAIN_LEAD, r"(?i)\bvalid\s+values?\s*[:：]|取值[:：]");
pattern!(
    CONDITION,
    r"(?i)\b(?:if|when|for|unless|while)\b|如果|当|若|时[，,]"
);
pattern!(
    SEPARATED,
    r"(?i)\bseparate\s+(?:multiple|several|them|the|each|values?|two)\b|\bseparated\s+(?:by|with)\b|\bseparators?\b|分隔|隔开"
);
pattern!(COMMAS, r"(?i)\bcommas?\b|逗号|\(,\)");
// Then the lists are about fields inside the text.
pattern!(
    JSON,
    r"(?i)\bjson\s+(?:string|format|struct|object|array)|json数组|json格式|json字符串"
);
// `Field: what it is. Valid values: …`
pattern!(FIELD, r"^\{?[A-Za-z][A-Za-z0-9_ -]{0,40}\}?[:：]\s");

/// Words in front of `values:` that make it something else.
const OTHER_LEADS: [&str; 12] = [
    "default",
    "example",
    "sample",
    "minimum",
    "maximum",
    "initial",
    "min",
    "max",
    "current",
    "port",
    "time",
    "recommended",
];

/// The values that a text allows; `None` where it has no list or one that is not understood.
pub(super) fn listed(lines: &[Line]) -> Option<Vec<Value>> {
    let all = lines.iter().map(|line| line.text.as_str());
    let text = all.collect::<Vec<_>>().join("\n");
    let separated = |line: &Line| SEPARATED.is_match(&line.text) && !COMMAS.is_match(&line.text);
    if CONDITIONAL_LEAD.is_match(&text) || JSON.is_match(&text) || lines.iter().any(separated) {
        return None;
    }
    let mut values: Vec<Value> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if let Some(found) = BARS.captures(&lines[at].text) {
            let words = found[1].split('|');
            values.extend(words.map(|word| Value {
                word: word.to_owned(),
                ..Value::default()
            }));
            at += 1;
            continue;
        }
        let Some(rest) = behind_lead(&lines[at]) else {
            at += 1;
            continue;
        };
        let (found, after) = items::list(rest?, lines, at)?;
        for value in found {
            match values.iter_mut().find(|known| known.word == value.word) {
                Some(known) => known.default |= value.default,
                None => values.push(value),
            }
        }
        at = after;
    }
    // "Set this parameter to Other" beside a list without it, or a kind of value of one's own.
    let others = SET_TO.captures_iter(&text).any(|found| {
        let word = found[1].trim_end_matches('.');
        values.iter().all(|value| !value.word.eq_ignore_ascii_case(word))
    });
    if others || OWN.is_match(&text) {
        return None;
    }
    // One "value" is an example or the begin of a sentence, unless the lead is plain.
    if values.is_empty()
        || (values.len() < 2 && !PLAIN_LEAD.is_match(&text))
        || values.iter().filter(|value| value.default).count() > 1
    {
        return None;
    }
    Some(values)
}

/// Whether a text speaks of a list, understood or not.
pub(super) fn mentions(lines: &[Line]) -> bool {
    lines.iter().any(|line| {
        behind_lead(line).is_some()
            || [&*BARS, &*CONDITIONAL_LEAD]
                .iter()
                .any(|lead| lead.is_match(&line.text))
    })
}

/// The text behind the lead of a list in a line; `Some(None)` where the lead holds under a condition.
pub(super) fn behind_lead(line: &Line) -> Option<Option<&str>> {
    for found in LEAD.captures_iter(&line.text) {
        let before = found.name("before").map_or("", |word| word.as_str());
        if OTHER_LEADS.iter().any(|word| before.eq_ignore_ascii_case(word)) {
            continue;
        }
        let whole = found.get(0)?;
        let sentence = sentence_before(&line.text[..whole.start()]);
        let lead = whole.as_str();
        let short = lead.split_whitespace().count() == 1 && lead.is_ascii();
        // `value:` in the middle of a sentence is part of it; `can be:` is a lead everywhere.
        if short && !(sentence.trim().is_empty() || sentence.trim_end().ends_with([',', '，'])) {
            continue;
        }
        let rest = line.text[whole.end()..].trim_start();
        if rest.starts_with("//") {
            continue;
        }
        let field = !items::remark(&line.text)
            && FIELD
                .find(&line.text)
                .is_some_and(|field| field.end() <= whole.start());
        let conditional = line.bullet || field || CONDITION.is_match(sentence);
        return Some((!conditional).then_some(rest));
    }
    None
}

/// What of the text's last sentence stands in front.
fn sentence_before(text: &str) -> &str {
    let mut rest = text;
    loop {
        let (sentence, after) = cut_sentence(rest);
        if after.is_empty() && sentence.len() == rest.len() {
            return sentence;
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::lines;
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let values = listed(&lines(text)).unwrap_or_default();
        values
            .into_iter()
            .map(|value| {
                if value.default {
                    format!("{}!", value.word)
                } else {
                    value.word
                }
            })
            .collect()
    }

    #[test]
    fn in_one_line() {
        for (text, expected) in [
            ("The kind. Valid values: a, b, and c.", vec!["a", "b", "c"]),
            (
                "The kind. Default is b_1. support a|b_1|c.Old ones have a.",
                vec!["a", "b_1", "c"],
            ),
            ("Valid values: **true** and **false**.", vec!["true", "false"]),
            (
                "Allowed value: slb.s1.small|slb.s2.small",
                vec!["slb.s1.small", "slb.s2.small"],
            ),
            ("values:PostPaid, PrePaid", vec!["PostPaid", "PrePaid"]),
            (
                "Valid values: 1, 2, 3,\n12, and 24.",
                vec!["1", "2", "3", "12", "24"],
            ),
            ("Valid values: [Month, Year].Default: x", vec!["Month", "Year"]),
            ("Valid values: on (default) and off", vec!["on!", "off"]),
            ("取值：a、b或c。", vec!["a", "b", "c"]),
            ("Valid values:\na, b, c.", vec!["a", "b", "c"]),
            (
                "Valid values: 1 to 3, 6, and 12. Default value: 1.",
                vec!["1", "2", "3", "6", "12"],
            ),
            ("Valid value: Fast.", vec!["Fast"]),
            ("Valid value:\n- Fast_One (default): at once.", vec!["Fast_One!"]),
            ("Value: v1 or v2, default value: v2.", vec!["v1", "v2"]),
            ("Valid values: Mon/Tue/Sun", vec!["Mon", "Tue", "Sun"]),
            (
                "The level.Valid values:PL0: up to 10,000.PL1: up to 50,000.Default value: PL0.",
                vec!["PL0", "PL1"],
            ),
            (
                "Valid values: fast: at once, slowOne: later.",
                vec!["fast", "slowOne"],
            ),
            (
                "It is used by the server. Value: UDP (default) | TCP",
                vec!["UDP!", "TCP"],
            ),
            (
                "Default value: a. Valid values: -   a: one\n-   b",
                vec!["a", "b"],
            ),
            ("They are separately made. Valid values: a, b", vec!["a", "b"]),
            ("Value: v4 (one stack, old) or v6 (two).", vec!["v4", "v6"]),
            ("Valid values (case-insensitive): A, B", vec!["A", "B"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn item_by_item() {
        for (text, expected) in [
            ("Valid values:\n- a: one\n- b (default): two", vec!["a", "b!"]),
            (
                "Valid values: -   a\\_a: one\n-   b: two\n\n -   c",
                vec!["a_a", "b", "c"],
            ),
            ("Value range:\na: one\nb: two\nDefault value: a.", vec!["a", "b"]),
            ("Ranges:\nI386\nX86_64 (default)", vec!["I386", "X86_64!"]),
            ("values are as follows:\n* `p`:one\n* `q`:two words", vec![]),
            (
                "values are as follows:\n* `p`: one\n* `q`: two words\n> A remark",
                vec!["p", "q"],
            ),
            ("Valid values: a: one thing\nb: another thing", vec!["a", "b"]),
            (
                "Valid values:\nDefault: the usual one\nb: another\nDefault: b",
                vec!["Default", "b"],
            ),
            (
                "Valid values:\nOur own\n- A: one\n- B: two\nOthers:\n- C: three\n**Note**: more",
                vec!["A", "B", "C"],
            ),
            ("取值：\n\n-   a：甲\n-   b（默认值）：乙", vec!["a", "b!"]),
            (
                "Valid values:\n- a: one\n- b: two. This is the default value.",
                vec!["a", "b!"],
            ),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn meanings() {
        let text = "Valid values:\n- a: one\n    - deep\n- b: a line so long that it was wrapped by whoever wrote it down,\nand goes on\n\nMore text";
        let values = listed(&lines(text)).expect("a list");
        assert_eq!(values[0].meaning, "one deep");
        assert!(values[1].meaning.ends_with("and goes on"));
    }

    #[test]
    fn no_list_unless_all_of_it_is_understood() {
        for text in [
            "Valid values: 1 to 9.",
            "Valid values: -1 and 1 to 65535.",
            "Valid values of N: 1, 2",
            "Valid values for fast ones: a, b",
            "If Kind is a, valid values: x, y",
            "Valid values: a custom name, b",
            "Valid values: a, b, ...",
            "Value range: old: [5,2000], new: [20,32768].",
            "Valid values: 1 to 2,147,483",
            "Valid values: a, b and so on.",
            "Valid values: a: see the table: b",
            "Valid values:\n- a: one\n- For others: two",
            "Valid values:\n- a: one.b: two\n- c: three",
            "Valid values:\na: one\nb: two\nSome remark.\nc: three",
            "Valid values: a",
            "Values: Fast",
            "Valid values: Fast ones.",
            "Separate them with semicolons (;). Valid values:\n- a\n- b",
            "Default value: a, b",
            "Valid values: a, b. If you are someone, set this parameter to C_3.",
            "Valid values:\na: one\nb: two\nThe custom name.",
            "Value range: [0, 200]",
            "A JSON string. Valid values: a, b",
            "The parts of the text:\nMode: how. Valid values: a and b",
            "Separate several with semicolons (;), that is all, of course. Valid values:\n- a\n- b",
            "Time range: 08:00, 09:00",
            "Example values: a, b",
        ] {
            assert_eq!(words(text), Vec::<String>::new(), "{text}");
        }
    }
}
