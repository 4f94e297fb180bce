//! The docs packs in a session: the offer to install one, and the installation with its progress.
//!
//! The offer comes once a session, after the first template is open and the settings are known, where there is no pack to read from.

use super::backend::Shared;
use super::outgoing::Outgoing;
use super::state::{State, lock};
use crate::catalog::docs::fetch::Failure;
use crate::catalog::docs::install::{self, Error, Report, Request};
use crate::catalog::docs::progress::{Progress, Stage};
use crate::catalog::docs::{Docs, Problem};
use crate::language::Doc;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tower_lsp::ls_types::{
    MessageType, NumberOrString, ProgressToken, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd,
    WorkDoneProgressReport,
};

/// A file in the packs' folder: the user does not want to be asked again.
const NEVER: &str = "never-offer";

/// What fetching is of the whole, in percent.
const FETCHING: usize = 90;

/// The packs, and what is under way with them.
#[derive(Debug)]
pub(super) struct Documentation {
    docs: Arc<Docs>,
    settings_known: AtomicBool,
    /// The user was asked, or need not be.
    decided: AtomicBool,
    /// Reasons to look whether to ask that have come up since the last look.
    due: AtomicU32,
    running: Mutex<Option<Arc<Job>>>,
    jobs: AtomicUsize,
}

/// An installation.
#[derive(Debug)]
struct Job {
    token: ProgressToken,
    cancelled: AtomicBool,
}

impl Documentation {
    /// The user's packs. Nothing is read yet.
    pub(super) fn new(outgoing: &Outgoing) -> Documentation {
        let outgoing = outgoing.clone();
        let warn = move |problem: Problem| outgoing.show(MessageType::WARNING, problem.message);
        Documentation {
            docs: Arc::new(Docs::of_user().with_listener(warn)),
            settings_known: AtomicBool::new(false),
            decided: AtomicBool::new(false),
            due: AtomicU32::new(0),
            running: Mutex::default(),
            jobs: AtomicUsize::new(0),
        }
    }

    pub(super) fn docs(&self) -> Arc<Docs> {
        self.docs.clone()
    }

    /// Ends the installation with this token, or any.
    pub(super) fn cancel(&self, token: Option<&ProgressToken>) {
        if let Some(job) = &*lock(&self.running)
            && token.is_none_or(|token| *token == job.token)
        {
            job.cancelled.store(true, Ordering::Release);
        }
    }

    /// Where the user's `Never` is kept.
    fn never(&self) -> Option<PathBuf> {
        Some(self.docs.folder()?.join(NEVER))
    }

    /// Whether there is something to read in the user's language or in English.
    fn is_there(&self, locale: &str) -> bool {
        self.docs.has(locale) || self.docs.has("en")
    }
}

/// The settings that the user made are in effect.
pub(super) fn settings_are_known(shared: &Shared) {
    shared.documentation.settings_known.store(true, Ordering::Release);
    template_may_be_open(shared);
}

/// A document was opened or changed. Costs nothing once it is decided whether to ask.
pub(super) fn template_may_be_open(shared: &Shared) {
    let documentation = &shared.documentation;
    if documentation.decided.load(Ordering::Acquire) || documentation.due.fetch_add(1, Ordering::AcqRel) > 0 {
        return;
    }
    let shared = shared.clone();
    let outgoing = shared.outgoing.clone();
    outgoing.spawn_blocking(move || {
        loop {
            let due = shared.documentation.due.load(Ordering::Acquire);
            offer_if_missing(&shared);
            if shared.documentation.due.fetch_sub(due, Ordering::AcqRel) == due {
                return;
            }
        }
    });
}

/// Installs the English pack; the client sees the progress, the user the outcome.
pub(super) fn install(shared: &Shared) {
    let documentation = &shared.documentation;
    // Whoever asks for it need not be asked.
    documentation.decided.store(true, Ordering::Release);
    let words = Words::of(shared);
    let number = documentation.jobs.fetch_add(1, Ordering::Relaxed);
    let job = Arc::new(Job {
        token: NumberOrString::String(format!("ros-docs-install-{number}")),
        cancelled: AtomicBool::new(false),
    });
    {
        let mut running = lock(&documentation.running);
        if running.is_some() {
            return shared.outgoing.show(MessageType::INFO, words.running());
        }
        *running = Some(job.clone());
    }
    let shared = shared.clone();
    let outgoing = shared.outgoing.clone();
    outgoing.spawn_blocking(move || {
        let over = Over(&shared.documentation);
        let display = Display::new(&shared, job, words);
        let result = request(&shared).and_then(|request| install::install(&request, &display));
        shared.documentation.docs.refresh();
        drop(over);
        display.finish(result);
    });
}

