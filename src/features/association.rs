//! What the console expects at a place in a parameter's association metadata.

use crate::language::association::{self, AssociationProperty, Key, KeyKind};
use crate::syntax::Node;
use crate::syntax::cursor::Step;
use crate::template::position::descend;

const METADATA: &str = "AssociationPropertyMetadata";

/// What may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Expected {
    /// The metadata of a parameter with this association property.
    Metadata(Option<&'static AssociationProperty>),
    /// The value of a key, or an item of it.
    Value(&'static Key),
}

impl Expected {
    /// Walks `path` below the metadata of a parameter. A list of structures declares parameters with metadata of their
    /// own. `None` where nothing is known of the place.
    pub(crate) fn at(parameter: Node<'_>, path: &[Step]) -> Option<Expected> {
        let inner = path.iter().rposition(|step| step.key() == Some(METADATA));
        let (parameter, path) = match inner {
            None => (parameter, path),
            Some(at) => {
                let declared = descend(parameter.get(METADATA)?, path.get(..at)?)?;
                (declared, path.get(at + 1..)?)
            }
        };
        let property = parameter.get("AssociationProperty").and_then(|node| node.text());
        let property = property.and_then(|name| association::find(&name));
        path.iter()
            .try_fold(Expected::Metadata(property), |place, step| place.step(step))
    }

    fn step(self, step: &Step) -> Option<Expected> {
        match (self, step) {
            (Expected::Metadata(property), Step::Key(name)) => {
                association::key(property, name).map(Expected::Value)
            }
            (Expected::Metadata(_), Step::Index(_)) => None,
            (Expected::Value(key), Step::Key(name)) => match key.keys {
                [] if key.takes(KeyKind::Map) => key.item.map(Expected::Value),
                [] => None,
                keys => association::named(keys, name).map(Expected::Value),
            },
            (Expected::Value(key), Step::Index(_)) => match key.item {
                Some(item) => Some(Expected::Value(item)),
                None => key.takes(KeyKind::List).then_some(self),
            },
        }
    }
}
