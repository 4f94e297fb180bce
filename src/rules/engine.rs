//! Runs the checks: one walk over a part of the document, each check called at its grain.

use super::FAMILIES;
use super::declare::{
    CallContext, CallPlace, Check, ChunkContext, DocumentContext, Linked, LinkedContext, ObjectContext,
    TemplateContext, UnitContext, ValueContext,
};
use super::place::expressions;
use super::report::Report;
use crate::catalog::{Catalog, Property, ResourceType, ValueKind};
use crate::config::Config;
use crate::document::Document;
use crate::syntax::{Kind, Node};
use crate::template::model::UnitRef;
use crate::template::{Call, NameKind, NameReader, Reads, Recorder, Scope, SectionKind, Value};

/// What only the document as a whole can tell.
pub(super) fn check_whole(document: &Document, catalog: &Catalog, config: &Config, report: &mut Report) {
    let context = DocumentContext { document, config };
    for family in FAMILIES {
        if let Check::Document(check) = family.check {
            check(&context, report);
        }
    }
    if let Some(scope) = document.scope() {
        check_template(catalog, scope, false, report);
    }
}

/// What the declarations and uses of the document's template make together.
pub(super) fn check_all_links(document: &Document, catalog: &Catalog, report: &mut Report) {
    if let Some(scope) = document.scope() {
        check_template(catalog, scope, true, report);
    }
}

/// What a chunk tells by itself, nested stacks in it included.
pub(super) fn check_chunk(document: &Document, catalog: &Catalog, index: u32, report: &mut Report) {
    let Some(context) = ChunkContext::of(&document.tree, index) else {
        return;
    };
    for family in FAMILIES {
        if let Check::Chunk(check) = family.check {
            check(&context, report);
        }
    }
    let Some(scope) = document.scope() else { return };
    for unit in scope.units_of_chunk(index) {
        check_unit(catalog, unit, report);
        for nested in scope.nested_in(unit) {
            check_nested(catalog, nested, report);
        }
    }
}

/// What a chunk tells beside the names of the document's template. Answers with what was read of these.
pub(super) fn check_links(document: &Document, catalog: &Catalog, index: u32, report: &mut Report) -> Reads {
    let recorder = Recorder::default();
    if let Some(scope) = document.scope() {
        for unit in scope.units_of_chunk(index) {
            check_linked(catalog, scope, unit, &recorder, report);
        }
    }
    recorder.into_reads()
}

/// A nested stack's template stands in one chunk, and its names mean nothing outside.
fn check_nested(catalog: &Catalog, scope: Scope<'_>, report: &mut Report) {
    check_template(catalog, scope, false, report);
    check_template(catalog, scope, true, report);
    for unit in scope.units() {
        check_unit(catalog, unit, report);
        // What is read stands in this chunk.
        check_linked(catalog, scope, unit, &Recorder::default(), report);
        for nested in scope.nested_in(unit) {
            check_nested(catalog, nested, report);
        }
    }
}

fn check_template(catalog: &Catalog, scope: Scope<'_>, links: bool, report: &mut Report) {
    let context = TemplateContext {
        catalog,
        scope,
        template: scope.template,
        names: scope.names,
    };
    for family in FAMILIES {
        match family.check {
            Check::Template(check) if !links => check(&context, report),
            Check::Links(check) if links => check(&context, report),
            _ => {}
        }
    }
}

fn check_linked(
    catalog: &Catalog,
    scope: Scope<'_>,
    unit: UnitRef<'_>,
    recorder: &Recorder,
    report: &mut Report,
) {
    let names = NameReader::new(scope.names, scope.template, recorder);
    let resource_type = type_of(catalog, unit);
    let context = LinkedContext {
        place: UnitContext {
            catalog,
            unit,
            entry: unit.entry(),
            resource_type: resource_type.as_deref(),
        },
        names,
    };
    for family in FAMILIES {
        if let Check::Linked(check) = family.check {
            check(&context, report);
        }
    }
    walk_calls(&context, Some(names), report);
    let mut uses = unit.unit.uses.iter();
    let counted = |name| {
        names
            .get(NameKind::Resource, name)
            .is_some_and(|resource| resource.counted())
    };
    if let Some(resource_type) = context.resource_type
        && let Some(properties) = context.entry.value.entry("Properties")
        && uses.any(|use_| counted(&use_.name))
    {
        let mut walk = PropertyWalk {
            context: &context,
            resource_type,
            names: Some(names),
            report,
        };
        walk.object(properties.value.into(), properties.key, None);
    }
}

