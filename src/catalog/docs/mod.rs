//! The docs pack: what the official documentation says in sentences, kept on the user's machine and read one type at a time.
//!
//! Nothing is read before the first question; then the index, and each record when it is asked for. A pack that another
//! process replaces, adds or removes is noticed at the next question, at most once a second.

pub mod build;
pub mod fetch;
pub mod folder;
pub mod format;
pub mod install;
pub mod pip;
pub mod progress;

use super::prose::TypeProse;
use format::{Damage, Pack, Stamp};
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often to look whether a pack has changed.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Decoded types that are kept, a language.
const KEPT: usize = 64;

/// The packs that are installed, one a language.
#[derive(Default)]
pub struct Docs {
    folder: Option<PathBuf>,
    look_every: Duration,
    listener: Option<Listener>,
    packs: Mutex<BTreeMap<String, Slot>>,
}

/// Hears of each problem once.
type Listener = Box<dyn Fn(Problem) + Send + Sync>;

/// A pack that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub path: PathBuf,
    /// What is wrong and what to do.
    pub message: String,
}

/// What is known of the pack of one language.
#[derive(Debug, Default)]
struct Slot {
    looked: Option<Instant>,
    /// The file that was read, sound or not.
    stamp: Option<Stamp>,
    pack: Option<Pack>,
    /// The listener has heard of this file.
    told: bool,
    /// By type, the last used first.
    decoded: VecDeque<(String, Option<Arc<TypeProse>>)>,
}

impl Docs {
    /// The packs in a folder, which need not exist yet.
    pub fn in_folder(folder: PathBuf) -> Docs {
        Docs {
            folder: Some(folder),
            look_every: LOOK_EVERY,
            ..Docs::default()
        }
    }

    /// The packs of the user; none where the user has no data directory.
    pub fn of_user() -> Docs {
        folder::packs().map(Docs::in_folder).unwrap_or_default()
    }

    /// Has `listener` hear of packs that cannot be used, each once.
    pub fn with_listener(self, listener: impl Fn(Problem) + Send + Sync + 'static) -> Docs {
        Docs {
            listener: Some(Box::new(listener)),
            ..self
        }
    }

    /// Where the packs are.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Whether there is a sound pack in the locale's language.
    pub fn has(&self, locale: &str) -> bool {
        self.with_slot(locale, |slot| slot.pack.is_some())
            .unwrap_or(false)
    }

    /// What the pack of a language says of a type. The language of a locale such as `zh_CN.UTF-8` or `zh-cn` counts.
    /// `None` where there is no such pack, where it doesn't know the type, or where it is damaged.
    pub fn prose(&self, locale: &str, type_name: &str) -> Option<Arc<TypeProse>> {
        self.with_slot(locale, |slot| {
            if let Some(at) = slot.decoded.iter().position(|(name, _)| name == type_name) {
                let found = slot.decoded.remove(at)?;
                slot.decoded.push_front(found.clone());
                return found.1;
            }
            let Ok(found) = self.read(slot, type_name) else {
                return None;
            };
            let found = found.map(Arc::new);
            slot.decoded.push_front((type_name.to_owned(), found.clone()));
            slot.decoded.truncate(KEPT);
            found
        })?
    }

    /// Looks at the packs anew at the next question.
    pub fn refresh(&self) {
        let mut packs = self.packs.lock().unwrap_or_else(PoisonError::into_inner);
        for slot in packs.values_mut() {
            slot.looked = None;
        }
    }

    fn with_slot<T>(&self, locale: &str, ask: impl FnOnce(&mut Slot) -> T) -> Option<T> {
        let folder = self.folder.as_ref()?;
        let language = language_of(locale)?;
        let path = folder::pack_path(folder, &language);
        let mut packs = self.packs.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = packs.entry(language).or_default();
        if slot
            .looked
            .is_none_or(|looked| looked.elapsed() >= self.look_every)
        {
            self.look(slot, &path);
        }
        Some(ask(slot))
    }

    /// Reads the index anew when another file stands at the path.
    fn look(&self, slot: &mut Slot, path: &Path) {
        slot.looked = Some(Instant::now());
        let stamp = std::fs::metadata(path).ok().map(|metadata| Stamp::of(&metadata));
        if stamp == slot.stamp {
            return;
        }
        // A file that can't be opened is tried again and again, but told once.
        let told_before = slot.told && slot.stamp.is_none();
        *slot = Slot {
            looked: slot.looked,
            stamp,
            ..Slot::default()
        };
        if stamp.is_none() {
            return;
        }
        match Pack::open(path) {
            Ok(pack) => {
                slot.stamp = Some(pack.stamp());
                slot.pack = Some(pack);
            }
            // It may be readable the next time.
            Err(Damage::Io(error)) => {
                slot.stamp = None;
                if error.kind() != std::io::ErrorKind::NotFound {
                    slot.told = told_before;
                    self.tell(slot, path, &Damage::Io(error));
                }
            }
            Err(damage) => self.tell(slot, path, &damage),
        }
    }

