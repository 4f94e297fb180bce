//! Half-typed templates: the cursor's place is right and every other entry stays at its path.

mod support;

use ros_lsp::syntax::cursor::{CursorRole, Step};
use ros_lsp::syntax::{Format, parse};
use support::fuzz::paths;

#[test]
fn every_state_of_the_table() {
    let Some(shared) = support::shared("every_state_of_the_table", "cases/half-typed.json") else {
        return;
    };
    let table = std::fs::read_to_string(shared.join("cases/half-typed.json")).expect("the table can be read");
    let table: serde_json::Value = serde_json::from_str(&table).expect("the table is JSON");
    let cases = table["cases"].as_array().expect("a list of cases");
    let mut wrong = Vec::new();
    for case in cases {
        let field = |name: &str| case[name].as_str().unwrap_or_default();
        let format = if field("lang") == "json" {
            Format::Json
        } else {
            Format::Yaml
        };
        let base = table["bases"][field("lang")].as_str().expect("a base document");
        let (base, text, offset) = build(base, field("slot"), field("insert"));
        if let Err(why) = state(&base, &text, offset, format, field("path"), field("role")) {
            wrong.push(format!("{} {:?}: {why}", field("lang"), field("name")));
        }
    }
    println!("{} of {}", cases.len() - wrong.len(), cases.len());
    assert!(cases.len() >= 72 && wrong.is_empty(), "{}", wrong.join("\n"));
}

const YAML: &str = "\
ROSTemplateFormatVersion: '2015-09-01'
Description: 一台服务器
Parameters:
  Password:
    Type: String
Resources:
  Disk:
    Type: ALIYUN::ECS::Disk
    Properties:
@F      Size: 40
@A      ZoneId:
        Ref: Password
@R  Group:
    Type: ALIYUN::ECS::SecurityGroup
@C
Outputs:
  DiskId:
    Value: 1
";

const JSON: &str = r#"{
  "ROSTemplateFormatVersion": "2015-09-01",
  "Description": "一台服务器",
  "Resources": {
@S    "Disk": {
      "Type": "ALIYUN::ECS::Disk",
      "Properties": {
@F        "Size": 40,
@A        "ZoneId": {
          "Ref": "Password"
        }@L
      }
    }@R,
    "Group": {
      "Metadata": {
        "a": 1
      }@B,
      "Type": "ALIYUN::ECS::SecurityGroup"
    }
  },
@C  "Outputs": {
    "DiskId": {
      "Value": 1
    }
  }
}
"#;

/// Slot, what is typed there (`‸` is the cursor), where the cursor is, and its role.
const YAML_STATES: &[(&str, &str, &str, &str)] = &[
    (
        "@A",
        "      DiskName:‸\n",
        "Resources/Disk/Properties/DiskName",
        "value",
    ),
    (
        "@A",
        "      DiskName: ‸\n",
        "Resources/Disk/Properties/DiskName",
        "value",
    ),
    ("@A", "      DiskN‸\n", "Resources/Disk/Properties", "key"),
    ("@F", "      DiskN‸\n", "Resources/Disk/Properties", "key"),
    ("@A", "      ‸\n", "Resources/Disk/Properties", "key"),
    (
        "@A",
        "      DiskName: \"数据‸\n",
        "Resources/Disk/Properties/DiskName",
        "value",
    ),
    (
        "@A",
        "      DiskName: '数据‸\n",
        "Resources/Disk/Properties/DiskName",
        "value",
    ),
    (
        "@A",
        "      Tags: [a, ‸\n",
        "Resources/Disk/Properties/Tags",
        "item",
    ),
    (
        "@A",
        "      Tags: {Key: a, Va‸\n",
        "Resources/Disk/Properties/Tags",
        "key",
    ),
    (
        "@A",
        "      Tags: {Key: ‸\n",
        "Resources/Disk/Properties/Tags/Key",
        "value",
    ),
    (
        "@A",
        "      Tags:\n        - ‸\n",
        "Resources/Disk/Properties/Tags/0",
        "value",
    ),
    (
        "@A",
        "      Tags:\n        - Key: a\n          Va‸\n",
        "Resources/Disk/Properties/Tags/0",
        "key",
    ),
    (
        "@A",
        "      DiskName: !Ref ‸\n",
        "Resources/Disk/Properties/DiskName",
        "value",
    ),
    (
        "@A",
        "      DiskName: !GetAtt [Group, ‸\n",
        "Resources/Disk/Properties/DiskName",
        "item",
    ),
    (
        "@A",
        "      DiskName: a: b‸\n",
        "Resources/Disk/Properties/DiskName",
        "value",
    ),
    (
        "@A",
        "      DiskName: @a‸\n",
        "Resources/Disk/Properties/DiskName",
        "value",
    ),
    ("@R", "  Eip:\n    Ty‸\n", "Resources/Eip", "key"),
    ("@A", "     DiskN‸\n", "Resources/Disk/Properties", "any"),
    ("@F", "     DiskN‸\n", "Resources/Disk/Properties", "any"),
    ("@F", "     DiskName: v‸\n", "Resources/Disk/Properties", "any"),
    ("@F", "      - ‸\n", "Resources/Disk/Properties", "any"),
    ("@F", "      - a‸\n", "Resources/Disk/Properties", "any"),
    (
        "@A",
        "      UserData: |+\n        echo\n\n      ‸\n",
        "Resources/Disk/Properties",
        "key",
    ),
    (
        "@A",
        "      UserData: |+\n        echo\n\n        ‸\n",
        "Resources/Disk/Properties/UserData",
        "value",
    ),
    ("@C", "Condi‸\n", "", "key"),
];

