//! Where docs packs and fetched packages are kept, and putting a pack there in one step.

use super::Problem;
use super::format::{Damage, ENDING, Pack};
use etcetera::BaseStrategy;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Names another folder for packs.
pub const PACKS_VARIABLE: &str = "ROS_LSP_DOCS";

/// Names another folder for fetched packages.
pub const CACHE_VARIABLE: &str = "ROS_LSP_CACHE";

/// The folder of the user's packs: `ros-lsp/docs` in the data directory. `None` where the user has no home.
pub fn packs() -> Option<PathBuf> {
    chosen(PACKS_VARIABLE).or_else(|| {
        let directories = etcetera::choose_base_strategy().ok()?;
        Some(directories.data_dir().join("ros-lsp").join("docs"))
    })
}

/// The folder of fetched packages: `ros-lsp/packages` in the cache directory.
pub fn cache() -> Option<PathBuf> {
    chosen(CACHE_VARIABLE).or_else(|| {
        let directories = etcetera::choose_base_strategy().ok()?;
        Some(directories.cache_dir().join("ros-lsp").join("packages"))
    })
}

/// The file of a language's pack.
pub fn pack_path(folder: &Path, language: &str) -> PathBuf {
    folder.join(format!("{language}.{ENDING}"))
}

/// Puts a pack in place of the one that is there. Whoever reads meanwhile reads the old one or the new one.
///
/// # Errors
/// When the folder or the file can't be written.
pub fn store(folder: &Path, language: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(".part");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let path = pack_path(folder, language);
    let part = file.into_temp_path().keep().map_err(|error| error.error)?;
    replace(&part, &path).inspect_err(|_| {
        // What is wrong has been told.
        let _ = fs::remove_file(&part);
    })?;
    Ok(path)
}

fn replace(part: &Path, path: &Path) -> io::Result<()> {
    // N.B. An older Windows refuses while another process reads a record: for a moment.
    for _ in 0..20 {
        match fs::rename(part, path) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {}
            done => return done,
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    fs::rename(part, path)
}

/// All packs in a folder by their file names, sound or not, sorted. A folder that does not exist has none.
pub fn list(folder: &Path) -> Vec<(PathBuf, Result<Pack, Problem>)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
        .collect();
    paths.sort();
    let opened = paths.into_iter().map(|path| {
        let pack = Pack::open(&path).and_then(checked);
        let pack = pack.map_err(|damage| Problem::new(&path, &damage));
        (path, pack)
    });
    opened.collect()
}

/// The pack, if each of its records can be read.
fn checked(pack: Pack) -> Result<Pack, Damage> {
    for name in pack.names() {
        pack.read(name)?;
    }
    Ok(pack)
}

fn chosen(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}
