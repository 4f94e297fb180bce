//! Values of sections and of attributes.

use super::proposals::{Proposals, Rank, could_match};
use super::slot::{Shape, Slot, Type};
use super::{ItemKind, Request, attributes, entries, functions, metadata, references, resource_types};
use crate::language::association;
use crate::language::attribute::{self, Attribute};
use crate::language::doc::{Choice, Shape as ValueShape};
use crate::language::function::Places;
use crate::language::section;
use crate::syntax::cursor::Step;
use crate::syntax::{Entry, Format};
use crate::template::{NameKind, SectionKind};

/// The value of a section that is a scalar.
pub(super) fn of_section(request: &Request<'_>, kind: SectionKind, proposals: &mut Proposals) {
    let slot = &request.slot;
    match kind {
        SectionKind::Version => {
            let text = slot.scalar(section::VERSION, Type::Text);
            proposals.add(slot, Rank::Wanted, section::VERSION, ItemKind::Value, &text);
        }
        SectionKind::Transform => choices(request, section::TRANSFORMS, proposals),
        SectionKind::Description => languages_below(request, proposals),
        SectionKind::Metadata
        | SectionKind::Parameters
        | SectionKind::Mappings
        | SectionKind::Conditions
        | SectionKind::Rules
        | SectionKind::Locals
        | SectionKind::Resources
        | SectionKind::Outputs
        | SectionKind::Workspace => {}
    }
}

/// The value of an attribute, or a place inside it; `inner` leads there. An empty `attribute` means a section whose
/// entries have no attributes.
pub(super) fn of_attribute(
    request: &Request<'_>,
    section: SectionKind,
    entry: Entry<'_>,
    attribute: &str,
    inner: &[Step],
    proposals: &mut Proposals,
) {
    let known = match section {
        SectionKind::Metadata => return metadata::interface(request, entry, inner, proposals),
        SectionKind::Conditions => return expression(request, Places::CONDITIONS, proposals),
        SectionKind::Resources => attribute::resource(attribute),
        SectionKind::Parameters => attribute::parameter(attribute),
        SectionKind::Outputs => attribute::output(attribute),
        SectionKind::Locals => attribute::local(attribute),
        SectionKind::Rules => attribute::rule(attribute),
        SectionKind::Version
        | SectionKind::Transform
        | SectionKind::Description
        | SectionKind::Mappings
        | SectionKind::Workspace => None,
    };
    match (section, attribute) {
        (SectionKind::Resources, "Type") if inner.is_empty() => {
            return resource_types::propose(request, false, proposals);
        }
        (SectionKind::Locals, "Type") if inner.is_empty() => {
            resource_types::propose(request, true, proposals);
        }
        (SectionKind::Resources, "DependsOn") => return references::depends_on(request, entry, proposals),
        (SectionKind::Parameters, "AssociationProperty") => {
            return association_properties(request, proposals);
        }
        (SectionKind::Parameters, "AssociationPropertyMetadata") => {
            return metadata::association(request, entry, inner, proposals);
        }
        (SectionKind::Parameters, "Default") if inner.is_empty() => defaults(request, entry, proposals),
        (SectionKind::Rules, "Assertions") => return assertion(request, inner, proposals),
        _ => {}
    }
    if let Some(known) = known {
        of_known(request, section, known, inner, proposals);
    }
}

fn of_known(
    request: &Request<'_>,
    section: SectionKind,
    attribute: &'static Attribute,
    inner: &[Step],
    proposals: &mut Proposals,
) {
    if inner.is_empty() && !request.typing_key() {
        choices(request, attribute.values, proposals);
    }
    match attribute.shape {
        ValueShape::Boolean => booleans(&request.slot, proposals),
        ValueShape::ConditionName => {
            let slot = &request.slot;
            references::names(request, slot, NameKind::Condition, &[], proposals);
        }
        ValueShape::Localized if inner.is_empty() => languages_below(request, proposals),
        ValueShape::Expression => expression(request, places(section), proposals),
        ValueShape::Count => expression(request, Places::COUNT, proposals),
        ValueShape::Condition => expression(request, Places::RULES, proposals),
        ValueShape::Literal
        | ValueShape::LiteralOrList
        | ValueShape::Integer
        | ValueShape::Number
        | ValueShape::Localized
        | ValueShape::List
        | ValueShape::Map
        | ValueShape::Data => {}
    }
}

