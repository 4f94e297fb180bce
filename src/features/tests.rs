//! All features together: on real templates, and against the clock.

use super::completion::{Item, complete};
use super::definition::definition;
use super::hover::hover;
use super::symbols::{Symbol, symbols};
use super::*;
use crate::fixture::corpus;
use crate::fixture::skipped::shared;
use crate::syntax::Format;
use crate::template::UseKind;
use crate::template::json_form::to_json;
use crate::template::resolve::resolve;
use crate::text::TextRange;
use std::time::{Duration, Instant};

/// Distance of the offsets tried; a prime, so that they fall everywhere in lines of any length.
const EVERY: usize = 211;

#[test]
fn real_templates_in_both_formats() {
    let Some(templates) = corpus("real_templates_in_both_formats") else {
        return;
    };
    let (mut places, mut items, mut references) = (0, 0, 0);
    for (path, text) in &templates {
        let document = Document::new(text, Format::Yaml);
        let json = document.tree.root().map(to_json).unwrap_or_default();
        let twin = Document::new(&json, Format::Json);
        for (document, text) in [(&document, text), (&twin, &json)] {
            let context = Context {
                document,
                catalog: Catalog::embedded(),
                config: &Config::default(),
            };
            for offset in (0..=text.len())
                .step_by(EVERY)
                .filter(|at| text.is_char_boundary(*at))
            {
                let at = offset as u32;
                let found = complete(&context, at).items;
                for item in &found {
                    check_item(item, text, at);
                }
                items += found.len();
                if let Some(hover) = hover(&context, at) {
                    let good = hover.range.touches(at) && !hover.markdown.is_empty();
                    assert!(good, "{hover:?} at {at} in {}", path.display());
                }
                for target in definition(&context, at) {
                    assert!(target.origin.touches(at) && target.range.contains_range(target.selection));
                }
                places += 1;
            }
            references += check_references(&context, text, path);
            check_outline(&symbols(&context), TextRange::new(0, text.len() as u32));
        }
    }
    println!("{places} places, {items} proposals, {references} references");
    assert!(references > 20_000, "{references} references");
}

/// The edit stands on the cursor's line and around it, at whole characters, apart from the others.
fn check_item(item: &Item, text: &str, offset: u32) {
    let range = item.edit.range;
    assert!(range.touches(offset), "{item:?}");
    let replaced = text.get(range.as_usize());
    assert!(
        replaced.is_some_and(|replaced| !replaced.contains('\n')),
        "{item:?}"
    );
    assert!(!item.label.is_empty());
    for other in &item.additional_edits {
        assert!(text.get(other.range.as_usize()).is_some(), "{item:?}");
        assert!(
            other.range.end <= range.start || range.end <= other.range.start,
            "{item:?}"
        );
    }
}

/// Every use that resolves leads to a declaration of that name, and has a card.
fn check_references(context: &Context<'_>, text: &str, path: &std::path::Path) -> usize {
    let mut count = 0;
    for scope in context.document.scopes() {
        for unit in scope.units() {
            for (use_, range) in unit.uses() {
                let Some(resolved) = resolve(scope.names, unit, use_) else {
                    continue;
                };
                let targets = definition(context, resolved.range.start);
                let names: Vec<&str> = targets
                    .iter()
                    .filter_map(|target| text.get(target.selection.as_usize()))
                    .collect();
                assert_eq!(
                    names,
                    [&*resolved.name],
                    "{use_:?} at {range:?} in {}",
                    path.display()
                );
                assert!(
                    hover(context, range.start).is_some(),
                    "{use_:?} in {}",
                    path.display()
                );
                // A text that only may be a name is no reference to count.
                count += usize::from(!matches!(
                    use_.kind,
                    UseKind::MetadataText | UseKind::MetadataBareName
                ));
            }
        }
    }
    count
}

fn check_outline(symbols: &[Symbol], parent: TextRange) {
    for symbol in symbols {
        assert!(!symbol.name.trim().is_empty());
        assert!(parent.contains_range(symbol.range), "{symbol:?}");
        assert!(symbol.range.contains_range(symbol.selection), "{symbol:?}");
        check_outline(&symbol.children, symbol.range);
    }
}