fn check_unit(catalog: &Catalog, unit: UnitRef<'_>, report: &mut Report) {
    let entry = unit.entry();
    let resource_type = type_of(catalog, unit);
    let context = UnitContext {
        catalog,
        unit,
        entry,
        resource_type: resource_type.as_deref(),
    };
    for family in FAMILIES {
        if let Check::Unit(check) = family.check {
            check(&context, report);
        }
    }
    walk_calls(&context, None, report);
    if let Some(resource_type) = context.resource_type
        && let Some(properties) = entry.value.entry("Properties")
    {
        let mut walk = PropertyWalk {
            context: &context,
            resource_type,
            names: None,
            report,
        };
        match Value::from(properties.value) {
            // Empty ones are as good as none.
            value if value.is_null() && value.call().is_none() => walk.absent(properties.key),
            value => walk.object(value, properties.key, None),
        }
    } else if let Some(resource_type) = context.resource_type
        && context.section() == SectionKind::Resources
        && let Some(type_entry) = entry.value.entry("Type")
    {
        // No `Properties` at all: what is required is missing all the same.
        let mut walk = PropertyWalk {
            context: &context,
            resource_type,
            names: None,
            report,
        };
        walk.absent(type_entry.value);
    }
}

fn type_of(catalog: &Catalog, unit: UnitRef<'_>) -> Option<std::sync::Arc<ResourceType>> {
    match unit.unit.section {
        SectionKind::Resources | SectionKind::Locals => {
            let (_, definition) = unit.unit.definition.as_ref()?;
            catalog.resource_type(definition.type_name.as_deref()?)
        }
        _ => None,
    }
}

/// Visits every call of a unit, with the place it stands in. With `names` for the checks that read these.
fn walk_calls(context: &UnitContext<'_>, names: Option<NameReader<'_>>, report: &mut Report) {
    for (node, place) in expressions(context.section(), context.entry) {
        CallWalk {
            context,
            place,
            names,
            report,
        }
        .value(node.into(), None);
    }
}

struct CallWalk<'w, 'a> {
    context: &'w UnitContext<'a>,
    place: CallPlace,
    /// For the checks that read the template's names.
    names: Option<NameReader<'w>>,
    report: &'w mut Report,
}

impl<'a> CallWalk<'_, 'a> {
    fn value(&mut self, value: Value<'a>, outer: Option<&Call<'a>>) {
        if let Some(call) = value.call() {
            let argument = call.argument;
            let context = CallContext {
                unit: self.context,
                call: call.clone(),
                outer,
                place: self.place,
            };
            match self.names {
                None => each_check(|check| {
                    if let Check::Call(check) = check {
                        check(&context, self.report);
                    }
                }),
                Some(names) => {
                    let context = Linked {
                        place: context,
                        names,
                    };
                    each_check(|check| {
                        if let Check::LinkedCall(check) = check {
                            check(&context, self.report);
                        }
                    });
                }
            }
            return self.children(argument, Some(&call));
        }
        self.children(value, outer);
    }

    fn children(&mut self, value: Value<'a>, outer: Option<&Call<'a>>) {
        if let Some(call) = value.call() {
            // The argument of a tag is a call of its own: `!Base64Encode {Fn::Sub: …}`.
            let _ = call;
            return self.value(value, outer);
        }
        match value.kind() {
            Kind::Mapping => {
                for entry in value.entries() {
                    self.value(entry.value.into(), outer);
                }
            }
            Kind::Sequence => {
                for item in value.items() {
                    self.value(item, outer);
                }
            }
            Kind::Scalar | Kind::Alias | Kind::Empty => {}
        }
    }
}

