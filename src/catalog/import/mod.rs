//! Where the catalog's facts come from: readers of the official CDK's packages and of property-table pages.
//!
//! Both readers give a type's structure and the words about it; the words are mined for facts (`mine`), and what several
//! sources say of a type is merged (`merge`). Used by the maintenance command that makes the committed data, to build a
//! docs pack, and for pages of one's own types.

pub mod archive;
pub mod assembly;
pub mod cdk;
pub mod folder;
pub mod merge;
mod mine;
pub mod pages;

use super::prose::{TypeProse, ValueProse};
use super::{Property, ResourceType, Source};

/// A resource type and what is written about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Described {
    pub facts: ResourceType,
    pub prose: TypeProse,
}

impl Described {
    /// The type with the facts that its prose states, and no others: names, kinds, required and editable stay. Notes the
    /// meanings of values in the prose on the way.
    pub fn mined(&mut self, source: Source) -> ResourceType {
        let mut facts = self.facts.clone();
        facts.properties = mined(&self.facts.properties, &mut self.prose, "", source);
        mine::keep_known_neighbours(&mut facts.properties);
        facts
    }
}

fn mined(properties: &[Property], prose: &mut TypeProse, above: &str, source: Source) -> Vec<Property> {
    let mut mined_properties = Vec::new();
    for property in properties {
        let path = match above {
            "" => property.name.clone(),
            above => format!("{above}.{}", property.name),
        };
        let mut bare = Property {
            name: property.name.clone(),
            kind: property.kind,
            item_kind: property.item_kind,
            required: property.required,
            editable: property.editable,
            ..Property::default()
        };
        if let Some(prose) = prose.properties.get_mut(&path) {
            let facts = mine::mine(
                &property.name,
                &format!("{}\n\n{}", prose.constraint, prose.description),
            );
            let meanings = facts.values.iter().filter(|(_, meaning)| !meaning.is_empty());
            prose.values = meanings
                .map(|(value, meaning)| ValueProse {
                    value: value.clone(),
                    meaning: meaning.clone(),
                })
                .collect();
            facts.complete(&mut bare, source);
        }
        bare.properties = mined(&property.properties, prose, &path, source);
        mined_properties.push(bare);
    }
    mined_properties
}
