//! The template as a whole: its sections and what stands in them.

use super::view::{Local, Output, Parameter, Resource, Rule};
use crate::syntax::{Entry, Node};

pub use crate::language::section::SectionKind;

/// A template: the document's root, or a nested `TemplateBody`. A view; owns nothing.
#[derive(Clone, Copy, Debug)]
pub struct Template<'t> {
    pub root: Node<'t>,
}

/// How the service preprocesses the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Transform {
    #[default]
    None,
    /// The resources are Terraform (or OpenTofu) code in `Workspace`; names may refer to its variables.
    Terraform,
    /// `Aliyun::Serverless::*` resources are expanded first.
    Serverless,
    /// Some other text, or not a literal.
    Unknown,
}

impl<'t> Template<'t> {
    pub fn of(root: Node<'t>) -> Self {
        Template { root }
    }

    /// The first entry of the section.
    pub fn section(self, kind: SectionKind) -> Option<Entry<'t>> {
        self.root.entry(kind.name())
    }

    /// All top-level entries with the section they open; `None` for names that are no section.
    pub fn sections(self) -> impl Iterator<Item = (Option<SectionKind>, Entry<'t>)> {
        self.root
            .entries()
            .map(|entry| (entry.key.text().and_then(|name| SectionKind::of(&name)), entry))
    }

    /// The entries of all sections of a kind.
    pub fn entries(self, kind: SectionKind) -> impl Iterator<Item = Entry<'t>> {
        self.sections()
            .filter(move |(found, _)| *found == Some(kind))
            .flat_map(|(_, section)| section.value.entries())
    }

    pub fn resources(self) -> impl Iterator<Item = Resource<'t>> {
        self.entries(SectionKind::Resources)
            .map(|entry| Resource { entry })
    }

    pub fn parameters(self) -> impl Iterator<Item = Parameter<'t>> {
        self.entries(SectionKind::Parameters)
            .map(|entry| Parameter { entry })
    }

    pub fn outputs(self) -> impl Iterator<Item = Output<'t>> {
        self.entries(SectionKind::Outputs).map(|entry| Output { entry })
    }

    pub fn locals(self) -> impl Iterator<Item = Local<'t>> {
        self.entries(SectionKind::Locals).map(|entry| Local { entry })
    }

    pub fn rules(self) -> impl Iterator<Item = Rule<'t>> {
        self.entries(SectionKind::Rules).map(|entry| Rule { entry })
    }

    /// What the `Transform` section asks for.
    pub fn transform(self) -> Transform {
        let Some(section) = self.section(SectionKind::Transform) else {
            return Transform::None;
        };
        match section.value.text() {
            Some(text) if text.starts_with("Aliyun::Terraform-") || text.starts_with("Aliyun::OpenTofu-") => {
                Transform::Terraform
            }
            Some(text) if text.starts_with("Aliyun::Serverless-") => Transform::Serverless,
            _ => Transform::Unknown,
        }
    }
}
