//! The findings of a document, chunk by chunk: kept from version to version while nothing that they depend on changes.

use super::engine::{check_all_links, check_chunk, check_links, check_whole};
use super::report::Report;
use super::silence;
use crate::catalog::Catalog;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::syntax::row::{Row, Weight};
use crate::template::Reads;
use crate::template::changes::Changes;
use crate::template::reads::ChangedNames;
use crate::text::TextRange;
use std::sync::Arc;

/// All findings on a document, in text order.
pub fn check(document: &Document, catalog: &Catalog, config: &Config) -> Vec<Diagnostic> {
    Analysis::of(document, catalog).findings(document, catalog, config)
}

/// What was found in each chunk of the template. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Analysis {
    chunks: Row<Arc<Found>>,
    /// All declarations and uses together give no finding.
    links_are_clean: bool,
}

/// Findings whose ranges count from the chunk's start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Found {
    /// By the chunk alone.
    own: Kept,
    /// Beside the names of the template.
    linked: Kept,
    /// What the latter depend on.
    reads: Reads,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kept {
    Findings(Vec<Diagnostic>),
    /// A finding points into another chunk, which moves by itself: they are computed whenever they are asked for.
    Nothing,
}

impl Default for Kept {
    fn default() -> Self {
        Kept::Findings(Vec::new())
    }
}

impl Analysis {
    pub fn of(document: &Document, catalog: &Catalog) -> Self {
        let indices = 0..document.tree.document_end() as u32;
        Analysis {
            links_are_clean: all_links(document, catalog).is_empty(),
            chunks: Row::new(
                indices.map(|index| (Arc::new(found(document, catalog, index)), Weight::default())),
            ),
        }
    }

    /// The analysis of `document`, which differs from this analysis' document by `changes`.
    pub fn edited(&self, document: &Document, catalog: &Catalog, changes: &Changes) -> Self {
        let mut chunks = self.chunks.clone();
        for splice in &changes.splices {
            let fresh = splice.new.clone().map(|index| {
                (
                    Arc::new(found(document, catalog, index as u32)),
                    Weight::default(),
                )
            });
            let end = splice.new.start + splice.old.len();
            if end > chunks.len() {
                return Analysis::of(document, catalog);
            }
            chunks.splice(splice.new.start..end, fresh.collect());
        }
        if chunks.len() != document.tree.document_end() {
            return Analysis::of(document, catalog);
        }
        let changed = ChangedNames::of(&changes.names);
        if changes.transform || !changed.is_empty() {
            let touched: Vec<(usize, Arc<Found>)> = (0..)
                .zip(chunks.iter())
                .filter(|(_, known)| changes.transform || known.reads.concern(&changed))
                .map(|(index, known)| (index, known.clone()))
                .collect();
            for (index, known) in touched {
                let found = linked(document, catalog, index as u32, known.own.clone());
                chunks.splice(index..index + 1, vec![(Arc::new(found), Weight::default())]);
            }
        }
        // Rings come only where something is joined, and go only where something is taken away.
        let may_differ = match self.links_are_clean {
            true => changes.joins,
            false => changes.links,
        };
        let links_are_clean = match may_differ || changes.transform {
            true => all_links(document, catalog).is_empty(),
            false => self.links_are_clean,
        };
        Analysis {
            chunks,
            links_are_clean,
        }
    }

    /// All findings that the author should see, in text order, with ranges in the document.
    pub fn findings(&self, document: &Document, catalog: &Catalog, config: &Config) -> Vec<Diagnostic> {
        let mut report = Report::default();
        check_whole(document, catalog, config, &mut report);
        let mut all = report.diagnostics;
        if !self.links_are_clean {
            all.extend(all_links(document, catalog));
        }
        for (index, found) in (0..).zip(self.chunks.iter()) {
            match &found.own {
                Kept::Findings(kept) => all.extend(moved(document, index, kept)),
                Kept::Nothing => all.extend(own(document, catalog, index)),
            }
            match &found.linked {
                Kept::Findings(kept) => all.extend(moved(document, index, kept)),
                Kept::Nothing => all.extend(links(document, catalog, index).0),
            }
        }
        let mut findings = silence::apply(document, config, all);
        findings.sort_by(|a, b| (a.range, a.id, &a.message).cmp(&(b.range, b.id, &b.message)));
        findings.dedup();
        findings
    }
}

fn found(document: &Document, catalog: &Catalog, index: u32) -> Found {
    let own = kept(document, index, &own(document, catalog, index));
    linked(document, catalog, index, own)
}

/// Findings of which those by the chunk alone are known.
fn linked(document: &Document, catalog: &Catalog, index: u32, own: Kept) -> Found {
    let (findings, reads) = links(document, catalog, index);
    Found {
        own,
        linked: kept(document, index, &findings),
        reads,
    }
}

fn own(document: &Document, catalog: &Catalog, index: u32) -> Vec<Diagnostic> {
    let mut report = Report::default();
    check_chunk(document, catalog, index, &mut report);
    report.diagnostics
}

fn links(document: &Document, catalog: &Catalog, index: u32) -> (Vec<Diagnostic>, Reads) {
    let mut report = Report::default();
    let reads = check_links(document, catalog, index, &mut report);
    (report.diagnostics, reads)
}

fn all_links(document: &Document, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut report = Report::default();
    check_all_links(document, catalog, &mut report);
    report.diagnostics
}

/// Findings with ranges that count from the chunk's start.
fn kept(document: &Document, index: u32, findings: &[Diagnostic]) -> Kept {
    let start = document.tree.chunk_start(index);
    let chunk = TextRange::new(start, document.tree.chunk_start(index + 1));
    let local = |range: TextRange| {
        let inside = chunk.contains_range(range);
        inside.then(|| TextRange::new(range.start - start, range.end - start))
    };
    let findings: Option<Vec<Diagnostic>> = findings.iter().map(|finding| mapped(finding, &local)).collect();
    findings.map_or(Kept::Nothing, Kept::Findings)
}

fn moved(document: &Document, index: u32, kept: &[Diagnostic]) -> impl Iterator<Item = Diagnostic> {
    let start = if kept.is_empty() {
        0
    } else {
        document.tree.chunk_start(index)
    };
    kept.iter()
        .filter_map(move |finding| mapped(finding, &|range| Some(range.shifted(start))))
}

/// The finding with all its ranges mapped; `None` if one can't be.
fn mapped(finding: &Diagnostic, map: &impl Fn(TextRange) -> Option<TextRange>) -> Option<Diagnostic> {
    let mut mapped = finding.clone();
    mapped.range = map(mapped.range)?;
    for related in &mut mapped.related {
        related.range = map(related.range)?;
    }
    for edit in mapped.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        edit.range = map(edit.range)?;
    }
    Some(mapped)
}
