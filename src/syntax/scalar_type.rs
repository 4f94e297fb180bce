//! The type that the service's loader gives to a plain scalar: YAML 1.1 as PyYAML resolves it, or JSON.

use super::Node;

/// A scalar's value after typing.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// An unquoted date or time: YAML 1.1 loaders make a date of it.
    Timestamp,
    String,
}

impl Node<'_> {
    /// The typed value of a scalar or `Empty` node (null); `None` for collections and aliases.
    pub fn typed(self) -> Option<Typed> {
        None
    }
}
