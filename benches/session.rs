//! What an editor feels, over the real pipes: start, keystroke → diagnostics, answers under the cursor, memory.

#![allow(clippy::print_stdout)] // A bench prints its figures.

#[path = "../tests/lsp/client.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod client;
#[path = "../tests/support/large.rs"]
mod large;

use client::{Client, at, did_change, document};
use ros_lsp::catalog::docs::folder;
use ros_lsp::catalog::docs::format::{self, Head};
use ros_lsp::catalog::prose::{PropertyProse, Prose, TypeProse};
use ros_lsp::catalog::{Catalog, Property};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

const ROUNDS: usize = 200;

fn main() {
    // `cargo test --benches` and list runs only have to compile this.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    start();
    documentation();
    for lines in [1_000, 2_000, 50_000] {
        for format in ["yml", "json"] {
            session(lines, format);
        }
    }
}

/// Process start → answer to `initialize`.
fn start() {
    let times = (0..20).map(|_| {
        let begin = Instant::now();
        let mut client = Client::start();
        client.request("initialize", json!({ "capabilities": {} }));
        begin.elapsed()
    });
    report("spawn → initialize answered", times.collect());
}

/// The same without and with a docs pack of every type, the first hover, which opens it, and the memory of all that.
fn documentation() {
    let packs = tempfile::tempdir().expect("a folder");
    documented("without a docs pack", packs.path(), "CidrBlock");
    install_pack(packs.path());
    documented("with a docs pack", packs.path(), "A sentence");
}

/// `sign`: what the hover must say.
fn documented(name: &str, packs: &Path, sign: &str) {
    let uri = "file:///project/bench.ros.yml";
    let template =
        "Resources:\n  Vpc:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      CidrBlock: 10.0.0.0/8\n";
    let (mut starts, mut hovers, mut memory) = (Vec::new(), Vec::new(), 0);
    for _ in 0..20 {
        let begin = Instant::now();
        let mut client = Client::start_with(|command| {
            command.env("ROS_LSP_DOCS", packs);
        });
        client.request("initialize", json!({ "capabilities": {} }));
        starts.push(begin.elapsed());
        client.notify("initialized", json!({}));
        client.open(uri, template);
        client.published(uri);
        let begin = Instant::now();
        let hover = client.request("textDocument/hover", at(uri, 4, 8));
        hovers.push(begin.elapsed());
        assert!(hover.to_string().contains(sign), "the hover says {sign}: {hover}");
        memory = memory.max(client.peak_memory());
    }
    report(&format!("{name}: spawn → initialize answered"), starts);
    report(&format!("{name}: first hover"), hovers);
    println!("{name}: peak memory {:.1} MiB", memory as f64 / 1024.0 / 1024.0);
}

/// A pack with some sentences about every property of the catalog.
fn install_pack(into: &Path) {
    fn add(properties: &[Property], above: &str, told: &mut BTreeMap<String, PropertyProse>) {
        for property in properties {
            let path = format!("{above}{}", property.name);
            let description =
                format!("A sentence about {path} that is as long as such sentences are. ").repeat(3);
            add(&property.properties, &format!("{path}."), told);
            let prose = PropertyProse {
                description,
                ..PropertyProse::default()
            };
            told.insert(path, prose);
        }
    }
    let catalog = Catalog::embedded();
    let mut prose = Prose::default();
    for name in catalog.type_names() {
        let known = catalog.resource_type(name).expect("a known type");
        let mut told = TypeProse::default();
        add(&known.properties, "", &mut told.properties);
        prose.types.insert(name.to_owned(), told);
    }
    let pack = format::pack(&Head::default(), &prose).expect("a pack");
    folder::store(into, "en", &pack).expect("the pack is stored");
}

fn session(lines: usize, format: &str) {
    let uri = format!("file:///project/bench.ros.{format}");
    let template = if format == "json" {
        large::json_template(lines)
    } else {
        large::yaml_template(lines)
    };
    let name = format!("{} lines of {format}", template.lines().count());
    let mut client = Client::with(json!({ "general": { "positionEncodings": ["utf-16"] } }));
    // The findings of the keystrokes measured below wait for a pause, which none of them is.
    let begin = Instant::now();
    client.open(&uri, &template);
    let list = client.published_for(&uri, 1);
    println!(
        "{name}: open → diagnostics {:.2?}, {} findings",
        begin.elapsed(),
        list.len()
    );

    let (line, column) = middle(&template);
    let mut version = 1;
    let keystrokes = (0..ROUNDS).map(|round| {
        version += 1;
        let begin = Instant::now();
        client.send(&if round % 2 == 0 {
            did_change(&uri, version, [line, column, line, column], "x")
        } else {
            did_change(&uri, version, [line, column, line, column + 1], "")
        });
        client.published_for(&uri, version);
        begin.elapsed()
    });
    report(&format!("{name}: keystroke → diagnostics"), keystrokes.collect());
    for method in ["hover", "completion", "definition", "documentHighlight"] {
        ask(&mut client, &name, method, &at(&uri, line, column));
    }
    ask(&mut client, &name, "documentSymbol", &document(&uri));
    println!("{name}: peak memory {} MiB", client.peak_memory() / 1024 / 1024);
}

fn ask(client: &mut Client, name: &str, method: &str, params: &Value) {
    let times = (0..ROUNDS).map(|_| {
        let begin = Instant::now();
        client.request(&format!("textDocument/{method}"), params.clone());
        begin.elapsed()
    });
    report(&format!("{name}: {method}"), times.collect());
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!(
        "{what}: median {:.2?}, p95 {:.2?}, most {:.2?}",
        at(50),
        at(95),
        at(100)
    );
}

/// The end of the VPC's name in the middle of the template.
fn middle(template: &str) -> (u32, u32) {
    let lines: Vec<&str> = template.lines().collect();
    let at = (lines.len() / 2..lines.len())
        .find(|&line| lines[line].contains("Ref") && lines[line].contains("Vpc0"))
        .expect("there are references to the VPC in the second half");
    let column = lines[at].find("Vpc0").expect("they name the VPC") + 4;
    (at as u32, column as u32)
}
