//! The way a person takes: open, edit, look; hover, complete, jump. In both formats, behind Chinese text, in two encodings.

use crate::client::{Client, at, did_change};
use serde_json::{Value, json};

const YAML: &str = "ROSTemplateFormatVersion: '2015-09-01'
Description: 创建一个专有网络和交换机
Resources:
  CustomImage:
    Type: ALIYUN::ECS::CustomImage
    Properties: {Description: 自定义镜像, InstanceId: i-1, Architecture: , DiskDeviceMapping: [{DiskType: data}]}
  WebServer:
    Type: ALIYUN::ECS::InstanceGroup
    Properties:
      ImageId: {Ref: CustomImage}
      InstanceType: ecs.g7.large
      MaxAmount: 1
      SystemDisk_Category: cloud_essd
Outputs:
  Image: {Description: 镜像, Value: !GetAtt CustomImage.ImageId}
";

const JSON: &str = r#"{
  "ROSTemplateFormatVersion": "2015-09-01",
  "Description": "创建一个专有网络和交换机",
  "Resources": {
    "CustomImage": {
      "Type": "ALIYUN::ECS::CustomImage",
      "Properties": {
        "Description": "自定义镜像", "InstanceId": "i-1", "Architecture": "", "DiskDeviceMapping": [{"DiskType": "data"}]
      }
    },
    "WebServer": {
      "Type": "ALIYUN::ECS::InstanceGroup",
      "Properties": {
        "ImageId": {"Ref": "CustomImage"},
        "InstanceType": "ecs.g7.large",
        "MaxAmount": 1,
        "SystemDisk_Category": "cloud_essd"
      }
    }
  },
  "Outputs": {
    "Image": {"Description": "镜像", "Value": {"Fn::GetAtt": ["CustomImage", "ImageId"]}}
  }
}
"#;

/// A template in an editor that counts columns in `encoding`.
struct Session {
    client: Client,
    encoding: &'static str,
    uri: &'static str,
    text: &'static str,
}

impl Session {
    fn all() -> Vec<Session> {
        let mut sessions = Vec::new();
        for encoding in ["utf-8", "utf-16"] {
            for (uri, text) in [("file:///w/image.yml", YAML), ("file:///w/image.json", JSON)] {
                let mut client = Client::with(json!({
                    "general": { "positionEncodings": [encoding] },
                    "textDocument": { "hover": { "contentFormat": ["markdown"] } },
                }));
                client.open(uri, text);
                sessions.push(Session {
                    client,
                    encoding,
                    uri,
                    text,
                });
            }
        }
        sessions
    }

    fn units(&self, text: &str) -> u32 {
        let units = if self.encoding == "utf-8" {
            text.len()
        } else {
            text.encode_utf16().count()
        };
        u32::try_from(units).expect("a short text")
    }

    /// Line and column of the first place behind `before`.
    fn behind(&self, before: &str) -> (u32, u32) {
        let end = self.text.find(before).expect("the text is in the template") + before.len();
        let head = &self.text[..end];
        let line = head.matches('\n').count();
        let start = head.rfind('\n').map_or(0, |at| at + 1);
        (
            u32::try_from(line).expect("few lines"),
            self.units(&head[start..]),
        )
    }

    fn ask(&mut self, method: &str, before: &str) -> Value {
        let (line, column) = self.behind(before);
        self.client.request(method, at(self.uri, line, column))
    }

    fn labels(&mut self, before: &str) -> Vec<String> {
        let answer = self.ask("textDocument/completion", before);
        let items = answer["items"]
            .as_array()
            .or(answer.as_array())
            .cloned()
            .unwrap_or_default();
        items
            .iter()
            .filter_map(|item| item["label"].as_str().map(str::to_owned))
            .collect()
    }
}

#[test]
fn a_slip_is_found_and_gone_after_the_edit() {
    for mut session in Session::all() {
        let found = session.client.published_for(session.uri, 1);
        let about = |list: &[Value]| -> Vec<String> {
            list.iter()
                .filter_map(|each| each["code"].as_str().map(str::to_owned))
                .collect()
        };
        assert!(about(&found).contains(&"ROS0801".to_owned()), "{found:#?}");
        let (line, column) = session.behind("SystemDisk");
        session.client.notify(
            "textDocument/didChange",
            did_change_at(session.uri, 2, [line, column, line, column + 1]),
        );
        let left = session.client.published_for(session.uri, 2);
        assert!(!about(&left).contains(&"ROS0801".to_owned()), "{left:#?}");
    }
}

/// The change that removes a range.
fn did_change_at(uri: &str, version: i64, range: [u32; 4]) -> Value {
    did_change(uri, version, range, "")["params"].clone()
}

#[test]
fn hover_shows_the_facts_of_each_property() {
    for mut session in Session::all() {
        session.client.published_for(session.uri, 1);
        let card = |session: &mut Session, before: &str| {
            session.ask("textDocument/hover", before)["contents"]["value"].clone()
        };
        let text = |value: Value| value.as_str().unwrap_or_default().to_owned();
        let architecture = text(card(&mut session, "Architec"));
        assert!(
            architecture.contains("i386") && architecture.contains("x86_64"),
            "{architecture}"
        );
        let disk = text(card(&mut session, "DiskTy"));
        assert!(disk.contains("system") && disk.contains("data"), "{disk}");
        let image = text(card(&mut session, "ALIYUN::ECS::CustomIm"));
        assert!(
            image.contains("ALIYUN::ECS::CustomImage") && image.contains("DiskDeviceMapping"),
            "{image}"
        );
    }
}

#[test]
fn completion_offers_documented_and_enforced_values() {
    for mut session in Session::all() {
        session.client.published_for(session.uri, 1);
        let (architecture, disk) = match session.uri.ends_with("json") {
            true => ("\"Architecture\": \"", "\"DiskType\": \"da"),
            false => ("Architecture: ", "DiskType: da"),
        };
        let labels = session.labels(architecture);
        assert!(
            ["i386", "x86_64"]
                .iter()
                .all(|value| labels.iter().any(|label| label == value)),
            "{labels:?}"
        );
        let labels = session.labels(disk);
        assert!(
            ["system", "data"]
                .iter()
                .all(|value| labels.iter().any(|label| label == value)),
            "{labels:?}"
        );
    }
}

#[test]
fn definition_leads_from_ref_and_get_att_to_the_resource() {
    for mut session in Session::all() {
        session.client.published_for(session.uri, 1);
        let json = session.uri.ends_with("json");
        let (declared, _) = session.behind(if json {
            "    \"CustomImage"
        } else {
            "  CustomImage"
        });
        for before in if json {
            ["{\"Ref\": \"Cust", "[\"Custom"]
        } else {
            ["Ref: Cust", "!GetAtt Custom"]
        } {
            let target = session.ask("textDocument/definition", before);
            let target = if target.is_array() {
                target[0].clone()
            } else {
                target
            };
            assert_eq!(target["range"]["start"]["line"], declared, "{before}: {target}");
        }
    }
}

#[test]
fn the_outline_names_resources_with_their_types() {
    for mut session in Session::all() {
        session.client.published_for(session.uri, 1);
        let params = json!({ "textDocument": { "uri": session.uri } });
        let outline = session
            .client
            .request("textDocument/documentSymbol", params)
            .to_string();
        assert!(
            outline.contains("WebServer") && outline.contains("CustomImage"),
            "{outline}"
        );
    }
}
