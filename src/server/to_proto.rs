//! Our types → the client's. Conversion only.

use super::capabilities::Client;
use super::fit;
use super::state::{Snapshot, Version};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::features::card;
use crate::features::completion::{self, Completion, Documentation, Item, ItemKind, snippet};
use crate::features::definition::Target;
use crate::features::hover::Hover;
use crate::features::references::{Occurrence, Places};
use crate::features::symbols::{Symbol, SymbolKind};
use crate::rules;
use crate::text::TextRange;
use crate::text::buffer::Buffer;
use crate::text::edit::TextEdit;
use crate::text::line_index::{Encoding, LineIndex};
use tower_lsp::ls_types as lsp;

pub(super) fn position(buffer: &Buffer, offset: u32, encoding: Encoding) -> lsp::Position {
    let position = buffer.position(offset, encoding);
    lsp::Position::new(position.line, position.column)
}

pub(super) fn range(buffer: &Buffer, range: TextRange, encoding: Encoding) -> lsp::Range {
    lsp::Range::new(
        position(buffer, range.start, encoding),
        position(buffer, range.end, encoding),
    )
}

pub(super) fn hover(snapshot: &Snapshot, hover: Hover) -> lsp::Hover {
    lsp::Hover {
        contents: lsp::HoverContents::Markup(markup(hover.markdown, snapshot.client.hover_markdown)),
        range: Some(snapshot.range(hover.range)),
    }
}

pub(super) fn definition(snapshot: &Snapshot, targets: Vec<Target>) -> lsp::GotoDefinitionResponse {
    let links = targets.into_iter().filter_map(|target| link(snapshot, &target));
    if snapshot.client.definition_links {
        lsp::GotoDefinitionResponse::Link(links.collect())
    } else {
        let location =
            |link: lsp::LocationLink| lsp::Location::new(link.target_uri, link.target_selection_range);
        lsp::GotoDefinitionResponse::Array(links.map(location).collect())
    }
}

fn link(snapshot: &Snapshot, target: &Target) -> Option<lsp::LocationLink> {
    let whole = target.range.cover(target.selection);
    let (target_uri, target_range, target_selection_range) = match &target.page {
        None => (
            snapshot.version.uri.clone(),
            snapshot.range(whole),
            snapshot.range(target.selection),
        ),
        Some(page) => {
            let lines = LineIndex::new(&page.text);
            let encoding = snapshot.client.encoding;
            (
                page.name.parse().ok()?,
                range_of(&lines, whole, encoding),
                range_of(&lines, target.selection, encoding),
            )
        }
    };
    Some(lsp::LocationLink {
        origin_selection_range: Some(snapshot.range(target.origin)),
        target_uri,
        target_range,
        target_selection_range,
    })
}

/// The client's range for bytes of a text that is no open document.
pub(super) fn range_of(lines: &LineIndex<'_>, range: TextRange, encoding: Encoding) -> lsp::Range {
    let position = |offset| {
        let position = lines.position(offset, encoding);
        lsp::Position::new(position.line, position.column)
    };
    lsp::Range::new(position(range.start), position(range.end))
}

pub(super) fn symbols(snapshot: &Snapshot, symbols: Vec<Symbol>) -> lsp::DocumentSymbolResponse {
    if snapshot.client.hierarchical_symbols {
        let nested = symbols
            .into_iter()
            .map(|symbol| document_symbol(snapshot, symbol));
        lsp::DocumentSymbolResponse::Nested(nested.collect())
    } else {
        let mut flat = Vec::new();
        for symbol in symbols {
            flatten(snapshot, symbol, None, &mut flat);
        }
        lsp::DocumentSymbolResponse::Flat(flat)
    }
}

pub(super) fn references(snapshot: &Snapshot, found: &Places) -> Vec<lsp::Location> {
    let uri = &snapshot.version.uri;
    let places = found.places.iter();
    places
        .map(|place| lsp::Location::new(uri.clone(), snapshot.range(place.range)))
        .collect()
}

