//! One address for each document, however clients spell it: canonical ones inside, the client's own outside.
//!
//! Clients send blanks, Chinese letters and brackets raw (Helix, Zed), encode a drive's colon (`c%3A`, VS Code) or don't,
//! and some spell one file in two ways. The specification leaves this to them, and asks servers to be careful
//! (`DocumentUri`). So addresses are made canonical where a message comes in, and put back where one goes out.

use super::state::lock;
use super::uri::canonical;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// The keys of addresses in messages.
const KEYS: [&str; 6] = ["uri", "rootUri", "oldUri", "newUri", "targetUri", "scopeUri"];

/// How the client spells addresses that are not canonical.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    known: Mutex<HashMap<String, Spelling>>,
    /// Whether there is any: what is written need not be looked through otherwise.
    any: AtomicBool,
}

#[derive(Debug)]
struct Spelling {
    text: String,
    /// Addresses of files below are spelled likewise.
    folder: bool,
}

impl Spellings {
    /// Makes the addresses in a message's parameters canonical. A document is spelled as when it was opened.
    pub(super) fn read(&self, method: &str, params: &mut Value) {
        let decides = matches!(
            method,
            "initialize" | "textDocument/didOpen" | "workspace/didChangeWorkspaceFolders"
        );
        self.read_value(params, decides, method != "textDocument/didOpen");
        if method == "initialize" {
            leave_out_empty(params);
        }
    }

    fn read_value(&self, value: &mut Value, decides: bool, folder: bool) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    match value {
                        Value::String(text) if KEYS.contains(&key.as_str()) => {
                            self.read_address(text, decides, folder && decides);
                        }
                        // What the user has set is none of ours.
                        _ if key == "initializationOptions" || key == "settings" => {}
                        _ => self.read_value(value, decides, folder),
                    }
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.read_value(item, decides, folder);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn read_address(&self, text: &mut String, decides: bool, folder: bool) {
        let Some(canonical) = canonical(text) else { return };
        if canonical == *text {
            if decides && self.any.load(Ordering::Acquire) {
                lock(&self.known).remove(&canonical);
            }
            return;
        }
        let spelling = Spelling {
            text: std::mem::replace(text, canonical.clone()),
            folder,
        };
        let mut known = lock(&self.known);
        if decides || !known.contains_key(&canonical) {
            known.insert(canonical, spelling);
        }
        self.any.store(true, Ordering::Release);
    }

    /// A message for the client with its own spellings, or `None` where that is the same. A text that is an address
    /// from end to end is taken for one.
    pub(super) fn written(&self, message: &[u8]) -> Option<Vec<u8>> {
        if !self.any.load(Ordering::Acquire) {
            return None;
        }
        let known = lock(&self.known);
        let mut written = Vec::new();
        let mut done = 0;
        let mut at = 0;
        while let Some(start) = position(message, at) {
            let end = end_of_text(message, start + 1);
            let text = message.get(start + 1..end).unwrap_or_default();
            if let Some(spelling) = spelled(&known, text) {
                written.extend_from_slice(message.get(done..start).unwrap_or_default());
                written.extend_from_slice(Value::String(spelling).to_string().as_bytes());
                done = end + 1;
            }
            at = end + 1;
        }
        if done == 0 {
            return None;
        }
        written.extend_from_slice(message.get(done..).unwrap_or_default());
        Some(written)
    }
}

