//! Lists of allowed values in prose: behind a lead such as "Valid values:", in one line or item by item.
//!
//! A list counts only when all of it is understood: an item that is no single word, a lead that holds under a condition,
//! something that looks like an item behind the end — and there is no list at all.

use super::pattern;
use super::text::{Line, cut_sentence};
use regex::Regex;
use std::sync::LazyLock;

/// One value, as the text writes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Value {
    pub(super) word: String,
    /// What the text says of it; empty where nothing.
    pub(super) meaning: String,
    /// Whether it is marked as the default.
    pub(super) default: bool,
}

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
pattern!(
    CONDITIONAL_LEAD,
    r"(?i)\bvalues?\s+(?:range\s+)?(?:of\s+(?:[a-z]{2,}|a\b)|for|when|if|in)\b[^.:]*(?:[:：]|\bare\b)"
);
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
pattern!(
    OPEN,
    r"(?i)\b(?:such as|for example|e\.g\.|etc)\b|\.\.\.|…|例如|等等"
);
pattern!(
    ITEM,
    r#"^["'“”‘’]?([A-Za-z0-9][A-Za-z0-9_./+-]*?|-[0-9]+)["'“”‘’]?\s*((?:[(（][^)）]*[)）])?)\s*(?:[.。;；,，]?$|([:：])(\s*)(.*)$|\s[-–—]+\s+(.*)$)"#
);
pattern!(
    DEFAULT_MARK,
    r"(?i)\(\s*(?:the\s+)?default(?:\s+values?)?\s*\)|\bthis is the default(?: value)?\b|[（(]默认值?[）)]|默认值?[。.]?$"
);
pattern!(GLUED_ITEM, r"[.。;；]\s*-?\s*([A-Za-z][A-Za-z0-9_]*)[:：]");
pattern!(
    NUMBERS,
    r"^[\[(（]?\s*-?[0-9][0-9,.]*\s*(?:to|~|～|-|–|—|至)\s*-?[0-9]"
);

pattern!(
    HEAD,
    r"(?:(?:^|[.。,，;；]\s*)(?P<word>[A-Za-z0-9][A-Za-z0-9_]*)|\s(?P<inner>[0-9]+|[A-Z]+[A-Z0-9_]+[A-Za-z0-9_]*|[A-Za-z]+[0-9_][A-Za-z0-9_]*|[A-Z][a-z]+[A-Z][A-Za-z]*))[:：]"
);
// Where a list in one line ends.
pattern!(END, r"(?:\b(?:Default|Note|Unit)\b|默认|单位)");
pattern!(DEFAULT_CLAUSE, r"(?i)[,，]\s*(?:the\s+)?default\b");
pattern!(THOUSANDS, r"[0-9],[0-9]{3}(?:[^0-9]|$)");
pattern!(PAIR, r"^\[\s*[0-9]+\s*,\s*[0-9]+\s*\]");
pattern!(RUN, r"^([0-9]{1,2})\s*(?:to|~|～|-|–)\s*([0-9]{1,2})$");

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

/// Words that begin a remark and are no values.
const REMARKS: [&str; 16] = [
    "note",
    "notes",
    "unit",
    "units",
    "example",
    "examples",
    "limit",
    "limits",
    "notice",
    "description",
    "tip",
    "tips",
    "remark",
    "remarks",
    "n",
    "x",
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
        let Some(rest) = behind_lead(&lines[at]) else {
            at += 1;
            continue;
        };
        let (found, after) = list(rest?, lines, at)?;
        for value in found {
            match values.iter_mut().find(|known| known.word == value.word) {
                Some(known) => known.default |= value.default,
                None => values.push(value),
            }
        }
        at = after;
    }
    // One "value" is an example or the begin of a sentence.
    if values.len() < 2 || values.iter().filter(|value| value.default).count() > 1 {
        return None;
    }
    Some(values)
}

/// Whether a text speaks of a list, understood or not.
pub(super) fn mentions(lines: &[Line]) -> bool {
    lines
        .iter()
        .any(|line| behind_lead(line).is_some() || CONDITIONAL_LEAD.is_match(&line.text))
}

