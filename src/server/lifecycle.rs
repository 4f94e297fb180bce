//! The phases of a session and how it ends: exit code, end of input, death of the parent process.

use super::state::lock;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;
use tokio::sync::Notify;

/// How often to look whether the parent is alive. Only matters where another process keeps our input open.
const WATCH_EVERY: Duration = Duration::from_secs(2);

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nothing but `initialize` is served.
    New,
    /// `initialize` is being answered; no other message is read until it is.
    Initializing,
    Running,
    /// After `shutdown`: only `exit` counts.
    ShutDown,
}

/// Shared by the gate, the server and the watchdog.
#[derive(Debug)]
pub(super) struct Lifecycle {
    phase: Mutex<(Phase, Option<Waker>)>,
    ended: Notify,
}

impl Lifecycle {
    pub(super) fn new() -> Self {
        Lifecycle {
            phase: Mutex::new((Phase::New, None)),
            ended: Notify::new(),
        }
    }

    pub(super) fn phase(&self) -> Phase {
        lock(&self.phase).0
    }

    pub(super) fn enter(&self, phase: Phase) {
        let waiting = {
            let mut state = lock(&self.phase);
            state.0 = phase;
            state.1.take()
        };
        if let Some(waker) = waiting {
            waker.wake();
        }
    }

    /// Ready unless `initialize` is being answered.
    pub(super) fn poll_open(&self, context: &Context<'_>) -> Poll<()> {
        let mut state = lock(&self.phase);
        if state.0 == Phase::Initializing {
            state.1 = Some(context.waker().clone());
            return Poll::Pending;
        }
        Poll::Ready(())
    }

    /// The session is over, whatever is still under way.
    pub(super) fn end(&self) {
        self.ended.notify_one();
    }

    /// Waits for [`Self::end`].
    pub(super) async fn ended(&self) {
        self.ended.notified().await;
    }

    /// 0 when the client said `shutdown` before it left.
    pub(super) fn exit_code(&self) -> ExitCode {
        match self.phase() {
            Phase::ShutDown => ExitCode::SUCCESS,
            Phase::New | Phase::Initializing | Phase::Running => ExitCode::FAILURE,
        }
    }
}

/// Calls `on_death` when the process `pid` is gone. Does nothing where processes can't be seen: not on Linux, or in
/// a container apart from the editor. The end of input tells there.
pub(super) fn watch_parent(pid: u32, on_death: impl FnOnce() + Send + 'static) {
    if !is_alive(pid) {
        return;
    }
    thread::spawn(move || {
        while is_alive(pid) {
            thread::sleep(WATCH_EVERY);
        }
        on_death();
    });
}

fn is_alive(pid: u32) -> bool {
    Path::new("/proc").join(pid.to_string()).exists()
}
