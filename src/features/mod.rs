//! What an editor asks for: one file a feature, from a document, the catalog and an offset to a plain answer.

pub mod card;
pub mod completion;
pub mod definition;
pub mod hover;
mod reference;
pub mod schema;
pub mod symbols;
#[cfg(test)]
mod tests;

use crate::catalog::Catalog;
use crate::config::{Config, Locale};
use crate::document::Document;
use crate::language::Doc;

/// What every feature works on.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub document: &'a Document,
    pub catalog: &'a Catalog,
    pub config: &'a Config,
}

impl Context<'_> {
    /// A text of the language's documentation in the user's language.
    fn doc(&self, doc: Doc) -> &'static str {
        match self.config.hover_locale {
            Locale::ZhCn => doc.zh,
            Locale::En | Locale::Auto => doc.en,
        }
    }

    /// What is to be said about a property (or, for an empty path, a resource type), in the user's language.
    fn brief(&self, type_name: &str, path: &str) -> Option<String> {
        let briefs = self.catalog.briefs(type_name)?;
        let brief = briefs.get(path)?;
        Some(match self.config.hover_locale {
            Locale::ZhCn => brief.zh.clone(),
            Locale::En | Locale::Auto => brief.en.clone(),
        })
    }

    /// The keys of localized texts in a template, the user's language first.
    fn languages(&self) -> [&'static str; 2] {
        match self.config.hover_locale {
            Locale::ZhCn => ["zh-cn", "en"],
            Locale::En | Locale::Auto => ["en", "zh-cn"],
        }
    }
}
