//! Function calls: `{"Fn::Join": […]}` and `!Join […]` read as the same thing.

use crate::syntax::{Entry, Kind, Node};
use crate::text::TextRange;
use std::borrow::Cow;

/// A node read as an expression. Under a short-form tag the same node is the tag's argument; then the tag is done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'t> {
    pub node: Node<'t>,
    /// The node's tag was read as the call around this value.
    tag_read: bool,
}

/// How a call is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A mapping with the function's name as its only key.
    Long,
    /// A YAML tag.
    Tag,
}

/// A function call.
#[derive(Clone, Debug)]
pub struct Call<'t> {
    /// Full name: `Ref`, `Fn::GetAtt`; for a tag the name it stands for. Not necessarily a function that exists.
    pub name: Cow<'t, str>,
    /// Where the name is written: the key, or the tag.
    pub name_range: TextRange,
    pub form: Form,
    pub argument: Value<'t>,
    /// The whole call.
    pub node: Node<'t>,
}

impl<'t> From<Node<'t>> for Value<'t> {
    fn from(node: Node<'t>) -> Self {
        Value {
            node,
            tag_read: false,
        }
    }
}

impl<'t> Value<'t> {
    /// The call that this value is, if it is one.
    pub fn call(self) -> Option<Call<'t>> {
        if !self.tag_read
            && let Some(tag) = self.node.tag()
            && let Some(name) = function_of_tag(tag)
        {
            return Some(Call {
                name,
                name_range: self.node.tag_range()?,
                form: Form::Tag,
                argument: Value {
                    node: self.node,
                    tag_read: true,
                },
                node: self.node,
            });
        }
        let mut entries = self.node.entries();
        let entry = entries.next()?;
        if entries.next().is_some() {
            return None;
        }
        let name = entry.key.text()?;
        is_function_name(&name).then(|| Call {
            name,
            name_range: entry.key.range(),
            form: Form::Long,
            argument: entry.value.into(),
            node: self.node,
        })
    }

    pub fn kind(self) -> Kind {
        self.node.kind()
    }

    /// The text of a scalar that is not a call.
    pub fn literal(self) -> Option<Cow<'t, str>> {
        (self.node.is_scalar() && self.call().is_none()).then(|| self.node.text())?
    }

    /// The items of a list.
    pub fn items(self) -> impl Iterator<Item = Value<'t>> {
        self.node.items().map(Value::from)
    }

    pub fn item(self, index: usize) -> Option<Value<'t>> {
        self.items().nth(index)
    }

    /// The entries of a map, calls included.
    pub fn entries(self) -> impl Iterator<Item = Entry<'t>> {
        self.node.entries()
    }

    /// Whether the value is missing or written as null, by the format's rules.
    pub fn is_null(self) -> bool {
        self.node.typed() == Some(crate::syntax::scalar_type::Typed::Null)
    }
}

/// Whether a map key names a function: `Ref` or anything that starts with `Fn::`.
pub fn is_function_name(key: &str) -> bool {
    key == "Ref" || key.starts_with("Fn::")
}

/// `!Ref` → `Ref`, `!Join` → `Fn::Join`; `None` for YAML's own tags (`!!str`, `!<…>`, a lone `!`).
fn function_of_tag(tag: &str) -> Option<Cow<'static, str>> {
    let name = tag.strip_prefix('!')?;
    if name == "Ref" {
        return Some(Cow::Borrowed("Ref"));
    }
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        .then(|| Cow::Owned(format!("Fn::{name}")))
}

impl<'t> Call<'t> {
    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// The items of a list argument that the function reads one by one; a single item for any other argument.
    pub fn arguments(&self) -> Vec<Value<'t>> {
        if self.argument.kind() == Kind::Sequence && self.argument.call().is_none() {
            self.argument.items().collect()
        } else {
            vec![self.argument]
        }
    }
}
