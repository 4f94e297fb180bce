//! What can be wrong with the text itself, as data with a message.

use crate::text::TextRange;

/// One fault of the text. Inside a [`super::Chunk`] the range counts from the chunk's start, elsewhere from the document's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub kind: SyntaxErrorKind,
    /// The smallest token that is wrong, or the place where something is missing. Bytes.
    pub range: TextRange,
}

/// The kinds of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SyntaxErrorKind {
    // Both formats.
    UnclosedString,
    UnclosedList,
    UnclosedMap,
    MissingColon,
    MissingComma,
    MissingKey,
    BadEscape,
    TooDeep,
    /// Text where nothing more may stand.
    Unexpected,
    /// `]` or `}` that closes nothing.
    ExtraClose,
    // YAML.
    TabIndent,
    BadIndent,
    /// A line of a quoted text or flow collection that is not indented deeper than the block around it.
    ShallowLine,
    /// The first lines of a block scalar are blank and indented deeper than its text.
    DeepBlankLine,
    /// A mapping begins where only a single value may stand: `a: b: c`.
    NestedMapping,
    /// `key: - item`
    NestedSequence,
    /// A plain value may not begin with this character.
    BadPlainStart,
    TwoTags,
    /// A character that no tag can have.
    BadTag,
    TwoAnchors,
    /// `&` or `*` alone.
    MissingAnchorName,
    PropertiesOfAlias,
    UndefinedAlias,
    BadBlockHeader,
    BadDirective,
    /// `%YAML` twice, or `%TAG` twice for one handle.
    DuplicateDirective,
    /// `!name!suffix` without a `%TAG` directive for `!name!`.
    UndefinedTagHandle,
    /// The text after `---` or `...` on its line can't stand there.
    BadDocumentMarker,
    /// A key over several lines.
    LongKey,
    // JSON.
    CommentInJson,
    TrailingComma,
    UnquotedKey,
    SingleQuotes,
    BadLiteral,
    BadNumber,
    ControlCharacter,
    MissingValue,
    TextAfterRoot,
}

impl SyntaxErrorKind {
    /// A sentence for the author: lower-case start, no final dot. A match without a wildcard: a new kind must say its own.
    pub fn message(self) -> &'static str {
        match self {
            SyntaxErrorKind::UnclosedString => "this string is not closed",
            SyntaxErrorKind::UnclosedList => "this `[` is not closed",
            SyntaxErrorKind::UnclosedMap => "this `{` is not closed",
            SyntaxErrorKind::MissingColon => "expected `:` and a value after this key",
            SyntaxErrorKind::MissingComma => "expected `,` before this",
            SyntaxErrorKind::MissingKey => "expected a key before this `:`",
            SyntaxErrorKind::BadEscape => "no such escape; write `\\\\` for a backslash",
            SyntaxErrorKind::TooDeep => "nested too deeply",
            SyntaxErrorKind::Unexpected => "this text can't stand here",
            SyntaxErrorKind::ExtraClose => "this bracket closes nothing",
            SyntaxErrorKind::TabIndent => "tabs can't indent YAML; use spaces",
            SyntaxErrorKind::BadIndent => "this indentation fits none of the lines above",
            SyntaxErrorKind::ShallowLine => "indent this line deeper than the key or item that it belongs to",
            SyntaxErrorKind::DeepBlankLine => {
                "this blank line is indented deeper than the text below it; remove its spaces"
            }
            SyntaxErrorKind::NestedMapping => {
                "a second `: ` in one line; quote the value or put it on lines of its own"
            }
            SyntaxErrorKind::NestedSequence => "a list begins on a line of its own below its key",
            SyntaxErrorKind::BadPlainStart => "a value can't begin with this character; quote it",
            SyntaxErrorKind::TwoTags => {
                "two tags on one value; write the inner function in its long form on the next line"
            }
            SyntaxErrorKind::BadTag => {
                "a tag can't have this character; write a space before the value, or quote it if it is text"
            }
            SyntaxErrorKind::TwoAnchors => "two anchors on one value",
            SyntaxErrorKind::MissingAnchorName => {
                "expected the name of an anchor after this; quote the value if it is text"
            }
            SyntaxErrorKind::PropertiesOfAlias => "an alias takes no tag or anchor",
            SyntaxErrorKind::UndefinedAlias => "no anchor of this name stands before",
            SyntaxErrorKind::BadBlockHeader => {
                "after `|` or `>` only an indentation digit, `+` or `-` and a comment may stand"
            }
            SyntaxErrorKind::BadDirective => "this directive is not valid here",
            SyntaxErrorKind::DuplicateDirective => "this directive stands twice",
            SyntaxErrorKind::UndefinedTagHandle => "no `%TAG` directive defines the handle of this tag",
            SyntaxErrorKind::BadDocumentMarker => "nothing may follow the document's end on its line",
            SyntaxErrorKind::LongKey => "a key must stand on one line",
            SyntaxErrorKind::CommentInJson => "JSON has no comments",
            SyntaxErrorKind::TrailingComma => "a trailing comma is not valid JSON",
            SyntaxErrorKind::UnquotedKey => "keys need double quotes in JSON",
            SyntaxErrorKind::SingleQuotes => "strings need double quotes in JSON",
            SyntaxErrorKind::BadLiteral => "not a JSON value; strings need double quotes",
            SyntaxErrorKind::BadNumber => "not a JSON number",
            SyntaxErrorKind::ControlCharacter => {
                "control characters must be escaped, in a double-quoted string"
            }
            SyntaxErrorKind::MissingValue => "a value is missing here",
            SyntaxErrorKind::TextAfterRoot => "nothing may follow the end of the JSON document",
        }
    }
}
