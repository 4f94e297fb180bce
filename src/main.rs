//! Entry point: parses the arguments and calls the server or the command line.

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use ros_lsp::catalog::Catalog;
use ros_lsp::catalog::docs::install::{JOBS, Request};
use ros_lsp::catalog::docs::{Docs, Problem};
use ros_lsp::cli::{self, Outcome, check, docs, explain, export, parse, shell, types};
use ros_lsp::diagnostic::Severity;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Our version, and the catalog's on a line of its own.
const VERSIONS: &str = concat!(env!("CARGO_PKG_VERSION"), "\ncatalog: ", env!("ROS_CATALOG"));

/// Language server and linter for Alibaba Cloud ROS templates, YAML and JSON. Without a command it serves an editor over
/// standard input and output.
#[derive(Parser)]
#[command(name = "ros-lsp", version, long_version = VERSIONS, args_conflicts_with_subcommands = true)]
struct Arguments {
    /// Serve over standard input and output (what happens without a command anyway)
    #[arg(long)]
    stdio: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Check templates: exit 0 clean, 1 findings at error level, 2 could not run
    Check(CheckArguments),
    /// Explain a rule (ROS1005), a resource type, or a property (TYPE.Property.Nested)
    Explain {
        /// A rule's id or name, a resource type, or a type with a property's path
        #[arg(required_unless_present = "rules")]
        topic: Option<String>,
        /// List all rules
        #[arg(long, conflicts_with = "topic")]
        rules: bool,
        /// Form of the answer
        #[arg(long, value_enum, default_value = "human", conflicts_with = "rules")]
        format: Format,
    },
    /// Print a file's tree as JSON
    Parse {
        file: PathBuf,
        /// Print the place of this byte offset in the tree instead
        #[arg(long, value_name = "BYTE")]
        at: Option<u32>,
    },
    /// Describe types of your own in pages: `.ros/types/*.md`
    Types {
        #[command(subcommand)]
        command: TypesCommand,
    },
    /// Work with the catalog of resource types
    Catalog {
        #[command(subcommand)]
        command: CatalogCommand,
    },
    /// Print the completion script of a shell
    Completions { shell: shell::Shell },
    /// Print the manual page of the program, or of one of its commands
    Man { command: Option<String> },
    /// Install the official documentation on this computer, for hovers and `explain`
    Docs {
        #[command(subcommand)]
        command: DocsCommand,
    },
}

#[derive(Args)]
struct CheckArguments {
    /// Files or folders; `-` reads standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the report; `sarif` is what code-scanning services take
    #[arg(long, value_enum, default_value = "human")]
    format: ReportFormat,
    /// When to color the report
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
    /// Leave out findings below this severity [default: information; everything with --format json]
    #[arg(long, value_enum)]
    level: Option<Level>,
    /// Name of what is read from standard input
    #[arg(long, value_name = "NAME", default_value = "stdin.ros.yml")]
    stdin_name: String,
}

