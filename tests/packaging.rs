//! A release: its platforms are those that users are told of, its parts have one version, its archive holds the server.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What stands between `before` and `after`, at each place.
fn all_between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    let rest = text.split(before).skip(1);
    rest.filter_map(|rest| Some(rest.split_once(after)?.0)).collect()
}

#[test]
fn users_are_told_of_all_platforms() {
    let workflow = read(".github/workflows/release.yml");
    let platforms = all_between(&workflow, "platform: ", ",");
    assert!(platforms.len() > 5, "{platforms:?}");
    for page in ["docs/getting-started.md", "docs/getting-started.zh.md"] {
        let text = read(page);
        let row = text
            .lines()
            .find(|line| line.contains("`ros-lsp-<") && line.contains(".tar.gz`"));
        let words = row.map(|row| row.split('`').skip(1).step_by(2)).expect(page);
        let told: Vec<&str> = words.filter(|word| word.ends_with("64")).collect();
        assert_eq!(told, platforms, "{page}");
    }
}

#[test]
fn all_parts_have_one_version() {
    let lock: Value = serde_json::from_str(&read("editors/vscode/package-lock.json")).expect("JSON");
    assert_eq!(lock["version"], VERSION);
    assert_eq!(lock["packages"][""]["version"], VERSION);
    for manifest in ["editors/zed/Cargo.toml", "editors/zed/extension.toml"] {
        let line = format!("version = \"{VERSION}\"");
        assert!(read(manifest).lines().any(|each| each == line), "{manifest}");
    }
    let heading = format!("## {VERSION}");
    assert!(
        read("editors/vscode/CHANGELOG.md")
            .lines()
            .any(|line| line == heading)
    );
}

#[test]
#[cfg(unix)] // The script is made for a shell.
fn the_archive_holds_the_server() {
    let server = env!("CARGO_BIN_EXE_ros-lsp");
    let out = tempfile::tempdir().expect("a folder");
    let run = |platform: &str| {
        let mut command = Command::new(path("packaging/release.sh"));
        let command = command.args([platform, server]).arg(out.path());
        command.env("ROS_LSP_NO_VSIX", "1").output().expect("a shell")
    };
    let output = run("linux-x64");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let made: Vec<_> = fs::read_dir(out.path()).expect("a folder").flatten().collect();
    assert_eq!(made.len(), 1, "{made:?}");

    let archive = fs::File::open(out.path().join("ros-lsp-linux-x64.tar.gz")).expect("an archive");
    let mut files = BTreeMap::new();
    for entry in tar::Archive::new(GzDecoder::new(archive))
        .entries()
        .expect("an archive")
    {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a name").display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its content");
        files.insert(name, (entry.header().mode().expect("its mode") & 0o777, bytes));
    }
    let below = |name: &str| format!("ros-lsp-linux-x64/{name}");
    // All that the first steps on that page need.
    for name in [
        "LICENSE",
        "NOTICE",
        "README.md",
        "docs/getting-started.md",
        "editors/emacs/ros-lsp.el",
        "editors/helix/languages.toml",
        "editors/neovim/lsp/ros_lsp.lua",
        "examples/web-server.yml",
    ] {
        assert!(files.contains_key(&below(name)), "{name} in {:?}", files.keys());
    }
    assert!(!files.keys().any(|name| name.contains("/test/")));
    let (mode, bytes) = &files[&below("ros-lsp")];
    assert_eq!(*mode, 0o755);
    assert!(*bytes == fs::read(server).expect("the server"), "another program");

    // A program for Linux is none for Windows.
    assert_eq!(run("win32-x64").status.code(), Some(2));
}
