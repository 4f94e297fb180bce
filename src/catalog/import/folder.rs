//! Folders of sources: the CDK's packages and property-table pages, found and read.

use super::{Described, archive, assembly::Docs, cdk};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What one package of the CDK says.
#[derive(Debug)]
pub struct Package {
    /// `ros-cdk-ecs`
    pub name: String,
    pub version: String,
    /// The day it was made, `YYYY-MM-DD`; empty when its archive does not say.
    pub date: String,
    /// In the order of the package's modules.
    pub types: Vec<Described>,
}

/// The CDK's packages in a folder (`ros_cdk_*.whl`, `ros-cdk-*.tar.gz`, `ros_cdk_*.tar.gz`), sorted. Other packages whose
/// names start with `ros` are those of the Robot Operating System.
///
/// # Errors
/// When the folder can't be read.
pub fn packages(folder: &Path) -> io::Result<Vec<PathBuf>> {
    files(folder, |name| {
        let is_wheel = name.starts_with("ros_cdk_") && name.ends_with(".whl");
        let has_source_name = name.starts_with("ros-cdk-") || name.starts_with("ros_cdk_");
        is_wheel || has_source_name && name.ends_with(".tar.gz")
    })
}

/// The pages in a folder (`*.md`), sorted.
///
/// # Errors
/// When the folder can't be read.
pub fn pages(folder: &Path) -> io::Result<Vec<PathBuf>> {
    files(folder, |name| name.ends_with(".md"))
}

/// Reads a package.
///
/// # Errors
/// With package and place when the file is no package of the CDK, or one whose code is not as expected.
pub fn read_package(path: &Path) -> Result<Package, String> {
    let package = archive::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let docs = Docs::read(&package.assembly).map_err(|error| format!("{} .jsii: {error}", package.name))?;
    let mut types = Vec::new();
    for (module, text) in &package.modules {
        let found = cdk::resource_types(text, &docs);
        types.extend(found.map_err(|error| format!("{} {module}: {error}", package.name))?);
    }
    Ok(Package {
        name: package.name,
        version: package.version,
        date: package.date,
        types,
    })
}

/// The language that pages are written in, by their characters: `zh-CN` or `en`. Examples are Latin in every language and
/// can be most of a page, so that one Chinese letter in fifty is plenty.
pub fn language_of(text: &str) -> &'static str {
    let (mut letters, mut chinese) = (0usize, 0usize);
    for character in text.chars().filter(|character| character.is_alphabetic()) {
        letters += 1;
        chinese += usize::from(matches!(character, '\u{4e00}'..='\u{9fff}'));
    }
    if chinese * 50 > letters { "zh-CN" } else { "en" }
}

fn files(folder: &Path, wanted: fn(&str) -> bool) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if wanted(&entry.file_name().to_string_lossy()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_a_page() {
        let english = "| Property | Type |\n| PayType (付) | String | No | The billing method of the resource to be made. |";
        assert_eq!(language_of(english), "en");
        let chinese = "| 属性名称 | 类型 | 必须 |\n| PayType | String | 否 | 资源的付费类型。取值：PrePaid、PostPaid。 |";
        assert_eq!(language_of(chinese), "zh-CN");
        assert_eq!(language_of(""), "en");
    }

    #[test]
    fn files_by_their_names_sorted() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "ros_cdk_b-1-py3-none-any.whl",
            "ros-cdk-a-1.tar.gz",
            "b.md",
            "a.md",
            "other.whl",
            "rosbags-0.9-py3-none-any.whl",
            "rospkg-1.5.0.tar.gz",
            "ros_cdk_c-1.tar.gz",
        ] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let names = |paths: Vec<PathBuf>| -> Vec<String> {
            paths
                .iter()
                .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
                .collect()
        };
        assert_eq!(
            names(packages(folder.path()).unwrap()),
            [
                "ros-cdk-a-1.tar.gz",
                "ros_cdk_b-1-py3-none-any.whl",
                "ros_cdk_c-1.tar.gz"
            ]
        );
        assert_eq!(names(pages(folder.path()).unwrap()), ["a.md", "b.md"]);
        assert!(pages(&folder.path().join("none")).is_err());
        let problem = read_package(&folder.path().join("ros-cdk-a-1.tar.gz")).unwrap_err();
        assert!(problem.contains("ros-cdk-a-1.tar.gz"), "{problem}");
    }
}
