//! What can be looked up about resource types, in the user's language.

use crate::catalog::Catalog;
use crate::catalog::prose::TypeProse;
use crate::config::Locale;
use crate::language::Doc;

/// The catalog, and the language of whoever asks.
#[derive(Clone, Copy, Debug)]
pub struct Library<'a> {
    pub catalog: &'a Catalog,
    pub locale: Locale,
}

impl Library<'_> {
    /// A text of our own.
    pub(crate) fn doc(self, doc: Doc) -> &'static str {
        doc.for_locale(self.locale.tag())
    }

    /// A text of our own whose `{}` stand for `values`, in their order.
    pub(crate) fn fill(self, doc: Doc, values: &[&str]) -> String {
        let mut pieces = self.doc(doc).split("{}");
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for (index, piece) in pieces.enumerate() {
            text.push_str(values.get(index).unwrap_or(&""));
            text.push_str(piece);
        }
        text
    }

    /// One line about a property, or, for an empty path, a resource type.
    pub(crate) fn brief(self, type_name: &str, path: &str) -> Option<String> {
        let briefs = self.catalog.briefs(type_name)?;
        Some(briefs.get(path)?.for_locale(self.locale.tag()).to_owned())
    }

    /// Asks what is written about a type, in the user's language, until something answers.
    pub(crate) fn said<T>(self, type_name: &str, ask: impl FnMut(&TypeProse) -> Option<T>) -> Option<T> {
        self.said_in(self.locale.tag(), type_name, ask)
    }

    /// The same in English, for a user of another language.
    pub(crate) fn said_in_english<T>(
        self,
        type_name: &str,
        ask: impl FnMut(&TypeProse) -> Option<T>,
    ) -> Option<T> {
        let foreign = self.locale.tag() != "en";
        foreign.then(|| self.said_in("en", type_name, ask)).flatten()
    }

    fn said_in<T>(
        self,
        language: &str,
        type_name: &str,
        mut ask: impl FnMut(&TypeProse) -> Option<T>,
    ) -> Option<T> {
        self.catalog
            .prose(type_name, language)
            .find_map(|prose| ask(&prose))
    }
}