/// A template of about `lines` lines: servers, each with a switch, references and a text in Chinese.
fn template(lines: usize) -> String {
    let mut text = String::from(
        "ROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  ZoneId:\n    Type: String\n    Label: 可用区\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n",
    );
    for n in 0..lines / 20 {
        text.push_str(&format!(
            "  Switch{n}:\n    Type: ALIYUN::ECS::VSwitch\n    Properties:\n      VpcId:\n        Ref: Vpc\n      ZoneId: !Ref ZoneId\n      CidrBlock: 10.0.0.0/24\n  Server{n}:\n    Type: ALIYUN::ECS::Instance\n    DependsOn: Switch{n}\n    Properties:\n      InstanceName: 服务器{n}\n      InternetChargeType: PayByTraffic\n      VSwitchId: !GetAtt Switch{n}.VSwitchId\n      DiskMappings:\n        - Size: 40\n          Category: cloud_essd\n      UserData:\n        Fn::Sub: |\n          echo ${{ALIYUN::Region}} ${{Switch{n}.VpcId}}\n",
        ));
    }
    text
}

#[test]
fn answers_come_at_once() {
    for lines in [2_000, 50_000] {
        let text = template(lines);
        let document = Document::new(&text, Format::Yaml);
        let context = Context {
            document: &document,
            catalog: Catalog::embedded(),
            config: &Config::default(),
        };
        let step = text.len() / 400;
        let offsets: Vec<u32> = (0..text.len())
            .step_by(step.max(1))
            .filter(|at| text.is_char_boundary(*at))
            .map(|at| at as u32)
            .collect();
        let completion = measure(&offsets, |at| complete(&context, at).items.len());
        let hover = measure(&offsets, |at| usize::from(hover(&context, at).is_some()));
        let definition = measure(&offsets, |at| definition(&context, at).len());
        let start = Instant::now();
        let count = symbols(&context).len();
        let outline = start.elapsed();
        println!(
            "{lines} lines, median and p95: completion {completion:?}, hover {hover:?}, definition {definition:?}; \
             outline of {count} sections {outline:?}"
        );
        // Generous: debug builds on busy machines.
        for (median, _) in [completion, hover, definition] {
            assert!(median < Duration::from_millis(100), "{median:?}");
        }
    }
}

/// Median and 95th percentile.
fn measure(offsets: &[u32], mut answer: impl FnMut(u32) -> usize) -> (Duration, Duration) {
    let mut times: Vec<Duration> = offsets
        .iter()
        .map(|offset| {
            let start = Instant::now();
            std::hint::black_box(answer(*offset));
            start.elapsed()
        })
        .collect();
    times.sort();
    (times[times.len() / 2], times[times.len() * 95 / 100])
}

/// Wherever a key is half typed there is something to propose.
#[test]
fn half_typed_keys() {
    let Some(shared) = shared("half_typed_keys", "cases/half-typed.json") else {
        return;
    };
    let path = shared.join("cases/half-typed.json");
    let text = std::fs::read_to_string(path).unwrap();
    let cases: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut count = 0;
    for case in cases["cases"].as_array().unwrap() {
        let word = |name: &str| case[name].as_str().unwrap();
        let (format, base) = match word("lang") {
            "yaml" => (Format::Yaml, &cases["bases"]["yaml"]),
            _ => (Format::Json, &cases["bases"]["json"]),
        };
        let mut text = base.as_str().unwrap().replacen(word("slot"), word("insert"), 1);
        for slot in ["@F", "@A", "@R", "@C", "@L"] {
            text = text.replace(slot, "");
        }
        let offset = text.find('‸').unwrap() as u32;
        let text = text.replace('‸', "");
        let document = Document::new(&text, format);
        let context = Context {
            document: &document,
            catalog: Catalog::embedded(),
            config: &Config::default(),
        };
        let items = complete(&context, offset).items;
        for item in &items {
            check_item(item, &text, offset);
        }
        if word("role") == "key" {
            assert!(!items.is_empty(), "{}", word("name"));
            count += 1;
        }
    }
    assert!(count > 25, "{count} keys");
}
