//! Names that the template declares, wherever one is asked for.

use super::proposals::{Proposals, Rank, could_match};
use super::slot::{Slot, Type};
use super::{Documentation, ItemKind, Request};
use crate::catalog::Catalog;
use crate::features::card::Topic;
use crate::language::pseudo;
use crate::syntax::cursor::Step;
use crate::syntax::{Entry, Format};
use crate::template::{Definition, NameKind, Resource, SectionKind, Template, Value};
use std::collections::HashMap;

/// More resources than this that fit a property are no help in finding the right one.
const MOST_FITTING: usize = 20;

/// Everything that `Ref` can read at the place.
pub(super) fn readable(
    request: &Request<'_>,
    slot: &Slot,
    section: SectionKind,
    entry: Entry<'_>,
    proposals: &mut Proposals,
) {
    let own = entry.key.text().unwrap_or_default();
    let kinds: &[NameKind] = match section {
        SectionKind::Conditions | SectionKind::Rules => &[NameKind::Parameter, NameKind::Local],
        _ => &[NameKind::Parameter, NameKind::Resource, NameKind::Local],
    };
    for kind in kinds {
        names(request, slot, *kind, &[&own], proposals);
    }
    pseudo_parameters(request, slot, entry, proposals);
}

/// Whole calls that read what the property is called: the parameter of that name, the attribute of that name.
pub(super) fn fitting<'a>(
    request: &Request<'a>,
    entry: Entry<'_>,
    path: &'a [Step],
    proposals: &mut Proposals,
) {
    let slot = &request.slot;
    let Some(Step::Key(property)) = path.last().filter(|_| !slot.quoted()) else {
        return;
    };
    let names = request.names();
    for (name, definition) in names.of_kind(NameKind::Parameter) {
        if name.eq_ignore_ascii_case(property) {
            let written = slot.new_string(name);
            let (label, text) = match slot.format {
                Format::Yaml => (format!("!Ref {name}"), format!("!Ref {written}")),
                Format::Json => (format!("Ref {name}"), format!("{{ \"Ref\": {written} }}")),
            };
            let item = proposals.add(slot, Rank::Wanted, label, ItemKind::Parameter, &text);
            item.detail = detail(definition);
        }
    }
    let own = entry.key.text().unwrap_or_default();
    let mut readable = WithAttribute::new(request, property);
    let fitting = names
        .of_kind(NameKind::Resource)
        .filter(|(name, definition)| *name != own && readable.has(definition));
    for (name, definition) in fitting.take(MOST_FITTING) {
        let (label, text) = match slot.format {
            Format::Yaml => {
                let written = slot.new_string(&format!("{name}.{property}"));
                (format!("!GetAtt {name}.{property}"), format!("!GetAtt {written}"))
            }
            Format::Json => {
                let (resource, attribute) = (slot.new_string(name), slot.new_string(property));
                (
                    format!("Fn::GetAtt {name}.{property}"),
                    format!("{{ \"Fn::GetAtt\": [{resource}, {attribute}] }}"),
                )
            }
        };
        let item = proposals.add(slot, Rank::Wanted, label, ItemKind::Resource, &text);
        item.detail = detail(definition);
    }
}

/// All names of a kind but those in `except`, as whole scalars.
pub(super) fn names(
    request: &Request<'_>,
    slot: &Slot,
    kind: NameKind,
    except: &[&str],
    proposals: &mut Proposals,
) {
    cut(slot, proposals);
    for (name, definition) in request.names().of_kind(kind) {
        // A name of its own section is no reference to itself, except a parameter's: those are never read in theirs.
        let itself = except.contains(&name) && kind != NameKind::Parameter;
        if itself || !could_match(&slot.typed, name) {
            continue;
        }
        let text = slot.scalar(name, Type::Text);
        let item = proposals.add(slot, rank(request, name), name, item_kind(kind), &text);
        item.detail = detail(definition);
    }
}

/// Pseudo parameters; those that mean something in a counted resource only there.
pub(super) fn pseudo_parameters(
    request: &Request<'_>,
    slot: &Slot,
    entry: Entry<'_>,
    proposals: &mut Proposals,
) {
    let counted = entry.value.get("Count").is_some();
    for pseudo in pseudo::ALL
        .iter()
        .filter(|pseudo| counted || !pseudo.counted_only)
    {
        let text = slot.scalar(pseudo.name, Type::Text);
        let item = proposals.add(slot, Rank::Other, pseudo.name, ItemKind::PseudoParameter, &text);
        item.documentation = request.doc(pseudo.doc);
    }
}

/// Resources that the entry doesn't depend on yet.
pub(super) fn depends_on(request: &Request<'_>, entry: Entry<'_>, proposals: &mut Proposals) {
    let slot = &request.slot;
    let own = entry.key.text().unwrap_or_default();
    let under_cursor = request.position.node;
    let listed: Vec<_> = Resource { entry }
        .depends_on()
        .into_iter()
        .filter(|value| Some(value.node) != under_cursor)
        .filter_map(Value::literal)
        .chain([own])
        .collect();
    let listed: Vec<&str> = listed.iter().map(|name| &**name).collect();
    // Below the key, where a name is typed like a key, the item's dash is still missing.
    let below = request.typing_key().then(|| slot.item()).flatten();
    names(
        request,
        below.as_ref().unwrap_or(slot),
        NameKind::Resource,
        &listed,
        proposals,
    );
}

