//! `docs install`: fetch or find the sources, build a pack for each of their languages, put it in place.

use super::build::{self, CANCELLED, CDK_LANGUAGE, Material, PAGES};
use super::fetch::{self, Failure, Stopped};
use super::format::{Head, Pack};
use super::progress::Progress;
use super::{folder, language_of};
use crate::catalog::import;
use std::fmt;
use std::path::{Path, PathBuf};

/// What to install from, and where to.
#[derive(Clone, Debug)]
pub struct Request {
    /// A folder with packages of the CDK. Without it, and without pages, they are fetched.
    pub from: Option<PathBuf>,
    /// Folders with property-table pages; of several in one language the first goes before.
    pub pages: Vec<PathBuf>,
    /// The pages' language; without it their text tells.
    pub language: Option<String>,
    /// How many packages are fetched at a time.
    pub jobs: usize,
    /// Install although some packages could not be fetched.
    pub partial: bool,
    /// The folder of packs.
    pub packs: PathBuf,
    /// The folder of fetched packages.
    pub cache: PathBuf,
}

/// How many packages are fetched at a time unless the user says otherwise.
pub const JOBS: usize = 4;

/// A pack that was put in place.
#[derive(Clone, Debug)]
pub struct Installed {
    pub path: PathBuf,
    pub head: Head,
    /// Bytes.
    pub size: usize,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Report {
    pub packs: Vec<Installed>,
    /// Packages that are missing in the packs.
    pub failed: Vec<Failure>,
}

/// Why nothing was installed.
#[derive(Debug)]
pub enum Error {
    Cancelled,
    /// Some packages could not be fetched; the others wait in the cache.
    Missing {
        failed: Vec<Failure>,
        of: usize,
    },
    /// A message that says what to do.
    Failed(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Cancelled => {
                f.write_str("cancelled; packages that were fetched are kept for the next time")
            }
            Error::Missing { failed, of } => {
                for failure in failed {
                    writeln!(f, "{}: {}", failure.package, failure.why)?;
                }
                write!(
                    f,
                    "{} of {of} packages could not be fetched, so nothing was installed; run the command again to fetch only \
                     these, or add `--partial` to do without them",
                    failed.len()
                )
            }
            Error::Failed(message) => f.write_str(message),
        }
    }
}

impl Request {
    /// A request with the user's folders, to be fetched.
    ///
    /// # Errors
    /// With a message when the user has no home.
    pub fn of_user() -> Result<Request, String> {
        let homeless = |variable: &str| format!("there is no home folder; set `{variable}` to a folder");
        Ok(Request {
            from: None,
            pages: Vec::new(),
            language: None,
            jobs: JOBS,
            partial: false,
            packs: folder::packs().ok_or_else(|| homeless(folder::PACKS_VARIABLE))?,
            cache: folder::cache().ok_or_else(|| homeless(folder::CACHE_VARIABLE))?,
        })
    }
}

/// Installs packs. What was there before stays until its successor is whole.
///
/// # Errors
/// When nothing was installed.
pub fn install(request: &Request, progress: &dyn Progress) -> Result<Report, Error> {
    let language = match &request.language {
        Some(language) => Some(language_of(language).ok_or_else(|| {
            Error::Failed(format!(
                "`{language}` is no language; say for example `en` or `zh-CN`"
            ))
        })?),
        None => None,
    };
    let mut report = Report::default();
    let mut materials: Vec<Material> = Vec::new();
    for folder in &request.pages {
        let read = build::from_pages(folder, language.as_deref(), progress).map_err(failed)?;
        match materials
            .iter_mut()
            .find(|known| known.language() == read.language())
        {
            Some(known) => known.complete(read),
            None => materials.push(read),
        }
    }
    let packages = packages(request, &materials, progress, &mut report)?;
    if !packages.is_empty() {
        // The packages are newer than any page, so they go before.
        let mut read = build::from_packages(&packages, progress).map_err(failed)?;
        if let Some(at) = materials
            .iter()
            .position(|known| known.language() == CDK_LANGUAGE)
        {
            read.complete(materials.remove(at));
        }
        materials.insert(0, read);
    }
    let today = build::today();
    for material in materials {
        let stored = material.pack(&today).and_then(|(head, bytes)| {
            let path = folder::store(&request.packs, &head.language, &bytes)?;
            Ok(Installed {
                path,
                head,
                size: bytes.len(),
            })
        });
        let stored = stored.map_err(|error| {
            Error::Failed(format!(
                "`{}` cannot be written: {error}",
                request.packs.display()
            ))
        })?;
        report.packs.push(stored);
    }
    Ok(report)
}

