//! From `initialize` to the exit code, with clients that keep to the protocol and clients that don't.

use crate::client::{Client, URI, at, did_open, document, notification};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread::spawn;
use std::time::Duration;

const NOT_INITIALIZED: i64 = -32002;
const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;

#[test]
fn initialize_says_who_serves_what() {
    let (_client, answer) = Client::initialized_with(json!({ "capabilities": {} }));
    assert_eq!(answer["serverInfo"]["name"], "ros-lsp");
    assert_eq!(answer["serverInfo"]["version"], env!("CARGO_PKG_VERSION"));
    let capabilities = &answer["capabilities"];
    assert_eq!(
        capabilities["textDocumentSync"],
        json!({ "openClose": true, "change": 2, "save": true })
    );
    for provider in ["hoverProvider", "definitionProvider", "documentSymbolProvider"] {
        assert_eq!(capabilities[provider], true, "{provider}");
    }
    assert!(capabilities["completionProvider"]["triggerCharacters"].is_array());
    assert!(
        capabilities.get("diagnosticProvider").is_none(),
        "this client is pushed to"
    );
}

#[test]
fn exit_after_shutdown_leaves_with_0_while_input_stays_open() {
    let mut client = Client::with(json!({}));
    client.leave();
}

#[test]
fn exit_without_shutdown_leaves_with_1() {
    let mut client = Client::with(json!({}));
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn exit_before_initialize_leaves_with_1() {
    let mut client = Client::start();
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn the_end_of_input_ends_the_server() {
    let mut client = Client::with(json!({}));
    client.close_input();
    assert_eq!(client.exit_code(), 1);

    let mut client = Client::with(json!({}));
    client.request("shutdown", Value::Null);
    client.close_input();
    assert_eq!(client.exit_code(), 0);

    let mut client = Client::start();
    client.send_bytes(b"Content-Length: 1000\r\n\r\n{");
    client.close_input();
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn exit_does_not_wait_for_requests_under_way() {
    let mut client = Client::with(json!({}));
    client.open(
        URI,
        &"Resources: &a\n  A:\n    Type: ALIYUN::ECS::VPC\n".repeat(30_000),
    );
    for _ in 0..20 {
        client.ask("textDocument/documentSymbol", document(URI));
    }
    client.notify("exit", Value::Null);
    client.send_all(&[notification("textDocument/didSave", json!({}))]);
    client.close_input();
    // The requests may or may not have an answer on the way out.
    assert_eq!(client.exit_code_with_unread(), 1);
}

#[test]
#[cfg(target_os = "linux")] // Elsewhere the end of input tells.
fn the_server_follows_its_parent() {
    let mut parent = Command::new("cat")
        .stdin(Stdio::piped())
        .spawn()
        .expect("cat starts");
    let (mut client, _) = Client::initialized_with(json!({ "processId": parent.id(), "capabilities": {} }));
    assert_eq!(client.request("textDocument/hover", at(URI, 0, 0)), Value::Null);
    drop(parent.stdin.take());
    parent.wait().expect("cat ends with its input");
    assert_eq!(client.exit_code(), 1);
}

#[test]
fn a_parent_that_cannot_be_seen_does_not_count() {
    let (mut client, _) = Client::initialized_with(json!({ "processId": 0x7fff_fff0, "capabilities": {} }));
    assert_eq!(client.request("textDocument/hover", at(URI, 0, 0)), Value::Null);
}

#[test]
fn only_initialize_is_served_at_first_and_only_once() {
    let mut client = Client::start();
    assert_eq!(
        client.refusal("textDocument/hover", at(URI, 0, 0)),
        NOT_INITIALIZED
    );
    assert_eq!(client.refusal("shutdown", Value::Null), NOT_INITIALIZED);
    client.open(URI, "too early");
    assert_eq!(
        client.refusal("initialize", json!({ "capabilities": 1 })),
        INVALID_PARAMS
    );
    client.request("initialize", json!({ "capabilities": {} }));
    assert_eq!(
        client.refusal("initialize", json!({ "capabilities": {} })),
        INVALID_REQUEST
    );
}

#[test]
fn only_exit_is_served_after_shutdown() {
    let mut client = Client::with(json!({}));
    client.request("shutdown", Value::Null);
    assert_eq!(
        client.refusal("textDocument/hover", at(URI, 0, 0)),
        INVALID_REQUEST
    );
    client.open(
        URI,
        "Outputs:\n  A:\n    Value: !Ref Nowhere\nROSTemplateFormatVersion: '2015-09-01'\n",
    );
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_code(), 0);
}

#[test]
fn a_client_that_does_not_wait_for_initialize_is_served() {
    let mut client = Client::start();
    let template = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\nOutputs:\n  A:\n    Value: !Ref Nowhere\n";
    client.send_all(&[
        json!({ "jsonrpc": "2.0", "id": "first", "method": "initialize", "params": { "capabilities": {} } }),
        notification("initialized", json!({})),
        did_open(URI, template),
        json!({ "jsonrpc": "2.0", "id": "second", "method": "textDocument/hover", "params": at(URI, 0, 0) }),
    ]);
    assert!(client.answer("first")["result"].is_object());
    assert!(client.answer("second").get("error").is_none());
    client.published(URI);
}

#[test]
fn null_missing_and_needless_parameters_do_no_harm() {
    for params in [Some(Value::Null), Some(json!({})), Some(json!([])), None] {
        let mut client = Client::start();
        client.request(
            "initialize",
            json!({ "processId": null, "rootUri": null, "capabilities": {} }),
        );
        let with_params = |mut message: Value| {
            if let Some(params) = &params {
                message["params"] = params.clone();
            }
            message
        };
        client.send(&with_params(json!({ "jsonrpc": "2.0", "method": "initialized" })));
        client.send(&with_params(
            json!({ "jsonrpc": "2.0", "method": "workspace/didChangeConfiguration" }),
        ));
        client.send(&with_params(
            json!({ "jsonrpc": "2.0", "id": 99, "method": "shutdown" }),
        ));
        assert_eq!(client.answer(99)["result"], Value::Null);
        client.send(&with_params(json!({ "jsonrpc": "2.0", "method": "exit" })));
        assert_eq!(client.exit_code(), 0, "{params:?}");
    }
}

#[test]
fn unknown_requests_are_refused_and_unknown_notifications_ignored() {
    let mut client = Client::with(json!({}));
    assert_eq!(
        client.refusal("textDocument/nothing", json!({})),
        METHOD_NOT_FOUND
    );
    client.notify("textDocument/nothing", json!({}));
    client.notify("$/nothing", json!({}));
    client.notify("$/setTrace", json!({ "value": "off" }));
    assert_eq!(
        client.refusal("textDocument/hover", json!({ "position": 1 })),
        INVALID_PARAMS
    );
}

#[test]
fn what_is_no_message_is_answered_and_serving_goes_on() {
    let bodies = [
        (r#"{"jsonrpc":"2.0","method":"#, PARSE_ERROR),
        ("\u{0}", PARSE_ERROR),
        (
            r#"[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]"#,
            INVALID_REQUEST,
        ),
        (r#"{"id":1,"method":"shutdown"}"#, INVALID_REQUEST),
        (
            r#"{"jsonrpc":"2.0","id":{},"method":"shutdown"}"#,
            INVALID_REQUEST,
        ),
        ("null", INVALID_REQUEST),
    ];
    let mut client = Client::with(json!({}));
    for (body, code) in bodies {
        client.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        assert_eq!(client.answer(Value::Null)["error"]["code"], code, "{body}");
        let logged = client.notification("window/logMessage");
        assert!(
            logged["message"]
                .as_str()
                .is_some_and(|message| message.contains("is lost")),
            "{logged}"
        );
    }
    assert_eq!(client.request("textDocument/hover", at(URI, 0, 0)), Value::Null);
}

#[test]
fn rubbish_between_frames_and_odd_headers_are_skipped() {
    let mut client = Client::with(json!({}));
    let body =
        json!({ "jsonrpc": "2.0", "id": "odd", "method": "textDocument/hover", "params": at(URI, 0, 0) });
    let body = body.to_string();
    let odd = format!(
        "hello\r\n\r\ncontent-length:{}\nContent-Type: application/vscode-jsonrpc; charset=latin1\nX: y\n\n{body}",
        body.len()
    );
    client.send_bytes(odd.as_bytes());
    assert_eq!(client.answer("odd")["result"], Value::Null);
}

#[test]
fn a_reply_that_nobody_waits_for_does_no_harm() {
    let mut client = Client::with(json!({}));
    client.reply(&json!(4711), json!(null));
    client.send(&json!({ "jsonrpc": "2.0", "id": 4712, "error": { "code": 1, "message": "no", "more": 2 } }));
    let logged = client.notification("window/logMessage");
    assert!(
        logged["message"]
            .as_str()
            .is_some_and(|message| message.contains("is lost")),
        "{logged}"
    );
    client.send(&json!({ "jsonrpc": "2.0", "id": null, "result": 1 }));
    assert_eq!(client.request("textDocument/hover", at(URI, 0, 0)), Value::Null);
}

#[test]
fn a_client_that_does_not_read_can_still_say_exit() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_ros-lsp"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut input = server.stdin.take().expect("a pipe");
    let mut send = |message: Value| {
        let body = message.to_string();
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
    };
    let name = "x".repeat(1000);
    let request =
        |id: i64, method: &str| json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": {} });
    send(json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "capabilities": {} } }));
    // The refusals repeat the method's name: more than any pipe holds.
    for id in 1..500 {
        send(request(id, &name));
    }
    send(request(2000, "shutdown"));
    send(notification("exit", Value::Null));
    let (ended, end) = channel();
    spawn(move || ended.send(server.wait().map(|status| status.code())));
    let code = end
        .recv_timeout(Duration::from_secs(60))
        .expect("the server ends");
    assert_eq!(code.expect("it was started"), Some(0));
}

