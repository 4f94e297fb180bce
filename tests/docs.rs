//! The user's pages: the one about rules is written from the rules, and links between pages lead somewhere.

use ros_lsp::rules::{Rule, rules};
use ros_lsp::syntax::{Format, parse};
use ros_lsp::template::json_form::to_json;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const HEAD: &str = "# Rules

<!-- Written from the rules themselves: run `UPDATE_DOCS=1 cargo test --test docs`. -->

[Index of the documentation](README.md)

What `ros-lsp` reports, in editors and by `ros-lsp check`. Errors are what the service refuses for certain; warnings are
likely wrong; the rest is information and hints. `ros-lsp explain ROS1005` prints a rule in the terminal. Another severity,
or none: [`ros.diagnostics.severity`](configuration.md#rosdiagnosticsseverity).

";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_page_of_rules_is_current() {
    let path = root().join("docs/rules.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).expect("the page can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "run `UPDATE_DOCS=1 cargo test --test docs`");
}

#[test]
fn the_link_of_a_finding_leads_to_its_rule() {
    let known = anchors(&root().join("docs/rules.md"));
    for rule in rules() {
        let page = rule.page();
        let (_, anchor) = page.split_once("/docs/rules.md#").expect("a place in the page");
        assert!(known.iter().any(|known| known == anchor), "{page}");
    }
}

fn page() -> String {
    let mut all: Vec<&Rule> = rules().collect();
    all.sort_by_key(|rule| rule.id);
    let mut page = HEAD.to_owned();
    page.push_str("| rule | name | severity |\n|---|---|---|\n");
    for rule in &all {
        let (id, name, severity) = (rule.id, rule.name, rule.severity.name());
        writeln!(page, "| [{id}](#{}) | {name} | {severity} |", anchor(rule)).expect("a string takes it");
    }
    for rule in all {
        let (id, name, severity) = (rule.id, rule.name, rule.severity.name());
        write!(
            page,
            "\n## {id} {name}\n\nSeverity: {severity}.\n\n{}\n",
            rule.about
        )
        .expect("a string takes it");
        for (title, example) in [("Reported", rule.bad), ("Right", rule.good)] {
            page.push_str(&example_in_both(title, example, rule.yaml_only));
        }
    }
    page
}

/// The heading's anchor, as Markdown viewers make it.
fn anchor(rule: &Rule) -> String {
    format!("{}-{}", rule.id.to_ascii_lowercase(), rule.name)
}

fn example_in_both(title: &str, example: &str, yaml_only: bool) -> String {
    if example.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{title}:\n\n```yaml\n{}\n```\n", example.trim_end());
    let tree = parse(example, Format::Yaml);
    let root = tree
        .root()
        .filter(|_| !yaml_only && tree.errors().next().is_none());
    if let Some(root) = root {
        let json = to_json(root);
        write!(
            text,
            "\n<details><summary>{title}, in JSON</summary>\n\n```json\n{}\n```\n\n</details>\n",
            json.trim_end()
        )
        .expect("a string takes it");
    }
    text
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut wrong = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page is text");
        for target in targets(&text) {
            let (file, heading) = target.split_once('#').unwrap_or((&target, ""));
            let to = match file {
                "" => page.clone(),
                file => page.parent().expect("a page is in a folder").join(file),
            };
            if !to.exists() {
                wrong.push(format!("{}: {target}", page.display()));
            } else if !heading.is_empty() && !anchors(&to).iter().any(|anchor| anchor == heading) {
                wrong.push(format!("{}: {target} has no such heading", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pictures_are_small() {
    let mut seen = 0;
    for folder in ["docs/images", "editors/vscode/images"] {
        let Ok(files) = fs::read_dir(root().join(folder)) else {
            continue;
        };
        for file in files
            .flatten()
            .filter(|file| file.path().extension().is_some_and(|ext| ext == "png"))
        {
            let size = file.metadata().expect("a file has a size").len();
            assert!(size < 150_000, "{} has {size} bytes", file.path().display());
            seen += 1;
        }
    }
    assert!(seen >= 3, "the pages have pictures");
}

fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md")];
    let mut folders = vec![
        root().join("docs"),
        root().join("editors"),
        root().join("packaging"),
    ];
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = file.path();
            let left_out = ["node_modules", "out", "dist"]
                .iter()
                .any(|name| path.ends_with(name));
            if path.is_dir() && !left_out {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages
}

/// What `[…](…)` points to within the project.
fn targets(text: &str) -> Vec<String> {
    let links = text.split("](").skip(1);
    let targets = links.filter_map(|rest| Some(rest.split_once(')')?.0.trim_matches(['<', '>']).to_owned()));
    targets
        .filter(|target| !target.contains("://") && !target.contains(' ') && !target.is_empty())
        .collect()
}

/// Anchors of a page's headings, as Markdown viewers make them.
fn anchors(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).unwrap_or_default();
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let heading = line.trim_start_matches('#').trim().to_lowercase();
            let kept = heading
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}
