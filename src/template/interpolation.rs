//! `${…}` inside strings: the pieces of a `Fn::Sub` text with their exact places.

use crate::text::TextRange;

/// One `${…}` in a decoded text. Ranges are bytes of the decoded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// From `$` to `}`; to the end of what is there when the brace is missing.
    pub whole: TextRange,
    /// What stands between the braces.
    pub inner: TextRange,
    /// `${!text}`: a literal, no reference.
    pub literal: bool,
    pub closed: bool,
}

/// All placeholders of a text, in order. An unclosed one ends before the next character that no name can hold.
pub fn placeholders(text: &str) -> impl Iterator<Item = Placeholder> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find("${")?;
        let open = start + 2;
        let rest = &text[open..];
        let stop = rest
            .find(['}', '\n', '"', '\'', '$', '{', ' '])
            .unwrap_or(rest.len());
        // A space before the brace is a slip inside a placeholder as long as the brace comes on the same line.
        let (length, closed) = match rest.find(['}', '\n', '$']) {
            Some(end) if rest.as_bytes()[end] == b'}' => (end, true),
            _ => (stop, false),
        };
        let inner = TextRange::new(open as u32, (open + length) as u32);
        let end = open + length + usize::from(closed);
        from = end;
        Some(Placeholder {
            whole: TextRange::new(start as u32, end as u32),
            inner,
            literal: rest.starts_with('!'),
            closed,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<String> {
        placeholders(text)
            .map(|p| {
                let name = &text[p.inner.as_usize()];
                format!(
                    "{name}{}{}",
                    if p.literal { " literal" } else { "" },
                    if p.closed { "" } else { " open" }
                )
            })
            .collect()
    }

    #[test]
    fn names_and_attributes() {
        assert_eq!(inner("http://${Host}:${Web.Port}/"), ["Host", "Web.Port"]);
    }

    #[test]
    fn an_exclamation_mark_makes_it_literal() {
        assert_eq!(inner("echo ${!HOME} ${Name}"), ["!HOME literal", "Name"]);
    }

    #[test]
    fn half_typed() {
        assert_eq!(inner("a ${Na"), ["Na open"]);
        assert_eq!(inner("a ${ b"), [" open"]);
        assert_eq!(inner("a ${"), [" open"]);
        assert_eq!(inner("${A ${B}"), ["A open", "B"]);
    }

    #[test]
    fn chinese_text_around() {
        assert_eq!(inner("地址：${Ip}，端口：${Port}"), ["Ip", "Port"]);
    }

    #[test]
    fn dollar_signs_alone_are_text() {
        assert_eq!(inner("$HOME $$ {x}"), Vec::<String>::new());
    }
}
