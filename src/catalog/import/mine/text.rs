//! Prose of a documentation cell or doc string as plain lines and sentences: Markdown resolved, bullets known.

/// One line of prose without Markdown.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Whether the line begins an item of a list.
    pub(super) bullet: bool,
    /// Columns before the bullet or the text; an odd blank is no level.
    pub(super) level: usize,
    /// Whether the line is long enough to have been wrapped.
    pub(super) long: bool,
    /// A quoted note.
    pub(super) note: bool,
}

/// One sentence.
#[derive(Debug, PartialEq)]
pub(super) struct Sentence {
    /// Without the full stop.
    pub(super) text: String,
    /// Whether it stands in an item of a list.
    pub(super) bullet: bool,
}

/// Characters from which on a line may go on in the next one.
const WRAP: usize = 50;

/// The lines of a text; blank ones are kept, code blocks are not.
pub(super) fn lines(prose: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut code = false;
    for raw in prose.lines() {
        if raw.trim_start().starts_with("```") {
            code = !code;
        } else if !code {
            for part in first_bullets(raw) {
                lines.push(line(part));
            }
        }
    }
    lines
}

/// The sentences of a text. A wrapped line goes on in the next; items of lists stand alone.
pub(super) fn sentences(lines: &[Line]) -> Vec<Sentence> {
    let mut paragraphs: Vec<(String, bool)> = Vec::new();
    let mut open = false;
    for line in lines {
        if line.text.is_empty() {
            open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some((text, _)) if open && !line.bullet && !line.note => {
                text.push(' ');
                text.push_str(&line.text);
            }
            _ => paragraphs.push((line.text.clone(), line.bullet)),
        }
        open = line.long && !line.text.ends_with(['.', '。', ':', '：']);
    }
    let mut sentences = Vec::new();
    for (text, bullet) in paragraphs {
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (text, after) = cut_sentence(rest);
            if !text.trim().is_empty() {
                sentences.push(Sentence {
                    text: text.trim().to_owned(),
                    bullet,
                });
            }
            rest = after;
        }
    }
    sentences
}

/// The first sentence, without its full stop, and the rest. Pages also glue the next sentence to the stop.
pub(super) fn cut_sentence(text: &str) -> (&str, &str) {
    for (at, c) in text.char_indices() {
        let after = &text[at + c.len_utf8()..];
        let ends = match c {
            '。' | '；' | ';' => true,
            '.' => after.is_empty() || after.starts_with(char::is_whitespace) || begins(after),
            _ => false,
        };
        if ends {
            return (&text[..at], after);
        }
    }
    (text, "")
}

/// Whether a text begins with a word that sentences of documentation begin with.
fn begins(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next();
    matches!(
        word.unwrap_or_default(),
        "Default"
            | "Valid"
            | "Unit"
            | "Units"
            | "Value"
            | "Values"
            | "Range"
            | "Ranges"
            | "The"
            | "This"
            | "If"
            | "It"
            | "You"
            | "Note"
            | "When"
            | "For"
            | "A"
            | "An"
            | "Must"
            | "Example"
    )
}

/// Pages put the first bullet of a list on the line of its lead: `Valid values: -   a`.
fn first_bullets(raw: &str) -> Vec<&str> {
    for (at, _) in raw.match_indices("-  ") {
        let before = raw[..at].trim_end();
        if before.ends_with([':', '：', '。', '.']) {
            return vec![before, &raw[at..]];
        }
    }
    vec![raw]
}

fn line(raw: &str) -> Line {
    let quoted = raw.trim_start().strip_prefix('>');
    let body = quoted.unwrap_or(raw);
    let level = (body.len() - body.trim_start().len()) / 2;
    let body = body.trim();
    let item = ["- ", "* ", "** ", "• ", "+ "]
        .iter()
        .find_map(|mark| body.strip_prefix(mark));
    let text = plain(item.unwrap_or(body)).trim().to_owned();
    Line {
        long: raw.chars().count() >= WRAP,
        bullet: item.is_some(),
        level,
        note: quoted.is_some(),
        text,
    }
}

/// Text without Markdown's escapes, marks of emphasis and code, and targets of links.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '\\' => match after.chars().next() {
                Some(escaped) => {
                    out.push(escaped);
                    &after[escaped.len_utf8()..]
                }
                None => after,
            },
            '*' if after.starts_with('*') => &after[1..],
            '`' => after,
            '[' => match link(after) {
                Some((label, after)) => {
                    out.push_str(&plain(label));
                    after
                }
                None => {
                    out.push(c);
                    after
                }
            },
            _ => {
                out.push(c);
                after
            }
        };
    }
    out
}

/// Label and rest of `label](target)rest`.
pub(crate) fn link(text: &str) -> Option<(&str, &str)> {
    let end = text.find("](")?;
    let label = &text[..end];
    if label.contains(['[', '\n']) {
        return None;
    }
    let target = &text[end + 2..];
    let close = target.find(')')?;
    Some((label, &target[close + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(prose: &str) -> Vec<String> {
        sentences(&lines(prose))
            .into_iter()
            .map(|each| each.text)
            .collect()
    }

    #[test]
    fn markdown_is_resolved() {
        assert_eq!(plain(r"a\_b **c** `d` [e](/x.md) [f\]"), "a_b c d e [f]");
        assert_eq!(plain("5 \\* \\*"), "5 * *");
    }

    #[test]
    fn sentences_end_at_stops_glued_stops_and_items() {
        assert_eq!(
            texts("From 3600 to 43200.Default value: 5.7. Unit: GiB。下一句\n- an item. Two"),
            [
                "From 3600 to 43200",
                "Default value: 5.7",
                "Unit: GiB",
                "下一句",
                "an item",
                "Two"
            ]
        );
    }

    #[test]
    fn wrapped_lines_are_one_sentence() {
        let text = "A line that is so long that whoever wrote the text had to wrap it here, and\nit goes on.";
        assert_eq!(texts(text).len(), 1);
        assert_eq!(texts("A short one\nand another").len(), 2);
    }

    #[test]
    fn bullets() {
        let lines = lines("Valid values: -   a\n-   b\n    -   deep\n> note");
        let shape: Vec<_> = lines
            .iter()
            .map(|line| (line.text.as_str(), line.bullet, line.level, line.note))
            .collect();
        assert_eq!(
            shape,
            [
                ("Valid values:", false, 0, false),
                ("a", true, 0, false),
                ("b", true, 0, false),
                ("deep", true, 2, false),
                ("note", false, 0, true)
            ]
        );
    }
}
