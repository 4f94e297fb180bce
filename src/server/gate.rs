//! The gate around the framework's service: what it gets wrong or leaves open is set right here.
//!
//! - Edits are applied inside `call`, that is in the order of the wire, and never wait for a request.
//! - A request is tied to the text that was current when it was read.
//! - A panic becomes an error answer and a line in the log.
//! - Addresses that are spelled in other ways, or wrongly, become canonical ones.
//! - Parameters that clients leave out or send as `null` are filled in.
//! - `exit` and `shutdown` set the exit code; nothing is read while `initialize` is being answered.

use super::lifecycle::{Lifecycle, Phase};
use super::spelling::Spellings;
use super::state::{ASKED_ABOUT, State};
use super::stdio::UNREADABLE;
use super::sync::{self, Outcome};
use serde_json::{Value, json};
use std::any::Any;
use std::future::{self, Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::ls_types::{MessageType, Uri};
use tower_service::Service;

/// Hears what the gate has to tell.
pub(super) trait Listener: Clone + Send + 'static {
    /// A document was opened, changed or closed.
    fn changed(&self, uri: &Uri);
    fn log(&self, kind: MessageType, message: String);
}

/// A `tower` service around another.
pub(super) struct Gate<S, L> {
    inner: S,
    state: Arc<State>,
    lifecycle: Arc<Lifecycle>,
    spellings: Arc<Spellings>,
    listener: L,
}

type Answer<E> = Pin<Box<dyn Future<Output = Result<Option<Response>, E>> + Send>>;

impl<S, L> Gate<S, L> {
    pub(super) fn new(
        inner: S,
        state: Arc<State>,
        lifecycle: Arc<Lifecycle>,
        spellings: Arc<Spellings>,
        listener: L,
    ) -> Self {
        Gate {
            inner,
            state,
            lifecycle,
            spellings,
            listener,
        }
    }
}

impl<S, L> Service<Request> for Gate<S, L>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
    L: Listener,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Answer<S::Error>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        match self.lifecycle.poll_open(context) {
            Poll::Ready(()) => self.inner.poll_ready(context),
            Poll::Pending => Poll::Pending,
        }
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (method, id, params) = request.into_parts();
        let mut params = repaired(&method, params);
        if let Some(params) = &mut params {
            self.spellings.read(&method, params);
        }
        if sync::is_sync(&method) {
            if self.lifecycle.phase() == Phase::Running {
                self.apply(&method, params);
            }
            return answered(None);
        }
        if method.is_empty() {
            let message =
                "a message without method is no reply that can be read, either; it is lost".to_owned();
            self.listener.log(MessageType::WARNING, message);
            return answered(None);
        }
        if method == UNREADABLE {
            return answered(Some(self.unreadable(params.unwrap_or_default())));
        }
        let phase = self.lifecycle.phase();
        let initializes = method == "initialize" && phase == Phase::New;
        match &*method {
            "initialize" if initializes => self.lifecycle.enter(Phase::Initializing),
            "shutdown" if phase == Phase::Running => self.lifecycle.enter(Phase::ShutDown),
            "exit" => self.lifecycle.end(),
            _ => {}
        }
        let asked_about = id.as_ref().and_then(|_| {
            let uri = sync::uri_of(params.as_ref()?)?;
            self.state.current(&uri)
        });
        let request = rebuilt(method.to_string(), id.clone(), params);
        let inner = &mut self.inner;
        // The framework reads parameters before it returns the future: that can panic, too.
        let future = catch_unwind(AssertUnwindSafe(|| inner.call(request)));
        let (lifecycle, listener) = (self.lifecycle.clone(), self.listener.clone());
        let answer = async move {
            let answer = match future {
                Ok(future) => caught(Box::pin(future)).await,
                Err(panic) => Err(panic),
            };
            let answer = answer.unwrap_or_else(|panic| {
                let what = panic_text(&*panic);
                listener.log(MessageType::ERROR, format!("{method}: internal error: {what}"));
                let id = id.clone();
                Ok(id.map(|id| Response::from_error(id, Error::internal_error())))
            });
            // N.B. The framework leaves requests that begin with `$/` without answer, as if they were notifications.
            let answer = answer
                .map(|answer| answer.or_else(|| Some(Response::from_error(id?, Error::method_not_found()))));
            if initializes {
                let ok = matches!(&answer, Ok(Some(response)) if response.is_ok());
                lifecycle.enter(if ok { Phase::Running } else { Phase::New });
            }
            answer
        };
        Box::pin(ASKED_ABOUT.scope(asked_about, answer))
    }
}

impl<S, L: Listener> Gate<S, L> {
    fn apply(&self, method: &str, params: Option<Value>) {
        let uri = params.as_ref().and_then(sync::uri_of);
        let state = &self.state;
        let outcome = catch_unwind(AssertUnwindSafe(|| sync::apply(state, method, params)));
        let outcome = outcome.unwrap_or_else(|panic| {
            if let Some(uri) = &uri {
                sync::lose(state, uri);
            }
            let problem = Some(format!("{method}: internal error: {}", panic_text(&*panic)));
            Outcome { uri, problem }
        });
        if let Some(uri) = &outcome.uri {
            state.pages.synced(method, uri);
            self.listener.changed(uri);
        }
        if let Some(problem) = outcome.problem {
            self.listener.log(MessageType::ERROR, problem);
        }
    }

