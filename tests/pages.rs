//! Real property-table pages: no row is lost, nothing is left unread, and one page is compared row by row with its text.

mod support;

use regex::Regex;
use ros_lsp::catalog::import::{Described, pages};
use ros_lsp::catalog::{Property, ValueKind};
use std::path::Path;

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

#[test]
fn no_row_of_a_real_page_is_lost_and_nothing_is_left_unread() {
    let Some(shared) = support::shared("no_row_of_a_real_page_is_lost_and_nothing_is_left_unread") else {
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
    let Some(shared) = support::shared("custom_image_row_by_row_in_two_languages") else {
        return;
    };
    let pages = [
        ("docs/en-US/ALIYUN-ECS-CustomImage.md", 15),
        ("docs/zh-CN/ALIYUN-ECS-CustomImage.md", 15),
        ("docs/seed-ALIYUN-ECS-CustomImage.md", 16),
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
