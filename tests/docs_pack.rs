//! `ros-lsp docs` by running the real program: fetching with a made-up `pip`, building, looking and removing.

#![cfg(unix)] // The made-up `pip` is a shell script.

#[path = "support/fake_pip.rs"]
mod fake_pip;

use fake_pip::{Index, wait_for};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn program(index: &Index, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ros-lsp"));
    command.arg("docs").args(arguments).stdin(Stdio::null());
    index.set(&mut command);
    command
}

fn run(index: &Index, arguments: &[&str]) -> Output {
    program(index, arguments).output().expect("the program runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn status(index: &Index) -> Value {
    let output = run(index, &["status", "--format", "json"]);
    serde_json::from_str(&out(&output)).expect("JSON")
}

/// What `explain` says of a property in English.
fn explained(index: &Index, locale: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ros-lsp"));
    command
        .args(["explain", "ALIYUN::ECS::VPC.VpcName"])
        .env("LC_ALL", locale);
    index.set(&mut command);
    out(&command.output().expect("the program runs"))
}

fn page(folder: &Path, text: &str) -> String {
    fs::create_dir_all(folder).expect("a folder");
    fs::write(folder.join("page.md"), text).expect("a file");
    folder.to_string_lossy().into_owned()
}

const ENGLISH: &str = "# ALIYUN::ECS::VPC\n\nMakes a network.\n\n## Properties\n\n\
    | Property | Type | Required | Editable | Description | Constraint |\n|---|---|---|---|---|---|\n\
    | VpcName | String | No | Yes | What the made-up network is called. | None |\n";
const CHINESE: &str = "# ALIYUN::ECS::VPC\n\n用于创建网络。\n\n## 属性\n\n\
    | 属性名称 | 类型 | 必须 | 允许更新 | 描述 | 约束 |\n|---|---|---|---|---|---|\n\
    | VpcName | String | 否 | 是 | 虚构网络的名称。 | 无 |\n";

#[test]
fn packages_are_fetched_once_and_made_into_a_pack() {
    let index = Index::of(20);
    assert_eq!(code(&run(&index, &["status"])), 0);
    assert!(out(&run(&index, &["status"])).contains("ros-lsp docs install"));
    let output = run(&index, &["install"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(
        out(&output).contains("20 types, 20 of 20 properties described"),
        "{}",
        out(&output)
    );
    assert!(err(&output).contains("fetching 20 of 20"), "{}", err(&output));
    let calls = index.calls().len();
    assert!(calls <= 5, "several packages a call, not {calls} calls");
    let before = fs::read(index.packs().join("en.rosdocs")).expect("a pack");

    let again = run(&index, &["install"]);
    assert_eq!(code(&again), 0, "{}", err(&again));
    assert_eq!(index.calls().len(), calls, "nothing is fetched twice");
    assert_eq!(
        fs::read(index.packs().join("en.rosdocs")).expect("a pack"),
        before
    );
    assert_eq!(
        fs::read_dir(index.packs()).expect("a folder").count(),
        1,
        "nothing is left over"
    );

    let status = status(&index);
    let pack = &status["packs"][0];
    assert_eq!((&pack["language"], &pack["types"]), (&"en".into(), &20.into()));
    assert_eq!(pack["sources"][3]["name"], "ros-cdk-11");
    assert_eq!(pack["fits"], false, "these are not the catalog's packages");
}

#[test]
fn a_package_that_fails_does_not_lose_the_others() {
    let index = Index::of(12);
    index.put("ros-cdk-5.fail", "");
    let output = run(&index, &["install"]);
    assert_eq!(code(&output), 2);
    let said = err(&output);
    assert!(
        said.contains("ros-cdk-5 1.0.0: No matching distribution found for ros-cdk-5==1.0.0"),
        "{said}"
    );
    assert!(
        said.contains("1 of 12 packages") && said.contains("--partial"),
        "{said}"
    );
    assert!(!index.packs().exists());
    assert!(
        index
            .names
            .iter()
            .all(|name| index.cached(name) || name == "ros-cdk-5")
    );

    let output = run(&index, &["install", "--partial"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(
        err(&output).contains("without ros-cdk-5 1.0.0"),
        "{}",
        err(&output)
    );
    assert_eq!(status(&index)["packs"][0]["types"], 11);

    index.remove("ros-cdk-5.fail");
    let before = index.calls().len();
    assert_eq!(code(&run(&index, &["install"])), 0);
    let calls = index.calls().split_off(before);
    assert!(
        calls.len() == 1 && calls[0].contains("ros-cdk-5==1.0.0"),
        "{calls:?}"
    );
    assert_eq!(status(&index)["packs"][0]["types"], 12);
}

#[test]
fn a_wrong_content_is_thrown_away() {
    let index = Index::of(3);
    let right = fs::read(index.file("ros-cdk-1")).expect("a wheel");
    fs::write(index.file("ros-cdk-1"), "something else").expect("a file");
    let output = run(&index, &["install"]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("ros-cdk-1 1.0.0: wrong content"),
        "{}",
        err(&output)
    );
    let calls = index.calls();
    assert!(
        calls.iter().all(|call| call.contains("--require-hashes")),
        "{calls:?}"
    );
    assert!(
        !calls.iter().any(|call| call.contains("--no-binary")),
        "no source archive is run: {calls:?}"
    );
    assert!(index.cached("ros-cdk-0") && !index.cached("ros-cdk-1") && index.cached("ros-cdk-2"));
    fs::write(index.file("ros-cdk-1"), right).expect("a file");
    assert_eq!(code(&run(&index, &["install"])), 0);
}

#[test]
fn an_interrupted_run_is_resumed() {
    let index = Index::of(40);
    index.put("ros-cdk-30.hang", "");
    let mut child = program(&index, &["install", "--jobs", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    wait_for(&index.path("hanging"));
    child.kill().expect("it is killed");
    child.wait().expect("it ends");
    index.remove("ros-cdk-30.hang");
    let fetched = index.names.iter().filter(|name| index.cached(name)).count();
    assert!((8..40).contains(&fetched), "{fetched}");
    let output = run(&index, &["install"]);
    assert_eq!(code(&output), 0);
    assert!(
        err(&output).contains(&format!("{fetched} of 40 packages are here already")),
        "{}",
        err(&output)
    );
    assert_eq!(status(&index)["packs"][0]["types"], 40);
}

#[test]
fn without_network_one_message_says_what_to_do() {
    let index = Index::of(60);
    index.put("offline", "");
    let output = run(&index, &["install"]);
    assert_eq!(code(&output), 2);
    let said = err(&output);
    assert!(
        said.contains("no route to host") && said.contains("--from DIR"),
        "{said}"
    );
    assert_eq!(said.matches("error").count(), 1, "{said}");
    assert!(index.calls().len() < 8, "it is given up soon");
}

#[test]
fn without_pip_one_message_says_what_to_do() {
    let index = Index::of(1);
    let run = |pip: Option<&str>| {
        let mut command = program(&index, &["install"]);
        command
            .env_remove("ROS_LSP_PIP")
            .env("PATH", index.path("nothing"));
        if let Some(pip) = pip {
            command.env("ROS_LSP_PIP", pip);
        }
        command.output().expect("the program runs")
    };
    for (pip, words) in [
        (None, "no `pip` was found"),
        (Some("/there/is/none -m pip"), "does not run"),
    ] {
        let output = run(pip);
        assert_eq!(code(&output), 2);
        let said = err(&output);
        assert!(said.contains(words) && said.contains("--from DIR"), "{said}");
    }
}

#[test]
fn pip_does_not_run_where_the_user_is() {
    let index = Index::of(2);
    let workspace = tempfile::tempdir().expect("a folder");
    let here = fs::canonicalize(workspace.path()).expect("a path");
    fs::copy(index.path("pip"), here.join("pip")).expect("a file");
    for name in [
        "packages.txt",
        "ros_cdk_0-1.0.0-py3-none-any.whl",
        "ros_cdk_1-1.0.0-py3-none-any.whl",
    ] {
        fs::copy(index.path(name), here.join(name)).expect("a file");
    }
    let mut command = program(&index, &["install"]);
    command
        .current_dir(&here)
        .env("ROS_LSP_PIP", "./pip")
        .env("ROS_LSP_CACHE", "cache");
    let output = command.output().expect("the program runs");
    assert_eq!(code(&output), 0, "{}", err(&output));
    let folders = fs::read_to_string(here.join("folders")).expect("a list");
    assert!(folders.lines().count() > 1, "{folders}");
    for folder in folders.lines() {
        assert_ne!(Path::new(folder), here);
    }
    assert!(here.join("cache/ros_cdk_1-1.0.0-py3-none-any.whl").exists());
}

#[test]
fn packages_that_are_here_and_pages_of_several_languages() {
    let index = Index::of(5);
    let from = index.path("").to_string_lossy().into_owned();
    index.put("rosbags-0.9-py3-none-any.whl", "no package of the CDK");
    let (english, chinese) = (
        page(&index.path("english"), ENGLISH),
        page(&index.path("chinese"), CHINESE),
    );
    let output = run(
        &index,
        &[
            "install", "--from", &from, "--pages", &chinese, "--pages", &english,
        ],
    );
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(index.calls().is_empty(), "nothing is fetched");
    let status = status(&index);
    let packs: Vec<(&str, u64)> = status["packs"]
        .as_array()
        .expect("packs")
        .iter()
        .map(|pack| {
            (
                pack["language"].as_str().expect("a language"),
                pack["types"].as_u64().expect("types"),
            )
        })
        .collect();
    assert_eq!(packs, [("en", 6), ("zh-CN", 1)]);
    assert!(explained(&index, "en_US.UTF-8").contains("What the made-up network is called."));
    assert!(explained(&index, "zh_CN.UTF-8").contains("虚构网络的名称。"));

    let output = run(&index, &["install", "--pages", &english, "--language", "../x"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("is no language"), "{}", err(&output));
    let output = run(&index, &["install", "--from", &english]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("holds no package"), "{}", err(&output));
}

#[test]
fn pages_alone_fetch_nothing_and_take_what_is_in_the_cache() {
    let index = Index::of(5);
    let english = page(&index.path("english"), ENGLISH);
    let output = run(&index, &["install", "--pages", &english]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).contains("from the pages alone"), "{}", err(&output));
    assert!(index.calls().is_empty());
    assert_eq!(status(&index)["packs"][0]["fits"], Value::Null);
    run(&index, &["install"]);
    assert_eq!(code(&run(&index, &["install", "--pages", &english])), 0);
    assert_eq!(status(&index)["packs"][0]["types"], 6);

    fs::remove_file(index.path("cache").join("ros_cdk_3-1.0.0-py3-none-any.whl")).expect("it was there");
    let output = run(&index, &["install", "--pages", &english]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).contains("4 of 5 packages"), "{}", err(&output));
    assert_eq!(status(&index)["packs"][0]["types"], 5);
}

#[test]
fn pages_alone_do_not_replace_what_packages_say() {
    let index = Index::of(3);
    let english = page(&index.path("english"), ENGLISH);
    run(&index, &["install"]);
    fs::remove_dir_all(index.path("cache")).expect("it was there");
    let output = run(&index, &["install", "--pages", &english]);
    assert_eq!(code(&output), 2);
    let said = err(&output);
    assert!(
        said.contains("--from DIR") && said.contains("docs remove en"),
        "{said}"
    );
    assert_eq!(status(&index)["packs"][0]["types"], 3);
    run(&index, &["remove", "en"]);
    assert_eq!(code(&run(&index, &["install", "--pages", &english])), 0);
    assert_eq!(status(&index)["packs"][0]["types"], 1);
}

#[test]
fn a_damaged_pack_is_a_finding_and_no_obstacle() {
    let index = Index::of(2);
    let chinese = page(&index.path("chinese"), CHINESE);
    run(&index, &["install", "--pages", &chinese]);
    let path = index.packs().join("zh-CN.rosdocs");
    let mut bytes = fs::read(&path).expect("a pack");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(&path, bytes).expect("a file");
    let output = run(&index, &["status"]);
    assert_eq!(code(&output), 1);
    assert!(
        out(&output).contains("zh-CN.rosdocs") && out(&output).contains("docs install"),
        "{}",
        out(&output)
    );
    assert_eq!(status(&index)["damaged"].as_array().map(Vec::len), Some(1));
    assert!(explained(&index, "zh_CN.UTF-8").contains("VpcName"));
    run(&index, &["install", "--pages", &chinese]);
    assert_eq!(code(&run(&index, &["status"])), 0);
}

#[test]
fn packs_are_removed_one_or_all_with_the_cache() {
    let index = Index::of(2);
    let chinese = page(&index.path("chinese"), CHINESE);
    run(&index, &["install"]);
    run(&index, &["install", "--pages", &chinese]);
    index.put("packs/mine.txt", "stays");
    index.put("cache/mine.txt", "stays");
    index.put("cache/rospkg-1.5.0.tar.gz", "stays");
    assert_eq!(code(&run(&index, &["remove", "zh"])), 0);
    assert!(!index.packs().join("zh-CN.rosdocs").exists() && index.packs().join("en.rosdocs").exists());
    let output = run(&index, &["remove", "zh"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("no pack for `zh`"), "{}", err(&output));
    assert_eq!(code(&run(&index, &["remove"])), 0);
    assert!(!index.packs().join("en.rosdocs").exists() && !index.cached("ros-cdk-0"));
    assert!(index.path("packs/mine.txt").exists() && index.path("cache/mine.txt").exists());
    assert!(index.path("cache/rospkg-1.5.0.tar.gz").exists());
    let output = run(&index, &["remove"]);
    assert_eq!(
        (code(&output), out(&output).as_str()),
        (0, "there is nothing to remove\n")
    );
}
