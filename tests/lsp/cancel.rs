//! Requests that the client takes back or overtakes.

use crate::client::{Client, URI, did_change, document};
use serde_json::{Value, json};

const CANCELLED: i64 = -32800;
const CONTENT_MODIFIED: i64 = -32801;

/// A template that takes a while to read.
fn huge() -> String {
    let entry = "  A:\n    Value: [1, 2, {a: b, c: [null, true]}]\n";
    format!(
        "ROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n{}",
        entry.repeat(100_000)
    )
}

/// A client that asks for diagnostics: none are computed meanwhile.
fn pulling() -> Value {
    json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    })
}

#[test]
fn a_cancelled_request_is_answered_at_once() {
    let mut client = Client::with(pulling());
    client.open(URI, &huge());
    let slow = client.ask("textDocument/documentSymbol", document(URI));
    let cancelled = client.ask("textDocument/documentSymbol", document(URI));
    client.notify("$/cancelRequest", json!({ "id": cancelled }));
    assert_eq!(client.answer(cancelled)["error"]["code"], CANCELLED);
    assert!(
        !client.has_arrived(slow),
        "the answer to the cancelled request came too late to be of use"
    );
    assert!(client.answer(slow).get("error").is_none());
    client.notify("$/cancelRequest", json!({ "id": 4711 }));
}

#[test]
fn a_request_overtaken_by_an_edit_says_so() {
    let mut client = Client::with(pulling());
    client.open(URI, &huge());
    let overtaken = client.ask("textDocument/documentSymbol", document(URI));
    client.send(&did_change(URI, 2, [0, 0, 0, 0], "# 注释\n"));
    assert_eq!(client.answer(overtaken)["error"]["code"], CONTENT_MODIFIED);
    let place = json!({ "line": 1, "character": 0 });
    let completion = client.ask(
        "textDocument/completion",
        json!({ "textDocument": { "uri": URI }, "position": place }),
    );
    client.send(&did_change(URI, 3, [0, 0, 0, 0], "# 注释\n"));
    assert!(
        client.answer(completion).get("error").is_none(),
        "a list is filtered while typing goes on"
    );
}
