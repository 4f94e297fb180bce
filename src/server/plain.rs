//! Plain text for clients that know neither Markdown nor snippets.

use std::iter::Peekable;
use std::str::Chars;

/// The text of a Markdown page without its marks: emphasis, code, headings, links, escapes.
pub(super) fn from_markdown(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut fenced = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            out.push_str(line);
        } else {
            push_line(line, &mut out);
        }
        out.push('\n');
    }
    out.trim().to_owned()
}

/// A snippet with the defaults of its placeholders in place and its tab stops gone.
pub(super) fn from_snippet(snippet: &str) -> String {
    let mut out = String::with_capacity(snippet.len());
    push_snippet(&mut snippet.chars().peekable(), false, &mut out);
    out
}

fn push_line(line: &str, out: &mut String) {
    let heading = line.trim_start_matches('#');
    let line = if heading.len() < line.len() && heading.starts_with(' ') {
        &heading[1..]
    } else {
        line
    };
    let mut code = false;
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let after = &rest[character.len_utf8()..];
        rest = after;
        match character {
            '`' => code = !code,
            _ if code => out.push(character),
            '\\' if after.starts_with(|next: char| next.is_ascii_punctuation()) => {
                let escaped = after.chars().next().unwrap_or_default();
                out.push(escaped);
                rest = &after[escaped.len_utf8()..];
            }
            '*' if after.starts_with('*') => rest = &after[1..],
            '[' => match link(after) {
                Some((text, behind)) => {
                    push_line(text, out);
                    rest = behind;
                }
                None => out.push(character),
            },
            _ => out.push(character),
        }
    }
}

/// The text of a link and what stands behind it, from after its `[`.
fn link(rest: &str) -> Option<(&str, &str)> {
    let (text, target) = rest.split_once("](")?;
    let (_, behind) = target.split_once(')')?;
    (!text.contains('[')).then_some((text, behind))
}

/// Reads up to the end, or to the `}` that closes a placeholder.
fn push_snippet(rest: &mut Peekable<Chars<'_>>, nested: bool, out: &mut String) {
    while let Some(character) = rest.next() {
        match character {
            '\\' => out.extend(rest.next()),
            '}' if nested => return,
            '$' if rest.next_if_eq(&'{').is_some() => {
                skip_number(rest);
                match rest.next() {
                    Some(':') => push_snippet(rest, true, out),
                    Some('|') => push_choice(rest, out),
                    _ => {}
                }
            }
            '$' if rest.peek().is_some_and(char::is_ascii_digit) => skip_number(rest),
            _ => out.push(character),
        }
    }
}

fn skip_number(rest: &mut Peekable<Chars<'_>>) {
    while rest.next_if(char::is_ascii_digit).is_some() {}
}

/// The first of the choices of `${1|a,b|}`.
fn push_choice(rest: &mut Peekable<Chars<'_>>, out: &mut String) {
    let mut first = true;
    while let Some(character) = rest.next() {
        match character {
            '\\' => {
                let escaped = rest.next();
                if first {
                    out.extend(escaped);
                }
            }
            ',' => first = false,
            '|' => {
                rest.next_if_eq(&'}');
                return;
            }
            _ if first => out.push(character),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_loses_its_marks() {
        let page = "# `ALIYUN::ECS::VPC`\n\n**Required**, see [the *page*](https://x.y/z).\\_a_b\n\n- `a*b`\n\n```yaml\na: **b**\n```\n";
        assert_eq!(
            from_markdown(page),
            "ALIYUN::ECS::VPC\n\nRequired, see the *page*._a_b\n\n- a*b\n\na: **b**"
        );
        assert_eq!(from_markdown("a[1] 网络"), "a[1] 网络");
    }

    #[test]
    fn snippets_keep_their_defaults() {
        assert_eq!(
            from_snippet("Vpc:\n  Type: ${1:ALIYUN::ECS::VPC}$0"),
            "Vpc:\n  Type: ALIYUN::ECS::VPC"
        );
        assert_eq!(from_snippet("${1|true,false|} ${2:a${3:b}c}$4"), "true abc");
        assert_eq!(from_snippet("\\${Name\\} $x ${1}"), "${Name} $x ");
    }
}
