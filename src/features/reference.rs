//! The use of a name under the cursor.

use crate::document::Document;
use crate::syntax::{Entry, Node};
use crate::template::model::UnitRef;
use crate::template::resolve::{Resolved, resolve};
use crate::template::{Definition, Resource, Scope, Template, Use};
use crate::text::TextRange;

/// A use of a name, found by an offset.
#[derive(Clone)]
pub(crate) struct UseAt<'a> {
    pub(crate) scope: Scope<'a>,
    pub(crate) unit: UnitRef<'a>,
    pub(crate) use_: &'a Use,
    /// What the name leads to, where something declares it.
    pub(crate) resolved: Option<Resolved<&'a Definition>>,
    /// The part under the cursor: the name, or the attribute read of it.
    pub(crate) token: Token,
}

/// The part of a use that the cursor is on. Ranges are bytes in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Name(TextRange),
    Attribute(TextRange),
}

/// The use whose name or attribute touches `offset`.
pub(crate) fn use_at(document: &Document, offset: u32) -> Option<UseAt<'_>> {
    let scope = document.scope_at(offset)?;
    let chunk = document.tree.chunk_at(offset)?;
    // The end of a chunk without a line break touches the next one.
    let near = |unit: &UnitRef<'_>| unit.chunk == chunk || unit.chunk + 1 == chunk;
    scope
        .units()
        .filter(near)
        .flat_map(|unit| unit.unit.uses.iter().map(move |use_| (unit, use_)))
        .find_map(|(unit, use_)| {
            let resolved = resolve(scope.names, unit, use_);
            let token = token_at(unit, use_, resolved.as_ref(), offset)?;
            Some(UseAt {
                scope,
                unit,
                use_,
                resolved,
                token,
            })
        })
}

/// A scalar under the cursor without its quotes; with them where the cursor is on one.
pub(crate) fn token(node: Node<'_>, offset: u32) -> Option<TextRange> {
    [node.content_range(), node.range()]
        .into_iter()
        .find(|range| range.touches(offset))
}

fn token_at(
    unit: UnitRef<'_>,
    use_: &Use,
    resolved: Option<&Resolved<&Definition>>,
    offset: u32,
) -> Option<Token> {
    let (name, attribute) = match resolved {
        Some(resolved) => (
            resolved.range,
            resolved.attribute.as_ref().map(|(_, range)| *range),
        ),
        None => (
            unit.range(use_.range),
            use_.get_att.as_ref().map(|read| unit.range(read.range)),
        ),
    };
    if name.touches(offset) {
        return Some(Token::Name(name));
    }
    let attribute = attribute.filter(|range| range.touches(offset))?;
    Some(Token::Attribute(attribute))
}

/// The output that `Outputs.Name` of a nested stack with its body in place reads.
pub(crate) fn stack_output<'t>(entry: Entry<'t>, attribute: &str) -> Option<Entry<'t>> {
    let name = attribute.strip_prefix("Outputs.")?;
    let body = Resource { entry }.nested_template()?;
    Template::of(body)
        .outputs()
        .find(|output| output.name() == name)
        .map(|output| output.entry)
}
