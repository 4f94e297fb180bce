//! Real templates: after random edits the server finds in a document what it finds in one opened with the same text.

use crate::client::{Client, did_change};
use crate::skipped::shared;
use serde_json::{Value, json};
use std::path::Path;

/// Small steps of a linear congruential generator: the same edits in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "yml" || ending == "yaml")
        {
            found.extend(std::fs::read_to_string(path).ok());
        }
    }
}

/// Line and UTF-16 column of a byte offset.
fn place(text: &str, offset: usize) -> (u32, u32) {
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before[start..].encode_utf16().count();
    (before.matches('\n').count() as u32, column as u32)
}

/// A character boundary that is not inside a line break.
fn boundary(text: &str, random: &mut Random) -> usize {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) || text[..at].ends_with('\r') {
        at -= 1;
    }
    at
}

/// Edits `text` at random; gives the notification that tells the server.
fn edit(text: &mut String, uri: &str, version: i64, random: &mut Random) -> Value {
    const INSERTS: &[&str] = &[
        "",
        "",
        "x",
        "\n",
        "\r\n  ",
        "专有网络",
        "𠮷",
        "  Key: ",
        "!Ref A\n",
        "- ",
        "\"",
        "{",
    ];
    let (a, b) = (boundary(text, random), boundary(text, random));
    let start = a.min(b);
    // Mostly short pieces; never split what belongs together.
    let mut end = if random.below(8) == 0 {
        a.max(b)
    } else {
        (start + random.below(20)).min(text.len())
    };
    while !text.is_char_boundary(end) || text[..end].ends_with('\r') {
        end += 1;
    }
    let insert = INSERTS[random.below(INSERTS.len())];
    let ((line, column), (end_line, end_column)) = (place(text, start), place(text, end));
    text.replace_range(start..end, insert);
    did_change(uri, version, [line, column, end_line, end_column], insert)
}

/// Has the server check a text both ways.
fn compare(client: &mut Client, original: &str, random: &mut Random) {
    let (edited, fresh) = ("file:///project/edited.ros.yml", "file:///project/fresh.ros.yml");
    let mut text = original.to_owned();
    client.open(edited, &text);
    let mut version = 1;
    for _ in 0..6 {
        version += 1;
        let change = edit(&mut text, edited, version, random);
        client.send(&change);
    }
    client.open(fresh, &text);
    let found = client.published_for(edited, version);
    let expected = client.published_for(fresh, 1);
    let expected = json!(expected).to_string().replace(fresh, edited);
    assert_eq!(json!(found).to_string(), expected, "{text}");
    for uri in [edited, fresh] {
        client.close(uri);
        assert_eq!(client.published(uri), (None, Vec::new()));
    }
}

#[test]
fn edited_and_freshly_opened_documents_agree() {
    const OWN: &str = "ROSTemplateFormatVersion: '2015-09-01'\r\nDescription: 创建一个专有网络和交换机 𠮷\r\nResources:\r\n  \
                       Vpc:\r\n    Type: ALIYUN::ECS::VPC\r\n    Properties: {VpcName: !Ref Nowhere, Description: 网络}\r\n";
    let mut templates = vec![OWN.to_owned(); 40];
    if let Some(shared) = shared("edited_and_freshly_opened_documents_agree", "corpus") {
        collect(&shared.join("corpus"), &mut templates);
    }
    let mut client = Client::that_waits_for_nothing(
        json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } }),
    );
    let mut random = Random(20_150_901);
    for template in &templates {
        compare(&mut client, template, &mut random);
    }
}
