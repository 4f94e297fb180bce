//! Scalars: the decoded value, and the way back from a decoded offset to the source bytes.

use super::{Format, Kind, Node, Style};
use crate::text::TextRange;
use std::borrow::Cow;

impl<'t> Node<'t> {
    /// The decoded text of a scalar (escapes, folding, chomping done); `Some("")` for an `Empty` node, `None` for
    /// collections and aliases. Borrowed where source and value are the same.
    pub fn text(self) -> Option<Cow<'t, str>> {
        match self.kind() {
            Kind::Scalar => Some(self.decoded()),
            Kind::Empty => Some(Cow::Borrowed("")),
            Kind::Mapping | Kind::Sequence | Kind::Alias => None,
        }
    }

    /// The range of the content without quotes, or without block header and indentation of the first line, in the document.
    /// For other kinds the node's range.
    pub fn content_range(self) -> TextRange {
        let range = self.range();
        if !self.is_scalar() {
            return range;
        }
        if matches!(self.style(), Style::Literal | Style::Folded) {
            let length = self.text().map_or(0, |text| text.len()) as u32;
            return self.source_range(TextRange::new(0, length));
        }
        let content = self.content();
        TextRange::new(range.start + content.start, range.start + content.end)
    }

    /// The source bytes (in the document) behind `decoded`, a byte range of [`Node::text`]. For many ranges of one
    /// scalar, [`Node::source_map`] decodes it once.
    pub fn source_range(self, decoded: TextRange) -> TextRange {
        self.source_map().range(decoded)
    }

    /// The way from all decoded offsets back to the source.
    pub fn source_map(self) -> SourceMap {
        let content = self.content();
        let mut decoder = Decoder {
            map: Some(Vec::new()),
            ..Decoder::default()
        };
        let runs = match self.same_as_source() {
            true => None,
            false => {
                self.decode(&mut decoder);
                decoder.map
            }
        };
        SourceMap {
            base: self.range().start,
            content,
            runs,
        }
    }

    /// The content's bytes, counted from the node's start.
    fn content(self) -> TextRange {
        let source = self.source();
        let length = source.len() as u32;
        match self.style() {
            Style::SingleQuoted | Style::DoubleQuoted => {
                let quote = if self.style() == Style::SingleQuoted {
                    '\''
                } else {
                    '"'
                };
                let closed = source.len() > 1 && source.ends_with(quote) && !self.ends_in_escape(source);
                TextRange::new(1.min(length), length - u32::from(closed))
            }
            Style::Literal | Style::Folded => {
                let header = source
                    .find(['\n', '\r'])
                    .map_or(source.len(), |at| after_break(source, at));
                TextRange::new(header as u32, length)
            }
            Style::Plain | Style::Block | Style::Flow => TextRange::new(0, length),
        }
    }

    /// Whether the last quote is escaped: the string is not closed.
    fn ends_in_escape(self, source: &str) -> bool {
        let before = &source[1..source.len() - 1];
        match self.style() {
            Style::DoubleQuoted => before.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1,
            _ => before.bytes().rev().take_while(|byte| *byte == b'\'').count() % 2 == 1,
        }
    }

    fn decoded(self) -> Cow<'t, str> {
        let source = self.source();
        let content = self.content().as_usize();
        if self.same_as_source() {
            return Cow::Borrowed(source.get(content).unwrap_or_default());
        }
        let mut decoder = Decoder::default();
        self.decode(&mut decoder);
        Cow::Owned(decoder.out)
    }

    /// Whether the decoded text is the content as written.
    fn same_as_source(self) -> bool {
        let raw = self.source().get(self.content().as_usize()).unwrap_or_default();
        match self.style() {
            Style::Plain => !raw.contains(['\n', '\r']),
            Style::SingleQuoted => !raw.contains(['\n', '\r', '\'']),
            Style::DoubleQuoted => !raw.contains(['\n', '\r', '\\']),
            Style::Literal | Style::Folded | Style::Block | Style::Flow => false,
        }
    }

    fn decode(self, decoder: &mut Decoder) {
        let source = self.source();
        let content = self.content().as_usize();
        match self.style() {
            Style::Plain => decoder.fold_flow(source, content.start, content.end, Escapes::None),
            Style::SingleQuoted => decoder.fold_flow(source, content.start, content.end, Escapes::Single),
            Style::DoubleQuoted if self.format() == Format::Json => {
                decoder.json(source, content.start, content.end)
            }
            Style::DoubleQuoted => decoder.fold_flow(source, content.start, content.end, Escapes::Double),
            Style::Literal | Style::Folded => {
                let after = self.local_range().end as usize;
                let followed = self
                    .chunk()
                    .text
                    .get(after..)
                    .is_some_and(|rest| rest.starts_with(['\n', '\r']));
                decoder.block(
                    source,
                    content.start,
                    self.style() == Style::Folded,
                    self.indent() as usize,
                    followed,
                );
            }
            Style::Block | Style::Flow => {}
        }
    }
}

