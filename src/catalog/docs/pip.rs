//! The user's own `pip`: so that mirrors, proxies and credentials just work.

use std::env;
use std::fs::File;
use std::io;
use std::path::{self, Path};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

/// Names another pip: a program, or a command with arguments such as `python3.12 -m pip`.
pub const VARIABLE: &str = "ROS_LSP_PIP";

/// In the order in which they are tried.
const USUAL: [&[&str]; 5] = [
    &["python3", "-m", "pip"],
    &["python", "-m", "pip"],
    &["pip3"],
    &["pip"],
    &["py", "-m", "pip"],
];

/// How often to look whether a process has ended.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A pip that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pip {
    words: Vec<String>,
}

/// How a download ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Well,
    /// The index could not be reached.
    NoNetwork(String),
    /// What pip said.
    Badly(String),
    Cancelled,
}

impl Pip {
    /// The pip that the user names, or else the first of the usual ones that runs.
    ///
    /// # Errors
    /// With a message when there is none.
    pub fn find() -> Result<Pip, String> {
        if let Ok(named) = env::var(VARIABLE)
            && !named.trim().is_empty()
        {
            let pip = Pip::named(&named);
            return match pip.runs() {
                true => Ok(pip),
                false => Err(format!("`{VARIABLE}` names `{named}`, which does not run")),
            };
        }
        let mut usual = USUAL.iter().map(|words| Pip {
            words: words.iter().map(|&word| word.to_owned()).collect(),
        });
        usual
            .find(Pip::runs)
            .ok_or_else(|| "no `pip` was found".to_owned())
    }

    fn named(text: &str) -> Pip {
        let mut words: Vec<String> = match Path::new(text).is_file() {
            true => vec![text.to_owned()],
            false => text.split_whitespace().map(str::to_owned).collect(),
        };
        // A path counts from where the user is, which is not where pip is run; a mere name is looked up.
        if let Some(program) = words.first_mut()
            && Path::new(program).components().count() > 1
            && let Ok(absolute) = path::absolute(&*program)
        {
            *program = absolute.to_string_lossy().into_owned();
        }
        Pip { words }
    }

    fn runs(&self) -> bool {
        // Whoever else uses this computer can't put modules into it.
        let Ok(neutral) = tempfile::tempdir() else {
            return false;
        };
        let tried = self
            .command(neutral.path())
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        tried.is_ok_and(|status| status.success())
    }

    /// Downloads packages, each by name and version, into a folder: as wheels, or one as its source.
    ///
    /// # Errors
    /// When the process can't be started or watched.
    pub(super) fn download(
        &self,
        packages: &[(&str, &str)],
        as_source: bool,
        into: &Path,
        is_cancelled: &dyn Fn() -> bool,
    ) -> io::Result<Ended> {
        // N.B. A source package may need wheels of others to say what it is, so only this one is asked for as source.
        let form = match (as_source, packages) {
            (true, [(name, _), ..]) => ["--no-binary", *name],
            _ => ["--only-binary", ":all:"],
        };
        let into = path::absolute(into)?;
        let messages = tempfile::NamedTempFile::new_in(&into)?;
        let mut child = self
            .command(&into)
            .args([
                "download",
                "-q",
                "--disable-pip-version-check",
                "--no-input",
                "--no-deps",
            ])
            .args(form)
            .arg("--dest")
            .arg(&into)
            .args(
                packages
                    .iter()
                    .map(|(name, version)| format!("{name}=={version}")),
            )
            .stdout(Stdio::null())
            // A file takes any amount of words without anybody reading meanwhile.
            .stderr(messages.reopen()?)
            .spawn()?;
        let Some(well) = wait(&mut child, is_cancelled)? else {
            return Ok(Ended::Cancelled);
        };
        if well {
            return Ok(Ended::Well);
        }
        let said = io::read_to_string(LossyFile(File::open(messages.path())?))?;
        Ok(match unreachable(&said) {
            Some(why) => Ended::NoNetwork(why),
            None => Ended::Badly(reason(&said)),
        })
    }

