//! Names of section entries: a new resource, parameter, … with its usual shape, and the few names that are fixed.

use super::proposals::{Proposals, Rank};
use super::slot::Shape;
use super::{ItemKind, Request};
use crate::language::metadata::INTERFACE;
use crate::template::{SectionKind, UseKind};

/// Languages of localized texts.
pub(super) const LANGUAGES: &[&str] = &["en", "zh-cn"];

pub(super) fn propose(request: &Request<'_>, section: SectionKind, proposals: &mut Proposals) {
    let name = |stop| request.slot.name_stop(stop);
    match section {
        SectionKind::Metadata => fixed(request, &[INTERFACE], &Shape::Mapping, proposals),
        SectionKind::Description => fixed(request, LANGUAGES, &Shape::blank(), proposals),
        SectionKind::Parameters => {
            undeclared(request, proposals);
            new_entry(request, "Parameter", &[("Type", name("${2:String}"))], proposals);
        }
        SectionKind::Resources => new_entry(request, "Resource", &[("Type", name("$2"))], proposals),
        SectionKind::Outputs => new_entry(request, "Output", &[("Value", "$2".into())], proposals),
        SectionKind::Locals => {
            let attributes = [("Type", name("${2:Macro}")), ("Value", "$3".into())];
            new_entry(request, "Local", &attributes, proposals);
        }
        SectionKind::Version
        | SectionKind::Transform
        | SectionKind::Mappings
        | SectionKind::Conditions
        | SectionKind::Rules
        | SectionKind::Workspace => {}
    }
}

/// Keys with a fixed name that the mapping doesn't have yet.
pub(super) fn fixed(request: &Request<'_>, keys: &[&str], shape: &Shape, proposals: &mut Proposals) {
    let present = request.present();
    for key in keys.iter().filter(|key| !present.iter().any(|have| have == *key)) {
        let text = request.slot.entry(key, shape);
        proposals.add(&request.slot, Rank::Usual, *key, ItemKind::Attribute, &text);
    }
}

/// Names that the template refers to and nothing declares: likely the parameter that is about to be written.
fn undeclared(request: &Request<'_>, proposals: &mut Proposals) {
    let names = request.names();
    let mut missing: Vec<&str> = request
        .scope
        .units()
        .flat_map(|unit| unit.unit.uses.iter())
        .filter(|use_| {
            matches!(
                use_.kind,
                UseKind::Ref | UseKind::SubName | UseKind::InterfaceParameter
            )
        })
        .map(|use_| &*use_.name)
        .filter(|name| names.resolve(name).is_none() && !name.contains([':', '.']))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    for name in missing {
        let text = request.slot.entry(name, &Shape::Mapping);
        let item = proposals.add(&request.slot, Rank::Wanted, name, ItemKind::Parameter, &text);
        item.detail = Some("used, not declared yet".into());
    }
}

/// A whole entry with a name to fill in. Shows whatever is typed: the typed word becomes the name.
fn new_entry(request: &Request<'_>, word: &str, attributes: &[(&str, String)], proposals: &mut Proposals) {
    let slot = &request.slot;
    if slot.colon {
        return;
    }
    let name = if slot.typed.is_empty() { word } else { &slot.typed };
    let name = format!("${{1:{}}}", super::snippet::escape(name));
    let text = slot.skeleton(&name, attributes);
    let label = format!("new {}", word.to_lowercase());
    let item = proposals.add(slot, Rank::Usual, label, ItemKind::Snippet, &text);
    item.filter_text = (!slot.typed.is_empty()).then(|| slot.typed.clone());
}