#[derive(Subcommand)]
enum TypesCommand {
    /// Write a page to begin with
    New {
        /// The type's name, such as MODULE::Team::Thing
        name: String,
        /// The project's folder [default: the nearest that has pages, else the present one]
        #[arg(long)]
        dir: Option<PathBuf>,
        /// Overwrite a page that is there
        #[arg(long)]
        force: bool,
        /// Language of the page
        #[arg(long, value_enum, default_value = "en")]
        language: Language,
    },
    /// Check the pages at and below a folder: exit 0 all can be read, 1 something can't, 2 could not run
    Check {
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Form of the report
        #[arg(long, value_enum, default_value = "human")]
        format: Format,
        /// When to color the report
        #[arg(long, value_enum, default_value = "auto")]
        color: Color,
    },
    /// List the types that are described, with their pages
    List {
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    En,
    Zh,
}

#[derive(Subcommand)]
enum CatalogCommand {
    /// Print every resource type as one line of JSON
    Export,
}

#[derive(Subcommand)]
enum DocsCommand {
    /// Fetch the packages of the ROS CDK with `pip`, or take packages and pages that are here, and make docs packs of them
    Install(InstallArguments),
    /// List the docs packs: exit 0 all sound, 1 a pack cannot be used
    Status {
        /// Form of the answer
        #[arg(long, value_enum, default_value = "human")]
        format: Format,
    },
    /// Remove the docs pack of a language, or all packs and the packages fetched for them
    Remove {
        /// Such as `en` or `zh-CN`
        #[arg(value_name = "LANG")]
        language: Option<String>,
    },
}

#[derive(Args)]
struct InstallArguments {
    /// Folder with packages of the ROS CDK (`pip download --no-deps ros-cdk-…`); nothing is fetched
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// Folder with property-table pages (`*.md`), of several in one language the first goes before; nothing is fetched
    #[arg(long, value_name = "DIR")]
    pages: Vec<PathBuf>,
    /// Language of the pages, such as `zh-CN` [default: as their text tells]
    #[arg(long, value_name = "LANG", requires = "pages")]
    language: Option<String>,
    /// How many packages to fetch at a time
    #[arg(long, value_name = "N", default_value_t = JOBS, value_parser = jobs)]
    jobs: usize,
    /// Install although some packages could not be fetched
    #[arg(long)]
    partial: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum ReportFormat {
    Human,
    Json,
    Sarif,
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, ValueEnum)]
enum Level {
    Error,
    Warning,
    Information,
    Hint,
}

fn main() -> ExitCode {
    let Some(command) = Arguments::parse().command else {
        return ros_lsp::server::run();
    };
    match run(command) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        // A reader that has seen enough, such as `head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

fn run(command: Command) -> io::Result<Outcome> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let outcome = match command {
        Command::Check(arguments) => check::check(&options(arguments), &mut out, &mut io::stderr())?,
        Command::Explain { topic, format, .. } => {
            let catalog = types::catalog_here().with_docs(Arc::new(Docs::of_user().with_listener(warn)));
            let locale = user_locale();
            let explained = topic.map(|topic| match format {
                Format::Human => explain::explain(&topic, &catalog, &locale),
                Format::Json => {
                    explain::explain_as_json(&topic, &catalog, &locale).map(|data| format!("{data:#}\n"))
                }
            });
            match explained {
                None => print(&mut out, &explain::list_rules())?,
                Some(Ok(text)) => print(&mut out, &text)?,
                Some(Err(message)) => say(&message),
            }
        }
        Command::Parse { file, at } => match cli::read(&file) {
            Ok(text) => print(
                &mut out,
                &format!("{}\n", parse::parse(&text, cli::format_of(&file, &text), at)),
            )?,
            Err(message) => say(&message),
        },
        Command::Types { command } => types(command, &mut out)?,
        Command::Catalog {
            command: CatalogCommand::Export,
        } => {
            export::export(Catalog::embedded(), &mut out)?;
            Outcome::Clean
        }
        Command::Completions { shell } => {
            shell::completions(Arguments::command(), shell, &mut out)?;
            Outcome::Clean
        }
        Command::Man { command } => {
            shell::manual(Arguments::command(), command.as_deref(), &mut out)?;
            Outcome::Clean
        }
        Command::Docs { command } => run_docs(command, &mut out)?,
    };
    out.flush()?;
    Ok(outcome)
}

fn run_docs(command: DocsCommand, out: &mut impl Write) -> io::Result<Outcome> {
    let user = match Request::of_user() {
        Ok(user) => user,
        Err(message) => return Ok(say(&message)),
    };
    match command {
        DocsCommand::Install(arguments) => {
            let request = Request {
                from: arguments.from,
                pages: arguments.pages,
                language: arguments.language,
                jobs: arguments.jobs,
                partial: arguments.partial,
                ..user
            };
            if io::stderr().is_terminal() {
                docs::install(&request, &docs::Bar::default(), out, &mut io::stderr())
            } else {
                docs::install(&request, &docs::Lines::new(io::stderr()), out, &mut io::stderr())
            }
        }
        DocsCommand::Status { format } => {
            let report = match format {
                Format::Human => docs::Report::Human,
                Format::Json => docs::Report::Json,
            };
            docs::status(&user.packs, &user.cache, report, out)
        }
        DocsCommand::Remove { language } => docs::remove(
            language.as_deref(),
            &user.packs,
            &user.cache,
            out,
            &mut io::stderr(),
        ),
    }
}

fn jobs(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| (1..=32).contains(number));
    number.ok_or_else(|| "must be a number from 1 to 32".to_owned())
}

fn types(command: TypesCommand, out: &mut impl Write) -> io::Result<Outcome> {
    let err = &mut io::stderr();
    match command {
        TypesCommand::New {
            name,
            dir,
            force,
            language,
        } => {
            let chinese = language == Language::Zh;
            let page = types::NewPage {
                name,
                dir,
                force,
                chinese,
            };
            types::new(&page, out, err)
        }
        TypesCommand::Check { dir, format, color } => {
            let report = types::Report {
                json: matches!(format, Format::Json),
                color: is_colored(color),
            };
            types::check(&dir, report, out, err)
        }
        TypesCommand::List { dir } => types::list(&dir, out, err),
    }
}

fn options(arguments: CheckArguments) -> check::Options {
    let format = match arguments.format {
        ReportFormat::Human => check::Report::Human,
        ReportFormat::Json => check::Report::Json,
        ReportFormat::Sarif => check::Report::Sarif,
    };
    let level = match (arguments.level, format) {
        (Some(Level::Error), _) => Severity::Error,
        (Some(Level::Warning), _) => Severity::Warning,
        (Some(Level::Information), _) | (None, check::Report::Human | check::Report::Sarif) => {
            Severity::Information
        }
        (Some(Level::Hint), _) | (None, check::Report::Json) => Severity::Hint,
    };
    check::Options {
        paths: arguments.paths,
        format,
        color: is_colored(arguments.color),
        level,
        stdin_name: arguments.stdin_name,
    }
}

fn is_colored(color: Color) -> bool {
    // A console of Windows shows colors once it is asked to; elsewhere nobody needs asking.
    let shows_colors = || anstyle_query::windows::enable_ansi_colors().unwrap_or(true);
    match color {
        Color::Always => {
            shows_colors();
            true
        }
        Color::Never => false,
        Color::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() && shows_colors(),
    }
}

fn print(out: &mut impl Write, text: &str) -> io::Result<Outcome> {
    out.write_all(text.as_bytes())?;
    Ok(Outcome::Clean)
}

/// A message to the user about something that could not be done.
fn say(message: &str) -> Outcome {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "error: {message}");
    Outcome::Failed
}

/// A docs pack that can't be used does not keep the rest from being told.
fn warn(problem: Problem) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "warning: {}", problem.message);
}

fn fail(message: &str) -> ExitCode {
    ExitCode::from(say(message).code())
}

/// The language of the user's terminal, as the system says it.
fn user_locale() -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|locale| !locale.is_empty())
        .unwrap_or_default()
}
