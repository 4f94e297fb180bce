//! Types of one's own: pages on disk and in the editor, and templates that use them.

use crate::client::{Client, at, did_change, did_replace, document, notification};
use serde_json::{Value, json};
use std::fs;
use std::time::Instant;
use tempfile::TempDir;

const THING: &str = "# MODULE::My::Thing

A thing of ours.

## Properties

|Property|Type|Required|Editable|Description|Validity|
|-|-|-|-|-|-|
|Mode|String|Yes|No|How it works.|Valid values: fast and safe.|
|Parts|List|No|Yes|What it has.|None|

## Parts properties

|Property|Type|Required|Editable|Description|Validity|
|-|-|-|-|-|-|
|Kind|String|No|No|Which.|Valid values: wheel and door.|

## Response parameters

- ThingId: its ID.
";

const TEMPLATE: &str = "ROSTemplateFormatVersion: '2015-09-01'
Resources:
  东西:
    Type: MODULE::My::Thing
    Version: v1
    Properties:
      Mode: slow
      Parts:
        - Kind: wheel
Outputs:
  Id:
    Value: !GetAtt 东西.ThingId
";

const WATCHES: &str = "workspace/didChangeWatchedFiles";

/// A folder with pages, and the addresses in it.
struct Project {
    folder: TempDir,
}

impl Project {
    fn new(pages: &[(&str, &str)]) -> Self {
        let project = Project {
            folder: tempfile::tempdir().expect("a folder"),
        };
        for (name, text) in pages {
            project.write(name, text);
        }
        project
    }

    fn write(&self, page: &str, text: &str) {
        let path = self.folder.path().join(".ros/types").join(page);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a page");
    }

    fn remove(&self, page: &str) {
        fs::remove_file(self.folder.path().join(".ros/types").join(page)).expect("the page was there");
    }

    fn uri(&self, name: &str) -> String {
        let folder = self.folder.path().display().to_string();
        // As VS Code writes them.
        let folder = match cfg!(windows) {
            true => format!("/{}", folder.replace('\\', "/").replace(':', "%3A")),
            false => folder,
        };
        match name {
            "" => format!("file://{folder}"),
            name => format!("file://{folder}/{name}"),
        }
    }

    fn page(&self, name: &str) -> String {
        self.uri(&format!(".ros/types/{name}"))
    }

    /// A client with this workspace.
    fn client(&self, capabilities: Value) -> Client {
        let folders = json!([{ "uri": self.uri(""), "name": "project" }]);
        let params = json!({ "capabilities": capabilities, "workspaceFolders": folders });
        Client::initialized_with(params).0
    }
}

fn changed(uri: &str, kind: u8) -> Value {
    notification(WATCHES, json!({ "changes": [{ "uri": uri, "type": kind }] }))
}

fn open_page(client: &mut Client, uri: &str, text: &str) {
    let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
    client.notify("textDocument/didOpen", json!({ "textDocument": document }));
}

fn messages(list: &[Value]) -> Vec<&str> {
    list.iter().filter_map(|each| each["message"].as_str()).collect()
}

/// Waits for this version's findings: what just happened may not be in the first ones yet.
fn until(client: &mut Client, uri: &str, version: i64, expected: &[&str]) {
    while messages(&client.published_for(uri, version)) != expected {}
}

fn labels(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().expect("a list");
    items.iter().filter_map(|item| item["label"].as_str()).collect()
}

const SLOW: &str = "`Mode` must be `fast` or `safe`, not `slow`";

#[test]
fn a_page_on_disk_counts_from_the_first_check_on() {
    let project = Project::new(&[("东西.md", THING)]);
    let mut client = project.client(json!({}));
    let uri = project.uri("a.yml");
    client.open(&uri, TEMPLATE);
    let list = client.published_for(&uri, 1);
    assert_eq!(messages(&list), [SLOW]);
    assert_eq!(list[0]["severity"], 2);

    let json_uri = project.uri("a.json");
    let json = r#"{"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"A": {"Type": "MODULE::My::Thing", "Version": "v1", "Properties": {"Mode": "slow"}}}}"#;
    client.open(&json_uri, json);
    assert_eq!(messages(&client.published_for(&json_uri, 1)), [SLOW]);
}

