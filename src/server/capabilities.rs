//! What client and server agreed on: the client's abilities as plain fields, the server's capabilities.

use crate::text::line_index::Encoding;
use tower_lsp::ls_types::*;

/// Characters after which an editor asks for completions: value after `Key: `, tag, quoted value, `${…}`, `A::B`, `A.B`.
const TRIGGERS: &[&str] = &[":", ".", "!", "\"", "'", "$", "{", " "];

/// The command that installs the documentation.
pub(super) const INSTALL_DOCS: &str = "ros.docs.install";

/// What the client can do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    pub(super) hover_markdown: bool,
    pub(super) completion_markdown: bool,
    /// The client asks for the words about a proposal when somebody looks at it.
    pub(super) resolves_documentation: bool,
    pub(super) snippets: bool,
    /// Lines of a completion can be inserted as they are; else the editor indents those after the first like the line.
    pub(super) keeps_indentation: bool,
    pub(super) completion_deprecated_tag: bool,
    pub(super) completion_deprecated: bool,
    pub(super) preselect: bool,
    pub(super) definition_links: bool,
    pub(super) hierarchical_symbols: bool,
    /// The client takes code actions as data, not only as commands.
    pub(super) code_actions: bool,
    pub(super) preferred_actions: bool,
    /// The client asks whether there is something to rename.
    pub(super) prepares_rename: bool,
    /// Changes may name the version of the document that they are for.
    pub(super) versioned_edits: bool,
    pub(super) related_information: bool,
    pub(super) diagnostic_tags: bool,
    /// A finding may link to what its code means.
    pub(super) code_description: bool,
    /// The client asks for diagnostics, and can be told to ask again; nothing is pushed to it.
    pub(super) pulls_diagnostics: bool,
    pub(super) pulls_configuration: bool,
    pub(super) registers_configuration: bool,
    /// The client can show a message with answers to choose from.
    pub(super) asks_user: bool,
    pub(super) shows_progress: bool,
    /// It watches files for us.
    pub(super) registers_watchers: bool,
}

/// Reads the client's abilities and says what the server offers.
pub(super) fn negotiate(params: &InitializeParams) -> (Client, ServerCapabilities) {
    let client = client(&params.capabilities);
    (client, server(&client))
}

fn client(capabilities: &ClientCapabilities) -> Client {
    let text = capabilities.text_document.clone().unwrap_or_default();
    let workspace = capabilities.workspace.clone().unwrap_or_default();
    let window = capabilities.window.clone().unwrap_or_default();
    let item = text
        .completion
        .and_then(|completion| completion.completion_item)
        .unwrap_or_default();
    let hover_formats = text.hover.and_then(|hover| hover.content_format);
    let publish = text.publish_diagnostics.unwrap_or_default();
    let refreshes = workspace
        .diagnostics
        .is_some_and(|diagnostics| diagnostics.refresh_support == Some(true));
    // Who can't be asked to pull again would never hear that pages or settings changed: it is pushed to.
    let pull = text.diagnostic.filter(|_| refreshes);
    let (related_information, tags, code_description) = match &pull {
        Some(pull) => (
            pull.related_information,
            pull.tag_support.is_some(),
            pull.code_description_support,
        ),
        None => (
            publish.related_information,
            publish.tag_support.is_some(),
            publish.code_description_support,
        ),
    };
    let configuration = workspace.did_change_configuration;
    let actions = text.code_action;
    let is_markdown = |formats: Option<Vec<MarkupKind>>| {
        formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown))
    };
    Client {
        encoding: encoding(capabilities),
        hover_markdown: is_markdown(hover_formats),
        completion_markdown: is_markdown(item.documentation_format),
        resolves_documentation: item.resolve_support.is_some_and(|resolve| {
            resolve
                .properties
                .iter()
                .any(|property| property == "documentation")
        }),
        snippets: item.snippet_support == Some(true),
        keeps_indentation: item
            .insert_text_mode_support
            .is_some_and(|modes| modes.value_set.contains(&InsertTextMode::AS_IS)),
        completion_deprecated_tag: item
            .tag_support
            .is_some_and(|tags| tags.value_set.contains(&CompletionItemTag::DEPRECATED)),
        completion_deprecated: item.deprecated_support == Some(true),
        preselect: item.preselect_support == Some(true),
        definition_links: text
            .definition
            .is_some_and(|definition| definition.link_support == Some(true)),
        hierarchical_symbols: text
            .document_symbol
            .is_some_and(|symbols| symbols.hierarchical_document_symbol_support == Some(true)),
        code_actions: actions
            .as_ref()
            .is_some_and(|actions| actions.code_action_literal_support.is_some()),
        preferred_actions: actions.is_some_and(|actions| actions.is_preferred_support == Some(true)),
        prepares_rename: text
            .rename
            .is_some_and(|rename| rename.prepare_support == Some(true)),
        versioned_edits: workspace
            .workspace_edit
            .is_some_and(|edit| edit.document_changes == Some(true)),
        related_information: related_information == Some(true),
        diagnostic_tags: tags,
        code_description: code_description == Some(true),
        pulls_diagnostics: pull.is_some(),
        pulls_configuration: workspace.configuration == Some(true),
        registers_watchers: workspace
            .did_change_watched_files
            .is_some_and(|watching| watching.dynamic_registration == Some(true)),
        registers_configuration: configuration.and_then(|change| change.dynamic_registration) == Some(true),
        asks_user: window.show_message.is_some(),
        shows_progress: window.work_done_progress == Some(true),
    }
}

/// UTF-8 where the client has it, which makes columns bytes; else the client's first choice among those known.
fn encoding(capabilities: &ClientCapabilities) -> Encoding {
    let offered = capabilities
        .general
        .as_ref()
        .and_then(|general| general.position_encodings.as_deref())
        .unwrap_or_default();
    if offered.contains(&PositionEncodingKind::UTF8) {
        return Encoding::Utf8;
    }
    let known = offered.iter().find_map(|kind| match kind.as_str() {
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    });
    known.unwrap_or(Encoding::Utf16)
}

fn server(client: &Client) -> ServerCapabilities {
    let encoding = match client.encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    };
    ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(true.into()),
                ..TextDocumentSyncOptions::default()
            }
            .into(),
        ),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(TRIGGERS.iter().map(|&trigger| trigger.to_owned()).collect()),
            resolve_provider: client.resolves_documentation.then_some(true),
            ..CompletionOptions::default()
        }),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(match client.prepares_rename {
            true => OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            false => OneOf::Left(true),
        }),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: client.code_actions.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
                ..CodeActionOptions::default()
            })
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![INSTALL_DOCS.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            ..WorkspaceServerCapabilities::default()
        }),
        diagnostic_provider: client.pulls_diagnostics.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("ros".to_owned()),
                ..DiagnosticOptions::default()
            })
        }),
        ..ServerCapabilities::default()
    }
}
