//! Columns in the negotiated unit, in both directions, behind Chinese text and characters outside the basic plane.

use crate::client::{Client, URI, did_change};
use serde_json::{Value, json};

/// `Nowhere` stands behind 14 Chinese characters and one surrogate pair on its line.
const TEMPLATE: &str = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\nOutputs:\n  Id: {Description: 创建一个专有网络和交换机, Label: 𠮷, Value: !Ref Nowhere}\n";

fn units(encoding: &str, text: &str) -> u32 {
    let units = match encoding {
        "utf-8" => text.len(),
        "utf-32" => text.chars().count(),
        _ => text.encode_utf16().count(),
    };
    u32::try_from(units).expect("a short line")
}

fn line(text: &str) -> &str {
    text.lines().nth(5).expect("six lines")
}

/// Checks that the one finding is about `name` and that its range covers exactly that.
fn check(encoding: &str, list: &[Value], text: &str, name: &str) {
    let about: Vec<&Value> = list
        .iter()
        .filter(|diagnostic| {
            diagnostic["message"]
                .as_str()
                .is_some_and(|message| message.contains(name))
        })
        .collect();
    assert_eq!(about.len(), 1, "{encoding}: {list:#?}");
    let before = line(text).split_once(name).expect("the name is on the line").0;
    let start = units(encoding, before);
    assert_eq!(
        about[0]["range"],
        json!({
            "start": { "line": 5, "character": start },
            "end": { "line": 5, "character": start + units(encoding, name) },
        }),
        "{encoding}"
    );
}

#[test]
fn columns_are_counted_in_the_negotiated_unit() {
    let offers = [
        (json!({}), "utf-16"),
        (
            json!({ "general": { "positionEncodings": ["utf-16"] } }),
            "utf-16",
        ),
        (
            json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } }),
            "utf-8",
        ),
        (
            json!({ "general": { "positionEncodings": ["utf-32", "utf-16"] } }),
            "utf-32",
        ),
        (json!({ "general": { "positionEncodings": ["utf-7"] } }), "utf-16"),
    ];
    for (capabilities, encoding) in offers {
        let (mut client, answer) = Client::initialized_with(json!({
            "capabilities": capabilities,
            "initializationOptions": { "diagnostics": { "typingPause": 0 } },
        }));
        assert_eq!(answer["capabilities"]["positionEncoding"], encoding);
        client.open(URI, TEMPLATE);
        check(encoding, &client.published_for(URI, 1), TEMPLATE, "Nowhere");

        // Replaces the last character of the description, then writes into the middle of the name.
        let before = line(TEMPLATE).split_once('机').expect("a description").0;
        let at = units(encoding, before);
        client.send(&did_change(
            URI,
            2,
            [5, at, 5, at + units(encoding, "机")],
            "𠮷𠮷机",
        ));
        let text = TEMPLATE.replace('机', "𠮷𠮷机");
        let at = units(encoding, line(&text).split_once("where").expect("a name").0);
        client.send(&did_change(URI, 3, [5, at, 5, at], "网络"));
        let text = text.replace("Nowhere", "No网络where");
        check(encoding, &client.published_for(URI, 3), &text, "No网络where");
    }
}
