//! The extension for Zed: starts `ros-lsp` from the settings or from PATH, and passes it the settings.

use zed_extension_api::{self as zed, LanguageServerId, Result, Worktree, serde_json::Value, settings::LspSettings};

const SERVER: &str = "ros-lsp";

struct RosLsp;

impl zed::Extension for RosLsp {
    fn new() -> Self {
        RosLsp
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<zed::Command> {
        let binary = LspSettings::for_worktree(SERVER, worktree).ok().and_then(|settings| settings.binary);
        let (path, arguments, variables) = match binary {
            Some(binary) => (binary.path, binary.arguments, binary.env),
            None => (None, None, None),
        };
        let command = path
            .or_else(|| worktree.which(SERVER))
            .ok_or("install ros-lsp and put it on PATH, or name it in `lsp.ros-lsp.binary.path`")?;
        let mut env = worktree.shell_env();
        env.extend(variables.unwrap_or_default());
        Ok(zed::Command { command, args: arguments.unwrap_or_default(), env })
    }

    fn language_server_initialization_options(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        Ok(LspSettings::for_worktree(SERVER, worktree)?.initialization_options)
    }

    fn language_server_workspace_configuration(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        Ok(LspSettings::for_worktree(SERVER, worktree)?.settings)
    }
}

zed::register_extension!(RosLsp);
