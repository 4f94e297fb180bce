//! The template language itself.

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
