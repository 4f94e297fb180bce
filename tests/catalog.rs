//! The committed catalog: its counts, facts looked up by hand in their sources, and that the data read as they are written.

mod support;

use ros_lsp::catalog::import::pages;
use ros_lsp::catalog::{Catalog, Property, ResourceType, Source, ValueKind, record};
use std::sync::Arc;

fn type_of(name: &str) -> Arc<ResourceType> {
    Catalog::embedded()
        .resource_type(name)
        .unwrap_or_else(|| panic!("{name} is known"))
}

fn property(path: &str) -> Property {
    let (name, rest) = path.split_once('.').expect("a type and a property");
    let resource_type = type_of(name);
    let mut names = rest.split('.');
    let first = names
        .next()
        .and_then(|name| resource_type.property(name))
        .cloned();
    let found = names.try_fold(first.expect("a property"), |property, name| {
        property.property(name).cloned()
    });
    found.unwrap_or_else(|| panic!("{path} is known"))
}

fn values(path: &str) -> Vec<String> {
    property(path)
        .values
        .into_iter()
        .map(|value| value.value)
        .collect()
}

#[test]
fn every_type_of_the_cdk_is_there() {
    let catalog = Catalog::embedded();
    let types: Vec<_> = catalog.type_names().map(type_of).collect();
    let current: Vec<_> = types
        .iter()
        .filter(|each| !each.retired && !each.properties_unknown && !each.name.starts_with("Aliyun::"))
        .collect();
    // Two of them only pages and the official validator know.
    assert_eq!(current.len(), 1299);
    assert_eq!(
        current
            .iter()
            .filter(|each| each.name.starts_with("DATASOURCE::"))
            .count(),
        349
    );
    let top: usize = current
        .iter()
        .map(|each| each.properties.iter().filter(|p| !p.retired).count())
        .sum();
    assert_eq!(top, 9378);
    let attributes: usize = current.iter().map(|each| each.attributes.len()).sum();
    assert_eq!(attributes, 6128);
    assert!(
        types.iter().filter(|each| each.retired).count() >= 10,
        "types that only old pages know"
    );
}

#[test]
fn facts_looked_up_by_hand() {
    assert!(
        property("ALIYUN::SLB::LoadBalancer.PayType").retired,
        "templates have it from earlier times"
    );
    assert_eq!(
        values("ALIYUN::ECS::CustomImage.DiskDeviceMapping.DiskType"),
        ["system", "data"]
    );
    assert_eq!(
        values("ALIYUN::ECS::Instance.SystemDiskCategory"),
        [
            "cloud",
            "cloud_efficiency",
            "cloud_ssd",
            "cloud_essd",
            "ephemeral_ssd",
            "cloud_auto",
            "cloud_essd_entry"
        ]
    );
    assert_eq!(
        values("ALIYUN::ECS::CustomImage.Architecture"),
        ["i386", "x86_64"]
    );
    assert_eq!(
        property("ALIYUN::ECS::CustomImage.Architecture").values_source,
        Source::CdkDoc,
        "the doc string lists them, the page spells them"
    );
    assert_eq!(
        property("ALIYUN::ECS::CustomImage.Architecture")
            .default
            .as_deref(),
        Some("x86_64")
    );
    assert_eq!(
        values("ALIYUN::ECS::CustomImage.Features.ImdsSupport"),
        ["v1", "v2"]
    );
    let tag = property("ALIYUN::ECS::CustomImage.Tag");
    assert_eq!(
        (tag.kind, tag.item_kind),
        (ValueKind::List, Some(ValueKind::Object))
    );
    let quantity = property("ALIYUN::ECS::DedicatedHost.Quantity");
    assert_eq!(
        (quantity.min, quantity.max, quantity.range_source),
        (Some(1.0), Some(100.0), Source::Enforced)
    );
    assert!(property("ALIYUN::ECS::DedicatedHost.DedicatedHostType").required);
    for name in ["CidrBlock", "VpcId", "ZoneId"] {
        assert!(
            property(&format!("ALIYUN::ECS::VSwitch.{name}")).required,
            "{name}"
        );
    }
    assert!(
        property("ALIYUN::ECS::VSwitch.VSwitchName")
            .pattern
            .is_some_and(|pattern| pattern.contains("(?!http://"))
    );
    assert!(type_of("ALIYUN::MNS::Topic").attribute("ARN.WithSlash").is_some());
    assert!(type_of("ALIYUN::ECS::VPC").attribute("VpcId").is_some());
    assert!(property("ALIYUN::ECS::InstanceGroup.InternetMaxBandwidthIn").retired);
    assert_eq!(property("ALIYUN::RDS::DBInstance.VpcId").editable, Some(false));
}

#[test]
fn unknown_names_find_their_neighbours() {
    let catalog = Catalog::embedded();
    assert!(catalog.resource_type("ALIYUN::ECS::Vpc").is_none());
    assert_eq!(
        catalog.nearest_types("ALIYUN::ECS::Vpc").first(),
        Some(&"ALIYUN::ECS::VPC")
    );
    assert_eq!(
        catalog.nearest_types("ALIYUN::ECS::Instnace").first(),
        Some(&"ALIYUN::ECS::Instance")
    );
    assert!(catalog.nearest_types("something else altogether").is_empty());
}

#[test]
fn a_record_reads_as_it_is_written() {
    for name in Catalog::embedded().type_names() {
        let each = type_of(name);
        let again = record::from_json(name, &record::to_json(&each));
        assert_eq!(*each, again);
    }
}

#[test]
fn what_pages_say_is_in_the_catalog() {
    let Some(shared) = support::shared("what_pages_say_is_in_the_catalog", "docs/en-US") else {
        return;
    };
    let (mut read, mut rows) = (0, 0);
    for entry in std::fs::read_dir(shared.join("docs/en-US")).expect("the pages can be listed") {
        let path = entry.expect("a page").path();
        let page = pages::read(&std::fs::read_to_string(&path).expect("a page is UTF-8"), "page");
        let [described] = &page.types[..] else {
            panic!("{} describes a type", path.display())
        };
        let known = type_of(&described.facts.name);
        for documented in &described.facts.properties {
            let property = known.property(&documented.name);
            let property = property.unwrap_or_else(|| panic!("{}.{} is known", known.name, documented.name));
            if documented.editable.is_some() {
                assert_eq!(
                    property.editable, documented.editable,
                    "{}.{}",
                    known.name, documented.name
                );
            }
        }
        read += 1;
        rows += page.rows;
    }
    println!("{read} pages, {rows} rows");
    assert!(read >= 237 && rows > 3000, "{read} pages, {rows} rows");
}
