//! Real property-table pages: no row is lost, nothing is left unread, and one page is compared row by row with its text.

mod support;

use regex::Regex;
use ros_lsp::catalog::docs::format::{self, Head};
use ros_lsp::catalog::docs::{Docs, folder};
use ros_lsp::catalog::import::{Described, pages};
use ros_lsp::catalog::prose::Prose;
use ros_lsp::catalog::{Catalog, Property, ValueKind};
use ros_lsp::config::{Config, Locale};
use ros_lsp::document::Document;
use ros_lsp::features::{Context, card, hover};
use ros_lsp::syntax::Format;
use std::path::Path;
use std::sync::Arc;

/// A row as its first line begins: `|Name|Type|Yes|No|`.
fn row_start() -> Regex {
    Regex::new(
        r"(?i)^\|\s*([^|\n]{1,80}?)\s*\|\s*(string|integer|number|boolean|list|map)\s*\|\s*([^|]*?)\s*\|\s*([^|]*?)\s*\|",
    )
    .expect("a pattern")
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the pages can be listed")
        .map(|entry| {
            let path = entry.expect("a page").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read_to_string(&path).expect("a page is UTF-8"))
        })
        .collect();
    files.sort();
    files
}

/// A newer page of one type than the repository of pages has; it is no part of what is public.
const SEED: &str = "docs/seed-ALIYUN-ECS-CustomImage.md";

#[test]
fn no_row_of_a_real_page_is_lost_and_nothing_is_left_unread() {
    let Some(shared) = support::shared(
        "no_row_of_a_real_page_is_lost_and_nothing_is_left_unread",
        "docs/zh-CN",
    ) else {
        return;
    };
    let start = row_start();
    for (language, least) in [("en-US", 3169), ("zh-CN", 3100)] {
        let (mut count, mut rows) = (0, 0);
        for (name, text) in files(&shared.join("docs").join(language)) {
            let page = pages::read(&text, &name);
            let counted = text.lines().filter(|line| start.is_match(line)).count();
            assert_eq!(page.rows, counted, "{language}/{name}");
            assert_eq!(page.problems, [], "{language}/{name}");
            assert_eq!(page.types.len(), 1, "{language}/{name}");
            count += 1;
            rows += page.rows;
        }
        println!("{language}: {count} pages, {rows} rows");
        assert!(rows >= least, "{language}: {rows} rows");
    }
}

/// A row of a page, cut by hand: section, name, type, required, editable, all text of the last two cells.
struct ByHand {
    section: String,
    name: String,
    kind: String,
    required: bool,
    editable: bool,
    text: String,
}

fn by_hand(text: &str) -> Vec<ByHand> {
    let start = row_start();
    let yes = |word: &str| word == "Yes" || word == "是";
    let mut rows: Vec<ByHand> = Vec::new();
    let mut section = String::new();
    let mut open = false;
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.split(" {").next().unwrap_or(title).to_owned();
            open = false;
        } else if let Some(found) = start.captures(line) {
            rows.push(ByHand {
                section: section.clone(),
                name: found[1].to_owned(),
                kind: found[2].to_lowercase(),
                required: yes(&found[3]),
                editable: yes(&found[4]),
                text: line[found[0].len()..].to_owned(),
            });
            open = true;
        } else if let Some(row) = rows.last_mut().filter(|_| open) {
            row.text.push_str(line);
        }
    }
    rows
}

/// Text without what importing may change: blanks, marks, targets of links inside the site, "None".
fn letters(text: &str) -> String {
    let site = Regex::new(r"\[([^\]]*)\]\((?:/|#)[^)]*\)").expect("a pattern");
    let text = site.replace_all(text, "$1").into_owned();
    let text = text.trim_end().trim_end_matches('|').trim_end();
    let text = ["|None", "|无", "|无。"]
        .iter()
        .find_map(|none| text.strip_suffix(none))
        .unwrap_or(text);
    text.chars()
        .filter(|c| !c.is_whitespace() && !r"\|".contains(*c))
        .collect()
}

