//! What one section entry says by itself: the name it defines and the names it uses. Ranges count from the chunk's start.

use super::call::{Call, Value};
use super::interpolation::placeholders;
use super::names::{Definition, Field, NameKind, Names};
use super::section::{SectionKind, Template};
use super::view::{Local, Resource, Rule};
use crate::language::association::{self, AssociationProperty};
use crate::syntax::scalar::SourceMap;
use crate::syntax::scalar_type::Typed;
use crate::syntax::{Chunk, Entry, Kind, Node};
use crate::text::TextRange;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The facts of one entry of a section: a resource, a parameter, an output, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub section: SectionKind,
    pub name: Box<str>,
    /// Index of the key and of the value in the chunk's nodes.
    pub key: u32,
    pub value: u32,
    pub definition: Option<(NameKind, Definition)>,
    /// How many resources it makes: more than one by `Count`, 0 for what is no resource.
    pub copies: u64,
    pub uses: Vec<Use>,
    /// Templates of nested stacks inside, each a world of its own.
    pub nested: Vec<Nested>,
}

/// The body of a nested stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nested {
    /// Index of the body's mapping in the chunk's nodes.
    pub body: u32,
    pub names: Names,
    pub units: Vec<Unit>,
}

/// One place where a name is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub kind: UseKind,
    pub name: Box<str>,
    /// Where the name stands, without quotes.
    pub range: TextRange,
    pub site: Site,
    /// What is read of the resource, for `GetAtt`.
    pub get_att: Option<GetAtt>,
    /// The entry in the call's own variable map that the name stands for, for `SubVariable`.
    pub variable: Option<TextRange>,
}

/// The attribute that a use reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetAtt {
    pub attribute: Box<str>,
    pub range: TextRange,
    /// Written as one text `A.B`: where resource names hold dots, another dot may be the one that separates.
    pub dotted: bool,
}

/// How a name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UseKind {
    /// `Ref`
    Ref,
    /// `Fn::GetAtt`
    GetAtt,
    /// `${Name}` in `Fn::Sub`
    SubName,
    /// `${Name.Attribute}` in `Fn::Sub`
    SubGetAtt,
    /// `${Name}` that the call's own map defines
    SubVariable,
    /// `DependsOn`
    DependsOn,
    /// `Condition`, or the name of a condition in a condition function
    Condition,
    /// First argument of `Fn::FindInMap`
    Mapping,
    /// `${Name}` in a parameter's association metadata
    MetadataName,
    /// A bare text in a parameter's association metadata, under a key that takes the name of a parameter
    MetadataBareName,
    /// Any other bare text there, which may be a parameter's name or just a text
    MetadataText,
    /// A parameter that the interface metadata puts into a group
    InterfaceParameter,
    /// A parameter that the interface metadata hides
    InterfaceHidden,
    /// An output named in the interface metadata
    InterfaceOutput,
}

/// Where in its unit a name is used, as far as it matters to what it may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// `Properties` of a resource.
    Properties,
    /// `Count` of a resource.
    Count,
    /// Anywhere else in the unit.
    Other,
}