pub(super) fn highlights(snapshot: &Snapshot, found: &Places) -> Vec<lsp::DocumentHighlight> {
    let highlight = |place: &Occurrence| lsp::DocumentHighlight {
        range: snapshot.range(place.range),
        kind: Some(match place.declaration {
            true => lsp::DocumentHighlightKind::WRITE,
            false => lsp::DocumentHighlightKind::READ,
        }),
    };
    found.places.iter().map(highlight).collect()
}

pub(super) fn quick_fixes(snapshot: &Snapshot, fixes: &[(&Diagnostic, &Fix)]) -> lsp::CodeActionResponse {
    let action = |(finding, fix): &(&Diagnostic, &Fix)| {
        lsp::CodeActionOrCommand::CodeAction(lsp::CodeAction {
            title: fix.title.clone(),
            kind: Some(lsp::CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic(finding, &snapshot.version, &snapshot.client)]),
            edit: Some(workspace_edit(snapshot, &fix.edits)),
            is_preferred: (fix.preferred && snapshot.client.preferred_actions).then_some(true),
            ..lsp::CodeAction::default()
        })
    };
    fixes.iter().map(action).collect()
}

/// Changes to the document, for this version of it where the client can tell.
pub(super) fn workspace_edit(snapshot: &Snapshot, edits: &[TextEdit]) -> lsp::WorkspaceEdit {
    let uri = snapshot.version.uri.clone();
    let edits = edits
        .iter()
        .map(|edit| lsp::TextEdit::new(snapshot.range(edit.range), edit.text.clone()));
    if snapshot.client.versioned_edits {
        let text_document = lsp::OptionalVersionedTextDocumentIdentifier {
            uri,
            version: Some(snapshot.version.number),
        };
        let edits = edits.map(lsp::OneOf::Left).collect();
        let change = lsp::TextDocumentEdit { text_document, edits };
        return lsp::WorkspaceEdit {
            document_changes: Some(lsp::DocumentChanges::Edits(vec![change])),
            ..lsp::WorkspaceEdit::default()
        };
    }
    lsp::WorkspaceEdit {
        changes: Some([(uri, edits.collect())].into()),
        ..lsp::WorkspaceEdit::default()
    }
}

/// `cursor` is the offset at which completion was asked for.
pub(super) fn completion(
    snapshot: &Snapshot,
    completion: Completion,
    cursor: u32,
) -> lsp::CompletionResponse {
    let items = completion.items.into_iter();
    let items = items
        .map(|item| completion_item(snapshot, item, cursor))
        .collect();
    lsp::CompletionResponse::List(lsp::CompletionList {
        is_incomplete: completion.incomplete,
        items,
    })
}

pub(super) fn diagnostics(list: &[Diagnostic], version: &Version, client: &Client) -> Vec<lsp::Diagnostic> {
    list.iter()
        .map(|diagnostic| self::diagnostic(diagnostic, version, client))
        .collect()
}

fn diagnostic(diagnostic: &Diagnostic, version: &Version, client: &Client) -> lsp::Diagnostic {
    let to_range = |bytes| range(&version.buffer, bytes, client.encoding);
    let related = diagnostic
        .related
        .iter()
        .map(|related| lsp::DiagnosticRelatedInformation {
            location: lsp::Location::new(version.uri.clone(), to_range(related.range)),
            message: related.message.clone(),
        });
    let related: Vec<_> = related.collect();
    let mut tags = Vec::new();
    if diagnostic.unnecessary {
        tags.push(lsp::DiagnosticTag::UNNECESSARY);
    }
    if diagnostic.deprecated {
        tags.push(lsp::DiagnosticTag::DEPRECATED);
    }
    lsp::Diagnostic {
        range: to_range(diagnostic.range),
        severity: Some(severity(diagnostic.severity)),
        code: Some(lsp::NumberOrString::String(diagnostic.id.to_owned())),
        code_description: page_of_rule(diagnostic.id).filter(|_| client.code_description),
        source: Some("ros".to_owned()),
        message: diagnostic.message.clone(),
        related_information: (client.related_information && !related.is_empty()).then_some(related),
        tags: (client.diagnostic_tags && !tags.is_empty()).then_some(tags),
        ..lsp::Diagnostic::default()
    }
}