    /// N.B. Python takes modules from the folder it runs in before its own, and an editor starts us in the user's workspace:
    /// a `pip.py` or `logging.py` there would be run.
    fn command(&self, neutral: &Path) -> Command {
        let (program, arguments) = self
            .words
            .split_first()
            .map_or(("", &[][..]), |(program, rest)| (program.as_str(), rest));
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(neutral)
            .stdin(Stdio::null())
            .env("PYTHONIOENCODING", "utf-8");
        #[cfg(windows)]
        {
            // No console window when an editor started us.
            const CREATE_NO_WINDOW: u32 = 0x0800_0000;
            std::os::windows::process::CommandExt::creation_flags(&mut command, CREATE_NO_WINDOW);
        }
        command
    }
}

/// Whether the process ended well; `None` when it was cancelled.
fn wait(child: &mut Child, is_cancelled: &dyn Fn() -> bool) -> io::Result<Option<bool>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if is_cancelled() {
            // It may just have ended by itself.
            let _ = child.kill();
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(LOOK_EVERY);
    }
}

/// Why the index can't be reached, if that is what pip says.
fn unreachable(said: &str) -> Option<String> {
    const SIGNS: [&str; 8] = [
        "connection broken",
        "Connection refused",
        "NewConnectionError",
        "Max retries exceeded",
        "name resolution",
        "timed out",
        "ProxyError",
        "SSLError",
    ];
    let line = said
        .lines()
        .find(|line| SIGNS.iter().any(|sign| line.contains(sign)))?;
    // The cause stands at the end: `… by 'NewConnectionError('<… object at 0x7f>: Failed to connect: …')': /simple/x/`
    let cause = line.rsplit_once(">: ").map_or(line, |(_, cause)| cause);
    let cause = cause.split("')").next().unwrap_or(cause);
    Some(cause.trim().to_owned())
}

/// The line that says most.
fn reason(said: &str) -> String {
    let errors = || {
        said.lines()
            .filter_map(|line| line.trim().strip_prefix("ERROR: "))
    };
    let told = errors()
        .next_back()
        .or_else(|| said.lines().rfind(|line| !line.trim().is_empty()));
    told.map_or_else(
        || "`pip` failed without a word".to_owned(),
        |line| line.trim().to_owned(),
    )
}

/// A file whose bytes that are no UTF-8 are passed over: Windows writes in other encodings.
struct LossyFile(File);

impl io::Read for LossyFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.0.read(buffer)?;
        for byte in &mut buffer[..length] {
            if !byte.is_ascii() {
                *byte = b'?';
            }
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_pip_is_a_file_or_a_command() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my pip");
        std::fs::write(&path, "").unwrap();
        let path = path.to_str().unwrap();
        assert_eq!(Pip::named(path).words, [path]);
        assert_eq!(Pip::named("python3.12 -m pip").words, ["python3.12", "-m", "pip"]);
        let relative = Pip::named("bin/python -m pip").words;
        assert!(Path::new(&relative[0]).is_absolute(), "{relative:?}");
        assert!(!Pip::named("/there/is/none").runs());
        assert!(!Pip::named("").runs());
    }

    #[test]
    fn what_pip_says_in_one_line() {
        let refused = "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError('<x object at 0x7f>: Failed to establish a new connection: [Errno 111] Connection refused')': /a/\n\
            ERROR: Could not find a version that satisfies the requirement a==1 (from versions: none)\n";
        assert_eq!(
            unreachable(refused).as_deref(),
            Some("Failed to establish a new connection: [Errno 111] Connection refused")
        );
        let unknown = "ERROR: Could not find a version that satisfies the requirement a==1 (from versions: 0.9)\n\
            ERROR: No matching distribution found for a==1\n";
        assert_eq!(unreachable(unknown), None);
        assert_eq!(reason(unknown), "No matching distribution found for a==1");
        assert_eq!(reason("/bin/pip: broken\n\n"), "/bin/pip: broken");
        assert_eq!(reason(""), "`pip` failed without a word");
    }
}
