//! What the service knows: resource types, their properties, attributes and constraints. Embedded, decoded on demand.

pub mod import;
pub mod record;
pub mod schema;
mod store;
pub mod suggest;

pub use schema::{AllowedValue, Attribute, Property, ResourceType, Source, ValueKind};

use std::sync::{Arc, LazyLock};
use store::Store;

/// All known resource types. Cheap to share: one value serves the whole program.
#[derive(Debug)]
pub struct Catalog {
    store: Store,
}

impl Catalog {
    /// The catalog inside the binary.
    pub fn embedded() -> &'static Catalog {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog { store: Store::open() });
        &CATALOG
    }

    /// The type with exactly this name, decoded on first use.
    pub fn resource_type(&self, name: &str) -> Option<Arc<ResourceType>> {
        self.store.get(name)
    }

    /// The names of all types, sorted.
    pub fn type_names(&self) -> impl Iterator<Item = &str> + '_ {
        self.store.names()
    }

    /// The known type names nearest to a misspelt one, best first, at most three: other case first, then by edit distance.
    pub fn nearest_types(&self, name: &str) -> Vec<&str> {
        suggest::nearest(name, self.type_names())
    }
}
