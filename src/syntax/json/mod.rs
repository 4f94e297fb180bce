//! The recovering JSON parser.

use super::{Chunk, Format, Role, Tree};
use std::sync::Arc;

/// Parses a whole document.
pub fn parse(text: &str) -> Tree {
    let chunk = Chunk {
        role: Role::Trivia,
        format: Format::Json,
        text: text.into(),
        nodes: Box::new([]),
        properties: Box::new([]),
        errors: Box::new([]),
        lookahead: 0,
    };
    Tree::new(Format::Json, vec![Arc::new(chunk)], 1)
}