/// Ends the installation whatever happens, so that it can be tried again.
struct Over<'d>(&'d Documentation);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        *lock(&self.0.running) = None;
    }
}

fn request(shared: &Shared) -> Result<Request, Error> {
    let user = Request::of_user().map_err(Error::Failed)?;
    Ok(Request {
        // Most of the documentation is better than none; but none of what is there may get lost.
        partial: !shared.documentation.docs.has("en"),
        ..user
    })
}

fn offer_if_missing(shared: &Shared) {
    let documentation = &shared.documentation;
    let Some(client) = shared.state.client() else {
        return;
    };
    let config = shared.state.config();
    let may_ask = documentation.settings_known.load(Ordering::Acquire) && config.docs_offer;
    if !may_ask || documentation.decided.load(Ordering::Acquire) || !has_template(&shared.state) {
        return;
    }
    documentation.decided.store(true, Ordering::Release);
    let declined = documentation.never().is_none_or(|path| path.exists());
    if !client.asks_user || declined || documentation.is_there(config.hover_locale.tag()) {
        return;
    }
    let words = Words::of(shared);
    let for_reply = shared.clone();
    let answers = [words.yes(), words.not_now(), words.never()];
    shared.outgoing.ask(words.offer(), &answers, move |answer| {
        let answer = answer.unwrap_or_default();
        if answer == words.yes() {
            install(&for_reply);
        } else if answer == words.never() {
            remember(&for_reply, words);
        }
    });
}

fn has_template(state: &State) -> bool {
    let mut versions = state.uris().into_iter().filter_map(|uri| state.current(&uri));
    versions.any(|version| version.template().is_some())
}

/// Keeps the user's `Never`.
fn remember(shared: &Shared, words: Words) {
    let Some(path) = shared.documentation.never() else {
        return;
    };
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    if let Err(error) = folder.and_then(|()| fs::write(&path, words.remembered())) {
        let message = format!("`{}` cannot be written: {error}", path.display());
        shared.outgoing.log(MessageType::WARNING, message);
    }
}

/// Progress at the client, where it shows any.
struct Display {
    outgoing: Outgoing,
    job: Arc<Job>,
    words: Words,
    is_shown: bool,
    state: Mutex<(Option<Stage>, usize, usize)>,
}

impl Display {
    fn new(shared: &Shared, job: Arc<Job>, words: Words) -> Display {
        let outgoing = shared.outgoing.clone();
        let shows = shared.state.client().is_some_and(|client| client.shows_progress);
        let is_shown = shows && outgoing.create_progress(job.token.clone());
        let display = Display {
            outgoing,
            job,
            words,
            is_shown,
            state: Mutex::default(),
        };
        display.send(WorkDoneProgress::Begin(WorkDoneProgressBegin {
            title: words.title(),
            cancellable: Some(true),
            percentage: Some(0),
            ..WorkDoneProgressBegin::default()
        }));
        display
    }

    fn send(&self, value: WorkDoneProgress) {
        if self.is_shown {
            self.outgoing.progress(self.job.token.clone(), value);
        }
    }

    fn finish(self, result: Result<Report, Error>) {
        let (kind, message) = match result {
            Ok(report) => {
                self.log(&report.failed);
                (MessageType::INFO, self.words.installed(&report))
            }
            Err(Error::Cancelled) => return,
            Err(error) => {
                if let Error::Missing { failed, .. } = &error {
                    self.log(failed);
                }
                (MessageType::ERROR, self.words.failed(&error))
            }
        };
        let outgoing = self.outgoing.clone();
        // The progress ends before the user reads the outcome.
        drop(self);
        outgoing.show(kind, message);
    }

    fn log(&self, failed: &[Failure]) {
        for failure in failed {
            let message = format!("{}: {}", failure.package, failure.why);
            self.outgoing.log(MessageType::WARNING, message);
        }
    }
}

/// The client hears of the end even where the work broke off.
impl Drop for Display {
    fn drop(&mut self) {
        self.send(WorkDoneProgress::End(WorkDoneProgressEnd::default()));
    }
}

impl Progress for Display {
    fn begin(&self, stage: Stage, steps: usize) {
        *lock(&self.state) = (Some(stage), steps, 0);
    }

