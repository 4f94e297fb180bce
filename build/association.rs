//! The facts about association properties as Rust: constants for `src/language/association/mod.rs`.

use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fmt::Write;
use std::fs;

const FOLDER: &str = "src/language/association";

/// The Rust text of the tables, from `data.json` (facts) and `words.txt` (our own words, one thing a line: the name, a tab,
/// English, a tab, Chinese; a component by its name, a metadata key by its name behind a dot).
pub(crate) fn tables() -> String {
    println!("cargo::rerun-if-changed=build/association.rs");
    println!("cargo::rerun-if-changed={FOLDER}/data.json");
    println!("cargo::rerun-if-changed={FOLDER}/words.txt");
    let text = fs::read_to_string(format!("{FOLDER}/data.json")).expect("the facts are there");
    let data: Value = serde_json::from_str(&text).expect("the facts are JSON");
    let words = fs::read_to_string(format!("{FOLDER}/words.txt")).expect("the words are there");
    let tables = Tables {
        words: read_words(&words),
    };
    let mut out = String::new();
    let common = tables.keys(&data["common"]);
    writeln!(out, "pub static COMMON: &[Key] = {common};").expect("memory can be written");
    let mut places = HashMap::new();
    for (index, (name, component)) in map(&data["components"]).iter().enumerate() {
        places.insert(name.as_str(), index);
        let line = format!(
            "static C{index}: Component = Component {{ name: {name:?}, doc: {}, closed: {}, keys: {} }};",
            tables.doc(name),
            component["closed"] == true,
            tables.keys(&component["keys"]),
        );
        out.push_str(&line);
        out.push('\n');
    }
    out.push_str("pub static ALL: &[AssociationProperty] = &[\n");
    for (name, property) in map(&data["properties"]) {
        let component = property["component"].as_str().expect("a component's name");
        let place = places.get(component).expect("the component is described");
        let line = format!(
            "AssociationProperty {{ name: {name:?}, component: &C{place}, deprecated: {}, successor: {:?} }},",
            property["deprecated"] == true,
            property["successor"].as_str(),
        );
        out.push_str(&line);
        out.push('\n');
    }
    out.push_str("];\n");
    let elsewhere: Vec<&String> = map(&data["elsewhere"]).keys().collect();
    writeln!(out, "pub static ELSEWHERE: &[&str] = &{elsewhere:?};").expect("memory can be written");
    out
}

struct Tables<'w> {
    words: HashMap<&'w str, (&'w str, &'w str)>,
}

fn read_words(text: &str) -> HashMap<&str, (&str, &str)> {
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let mut parts = line.split('\t');
            let mut next = || parts.next().expect("a name and words in two languages");
            (next(), (next(), next()))
        })
        .collect()
}

impl Tables<'_> {
    fn doc(&self, name: &str) -> String {
        let (en, zh) = self.words.get(name).copied().unwrap_or_default();
        format!("Doc::new({en:?}, {zh:?})")
    }

    fn keys(&self, keys: &Value) -> String {
        let keys: Vec<String> = map(keys).iter().map(|(name, key)| self.key(name, key)).collect();
        format!("&[{}]", keys.join(", "))
    }

    /// An item of a list or a value of a map has no name.
    fn key(&self, name: &str, key: &Value) -> String {
        let kinds: Vec<String> = key["type"]
            .as_str()
            .into_iter()
            .flat_map(|kinds| kinds.split('|'))
            .map(|kind| format!("KeyKind::{}{}", kind[..1].to_uppercase(), &kind[1..]))
            .collect();
        let item = key.get("item").map_or_else(
            || "None".to_owned(),
            |item| format!("Some(&{})", self.key("", item)),
        );
        let meant: Vec<(&String, &str)> = map(&key["meant"])
            .iter()
            .map(|(wrong, right)| (wrong, right.as_str().unwrap_or_default()))
            .collect();
        format!(
            "Key {{ name: {name:?}, doc: {}, kinds: &[{}], required: {}, reference: {}, parameter: {}, given: &{:?}, \
             values: &{:?}, meant: &{meant:?}, closed: {}, keys: {}, item: {item} }}",
            self.doc(&format!(".{name}")),
            kinds.join(", "),
            key["required"] == true,
            key["reference"] == true,
            key["parameter"] == true,
            texts(&key["given"]),
            texts(&key["values"]),
            key["closed"] == true,
            self.keys(&key["keys"]),
        )
    }
}

fn map(value: &Value) -> &Map<String, Value> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&NONE)
}

fn texts(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}
