//! The JSON parser against `serde_json`: real templates in their JSON form, and a list of valid and invalid texts.

mod support;

use ros_lsp::syntax::{Format, Kind, Node, Tree, parse};
use ros_lsp::template::json_form::to_json;
use serde_json::Value;

#[test]
fn real_templates_read_as_the_oracle_reads_them() {
    let Some(corpus) = support::corpus("json: real_templates_read_as_the_oracle_reads_them") else {
        return;
    };
    let mut wrong = Vec::new();
    for (name, text) in &corpus {
        let yaml = parse(text, Format::Yaml);
        let pretty = to_json(yaml.root().expect("a template has a root"));
        // One with duplicate keys reads differently in the oracle's map.
        let Ok(value) = serde_json::from_str::<Value>(&pretty) else {
            panic!("{name}: the JSON form is JSON")
        };
        for json in [pretty.clone(), value.to_string()] {
            let tree = parse(&json, Format::Json);
            assert_eq!(tree.text(), json, "{name}: the chunks join to the text");
            if let Some(error) = tree.errors().next() {
                let line = json[..error.range.start as usize].matches('\n').count() + 1;
                wrong.push(format!("{name}:{line} {error:?}"));
            } else if read(&tree) != value {
                wrong.push(format!("{name}: another value"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn read(tree: &Tree) -> Value {
    tree.root().map_or(Value::Null, value)
}

fn value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Mapping => {
            let entries = node.entries().map(|entry| {
                (
                    entry.key.text().unwrap_or_default().into_owned(),
                    value(entry.value),
                )
            });
            Value::Object(entries.collect())
        }
        Kind::Sequence => node.items().map(value).collect(),
        Kind::Scalar if node.source().starts_with('"') => Value::from(node.text().unwrap_or_default()),
        Kind::Scalar => serde_json::from_str(node.source()).unwrap_or(Value::Null),
        Kind::Empty | Kind::Alias => Value::Null,
    }
}

const VALID: &[&str] = &[
    "null",
    "true",
    " 1 ",
    "-0",
    "1.5e+3",
    "\"\"",
    "\"a\\u0041\\n\"",
    "[]",
    "[ ]",
    "{}",
    "{ }",
    "[1, [2, {}], null]",
    "{\"a\": {\"b\": []}}",
    "{\"a\":{\"b\":{}},\"c\":[{\"d\":1}]}",
    "{\n\"a\": {\n\"b\": {\n\"c\": 1\n},\n\"d\": 2\n},\n\"e\": 3\n}",
    "{\"a\": 1\n}\n",
    "{\"专有网络\": \"交换机\", \"b\": \"😀\"}",
    "[\n1,\n2\n]",
    "{\"\": 0}",
    "{\"a\": {\"b\": 1}, \"a\": {\"b\": 2}}",
    "{\r\n  \"a\": {\r\n    \"b\": 1\r\n  }\r\n}\r\n",
    "{\"a\":\n{\"b\"\n:\n1}}",
    "{\n  \"a\": {\n  \"b\": {\n  \"c\": 1 },\n  \"d\": 1\n  }, \"e\": 1\n}",
];

const INVALID: &[&str] = &[
    "",
    "{",
    "}",
    "[",
    "]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1,,2]",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\" 1}",
    "{\"a\":1,}",
    "{,}",
    "{a:1}",
    "{'a':1}",
    "[01]",
    "[1.]",
    "[.5]",
    "[+1]",
    "[0x1]",
    "[NaN]",
    "[tru]",
    "[TRUE]",
    "\"a",
    "\"a\n\"",
    "\"\t\"",
    "\"\\x\"",
    "\"\\u12\"",
    "[\"a\", // c\n1]",
    "/* c */ 1",
    "1 2",
    "{} {}",
    "[1}",
    "{\"a\":1]",
    "{\"a\":{\"b\":1}",
    "[1e]",
    "-",
    "{\"a\":1 \"b\":2}",
    "{:1}",
    "{\"a\"::1}",
    "{\"a\":1}}",
    "nul",
    "/",
];

#[test]
fn accepts_and_rejects_as_the_oracle_does() {
    for text in VALID {
        assert!(
            serde_json::from_str::<Value>(text).is_ok(),
            "{text:?} is valid to the oracle"
        );
        let tree = parse(text, Format::Json);
        assert_eq!(tree.errors().collect::<Vec<_>>(), [], "{text:?}");
        assert_eq!(tree.text(), *text);
        assert_eq!(
            read(&tree),
            serde_json::from_str::<Value>(text).expect("checked above"),
            "{text:?}"
        );
    }
    for text in INVALID {
        assert!(
            serde_json::from_str::<Value>(text).is_err(),
            "{text:?} is invalid to the oracle"
        );
        let tree = parse(text, Format::Json);
        // An empty document is no template, but nothing in it is wrong.
        assert!(
            text.is_empty() || tree.errors().next().is_some(),
            "{text:?} has an error"
        );
        assert_eq!(tree.text(), *text);
    }
}
