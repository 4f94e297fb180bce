//! The names that one place gives and another uses: anchors and tag handles, looked at when all chunks are read.

use crate::syntax::chunk::NodeProperties;
use crate::syntax::{Chunk, Kind, Role, SyntaxError, SyntaxErrorKind};
use crate::text::TextRange;
use std::collections::HashSet;

/// Reports aliases without an anchor before them, and tags whose handle no directive defines. Both are rare.
pub(super) fn check(chunks: &mut [Chunk]) {
    if !chunks.iter().any(uses_names) {
        return;
    }
    let mut names = Names::default();
    for chunk in chunks {
        if chunk.role == Role::Trivia {
            // What stands between two documents.
            names = Names::of_document(&chunk.text);
        }
        let errors = names.errors(chunk);
        if !errors.is_empty() {
            let mut all = std::mem::take(&mut chunk.errors).into_vec();
            all.extend(errors);
            all.sort_by_key(|error| (error.range.start, error.range.end));
            chunk.errors = all.into();
        }
    }
}

fn uses_names(chunk: &Chunk) -> bool {
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

    fn errors(&mut self, chunk: &Chunk) -> Vec<SyntaxError> {
        let mut errors = Vec::new();
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
                        range: tag,
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
                    range,
                });
            }
        }
        errors
    }
}
