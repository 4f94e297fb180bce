//! A card as plain text, for editors and terminals that show no Markdown.

/// The text of a Markdown page without its marks: emphasis, code, headings, links, escapes, hard line ends.
pub fn plain(markdown: &str) -> String {
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
            let end = out.trim_end_matches(' ').len();
            out.truncate(end);
        }
        out.push('\n');
    }
    out.trim().to_owned()
}

fn push_line(line: &str, out: &mut String) {
    let heading = line.trim_start_matches('#');
    let line = if heading.len() < line.len() && heading.starts_with(' ') {
        &heading[1..]
    } else {
        line
    };
    // One mark for the items of all lists.
    let item = line.trim_start().strip_prefix("* ");
    if let Some(item) = item {
        out.push_str(&" ".repeat(line.len() - item.len() - 2));
        out.push_str("- ");
    }
    let line = item.unwrap_or(line);
    // Inside code: the number of backticks that ends it.
    let mut code = 0;
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let after = &rest[character.len_utf8()..];
        if character == '`' {
            let ticks = rest.len() - rest.trim_start_matches('`').len();
            let (begins, ends) = (code == 0, code == ticks);
            rest = &rest[ticks..];
            match (begins, ends) {
                // A fence of several has a space inside.
                (true, _) => {
                    code = ticks;
                    rest = rest.strip_prefix(' ').filter(|_| ticks > 1).unwrap_or(rest);
                }
                (_, true) => {
                    code = 0;
                    if ticks > 1 && out.ends_with(' ') {
                        out.pop();
                    }
                }
                _ => out.push_str(&"`".repeat(ticks)),
            }
            continue;
        }
        rest = after;
        match character {
            _ if code > 0 => out.push(character),
            '\\' if after.is_empty() => {}
            '\\' if after.starts_with(|next: char| next.is_ascii_punctuation()) => {
                let escaped = after.chars().next().unwrap_or_default();
                out.push(escaped);
                rest = &after[escaped.len_utf8()..];
            }
            '*' if after.starts_with('*') => rest = &after[1..],
            '[' => match link(after) {
                Some((text, target, behind)) => {
                    push_line(text, out);
                    if target.starts_with("http") {
                        out.push_str(&format!(": {target}"));
                    }
                    rest = behind;
                }
                None => out.push(character),
            },
            _ => out.push(character),
        }
    }
}

/// The text of a link, its target, and what stands behind it, from after its `[`.
fn link(rest: &str) -> Option<(&str, &str, &str)> {
    let (text, target) = rest.split_once("](")?;
    let (target, behind) = target.split_once(')')?;
    (!text.contains('[')).then_some((text, target, behind))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markdown_loses_its_marks() {
        let page = "# `ALIYUN::ECS::VPC`\n\n**Required**, see [the *page*](https://x.y/z).\\_a_b  \nnext\\\n\n- `a*b`\n\n```yaml\na: **b**\n```\n";
        assert_eq!(
            plain(page),
            "ALIYUN::ECS::VPC\n\nRequired, see the *page*: https://x.y/z._a_b\nnext\n\n- a*b\n\na: **b**"
        );
        assert_eq!(plain("- a\n\n* b\n  * c"), "- a\n\n- b\n  - c");
        assert_eq!(plain("a[1] 网络"), "a[1] 网络");
        assert_eq!(plain("`` ^a`b$ `` and `c`"), "^a`b$ and c");
    }
}