    /// The answer to a frame that is no message. Its id is rarely known.
    fn unreadable(&self, why: Value) -> Response {
        let message = why.get("message").and_then(Value::as_str).unwrap_or_default();
        let mut error = match why.get("syntax") {
            Some(Value::Bool(true)) => Error::parse_error(),
            _ => Error::invalid_request(),
        };
        error.message = format!("{}: {message}", error.message).into();
        let lost = format!("a message could not be read and is lost: {message}");
        self.listener.log(MessageType::ERROR, lost);
        let id = why.get("id").cloned().unwrap_or_default();
        Response::from_error(serde_json::from_value(id).unwrap_or(Id::Null), error)
    }
}

/// The parameters as the framework wants them: LSP4J and Eglot send `null` or nothing where an object is due, and some
/// clients an object where nothing is.
fn repaired(method: &str, params: Option<Value>) -> Option<Value> {
    let given = params.filter(|params| !params.is_null());
    match method {
        "shutdown" | "exit" => None,
        "initialized" => Some(given.unwrap_or_else(|| json!({}))),
        "workspace/didChangeConfiguration" => {
            let mut params = given.unwrap_or_else(|| json!({}));
            if let Some(params) = params.as_object_mut() {
                params.entry("settings").or_insert(Value::Null);
            }
            Some(params)
        }
        _ => given,
    }
}

fn rebuilt(method: String, id: Option<Id>, params: Option<Value>) -> Request {
    let mut builder = Request::build(method);
    if let Some(id) = id {
        builder = builder.id(id);
    }
    if let Some(params) = params {
        builder = builder.params(params);
    }
    builder.finish()
}

fn answered<E: Send + 'static>(response: Option<Response>) -> Answer<E> {
    Box::pin(future::ready(Ok(response)))
}

