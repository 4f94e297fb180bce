//! Diagnostics, pushed and pulled: versions, closing, files that are no templates.

use crate::client::{Client, URI, did_change, did_replace, document};
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
    let mut client = Client::with(json!({}));
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
