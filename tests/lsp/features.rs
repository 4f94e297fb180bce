//! Answers under the cursor, in both formats, and in the shapes that clients of different abilities take.

use crate::client::{Client, at, document};
use serde_json::{Value, json};

const YAML: (&str, &str) = (
    "file:///project/template.yml",
    "ROSTemplateFormatVersion: '2015-09-01'
Description: 创建一个专有网络和交换机
Parameters:
  NetName:
    Type: String
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties: {Description: 网络, VpcName: !Ref NetName}
",
);

const JSON: (&str, &str) = (
    "file:///project/template.json",
    r#"{
  "ROSTemplateFormatVersion": "2015-09-01",
  "Description": "创建一个专有网络和交换机",
  "Parameters": { "NetName": { "Type": "String" } },
  "Resources": {
    "Vpc": {
      "Type": "ALIYUN::ECS::VPC",
      "Properties": { "Description": "网络", "VpcName": { "Ref": "NetName" } }
    }
  }
}
"#,
);

/// Opens a template and takes its diagnostics, of which there are none.
fn open(client: &mut Client, (uri, text): (&str, &str)) {
    client.open(uri, text);
    assert_eq!(client.published_for(uri, 1), Vec::<Value>::new());
}

/// Line and UTF-16 column of the last occurrence of `what`.
fn last(text: &str, what: &str) -> (u32, u32) {
    let offset = text.rfind(what).expect("it is in the template");
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let column = before[before.rfind('\n').map_or(0, |at| at + 1)..]
        .encode_utf16()
        .count();
    (line as u32, column as u32)
}

/// The text that a range covers on its one line, columns in UTF-16.
fn covered(text: &str, range: &Value) -> String {
    let number = |end: &str, what: &str| range[end][what].as_u64().expect("a number") as usize;
    assert_eq!(number("start", "line"), number("end", "line"), "{range}");
    let line = text.lines().nth(number("start", "line")).expect("a line");
    let units: Vec<u16> = line.encode_utf16().collect();
    String::from_utf16(&units[number("start", "character")..number("end", "character")])
        .expect("whole characters")
}

#[test]
fn definition_leads_from_a_reference_to_the_declared_name() {
    for template in [YAML, JSON] {
        let (uri, text) = template;
        let (line, column) = last(text, "NetName");
        let mut client = Client::with(json!({ "textDocument": { "definition": { "linkSupport": true } } }));
        open(&mut client, template);
        let links = client.request("textDocument/definition", at(uri, line, column + 1));
        let link = &links[0];
        assert_eq!(link["targetUri"], uri);
        assert!(covered(text, &link["originSelectionRange"]).contains("NetName"));
        assert!(covered(text, &link["targetSelectionRange"]).contains("NetName"));
        assert_ne!(link["targetSelectionRange"], link["originSelectionRange"]);
        let declared = link["targetSelectionRange"].clone();

        let mut plain = Client::with(json!({}));
        open(&mut plain, template);
        let locations = plain.request("textDocument/definition", at(uri, line, column + 1));
        assert_eq!(locations, json!([{ "uri": uri, "range": declared }]));
        assert_eq!(
            plain.request("textDocument/definition", at(uri, 0, 0)),
            Value::Null
        );
    }
}

