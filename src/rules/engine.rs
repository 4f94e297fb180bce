//! Runs the checks: one walk over a part of the document, each check called at its grain.

use super::FAMILIES;
use super::declare::{
    CallContext, CallPlace, Check, ChunkContext, DocumentContext, ObjectContext, TemplateContext,
    UnitContext, ValueContext,
};
use super::place::expressions;
use super::report::Report;
use crate::catalog::{Catalog, Property, ResourceType, ValueKind};
use crate::config::Config;
use crate::document::Document;
use crate::syntax::{Kind, Node};
use crate::template::model::UnitRef;
use crate::template::{Call, NameKind, Scope, SectionKind, Value};

/// What only the document as a whole can tell.
pub(super) fn check_whole(document: &Document, catalog: &Catalog, config: &Config, report: &mut Report) {
    let context = DocumentContext { document, config };
    for family in FAMILIES {
        if let Check::Document(check) = family.check {
            check(&context, report);
        }
    }
    if let Some(scope) = document.scope() {
        check_template(document, catalog, scope, false, report);
    }
}

/// What the declarations and uses of the document's template make together.
pub(super) fn check_all_links(document: &Document, catalog: &Catalog, report: &mut Report) {
    if let Some(scope) = document.scope() {
        check_template(document, catalog, scope, true, report);
    }
}

/// What a chunk tells by itself, nested stacks in it included.
pub(super) fn check_chunk(document: &Document, catalog: &Catalog, index: u32, report: &mut Report) {
    let tree = &document.tree;
    let Some(chunk) = tree.chunk(index as usize) else {
        return;
    };
    let context = ChunkContext { tree, chunk, index };
    for family in FAMILIES {
        if let Check::Chunk(check) = family.check {
            check(&context, report);
        }
    }
    let Some(scope) = document.scope() else { return };
    for unit in scope.units_of_chunk(index) {
        check_unit(catalog, scope, unit, report);
        for nested in scope.nested_in(unit) {
            check_nested(document, catalog, nested, report);
        }
    }
}

/// What a chunk tells beside the names of the document's template.
pub(super) fn check_links(document: &Document, catalog: &Catalog, index: u32, report: &mut Report) {
    let Some(scope) = document.scope() else { return };
    for unit in scope.units_of_chunk(index) {
        check_linked(catalog, scope, unit, report);
    }
}

/// A nested stack's template stands in one chunk, and its names mean nothing outside.
fn check_nested(document: &Document, catalog: &Catalog, scope: Scope<'_>, report: &mut Report) {
    check_template(document, catalog, scope, false, report);
    check_template(document, catalog, scope, true, report);
    for unit in scope.units() {
        check_unit(catalog, scope, unit, report);
        check_linked(catalog, scope, unit, report);
        for nested in scope.nested_in(unit) {
            check_nested(document, catalog, nested, report);
        }
    }
}

fn check_template(
    document: &Document,
    catalog: &Catalog,
    scope: Scope<'_>,
    links: bool,
    report: &mut Report,
) {
    let context = TemplateContext {
        document,
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

fn check_linked(catalog: &Catalog, scope: Scope<'_>, unit: UnitRef<'_>, report: &mut Report) {
    let resource_type = type_of(catalog, unit);
    let context = UnitContext {
        catalog,
        scope,
        unit,
        entry: unit.entry(),
        resource_type: resource_type.as_deref(),
    };
    for family in FAMILIES {
        if let Check::Linked(check) = family.check {
            check(&context, report);
        }
    }
    walk_calls(&context, true, report);
    let reads_counted = unit.unit.uses.iter().any(|use_| {
        let resource = scope.names.get(NameKind::Resource, &use_.name);
        resource.is_some_and(|resource| resource.counted)
    });
    if reads_counted
        && let Some(resource_type) = context.resource_type
        && let Some(properties) = context.entry.value.entry("Properties")
    {
        let mut walk = PropertyWalk {
            context: &context,
            resource_type,
            linked: true,
            report,
        };
        walk.object(properties.value.into(), properties.key, None);
    }
}

fn check_unit(catalog: &Catalog, scope: Scope<'_>, unit: UnitRef<'_>, report: &mut Report) {
    let entry = unit.entry();
    let resource_type = type_of(catalog, unit);
    let context = UnitContext {
        catalog,
        scope,
        unit,
        entry,
        resource_type: resource_type.as_deref(),
    };
    for family in FAMILIES {
        if let Check::Unit(check) = family.check {
            check(&context, report);
        }
    }
    walk_calls(&context, false, report);
    if let Some(resource_type) = context.resource_type
        && let Some(properties) = entry.value.entry("Properties")
    {
        let mut walk = PropertyWalk {
            context: &context,
            resource_type,
            linked: false,
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
            linked: false,
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

/// Visits every call of a unit, with the place it stands in. `linked`: for the checks that read the template's names.
fn walk_calls(context: &UnitContext<'_>, linked: bool, report: &mut Report) {
    for (node, place) in expressions(context.section(), context.entry) {
        CallWalk {
            context,
            place,
            linked,
            report,
        }
        .value(node.into(), None);
    }
}

struct CallWalk<'w, 'a> {
    context: &'w UnitContext<'a>,
    place: CallPlace,
    linked: bool,
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
            for family in FAMILIES {
                match family.check {
                    Check::Call(check) if !self.linked => check(&context, self.report),
                    Check::LinkedCall(check) if self.linked => check(&context, self.report),
                    _ => {}
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
    linked: bool,
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
                && !self.linked
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
        for family in FAMILIES {
            match family.check {
                Check::Value(check) if !self.linked => check(&context, self.report),
                Check::LinkedValue(check) if self.linked => check(&context, self.report),
                _ => {}
            }
        }
    }
}

/// The values that an `Fn::If` may give; none for other calls.
fn branches<'a>(call: &Call<'a>) -> Vec<Value<'a>> {
    if call.is("Fn::If") {
        call.arguments().into_iter().skip(1).collect()
    } else {
        Vec::new()
    }
}