fn check_page(described: &Described, rows: &[ByHand], nested: &[(&str, &str)]) {
    for row in rows {
        let above = nested
            .iter()
            .find_map(|(section, above)| row.section.starts_with(section).then_some(*above));
        let path = above.map_or_else(|| row.name.clone(), |above| format!("{above}.{}", row.name));
        let property: &Property = match above {
            Some(above) => described
                .facts
                .property(above)
                .and_then(|above| above.property(&row.name)),
            None => described.facts.property(&row.name),
        }
        .unwrap_or_else(|| panic!("{path} is read"));
        assert_eq!(property.kind.name(), row.kind, "{path}");
        assert_eq!(
            (property.required, property.editable),
            (row.required, Some(row.editable)),
            "{path}"
        );
        let prose = &described.prose.properties[&path];
        let read = letters(&format!("{}{}", prose.description, prose.constraint));
        assert_eq!(read, letters(&row.text), "{path}");
    }
}

fn words(property: &Property) -> Vec<&str> {
    property.values.iter().map(|value| value.value.as_str()).collect()
}

#[test]
fn custom_image_row_by_row_in_two_languages() {
    let Some(shared) = support::shared("custom_image_row_by_row_in_two_languages", SEED) else {
        return;
    };
    let pages = [
        ("docs/en-US/ALIYUN-ECS-CustomImage.md", 15),
        ("docs/zh-CN/ALIYUN-ECS-CustomImage.md", 15),
        (SEED, 16),
    ];
    let nested = [("Tag", "Tag"), ("DiskDeviceMapping", "DiskDeviceMapping")];
    for (path, least) in pages {
        let text = std::fs::read_to_string(shared.join(path)).expect("the page");
        let page = pages::read(&text, path);
        let [image] = &page.types[..] else {
            panic!("{path} describes one type")
        };
        let rows = by_hand(&text);
        assert!(rows.len() >= least, "{path}: {} rows", rows.len());
        assert_eq!(page.rows, rows.len(), "{path}");
        check_page(image, &rows, &nested);
        let facts = &image.facts;
        for list in ["Tag", "DiskDeviceMapping"] {
            let list = facts.property(list).expect("a list");
            assert_eq!(
                (list.kind, list.item_kind),
                (ValueKind::List, Some(ValueKind::Object)),
                "{path}"
            );
        }
        let architecture = facts.property("Architecture").expect("Architecture");
        assert_eq!(words(architecture), ["i386", "x86_64"], "{path}");
        assert_eq!(architecture.default.as_deref(), Some("x86_64"), "{path}");
        let name = facts.property("ImageName").expect("ImageName");
        assert_eq!((name.min_length, name.max_length), (Some(2), Some(128)), "{path}");
        assert_eq!(name.bad_starts, ["http://", "https://"], "{path}");
        let disk = facts.property("DiskDeviceMapping").expect("disks");
        assert_eq!(
            words(disk.property("DiskType").expect("DiskType")),
            ["system", "data"],
            "{path}"
        );
        assert_eq!(
            words(disk.property("Device").expect("Device")),
            Vec::<&str>::new(),
            "{path}"
        );
        let size = disk.property("Size").expect("Size");
        assert_eq!(
            (size.kind, size.unit.as_deref()),
            (ValueKind::Integer, Some("GiB")),
            "{path}"
        );
        let attributes: Vec<&str> = facts.attributes.iter().map(|each| each.name.as_str()).collect();
        assert_eq!(attributes, ["ImageId"], "{path}");
        assert!(!image.prose.attributes["ImageId"].is_empty(), "{path}");
        assert!(
            image.prose.description.contains("ECS"),
            "{path}: {}",
            image.prose.description
        );
    }
}

/// The catalog with a docs pack of one page.
fn catalog_with(described: &Described, language: &str, folder: &Path) -> Catalog {
    let prose = Prose {
        language: language.to_owned(),
        types: [(described.facts.name.clone(), described.prose.clone())].into(),
    };
    let head = Head {
        language: language.to_owned(),
        ..Head::default()
    };
    let pack = format::pack(&head, &prose).expect("a small pack");
    folder::store(folder, language, &pack).expect("the pack is stored");
    Catalog::embedded().with_docs(Arc::new(Docs::in_folder(folder.to_owned())))
}

