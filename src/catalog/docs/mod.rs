//! The docs pack: what the official documentation says in sentences, kept on the user's machine and read one type at a time.

use super::prose::TypeProse;
use std::sync::Arc;

/// The packs that are installed, one a language.
#[derive(Debug, Default)]
pub struct Docs {}

impl Docs {
    /// What the pack of a language says of a type. The language of a locale such as `zh_CN.UTF-8` or `zh-cn` counts.
    /// `None` where there is no such pack, where it doesn't know the type, or where it is damaged.
    pub fn prose(&self, _locale: &str, _type_name: &str) -> Option<Arc<TypeProse>> {
        None
    }
}
