//! The command line, by running the real program.

use serde_json::Value;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const CLEAN: &str =
    "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n";

/// An undefined name among wide characters, at line 5, column 18, and nothing else.
const CHINESE: &str = "ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  网络地址:
    Value: {Ref: 不存在的资源}
";

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ros-lsp"));
    command.args(arguments).env("NO_COLOR", "1").stdin(Stdio::null());
    // Not what happens to be installed here.
    command.env("ROS_LSP_DOCS", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-docs"));
    command
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    program(arguments)
        .current_dir(folder.path())
        .output()
        .expect("the program runs")
}

fn run_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = program(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input).expect("the program reads");
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, bytes).expect("a file");
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", out(output)))
}

fn paths(output: &Output) -> Vec<String> {
    let report = report(output);
    let files = report["files"].as_array().expect("files");
    let name = |file: &Value| file["path"].as_str().expect("a path").replace('\\', "/");
    files.iter().map(name).collect()
}

#[test]
fn exit_codes() {
    let folder = folder(&[("clean.yml", CLEAN), ("wrong.yml", CHINESE)]);
    let code = |arguments: &[&str]| run(&folder, arguments).status.code();
    assert_eq!(code(&["check", "clean.yml"]), Some(0));
    assert_eq!(code(&["check", "wrong.yml"]), Some(1));
    assert_eq!(code(&["check", "."]), Some(1));
    assert_eq!(code(&["check", "nowhere.yml"]), Some(2));
    assert_eq!(code(&["check"]), Some(2));
    assert_eq!(code(&["check", "--format", "xml", "clean.yml"]), Some(2));
    assert_eq!(code(&["nonsense"]), Some(2));
}

#[test]
fn findings_below_error_level_are_no_failure() {
    let folder = folder(&[(
        "a.yml",
        "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  A:\n    Type: ALIYUN::ECS::Unheard\n",
    )]);
    let output = run(&folder, &["check", "a.yml"]);
    assert!(out(&output).contains("warning[ROS0704]"), "{}", out(&output));
    assert_eq!(output.status.code(), Some(0));
    let output = run(&folder, &["check", "--level", "error", "a.yml"]);
    assert!(!out(&output).contains("ROS0704"), "{}", out(&output));
}

#[test]
fn json_report() {
    let folder = folder(&[("wrong.yml", CHINESE)]);
    let output = run(&folder, &["check", "--format", "json", "wrong.yml"]);
    let report = report(&output);
    assert_eq!(report["files"][0]["path"], "wrong.yml");
    let findings = report["files"][0]["diagnostics"].as_array().expect("findings");
    let finding = findings
        .iter()
        .find(|finding| finding["id"] == "ROS1005")
        .unwrap_or_else(|| panic!("{report}"));
    let keys: Vec<_> = finding.as_object().expect("a map").keys().collect();
    assert_eq!(keys, ["id", "name", "severity", "message", "start", "end", "url"]);
    assert_eq!(report["tool"]["name"], "ros-lsp");
    assert_eq!(report["tool"]["version"], env!("CARGO_PKG_VERSION"));
    let home = report["tool"]["informationUri"].as_str().expect("an address");
    let page = format!("{home}/blob/main/docs/rules.md#ros1005-undefined-reference");
    assert_eq!(finding["url"], page);
    assert_eq!(finding["name"], "undefined-reference");
    assert_eq!(finding["severity"], "error");
    let start = CHINESE.find("不存在").expect("the name");
    let column = "    Value: {Ref: ".len() + 1;
    assert_eq!(
        finding["start"],
        serde_json::json!({"line": 5, "column": column, "offset": start})
    );
    assert_eq!(
        finding["end"],
        serde_json::json!({"line": 5, "column": column + 6, "offset": start + 18})
    );
}

