//! Where an accepted proposal goes: the token it replaces, and what the place demands of the text — quotes, commas,
//! blanks, indentation.

use super::commas::{self, next_significant};
use super::quote::{escaped_in, json_string, yaml_string};
use super::snippet;
use crate::document::Document;
use crate::syntax::cursor::{CursorRole, Step};
use crate::syntax::{Format, Kind, Node, Style, Tree};
use crate::template::position::{Position, descend};
use crate::text::TextRange;

/// The place of one completion.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) format: Format,
    /// What an accepted item replaces: the token under the cursor without its opening quote, bytes in the document.
    pub(super) range: TextRange,
    /// The token's text before the cursor.
    pub(super) typed: String,
    /// The quote before `range`; the text must be escaped for it and close it.
    quote: Option<char>,
    /// What must come before the text: a blank after `Key:`, or a line break and indentation.
    lead: String,
    /// Inside `{…}` or `[…]`.
    pub(super) flow: bool,
    /// The token is a key whose colon is already there.
    pub(super) colon: bool,
    comma_after: bool,
    /// Where a comma is missing before the token.
    comma_before: Option<u32>,
    /// Blanks before the token that a text beginning with a line break makes superfluous.
    blanks: TextRange,
    /// Column (in characters) at which the text begins.
    column: usize,
    /// Column of the entry or dash whose value stands here.
    entry_column: usize,
    /// Columns from a key to the keys of its value.
    step: usize,
    /// Nothing but blanks and dashes comes before the token on its line.
    pub(super) own_line: bool,
    /// A short-form tag stands before the token: another tag can't follow it.
    pub(super) behind_tag: bool,
    /// The place is that of a short-form tag, and the tag's argument is there already.
    pub(super) argument_follows: bool,
    /// The editor takes snippets. Where it doesn't, nothing may be left that only a tab stop makes bearable.
    pub(super) snippets: bool,
}

/// Whether a scalar must stay a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// A string: quoted where the plain text would read as something else.
    Text,
    /// A number, truth value or anything that is right as it stands.
    AsWritten,
}

impl Slot {
    /// The slot at a position; `None` where nothing can be proposed (after a closing quote, inside a block of text).
    pub(super) fn of(document: &Document, position: &Position<'_>) -> Option<Slot> {
        let offset = position.offset;
        let line = Line::around(document, offset);
        if is_no_word(position, &line) {
            return None;
        }
        let scalar = position
            .node
            .filter(|node| node.is_scalar() && node.range().touches(offset));
        let tagged = tagged_at(&document.tree, position);
        let (range, quote) = match (scalar, tagged) {
            (_, Some((_, tag))) => (tag, None),
            (Some(node), None) => token_of(node, position, &line)?,
            (None, None) => (line.tag(offset).unwrap_or(TextRange::empty(offset)), None),
        };
        if range.is_empty() && quote.is_none() && stands_beside_value(document, position) {
            return None;
        }
        let mut slot = Slot::bare(document, range, offset);
        slot.quote = quote;
        slot.argument_follows = match tagged {
            Some((node, _)) => !node.is_empty(),
            None => scalar.is_none() && stands_above_value(document, position),
        };
        slot.flow = slot.format == Format::Json
            || position
                .parent
                .is_some_and(|parent| parent.style() == Style::Flow);
        if let Some(parent) = position.parent.filter(|parent| parent.style() == Style::Block) {
            slot.entry_column = parent.indent() as usize;
        }
        slot.surroundings(document, position);
        Some(slot)
    }

    /// A slot that knows the line only.
    pub(super) fn bare(document: &Document, range: TextRange, offset: u32) -> Slot {
        let before = document.line_before(range.start);
        let content = before.trim_start_matches([' ', '\t']);
        let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
        Slot {
            format: document.format(),
            range,
            typed: document.slice(TextRange::new(range.start, offset)),
            quote: None,
            lead: String::new(),
            flow: document.format() == Format::Json,
            colon: false,
            comma_after: false,
            comma_before: None,
            blanks: TextRange::new(range.start - blanks as u32, range.start),
            column: before.chars().count(),
            entry_column: before.chars().count() - content.chars().count(),
            step: indent_step(&document.tree),
            own_line: content.chars().all(|c| matches!(c, ' ' | '\t' | '-')),
            behind_tag: ends_with_tag(before.trim_end()),
            argument_follows: false,
            snippets: true,
        }
    }

