//! The template language itself: sections, attributes, functions, pseudo parameters, association properties.

pub mod association;
pub mod attribute;
pub mod function;
pub mod parameter;
pub mod pseudo;
pub mod section;
