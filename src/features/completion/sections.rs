//! Sections that the template doesn't have yet.

use super::proposals::{Proposals, Rank};
use super::slot::{Shape, Slot};
use super::{ItemKind, Request, skeletons};
use crate::language::section;
use crate::syntax::Format;
use crate::template::SectionKind;

pub(super) fn propose(request: &Request<'_>, proposals: &mut Proposals) {
    if request.slot.format == Format::Json && request.position.parent.is_none() {
        return propose_first(&request.slot, proposals);
    }
    let present = request.present();
    if present.is_empty() {
        skeletons::template(&request.slot, true, proposals);
    }
    skeletons::metadata(request, proposals);
    add_all(&request.slot, proposals, |section| {
        !present.iter().any(|key| key == section.name())
    });
}

/// For an empty document. In JSON the braces are missing, too.
pub(super) fn propose_first(slot: &Slot, proposals: &mut Proposals) {
    skeletons::template(slot, false, proposals);
    if slot.format == Format::Yaml {
        add_all(slot, proposals, |_| true);
    }
}

fn add_all(slot: &Slot, proposals: &mut Proposals, wanted: impl Fn(SectionKind) -> bool) {
    for (index, section) in SectionKind::ALL.into_iter().enumerate() {
        if wanted(section) {
            let text = slot.entry(section.name(), &shape(slot, section));
            let item = proposals.add(slot, Rank::Usual, section.name(), ItemKind::Section, &text);
            item.sort_text = format!("{}{index:02}", Rank::Usual as u8);
        }
    }
}

fn shape(slot: &Slot, section: SectionKind) -> Shape {
    match section {
        SectionKind::Version => Shape::Scalar(slot.new_string(section::VERSION)),
        SectionKind::Transform | SectionKind::Description => Shape::blank(),
        SectionKind::Metadata
        | SectionKind::Parameters
        | SectionKind::Mappings
        | SectionKind::Conditions
        | SectionKind::Rules
        | SectionKind::Locals
        | SectionKind::Resources
        | SectionKind::Outputs
        | SectionKind::Workspace => Shape::Mapping,
    }
}