/// The text behind the lead of a list in a line; `Some(None)` where the lead holds under a condition.
fn behind_lead(line: &Line) -> Option<Option<&str>> {
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
        let field = !remark(&line.text)
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

/// The list behind a lead in line `at`, and the line behind it.
fn list(rest: &str, lines: &[Line], at: usize) -> Option<(Vec<Value>, usize)> {
    if NUMBERS.is_match(rest) && inline(&unwrapped(rest, lines, at + 1).0).is_none() {
        // A range: not for this reader, and no list either.
        return Some((Vec::new(), at + 1));
    }
    let mut next = at + 1;
    if rest.is_empty() {
        while lines.get(next).is_some_and(|line| line.text.is_empty()) {
            next += 1;
        }
        return match lines.get(next)? {
            line if line.bullet => bullets(lines, next),
            line => {
                let (text, after) = unwrapped(&line.text, lines, next + 1);
                match inline(&text) {
                    Some(values) => Some((values, after)),
                    None => entries(None, lines, next),
                }
            }
        };
    }
    let (text, after) = unwrapped(rest, lines, next);
    if let Some(values) = inline(&text) {
        return Some((values, after));
    }
    if let Some(values) = glued(rest) {
        return finish(values, lines, next, false);
    }
    // `Valid values: a: one thing`, `b: another` in the next line.
    entries(Some(rest), lines, next)
}

/// The rest of a line with the lines it goes on in: while it ends in the middle of an enumeration.
fn unwrapped(rest: &str, lines: &[Line], mut next: usize) -> (String, usize) {
    let mut text = rest.to_owned();
    let goes_on =
        |text: &str| text.ends_with([',', '|', '、']) || text.ends_with(" and") || text.ends_with(" or");
    while goes_on(text.trim_end())
        && let Some(line) = lines.get(next)
        && !line.text.is_empty()
        && !line.bullet
    {
        text.push(' ');
        text.push_str(&line.text);
        next += 1;
    }
    (text, next)
}

/// `a, b, and c` up to the end of the sentence.
fn inline(text: &str) -> Option<Vec<Value>> {
    let (sentence, after) = cut_sentence(text);
    let sentence = match DEFAULT_CLAUSE.find(sentence) {
        Some(clause) => &sentence[..clause.start()],
        None => sentence,
    };
    if OPEN.is_match(sentence) || THOUSANDS.is_match(sentence) {
        return None;
    }
    let mut values = Vec::new();
    let list = unbracketed(sentence);
    // `Monday/Tuesday/Sunday`, but not `text/html`.
    let days = list.matches('/').count() > 1
        && list
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '/');
    for part in if days {
        list.split('/').collect()
    } else {
        parts(list)
    } {
        let part = part.trim();
        let part = part.strip_prefix("and ").unwrap_or(part);
        let part = part.strip_prefix("or ").unwrap_or(part).trim();
        if part.is_empty() {
            continue;
        }
        // `a: meaning` in the middle of an enumeration is another thing.
        if part.contains([':', '：']) {
            return None;
        }
        match run(part) {
            Some(run) => values.extend(run),
            None => values.push(item(part)?),
        }
    }
    // "Valid values: a. b." goes on behind the stop.
    let next = cut_sentence(after.trim_start()).0;
    let more = !next.is_empty() && item(next).is_some();
    // A run alone is a range.
    let alone = values.len() > 1 && run(list.trim()).is_some();
    (values.len() > 1 && !more && !alone).then_some(values)
}

/// `1 to 9` in an enumeration of months, written out.
fn run(part: &str) -> Option<Vec<Value>> {
    let found = RUN.captures(part)?;
    let (first, last) = (found[1].parse::<u8>().ok()?, found[2].parse::<u8>().ok()?);
    (first < last && last - first < 16).then(|| {
        (first..=last)
            .map(|number| Value {
                word: number.to_string(),
                ..Value::default()
            })
            .collect()
    })
}

/// The parts of an enumeration, cut outside brackets.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ if depth > 0 || at < start => {}
            ',' | '，' | '、' | '|' | '和' | '或' => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            ' ' => {
                for word in [" and ", " or "] {
                    if text[at..].starts_with(word) {
                        parts.push(&text[start..at]);
                        start = at + word.len();
                    }
                }
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// `A1: one thing. B2: another` in one line: each colon belongs to a word that stands behind a stop.
fn glued(text: &str) -> Option<Vec<Value>> {
    let text = match END.find(text) {
        Some(end) => &text[..end.start()],
        None => text,
    };
    let heads: Vec<_> = HEAD.captures_iter(text).collect();
    let colons = text.matches([':', '：']).count();
    if heads.len() < 2 || colons != heads.len() || heads.iter().any(|head| remark(word_of(head))) {
        return None;
    }
    let mut values = Vec::new();
    for (index, head) in heads.iter().enumerate() {
        let (whole, word) = (head.get(0)?, word_of(head));
        if index == 0 && whole.start() > 0 {
            return None;
        }
        let end = heads
            .get(index + 1)
            .and_then(|next| next.get(0))
            .map_or(text.len(), |next| next.start());
        values.push(Value {
            word: word.to_owned(),
            meaning: text[whole.end()..end].trim().to_owned(),
            default: false,
        });
    }
    Some(values)
}

fn word_of<'t>(head: &regex::Captures<'t>) -> &'t str {
    let word = head.name("word").or(head.name("inner"));
    word.map_or("", |word| word.as_str())
}