/// Functions, as a value or as the key of a call being typed.
pub(super) fn expression(request: &Request<'_>, places: Places, proposals: &mut Proposals) {
    if !request.typing_key() {
        functions::values(request, places, proposals);
    } else if request.present().is_empty() {
        functions::keys(request, places, proposals);
    }
}

/// Where the expressions of a section's entries stand.
pub(super) fn places(section: SectionKind) -> Places {
    match section {
        SectionKind::Outputs => Places::OUTPUTS,
        // A parameter's calls decide whether the console shows it.
        SectionKind::Conditions | SectionKind::Parameters => Places::IN_CONDITIONS,
        SectionKind::Rules => Places::RULES,
        SectionKind::Locals => Places::LOCALS,
        _ => Places::PROPERTIES,
    }
}

fn choices(request: &Request<'_>, choices: &'static [Choice], proposals: &mut Proposals) {
    for (index, choice) in choices.iter().enumerate() {
        let text = request.slot.scalar(choice.name, Type::Text);
        let item = proposals.add(&request.slot, Rank::Required, choice.name, ItemKind::Value, &text);
        item.sort_text = format!("{}{index:02}", Rank::Required as u8);
        item.documentation = request.doc(choice.doc);
    }
}

pub(super) fn booleans(slot: &Slot, proposals: &mut Proposals) {
    for value in ["true", "false"] {
        let text = slot.scalar(value, Type::AsWritten);
        proposals.add(slot, Rank::Required, value, ItemKind::Value, &text);
    }
}

/// The languages of a localized text, below its key.
fn languages_below(request: &Request<'_>, proposals: &mut Proposals) {
    if request.typing_key() {
        return entries::fixed(request, entries::LANGUAGES, &Shape::blank(), proposals);
    }
    let slot = &request.slot;
    if slot.quoted() || !slot.typed.is_empty() {
        return;
    }
    let keys = |stop: &str| {
        let mut stops = 0;
        let entries = entries::LANGUAGES.iter().map(|language| {
            stops += 1;
            format!("{language}: {}", stop.replace('N', &stops.to_string()))
        });
        entries.collect::<Vec<_>>()
    };
    let text = match (slot.format, slot.below()) {
        (Format::Json, _) => r#"{ "en": "$1", "zh-cn": "$2" }"#.to_owned(),
        (Format::Yaml, None) => format!("{{{}}}", keys("$N").join(", ")),
        (Format::Yaml, Some(below)) => {
            let text = keys("$N").join(&format!("\n{}", below.indentation(0)));
            proposals.add(&below, Rank::Usual, "en, zh-cn", ItemKind::Snippet, &text);
            return;
        }
    };
    proposals.add(slot, Rank::Usual, "en, zh-cn", ItemKind::Snippet, &text);
}

/// What the parameter itself allows as its default.
fn defaults(request: &Request<'_>, entry: Entry<'_>, proposals: &mut Proposals) {
    let slot = &request.slot;
    if entry.value.get("Type").and_then(|node| node.text()).as_deref() == Some("Boolean") {
        booleans(slot, proposals);
    }
    let allowed = entry.value.get("AllowedValues");
    for node in allowed.into_iter().flat_map(|list| list.items()) {
        let Some(text) = node
            .text()
            .filter(|text| node.is_scalar() && !text.contains('\n'))
        else {
            continue;
        };
        let value_type = match node.style() {
            crate::syntax::Style::Plain => Type::AsWritten,
            _ => Type::Text,
        };
        let written = slot.scalar(&text, value_type);
        proposals.add(slot, Rank::Required, text.as_ref(), ItemKind::Value, &written);
    }
}

fn association_properties(request: &Request<'_>, proposals: &mut Proposals) {
    let slot = &request.slot;
    for property in association::all() {
        if could_match(&slot.typed, property.name) {
            let text = slot.scalar(property.name, Type::Text);
            let rank = match property.deprecated {
                true => Rank::Last,
                false => Rank::Usual,
            };
            let item = proposals.add(slot, rank, property.name, ItemKind::Value, &text);
            item.documentation = request.doc(property.component.doc);
            item.deprecated = property.deprecated;
        }
    }
    references::cut(slot, proposals);
}

/// A place in a rule's list of assertions.
fn assertion(request: &Request<'_>, inner: &[Step], proposals: &mut Proposals) {
    let inner = match inner {
        [Step::Index(_), rest @ ..] => rest,
        other => other,
    };
    match inner {
        [] => attributes::keys(request, attribute::ASSERTION, None, proposals),
        [Step::Key(key)] if key == "Assert" => expression(request, Places::RULES, proposals),
        _ => {}
    }
}
