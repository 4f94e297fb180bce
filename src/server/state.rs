//! What the server remembers: the open documents, one value a version, and the configuration.

use super::capabilities::Client;
use super::own_types::{self, Pages};
use super::{from_proto, to_proto};
use crate::catalog::Catalog;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::features::Context;
use crate::features::library::Library;
use crate::features::typing::{self, Typing};
use crate::rules::Analysis;
use crate::syntax::Format;
use crate::template::changes::Changes;
use crate::template::detect::{is_template, may_become_template};
use crate::text::TextRange;
use crate::text::buffer::{Buffer, Touched};
use crate::text::line_index::Encoding;
use crate::text::patch::Patch;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tower_lsp::ls_types::{self as lsp, Uri};

tokio::task_local! {
    /// The version that a request is about: the one that was current when the request was read.
    pub(super) static ASKED_ABOUT: Option<Arc<Version>>;
}

/// Shared by all parts of the server.
#[derive(Debug)]
pub(super) struct State {
    client: OnceLock<Client>,
    documents: Mutex<HashMap<Uri, Open>>,
    /// The configuration, and how many there have been before.
    config: Mutex<(u64, Arc<Config>)>,
    /// The catalog, and how many there have been before.
    catalog: Mutex<(u64, Catalog)>,
    pub(super) pages: Pages,
}

/// A document that the client has open.
#[derive(Clone, Debug)]
pub(super) enum Open {
    Current(Arc<Version>),
    /// A change could not be read: the text is unknown until the client sends all of it.
    OutOfSync {
        format: Format,
    },
}

/// One version of one document. The text is fixed; what it means is computed when first asked for.
#[derive(Debug)]
pub(super) struct Version {
    pub(super) uri: Uri,
    /// The client's number.
    pub(super) number: i32,
    pub(super) format: Format,
    pub(super) buffer: Buffer,
    /// Unlike any other version's in this session.
    serial: u64,
    superseded: AtomicBool,
    /// The version that this one is computed from, until it is computed.
    base: Mutex<Option<Base>>,
    meaning: OnceLock<Meaning>,
    findings: Mutex<Option<Findings>>,
    /// Shared by all versions since the whole text was sent.
    typing: Arc<Mutex<Typing>>,
}

/// A version that is computed, and what has changed since.
#[derive(Clone, Debug)]
struct Base {
    version: Arc<Version>,
    patch: Patch,
}

/// What a version's text means.
#[derive(Debug)]
struct Meaning {
    document: Document,
    is_template: bool,
    analysis: Mutex<Analysed>,
}

/// How far the findings of a version are known.
#[derive(Debug)]
enum Analysed {
    Not,
    /// The findings of the version before, under a catalog, and what differs, until the own ones are asked for.
    Nearly(Catalog, Analysis, Changes),
    Known(Catalog, Analysis),
}

/// The findings on a version under one configuration and one catalog.
#[derive(Clone, Debug)]
pub(super) struct Findings {
    pub(super) list: Arc<Vec<Diagnostic>>,
    config: Arc<Config>,
    catalog: Catalog,
}

/// The findings that the author is to see now.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) list: Arc<Vec<Diagnostic>>,
    /// When to look again, because some wait for a pause.
    pub(super) due: Option<Instant>,
    /// Another number for each list of one version.
    pub(super) revision: u64,
    /// All there are.
    findings: Findings,
}

/// All that a request needs, as it was when the request was read.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    pub(super) version: Arc<Version>,
    pub(super) config: Arc<Config>,
    pub(super) catalog: Catalog,
    /// Numbers of the configuration and of the catalog.
    serials: (u64, u64),
    pub(super) client: Client,
}

impl State {
    pub(super) fn new() -> Self {
        State {
            client: OnceLock::new(),
            documents: Mutex::default(),
            config: Mutex::default(),
            catalog: Mutex::new((0, Catalog::embedded().clone())),
            pages: Pages::default(),
        }
    }

