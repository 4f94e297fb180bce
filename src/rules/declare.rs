//! What a rule is: identity, documentation, and a check at the grain it needs.

use super::report::Report;
use crate::catalog::{Catalog, Property, ResourceType};
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::syntax::{Chunk, Entry, Kind, Node, NodeId, Tree};
use crate::template::model::UnitRef;
use crate::template::{Call, NameReader, Names, Scope, SectionKind, Template, Unit, Value};
use std::ops::Deref;

/// One kind of finding.
#[derive(Debug)]
pub struct Rule {
    /// `ROS` and four digits; never reused.
    pub id: &'static str,
    /// Kebab case, unique.
    pub name: &'static str,
    /// How grave a finding usually is; a check may lower it.
    pub severity: Severity,
    /// What is wrong and why it matters: a few sentences of Markdown.
    pub about: &'static str,
    /// A small YAML template that has the finding; empty where the text can't be a template.
    pub bad: &'static str,
    /// The same template put right.
    pub good: &'static str,
    /// The finding is about YAML's notation: JSON can't have it.
    pub yaml_only: bool,
}

/// Where the project is on the web. A release is built with the address that it is released at.
pub const REPOSITORY: &str = match option_env!("ROS_LSP_WEB") {
    Some(address) if !address.is_empty() => address,
    _ => env!("CARGO_PKG_REPOSITORY"),
};

impl Rule {
    /// The address of the rule's section in the documentation.
    pub fn page(&self) -> String {
        let anchor = format!("{}-{}", self.id.to_ascii_lowercase(), self.name);
        format!("{REPOSITORY}/blob/main/docs/rules.md#{anchor}")
    }

    /// For rules to fill up from.
    pub(super) const NONE: Rule = Rule {
        id: "",
        name: "",
        severity: Severity::Error,
        about: "",
        bad: "",
        good: "",
        yaml_only: false,
    };
}

/// Rules that share one check.
pub struct Family {
    pub rules: &'static [&'static Rule],
    pub check: Check,
}