    /// Looks at what stands before and after the token.
    fn surroundings(&mut self, document: &Document, position: &Position<'_>) {
        let start = self.range.start - u32::from(self.quote.is_some());
        let before = document.line_before(start);
        let value = position.role == CursorRole::Value;
        let dash = self.own_line && before.ends_with('-');
        if value && (before.ends_with(':') || (dash && self.format == Format::Yaml)) {
            self.lead = " ".into();
            self.column += 1;
        }
        let after = document.slice(TextRange::new(self.range.end, self.range.end + 80));
        self.colon = !value && after.trim_start_matches([' ', '\t']).starts_with(':');
        if !self.flow {
            return;
        }
        self.comma_after =
            !self.colon && !self.argument_follows && commas::missing_behind(document, self.range);
        let in_list = position.parent.is_some_and(|parent| parent.is_sequence());
        if !value || in_list {
            self.comma_before = commas::missing_before(document, position, start);
        }
        // Two edits at one place have no order.
        if self.comma_before == Some(self.range.start) {
            self.comma_before = None;
            self.lead.insert(0, ',');
        }
    }

    /// The same place, but the text begins on a line of its own below the key: for block collections as values.
    /// `None` inside brackets and quotes, where there is no such place.
    pub(super) fn below(&self) -> Option<Slot> {
        if self.flow || self.quote.is_some() {
            return None;
        }
        if self.own_line {
            return Some(self.clone());
        }
        let column = self.entry_column + self.step;
        Some(Slot {
            lead: format!("\n{}", " ".repeat(column)),
            column,
            own_line: true,
            ..self.clone()
        })
    }

    /// The same place as the first key of a list item: the text begins after a dash of its own. `None` for a key that has
    /// its value already: that belongs to the map that it stands in.
    pub(super) fn item(&self) -> Option<Slot> {
        if self.colon {
            return None;
        }
        let below = self.below()?;
        Some(Slot {
            lead: format!("{}- ", below.lead),
            column: below.column + 2,
            ..below
        })
    }

    /// The same place, but further to the right.
    pub(super) fn deeper(&self, columns: usize) -> Slot {
        Slot {
            column: self.column + columns,
            ..self.clone()
        }
    }

    /// The same place in an editor that takes snippets, or that doesn't.
    pub(super) fn with_snippets(self, snippets: bool) -> Slot {
        Slot { snippets, ..self }
    }

    /// A part of the token as a place of its own.
    pub(super) fn within(&self, range: TextRange, typed: &str) -> Slot {
        Slot {
            range,
            typed: typed.to_owned(),
            ..self.clone()
        }
    }

    /// The part of the token before `end`; what follows stays, its closing quote included.
    pub(super) fn until(&self, end: u32) -> Slot {
        Slot {
            range: TextRange::new(self.range.start, end),
            quote: None,
            ..self.clone()
        }
    }

    /// Inside an open quote.
    pub(super) fn quoted(&self) -> bool {
        self.quote.is_some()
    }

    /// The snippet for a scalar.
    pub(super) fn scalar(&self, text: &str, value_type: Type) -> String {
        let written = match (self.quote, self.format) {
            (Some(quote), _) => format!("{}{quote}", escaped_in(quote, text)),
            (None, Format::Json) => match value_type {
                Type::Text => json_string(text),
                Type::AsWritten => text.to_owned(),
            },
            (None, Format::Yaml) => match value_type {
                Type::Text => yaml_string(text, self.flow),
                Type::AsWritten => text.to_owned(),
            },
        };
        snippet::escape(&written)
    }

    /// The snippet for a part of a scalar that goes on, as `Vpc.` does.
    pub(super) fn part(&self, text: &str) -> String {
        let text = match self.quote {
            Some(quote) => escaped_in(quote, text),
            None => text.to_owned(),
        };
        snippet::escape(&text)
    }

    /// The snippet for a string that stands in a place of its own, whatever quote is open here.
    pub(super) fn new_string(&self, text: &str) -> String {
        snippet::escape(&match self.format {
            Format::Json => json_string(text),
            Format::Yaml => yaml_string(text, self.flow),
        })
    }

    /// A tab stop for a name: in quotes where the format wants them.
    pub(super) fn name_stop(&self, stop: &str) -> String {
        match self.format {
            Format::Json => format!("\"{stop}\""),
            Format::Yaml => stop.to_owned(),
        }
    }

    /// The same at the token's own place, behind whatever quote is open there.
    pub(super) fn open_name(&self, stop: &str) -> String {
        match self.quote {
            Some(quote) => format!("{stop}{quote}"),
            None => self.name_stop(stop),
        }
    }

    /// A tab stop for a value of any kind. Without snippets JSON gets an empty string: nothing at all is no value.
    pub(super) fn value_stop(&self, stop: &str) -> String {
        match (self.snippets, self.format) {
            (false, Format::Json) => "\"\"".into(),
            (false, Format::Yaml) => String::new(),
            (true, _) => stop.to_owned(),
        }
    }