/// The rule's section in the documentation.
fn page_of_rule(id: &str) -> Option<lsp::CodeDescription> {
    let href = rules::rule(id)?.page().parse().ok()?;
    Some(lsp::CodeDescription { href })
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

fn markup(markdown: String, understood: bool) -> lsp::MarkupContent {
    if understood {
        lsp::MarkupContent {
            kind: lsp::MarkupKind::Markdown,
            value: markdown,
        }
    } else {
        lsp::MarkupContent {
            kind: lsp::MarkupKind::PlainText,
            value: card::plain(&markdown),
        }
    }
}

#[allow(deprecated, reason = "the field has no other constructor")]
fn document_symbol(snapshot: &Snapshot, symbol: Symbol) -> lsp::DocumentSymbol {
    let children: Vec<_> = symbol
        .children
        .into_iter()
        .map(|child| document_symbol(snapshot, child))
        .collect();
    lsp::DocumentSymbol {
        name: symbol_name(symbol.name),
        detail: (!symbol.detail.is_empty()).then_some(symbol.detail),
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: snapshot.range(symbol.range.cover(symbol.selection)),
        selection_range: snapshot.range(symbol.selection),
        children: (!children.is_empty()).then_some(children),
    }
}

#[allow(deprecated, reason = "the field has no other constructor")]
fn flatten(
    snapshot: &Snapshot,
    symbol: Symbol,
    container: Option<&str>,
    flat: &mut Vec<lsp::SymbolInformation>,
) {
    let name = symbol_name(symbol.name);
    flat.push(lsp::SymbolInformation {
        name: name.clone(),
        kind: symbol_kind(symbol.kind),
        tags: None,
        deprecated: None,
        location: lsp::Location::new(snapshot.version.uri.clone(), snapshot.range(symbol.range)),
        container_name: container.map(str::to_owned),
    });
    for child in symbol.children {
        flatten(snapshot, child, Some(&name), flat);
    }
}

/// N.B. VS Code drops the whole outline for one empty name.
fn symbol_name(name: String) -> String {
    if name.trim().is_empty() {
        "(no name)".to_owned()
    } else {
        name
    }
}

/// Kinds of the protocol's first version only, which every client knows.
fn symbol_kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Section => lsp::SymbolKind::MODULE,
        SymbolKind::Parameter => lsp::SymbolKind::VARIABLE,
        SymbolKind::Mapping => lsp::SymbolKind::ENUM,
        SymbolKind::Condition => lsp::SymbolKind::BOOLEAN,
        SymbolKind::Rule => lsp::SymbolKind::INTERFACE,
        SymbolKind::Local => lsp::SymbolKind::CONSTANT,
        SymbolKind::Resource => lsp::SymbolKind::CLASS,
        SymbolKind::Output => lsp::SymbolKind::FIELD,
        SymbolKind::Entry => lsp::SymbolKind::PROPERTY,
    }
}

/// Likewise.
fn item_kind(kind: ItemKind) -> lsp::CompletionItemKind {
    match kind {
        ItemKind::Section => lsp::CompletionItemKind::MODULE,
        ItemKind::ResourceType => lsp::CompletionItemKind::CLASS,
        ItemKind::Property => lsp::CompletionItemKind::PROPERTY,
        ItemKind::Attribute | ItemKind::Output => lsp::CompletionItemKind::FIELD,
        ItemKind::Value => lsp::CompletionItemKind::VALUE,
        ItemKind::Function => lsp::CompletionItemKind::FUNCTION,
        ItemKind::Parameter | ItemKind::Local => lsp::CompletionItemKind::VARIABLE,
        ItemKind::Resource => lsp::CompletionItemKind::REFERENCE,
        ItemKind::Condition => lsp::CompletionItemKind::UNIT,
        ItemKind::Mapping => lsp::CompletionItemKind::ENUM,
        ItemKind::PseudoParameter => lsp::CompletionItemKind::KEYWORD,
        ItemKind::Snippet => lsp::CompletionItemKind::SNIPPET,
    }
}

