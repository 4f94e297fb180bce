//! Tree → meaning, the same for YAML and JSON: sections, resources, function calls, definitions, uses, positions.
//!
//! Two kinds of things live here. *Views* ([`Template`], [`Resource`], [`Parameter`], [`Call`], …) wrap a node and
//! read it on demand; they own nothing. *Facts* ([`facts`]) are what a chunk says by itself — what it defines, what it
//! refers to — owned, with ranges counted from the chunk's start, so that they stay true while other chunks change.

pub mod call;
pub mod changes;
pub mod detect;
pub mod facts;
pub mod interpolation;
pub mod json_form;
pub mod model;
pub mod names;
pub mod position;
pub mod reads;
pub mod resolve;
pub mod section;
pub mod uses;
pub mod view;

pub use call::{Call, Form, Value};
pub use facts::{GetAtt, Nested, Site, Unit, Use, UseKind};
pub use model::{Model, Scope};
pub use names::{Definition, NameKind, Names};
pub use reads::{DefinitionReader, NameReader, Reads, Recorder};
pub use section::{SectionKind, Template, Transform};
pub use view::{Local, Output, Parameter, Resource, Rule};
