//! The JSON parser against `serde_json`: real templates in their JSON form.

mod support;

use ros_lsp::syntax::{Format, parse};
use ros_lsp::template::json_form::to_json;
use serde_json::Value;
use support::json::read;

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
