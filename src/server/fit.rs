//! Fits the text of a completion to what editors do with it.

/// Takes `indentation` off the start of each line but the first, for editors that put the line's own indentation before
/// the lines of a snippet. A line with less keeps nothing of it.
pub(super) fn outdent(text: &str, indentation: usize) -> String {
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        out.push('\n');
        out.extend(line.get(blanks.min(indentation)..));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_after_the_first_lose_the_indentation() {
        assert_eq!(
            outdent("  Tags:\n        - $0\n\n      a", 6),
            "  Tags:\n  - $0\n\na"
        );
        assert_eq!(outdent("a:\n  b", 4), "a:\nb");
        assert_eq!(outdent("a", 4), "a");
    }
}
