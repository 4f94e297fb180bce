//! The facts of a whole document: one set a chunk, and the names of all.

use super::changes::{Changes, Declared, NameChange};
use super::facts::{Nested, Unit, Use, names_of, units_of_entry};
use super::names::{Definition, NameKind, Names};
use super::reads::Aspects;
use super::section::{SectionKind, Template};
use super::uses::{Difference, Uses};
use crate::syntax::reparse::Splice;
use crate::syntax::row::{Row, Weight};
use crate::syntax::{Entry, Node, NodeId, Role, Tree};
use crate::text::TextRange;
use std::borrow::Cow;
use std::sync::Arc;

/// Facts of every chunk of the template, in the tree's order, and the index of the template's names. Cheap to copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    chunks: Row<Arc<ChunkFacts>>,
    names: Arc<Names>,
    uses: Uses,
    /// Number of resources, copies included.
    resources: u64,
}

/// The facts of one chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChunkFacts {
    /// The section that entries directly behind this chunk belong to.
    section: Option<SectionKind>,
    /// The chunk holds an entry of the root or its key.
    pub(super) root: bool,
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
    Document(&'a Model),
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
        let chunks = Row::new((0..tree.document_end()).map(|index| {
            let facts = facts_of_chunk(tree, index, section);
            section = facts.section;
            (Arc::new(facts), Weight::default())
        }));
        let names = match tree.root() {
            Some(root) => {
                let units = chunks.iter().flat_map(|facts: &Arc<ChunkFacts>| &facts.units);
                names_of(Template::of(root), false, units)
            }
            None => Names::default(),
        };
        let units = || chunks.iter().flat_map(|facts: &Arc<ChunkFacts>| &facts.units);
        Model {
            uses: Uses::of(units()),
            resources: units().map(|unit| unit.copies).sum(),
            names: Arc::new(names),
            chunks,
        }
    }

    /// The model of `tree`, of which this model's tree differs by `splices` alone. `None` where all has to be computed
    /// anew: in streams of several documents.
    pub fn edited(&self, tree: &Tree, splices: &[Splice]) -> Option<(Model, Changes)> {
        let gone: usize = splices.iter().map(|splice| splice.old.len()).sum();
        let come: usize = splices.iter().map(|splice| splice.new.len()).sum();
        let one_document = tree.document_end() == tree.chunk_count();
        if !one_document || self.chunks.len() + come != tree.chunk_count() + gone {
            return None;
        }
        let mut model = self.clone();
        let mut changes = Changes::default();
        let mut declared = Declared::default();
        for (index, splice) in splices.iter().enumerate() {
            let next = splices
                .get(index + 1)
                .map_or(tree.chunk_count(), |next| next.new.start);
            changes
                .splices
                .push(model.replace(tree, splice, next, &mut declared));
        }
        model.declare(&declared, &mut changes);
        changes.links = declared.links || !changes.names.is_empty();
        let known = |name: &str| {
            let kinds = [NameKind::Resource, NameKind::Condition, NameKind::Local];
            kinds.into_iter().any(|kind| model.names.has(kind, name))
        };
        let new_and_used = |change: &NameChange| {
            let (kind, name) = (change.kind, &*change.name);
            model.names.has(kind, name) && model.uses.of_declaration(kind, name)
        };
        // Of several declarations of a name one may take another's place while all names are used as before.
        changes.joins = changes.names.iter().any(new_and_used)
            || declared.used.iter().any(|name| known(name))
            || (changes.links && model.names.any_repeated());
        if declared.root {
            let transform = tree
                .root()
                .map(|root| Template::of(root).transform())
                .unwrap_or_default();
            changes.transform = transform != model.names.transform;
            if changes.transform {
                Arc::make_mut(&mut model.names).transform = transform;
            }
        }
        Some((model, changes))
    }

    /// Computes the facts of the chunks that a splice brought, and of those behind it that belong to another section now,
    /// up to `limit`.
    fn replace(&mut self, tree: &Tree, splice: &Splice, limit: usize, declared: &mut Declared) -> Splice {
        let before = splice
            .new
            .start
            .checked_sub(1)
            .and_then(|index| self.chunks.get(index));
        let mut section = before.and_then(|facts| facts.section);
        let mut fresh = Vec::new();
        for index in splice.new.clone() {
            let facts = facts_of_chunk(tree, index, section);
            section = facts.section;
            fresh.push((Arc::new(facts), Weight::default()));
        }
        // Before this splice all splices are done: indices are those of the new tree.
        let old_start = splice.new.start;
        let mut old_end = old_start + splice.old.len();
        let mut new_end = splice.new.end;
        while new_end < limit
            && let Some(known) = self.chunks.get(old_end)
            && let Some(chunk) = tree.chunk(new_end)
            && matches!(chunk.role, Role::SectionEntry | Role::Trivia)
            && known.section != section
        {
            let facts = facts_of_chunk(tree, new_end, section);
            fresh.push((Arc::new(facts), Weight::default()));
            old_end += 1;
            new_end += 1;
        }
        let more = new_end - splice.new.end;
        let known = self.chunks.iter_from(old_start).take(old_end - old_start);
        let known: Vec<Arc<ChunkFacts>> = known.cloned().collect();
        let come: Vec<Arc<ChunkFacts>> = fresh.iter().map(|(facts, _)| facts.clone()).collect();
        self.chunks.splice(old_start..old_end, fresh);
        let mut difference = Difference::default();
        for unit in known.iter().flat_map(|facts| &facts.units) {
            difference.add(unit, -1);
            self.resources -= unit.copies;
        }
        for unit in come.iter().flat_map(|facts| &facts.units) {
            difference.add(unit, 1);
            self.resources += unit.copies;
        }
        self.uses.apply(&difference);
        declared.compare(&known, &come);
        Splice {
            old: splice.old.start..splice.old.end + more,
            new: splice.new.start..new_end,
        }
    }

    /// Brings the names up to date.
    fn declare(&mut self, declared: &Declared, changes: &mut Changes) {
        for ((kind, name), change) in &declared.names {
            let times = self.names.times(*kind, name).saturating_add_signed(change.by);
            let first = match (&change.added, times) {
                (Some(added), 1) => Some(added.clone()),
                _ => self.first_declaration(*kind, name),
            };
            let known = self.names.get(*kind, name);
            if known != first.as_ref() || change.by != 0 {
                changes.names.push(NameChange {
                    kind: *kind,
                    name: name.clone(),
                    aspects: Aspects::of_change(known, first.as_ref()),
                });
                Arc::make_mut(&mut self.names).set(*kind, name, times, first);
            }
        }
    }

    fn first_declaration(&self, kind: NameKind, name: &str) -> Option<Definition> {
        let mut declarations = self.chunks.iter().flat_map(|facts| &facts.units);
        declarations.find_map(|unit| {
            let (of_kind, of_name, definition) = unit.declaration()?;
            (of_kind == kind && of_name == name).then(|| definition.clone())
        })
    }

    /// The facts of every chunk of the template.
    pub fn chunks(&self) -> impl Iterator<Item = &ChunkFacts> {
        self.chunks.iter().map(|facts| &**facts)
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
            units: Units::Document(self),
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
            Units::Document(model) => (Some(&model.chunks), None),
            Units::Nested { chunk, units } => (None, Some((chunk, units))),
        };
        let document = document.into_iter().flat_map(Row::iter).enumerate();
        let document = document.flat_map(move |(chunk, facts)| {
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

    /// The units of one chunk of the document; none for a nested template.
    pub fn units_of_chunk(self, chunk: u32) -> impl Iterator<Item = UnitRef<'a>> {
        let tree = self.tree;
        let facts = match self.units {
            Units::Document(model) => model.chunks.get(chunk as usize),
            Units::Nested { .. } => None,
        };
        facts
            .into_iter()
            .flat_map(|facts| &facts.units)
            .map(move |unit| UnitRef { unit, chunk, tree })
    }

    /// The names that the template uses.
    pub fn used_names(self) -> Cow<'a, Uses> {
        match self.units {
            Units::Document(model) => Cow::Borrowed(&model.uses),
            Units::Nested { units, .. } => Cow::Owned(Uses::of(units.iter())),
        }
    }

    /// Number of resources, copies included.
    pub fn resource_count(self) -> u64 {
        match self.units {
            Units::Document(model) => model.resources,
            Units::Nested { units, .. } => units.iter().map(|unit| unit.copies).sum(),
        }
    }

    /// The unit of a section with this name.
    pub fn unit(self, section: SectionKind, name: &str) -> Option<UnitRef<'a>> {
        self.units()
            .find(|unit| unit.unit.section == section && &*unit.unit.name == name)
    }

    /// Templates of the nested stacks directly in a unit.
    pub fn nested_in(self, unit: UnitRef<'a>) -> impl Iterator<Item = Scope<'a>> {
        unit.unit.nested.iter().map(move |nested| unit.scope(nested))
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

/// The facts of a chunk; `section` is the one that it stands in if it is a section's entry.
fn facts_of_chunk(tree: &Tree, index: usize, section: Option<SectionKind>) -> ChunkFacts {
    let Some(chunk) = tree.chunk(index) else {
        return ChunkFacts::default();
    };
    let mut facts = ChunkFacts {
        root: matches!(chunk.role, Role::Entry | Role::SectionHead | Role::Whole),
        ..ChunkFacts::default()
    };
    let entry = || chunk_entry(tree, index);
    match chunk.role {
        Role::SectionHead => facts.section = entry().and_then(|head| SectionKind::of(&head.key.text()?)),
        Role::SectionEntry => {
            facts.section = section;
            let unit = section
                .zip(entry())
                .map(|(section, entry)| units_of_entry(section, entry));
            facts.units.extend(unit);
        }
        Role::Trivia => facts.section = section,
        Role::Entry => facts.units = entry().map(units_of_section).unwrap_or_default(),
        Role::Whole => {
            let root = tree.node(NodeId {
                chunk: index as u32,
                index: 0,
            });
            facts.units = root.entries().flat_map(units_of_section).collect();
        }
        Role::SectionTail => {}
    }
    facts
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
    let value = tree.chunk(index)?.nodes.first()?.next;
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
