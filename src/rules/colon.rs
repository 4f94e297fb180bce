//! Colons that make no entry in YAML: without a space behind them, or full-width ones.

use super::report::Finding;
use super::wording::shown;
use crate::syntax::{Format, Node, Style};
use crate::text::{TextRange, edit::TextEdit};

/// Lines that were meant to be entries of a map, and what makes them so.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slips {
    /// The first line as it must be.
    line: String,
    full_width: bool,
    edits: Vec<TextEdit>,
}

impl Slips {
    /// What was meant by a plain value where a map must be, if each of its lines is an entry but for its colon.
    pub(super) fn of(node: Node<'_>) -> Option<Slips> {
        let plain = node.is_scalar() && node.style() == Style::Plain && node.format() == Format::Yaml;
        plain.then(|| Slips::in_text(node.source(), node.range().start))?
    }

    /// The same for a text that begins at an offset of the document.
    pub(super) fn in_text(text: &str, start: u32) -> Option<Slips> {
        let mut slips: Option<Slips> = None;
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            let offset = end;
            end += line.len();
            let indent = line.len() - line.trim_start().len();
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let (at, colon) = colon_of(line)?;
            let place = start + (offset + indent + at) as u32;
            let rest = line.get(at + colon.len_utf8()..).unwrap_or_default();
            let put = match rest.is_empty() || rest.starts_with([' ', '\t']) {
                true => ":",
                false => ": ",
            };
            let range = TextRange::new(place, place + colon.len_utf8() as u32);
            let full_width = colon == '：';
            let slips = slips.get_or_insert_with(|| Slips {
                line: format!("{}{put}{rest}", line.get(..at).unwrap_or_default()),
                full_width,
                edits: Vec::new(),
            });
            slips.edits.push(match full_width {
                true => TextEdit::replace(range, put),
                false => TextEdit::insert(range.end, " "),
            });
        }
        slips
    }

    /// What to do, for the beginning of a message.
    pub(super) fn advice(&self) -> String {
        let line = shown(&self.line);
        match self.full_width {
            true => format!("write {line} with an ASCII colon: `：` is U+FF1A, a full-width one"),
            false => format!("put a space after the colon: {line}"),
        }
    }
}

impl Finding<'_> {
    /// Offers to put the colons right.
    pub(super) fn mend_colons(self, slips: Slips) -> Self {
        let title = match slips.full_width {
            true => "Write an ASCII colon",
            false => "Put a space after the colon",
        };
        self.fix(title, slips.edits)
    }
}

/// The colon behind the line's first word and its offset, if it makes no entry. Addresses, paths and names of types are
/// values.
fn colon_of(line: &str) -> Option<(usize, char)> {
    let at = line.find([':', '：'])?;
    let (key, rest) = line.split_at_checked(at)?;
    let colon = rest.chars().next()?;
    let behind = rest.get(colon.len_utf8()..)?;
    let is_word = key.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let is_value = behind.starts_with([':', '：', '\\']) || behind.starts_with("//");
    let is_entry = colon == ':' && (behind.is_empty() || behind.starts_with([' ', '\t']));
    (is_word && !is_value && !is_entry).then_some((at, colon))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::edit;

    fn mended(text: &str) -> Option<String> {
        Slips::in_text(text, 0).map(|slips| edit::apply(text, &slips.edits))
    }

    #[test]
    fn lines_that_were_meant_as_entries() {
        assert_eq!(
            mended("CidrBlock:10.0.0.0/8").as_deref(),
            Some("CidrBlock: 10.0.0.0/8")
        );
        assert_eq!(mended("Cidr：10.0.0.0/8").as_deref(), Some("Cidr: 10.0.0.0/8"));
        assert_eq!(mended("Cidr： a").as_deref(), Some("Cidr: a"));
        assert_eq!(mended("参数：").as_deref(), Some("参数:"));
        assert_eq!(
            mended("Type:ALIYUN::ECS::VPC").as_deref(),
            Some("Type: ALIYUN::ECS::VPC")
        );
        assert_eq!(mended("A:1\r\n    B：2").as_deref(), Some("A: 1\r\n    B: 2"));
        for value in [
            "",
            "a",
            "http://a.b",
            "ALIYUN::ECS::VPC",
            "12:30",
            "a b:c",
            "C:\\x",
            "A:1\nb",
            "A: 1",
        ] {
            assert_eq!(mended(value), None, "{value}");
        }
    }
}
