//! Writes a template anew: with short tags, in flow form, or both.

use ros_lsp::language::function;
use ros_lsp::syntax::scalar_type::Typed;
use ros_lsp::syntax::{Kind, Node, Style};
use ros_lsp::template::Value;

/// How a template is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    pub(crate) short_tags: bool,
    /// Levels of nesting that stay in block style.
    pub(crate) block_levels: usize,
}

/// The template as YAML.
pub(crate) fn to_yaml(root: Node<'_>, manner: Manner) -> String {
    let mut writer = Writer {
        manner,
        out: String::new(),
    };
    writer.block(Value::from(root), 0);
    writer.out.trim_start_matches('\n').to_owned() + "\n"
}

struct Writer {
    manner: Manner,
    out: String,
}

impl Writer {
    /// What follows a key's colon or a dash, with the blank or line break before it.
    fn block(&mut self, value: Value<'_>, depth: usize) {
        if let Some(text) = self.get_att(value) {
            self.out.push_str(&format!(" {text}"));
            return;
        }
        let value = match self.tag(value) {
            Some((tag, argument)) => {
                self.out.push_str(&format!(" {tag}"));
                argument
            }
            None => value,
        };
        let empty = value.entries().next().is_none() && value.items().next().is_none();
        if depth >= self.manner.block_levels || empty {
            self.out.push(' ');
            return self.flow(value);
        }
        let indentation = "  ".repeat(depth);
        if value.kind() == Kind::Mapping {
            for (key, inner) in self.entries(value) {
                self.out.push_str(&format!("\n{indentation}{key}:"));
                self.block(inner, depth + 1);
            }
        }
        for item in value.items() {
            self.out.push_str(&format!("\n{indentation}-"));
            self.block(item, depth + 1);
        }
    }

    fn flow(&mut self, value: Value<'_>) {
        if let Some(text) = self.get_att(value) {
            self.out.push_str(&text);
            return;
        }
        let value = match self.tag(value) {
            Some((tag, argument)) => {
                self.out.push_str(&format!("{tag} "));
                argument
            }
            None => value,
        };
        match value.kind() {
            Kind::Mapping => {
                self.out.push('{');
                for (index, (key, inner)) in self.entries(value).into_iter().enumerate() {
                    self.out.push_str(if index == 0 { "" } else { ", " });
                    self.out.push_str(&format!("{key}: "));
                    self.flow(inner);
                }
                self.out.push('}');
            }
            Kind::Sequence => {
                self.out.push('[');
                for (index, item) in value.items().enumerate() {
                    self.out.push_str(if index == 0 { "" } else { ", " });
                    self.flow(item);
                }
                self.out.push(']');
            }
            Kind::Scalar | Kind::Alias | Kind::Empty => self.out.push_str(&scalar(value)),
        }
    }

    /// `!GetAtt Resource.Attribute`, where it is short tags that are wanted and both names are plain words.
    fn get_att(&self, value: Value<'_>) -> Option<String> {
        let call = value.call().filter(|call| call.is("Fn::GetAtt"))?;
        let names: Vec<_> = call.argument.items().filter_map(Value::literal).collect();
        let is_word = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
        match names.as_slice() {
            [resource, attribute] if self.manner.short_tags && is_word(resource) && is_word(attribute) => {
                Some(format!("!GetAtt {resource}.{attribute}"))
            }
            _ => None,
        }
    }

    /// The tag of a call and what stands behind it, where the call can be written so.
    fn tag<'t>(&self, value: Value<'t>) -> Option<(String, Value<'t>)> {
        let call = value.call()?;
        let known = function::find(&call.name)?;
        let is_tagged = call.node.tag().is_some();
        // A tag can't stand behind a tag.
        let wanted = is_tagged || (self.manner.short_tags && call.argument.call().is_none());
        wanted.then(|| (known.tag.to_owned(), call.argument))
    }

    /// Keys as they are written. A call that has no tag is an entry.
    fn entries<'t>(&self, value: Value<'t>) -> Vec<(String, Value<'t>)> {
        let entries = value.entries();
        entries
            .map(|entry| (scalar(entry.key.into()), entry.value.into()))
            .collect()
    }
}

/// A scalar on one line that reads as it did.
fn scalar(value: Value<'_>) -> String {
    let node = value.node;
    let source = node.source();
    let one_line = !source.contains(['\n', '\r']);
    let quoted = matches!(node.style(), Style::DoubleQuoted | Style::SingleQuoted);
    let fits_flow = !source.contains(['[', ']', '{', '}', ',', '#']);
    if node.is_empty() {
        return "null".into();
    }
    if one_line && (quoted || (node.style() == Style::Plain && fits_flow)) {
        return source.to_owned();
    }
    match node.typed() {
        Some(Typed::String) | None => {
            serde_json::Value::from(node.text().unwrap_or_default().as_ref()).to_string()
        }
        Some(_) => source.to_owned(),
    }
}