    /// Keeps what was negotiated; a second call changes nothing.
    pub(super) fn set_client(&self, client: Client) {
        self.client.get_or_init(|| client);
    }

    /// `None` before `initialize`.
    pub(super) fn client(&self) -> Option<Client> {
        self.client.get().copied()
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.client().map_or(Encoding::Utf16, |client| client.encoding)
    }

    pub(super) fn config(&self) -> Arc<Config> {
        lock(&self.config).1.clone()
    }

    pub(super) fn set_config(&self, config: Config) {
        let mut current = lock(&self.config);
        *current = (current.0 + 1, Arc::new(config));
    }

    pub(super) fn catalog(&self) -> Catalog {
        lock(&self.catalog).1.clone()
    }

    /// Puts another catalog in place of the present one.
    pub(super) fn change_catalog(&self, change: impl FnOnce(&Catalog) -> Catalog) {
        let mut current = lock(&self.catalog);
        let changed = change(&current.1);
        *current = (current.0 + 1, changed);
    }

    pub(super) fn open(&self, uri: &Uri) -> Option<Open> {
        lock(&self.documents).get(uri).cloned()
    }

    /// The current text, unless the document is closed or out of sync.
    pub(super) fn current(&self, uri: &Uri) -> Option<Arc<Version>> {
        match lock(&self.documents).get(uri)? {
            Open::Current(version) => Some(version.clone()),
            Open::OutOfSync { .. } => None,
        }
    }

    /// Replaces what is known of a document; `None` closes it. What was current is superseded.
    pub(super) fn put(&self, uri: &Uri, open: Option<Open>) {
        let old = match open {
            Some(open) => lock(&self.documents).insert(uri.clone(), open),
            None => lock(&self.documents).remove(uri),
        };
        if let Some(Open::Current(old)) = old {
            old.superseded.store(true, Ordering::Release);
        }
    }

    pub(super) fn uris(&self) -> Vec<Uri> {
        lock(&self.documents).keys().cloned().collect()
    }

    /// The version that the running request is about.
    pub(super) fn snapshot(&self, uri: &Uri) -> Option<Snapshot> {
        let asked = ASKED_ABOUT.try_with(Clone::clone).ok().flatten();
        let (config_serial, config) = lock(&self.config).clone();
        let (catalog_serial, catalog) = lock(&self.catalog).clone();
        Some(Snapshot {
            version: asked.or_else(|| self.current(uri))?,
            config,
            catalog,
            serials: (config_serial, catalog_serial),
            client: self.client()?,
        })
    }
}

impl Version {
    pub(super) fn new(uri: Uri, number: i32, format: Format, buffer: Buffer) -> Self {
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        Version {
            uri,
            number,
            format,
            buffer,
            serial: SERIAL.fetch_add(1, Ordering::Relaxed),
            superseded: AtomicBool::new(false),
            base: Mutex::default(),
            meaning: OnceLock::new(),
            findings: Mutex::default(),
            typing: Arc::default(),
        }
    }

    /// The version after `self`, whose text differs by what was touched.
    pub(super) fn edited(self: &Arc<Self>, number: i32, buffer: Buffer, touched: &[Touched]) -> Self {
        let mut version = Version::new(self.uri.clone(), number, self.format, buffer);
        version.typing = self.typing.clone();
        let is_typed = typing::is_typed(&self.buffer, &version.buffer, touched);
        lock(&self.typing).edited(version.serial, touched, is_typed, Instant::now());
        let base = if self.meaning.get().is_some() {
            Some(Base {
                version: self.clone(),
                patch: Patch::of(touched),
            })
        } else {
            // Edits that come faster than they are computed are computed at once.
            lock(&self.base).clone().map(|mut base| {
                base.patch.extend(touched);
                base
            })
        };
        *lock(&version.base) = base;
        version
    }

    /// The text has changed since, or the document is closed.
    pub(super) fn is_superseded(&self) -> bool {
        self.superseded.load(Ordering::Acquire)
    }