/// Drives a future; a panic in it ends it.
async fn caught<F: Future + Unpin>(mut future: F) -> Result<F::Output, Box<dyn Any + Send>> {
    poll_fn(move |context| {
        let polled = catch_unwind(AssertUnwindSafe(|| Pin::new(&mut future).poll(context)));
        match polled {
            Ok(polled) => polled.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}

/// The message of a panic.
pub(super) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("unknown cause")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;
    use std::task::Waker;
    use std::time::Duration;

    /// Answers `slow` never, `panics` and `panics/later` not at all, anything else with its own parameters and the
    /// text that the request is about.
    struct Inner;

    impl Service<Request> for Inner {
        type Response = Option<Response>;
        type Error = String;
        type Future = Answer<String>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), String>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, request: Request) -> Self::Future {
            let (method, id, params) = request.into_parts();
            assert_ne!(method, "panics", "at once");
            Box::pin(async move {
                assert_ne!(method, "panics/later", "later");
                if method == "slow" {
                    future::pending::<()>().await;
                }
                tokio::task::yield_now().await;
                let about = ASKED_ABOUT.with(|about| about.as_ref().map(|version| version.buffer.text()));
                let answer = json!({ "params": params.is_some(), "text": about });
                Ok(id.map(|id| Response::from_ok(id, answer)))
            })
        }
    }

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<String>>>);

    impl Listener for Log {
        fn changed(&self, uri: &Uri) {
            self.0.lock().unwrap().push(format!("changed {}", uri.as_str()));
        }

        fn log(&self, _: MessageType, message: String) {
            self.0.lock().unwrap().push(message);
        }
    }

    const URI: &str = "file:///a.yml";

    fn gate(phase: Phase) -> (Gate<Inner, Log>, Log) {
        let log = Log::default();
        let lifecycle = Arc::new(Lifecycle::new());
        lifecycle.enter(phase);
        (
            Gate::new(
                Inner,
                Arc::new(State::new()),
                lifecycle,
                Arc::default(),
                log.clone(),
            ),
            log,
        )
    }

    fn message(method: &'static str, params: Value) -> Request {
        Request::build(method).params(params).finish()
    }

    fn request(id: i64, method: &'static str, params: Value) -> Request {
        Request::build(method).id(id).params(params).finish()
    }

    fn open(text: &str) -> Request {
        let document = json!({ "uri": URI, "languageId": "yaml", "version": 1, "text": text });
        message("textDocument/didOpen", json!({ "textDocument": document }))
    }

    fn append(version: i32, text: &str) -> Request {
        let end = json!({ "line": 0, "character": 99_999 });
        let change = json!({ "range": { "start": end, "end": end }, "text": text });
        message(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": URI, "version": version }, "contentChanges": [change] }),
        )
    }

    fn text(gate: &Gate<Inner, Log>) -> Option<String> {
        Some(gate.state.current(&URI.parse().unwrap())?.buffer.text())
    }

    #[tokio::test]
    async fn edits_take_effect_in_wire_order_before_anything_is_polled() {
        let (mut gate, log) = gate(Phase::Running);
        let mut futures = vec![gate.call(request(1, "slow", json!({}))), gate.call(open(""))];
        let letters: Vec<String> = (0..500).map(|number| format!("{number},")).collect();
        for (version, letter) in letters.iter().enumerate() {
            futures.push(gate.call(append(version as i32 + 2, letter)));
        }
        assert_eq!(text(&gate), Some(letters.concat()));
        assert_eq!(log.0.lock().unwrap().len(), 501);
    }

    #[tokio::test]
    async fn a_request_is_about_the_text_that_was_current_when_it_was_read() {
        let (mut gate, _) = gate(Phase::Running);
        gate.call(open("a")).await.unwrap();
        let about = gate.call(request(1, "hover", json!({ "textDocument": { "uri": URI } })));
        gate.call(append(2, "b")).await.unwrap();
        let answer = about.await.unwrap().unwrap();
        assert_eq!(answer.result().unwrap()["text"], "a");
        assert_eq!(text(&gate).as_deref(), Some("ab"));
    }

    #[tokio::test]
    async fn a_panic_is_answered_and_logged_and_serving_goes_on() {
        let (mut gate, log) = gate(Phase::Running);
        for method in ["panics", "panics/later"] {
            let answer = gate.call(request(7, method, json!({}))).await.unwrap().unwrap();
            assert_eq!(answer.error().unwrap(), &Error::internal_error());
            assert_eq!(answer.id(), &Id::Number(7));
            assert!(gate.call(message(method, json!({}))).await.unwrap().is_none());
        }
        assert_eq!(log.0.lock().unwrap().len(), 4);
        let answer = gate.call(request(8, "hover", json!({}))).await.unwrap().unwrap();
        assert!(answer.is_ok());
    }

    #[tokio::test]
    async fn null_parameters_are_dropped_and_missing_ones_filled_in() {
        let (mut gate, _) = gate(Phase::Running);
        let answer = gate
            .call(request(1, "shutdown", Value::Null))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(answer.result().unwrap()["params"], false);
        assert_eq!(repaired("shutdown", Some(json!({}))), None);
        assert_eq!(repaired("initialized", None), Some(json!({})));
        assert_eq!(
            repaired("workspace/didChangeConfiguration", Some(Value::Null)),
            Some(json!({ "settings": null }))
        );
        assert_eq!(repaired("textDocument/hover", Some(json!([1]))), Some(json!([1])));
    }

    #[tokio::test]
    async fn nothing_is_read_while_initialize_is_answered() {
        let (mut gate, _) = gate(Phase::New);
        let mut context = Context::from_waker(Waker::noop());
        let initialize = gate.call(request(1, "initialize", json!({})));
        assert!(gate.poll_ready(&mut context).is_pending());
        let ready = async { poll_fn(|context| gate.poll_ready(context)).await };
        let (answer, ready) = tokio::join!(initialize, tokio::time::timeout(Duration::from_secs(10), ready));
        assert!(answer.unwrap().unwrap().is_ok());
        ready.expect("the gate opens again").unwrap();
        assert_eq!(gate.lifecycle.phase(), Phase::Running);
    }

    #[tokio::test]
    async fn edits_count_only_between_initialize_and_shutdown() {
        for phase in [Phase::New, Phase::ShutDown] {
            let (mut gate, log) = gate(phase);
            gate.call(open("a")).await.unwrap();
            assert_eq!(text(&gate), None);
            assert!(log.0.lock().unwrap().is_empty());
        }
    }

    #[tokio::test]
    async fn a_malformed_edit_is_logged_and_its_document_out_of_sync() {
        let (mut gate, log) = gate(Phase::Running);
        gate.call(open("a")).await.unwrap();
        let params =
            json!({ "textDocument": { "uri": URI, "version": 2 }, "contentChanges": [{ "text": 7 }] });
        gate.call(message("textDocument/didChange", params))
            .await
            .unwrap();
        assert_eq!(text(&gate), None);
        let log = log.0.lock().unwrap();
        assert!(
            log.last().unwrap().starts_with("textDocument/didChange: "),
            "{log:?}"
        );
    }

    #[tokio::test]
    async fn a_frame_that_is_no_message_is_answered_without_id() {
        let (mut gate, log) = gate(Phase::Running);
        for (syntax, expected) in [(true, Error::parse_error()), (false, Error::invalid_request())] {
            let why = json!({ "syntax": syntax, "message": "why" });
            let answer = gate.call(message(UNREADABLE, why)).await.unwrap().unwrap();
            assert_eq!(answer.id(), &Id::Null);
            assert_eq!(answer.error().unwrap().code, expected.code);
        }
        assert_eq!(log.0.lock().unwrap().len(), 2);
    }
}
