//! Documents and folders whose addresses clients spell in other ways than the specification of addresses allows.

use crate::client::Client;
use serde_json::{Value, json};

const TEXT: &str = "ROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  Zone:\n    Type: String\nOutputs:\n  Id:\n    Value: !Ref Zoen\n";

const ADDRESSES: [&str; 8] = [
    "file:///tmp/my 项目 [env]/a.yml",
    "file:///tmp/%zz {a|b}^c\\d.yml",
    "file:///c%3A/Users/%E9%A1%B9%E7%9B%AE/a.yml",
    "file:///C:/Users/a b.yml",
    "untitled:My template",
    "vscode-remote://ssh-remote%2Bhost/a [b].yml",
    "vscode-vfs://github/me/a b/c.yml",
    "C:\\Users\\me\\a.yml",
];

#[test]
fn every_answer_has_the_address_as_the_client_spells_it() {
    for address in ADDRESSES {
        let mut client = Client::with(json!({}));
        client.open(address, TEXT);
        let (_, findings) = client.published(address);
        assert_eq!(findings.len(), 3, "{address}: {findings:?}");
        let at = json!({ "textDocument": { "uri": address }, "position": { "line": 2, "character": 3 } });
        let mut params = at.clone();
        params["newName"] = json!("Zoen");
        let edit = client.request("textDocument/rename", params);
        assert!(
            edit["changes"][address].is_array()
                || edit["documentChanges"][0]["textDocument"]["uri"] == address,
            "{edit}"
        );
        let mut params = at.clone();
        params["context"] = json!({ "includeDeclaration": true });
        let references = client.request("textDocument/references", params);
        assert_eq!(references[0]["uri"], address);
        client.close(address);
        assert!(client.published(address).1.is_empty(), "{address}");
        client.leave();
    }
}

#[test]
fn folders_with_blanks_brackets_and_chinese_letters_do_not_end_the_session() {
    for root in [
        "file:///tmp/my 项目 [env]",
        "file:///tmp/%zz",
        "/tmp/项目",
        "",
        "file:///c%3A/",
    ] {
        let folders = json!([{ "uri": root, "name": "env" }]);
        let params = json!({ "capabilities": {}, "rootUri": root, "workspaceFolders": folders });
        let (mut client, answer) = Client::initialized_with(params);
        assert_eq!(answer["serverInfo"]["name"], "ros-lsp", "{root}");
        client.leave();
    }
}

#[test]
fn two_spellings_of_a_file_are_one_document() {
    let mut client = Client::with(json!({}));
    client.open("file:///c%3A/my%20work/a.yml", TEXT);
    assert_eq!(client.published("file:///c%3A/my%20work/a.yml").1.len(), 3);
    for spelling in [
        "file:///C:/my work/a.yml",
        "file:///c:/my%20work/a.yml",
        "file:///C%3a/my%20work/%61.yml",
    ] {
        let at = json!({ "textDocument": { "uri": spelling }, "position": { "line": 2, "character": 3 } });
        assert_ne!(
            client.request("textDocument/hover", at),
            Value::Null,
            "{spelling}"
        );
    }
    client.leave();
}
