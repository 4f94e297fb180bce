//! Maintenance commands of the project: `cargo xtask <command>`.

mod association;
mod catalog;
mod contract;
mod ecosystem;
mod report;
mod validated;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(about = "Maintenance commands of the project")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the catalog's committed facts from the CDK's packages and pages, or report on them
    Catalog(catalog::Options),
    /// Build the committed facts about association properties from the official agent's validator
    Association(association::Options),
    /// Compare what two builds find in real templates and in their JSON forms
    Ecosystem(ecosystem::Options),
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Catalog(options) => catalog::run(&options),
        Command::Association(options) => association::run(&options),
        Command::Ecosystem(options) => ecosystem::run(&options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// A line for the person at the terminal.
fn say(line: &str) {
    use std::io::Write;
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(std::io::stderr(), "{line}");
}