#[test]
fn sarif_report() {
    let folder = folder(&[("网 站/wrong.yml", CHINESE), ("clean.yml", CLEAN)]);
    let output = run(&folder, &["check", "--format", "sarif", "."]);
    assert_eq!(output.status.code(), Some(1));
    let log = report(&output);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "ros-lsp");
    assert_eq!(driver["semanticVersion"], env!("CARGO_PKG_VERSION"));
    let results = run["results"].as_array().expect("results");
    let result = results
        .iter()
        .find(|result| result["ruleId"] == "ROS1005")
        .unwrap_or_else(|| panic!("{log}"));
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    let file = serde_json::json!({ "uri": "%E7%BD%91%20%E7%AB%99/wrong.yml", "uriBaseId": "%SRCROOT%" });
    assert_eq!(place["artifactLocation"], file);
    let column = "    Value: {Ref: ".len() + 1;
    assert_eq!(
        place["region"],
        serde_json::json!({ "startLine": 5, "startColumn": column, "endLine": 5, "endColumn": column + 6 })
    );
    let index = result["ruleIndex"].as_u64().expect("a number");
    let rule = &driver["rules"][usize::try_from(index).expect("a small number")];
    assert_eq!(rule["id"], "ROS1005");
    let home = driver["informationUri"].as_str().expect("an address");
    assert!(rule["helpUri"].as_str().expect("an address").starts_with(home));
    let files: Vec<_> = run["artifacts"].as_array().expect("files").iter().collect();
    assert_eq!(files.len(), 2, "clean files are listed, too");
}

