//! Pages of types of one's own on the command line: beginning, checking and listing them, and checking templates with them.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const TEMPLATE: &str = "ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Car:
    Type: MODULE::My::Thing
    Version: v1
    Properties:
      Name: 车
      Size: 101
      Parts:
        - Kind: wheel
        - Kind: roof
Outputs:
  Id:
    Value: !GetAtt Car.ThingId
";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ros-lsp"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Line and message of each finding.
fn findings(output: &Output) -> Vec<String> {
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let files = report["files"].as_array().expect("files");
    let all = files
        .iter()
        .flat_map(|file| file["diagnostics"].as_array().expect("findings"));
    all.map(|each| {
        format!(
            "{} {} {}",
            each["start"]["line"],
            each["severity"].as_str().expect("a word"),
            each["message"].as_str().expect("a text")
        )
    })
    .collect()
}

#[test]
fn a_page_to_begin_with_is_sound_and_checks_templates_in_both_languages() {
    for language in ["en", "zh"] {
        let folder = folder(&[("templates/a.yml", TEMPLATE)]);
        let made = run(
            folder.path(),
            &["types", "new", "MODULE::My::Thing", "--language", language],
        );
        assert_eq!(made.status.code(), Some(0), "{}", err(&made));
        let said = out(&made);
        let page: PathBuf = [".", ".ros", "types", "MODULE-My-Thing.md"].iter().collect();
        assert!(said.starts_with(&format!("wrote {}\n", page.display())), "{said}");
        assert!(said.contains("`Type: MODULE::My::Thing`"), "{said}");

        let sound = run(folder.path(), &["types", "check"]);
        assert_eq!(sound.status.code(), Some(0), "{}", out(&sound));
        assert_eq!(out(&sound), "1 page checked: nothing to report\n");

        let checked = run(folder.path(), &["check", "--format", "json", "templates"]);
        assert_eq!(
            findings(&checked),
            [
                "7 warning `Name` must have 2 to 64 characters, this has 1",
                "8 warning `Size` must be 1 to 100, not `101`",
                "11 warning `Kind` must be `wheel` or `door`, not `roof`",
            ],
            "{language}"
        );
        let explained = run(folder.path(), &["explain", "MODULE::My::Thing.Mode"]);
        assert!(out(&explained).contains("safe"), "{}", err(&explained));
        let listed = run(folder.path(), &["types", "list"]);
        assert_eq!(
            out(&listed),
            format!(
                "MODULE::My::Thing    4 properties,  1 attributes  {}:1\n",
                page.display()
            )
        );
    }
}