/// Resources, and data sources among the locals, that `Fn::GetAtt` can read; `text` writes the snippet for a name.
pub(super) fn with_attributes(
    request: &Request<'_>,
    slot: &Slot,
    section: SectionKind,
    entry: Entry<'_>,
    text: impl Fn(&str) -> String,
    proposals: &mut Proposals,
) {
    let own = entry.key.text().unwrap_or_default();
    let locals = request
        .names()
        .of_kind(NameKind::Local)
        .filter(|(_, local)| is_data_source(local));
    let resources = request.names().of_kind(NameKind::Resource);
    let all = resources
        .map(|found| (NameKind::Resource, found))
        .chain(locals.map(|found| (NameKind::Local, found)));
    let mut wanted = wanted(request).map(|name| WithAttribute::new(request, name));
    cut(slot, proposals);
    for (kind, (name, definition)) in all {
        if (name == own && kind.section() == section) || !could_match(&slot.typed, name) {
            continue;
        }
        let rank = match wanted.as_mut().is_some_and(|wanted| wanted.has(definition)) {
            true => Rank::Wanted,
            false => Rank::Usual,
        };
        let item = proposals.add(slot, rank, name, item_kind(kind), &text(name));
        item.detail = detail(definition);
    }
}

/// Attributes of the resource (or data source) of this name; `text` writes the snippet for an attribute.
pub(super) fn attributes(
    request: &Request<'_>,
    slot: &Slot,
    resource: &str,
    text: impl Fn(&str) -> String,
    proposals: &mut Proposals,
) {
    for output in stack_outputs(request, resource) {
        let attribute = format!("Outputs.{output}");
        let text = text(&attribute);
        proposals.add(slot, Rank::Required, attribute, ItemKind::Output, &text);
    }
    let names = request.names();
    let definition = [NameKind::Resource, NameKind::Local]
        .into_iter()
        .find_map(|kind| names.get(kind, resource));
    let Some(resource_type) = definition
        .and_then(|definition| definition.type_name.as_deref())
        .and_then(|name| request.context.catalog.resource_type(name))
    else {
        return;
    };
    for attribute in &resource_type.attributes {
        let rank = rank(request, &attribute.name);
        let text = text(&attribute.name);
        let item = proposals.add(slot, rank, attribute.name.as_str(), ItemKind::Attribute, &text);
        let topic = Topic::attribute(&resource_type.name, &attribute.name);
        item.documentation = Some(Documentation::About(topic));
    }
}

/// The outputs of a nested stack whose template stands in place.
fn stack_outputs(request: &Request<'_>, resource: &str) -> Vec<String> {
    let stack = request
        .scope
        .unit(SectionKind::Resources, resource)
        .and_then(|unit| Resource { entry: unit.entry() }.nested_template());
    stack
        .into_iter()
        .flat_map(|body| Template::of(body).outputs())
        .map(|output| output.name().into_owned())
        .collect()
}

/// The type, for the list.
pub(super) fn detail(definition: &Definition) -> Option<String> {
    definition.type_name.as_deref().map(str::to_owned)
}

pub(super) fn item_kind(kind: NameKind) -> ItemKind {
    match kind {
        NameKind::Parameter => ItemKind::Parameter,
        NameKind::Mapping => ItemKind::Mapping,
        NameKind::Condition | NameKind::Rule => ItemKind::Condition,
        NameKind::Local => ItemKind::Local,
        NameKind::Resource => ItemKind::Resource,
        NameKind::Output => ItemKind::Output,
    }
}

fn is_data_source(definition: &Definition) -> bool {
    let name = definition.type_name.as_deref();
    name.is_some_and(|name| name.starts_with("DATASOURCE::"))
}

/// Names like the property that is to be filled come first: `VpcId` for `VpcId`.
fn rank(request: &Request<'_>, name: &str) -> Rank {
    match wanted(request) {
        Some(wanted) if wanted.eq_ignore_ascii_case(name) => Rank::Wanted,
        _ => Rank::Usual,
    }
}

/// Large templates have thousands of names: what can't match what is typed is left out, and an editor that deletes
/// letters has to ask again.
pub(super) fn cut(slot: &Slot, proposals: &mut Proposals) {
    if !slot.typed.is_empty() {
        proposals.cut();
    }
}

/// Which types have an attribute of one name; each type is looked up once.
struct WithAttribute<'a> {
    catalog: &'a Catalog,
    attribute: &'a str,
    known: HashMap<&'a str, bool>,
}

impl<'a> WithAttribute<'a> {
    fn new(request: &Request<'a>, attribute: &'a str) -> Self {
        WithAttribute {
            catalog: request.context.catalog,
            attribute,
            known: HashMap::new(),
        }
    }

    fn has(&mut self, definition: &'a Definition) -> bool {
        let Some(type_name) = definition.type_name.as_deref() else {
            return false;
        };
        *self.known.entry(type_name).or_insert_with(|| {
            let resource_type = self.catalog.resource_type(type_name);
            resource_type.is_some_and(|found| found.attribute(self.attribute).is_some())
        })
    }
}

/// The property whose value the cursor is in.
fn wanted<'r>(request: &Request<'r>) -> Option<&'r str> {
    request.position.path.iter().rev().find_map(|step| match step {
        Step::Key(key) if !crate::template::call::is_function_name(key) => Some(key.as_str()),
        Step::Key(_) | Step::Index(_) => None,
    })
}