#[test]
fn symbols_are_nested_or_flat_as_the_client_wishes() {
    let nested =
        json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } });
    for template in [YAML, JSON] {
        let (uri, text) = template;
        let mut client = Client::with(nested.clone());
        open(&mut client, template);
        let sections = client.request("textDocument/documentSymbol", document(uri));
        let sections = sections.as_array().expect("a list");
        let names: Vec<&str> = sections
            .iter()
            .filter_map(|section| section["name"].as_str())
            .collect();
        assert_eq!(
            names,
            [
                "ROSTemplateFormatVersion",
                "Description",
                "Parameters",
                "Resources"
            ]
        );
        let vpc = &sections[3]["children"][0];
        assert_eq!(vpc["name"], "Vpc");
        assert_eq!(vpc["detail"], "ALIYUN::ECS::VPC");
        assert!(covered(text, &vpc["selectionRange"]).contains("Vpc"));

        let mut plain = Client::with(json!({}));
        open(&mut plain, template);
        let flat = plain.request("textDocument/documentSymbol", document(uri));
        let flat = flat.as_array().expect("a list");
        let vpc = flat
            .iter()
            .find(|symbol| symbol["name"] == "Vpc")
            .expect("the resource");
        assert_eq!(vpc["containerName"], "Resources");
        assert_eq!(vpc["location"]["uri"], uri);
        assert!(
            flat.iter()
                .all(|symbol| symbol["kind"].as_u64().is_some_and(|kind| kind <= 18))
        );
    }
}

/// The completion with this label at the end of `typed`, in a template where a quote or nothing comes behind.
fn completed(capabilities: &Value, uri: &str, typed: &str, behind: &str, label: &str) -> Value {
    let mut client =
        Client::with(json!({ "textDocument": { "completion": { "completionItem": capabilities } } }));
    client.open(uri, &format!("{typed}{behind}"));
    let line = typed.matches('\n').count() as u32;
    let column = typed
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .encode_utf16()
        .count();
    let list = client.request("textDocument/completion", at(uri, line, column as u32));
    client.published(uri);
    let items = list["items"].as_array().expect("a list").clone();
    let found = items.into_iter().find(|item| item["label"] == label);
    found.unwrap_or_else(|| panic!("{label} is among {list}"))
}

#[test]
fn lines_of_a_completion_are_indented_once_by_whoever_does_it() {
    let typed = "ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      Tag";
    let as_is = json!({ "snippetSupport": true, "insertTextModeSupport": { "valueSet": [1, 2] } });
    let item = completed(&as_is, YAML.0, typed, "\n", "Tags");
    assert_eq!(item["textEdit"]["newText"], "Tags:\n        - $0");
    assert_eq!(item["insertTextMode"], 1);
    for adjusts in [
        json!({ "snippetSupport": true }),
        json!({ "snippetSupport": true, "insertTextModeSupport": { "valueSet": [2] } }),
    ] {
        let item = completed(&adjusts, YAML.0, typed, "\n", "Tags");
        assert_eq!(item["textEdit"]["newText"], "Tags:\n  - $0");
        assert_eq!(item.get("insertTextMode"), None);
    }
    let item = completed(&json!({}), YAML.0, typed, "\n", "Tags");
    assert_eq!(item["textEdit"]["newText"], "Tags:\n        - ");
}

