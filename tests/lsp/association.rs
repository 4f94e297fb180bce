//! Association properties and their metadata over the protocol: completion and hover, in both formats and languages.

use crate::client::{Client, at};
use serde_json::{Value, json};

const YAML: (&str, &str) = (
    "file:///project/template.yml",
    "ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Switch:
    Type: String
    Label: {en: vSwitch, zh-cn: 交换机}
    AssociationProperty: ALIYUN::VPC::VSwitch::VSwitchId
    AssociationPropertyMetadata:
      ZoneId: cn-hangzhou-b
      V
Resources: {}
Outputs:
  Switch: {Value: !Ref Switch}
",
);

const JSON: (&str, &str) = (
    "file:///project/template.json",
    r#"{
  "ROSTemplateFormatVersion": "2015-09-01",
  "Parameters": {
    "Switch": {
      "Type": "String", "Label": { "en": "vSwitch", "zh-cn": "交换机" },
      "AssociationProperty": "ALIYUN::VPC::VSwitch::VSwitchId",
      "AssociationPropertyMetadata": { "ZoneId": "cn-hangzhou-b", "V" }
    }
  },
  "Resources": {},
  "Outputs": { "Switch": { "Value": { "Ref": "Switch" } } }
}
"#,
);

/// Line and column of the first occurrence of `what`, `into` characters further; the line is ASCII.
fn place(text: &str, what: &str, into: u32) -> (u32, u32) {
    let (line, content) = (0..)
        .zip(text.lines())
        .find(|(_, line)| line.contains(what))
        .expect("it is there");
    (line, content.find(what).expect("it is in the line") as u32 + into)
}

fn hover(client: &mut Client, uri: &str, (line, column): (u32, u32)) -> String {
    let answer = client.request("textDocument/hover", at(uri, line, column));
    answer["contents"]["value"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn labels(client: &mut Client, uri: &str, (line, column): (u32, u32)) -> Vec<String> {
    let answer = client.request("textDocument/completion", at(uri, line, column));
    let items = answer["items"].as_array().or(answer.as_array()).expect("a list");
    items
        .iter()
        .map(|item| item["label"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn hover_and_completion_of_association_metadata() {
    for (uri, text) in [YAML, JSON] {
        let mut client = Client::with(json!({}));
        client.open(uri, text);
        let _: Vec<Value> = client.published_for(uri, 1);
        let card = hover(&mut client, uri, place(text, "ALIYUN::VPC", 4));
        assert!(
            card.contains("association property") && card.contains("Chooses a vSwitch."),
            "{card}"
        );
        let card = hover(&mut client, uri, place(text, "ZoneId", 2));
        assert!(
            card.contains("${Parameter}") && card.contains("in this zone"),
            "{card}"
        );
        let key = match uri.ends_with("json") {
            true => place(text, "\"V\"", 2),
            false => place(text, "      V", 7),
        };
        let offered = labels(&mut client, uri, key);
        assert!(
            offered.contains(&"VpcId".to_owned()) && offered.contains(&"Visible".to_owned()),
            "{offered:?}"
        );
        assert!(!offered.contains(&"ZoneId".to_owned()), "{offered:?}");
        let offered = labels(&mut client, uri, place(text, "ALIYUN::VPC", 13));
        assert!(
            offered.contains(&"ALIYUN::VPC::VSwitch::VSwitchId".to_owned()),
            "{offered:?}"
        );
    }
}
