//! The language server on standard input and output: the only room that knows the Language Server Protocol.
//!
//! A message's way: [`stdio`] reads the frame, [`gate`] applies edits and ties requests to a version, [`backend`] hands
//! over to [`handlers`], a feature answers on a thread of its own. Diagnostics leave from a thread beside all that.

mod backend;
mod capabilities;
mod diagnostics;
mod documentation;
mod fit;
mod from_proto;
mod gate;
mod handlers;
mod lifecycle;
mod outgoing;
mod own_types;
mod settings;
mod spelling;
mod state;
mod stdio;
mod sync;
mod to_proto;
mod uri;

use backend::{Backend, Shared};
use diagnostics::Diagnostics;
use documentation::Documentation;
use gate::Gate;
use lifecycle::Lifecycle;
use outgoing::{Outgoing, Reporter};
use settings::Settings;
use spelling::Spellings;
use state::State;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Handle};
use tokio::time::timeout;
use tower_lsp::{LspService, Server};

/// Threads that compute answers. Reading, writing and diagnostics have their own.
const ANSWERING_THREADS: usize = 8;

/// Requests that may be open at once. Edits wait behind them only when there are more.
const OPEN_REQUESTS: usize = 1024;

/// How long to wait at the end for what is still to be written.
const FAREWELL: Duration = Duration::from_secs(1);

/// Serves until the client says `exit`, closes our input or dies. The exit code is 0 only after `shutdown`.
pub fn run() -> ExitCode {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .max_blocking_threads(ANSWERING_THREADS)
        .enable_time()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            // Nobody is left to tell if this fails, too.
            let _ = writeln!(io::stderr(), "ros-lsp: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(serve());
    // Answers that are still being computed are of no use to anybody.
    runtime.shutdown_background();
    code
}

async fn serve() -> ExitCode {
    let state = Arc::new(State::new());
    let lifecycle = Arc::new(Lifecycle::new());
    let diagnostics = Arc::new(Diagnostics::default());
    let (service, socket) = LspService::build(|client| {
        let outgoing = Outgoing::new(client, Handle::current());
        let documentation = Arc::new(Documentation::new(&outgoing));
        state.change_catalog(|catalog| catalog.with_docs(documentation.docs()));
        Backend(Shared {
            state: state.clone(),
            settings: Arc::new(Settings::default()),
            diagnostics: diagnostics.clone(),
            documentation,
            outgoing,
            lifecycle: lifecycle.clone(),
        })
    })
    .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
    .finish();
    let reporter = Reporter(service.inner().0.clone());
    let spellings = Arc::new(Spellings::default());
    let gate = Gate::new(service, state, lifecycle.clone(), spellings.clone(), reporter);
    let input = stdio::input(io::stdin(), lifecycle.clone());
    let (output, all_out) = stdio::output(io::stdout(), spellings, lifecycle.clone());
    let server = Server::new(input, output, socket).concurrency_level(OPEN_REQUESTS);
    let mut serving = Box::pin(server.serve(gate));
    tokio::select! {
        () = &mut serving => {}
        // N.B. Once the client is gone the framework would still wait for every open request.
        () = lifecycle.ended() => { let _ = timeout(FAREWELL, &mut serving).await; }
    }
    // Closes the output.
    drop(serving);
    let _ = timeout(FAREWELL, all_out).await;
    lifecycle.exit_code()
}
