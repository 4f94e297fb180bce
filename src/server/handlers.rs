//! One function a request: snapshot → from_proto → feature → to_proto, on a thread of its own.

use super::backend::Shared;
use super::state::{Snapshot, State, Version};
use super::to_proto;
use crate::document::Document;
use crate::features::Context;
use crate::features::library::Library;
use crate::features::{card, code_actions, completion, definition, hover, references, rename, symbols};
use crate::text::TextRange;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

/// What becomes of an answer when the text changes before it is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stale {
    /// It is given all the same.
    Answer,
    /// `ContentModified`.
    Refuse,
}

pub(super) async fn hover(state: &State, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
    let at = params.text_document_position_params;
    answer_at(state, at, |snapshot, context, offset| {
        Some(to_proto::hover(snapshot, hover::hover(context, offset)?))
    })
    .await
}

/// N.B. An editor filters the list while the user types on: refusing a stale one would leave it without any.
pub(super) async fn completion(
    state: &State,
    params: lsp::CompletionParams,
) -> Result<Option<lsp::CompletionResponse>> {
    let at = params.text_document_position;
    answer_about(
        state,
        &at.text_document.uri,
        Stale::Answer,
        Version::template_to_be,
        move |snapshot, document| {
            let offset = snapshot.offset(at.position);
            let context = snapshot.context(document);
            let completion = match snapshot.version.template() {
                Some(_) => completion::complete(&context, offset),
                None => completion::begin(&context, offset),
            };
            Some(to_proto::completion(snapshot, completion, offset))
        },
    )
    .await
}

/// Adds the words about a proposal; one that is not ours, or of which nothing is known, stays as it is.
pub(super) async fn resolve(state: &State, mut item: lsp::CompletionItem) -> Result<lsp::CompletionItem> {
    let topic = item
        .data
        .take()
        .and_then(|data| serde_json::from_value::<card::Topic>(data).ok());
    let (Some(topic), Some(client)) = (topic, state.client()) else {
        return Ok(item);
    };
    let (catalog, config) = (state.catalog(), state.config());
    let work = move || {
        let library = Library {
            catalog: &catalog,
            locale: config.hover_locale,
        };
        completion::documentation(library, &topic)
    };
    let words = on_a_thread(work).await?;
    item.documentation = words.map(|words| to_proto::documentation(words, &client));
    Ok(item)
}

pub(super) async fn definition(
    state: &State,
    params: lsp::GotoDefinitionParams,
) -> Result<Option<lsp::GotoDefinitionResponse>> {
    let at = params.text_document_position_params;
    answer_at(state, at, |snapshot, context, offset| {
        let targets = definition::definition(context, offset);
        (!targets.is_empty()).then(|| to_proto::definition(snapshot, targets))
    })
    .await
}

pub(super) async fn references(
    state: &State,
    params: lsp::ReferenceParams,
) -> Result<Option<Vec<lsp::Location>>> {
    let with_declaration = params.context.include_declaration;
    let at = params.text_document_position;
    answer_at(state, at, move |snapshot, context, offset| {
        let mut found = references::references(context, offset)?;
        found
            .places
            .retain(|place| with_declaration || !place.declaration);
        Some(to_proto::references(snapshot, &found))
    })
    .await
}

pub(super) async fn highlights(
    state: &State,
    params: lsp::DocumentHighlightParams,
) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
    let at = params.text_document_position_params;
    answer_at(state, at, |snapshot, context, offset| {
        let found = references::references(context, offset)?;
        Some(to_proto::highlights(snapshot, &found))
    })
    .await
}

/// An error says why the name must stay.
pub(super) async fn prepare_rename(
    state: &State,
    at: lsp::TextDocumentPositionParams,
) -> Result<Option<lsp::PrepareRenameResponse>> {
    let found = answer_at(state, at, |snapshot, context, offset| {
        let found = rename::prepare(context, offset).transpose()?;
        Some(found.map(
            |(range, placeholder)| lsp::PrepareRenameResponse::RangeWithPlaceholder {
                range: snapshot.range(range),
                placeholder,
            },
        ))
    });
    found.await?.transpose().map_err(Error::invalid_params)
}

/// An error says why the name must stay, or can't be that.
pub(super) async fn rename(state: &State, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
    let new_name = params.new_name;
    let at = params.text_document_position;
    let found = answer_at(state, at, move |snapshot, context, offset| {
        let edits = rename::rename(context, offset, &new_name).transpose()?;
        Some(edits.map(|edits| to_proto::workspace_edit(snapshot, &edits)))
    });
    found.await?.transpose().map_err(Error::invalid_params)
}

