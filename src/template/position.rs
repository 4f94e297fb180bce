//! Where am I: what the cursor is in, computed once for all features.

use super::call::{Call, Form, Value};
use super::interpolation::placeholders;
use super::section::{SectionKind, Template};
use super::view::Resource;
use crate::syntax::cursor::{Cursor, CursorRole, Step};
use crate::syntax::{Entry, Kind, Node, Tree};
use crate::text::TextRange;

/// The cursor's place, in the words of the template language.
#[derive(Clone, Debug)]
pub struct Position<'t> {
    pub offset: u32,
    /// The template around the cursor: the document's, or a nested stack's body.
    pub template: Template<'t>,
    pub place: Place<'t>,
    /// The scalar (key or value) under the cursor; `None` on blank space.
    pub node: Option<Node<'t>>,
    pub role: CursorRole,
    /// The mapping or sequence around the cursor.
    pub parent: Option<Node<'t>>,
    pub path: Vec<Step>,
}

/// What may be written, or is written, at the cursor.
#[derive(Clone, Debug)]
pub enum Place<'t> {
    /// A key at the top: the name of a section.
    Section,
    /// The value of a section that is not a map: version, transform, description.
    SectionValue(SectionKind),
    /// A key in a section: the name of a resource, parameter, … (or of a language in `Description`).
    EntryName(SectionKind),
    /// A key of an entry's own map: `Type`, `Properties`, `Default`, `Value`, …
    Attribute { section: SectionKind, entry: Entry<'t> },
    /// The value of such an attribute, `inner` steps below it (properties and expressions have places of their own).
    AttributeValue {
        section: SectionKind,
        entry: Entry<'t>,
        attribute: String,
        inner: Vec<Step>,
    },
    /// A key of a resource's (or data source local's) properties at `path` below `Properties`.
    PropertyName { entry: Entry<'t>, path: Vec<Step> },
    /// The value at `path` below `Properties`; list items are steps of their own.
    PropertyValue { entry: Entry<'t>, path: Vec<Step> },
    /// An argument of a function call.
    Argument(Argument<'t>),
    /// A place that the template language says nothing about.
    Other,
}

/// A place inside a function call.
#[derive(Clone, Debug)]
pub struct Argument<'t> {
    pub section: SectionKind,
    /// The entry of the section that holds the call.
    pub entry: Entry<'t>,
    pub call: Call<'t>,
    /// Steps from the call's argument to the cursor; empty for an argument that is no list or map.
    pub path: Vec<Step>,
    /// `Some` inside `${…}` of a `Fn::Sub` text.
    pub placeholder: Option<PlaceholderAt>,
}

/// The `${…}` around the cursor.
#[derive(Clone, Debug)]
pub struct PlaceholderAt {
    /// What stands between the braces, as a range of the document.
    pub range: TextRange,
    /// The text between the braces.
    pub text: String,
    pub closed: bool,
}

/// Computes the position of an offset.
pub fn position(tree: &Tree, offset: u32) -> Option<Position<'_>> {
    let cursor = tree.cursor(offset);
    let root = tree.root()?;
    let mut template = Template::of(root);
    let mut steps = cursor.path.as_slice();
    // Into the bodies of nested stacks: the rest of the path counts from the body.
    while let Some((body, rest)) = nested_body(template, steps) {
        template = Template::of(body);
        steps = rest;
    }
    let place = place(template, steps, &cursor, offset);
    Some(Position {
        offset,
        template,
        place,
        node: cursor.node,
        role: cursor.role,
        parent: cursor.parent,
        path: cursor.path.clone(),
    })
}

/// The node at the end of `path`, starting from `node`.
pub fn descend<'t>(node: Node<'t>, path: &[Step]) -> Option<Node<'t>> {
    path.iter().try_fold(node, |node, step| match step {
        Step::Key(key) => node.get(key),
        Step::Index(index) => node.items().nth(*index),
    })
}

fn nested_body<'t, 's>(template: Template<'t>, steps: &'s [Step]) -> Option<(Node<'t>, &'s [Step])> {
    let [
        Step::Key(section),
        Step::Key(name),
        Step::Key(properties),
        Step::Key(body),
        rest @ ..,
    ] = steps
    else {
        return None;
    };
    if section != SectionKind::Resources.name() || properties != "Properties" || body != "TemplateBody" {
        return None;
    }
    let entry = template.section(SectionKind::Resources)?.value.entry(name)?;
    Some((Resource { entry }.nested_template()?, rest))
}