/// The client's spelling of a JSON text's content that is an address.
fn spelled(known: &HashMap<String, Spelling>, text: &[u8]) -> Option<String> {
    let scheme = text.iter().take(40).position(|byte| *byte == b':')?;
    if !text[..scheme].iter().all(u8::is_ascii_graphic) {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?;
    if let Some(spelling) = known.get(text) {
        return Some(spelling.text.clone());
    }
    let folders = known.iter().filter(|(_, spelling)| spelling.folder);
    let below = folders.filter_map(|(folder, spelling)| {
        let rest = text.strip_prefix(folder.trim_end_matches('/'))?;
        rest.starts_with('/').then(|| {
            (
                folder.len(),
                format!("{}{rest}", spelling.text.trim_end_matches('/')),
            )
        })
    });
    below.max().map(|(_, spelling)| spelling)
}

/// Where the next JSON text starts.
fn position(message: &[u8], from: usize) -> Option<usize> {
    let rest = message.get(from..)?;
    rest.iter().position(|byte| *byte == b'"').map(|at| from + at)
}

/// Where the JSON text ends whose content starts at `from`.
fn end_of_text(message: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(byte) = message.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    message.len()
}

/// Some clients send an empty text for a folder that they don't have.
fn leave_out_empty(params: &mut Value) {
    let is_empty = |value: Option<&Value>| value.and_then(Value::as_str) == Some("");
    if is_empty(params.get("rootUri")) {
        params["rootUri"] = Value::Null;
    }
    if let Some(folders) = params.get_mut("workspaceFolders").and_then(Value::as_array_mut) {
        folders.retain(|folder| !is_empty(folder.get("uri")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(spellings: &Spellings, method: &str, mut params: Value) -> Value {
        spellings.read(method, &mut params);
        params
    }

    fn opened(uri: &str) -> (Spellings, String) {
        let spellings = Spellings::default();
        let params = json!({ "textDocument": { "uri": uri, "text": "uri: \"file:///c%3A\"" } });
        let params = read(&spellings, "textDocument/didOpen", params);
        let canonical = params["textDocument"]["uri"].as_str().unwrap().to_owned();
        (spellings, canonical)
    }

    fn answer(spellings: &Spellings, answer: &Value) -> Value {
        let bytes = answer.to_string();
        let written = spellings.written(bytes.as_bytes());
        serde_json::from_slice(&written.unwrap_or(bytes.into_bytes())).unwrap()
    }

    #[test]
    fn answers_have_the_spelling_of_the_opened_document() {
        for uri in [
            "file:///tmp/my 项目 [env]/a.ros.yml",
            "file:///c%3A/a.yml",
            "file:///C:/%zz^{a}|b.yml",
            "untitled:my \"file\".yml",
        ] {
            let (spellings, canonical) = opened(uri);
            assert_ne!(canonical, uri);
            let inside = json!({ "a\\\"": [{ "uri": canonical }], "changes": { &canonical: [1] }, "x": format!("see {canonical}") });
            let outside = answer(&spellings, &inside);
            assert_eq!(outside["a\\\""][0]["uri"], uri);
            assert_eq!(outside["changes"][uri], json!([1]));
            assert_eq!(outside["x"], format!("see {canonical}"));
        }
    }

    #[test]
    fn a_second_spelling_is_understood_and_the_first_is_answered() {
        let (spellings, canonical) = opened("file:///c%3A/a%20b.yml");
        let params = json!({ "textDocument": { "uri": "file:///C:/a b.yml" } });
        let params = read(&spellings, "textDocument/hover", params);
        assert_eq!(params["textDocument"]["uri"], canonical);
        let outside = answer(&spellings, &json!({ "uri": canonical }));
        assert_eq!(outside["uri"], "file:///c%3A/a%20b.yml");
    }

    #[test]
    fn files_below_a_folder_are_spelled_as_the_folder() {
        let spellings = Spellings::default();
        let params = json!({
            "rootUri": "file:///my 项目/",
            "workspaceFolders": [{ "uri": "", "name": "" }],
            "initializationOptions": { "uri": "as it is" },
        });
        let params = read(&spellings, "initialize", params);
        assert_eq!(params["rootUri"], "file:///my%20%E9%A1%B9%E7%9B%AE/");
        assert_eq!(params["workspaceFolders"], json!([]));
        assert_eq!(params["initializationOptions"]["uri"], "as it is");
        let page = "file:///my%20%E9%A1%B9%E7%9B%AE/.ros/types/a.md";
        let outside = answer(&spellings, &json!({ "targetUri": page }));
        assert_eq!(outside["targetUri"], "file:///my 项目/.ros/types/a.md");
    }

    #[test]
    fn canonical_addresses_cost_nothing() {
        let (spellings, canonical) = opened("file:///tmp/a.yml");
        assert_eq!(canonical, "file:///tmp/a.yml");
        assert_eq!(spellings.written(b"{\"uri\":\"file:///tmp/a.yml\"}"), None);
        assert_eq!(
            read(&spellings, "initialize", json!({ "rootUri": "" }))["rootUri"],
            Value::Null
        );
    }

    #[test]
    fn messages_cut_short_are_left_alone() {
        let (spellings, _) = opened("file:///c%3A/a.yml");
        for message in ["\"", "\"a\\", "{\"a\":\"file:///c:", ""] {
            assert_eq!(spellings.written(message.as_bytes()), None, "{message}");
        }
    }
}
