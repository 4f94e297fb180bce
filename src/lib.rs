//! Language server, linter and formatter for Alibaba Cloud ROS templates.
//!
//! The layers, from the ground up; a module uses only what stands above it in this list
//! (`tests/tidy.rs` holds the crate to it):
//!
//! | layer | module | purpose |
//! |---|---|---|
//! | 0 | [`text`] | rope buffer, edits, line/column in three encodings; byte ranges everywhere else |
//! | 1 | [`syntax`] | text → one neutral tree for YAML and JSON; never fails |
//! | 1 | [`catalog`] | what the service knows: resource types, properties, attributes, constraints |
//! | 1 | [`language`] | the template language: sections, attributes, functions, pseudo parameters |
//! | 2 | [`template`] | tree → meaning, format-blind: resources, calls, definitions, uses, positions |
//! | 3 | [`config`], [`diagnostic`], [`document`] | plain data that the layers above share |
//! | 4 | [`rules`] | one file a rule: document × catalog → diagnostics |
//! | 4 | [`features`] | one file an editor feature: document × catalog × offset → plain answers |
//! | 5 | [`server`] | the only room that knows the Language Server Protocol |
//! | 5 | [`cli`] | the command line, beside the server |

pub mod text;

pub mod syntax;

pub mod catalog;
pub mod language;

pub mod template;

pub mod config;
pub mod diagnostic;
pub mod document;

pub mod features;
pub mod rules;

pub mod cli;
pub mod server;

#[cfg(test)]
mod fixture;
