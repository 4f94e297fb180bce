//! Addresses of files and their paths.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use tower_lsp::ls_types::Uri;

/// The path of a file's address, without a slash at the end; `None` for what is no file.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    let host = uri.authority().map_or("", |authority| authority.host());
    let path = uri.path().decode().to_string_lossy();
    let text = match cfg!(windows) {
        true => windows_path(host, &path),
        false => path.into_owned(),
    };
    (!text.is_empty()).then(|| Path::new(&text).components().collect())
}

/// The address of a folder above a file, in the words of the file's own address, without a slash at the end.
pub(super) fn address_above(file: &Uri, folder: &Path) -> Option<String> {
    let levels = path_of(file)?.strip_prefix(folder).ok()?.components().count();
    let address = file
        .as_str()
        .trim_end_matches('/')
        .rsplitn(levels + 1, '/')
        .last()?;
    // N.B. The address may go in detours, such as `a/../b`.
    let is_it = |uri: Uri| path_of(&uri).is_some_and(|path| path == folder);
    match format!("{address}/").parse().is_ok_and(is_it) {
        true => Some(address.to_owned()),
        false => Some(
            Uri::from_file_path(folder)?
                .as_str()
                .trim_end_matches('/')
                .to_owned(),
        ),
    }
}

/// A file's name as the last part of an address.
pub(super) fn encoded(name: &str) -> String {
    let mut address = String::new();
    for byte in name.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => _ = write!(address, "%{byte:02X}"),
        }
    }
    address
}

/// `/c:/a` is a path on a drive, and a host shares folders.
fn windows_path(host: &str, path: &str) -> String {
    let has_drive = matches!(path.as_bytes(), [b'/', letter, b':', ..] if letter.is_ascii_alphabetic());
    match path.strip_prefix('/') {
        Some(path) if has_drive && path.len() == 2 => format!("{path}/"),
        Some(path) if has_drive => path.to_owned(),
        _ if host.is_empty() || host.eq_ignore_ascii_case("localhost") => path.to_owned(),
        _ => format!("//{host}{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(text: &str) -> Uri {
        text.parse().expect("an address")
    }

    #[test]
    fn paths_of_windows() {
        assert_eq!(windows_path("", "/c:/Users/me/a.yml"), "c:/Users/me/a.yml");
        assert_eq!(windows_path("", "/C:"), "C:/");
        assert_eq!(windows_path("localhost", "/c:/a.yml"), "c:/a.yml");
        assert_eq!(
            windows_path("wsl.localhost", "/Debian/home/a.yml"),
            "//wsl.localhost/Debian/home/a.yml"
        );
        assert_eq!(windows_path("", "/no/drive.yml"), "/no/drive.yml");
    }

    #[test]
    fn only_files_have_paths() {
        assert_eq!(path_of(&uri("untitled:Untitled-1")), None);
        assert_eq!(path_of(&uri("vscode-vfs://github/a/b.yml")), None);
        let root = if cfg!(windows) { "C:\\" } else { "/c:" };
        for address in [
            "file:///c%3A/my%20work/",
            "FILE:///c:/my%20work",
            "file://localhost/C%3a//my%20work",
        ] {
            let path = path_of(&uri(address)).expect("a path");
            let expected = Path::new(root).join("my work");
            assert_eq!(
                path.to_string_lossy().to_lowercase(),
                expected.to_string_lossy().to_lowercase()
            );
        }
    }

    #[test]
    fn a_folder_is_called_as_the_file_in_it() {
        let above = |file: &str, folder: &str| {
            let folder = path_of(&uri(folder)).expect("a path");
            address_above(&uri(file), &folder)
        };
        let home = "file:///c%3A/my%20work";
        assert_eq!(
            above("file:///c%3A/my%20work/a/b.yml", home).as_deref(),
            Some(home)
        );
        assert_eq!(above("file:///c%3A/my%20work/", home).as_deref(), Some(home));
        assert_eq!(above("file:///elsewhere/b.yml", home), None);
        let detour = above("file:///c%3A/my%20work/a//b.yml", home).expect("an address");
        assert!(
            detour.to_ascii_lowercase().ends_with("/c%3a/my%20work"),
            "{detour}"
        );
    }

    #[test]
    fn names_in_addresses() {
        assert_eq!(encoded("MODULE-Team-Web_1.~md"), "MODULE-Team-Web_1.~md");
        assert_eq!(encoded("a b#专.md"), "a%20b%23%E4%B8%93.md");
    }
}