#[test]
fn completion_and_definition_lead_to_the_page() {
    let project = Project::new(&[("东西.md", THING)]);
    let mut client = project.client(json!({}));
    let uri = project.uri("a.yml");
    client.open(&uri, TEMPLATE);
    until(&mut client, &uri, 1, &[SLOW]);

    let card = client.request("textDocument/hover", at(&uri, 6, 7));
    let card = card["contents"]["value"].as_str().expect("a card");
    assert!(card.contains("How it works.") && card.contains("fast"), "{card}");
    let types = client.request("textDocument/completion", at(&uri, 3, 18));
    let own = types["items"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|item| item["label"] == "MODULE::My::Thing");
    assert_eq!(own.expect("the type")["detail"], "workspace");
    let values = client.request("textDocument/completion", at(&uri, 6, 12));
    assert!(labels(&values).starts_with(&["fast", "safe"]), "{values}");
    let names = client.request("textDocument/completion", at(&uri, 8, 10));
    assert!(labels(&names).contains(&"Kind"), "{names}");
    let attributes = client.request("textDocument/completion", at(&uri, 11, 22));
    assert!(labels(&attributes).contains(&"ThingId"), "{attributes}");

    let page = project.page("%E4%B8%9C%E8%A5%BF.md");
    let mut definition = |line, column, start: [u32; 2], end: [u32; 2]| {
        let found = client.request("textDocument/definition", at(&uri, line, column));
        let place = |[line, character]: [u32; 2]| json!({ "line": line, "character": character });
        let range = json!({ "start": place(start), "end": place(end) });
        assert_eq!(found, json!([{ "uri": page, "range": range }]), "{line}:{column}");
    };
    definition(3, 12, [0, 2], [0, 19]);
    definition(6, 7, [8, 1], [8, 5]);
    definition(8, 11, [15, 1], [15, 5]);
    definition(11, 24, [19, 2], [19, 9]);
}

#[test]
fn a_change_on_disk_counts_when_the_client_tells_of_it() {
    let project = Project::new(&[("a.md", THING)]);
    let watching = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = project.client(watching);
    let (id, asked) = client.server_request("client/registerCapability");
    client.reply(&id, Value::Null);
    let registration = &asked["registrations"][0];
    assert_eq!(registration["method"], WATCHES);
    assert_eq!(
        registration["registerOptions"]["watchers"][0],
        json!({ "globPattern": "**/.ros/types/*.md" })
    );

    let uri = project.uri("a.yml");
    client.open(&uri, TEMPLATE);
    until(&mut client, &uri, 1, &[SLOW]);
    // As long as before, and within the same tick of the clock.
    project.write("a.md", &THING.replace("fast", "slow"));
    client.send(&changed(&project.page("a.md"), 2));
    until(&mut client, &uri, 1, &[]);

    project.remove("a.md");
    client.send(&changed(&project.page("a.md"), 3));
    // A module is open where nobody describes it.
    assert_eq!(client.published(&uri), (Some(1), Vec::new()));
    let typing = did_change(&uri, 2, [6, 12, 6, 16], "[]");
    client.send(&typing);
    until(&mut client, &uri, 2, &[]);
    let found = client.request("textDocument/definition", at(&uri, 3, 12));
    assert_eq!(found, Value::Null);

    project.write("b.md", THING);
    client.send(&changed(&project.page("b.md"), 1));
    until(&mut client, &uri, 2, &["`Mode` must be a text, not a list"]);
}

#[test]
fn without_watching_opening_and_saving_look_at_the_files() {
    let project = Project::new(&[("a.md", THING)]);
    let mut client = project.client(json!({}));
    let uri = project.uri("a.yml");
    client.open(&uri, TEMPLATE);
    until(&mut client, &uri, 1, &[SLOW]);
    project.write("a.md", &THING.replace("fast", "quick or slow"));
    client.notify("textDocument/didSave", document(&uri));
    let (_, list) = client.published(&uri);
    assert_ne!(messages(&list), [SLOW]);
    project.write("a.md", THING);
    let other = project.uri("b.yml");
    client.open(&other, TEMPLATE);
    until(&mut client, &other, 1, &[SLOW]);
    let mut list = client.published(&uri).1;
    while messages(&list) != [SLOW] {
        list = client.published(&uri).1;
    }
}

#[test]
fn the_text_in_the_editor_counts_while_it_is_typed() {
    let project = Project::new(&[("a.md", THING)]);
    let mut client = project.client(json!({}));
    let uri = project.uri("a.yml");
    client.open(&uri, TEMPLATE);
    until(&mut client, &uri, 1, &[SLOW]);

    let page = project.page("a.md");
    open_page(&mut client, &page, THING);
    client.send(&did_replace(&page, 2, &THING.replace("safe", "slow")));
    until(&mut client, &uri, 1, &[]);
    // Words only: nothing to be said anew about the template.
    client.send(&did_replace(
        &page,
        3,
        &THING.replace("safe", "slow").replace("of ours", "of mine"),
    ));
    client.send(&did_replace(&page, 4, &THING.replace("safe", "good")));
    until(
        &mut client,
        &uri,
        1,
        &["`Mode` must be `fast` or `good`, not `slow`"],
    );
    // Closed without saving: the file counts again.
    client.close(&page);
    until(&mut client, &uri, 1, &[SLOW]);

    // A page that was never saved.
    let new = project.page("new.md");
    open_page(&mut client, &new, &THING.replace("My::Thing", "My::Other"));
    client.send(&did_change(&uri, 2, [3, 22, 3, 27], "Other"));
    until(&mut client, &uri, 2, &[SLOW]);
}

