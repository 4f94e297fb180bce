//! Quick fixes over the wire, in both formats and in the shapes that clients take.

use crate::client::Client;
use serde_json::{Value, json};

const YAML: &str = "ROSTemplateFormatVersion: '2015-09-01'
Resources:
  专有网络: {Type: ALIYUN::ECS::VPC}
Outputs:
  Id: {Value: !Sub '网络 ${专有网洛} 中'}
";

const JSON: &str = r#"{
  "ROSTemplateFormatVersion": "2015-09-01",
  "Resources": { "专有网络": { "Type": "ALIYUN::ECS::VPC" } },
  "Outputs": { "Id": { "Value": { "Fn::Sub": "网络 ${专有网洛} 中" } } }
}
"#;

fn client(edits: &Value) -> Client {
    Client::with(json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": { "workspaceEdit": edits },
        "textDocument": {
            "codeAction": {
                "isPreferredSupport": true,
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } }
            }
        }
    }))
}

/// Asks at the one finding of a template, for code actions of some kinds.
fn ask(client: &mut Client, uri: &str, text: &str, only: &Value) -> (Value, Value) {
    client.open(uri, text);
    let findings = client.published_for(uri, 1);
    assert_eq!(findings.len(), 1, "{findings:?}");
    let range = findings[0]["range"].clone();
    let mut context = json!({ "diagnostics": findings });
    if !only.is_null() {
        context["only"] = only.clone();
    }
    let actions = client.request(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": uri }, "range": range, "context": context }),
    );
    (actions, range)
}

#[test]
fn a_misspelt_name_is_put_right() {
    for (uri, text) in [("file:///a/t.yml", YAML), ("file:///a/t.json", JSON)] {
        let mut versioned = client(&json!({ "documentChanges": true }));
        let (actions, range) = ask(&mut versioned, uri, text, &Value::Null);
        let edit = json!({ "range": range, "newText": "专有网络" });
        let action = &actions[0];
        assert_eq!(action["title"], "Change to `专有网络`");
        assert_eq!(action["kind"], "quickfix");
        assert_eq!(action["isPreferred"], true);
        assert_eq!(action["diagnostics"][0]["code"], "ROS1011");
        assert_eq!(
            action["edit"],
            json!({ "documentChanges": [{ "textDocument": { "uri": uri, "version": 1 }, "edits": [edit] }] })
        );

        let mut plain = client(&json!({}));
        let (actions, _) = ask(&mut plain, uri, text, &json!(["quickfix"]));
        assert_eq!(actions[0]["edit"], json!({ "changes": { uri: [edit] } }));
    }
}

#[test]
fn only_what_was_asked_for_and_only_to_who_takes_it() {
    let mut refactoring = client(&json!({}));
    let (actions, _) = ask(&mut refactoring, "file:///a/t.yml", YAML, &json!(["refactor"]));
    assert_eq!(actions, Value::Null);
    let (mut old, answer) = Client::initialized_with(json!({ "capabilities": {} }));
    assert!(answer["capabilities"].get("codeActionProvider").is_none());
    let (actions, _) = ask(&mut old, "file:///a/t.yml", YAML, &Value::Null);
    assert_eq!(actions, Value::Null);
}