/// Items of a bullet list that begins in line `at`.
fn bullets(lines: &[Line], mut at: usize) -> Option<(Vec<Value>, usize)> {
    let level = lines.get(at)?.level;
    let mut values: Vec<Value> = Vec::new();
    let mut long = false;
    while let Some(line) = lines.get(at) {
        if line.text.is_empty() {
            long = false;
        } else if line.note {
            break;
        } else if line.bullet && line.level <= level + 1 && (line.level + 1 >= level) {
            values.push(default_mode(&line.text).or_else(|| item(&line.text))?);
            long = line.long;
        } else if line.bullet || long {
            // A nested list, or a wrapped line.
            let meaning = &mut values.last_mut()?.meaning;
            if !meaning.is_empty() {
                meaning.push(' ');
            }
            meaning.push_str(&line.text);
            long = line.long;
        } else {
            break;
        }
        at += 1;
    }
    finish(values, lines, at, true)
}

/// Items that stand each in a line of its own, the first perhaps behind the lead.
fn entries(first: Option<&str>, lines: &[Line], mut at: usize) -> Option<(Vec<Value>, usize)> {
    let mut values: Vec<Value> = Vec::new();
    let mut long = false;
    if let Some(first) = first {
        values.push(item(first)?);
        long = first.chars().count() > 45;
    }
    while let Some(line) = lines.get(at) {
        if line.text.is_empty() || line.bullet || line.note || behind_lead(line).is_some() {
            break;
        }
        let first = values.is_empty().then(|| default_mode(&line.text)).flatten();
        match first.or_else(|| item(&line.text)) {
            Some(value) => values.push(value),
            None if long && !remark(&line.text) => {
                let meaning = &mut values.last_mut()?.meaning;
                meaning.push(' ');
                meaning.push_str(&line.text);
            }
            None => break,
        }
        long = line.long;
        at += 1;
    }
    finish(values, lines, at, false)
}

/// The list, unless something behind its end looks like an item of it.
fn finish(mut values: Vec<Value>, lines: &[Line], at: usize, bulleted: bool) -> Option<(Vec<Value>, usize)> {
    if values.is_empty() {
        return None;
    }
    let glued = |value: &Value| {
        GLUED_ITEM
            .captures_iter(&value.meaning)
            .any(|found| !remark(&found[1]))
    };
    // `cloud: 5 to 2000` are ranges for several cases.
    let case = |value: &Value| NUMBERS.is_match(&value.meaning) || PAIR.is_match(&value.meaning);
    if values.iter().any(|value| glued(value) || case(value)) {
        return None;
    }
    let explained = values.iter().any(|value| !value.meaning.is_empty());
    for line in &lines[at..] {
        if behind_lead(line).is_some() {
            break;
        }
        let like = match bulleted {
            true => line.bullet && item(&line.text).is_some(),
            false => {
                !line.bullet && item(&line.text).is_some_and(|value| explained != value.meaning.is_empty())
            }
        };
        if like {
            return None;
        }
    }
    for value in &mut values {
        value.default |= DEFAULT_MARK.is_match(&value.meaning);
        value.meaning = value.meaning.trim().to_owned();
    }
    Some((values, at))
}

/// `word`, `word: meaning`, `word (default): meaning`.
fn item(text: &str) -> Option<Value> {
    if remark(text) {
        return None;
    }
    let found = ITEM.captures(text)?;
    let group = |index: usize| found.get(index).map_or("", |part| part.as_str());
    let mut meaning = if group(3).is_empty() { group(6) } else { group(5) };
    // `http://…`, `hbaseue:2.0`
    let tight = group(3) == ":" && group(4).is_empty() && !meaning.is_empty();
    if tight && meaning.is_ascii() && !meaning.contains(' ') {
        return None;
    }
    let mark = group(2);
    let default = DEFAULT_MARK.is_match(mark);
    if meaning.is_empty() && !default {
        meaning = mark.trim_matches(['(', ')', '（', '）']);
    }
    Some(Value {
        word: group(1).trim_end_matches('.').to_owned(),
        meaning: meaning.to_owned(),
        default,
    })
}

/// `Default: the usual way` is a value of that name; `Default: fast` a remark.
fn default_mode(text: &str) -> Option<Value> {
    let (_, meaning) = text
        .split_once("Default:")
        .filter(|(before, _)| before.is_empty())?;
    meaning.trim().contains(' ').then(|| Value {
        word: "Default".to_owned(),
        meaning: meaning.trim().to_owned(),
        default: false,
    })
}

/// Whether a line begins with a word such as `Note` or is a sentence about the default.
fn remark(text: &str) -> bool {
    let word = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .next()
        .unwrap_or_default();
    word == "Default"
        || REMARKS.iter().any(|remark| remark.eq_ignore_ascii_case(word))
        || ["default value", "默认", "说明", "单位", "注意"]
            .iter()
            .any(|mark| text.starts_with(mark))
}

/// The text without the brackets around all of it.
fn unbracketed(text: &str) -> &str {
    let text = text.trim();
    let inner = [('[', ']'), ('{', '}'), ('(', ')')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    // `[0, 100]` is a range.
    inner
        .filter(|inner| inner.contains(|c: char| c.is_alphabetic()))
        .unwrap_or(text)
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
            "Separate them with semicolons (;). Valid values:\n- a\n- b",
            "Default value: a, b",
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