/// A check and the grain it runs at. The engine walks the document once and calls each check where it belongs.
pub enum Check {
    /// The text and the tree as a whole.
    Document(fn(&DocumentContext<'_>, &mut Report)),
    /// One chunk of the text by itself: the result is kept while its bytes stay.
    Chunk(fn(&ChunkContext<'_>, &mut Report)),
    /// One template (the document's or a nested body): what no single entry can tell.
    Template(fn(&TemplateContext<'_>, &mut Report)),
    /// One template: what its declarations and uses make together. Must not read anything else: where it finds nothing,
    /// it is asked again only when another thing is declared or used.
    Links(fn(&TemplateContext<'_>, &mut Report)),
    /// One entry of a section by itself: the result is kept while the entry stays.
    Unit(fn(&UnitContext<'_>, &mut Report)),
    /// One entry of a section against the names of its template: the result is kept while the entry stays, and the names
    /// that it asked for.
    Linked(fn(&LinkedContext<'_>, &mut Report)),
    /// One function call, wherever it stands, by itself: as for `Unit`.
    Call(fn(&CallContext<'_>, &mut Report)),
    /// One function call against the names and mappings of its template.
    LinkedCall(fn(&LinkedCallContext<'_>, &mut Report)),
    /// A map of a resource's properties against the schema of that map.
    Object(fn(&ObjectContext<'_>, &mut Report)),
    /// A property's value (or a list item, or a branch of `Fn::If`) against its schema.
    Value(fn(&ValueContext<'_>, &mut Report)),
    /// The same against the names of its template, in entries that read a resource with `Count`: elsewhere no name tells
    /// more of a value than the value itself.
    LinkedValue(fn(&LinkedValueContext<'_>, &mut Report)),
}

/// For [`Check::Document`].
pub struct DocumentContext<'a> {
    pub document: &'a Document,
    pub config: &'a Config,
}

/// For [`Check::Chunk`].
pub struct ChunkContext<'a> {
    pub chunk: &'a Chunk,
    /// Of all trees only this chunk may be read.
    tree: &'a Tree,
    /// Its index in the tree.
    index: u32,
}

/// For [`Check::Template`] and [`Check::Links`]. Knows nothing of the document: the template of a nested stack is checked
/// as a part of its chunk.
pub struct TemplateContext<'a> {
    pub catalog: &'a Catalog,
    pub scope: Scope<'a>,
    pub template: Template<'a>,
    pub names: &'a Names,
}

/// For [`Check::Unit`]. Without the template around, so that a check can't read what its result is not made anew for.
pub struct UnitContext<'a> {
    pub catalog: &'a Catalog,
    pub unit: UnitRef<'a>,
    pub entry: Entry<'a>,
    /// The resource's (or data source local's) type, where the catalog knows it.
    pub resource_type: Option<&'a ResourceType>,
}

/// What a check sees at its place, and the names of the template around.
pub struct Linked<'a, Place> {
    pub(super) place: Place,
    pub(super) names: NameReader<'a>,
}

/// For [`Check::Linked`].
pub(super) type LinkedContext<'a> = Linked<'a, UnitContext<'a>>;

/// For [`Check::LinkedCall`].
pub(super) type LinkedCallContext<'a> = Linked<'a, CallContext<'a>>;

/// For [`Check::LinkedValue`].
pub(super) type LinkedValueContext<'a> = Linked<'a, ValueContext<'a>>;

/// For [`Check::Call`].
pub struct CallContext<'a> {
    pub unit: &'a UnitContext<'a>,
    pub call: Call<'a>,
    /// The call directly around this one.
    pub outer: Option<&'a Call<'a>>,
    pub place: CallPlace,
}

/// Where in its entry a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallPlace {
    Properties,
    Count,
    OutputValue,
    Condition,
    Rule,
    Local,
    /// Below a place where functions are not read: parameters, mappings, literal attributes.
    Literal,
    /// The console's own expressions in association metadata.
    AssociationMetadata,
}

/// For [`Check::Object`].
pub struct ObjectContext<'a> {
    pub unit: &'a UnitContext<'a>,
    pub resource_type: &'a ResourceType,
    /// The map as written.
    pub object: Node<'a>,
    /// Where a missing property is reported: the key that the map belongs to.
    pub owner: Node<'a>,
    /// The property whose value the map is (or is an item of); `None` for the resource's own properties.
    pub property: Option<&'a Property>,
}

/// For [`Check::Value`].
pub struct ValueContext<'a> {
    pub unit: &'a UnitContext<'a>,
    pub resource_type: &'a ResourceType,
    pub property: &'a Property,
    pub value: Value<'a>,
    /// The value is an item of the property's list.
    pub item: bool,
}

impl<'a> ChunkContext<'a> {
    /// The chunk at an index of the tree.
    pub(super) fn of(tree: &'a Tree, index: u32) -> Option<Self> {
        let chunk = tree.chunk(index as usize)?;
        Some(ChunkContext { chunk, tree, index })
    }

    /// The node at an index of the chunk's arena.
    pub fn node(&self, index: u32) -> Node<'a> {
        let chunk = self.index;
        self.tree.node(NodeId { chunk, index })
    }

    /// All nodes of a kind, in text order.
    pub fn nodes_of(&self, kind: Kind) -> impl Iterator<Item = Node<'a>> + use<'_, 'a> {
        let indices = 0..self.chunk.nodes.len() as u32;
        let of_kind = move |index: &u32| {
            let raw = self.chunk.nodes.get(*index as usize);
            raw.is_some_and(|raw| raw.kind == kind)
        };
        indices.filter(of_kind).map(|index| self.node(index))
    }
}

impl<'a> UnitContext<'a> {
    pub fn section(&self) -> SectionKind {
        self.unit.unit.section
    }

    pub fn facts(&self) -> &'a Unit {
        self.unit.unit
    }
}

impl<'a, Place> Linked<'a, Place> {
    /// The template's names. What is read of them is recorded: the check runs again when it changes.
    pub fn names(&self) -> NameReader<'a> {
        self.names
    }
}

impl<Place> Deref for Linked<'_, Place> {
    type Target = Place;

    fn deref(&self) -> &Place {
        &self.place
    }
}

impl ObjectContext<'_> {
    /// The properties that the map may have.
    pub fn properties(&self) -> &[Property] {
        match self.property {
            Some(property) => &property.properties,
            None => &self.resource_type.properties,
        }
    }
}
