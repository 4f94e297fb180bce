//! Cards: compact Markdown about one thing. Hover, completion and `explain` show the same ones.

mod declaration;
mod language;
mod layout;
mod pattern;
mod plain;
mod prose;
mod resource;
mod topic;
pub(crate) mod words;

#[cfg(test)]
mod tests;

pub(crate) use declaration::{declaration, mapping_value, variable};
pub(crate) use language::{
    association_key, association_property, attribute, choice, function, pseudo, section,
};
pub use plain::plain;
pub(crate) use prose::as_data;
pub(crate) use resource::{
    item, kind_line, page_url, property, resource_attribute, resource_type, value, without_nested,
};
pub use topic::Topic;
pub(crate) use topic::about;