fn place<'t>(template: Template<'t>, steps: &[Step], cursor: &Cursor<'t>, offset: u32) -> Place<'t> {
    let typing_key = cursor.role == CursorRole::Key;
    let [Step::Key(section_name), steps @ ..] = steps else {
        return if typing_key { Place::Section } else { Place::Other };
    };
    let Some(section) = SectionKind::of(section_name) else {
        return Place::Other;
    };
    let [Step::Key(name), inner @ ..] = steps else {
        return if typing_key {
            Place::EntryName(section)
        } else {
            Place::SectionValue(section)
        };
    };
    let Some(entry) = template
        .section(section)
        .and_then(|entry| entry.value.entry(name))
    else {
        return Place::Other;
    };
    if !has_attributes(section) {
        return expression(section, entry, entry.value, inner, cursor, offset).unwrap_or(
            Place::AttributeValue {
                section,
                entry,
                attribute: String::new(),
                inner: inner.to_vec(),
            },
        );
    }
    let [Step::Key(attribute), inner @ ..] = inner else {
        return if typing_key {
            Place::Attribute { section, entry }
        } else {
            Place::AttributeValue {
                section,
                entry,
                attribute: String::new(),
                inner: Vec::new(),
            }
        };
    };
    let Some(value) = entry.value.get(attribute) else {
        return Place::Other;
    };
    if let Some(argument) = expression(section, entry, value, inner, cursor, offset) {
        return argument;
    }
    if attribute == "Properties" && matches!(section, SectionKind::Resources | SectionKind::Locals) {
        let path = without_branches(value, inner);
        return if typing_key {
            Place::PropertyName { entry, path }
        } else {
            Place::PropertyValue { entry, path }
        };
    }
    Place::AttributeValue {
        section,
        entry,
        attribute: attribute.clone(),
        inner: inner.to_vec(),
    }
}

/// Sections whose entries are maps of attributes.
fn has_attributes(section: SectionKind) -> bool {
    match section {
        SectionKind::Parameters
        | SectionKind::Resources
        | SectionKind::Outputs
        | SectionKind::Locals
        | SectionKind::Rules => true,
        SectionKind::Version
        | SectionKind::Transform
        | SectionKind::Description
        | SectionKind::Metadata
        | SectionKind::Mappings
        | SectionKind::Conditions
        | SectionKind::Workspace => false,
    }
}

/// The innermost call around the cursor, unless the cursor is in a branch of `Fn::If`: that is as good as outside.
fn expression<'t>(
    section: SectionKind,
    entry: Entry<'t>,
    value: Node<'t>,
    steps: &[Step],
    cursor: &Cursor<'t>,
    offset: u32,
) -> Option<Place<'t>> {
    let mut found: Option<(Call<'t>, usize)> = None;
    let mut node = value;
    let mut at = 0;
    let mut at_value = Value::from(value);
    loop {
        if let Some(call) = at_value.call() {
            match call.form {
                Form::Long => {
                    // The cursor is on the function's own name unless the path goes through it.
                    if at >= steps.len() {
                        break;
                    }
                    at += 1;
                    found = Some((call.clone(), at));
                    node = call.argument.node;
                    at_value = call.argument;
                    continue;
                }
                Form::Tag => {
                    found = Some((call.clone(), at));
                    at_value = call.argument;
                    continue;
                }
            }
        }
        let Some(step) = steps.get(at) else { break };
        let Some(next) = descend(node, std::slice::from_ref(step)) else {
            break;
        };
        node = next;
        at_value = Value::from(next);
        at += 1;
    }
    let (call, depth) = found?;
    let path = steps.get(depth..).unwrap_or_default().to_vec();
    if call.is("Fn::If") && matches!(path.first(), Some(Step::Index(1 | 2))) {
        return None;
    }
    let placeholder = placeholder_at(&call, &path, cursor, offset);
    Some(Place::Argument(Argument {
        section,
        entry,
        call,
        path,
        placeholder,
    }))
}

fn placeholder_at(call: &Call<'_>, path: &[Step], cursor: &Cursor<'_>, offset: u32) -> Option<PlaceholderAt> {
    if !call.is("Fn::Sub") || !matches!(path, [] | [Step::Index(0)]) {
        return None;
    }
    let node = cursor.node.filter(|node| node.is_scalar())?;
    let text = node.text()?;
    placeholders(&text).find_map(|placeholder| {
        let range = node.source_range(placeholder.inner);
        let inside = range.start <= offset && offset <= range.end;
        inside.then(|| PlaceholderAt {
            range,
            text: text[placeholder.inner.as_usize()].to_owned(),
            closed: placeholder.closed,
        })
    })
}

/// The path with the steps through `Fn::If` taken out: a property in a branch is the property itself.
fn without_branches(value: Node<'_>, steps: &[Step]) -> Vec<Step> {
    let mut path = Vec::new();
    let mut node = Some(value);
    let mut at = 0;
    while at < steps.len() {
        let call = node.and_then(|node| Value::from(node).call());
        if let Some(call) = call.filter(|call| call.is("Fn::If")) {
            let through_key = usize::from(call.form == Form::Long);
            at += through_key + 1;
            node = match steps.get(at - 1) {
                Some(Step::Index(index)) => call.argument.node.items().nth(*index),
                _ => None,
            };
            continue;
        }
        node = node.and_then(|node| descend(node, &steps[at..=at]));
        path.push(steps[at].clone());
        at += 1;
    }
    path
}

impl<'t> Position<'t> {
    /// Whether the node under the cursor is a key.
    pub fn on_key(&self) -> bool {
        self.role == CursorRole::Key && self.node.is_some()
    }

    /// Whether the value under the cursor is a collection rather than a scalar.
    pub fn on_collection(&self) -> bool {
        self.node
            .is_some_and(|node| matches!(node.kind(), Kind::Mapping | Kind::Sequence))
    }
}