#[test]
fn a_client_that_closes_our_output_ends_the_server() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_ros-lsp"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the server starts");
    let mut input = server.stdin.take().expect("a pipe");
    drop(server.stdout.take());
    let body = json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "capabilities": {} } });
    let body = body.to_string();
    write!(input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
    let (ended, end) = channel();
    spawn(move || ended.send(server.wait().map(|status| status.code())));
    let code = end
        .recv_timeout(Duration::from_secs(60))
        .expect("the server ends although its input is open");
    assert_eq!(code.expect("it was started"), Some(1));
    drop(input);
}

#[test]
fn every_request_is_answered() {
    let mut client = Client::with(json!({}));
    assert_eq!(client.refusal("$/unknown", json!({})), METHOD_NOT_FOUND);
    assert_eq!(
        client.refusal("textDocument/unknown", json!({})),
        METHOD_NOT_FOUND
    );
    client.send(&json!({ "jsonrpc": "2.0", "id": "none" }));
    assert_eq!(client.answer("none")["error"]["code"], INVALID_REQUEST);
    client.notification("window/logMessage");
    client.notify("$/unknown", json!({}));
    client.leave();
}

#[test]
fn a_text_with_half_a_surrogate_pair_stays_in_step() {
    let mut client =
        Client::that_waits_for_nothing(json!({ "general": { "positionEncodings": ["utf-16"] } }));
    let text = "ROSTemplateFormatVersion: '2015-09-01'\nResources: {}\nOutputs:\n  Id:\n    Value: !Ref \n";
    client.open(URI, text);
    client.published_for(URI, 1);
    let edit = |version: u32, start: u32, end: u32, text: &str| {
        let at = |character: u32| json!({ "line": 4, "character": character });
        let change = json!({ "range": { "start": at(start), "end": at(end) }, "text": "TEXT" });
        let params = json!({
            "textDocument": { "uri": URI, "version": version }, "contentChanges": [change],
        });
        let message = notification("textDocument/didChange", params).to_string();
        let body = message.replace("TEXT", text);
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    // The halves of 😀 arrive one by one.
    client.send_bytes(edit(2, 16, 16, r"\ud83d").as_bytes());
    client.send_bytes(edit(3, 17, 17, r"\ude00 # x").as_bytes());
    client.send_bytes(edit(4, 16, 18, "Nowhere").as_bytes());
    let findings = client.published_for(URI, 4);
    let message = findings[0]["message"].as_str().expect("a message");
    assert!(message.contains("`Nowhere`"), "{findings:?}");
    client.leave();
}
