//! Whether a text is a regular expression by the rules of Python's `re` (3.11, for texts), and what is wrong with it.

use std::collections::HashMap;

/// Groups inside groups at most: deeper patterns count as right.
const MOST_DEPTH: usize = 100;

/// What is larger counts as without end.
const ENDLESS: u64 = u32::MAX as u64;

/// What is wrong with a pattern; `None` for one that Python compiles.
pub(super) fn problem(pattern: &str) -> Option<String> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut parser = Parser::new(&chars, false);
    let mut result = parser.whole();
    if matches!(result, Err(Stop::Verbose)) {
        parser = Parser::new(&chars, true);
        result = parser.whole();
    }
    match result {
        Ok(()) | Err(Stop::TooDeep | Stop::Verbose) => None,
        Err(Stop::Wrong(why)) => Some(why),
    }
}

/// Why reading ends early.
enum Stop {
    Wrong(String),
    /// `(?x)` says that blanks and comments mean nothing: the pattern is read again.
    Verbose,
    TooDeep,
}

fn wrong<T>(why: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Wrong(why.into()))
}

/// How many characters a part of the pattern matches at least and at most.
#[derive(Clone, Copy, PartialEq)]
struct Width {
    least: u64,
    most: u64,
}

impl Width {
    const NONE: Width = Width { least: 0, most: 0 };
    const ONE: Width = Width { least: 1, most: 1 };

    fn then(self, next: Width) -> Width {
        Width {
            least: (self.least + next.least).min(ENDLESS - 1),
            most: (self.most + next.most).min(ENDLESS),
        }
    }

    fn or(self, other: Width) -> Width {
        Width {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }

    fn times(self, least: u64, most: u64) -> Width {
        Width {
            least: self.least.saturating_mul(least).min(ENDLESS - 1),
            most: self.most.saturating_mul(most).min(ENDLESS),
        }
    }
}

/// What can stand before a repetition.
#[derive(Clone, Copy, PartialEq)]
enum Item {
    /// Nothing, or a mark such as `^` that matches no text.
    Mark,
    Repeated,
    Other(Width),
}

/// One character of the pattern, or a backslash with the one behind it.
#[derive(Clone, Copy, PartialEq)]
enum Token {
    Plain(char),
    Escape(char),
}

struct Parser<'p> {
    chars: &'p [char],
    at: usize,
    verbose: bool,
    /// Widths of groups by number; `None` while open. The whole pattern is group 0.
    groups: Vec<Option<Width>>,
    names: HashMap<String, usize>,
    /// Groups that were there when the outermost look-behind began.
    behind: Option<usize>,
    /// Numbers that conditions ask about, which may be defined later.
    asked: Vec<usize>,
    depth: usize,
}

impl<'p> Parser<'p> {
    fn new(chars: &'p [char], verbose: bool) -> Self {
        Parser {
            chars,
            at: 0,
            verbose,
            groups: vec![None],
            names: HashMap::new(),
            behind: None,
            asked: Vec::new(),
            depth: 0,
        }
    }

