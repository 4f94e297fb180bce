//! Rules: document × catalog → diagnostics.

use crate::catalog::Catalog;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::Document;

/// All findings on a document, in text order.
pub fn check(document: &Document, catalog: &Catalog, config: &Config) -> Vec<Diagnostic> {
    let _ = (document, catalog, config);
    Vec::new()
}
