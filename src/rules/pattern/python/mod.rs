//! Whether a text is a regular expression by the rules of Python's `re` (3.11, for texts), and what is wrong with it.

mod escape;
mod group;
#[cfg(test)]
mod tests;

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
}
