//! What the VS Code extension says about the language and the settings comes from the tables: `package.json`, the texts
//! beside it, the tags for the YAML extension, the names in the grammars. `UPDATE_DOCS=1 cargo test --test vscode` writes
//! them anew.

use ros_lsp::config::{CLIENT_ONLY, Kind, SECTION, SETTINGS};
use ros_lsp::language::function::{self, Arguments, Function};
use ros_lsp::language::pseudo;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::PathBuf;

/// The keys of texts that are written from the table.
const TEXT: &str = "setting.";

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("editors/vscode")
        .join(name)
}

/// Asserts that a JSON file of the extension stays the same when what it takes from the tables is put into it.
fn check(name: &str, put: impl FnOnce(&mut Value)) {
    let path = path(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut value: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    put(&mut value);
    let current = serde_json::to_string_pretty(&value).expect("JSON can be written") + "\n";
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &current).expect("the file can be written");
    } else {
        assert_eq!(text, current, "run `UPDATE_DOCS=1 cargo test --test vscode`");
    }
}

#[test]
fn the_version_and_the_settings_are_those_of_the_server() {
    check("package.json", |package| {
        package["version"] = json!(env!("CARGO_PKG_VERSION"));
        let properties = package
            .pointer_mut("/contributes/configuration/properties")
            .and_then(Value::as_object_mut)
            .expect("the extension has settings");
        let clients = properties.iter().filter(|(key, _)| is_the_clients(key));
        let mut all: Map<String, Value> = clients.map(|(key, value)| (key.clone(), value.clone())).collect();
        for setting in SETTINGS {
            all.insert(format!("{SECTION}.{}", setting.key), schema(setting));
        }
        *properties = all;
    });
}

#[test]
fn the_texts_of_settings_are_the_servers() {
    for (name, is_chinese) in [("package.nls.json", false), ("package.nls.zh-cn.json", true)] {
        check(name, |texts| {
            let texts = texts.as_object_mut().expect("texts by key");
            texts.retain(|key, _| !key.starts_with(TEXT));
            for setting in SETTINGS {
                let about = if is_chinese {
                    setting.about_zh
                } else {
                    setting.about
                };
                texts.insert(format!("{TEXT}{}", setting.key), json!(about));
            }
        });
    }
}

#[test]
fn the_yaml_extension_learns_all_tags() {
    check("tags.json", |tags| {
        let documented = function::ALL.iter().filter(|function| function.documented);
        let mut all: Vec<String> = documented.flat_map(|function| custom_tags(function)).collect();
        all.sort();
        *tags = json!(all);
    });
}

#[test]
fn the_grammars_know_all_names() {
    let functions = any_of(function::ALL.iter().map(|function| function.name));
    let tags = any_of(function::ALL.iter().map(|function| function.tag));
    let pseudo = any_of(pseudo::ALL.iter().map(|parameter| parameter.name));
    let pseudo = format!("(?<![\\w:]){pseudo}(?![\\w:])");
    check("syntaxes/ros-yaml.json", |grammar| {
        let parts = &mut grammar["repository"];
        parts["functions"]["match"] = json!(format!("(?<![\\w:.\\-]){functions}(?=\\s*:(?:\\s|$))"));
        parts["tags"]["match"] = json!(format!("(?<![^\\s\\[{{,:\\-]){tags}(?=[\\s\\[{{,\\]}}]|$)"));
        parts["pseudoParameters"]["match"] = json!(pseudo);
    });
    check("syntaxes/ros-yaml-strings.json", |grammar| {
        let parts = &mut grammar["repository"];
        parts["functions"]["match"] = json!(format!("(?<=[\"']){functions}(?=[\"']\\s*:(?:\\s|$))"));
        parts["pseudoParameters"]["match"] = json!(pseudo);
    });
    check("syntaxes/ros-json.json", |grammar| {
        let parts = &mut grammar["repository"];
        parts["functions"]["match"] = json!(format!("(?<=\"){functions}(?=\"\\s*:)"));
        parts["pseudoParameters"]["match"] = json!(pseudo);
    });
}

#[test]
fn every_text_is_there_in_both_languages() {
    let read = |name: &str| -> Map<String, Value> {
        let text = fs::read_to_string(path(name)).expect("the file can be read");
        serde_json::from_str(&text).expect("texts by key")
    };
    let (english, chinese) = (read("package.nls.json"), read("package.nls.zh-cn.json"));
    assert!(english.keys().eq(chinese.keys()));
    let package = fs::read_to_string(path("package.json")).expect("the file can be read");
    for key in english.keys() {
        assert!(package.contains(&format!("\"%{key}%\"")), "{key} is used");
    }
    assert_eq!(
        package.matches("\"%").count(),
        english.len(),
        "each key has a text"
    );
}

/// Whether the extension itself reads the setting.
fn is_the_clients(key: &str) -> bool {
    let mut parts = key.split('.');
    parts.next() == Some(SECTION) && parts.next().is_some_and(|group| CLIENT_ONLY.contains(&group))
}

fn schema(setting: &ros_lsp::config::Setting) -> Value {
    let mut schema = match setting.kind {
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::UpTo(most) => json!({ "type": "integer", "minimum": 0, "maximum": most }),
        Kind::OneOf(values) => json!({ "type": "string", "enum": values }),
        Kind::MapTo(values) => json!({
            "type": "object",
            "additionalProperties": { "type": "string", "enum": values },
        }),
    };
    schema["default"] = serde_json::from_str(setting.default).expect("a default is JSON");
    schema["scope"] = json!("window");
    schema["markdownDescription"] = json!(format!("%{TEXT}{}%", setting.key));
    schema
}

/// A tag with the kinds of nodes that may stand behind it, as the setting `yaml.customTags` has them.
fn custom_tags(function: &Function) -> Vec<String> {
    let arguments = &function.arguments;
    let mut kinds = Vec::new();
    let value = function
        .tag_example
        .strip_prefix(function.tag)
        .unwrap_or_default();
    if arguments.takes_one() || !value.trim_start().starts_with(['[', '-']) {
        kinds.push("scalar");
    }
    if arguments.count().is_some() {
        kinds.push("sequence");
    }
    // A map is the long form of another function in the place of the value or of the list.
    if matches!(arguments, Arguments::Many { .. }) || arguments.one().is_some_and(|one| !one.literal) {
        kinds.push("mapping");
    }
    kinds
        .iter()
        .map(|kind| format!("{} {kind}", function.tag))
        .collect()
}

/// A regular expression for the names, longest first so that none hides a longer one.
fn any_of<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    format!("(?:{})", names.join("|"))
}
