//! `cargo xtask catalog`: CDK packages → `src/catalog/data/*.json`.

use crate::say;
use clap::Args;
use ros_lsp::catalog::import::{archive, cdk, pages};
use ros_lsp::catalog::{Property, ResourceType, record};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

#[derive(Args)]
pub(crate) struct Options {
    /// Folder with the CDK's packages (`ros_cdk_*.whl`, `ros-cdk-*.tar.gz`), as `pip download --no-deps` leaves them
    #[arg(long, value_name = "DIR")]
    wheels: PathBuf,
    /// Folder with property-table pages (`*.md`, English), which complete the CDK's facts
    #[arg(long, value_name = "DIR")]
    pages: PathBuf,
    /// Write nothing; fail if the committed data are not what the packages give
    #[arg(long)]
    check: bool,
}

/// Where the committed data are.
fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/catalog/data")
}

pub(crate) fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let mut types: BTreeMap<String, ResourceType> = BTreeMap::new();
    let mut sources = Map::new();
    for path in packages(&options.wheels)? {
        let package = archive::read(&path)?;
        let digest = Sha256::digest(fs::read(&path)?);
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        sources.insert(
            package.name.clone(),
            json!({"version": package.version, "sha256": digest}),
        );
        for (module, text) in &package.modules {
            let found =
                cdk::resource_types(text).map_err(|error| format!("{} {module}: {error}", package.name))?;
            types.extend(found.into_iter().map(|each| (each.name.clone(), each)));
        }
    }
    sources.sort_keys();
    sources.insert("pages".into(), merge_pages(&options.pages, &mut types)?);
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut products: BTreeMap<String, Vec<&ResourceType>> = BTreeMap::new();
    for each in types.values() {
        products.entry(product(&each.name)).or_default().push(each);
    }
    for (product, types) in products {
        files.insert(format!("{product}.json"), write_product(&types));
    }
    files.insert(
        "sources.json".into(),
        serde_json::to_string_pretty(&Value::Object(sources))? + "\n",
    );
    count(&types);
    store(&files, options.check)
}

fn packages(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("ros") && (name.ends_with(".whl") || name.ends_with(".tar.gz"))
        })
        .collect();
    found.sort();
    Ok(found)
}

/// Completes the types with the pages' facts; returns the number of pages and the digest of their texts.
fn merge_pages(folder: &Path, types: &mut BTreeMap<String, ResourceType>) -> io::Result<Value> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    paths.sort();
    let mut digest = Sha256::new();
    for path in &paths {
        let text = fs::read_to_string(path)?;
        digest.update(text.as_bytes());
        let Some(page) = pages::read(&text) else {
            say(&format!("{}: describes no resource type", path.display()));
            continue;
        };
        for (line, problem) in &page.problems {
            say(&format!("{}:{line}: {problem}", path.display()));
        }
        let name = page.resource_type.name.clone();
        let enforced = types.remove(&name);
        types.insert(name, pages::merge(enforced, page.resource_type));
    }
    let digest: String = digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(json!({"files": paths.len(), "sha256": digest}))
}

/// `ALIYUN::ECS::VPC` → `ecs`.
fn product(type_name: &str) -> String {
    type_name.split("::").nth(1).unwrap_or("other").to_lowercase()
}

/// One property a line, so that a change of the facts reads as a change of lines.
fn write_product(types: &[&ResourceType]) -> String {
    let mut out = String::from("{\n");
    for (index, each) in types.iter().enumerate() {
        let value = record::to_json(each);
        out.push_str(&format!("{}: {{\n", Value::from(each.name.as_str())));
        if let Some(retired) = value.get("retired") {
            out.push_str(&format!(" \"retired\": {retired},\n"));
        }
        out.push_str(" \"properties\": ");
        write_properties(&mut out, &value["properties"], 1);
        out.push_str(&format!(",\n \"attributes\": {}\n}}", value["attributes"]));
        out.push_str(if index + 1 < types.len() { ",\n" } else { "\n" });
    }
    out.push_str("}\n");
    out
}

fn write_properties(out: &mut String, properties: &Value, depth: usize) {
    let empty = Map::new();
    let properties = properties.as_object().unwrap_or(&empty);
    if properties.is_empty() {
        out.push_str("{}");
        return;
    }
    let indent = " ".repeat(depth);
    out.push('{');
    for (index, (name, record)) in properties.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        let mut own = record.as_object().cloned().unwrap_or_default();
        let nested = own.shift_remove("properties");
        let own = Value::Object(own).to_string();
        out.push_str(&format!("{indent} {}: ", Value::from(name.as_str())));
        match nested {
            Some(nested) => {
                out.push_str(&own[..own.len() - 1]);
                out.push_str(",\"properties\": ");
                write_properties(out, &nested, depth + 1);
                out.push('}');
            }
            None => out.push_str(&own),
        }
    }
    out.push_str(&format!("\n{indent}}}"));
}

fn count(types: &BTreeMap<String, ResourceType>) {
    fn nested(properties: &[Property]) -> usize {
        properties
            .iter()
            .map(|property| property.properties.len() + nested(&property.properties))
            .sum()
    }
    let sources = types
        .keys()
        .filter(|name| name.starts_with("DATASOURCE::"))
        .count();
    let top: usize = types.values().map(|each| each.properties.len()).sum();
    let deep: usize = types.values().map(|each| nested(&each.properties)).sum();
    let attributes: usize = types.values().map(|each| each.attributes.len()).sum();
    let all = types.len();
    say(&format!(
        "{all} types ({sources} data sources), {top} properties, {deep} nested, {attributes} attributes"
    ));
}

/// Writes the files and removes those that are no longer made; with `check`, only compares.
fn store(files: &BTreeMap<String, String>, check: bool) -> Result<(), Box<dyn std::error::Error>> {
    let folder = data();
    fs::create_dir_all(&folder)?;
    let mut stale = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !files.contains_key(&name) {
            stale.push(name.clone());
            if !check {
                fs::remove_file(folder.join(name))?;
            }
        }
    }
    for (name, text) in files {
        if fs::read_to_string(folder.join(name)).ok().as_deref() != Some(text) {
            stale.push(name.clone());
            if !check {
                fs::write(folder.join(name), text)?;
            }
        }
    }
    if check && !stale.is_empty() {
        return Err(format!("not current: {}", stale.join(", ")).into());
    }
    say(&format!("{} files, {} changed", files.len(), stale.len()));
    Ok(())
}