/// The facts of a chunk. `section` is the section whose head came last, for chunks that are section entries.
pub fn units_of_entry(section: SectionKind, entry: Entry<'_>) -> Unit {
    let mut collector = Collector {
        chunk: entry.key.chunk(),
        site: Site::Other,
        uses: Vec::new(),
        nested: Vec::new(),
    };
    let mut definition = Definition::default();
    let mut copies = 0;
    let kind = match section {
        SectionKind::Resources => {
            let resource = Resource { entry };
            definition.type_name = resource.type_name().map(|name| name.into());
            let count = resource.attribute("Count");
            definition.counted = count.is_some();
            definition.public_address = resource.has_public_address();
            definition.condition = resource
                .attribute("Condition")
                .and_then(|node| Value::from(node).literal())
                .map(|name| name.into());
            copies = match count.and_then(|count| count.typed()) {
                Some(Typed::Int(count)) => u64::from(u32::try_from(count).unwrap_or(0)),
                _ => 1,
            };
            collector.resource(resource);
            Some(NameKind::Resource)
        }
        SectionKind::Parameters => {
            definition.type_name = entry
                .value
                .get("Type")
                .and_then(|node| node.text())
                .map(|name| name.into());
            definition.field = field(entry.value);
            if let Some(metadata) = entry.value.get("AssociationPropertyMetadata") {
                let property = entry
                    .value
                    .get("AssociationProperty")
                    .and_then(|node| node.text());
                let property = property.and_then(|name| association::find(&name));
                collector.association_metadata(metadata, property, UseKind::MetadataText);
            }
            Some(NameKind::Parameter)
        }
        SectionKind::Outputs => {
            if let Some(condition) = entry.value.get("Condition") {
                collector.name(condition.into(), UseKind::Condition);
            }
            if let Some(value) = entry.value.get("Value") {
                collector.value(value.into());
            }
            Some(NameKind::Output)
        }
        SectionKind::Conditions => {
            collector.value(entry.value.into());
            Some(NameKind::Condition)
        }
        SectionKind::Rules => {
            let rule = Rule { entry };
            if let Some(condition) = rule.attribute("RuleCondition") {
                collector.value(condition.into());
            }
            for assertion in rule.assertions() {
                if let Some(assert) = assertion.get("Assert") {
                    collector.value(assert.into());
                }
            }
            Some(NameKind::Rule)
        }
        SectionKind::Locals => {
            let local = Local { entry };
            definition.type_name = Some(local.type_name().into());
            for attribute in ["Value", "Properties"] {
                if let Some(value) = local.attribute(attribute) {
                    collector.value(value.into());
                }
            }
            Some(NameKind::Local)
        }
        SectionKind::Mappings => {
            definition.keys = fingerprint(entry.value);
            Some(NameKind::Mapping)
        }
        SectionKind::Metadata => {
            if entry
                .key
                .text()
                .is_some_and(|key| key == "ALIYUN::ROS::Interface")
            {
                collector.interface(entry.value);
            }
            None
        }
        SectionKind::Version | SectionKind::Transform | SectionKind::Description | SectionKind::Workspace => {
            None
        }
    };
    Unit {
        section,
        name: entry.key.text().unwrap_or_default().into(),
        key: entry.key.id().index,
        value: entry.value.id().index,
        definition: kind.map(|kind| (kind, definition)),
        copies,
        uses: collector.uses,
        nested: collector.nested,
    }
}

/// The names that `units` define, for the template whose root is given.
pub fn names_of<'u>(template: Template<'_>, nested: bool, units: impl Iterator<Item = &'u Unit>) -> Names {
    Names::new(template.transform(), nested, units.filter_map(Unit::declaration))
}

impl Unit {
    /// What the unit declares, if it declares something.
    pub fn declaration(&self) -> Option<(NameKind, &str, &Definition)> {
        let (kind, definition) = self.definition.as_ref()?;
        Some((*kind, &*self.name, definition))
    }
}

struct Collector<'t> {
    chunk: &'t Chunk,
    site: Site,
    uses: Vec<Use>,
    nested: Vec<Nested>,
}

impl<'t> Collector<'t> {
    fn resource(&mut self, resource: Resource<'t>) {
        if let Some(condition) = resource.attribute("Condition") {
            self.name(condition.into(), UseKind::Condition);
        }
        for name in resource.depends_on() {
            self.name(name, UseKind::DependsOn);
        }
        if let Some(count) = resource.attribute("Count") {
            self.site = Site::Count;
            self.value(count.into());
        }
        self.site = Site::Properties;
        let body = resource.nested_template();
        for attribute in resource.entry.value.entries() {
            match attribute.key.text().as_deref() {
                Some("Properties") if body.is_some() => {
                    for entry in attribute
                        .value
                        .entries()
                        .filter(|entry| Some(entry.value) != body)
                    {
                        self.value(entry.value.into());
                    }
                }
                Some(
                    "Type" | "DependsOn" | "Condition" | "Count" | "DeletionPolicy" | "Metadata" | "Version"
                    | "Description",
                ) => {}
                // The Serverless transform has child resources as further keys.
                _ => self.value(attribute.value.into()),
            }
        }
        self.site = Site::Other;
        if let Some(body) = body {
            self.nested.push(nested_of(body));
        }
    }

    /// Walks an expression.
    fn value(&mut self, value: Value<'t>) {
        if let Some(call) = value.call() {
            return self.call(&call);
        }
        match value.kind() {
            Kind::Mapping => {
                for entry in value.entries() {
                    self.value(entry.value.into());
                }
            }
            Kind::Sequence => {
                for item in value.items() {
                    self.value(item);
                }
            }
            Kind::Scalar | Kind::Alias | Kind::Empty => {}
        }
    }

