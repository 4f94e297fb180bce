//! Where settings come from, when they take effect, and what happens to those that can't be taken.

use crate::client::{Client, URI, at};
use serde_json::{Value, json};

const BROKEN: &str = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\nOutputs:\n  Id:\n    Value: !Ref Nowhere\n";

fn quiet() -> Value {
    json!({ "diagnostics": { "enable": false } })
}

fn count(client: &mut Client) -> usize {
    client.published(URI).1.len()
}

#[test]
fn initialization_options_are_the_section_or_hold_it() {
    for options in [quiet(), json!({ "ros": quiet() })] {
        let (mut client, _) =
            Client::initialized_with(json!({ "capabilities": {}, "initializationOptions": options }));
        client.open(URI, BROKEN);
        assert_eq!(count(&mut client), 0);
    }
}

#[test]
fn pushed_settings_take_effect_at_once_and_build_on_the_options() {
    let (mut client, _) =
        Client::initialized_with(json!({ "capabilities": {}, "initializationOptions": quiet() }));
    client.open(URI, BROKEN);
    assert_eq!(count(&mut client), 0);
    let push = |client: &mut Client, settings: Value| {
        client.notify(
            "workspace/didChangeConfiguration",
            json!({ "settings": settings }),
        );
    };
    push(&mut client, json!({ "ros": { "diagnostics.enable": true } }));
    assert_eq!(count(&mut client), 1);
    push(&mut client, json!({ "ros": {} }));
    assert_eq!(count(&mut client), 0);
    push(&mut client, json!({ "other": {} }));
    push(&mut client, Value::Null);
}

#[test]
fn settings_are_pulled_and_pulled_again_when_they_change() {
    let mut client = Client::with(json!({
        "workspace": { "configuration": true, "didChangeConfiguration": { "dynamicRegistration": true } },
    }));
    let (id, params) = client.server_request("client/registerCapability");
    assert_eq!(
        params["registrations"][0]["method"],
        "workspace/didChangeConfiguration"
    );
    client.reply(&id, Value::Null);
    let (id, params) = client.server_request("workspace/configuration");
    assert_eq!(params, json!({ "items": [{ "section": "ros" }] }));
    client.reply(&id, json!([quiet()]));
    client.open(URI, BROKEN);
    // Whether the reply or the document was first is open.
    while count(&mut client) != 0 {}
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    let (id, _) = client.server_request("workspace/configuration");
    client.reply(&id, json!([null]));
    assert_eq!(count(&mut client), 1);
}

#[test]
fn only_the_newest_reply_counts() {
    let mut client = Client::with(json!({ "workspace": { "configuration": true } }));
    client.open(URI, BROKEN);
    assert_eq!(count(&mut client), 1);
    let (first, _) = client.server_request("workspace/configuration");
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    let (second, _) = client.server_request("workspace/configuration");
    client.reply(&second, json!([quiet()]));
    assert_eq!(count(&mut client), 0);
    client.reply(&first, json!([{}]));
    client.request("textDocument/hover", at(URI, 0, 0));
}

#[test]
fn a_client_that_never_replies_is_served_all_the_same() {
    let mut client = Client::with(json!({ "workspace": { "configuration": true } }));
    client.server_request("workspace/configuration");
    for _ in 0..8 {
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        client.server_request("workspace/configuration");
    }
    client.open(URI, BROKEN);
    assert_eq!(count(&mut client), 1);
    assert_ne!(client.request("textDocument/hover", at(URI, 0, 0)), Value::Null);
}

#[test]
fn a_client_that_refuses_is_logged_and_served() {
    let mut client = Client::with(json!({ "workspace": { "configuration": true } }));
    let (id, _) = client.server_request("workspace/configuration");
    client.send(
        &json!({ "jsonrpc": "2.0", "id": id, "error": { "code": -32601, "message": "no such method" } }),
    );
    let logged = client.notification("window/logMessage");
    assert!(
        logged["message"]
            .as_str()
            .is_some_and(|text| text.contains("no such method")),
        "{logged}"
    );
    client.open(URI, BROKEN);
    assert_eq!(count(&mut client), 1);
}

#[test]
fn problems_are_shown_together_and_once() {
    let wrong = json!({
        "hover": { "locale": "tlh" },
        "diagnostics": { "severity": { "ROS9999": "off", "undefined-reference": "loud" } },
    });
    let (mut client, _) =
        Client::initialized_with(json!({ "capabilities": {}, "initializationOptions": wrong }));
    let shown = client.notification("window/showMessage");
    assert_eq!(shown["type"], 2);
    let message = shown["message"].as_str().expect("a text");
    for part in ["`ros.hover.locale`", "`ROS9999`", "`undefined-reference`"] {
        assert!(message.contains(part), "{message}");
    }
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "ros": wrong } }),
    );
    client.open(URI, BROKEN);
    assert_eq!(count(&mut client), 1);
}

#[test]
fn clients_that_pull_diagnostics_are_asked_to_do_it_again() {
    let mut client = Client::with(json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    }));
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "ros": quiet() } }),
    );
    let (id, _) = client.server_request("workspace/diagnostic/refresh");
    client.reply(&id, Value::Null);
}

#[test]
fn severities_are_the_users() {
    let severity = |level: &str| json!({ "ros": { "diagnostics": { "severity": { "ROS1005": level } } } });
    let mut client = Client::with(json!({}));
    client.open(URI, BROKEN);
    let (_, list) = client.published(URI);
    assert_eq!(
        (&list[0]["code"], &list[0]["severity"]),
        (&json!("ROS1005"), &json!(1))
    );
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": severity("hint") }),
    );
    assert_eq!(client.published(URI).1[0]["severity"], 4);
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": severity("off") }),
    );
    assert_eq!(count(&mut client), 0);
}
