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
    let mut file = file.into_temp_path();
    // N.B. Windows refuses while another process reads a record: for a moment.
    for _ in 0..20 {
        match file.persist(&path) {
            Ok(()) => return Ok(path),
            Err(error) if error.error.kind() == io::ErrorKind::PermissionDenied => file = error.path,
            Err(error) => return Err(error.error),
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    file.persist(&path).map_err(|error| error.error)?;
    Ok(path)
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