    /// What closes the quote, if there is one.
    pub(super) fn closing(&self) -> String {
        self.quote.map(String::from).unwrap_or_default()
    }

    /// The snippet for a key with its colon and what follows; only the key where its colon is already there.
    pub(super) fn entry(&self, key: &str, value: &Shape) -> String {
        let key = self.scalar(key, Type::Text);
        if self.colon {
            return key;
        }
        format!("{key}:{}", self.value(value))
    }

    /// The snippet for what follows a key's colon, with the blank or line break before it.
    fn value(&self, value: &Shape) -> String {
        let child = " ".repeat(self.column + self.step);
        match (value, self.flow) {
            // The cursor comes to stand behind the text: right where the value is missing, unless a comma follows it.
            (Shape::Scalar(text), _) if text == "$0" && self.comma_after => {
                format!(" {}", self.value_stop(text))
            }
            (Shape::Scalar(text), _) => format!(" {text}"),
            (Shape::Lines(lines), _) => lines.clone(),
            (Shape::Mapping, true) => " {$0}".into(),
            (Shape::Sequence, true) => " [$0]".into(),
            (Shape::Mapping, false) => format!("\n{child}$0"),
            (Shape::Sequence, false) => format!("\n{child}- $0"),
        }
    }

    /// The text of the edit: lead, text and the comma that the place needs.
    pub(super) fn finish(&self, text: &str) -> String {
        let comma = if self.comma_after { "," } else { "" };
        format!("{}{text}{comma}", self.lead)
    }

    /// Edits elsewhere that the place needs: the comma missing before, blanks left over before a line break.
    pub(super) fn extra(&self) -> Vec<crate::text::edit::TextEdit> {
        use crate::text::edit::TextEdit;
        let comma = self.comma_before.map(|at| TextEdit::insert(at, ","));
        let superfluous = self.lead.starts_with('\n') && !self.blanks.is_empty();
        let blanks = superfluous.then(|| TextEdit::delete(self.blanks));
        comma.into_iter().chain(blanks).collect()
    }

    /// The blanks at the start of a line `depth` levels below the text's own, for texts of several lines.
    pub(super) fn indentation(&self, depth: usize) -> String {
        let base = if self.format == Format::Json {
            self.entry_column
        } else {
            self.column
        };
        " ".repeat(base + depth * self.step)
    }
}

/// What stands after a key's colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// On the same line; a snippet.
    Scalar(String),
    /// Everything after the colon, with the blank or the line breaks it begins with; a snippet.
    Lines(String),
    /// Keys to come.
    Mapping,
    /// Items to come.
    Sequence,
}

impl Shape {
    /// A place for a scalar to be typed.
    pub(super) fn blank() -> Shape {
        Shape::Scalar("$0".into())
    }
}

/// Whether a short-form tag can hold the character behind its `!`.
fn is_of_tag(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == ':'
}

/// The line around an offset.
struct Line {
    /// Text from the line's start to the offset, and from there to its end.
    before: String,
    after: String,
}

impl Line {
    fn around(document: &Document, offset: u32) -> Line {
        /// Long enough for any token; what lies beyond is of no interest.
        const AHEAD: u32 = 256;
        let after = document.slice(TextRange::new(offset, offset + AHEAD));
        let end = after.find(['\n', '\r']).unwrap_or(after.len());
        Line {
            before: document.line_before(offset),
            after: after[..end].to_owned(),
        }
    }

    /// The line as a range of the document.
    fn range(&self, offset: u32) -> TextRange {
        TextRange::new(
            offset - self.before.len() as u32,
            offset + self.after.len() as u32,
        )
    }

    /// Where in `before` the short-form tag begins that is being typed at the offset.
    fn typed_tag(&self) -> Option<usize> {
        let before = self.before.trim_end_matches(is_of_tag).strip_suffix('!')?;
        let begins = before.is_empty() || before.ends_with([' ', '\t', '[', '{', ',', ':', '-']);
        begins.then_some(before.len())
    }

    /// That tag, with what follows of its name.
    fn tag(&self, offset: u32) -> Option<TextRange> {
        let start = offset - (self.before.len() - self.typed_tag()?) as u32;
        let rest = self.after.find(|c| !is_of_tag(c)).unwrap_or(self.after.len());
        Some(TextRange::new(start, offset + rest as u32))
    }
}

/// Whether a text ends with a short-form tag.
fn ends_with_tag(before: &str) -> bool {
    let word = before
        .rsplit([' ', '\t', '[', '{', ','])
        .next()
        .unwrap_or_default();
    word.len() > 1 && word.starts_with('!')
}

