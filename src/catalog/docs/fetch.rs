//! Fetching the CDK's packages with the user's `pip`: several at a time, each checked against the digest that the catalog
//! was made from, none twice.
//!
//! A package is downloaded into a folder of its own and moved into the cache when it is whole and right, so whatever
//! interrupts the work, what is in the cache counts the next time.

use super::build::hex;
use super::pip::{Ended, Pip};
use super::progress::{Progress, Stage};
use crate::catalog::import::folder;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{env, fs, io, thread};

/// Names a file that lists other packages to fetch.
pub const VARIABLE: &str = "ROS_LSP_PACKAGES";

/// Folders for downloads, inside the cache.
const PART: &str = ".part-";

/// Packages asked for in one call of pip: starting it takes longer than most packages do.
const BATCH: usize = 8;

/// After this, a folder for a download is left over from an interrupted run.
const STALE: Duration = Duration::from_secs(3600);

/// A package that the catalog was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub name: String,
    pub version: String,
    pub sha256: String,
}

/// What came of fetching.
#[derive(Debug, Default)]
pub struct Fetched {
    /// In the order of what was wanted.
    pub files: Vec<PathBuf>,
    pub failed: Vec<Failure>,
}

/// A package that did not come.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// `ros-cdk-ecs 1.15.0`
    pub package: String,
    pub why: String,
}

/// Why there is no point in going on.
#[derive(Debug, PartialEq, Eq)]
pub enum Stopped {
    NoPip(String),
    NoNetwork(String),
    Cache(String),
    Cancelled,
}

/// The packages that this program's catalog was made from, or those that the user's list names: name, version and SHA-256,
/// a package a line.
///
/// # Errors
/// With a message when the user's list can't be read.
pub fn wanted() -> Result<Vec<Wanted>, String> {
    let Some(list) = env::var_os(VARIABLE).filter(|list| !list.is_empty()) else {
        return Ok(own());
    };
    let path = Path::new(&list).display();
    let text = fs::read_to_string(&list)
        .map_err(|error| format!("`{path}`, which `{VARIABLE}` names, cannot be read: {error}"))?;
    match parsed(&text) {
        Some(wanted) if !wanted.is_empty() => Ok(wanted),
        _ => Err(format!(
            "`{path}`, which `{VARIABLE}` names, must have a name, a version and a SHA-256 in each line"
        )),
    }
}

/// The packages that this program's catalog was made from.
pub(super) fn own() -> Vec<Wanted> {
    parsed(include_str!(concat!(env!("OUT_DIR"), "/packages.txt"))).unwrap_or_default()
}

/// `None` when a line is not as it should be.
fn parsed(text: &str) -> Option<Vec<Wanted>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let wanted = lines.map(|line| match line.split_whitespace().collect::<Vec<_>>()[..] {
        [name, version, sha256] => Some(Wanted {
            name: name.to_owned(),
            version: version.to_owned(),
            sha256: sha256.to_ascii_lowercase(),
        }),
        _ => None,
    });
    wanted.collect()
}

/// The wanted packages that are in the cache, whole and right.
pub fn cached(wanted: &[Wanted], cache: &Path) -> Vec<PathBuf> {
    look_up(wanted, cache).into_iter().flatten().collect()
}

