//! From sources to packs: packages of the CDK and property-table pages become the prose of each language.

use super::format::{self, Head, SourceNote};
use super::progress::{Progress, Stage};
use crate::catalog::import::{Described, folder, pages};
use crate::catalog::prose::{Prose, TypeProse};
use crate::catalog::{Property, Source};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{fs, io};

/// The language of the CDK's packages.
pub const CDK_LANGUAGE: &str = "en";

/// The name under which pages are noted as a source.
pub const PAGES: &str = "pages";

/// The prose of one language, and where it comes from.
#[derive(Debug, Default)]
pub struct Material {
    prose: Prose,
    sources: Vec<SourceNote>,
    /// The properties that the sources name, by type and path.
    properties: BTreeSet<(String, String)>,
}

/// Reads packages of the CDK, several at a time.
///
/// # Errors
/// With a message when a file is no package that can be read, or when it is cancelled.
pub fn from_packages(paths: &[PathBuf], progress: &dyn Progress) -> Result<Material, String> {
    progress.begin(Stage::Read, paths.len());
    let parts: Vec<Material> = paths
        .par_iter()
        .map(|path| {
            stop_if_cancelled(progress)?;
            let package = folder::read_package(path)?;
            progress.step(&package.name);
            let mut material = Material::of(CDK_LANGUAGE);
            material.sources.push(SourceNote {
                name: package.name,
                version: package.version,
            });
            for mut described in package.types {
                // Notes the meanings of values beside the descriptions.
                described.mined(Source::CdkDoc);
                material.take(described);
            }
            Ok(material)
        })
        .collect::<Result<_, String>>()?;
    let mut all = Material::of(CDK_LANGUAGE);
    for part in newest(parts) {
        all.complete(part);
    }
    all.sources.sort();
    Ok(all)
}

/// Of each package what its newest version says, by the packages' names.
fn newest(mut parts: Vec<Material>) -> Vec<Material> {
    parts.sort_by_key(|part| {
        let source = part.sources.first();
        source.map(|source| (source.name.clone(), Reverse(version_key(&source.version))))
    });
    let name = |part: &Material| part.sources.first().map(|source| source.name.clone());
    parts.dedup_by(|later, kept| name(later) == name(kept));
    parts
}

/// The numbers of a version, to compare: `1.10.0` is newer than `1.9.0`.
fn version_key(version: &str) -> Vec<u64> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// Reads a folder of pages. Their language is `language`, or else told by their text.
///
/// # Errors
/// With a message when the folder holds no pages of resource types, or when it is cancelled.
pub fn from_pages(
    folder: &Path,
    language: Option<&str>,
    progress: &dyn Progress,
) -> Result<Material, String> {
    let paths = folder::pages(folder).map_err(|error| unreadable(folder, &error))?;
    progress.begin(Stage::Read, paths.len());
    let texts: Vec<String> = paths
        .par_iter()
        .map(|path| fs::read_to_string(path).map_err(|error| unreadable(path, &error)))
        .collect::<Result<_, _>>()?;
    let language = language.unwrap_or_else(|| folder::language_of(&texts.concat()));
    let read: Vec<Vec<Described>> = paths
        .par_iter()
        .zip(&texts)
        .map(|(path, text)| {
            stop_if_cancelled(progress)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let page = pages::read(text, &name);
            progress.step(&name);
            Ok(page.types)
        })
        .collect::<Result<_, String>>()?;
    let mut material = Material::of(language);
    for described in read.into_iter().flatten() {
        material.take(described);
    }
    if material.prose.types.is_empty() {
        return Err(format!(
            "`{}` holds no page that describes a resource type (`*.md` with the heading `# TYPE` and a table of properties)",
            folder.display()
        ));
    }
    let mut digest = Sha256::new();
    for text in &texts {
        digest.update(text.as_bytes());
    }
    material.sources.push(SourceNote {
        name: PAGES.into(),
        version: hex(&digest.finalize()),
    });
    Ok(material)
}

impl Material {
    fn of(language: &str) -> Material {
        Material {
            prose: Prose {
                language: language.to_owned(),
                ..Prose::default()
            },
            ..Material::default()
        }
    }

    pub fn language(&self) -> &str {
        &self.prose.language
    }

    /// Takes what `other`, of the same language, says and this does not.
    pub fn complete(&mut self, other: Material) {
        self.prose.complete(other.prose);
        self.sources.extend(other.sources);
        self.properties.extend(other.properties);
    }

    /// The pack's head and bytes.
    ///
    /// # Errors
    /// When the prose is too large for the format.
    pub fn pack(&self, built: &str) -> io::Result<(Head, Vec<u8>)> {
        let described = |(name, path): &&(String, String)| {
            let said = self
                .prose
                .types
                .get(name)
                .and_then(|each| each.properties.get(path));
            said.is_some_and(|said| !said.description.is_empty())
        };
        let head = Head {
            language: self.prose.language.clone(),
            built: built.to_owned(),
            types: self.prose.types.len(),
            properties: self.properties.len(),
            described: self.properties.iter().filter(described).count(),
            attributes: self.prose.types.values().map(|each| each.attributes.len()).sum(),
            sources: self.sources.clone(),
        };
        let bytes = format::pack(&head, &self.prose)?;
        Ok((head, bytes))
    }

