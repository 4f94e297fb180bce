//! Text for a terminal.

/// The widest line, in columns.
const WIDTH: usize = 88;

/// One paragraph or list item as lines that are not too wide; those after the first stand below the item's text. Wide
/// characters take two columns, and a line may end after each of them.
pub(super) fn wrapped(text: &str) -> String {
    let indent = text.len() - text.trim_start().len();
    let hanging = indent + if text.trim_start().starts_with("- ") { 2 } else { 0 };
    let mut out = " ".repeat(indent);
    let mut column = indent;
    let mut fresh = true;
    for piece in pieces(text) {
        let width = columns(piece.trim_end());
        if !fresh && column + width > WIDTH {
            let end = out.trim_end().len();
            out.truncate(end);
            out.push('\n');
            out.push_str(&" ".repeat(hanging));
            column = hanging;
        }
        out.push_str(piece);
        column += columns(piece);
        fresh = false;
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out
}

/// Where a line may end: after blanks, and after wide characters unless punctuation follows.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        let mut characters = rest.char_indices().peekable();
        let mut end = rest.len();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            let breaks = match next {
                Some(next) if character == ' ' => next != ' ',
                Some(next) => is_wide(character) && next.is_alphanumeric(),
                None => false,
            };
            if breaks {
                end = at + character.len_utf8();
                break;
            }
        }
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        (!piece.is_empty()).then_some(piece)
    })
}

fn columns(text: &str) -> usize {
    text.chars()
        .map(|character| if is_wide(character) { 2 } else { 1 })
        .sum()
}

/// Chinese, Japanese and Korean characters and their punctuation.
fn is_wide(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_items_hang() {
        let text = format!("  - Values: {}", "`abcdefgh`, ".repeat(12));
        let lines = wrapped(&text);
        assert!(
            lines
                .lines()
                .all(|line| columns(line) <= WIDTH && line.starts_with("  ")),
            "{lines}"
        );
        assert!(
            lines
                .lines()
                .nth(1)
                .is_some_and(|line| line.starts_with("    `abc")),
            "{lines}"
        );
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_punctuation() {
        let lines = wrapped(&"专有网络的网段，".repeat(12));
        assert!(
            lines.lines().count() > 1 && lines.lines().all(|line| columns(line) <= WIDTH),
            "{lines}"
        );
        assert!(!lines.contains("\n，"), "{lines}");
    }

    #[test]
    fn short_and_empty_lines_stay() {
        assert_eq!(wrapped(""), "");
        assert_eq!(wrapped("a  b"), "a  b");
        assert_eq!(wrapped(&"x".repeat(200)), "x".repeat(200));
    }
}