/// Visits the maps and values of a resource's properties beside their schema.
struct PropertyWalk<'w, 'a> {
    context: &'w UnitContext<'a>,
    resource_type: &'w ResourceType,
    /// For the checks that read the template's names.
    names: Option<NameReader<'w>>,
    report: &'w mut Report,
}

impl<'a> PropertyWalk<'_, 'a> {
    /// A resource without `Properties`.
    fn absent(&mut self, owner: Node<'a>) {
        self.visit_object(owner, owner, None);
    }

    fn object(&mut self, value: Value<'a>, owner: Node<'a>, property: Option<&Property>) {
        if let Some(call) = value.call() {
            for branch in branches(&call) {
                self.object(branch, owner, property);
            }
            return;
        }
        if value.kind() != Kind::Mapping {
            return;
        }
        self.visit_object(value.node, owner, property);
        for entry in value.entries() {
            let Some(name) = entry.key.text() else { continue };
            let known = match property {
                Some(property) => property.property(&name),
                None => self.resource_type.property(&name),
            };
            if let Some(known) = known {
                self.value(entry.value.into(), entry.key, known);
            }
        }
    }

    fn visit_object(&mut self, object: Node<'a>, owner: Node<'a>, property: Option<&Property>) {
        let context = ObjectContext {
            unit: self.context,
            resource_type: self.resource_type,
            object,
            owner,
            property,
        };
        for family in FAMILIES {
            if let Check::Object(check) = family.check
                && self.names.is_none()
            {
                check(&context, self.report);
            }
        }
    }

    fn value(&mut self, value: Value<'a>, owner: Node<'a>, property: &Property) {
        if let Some(call) = value.call()
            && call.is("Fn::If")
        {
            for branch in branches(&call) {
                self.value(branch, owner, property);
            }
            return;
        }
        self.visit_value(value, property, false);
        if value.call().is_some() {
            return;
        }
        match property.kind {
            ValueKind::Object => self.object(value, owner, Some(property)),
            ValueKind::List => {
                for item in value.items() {
                    self.item(item, owner, property);
                }
            }
            ValueKind::Map if !property.properties.is_empty() => {
                for entry in value.entries() {
                    self.object(entry.value.into(), entry.key, Some(property));
                }
            }
            ValueKind::Map
            | ValueKind::String
            | ValueKind::Integer
            | ValueKind::Number
            | ValueKind::Boolean
            | ValueKind::Any => {}
        }
    }

    fn item(&mut self, item: Value<'a>, owner: Node<'a>, property: &Property) {
        if let Some(call) = item.call() {
            for branch in branches(&call) {
                self.item(branch, owner, property);
            }
            return;
        }
        if !property.properties.is_empty() {
            // In a list the item itself is the better place for what is missing in it.
            let at = item.entries().next().map_or(owner, |entry| entry.key);
            self.object(item, at, Some(property));
        } else if let Some(schema) = &property.item {
            self.visit_value(item, schema, true);
        }
    }

    fn visit_value(&mut self, value: Value<'a>, property: &Property, item: bool) {
        let context = ValueContext {
            unit: self.context,
            resource_type: self.resource_type,
            property,
            value,
            item,
        };
        match self.names {
            None => each_check(|check| {
                if let Check::Value(check) = check {
                    check(&context, self.report);
                }
            }),
            Some(names) => {
                let context = Linked {
                    place: context,
                    names,
                };
                each_check(|check| {
                    if let Check::LinkedValue(check) = check {
                        check(&context, self.report);
                    }
                });
            }
        }
    }
}

fn each_check(run: impl FnMut(&Check)) {
    FAMILIES.iter().map(|family| &family.check).for_each(run);
}

/// The values that an `Fn::If` may give; none for other calls.
fn branches<'a>(call: &Call<'a>) -> Vec<Value<'a>> {
    if call.is("Fn::If") {
        call.arguments().into_iter().skip(1).collect()
    } else {
        Vec::new()
    }
}
