//! `cargo xtask catalog`: CDK packages and pages → `src/catalog/data/*.json`, or a report on them.

use crate::report::{self, Agreement};
use crate::{contract, say, validated};
use clap::{Args, ValueEnum};
use ros_lsp::catalog::import::merge::{Conflict, merge};
use ros_lsp::catalog::import::{Described, folder, pages};
use ros_lsp::catalog::prose::{Prose, TypeProse};
use ros_lsp::catalog::{Property, ResourceType, Source, record};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

#[derive(Args)]
pub(crate) struct Options {
    #[arg(value_enum, default_value = "build")]
    action: Action,
    /// Folder with the CDK's packages (`ros_cdk_*.whl`, `ros-cdk-*.tar.gz`), as `pip download --no-deps` leaves them
    #[arg(long, value_name = "DIR")]
    wheels: PathBuf,
    /// Folder with property-table pages (`*.md`), which complete the CDK's facts; of several the first goes before
    #[arg(long, value_name = "DIR", required = true)]
    pages: Vec<PathBuf>,
    /// The wheel of the pinned `iac-code` (`pip download --no-deps iac-code==0.16.0`), which completes types and attributes
    #[arg(long, value_name = "WHEEL")]
    validator: PathBuf,
    /// Write nothing; fail if the committed data are not what the packages give
    #[arg(long)]
    check: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Action {
    /// Write the committed facts
    Build,
    /// Print figures, what could not be read, and each decision between sources that disagree
    Report,
    /// Print each fact mined from prose beside the text it stands in, for review
    Mined,
}

/// All that the sources say.
#[derive(Default)]
pub(crate) struct Sources {
    /// Merged facts, with the packages' prose.
    pub(crate) types: BTreeMap<String, Described>,
    pub(crate) conflicts: Vec<Conflict>,
    /// Of doc strings with what is enforced.
    pub(crate) agreement: Agreement,
    /// What could not be read in pages.
    pub(crate) problems: Vec<pages::Problem>,
    /// Prose of the pages, folder by folder.
    pub(crate) page_prose: Vec<Prose>,
    /// Versions and digests.
    names: Map<String, Value>,
}

/// Where the committed data are.
fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/catalog/data")
}

pub(crate) fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let mut sources = Sources::default();
    sources.read_packages(&options.wheels)?;
    let mut digests = Vec::new();
    for folder in &options.pages {
        digests.push(sources.read_pages(folder)?);
    }
    sources.names.insert("pages".into(), digests.into());
    let contract = contract::read(&options.validator)?;
    let added = validated::merge(&mut sources.types, &contract.resources);
    sources.names.insert("validator".into(), contract.source);
    sources.add_retired()?;
    sources.conflicts.sort();
    match options.action {
        Action::Build => {
            say(&format!(
                "{} types and {} attributes from the validator alone",
                added.types, added.attributes
            ));
            say(&report::counts(sources.types.values().map(|each| &each.facts)));
            store(&files(&sources)?, options.check)
        }
        Action::Report => Ok(report::print(&sources, &mut io::stdout().lock())?),
        Action::Mined => Ok(report::mined(&sources, &mut io::stdout().lock())?),
    }
}

impl Sources {
    fn read_packages(&mut self, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
        for path in folder::packages(folder)? {
            let package = folder::read_package(&path)?;
            let digest = hex(&Sha256::digest(fs::read(&path)?));
            let mut source = json!({"version": package.version, "sha256": digest});
            if !package.date.is_empty() {
                source["date"] = package.date.as_str().into();
            }
            self.names.insert(package.name, source);
            for described in package.types {
                self.take_type(described);
            }
        }
        self.names.sort_keys();
        Ok(())
    }

    fn take_type(&mut self, mut described: Described) {
        let documented = Described {
            facts: described.mined(Source::CdkDoc),
            ..Described::default()
        };
        self.agreement
            .compare(&described.facts.properties, &documented.facts.properties);
        let name = described.facts.name.clone();
        let merged = merge(Some(described), &documented, &mut self.conflicts);
        self.types.insert(name, merged);
    }

    /// What the packages say in sentences.
    pub(crate) fn prose(&self) -> Prose {
        let told = self
            .types
            .iter()
            .filter(|(_, each)| each.prose != TypeProse::default());
        Prose {
            language: "en".to_owned(),
            types: told
                .map(|(name, each)| (name.clone(), each.prose.clone()))
                .collect(),
        }
    }

    /// Adds properties that neither packages nor pages know, and that templates have from earlier times.
    fn add_retired(&mut self) -> Result<(), serde_json::Error> {
        let retired: BTreeMap<String, Vec<String>> = serde_json::from_str(include_str!("../retired.json"))?;
        for (name, properties) in retired {
            let Some(described) = self.types.get_mut(&name) else {
                continue;
            };
            for property in properties {
                if described.facts.property(&property).is_none() {
                    described.facts.properties.push(Property {
                        name: property,
                        retired: true,
                        ..Property::default()
                    });
                }
            }
        }
        Ok(())
    }

    /// Completes the types with the pages' facts; returns the number of pages and the digest of their texts.
    fn read_pages(&mut self, folder: &Path) -> io::Result<Value> {
        let paths = folder::pages(folder)?;
        let mut digest = Sha256::new();
        let mut prose = Prose {
            language: folder
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            ..Prose::default()
        };
        for path in &paths {
            let text = fs::read_to_string(path)?;
            digest.update(text.as_bytes());
            let page = pages::read(&text, &path.display().to_string());
            if page.types.is_empty() {
                say(&format!("{}: describes no resource type", path.display()));
            }
            self.problems.extend(page.problems);
            for described in page.types {
                let name = described.facts.name.clone();
                let base = self.types.remove(&name);
                let merged = merge(base, &described, &mut self.conflicts);
                self.types.insert(name.clone(), merged);
                prose.types.insert(name, described.prose);
            }
        }
        self.page_prose.push(prose);
        Ok(json!({"files": paths.len(), "sha256": hex(&digest.finalize())}))
    }
}

fn files(sources: &Sources) -> Result<BTreeMap<String, String>, serde_json::Error> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut products: BTreeMap<String, Vec<&ResourceType>> = BTreeMap::new();
    for each in sources.types.values() {
        products
            .entry(product(&each.facts.name))
            .or_default()
            .push(&each.facts);
    }
    for (product, types) in products {
        files.insert(format!("{product}.json"), write_product(&types));
    }
    files.insert(
        "sources.json".into(),
        serde_json::to_string_pretty(&sources.names)? + "\n",
    );
    Ok(files)
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
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
        if let Some(reference) = value.get("ref") {
            out.push_str(&format!(" \"ref\": {reference},\n"));
        }
        out.push_str(" \"properties\": ");
        match each.properties_unknown {
            true => out.push_str("null"),
            false => write_properties(&mut out, &value["properties"], 1),
        }
        for key in ["attributes", "attributesOpen", "given", "from"] {
            if let Some(fact) = value.get(key) {
                out.push_str(&format!(",\n \"{key}\": {fact}"));
            }
        }
        out.push_str("\n}");
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