    fn call(&mut self, call: &Call<'t>) {
        match &*call.name {
            "Ref" => self.name(call.argument, UseKind::Ref),
            "Fn::GetAtt" => self.get_att(call),
            "Fn::Sub" => self.sub(call),
            "Fn::And" | "Fn::Or" | "Fn::Not" => {
                for argument in call.arguments() {
                    self.condition(argument);
                }
            }
            "Fn::If" => {
                let arguments = call.arguments();
                for (index, argument) in arguments.into_iter().enumerate() {
                    if index == 0 {
                        self.condition(argument)
                    } else {
                        self.value(argument)
                    }
                }
            }
            "Fn::FindInMap" => {
                let arguments = call.arguments();
                for (index, argument) in arguments.into_iter().enumerate() {
                    if index == 0 {
                        self.name(argument, UseKind::Mapping)
                    }
                    self.value(argument);
                }
            }
            _ => self.value(call.argument),
        }
    }

    /// A place where a string names a condition and anything else is an expression.
    fn condition(&mut self, value: Value<'t>) {
        match value.literal() {
            Some(_) => self.name(value, UseKind::Condition),
            None => self.value(value),
        }
    }

    fn get_att(&mut self, call: &Call<'t>) {
        if call.argument.kind() == Kind::Sequence {
            let mut items = call.argument.items();
            let (resource, attribute) = (items.next(), items.next());
            if let Some(resource) = resource
                && let Some(name) = resource.literal()
            {
                let get_att = attribute.and_then(|value| {
                    let attribute = value.literal()?.into();
                    Some(GetAtt {
                        attribute,
                        range: self.content(value.node),
                        dotted: false,
                    })
                });
                let range = self.content(resource.node);
                self.push(UseKind::GetAtt, &name, range, get_att);
            }
            return;
        }
        if let Some(text) = call.argument.literal()
            && let Some(dot) = attribute_dot(&text)
        {
            let node = call.argument.node;
            let (name, attribute) = (&text[..dot], &text[dot + 1..]);
            let whole = text.len() as u32;
            let map = node.source_map();
            let get_att = GetAtt {
                attribute: attribute.into(),
                range: Self::inside(node, &map, TextRange::new(dot as u32 + 1, whole)),
                dotted: true,
            };
            let range = Self::inside(node, &map, TextRange::new(0, dot as u32));
            self.push(UseKind::GetAtt, name, range, Some(get_att));
        }
    }

    fn sub(&mut self, call: &Call<'t>) {
        let arguments = call.arguments();
        let variables = arguments.get(1).copied();
        if let Some(variables) = variables {
            for entry in variables.entries() {
                self.value(entry.value.into());
            }
        }
        let Some(text_value) = arguments.first().copied() else {
            return;
        };
        let Some(text) = text_value.literal() else {
            return self.value(text_value);
        };
        let (node, map) = (text_value.node, text_value.node.source_map());
        for placeholder in placeholders(&text).filter(|placeholder| !placeholder.literal) {
            let inner = &text[placeholder.inner.as_usize()];
            let name = inner.trim();
            if name.is_empty() {
                continue;
            }
            let start = placeholder.inner.start + (inner.len() - inner.trim_start().len()) as u32;
            let place = TextRange::new(start, start + name.len() as u32);
            let range = Self::inside(node, &map, place);
            if let Some(variable) = variables.and_then(|map| map.node.entry(name)) {
                let target = self.content(variable.key);
                self.push(UseKind::SubVariable, name, range, None);
                if let Some(last) = self.uses.last_mut() {
                    last.variable = Some(target);
                }
                continue;
            }
            match attribute_dot(name) {
                Some(dot) => {
                    let get_att = GetAtt {
                        attribute: name[dot + 1..].into(),
                        range: Self::inside(node, &map, TextRange::new(start + dot as u32 + 1, place.end)),
                        dotted: true,
                    };
                    let range = Self::inside(node, &map, TextRange::new(start, start + dot as u32));
                    self.push(UseKind::SubGetAtt, &name[..dot], range, Some(get_att));
                }
                None => self.push(UseKind::SubName, name, range, None),
            }
        }
    }

    /// Association metadata: `${Name}` in any text, bare names, and `Ref` in the condition functions of `Visible`.
    /// `bare`: what a bare text is under the innermost key.
    fn association_metadata(
        &mut self,
        node: Node<'t>,
        property: Option<&'static AssociationProperty>,
        bare: UseKind,
    ) {
        if let Some(call) = Value::from(node).call() {
            if call.is("Ref") {
                return self.name(call.argument, UseKind::Ref);
            }
            return self.association_metadata_children(call.argument.node, property, bare);
        }
        self.association_metadata_children(node, property, bare);
    }

