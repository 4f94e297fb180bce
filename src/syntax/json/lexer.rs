//! Tokens of JSON text. Strings end at the line's end at the latest: an unclosed quote costs its line, not the file.
//!
//! Brackets, commas, colons and simple strings are read here; whatever needs thought — escapes, numbers, words,
//! comments — goes through `jsonc-parser`'s scanner, started anew on the rest of the line.

use crate::syntax::SyntaxErrorKind;
use jsonc_parser::{Scanner, ScannerOptions, tokens::Token as Scanned};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    OpenMap,
    CloseMap,
    OpenList,
    CloseList,
    Comma,
    Colon,
    /// A string, or a text in single quotes.
    String,
    /// A number, `true`, `false`, `null`, or a word that is none of them.
    Literal,
    End,
}

/// One token, with the fault that it has in itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) fault: Option<(SyntaxErrorKind, usize, usize)>,
}

/// A place in the text from which tokens are read. Cheap to copy: looking ahead is reading from a copy.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'s> {
    text: &'s str,
    pub(super) pos: usize,
    /// Start and end of the line that `pos` is in.
    pub(super) line: usize,
    line_end: usize,
    /// The furthest byte that decided what a token is.
    pub(super) reach: usize,
    /// The first comment stepped over, until it is taken.
    pub(super) comment: Option<(usize, usize)>,
}

impl<'s> Lexer<'s> {
    pub(super) fn new(text: &'s str, pos: usize) -> Self {
        let bytes = text.as_bytes();
        let line = memchr::memrchr2(b'\n', b'\r', &bytes[..pos]).map_or(0, |at| at + 1);
        let line_end = memchr::memchr2(b'\n', b'\r', &bytes[pos..]).map_or(bytes.len(), |at| pos + at);
        Lexer {
            text,
            pos,
            line,
            line_end,
            reach: pos,
            comment: None,
        }
    }

    /// Reads the next token and stands behind it.
    pub(super) fn next(&mut self) -> Token {
        let bytes = self.text.as_bytes();
        self.reach = self.pos;
        loop {
            let Some(&byte) = bytes.get(self.pos) else {
                return Token {
                    kind: TokenKind::End,
                    start: self.pos,
                    end: self.pos,
                    fault: None,
                };
            };
            let kind = match byte {
                b' ' | b'\t' => {
                    self.pos += 1;
                    continue;
                }
                b'\n' | b'\r' => {
                    self.pos += 1;
                    self.line = self.pos;
                    self.line_end = memchr::memchr2(b'\n', b'\r', &bytes[self.pos..])
                        .map_or(bytes.len(), |at| self.pos + at);
                    continue;
                }
                b'{' => TokenKind::OpenMap,
                b'}' => TokenKind::CloseMap,
                b'[' => TokenKind::OpenList,
                b']' => TokenKind::CloseList,
                b',' => TokenKind::Comma,
                b':' => TokenKind::Colon,
                b'"' => return self.string(),
                b'/' if self.comment_here() => continue,
                _ => return self.word(),
            };
            self.pos += 1;
            return Token {
                kind,
                start: self.pos - 1,
                end: self.pos,
                fault: None,
            };
        }
    }

