//! The facts of a whole document: one set a chunk, and the names of all.

use super::facts::{Nested, Unit, Use, names_of, units_of_entry};
use super::names::Names;
use super::section::{SectionKind, Template};
use crate::syntax::{Entry, Node, NodeId, Role, Tree};
use crate::text::TextRange;
use std::sync::Arc;

/// Facts of every chunk, in the tree's order, and the index of the template's names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    chunks: Vec<Arc<ChunkFacts>>,
    names: Names,
}

/// The facts of one chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChunkFacts {
    pub units: Vec<Unit>,
}

/// One template of a document: the document itself or the body of a nested stack.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub names: &'a Names,
    pub template: Template<'a>,
    tree: &'a Tree,
    units: Units<'a>,
}

#[derive(Clone, Copy)]
enum Units<'a> {
    Document(&'a [Arc<ChunkFacts>]),
    Nested { chunk: u32, units: &'a [Unit] },
}

/// A unit with the chunk that it stands in.
#[derive(Clone, Copy)]
pub struct UnitRef<'a> {
    pub unit: &'a Unit,
    pub chunk: u32,
    tree: &'a Tree,
}

impl Model {
    /// Computes the facts of all chunks of the template (the stream's first document).
    pub fn of(tree: &Tree) -> Self {
        let mut section = None;
        let mut chunks = Vec::with_capacity(tree.chunks().len());
        for (index, chunk) in tree.chunks()[..tree.document_end()].iter().enumerate() {
            if chunk.role == Role::SectionHead {
                section = chunk_entry(tree, index).and_then(|entry| SectionKind::of(&entry.key.text()?));
            }
            chunks.push(Arc::new(facts_of_chunk(tree, index, section)));
        }
        let names = match tree.root() {
            Some(root) => names_of(
                Template::of(root),
                false,
                chunks.iter().flat_map(|facts| &facts.units),
            ),
            None => Names::default(),
        };
        Model { chunks, names }
    }

    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The document's own template; `None` for an empty document.
    pub fn scope<'a>(&'a self, tree: &'a Tree) -> Option<Scope<'a>> {
        let template = Template::of(tree.root()?);
        Some(Scope {
            names: &self.names,
            template,
            tree,
            units: Units::Document(&self.chunks),
        })
    }

    /// The document's template and all nested ones, outermost first.
    pub fn scopes<'a>(&'a self, tree: &'a Tree) -> Vec<Scope<'a>> {
        let mut all: Vec<Scope<'a>> = self.scope(tree).into_iter().collect();
        let mut at = 0;
        while at < all.len() {
            let scope = all[at];
            all.extend(scope.nested().map(|(_, nested)| nested));
            at += 1;
        }
        all
    }

    /// The innermost template around an offset.
    pub fn scope_at<'a>(&'a self, tree: &'a Tree, offset: u32) -> Option<Scope<'a>> {
        let mut scope = self.scope(tree)?;
        while let Some((_, inner)) = scope
            .nested()
            .find(|(_, inner)| inner.template.root.range().touches(offset))
        {
            scope = inner;
        }
        Some(scope)
    }
}

impl<'a> Scope<'a> {
    /// All units, in text order.
    pub fn units(self) -> impl Iterator<Item = UnitRef<'a>> {
        let tree = self.tree;
        let (document, nested) = match self.units {
            Units::Document(chunks) => (chunks, None),
            Units::Nested { chunk, units } => (&[][..], Some((chunk, units))),
        };
        let document = document.iter().enumerate().flat_map(move |(chunk, facts)| {
            facts.units.iter().map(move |unit| UnitRef {
                unit,
                chunk: chunk as u32,
                tree,
            })
        });
        let nested = nested
            .into_iter()
            .flat_map(move |(chunk, units)| units.iter().map(move |unit| UnitRef { unit, chunk, tree }));
        document.chain(nested)
    }

    /// The unit of a section with this name.
    pub fn unit(self, section: SectionKind, name: &str) -> Option<UnitRef<'a>> {
        self.units()
            .find(|unit| unit.unit.section == section && &*unit.unit.name == name)
    }

    /// Templates of the nested stacks directly inside, with the unit that holds each.
    pub fn nested(self) -> impl Iterator<Item = (UnitRef<'a>, Scope<'a>)> {
        self.units().flat_map(move |unit| {
            unit.unit
                .nested
                .iter()
                .map(move |nested| (unit, unit.scope(nested)))
        })
    }
}

impl<'a> UnitRef<'a> {
    /// The declaration in the tree.
    pub fn entry(self) -> Entry<'a> {
        Entry {
            key: self.node(self.unit.key),
            value: self.node(self.unit.value),
        }
    }

    /// A range of the unit's facts as a range of the document.
    pub fn range(self, local: TextRange) -> TextRange {
        local.shifted(self.tree.chunk_start(self.chunk))
    }

    /// The uses with their ranges in the document.
    pub fn uses(self) -> impl Iterator<Item = (&'a Use, TextRange)> {
        self.unit
            .uses
            .iter()
            .map(move |use_| (use_, self.range(use_.range)))
    }

    fn node(self, index: u32) -> Node<'a> {
        self.tree.node(NodeId {
            chunk: self.chunk,
            index,
        })
    }

    fn scope(self, nested: &'a Nested) -> Scope<'a> {
        Scope {
            names: &nested.names,
            template: Template::of(self.node(nested.body)),
            tree: self.tree,
            units: Units::Nested {
                chunk: self.chunk,
                units: &nested.units,
            },
        }
    }
}

fn facts_of_chunk(tree: &Tree, index: usize, section: Option<SectionKind>) -> ChunkFacts {
    let units = match tree.chunks()[index].role {
        Role::SectionEntry => section
            .zip(chunk_entry(tree, index))
            .map(|(section, entry)| units_of_entry(section, entry))
            .into_iter()
            .collect(),
        Role::Entry => chunk_entry(tree, index).map(units_of_section).unwrap_or_default(),
        Role::Whole => {
            let root = tree.node(NodeId {
                chunk: index as u32,
                index: 0,
            });
            root.entries().flat_map(units_of_section).collect()
        }
        Role::Trivia | Role::SectionHead | Role::SectionTail => Vec::new(),
    };
    ChunkFacts { units }
}

fn units_of_section(section: Entry<'_>) -> Vec<Unit> {
    let Some(kind) = section.key.text().and_then(|name| SectionKind::of(&name)) else {
        return Vec::new();
    };
    section
        .value
        .entries()
        .map(|entry| units_of_entry(kind, entry))
        .collect()
}

/// The entry that a chunk holds.
fn chunk_entry(tree: &Tree, index: usize) -> Option<Entry<'_>> {
    let chunk = tree.chunks().get(index)?;
    let value = chunk.nodes.first()?.next;
    let node = |index_in_chunk| {
        tree.node(NodeId {
            chunk: index as u32,
            index: index_in_chunk,
        })
    };
    Some(Entry {
        key: node(0),
        value: node(value),
    })
}
