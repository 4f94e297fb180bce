//! Resource types, for `Type` of a resource or of a local that queries a data source.

use super::proposals::{Proposals, Rank, could_match};
use super::slot::Type;
use super::{Documentation, ItemKind, Request};
use crate::features::card::{Topic, words};
use crate::language::type_name::TypeName;

/// Types whose names could still be meant by what is typed.
pub(super) fn propose(request: &Request<'_>, data_sources_only: bool, proposals: &mut Proposals) {
    let slot = &request.slot;
    let typed = slot.typed.trim();
    for name in request.context.catalog.type_names() {
        let is_data_source = name.starts_with("DATASOURCE::");
        if (data_sources_only && !is_data_source) || !could_match(typed, name) {
            continue;
        }
        let rank = if is_data_source && !data_sources_only {
            Rank::Other
        } else {
            Rank::Usual
        };
        let text = slot.scalar(name, Type::Text);
        let item = proposals.add(slot, rank, name, ItemKind::ResourceType, &text);
        item.documentation = Some(Documentation::About(Topic::of(name)));
        item.detail = match request.context.catalog.is_own(name) {
            true => Some(request.context.doc(words::WORKSPACE).to_owned()),
            false => TypeName::of(name).product().map(str::to_owned),
        };
    }
    super::references::cut(slot, proposals);
}
