//! Skeletons: a whole template, entries of sections, groups of parameters, the same shape written in YAML and JSON.

use super::proposals::{Proposals, Rank};
use super::slot::Slot;
use super::{ItemKind, Request, snippet};
use crate::language::metadata::INTERFACE;
use crate::language::section::VERSION;
use crate::syntax::Format;
use crate::template::{NameKind, SectionKind};

/// The label of the whole template.
pub(super) const TEMPLATE: &str = "ros-template";

/// What a skeleton is made of. Texts are snippets.
#[derive(Clone, Debug)]
pub(super) enum Sketch {
    /// A string with tab stops, that needs no quotes in YAML.
    Text(String),
    /// Says what to write in its place. Without snippets it is left empty.
    Hint(&'static str),
    /// A string that means itself.
    Literal(String),
    /// Anything at all: a tab stop without quotes.
    Open(&'static str),
    Ref(&'static str),
    Sub(&'static str),
    GetAtt(&'static str, &'static str),
    Map(Vec<(String, Sketch)>),
    List(Vec<Sketch>),
}

impl Sketch {
    pub(super) fn text(text: impl Into<String>) -> Sketch {
        Sketch::Text(text.into())
    }

    pub(super) fn map<const N: usize>(entries: [(&str, Sketch); N]) -> Sketch {
        Sketch::Map(entries.map(|(key, value)| (key.to_owned(), value)).into())
    }

    /// A text in the languages of the console.
    pub(super) fn localized(en: &str, chinese: &str) -> Sketch {
        Sketch::map([("en", Sketch::text(en)), ("zh-cn", Sketch::text(chinese))])
    }

    /// The same for texts that only say what to write.
    pub(super) fn localized_hint(en: &'static str, chinese: &'static str) -> Sketch {
        Sketch::map([("en", Sketch::Hint(en)), ("zh-cn", Sketch::Hint(chinese))])
    }
}

/// For a document without any section: a template with a parameter, a resource and an output.
pub(super) fn template(slot: &Slot, inside_braces: bool, proposals: &mut Proposals) {
    if slot.colon || slot.quoted() {
        return;
    }
    let Sketch::Map(sections) = whole() else { return };
    let text = match slot.format {
        Format::Json if inside_braces => sections_in_braces(slot, &sections),
        Format::Json => format!("{}\n", value(slot, &whole(), 0)),
        Format::Yaml if slot.flow => {
            let lines = sections.iter().map(|(key, inner)| entry(slot, key, inner, 0));
            lines.collect::<Vec<_>>().join(", ")
        }
        Format::Yaml => {
            let lines = sections.iter().map(|(key, inner)| entry(slot, key, inner, 0));
            let (head, rest): (Vec<_>, Vec<_>) = lines.enumerate().partition(|(index, _)| *index < 2);
            let join = |lines: Vec<(usize, String)>, by| {
                let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
                lines.join(by)
            };
            format!("{}\n\n{}\n", join(head, "\n"), join(rest, "\n\n"))
        }
    };
    let item = proposals.add(slot, Rank::Wanted, TEMPLATE, ItemKind::Snippet, &text);
    item.detail = Some("a template with a parameter, a resource and an output".into());
}

/// The lines of the template between braces that are there already.
fn sections_in_braces(slot: &Slot, sections: &[(String, Sketch)]) -> String {
    let depth = usize::from(!slot.own_line);
    let lines = sections.iter().map(|(key, inner)| entry(slot, key, inner, depth));
    let line_break = format!("\n{}", slot.indentation(depth));
    let lines = lines.collect::<Vec<_>>().join(&format!(",{line_break}"));
    match slot.own_line {
        true => lines,
        false => format!("{line_break}{lines}\n{}", slot.indentation(0)),
    }
}

/// The section that orders the parameters in the console, in a template that has none.
pub(super) fn metadata(request: &Request<'_>, proposals: &mut Proposals) {
    let interface = Sketch::Map(vec![(INTERFACE.to_owned(), parameter_groups(request))]);
    groups(request, SectionKind::Metadata.name(), &interface, proposals);
}

/// The same inside the section.
pub(super) fn interface(request: &Request<'_>, proposals: &mut Proposals) {
    groups(request, INTERFACE, &parameter_groups(request), proposals);
}

fn groups(request: &Request<'_>, key: &str, inner: &Sketch, proposals: &mut Proposals) {
    let slot = &request.slot;
    if slot.colon || request.present().iter().any(|present| present == key) {
        return;
    }
    let text = format!(
        "{}:{}",
        slot.scalar(key, super::slot::Type::Text),
        inside(slot, inner, 0)
    );
    let item = proposals.add(
        slot,
        Rank::Other,
        "ros-parameter-groups",
        ItemKind::Snippet,
        &text,
    );
    item.detail = Some("the order of parameters in the console".into());
}

/// One group with all parameters of the template.
fn parameter_groups(request: &Request<'_>) -> Sketch {
    let names = request.names();
    let mut parameters: Vec<Sketch> = names
        .of_kind(NameKind::Parameter)
        .map(|(name, _)| Sketch::Literal(name.to_owned()))
        .collect();
    if parameters.is_empty() {
        parameters.push(Sketch::text("$3"));
    }
    let label = Sketch::map([("default", Sketch::localized("${1:Group}", "${2:分组}"))]);
    let group = Sketch::map([("Parameters", Sketch::List(parameters)), ("Label", label)]);
    Sketch::map([("ParameterGroups", Sketch::List(vec![group]))])
}

/// The snippet for an entry under a name to fill in.
pub(super) fn named(slot: &Slot, name: &str, inner: &Sketch) -> String {
    format!("{}:{}", slot.open_name(name), inside(slot, inner, 0))
}

fn whole() -> Sketch {
    let parameter = Sketch::map([
        ("Type", Sketch::text("String")),
        (
            "Label",
            Sketch::localized("${4:Address range of the network}", "${5:网络地址段}"),
        ),
        ("Default", Sketch::text("${6:192.168.0.0/16}")),
    ]);
    let properties = Sketch::map([
        ("CidrBlock", Sketch::Ref("${3:CidrBlock}")),
        ("VpcName", Sketch::Sub("\\${ALIYUN::StackName\\}-vpc$0")),
    ]);
    let resource = Sketch::map([
        ("Type", Sketch::text("${8:ALIYUN::ECS::VPC}")),
        ("Properties", properties),
    ]);
    let output = Sketch::map([
        ("Description", Sketch::text("${10:Id of the network}")),
        ("Value", Sketch::GetAtt("${7:Vpc}", "${11:VpcId}")),
    ]);
    let description = Sketch::localized("${1:What this template creates}", "${2:此模板创建的内容}");
    Sketch::map([
        (SectionKind::Version.name(), Sketch::Literal(VERSION.to_owned())),
        (SectionKind::Description.name(), description),
        (
            SectionKind::Parameters.name(),
            Sketch::map([("${3:CidrBlock}", parameter)]),
        ),
        (
            SectionKind::Resources.name(),
            Sketch::map([("${7:Vpc}", resource)]),
        ),
        (SectionKind::Outputs.name(), Sketch::map([("${9:VpcId}", output)])),
    ])
}

/// A line `key: …` and what belongs to it, `depth` levels below the slot.
fn entry(slot: &Slot, key: &str, inner: &Sketch, depth: usize) -> String {
    format!("{}:{}", slot.name_stop(key), inside(slot, inner, depth))
}

/// What follows a key's colon, with the blank or the line break it begins with.
fn inside(slot: &Slot, inner: &Sketch, depth: usize) -> String {
    let below = format!("\n{}", slot.indentation(depth + 1));
    match (inner, slot.flow) {
        (Sketch::Map(entries), false) => {
            let lines = entries
                .iter()
                .map(|(key, inner)| format!("{below}{}", entry(slot, key, inner, depth + 1)));
            lines.collect()
        }
        (Sketch::List(items), false) => {
            let lines = items
                .iter()
                .map(|item| format!("{below}- {}", block_item(slot, item, depth + 1)));
            lines.collect()
        }
        _ => format!(" {}", value(slot, inner, depth)),
    }
}

/// An item behind its dash.
fn block_item(slot: &Slot, item: &Sketch, depth: usize) -> String {
    let Sketch::Map(entries) = item else {
        return value(slot, item, depth);
    };
    // N.B. The keys of an item stand two columns behind its dash, whatever the document's step is.
    let below = Slot::deeper(slot, 2);
    let lines = entries
        .iter()
        .map(|(key, inner)| entry(&below, key, inner, depth));
    lines
        .collect::<Vec<_>>()
        .join(&format!("\n{}", below.indentation(depth)))
}

/// A value on the line of its key; a map or list in JSON goes on below it.
fn value(slot: &Slot, inner: &Sketch, depth: usize) -> String {
    let json = slot.format == Format::Json;
    match inner {
        Sketch::Text(text) if json => format!("\"{text}\""),
        Sketch::Text(text) => text.clone(),
        Sketch::Hint(_) if !slot.snippets => if json { "\"\"" } else { "''" }.to_owned(),
        Sketch::Hint(text) if json => format!("\"{text}\""),
        Sketch::Hint(text) => (*text).to_owned(),
        Sketch::Open(stop) => slot.value_stop(stop),
        Sketch::Literal(text) => slot.new_string(text),
        Sketch::Ref(name) if json => format!("{{ \"Ref\": \"{name}\" }}"),
        Sketch::Ref(name) => format!("!Ref {name}"),
        Sketch::Sub(text) if json => format!("{{ \"Fn::Sub\": \"{text}\" }}"),
        // Plain, the brace would end the flow mapping around it.
        Sketch::Sub(text) if slot.flow => format!("!Sub '{text}'"),
        Sketch::Sub(text) => format!("!Sub {text}"),
        Sketch::GetAtt(resource, attribute) if json => {
            format!("{{ \"Fn::GetAtt\": [\"{resource}\", \"{attribute}\"] }}")
        }
        Sketch::GetAtt(resource, _) if !slot.snippets && snippet::plain(resource).is_empty() => {
            "!GetAtt ".into()
        }
        Sketch::GetAtt(resource, attribute) => format!("!GetAtt {resource}.{attribute}"),
        Sketch::Map(entries) => {
            let lines = entries
                .iter()
                .map(|(key, inner)| entry(slot, key, inner, depth + 1));
            bracketed(slot, ['{', '}'], lines.collect(), depth)
        }
        Sketch::List(items) => {
            let lines = items.iter().map(|item| value(slot, item, depth + 1));
            bracketed(slot, ['[', ']'], lines.collect(), depth)
        }
    }
}

fn bracketed(slot: &Slot, [open, close]: [char; 2], lines: Vec<String>, depth: usize) -> String {
    if slot.format == Format::Yaml {
        return format!("{open}{}{close}", lines.join(", "));
    }
    let (inner, outer) = (slot.indentation(depth + 1), slot.indentation(depth));
    format!(
        "{open}\n{inner}{}\n{outer}{close}",
        lines.join(&format!(",\n{inner}"))
    )
}

/// The name to begin an entry with: what is typed, unless that is the way to ask for a skeleton (`new`, `ros-…`).
pub(super) fn name_or(typed: &str, word: &str) -> String {
    let asked = typed.to_ascii_lowercase();
    let shortcut = format!("ros-{}", word.to_ascii_lowercase());
    let asks =
        asked == "new" || (asked.len() > 2 && (shortcut.starts_with(&asked) || asked.starts_with("ros-")));
    match typed.is_empty() || asks {
        true => word.to_owned(),
        false => snippet::escape(typed),
    }
}