    /// The parsed template; `None` for a file that is none. Parses on the first call.
    pub(super) fn template(&self) -> Option<&Document> {
        let meaning = self.text_meaning()?;
        meaning.is_template.then_some(&meaning.document)
    }

    /// The same, or a file that may become one with its first words.
    pub(super) fn template_to_be(&self) -> Option<&Document> {
        let document = &self.text_meaning()?.document;
        self.template()
            .or_else(|| may_become_template(&document.tree).then_some(document))
    }

    /// `None` for a page of own types or what stands beside them, whatever examples of templates it has.
    fn text_meaning(&self) -> Option<&Meaning> {
        (!own_types::is_beside_pages(&self.uri)).then(|| self.meaning())
    }

    fn meaning(&self) -> &Meaning {
        let meaning = self.meaning.get_or_init(|| {
            let base = lock(&self.base).clone();
            let known = base.as_ref().and_then(|base| base.version.meaning.get());
            let (document, analysis) = match (&base, known) {
                (Some(base), Some(known)) => {
                    let (document, changes) = known.document.edited(&self.buffer, &base.patch);
                    let near = known.analysis_if_near();
                    let analysis = near.map_or(Analysed::Not, |(catalog, analysis)| {
                        Analysed::Nearly(catalog, analysis, changes)
                    });
                    (document, analysis)
                }
                _ => (Document::new(&self.buffer.text(), self.format), Analysed::Not),
            };
            Meaning {
                is_template: is_template(&document.tree, self.uri.path().as_str()),
                document,
                analysis: Mutex::new(analysis),
            }
        });
        *lock(&self.base) = None;
        meaning
    }

    /// All findings; `None` for a file that is no template. Computed once for each configuration and catalog.
    pub(super) fn findings(&self, config: &Arc<Config>, catalog: &Catalog) -> Option<Findings> {
        let document = self.template()?;
        let mut known = lock(&self.findings);
        if let Some(known) = known.as_ref()
            && known.are_under(config, catalog)
        {
            return Some(known.clone());
        }
        let list = if config.diagnostics_enable {
            let analysis = self.meaning().analysis(catalog);
            analysis.findings(document, catalog, config)
        } else {
            Vec::new()
        };
        let found = Findings {
            list: Arc::new(list),
            config: config.clone(),
            catalog: catalog.clone(),
        };
        *known = Some(found.clone());
        Some(found)
    }

    /// The findings to show at `now`: new ones wait while the author types. `None` for a file that is no template.
    pub(super) fn shown(&self, config: &Arc<Config>, catalog: &Catalog, now: Instant) -> Option<Shown> {
        let findings = self.findings(config, catalog);
        let nothing = Arc::default();
        let list = findings.as_ref().map_or(&nothing, |findings| &findings.list);
        let tree = &self.text_meaning()?.document.tree;
        let pause = Duration::from_millis(config.diagnostics_typing_pause.into());
        // A file that becomes a template with its next letters was being typed all the while.
        let view = lock(&self.typing).look(self.serial, tree, list, pause, now);
        Some(Shown {
            list: view.list,
            due: view.due,
            revision: view.revision,
            findings: findings?,
        })
    }

    /// The revision of the findings that were shown last.
    pub(super) fn shown_revision(&self) -> u64 {
        lock(&self.typing).revision()
    }

    /// The document was saved. Whether something may be shown now that has waited.
    pub(super) fn saved(&self) -> bool {
        lock(&self.typing).saved()
    }

    /// A request says that the cursor is at this offset. Whether something may be shown now that has waited.
    pub(super) fn cursor_at(&self, offset: u32) -> bool {
        let Some(meaning) = self.meaning.get() else {
            return false;
        };
        lock(&self.typing).cursor_at(self.serial, &meaning.document.tree, offset)
    }
}

impl Shown {
    /// Whether it is `other`, under this configuration and catalog.
    pub(super) fn is_still(&self, other: &Shown) -> bool {
        let (now, then) = (&self.findings, &other.findings);
        self.revision == other.revision && then.are_under(&now.config, &now.catalog)
    }
}

