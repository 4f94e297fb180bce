//! The text after an item was accepted, edits applied as an editor does, over the real protocol.

use crate::client::{Client, at};
use serde_json::{Value, json};

const YAML: &str = "file:///project/template.yml";
const JSON: &str = "file:///project/template.json";

/// The document after the item with this label was accepted at `‸`, snippets as they stand.
fn accepted(item: &Value, uri: &str, picture: &str, label: &str) -> String {
    let mut client = Client::with(json!({ "textDocument": { "completion": { "completionItem": item } } }));
    let offset = picture.find('‸').expect("a picture has a cursor");
    let text = picture.replacen('‸', "", 1);
    client.open(uri, &text);
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default();
    let place = at(uri, line as u32, column.encode_utf16().count() as u32);
    let list = client.request("textDocument/completion", place);
    let items = list["items"].as_array().expect("a list");
    let found = items.iter().find(|item| item["label"] == label);
    let item = found.unwrap_or_else(|| panic!("{label} is among {list}"));
    let additional = item["additionalTextEdits"].as_array();
    let mut edits: Vec<&Value> = additional.into_iter().flatten().collect();
    edits.push(&item["textEdit"]);
    let result = apply(&text, &edits);
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    // Diagnostics may still be on their way.
    assert_eq!(client.exit_code_with_unread(), 0);
    result
}

fn apply(text: &str, edits: &[&Value]) -> String {
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            let new = edit["newText"].as_str().expect("a text");
            (offset(text, &range["start"]), offset(text, &range["end"]), new)
        })
        .collect();
    edits.sort_unstable();
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}

/// The byte offset of a position whose column counts UTF-16 units.
fn offset(text: &str, position: &Value) -> usize {
    let number = |what: &str| position[what].as_u64().expect("a number") as usize;
    let start: usize = text
        .split_inclusive('\n')
        .take(number("line"))
        .map(str::len)
        .sum();
    let mut units = 0;
    let column = text[start..].char_indices().find(|(_, c)| {
        let found = units >= number("character");
        units += c.len_utf16();
        found
    });
    column.map_or(text.len(), |(at, _)| start + at)
}

fn snippets() -> Value {
    json!({ "snippetSupport": true, "insertReplaceSupport": true, "insertTextModeSupport": { "valueSet": [1, 2] } })
}

#[test]
fn a_tag_is_not_taken_for_the_item_before() {
    let template = |value: &str| {
        format!(
            "ROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  名称: {{Type: String}}\nOutputs:\n  A:\n    \
             Value: !Join ['-', [{value}]]\n"
        )
    };
    for (typed, expected) in [
        ("!Ref ‸", "!Ref 名称"),
        ("a, !Ref ‸", "a, !Ref 名称"),
        ("!Ref ‸, b", "!Ref 名称, b"),
    ] {
        let after = accepted(&snippets(), YAML, &template(typed), "名称");
        assert_eq!(after, template(expected));
    }
}

#[test]
fn the_template_fits_into_braces_that_are_there() {
    for picture in ["{‸}", "{\n  ‸\n}\n"] {
        let after = accepted(&json!({}), JSON, picture, "ros-template");
        let value: Value = serde_json::from_str(&after).unwrap_or_else(|error| panic!("{error} in {after}"));
        assert_eq!(value["ROSTemplateFormatVersion"], "2015-09-01");
        assert!(value["Resources"]["Vpc"]["Properties"].is_object(), "{after}");
    }
}

#[test]
fn a_brace_that_the_editor_has_put_behind_the_cursor_does_not_stand_twice() {
    let template = |value: &str| {
        format!(
            "ROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Zone: {{Type: String}}\n  P:\n    Type: String\n    \
             AssociationPropertyMetadata:\n      ZoneId: {value}\n"
        )
    };
    for (typed, expected) in [
        ("${‸}", "${Zone}"),
        ("${Z‸}", "${Zone}"),
        ("\"${‸}\"", "\"${Zone}\""),
    ] {
        for client in [snippets(), json!({ "insertReplaceSupport": true }), json!({})] {
            let after = accepted(&client, YAML, &template(typed), "${Zone}");
            assert_eq!(after.replace("\\}", "}"), template(expected), "{typed} {client}");
        }
    }
}

#[test]
fn a_comma_goes_before_a_comment() {
    let template = |lines: &str| {
        format!(
            "{{\n  \"ROSTemplateFormatVersion\": \"2015-09-01\",\n  \"Resources\": {{\n    \"Vpc\": {{\n{lines}\n    }}\n  \
             }}\n}}\n"
        )
    };
    let before = "      \"Type\": \"ALIYUN::ECS::VPC\" // 网络, \"a\"\n      \"Depe‸\"";
    let after = accepted(&json!({}), JSON, &template(before), "DependsOn");
    let expected = "      \"Type\": \"ALIYUN::ECS::VPC\", // 网络, \"a\"\n      \"DependsOn\": ";
    assert_eq!(after, template(expected));
}

#[test]
fn nothing_of_a_placeholder_is_left_without_snippets() {
    let template = |value: &str| {
        format!(
            "ROSTemplateFormatVersion: '2015-09-01'\nConditions:\n  A:\n    {value}\n  B: !Equals [1, 2]\n"
        )
    };
    for (typed, label, expected) in [
        ("Fn::Eq‸", "Fn::Equals", "Fn::Equals:\n      - "),
        ("Fn::An‸", "Fn::And", "Fn::And:\n      - "),
    ] {
        assert_eq!(
            accepted(&json!({}), YAML, &template(typed), label),
            template(expected)
        );
    }
    let inline = |value: &str| format!("ROSTemplateFormatVersion: '2015-09-01'\nConditions:\n  A: {value}\n");
    let after = accepted(&json!({}), YAML, &inline("!Eq‸"), "!Equals");
    assert_eq!(after, inline("!Equals []"));
}