/// Fetches what is not in the cache yet, `jobs` at a time. A package that fails does not hold up the others.
///
/// # Errors
/// When nothing more can be fetched.
pub fn fetch(
    wanted: &[Wanted],
    cache: &Path,
    jobs: usize,
    progress: &dyn Progress,
) -> Result<Fetched, Stopped> {
    let broken = |error: io::Error| Stopped::Cache(format!("`{}`: {error}", cache.display()));
    fs::create_dir_all(cache).map_err(broken)?;
    remove_parts(cache, STALE);
    let mut found = look_up(wanted, cache);
    let missing: Vec<usize> = (0..wanted.len()).filter(|at| found[*at].is_none()).collect();
    let mut failed = Vec::new();
    if !missing.is_empty() {
        let pip = Pip::find(&|| progress.is_cancelled()).map_err(|why| match progress.is_cancelled() {
            true => Stopped::Cancelled,
            false => Stopped::NoPip(why),
        })?;
        let known = wanted.len() - missing.len();
        if known > 0 {
            progress.note(&format!("{known} of {} packages are here already", wanted.len()));
        }
        progress.begin(Stage::Fetch, missing.len());
        let batches: Vec<&[usize]> = missing
            .chunks(missing.len().div_ceil(jobs.max(1)).clamp(1, BATCH))
            .collect();
        let run = Run {
            pip,
            cache,
            progress,
            next: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
            unreachable: Mutex::default(),
            most_unreachable: jobs.max(1).min(batches.len()),
        };
        let results = run.all(wanted, &batches, jobs.max(1));
        if progress.is_cancelled() {
            return Err(Stopped::Cancelled);
        }
        if let Some(why) = run.no_network() {
            return Err(Stopped::NoNetwork(why));
        }
        for (at, result) in results {
            match result {
                Ok(path) => found[at] = Some(path),
                Err(why) => failed.push(Failure {
                    package: format!("{} {}", wanted[at].name, wanted[at].version),
                    why,
                }),
            }
        }
        failed.sort();
    }
    let files: Vec<PathBuf> = found.into_iter().flatten().collect();
    if failed.is_empty() {
        remove_packages(cache, &files);
    }
    Ok(Fetched { files, failed })
}

/// Empties the cache; whether there was anything. Files that are none of ours stay.
pub fn clear(cache: &Path) -> bool {
    let found = remove_packages(cache, &[]) + remove_parts(cache, Duration::ZERO);
    // Fails where something else lies in it, which stays.
    let _ = fs::remove_dir(cache);
    found > 0
}

/// One run over the missing packages.
struct Run<'r> {
    pip: Pip,
    cache: &'r Path,
    progress: &'r dyn Progress,
    next: AtomicUsize,
    stop: AtomicBool,
    /// Packages in a row for which the index could not be reached, with the last reason.
    unreachable: Mutex<(usize, String)>,
    /// So many in a row mean that there is no network.
    most_unreachable: usize,
}

type Results = Vec<(usize, Result<PathBuf, String>)>;

