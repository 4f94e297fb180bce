//! Diagnostics, pushed and pulled: versions, closing, files that are no templates.

use crate::client::{Client, URI, at, did_change, did_replace, document, notification};
use serde_json::{Value, json};

const BROKEN: &str = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\nOutputs:\n  Id:\n    Value: !Ref Nowhere\n";
const SOUND: &str = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\nOutputs:\n  Id:\n    Value: abc\n";
const OTHER: &str = "on: push\njobs:\n  Resources: !Ref Nowhere\n";

fn codes(list: &[Value]) -> Vec<&str> {
    list.iter()
        .filter_map(|diagnostic| diagnostic["code"].as_str())
        .collect()
}

#[test]
fn each_version_is_published_with_its_number() {
    let mut client = Client::that_waits_for_nothing(json!({}));
    client.open(URI, BROKEN);
    let list = client.published_for(URI, 1);
    assert_eq!(list.len(), 1, "{list:#?}");
    assert_eq!(list[0]["source"], "ros");
    assert_eq!(list[0]["severity"], 1);
    assert_eq!(
        list[0]["range"],
        json!({ "start": { "line": 6, "character": 16 }, "end": { "line": 6, "character": 23 } })
    );
    assert!(
        list[0]["message"]
            .as_str()
            .is_some_and(|message| message.contains("`Nowhere`"))
    );
    client.send(&did_replace(URI, 2, SOUND));
    assert_eq!(client.published_for(URI, 2), Vec::<Value>::new());
    client.send(&did_change(URI, 7, [6, 11, 6, 14], "!Ref Elsewhere"));
    let list = client.published_for(URI, 7);
    assert!(
        list[0]["message"]
            .as_str()
            .is_some_and(|message| message.contains("`Elsewhere`"))
    );
}

#[test]
fn both_formats_are_checked() {
    let uri = "file:///project/template.json";
    let mut client = Client::with(json!({}));
    client.open(URI, BROKEN);
    client.open(
        uri,
        r#"{"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"Vpc": {"Type": "ALIYUN::ECS::VPC"}}, "Outputs": {"Id": {"Value": {"Ref": "Nowhere"}}}}"#,
    );
    let yaml = client.published_for(URI, 1);
    let json = client.published_for(uri, 1);
    assert_eq!(codes(&yaml), codes(&json));
}

#[test]
fn closing_clears() {
    let mut client = Client::with(json!({}));
    client.open(URI, BROKEN);
    assert_eq!(client.published_for(URI, 1).len(), 1);
    client.close(URI);
    assert_eq!(client.published(URI), (None, Vec::new()));
    client.open(URI, SOUND);
    assert!(client.published_for(URI, 1).is_empty());
}

#[test]
fn other_files_get_no_message_at_all() {
    let mut client = Client::with(json!({}));
    let oos = "FormatVersion: OOS-2019-06-01\nTasks:\n- Name: a\n  Action: ACS::ECS::RunInstances\n  Properties:\n    A: '{{ b }}'\n";
    for (uri, text) in [
        (URI, OTHER),
        ("file:///project/.github/workflow.yaml", OTHER),
        (
            "file:///project/package.json",
            r#"{"name": "x", "Outputs": {"Ref": "Nowhere"}}"#,
        ),
        ("file:///project/broken.yml", "a: [\n\tb: }"),
        ("file:///project/empty.yml", ""),
        ("file:///project/oos.yml", oos),
    ] {
        client.open(uri, text);
        assert_eq!(
            client.request("textDocument/documentSymbol", document(uri)),
            Value::Null
        );
        client.close(uri);
    }
    // The client checks at its end that nothing else has come.
}

#[test]
fn a_name_can_make_a_template() {
    let mut client = Client::with(json!({}));
    let uri = "file:///project/empty.ros.yml";
    client.open(uri, "Outputs:\n  A:\n    Value: !Ref Nowhere\n");
    assert!(!client.published_for(uri, 1).is_empty());
}

