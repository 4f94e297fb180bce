//! Addresses of documents: their canonical form, and the paths of files.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use tower_lsp::ls_types::Uri;

/// The address in the one form that all spellings of it have in common, which the protocol's crate can read; `None` for
/// an empty one.
///
/// In files' addresses, what is encoded without need is decoded (but for `%2F`, which is no separator), and a drive's letter
/// is lower case. Addresses of other schemes belong to other programs: there only what is not allowed is encoded.
pub(super) fn canonical(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let scheme = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme));
    let Some((scheme, rest)) = scheme else {
        // A plain path, of Windows or not.
        let slash = if text.starts_with(['/', '\\']) { "" } else { "/" };
        return canonical(&format!("file://{slash}{}", text.replace('\\', "/")));
    };
    if !scheme.eq_ignore_ascii_case("file") {
        let with = |delimiters| format!("{scheme}:{}", encoded_where_needed(rest, delimiters));
        let candidates = [text.to_owned(), with(b":/?#@"), with(b"/")];
        return candidates.into_iter().find(|text| text.parse::<Uri>().is_ok());
    }
    let (host, path) = match rest.strip_prefix("//") {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let host = match encoded_where_needed(host, b"") {
        local if local.eq_ignore_ascii_case("localhost") => String::new(),
        host if host.contains('%') => host,
        host => host.to_ascii_lowercase(),
    };
    let (path, behind) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let mut path = format!("{slash}{}", encoded_path(&decoded(path)));
    if let [b'/', letter, b':', ..] = path.as_bytes()
        && letter.is_ascii_alphabetic()
    {
        path.get_mut(1..2).into_iter().for_each(str::make_ascii_lowercase);
    }
    let behind = encoded_where_needed(behind, b":/?#@");
    Some(format!("file://{host}{path}{behind}"))
}

/// Whether a text can be a scheme. A single letter is a drive.
fn is_scheme(text: &str) -> bool {
    let rest = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    text.len() > 1
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.as_bytes().iter().all(rest)
}

/// The bytes that a path's text stands for. What is no escape stands for itself, and so do `%2F` and `%00`.
fn decoded(path: &str) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [byte, behind @ ..] = rest {
        match escape(rest) {
            Some(escaped @ (b'/' | 0)) => pieces.push(Piece::Escaped(escaped)),
            Some(escaped) => pieces.push(Piece::Plain(escaped)),
            None => pieces.push(Piece::Plain(*byte)),
        }
        rest = match escape(rest) {
            Some(_) => behind.get(2..).unwrap_or_default(),
            None => behind,
        };
    }
    pieces
}

#[derive(Clone, Copy)]
enum Piece {
    Plain(u8),
    Escaped(u8),
}

fn encoded_path(pieces: &[Piece]) -> String {
    let mut path = String::with_capacity(pieces.len());
    for piece in pieces {
        match *piece {
            Piece::Plain(byte) if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte) => {
                path.push(char::from(byte));
            }
            Piece::Plain(byte) | Piece::Escaped(byte) => _ = write!(path, "%{byte:02X}"),
        }
    }
    path
}

/// The text with everything encoded that must not stand in an address, but for escapes and `delimiters`; of several `#`
/// only the first is one.
fn encoded_where_needed(text: &str, delimiters: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut fragment = false;
    for (at, byte) in text.bytes().enumerate() {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let delimits = delimiters.contains(&byte) && !(byte == b'#' && fragment);
        let plain = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte);
        fragment |= byte == b'#';
        match plain || delimits || (byte == b'%' && escape(rest).is_some()) {
            true => encoded.push(char::from(byte)),
            false => _ = write!(encoded, "%{byte:02X}"),
        }
    }
    encoded
}

/// The byte of an escape (`%2F`) at the beginning of a text.
fn escape(text: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = text else { return None };
    let digit = |digit: &u8| char::from(*digit).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

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
    fn one_address_has_one_canonical_form() {
        let same: [(&str, &[&str]); 10] = [
            (
                "file:///c:/my%20work/%E9%A1%B9%E7%9B%AE%5Benv%5D/a+b@c.yml",
                &[
                    "file:///C:/my work/项目[env]/a+b@c.yml",
                    "file:///c%3A/my%20work/%e9%a1%b9%E7%9B%AE%5Benv%5d/a%2Bb%40c.yml",
                    "FILE://localhost/c:/my%20work/项目%5Benv]/a+b@c.yml",
                    "file:/c:/my work/项目[env]/a+b@c.yml",
                    "C:\\my work\\项目[env]\\a+b@c.yml",
                ],
            ),
            (
                "file:///a%25zz%7B%7C%7D%5E.yml",
                &["file:///a%zz{|}^.yml", "file:///a%25zz{%7c}^.yml"],
            ),
            ("file:///a%2Fb%25", &["file:///a%2fb%"]),
            ("file:///a%23b?c#d%20e", &["file:///a%23b?c#d e"]),
            ("file://host/share/a.yml", &["file://HOST/share/a.yml"]),
            ("untitled:my%20file.yml", &["untitled:my file.yml"]),
            ("untitled:Untitled-1", &["untitled:Untitled-1"]),
            (
                "vscode-remote://ssh-remote%2Bhost/a%3Ab.yml",
                &["vscode-remote://ssh-remote%2Bhost/a%3Ab.yml"],
            ),
            ("git:/a%7B?%7B%22ref%22%7D#x%23y", &["git:/a{?{\"ref\"}#x#y"]),
            ("file:///home/a.yml", &["/home/a.yml", "file:///home/a.yml"]),
        ];
        for (canonical_form, spellings) in same {
            assert!(canonical_form.parse::<Uri>().is_ok(), "{canonical_form}");
            for spelling in spellings {
                assert_eq!(canonical(spelling).as_deref(), Some(canonical_form), "{spelling}");
            }
            assert_eq!(canonical(canonical_form).as_deref(), Some(canonical_form));
        }
        assert_eq!(canonical(""), None);
    }

    #[test]
    fn whatever_is_sent_can_be_read() {
        let pieces = [
            "file:", "//", "/", "a", "%", "%2f", "%zz", "[", "]", "^", "|", "专", " ", "#", "?", ":", "\\",
            "\"", "\u{0}", "@",
        ];
        for seed in 0..20_000_usize {
            let mut rest = seed.wrapping_mul(0x9E37_79B9);
            let mut text = String::new();
            for _ in 0..6 {
                text.push_str(pieces[rest % pieces.len()]);
                rest /= pieces.len();
            }
            let canonical_form = canonical(&text).expect("it is not empty");
            assert!(
                canonical_form.parse::<Uri>().is_ok(),
                "{text:?} becomes {canonical_form}"
            );
            assert_eq!(
                canonical(&canonical_form).as_deref(),
                Some(&*canonical_form),
                "{text:?}"
            );
        }
    }

    #[test]
    fn names_in_addresses() {
        assert_eq!(encoded("MODULE-Team-Web_1.~md"), "MODULE-Team-Web_1.~md");
        assert_eq!(encoded("a b#专.md"), "a%20b%23%E4%B8%93.md");
    }
}