    fn whole(&mut self) -> Result<(), Stop> {
        self.alternatives(self.verbose)?;
        if self.at < self.chars.len() {
            return wrong("a `)` closes nothing");
        }
        match self.asked.iter().find(|number| **number >= self.groups.len()) {
            Some(number) => wrong(format!("there is no group {number}")),
            None => Ok(()),
        }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// The next token; a backslash takes the character behind it along.
    fn token(&mut self) -> Result<Option<Token>, Stop> {
        let Some(first) = self.peek() else { return Ok(None) };
        self.at += 1;
        if first != '\\' {
            return Ok(Some(Token::Plain(first)));
        }
        match self.peek() {
            Some(second) => {
                self.at += 1;
                Ok(Some(Token::Escape(second)))
            }
            None => wrong("it ends with a backslash"),
        }
    }

    fn alternatives(&mut self, verbose: bool) -> Result<Width, Stop> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(Stop::TooDeep);
        }
        let mut width = self.sequence(verbose, true)?;
        while self.take('|') {
            width = width.or(self.sequence(verbose, false)?);
        }
        self.depth -= 1;
        Ok(width)
    }

    /// One branch. `first`: nothing stands before it in its group.
    fn sequence(&mut self, verbose: bool, mut first: bool) -> Result<Width, Stop> {
        let mut width = Width::NONE;
        let mut last = Item::Mark;
        while let Some(next) = self.peek() {
            if matches!(next, '|' | ')') {
                break;
            }
            let begun = self.at;
            let Some(token) = self.token()? else { break };
            let item = match token {
                Token::Escape(escaped) => self.escape(escaped)?,
                Token::Plain(c) if verbose && c.is_ascii_whitespace() => continue,
                Token::Plain('#') if verbose => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.at += 1;
                    }
                    continue;
                }
                Token::Plain('[') => self.class()?,
                Token::Plain('^' | '$') => Item::Mark,
                Token::Plain('(') => match self.group(verbose, first)? {
                    Some(item) => item,
                    None => continue,
                },
                Token::Plain(c @ ('*' | '+' | '?' | '{')) => match self.repetition(c)? {
                    Some((least, most)) => {
                        let Item::Other(one) = last else {
                            let mark: String = self
                                .chars
                                .get(begun..self.at)
                                .unwrap_or_default()
                                .iter()
                                .collect();
                            return match last {
                                Item::Repeated => wrong(format!("`{mark}` repeats a repetition")),
                                _ => wrong(format!("`{mark}` repeats nothing")),
                            };
                        };
                        // The item was counted once already.
                        let times = one.times(least, most);
                        width = Width {
                            least: width.least.saturating_sub(one.least) + times.least,
                            most: if one.most >= ENDLESS {
                                ENDLESS
                            } else {
                                width.most.saturating_sub(one.most) + times.most
                            },
                        };
                        width = width.then(Width::NONE);
                        // Lazy or possessive.
                        let _ = self.take('?') || self.take('+');
                        last = Item::Repeated;
                        first = false;
                        continue;
                    }
                    None => Item::Other(Width::ONE),
                },
                Token::Plain(_) => Item::Other(Width::ONE),
            };
            if let Item::Other(one) = item {
                width = width.then(one);
            }
            last = item;
            first = false;
        }
        Ok(width)
    }

    /// How often, after a mark of repetition was read; `None` for a brace that is just a brace.
    fn repetition(&mut self, mark: char) -> Result<Option<(u64, u64)>, Stop> {
        match mark {
            '*' => return Ok(Some((0, ENDLESS))),
            '+' => return Ok(Some((1, ENDLESS))),
            '?' => return Ok(Some((0, 1))),
            _ => {}
        }
        let begun = self.at;
        if self.peek() == Some('}') {
            return Ok(None);
        }
        let low = self.digits();
        let high = if self.take(',') {
            self.digits()
        } else {
            low.clone()
        };
        if !self.take('}') {
            self.at = begun;
            return Ok(None);
        }
        let number = |digits: &str, none: u64| match digits {
            "" => Ok(none),
            _ => match digits.parse::<u64>() {
                Ok(number) if number < ENDLESS => Ok(number),
                _ => wrong("a number of repetitions is too large"),
            },
        };
        let (least, most) = (number(&low, 0)?, number(&high, ENDLESS)?);
        if most < least {
            return wrong(format!(
                "`{{{low},{high}}}` repeats more often at least than at most"
            ));
        }
        Ok(Some((least, most)))
    }

    fn digits(&mut self) -> String {
        let mut digits = String::new();
        while let Some(digit) = self.peek().filter(char::is_ascii_digit) {
            digits.push(digit);
            self.at += 1;
        }
        digits
    }

    fn escape(&mut self, escaped: char) -> Result<Item, Stop> {
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
    fn number(&mut self, first: char) -> Result<Item, Stop> {
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
    fn reference(&mut self, group: usize) -> Result<Width, Stop> {
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
    fn character(&mut self, escaped: char) -> Result<u32, Stop> {
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

    fn hex(&mut self, escaped: char, count: usize) -> Result<u32, Stop> {
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
    fn named(&mut self) -> Result<u32, Stop> {
        if !self.take('{') {
            return wrong("`\\N` takes the name of a character in braces");
        }
        match self.until('}')?.is_empty() {
            true => wrong("`\\N{}` has no name"),
            false => Ok(u32::MAX),
        }
    }

    fn until(&mut self, end: char) -> Result<String, Stop> {
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

    fn class(&mut self) -> Result<Item, Stop> {
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
    fn member(&mut self, token: Token) -> Result<Option<u32>, Stop> {
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

    /// What `(` opens; `None` for a comment or flags.
    fn group(&mut self, verbose: bool, first: bool) -> Result<Option<Item>, Stop> {
        if !self.take('?') {
            return self.capture(verbose, None).map(Some);
        }
        let Some(kind) = self.peek() else {
            return wrong("a `(?` is not closed");
        };
        self.at += 1;
        match kind {
            'P' => self.named_group(verbose).map(Some),
            ':' | '>' => self.inner(verbose).map(Some),
            '#' => self.until(')').map(|_| None),
            '=' | '!' => {
                self.inner(verbose)?;
                Ok(Some(Item::Other(Width::NONE)))
            }
            '<' => self.look_behind(verbose).map(Some),
            '(' => self.conditional(verbose).map(Some),
            _ => {
                self.at -= 1;
                self.flags(verbose, first)
            }
        }
    }

    fn close(&mut self) -> Result<(), Stop> {
        if self.take(')') {
            Ok(())
        } else {
            wrong("a `(` is not closed")
        }
    }

    fn inner(&mut self, verbose: bool) -> Result<Item, Stop> {
        let width = self.alternatives(verbose)?;
        self.close()?;
        Ok(Item::Other(width))
    }

    fn capture(&mut self, verbose: bool, name: Option<String>) -> Result<Item, Stop> {
        let number = self.groups.len();
        self.groups.push(None);
        if let Some(name) = name {
            if self.names.contains_key(&name) {
                return wrong(format!("two groups are called `{name}`"));
            }
            self.names.insert(name, number);
        }
        let item = self.inner(verbose)?;
        if let (Item::Other(width), Some(group)) = (item, self.groups.get_mut(number)) {
            *group = Some(width);
        }
        Ok(item)
    }

    fn named_group(&mut self, verbose: bool) -> Result<Item, Stop> {
        if self.take('<') {
            let name = self.until('>')?;
            check_name(&name)?;
            return self.capture(verbose, Some(name));
        }
        if self.take('=') {
            let name = self.until(')')?;
            check_name(&name)?;
            return match self.names.get(&name).copied() {
                Some(group) => self.reference(group).map(Item::Other),
                None => wrong(format!("there is no group `{name}`")),
            };
        }
        wrong("`(?P` goes on with `<name>` or `=name`")
    }

    fn look_behind(&mut self, verbose: bool) -> Result<Item, Stop> {
        if !self.take('=') && !self.take('!') {
            return wrong("a group's name is written `(?P<name>…)`");
        }
        let outermost = self.behind.is_none();
        self.behind = self.behind.or(Some(self.groups.len()));
        let item = self.inner(verbose)?;
        if outermost {
            self.behind = None;
        }
        match item {
            Item::Other(width) if width.least == width.most => Ok(Item::Other(Width::NONE)),
            _ => wrong("what a look-behind matches must be of one length"),
        }
    }

    fn conditional(&mut self, verbose: bool) -> Result<Item, Stop> {
        let name = self.until(')')?;
        if is_name(&name) {
            let Some(group) = self.names.get(&name).copied() else {
                return wrong(format!("there is no group `{name}`"));
            };
            self.asked_for(group)?;
        } else {
            match name.parse::<usize>() {
                Ok(0) => return wrong("a condition can't ask for group 0"),
                Ok(group) if name.bytes().all(|byte| byte.is_ascii_digit()) => self.asked_for(group)?,
                _ => return wrong(format!("`{name}` is no name of a group")),
            }
        }
        let mut width = self.sequence(verbose, false)?;
        let other = if self.take('|') {
            self.sequence(verbose, false)?
        } else {
            Width::NONE
        };
        width = width.or(other);
        if self.peek() == Some('|') {
            return wrong("a condition has two branches at most");
        }
        self.close()?;
        Ok(Item::Other(width))
    }

    fn asked_for(&mut self, group: usize) -> Result<(), Stop> {
        self.asked.push(group);
        match self.behind {
            Some(_) => self.reference(group).map(|_| ()),
            None => Ok(()),
        }
    }

    /// `(?i)` for the whole pattern, `(?i:…)`, `(?a-i:…)`.
    fn flags(&mut self, verbose: bool, first: bool) -> Result<Option<Item>, Stop> {
        let on = self.letters()?;
        if self.take(')') {
            if on.contains('x') && !self.verbose {
                return Err(Stop::Verbose);
            }
            let start = first && self.depth == 1;
            return match on.is_empty() {
                true => wrong("`(?` goes on with nothing that Python knows"),
                false if !start => wrong("flags for the whole pattern stand at its start"),
                false => Ok(None),
            };
        }
        let mut off = String::new();
        if self.take('-') {
            off = self.letters()?;
            if off.is_empty() {
                return wrong("a flag is missing behind `-`");
            }
            if off.contains(['a', 'u', 'L']) {
                return wrong("the flags `a` and `u` can't be turned off");
            }
            if let Some(both) = on.chars().find(|flag| off.contains(*flag)) {
                return wrong(format!("the flag `{both}` is turned on and off"));
            }
        }
        if !self.take(':') {
            return match self.peek() {
                Some(c) => wrong(format!("`(?{on}{c}` is nothing that Python knows")),
                None => wrong("a `(?` is not closed"),
            };
        }
        if on.is_empty() && off.is_empty() {
            return wrong("`(?` goes on with nothing that Python knows");
        }
        let verbose = (verbose || on.contains('x')) && !off.contains('x');
        self.inner(verbose).map(Some)
    }

    fn letters(&mut self) -> Result<String, Stop> {
        let mut letters = String::new();
        while let Some(flag) = self.peek().filter(|c| "aiLmsux".contains(*c)) {
            self.at += 1;
            letters.push(flag);
        }
        if letters.contains('L') {
            return wrong("the flag `L` is for bytes");
        }
        match letters.contains('a') && letters.contains('u') {
            true => wrong("the flags `a` and `u` exclude each other"),
            false => Ok(letters),
        }
    }
}

fn check_name(name: &str) -> Result<(), Stop> {
    match is_name(name) {
        true => Ok(()),
        false => wrong(format!("`{name}` is no name of a group")),
    }
}

/// Letters, digits and underscores, no digit first.
fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && chars.all(|c| c.is_alphanumeric() || c == '_')
}
