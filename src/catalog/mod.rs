//! What the service knows: resource types, their properties, attributes and constraints. Embedded, decoded on demand.

pub mod schema;
pub mod suggest;

pub use schema::{AllowedValue, Attribute, Property, ResourceType, Source, ValueKind};

use std::sync::Arc;

/// All known resource types. Cheap to share: one value serves the whole program.
#[derive(Debug, Default)]
pub struct Catalog {}

impl Catalog {
    /// The catalog inside the binary.
    pub fn embedded() -> &'static Catalog {
        static CATALOG: Catalog = Catalog {};
        &CATALOG
    }

    /// The type with exactly this name, decoded on first use.
    pub fn resource_type(&self, name: &str) -> Option<Arc<ResourceType>> {
        let _ = name;
        None
    }

    /// The names of all types, sorted.
    pub fn type_names(&self) -> impl Iterator<Item = &str> + '_ {
        std::iter::empty()
    }

    /// The known type names nearest to a misspelt one, best first, at most three: other case first, then by edit distance.
    pub fn nearest_types(&self, name: &str) -> Vec<&str> {
        let _ = name;
        Vec::new()
    }
}
