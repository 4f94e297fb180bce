//! The workspace's own types: finds their pages, follows what happens to them, and puts what they say into effect.
//!
//! All of it happens on one thread, in the order of the events; nobody else reads a file. What is open in the editor counts
//! with its unsaved text. Pages of several folders make one catalog: workspace folders first, in the client's order, then
//! those above opened templates.

use super::backend::Shared;
use super::gate::panic_text;
use super::state::{Open, State, lock};
use super::to_proto;
use super::uri::{address_above, encoded, path_of};
use crate::catalog::import::pages::Problem;
use crate::catalog::own::{OwnPage, OwnTypes, PROBLEM, folder};
use crate::text::line_index::LineIndex;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tower_lsp::ls_types::{
    Diagnostic, DiagnosticSeverity, InitializeParams, MessageType, NumberOrString, PublishDiagnosticsParams,
    Uri, WorkspaceFoldersChangeEvent,
};

/// How long diagnostics of templates wait for pages that are being read.
const PATIENCE: Duration = Duration::from_millis(300);

/// What is to be watched: pages, and the folders that take them along when they go.
pub(super) const WATCHED: [&str; 3] = ["**/.ros/types/*.md", "**/.ros/types", "**/.ros"];

/// Something that may concern pages.
#[derive(Debug)]
enum Event {
    Start(Shared),
    Folders(WorkspaceFoldersChangeEvent),
    /// Files that the client saw changing.
    Files(Vec<Uri>),
    /// A page was opened, changed or closed in the editor.
    Page(Uri),
    /// A template was opened or saved.
    Template(Uri),
}

/// Hears of events; shared by all parts of the server.
#[derive(Debug, Default)]
pub(super) struct Pages {
    queue: Mutex<Queue>,
    /// Something came, or all is done.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Queue {
    /// Workspace folders as the client named them in `initialize`.
    folders: Vec<Uri>,
    due: VecDeque<Event>,
    started: bool,
    working: bool,
    /// Nobody waits for a client that never says `initialized`.
    given_up: bool,
}

impl Pages {
    /// Keeps what the client calls its workspace. Reads nothing yet.
    pub(super) fn initialize(&self, params: &InitializeParams) {
        #[allow(deprecated, reason = "older clients know nothing else")]
        let root = params.root_uri.clone();
        let folders = params.workspace_folders.clone().unwrap_or_default();
        let mut folders: Vec<Uri> = folders.into_iter().map(|folder| folder.uri).collect();
        if folders.is_empty() {
            folders.extend(root);
        }
        lock(&self.queue).folders = folders;
    }

    /// Starts the thread that reads pages.
    pub(super) fn start(&self, shared: &Shared) {
        let folders = {
            let mut queue = lock(&self.queue);
            if queue.started {
                return;
            }
            queue.started = true;
            queue.due.push_front(Event::Start(shared.clone()));
            std::mem::take(&mut queue.folders)
        };
        let state = shared.state.clone();
        thread::spawn(move || {
            let mut worker = Worker::new(folders);
            let mut reported = false;
            loop {
                let events = state.pages.next();
                // One page that can't be read must not end them all.
                let handled = catch_unwind(AssertUnwindSafe(|| worker.handle(&state, events)));
                if let (Err(panic), Some(shared), false) = (handled, &worker.shared, reported) {
                    let message = format!("own types: internal error: {}", panic_text(&*panic));
                    shared.outgoing.log(MessageType::ERROR, message);
                    reported = true;
                }
            }
        });
    }

    pub(super) fn folders(&self, event: WorkspaceFoldersChangeEvent) {
        self.push(Event::Folders(event));
    }

    pub(super) fn files(&self, uris: Vec<Uri>) {
        self.push(Event::Files(uris));
    }

    /// A document was opened, changed or closed: the method of the notification says which.
    pub(super) fn synced(&self, method: &str, uri: &Uri) {
        if is_page(uri) {
            self.push(Event::Page(uri.clone()));
        } else if method == "textDocument/didOpen" {
            self.push(Event::Template(uri.clone()));
        }
    }

    pub(super) fn saved(&self, uri: Uri) {
        if !is_page(&uri) {
            self.push(Event::Template(uri));
        }
    }

    fn push(&self, event: Event) {
        lock(&self.queue).due.push_back(event);
        self.changed.notify_all();
    }

