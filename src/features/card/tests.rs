//! What cards look like.

use super::*;
use crate::catalog::AllowedValue;
use crate::catalog::{Property, ValueKind};
use crate::fixture::Fixture;
use expect_test::expect;

#[test]
fn a_property_with_all_facts() {
    let fixture = Fixture::new("$0a: b\n");
    let values = |names: &[&str]| {
        names
            .iter()
            .map(|name| AllowedValue {
                value: (*name).into(),
            })
            .collect::<Vec<_>>()
    };
    let nested = |name: &str, required| Property {
        name: name.into(),
        required,
        ..Property::default()
    };
    let disks = Property {
        name: "DiskMappings".into(),
        kind: ValueKind::List,
        item_kind: Some(ValueKind::Object),
        required: true,
        editable: Some(false),
        min_length: Some(1),
        max_length: Some(16),
        values: values(&["system", "data"]),
        default: Some("data".into()),
        pattern: Some("^a`b$".into()),
        min: Some(20.0),
        properties: vec![nested("Size", true), nested("Category", false)],
        ..Property::default()
    };
    expect![[r#"
        **`DiskMappings`** · list of object · required · can't be updated · `ALIYUN::X::Y`

        - Default: `data`
        - Values: `system`, `data`
        - Range: at least 20
        - Length: 1 to 16 items
        - Pattern: `` ^a`b$ ``: `` a`b ``
        - Required: `Size`
        - Optional: `Category`"#]]
    .assert_eq(&property(fixture.context().library(), &disks, "ALIYUN::X::Y"));
}

#[test]
fn long_lists_are_cut_with_a_count() {
    let fixture = Fixture::new("$0a: b\n");
    let many = Property {
        name: "Zone".into(),
        values: (0..30).map(|n| AllowedValue { value: n.to_string() }).collect(),
        ..Property::default()
    };
    let facts = property_facts(fixture.context().library(), &many, "ALIYUN::X::Y");
    assert!(facts.ends_with("`23` and 6 more"), "{facts}");
}
