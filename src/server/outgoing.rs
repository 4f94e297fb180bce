//! Messages to the client. Requests to it run as tasks of their own with a time limit: a handler that waited for a
//! silent client would hold up everything behind it.

use super::diagnostics::Diagnostics;
use super::gate::Listener;
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::timeout;
use tower_lsp::ls_types::{
    ConfigurationItem, MessageType, PublishDiagnosticsParams, Registration, Uri, notification,
};
use tower_lsp::{Client, jsonrpc};

/// After this a client's reply is no longer waited for.
const REPLY_LIMIT: Duration = Duration::from_secs(30);

/// The way to the client.
#[derive(Clone, Debug)]
pub(super) struct Outgoing {
    client: Client,
    runtime: Handle,
}

impl Outgoing {
    pub(super) fn new(client: Client, runtime: Handle) -> Self {
        Outgoing { client, runtime }
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

    /// Asks the client to pull all diagnostics anew.
    pub(super) fn refresh_diagnostics(&self) {
        let client = self.client.clone();
        self.request("workspace/diagnostic/refresh", async move {
            client.workspace_diagnostic_refresh().await
        });
    }

    fn request(&self, name: &'static str, reply: impl Future<Output = jsonrpc::Result<()>> + Send + 'static) {
        let outgoing = self.clone();
        self.runtime.spawn(async move {
            let failed = |why: &dyn Display| outgoing.log(MessageType::WARNING, format!("{name}: {why}"));
            match timeout(REPLY_LIMIT, reply).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => failed(&error),
                Err(_) => failed(&"no reply from the client"),
            }
        });
    }
}

/// What the gate reports goes to the diagnostics and to the log.
#[derive(Clone)]
pub(super) struct Reporter {
    pub(super) diagnostics: Arc<Diagnostics>,
    pub(super) outgoing: Outgoing,
}

impl Listener for Reporter {
    fn changed(&self, uri: &Uri) {
        self.diagnostics.changed(uri);
    }

    fn log(&self, kind: MessageType, message: String) {
        self.outgoing.log(kind, message);
    }
}
