//! didOpen, didChange and didClose: applied in the order of the wire, as edits of the rope. Nothing is parsed here.

use super::from_proto;
use super::state::{Open, State, Version, format_of};
use crate::text::buffer::Buffer;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use tower_lsp::ls_types::{
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, TextDocumentContentChangeEvent, Uri,
};

/// The document that a notification was about, and what went wrong, for the log.
#[derive(Debug)]
pub(super) struct Outcome {
    /// `None` when not even that could be read.
    pub(super) uri: Option<Uri>,
    pub(super) problem: Option<String>,
}

/// `DidChangeTextDocumentParams`, except that the version may be missing.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DidChange {
    text_document: Identifier,
    content_changes: Vec<TextDocumentContentChangeEvent>,
}

#[derive(Deserialize)]
struct Identifier {
    uri: Uri,
    version: Option<i32>,
}

/// Whether [`apply`] is responsible for the method.
pub(super) fn is_sync(method: &str) -> bool {
    matches!(
        method,
        "textDocument/didOpen" | "textDocument/didChange" | "textDocument/didClose"
    )
}

/// Applies a notification. A change that can't be read or applied leaves its document out of sync: without answers
/// and diagnostics until the client sends the whole text again.
pub(super) fn apply(state: &State, method: &str, params: Option<Value>) -> Outcome {
    let params = params.unwrap_or_default();
    let uri = uri_of(&params);
    let result = match method {
        "textDocument/didOpen" => read(params).map(|params| open(state, params)),
        "textDocument/didClose" => read(params).map(|params| close(state, &params)),
        _ => read(params).and_then(|params| change(state, params)),
    };
    let problem = result.err().map(|problem| {
        if let Some(uri) = &uri {
            lose(state, uri);
        }
        format!("{method}: {problem}")
    });
    Outcome { uri, problem }
}

/// Marks a document, if it is open, as out of sync.
pub(super) fn lose(state: &State, uri: &Uri) {
    if let Some(Open::Current(version)) = state.open(uri) {
        let format = version.format;
        state.put(uri, Some(Open::OutOfSync { format }));
    }
}

/// `params.textDocument.uri`.
pub(super) fn uri_of(params: &Value) -> Option<Uri> {
    params.get("textDocument")?.get("uri")?.as_str()?.parse().ok()
}

fn open(state: &State, params: DidOpenTextDocumentParams) {
    let document = params.text_document;
    let format = format_of(&document.language_id, &document.uri, &document.text);
    let buffer = Buffer::new(&document.text);
    let version = Version::new(document.uri.clone(), document.version, format, buffer);
    state.put(&document.uri, Some(Open::Current(Arc::new(version))));
}

fn close(state: &State, params: &DidCloseTextDocumentParams) {
    state.put(&params.text_document.uri, None);
}

fn change(state: &State, params: DidChange) -> Result<(), String> {
    let uri = params.text_document.uri;
    let (format, before) = match state.open(&uri) {
        Some(Open::Current(version)) => (version.format, Some(version)),
        Some(Open::OutOfSync { format }) => (format, None),
        None => return Err(format!("{} is not open", uri.as_str())),
    };
    let mut buffer = before.as_ref().map(|version| version.buffer.clone());
    let mut touched = Vec::new();
    for event in params.content_changes {
        let change = from_proto::change(event);
        match &mut buffer {
            // What lies beyond the end of a line or of the text is moved back to it, as the protocol says.
            Some(buffer) => touched.extend(buffer.apply(&[change], state.encoding())),
            None if change.range.is_none() => buffer = Some(Buffer::new(&change.text)),
            None => {}
        }
    }
    let Some(buffer) = buffer else {
        return Ok(());
    };
    let number = params.text_document.version;
    let version = match before {
        Some(before) => before.edited(number.unwrap_or(before.number), buffer, &touched),
        None => Version::new(uri.clone(), number.unwrap_or(0), format, buffer),
    };
    state.put(&uri, Some(Open::Current(Arc::new(version))));
    Ok(())
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, String> {
    serde_json::from_value(params).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const URI: &str = "file:///t.ros.yml";

    fn opened(text: &str) -> State {
        let state = State::new();
        let document = json!({ "uri": URI, "languageId": "yaml", "version": 1, "text": text });
        let outcome = apply(
            &state,
            "textDocument/didOpen",
            Some(json!({ "textDocument": document })),
        );
        assert!(outcome.problem.is_none());
        state
    }

    fn change(state: &State, changes: Value) -> Option<String> {
        let params = json!({ "textDocument": { "uri": URI, "version": 2 }, "contentChanges": changes });
        apply(state, "textDocument/didChange", Some(params)).problem
    }

    fn text(state: &State) -> Option<String> {
        Some(state.current(&URI.parse().unwrap())?.buffer.text())
    }

    fn insert(line: u32, character: u32, text: &str) -> Value {
        let at = json!({ "line": line, "character": character });
        json!({ "range": { "start": at, "end": at }, "text": text })
    }

    #[test]
    fn changes_apply_in_order_and_supersede_the_version_before() {
        let state = opened("ab\n");
        let first = state.current(&URI.parse().unwrap()).unwrap();
        assert_eq!(
            change(
                &state,
                json!([insert(0, 1, "专"), insert(0, 2, "!"), insert(1, 0, "c")])
            ),
            None
        );
        assert_eq!(text(&state).as_deref(), Some("a专!b\nc"));
        assert!(first.is_superseded());
        assert_eq!(
            first.buffer.text(),
            "ab\n",
            "whoever still works on it sees the old text"
        );
    }

    #[test]
    fn what_lies_beyond_the_end_is_moved_back_to_it() {
        for (line, character) in [(1, 0), (99, 0), (0, 7), (u32::MAX, u32::MAX)] {
            let state = opened("a");
            assert_eq!(change(&state, json!([insert(line, character, "\nb")])), None);
            assert_eq!(text(&state).as_deref(), Some("a\nb"));
        }
    }

    #[test]
    fn a_change_without_version_counts() {
        let state = opened("a");
        let params = json!({ "textDocument": { "uri": URI }, "contentChanges": [insert(0, 1, "b")] });
        assert!(
            apply(&state, "textDocument/didChange", Some(params))
                .problem
                .is_none()
        );
        assert_eq!(text(&state).as_deref(), Some("ab"));
    }

    #[test]
    fn what_cannot_be_read_puts_the_document_out_of_sync_until_its_whole_text_arrives() {
        let malformed = [json!([{ "text": 1 }]), json!({})];
        for changes in malformed {
            let state = opened("a");
            assert!(change(&state, changes.clone()).is_some(), "{changes}");
            assert_eq!(text(&state), None);
            assert_eq!(change(&state, json!([insert(0, 0, "x")])), None);
            assert_eq!(text(&state), None, "an edit of an unknown text says nothing");
            assert_eq!(
                change(
                    &state,
                    json!([insert(0, 0, "x"), { "text": "new" }, insert(0, 3, "!")])
                ),
                None
            );
            assert_eq!(text(&state).as_deref(), Some("new!"));
        }
    }

    #[test]
    fn a_document_that_is_not_open_is_left_alone() {
        let state = State::new();
        assert!(
            change(&state, json!([insert(0, 0, "x")]))
                .unwrap()
                .contains("is not open")
        );
        assert_eq!(text(&state), None);
        let params = json!({ "textDocument": { "uri": URI } });
        assert!(
            apply(&state, "textDocument/didClose", Some(params))
                .problem
                .is_none()
        );
        assert!(apply(&state, "textDocument/didClose", None).problem.is_some());
    }
}
