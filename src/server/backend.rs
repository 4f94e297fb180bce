//! The framework's trait: one line a method.

use super::diagnostics::Diagnostics;
use super::documentation::Documentation;
use super::lifecycle::{Lifecycle, watch_parent};
use super::outgoing::Outgoing;
use super::settings::{self, Settings};
use super::state::State;
use super::{capabilities, documentation, handlers, own_types};
use std::sync::Arc;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::*;

/// What the parts of the server share.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    pub(super) state: Arc<State>,
    pub(super) settings: Arc<Settings>,
    pub(super) diagnostics: Arc<Diagnostics>,
    pub(super) documentation: Arc<Documentation>,
    pub(super) outgoing: Outgoing,
    pub(super) lifecycle: Arc<Lifecycle>,
}

impl Shared {
    /// A document was opened, changed or closed.
    pub(super) fn changed(&self, uri: &Uri) {
        if !self.pulls_diagnostics() {
            self.diagnostics.changed(uri);
        }
    }

    /// Findings that have waited may be shown now.
    fn show_all(&self, uri: &Uri) {
        match self.pulls_diagnostics() {
            true => self.outgoing.refresh_diagnostics(),
            false => self.diagnostics.changed(uri),
        }
    }

    /// The document was saved: nothing waits any more.
    fn saved(&self, uri: &Uri) {
        if self.state.current(uri).is_some_and(|version| version.saved()) {
            self.show_all(uri);
        }
    }

    /// A request that is made where the cursor is. N.B. Hover and definition are not: they may be about the mouse.
    fn cursor_at(&self, uri: &Uri, position: Position) {
        let Some(snapshot) = self.state.snapshot(uri) else {
            return;
        };
        if snapshot.version.cursor_at(snapshot.offset(position)) {
            self.show_all(uri);
        }
    }

    fn pulls_diagnostics(&self) -> bool {
        self.state.client().is_some_and(|client| client.pulls_diagnostics)
    }

    /// Has all open documents checked anew.
    pub(super) fn check_all(&self) {
        if self.pulls_diagnostics() {
            self.outgoing.refresh_diagnostics();
            return;
        }
        for uri in self.state.uris() {
            self.diagnostics.changed(&uri);
        }
    }
}

pub(super) struct Backend(pub(super) Shared);

/// N.B. The framework's trait lacks this notification.
impl Backend {
    /// `window/workDoneProgress/cancel`
    pub(super) async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.0.documentation.cancel(Some(&params.token));
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let (client, capabilities) = capabilities::negotiate(&params);
        self.0.state.set_client(client);
        self.0.state.pages.initialize(&params);
        settings::initialize(&self.0, params.initialization_options, params.locale);
        self.0
            .diagnostics
            .start(self.0.state.clone(), self.0.outgoing.clone());
        if let Some(parent) = params.process_id {
            let lifecycle = self.0.lifecycle.clone();
            watch_parent(parent, move || lifecycle.end());
        }
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        settings::subscribe(&self.0);
        if self
            .0
            .state
            .client()
            .is_some_and(|client| client.registers_watchers)
        {
            self.0.outgoing.register_watchers(&own_types::WATCHED);
        }
        self.0.state.pages.start(&self.0);
    }

    async fn shutdown(&self) -> Result<()> {
        self.0.documentation.cancel(None);
        Ok(())
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        match &*params.command {
            capabilities::INSTALL_DOCS => documentation::install(&self.0),
            other => {
                return Err(Error::invalid_params(format!("there is no command `{other}`")));
            }
        }
        Ok(None)
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        settings::changed(&self.0, &params.settings);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.0.state.pages.folders(params.event);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let uris = params.changes.into_iter().map(|change| change.uri).collect();
        self.0.state.pages.files(uris);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.0.saved(&params.text_document.uri);
        self.0.state.pages.saved(params.text_document.uri);
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        handlers::hover(&self.0.state, params).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = &params.text_document_position;
        self.0.cursor_at(&at.text_document.uri, at.position);
        handlers::completion(&self.0.state, params).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        handlers::resolve(&self.0.state, item).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        handlers::definition(&self.0.state, params).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        handlers::references(&self.0.state, params).await
    }

    async fn document_highlight(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = &params.text_document_position_params;
        self.0.cursor_at(&at.text_document.uri, at.position);
        handlers::highlights(&self.0.state, params).await
    }

    async fn prepare_rename(
        &self,
        params: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>> {
        handlers::prepare_rename(&self.0.state, params).await
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        handlers::rename(&self.0.state, params).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        // An editor that asks by itself does so for the cursor.
        if params.context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC) {
            self.0.cursor_at(&params.text_document.uri, params.range.end);
        }
        handlers::code_actions(&self.0.state, params).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        handlers::symbols(&self.0.state, params).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        handlers::diagnostics(&self.0, params).await.map(Into::into)
    }
}