    /// What the pack says of a type; an error where it can't be read for now.
    fn read(&self, slot: &mut Slot, type_name: &str) -> Result<Option<TypeProse>, Unreadable> {
        // The second time after a replacement; whoever replaces packs faster than they are read has none for now.
        for _ in 0..2 {
            let Some(pack) = &slot.pack else {
                return Err(Unreadable);
            };
            let path = pack.path().to_owned();
            match pack.read(type_name) {
                Ok(found) => return Ok(found),
                Err(Damage::Replaced | Damage::Io(_)) => self.look(slot, &path),
                Err(damage) => {
                    self.tell(slot, &path, &damage);
                    return Ok(None);
                }
            }
        }
        Err(Unreadable)
    }

    fn tell(&self, slot: &mut Slot, path: &Path, damage: &Damage) {
        if let Some(listener) = &self.listener
            && !std::mem::replace(&mut slot.told, true)
        {
            listener(Problem::new(path, damage));
        }
    }
}

/// A pack that can't be read at the moment.
struct Unreadable;

impl fmt::Debug for Docs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Docs")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Problem {
    pub(super) fn new(path: &Path, damage: &Damage) -> Problem {
        let english = path.file_stem().is_some_and(|stem| stem == "en");
        let command = if english {
            "ros-lsp docs install"
        } else {
            "ros-lsp docs install --pages DIR"
        };
        Problem {
            path: path.to_owned(),
            message: format!(
                "`{}` {damage} and is not used; run `{command}` to make it anew",
                path.display()
            ),
        }
    }
}

/// The language tag of a locale, as in a pack's file name: `zh_CN.UTF-8`, `zh-cn` and `zh` → `zh-CN`, `en_GB` → `en`.
/// `None` for a locale without language, such as `C`.
pub fn language_of(locale: &str) -> Option<String> {
    let tag = locale.split(['.', '@']).next()?;
    let primary = tag.split(['_', '-']).next()?.to_ascii_lowercase();
    let is_language =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    match primary.as_str() {
        _ if !is_language => None,
        "zh" => Some("zh-CN".to_owned()),
        _ => Some(primary),
    }
}

#[cfg(test)]
mod tests {
    use super::format::tests::{sample, sample_bytes};
    use super::*;
    use std::fs;

    const THING: &str = "ALIYUN::X::Thing2";

    /// A folder, packs that are looked at with every question, and the problems told.
    fn docs() -> (tempfile::TempDir, Docs, Arc<Mutex<Vec<Problem>>>) {
        let folder = tempfile::tempdir().unwrap();
        let told: Arc<Mutex<Vec<Problem>>> = Arc::default();
        let for_listener = told.clone();
        let docs = Docs {
            look_every: Duration::ZERO,
            ..Docs::in_folder(folder.path().join("docs"))
        };
        let docs = docs.with_listener(move |problem| for_listener.lock().unwrap().push(problem));
        (folder, docs, told)
    }

    fn install(docs: &Docs, language: &str, word: &str) {
        folder::store(docs.folder().unwrap(), language, &sample_bytes(word)).unwrap();
    }

    fn description(docs: &Docs, locale: &str) -> Option<String> {
        docs.prose(locale, THING).map(|prose| prose.description.clone())
    }

    #[test]
    fn the_language_of_a_locale() {
        for (locale, language) in [
            ("zh_CN.UTF-8", Some("zh-CN")),
            ("zh-cn", Some("zh-CN")),
            ("zh", Some("zh-CN")),
            ("zh-Hans-SG", Some("zh-CN")),
            ("en", Some("en")),
            ("en_GB.UTF-8@euro", Some("en")),
            ("EN-us", Some("en")),
            ("ja", Some("ja")),
            ("C", None),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("", None),
            ("../x", None),
        ] {
            assert_eq!(language_of(locale).as_deref(), language, "{locale}");
        }
    }

    #[test]
    fn no_folder_no_pack_and_no_type() {
        assert!(Docs::default().prose("en", THING).is_none());
        let (_folder, docs, told) = docs();
        assert!(!docs.has("en"));
        assert!(docs.prose("en", THING).is_none());
        install(&docs, "en", "word");
        assert!(docs.has("en"));
        assert!(docs.prose("en", "ALIYUN::X::Nothing").is_none());
        assert!(docs.prose("zh-CN", THING).is_none());
        assert!(told.lock().unwrap().is_empty());
    }

