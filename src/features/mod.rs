//! What an editor asks for: one file a feature, from a document, the catalog and an offset to a plain answer.

mod association;
pub mod card;
pub mod code_actions;
pub mod completion;
pub mod definition;
pub mod hover;
pub mod library;
mod reference;
pub mod references;
pub mod rename;
pub mod schema;
pub mod symbols;
#[cfg(test)]
mod tests;
pub mod typing;

use crate::catalog::Catalog;
use crate::config::{Config, Locale};
use crate::document::Document;
use crate::language::Doc;
use library::Library;

/// What every feature works on.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub document: &'a Document,
    pub catalog: &'a Catalog,
    pub config: &'a Config,
}

impl<'a> Context<'a> {
    /// What can be looked up, in the user's language.
    pub(crate) fn library(&self) -> Library<'a> {
        Library {
            catalog: self.catalog,
            locale: self.config.hover_locale,
        }
    }

    /// A text of the language's documentation in the user's language.
    fn doc(&self, doc: Doc) -> &'static str {
        self.library().doc(doc)
    }

    /// The keys of localized texts in a template, the user's language first.
    fn languages(&self) -> [&'static str; 2] {
        match self.config.hover_locale {
            Locale::ZhCn => ["zh-cn", "en"],
            Locale::En | Locale::Auto => ["en", "zh-cn"],
        }
    }
}