    /// All events since the last call; waits for the first.
    fn next(&self) -> Vec<Event> {
        let mut queue = lock(&self.queue);
        queue.working = false;
        self.changed.notify_all();
        while queue.due.is_empty() {
            queue = self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        queue.working = true;
        queue.due.drain(..).collect()
    }

    /// Waits until all that happened so far is in effect, but not for long: a template is not first checked without the types
    /// that are just being read.
    pub(super) fn settle(&self) {
        let deadline = Instant::now() + PATIENCE;
        let mut queue = lock(&self.queue);
        loop {
            let over = queue.due.is_empty() && !queue.working && queue.started;
            if over || (!queue.started && queue.given_up) {
                return;
            }
            let Some(left) = deadline.checked_duration_since(Instant::now()) else {
                queue.given_up = true;
                return;
            };
            let waited = self.changed.wait_timeout(queue, left);
            queue = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// Whether a document is a page of the workspace's own types.
pub(super) fn is_page(uri: &Uri) -> bool {
    // N.B. Called for each keystroke: the text of the address says enough, whatever is encoded in the name.
    name_among_pages(uri).is_some_and(folder::is_page_name)
}

/// Whether a document is Markdown in a folder of pages: a page, or words about them. No template, whatever examples it has.
pub(super) fn is_beside_pages(uri: &Uri) -> bool {
    name_among_pages(uri).is_some_and(|name| name.to_ascii_lowercase().ends_with(".md"))
}

/// The last part of the address of a file in a folder of pages.
fn name_among_pages(uri: &Uri) -> Option<&str> {
    let (folder, name) = uri.path().as_str().rsplit_once('/')?;
    folder.ends_with("/.ros/types").then_some(name)
}

/// A folder that may have pages.
#[derive(Debug, PartialEq)]
struct Project {
    /// As the client calls it.
    uri: String,
    path: PathBuf,
}

/// A page as it was last read.
struct Known {
    /// What the file looked like; `None` for the text of the editor.
    stamp: Option<folder::Stamp>,
    page: Arc<OwnPage>,
}

/// The diagnostics of a page at the client.
type Shown = (Uri, Option<i32>, Vec<Diagnostic>);

struct Worker {
    shared: Option<Shared>,
    workspace: Vec<Project>,
    /// Projects above opened templates.
    found: Vec<Project>,
    /// Pages that the editor has open.
    open: HashMap<PathBuf, Uri>,
    known: BTreeMap<PathBuf, Known>,
    shown: HashMap<PathBuf, Shown>,
}

impl Worker {
    fn new(folders: Vec<Uri>) -> Self {
        Worker {
            shared: None,
            workspace: folders.iter().filter_map(Project::of).collect(),
            found: Vec::new(),
            open: HashMap::new(),
            known: BTreeMap::new(),
            shown: HashMap::new(),
        }
    }

    fn handle(&mut self, state: &State, events: Vec<Event>) {
        let mut anew = false;
        for event in events {
            match event {
                Event::Start(shared) => self.shared = Some(shared),
                Event::Folders(event) => {
                    self.change_folders(&event);
                    anew = true;
                }
                Event::Files(uris) => {
                    // Written again within the clock's tick, a file may look as before.
                    for path in uris.iter().filter_map(path_of) {
                        self.known.remove(&path);
                    }
                    anew = true;
                }
                Event::Page(uri) => self.note_page(state, &uri),
                Event::Template(uri) => self.find_project(&uri),
            }
        }
        if anew {
            // A folder of pages may have come into being above a template that is open.
            state.uris().iter().for_each(|uri| self.find_project(uri));
        }
        let pages = self.read(state);
        self.put_into_effect(state, &pages);
    }

    fn change_folders(&mut self, event: &WorkspaceFoldersChangeEvent) {
        let removed: Vec<Project> = event
            .removed
            .iter()
            .filter_map(|folder| Project::of(&folder.uri))
            .collect();
        self.workspace
            .retain(|project| removed.iter().all(|removed| removed.path != project.path));
        let added = event.added.iter().filter_map(|folder| Project::of(&folder.uri));
        for project in added {
            if self.workspace.iter().all(|known| known.path != project.path) {
                self.workspace.push(project);
            }
        }
    }

    fn note_page(&mut self, state: &State, uri: &Uri) {
        let Some(path) = path_of(uri) else { return };
        match state.open(uri) {
            Some(Open::Current(_)) => {
                self.open.insert(path, uri.clone());
                self.find_project(uri);
            }
            // A text that is out of sync is unknown: the file counts.
            Some(Open::OutOfSync { .. }) | None => {
                self.open.remove(&path);
            }
        }
    }

    /// Looks for pages beside a document and above it, within its workspace folder if it has one.
    fn find_project(&mut self, uri: &Uri) {
        let Some(path) = path_of(uri) else { return };
        let within = |project: &&Project| path.starts_with(&project.path);
        let top = self
            .workspace
            .iter()
            .filter(within)
            .max_by_key(|project| project.path.components().count())
            .map(|project| project.path.clone());
        let start = match folder::is_page(&path) {
            true => path.ancestors().nth(3),
            false => path.parent(),
        };
        let Some(project) = start.and_then(|start| folder::nearest_project(start, top.as_deref())) else {
            return;
        };
        let mut known = self.workspace.iter().chain(&self.found);
        if known.all(|known| known.path != project)
            && let Some(address) = address_above(uri, project)
        {
            self.found.push(Project {
                uri: address,
                path: project.to_owned(),
            });
        }
    }

    /// All pages, in the order in which they count. Reads those that are new or were written.
    fn read(&mut self, state: &State) -> Vec<(PathBuf, Uri, Arc<OwnPage>)> {
        let mut pages = Vec::new();
        let mut known = BTreeMap::new();
        for project in self.workspace.iter().chain(&self.found) {
            let folder = folder::of_project(&project.path);
            let mut files: BTreeMap<PathBuf, Option<folder::Stamp>> = folder::list(&folder)
                .into_iter()
                .map(|(path, stamp)| (path, Some(stamp)))
                .collect();
            // Also those that are not on disk yet.
            let open = self.open.keys().filter(|path| path.parent() == Some(&folder));
            files.extend(open.map(|path| (path.clone(), None)));
            for (path, stamp) in files {
                if known.contains_key(&path) {
                    continue;
                }
                let open = self.open.get(&path);
                let Some(uri) = open.cloned().or_else(|| project.page(&path)) else {
                    continue;
                };
                let text = open
                    .and_then(|uri| state.current(uri))
                    .map(|version| version.buffer.text());
                let before = self.known.remove(&path);
                let page = match (before, text) {
                    (Some(before), Some(text)) if before.page.text == text => before.page,
                    (_, Some(text)) => Arc::new(OwnPage::read(uri.as_str(), text)),
                    (Some(before), None) if stamp.is_some() && before.stamp == stamp => before.page,
                    (_, None) => Arc::new(folder::read_page(&path, uri.as_str())),
                };
                pages.push((path.clone(), uri, page.clone()));
                known.insert(path, Known { stamp, page });
            }
        }
        self.known = known;
        pages
    }

    fn put_into_effect(&mut self, state: &State, pages: &[(PathBuf, Uri, Arc<OwnPage>)]) {
        let all: Vec<Arc<OwnPage>> = pages.iter().map(|(_, _, page)| page.clone()).collect();
        let before = state.catalog();
        let (types, problems) = OwnTypes::of(&all, before.own_types());
        let new_facts = !types.has_facts_of(before.own_types());
        if new_facts || !types.has_pages_of(before.own_types()) {
            let types = Arc::new(types);
            state.change_catalog(|catalog| catalog.with_own_types(types));
        }
        let Some(shared) = self.shared.clone() else { return };
        if new_facts {
            shared.check_all();
        }
        self.publish(&shared, pages, problems);
    }

    /// Sends the diagnostics of pages whose diagnostics at the client are others.
    fn publish(
        &mut self,
        shared: &Shared,
        pages: &[(PathBuf, Uri, Arc<OwnPage>)],
        problems: Vec<Vec<Problem>>,
    ) {
        let state = &shared.state;
        let mut shown = HashMap::new();
        for ((path, uri, page), problems) in pages.iter().zip(problems) {
            let open = self.open.get(path).and_then(|uri| state.current(uri));
            // A newer text is due already.
            let version = open.map(|version| version.number);
            let list = diagnostics(state, page, problems);
            let before = self.shown.remove(path);
            let same = match &before {
                Some((at, number, known)) => {
                    at == uri && *known == list && (*number == version || list.is_empty())
                }
                None => list.is_empty(),
            };
            if !same {
                if let Some((at, ..)) = before.filter(|(at, ..)| at != uri) {
                    shared
                        .outgoing
                        .publish(PublishDiagnosticsParams::new(at, Vec::new(), None));
                }
                let params = PublishDiagnosticsParams::new(uri.clone(), list.clone(), version);
                shared.outgoing.publish(params);
            }
            if !list.is_empty() {
                shown.insert(path.clone(), (uri.clone(), version, list));
            }
        }
        for (_, (uri, _, list)) in std::mem::replace(&mut self.shown, shown) {
            if !list.is_empty() {
                shared
                    .outgoing
                    .publish(PublishDiagnosticsParams::new(uri, Vec::new(), None));
            }
        }
    }
}

impl Project {
    fn of(uri: &Uri) -> Option<Project> {
        Some(Project {
            path: path_of(uri)?,
            uri: uri.as_str().trim_end_matches('/').to_owned(),
        })
    }

    /// The address of a page: that of the project as the client writes it, and the file's name.
    fn page(&self, path: &Path) -> Option<Uri> {
        let name = encoded(&path.file_name()?.to_string_lossy());
        let [above, last] = folder::FOLDER;
        format!("{}/{above}/{last}/{name}", self.uri).parse().ok()
    }
}

fn diagnostics(state: &State, page: &OwnPage, problems: Vec<Problem>) -> Vec<Diagnostic> {
    if problems.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(&page.text);
    let diagnostic = |problem: Problem| Diagnostic {
        range: to_proto::range_of(&lines, problem.range, state.encoding()),
        severity: Some(DiagnosticSeverity::WARNING),
        code: Some(NumberOrString::String(PROBLEM.to_owned())),
        source: Some("ros".to_owned()),
        message: problem.message,
        ..Diagnostic::default()
    };
    problems.into_iter().map(diagnostic).collect()
}
