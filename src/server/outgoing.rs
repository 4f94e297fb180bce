//! Messages to the client. Requests to it run as tasks of their own with a time limit: a handler that waited for a
//! silent client would hold up everything behind it.

use super::backend::Shared;
use super::documentation;
use super::gate::Listener;
use super::state::lock;
use std::collections::HashMap;
use std::fmt::Display;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::timeout;
use tower_lsp::ls_types::{
    ConfigurationItem, MessageActionItem, MessageType, ProgressParams, ProgressParamsValue, ProgressToken,
    PublishDiagnosticsParams, Registration, Uri, WorkDoneProgress, notification,
};
use tower_lsp::{Client, jsonrpc};

/// After this a client's reply is no longer waited for.
const REPLY_LIMIT: Duration = Duration::from_secs(30);

/// The way to the client.
#[derive(Clone, Debug)]
pub(super) struct Outgoing {
    client: Client,
    runtime: Handle,
    refresh: Arc<Mutex<Refresh>>,
}

/// Where the request to pull diagnostics anew is.
#[derive(Clone, Copy, Debug, Default)]
enum Refresh {
    #[default]
    Idle,
    /// Sent, not answered.
    Asked,
    /// The same, and to be sent once more.
    AskAgain,
}

impl Outgoing {
    pub(super) fn new(client: Client, runtime: Handle) -> Self {
        Outgoing {
            client,
            runtime,
            refresh: Arc::default(),
        }
    }

    /// A line in the client's log.
    pub(super) fn log(&self, kind: MessageType, message: String) {
        let client = self.client.clone();
        self.runtime
            .spawn(async move { client.log_message(kind, message).await });
    }

    /// A message that the user sees.
    pub(super) fn show(&self, kind: MessageType, message: String) {
        let client = self.client.clone();
        self.runtime
            .spawn(async move { client.show_message(kind, message).await });
    }

    /// Shows a message with answers to choose from, and hands the chosen one to `then`. The user may take any time, or
    /// never answer.
    pub(super) fn ask(
        &self,
        message: String,
        answers: &[&str],
        then: impl FnOnce(Option<String>) + Send + 'static,
    ) {
        let answers = answers.iter().map(|&title| MessageActionItem {
            title: title.to_owned(),
            properties: HashMap::new(),
        });
        let answers = answers.collect();
        let outgoing = self.clone();
        self.runtime.spawn(async move {
            let client = &outgoing.client;
            match client
                .show_message_request(MessageType::INFO, message, Some(answers))
                .await
            {
                Ok(answer) => then(answer.map(|answer| answer.title)),
                Err(error) => outgoing.log(
                    MessageType::WARNING,
                    format!("window/showMessageRequest: {error}"),
                ),
            }
        });
    }

    /// Has the client show progress under this token; whether it will. For threads outside the runtime.
    pub(super) fn create_progress(&self, token: ProgressToken) -> bool {
        let create = timeout(REPLY_LIMIT, self.client.create_work_done_progress(token));
        matches!(self.runtime.block_on(create), Ok(Ok(())))
    }

    /// Sends progress; returns when it is on its way. For threads outside the runtime.
    pub(super) fn progress(&self, token: ProgressToken, value: WorkDoneProgress) {
        let value = ProgressParamsValue::WorkDone(value);
        let params = ProgressParams { token, value };
        self.runtime
            .block_on(self.client.send_notification::<notification::Progress>(params));
    }

    /// Runs something on a thread that may block.
    pub(super) fn spawn_blocking(&self, work: impl FnOnce() + Send + 'static) {
        self.runtime.spawn_blocking(work);
    }

    /// Sends diagnostics; returns when they are on their way. For threads outside the runtime.
    pub(super) fn publish(&self, params: PublishDiagnosticsParams) {
        self.runtime.block_on(
            self.client
                .send_notification::<notification::PublishDiagnostics>(params),
        );
    }

    /// Asks for a section of the configuration and hands the reply to `then`.
    pub(super) fn configuration(&self, section: &str, then: impl FnOnce(serde_json::Value) + Send + 'static) {
        let item = ConfigurationItem {
            scope_uri: None,
            section: Some(section.to_owned()),
        };
        let client = self.client.clone();
        self.request("workspace/configuration", async move {
            let mut values = client.configuration(vec![item]).await?;
            if !values.is_empty() {
                then(values.swap_remove(0));
            }
            Ok(())
        });
    }

    /// Asks to be told of changes of a section of the configuration.
    pub(super) fn register_configuration(&self, section: &str) {
        let registration = Registration {
            id: "ros-configuration".to_owned(),
            method: "workspace/didChangeConfiguration".to_owned(),
            register_options: Some(serde_json::json!({ "section": section })),
        };
        let client = self.client.clone();
        self.request("client/registerCapability", async move {
            client.register_capability(vec![registration]).await
        });
    }

    /// Asks to be told of changes of files.
    pub(super) fn register_watchers(&self, patterns: &[&str]) {
        let watchers = patterns
            .iter()
            .map(|pattern| serde_json::json!({ "globPattern": pattern }));
        let registration = Registration {
            id: "ros-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: Some(serde_json::json!({ "watchers": watchers.collect::<Vec<_>>() })),
        };
        let client = self.client.clone();
        self.request("client/registerCapability", async move {
            client.register_capability(vec![registration]).await
        });
    }

    /// Asks the client to pull all diagnostics anew. While it has not answered, any number of calls cause one more request.
    pub(super) fn refresh_diagnostics(&self) {
        let before = {
            let mut refresh = lock(&self.refresh);
            let next = match *refresh {
                Refresh::Idle => Refresh::Asked,
                Refresh::Asked | Refresh::AskAgain => Refresh::AskAgain,
            };
            std::mem::replace(&mut *refresh, next)
        };
        if !matches!(before, Refresh::Idle) {
            return;
        }
        let outgoing = self.clone();
        self.runtime.spawn(async move {
            loop {
                let reply = outgoing.client.workspace_diagnostic_refresh();
                outgoing.wait_for("workspace/diagnostic/refresh", reply).await;
                let mut refresh = lock(&outgoing.refresh);
                if matches!(*refresh, Refresh::AskAgain) {
                    *refresh = Refresh::Asked;
                } else {
                    *refresh = Refresh::Idle;
                    return;
                }
            }
        });
    }

    fn request(&self, name: &'static str, reply: impl Future<Output = jsonrpc::Result<()>> + Send + 'static) {
        let outgoing = self.clone();
        self.runtime
            .spawn(async move { outgoing.wait_for(name, reply).await });
    }

    async fn wait_for(&self, name: &'static str, reply: impl Future<Output = jsonrpc::Result<()>>) {
        let failed = |why: &dyn Display| self.log(MessageType::WARNING, format!("{name}: {why}"));
        match timeout(REPLY_LIMIT, reply).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => failed(&error),
            Err(_) => failed(&"no reply from the client"),
        }
    }
}

/// What the gate reports goes to the diagnostics, to the offer of documentation, and to the log.
#[derive(Clone)]
pub(super) struct Reporter(pub(super) Shared);

impl Listener for Reporter {
    fn changed(&self, uri: &Uri) {
        self.0.changed(uri);
        documentation::template_may_be_open(&self.0);
    }

    fn log(&self, kind: MessageType, message: String) {
        self.0.outgoing.log(kind, message);
    }
}
