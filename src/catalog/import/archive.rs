//! The CDK's packages as they are published: a wheel or source archive around a tarball of JavaScript.

use std::io::{self, Cursor, Read};
use std::path::Path;

/// One package of the CDK.
#[derive(Debug)]
pub struct Package {
    /// `ros-cdk-ecs`
    pub name: String,
    pub version: String,
    /// Day it was made, `2026-09-04`; empty where the file doesn't tell.
    pub date: String,
    /// The generated modules, with their path inside the package, sorted.
    pub modules: Vec<(String, String)>,
    /// The description of the API with its doc strings (`.jsii`, JSON); empty when the package has none.
    pub assembly: String,
}

/// Reads a wheel (`*.whl`) or source archive (`*.tar.gz`).
///
/// # Errors
/// When the file can't be read or holds no package of the CDK.
pub fn read(path: &Path) -> io::Result<Package> {
    let bytes = std::fs::read(path)?;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let inner = if file.ends_with(".whl") {
        inner_of_wheel(&bytes)?
    } else {
        inner_of_archive(&bytes)?
    };
    let Inner { name, tarball, date } =
        inner.ok_or_else(|| io::Error::other(format!("{file} holds no `_jsii/*.jsii.tgz`")))?;
    let stem = name
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".jsii.tgz");
    let (name, version) = stem.rsplit_once('@').unwrap_or((stem, ""));
    let mut modules = Vec::new();
    let mut assembly = String::new();
    for entry in tar::Archive::new(flate2::read::GzDecoder::new(Cursor::new(tarball))).entries()? {
        let mut entry = entry?;
        let path = entry.path()?.to_string_lossy().into_owned();
        if path.ends_with(".generated.js") {
            let mut text = String::new();
            entry.read_to_string(&mut text)?;
            modules.push((path, text));
        } else if path.ends_with("/.jsii") && assembly.is_empty() {
            entry.read_to_string(&mut assembly)?;
        } else if path.ends_with("/.jsii.gz") {
            // Then `.jsii` only says that this is the one.
            assembly.clear();
            flate2::read::GzDecoder::new(entry).read_to_string(&mut assembly)?;
        }
    }
    modules.sort();
    Ok(Package {
        name: name.to_owned(),
        version: version.to_owned(),
        date,
        modules,
        assembly,
    })
}

/// The tarball of JavaScript, with its file name.
struct Inner {
    name: String,
    tarball: Vec<u8>,
    date: String,
}

fn inner_of_wheel(bytes: &[u8]) -> io::Result<Option<Inner>> {
    let mut wheel = zip::ZipArchive::new(Cursor::new(bytes)).map_err(io::Error::other)?;
    for index in 0..wheel.len() {
        let mut file = wheel.by_index(index).map_err(io::Error::other)?;
        if file.name().ends_with(".jsii.tgz") {
            let made = file.last_modified();
            let mut inner = Inner {
                name: file.name().to_owned(),
                tarball: Vec::new(),
                date: made.map_or(String::new(), |made| {
                    format!("{:04}-{:02}-{:02}", made.year(), made.month(), made.day())
                }),
            };
            file.read_to_end(&mut inner.tarball)?;
            return Ok(Some(inner));
        }
    }
    Ok(None)
}

fn inner_of_archive(bytes: &[u8]) -> io::Result<Option<Inner>> {
    for entry in tar::Archive::new(flate2::read::GzDecoder::new(Cursor::new(bytes))).entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if name.ends_with(".jsii.tgz") {
            let mut tarball = Vec::new();
            entry.read_to_end(&mut tarball)?;
            return Ok(Some(Inner {
                name,
                tarball,
                // Source archives are of retired packages only.
                date: String::new(),
            }));
        }
    }
    Ok(None)
}
