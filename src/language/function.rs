//! Functions.

/// A function of the template language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function {
    pub name: &'static str,
    pub tag: Option<&'static str>,
}

/// All functions.
pub const ALL: &[Function] = &[Function {
    name: "Ref",
    tag: Some("!Ref"),
}];

/// The function that a short tag stands for.
pub fn by_tag(tag: &str) -> Option<&'static Function> {
    ALL.iter().find(|function| function.tag == Some(tag))
}
