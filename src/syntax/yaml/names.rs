//! The names that one place gives and another uses: anchors and tag handles, looked at when all chunks are read.

use crate::syntax::chunk::NodeProperties;
use crate::syntax::row::Row;
use crate::syntax::{Chunk, Kind, Role, SyntaxError, SyntaxErrorKind};
use crate::text::TextRange;
use std::collections::HashSet;
use std::sync::Arc;

/// Aliases without an anchor before them, and tags whose handle no directive defines, with ranges in the document. Both
/// are rare.
pub(in crate::syntax) fn unresolved(chunks: &Row<Arc<Chunk>>) -> Arc<[SyntaxError]> {
    let mut names = Names::default();
    let mut errors = Vec::new();
    let mut start = 0;
    for chunk in chunks.iter() {
        if chunk.role == Role::Trivia {
            // What stands between two documents.
            names = Names::of_document(&chunk.text);
        }
        names.read(chunk, start, &mut errors);
        start += chunk.len();
    }
    errors.sort_by_key(|error| error.range);
    errors.into()
}

/// Whether a chunk uses an anchor, or a tag's handle.
pub(super) fn uses_names(chunk: &Chunk) -> bool {
    let alias = || chunk.nodes.iter().any(|node| node.kind == Kind::Alias);
    let handle = |each: &NodeProperties| each.tag.is_some_and(|tag| handle(text(chunk, tag)).is_some());
    chunk.properties.iter().any(|(_, each)| handle(each)) || alias()
}

fn text(chunk: &Chunk, range: TextRange) -> &str {
    chunk.text.get(range.as_usize()).unwrap_or_default()
}

/// `!name!` of a tag `!name!suffix`.
fn handle(tag: &str) -> Option<&str> {
    let end = tag.get(1..)?.find('!')?;
    (end > 0 && !tag.starts_with("!<")).then(|| &tag[..end + 2])
}

/// What is known so far in a document.
#[derive(Default)]
struct Names {
    anchors: HashSet<String>,
    handles: Vec<String>,
}

impl Names {
    fn of_document(prolog: &str) -> Self {
        let handle = |line: &str| {
            let mut words = line.split([' ', '\t']).filter(|word| !word.is_empty());
            (words.next() == Some("%TAG")).then(|| words.next().unwrap_or_default().to_owned())
        };
        Names {
            handles: prolog.split(['\n', '\r']).filter_map(handle).collect(),
            ..Names::default()
        }
    }

    /// Takes the names that a chunk gives, and reports those that it uses and nothing gave before.
    fn read(&mut self, chunk: &Chunk, start: u32, errors: &mut Vec<SyntaxError>) {
        if chunk.properties.is_empty() && !chunk.uses_names {
            return;
        }
        let mut properties = chunk.properties.iter().peekable();
        for (index, node) in chunk.nodes.iter().enumerate() {
            while let Some((_, each)) = properties.next_if(|(at, _)| *at as usize <= index) {
                if let Some(anchor) = each.anchor {
                    self.anchors
                        .insert(text(chunk, anchor).trim_start_matches('&').to_owned());
                }
                if let Some(tag) = each.tag
                    && let Some(handle) = handle(text(chunk, tag))
                    && !self.handles.iter().any(|known| known == handle)
                {
                    errors.push(SyntaxError {
                        kind: SyntaxErrorKind::UndefinedTagHandle,
                        range: tag.shifted(start),
                    });
                }
            }
            let range = TextRange::new(node.start, node.end);
            if node.kind == Kind::Alias
                && range.len() > 1
                && !self.anchors.contains(text(chunk, range).trim_start_matches('*'))
            {
                errors.push(SyntaxError {
                    kind: SyntaxErrorKind::UndefinedAlias,
                    range: range.shifted(start),
                });
            }
        }
    }
}
