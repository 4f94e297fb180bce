//! The server's text is the client's text: bursts of edits, edits beside slow requests, changes that can't be read.

use crate::client::{Client, URI, at, changes, did_change, did_replace, document};
use ros_lsp::text::buffer::{Buffer, Change};
use ros_lsp::text::line_index::{Encoding, Position};
use serde_json::{Value, json};

const HEAD: &str = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\nOutputs:\n  Id:\n    Value: !Ref ";

/// The name that the last line refers to, as the server reads it: it is told in the finding.
fn reported_name(list: &[Value]) -> String {
    let message = list[0]["message"].as_str().expect("a message");
    message.split('`').nth(1).expect("a name in backticks").to_owned()
}

#[test]
fn a_burst_of_edits_arrives_in_order() {
    let mut client = Client::with(json!({}));
    client.open(URI, &format!("{HEAD}Q\n"));
    let mut burst = Vec::new();
    let mut name = "Q".to_owned();
    for version in 2..402 {
        let column = 16 + name.len() as u32;
        // Every third edit takes back a character: the order shows.
        if version % 3 == 0 {
            burst.push(did_change(URI, version, [6, column - 1, 6, column], ""));
            name.pop();
        } else {
            let letter = char::from(b'a' + (version % 26) as u8).to_string();
            burst.push(did_change(URI, version, [6, column, 6, column], &letter));
            name += &letter;
        }
        if version % 10 == 0 {
            burst.push(json!({
                "jsonrpc": "2.0", "id": version, "method": "textDocument/completion", "params": at(URI, 6, column),
            }));
        }
    }
    client.send_all(&burst);
    for id in (10..402).step_by(10) {
        assert!(client.answer(id).get("error").is_none());
    }
    let list = client.published_for(URI, 401);
    // A message cuts long names; the range tells how long this one is.
    let reported = reported_name(&list);
    assert!(
        name.starts_with(reported.trim_end_matches('…')),
        "{reported} for {name}"
    );
    assert_eq!(list[0]["range"]["end"]["character"], 16 + name.len());
}

#[test]
fn several_changes_of_one_message_build_on_each_other() {
    let mut client = Client::with(json!({}));
    client.open(URI, "");
    let edit = |line: u32, column: u32, text: &str| {
        let place = json!({ "line": line, "character": column });
        json!({ "range": { "start": place, "end": place }, "text": text })
    };
    client.send(&changes(
        URI,
        2,
        json!([{ "text": HEAD }, edit(6, 16, "网\r\n"), edit(6, 17, "络"), edit(7, 0, "# 完"), edit(6, 16, "专有")]),
    ));
    assert_eq!(reported_name(&client.published_for(URI, 2)), "专有网络");
}

#[test]
fn a_change_that_cannot_be_read_silences_the_document_until_its_whole_text_comes() {
    let malformed = [
        changes(URI, 2, json!([{ "text": 7 }])),
        changes(URI, 2, json!({})),
    ];
    for change in malformed {
        let mut client = Client::with(json!({}));
        client.open(URI, &format!("{HEAD}Nowhere\n"));
        assert_eq!(reported_name(&client.published_for(URI, 1)), "Nowhere");
        client.send(&change);
        assert_eq!(
            client.published(URI),
            (None, Vec::new()),
            "what may be wrong is taken back"
        );
        let logged = client.notification("window/logMessage");
        assert!(
            logged["message"]
                .as_str()
                .is_some_and(|text| text.contains("didChange")),
            "{logged}"
        );
        client.send(&did_change(URI, 3, [0, 0, 0, 0], "x"));
        assert_eq!(client.request("textDocument/hover", at(URI, 6, 17)), Value::Null);
        client.send(&did_replace(URI, 4, &format!("{HEAD}Elsewhere\n")));
        client.send(&did_change(URI, 5, [6, 16, 6, 17], "Somewhere e"));
        assert_eq!(
            reported_name(&client.published_for(URI, 5)),
            "Somewhere elsewhere"
        );
    }
}

#[test]
fn reopening_counts_as_the_whole_text() {
    let mut client = Client::with(json!({}));
    client.open(URI, &format!("{HEAD}Nowhere\n"));
    client.published_for(URI, 1);
    client.send(&changes(URI, 2, json!([{ "text": null }])));
    client.notification("window/logMessage");
    assert_eq!(client.published(URI), (None, Vec::new()));
    client.open(URI, &format!("{HEAD}Elsewhere\n"));
    assert_eq!(reported_name(&client.published_for(URI, 1)), "Elsewhere");
}

