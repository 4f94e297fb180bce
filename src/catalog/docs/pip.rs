//! The user's own `pip`: so that mirrors, proxies and credentials just work.

use super::fetch::Wanted;
use std::env;
use std::fs::File;
use std::io::{self, Write};
use std::path::{self, Path};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

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

/// How long a pip may take to say its version.
const START_LIMIT: Duration = Duration::from_secs(30);

/// How long one call may download.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(600);

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
    /// With a message when there is none, or when it is cancelled.
    pub fn find(is_cancelled: &dyn Fn() -> bool) -> Result<Pip, String> {
        if let Ok(named) = env::var(VARIABLE)
            && !named.trim().is_empty()
        {
            let pip = Pip::named(&named);
            return match pip.runs(is_cancelled) {
                true => Ok(pip),
                false => Err(format!("`{VARIABLE}` names `{named}`, which does not run")),
            };
        }
        let mut usual = USUAL.iter().map(|words| Pip {
            words: words.iter().map(|&word| word.to_owned()).collect(),
        });
        usual
            .find(|pip| pip.runs(is_cancelled))
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

    fn runs(&self, is_cancelled: &dyn Fn() -> bool) -> bool {
        // Whoever else uses this computer can't put modules into it.
        let tried = tempfile::tempdir().and_then(|neutral| {
            let mut child = self
                .command(neutral.path())
                .arg("--version")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()?;
            wait(&mut child, START_LIMIT, is_cancelled)
        });
        matches!(tried, Ok(Waited::Ended(true)))
    }

    /// Downloads packages, each a line of a requirements file with name, version and hash, into a folder: as wheels, or one as its source.
    ///
    /// # Errors
    /// When the process can't be started or watched.
    pub(super) fn download(
        &self,
        packages: &[Wanted],
        as_source: bool,
        into: &Path,
        is_cancelled: &dyn Fn() -> bool,
    ) -> io::Result<Ended> {
        // N.B. A source package may need wheels of others to say what it is, so only this one is asked for as source.
        let form = match (as_source, packages) {
            (true, [wanted, ..]) => ["--no-binary", &*wanted.name],
            _ => ["--only-binary", ":all:"],
        };
        let into = path::absolute(into)?;
        let messages = tempfile::NamedTempFile::new_in(&into)?;
        // A source archive runs when it is asked what it is: pip must know that it is the right one before.
        let mut requirements = tempfile::NamedTempFile::new_in(&into)?;
        for wanted in packages {
            let Wanted {
                name,
                version,
                sha256,
            } = wanted;
            writeln!(requirements, "{name}=={version} --hash=sha256:{sha256}")?;
        }
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
            .arg("--require-hashes")
            .arg("-r")
            .arg(requirements.path())
            .stdout(Stdio::null())
            // A file takes any amount of words without anybody reading meanwhile.
            .stderr(messages.reopen()?)
            .spawn()?;
        match wait(&mut child, DOWNLOAD_LIMIT, is_cancelled)? {
            Waited::Ended(true) => return Ok(Ended::Well),
            Waited::Ended(false) => {}
            Waited::Cancelled => return Ok(Ended::Cancelled),
            Waited::TooLong => {
                let minutes = DOWNLOAD_LIMIT.as_secs() / 60;
                return Ok(Ended::NoNetwork(format!(
                    "`pip` did not end within {minutes} minutes"
                )));
            }
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

/// What became of a process.
#[derive(Debug, PartialEq, Eq)]
enum Waited {
    /// By itself; whether well.
    Ended(bool),
    Cancelled,
    TooLong,
}

/// Waits for the end of the process, which it ends itself when it is cancelled or takes longer than `limit`.
fn wait(child: &mut Child, limit: Duration, is_cancelled: &dyn Fn() -> bool) -> io::Result<Waited> {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Waited::Ended(status.success()));
        }
        let stopped = match is_cancelled() {
            true => Some(Waited::Cancelled),
            false => (begin.elapsed() >= limit).then_some(Waited::TooLong),
        };
        if let Some(stopped) = stopped {
            // It may just have ended by itself.
            let _ = child.kill();
            child.wait()?;
            return Ok(stopped);
        }
        thread::sleep(LOOK_EVERY);
    }
}

