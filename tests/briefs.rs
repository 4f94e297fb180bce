//! The briefs: about things that exist, in both languages, one line each; and how much of real templates they cover.

mod support;

use ros_lsp::catalog::brief::Brief;
use ros_lsp::catalog::{Catalog, Property};
use ros_lsp::document::Document;
use ros_lsp::syntax::Format;
use ros_lsp::template::{Template, Value};
use std::collections::BTreeMap;

/// Least shares of what real templates use that have a brief.
const LEAST_TYPES: f64 = 0.99;
const LEAST_PROPERTIES: f64 = 0.92;

fn property<'c>(properties: &'c [Property], path: &str) -> Option<&'c Property> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let found = properties.iter().find(|property| property.name == name)?;
    match rest {
        "" => Some(found),
        _ => property(&found.properties, rest),
    }
}

fn check(owner: &str, brief: &Brief) {
    let (en, zh) = (&brief.en, &brief.zh);
    assert!(en.ends_with('.') && zh.ends_with('。'), "{owner}: {brief:?}");
    assert!(en.chars().count() <= 120, "{owner}: {en}");
    assert!(zh.chars().count() <= 60, "{owner}: {zh}");
    assert!(
        en.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()),
        "{owner}: {en}"
    );
    assert!(
        zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
        "{owner}: {zh}"
    );
    assert!(!en.contains('\n') && !zh.contains('\n'), "{owner}");
}

#[test]
fn briefs_are_about_things_that_exist() {
    let catalog = Catalog::embedded();
    let mut count = 0;
    for name in catalog.types_with_briefs() {
        let briefs = catalog.briefs(name).expect("it has briefs");
        check(name, briefs.get("").expect("the type itself has one"));
        let known = catalog.resource_type(name);
        assert!(known.is_some(), "{name}");
        for path in briefs.paths() {
            let known = known.as_ref().expect("properties of a known type");
            assert!(property(&known.properties, path).is_some(), "{name}.{path}");
            check(&format!("{name}.{path}"), briefs.get(path).expect("it has one"));
            count += 1;
        }
    }
    assert!(count >= 1_000, "{count} properties");
}

#[test]
fn everything_of_a_custom_image_has_a_brief() {
    let catalog = Catalog::embedded();
    let name = "ALIYUN::ECS::CustomImage";
    let (known, briefs) = (
        catalog.resource_type(name).expect("known"),
        catalog.briefs(name).expect("briefs"),
    );
    let mut missing = Vec::new();
    fn walk(properties: &[Property], above: &str, missing: &mut Vec<String>, has: &dyn Fn(&str) -> bool) {
        for property in properties {
            let path = format!("{above}{}", property.name);
            if !has(&path) {
                missing.push(path.clone());
            }
            walk(&property.properties, &format!("{path}."), missing, has);
        }
    }
    walk(&known.properties, "", &mut missing, &|path| {
        briefs.get(path).is_some()
    });
    assert!(missing.is_empty(), "{missing:?}");
}

/// Uses of properties by type and path.
#[derive(Default)]
struct Uses {
    types: BTreeMap<String, usize>,
    properties: BTreeMap<(String, String), usize>,
}

impl Uses {
    fn walk(&mut self, type_name: &str, properties: &[Property], above: &str, value: Value<'_>) {
        for item in value.items() {
            self.walk(type_name, properties, above, item);
        }
        let argument = value.call().map(|call| call.argument);
        for item in argument.iter().flat_map(|argument| argument.items()) {
            self.walk(type_name, properties, above, item);
        }
        for entry in value.entries() {
            let Some(name) = entry.key.text() else { continue };
            let Some(property) = properties.iter().find(|property| property.name == *name) else {
                continue;
            };
            let path = format!("{above}{name}");
            *self
                .properties
                .entry((type_name.to_owned(), path.clone()))
                .or_default() += 1;
            self.walk(
                type_name,
                &property.properties,
                &format!("{path}."),
                entry.value.into(),
            );
        }
    }
}

#[test]
#[allow(clippy::print_stdout)] // The figures are worth seeing.
fn briefs_cover_what_real_templates_use() {
    let Some(corpus) = support::corpus("briefs_cover_what_real_templates_use") else {
        return;
    };
    let catalog = Catalog::embedded();
    let mut uses = Uses::default();
    for (_, text) in corpus {
        let document = Document::new(&text, Format::Yaml);
        let Some(root) = document.tree.root() else {
            continue;
        };
        for resource in Template::of(root).resources() {
            let Some(name) = resource.type_name() else {
                continue;
            };
            *uses.types.entry(name.to_string()).or_default() += 1;
            let (Some(known), Some(properties)) = (catalog.resource_type(&name), resource.properties())
            else {
                continue;
            };
            uses.walk(&name, &known.properties, "", properties.into());
        }
    }
    // Types of one's own (`MODULE::…`) are nobody else's to describe.
    uses.types
        .retain(|name, _| name.starts_with("ALIYUN::") || name.starts_with("DATASOURCE::"));
    let has = |name: &str, path: &str| {
        catalog
            .briefs(name)
            .is_some_and(|briefs| briefs.get(path).is_some())
    };
    let types = uses.types.keys().filter(|name| has(name, "")).count() as f64 / uses.types.len() as f64;
    let all: usize = uses.properties.values().sum();
    let covered = uses.properties.iter().filter(|((name, path), _)| has(name, path));
    let properties = covered.map(|(_, count)| count).sum::<usize>() as f64 / all as f64;
    println!(
        "briefs: {:.1} % of {} types, {:.1} % of {all} uses of properties",
        types * 100.0,
        uses.types.len(),
        properties * 100.0
    );
    assert!(types >= LEAST_TYPES && properties >= LEAST_PROPERTIES);
}