#[test]
fn a_file_that_stops_to_be_a_template_is_cleared() {
    let mut client = Client::with(json!({}));
    client.open(URI, BROKEN);
    assert_eq!(client.published_for(URI, 1).len(), 1);
    client.send(&did_replace(URI, 2, OTHER));
    assert_eq!(client.published(URI), (Some(2), Vec::new()));
    client.send(&did_replace(URI, 3, OTHER));
    client.send(&did_replace(URI, 4, BROKEN));
    assert_eq!(client.published_for(URI, 4).len(), 1);
}

#[test]
fn a_client_that_pulls_is_not_pushed_to() {
    let mut client = Client::with(json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    }));
    client.open(URI, BROKEN);
    let first = client.request("textDocument/diagnostic", document(URI));
    assert_eq!(first["kind"], "full");
    assert_eq!(first["items"].as_array().map(Vec::len), Some(1));

    let mut again = document(URI);
    again["previousResultId"] = first["resultId"].clone();
    let second = client.request("textDocument/diagnostic", again.clone());
    assert_eq!(
        second,
        json!({ "kind": "unchanged", "resultId": first["resultId"] })
    );

    client.send(&did_replace(URI, 2, SOUND));
    let third = client.request("textDocument/diagnostic", again);
    assert_eq!(third["kind"], "full");
    assert_eq!(third["items"], json!([]));

    client.close(URI);
    assert_eq!(
        client.request("textDocument/diagnostic", document(URI)),
        json!({ "kind": "full", "items": [] })
    );
}

#[test]
fn pulling_is_offered_to_clients_that_can() {
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    let (_client, answer) = Client::initialized_with(json!({ "capabilities": capabilities }));
    let offered = &answer["capabilities"]["diagnosticProvider"];
    assert_eq!(offered["interFileDependencies"], false);
    assert_eq!(offered["workspaceDiagnostics"], false);
}

#[test]
fn a_client_that_cannot_be_asked_to_pull_again_is_pushed_to() {
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let (mut client, answer) = Client::initialized_with(json!({ "capabilities": capabilities }));
    assert!(answer["capabilities"].get("diagnosticProvider").is_none());
    client.open(URI, BROKEN);
    assert_eq!(client.published_for(URI, 1).len(), 1);
}

/// Long enough that no test sees its end.
const FOR_EVER: u32 = 60_000;

/// Milliseconds; long enough to be answered before, on a machine that is busy.
const A_MOMENT: u32 = 3_000;

/// Where `abc` stands in [`SOUND`].
const VALUE: [u32; 4] = [6, 11, 6, 14];

fn saved() -> Value {
    notification("textDocument/didSave", document(URI))
}

#[test]
fn a_new_finding_is_published_after_a_pause_with_the_same_version() {
    let mut client = Client::that_pauses(A_MOMENT, json!({}));
    client.open(URI, SOUND);
    assert_eq!(client.published_for(URI, 1), Vec::<Value>::new());
    client.send(&did_change(URI, 2, VALUE, "!Ref Nowhere"));
    assert_eq!(client.published_for(URI, 2), Vec::<Value>::new());
    assert_eq!(codes(&client.published_for(URI, 2)), ["ROS1005"]);
    client.send(&did_change(URI, 3, [6, 16, 6, 23], "Vpc"));
    assert_eq!(client.published_for(URI, 3), Vec::<Value>::new());
}

#[test]
fn a_new_finding_is_published_on_saving() {
    let mut client = Client::that_pauses(FOR_EVER, json!({}));
    client.open(URI, SOUND);
    client.published_for(URI, 1);
    client.send(&did_change(URI, 2, VALUE, "!Ref Nowhere"));
    assert_eq!(client.published_for(URI, 2), Vec::<Value>::new());
    client.send(&saved());
    assert_eq!(codes(&client.published_for(URI, 2)), ["ROS1005"]);
    client.send(&saved());
    // The client checks at its end that nothing else has come.
}

