//! The offer to install documentation, and the installation with its progress, from a made-up `pip`.

#![cfg(unix)] // The made-up `pip` is a shell script.

use crate::client::{Client, URI, at, did_replace};
use crate::fake_pip::{Index, wait_for};
use serde_json::{Value, json};

const TEMPLATE: &str = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Net:\n    Type: ALIYUN::ECS::VSwitch\n    \
    Properties:\n      CidrBlock: 10.0.0.0/24\n      VpcId: vpc-1\n      ZoneId: cn-beijing-a\n      VSwitchName: mine\n";
const ORDINARY: &str = "a: 1\n";
const ASK: &str = "window/showMessageRequest";
const COMMAND: &str = "ros.docs.install";

/// A session with a client that can ask and show progress.
fn session(index: &Index, options: Value) -> Client {
    session_of(index, json!({ "initializationOptions": options }))
}

fn session_of(index: &Index, mut params: Value) -> Client {
    let mut client = Client::start_with(|command| index.set(command));
    if params.get("capabilities").is_none() {
        params["capabilities"] = json!({
            "window": { "showMessage": { "messageActionItem": {} }, "workDoneProgress": true },
            "textDocument": { "diagnostic": {} },
            "workspace": { "diagnostics": { "refreshSupport": true } },
        });
    }
    client.shake_hands(params);
    client
}

/// The offer: id, message and answers.
fn offer(client: &mut Client) -> (Value, String, Vec<String>) {
    let (id, params) = client.server_request(ASK);
    let titles = params["actions"].as_array().expect("answers").iter();
    let titles = titles.map(|action| action["title"].as_str().expect("a title").to_owned());
    (
        id,
        params["message"].as_str().expect("a message").to_owned(),
        titles.collect(),
    )
}

/// Begins the progress that the server asks for; gives its token.
fn begin_progress(client: &mut Client) -> Value {
    let (id, params) = client.server_request("window/workDoneProgress/create");
    client.reply(&id, Value::Null);
    let begin = client.notification("$/progress");
    assert_eq!(begin["token"], params["token"]);
    assert_eq!(
        (&begin["value"]["kind"], &begin["value"]["cancellable"]),
        (&"begin".into(), &true.into())
    );
    params["token"].clone()
}

/// Progress up to its end: the percentages.
fn progress_to_end(client: &mut Client) -> Vec<u64> {
    let mut percentages = Vec::new();
    loop {
        let value = client.notification("$/progress")["value"].take();
        if value["kind"] == "end" {
            return percentages;
        }
        percentages.push(value["percentage"].as_u64().expect("a percentage"));
    }
}

fn shown(client: &mut Client) -> (u64, String) {
    let params = client.notification("window/showMessage");
    let kind = params["type"].as_u64().expect("a type");
    (kind, params["message"].as_str().expect("a message").to_owned())
}

fn hover_says(client: &mut Client, words: &str) -> bool {
    let hover = client.request("textDocument/hover", at(URI, 8, 8));
    hover.to_string().contains(words)
}

/// Waits until everything that a document caused has come about.
fn settle(client: &mut Client) {
    client.request(
        "textDocument/diagnostic",
        json!({ "textDocument": { "uri": URI } }),
    );
}

#[test]
fn yes_installs_with_progress_and_the_pack_is_in_use_at_once() {
    let index = Index::of(20);
    let mut client = session(&index, json!({}));
    client.open("file:///other.yml", ORDINARY);
    client.open(URI, TEMPLATE);
    let words = "The made-up words of package 0.";
    assert!(!hover_says(&mut client, words));
    let (id, message, answers) = offer(&mut client);
    assert!(message.contains("documentation"), "{message}");
    assert_eq!(answers, ["Yes", "Not now", "Never"]);
    client.reply(&id, json!({ "title": "Yes" }));
    begin_progress(&mut client);
    let percentages = progress_to_end(&mut client);
    assert_eq!(percentages.len(), 40, "20 fetched, 20 read: {percentages:?}");
    assert!(
        percentages.is_sorted() && percentages.last() == Some(&100),
        "{percentages:?}"
    );
    let (kind, message) = shown(&mut client);
    assert_eq!(kind, 3, "{message}");
    assert!(message.contains("20 resource types"), "{message}");
    assert!(hover_says(&mut client, words));
    client.leave();

    // The next session finds it, and does not ask.
    let mut client = session(&index, json!({}));
    client.open(URI, TEMPLATE);
    assert!(hover_says(&mut client, words));
}

