//! Text → one neutral tree for YAML and JSON. Parsing never fails; the result depends on the bytes only.

pub mod chunk;
pub mod cursor;
pub mod error;
pub mod json;
pub mod node;
mod reader;
pub mod reparse;
pub mod row;
pub mod scalar;
pub mod scalar_type;
pub mod yaml;

pub use chunk::{Chunk, Role, Tree};
pub use error::{SyntaxError, SyntaxErrorKind};
pub use node::{Entry, Kind, Node, NodeId, Style};

/// The two notations of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Yaml,
    Json,
}

/// Parses `text`. Errors stand in the tree's chunks (`Tree::errors`).
pub fn parse(text: &str, format: Format) -> Tree {
    match format {
        Format::Yaml => yaml::parse(text),
        Format::Json => json::parse(text),
    }
}
