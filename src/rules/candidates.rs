//! What may be meant by a name that nothing declares: only what can stand at its place.

use super::declare::LinkedContext;
use super::place::{any_call, expressions};
use crate::language::pseudo;
use crate::template::{NameKind, SectionKind, Site, Use, UseKind};
use crate::text::TextRange;
use std::borrow::Cow;

/// The declared names that a reference may mean: parameters, resources, locals and pseudo parameters.
pub(super) fn candidates<'a>(context: &LinkedContext<'a>, use_: &Use) -> Vec<&'a str> {
    let names = context.names();
    let unit = context.facts();
    let section = context.section();
    let attribute = matches!(use_.kind, UseKind::GetAtt | UseKind::SubGetAtt);
    let substituted = matches!(use_.kind, UseKind::SubName | UseKind::SubGetAtt);
    let kinds = [
        (NameKind::Parameter, !attribute),
        (NameKind::Resource, !is_early(context, use_)),
        (
            NameKind::Local,
            !attribute && !substituted && section != SectionKind::Parameters,
        ),
    ];
    // What reads itself is a ring.
    let own = NameKind::of_section(section).map(|kind| (kind, &*unit.name));
    let mut found = Vec::new();
    for (kind, _) in kinds.into_iter().filter(|(_, fits)| *fits) {
        let others = names.names_of_kind(kind);
        found.extend(others.filter(|name| Some((kind, *name)) != own));
    }
    if !attribute {
        let counted = unit.definition.as_ref().is_some_and(|(_, own)| own.counted);
        let all = pseudo::ALL.iter().map(|pseudo| pseudo.name);
        found.extend(all.filter(|name| match *name {
            "ALIYUN::Index" => counted && use_.site == Site::Properties,
            "ALIYUN::NoValue" => !substituted,
            _ => true,
        }));
    }
    found
}

/// Whether a use is worked out before any resource exists. (A local of type `Macro` is text that is put in elsewhere.)
fn is_early(context: &LinkedContext<'_>, use_: &Use) -> bool {
    let definition = context.facts().definition.as_ref();
    let own_type = definition.and_then(|(_, own)| own.type_name.as_deref());
    match context.section() {
        SectionKind::Parameters | SectionKind::Conditions | SectionKind::Rules => true,
        SectionKind::Locals => own_type.is_some_and(|name| name != "Macro"),
        _ => use_.site == Site::Count,
    }
}

/// The variables of the `Fn::Sub` calls of an entry; looked for when a name is not found.
#[derive(Default)]
pub(super) struct Variables<'a> {
    /// The place of each call that has some, in text order, with their names.
    calls: Option<Vec<(TextRange, Vec<Cow<'a, str>>)>>,
}

/// Calls to look at for the one around a place: those right before it may end before it.
const MOST_CALLS: usize = 20;

impl<'a> Variables<'a> {
    /// The variables of the innermost call around a place.
    pub(super) fn at(&mut self, context: &LinkedContext<'a>, range: TextRange) -> &[Cow<'a, str>] {
        let calls = self.calls.get_or_insert_with(|| of_entry(context));
        let before = calls.partition_point(|(place, _)| place.start <= range.start);
        let nearest = calls.iter().take(before).rev().take(MOST_CALLS);
        let mut around = nearest.filter(|(place, _)| place.contains_range(range));
        around.next().map_or(&[], |(_, names)| names)
    }
}

fn of_entry<'a>(context: &LinkedContext<'a>) -> Vec<(TextRange, Vec<Cow<'a, str>>)> {
    let mut calls = Vec::new();
    for (node, _) in expressions(context.section(), context.entry) {
        any_call(node.into(), &mut |call| {
            if let Some(variables) = call.arguments().get(1).filter(|_| call.is("Fn::Sub")) {
                let names = variables.entries().filter_map(|entry| entry.key.text());
                calls.push((call.node.range(), names.collect()));
            }
            false
        });
    }
    calls
}