/// Whether nothing that could be proposed goes on from what is typed: a collection as a key; a tag where a key is due or
/// behind another tag; a `${` outside of any text.
fn is_no_word(position: &Position<'_>, line: &Line) -> bool {
    let node = position.node;
    if position.role == CursorRole::Key && node.is_some_and(|node| !node.is_scalar() && !node.is_empty()) {
        return true;
    }
    if let Some(tag) = line.typed_tag() {
        return position.role == CursorRole::Key || ends_with_tag(line.before[..tag].trim_end());
    }
    let word = line
        .before
        .trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, ':' | '.' | '_'));
    let in_text = node.is_some_and(|node| node.is_scalar() && node.range().start < position.offset);
    word.ends_with("${") && !in_text
}

/// The value at the position and its short-form tag, if the cursor is in the tag.
fn tagged_at<'t>(tree: &'t Tree, position: &Position<'t>) -> Option<(Node<'t>, TextRange)> {
    if tree.format() == Format::Json || position.role != CursorRole::Value {
        return None;
    }
    let node = descend(tree.root()?, &position.path)?;
    let tag = node.tag_range().filter(|tag| tag.touches(position.offset))?;
    Some((node, tag))
}

/// Whether the value of the place stands on the cursor's line already, before or behind the cursor: nothing fits between.
fn stands_beside_value(document: &Document, position: &Position<'_>) -> bool {
    if position.role != CursorRole::Value || position.node.is_some_and(|node| node.is_scalar()) {
        return false;
    }
    let root = document.tree.root();
    let value = root.and_then(|root| descend(root, &position.path));
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return false;
    };
    let (range, offset) = (value.range(), position.offset);
    let is_item = matches!(position.path.last(), Some(Step::Index(_)));
    let flow = document.format() == Format::Json
        || position
            .parent
            .is_some_and(|parent| parent.style() == Style::Flow);
    // Without a comma the next key is taken for the value.
    let is_key = || next_significant(document, range.end, true) == Some(':');
    let between = if offset <= range.start && !is_key() {
        TextRange::new(offset, range.start)
    } else if offset >= range.end && !(is_item && flow) {
        TextRange::new(range.end, offset)
    } else {
        return false;
    };
    !document.slice(between).contains(['\n', '\r'])
}

/// Whether the cursor is on the line of a key or dash whose value is a block collection on the lines below.
fn stands_above_value(document: &Document, position: &Position<'_>) -> bool {
    let before = document.line_before(position.offset);
    let root = document.tree.root();
    position.role == CursorRole::Value
        && before.trim_end().ends_with([':', '-'])
        && root
            .and_then(|root| descend(root, &position.path))
            .is_some_and(|value| value.style() == Style::Block && value.range().start > position.offset)
}

/// The replaceable part of a scalar and the quote before it.
fn token_of(node: Node<'_>, position: &Position<'_>, line: &Line) -> Option<(TextRange, Option<char>)> {
    let quote = match node.style() {
        Style::DoubleQuoted => Some('"'),
        Style::SingleQuoted => Some('\''),
        Style::Plain => None,
        Style::Block | Style::Flow | Style::Literal | Style::Folded => return None,
    };
    let offset = position.offset;
    let is_key = position.role == CursorRole::Key;
    let (range, content) = (node.range(), node.content_range());
    if quote.is_some() && !content.touches(offset) {
        return None;
    }
    // An editor takes edits on the cursor's line only. An open quote swallows what was meant to follow the word.
    let closed = quote.is_none() || content.end < range.end;
    let ends_word = |c| matches!(c, ' ' | ',' | '}' | ']') || (is_key && c == ':');
    let word_end = line.after.find(ends_word).filter(|_| !closed);
    let line_range = line.range(offset);
    let end = match word_end {
        Some(end) => offset + end as u32,
        None => range.end.min(line_range.end),
    };
    Some((TextRange::new(content.start.max(line_range.start), end), quote))
}

/// Columns between a section and its entries, as this document has it.
fn indent_step(tree: &Tree) -> usize {
    const USUAL: usize = 2;
    tree.root()
        .into_iter()
        .flat_map(|root| root.entries())
        .find(|section| section.value.kind() == Kind::Mapping && section.value.entries().next().is_some())
        .map(|section| match tree.format() {
            Format::Yaml => section.value.indent() as usize,
            Format::Json => column(section.key),
        })
        .filter(|step| (1..=8).contains(step))
        .unwrap_or(USUAL)
}

/// Blanks before the first token of the node's line, where the node is that token.
fn column(node: Node<'_>) -> usize {
    let before = node
        .chunk()
        .text
        .get(..node.local_range().start as usize)
        .unwrap_or_default();
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    if line.trim().is_empty() { line.len() } else { 0 }
}
