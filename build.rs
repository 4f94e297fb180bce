//! Packs the catalog's facts (`src/catalog/data/*.json`) and briefs (`src/catalog/briefs/*.json`) into files that the
//! library embeds; see `catalog/store.rs`.
//! Writes the tables of association properties (`src/language/association/`) as Rust, so that nothing is read at start.
//! Tells the binary which packages of the CDK the facts were read from, and of which release most of them are.

#[path = "build/association.rs"]
mod association;

use flate2::{Compression, write::DeflateEncoder};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::{env, fs};

fn main() {
    let types = pack("src/catalog/data", "catalog.bin");
    let sources = sources(Path::new("src/catalog/data/sources.json"));
    let release = cdk_release(&sources);
    println!("cargo::rustc-env=ROS_CATALOG_RELEASE={release}");
    println!("cargo::rustc-env=ROS_CATALOG={release}, {types} resource types");
    write("packages.txt", packages(&sources).as_bytes());
    pack("src/catalog/briefs", "briefs.bin");
    write("association.rs", association::tables().as_bytes());
}

/// Packs the maps in a folder's files, one record for each of their keys; returns how many there are.
fn pack(folder: &str, name: &str) -> usize {
    let folder = Path::new(folder);
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut types: BTreeMap<String, Value> = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry of the folder").path();
        if path.extension().is_none_or(|ending| ending != "json") || path.ends_with("sources.json") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a data file is UTF-8");
        let file: BTreeMap<String, Value> =
            serde_json::from_str(&text).expect("a data file is a map of types");
        types.extend(file);
    }
    let mut heads = Vec::new();
    let mut records = Vec::new();
    for (name, record) in &types {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder
            .write_all(record.to_string().as_bytes())
            .expect("memory can be written");
        let packed = encoder.finish().expect("memory can be written");
        heads.push(u8::try_from(name.len()).expect("a type's name is short"));
        heads.extend_from_slice(name.as_bytes());
        heads.extend_from_slice(&(packed.len() as u32).to_le_bytes());
        records.extend_from_slice(&packed);
    }
    let mut out = (types.len() as u32).to_le_bytes().to_vec();
    out.extend_from_slice(&heads);
    out.extend_from_slice(&records);
    write(name, &out);
    types.len()
}

fn write(name: &str, bytes: &[u8]) {
    let folder = env::var_os("OUT_DIR").expect("cargo names the folder");
    fs::write(Path::new(&folder).join(name), bytes).expect("the output folder can be written");
}

fn sources(path: &Path) -> BTreeMap<String, Value> {
    let text = fs::read_to_string(path).expect("the sources are written down");
    serde_json::from_str(&text).expect("the sources are a map")
}

/// Name, version and SHA-256 of each package, one a line; see `catalog/docs/fetch.rs`.
fn packages(sources: &BTreeMap<String, Value>) -> String {
    let line = |(name, source): (&String, &Value)| {
        let (version, digest) = (source["version"].as_str()?, source["sha256"].as_str()?);
        Some(format!("{name} {version} {digest}\n"))
    };
    sources.iter().filter_map(line).collect()
}

/// `ROS CDK 1.15.0 (2026-09-07)`: the version that most packages have, for they are released together while retired ones
/// stay behind, and the newest day of these.
fn cdk_release(sources: &BTreeMap<String, Value>) -> String {
    let mut packages: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for source in sources.values() {
        if let Some(version) = source["version"].as_str() {
            let (count, newest) = packages.entry(version).or_default();
            *count += 1;
            *newest = (*newest).max(source["date"].as_str().unwrap_or_default());
        }
    }
    let most = packages.iter().max_by_key(|(_, (count, _))| *count);
    most.map_or_else(String::new, |(version, (_, date))| {
        format!("ROS CDK {version} ({date})")
    })
}