/// Where the bytes of a decoded scalar stand in the document.
pub struct SourceMap {
    /// Where the node starts in the document; everything else counts from there.
    base: u32,
    content: TextRange,
    /// In the order of the text; `None` where it is written as it reads.
    runs: Option<Vec<Run>>,
}

impl SourceMap {
    /// The source bytes (in the document) behind a range of the decoded text.
    pub fn range(&self, decoded: TextRange) -> TextRange {
        let end = self.content.end;
        let (from, to) = match &self.runs {
            None => {
                let offset = |decoded: u32| (self.content.start + decoded).min(end);
                (offset(decoded.start), offset(decoded.end))
            }
            Some(runs) => {
                let from = source_of(runs, decoded.start, end);
                let empty = decoded.is_empty();
                (
                    from,
                    if empty {
                        from
                    } else {
                        source_end_of(runs, decoded.end, end)
                    },
                )
            }
        };
        TextRange::new(self.base + from, self.base + to)
    }
}

/// A run of decoded bytes and the source bytes behind it. Runs of unequal length are one escape or line break.
#[derive(Clone, Copy)]
struct Run {
    decoded: TextRange,
    source: TextRange,
}

fn source_of(map: &[Run], offset: u32, end: u32) -> u32 {
    let at = map.partition_point(|run| run.decoded.end <= offset);
    match map.get(at) {
        Some(run) if run.decoded.len() == run.source.len() && offset >= run.decoded.start => {
            run.source.start + (offset - run.decoded.start)
        }
        Some(run) => run.source.start,
        None => map.last().map_or(end, |run| run.source.end),
    }
}