/// Why the index can't be reached, if that is what pip says. An error counts, and the warning before the last attempt;
/// other warnings are of attempts that were repeated, nor do any count where the index told which versions there are.
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
    let has_sign = |line: &&str| SIGNS.iter().any(|sign| line.contains(sign));
    let error = said
        .lines()
        .filter(|line| line.trim().starts_with("ERROR: "))
        .rfind(has_sign);
    let was_reached = said.contains("(from versions: ") && !said.contains("(from versions: none)");
    let last_attempt = || {
        said.lines()
            .filter(|line| !line.contains("Retry(total=") || line.contains("Retry(total=0"))
            .find(has_sign)
            .filter(|_| !was_reached)
    };
    let line = error.or_else(last_attempt)?;
    // The cause stands at the end: `… by 'NewConnectionError('<… object at 0x7f>: Failed to connect: …')': /simple/x/`
    let cause = line.rsplit_once(">: ").map_or(line, |(_, cause)| cause);
    let cause = cause.split("')").next().unwrap_or(cause);
    Some(cause.trim().trim_start_matches("ERROR: ").to_owned())
}

/// The line that says most.
fn reason(said: &str) -> String {
    if said.contains("DO NOT MATCH THE HASHES") {
        return "wrong content: its SHA-256 is not the known one; it was thrown away".to_owned();
    }
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
        assert!(!Pip::named("/there/is/none").runs(&|| false));
        assert!(!Pip::named("").runs(&|| false));
    }

    #[test]
    fn what_pip_says_in_one_line() {
        let refused = "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<x object at 0x7f>: Failed to establish a new connection: [Errno 111] Connection refused')': /a/\n\
            ERROR: Could not find a version that satisfies the requirement a==1 (from versions: none)\n";
        assert_eq!(
            unreachable(refused).as_deref(),
            Some("Failed to establish a new connection: [Errno 111] Connection refused")
        );
        let repeated = refused.replace("total=0", "total=4");
        assert_eq!(unreachable(&repeated), None, "a later attempt went well");
        let known = refused.replace("versions: none", "versions: 0.9");
        assert_eq!(unreachable(&known), None, "another index answered");
        let exceeded = "ERROR: Could not install packages due to an OSError: HTTPSConnectionPool(host='x'): Max retries exceeded";
        assert!(unreachable(exceeded).is_some_and(|why| why.starts_with("Could not install")));
        let wrong = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    a==1:\n";
        assert!(reason(wrong).starts_with("wrong content"));
        let unknown = "ERROR: Could not find a version that satisfies the requirement a==1 (from versions: 0.9)\n\
            ERROR: No matching distribution found for a==1\n";
        assert_eq!(unreachable(unknown), None);
        assert_eq!(reason(unknown), "No matching distribution found for a==1");
        assert_eq!(reason("/bin/pip: broken\n\n"), "/bin/pip: broken");
        assert_eq!(reason(""), "`pip` failed without a word");
    }

    #[test]
    #[cfg(unix)]
    fn a_process_that_takes_too_long_is_ended() {
        let start = || Command::new("sleep").arg("600").spawn().unwrap();
        let hour = Duration::from_secs(3600);
        assert_eq!(
            wait(&mut start(), Duration::ZERO, &|| false).unwrap(),
            Waited::TooLong
        );
        assert_eq!(wait(&mut start(), hour, &|| true).unwrap(), Waited::Cancelled);
        let mut short = Command::new("true").spawn().unwrap();
        assert_eq!(wait(&mut short, hour, &|| false).unwrap(), Waited::Ended(true));
    }
}