#[test]
fn an_ordinary_file_is_no_occasion_until_it_becomes_a_template() {
    let index = Index::of(1);
    let mut client = session(&index, json!({}));
    client.open(URI, ORDINARY);
    settle(&mut client);
    client.send(&did_replace(URI, 2, TEMPLATE));
    let (id, ..) = offer(&mut client);
    client.reply(&id, json!({ "title": "Not now" }));
    client.send(&did_replace(URI, 3, &format!("{TEMPLATE}\n")));
    settle(&mut client);
    client.leave();
    let mut client = session(&index, json!({}));
    client.open(URI, TEMPLATE);
    let (id, ..) = offer(&mut client);
    client.reply(&id, Value::Null);
    assert!(index.calls().is_empty());
}

#[test]
fn never_is_remembered_and_asked_in_the_users_language() {
    let index = Index::of(1);
    let mut client = session_of(&index, json!({ "locale": "zh-cn" }));
    client.open(URI, TEMPLATE);
    let (id, message, answers) = offer(&mut client);
    assert!(message.contains("官方文档"), "{message}");
    assert_eq!(answers, ["安装", "暂不", "不再提示"]);
    client.reply(&id, json!({ "title": "不再提示" }));
    wait_for(&index.packs().join("never-offer"));
    client.leave();
    let mut client = session_of(&index, json!({ "locale": "zh-cn" }));
    client.open(URI, TEMPLATE);
    settle(&mut client);
}

#[test]
fn nothing_is_offered_where_it_is_switched_off_or_cannot_be_asked() {
    let index = Index::of(1);
    let mut client = session(&index, json!({ "docs": { "offer": false } }));
    client.open(URI, TEMPLATE);
    settle(&mut client);
    client.leave();
    let mut client = session_of(
        &index,
        json!({ "capabilities": {
            "textDocument": { "diagnostic": {} },
            "workspace": { "diagnostics": { "refreshSupport": true } },
        } }),
    );
    client.open(URI, TEMPLATE);
    settle(&mut client);
}

#[test]
fn the_settings_are_waited_for() {
    let index = Index::of(1);
    let capabilities = json!({
        "window": { "showMessage": {} },
        "workspace": { "configuration": true, "diagnostics": { "refreshSupport": true } },
        "textDocument": { "diagnostic": {} },
    });
    for is_wanted in [false, true] {
        let mut client = session_of(&index, json!({ "capabilities": capabilities }));
        client.open(URI, TEMPLATE);
        settle(&mut client);
        let (id, _) = client.server_request("workspace/configuration");
        client.reply(&id, json!([{ "docs": { "offer": is_wanted } }]));
        if is_wanted {
            let (id, ..) = offer(&mut client);
            client.reply(&id, Value::Null);
        } else {
            // These are other settings than before.
            let (id, _) = client.server_request("workspace/diagnostic/refresh");
            client.reply(&id, Value::Null);
        }
        client.leave();
    }
}

#[test]
fn the_command_installs_and_can_be_cancelled() {
    let index = Index::of(20);
    index.put("ros-cdk-19.hang", "");
    let mut client = session(&index, json!({}));
    assert_eq!(
        client.request("workspace/executeCommand", json!({ "command": COMMAND })),
        Value::Null
    );
    let token = begin_progress(&mut client);
    wait_for(&index.path("hanging"));
    client.request("workspace/executeCommand", json!({ "command": COMMAND }));
    let (kind, message) = shown(&mut client);
    assert!(kind == 3 && message.contains("already"), "{message}");
    client.notify("window/workDoneProgress/cancel", json!({ "token": token }));
    progress_to_end(&mut client);
    assert!(!index.packs().exists());
    index.remove("ros-cdk-19.hang");

    client.request("workspace/executeCommand", json!({ "command": COMMAND }));
    begin_progress(&mut client);
    progress_to_end(&mut client);
    assert!(shown(&mut client).1.contains("20 resource types"));
    client.refusal("workspace/executeCommand", json!({ "command": "ros.nothing" }));
}

#[test]
fn what_goes_wrong_is_told() {
    let index = Index::of(3);
    index.put("offline", "");
    let mut client = session(&index, json!({}));
    client.request("workspace/executeCommand", json!({ "command": COMMAND }));
    begin_progress(&mut client);
    progress_to_end(&mut client);
    let (kind, message) = shown(&mut client);
    assert_eq!(kind, 1);
    assert!(message.contains("no route to host"), "{message}");
}

#[test]
fn a_damaged_pack_is_told_once() {
    let index = Index::of(1);
    std::fs::create_dir_all(index.packs()).expect("a folder");
    index.put("packs/en.rosdocs", "no pack at all");
    let mut client = session(&index, json!({ "docs": { "offer": false } }));
    client.open(URI, TEMPLATE);
    client.request("textDocument/hover", at(URI, 8, 8));
    client.request("textDocument/hover", at(URI, 7, 8));
    let (kind, message) = shown(&mut client);
    assert_eq!(kind, 2);
    assert!(
        message.contains("en.rosdocs") && message.contains("ros-lsp docs install"),
        "{message}"
    );
}
