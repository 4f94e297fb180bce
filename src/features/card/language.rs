//! Cards of the template language's own parts.

use super::layout::{Card, code};
use super::words;
use crate::features::Context;
use crate::language::association::{AssociationProperty, KeyKind};
use crate::language::attribute::Attribute;
use crate::language::doc::Choice;
use crate::language::function::{Argument, Arguments, Function, Returns};
use crate::language::pseudo::PseudoParameter;
use crate::language::section::Section;
use crate::language::{Doc, association};

pub(crate) fn section(context: &Context<'_>, section: &Section) -> String {
    let required = section.required.then_some(context.doc(words::REQUIRED));
    described(
        context,
        section.name,
        [Some(context.doc(words::SECTION)), required],
        section.doc,
    )
}

/// `owner` says whose attribute it is: a resource's, a parameter's, …
pub(crate) fn attribute(context: &Context<'_>, owner: Doc, attribute: &Attribute) -> String {
    let of = context
        .library()
        .fill(words::KIND_ATTRIBUTE, &[context.doc(owner)]);
    let required = attribute.required.then_some(context.doc(words::REQUIRED));
    let mut card = Card::new(context.library(), attribute.name, [Some(of.as_str()), required]);
    card.text(context.doc(attribute.doc));
    card.names(
        context.doc(words::VALUES),
        attribute.values.iter().map(|choice| choice.name),
    );
    card.finish()
}

/// One of the values that the language knows; `of` says what it is a value of.
pub(crate) fn choice(context: &Context<'_>, of: &str, choice: &Choice) -> String {
    described(context, choice.name, [Some(of), None], choice.doc)
}

pub(crate) fn pseudo(context: &Context<'_>, pseudo: &PseudoParameter) -> String {
    described(
        context,
        pseudo.name,
        [Some(context.doc(words::PSEUDO_PARAMETER)), None],
        pseudo.doc,
    )
}

/// `with_tag` shows the example with the tag.
pub(crate) fn function(context: &Context<'_>, function: &Function, with_tag: bool) -> String {
    let returns = match function.returns {
        Returns::Any => None,
        Returns::String => Some("→ string"),
        Returns::Integer => Some("→ integer"),
        Returns::Number => Some("→ number"),
        Returns::Boolean => Some("→ boolean"),
        Returns::List => Some("→ list"),
        Returns::Map => Some("→ map"),
    };
    let mut card = Card::new(
        context.library(),
        function.name,
        [Some(code(&signature(function)).as_str()), returns],
    );
    card.text(context.doc(function.doc));
    for argument in arguments(&function.arguments) {
        let doc = context.doc(argument.doc);
        if !doc.is_empty() {
            card.line(&code(argument.name), doc);
        }
    }
    card.example(
        "yaml",
        if with_tag {
            function.tag_example
        } else {
            function.example
        },
    );
    card.finish()
}

pub(crate) fn association_property(context: &Context<'_>, property: &AssociationProperty) -> String {
    let mut card = Card::new(
        context.library(),
        property.name,
        [Some(context.doc(words::ASSOCIATION_PROPERTY))],
    );
    for key in &property.keys {
        let doc = association::key(key.name)
            .map(|known| context.doc(known.doc))
            .unwrap_or_default();
        let line = [key_kind(key.kind), doc];
        let line = line
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>();
        card.line(&code(key.name), &line.join(" · "));
    }
    card.finish()
}

/// A key of `AssociationPropertyMetadata`; `None` for keys that nothing is known of.
pub(crate) fn association_key(
    context: &Context<'_>,
    property: Option<&AssociationProperty>,
    name: &str,
) -> Option<String> {
    let own = property.and_then(|property| property.keys.iter().find(|key| key.name == name));
    let known = association::key(name);
    let kind = own.map(|key| key.kind).or(known.map(|known| known.kind))?;
    let doc = known.map_or(Doc::NONE, |known| known.doc);
    Some(described(
        context,
        name,
        [
            Some(context.doc(words::ASSOCIATION_METADATA)),
            Some(key_kind(kind)),
        ],
        doc,
    ))
}

fn key_kind(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Parameter => "`${Parameter}`",
        KeyKind::String => "string",
        KeyKind::Integer => "integer",
        KeyKind::Boolean => "boolean",
        KeyKind::List => "list",
        KeyKind::Map => "map",
        KeyKind::Any => "",
    }
}

fn described(context: &Context<'_>, title: &str, parts: [Option<&str>; 2], doc: Doc) -> String {
    let mut card = Card::new(context.library(), title, parts);
    card.text(context.doc(doc));
    card.finish()
}

/// The arguments as a list; those with a question mark may be left out.
fn signature(function: &Function) -> String {
    match &function.arguments {
        Arguments::One(one) => one.name.to_owned(),
        Arguments::List { items, required } => list(items, *required),
        Arguments::Many { item, .. } => format!("[{}, …]", item.name),
        Arguments::OneOrList { one, items, required } => format!("{} | {}", one.name, list(items, *required)),
        Arguments::Unknown => "…".to_owned(),
    }
}

fn list(items: &[Argument], required: usize) -> String {
    let names: Vec<String> = items
        .iter()
        .enumerate()
        .map(|(index, item)| match index < required {
            true => item.name.to_owned(),
            false => format!("{}?", item.name),
        })
        .collect();
    format!("[{}]", names.join(", "))
}

fn arguments(arguments: &Arguments) -> Vec<&Argument> {
    match arguments {
        Arguments::One(one) => vec![one],
        Arguments::List { items, .. } | Arguments::OneOrList { items, .. } => items.iter().collect(),
        Arguments::Many { item, .. } => vec![item],
        Arguments::Unknown => Vec::new(),
    }
}
