//! What the service knows: resource types, their properties, attributes and constraints. Embedded, decoded on demand.

pub mod brief;
pub mod docs;
pub mod import;
pub mod meaning;
pub mod own;
pub mod prose;
pub mod record;
pub mod schema;
mod store;
pub mod suggest;
pub mod type_suggestion;

pub use schema::{AllowedValue, Attribute, Condition, Given, Property, ResourceType, Source, ValueKind};

use brief::Briefs;
use docs::Docs;
use own::OwnTypes;
use prose::TypeProse;
use std::sync::{Arc, LazyLock};
use store::Store;

/// What is known of resource types: the facts inside the binary, those of the workspace's own pages over them, and the docs
/// pack. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Catalog {
    embedded: &'static Embedded,
    own: Arc<OwnTypes>,
    docs: Arc<Docs>,
}

/// What is packed into the binary.
#[derive(Debug)]
struct Embedded {
    types: Store<ResourceType>,
    briefs: Store<Briefs>,
}

static TYPES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog.bin"));
static BRIEFS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/briefs.bin"));

impl Catalog {
    /// The catalog inside the binary, alone.
    pub fn embedded() -> &'static Catalog {
        static EMBEDDED: LazyLock<Embedded> = LazyLock::new(|| Embedded {
            types: Store::open(TYPES, record::from_json),
            briefs: Store::open(BRIEFS, Briefs::from_json),
        });
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog {
            embedded: &EMBEDDED,
            own: Arc::default(),
            docs: Arc::default(),
        });
        &CATALOG
    }

    /// This catalog with other types of the workspace.
    pub fn with_own_types(&self, own: Arc<OwnTypes>) -> Catalog {
        Catalog { own, ..self.clone() }
    }

    /// This catalog with other docs packs.
    pub fn with_docs(&self, docs: Arc<Docs>) -> Catalog {
        Catalog { docs, ..self.clone() }
    }

    /// Both know the same facts: rules find the same. Words may differ.
    pub fn has_facts_of(&self, other: &Catalog) -> bool {
        self.own.has_facts_of(&other.own)
    }

    /// The type with exactly this name, decoded on first use.
    pub fn resource_type(&self, name: &str) -> Option<Arc<ResourceType>> {
        self.own.get(name).or_else(|| self.embedded.types.get(name))
    }

    /// Whether the workspace has a page about the type.
    pub fn is_own(&self, name: &str) -> bool {
        self.own.get(name).is_some()
    }

    /// What is written about a type, best first: the workspace's page, then the docs pack in the locale's language.
    pub fn prose(&self, type_name: &str, locale: &str) -> impl Iterator<Item = Arc<TypeProse>> {
        let own = self.own.prose(type_name);
        own.into_iter().chain(self.docs.prose(locale, type_name))
    }

    /// What is to be said about a type and its properties, in one line each.
    pub fn briefs(&self, type_name: &str) -> Option<Arc<Briefs>> {
        self.embedded.briefs.get(type_name)
    }

    /// The names of all types that have a brief, sorted.
    pub fn types_with_briefs(&self) -> impl Iterator<Item = &str> + '_ {
        self.embedded.briefs.names()
    }

    /// The names of all types; those of the workspace come first, each kind sorted.
    pub fn type_names(&self) -> impl Iterator<Item = &str> + '_ {
        let known = |name: &&str| self.own.get(name).is_none();
        self.own.names().chain(self.embedded.types.names().filter(known))
    }

    /// The known types that may be meant by a name that is none, best first, at most three: by meaning before letters.
    pub fn nearest_types(&self, name: &str) -> Vec<&str> {
        let found = type_suggestion::types_meant(name, self.type_names().collect::<Vec<_>>().into_iter());
        let current = found.into_iter().map(|name| self.successor(name).unwrap_or(name));
        let retired = |name: &&str| self.resource_type(name).is_some_and(|known| known.retired);
        let mut found: Vec<&str> = Vec::new();
        for name in current.filter(|name| !retired(name)) {
            if !found.contains(&name) {
                found.push(name);
            }
        }
        found
    }

    /// The type that took over from one that is retired or no more known.
    pub fn successor(&self, name: &str) -> Option<&'static str> {
        type_suggestion::successor(name)
    }
}
