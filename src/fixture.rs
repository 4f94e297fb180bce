//! Test fixtures: a template with `$0` where the cursor stands.

use crate::catalog::Catalog;
use crate::catalog::own::{OwnPage, OwnTypes};
use crate::config::Config;
use crate::document::Document;
use crate::features::Context;
use crate::syntax::Format;
use std::path::PathBuf;
use std::sync::Arc;

#[path = "../tests/support/skipped.rs"]
pub(crate) mod skipped;

/// A document with a cursor.
pub(crate) struct Fixture {
    pub(crate) text: String,
    /// Byte offset of the cursor.
    pub(crate) offset: u32,
    pub(crate) document: Document,
    config: Config,
    catalog: Catalog,
}

impl Fixture {
    /// Reads a picture: the first `$0` is the cursor; text that starts with `{` is JSON.
    pub(crate) fn new(picture: &str) -> Self {
        let picture = picture.strip_prefix('\n').unwrap_or(picture);
        let format = match picture.replacen("$0", "", 1).trim_start().starts_with('{') {
            true => Format::Json,
            false => Format::Yaml,
        };
        Fixture::of(picture, format)
    }

    /// A picture in a given format.
    pub(crate) fn of(picture: &str, format: Format) -> Self {
        let offset = picture.find("$0").expect("a fixture has a cursor");
        let text = picture.replacen("$0", "", 1);
        Fixture {
            document: Document::new(&text, format),
            text,
            offset: offset as u32,
            config: Config::default(),
            catalog: Catalog::embedded().clone(),
        }
    }

    /// With settings other than the defaults.
    pub(crate) fn with_config(self, config: Config) -> Self {
        Fixture { config, ..self }
    }

    /// With what pages of the workspace say.
    pub(crate) fn with_pages(self, pages: &[&str]) -> Self {
        let catalog = with_pages(pages);
        Fixture { catalog, ..self }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            document: &self.document,
            catalog: &self.catalog,
            config: &self.config,
        }
    }
}

/// The catalog with what pages of a workspace say; these are called `0.md`, `1.md`, …
pub(crate) fn with_pages(pages: &[&str]) -> Catalog {
    let read = |(index, text): (usize, &&str)| Arc::new(OwnPage::read(format!("{index}.md"), *text));
    let pages: Vec<_> = pages.iter().enumerate().map(read).collect();
    let (types, _) = OwnTypes::of(&pages, &OwnTypes::default());
    Catalog::embedded().with_own_types(Arc::new(types))
}

/// The text of every real template under `ROS_LSP_SHARED`, with its path; `None` where there are none, for a test that is
/// then skipped.
pub(crate) fn corpus(test: &str) -> Option<Vec<(PathBuf, String)>> {
    let mut found = Vec::new();
    let mut folders = vec![skipped::shared(test, "corpus")?.join("corpus")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the corpus can be read") {
            let path = entry.expect("the corpus can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|e| e == "yml" || e == "yaml" || e == "json")
            {
                let text = std::fs::read_to_string(&path).expect("templates are UTF-8");
                found.push((path, text));
            }
        }
    }
    found.sort();
    Some(found)
}
