//! Cards of the template language's own parts.

use super::layout::{Card, code};
use super::words;
use crate::features::Context;
use crate::language::Doc;
use crate::language::association::{AssociationProperty, Key};
use crate::language::attribute::Attribute;
use crate::language::doc::Choice;
use crate::language::function::{Argument, Arguments, Function, Returns};
use crate::language::pseudo::PseudoParameter;
use crate::language::section::Section;

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
    let deprecated = property.deprecated.then_some(context.doc(words::DEPRECATED));
    let mut card = Card::new(
        context.library(),
        property.name,
        [Some(context.doc(words::ASSOCIATION_PROPERTY)), deprecated],
    );
    card.text(context.doc(property.component.doc));
    if let Some(successor) = property.successor {
        card.line(context.doc(words::INSTEAD), &code(successor));
    }
    for key in property.component.keys {
        card.line(&code(key.name), &key_line(context, key));
    }
    card.finish()
}

/// What a key takes, and the first of its words.
fn key_line(context: &Context<'_>, key: &Key) -> String {
    let parts = [key_kind(key), context.doc(key.doc).to_owned()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// A key at any depth of `AssociationPropertyMetadata`.
pub(crate) fn association_key(context: &Context<'_>, key: &Key) -> String {
    let kind = key_kind(key);
    let required = key.required.then_some(context.doc(words::REQUIRED));
    let title = [
        Some(context.doc(words::ASSOCIATION_METADATA)),
        Some(kind.as_str()),
        required,
    ];
    let parts = title
        .into_iter()
        .filter(|part| part.is_none_or(|text| !text.is_empty()));
    let mut card = Card::new(context.library(), key.name, parts);
    card.text(context.doc(key.doc));
    card.names(context.doc(words::VALUES), key.values.iter().copied());
    let inner = key.item.map_or(key.keys, |item| item.keys);
    for key in key
        .keys
        .iter()
        .chain(inner.iter().filter(|_| key.keys.is_empty()))
    {
        card.line(&code(key.name), &key_line(context, key));
    }
    card.finish()
}

/// `boolean`, `string | list`, `string | ${Parameter}`.
fn key_kind(key: &Key) -> String {
    let mut kinds: Vec<&str> = key.kinds.iter().map(|kind| kind.name()).collect();
    if key.reference {
        kinds.push("`${Parameter}`");
    }
    kinds.join(" | ")
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