    #[test]
    fn packs_come_change_and_go_while_in_use() {
        let (_folder, docs, told) = docs();
        assert_eq!(description(&docs, "en-US"), None);
        install(&docs, "en", "first");
        install(&docs, "zh-CN", "中文");
        assert_eq!(description(&docs, "en-US").as_deref(), Some("first 第2种"));
        assert_eq!(description(&docs, "zh_CN.UTF-8").as_deref(), Some("中文 第2种"));
        install(&docs, "en", "other");
        assert_eq!(description(&docs, "en-US").as_deref(), Some("other 第2种"));
        fs::remove_file(docs.folder().unwrap().join("en.rosdocs")).unwrap();
        assert_eq!(description(&docs, "en-US"), None);
        assert_eq!(description(&docs, "zh").as_deref(), Some("中文 第2种"));
        assert!(told.lock().unwrap().is_empty());
    }

    #[test]
    fn a_change_is_not_looked_for_with_every_question() {
        let (_folder, docs, _) = docs();
        let docs = Docs {
            look_every: Duration::from_secs(3600),
            ..docs
        };
        install(&docs, "en", "first");
        assert_eq!(description(&docs, "en").as_deref(), Some("first 第2种"));
        install(&docs, "en", "other");
        assert_eq!(description(&docs, "en").as_deref(), Some("first 第2种"));
        let third = docs.prose("en", "ALIYUN::X::Thing3").unwrap();
        assert_eq!(
            third.description, "other 第3种",
            "a record is read from the file that is there"
        );
        docs.refresh();
        assert_eq!(description(&docs, "en").as_deref(), Some("other 第2种"));
    }

    #[test]
    fn a_damaged_pack_is_told_once_and_ignored() {
        let (_folder, docs, told) = docs();
        install(&docs, "en", "word");
        let path = docs.folder().unwrap().join("en.rosdocs");
        let mut bytes = fs::read(&path).unwrap();
        bytes.pop();
        fs::write(&path, &bytes).unwrap();
        for _ in 0..3 {
            assert_eq!(description(&docs, "en"), None);
        }
        let problems = told.lock().unwrap().clone();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].path, path);
        assert!(
            problems[0].message.contains("`ros-lsp docs install`"),
            "{problems:?}"
        );
        install(&docs, "en", "mended");
        assert_eq!(description(&docs, "en").as_deref(), Some("mended 第2种"));
    }

    #[test]
    fn a_pack_that_cannot_be_opened_is_told_once_and_tried_again() {
        let (_folder, docs, told) = docs();
        let path = docs.folder().unwrap().join("en.rosdocs");
        // A folder can't be read as a file.
        fs::create_dir_all(&path).unwrap();
        for _ in 0..3 {
            assert_eq!(description(&docs, "en"), None);
        }
        assert_eq!(told.lock().unwrap().len(), 1);
        let slots = docs.packs.lock().unwrap();
        assert!(slots["en"].stamp.is_none(), "it is opened again");
    }

    #[test]
    fn damaged_records_of_one_pack_are_told_once() {
        let (_folder, docs, told) = docs();
        let mut bytes = sample_bytes("word");
        // Each record is compressed by itself; those of the last types stand at the end.
        let from = bytes.len() / 2;
        for at in (from..bytes.len()).step_by(8) {
            bytes[at] ^= 1;
        }
        folder::store(docs.folder().unwrap(), "en", &bytes).unwrap();
        let names: Vec<String> = sample("word").1.types.into_keys().collect();
        let lost = names.iter().filter(|name| docs.prose("en", name).is_none());
        assert!(lost.count() > 1);
        assert_eq!(told.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_damaged_record_leaves_the_others() {
        let (_folder, docs, told) = docs();
        let mut bytes = sample_bytes("word");
        let last = bytes.len() - 10;
        bytes[last] ^= 1;
        folder::store(docs.folder().unwrap(), "en", &bytes).unwrap();
        for _ in 0..2 {
            assert!(docs.prose("en", "ALIYUN::X::Thing3").is_none());
            assert_eq!(description(&docs, "en").as_deref(), Some("word 第2种"));
        }
        assert_eq!(told.lock().unwrap().len(), 1);
    }

    #[test]
    fn reading_while_a_pack_is_replaced_gives_one_or_the_other() {
        let (_folder, docs, told) = docs();
        let words = ["first", "second and longer"];
        let known: Vec<_> = words.map(|word| sample(word).1.types[THING].clone()).into();
        install(&docs, "en", words[0]);
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                for round in 0..200 {
                    install(&docs, "en", words[round % 2]);
                }
            });
            while !writer.is_finished() {
                if let Some(found) = docs.prose("en", THING) {
                    assert!(known.contains(&found));
                }
            }
        });
        assert!(docs.prose("en", THING).is_some());
        assert_eq!(told.lock().unwrap().clone(), []);
    }
}