#[test]
fn nothing_is_overwritten_unasked() {
    let folder = folder(&[
        (".ros/types/MODULE-A-B.md", "mine"),
        (".ros/types/more.md", "# MODULE::A::C\n"),
    ]);
    let refused = run(folder.path(), &["types", "new", "MODULE::A::B"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        err(&refused).contains("`--force` overwrites it"),
        "{}",
        err(&refused)
    );
    let page = folder.path().join(".ros/types/MODULE-A-B.md");
    assert_eq!(std::fs::read_to_string(&page).expect("the page"), "mine");
    let forced = run(folder.path(), &["types", "new", "MODULE::A::B", "--force"]);
    assert_eq!(forced.status.code(), Some(0), "{}", err(&forced));
    assert!(
        std::fs::read_to_string(&page)
            .expect("the page")
            .starts_with("# MODULE::A::B\n")
    );
    let twice = run(folder.path(), &["types", "new", "MODULE::A::C"]);
    assert!(
        err(&twice).contains("more.md: describes MODULE::A::C already"),
        "{}",
        err(&twice)
    );
    let wrong = run(folder.path(), &["types", "new", "My Thing"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        err(&wrong).contains("`My Thing` is no type's name"),
        "{}",
        err(&wrong)
    );
}

#[test]
fn a_page_about_a_known_type_begins_with_what_is_known() {
    for language in ["en", "zh"] {
        let folder = folder(&[("sub/file", "")]);
        let made = run(
            folder.path(),
            &[
                "types",
                "new",
                "ALIYUN::ECS::VPC",
                "--dir",
                "sub",
                "--language",
                language,
            ],
        );
        assert_eq!(made.status.code(), Some(0), "{}", err(&made));
        let checked = run(folder.path(), &["types", "check", "sub"]);
        assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
        let text =
            std::fs::read_to_string(folder.path().join("sub/.ros/types/ALIYUN-ECS-VPC.md")).expect("a page");
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
        assert_eq!(rows.len(), 3, "{text}");
        assert!(!text.contains("ThingId"), "{text}");
    }
}

#[test]
fn a_new_page_goes_to_the_project_around() {
    let folder = folder(&[(".ros/types/README.md", "# Ours\n"), ("deep/er/file", "")]);
    let made = run(&folder.path().join("deep/er"), &["types", "new", "Custom::Job"]);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    assert!(folder.path().join(".ros/types/Custom-Job.md").is_file());
    let checked = run(&folder.path().join("deep/er"), &["types", "check"]);
    assert_eq!(
        out(&checked),
        "1 page checked: nothing to report\n",
        "{}",
        err(&checked)
    );
}

#[test]
fn problems_of_pages_are_drawn_and_fail() {
    let page = "# MODULE::我::物\n\n# MODULE::My::Thing\n\n## 属性\n\n|属性名称|类型|必须|\n|-|-|-|\n|名称|Strnig|是|\n";
    let folder = folder(&[("a/.ros/types/x.md", page), ("a/t.yml", TEMPLATE)]);
    let checked = run(folder.path(), &["types", "check"]);
    assert_eq!(checked.status.code(), Some(1));
    let text = out(&checked);
    assert!(
        text.contains("warning[own-type-page]: `Strnig` is no known type; did you mean `String`?"),
        "{text}"
    );
    assert!(text.contains("x.md:9:5"), "{text}");
    assert!(text.ends_with("1 page checked: 2 warnings\n"), "{text}");
    let json = run(folder.path(), &["types", "check", "--format", "json", "a"]);
    assert_eq!(
        findings(&json),
        [
            "1 warning `MODULE::我::物` is no type's name, such as `MODULE::Team::Thing`",
            "9 warning `Strnig` is no known type; did you mean `String`?"
        ]
    );
    let note = err(&run(folder.path(), &["check", "a/t.yml"]));
    assert!(
        note.contains("note: 2 places in the pages of own types can't be read"),
        "{note}"
    );
}

#[test]
fn without_pages_that_is_said() {
    let folder = folder(&[("a.yml", TEMPLATE)]);
    let checked = run(folder.path(), &["types", "check"]);
    assert_eq!(checked.status.code(), Some(2));
    assert!(
        err(&checked).contains("no folder `.ros/types` here, below or above"),
        "{}",
        err(&checked)
    );
    assert_eq!(
        run(folder.path(), &["types", "list", "nowhere"]).status.code(),
        Some(2)
    );
    // A module that nobody describes is open.
    let checked = run(folder.path(), &["check", "a.yml"]);
    assert_eq!(out(&checked), "1 template checked: nothing to report\n");
}

#[test]
fn each_template_is_checked_with_the_nearest_pages() {
    let page = |values: &str| {
        format!(
            "# MODULE::My::Thing\n\n## Properties\n\n|Name|Type|Required|Validity|\n|-|-|-|-|\n|Mode|String|No|Valid values: {values}.|\n"
        )
    };
    let template = |mode: &str| {
        format!(
            "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  A:\n    Type: MODULE::My::Thing\n    Version: v1\n    Properties: {{Mode: {mode}}}\n"
        )
    };
    let folder = folder(&[
        (".ros/types/a.md", &page("a and b")),
        ("near/.ros/types/a.md", &page("c and d")),
        ("outer.yml", &template("c")),
        ("near/deep/inner.yml", &template("c")),
        (
            "near/json.json",
            r#"{"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"A": {"Type": "MODULE::My::Thing", "Version": "v1", "Properties": {"Mode": "a"}}}}"#,
        ),
    ]);
    let checked = run(folder.path(), &["check", "--format", "json", "."]);
    assert_eq!(
        findings(&checked),
        [
            "1 warning `Mode` must be `c` or `d`, not `a`",
            "6 warning `Mode` must be `a` or `b`, not `c`",
        ]
    );
}

/// The first block of this language in the documentation.
fn documented(language: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/own-types.md");
    let text = std::fs::read_to_string(path).expect("the page");
    let (_, rest) = text.split_once(&format!("```{language}\n")).expect("a block");
    rest.split("```\n").next().expect("its text").to_owned()
}

#[test]
fn the_documented_example_is_what_it_says() {
    let template = documented("yaml");
    let folder = folder(&[
        (".ros/types/MODULE-Team-Web.md", &documented("markdown")),
        ("shop.yml", &template),
    ]);
    let sound = run(folder.path(), &["types", "check"]);
    assert_eq!(out(&sound), "1 page checked: nothing to report\n");
    let expected: Vec<String> = template
        .lines()
        .enumerate()
        .filter_map(|(index, line)| Some(format!("{} warning {}", index + 1, line.split_once("# ")?.1)))
        .collect();
    let checked = run(folder.path(), &["check", "--format", "json", "shop.yml"]);
    assert_eq!(findings(&checked), expected);
    assert_eq!(expected.len(), 3);
}