    fn step(&self, name: &str) {
        // Locked while it is sent, so that the numbers arrive in their order.
        let mut state = lock(&self.state);
        state.2 += 1;
        let (stage, steps, done) = *state;
        let (from, to) = match stage {
            Some(Stage::Read) => (FETCHING, 100),
            Some(Stage::Fetch) | None => (0, FETCHING),
        };
        let percentage = from + (to - from) * done.min(steps) / steps.max(1);
        self.send(WorkDoneProgress::Report(WorkDoneProgressReport {
            message: Some(format!("{name} ({done}/{steps})")),
            percentage: u32::try_from(percentage).ok(),
            cancellable: Some(true),
        }));
    }

    /// What is noted here is of use on a command line only: progress says the rest.
    fn note(&self, _: &str) {}

    fn is_cancelled(&self) -> bool {
        self.job.cancelled.load(Ordering::Acquire)
    }
}

/// What the user reads, in the language of descriptions.
#[derive(Clone, Copy, Debug)]
struct Words {
    locale: &'static str,
}

impl Words {
    fn of(shared: &Shared) -> Words {
        Words {
            locale: shared.state.config().hover_locale.tag(),
        }
    }

    fn text(self, en: &'static str, zh: &'static str) -> &'static str {
        Doc::new(en, zh).for_locale(self.locale)
    }

    fn offer(self) -> String {
        self.text(
            // At most two lines of 80 columns: Helix shows no more.
            "Fetch the official documentation of ROS resource types, to show descriptions in hovers? About 25 MB, with pip.",
            "是否下载 ROS 资源类型的官方文档（英文），以便悬停时显示说明？约 25 MB，通过 pip 下载。",
        )
        .to_owned()
    }

    fn yes(self) -> &'static str {
        self.text("Yes", "安装")
    }

    fn not_now(self) -> &'static str {
        self.text("Not now", "暂不")
    }

    fn never(self) -> &'static str {
        self.text("Never", "不再提示")
    }

    fn remembered(self) -> &'static str {
        self.text(
            "ros-lsp does not offer to install documentation. Remove this file to be asked again.\n",
            "ros-lsp 不再提示安装文档。删除此文件即可恢复提示。\n",
        )
    }

    fn title(self) -> String {
        self.text("Installing ROS documentation", "正在安装 ROS 文档")
            .to_owned()
    }

    fn running(self) -> String {
        self.text(
            "The ROS documentation is being installed already.",
            "ROS 文档正在安装中。",
        )
        .to_owned()
    }

    fn installed(self, report: &Report) -> String {
        let types: usize = report.packs.iter().map(|pack| pack.head.types).sum();
        let missing = report.failed.len();
        match (self.locale, missing) {
            ("zh-CN", 0) => format!("ROS 文档已安装：{types} 种资源类型。"),
            ("zh-CN", _) => format!("ROS 文档已安装：{types} 种资源类型；{missing} 个包未能下载，详见日志。"),
            (_, 0) => format!("The ROS documentation is installed: {types} resource types."),
            _ => format!(
                "The ROS documentation is installed: {types} resource types, without {missing} packages that could not be \
                 fetched (see the log)."
            ),
        }
    }

    fn failed(self, error: &Error) -> String {
        let start = self.text("The ROS documentation is not installed", "ROS 文档未能安装");
        match (self.locale, error) {
            ("zh-CN", Error::Missing { failed, of }) => format!(
                "{start}：{of} 个包中有 {} 个未能下载，详见日志；再次安装时只会下载这些包。",
                failed.len()
            ),
            (_, Error::Missing { failed, of }) => format!(
                "{start}: {} of {of} packages could not be fetched (see the log); installing again fetches only these.",
                failed.len()
            ),
            _ => format!("{start}: {error}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_that_did_not_come_are_one_sentence() {
        let failure = |number| Failure {
            package: format!("ros-cdk-{number} 1.0.0"),
            why: "no".to_owned(),
        };
        let error = Error::Missing {
            failed: (0..40).map(failure).collect(),
            of: 142,
        };
        for (locale, words) in [("en", "40 of 142 packages"), ("zh-CN", "142 个包中有 40 个")] {
            let said = Words { locale }.failed(&error);
            assert!(said.contains(words), "{said}");
            assert!(!said.contains("--partial") && said.lines().count() == 1, "{said}");
        }
    }
}