const JSON_STATES: &[(&str, &str, &str, &str)] = &[
    ("@A", "        \"DiskN‸\n", "Resources/Disk/Properties", "key"),
    (
        "@A",
        "        \"DiskName\"‸\n",
        "Resources/Disk/Properties",
        "key",
    ),
    (
        "@A",
        "        \"DiskName\": ‸\n",
        "Resources/Disk/Properties/DiskName",
        "value",
    ),
    (
        "@A",
        "        \"DiskName\": \"数据‸\n",
        "Resources/Disk/Properties/DiskName",
        "value",
    ),
    ("@F", "        \"‸\n", "Resources/Disk/Properties", "key"),
    (
        "@A",
        "        \"Tags\": [\"a\", ‸\n",
        "Resources/Disk/Properties/Tags",
        "item",
    ),
    (
        "@A",
        "        \"Tags\": {\"Key\": \"a\", \"Va‸\n",
        "Resources/Disk/Properties/Tags",
        "key",
    ),
    (
        "@A",
        "        \"DiskName\": {\"Ref\": \"‸\n",
        "Resources/Disk/Properties/DiskName/Ref",
        "value",
    ),
    ("@L", ",\n        ‸", "Resources/Disk/Properties", "key"),
    ("@C", "  \"Condi‸\n", "", "key"),
    ("@S", "    ‸\n", "Resources", "key"),
    ("@B", "}‸", "Resources/Group", "any"),
];

#[test]
fn our_own_states() {
    let mut wrong = Vec::new();
    for (template, states, format) in [
        (YAML, YAML_STATES, Format::Yaml),
        (JSON, JSON_STATES, Format::Json),
    ] {
        for (slot, insert, path, role) in states {
            let (base, text, offset) = build(template, slot, insert);
            if let Err(why) = state(&base, &text, offset, format, path, role) {
                wrong.push(format!("{format:?} {insert:?}: {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The base document, the document with the insertion, and the cursor in it.
fn build(template: &str, slot: &str, insert: &str) -> (String, String, u32) {
    let mut base = String::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('@') {
        let (before, marker) = (&rest[..at], &rest[at..at + 2]);
        base.push_str(before);
        text.push_str(before);
        if marker == slot {
            text.push_str(insert);
        }
        rest = &rest[at + 2..];
    }
    base.push_str(rest);
    text.push_str(rest);
    let offset = text.find('‸').expect("the insertion has a cursor");
    (base, text.replace('‸', ""), offset as u32)
}

fn state(base: &str, text: &str, offset: u32, format: Format, path: &str, role: &str) -> Result<(), String> {
    let tree = parse(text, format);
    support::check_parsed(&tree, text);
    let kept = paths(&tree);
    let lost: Vec<String> = paths(&parse(base, format)).difference(&kept).cloned().collect();
    if !lost.is_empty() {
        return Err(format!("lost {lost:?}"));
    }
    let cursor = tree.cursor(offset);
    let steps: Vec<String> = cursor
        .path
        .iter()
        .map(|step| match step {
            Step::Key(key) => key.clone(),
            Step::Index(index) => index.to_string(),
        })
        .collect();
    let found = steps.join("/");
    let below = found == path || found.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    let fits = match role {
        "key" => found == path && cursor.role == CursorRole::Key,
        "value" => found == path && cursor.role == CursorRole::Value,
        "item" => below && steps.len() <= path.split('/').count() + 1,
        "any" => below,
        other => return Err(format!("role {other}")),
    };
    if fits {
        Ok(())
    } else {
        Err(format!("{:?} of {found:?}, not {role} of {path:?}", cursor.role))
    }
}

/// A line that is indented by one space too many or too few, or that lacks its colon, keeps its place, and so do those
/// around it.
#[test]
fn one_odd_line_moves_nothing() {
    const LINES: [&str; 12] = [
        "Outputs:",
        "  Id:",
        "    Value:",
        "      Fn::Sub:",
        "        - http://${Server}",
        "        - Server:",
        "            Ref: Eip",
        "    Description:",
        "      en: id",
        "      zh-cn: 编号",
        "    Label: 1",
        "  Name: 2",
    ];
    // Behind deeper lines, one space more may as well be one too few.
    const EITHER: [&str; 2] = ["     Label: 1", "   Name: 2"];
    let whole = paths(&parse(&LINES.join("\n"), Format::Yaml));
    let mut wrong = Vec::new();
    for at in 1..LINES.len() {
        let line = LINES[at];
        let mut odd = vec![format!(" {line}"), line[1..].to_owned()];
        odd.extend(line.strip_suffix(':').map(str::to_owned));
        for odd in odd.iter().filter(|odd| !EITHER.contains(&odd.as_str())) {
            let mut lines = LINES.to_vec();
            lines[at] = odd;
            let found = paths(&parse(&lines.join("\n"), Format::Yaml));
            if found != whole {
                let lost: Vec<_> = whole.difference(&found).collect();
                wrong.push(format!("{odd:?} loses {lost:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
