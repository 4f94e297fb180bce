//! Pushing diagnostics: computed at once after each edit on threads of their own, each document once at a time, with the
//! version; dropped when the text has moved on, cleared on close. Clients that pull are not pushed to.

use super::gate::panic_text;
use super::outgoing::Outgoing;
use super::state::{Findings, Open, State, Version, lock};
use super::to_proto;
use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use tower_lsp::ls_types::{MessageType, PublishDiagnosticsParams, Uri};

/// A second one keeps a huge document from holding up the one that is being edited.
const THREADS: usize = 2;

/// The documents whose diagnostics are due. Many edits of one document while it is computed count once.
#[derive(Debug, Default)]
pub(super) struct Diagnostics {
    queue: Mutex<Queue>,
    wake: Condvar,
}

#[derive(Debug, Default)]
struct Queue {
    due: VecDeque<Uri>,
    /// Never computed by two threads at a time, so that an older answer can't overtake.
    running: HashSet<Uri>,
}

impl Diagnostics {
    /// The document was opened, changed or closed, or is to be checked by other rules.
    pub(super) fn changed(&self, uri: &Uri) {
        let mut queue = lock(&self.queue);
        if !queue.due.contains(uri) {
            queue.due.push_back(uri.clone());
            self.wake.notify_one();
        }
    }

    /// Starts the threads that compute and publish.
    pub(super) fn start(self: &Arc<Self>, state: Arc<State>, outgoing: Outgoing) {
        let publisher = Arc::new(Publisher {
            state,
            outgoing,
            shown: Mutex::default(),
            reported: Mutex::default(),
        });
        for _ in 0..THREADS {
            let (diagnostics, publisher) = (self.clone(), publisher.clone());
            thread::spawn(move || {
                loop {
                    let uri = diagnostics.next();
                    publisher.update(&uri);
                    diagnostics.done(&uri);
                }
            });
        }
    }

    fn next(&self) -> Uri {
        let mut queue = lock(&self.queue);
        loop {
            let free = queue.due.iter().position(|uri| !queue.running.contains(uri));
            if let Some(uri) = free.and_then(|at| queue.due.remove(at)) {
                queue.running.insert(uri.clone());
                return uri;
            }
            queue = self.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn done(&self, uri: &Uri) {
        let mut queue = lock(&self.queue);
        queue.running.remove(uri);
        if queue.due.contains(uri) {
            self.wake.notify_one();
        }
    }
}

struct Publisher {
    state: Arc<State>,
    outgoing: Outgoing,
    /// What was published last, of each document that has diagnostics at the client. Keeping it here also means that a
    /// version is not torn down where edits are applied.
    shown: Mutex<HashMap<Uri, Shown>>,
    /// Panics already in the log: the same one may come back with each keystroke.
    reported: Mutex<HashSet<String>>,
}

/// A version, and what was found in it.
type Shown = (Arc<Version>, Findings);

impl Publisher {
    fn update(&self, uri: &Uri) {
        match self.state.open(uri) {
            Some(Open::Current(version)) => self.publish(version),
            Some(Open::OutOfSync { .. }) | None => self.clear(uri, None),
        }
    }

    fn publish(&self, version: Arc<Version>) {
        let Some(client) = self.state.client() else {
            return;
        };
        self.state.pages.settle();
        let (config, catalog) = (self.state.config(), self.state.catalog());
        // Two edits may be applied before the first is seen here.
        if let Some(shown) = lock(&self.shown).get(&version.uri)
            && Arc::ptr_eq(&shown.0, &version)
            && shown.1.are_under(&config, &catalog)
        {
            return;
        }
        let findings = match catch_unwind(AssertUnwindSafe(|| version.findings(&config, &catalog))) {
            Ok(findings) => findings,
            Err(panic) => return self.report(panic_text(&*panic)),
        };
        let Some(findings) = findings else {
            return self.clear(&version.uri, Some(version.number));
        };
        let diagnostics = to_proto::diagnostics(&findings.list, &version, &client);
        // N.B. Helix drops diagnostics of another version than its own; a newer one is due already.
        if version.is_superseded() {
            return;
        }
        let params = PublishDiagnosticsParams::new(version.uri.clone(), diagnostics, Some(version.number));
        let before = lock(&self.shown).insert(version.uri.clone(), (version, findings));
        self.outgoing.publish(params);
        drop(before);
    }

    fn clear(&self, uri: &Uri, version: Option<i32>) {
        let shown = lock(&self.shown).remove(uri);
        if shown.is_some() {
            let params = PublishDiagnosticsParams::new(uri.clone(), Vec::new(), version);
            self.outgoing.publish(params);
        }
    }

    fn report(&self, panic: &str) {
        if lock(&self.reported).insert(panic.to_owned()) {
            let message = format!("diagnostics: internal error: {panic}");
            self.outgoing.log(MessageType::ERROR, message);
        }
    }
}