#[test]
fn sarif_report_of_a_run_that_failed_says_so() {
    let folder = folder(&[("clean.yml", CLEAN)]);
    let output = run(
        &folder,
        &["check", "--format", "sarif", "clean.yml", "missing.yml"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        report(&output)["runs"][0]["invocations"][0]["executionSuccessful"],
        false
    );
}

#[test]
fn json_report_of_clean_files_lists_them() {
    let folder = folder(&[("b.yml", CLEAN), ("a.yml", CLEAN)]);
    let output = run(&folder, &["check", "--format", "json", "."]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(paths(&output), ["./a.yml", "./b.yml"]);
    assert_eq!(report(&output)["files"][0]["diagnostics"], serde_json::json!([]));
}

/// Columns that a text takes on a terminal.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[test]
fn carets_stand_under_wide_characters() {
    let folder = folder(&[(
        "wrong.yml",
        "ROSTemplateFormatVersion: '2015-09-01'\nOutputs:\n  甲: {Value: {Fn::Join: ['，。', [中文, {Ref: 不存在}]]}}\n",
    )]);
    let output = run(&folder, &["check", "--color", "never", "wrong.yml"]);
    let text = out(&output);
    let lines: Vec<&str> = text.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.contains("不存在}") && line.contains('|'))
        .unwrap_or_else(|| panic!("the source line: {text}"));
    let before = lines[at].split("不存在").next().expect("a part");
    let carets = lines[at + 1];
    assert_eq!(carets.find('^'), Some(width(before)), "{text}");
    assert_eq!(carets.matches('^').count(), width("不存在"), "{text}");
    assert!(text.contains("wrong.yml:3:"), "{text}");
}

#[test]
fn human_report_ends_in_a_summary() {
    let folder = folder(&[("clean.yml", CLEAN), ("wrong.yml", CHINESE)]);
    let output = run(&folder, &["check", "."]);
    let text = out(&output);
    assert_eq!(
        text.lines().last(),
        Some("2 templates checked: 1 error"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "no colors into a pipe");
    let output = run(&folder, &["check", "clean.yml"]);
    assert_eq!(out(&output), "1 template checked: nothing to report\n");
    let output = run(&folder, &["check", "--color", "always", "."]);
    assert!(out(&output).contains("\u{1b}["));
}

#[test]
fn folders_are_searched_for_templates_only() {
    let folder = folder(&[
        ("a/web.yml", CLEAN),
        ("a/web.yaml", CLEAN),
        ("b.json", r#"{"ROSTemplateFormatVersion": "2015-09-01"}"#),
        ("compose.yml", "services: {web: {image: nginx}}\n"),
        ("oos.yml", "FormatVersion: OOS-2019-06-01\nTasks: []\n"),
        ("package.json", r#"{"name": "x"}"#),
        ("notes.txt", CLEAN),
        ("broken.yml", "a: [\n"),
        ("made/out.yml", CLEAN),
        (".gitignore", "made/\n*.tmp.yml\n"),
        ("x.tmp.yml", CLEAN),
    ]);
    let output = run(&folder, &["check", "--format", "json", "."]);
    assert_eq!(paths(&output), ["./a/web.yaml", "./a/web.yml", "./b.json"]);
    assert_eq!(err(&output), "");
}

#[test]
fn what_is_ignored_is_checked_when_named() {
    let folder = folder(&[("made/out.yml", CLEAN), (".gitignore", "made/\n")]);
    let output = run(&folder, &["check", "--format", "json", "made/out.yml"]);
    assert_eq!(paths(&output), ["made/out.yml"]);
}

#[test]
fn a_named_file_that_is_no_template_gets_a_note() {
    let folder = folder(&[("compose.yml", "services: {}\n"), ("clean.yml", CLEAN)]);
    let output = run(&folder, &["check", "compose.yml", "clean.yml"]);
    assert!(
        err(&output).contains("compose.yml: not a ROS template"),
        "{}",
        err(&output)
    );
    assert!(out(&output).starts_with("1 template checked"), "{}", out(&output));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_named_file_that_does_not_parse_says_so() {
    let folder = folder(&[("broken.yml", "ROSTemplateFormatVersion '2015-09-01'\n  a: [\n")]);
    let output = run(&folder, &["check", "broken.yml"]);
    assert!(out(&output).contains("error[ROS0001]"), "{}", out(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn what_cannot_be_read_does_not_stop_the_rest() {
    let folder = folder(&[("wrong.yml", CHINESE)]);
    write(
        folder.path(),
        "gbk.yml",
        b"ROSTemplateFormatVersion: '2015-09-01'\nDescription: \xcd\xf8\xd5\xbe\n",
    );
    let output = run(&folder, &["check", "nowhere.yml", "gbk.yml", "wrong.yml"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(said.contains("nowhere.yml: no such file"), "{said}");
    assert!(said.contains("gbk.yml: not UTF-8 text (byte 52)"), "{said}");
    assert!(out(&output).contains("error[ROS1005]"), "{}", out(&output));
}

/// Bytes that are no text, and characters that no text has.
#[test]
fn bytes_that_are_no_template_are_named() {
    let folder = folder(&[]);
    write(folder.path(), "utf16.yml", b"\xff\xfeR\0O\0S\0");
    write(
        folder.path(),
        "cut.yml",
        b"ROSTemplateFormatVersion: '2015-09-01'\nA: \xe4\xb8",
    );
    write(
        folder.path(),
        "zero.json",
        b"{\"ROSTemplateFormatVersion\": \"2015-09-01\", \"Resources\": {\0}}",
    );
    let output = run(&folder, &["check", "utf16.yml", "cut.yml", "zero.json"]);
    let said = err(&output);
    assert!(
        said.contains("utf16.yml: not UTF-8 text (byte 0); save the file as UTF-8"),
        "{said}"
    );
    assert!(said.contains("cut.yml: not UTF-8 text (byte 42)"), "{said}");
    assert!(out(&output).contains("error[ROS0001]"), "{}", out(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn standard_input() {
    let output = run_with_input(&["check", "-"], CHINESE.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("error[ROS1005]"), "{}", out(&output));
    let json = br#"{"ROSTemplateFormatVersion": "2015-09-01", "Outputs": {"A": {"Value": {"Ref": "B"}}}}"#;
    let arguments = ["check", "--format", "json", "--stdin-name", "网站/web.json", "-"];
    let output = run_with_input(&arguments, json);
    assert_eq!(paths(&output), ["网站/web.json"]);
    assert_eq!(output.status.code(), Some(1));
    let output = run_with_input(&["check", "-"], b"\xff\xfe");
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("not UTF-8"), "{}", err(&output));
}

#[test]
fn the_report_does_not_depend_on_timing() {
    let files: Vec<_> = (0..40).map(|number| format!("{number:02}/t.yml")).collect();
    let files: Vec<_> = files.iter().map(|name| (name.as_str(), CHINESE)).collect();
    let folder = folder(&files);
    let first = out(&run(&folder, &["check", "."]));
    for _ in 0..5 {
        assert_eq!(out(&run(&folder, &["check", "."])), first);
    }
    let places: Vec<_> = first
        .lines()
        .filter(|line| line.contains("--> "))
        .map(str::trim)
        .collect();
    assert_eq!(places.len(), 40);
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let mut child = program(&["catalog", "export"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdout = child.stdout.take().expect("a pipe");
    let mut beginning = [0; 8];
    stdout.read_exact(&mut beginning).expect("the catalog begins");
    drop(stdout);
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(err(&output), "");
}

#[test]
fn line_ends_and_byte_order_marks_move_nothing() {
    let crlf = CHINESE.replace('\n', "\r\n");
    let marked = format!("\u{feff}{CHINESE}");
    let folder = folder(&[
        ("crlf.yml", &crlf),
        ("marked.yml", &marked),
        ("plain.yml", CHINESE),
    ]);
    let report = report(&run(&folder, &["check", "--format", "json", "."]));
    for file in report["files"].as_array().expect("files") {
        let finding = &file["diagnostics"][0];
        assert_eq!(finding["id"], "ROS1005", "{file}");
        assert_eq!(finding["start"]["line"], 5, "{file}");
        assert_eq!(finding["start"]["column"], 18, "{file}");
    }
    let text = out(&run(&folder, &["check", "crlf.yml"]));
    assert!(!text.contains('\r'), "{text:?}");
}

#[test]
fn explains() {
    let folder = folder(&[]);
    let explain = |topic| run(&folder, &["explain", topic]);
    let rule = out(&explain("ROS1005"));
    assert!(rule.starts_with("ROS1005 undefined-reference (error)"), "{rule}");
    assert_eq!(out(&explain("undefined-reference")), rule);
    let card = out(&explain("ALIYUN::ECS::VSwitch"));
    assert!(card.contains("CidrBlock") && card.contains("VSwitchId"), "{card}");
    let property = out(&explain("ALIYUN::ECS::CustomImage.DiskDeviceMapping.DiskType"));
    assert!(
        property.contains("system") && property.contains("data"),
        "{property}"
    );
    let unknown = explain("ALIYUN::ECS::Vpc");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("ALIYUN::ECS::VPC"), "{}", err(&unknown));
    assert_eq!(explain("ROS9999").status.code(), Some(2));
}

#[test]
fn parses() {
    let folder = folder(&[("a.yml", "网络:\n  B: c\n")]);
    let output = run(&folder, &["parse", "a.yml"]);
    assert_eq!(report(&output)[1]["path"], serde_json::json!(["网络", "B"]));
    let output = run(&folder, &["parse", "a.yml", "--at", "13"]);
    assert_eq!(
        report(&output),
        serde_json::json!({"path": ["网络", "B"], "role": "value"})
    );
    let output = run(&folder, &["parse", "nowhere.yml"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn exports_the_catalog() {
    let output = run(&folder(&[]), &["catalog", "export"]);
    let text = out(&output);
    let names: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"))
        .map(|line| line["name"].as_str().expect("a name").to_owned())
        .collect();
    assert!(names.len() > 1000, "{} types", names.len());
    assert!(names.is_sorted());
    assert!(names.iter().any(|name| name == "ALIYUN::ECS::CustomImage"));
}

#[test]
fn says_its_version_and_the_catalogs() {
    let short = format!("ros-lsp {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(out(&run(&folder(&[]), &["-V"])), short);
    let long = out(&run(&folder(&[]), &["--version"]));
    let catalog = long.strip_prefix(&short).expect("the same line first");
    assert!(catalog.starts_with("catalog: ROS CDK 1."), "{catalog}");
    assert!(catalog.ends_with(" resource types\n"), "{catalog}");
}

#[test]
fn completes_in_shells_and_has_manual_pages() {
    let folder = folder(&[]);
    let script = run(&folder, &["completions", "bash"]);
    assert_eq!(script.status.code(), Some(0));
    assert!(out(&script).contains("ros-lsp") && out(&script).contains("explain"));
    assert_eq!(run(&folder, &["completions", "tcsh"]).status.code(), Some(2));

    let page = run(&folder, &["man", "check"]);
    assert_eq!(page.status.code(), Some(0));
    assert!(out(&page).contains("ROS-LSP-CHECK") && out(&page).contains("stdin"));
    let none = run(&folder, &["man", "chek"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&none.stderr).contains("there is no command `chek`"));
}
