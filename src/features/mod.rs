//! What an editor asks for: one file a feature, from a document, the catalog and an offset to a plain answer.

pub mod completion;
pub mod definition;
pub mod hover;
mod reference;
pub mod schema;
pub mod symbols;

use crate::catalog::Catalog;
use crate::config::Config;
use crate::document::Document;

/// What every feature works on.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub document: &'a Document,
    pub catalog: &'a Catalog,
    pub config: &'a Config,
}
