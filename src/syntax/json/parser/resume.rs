//! What a reading that begins between two chunks must know of the text before it.

use super::{Frame, Level, Parser, missing_comma};

impl Parser<'_> {
    /// The open maps (the root, and a section in it) at a chunk's begin, outermost first.
    pub(in crate::syntax::json) fn levels(&self) -> [Option<Level>; 2] {
        let level = |at: usize| self.frames.get(at).map(|frame| frame.level);
        [level(0), level(1)]
    }

    /// Opens maps as they were at a chunk's begin.
    pub(in crate::syntax::json) fn reopen(&mut self, levels: [Option<Level>; 2]) {
        self.frames = levels
            .into_iter()
            .flatten()
            .map(|level| Frame {
                map: true,
                open: None,
                level,
                members: 1,
                comma: None,
            })
            .collect();
    }

    /// The brackets of the open maps stand in a chunk that is done.
    pub(in crate::syntax::json) fn leave_brackets_behind(&mut self) {
        for frame in &mut self.frames {
            frame.open = None;
        }
    }

    /// Whether the comma before the next token is missing, which is still to be reported.
    pub(in crate::syntax::json) fn misses_comma(&self) -> bool {
        self.pending.is_some()
    }

    /// Sets what [`Parser::misses_comma`] answers.
    pub(in crate::syntax::json) fn set_misses_comma(&mut self, any: bool) {
        let token = self.peek();
        self.pending = any.then(|| missing_comma(token));
    }

    /// Whether the line that the reading stands on has its error already.
    pub(in crate::syntax::json) fn line_has_error(&self) -> bool {
        self.error_line == Some(self.lexer.line)
    }

    /// Sets what [`Parser::line_has_error`] answers.
    pub(in crate::syntax::json) fn set_line_has_error(&mut self, any: bool) {
        self.error_line = any.then_some(self.lexer.line);
    }
}