    fn take(&mut self, described: Described) {
        let name = described.facts.name;
        list(&described.facts.properties, "", &mut |path| {
            self.properties.insert((name.clone(), path));
        });
        if described.prose != TypeProse::default() {
            let types = BTreeMap::from([(name, described.prose)]);
            self.prose.complete(Prose {
                types,
                ..Prose::default()
            });
        }
    }
}

/// Today, `YYYY-MM-DD`, in UTC.
pub fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    date(since.as_secs() / 86_400)
}

/// The path of each property, as prose has it.
fn list(properties: &[Property], above: &str, found: &mut impl FnMut(String)) {
    for property in properties {
        let path = match above {
            "" => property.name.clone(),
            above => format!("{above}.{}", property.name),
        };
        list(&property.properties, &path, found);
        found(path);
    }
}

/// The date so many days after 1970-01-01.
fn date(mut days: u64) -> String {
    let is_leap =
        |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [
        31,
        28 + u64::from(is_leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
    ] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", days + 1)
}

pub(super) fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The message of work that was cancelled.
pub const CANCELLED: &str = "cancelled";

fn stop_if_cancelled(progress: &dyn Progress) -> Result<(), String> {
    if progress.is_cancelled() {
        return Err(CANCELLED.to_owned());
    }
    Ok(())
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    format!("`{}` cannot be read: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::super::progress::Silent;
    use super::*;

    const ENGLISH: &str = "# ALIYUN::X::Thing\n\nMakes a thing.\n\n## Properties\n\n\
        | Property | Type | Required | Editable | Description | Constraint |\n\
        |---|---|---|---|---|---|\n\
        | Size | Integer | Yes | No | How big. | Valid values: 1 to 9. |\n\
        | Name | String | No | No |  | None |\n";
    const CHINESE: &str = "# ALIYUN::X::Thing\n\n创建一个东西，用于测试页面的语言。\n\n## 属性\n\n\
        | 属性名称 | 类型 | 必须 | 允许更新 | 描述 | 约束 |\n\
        |---|---|---|---|---|---|\n\
        | Size | Integer | 是 | 否 | 东西的大小。 | 取值范围：1~9。 |\n";

    fn folder_of(text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thing.md"), text).unwrap();
        folder
    }

    #[test]
    fn dates() {
        for (days, text) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (19_782, "2024-02-29"),
            (19_783, "2024-03-01"),
            (20_088, "2024-12-31"),
            (11_016, "2000-02-29"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(date(days), text);
        }
    }

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert!(version_key("1.10.0") > version_key("1.9.3"));
        assert!(version_key("1.9.0") < version_key("1.9.0.1"));
    }

    #[test]
    fn of_several_versions_of_a_package_the_newest_counts() {
        let part = |(name, version): (&str, &str)| {
            let mut material = Material::of(CDK_LANGUAGE);
            material.sources.push(SourceNote {
                name: name.into(),
                version: version.into(),
            });
            material
        };
        let given = [("b", "1.9.0"), ("a", "2.0"), ("b", "1.10.0"), ("b", "1.8.0")];
        let kept: Vec<(String, String)> = newest(given.map(part).into())
            .into_iter()
            .flat_map(|part| part.sources)
            .map(|source| (source.name, source.version))
            .collect();
        assert_eq!(kept, [("a".into(), "2.0".into()), ("b".into(), "1.10.0".into())]);
    }

    #[test]
    fn pages_give_a_pack_in_their_language() {
        for (text, language, size) in [(ENGLISH, "en", "How big."), (CHINESE, "zh-CN", "东西的大小。")]
        {
            let folder = folder_of(text);
            let material = from_pages(folder.path(), None, &Silent).unwrap();
            assert_eq!(material.language(), language);
            let property = material.prose.property("ALIYUN::X::Thing", &["Size"]).unwrap();
            assert_eq!(property.description, size);
            let chosen = from_pages(folder.path(), Some("ja"), &Silent).unwrap();
            assert_eq!(chosen.language(), "ja");
        }
    }

    #[test]
    fn what_is_described_is_counted() {
        let folder = folder_of(ENGLISH);
        let material = from_pages(folder.path(), None, &Silent).unwrap();
        let (head, bytes) = material.pack("2024-02-29").unwrap();
        assert_eq!((head.types, head.properties, head.described), (1, 2, 1));
        assert_eq!(head.sources[0].name, "pages");
        assert_eq!(bytes, material.pack("2024-02-29").unwrap().1);
    }

    #[test]
    fn the_first_source_goes_before() {
        let (one, two) = (
            folder_of(ENGLISH),
            folder_of(
                &ENGLISH
                    .replace("How big.", "Other.")
                    .replace("|  | None", "| Its name. | None"),
            ),
        );
        let mut material = from_pages(one.path(), None, &Silent).unwrap();
        material.complete(from_pages(two.path(), None, &Silent).unwrap());
        let said = |name: &str| material.prose.property("ALIYUN::X::Thing", &[name]).unwrap();
        assert_eq!(said("Size").description, "How big.");
        assert_eq!(said("Name").description, "Its name.");
        assert_eq!(material.pack("").unwrap().0.described, 2);
    }

    #[test]
    fn a_folder_without_pages_says_so() {
        let folder = folder_of("# Notes\n\nnothing\n");
        let problem = from_pages(folder.path(), None, &Silent).unwrap_err();
        assert!(problem.contains("holds no page"), "{problem}");
        let problem = from_pages(&folder.path().join("none"), None, &Silent).unwrap_err();
        assert!(problem.contains("cannot be read"), "{problem}");
    }
}
