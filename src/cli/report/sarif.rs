//! The report for code-scanning services: one log file of the Static Analysis Results Interchange Format, SARIF 2.1.0.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; section numbers below are of that text.

use super::{Checked, tool};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::features::card::plain;
use crate::rules::{self, Rule};
use crate::text::TextRange;
use crate::text::line_index::{Encoding, LineIndex};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What relative addresses are relative to: the folder of the run, which a service takes for the root of the sources.
const BASE: &str = "%SRCROOT%";

/// Writes one run. `successful` when every input could be read.
///
/// # Errors
/// When `out` can't be written.
pub fn write(files: &[Checked], successful: bool, out: &mut dyn Write) -> io::Result<()> {
    let folder = std::env::current_dir().unwrap_or_default();
    let findings = files.iter().flat_map(|file| &file.diagnostics);
    let rules: BTreeMap<&str, &Rule> = findings
        .filter_map(|finding| Some((finding.id, rules::rule(finding.id)?)))
        .collect();
    let index: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
    let results = files.iter().flat_map(|file| {
        let place = Place {
            address: address(&file.path, &folder),
            lines: LineIndex::new(&file.text),
        };
        let index = &index;
        file.diagnostics
            .iter()
            .map(move |finding| result(finding, index, &place))
            .collect::<Vec<_>>()
    });
    let artifacts = files
        .iter()
        .map(|file| json!({ "location": address(&file.path, &folder) }));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver(rules.values().copied()) },
            "invocations": [{ "executionSuccessful": successful }],
            "artifacts": artifacts.collect::<Vec<_>>(),
            "columnKind": "utf16CodeUnits",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    writeln!(out, "{log}")
}

/// Where the findings of one file are.
struct Place<'f> {
    address: Value,
    lines: LineIndex<'f>,
}

impl Place<'_> {
    /// A region by lines and columns from 1, the columns in UTF-16 units (3.30). An empty one is the place between two
    /// characters.
    fn region(&self, range: TextRange) -> Value {
        let [start, end] = [range.start, range.end].map(|at| self.lines.position(at, Encoding::Utf16));
        json!({
            "startLine": start.line + 1,
            "startColumn": start.column + 1,
            "endLine": end.line + 1,
            "endColumn": end.column + 1,
        })
    }

    fn physical(&self, range: TextRange) -> Value {
        json!({ "artifactLocation": self.address, "region": self.region(range) })
    }
}

fn driver<'r>(rules: impl Iterator<Item = &'r Rule>) -> Value {
    json!({
        "name": tool::NAME,
        "semanticVersion": tool::VERSION,
        "informationUri": rules::REPOSITORY,
        "rules": rules.map(descriptor).collect::<Vec<_>>(),
    })
}