/// How a pack's packages stand to those that this program's catalog was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Made from pages alone.
    NoPackages,
    /// The same packages.
    Same,
    /// So many of the catalog's packages are missing in the pack or have another version there.
    Differs(usize),
}

/// Whether a pack was made from the packages that this program knows.
pub fn fit(head: &Head) -> Fit {
    let has = |wanted: &fetch::Wanted| {
        let found = head.sources.iter().find(|source| source.name == wanted.name);
        found.is_some_and(|source| source.version == wanted.version)
    };
    if !head.sources.iter().any(|source| source.name != PAGES) {
        return Fit::NoPackages;
    }
    match fetch::own().iter().filter(|wanted| !has(wanted)).count() {
        0 => Fit::Same,
        differ => Fit::Differs(differ),
    }
}

/// The packages to read: those in the folder, those fetched, or, for pages alone, those that lie in the cache.
fn packages(
    request: &Request,
    materials: &[Material],
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<Vec<PathBuf>, Error> {
    let wanted = fetch::wanted().map_err(Error::Failed)?;
    if let Some(from) = &request.from {
        return packages_in(from);
    }
    if request.pages.is_empty() {
        let fetched = fetch::fetch(&wanted, &request.cache, request.jobs, progress).map_err(stopped)?;
        if !fetched.failed.is_empty() && (!request.partial || fetched.files.is_empty()) {
            let of = wanted.len();
            return Err(Error::Missing {
                failed: fetched.failed,
                of,
            });
        }
        report.failed = fetched.failed;
        return Ok(fetched.files);
    }
    if !materials.iter().any(|known| known.language() == CDK_LANGUAGE) {
        return Ok(Vec::new());
    }
    let cached = fetch::cached(&wanted, &request.cache);
    if cached.is_empty() && has_packages(&request.packs) {
        return Err(Error::Failed(
            "the English pack in place has the words of the CDK's packages, which the pages alone do not have, and the \
             packages are not in the cache; add `--from DIR` with the packages or run `ros-lsp docs install` first, or \
             do without them after `ros-lsp docs remove en`"
                .to_owned(),
        ));
    }
    if cached.len() < wanted.len() {
        let made_from = match cached.len() {
            0 => "the pages alone".to_owned(),
            known => format!("the pages and {known} of {} packages of the CDK", wanted.len()),
        };
        progress.note(&format!(
            "the English pack is made from {made_from}; to have the words of all the CDK's packages, run `ros-lsp docs \
             install` without `--pages` first"
        ));
    }
    Ok(cached)
}

/// Whether the English pack that is in place was made from packages.
fn has_packages(packs: &Path) -> bool {
    let pack = Pack::open(&folder::pack_path(packs, CDK_LANGUAGE));
    pack.is_ok_and(|pack| fit(pack.head()) != Fit::NoPackages)
}

fn packages_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let found = import::folder::packages(folder)
        .map_err(|error| Error::Failed(format!("`{}` cannot be read: {error}", folder.display())))?;
    if found.is_empty() {
        return Err(Error::Failed(format!(
            "`{}` holds no package of the ROS CDK (`ros_cdk_*.whl` or `ros-cdk-*.tar.gz`)",
            folder.display()
        )));
    }
    Ok(found)
}

fn failed(message: String) -> Error {
    match message == CANCELLED {
        true => Error::Cancelled,
        false => Error::Failed(message),
    }
}

fn stopped(stopped: Stopped) -> Error {
    const ELSEWHERE: &str = "fetch the packages on another computer (`pip download --no-deps`) and run `ros-lsp docs install \
                             --from DIR`, or make a pack from pages with `--pages DIR`";
    Error::Failed(match stopped {
        Stopped::Cancelled => return Error::Cancelled,
        Stopped::Cache(why) => format!("the packages cannot be kept: {why}"),
        Stopped::NoPip(why) => format!(
            "{why}: install Python with pip, or set `{}` to the pip to use, or {ELSEWHERE}",
            super::pip::VARIABLE
        ),
        Stopped::NoNetwork(why) => format!(
            "the package index cannot be reached ({why}): look at the network and pip's settings (`pip config list`) and run the \
             command again, what was fetched is kept; or {ELSEWHERE}"
        ),
    })
}
