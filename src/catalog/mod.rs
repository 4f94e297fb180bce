//! What the service knows: resource types, their properties, attributes and constraints. Embedded, decoded on demand.

pub mod brief;
pub mod import;
pub mod prose;
pub mod record;
pub mod schema;
mod store;
pub mod suggest;

pub use schema::{AllowedValue, Attribute, Condition, Property, ResourceType, Source, ValueKind};

use brief::Briefs;
use std::sync::{Arc, LazyLock};
use store::Store;

/// All known resource types. Cheap to share: one value serves the whole program.
#[derive(Debug)]
pub struct Catalog {
    types: Store<ResourceType>,
    briefs: Store<Briefs>,
}

static TYPES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/catalog.bin"));
static BRIEFS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/briefs.bin"));

impl Catalog {
    /// The catalog inside the binary.
    pub fn embedded() -> &'static Catalog {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog {
            types: Store::open(TYPES, record::from_json),
            briefs: Store::open(BRIEFS, Briefs::from_json),
        });
        &CATALOG
    }

    /// The type with exactly this name, decoded on first use.
    pub fn resource_type(&self, name: &str) -> Option<Arc<ResourceType>> {
        self.types.get(name)
    }

    /// What is to be said about a type and its properties, in one line each.
    pub fn briefs(&self, type_name: &str) -> Option<Arc<Briefs>> {
        self.briefs.get(type_name)
    }

    /// The names of all types that have a brief, sorted.
    pub fn types_with_briefs(&self) -> impl Iterator<Item = &str> + '_ {
        self.briefs.names()
    }

    /// The names of all types, sorted.
    pub fn type_names(&self) -> impl Iterator<Item = &str> + '_ {
        self.types.names()
    }

    /// The known type names nearest to a misspelt one, best first, at most three: other case first, then by edit distance.
    pub fn nearest_types(&self, name: &str) -> Vec<&str> {
        suggest::nearest(name, self.type_names())
    }
}
