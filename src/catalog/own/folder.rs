//! The folder of a workspace's own pages: `.ros/types/*.md`.

use super::OwnPage;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Where the pages are, below a project's folder.
pub const FOLDER: [&str; 2] = [".ros", "types"];

/// How a file looks from outside: another stamp means that it was written.
pub type Stamp = (Option<SystemTime>, u64);

/// The folder of pages of a project.
pub fn of_project(project: &Path) -> PathBuf {
    FOLDER
        .iter()
        .fold(project.to_owned(), |path, part| path.join(part))
}

/// The nearest folder at or above `start` that has a folder of pages. Looks no higher than `top`.
pub fn nearest_project<'p>(start: &'p Path, top: Option<&Path>) -> Option<&'p Path> {
    for folder in start.ancestors() {
        if of_project(folder).is_dir() {
            return Some(folder);
        }
        if top == Some(folder) {
            break;
        }
    }
    None
}

/// Whether a file of this name in the folder is a page: `NAME.md`, but not `README.md`.
pub fn is_page_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".md") && name != "readme.md"
}

/// Whether a path is that of a page: `…/.ros/types/NAME.md`.
pub fn is_page(path: &Path) -> bool {
    let folder = path.parent();
    let [above, last] = FOLDER;
    has_name_of_page(path) && folder.is_some_and(|folder| folder.ends_with(Path::new(above).join(last)))
}

/// The pages in a folder with their stamps, sorted by name. Empty where there is no such folder.
pub fn list(folder: &Path) -> Vec<(PathBuf, Stamp)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let pages = entries.filter_map(|entry| {
        let path = entry.path();
        // Follows links.
        let meta = fs::metadata(&path).ok()?;
        (has_name_of_page(&path) && meta.is_file()).then(|| (path, (meta.modified().ok(), meta.len())))
    });
    let mut pages: Vec<_> = pages.collect();
    pages.sort();
    pages
}

/// Reads the page at `path` and calls it `name`.
pub fn read_page(path: &Path, name: impl Into<String>) -> OwnPage {
    match fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => OwnPage::read(name, text),
        Ok(Err(error)) => {
            let at = error.utf8_error().valid_up_to();
            let why = format!("the page is not UTF-8 text (byte {at}); save it as UTF-8");
            OwnPage::unreadable(name, why)
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            OwnPage::unreadable(name, "the page can't be read: permission denied")
        }
        Err(error) => OwnPage::unreadable(name, format!("the page can't be read: {error}")),
    }
}

/// Reads all pages of a folder, under their paths.
pub fn read(folder: &Path) -> Vec<Arc<OwnPage>> {
    list(folder)
        .into_iter()
        .map(|(path, _)| Arc::new(read_page(&path, path.display().to_string())))
        .collect()
}

fn has_name_of_page(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| is_page_name(&name.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_folder_with_pages() {
        let root = tempfile::tempdir().expect("a folder");
        let inner = root.path().join("a/b/c");
        fs::create_dir_all(&inner).expect("folders");
        fs::create_dir_all(of_project(&root.path().join("a"))).expect("a folder of pages");
        assert_eq!(
            nearest_project(&inner, None),
            Some(root.path().join("a").as_path())
        );
        assert_eq!(nearest_project(&inner, Some(&root.path().join("a/b"))), None);
        assert_eq!(
            nearest_project(&inner, Some(&root.path().join("a"))),
            Some(root.path().join("a").as_path())
        );
    }

    #[test]
    fn pages_and_other_files() {
        assert!(is_page(Path::new("/w/.ros/types/MODULE-A-B.md")));
        assert!(is_page(Path::new("/w/.ros/types/专.MD")));
        assert!(!is_page(Path::new("/w/.ros/types/deep/a.md")));
        assert!(!is_page(Path::new("/w/types/a.md")));
        assert!(!is_page(Path::new("/w/.ros/types/a.yml")));
        assert!(!is_page(Path::new("/w/.ros/types/README.md")));
        assert!(!is_page(Path::new("/w/.ros/types/readme.MD")));
    }

    #[test]
    fn what_is_no_text_is_said() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("b.md"), b"# MODULE::A::B\n\xff").expect("a file");
        fs::write(
            root.path().join("a.md"),
            "# MODULE::A::A\n\n## Properties\n\nNone\n",
        )
        .expect("a file");
        fs::write(root.path().join("README.md"), "# MODULE::A::C\n").expect("a file");
        fs::create_dir(root.path().join("c.md")).expect("a folder that looks like a page");
        let pages = read(root.path());
        let problems: Vec<Vec<&str>> = pages
            .iter()
            .map(|page| page.problems.iter().map(|each| each.message.as_str()).collect())
            .collect();
        assert_eq!(
            problems,
            [
                vec![],
                vec!["the page is not UTF-8 text (byte 15); save it as UTF-8"]
            ]
        );
    }
}