impl Run<'_> {
    fn all(&self, wanted: &[Wanted], batches: &[&[usize]], jobs: usize) -> Results {
        let results = Mutex::new(Results::new());
        thread::scope(|scope| {
            for _ in 0..jobs.min(batches.len()) {
                scope.spawn(|| {
                    while !self.is_over() {
                        let Some(batch) = batches.get(self.next.fetch_add(1, Ordering::Relaxed)) else {
                            return;
                        };
                        let packages: Vec<Wanted> = batch.iter().map(|at| wanted[*at].clone()).collect();
                        let found = self.batch(&packages);
                        locked(&results).extend(batch.iter().copied().zip(found));
                    }
                });
            }
        });
        results.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// All at once, or one after the other where that fails.
    fn batch(&self, wanted: &[Wanted]) -> Vec<Result<PathBuf, String>> {
        let together = match wanted.len() {
            0 | 1 => None,
            _ => Some(self.download(wanted, false)),
        };
        let each = |(wanted, kept): (&Wanted, Option<Result<PathBuf, Missed>>)| {
            let found = match kept {
                Some(Ok(path)) => Ok(path),
                Some(Err(_)) | None => self.one(wanted),
            };
            self.progress.step(&wanted.name);
            found
        };
        match together {
            Some(Ok(kept)) => wanted.iter().zip(kept.into_iter().map(Some)).map(each).collect(),
            // Where all is over, each one says so at once.
            Some(Err(_)) | None => wanted.iter().map(|wanted| each((wanted, None))).collect(),
        }
    }

    /// As a wheel, or else as its source: the digest tells which one is meant.
    fn one(&self, wanted: &Wanted) -> Result<PathBuf, String> {
        let attempt = |as_source| {
            let mut kept = self.download(std::slice::from_ref(wanted), as_source)?;
            kept.pop()
                .unwrap_or_else(|| Err(Missed::Otherwise(String::new())))
        };
        match attempt(false) {
            Err(Missed::Otherwise(why)) => match attempt(true) {
                Err(Missed::Otherwise(_)) => Err(why),
                result => result.map_err(Missed::why),
            },
            result => result.map_err(Missed::why),
        }
    }

    /// One call of pip: what became of each package.
    fn download(&self, wanted: &[Wanted], as_source: bool) -> Result<Vec<Result<PathBuf, Missed>>, Missed> {
        if self.is_over() {
            return Err(Missed::NoNetwork("stopped".into()));
        }
        let ended = tempfile::Builder::new()
            .prefix(PART)
            .tempdir_in(self.cache)
            .and_then(|part| {
                let ended = self
                    .pip
                    .download(wanted, as_source, part.path(), &|| self.is_over())?;
                Ok((part, ended))
            });
        let (part, ended) = ended.map_err(|error| Missed::Otherwise(error.to_string()))?;
        self.note_network(&ended);
        match ended {
            Ended::Well => Ok(wanted
                .iter()
                .map(|wanted| self.keep(wanted, part.path()))
                .collect()),
            Ended::NoNetwork(why) => Err(Missed::NoNetwork(why)),
            Ended::Badly(why) => Err(Missed::Otherwise(why)),
            Ended::Cancelled => Err(Missed::NoNetwork("stopped".into())),
        }
    }

    /// Moves the right file into the cache; a wrong one goes with its folder.
    fn keep(&self, wanted: &Wanted, part: &Path) -> Result<PathBuf, Missed> {
        let failed = |error: io::Error| Missed::Otherwise(error.to_string());
        let mut wrong = None;
        for entry in fs::read_dir(part).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if !is_of(wanted, &entry.file_name().to_string_lossy()) {
                continue;
            }
            let digest = digest(&entry.path()).map_err(failed)?;
            if digest == wanted.sha256 {
                let path = self.cache.join(entry.file_name());
                fs::rename(entry.path(), &path).map_err(failed)?;
                return Ok(path);
            }
            wrong = Some(digest);
        }
        Err(match wrong {
            Some(digest) => Missed::Wrong(format!(
                "wrong content: its SHA-256 is {digest}, not {}; it was thrown away",
                wanted.sha256
            )),
            None => Missed::Otherwise("`pip` brought nothing".to_owned()),
        })
    }

    fn note_network(&self, ended: &Ended) {
        let mut unreachable = locked(&self.unreachable);
        match ended {
            Ended::NoNetwork(why) => {
                *unreachable = (unreachable.0 + 1, why.clone());
                if unreachable.0 >= self.most_unreachable {
                    self.stop.store(true, Ordering::Release);
                }
            }
            Ended::Well | Ended::Badly(_) => unreachable.0 = 0,
            Ended::Cancelled => {}
        }
    }

    fn is_over(&self) -> bool {
        self.stop.load(Ordering::Acquire) || self.progress.is_cancelled()
    }

    fn no_network(&self) -> Option<String> {
        let stopped = self.stop.load(Ordering::Acquire);
        stopped.then(|| locked(&self.unreachable).1.clone())
    }
}

/// Why a download gave no file.
enum Missed {
    /// Not worth another attempt.
    NoNetwork(String),
    /// A wrong file although pip was told its hash: nothing more from there.
    Wrong(String),
    Otherwise(String),
}

impl Missed {
    fn why(self) -> String {
        match self {
            Missed::NoNetwork(why) | Missed::Wrong(why) | Missed::Otherwise(why) => why,
        }
    }
}

/// The file of each wanted package in the cache. Files with a wrong content are removed.
fn look_up(wanted: &[Wanted], cache: &Path) -> Vec<Option<PathBuf>> {
    let packages = folder::packages(cache).unwrap_or_default();
    let find = |wanted: &Wanted| {
        let named = packages.iter().find(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            is_of(wanted, &name)
        })?;
        if digest(named).is_ok_and(|digest| digest == wanted.sha256) {
            return Some(named.clone());
        }
        // If it can't be removed it is replaced.
        let _ = fs::remove_file(named);
        None
    };
    wanted.iter().map(find).collect()
}