fn completion_item(snapshot: &Snapshot, item: Item, cursor: u32) -> lsp::CompletionItem {
    let client = &snapshot.client;
    let snippet = item.snippet && client.snippets;
    let behind = TextRange::new(cursor.min(item.edit.range.end), item.edit.range.end);
    let behind = snapshot.version.buffer.slice(behind);
    let main = completion::fit::keep_closing_quote(item.edit, &behind);
    let text = match (item.snippet, snippet) {
        (true, false) => snippet::plain(&main.text),
        (true, true) if !client.keeps_indentation => fit::outdent(
            &main.text,
            indentation(&snapshot.version.buffer, main.range.start),
        ),
        _ => main.text,
    };
    let additional = item.additional_edits.into_iter();
    let additional: Vec<_> = additional.map(|edit| text_edit(snapshot, edit)).collect();
    // One range, whatever the client could take: what is left of a token behind the cursor would be wrong there, be it
    // the rest of a word or a bracket that the editor has put there.
    let edit = lsp::TextEdit::new(snapshot.range(main.range), text);
    let (documentation, data) = match item.documentation {
        Some(Documentation::Text(text)) => (Some(text), None),
        Some(Documentation::About(topic)) if client.resolves_documentation => {
            (None, serde_json::to_value(&topic).ok())
        }
        // Nobody will ask.
        Some(Documentation::About(topic)) if !topic.is_type() => {
            (completion::documentation(snapshot.library(), &topic), None)
        }
        Some(Documentation::About(_)) | None => (None, None),
    };
    lsp::CompletionItem {
        label: item.label,
        kind: Some(item_kind(item.kind)),
        detail: item.detail,
        documentation: documentation.map(|words| self::documentation(words, client)),
        data,
        tags: (item.deprecated && client.completion_deprecated_tag)
            .then(|| vec![lsp::CompletionItemTag::DEPRECATED]),
        deprecated: (item.deprecated && client.completion_deprecated && !client.completion_deprecated_tag)
            .then_some(true),
        preselect: (item.preselect && client.preselect).then_some(true),
        sort_text: Some(item.sort_text),
        filter_text: item.filter_text,
        insert_text_format: snippet.then_some(lsp::InsertTextFormat::SNIPPET),
        // Lines after the first carry their whole indentation.
        insert_text_mode: client.keeps_indentation.then_some(lsp::InsertTextMode::AS_IS),
        additional_text_edits: (!additional.is_empty()).then_some(additional),
        text_edit: Some(lsp::CompletionTextEdit::Edit(edit)),
        ..lsp::CompletionItem::default()
    }
}

/// Words about a proposal, as the client shows them.
pub(super) fn documentation(markdown: String, client: &Client) -> lsp::Documentation {
    lsp::Documentation::MarkupContent(markup(markdown, client.completion_markdown))
}

fn text_edit(snapshot: &Snapshot, edit: TextEdit) -> lsp::TextEdit {
    lsp::TextEdit::new(snapshot.range(edit.range), edit.text)
}

/// How many blanks the line of `offset` starts with.
fn indentation(buffer: &Buffer, offset: u32) -> usize {
    let line = buffer.slice(TextRange::new(buffer.line_start(offset), offset));
    line.len() - line.trim_start_matches(' ').len()
}

/// `list` is `None` for a client that has the findings already.
pub(super) fn diagnostic_report(
    result_id: Option<String>,
    list: Option<Vec<lsp::Diagnostic>>,
) -> lsp::DocumentDiagnosticReport {
    match list {
        Some(items) => lsp::RelatedFullDocumentDiagnosticReport {
            full_document_diagnostic_report: lsp::FullDocumentDiagnosticReport { result_id, items },
            related_documents: None,
        }
        .into(),
        None => lsp::RelatedUnchangedDocumentDiagnosticReport {
            unchanged_document_diagnostic_report: lsp::UnchangedDocumentDiagnosticReport {
                result_id: result_id.unwrap_or_default(),
            },
            related_documents: None,
        }
        .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_links_to_its_rule() {
        let page = page_of_rule("ROS1005").expect("a link");
        let wanted = "/blob/main/docs/rules.md#ros1005-undefined-reference";
        assert!(page.href.as_str().starts_with("https://") && page.href.as_str().ends_with(wanted));
        assert_eq!(page_of_rule("own-type-page"), None);
    }
}
