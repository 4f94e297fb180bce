//! Settings, with their table of keys, defaults and documentation.

/// What the user can set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {}
