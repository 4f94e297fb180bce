//! LSP's snippet syntax: `$1`, `${1:name}`, `$0`, and `\` before `$`, `}` and `\` that are meant as text.

/// Text that means itself.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '$' | '}' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether the snippet holds tab stops.
pub(super) fn has_stops(snippet: &str) -> bool {
    let mut escaped = false;
    snippet.chars().any(|c| {
        let stop = c == '$' && !escaped;
        escaped = c == '\\' && !escaped;
        stop
    })
}

/// The snippet for a client without snippets: stops vanish, placeholders leave their text.
pub fn plain(snippet: &str) -> String {
    let mut out = String::with_capacity(snippet.len());
    let mut chars = snippet.chars().peekable();
    // Braces of placeholders that are open.
    let mut open = 0;
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '$' if chars.peek() == Some(&'{') => {
                chars.next();
                while chars.next_if(char::is_ascii_digit).is_some() {}
                if chars.next_if_eq(&':').is_some() {
                    open += 1;
                } else {
                    chars.next_if_eq(&'}');
                }
            }
            '$' => while chars.next_if(char::is_ascii_digit).is_some() {},
            '}' if open > 0 => open -= 1,
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_survives_the_round_trip() {
        for text in ["a", "${Vpc}", r"C:\dir", "}", "$", "中文 $1"] {
            let snippet = escape(text);
            assert!(!has_stops(&snippet), "{snippet}");
            assert_eq!(plain(&snippet), text);
        }
    }

    #[test]
    fn stops_vanish_and_placeholders_leave_their_text() {
        let snippet = r"Fn::Join: [${1:delimiter}, [$2]] \$x {$0}";
        assert!(has_stops(snippet));
        assert_eq!(plain(snippet), "Fn::Join: [delimiter, []] $x {}");
    }
}