fn source_end_of(map: &[Run], offset: u32, end: u32) -> u32 {
    let at = map.partition_point(|run| run.decoded.end < offset);
    match map.get(at) {
        Some(run) if run.decoded.len() == run.source.len() && offset >= run.decoded.start => {
            run.source.start + (offset - run.decoded.start)
        }
        Some(run) => run.source.end,
        None => map.last().map_or(end, |run| run.source.end),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    None,
    Single,
    Double,
}

#[derive(Default)]
struct Decoder {
    out: String,
    /// Kept only when the way back is asked for.
    map: Option<Vec<Run>>,
}

impl Decoder {
    /// Source bytes that stand for themselves.
    fn copy(&mut self, source: &str, start: usize, end: usize) {
        if start < end
            && let Some(text) = source.get(start..end)
        {
            self.replace(text, start, end);
        }
    }

    /// Source bytes that stand for other text.
    fn replace(&mut self, text: &str, start: usize, end: usize) {
        let from = self.out.len() as u32;
        self.out.push_str(text);
        if let Some(map) = &mut self.map {
            let decoded = TextRange::new(from, self.out.len() as u32);
            map.push(Run {
                decoded,
                source: TextRange::new(start as u32, end as u32),
            });
        }
    }

    /// Plain and quoted scalars: line breaks fold, blanks around them vanish.
    fn fold_flow(&mut self, source: &str, start: usize, end: usize, escapes: Escapes) {
        let bytes = &source.as_bytes()[..end];
        let mut run = start;
        let mut at = start;
        // Blanks before this place were escaped: they stay at a line's end.
        let mut keep = start;
        while at < end {
            match bytes[at] {
                b'\n' | b'\r' => {
                    let blanks = source[run..at].len() - source[run..at].trim_end_matches([' ', '\t']).len();
                    let text_end = (at - blanks).max(keep.min(at)).max(run);
                    self.copy(source, run, text_end);
                    at = self.fold(bytes, text_end, at, " ");
                    let next = at;
                    run = next;
                    keep = next;
                }
                // A lone quote stands in a text that is not closed.
                b'\'' if escapes == Escapes::Single && bytes.get(at + 1) == Some(&b'\'') => {
                    self.copy(source, run, at);
                    let next = at + 2;
                    self.replace("'", at, next);
                    at = next;
                    run = next;
                    keep = next;
                }
                b'\\' if escapes == Escapes::Double => {
                    self.copy(source, run, at);
                    at = self.escape(source, at, end);
                    run = at;
                    keep = at;
                }
                _ => at += 1,
            }
        }
        self.copy(source, run, end);
    }

    /// The line break at `at` and the blank lines behind it, whose source begins at `start`: `single` where there are no
    /// blank lines, else one line break for each of them. Returns the place of the next text.
    fn fold(&mut self, bytes: &[u8], start: usize, at: usize, single: &str) -> usize {
        let mut next = skip_break_and_blanks(bytes, at);
        if !matches!(bytes.get(next), Some(b'\n' | b'\r')) {
            self.replace(single, start, next);
            return next;
        }
        let mut start = start;
        while matches!(bytes.get(next), Some(b'\n' | b'\r')) {
            next = skip_break_and_blanks(bytes, next);
            self.replace("\n", start, next);
            start = next;
        }
        next
    }

    /// A YAML escape at `at`; returns the place behind it.
    fn escape(&mut self, source: &str, at: usize, end: usize) -> usize {
        let bytes = &source.as_bytes()[..end];
        let simple = match bytes.get(at + 1) {
            Some(b'0') => "\0",
            Some(b'a') => "\u{7}",
            Some(b'b') => "\u{8}",
            Some(b't' | b'\t') => "\t",
            Some(b'n') => "\n",
            Some(b'v') => "\u{b}",
            Some(b'f') => "\u{c}",
            Some(b'r') => "\r",
            Some(b'e') => "\u{1b}",
            Some(b' ') => " ",
            Some(b'"') => "\"",
            Some(b'/') => "/",
            Some(b'\\') => "\\",
            Some(b'N') => "\u{85}",
            Some(b'_') => "\u{a0}",
            Some(b'L') => "\u{2028}",
            Some(b'P') => "\u{2029}",
            Some(b'x') => return self.hex(source, at, 2, end),
            Some(b'u') => return self.hex(source, at, 4, end),
            Some(b'U') => return self.hex(source, at, 8, end),
            Some(b'\n' | b'\r') => {
                // An escaped line break joins the lines; blank lines behind it stay.
                return self.fold(bytes, at, at + 1, "");
            }
            _ => {
                // No such escape: kept as written.
                let next = source[at + 1..end]
                    .chars()
                    .next()
                    .map_or(end, |c| at + 1 + c.len_utf8());
                self.copy(source, at, next);
                return next;
            }
        };
        self.replace(simple, at, at + 2);
        at + 2
    }

    fn hex(&mut self, source: &str, at: usize, digits: usize, end: usize) -> usize {
        let next = at + 2 + digits;
        let code = source
            .get(at + 2..next.min(end))
            .filter(|hex| hex.len() == digits);
        let Some(code) = code.and_then(|hex| u32::from_str_radix(hex, 16).ok()) else {
            self.copy(source, at, at + 2);
            return at + 2;
        };
        // JSON text in YAML writes astral characters as surrogate pairs.
        if (0xD800..0xDC00).contains(&code)
            && let Some(low) = source.get(next..next + 6).and_then(|low| low.strip_prefix("\\u"))
            && let Ok(low) = u32::from_str_radix(low, 16)
            && (0xDC00..0xE000).contains(&low)
        {
            let joined = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            let text = char::from_u32(joined)
                .unwrap_or(char::REPLACEMENT_CHARACTER)
                .to_string();
            self.replace(&text, at, next + 6);
            return next + 6;
        }
        let text = char::from_u32(code)
            .unwrap_or(char::REPLACEMENT_CHARACTER)
            .to_string();
        self.replace(&text, at, next);
        next
    }

    fn json(&mut self, source: &str, start: usize, end: usize) {
        let bytes = &source.as_bytes()[..end];
        let mut run = start;
        while let Some(found) = memchr::memchr(b'\\', &bytes[run..]) {
            let at = run + found;
            self.copy(source, run, at);
            run = match bytes.get(at + 1) {
                Some(b'b' | b'f' | b'n' | b'r' | b't' | b'"' | b'\\' | b'/' | b'u') => {
                    self.escape(source, at, end)
                }
                Some(_) => {
                    let next = source[at + 1..end]
                        .chars()
                        .next()
                        .map_or(end, |c| at + 1 + c.len_utf8());
                    self.copy(source, at, next);
                    next
                }
                None => {
                    self.copy(source, at, end);
                    end
                }
            };
        }
        self.copy(source, run, end);
    }

    /// Block scalars. `start` is behind the header line; `followed`: a line break stands behind the node.
    fn block(&mut self, source: &str, start: usize, folded: bool, indent: usize, followed: bool) {
        let header = &source[..start];
        let chomp = header
            .bytes()
            .skip(1)
            .take(2)
            .find(|byte| matches!(byte, b'+' | b'-'));
        let bytes = source.as_bytes();
        let mut at = start;
        // Line breaks since the last text, each with its source.
        let mut breaks: Vec<(usize, usize)> = Vec::new();
        let mut any_text = false;
        let mut last_was_more = false;
        while at < source.len() {
            let line_end =
                memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(source.len(), |found| at + found);
            let spaces = bytes[at..line_end]
                .iter()
                .take(indent)
                .take_while(|byte| **byte == b' ')
                .count();
            let text_start = at + spaces;
            let next = after_break(source, line_end);
            let blank = text_start == line_end;
            if !blank {
                let more = matches!(bytes[text_start], b' ' | b'\t');
                self.breaks(&breaks, folded && any_text, last_was_more || more);
                breaks.clear();
                self.copy(source, text_start, line_end);
                any_text = true;
                last_was_more = more;
            }
            if next > line_end {
                breaks.push((line_end, next));
            }
            at = next.max(line_end);
            if next == line_end {
                break;
            }
        }
        match chomp {
            Some(b'-') => {}
            Some(_) => {
                for (from, to) in breaks {
                    self.replace("\n", from, to);
                }
            }
            None if any_text && (followed || !breaks.is_empty()) => {
                let (from, to) = breaks.first().copied().unwrap_or((source.len(), source.len()));
                self.replace("\n", from, to);
            }
            None => {}
        }
    }

    /// The line breaks between two texts of a block scalar: folded to a space or to one break less, unless a line is
    /// indented more.
    fn breaks(&mut self, breaks: &[(usize, usize)], folded: bool, more: bool) {
        let (Some(first), Some(last)) = (breaks.first(), breaks.last()) else {
            return;
        };
        if !folded || more {
            for (from, to) in breaks {
                self.replace("\n", *from, *to);
            }
        } else if breaks.len() == 1 {
            self.replace(" ", first.0, last.1);
        } else {
            for (from, to) in &breaks[1..] {
                self.replace("\n", *from, *to);
            }
        }
    }
}

/// Behind the line break at `at` and the blanks that follow it.
fn skip_break_and_blanks(bytes: &[u8], at: usize) -> usize {
    let next = match bytes.get(at..) {
        Some([b'\r', b'\n', ..]) => at + 2,
        _ => at + 1,
    };
    let blanks = bytes.get(next..).unwrap_or_default().iter();
    next + blanks.take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn after_break(source: &str, at: usize) -> usize {
    let rest = &source.as_bytes()[at.min(source.len())..];
    match rest {
        [b'\r', b'\n', ..] => at + 2,
        [b'\r' | b'\n', ..] => at + 1,
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Format, Tree, parse};
    use crate::text::TextRange;

    fn value(tree: &Tree) -> crate::syntax::Node<'_> {
        tree.root()
            .and_then(|root| root.get("k"))
            .expect("the fixture has a key `k`")
    }

    #[track_caller]
    fn decodes(text: &str, format: Format, expected: &str) {
        let tree = parse(text, format);
        assert_eq!(tree.errors().collect::<Vec<_>>(), [], "{text}");
        assert_eq!(value(&tree).text().as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn yaml_styles() {
        let yaml = |text: &str, expected: &str| decodes(text, Format::Yaml, expected);
        yaml("k: 专有 网络\n", "专有 网络");
        yaml("k: a\n  b\n\n  c\n", "a b\nc");
        yaml("k: 'it''s'\n", "it's");
        yaml("k: 'a\n  b '\n", "a b ");
        yaml(r#"k: "\u4e13\t\x41\\""#, "专\tA\\");
        yaml("k: \"a \\\n   b\"\n", "a b");
        yaml("k: \"a\n\n  b\"\n", "a\nb");
        yaml("k: |\n  a\n   b\n\n  c\n\n", "a\n b\n\nc\n");
        yaml("k: |-\n  a\n\n", "a");
        yaml("k: |+\n  a\n\nl: 1\n", "a\n\n");
        yaml("k: >\n  a\n  b\n\n  c\n    d\n  e\n", "a b\nc\n  d\ne\n");
        yaml("k: |2\n    a\n  b\n", "  a\nb\n");
        yaml("k: |\r\n  a\r\n  b\r\n", "a\nb\n");
        yaml("k: |\n  a", "a");
    }

    #[test]
    fn json_escapes() {
        decodes(r#"{"k": "\u4e13\n\ud83d\ude00\/"}"#, Format::Json, "专\n😀/");
    }

    #[track_caller]
    fn maps_back(text: &str, format: Format, part: &str, expected: &str) {
        let tree = parse(text, format);
        let node = value(&tree);
        let decoded = node.text().expect("a scalar");
        let at = decoded.find(part).expect("the part is in the text");
        let range = node.source_range(TextRange::new(at as u32, (at + part.len()) as u32));
        assert_eq!(&text[range.as_usize()], expected);
    }

    #[test]
    fn decoded_ranges_land_on_their_source() {
        maps_back("k: ab ${Name}\n", Format::Yaml, "Name", "Name");
        maps_back("k: |\n  甲\n    ${Name}\n", Format::Yaml, "Name", "Name");
        maps_back("k: >-\n  甲\n  ${Name}\n", Format::Yaml, "Name", "Name");
        maps_back("k: \"\\u4e13 \\\"${Name}\\\"\"\n", Format::Yaml, "Name", "Name");
        maps_back("k: 'it''s ${Name}'\n", Format::Yaml, "Name", "Name");
        maps_back("k: 'it''s ${Name}'\n", Format::Yaml, "'", "''");
        maps_back(r#"{"k": "a\n\u4e13${Name}"}"#, Format::Json, "Name", "Name");
    }
}
