//! Resource types that the workspace describes in pages of its own, merged over the catalog's.

use super::ResourceType;
use super::prose::TypeProse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The types of a workspace, by name.
#[derive(Clone, Debug, Default)]
pub struct OwnTypes {
    types: BTreeMap<String, (Arc<ResourceType>, Arc<TypeProse>)>,
}

impl OwnTypes {
    /// The type with exactly this name.
    pub(super) fn get(&self, name: &str) -> Option<Arc<ResourceType>> {
        self.types.get(name).map(|(facts, _)| facts.clone())
    }

    /// What the workspace's page says of a type.
    pub(super) fn prose(&self, name: &str) -> Option<Arc<TypeProse>> {
        self.types.get(name).map(|(_, prose)| prose.clone())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }
}
