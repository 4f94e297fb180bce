//! Escapes and classes of characters.

use super::{Item, Parser, Stop, Token, Width, wrong};

impl Parser<'_> {
    pub(super) fn escape(&mut self, escaped: char) -> Result<Item, Stop> {
        match escaped {
            'A' | 'Z' | 'b' | 'B' => Ok(Item::Mark),
            'd' | 'D' | 's' | 'S' | 'w' | 'W' => Ok(Item::Other(Width::ONE)),
            '1'..='9' => self.number(escaped),
            _ => {
                self.character(escaped)?;
                Ok(Item::Other(Width::ONE))
            }
        }
    }

    /// `\12`: a group, or a character in octal.
    pub(super) fn number(&mut self, first: char) -> Result<Item, Stop> {
        let octal = |c: Option<char>| c.filter(|c| ('0'..='7').contains(c));
        let mut digits = String::from(first);
        if let Some(second) = self.peek().filter(char::is_ascii_digit) {
            self.at += 1;
            digits.push(second);
            if octal(Some(first)).is_some()
                && octal(Some(second)).is_some()
                && let Some(third) = octal(self.peek())
            {
                self.at += 1;
                digits.push(third);
                return match first > '3' {
                    true => wrong(format!("`\\{digits}` is no character")),
                    false => Ok(Item::Other(Width::ONE)),
                };
            }
        }
        let group = digits.parse().unwrap_or(usize::MAX);
        self.reference(group).map(Item::Other)
    }

    /// The width of an earlier group that is read again.
    pub(super) fn reference(&mut self, group: usize) -> Result<Width, Stop> {
        let Some(width) = self.groups.get(group) else {
            return wrong(format!("there is no group {group}"));
        };
        let Some(width) = *width else {
            return wrong("a group can't be read inside itself");
        };
        match self.behind.is_some_and(|groups| group >= groups) {
            true => wrong("a look-behind can't read a group of its own"),
            false => Ok(width),
        }
    }

    /// An escaped character; its number.
    pub(super) fn character(&mut self, escaped: char) -> Result<u32, Stop> {
        Ok(match escaped {
            'a' => 7,
            'b' => 8,
            't' => 9,
            'n' => 10,
            'v' => 11,
            'f' => 12,
            'r' => 13,
            'x' => self.hex(escaped, 2)?,
            'u' => self.hex(escaped, 4)?,
            'U' => match self.hex(escaped, 8)? {
                code if code > 0x10_ffff => return wrong("a character `\\U` is too large"),
                code => code,
            },
            'N' => self.named()?,
            '0' => {
                let mut code = 0;
                for _ in 0..2 {
                    let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else {
                        break;
                    };
                    self.at += 1;
                    code = code * 8 + digit;
                }
                code
            }
            c if c.is_ascii_alphanumeric() => return wrong(format!("Python knows no `\\{c}`")),
            c => c as u32,
        })
    }

    pub(super) fn hex(&mut self, escaped: char, count: usize) -> Result<u32, Stop> {
        let mut code: u32 = 0;
        for _ in 0..count {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(16)) else {
                return wrong(format!("`\\{escaped}` takes {count} hexadecimal digits"));
            };
            self.at += 1;
            code = code.wrapping_mul(16).wrapping_add(digit);
        }
        Ok(code)
    }

    /// `\N{…}`: the names of characters are not known here, so that its number is not either.
    pub(super) fn named(&mut self) -> Result<u32, Stop> {
        if !self.take('{') {
            return wrong("`\\N` takes the name of a character in braces");
        }
        match self.until('}')?.is_empty() {
            true => wrong("`\\N{}` has no name"),
            false => Ok(u32::MAX),
        }
    }

    pub(super) fn until(&mut self, end: char) -> Result<String, Stop> {
        let mut text = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            if c == end {
                return Ok(text);
            }
            text.push(c);
        }
        wrong(format!("a `{end}` is missing"))
    }

    pub(super) fn class(&mut self) -> Result<Item, Stop> {
        self.take('^');
        let mut first = true;
        loop {
            let Some(low) = self.token()? else {
                return wrong("a `[` is not closed");
            };
            if low == Token::Plain(']') && !first {
                return Ok(Item::Other(Width::ONE));
            }
            first = false;
            let low_code = self.member(low)?;
            if !self.take('-') {
                continue;
            }
            let Some(high) = self.token()? else {
                return wrong("a `[` is not closed");
            };
            if high == Token::Plain(']') {
                return Ok(Item::Other(Width::ONE));
            }
            let high_code = self.member(high)?;
            match (low_code, high_code) {
                (Some(low), Some(high)) if low <= high || low == u32::MAX => {}
                _ => {
                    let text = |token| match token {
                        Token::Plain(c) => c.to_string(),
                        Token::Escape(c) => format!("\\{c}"),
                    };
                    return wrong(format!("`{}-{}` is no range", text(low), text(high)));
                }
            }
        }
    }

    /// The number of a character in a class; `None` for several at once.
    pub(super) fn member(&mut self, token: Token) -> Result<Option<u32>, Stop> {
        match token {
            Token::Plain(c) => Ok(Some(c as u32)),
            Token::Escape('d' | 'D' | 's' | 'S' | 'w' | 'W') => Ok(None),
            Token::Escape(first @ '0'..='7') => {
                let mut code = first as u32 - '0' as u32;
                for _ in 0..2 {
                    let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else {
                        break;
                    };
                    self.at += 1;
                    code = code * 8 + digit;
                }
                match code > 0o377 {
                    true => wrong("an octal character is too large"),
                    false => Ok(Some(code)),
                }
            }
            Token::Escape(c) => self.character(c).map(Some),
        }
    }
}
