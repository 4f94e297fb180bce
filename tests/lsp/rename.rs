//! References, highlights and rename over the wire, in both formats.

use crate::client::{Client, at};
use serde_json::{Value, json};

const YAML: (&str, &str) = (
    "file:///project/template.yml",
    "ROSTemplateFormatVersion: '2015-09-01'
Resources:
  专有网络:
    Type: ALIYUN::ECS::VPC
  Group: {Type: ALIYUN::ECS::SecurityGroup, Properties: {VpcId: !Ref 专有网络}}
Outputs:
  Id: {Value: !Sub '网络🌏 ${专有网络.VpcId}'}
",
);

const JSON: (&str, &str) = (
    "file:///project/template.json",
    r#"{
  "ROSTemplateFormatVersion": "2015-09-01",
  "Resources": {
    "专有网络": { "Type": "ALIYUN::ECS::VPC" },
    "Group": { "Type": "ALIYUN::ECS::SecurityGroup", "Properties": { "VpcId": { "Ref": "专有网络" } } }
  },
  "Outputs": {
    "Id": { "Value": { "Fn::Sub": "网络🌏 ${专有网络.VpcId}" } }
  }
}
"#,
);

/// Opens a template, and gives the position of the name in its last line that has it.
fn open(client: &mut Client, (uri, text): (&str, &str)) -> (u32, u32) {
    client.open(uri, text);
    client.published_for(uri, 1);
    let before = &text[..text.rfind("专有网络").expect("the name")];
    let line = before.matches('\n').count() as u32;
    let column = before.rsplit('\n').next().expect("a line").encode_utf16().count() as u32;
    (line, column + 1)
}

/// The text after the edits of one document, whose columns are UTF-16.
fn applied(text: &str, edits: &Value) -> String {
    let mut lines: Vec<Vec<u16>> = text.lines().map(|line| line.encode_utf16().collect()).collect();
    let mut edits = edits.as_array().expect("a list of edits").clone();
    edits.sort_by_key(|edit| edit["range"]["start"]["character"].as_u64());
    for edit in edits.iter().rev() {
        let number = |end: &str, what: &str| edit["range"][end][what].as_u64().expect("a number") as usize;
        let new: Vec<u16> = edit["newText"].as_str().expect("a text").encode_utf16().collect();
        let line = &mut lines[number("start", "line")];
        line.splice(number("start", "character")..number("end", "character"), new);
    }
    let lines = lines
        .iter()
        .map(|line| String::from_utf16(line).expect("whole characters") + "\n");
    lines.collect()
}

#[test]
fn a_name_is_renamed_everywhere() {
    for template in [YAML, JSON] {
        let (uri, text) = template;
        let mut client = Client::with(json!({ "textDocument": { "rename": { "prepareSupport": true } } }));
        let (line, column) = open(&mut client, template);
        let prepared = client.request("textDocument/prepareRename", at(uri, line, column));
        assert_eq!(prepared["placeholder"], "专有网络");
        let mut params = at(uri, line, column);
        params["newName"] = "Vpc".into();
        let edit = client.request("textDocument/rename", params.clone());
        assert_eq!(
            applied(text, &edit["changes"][uri]),
            text.replace("专有网络", "Vpc")
        );
        params["newName"] = "Group".into();
        let id = client.ask("textDocument/rename", params);
        let answer = client.answer(id);
        assert_eq!(answer["error"]["message"], "there is a resource `Group` already");
        let nowhere = client.request("textDocument/prepareRename", at(uri, 1, 4));
        assert_eq!(nowhere, Value::Null);
    }
}

#[test]
fn references_and_highlights_are_the_same_places() {
    for template in [YAML, JSON] {
        let (uri, _) = template;
        let mut client = Client::with(json!({}));
        let (line, column) = open(&mut client, template);
        let mut params = at(uri, line, column);
        params["context"] = json!({ "includeDeclaration": true });
        let all = client.request("textDocument/references", params.clone());
        let ranges = |list: &Value| -> Vec<Value> {
            let list = list.as_array().expect("a list");
            list.iter().map(|place| place["range"].clone()).collect()
        };
        assert_eq!(ranges(&all).len(), 3);
        assert!(
            all.as_array()
                .expect("a list")
                .iter()
                .all(|place| place["uri"] == uri)
        );
        let highlights = client.request("textDocument/documentHighlight", at(uri, line, column));
        assert_eq!(ranges(&highlights), ranges(&all));
        assert_eq!(highlights[0]["kind"], 3, "the declaration writes");
        assert_eq!(highlights[1]["kind"], 2, "a reference reads");
        params["context"] = json!({ "includeDeclaration": false });
        let reads = client.request("textDocument/references", params);
        assert_eq!(ranges(&reads), ranges(&all)[1..]);
    }
}