/// The card for the last key of a path below `Properties`, as text, from a template in one of the formats.
fn hovered(catalog: &Catalog, locale: Locale, format: Format, path: &[&str]) -> String {
    let mut text =
        String::from("{\"Resources\": {\"镜像\": {\"Type\": \"ALIYUN::ECS::CustomImage\", \"Properties\": ");
    let mut ends = String::from("}}}");
    for (depth, name) in path.iter().enumerate() {
        text.push_str(if depth > 0 { "[{" } else { "{" });
        text.push_str(&format!("\"{name}\": "));
        ends.insert_str(0, if depth > 0 { "}]" } else { "}" });
    }
    let text = format!("{text}null{ends}");
    let text = match format {
        Format::Json => text,
        // Its flow style.
        Format::Yaml => text.replace('"', ""),
    };
    let document = Document::new(&text, format);
    let config = Config {
        hover_locale: locale,
        ..Config::default()
    };
    let context = Context {
        document: &document,
        catalog,
        config: &config,
    };
    let last = path.last().expect("a name");
    let at = text.rfind(last).expect("the name stands there") as u32;
    let hover = hover::hover(&context, at + 1).unwrap_or_else(|| panic!("no hover on {path:?} in {text}"));
    assert_eq!(text[hover.range.as_usize()].trim_matches('"'), *last);
    card::plain(&hover.markdown)
}

/// Words that a card puts in its own way: "Values:" for "Valid values:".
const PUT_OTHERWISE: &str = "valid values value default must be to in length characters can cannot start with and or the up \
                             name it unit 取值 取值范围 长度为 默认值 个字符 不能以 开头 和 单位 最长";

#[test]
fn custom_image_hovers_say_what_the_tables_say() {
    let Some(shared) = support::shared("custom_image_hovers_say_what_the_tables_say", SEED) else {
        return;
    };
    let pages = [
        (
            "docs/en-US/ALIYUN-ECS-CustomImage.md",
            "en",
            Locale::En,
            ["required", "optional", "can be updated", "can't be updated"],
        ),
        (
            SEED,
            "en",
            Locale::En,
            ["required", "optional", "can be updated", "can't be updated"],
        ),
        (
            "docs/zh-CN/ALIYUN-ECS-CustomImage.md",
            "zh-CN",
            Locale::ZhCn,
            ["必填", "可选", "允许更新", "不允许更新"],
        ),
    ];
    for (page, language, locale, [required, optional, editable, fixed]) in pages {
        let text = std::fs::read_to_string(shared.join(page)).expect("the page");
        let read = pages::read(&text, page);
        let folder = tempfile::tempdir().expect("a folder");
        let catalog = catalog_with(&read.types[0], language, folder.path());
        let rows = by_hand(&text);
        for (row, format) in rows
            .iter()
            .flat_map(|row| [(row, Format::Yaml), (row, Format::Json)])
        {
            let above = ["Tag", "DiskDeviceMapping"]
                .into_iter()
                .find(|above| row.section.starts_with(above));
            let path: Vec<&str> = above.into_iter().chain([row.name.as_str()]).collect();
            let card = hovered(&catalog, locale, format, &path);
            let head = card.lines().next().unwrap_or_default();
            // The one field in which the CDK is newer: it rejects a tag without a key.
            let is_required = row.required || path == ["Tag", "Key"];
            let kind = if row.kind == "list" { "object" } else { &row.kind };
            for word in [
                row.name.as_str(),
                kind,
                if is_required { required } else { optional },
                if row.editable { editable } else { fixed },
            ] {
                assert!(
                    head.split([' ', '·'])
                        .collect::<Vec<_>>()
                        .join(" ")
                        .contains(word),
                    "{page} {path:?}: {word} in {head}"
                );
            }
            let (description, validity) = row.text.split_once('|').expect("two cells");
            assert!(
                letters(&card).contains(&letters(description)),
                "{page} {path:?}: {description}\n{card}"
            );
            if letters(&card).contains(&letters(validity)) {
                continue;
            }
            let cell = letters_and_blanks(validity);
            for word in cell.split_whitespace().map(|word| word.trim_matches([':', '/'])) {
                let put_otherwise = PUT_OTHERWISE
                    .split_whitespace()
                    .any(|other| other == word.to_lowercase());
                assert!(
                    put_otherwise || card.contains(word),
                    "{page} {path:?}: {word} of {validity}\n{card}"
                );
            }
        }
        println!("{page}: {} rows", rows.len());
    }
}

fn letters_and_blanks(text: &str) -> String {
    text.replace('\\', "")
        .replace("None", "")
        .replace("无|", "")
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || "_:/".contains(c) {
                c
            } else {
                ' '
            }
        })
        .collect()
}