#[test]
fn a_new_finding_is_published_after_an_edit_in_another_entry() {
    let mut client = Client::that_pauses(FOR_EVER, json!({}));
    client.open(URI, SOUND);
    client.published_for(URI, 1);
    client.send(&did_change(URI, 2, VALUE, "!Ref Nowhere"));
    assert_eq!(client.published_for(URI, 2), Vec::<Value>::new());
    client.send(&did_change(URI, 3, [2, 5, 2, 5], "2"));
    assert_eq!(codes(&client.published_for(URI, 3)), ["ROS1005"]);
}

#[test]
fn what_a_paste_of_several_lines_brings_is_published_at_once() {
    let mut client = Client::that_pauses(FOR_EVER, json!({}));
    client.open(URI, SOUND);
    client.published_for(URI, 1);
    client.send(&did_change(
        URI,
        2,
        [7, 0, 7, 0],
        "  Other:\n    Value: !Ref Nowhere\n",
    ));
    assert_eq!(codes(&client.published_for(URI, 2)), ["ROS1005"]);
}

#[test]
fn a_setting_shows_what_waits() {
    let mut client = Client::that_pauses(FOR_EVER, json!({}));
    client.open(URI, SOUND);
    client.published_for(URI, 1);
    client.send(&did_change(URI, 2, VALUE, "!Ref Nowhere"));
    assert_eq!(client.published_for(URI, 2), Vec::<Value>::new());
    let settings = json!({ "settings": { "ros": { "diagnostics": { "typingPause": 0 } } } });
    client.notify("workspace/didChangeConfiguration", settings);
    assert_eq!(codes(&client.published_for(URI, 2)), ["ROS1005"]);
}

/// Types an error and gives the identity of the answer that leaves it out.
fn type_and_pull(client: &mut Client) -> Value {
    client.open(URI, SOUND);
    let items = |report: &Value| report["items"].as_array().map(Vec::len);
    assert_eq!(
        items(&client.request("textDocument/diagnostic", document(URI))),
        Some(0)
    );
    client.send(&did_change(URI, 2, VALUE, "!Ref Nowhere"));
    let report = client.request("textDocument/diagnostic", document(URI));
    assert_eq!(items(&report), Some(0));
    report["resultId"].clone()
}

fn pull_again(client: &mut Client, previous: &Value) {
    let (id, _) = client.server_request("workspace/diagnostic/refresh");
    client.reply(&id, Value::Null);
    let mut again = document(URI);
    again["previousResultId"] = previous.clone();
    let report = client.request("textDocument/diagnostic", again.clone());
    let items = report["items"].as_array().expect("other findings than before");
    assert_eq!(codes(items), ["ROS1005"]);
    again["previousResultId"] = report["resultId"].clone();
    let report = client.request("textDocument/diagnostic", again);
    assert_eq!(report["kind"], "unchanged");
}

fn pulling() -> Value {
    json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    })
}

#[test]
fn a_client_that_pulls_is_told_to_pull_again_after_a_pause() {
    let mut client = Client::that_pauses(A_MOMENT, pulling());
    let previous = type_and_pull(&mut client);
    pull_again(&mut client, &previous);
}

#[test]
fn a_client_that_pulls_is_told_to_pull_again_on_saving() {
    let mut client = Client::that_pauses(FOR_EVER, pulling());
    let previous = type_and_pull(&mut client);
    client.send(&saved());
    pull_again(&mut client, &previous);
}

#[test]
fn other_requests_are_answered_while_findings_wait() {
    let mut client = Client::that_pauses(FOR_EVER, pulling());
    let previous = type_and_pull(&mut client);
    client.request("textDocument/documentHighlight", at(URI, 2, 3));
    client.request("textDocument/completion", at(URI, 6, 17));
    let mut again = document(URI);
    again["previousResultId"] = previous;
    assert_eq!(
        client.request("textDocument/diagnostic", again)["kind"],
        "unchanged"
    );
}
