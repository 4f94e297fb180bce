//! Pushing diagnostics: computed at once after each edit on threads of their own, each document once at a time, with the
//! version; dropped when the text has moved on, cleared on close. Looked at again after a pause in typing, for which new
//! findings wait. Clients that pull are not pushed to, but told when it is time to pull again.

use super::gate::panic_text;
use super::outgoing::Outgoing;
use super::state::{Open, Shown, State, Version, lock};
use super::to_proto;
use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Instant;
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
    /// When to look again at a document unless it is changed before.
    later: HashMap<Uri, Instant>,
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

    /// The document is to be looked at again at this time; another time that was asked for is forgotten.
    pub(super) fn look_again(&self, uri: &Uri, at: Instant) {
        lock(&self.queue).later.insert(uri.clone(), at);
        // Who waits may have to wake earlier.
        self.wake.notify_one();
    }

    /// Starts the threads that compute and publish.
    pub(super) fn start(self: &Arc<Self>, state: Arc<State>, outgoing: Outgoing) {
        let publisher = Arc::new(Publisher {
            state,
            outgoing,
            diagnostics: Arc::downgrade(self),
            published: Mutex::default(),
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
            let next = queue.bring_due(Instant::now());
            let free = queue.due.iter().position(|uri| !queue.running.contains(uri));
            if let Some(uri) = free.and_then(|at| queue.due.remove(at)) {
                queue.running.insert(uri.clone());
                return uri;
            }
            queue = match next {
                None => self.wake.wait(queue).unwrap_or_else(PoisonError::into_inner),
                Some(at) => {
                    let time = at.saturating_duration_since(Instant::now());
                    let woken = self.wake.wait_timeout(queue, time);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
            };
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

impl Queue {
    /// Makes due what is to be looked at by now; when the next will be.
    fn bring_due(&mut self, now: Instant) -> Option<Instant> {
        let due = &mut self.due;
        self.later.retain(|uri, at| {
            let waits = *at > now;
            if !waits && !due.contains(uri) {
                due.push_back(uri.clone());
            }
            waits
        });
        self.later.values().min().copied()
    }
}

struct Publisher {
    state: Arc<State>,
    outgoing: Outgoing,
    diagnostics: Weak<Diagnostics>,
    /// What was published last, of each document that has diagnostics at the client. Keeping it here also means that a
    /// version is not torn down where edits are applied.
    published: Mutex<HashMap<Uri, (Arc<Version>, Shown)>>,
    /// Panics already in the log: the same one may come back with each keystroke.
    reported: Mutex<HashSet<String>>,
}

impl Publisher {
    fn update(&self, uri: &Uri) {
        let pulls = self.state.client().is_some_and(|client| client.pulls_diagnostics);
        match self.state.open(uri) {
            Some(Open::Current(version)) if pulls => self.has_pulled_again(&version),
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
        let found = catch_unwind(AssertUnwindSafe(|| {
            version.shown(&config, &catalog, Instant::now())
        }));
        let shown = match found {
            Ok(shown) => shown,
            Err(panic) => return self.report(panic_text(&*panic)),
        };
        let Some(shown) = shown else {
            return self.clear(&version.uri, Some(version.number));
        };
        if let Some(due) = shown.due
            && let Some(diagnostics) = self.diagnostics.upgrade()
        {
            diagnostics.look_again(&version.uri, due);
        }
        // Two edits may be applied before the first is seen here.
        if let Some((before, published)) = lock(&self.published).get(&version.uri)
            && Arc::ptr_eq(before, &version)
            && published.is_still(&shown)
        {
            return;
        }
        let diagnostics = to_proto::diagnostics(&shown.list, &version, &client);
        // N.B. Helix drops diagnostics of another version than its own; a newer one is due already.
        if version.is_superseded() {
            return;
        }
        let params = PublishDiagnosticsParams::new(version.uri.clone(), diagnostics, Some(version.number));
        let before = lock(&self.published).insert(version.uri.clone(), (version, shown));
        self.outgoing.publish(params);
        drop(before);
    }

    /// A client that pulls has got a list in which something was left out for a while: has it pull again when the while is
    /// over and it has not done so already.
    fn has_pulled_again(&self, version: &Version) {
        let before = version.shown_revision();
        let (config, catalog) = (self.state.config(), self.state.catalog());
        let found = catch_unwind(AssertUnwindSafe(|| {
            version.shown(&config, &catalog, Instant::now())
        }));
        match found {
            Ok(Some(shown)) if shown.revision != before => self.outgoing.refresh_diagnostics(),
            Ok(_) => {}
            Err(panic) => self.report(panic_text(&*panic)),
        }
    }

    fn clear(&self, uri: &Uri, version: Option<i32>) {
        let published = lock(&self.published).remove(uri);
        if published.is_some() {
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