impl Findings {
    /// Whether they are those under this configuration and catalog.
    pub(super) fn are_under(&self, config: &Arc<Config>, catalog: &Catalog) -> bool {
        Arc::ptr_eq(&self.config, config) && self.catalog.has_facts_of(catalog)
    }
}

impl Meaning {
    fn analysis(&self, catalog: &Catalog) -> Analysis {
        let mut known = lock(&self.analysis);
        let analysis = match &*known {
            Analysed::Known(under, analysis) if under.has_facts_of(catalog) => return analysis.clone(),
            Analysed::Nearly(under, before, changes) if under.has_facts_of(catalog) => {
                before.edited(&self.document, catalog, changes)
            }
            _ => Analysis::of(&self.document, catalog),
        };
        *known = Analysed::Known(catalog.clone(), analysis.clone());
        analysis
    }

    /// The analysis and its catalog, where it is known or costs little.
    fn analysis_if_near(&self) -> Option<(Catalog, Analysis)> {
        let catalog = match &*lock(&self.analysis) {
            Analysed::Not => return None,
            Analysed::Nearly(catalog, ..) | Analysed::Known(catalog, _) => catalog.clone(),
        };
        let analysis = self.analysis(&catalog);
        Some((catalog, analysis))
    }
}

impl Snapshot {
    /// A byte offset for the client's position.
    pub(super) fn offset(&self, position: lsp::Position) -> u32 {
        let position = from_proto::position(position);
        self.version.buffer.offset(position, self.client.encoding)
    }

    /// The client's range for bytes.
    pub(super) fn range(&self, range: TextRange) -> lsp::Range {
        to_proto::range(&self.version.buffer, range, self.client.encoding)
    }

    /// Unlike that of any other version, configuration, catalog or list of findings to show.
    pub(super) fn result_id(&self, revision: u64) -> String {
        let (config, catalog) = self.serials;
        format!("{}/{config}/{catalog}/{revision}", self.version.serial)
    }

    /// What can be looked up, in the user's language.
    pub(super) fn library(&self) -> Library<'_> {
        Library {
            catalog: &self.catalog,
            locale: self.config.hover_locale,
        }
    }

    /// What features work on, for a document of this version.
    pub(super) fn context<'a>(&'a self, document: &'a Document) -> Context<'a> {
        Context {
            document,
            catalog: &self.catalog,
            config: &self.config,
        }
    }
}

/// The notation of a document: by the client's language id, else by the file's name, else by its first character.
pub(super) fn format_of(language: &str, uri: &Uri, text: &str) -> Format {
    let language = language.to_ascii_lowercase();
    let path = uri.path().as_str().to_ascii_lowercase();
    if language.contains("json") {
        Format::Json
    } else if language.contains("yaml") || language.contains("yml") {
        Format::Yaml
    } else if path.ends_with(".json") || path.ends_with(".jsonc") {
        Format::Json
    } else if path.ends_with(".yaml") || path.ends_with(".yml") {
        Format::Yaml
    } else if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        Format::Json
    } else {
        Format::Yaml
    }
}

/// Locks; a panic elsewhere while it was locked leaves data that is whole, because writers only replace values.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notation_is_known_by_language_then_name_then_text() {
        let format = |language, name: &str, text| {
            format_of(language, &format!("file:///a/{name}").parse().unwrap(), text)
        };
        assert_eq!(format("jsonc", "t.yml", ""), Format::Json);
        assert_eq!(format("ros-template-yaml", "t.json", "{"), Format::Yaml);
        assert_eq!(format("plaintext", "t.JSON", "a: b"), Format::Json);
        assert_eq!(format("", "t.yml", "{}"), Format::Yaml);
        assert_eq!(format("ros", "t", "\u{feff} \n{"), Format::Json);
        assert_eq!(format("ros", "t", "a: b"), Format::Yaml);
    }
}
