//! The template language itself: sections, attributes, functions, pseudo parameters, association properties.
//!
//! Plain tables: names and shapes are facts of the service; the documentation is the project's own, in English and
//! Chinese, as short Markdown for hovers.

pub mod association;
pub mod attribute;
pub mod doc;
pub mod function;
pub mod limit;
pub mod metadata;
pub mod parameter;
pub mod pseudo;
pub mod section;
pub mod type_name;

pub use doc::Doc;
