//! Names of section entries: a new resource, parameter, … with its usual shape, and the few names that are fixed.

use super::proposals::{Proposals, Rank};
use super::skeletons::{self, Sketch};
use super::slot::Shape;
use super::{ItemKind, Request};
use crate::language::metadata::INTERFACE;
use crate::template::{SectionKind, UseKind};

/// Languages of localized texts.
pub(super) const LANGUAGES: &[&str] = &["en", "zh-cn"];

pub(super) fn propose(request: &Request<'_>, section: SectionKind, proposals: &mut Proposals) {
    match section {
        SectionKind::Metadata => {
            fixed(request, &[INTERFACE], &Shape::Mapping, proposals);
            skeletons::interface(request, proposals);
        }
        SectionKind::Description => fixed(request, LANGUAGES, &Shape::blank(), proposals),
        SectionKind::Parameters => {
            undeclared(request, proposals);
            let kind = || ("Type", Sketch::text("${2:String}"));
            new_entry(request, "Parameter", "", &Sketch::map([kind()]), proposals);
            let texts = Sketch::map([
                kind(),
                ("Label", Sketch::localized_hint("${3:Label}", "${4:名称}")),
                (
                    "Description",
                    Sketch::localized_hint("${5:What to enter}", "${6:填写说明}"),
                ),
            ]);
            new_entry(request, "Parameter", " with texts", &texts, proposals);
        }
        SectionKind::Resources => {
            new_entry(
                request,
                "Resource",
                "",
                &Sketch::map([("Type", Sketch::text("$2"))]),
                proposals,
            );
        }
        SectionKind::Outputs => {
            new_entry(
                request,
                "Output",
                "",
                &Sketch::map([("Value", Sketch::Open("$2"))]),
                proposals,
            );
            let attribute = Sketch::map([
                ("Description", Sketch::Hint("${2:What it is}")),
                ("Value", Sketch::GetAtt("$3", "$4")),
            ]);
            new_entry(request, "Output", " of an attribute", &attribute, proposals);
        }
        SectionKind::Locals => {
            let local = Sketch::map([
                ("Type", Sketch::text("${2:Macro}")),
                ("Value", Sketch::Open("$3")),
            ]);
            new_entry(request, "Local", "", &local, proposals);
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
                UseKind::Ref | UseKind::SubName | UseKind::InterfaceParameter | UseKind::InterfaceHidden
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
fn new_entry(request: &Request<'_>, word: &str, with: &str, inner: &Sketch, proposals: &mut Proposals) {
    let slot = &request.slot;
    if slot.colon {
        return;
    }
    let name = format!("${{1:{}}}", skeletons::name_or(&slot.typed, word));
    let label = format!("new {}{with}", word.to_lowercase());
    let text = skeletons::named(slot, &name, inner);
    let item = proposals.add(slot, Rank::Usual, label, ItemKind::Snippet, &text);
    item.filter_text = (!slot.typed.is_empty()).then(|| slot.typed.clone());
    // An editor that doesn't ask again would compare the next letters with those typed now.
    proposals.cut();
}
