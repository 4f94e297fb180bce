//! What cards look like.

use super::resource::property_facts;
use super::*;
use crate::catalog::docs::format::{self, Head};
use crate::catalog::docs::{self, Docs};
use crate::catalog::prose::{PropertyProse, Prose, TypeProse, ValueProse};
use crate::catalog::{AllowedValue, Catalog, Condition, Property, ValueKind};
use crate::config::Locale;
use crate::features::library::Library;
use crate::fixture::Fixture;
use expect_test::expect;
use std::sync::Arc;

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

/// A type's documentation in a pack.
fn prose(language: &str, description: &str) -> Prose {
    let categories = PropertyProse {
        description: format!("{description} of the disk."),
        constraint: "Valid values:\n\n- cloud\n- cloud_essd\n\nNeeds I/O optimization.".into(),
        values: vec![ValueProse {
            value: "cloud_essd".into(),
            meaning: "an *enhanced*\nSSD".into(),
        }],
    };
    let said = TypeProse {
        description: description.into(),
        properties: [("Category".into(), categories)].into(),
        attributes: [("DiskId".into(), "The ID.".into())].into(),
    };
    Prose {
        language: language.into(),
        types: [("ALIYUN::X::Disk".into(), said)].into(),
    }
}

/// A catalog with packs of these languages.
fn with_packs(packs: &[Prose]) -> (tempfile::TempDir, Catalog) {
    let folder = tempfile::tempdir().expect("a folder");
    for prose in packs {
        let head = Head {
            language: prose.language.clone(),
            ..Head::default()
        };
        let pack = format::pack(&head, prose).expect("a small pack");
        docs::folder::store(folder.path(), &prose.language, &pack).expect("the pack is stored");
    }
    let docs = Docs::in_folder(folder.path().to_owned());
    let catalog = Catalog::embedded().with_docs(Arc::new(docs));
    (folder, catalog)
}

fn category() -> Property {
    let values = ["cloud", "cloud_essd"].map(|value| AllowedValue { value: value.into() });
    Property {
        name: "Category".into(),
        kind: ValueKind::String,
        values: values.to_vec(),
        default: Some("cloud".into()),
        ..Property::default()
    }
}