/// Whether a file's name is that of this version of the package, as a wheel or source archive.
fn is_of(wanted: &Wanted, file: &str) -> bool {
    let start = normal(&format!("{}-{}", wanted.name, wanted.version));
    let rest = normal(file).strip_prefix(&start).map(str::to_owned);
    rest.is_some_and(|rest| rest.starts_with('_') && rest.ends_with(".whl") || rest == ".tar.gz")
}

fn normal(name: &str) -> String {
    name.to_ascii_lowercase().replace('-', "_")
}

fn digest(path: &Path) -> io::Result<String> {
    Ok(hex(&Sha256::digest(fs::read(path)?)))
}

/// Removes the packages in the cache, but for those to keep; how many there were. What can't be removed is left for the
/// next time.
fn remove_packages(cache: &Path, keep: &[PathBuf]) -> usize {
    let packages = folder::packages(cache).unwrap_or_default();
    let old = packages.iter().filter(|path| !keep.contains(path));
    old.filter(|path| fs::remove_file(path).is_ok()).count()
}

/// Removes folders of downloads that have not been touched for so long; how many there were.
fn remove_parts(cache: &Path, age: Duration) -> usize {
    let entries = fs::read_dir(cache).into_iter().flatten().flatten();
    let stale = entries.filter(|entry| {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let is_stale = modified.is_ok_and(|modified| modified.elapsed().is_ok_and(|gone| gone >= age));
        is_stale && entry.file_name().to_string_lossy().starts_with(PART)
    });
    stale
        .filter(|entry| fs::remove_dir_all(entry.path()).is_ok())
        .count()
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted_of(name: &str, version: &str, sha256: &str) -> Wanted {
        parsed(&format!("{name} {version} {sha256}")).unwrap().remove(0)
    }

    #[test]
    fn the_packages_are_known_with_their_digests() {
        let wanted = own();
        assert!(wanted.len() > 100);
        for each in &wanted {
            assert!(each.name.starts_with("ros-cdk-"), "{each:?}");
            assert_eq!(each.sha256.len(), 64, "{each:?}");
        }
        assert_eq!(wanted_of("a", "1", "AB").sha256, "ab");
        assert_eq!(parsed("a 1\n"), None);
        assert_eq!(parsed("\n\n"), Some(Vec::new()));
    }

    #[test]
    fn a_file_belongs_to_one_version_of_one_package() {
        let wanted = wanted_of("ros-cdk-fc", "1.15.0", "0");
        assert!(is_of(&wanted, "ros_cdk_fc-1.15.0-py3-none-any.whl"));
        assert!(is_of(&wanted, "ros-cdk-fc-1.15.0.tar.gz"));
        for other in [
            "ros_cdk_fc3-1.15.0-py3-none-any.whl",
            "ros_cdk_fc-1.15.01-py3-none-any.whl",
            "ros_cdk_fc-1.15.0-py3-none-any.whl.part",
            "ros-cdk-fc-1.1.tar.gz",
        ] {
            assert!(!is_of(&wanted, other), "{other}");
        }
    }

    #[test]
    fn only_whole_and_right_files_count() {
        let cache = tempfile::tempdir().unwrap();
        let right = hex(&Sha256::digest("right"));
        let wanted = ["ros-cdk-a", "ros-cdk-b"].map(|name| wanted_of(name, "1.0", &right));
        let path = |name: &str| cache.path().join(name);
        fs::write(path("ros_cdk_a-1.0-py3-none-any.whl"), "right").unwrap();
        fs::write(path("ros_cdk_b-1.0-py3-none-any.whl"), "righ").unwrap();
        let found = cached(&wanted, cache.path());
        assert_eq!(found, [path("ros_cdk_a-1.0-py3-none-any.whl")]);
        assert!(!path("ros_cdk_b-1.0-py3-none-any.whl").exists());
        assert!(clear(cache.path()));
        assert!(!cache.path().exists());
    }
}