/// Clients that take no code actions but commands get none.
pub(super) async fn code_actions(
    state: &State,
    params: lsp::CodeActionParams,
) -> Result<Option<lsp::CodeActionResponse>> {
    let wanted = params.context.only.is_none_or(|kinds| {
        let covers = |kind: &lsp::CodeActionKind| matches!(kind.as_str(), "" | "quickfix");
        kinds.iter().any(covers)
    });
    answer(
        state,
        &params.text_document.uri,
        Stale::Refuse,
        move |snapshot, _| {
            if !wanted || !snapshot.client.code_actions {
                return None;
            }
            let [start, end] = [params.range.start, params.range.end]
                .map(|position| TextRange::empty(snapshot.offset(position)));
            let findings = snapshot.version.findings(&snapshot.config, &snapshot.catalog)?;
            let fixes = code_actions::quick_fixes(&findings.list, start.cover(end));
            Some(to_proto::quick_fixes(snapshot, &fixes))
        },
    )
    .await
}

pub(super) async fn symbols(
    state: &State,
    params: lsp::DocumentSymbolParams,
) -> Result<Option<lsp::DocumentSymbolResponse>> {
    answer(
        state,
        &params.text_document.uri,
        Stale::Refuse,
        |snapshot, document| {
            let symbols = symbols::symbols(&snapshot.context(document));
            Some(to_proto::symbols(snapshot, symbols))
        },
    )
    .await
}

pub(super) async fn diagnostics(
    shared: &Shared,
    params: lsp::DocumentDiagnosticParams,
) -> Result<lsp::DocumentDiagnosticReport> {
    let state = &shared.state;
    let diagnostics = shared.diagnostics.clone();
    let previous = params.previous_result_id;
    let waiting = state.clone();
    // An error means that the server ends.
    let _ = tokio::task::spawn_blocking(move || waiting.pages.settle()).await;
    let found = answer(
        state,
        &params.text_document.uri,
        Stale::Answer,
        move |snapshot, _| {
            let version = &snapshot.version;
            let shown = version.shown(&snapshot.config, &snapshot.catalog, Instant::now())?;
            if let Some(due) = shown.due {
                diagnostics.look_again(&version.uri, due);
            }
            let id = snapshot.result_id(shown.revision);
            if previous.as_ref() == Some(&id) {
                return Some((id, None));
            }
            let list = to_proto::diagnostics(&shown.list, version, &snapshot.client);
            Some((id, Some(list)))
        },
    )
    .await?;
    let (id, list) = match found {
        Some((id, list)) => (Some(id), list),
        None => (None, Some(Vec::new())),
    };
    Ok(to_proto::diagnostic_report(id, list))
}

/// Runs `feature` on a template and an offset in it, as [`answer`].
async fn answer_at<T: Send + 'static>(
    state: &State,
    at: lsp::TextDocumentPositionParams,
    feature: impl FnOnce(&Snapshot, &Context<'_>, u32) -> Option<T> + Send + 'static,
) -> Result<Option<T>> {
    let position = at.position;
    answer(
        state,
        &at.text_document.uri,
        Stale::Refuse,
        move |snapshot, document| {
            let offset = snapshot.offset(position);
            feature(snapshot, &snapshot.context(document), offset)
        },
    )
    .await
}

/// Runs `feature` on a template; other files, closed ones and those out of sync have no answer.
async fn answer<T: Send + 'static>(
    state: &State,
    uri: &lsp::Uri,
    stale: Stale,
    feature: impl FnOnce(&Snapshot, &Document) -> Option<T> + Send + 'static,
) -> Result<Option<T>> {
    answer_about(state, uri, stale, Version::template, feature).await
}

/// The same for the documents that `document_of` finds worth an answer.
async fn answer_about<T: Send + 'static>(
    state: &State,
    uri: &lsp::Uri,
    stale: Stale,
    document_of: fn(&Version) -> Option<&Document>,
    feature: impl FnOnce(&Snapshot, &Document) -> Option<T> + Send + 'static,
) -> Result<Option<T>> {
    let Some(snapshot) = state.snapshot(uri) else {
        return Ok(None);
    };
    let cancelled = Arc::new(AtomicBool::new(false));
    let _guard = CancelOnDrop(cancelled.clone());
    let work = move || {
        let check = || match stale {
            _ if cancelled.load(Ordering::Acquire) => Err(Error::request_cancelled()),
            Stale::Refuse if snapshot.version.is_superseded() => Err(Error::content_modified()),
            Stale::Refuse | Stale::Answer => Ok(()),
        };
        check()?;
        let Some(document) = document_of(&snapshot.version) else {
            return Ok(None);
        };
        check()?;
        let answer = feature(&snapshot, document);
        check()?;
        Ok(answer)
    };
    on_a_thread(work).await?
}

/// Where a computation holds up nothing else.
async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => Ok(answer),
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Error::request_cancelled()),
        },
    }
}

/// `$/cancelRequest` drops the future that waits; its thread hears of it here.
struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}