#[test]
fn problems_of_pages_appear_and_vanish() {
    let project = Project::new(&[
        ("a.md", THING),
        (
            "错.md",
            &THING
                .replace("Thing\n", "Wrong\n")
                .replace("|String|Yes", "|Strnig|也许"),
        ),
    ]);
    let mut client = project.client(json!({}));
    let wrong = project.page("%E9%94%99.md");
    let (version, list) = client.published(&wrong);
    assert_eq!(version, None);
    assert_eq!(
        messages(&list),
        [
            "`Strnig` is no known type; did you mean `String`?",
            "`也许` is neither yes nor no"
        ]
    );
    assert_eq!(list[0]["code"], "own-type-page");
    assert_eq!(list[1]["severity"], 2);
    assert_eq!(
        list[1]["range"],
        json!({ "start": { "line": 8, "character": 13 }, "end": { "line": 8, "character": 15 } })
    );

    // Mended in the editor, with the version.
    open_page(&mut client, &wrong, &THING.replace("My::Thing", "My::Wrong"));
    assert_eq!(client.published(&wrong), (Some(1), Vec::new()));
    client.send(&did_replace(
        &wrong,
        2,
        &THING
            .replace("My::Thing", "My::Wrong")
            .replace("String|Yes|", "String|Perhaps|"),
    ));
    let (version, list) = client.published(&wrong);
    assert_eq!(
        (version, messages(&list)),
        (Some(2), vec!["`Perhaps` is neither yes nor no"])
    );
    // Closed: that of the file again; deleted: nothing.
    client.close(&wrong);
    assert_eq!(client.published(&wrong).1.len(), 2);
    project.remove("错.md");
    client.send(&changed(&wrong, 3));
    assert_eq!(client.published(&wrong), (None, Vec::new()));

    // Twice the same type: said of the second.
    project.write("b.md", THING);
    client.send(&changed(&project.page("b.md"), 1));
    let (_, list) = client.published(&project.page("b.md"));
    assert_eq!(
        messages(&list),
        ["`MODULE::My::Thing` is described in `a.md` already; this description does not count"]
    );
    fs::remove_dir_all(project.folder.path().join(".ros")).expect("the folder was there");
    client.send(&changed(&project.uri(".ros"), 3));
    assert_eq!(client.published(&project.page("b.md")), (None, Vec::new()));
}

#[test]
fn folders_come_and_go() {
    let (first, second) = (Project::new(&[]), Project::new(&[("a.md", THING)]));
    let mut client = first.client(json!({}));
    let uri = first.uri("a.yml");
    client.open(&uri, TEMPLATE);
    until(&mut client, &uri, 1, &[]);
    let folder = json!({ "uri": second.uri(""), "name": "second" });
    let change = |added: Value, removed: Value| json!({ "event": { "added": added, "removed": removed } });
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        change(json!([folder]), json!([])),
    );
    until(&mut client, &uri, 1, &[SLOW]);
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        change(json!([]), json!([folder])),
    );
    until(&mut client, &uri, 1, &[]);
}

#[test]
fn of_two_folders_the_first_counts() {
    let first = Project::new(&[("a.md", &THING.replace("safe", "slow"))]);
    let second = Project::new(&[("a.md", THING)]);
    let folders = json!([{ "uri": first.uri(""), "name": "1" }, { "uri": second.uri(""), "name": "2" }]);
    let params = json!({ "capabilities": {}, "workspaceFolders": folders });
    let (mut client, _) = Client::initialized_with(params);
    let (_, list) = client.published(&second.page("a.md"));
    assert_eq!(list.len(), 1);
    let uri = second.uri("a.yml");
    client.open(&uri, TEMPLATE);
    until(&mut client, &uri, 1, &[]);
}

#[test]
fn without_a_workspace_the_nearest_folder_above_counts() {
    let project = Project::new(&[("a.md", THING)]);
    let below = project.folder.path().join("模板/deep");
    fs::create_dir_all(&below).expect("a folder");
    let mut client = Client::with(json!({}));
    let uri = project.uri("%E6%A8%A1%E6%9D%BF/deep/a.yml");
    client.open(&uri, TEMPLATE);
    until(&mut client, &uri, 1, &[SLOW]);
}

#[test]
fn a_folder_of_pages_may_come_into_being_above_an_open_template() {
    let project = Project::new(&[]);
    let mut client = project.client(json!({}));
    let uri = project.uri("sub/a.yml");
    client.open(&uri, TEMPLATE);
    until(&mut client, &uri, 1, &[]);
    project.write("../../sub/.ros/types/a.md", THING);
    client.send(&changed(&project.uri("sub/.ros/types/a.md"), 1));
    until(&mut client, &uri, 1, &[SLOW]);
}

