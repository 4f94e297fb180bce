//! The forms that a list of values has behind its lead: an enumeration, bullets, lines of their own, all glued in one line.

use super::pattern;
use super::text::{Line, cut_sentence};
use super::values::behind_lead;
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
    HEAD,
    r"(?:(?:^|[.。,，;；]\s*)(?P<word>[A-Za-z0-9][A-Za-z0-9_]*)|\s(?P<inner>[0-9]+|[A-Z]+[A-Z0-9_]+[A-Za-z0-9_]*|[A-Za-z]+[0-9_][A-Za-z0-9_]*|[A-Z][a-z]+[A-Z][A-Za-z]*))[:：]"
);
// Where a list in one line ends.
pattern!(END, r"(?:\b(?:Default|Note|Unit)\b|默认|单位)");
pattern!(DEFAULT_CLAUSE, r"(?i)[,，]\s*(?:the\s+)?default\b");
pattern!(THOUSANDS, r"[0-9],[0-9]{3}(?:[^0-9]|$)");
pattern!(PAIR, r"^\[\s*[0-9]+\s*,\s*[0-9]+\s*\]");
pattern!(RUN, r"^([0-9]{1,2})\s*(?:to|~|～|-|–)\s*([0-9]{1,2})$");
pattern!(
    NUMBERS,
    r"^[\[(（]?\s*-?[0-9][0-9,.]*\s*(?:to|~|～|-|–|—|至)\s*-?[0-9]"
);

/// Words that begin a remark and are no values.
const REMARKS: [&str; 21] = [
    "positive",
    "integer",
    "integers",
    "number",
    "any",
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

/// The list behind a lead in line `at`, and the line behind it.
pub(super) fn list(rest: &str, lines: &[Line], at: usize) -> Option<(Vec<Value>, usize)> {
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
                    None => entries(None, lines, next).or_else(|| groups(lines, next)),
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
    if let Some(value) = only(&text) {
        return Some((vec![value], after));
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

/// The one value of `Valid value: Public.`: a word that no sentence has.
fn only(text: &str) -> Option<Value> {
    let (sentence, after) = cut_sentence(text);
    let stops = text[sentence.len()..].starts_with(['.', '。']);
    let plain =
        stops && !sentence.contains([':', '：']) && item(cut_sentence(after.trim_start()).0).is_none();
    item(sentence.trim()).filter(|value| plain && is_name(&value.word))
}

/// Whether a word is more than a word of a sentence or a number.
fn is_name(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_uppercase() || c == '_') && word.len() > 1
}

/// Bullet lists below captions: `For our own:`, its values, `For others:`, their values.
fn groups(lines: &[Line], mut at: usize) -> Option<(Vec<Value>, usize)> {
    let mut values = Vec::new();
    while let Some(caption) = lines
        .get(at)
        .filter(|line| !line.bullet && !line.note && !remark(&line.text))
        && lines.get(at + 1).is_some_and(|line| line.bullet)
        && caption.text.split_whitespace().count() < 9
    {
        let mut end = at + 1;
        while let Some(line) = lines.get(end).filter(|line| line.bullet) {
            values.push(item(&line.text)?);
            end += 1;
        }
        at = end;
    }
    (!values.is_empty()).then_some(())?;
    finish(values, lines, at, true)
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
    let alone = values.len() == 1 && !(bulleted && is_name(&values[0].word));
    if values.is_empty() || alone {
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
pub(super) fn remark(text: &str) -> bool {
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
