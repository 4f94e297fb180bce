//! What a closing bracket closes, by its kind and by the indentation around it.

use super::{Frame, Parser};
use crate::syntax::json::lexer::{Lexer, TokenKind};

pub(super) enum Close {
    Here,
    Outer,
    Nothing,
}

impl<'s> Parser<'s> {
    /// Whether the entry's last bracket, if it begins a line, stands where the entry began: else it may well be the
    /// bracket of the map around. One in the middle of a line is one too many when deeper keys follow.
    pub(super) fn closed_in_place(&mut self, indent: Option<i32>) -> bool {
        let Some(indent) = indent else { return true };
        let end = self.lexer.pos;
        if !self.lexer.slice(end.saturating_sub(1), end).ends_with(['}', ']']) {
            return true;
        }
        match self.lexer.fresh(end.saturating_sub(1)) {
            true => self.lexer.indent() == indent,
            false => self.next_key_indent(self.lexer).is_none_or(|key| key <= indent),
        }
    }

    /// Indentation of the key that begins the next line, a comma before it or not.
    fn next_key_indent(&mut self, mut ahead: Lexer<'s>) -> Option<i32> {
        let mut key = ahead.next();
        if key.kind == TokenKind::Comma {
            key = ahead.next();
        }
        let indent = (key.kind == TokenKind::String && ahead.fresh(key.start)).then(|| ahead.indent());
        let colon = indent.is_some() && ahead.next().kind == TokenKind::Colon;
        self.saw(&ahead);
        indent.filter(|_| colon)
    }

    /// What a closing bracket closes. `indent` for one that begins its line.
    pub(super) fn close_of(&mut self, map: bool, frame: Frame, indent: Option<i32>) -> Close {
        if self.strict {
            return if map == frame.map {
                Close::Here
            } else {
                Close::Outer
            };
        }
        if let Some(close) = self.close_by_indent(map, frame, indent) {
            // Valid text may be indented like that.
            self.claimed = true;
            return close;
        }
        let outer = &self.frames[..self.frames.len() - 1];
        if map == frame.map {
            Close::Here
        } else if outer.iter().any(|outer| outer.map == map) {
            Close::Outer
        } else {
            Close::Nothing
        }
    }

    /// Where the indentation says that a bracket does not close what is open, though it may be of that kind.
    fn close_by_indent(&mut self, map: bool, frame: Frame, indent: Option<i32>) -> Option<Close> {
        let Some(indent) = indent else {
            return self.members_go_on(frame).then_some(Close::Nothing);
        };
        // At the place of the members, a bracket closes one too many.
        let level = frame.level;
        let content = level.content.filter(|content| *content > level.indent);
        if content.is_some_and(|content| indent >= content) {
            return Some(Close::Nothing);
        }
        let outer = &self.frames[..self.frames.len() - 1];
        let claimed = outer
            .iter()
            .any(|outer| outer.map == map && outer.level.indent == indent);
        (indent < level.indent && claimed).then_some(Close::Outer)
    }

    /// Whether, behind a closing bracket in the middle of a line, another key stands at the place of the members.
    fn members_go_on(&mut self, frame: Frame) -> bool {
        let level = frame.level;
        let Some(content) = level.content.filter(|content| *content > level.indent) else {
            return false;
        };
        let mut ahead = self.lexer;
        ahead.next();
        self.next_key_indent(ahead) == Some(content)
    }
}