#[test]
fn what_a_pack_says() {
    let (_folder, catalog) = with_packs(&[prose("en", "The kind")]);
    let library = Library {
        catalog: &catalog,
        locale: Locale::En,
    };
    expect![[r#"
        **`Category`** · string · optional · `ALIYUN::X::Disk`

        The kind of the disk.

        - Default: `cloud`
        - Values:
          - `cloud`
          - `cloud_essd`: an \*enhanced\* SSD
        - Validity: Needs I/O optimization."#]]
    .assert_eq(&property(library, &category(), "ALIYUN::X::Disk"));
    expect![[r#"
        **`cloud_essd`** · value of `Category`

        an \*enhanced\* SSD

        - Others: `cloud`"#]]
    .assert_eq(&value(library, "cloud_essd", &category(), "ALIYUN::X::Disk"));
    expect![[r#"
        **`DiskId`** · attribute of `ALIYUN::X::Disk`

        The ID."#]]
    .assert_eq(&resource_attribute(library, "DiskId", "ALIYUN::X::Disk", true));
}

#[test]
fn the_users_language_goes_before_english() {
    let card = |packs: &[Prose]| {
        let (_folder, catalog) = with_packs(packs);
        let library = Library {
            catalog: &catalog,
            locale: Locale::ZhCn,
        };
        property(library, &category(), "ALIYUN::X::Disk")
    };
    let english = card(&[prose("en", "The kind")]);
    assert!(english.contains("The kind of the disk."), "{english}");
    let both = card(&[prose("en", "The kind"), prose("zh-CN", "种类")]);
    assert!(both.contains("种类") && !both.contains("The kind"), "{both}");
    assert!(both.starts_with("**`Category`** · string · 可选"), "{both}");
}

#[test]
fn items_and_entries() {
    let catalog = Catalog::embedded();
    let library = Library {
        catalog,
        locale: Locale::En,
    };
    let list = Property {
        name: "Zones".into(),
        kind: ValueKind::List,
        item_kind: Some(ValueKind::String),
        max_length: Some(3),
        item: Some(Box::new(Property {
            kind: ValueKind::String,
            min_length: Some(2),
            ..Property::default()
        })),
        ..Property::default()
    };
    expect![[r#"
        **`Zones`** · item · string · `ALIYUN::X::Disk`

        - Length: at most 3 items
        - Item: length: at least 2 characters"#]]
    .assert_eq(&item(library, &list, "ALIYUN::X::Disk", None));
    let map = Property {
        name: "Labels".into(),
        kind: ValueKind::Map,
        item_kind: Some(ValueKind::String),
        ..Property::default()
    };
    let entry = item(library, &map, "ALIYUN::X::Disk", Some("team"));
    assert_eq!(
        entry,
        "**`team`** · entry of `Labels` · string · `ALIYUN::X::Disk`"
    );
}

#[test]
fn rules_between_properties_units_and_beginnings() {
    let property_of = |locale| {
        let library = Library {
            catalog: Catalog::embedded(),
            locale,
        };
        let bandwidth = Property {
            name: "Bandwidth".into(),
            kind: ValueKind::Integer,
            min: Some(1.0),
            max: Some(100.0),
            unit: Some("Mbit/s".into()),
            bad_starts: vec!["http://".into(), "https://".into()],
            required_if: vec![Condition {
                property: "ChargeType".into(),
                values: vec!["PrePaid".into()],
            }],
            not_with: vec!["BandwidthId".into()],
            ..Property::default()
        };
        property(library, &bandwidth, "ALIYUN::X::Disk")
    };
    expect![[r#"
        **`Bandwidth`** · integer · optional · `ALIYUN::X::Disk`

        - Range: 1 to 100 Mbit/s
        - Rule: must not begin with `http://` or `https://`
        - Rule: required if `ChargeType` is `PrePaid`
        - Rule: not together with `BandwidthId`"#]]
    .assert_eq(&property_of(Locale::En));
    assert!(property_of(Locale::ZhCn).contains("- 限制: `ChargeType` 为 `PrePaid` 时必填"));
}

#[test]
fn the_official_page() {
    let library = |locale| Library {
        catalog: Catalog::embedded(),
        locale,
    };
    let url = |name: &str, locale| {
        let known = Catalog::embedded().resource_type(name).expect("a known type");
        page_url(library(locale), &known)
    };
    assert_eq!(
        url("ALIYUN::ECS::VPC", Locale::En).as_deref(),
        Some("https://www.alibabacloud.com/help/en/ros/developer-reference/aliyun-ecs-vpc")
    );
    assert_eq!(
        url("DATASOURCE::ECS::Instances", Locale::ZhCn).as_deref(),
        Some("https://help.aliyun.com/zh/ros/developer-reference/datasource-ecs-instances")
    );
    assert_eq!(url("ALIYUN::UIS::Uis", Locale::En), None, "a retired type");
}

#[test]
fn code_in_a_constraint_stays_whole() {
    let mut prose = prose("en", "The kind");
    let told = prose.types.get_mut("ALIYUN::X::Disk").expect("the type");
    let category = told.properties.get_mut("Category").expect("the property");
    category.constraint = "Valid values:\n\n```json\n{\n\"cloud\": []\n}\n```".into();
    category.values.clear();
    let (_folder, catalog) = with_packs(&[prose]);
    let library = Library {
        catalog: &catalog,
        locale: Locale::En,
    };
    let card = property(library, &category_without_values(), "ALIYUN::X::Disk");
    assert!(
        card.ends_with("- Validity:\n  Valid values:  \n  ```json\n  {\n  \"cloud\": []\n  }\n  ```"),
        "{card}"
    );
}

fn category_without_values() -> Property {
    Property {
        values: Vec::new(),
        default: None,
        ..category()
    }
}