#[test]
fn a_closing_quote_behind_the_cursor_is_not_written_twice() {
    let typed = r#"{
  "ROSTemplateFormatVersion": "2015-09-01",
  "Resources": {
    "Vpc": { "Type": "ALIYUN::ECS::VPC" }
  },
  "Outputs": { "网络": { "Value": { "Ref": "V"#;
    let item = completed(&json!({}), JSON.0, typed, "\" } } } }", "Vpc");
    let edit = &item["textEdit"];
    assert_eq!(edit["newText"], "Vpc");
    assert_eq!(edit["range"]["end"], at(JSON.0, 5, 43)["position"]);
    // In the middle of a token that is replaced as a whole.
    let both = json!({ "insertReplaceSupport": true });
    let item = completed(&both, JSON.0, typed, "pd\" } } } }", "Vpc");
    let edit = &item["textEdit"];
    assert_eq!(edit["newText"], "Vpc\"");
    assert_eq!(edit["range"]["end"], at(JSON.0, 5, 46)["position"]);
}

#[test]
fn a_tag_takes_the_place_of_all_of_the_other_and_leaves_its_argument() {
    let typed = "ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc: {Type: ALIYUN::ECS::VPC}
Outputs:
  网络: {Value: !R";
    let both = json!({ "insertReplaceSupport": true, "snippetSupport": true });
    let item = completed(&both, YAML.0, typed, "ef Vpc}\n", "!Ref");
    let edit = &item["textEdit"];
    assert_eq!(edit["newText"], "!Ref");
    assert_eq!(edit["range"]["start"], at(YAML.0, 4, 14)["position"]);
    assert_eq!(edit["range"]["end"], at(YAML.0, 4, 18)["position"]);
    assert_eq!(item.get("insertTextFormat"), None);
}

#[test]
fn a_template_begins_in_a_file_that_is_none_yet() {
    for (uri, typed, labels) in [
        (
            "file:///project/new.yml",
            "",
            &["ros-template", "ROSTemplateFormatVersion"][..],
        ),
        (
            "file:///project/new.yml",
            "# 网络\nros",
            &["ROSTemplateFormatVersion", "ros-template"],
        ),
        ("file:///project/new.json", "", &["ros-template"]),
        ("file:///project/new.json", "ros", &["ros-template"]),
        ("file:///project/compose.yml", "version: '3'\nros", &[]),
        ("file:///project/package.json", "{\"name\": \"x\", \"ros\"", &[]),
    ] {
        let mut client = Client::with(json!({}));
        client.open(uri, typed);
        let line = typed.matches('\n').count() as u32;
        let column = typed.rsplit('\n').next().unwrap_or_default().len() as u32;
        let list = client.request("textDocument/completion", at(uri, line, column));
        let items = list["items"].as_array().cloned().unwrap_or_default();
        let mut found: Vec<&str> = items.iter().filter_map(|item| item["label"].as_str()).collect();
        found.sort_by_key(|label| label.to_ascii_lowercase());
        let mut wanted = labels.to_vec();
        wanted.sort_by_key(|label| label.to_ascii_lowercase());
        assert_eq!(found, wanted, "{typed:?} in {uri}");
    }
}

#[test]
fn the_words_about_a_proposal_come_when_they_are_asked_for() {
    let completion = |resolves: bool| {
        let properties = if resolves {
            json!(["documentation"])
        } else {
            json!([])
        };
        json!({ "textDocument": { "completion": { "completionItem": {
            "documentationFormat": ["markdown"],
            "resolveSupport": { "properties": properties },
        } } } })
    };
    let yaml = "Resources:\n  网络:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      \n";
    let json_text =
        "{\"Resources\": {\"网络\": {\"Type\": \"ALIYUN::ECS::VPC\", \"Properties\": {\n\"\"\n}}}}\n";
    for (uri, text, place) in [
        ("file:///project/a.ros.yml", yaml, (4, 6)),
        ("file:///project/a.ros.json", json_text, (1, 1)),
    ] {
        for resolves in [true, false] {
            let mut client = Client::with(completion(resolves));
            client.open(uri, text);
            client.published(uri);
            let list = client.request("textDocument/completion", at(uri, place.0, place.1));
            let items = list["items"].as_array().cloned().unwrap_or_default();
            let item = items
                .iter()
                .find(|item| item["label"] == "CidrBlock")
                .expect("it is offered");
            assert_eq!(item["documentation"].is_null(), resolves, "{item}");
            let item = match resolves {
                true => client.request("completionItem/resolve", item.clone()),
                false => item.clone(),
            };
            let words = item["documentation"]["value"].as_str().unwrap_or_default();
            assert!(words.contains("IPv4"), "{item}");
            // The rest stays as it was.
            assert!(
                item["textEdit"]["newText"]
                    .as_str()
                    .is_some_and(|text| text.contains("CidrBlock"))
            );
        }
    }
    let mut client = Client::with(completion(true));
    let foreign = client.request("completionItem/resolve", json!({ "label": "x", "data": 1 }));
    assert_eq!(foreign["label"], "x");
}