/// A rule (3.49).
fn descriptor(rule: &Rule) -> Value {
    let about = plain(rule.about);
    json!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": { "text": first_sentence(&about) },
        "fullDescription": { "text": about, "markdown": rule.about },
        "help": { "text": about, "markdown": help(rule) },
        "helpUri": rule.page(),
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

/// What the rule is about, with its examples.
fn help(rule: &Rule) -> String {
    let examples = [("Reported", rule.bad), ("Right", rule.good)]
        .into_iter()
        .filter(|(_, example)| !example.is_empty())
        .map(|(title, example)| format!("\n\n{title}:\n\n```yaml\n{}\n```", example.trim_matches('\n')));
    format!("{}{}", rule.about, examples.collect::<String>())
}

/// To the first dot that ends a sentence.
fn first_sentence(text: &str) -> &str {
    let end = text.match_indices(['.', '\n']).find(|(at, mark)| {
        let rest = text.get(at + 1..).unwrap_or_default();
        *mark == "\n" || rest.is_empty() || rest.starts_with([' ', '\n'])
    });
    let end = end.map_or(text.len(), |(at, mark)| if mark == "." { at + 1 } else { at });
    text.get(..end).unwrap_or(text)
}

/// A finding (3.27).
fn result(finding: &Diagnostic, rules: &BTreeMap<&str, usize>, place: &Place<'_>) -> Value {
    let mut result = Map::new();
    let mut put = |key: &str, value: Value| result.insert(key.to_owned(), value);
    put("ruleId", json!(finding.id));
    if let Some(index) = rules.get(finding.id) {
        put("ruleIndex", json!(index));
    }
    put("level", json!(level(finding.severity)));
    put("message", json!({ "text": finding.message }));
    put(
        "locations",
        json!([{ "physicalLocation": place.physical(finding.range) }]),
    );
    let related = (1..).zip(&finding.related).map(|(id, related)| {
        json!({
            "id": id,
            "physicalLocation": place.physical(related.range),
            "message": { "text": related.message },
        })
    });
    let related: Vec<Value> = related.collect();
    if !related.is_empty() {
        put("relatedLocations", related.into());
    }
    let fixes: Vec<Value> = finding.fixes.iter().map(|fix| fix_of(fix, place)).collect();
    if !fixes.is_empty() {
        put("fixes", fixes.into());
    }
    result.into()
}

/// A proposed change (3.55).
fn fix_of(fix: &Fix, place: &Place<'_>) -> Value {
    let replacements = fix.edits.iter().map(|edit| {
        json!({
            "deletedRegion": place.region(edit.range),
            "insertedContent": { "text": edit.text },
        })
    });
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": place.address,
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

/// There are three levels; what is less than a warning is a note.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// The address of a file: relative below the folder of the run, else whole (3.4).
fn address(path: &str, folder: &Path) -> Value {
    let path = without_dots(&folder.join(path));
    match path.strip_prefix(without_dots(folder)) {
        Ok(below) => json!({ "uri": encoded(below, ""), "uriBaseId": BASE }),
        Err(_) => json!({ "uri": encoded(&path, "file://") }),
    }
}

/// The path without `.` and `..`, by its words alone.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// The path with `/` between its parts, every other character than letters, digits and `-._~` as `%` and two digits.
fn encoded(path: &Path, scheme: &str) -> String {
    let mut uri = scheme.to_owned();
    let mut follows = false;
    for part in path.components() {
        let text = match part {
            Component::RootDir => continue,
            // `C:` of Windows.
            Component::Prefix(prefix) => {
                uri.push('/');
                uri += &prefix.as_os_str().to_string_lossy().replace('\\', "/");
                continue;
            }
            other => other.as_os_str().to_string_lossy(),
        };
        if follows || !scheme.is_empty() {
            uri.push('/');
        }
        follows = true;
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    uri.push(char::from(byte))
                }
                _ => uri += &format!("%{byte:02X}"),
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::edit::TextEdit;

    fn log(files: &[Checked]) -> Value {
        let mut out = Vec::new();
        write(files, true, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn addresses_are_relative_below_the_folder_and_percent_encoded() {
        let folder = Path::new("/project/main");
        let uri = |path: &str| address(path, folder)["uri"].as_str().unwrap().to_owned();
        assert_eq!(uri("./a/网 络.yml"), "a/%E7%BD%91%20%E7%BB%9C.yml");
        assert_eq!(uri("a/../b.yml"), "b.yml");
        assert_eq!(uri("/project/main/a#1.yml"), "a%231.yml");
        assert_eq!(uri("../other/a:b.yml"), "file:///project/other/a%3Ab.yml");
        assert_eq!(address("a.yml", folder)["uriBaseId"], BASE);
        assert_eq!(address("../a.yml", folder).get("uriBaseId"), None);
    }

    #[test]
    fn the_first_sentence_ends_at_a_dot_that_ends_a_word() {
        assert_eq!(first_sentence("Write `A.B`. Or not."), "Write `A.B`.");
        assert_eq!(first_sentence("One\nTwo."), "One");
        assert_eq!(first_sentence("No dot"), "No dot");
    }

    #[test]
    fn a_finding_has_its_related_places_and_fixes_in_utf_16_columns() {
        let text = "𠮷: Vcp\nVpc: x\n".to_owned();
        let finding = Diagnostic {
            id: "ROS1005",
            name: "undefined-reference",
            severity: Severity::Hint,
            message: "no `Vcp`".into(),
            range: TextRange::new(6, 9),
            related: vec![crate::diagnostic::Related {
                range: TextRange::new(10, 13),
                message: "here".into(),
            }],
            unnecessary: false,
            deprecated: false,
            unfinished: false,
            fixes: vec![Fix {
                title: "Change to `Vpc`".into(),
                edits: vec![TextEdit::replace(TextRange::new(6, 9), "Vpc")],
                preferred: true,
            }],
        };
        let log = log(&[Checked {
            path: "a.yml".into(),
            text,
            diagnostics: vec![finding],
        }]);
        let run = &log["runs"][0];
        let result = &run["results"][0];
        let region = json!({ "startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 8 });
        assert_eq!(result["level"], "note");
        assert_eq!(result["locations"][0]["physicalLocation"]["region"], region);
        let related = &result["relatedLocations"][0];
        assert_eq!(related["physicalLocation"]["region"]["startLine"], 2);
        assert_eq!(related["message"]["text"], "here");
        let change = &result["fixes"][0]["artifactChanges"][0];
        assert_eq!(change["artifactLocation"]["uri"], "a.yml");
        assert_eq!(
            change["replacements"][0],
            json!({ "deletedRegion": region, "insertedContent": { "text": "Vpc" } })
        );
        let rule = &run["tool"]["driver"]["rules"][0];
        assert_eq!(rule["id"], "ROS1005");
        assert_eq!(rule["defaultConfiguration"]["level"], "error");
        assert!(
            rule["helpUri"]
                .as_str()
                .unwrap()
                .ends_with("#ros1005-undefined-reference")
        );
    }

    #[test]
    fn a_run_without_findings_lists_what_was_checked() {
        let log = log(&[Checked {
            path: "a.yml".into(),
            text: String::new(),
            diagnostics: Vec::new(),
        }]);
        let run = &log["runs"][0];
        assert_eq!(run["results"], json!([]));
        assert_eq!(run["artifacts"][0]["location"]["uri"], "a.yml");
        assert_eq!(run["tool"]["driver"]["name"], "ros-lsp");
    }
}