    /// A part of the text, as far as it reaches.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'s str {
        self.text.get(start..end.min(self.text.len())).unwrap_or_default()
    }

    /// Spaces and tabs before the first token of the line that `pos` is in.
    pub(super) fn indent(&self) -> i32 {
        let line = &self.text.as_bytes()[self.line..];
        line.iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'))
            .count() as i32
    }

    /// Whether `start` is the first token of its line.
    pub(super) fn fresh(&self, start: usize) -> bool {
        start >= self.line
            && self.text.as_bytes()[self.line..start]
                .iter()
                .all(|byte| matches!(byte, b' ' | b'\t'))
    }

    fn string(&mut self) -> Token {
        let bytes = self.text.as_bytes();
        let start = self.pos;
        let line = &bytes[start + 1..self.line_end];
        if let Some(at) = memchr::memchr2(b'"', b'\\', line)
            && line[at] == b'"'
        {
            self.pos = start + at + 2;
            let control = line[..at].iter().position(|byte| *byte < 0x20);
            let fault = control.map(|at| (SyntaxErrorKind::ControlCharacter, start + 1 + at, start + 2 + at));
            return Token {
                kind: TokenKind::String,
                start,
                end: self.pos,
                fault,
            };
        }
        match self.scan(start) {
            Some((_, end)) => {
                self.pos = end;
                let fault = self.bad_escape(start, end);
                Token {
                    kind: TokenKind::String,
                    start,
                    end,
                    fault,
                }
            }
            None => self.broken_string(start),
        }
    }

    /// A string that the scanner refuses: a wrong escape, or no closing quote on the line.
    fn broken_string(&mut self, start: usize) -> Token {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while at < self.line_end {
            match bytes[at] {
                b'\\' => at += 2,
                b'"' => {
                    self.pos = at + 1;
                    let fault =
                        self.bad_escape(start, at + 1)
                            .or(Some((SyntaxErrorKind::BadEscape, start, at + 1)));
                    return Token {
                        kind: TokenKind::String,
                        start,
                        end: at + 1,
                        fault,
                    };
                }
                _ => at += 1,
            }
        }
        let end = start + bytes[start..self.line_end].trim_ascii_end().len();
        self.pos = self.line_end;
        self.reach = self.reach.max(self.line_end);
        Token {
            kind: TokenKind::String,
            start,
            end,
            fault: Some((SyntaxErrorKind::UnclosedString, start, end)),
        }
    }

    /// The first escape that JSON does not have, or a raw control character.
    fn bad_escape(&self, start: usize, end: usize) -> Option<(SyntaxErrorKind, usize, usize)> {
        let bytes = &self.text.as_bytes()[..end];
        let mut at = start + 1;
        while at < end {
            match bytes[at] {
                b'\\' => {
                    let length = match bytes.get(at + 1) {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
                        Some(b'u')
                            if bytes
                                .get(at + 2..at + 6)
                                .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) =>
                        {
                            6
                        }
                        _ => {
                            let escaped = self.text[at + 1..end].chars().next().map_or(0, char::len_utf8);
                            return Some((SyntaxErrorKind::BadEscape, at, at + 1 + escaped));
                        }
                    };
                    at += length;
                }
                byte if byte < 0x20 => return Some((SyntaxErrorKind::ControlCharacter, at, at + 1)),
                _ => at += 1,
            }
        }
        None
    }

    /// Steps over a comment, which JSON does not have but people write. One that is not closed costs its line.
    fn comment_here(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let start = self.pos;
        let end = match bytes.get(start + 1) {
            Some(b'/') => self.line_end,
            Some(b'*') => match self.text[start + 2..].find("*/") {
                Some(at) => start + at + 4,
                None => {
                    // Its end may still be typed, anywhere.
                    self.reach = bytes.len();
                    self.line_end
                }
            },
            _ => return false,
        };
        self.comment.get_or_insert((start, end));
        if end <= self.line_end {
            self.pos = end;
            return true;
        }
        *self = Lexer {
            comment: self.comment,
            reach: self.reach,
            ..Lexer::new(self.text, end)
        };
        true
    }

    /// A number, a word, or text that is no token at all.
    fn word(&mut self) -> Token {
        let start = self.pos;
        let bytes = self.text.as_bytes();
        // A comment ends a word like any bracket. Looking no further than to the word's end keeps this linear.
        let is_comment = |at: usize| at > start && matches!(bytes.get(at..at + 2), Some(b"//" | b"/*"));
        let ends = |byte: u8| matches!(byte, b',' | b':' | b'{' | b'}' | b'[' | b']' | b'"');
        let stop = (start..self.line_end)
            .find(|at| bytes.get(*at).is_some_and(|byte| ends(*byte)) || is_comment(*at))
            .unwrap_or(self.line_end);
        let end = start + bytes[start..stop].trim_ascii_end().len();
        let end = end.max(start + 1);
        self.pos = end;
        self.reach = self.reach.max(stop + 2 * usize::from(is_comment(stop)));
        // The scanner takes more for blanks than JSON does.
        let scanned = self.scan(start).filter(|_| bytes[start].is_ascii_graphic());
        let fault = match scanned {
            Some((Scanned::Number(number), scanned)) if scanned == end => {
                (!is_json_number(number)).then_some((SyntaxErrorKind::BadNumber, start, end))
            }
            Some((Scanned::Boolean(_) | Scanned::Null, scanned)) if scanned == end => None,
            _ => {
                let kind = match bytes[start] {
                    b'\'' => SyntaxErrorKind::SingleQuotes,
                    b'0'..=b'9' | b'-' => SyntaxErrorKind::BadNumber,
                    _ => SyntaxErrorKind::BadLiteral,
                };
                Some((kind, start, end))
            }
        };
        Token {
            kind: TokenKind::Literal,
            start,
            end,
            fault,
        }
    }

    /// The scanner's token at `start` and its end; `None` where it finds none.
    fn scan(&self, start: usize) -> Option<(Scanned<'s>, usize)> {
        const STRICT: ScannerOptions = ScannerOptions {
            allow_single_quoted_strings: false,
            allow_hexadecimal_numbers: false,
            allow_unary_plus_numbers: false,
            allow_bare_decimal_point_numbers: false,
            allow_non_finite_numbers: false,
            allow_extended_string_escapes: false,
        };
        let mut scanner = Scanner::new(&self.text[start..self.line_end], &STRICT);
        let token = scanner.scan().ok()??;
        Some((token, start + scanner.token_end()))
    }
}

/// The number's grammar, which the scanner reads a little more generously.
fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let body = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match body.find(['e', 'E']) {
        Some(at) => (&body[..at], Some(&body[at + 1..])),
        None => (body, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}
