//! What parentheses open: groups, looks around, conditions, flags.

use super::{Item, Parser, Stop, Width, wrong};

impl Parser<'_> {
    /// What `(` opens; `None` for a comment or flags.
    pub(super) fn group(&mut self, verbose: bool, first: bool) -> Result<Option<Item>, Stop> {
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

    pub(super) fn close(&mut self) -> Result<(), Stop> {
        if self.take(')') {
            Ok(())
        } else {
            wrong("a `(` is not closed")
        }
    }

    pub(super) fn inner(&mut self, verbose: bool) -> Result<Item, Stop> {
        let width = self.alternatives(verbose)?;
        self.close()?;
        Ok(Item::Other(width))
    }

    pub(super) fn capture(&mut self, verbose: bool, name: Option<String>) -> Result<Item, Stop> {
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

    pub(super) fn named_group(&mut self, verbose: bool) -> Result<Item, Stop> {
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

    pub(super) fn look_behind(&mut self, verbose: bool) -> Result<Item, Stop> {
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

    pub(super) fn conditional(&mut self, verbose: bool) -> Result<Item, Stop> {
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

    pub(super) fn asked_for(&mut self, group: usize) -> Result<(), Stop> {
        self.asked.push(group);
        match self.behind {
            Some(_) => self.reference(group).map(|_| ()),
            None => Ok(()),
        }
    }

    /// `(?i)` for the whole pattern, `(?i:…)`, `(?a-i:…)`.
    pub(super) fn flags(&mut self, verbose: bool, first: bool) -> Result<Option<Item>, Stop> {
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

    pub(super) fn letters(&mut self) -> Result<String, Stop> {
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