#[test]
fn edits_of_documents_that_are_not_open_are_logged() {
    let mut client = Client::with(json!({}));
    client.send(&did_change(URI, 2, [0, 0, 0, 0], "x"));
    let logged = client.notification("window/logMessage");
    assert!(
        logged["message"]
            .as_str()
            .is_some_and(|text| text.contains("is not open")),
        "{logged}"
    );
}

#[test]
fn a_slow_request_holds_up_neither_edits_nor_requests() {
    let huge_uri = "file:///project/huge.json";
    let entry = r#""A": {"Value": [1, 2, {"a": "b", "c": [null, true]}]},"#;
    let huge = format!("{{\"Outputs\": {{{} \"B\": 1}}}}", entry.repeat(200_000));
    let mut client = Client::with(json!({}));
    client.open(huge_uri, &huge);
    let slow: Vec<i64> = (0..70)
        .map(|_| client.ask("textDocument/documentSymbol", document(huge_uri)))
        .collect();
    client.open(URI, &format!("{HEAD}Nowhere\n"));
    client.send(&did_change(URI, 2, [6, 16, 6, 23], "Elsewhere"));
    // Whatever arrives before the small document's diagnostics would be in the inbox.
    assert_eq!(reported_name(&client.published_for(URI, 2)), "Elsewhere");
    let answered = slow.iter().filter(|id| client.has_arrived(**id)).count();
    assert_eq!(answered, 0, "the small document waited for the huge one");
    for id in slow {
        client.answer(id);
    }
}

/// A template of several resources, one of them broken, in the notation of the name's ending.
fn several(ending: &str) -> String {
    match ending {
        "json" => "{\n  \"ROSTemplateFormatVersion\": \"2015-09-01\",\n  \"Description\": \"专有网络\",\n  \"Resources\": {\n    \
                   \"Vpc\": {\n      \"Type\": \"ALIYUN::ECS::VPC\"\n    },\n    \"Switch\": {\n      \"Type\": \
                   \"ALIYUN::ECS::VSwitch\",\n      \"Properties\": {\n        \"VpcId\": {\"Ref\": \"Vpc\"}\n      }\n    }\n  \
                   }\n}\n"
            .into(),
        _ => "ROSTemplateFormatVersion: '2015-09-01'\nDescription: 专有网络\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n  \
              Switch:\n    Type: ALIYUN::ECS::VSwitch\n    Properties:\n      VpcId: !Ref Vpc\n"
            .into(),
    }
}

#[test]
fn an_edited_document_has_the_findings_of_a_new_one() {
    // Line, column, line, column, text: a renamed resource, a comment in Chinese, half a key, and the name back.
    let edits = |ending: &str| match ending {
        "json" => vec![
            ([4, 5, 4, 8], "网络"),
            ([9, 10, 9, 10], "专"),
            ([8, 13, 8, 13], "\n        \"ZoneId"),
            ([9, 15, 9, 15], "\": \"a\","),
            ([4, 5, 4, 7], "Vpc"),
        ],
        _ => vec![
            ([3, 2, 3, 5], "网络"),
            ([1, 13, 1, 17], "# 说明 #"),
            ([7, 15, 7, 15], "\n      Zone"),
            ([8, 10, 8, 10], "Id: a"),
            ([3, 2, 3, 4], "Vpc"),
        ],
    };
    for ending in ["yml", "json"] {
        let uri = format!("file:///a/edited.ros.{ending}");
        let general = json!({ "general": { "positionEncodings": ["utf-16"] } });
        let mut client = Client::that_waits_for_nothing(general);
        let mut text = several(ending);
        client.open(&uri, &text);
        client.published_for(&uri, 1);
        for (version, (range, new)) in (2..).zip(edits(ending)) {
            client.send(&did_change(&uri, version, range, new));
            let edited = client.published_for(&uri, version);
            let mut buffer = Buffer::new(&text);
            let at = |line: u32, column: u32| Position::new(line, column);
            let range = Some((at(range[0], range[1]), at(range[2], range[3])));
            let change = Change {
                range,
                text: new.into(),
            };
            buffer.apply(&[change], Encoding::Utf16);
            text = buffer.text();
            let fresh = format!("file:///a/new{version}.ros.{ending}");
            client.open(&fresh, &text);
            let list = client.published_for(&fresh, 1);
            let shown = |list: &[Value]| format!("{list:#?}").replace(&fresh, &uri);
            assert_eq!(shown(&edited), shown(&list), "{text}");
        }
        // The whole text, as clients send it that know no ranges: the name is no longer defined.
        let text = text.replacen("Vpc", "Net", 1);
        client.send(&did_replace(&uri, 7, &text));
        let list = client.published_for(&uri, 7);
        assert!(
            list.iter().any(|finding| finding["code"] == "ROS1005"),
            "{list:#?}"
        );
    }
}