    fn metadata_text(&mut self, node: Node<'t>, bare: UseKind) {
        let Some(text) = node.text() else { return };
        let mut any = false;
        let map = node.source_map();
        for placeholder in
            placeholders(&text).filter(|placeholder| !placeholder.literal && placeholder.closed)
        {
            any = true;
            let inner = placeholder.inner;
            let whole = &text[inner.as_usize()];
            // `${Name.Field[0]}` reads a part of the value.
            let name = whole.find(['.', '[']).map_or(whole, |end| &whole[..end]);
            let part = TextRange::new(inner.start, inner.start + name.len() as u32);
            let range = Self::inside(node, &map, part);
            self.push(UseKind::MetadataName, name, range, None);
        }
        if !any && text.len() <= 64 && text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.push(bare, &text, self.content(node), None);
        }
    }

    fn association_metadata_children(
        &mut self,
        node: Node<'t>,
        property: Option<&'static AssociationProperty>,
        bare: UseKind,
    ) {
        if node.is_scalar() {
            // A tag's argument may be the node itself, which would be taken for the call again.
            return self.metadata_text(node, bare);
        }
        for entry in node.entries() {
            let bare = match entry.key.text() {
                Some(key) if association::takes_name(property, &key) => UseKind::MetadataBareName,
                _ => UseKind::MetadataText,
            };
            self.association_metadata(entry.value, property, bare);
        }
        for item in node.items() {
            self.association_metadata(item, property, bare);
        }
    }

    fn interface(&mut self, interface: Node<'t>) {
        let groups = interface.get("ParameterGroups");
        for group in groups.iter().flat_map(|groups| groups.items()) {
            for member in group.get("Parameters").iter().flat_map(|members| members.items()) {
                self.name(member.into(), UseKind::InterfaceParameter);
            }
        }
        for (key, kind) in [
            ("Hidden", UseKind::InterfaceHidden),
            ("Outputs", UseKind::InterfaceOutput),
        ] {
            for member in interface.get(key).iter().flat_map(|members| members.items()) {
                self.name(member.into(), kind);
            }
        }
    }

    fn name(&mut self, value: Value<'t>, kind: UseKind) {
        if let Some(name) = value.literal().filter(|_| !value.is_null()) {
            let range = self.content(value.node);
            self.push(kind, &name, range, None);
        }
    }

    fn push(&mut self, kind: UseKind, name: &str, range: TextRange, get_att: Option<GetAtt>) {
        self.uses.push(Use {
            kind,
            name: name.into(),
            range,
            site: self.site,
            get_att,
            variable: None,
        });
    }

    /// A scalar's content, without quotes, counted from the chunk's start.
    fn content(&self, node: Node<'t>) -> TextRange {
        debug_assert!(std::ptr::eq(node.chunk(), self.chunk));
        node.to_local(node.content_range())
    }

    /// The source of a part of a scalar's decoded text, counted from the chunk's start.
    fn inside(node: Node<'t>, map: &SourceMap, decoded: TextRange) -> TextRange {
        node.to_local(map.range(decoded))
    }
}

/// A number that changes with the keys of a mapping, at both levels.
fn fingerprint(mapping: Node<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for entry in mapping.entries() {
        entry.key.text().hash(&mut hasher);
        entry.value.kind().hash(&mut hasher);
        for inner in entry.value.entries() {
            inner.key.text().hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// What the console offers for a parameter.
fn field(parameter: Node<'_>) -> Option<Box<Field>> {
    /// More values than this say nothing of the kind of value.
    const MOST: usize = 64;
    let association = parameter.get("AssociationProperty").and_then(|node| node.text());
    let allowed = parameter.get("AllowedValues");
    if association.is_none() && allowed.is_none() {
        return None;
    }
    let values = allowed.into_iter().flat_map(|list| list.items());
    let values: Vec<Box<str>> = values
        .take(MOST + 1)
        .filter_map(|item| Some(item.text()?.into()))
        .collect();
    Some(Box::new(Field {
        association: association.map(|name| name.into()),
        allowed: match values.len() > MOST {
            true => Box::default(),
            false => values.into(),
        },
    }))
}

/// Where `Name.Attribute` divides: the last dot, or the one before `Outputs.x` of a nested stack.
pub(super) fn attribute_dot(text: &str) -> Option<usize> {
    let last = text.rfind('.')?;
    match text[..last].rfind('.') {
        Some(before) if &text[before + 1..last] == "Outputs" => Some(before),
        _ => Some(last),
    }
}

fn nested_of(body: Node<'_>) -> Nested {
    let template = Template::of(body);
    let units: Vec<Unit> = template
        .sections()
        .filter_map(|(kind, section)| Some((kind?, section)))
        .flat_map(|(kind, section)| {
            section
                .value
                .entries()
                .map(move |entry| units_of_entry(kind, entry))
        })
        .collect();
    Nested {
        body: body.id().index,
        names: names_of(template, true, units.iter()),
        units,
    }
}
