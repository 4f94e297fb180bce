//! What an installation wants besides the program: completions of the shells and manual pages.

use clap::Command;
use std::io::{self, Write};

pub use clap_complete::Shell;

/// Writes the completion script of a shell.
///
/// # Errors
/// When `out` can't be written.
pub fn completions(mut command: Command, shell: Shell, out: &mut impl Write) -> io::Result<()> {
    let name = command.get_name().to_owned();
    // N.B. `generate` panics when it can't write: a buffer always can.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name.as_str(), &mut script);
    if shell == Shell::Bash {
        script = with_one_spelling(script, &name);
    }
    out.write_all(&script)
}

/// clap_complete 4.6 spells a hyphen in the program's name `__` where its script for Bash enters a command, and `__subcmd__`
/// where it looks at what was entered: nothing behind a command would be completed.
fn with_one_spelling(script: Vec<u8>, name: &str) -> Vec<u8> {
    let looked_for = name.replace('-', "__subcmd__");
    String::from_utf8(script).map_or_else(
        |error| error.into_bytes(),
        |text| text.replace(&looked_for, &name.replace('-', "__")).into_bytes(),
    )
}

/// Writes the manual page of the program, or of one of its commands, as roff.
///
/// # Errors
/// When `out` can't be written, or with `NotFound` for a command that is none.
pub fn manual(mut command: Command, of: Option<&str>, out: &mut impl Write) -> io::Result<()> {
    command.build();
    let page = match of {
        None => command,
        Some(name) => command.find_subcommand(name).cloned().ok_or_else(|| {
            io::Error::new(io::ErrorKind::NotFound, format!("there is no command `{name}`"))
        })?,
    };
    let title = page.get_display_name().unwrap_or(page.get_name()).to_owned();
    clap_mangen::Man::new(page)
        .title(title.to_uppercase())
        .render(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program() -> Command {
        Command::new("ros-lsp").about("about the program").subcommand(
            Command::new("check")
                .about("about checking")
                .arg(clap::Arg::new("PATH")),
        )
    }

    #[test]
    fn every_shell_has_a_script_that_knows_the_commands() {
        for shell in [
            Shell::Bash,
            Shell::Zsh,
            Shell::Fish,
            Shell::PowerShell,
            Shell::Elvish,
        ] {
            let mut script = Vec::new();
            completions(program(), shell, &mut script).unwrap();
            let script = String::from_utf8(script).unwrap();
            assert!(
                script.contains("ros-lsp") && script.contains("check"),
                "{shell}: {script}"
            );
        }
    }

    #[test]
    fn bash_completes_behind_a_command() {
        let mut script = Vec::new();
        completions(program(), Shell::Bash, &mut script).unwrap();
        let script = String::from_utf8(script).unwrap();
        let entered: Vec<&str> = script
            .lines()
            .filter_map(|line| line.trim().strip_prefix("cmd=\"")?.strip_suffix('"'))
            .filter(|state| !state.is_empty())
            .collect();
        assert!(entered.len() >= 2, "{script}");
        for state in entered {
            assert!(
                script.lines().any(|line| line.trim() == format!("{state})")),
                "{state}: {script}"
            );
        }
    }

    #[test]
    fn the_program_and_its_commands_have_pages() {
        let page = |of| {
            let mut page = Vec::new();
            manual(program(), of, &mut page).map(|()| String::from_utf8(page).unwrap())
        };
        assert!(page(None).unwrap().contains("about the program"));
        let check = page(Some("check")).unwrap();
        assert!(
            check.contains("about checking") && check.contains("ROS-LSP-CHECK"),
            "{check}"
        );
        assert_eq!(
            page(Some("chek")).unwrap_err().to_string(),
            "there is no command `chek`"
        );
    }
}