#[test]
fn a_readme_is_neither_page_nor_template() {
    let project = Project::new(&[("README.md", THING)]);
    let mut client = project.client(json!({}));
    open_page(&mut client, &project.page("README.md"), TEMPLATE);
    let uri = project.uri("a.yml");
    client.open(&uri, TEMPLATE);
    until(&mut client, &uri, 1, &[]);
    client.leave();
}

#[test]
fn who_types_in_a_page_does_not_flood_the_client() {
    const REFRESH: &str = "workspace/diagnostic/refresh";
    let project = Project::new(&[("a.md", THING)]);
    let mut client = project.client(json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    }));
    let uri = project.uri("a.yml");
    client.open(&uri, TEMPLATE);
    let (first, _) = client.server_request(REFRESH);
    open_page(&mut client, &project.page("a.md"), THING);
    for version in 2..7 {
        let text = THING.replace("safe", &"safe".repeat(version));
        client.send(&did_replace(&project.page("a.md"), version as i64, &text));
        // In effect before the next.
        let report = client.request("textDocument/diagnostic", document(&uri));
        assert_eq!(report["items"].as_array().map(Vec::len), Some(1));
    }
    client.reply(&first, Value::Null);
    let (second, _) = client.server_request(REFRESH);
    client.reply(&second, Value::Null);
    // No third one is left unread.
    client.leave();
}

#[test]
fn a_client_that_pulls_gets_them_too() {
    let project = Project::new(&[("a.md", THING)]);
    let mut client = project.client(json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    }));
    let uri = project.uri("a.yml");
    client.open(&uri, TEMPLATE);
    let (id, _) = client.server_request("workspace/diagnostic/refresh");
    client.reply(&id, Value::Null);
    let report = client.request("textDocument/diagnostic", document(&uri));
    assert_eq!(messages(report["items"].as_array().expect("a list")), [SLOW]);
    project.write("a.md", &THING.replace("safe", "slow"));
    client.send(&changed(&project.page("a.md"), 2));
    let (id, _) = client.server_request("workspace/diagnostic/refresh");
    client.reply(&id, Value::Null);
    let report = client.request("textDocument/diagnostic", document(&uri));
    assert_eq!(report["items"], json!([]));
}

#[test]
fn a_page_is_no_template_whatever_examples_it_has() {
    let project = Project::new(&[]);
    let mut client = project.client(json!({}));
    let page = project.page("a.md");
    let example = format!(
        "{THING}\n## Examples\n\n```yaml\n{}```\n",
        TEMPLATE.replace("东西.", "Nothing.")
    );
    open_page(&mut client, &page, &example);
    assert_eq!(
        client.request("textDocument/documentSymbol", document(&page)),
        Value::Null
    );
    // Nor is a page that is only begun offered the beginning of one.
    let empty = project.page("b.md");
    open_page(&mut client, &empty, "");
    client.published(&empty);
    let completion = client.request("textDocument/completion", at(&empty, 0, 0));
    assert_eq!(completion, Value::Null);
    // The client checks at its end that nothing else has come.
}

#[test]
fn many_pages_do_not_hold_up_the_start() {
    let project = Project::new(&[]);
    for index in 0..300 {
        let rows: String = (0..20)
            .map(|row| {
                format!(
                    "|P{row}|String|No|Yes|What it is.|Valid values: a{row}, b and c. Default value: b.|\n"
                )
            })
            .collect();
        let page = THING.replace("My::Thing", &format!("My::Thing{index}"));
        project.write(
            &format!("{index}.md"),
            &page.replace("|Parts|List", &format!("{rows}|Parts|List")),
        );
    }
    project.write("own.md", THING);
    let folders = json!([{ "uri": project.uri(""), "name": "project" }]);
    let mut client = Client::start();
    let start = Instant::now();
    client.request(
        "initialize",
        json!({ "capabilities": {}, "workspaceFolders": folders }),
    );
    let initialized = start.elapsed();
    client.notify("initialized", json!({}));
    let uri = project.uri("a.yml");
    client.open(&uri, TEMPLATE);
    // It may be checked without the pages first, should they take long.
    while messages(&client.published_for(&uri, 1)) != [SLOW] {}
    println!(
        "300 pages: initialize answered after {initialized:?}, checked with them after {:?}",
        start.elapsed()
    );
    let page = project.page("own.md");
    open_page(&mut client, &page, THING);
    let start = Instant::now();
    let edited = THING.replace("safe", "slow");
    client.send(&did_replace(&page, 2, &edited));
    until(&mut client, &uri, 1, &[]);
    println!("a keystroke in one of them counted after {:?}", start.elapsed());
    assert!(initialized.as_millis() < 500, "{initialized:?}");
}
