//! The house rules that a machine can check: import direction, purpose lines, file length, the protocol's one room.

use std::path::{Path, PathBuf};

/// The layers of the library, from the ground up; a module may use those of lower or equal rank, and of equal rank only
/// itself.
const LAYERS: [(&str, u8); 12] = [
    ("text", 0),
    ("syntax", 1),
    ("catalog", 1),
    ("language", 1),
    ("template", 2),
    ("config", 3),
    ("diagnostic", 3),
    ("document", 3),
    ("rules", 4),
    ("features", 4),
    ("server", 5),
    ("cli", 5),
];

/// Equal rank, and still allowed: offers of features to mend a finding read the rules.
const SIDEWAYS: [(&str, &str); 4] = [
    ("features", "rules"),
    ("config", "diagnostic"),
    ("document", "diagnostic"),
    ("document", "config"),
];

/// Lines; longer files need a reason here.
const MOST_LINES: usize = 600;

fn sources(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a source file can be read")
}

/// The module of the library that a file belongs to, with its rank.
fn layer(path: &Path) -> Option<(&'static str, u8)> {
    let below = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .ok()?;
    let first = below.iter().next()?.to_str()?.trim_end_matches(".rs");
    LAYERS.iter().copied().find(|(name, _)| *name == first)
}

/// The modules of the library that a text names: `crate::x`, and those in `use crate::{x, y}`.
fn used_layers(text: &str) -> Vec<&'static str> {
    LAYERS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| {
            text.split("crate::").skip(1).any(|rest| {
                let braced = rest.strip_prefix('{').and_then(|list| list.split('}').next());
                match braced {
                    Some(list) => list
                        .split(',')
                        .any(|item| item.trim().split("::").next() == Some(name)),
                    None => rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next() == Some(name),
                }
            })
        })
        .collect()
}

#[test]
fn imports_point_one_way() {
    let rank = |name: &str| {
        LAYERS
            .iter()
            .find(|(layer, _)| *layer == name)
            .map_or(0, |(_, rank)| *rank)
    };
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in sources("src") {
        let Some((own, own_rank)) = layer(&path) else {
            continue;
        };
        for used in used_layers(&read(&path)) {
            seen += 1;
            let allowed = used == own || rank(used) < own_rank || SIDEWAYS.contains(&(own, used));
            if !allowed {
                wrong.push(format!("{} uses {used}", path.display()));
            }
        }
    }
    assert!(seen > 50, "the scan sees the imports");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_server_names_the_protocol() {
    for path in sources("src") {
        if layer(&path).is_some_and(|(name, _)| name == "server") {
            continue;
        }
        let text = read(&path);
        assert!(
            !text.contains("tower_lsp") && !text.contains("lsp_types"),
            "{}",
            path.display()
        );
    }
}

/// The rooms of `rules/` that see the document as a whole; a check sees what its context gives it.
const RULES_OF_ALL: [&str; 4] = ["analysis.rs", "engine.rs", "fixture.rs", "silence.rs"];

#[test]
fn no_check_leaves_its_chunk_by_a_node() {
    let mut seen = 0;
    for path in sources("src/rules") {
        if !RULES_OF_ALL.iter().any(|name| path.ends_with(name)) {
            assert!(!read(&path).contains(".tree()"), "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 30, "the scan sees the rules");
}

#[test]
fn every_file_says_what_it_is_for() {
    for folder in ["src", "tests", "xtask/src", "benches"] {
        for path in sources(folder) {
            let text = read(&path);
            let first = text.lines().next().unwrap_or_default();
            assert!(
                first.starts_with("//! ") && first.len() > 20,
                "{}: {first}",
                path.display()
            );
        }
    }
}

#[test]
fn no_file_grows_beyond_one_purpose() {
    for folder in ["src", "tests", "xtask/src"] {
        for path in sources(folder) {
            // A feature's pictures stand together: the next one is written by looking at the last.
            let most = if path.ends_with("tests.rs") {
                2 * MOST_LINES
            } else {
                MOST_LINES
            };
            let lines = read(&path).lines().count();
            assert!(lines <= most, "{}: {lines} lines", path.display());
        }
    }
}

#[test]
fn nothing_is_left_undone_or_switched_off() {
    // Put together so that this file does not contain them.
    let words = [
        ["to", "do!("].concat(),
        ["unimpl", "emented!("].concat(),
        ["#[ig", "nore"].concat(),
        ["FIX", "ME"].concat(),
    ];
    for folder in ["src", "tests", "xtask/src", "benches"] {
        for path in sources(folder) {
            let text = read(&path);
            for word in &words {
                assert!(!text.contains(word), "{}: {word}", path.display());
            }
        }
    }
}
