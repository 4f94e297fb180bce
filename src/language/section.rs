//! The template's top-level sections.

/// A top-level section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SectionKind {
    Version,
    Transform,
    Description,
    Metadata,
    Parameters,
    Mappings,
    Conditions,
    Rules,
    Locals,
    Resources,
    Outputs,
    Workspace,
}

impl SectionKind {
    pub const ALL: [SectionKind; 12] = [
        SectionKind::Version,
        SectionKind::Transform,
        SectionKind::Description,
        SectionKind::Metadata,
        SectionKind::Parameters,
        SectionKind::Mappings,
        SectionKind::Conditions,
        SectionKind::Rules,
        SectionKind::Locals,
        SectionKind::Resources,
        SectionKind::Outputs,
        SectionKind::Workspace,
    ];

    /// The key that opens the section.
    pub fn name(self) -> &'static str {
        match self {
            SectionKind::Version => "ROSTemplateFormatVersion",
            SectionKind::Transform => "Transform",
            SectionKind::Description => "Description",
            SectionKind::Metadata => "Metadata",
            SectionKind::Parameters => "Parameters",
            SectionKind::Mappings => "Mappings",
            SectionKind::Conditions => "Conditions",
            SectionKind::Rules => "Rules",
            SectionKind::Locals => "Locals",
            SectionKind::Resources => "Resources",
            SectionKind::Outputs => "Outputs",
            SectionKind::Workspace => "Workspace",
        }
    }

    /// The section that a key opens.
    pub fn of(name: &str) -> Option<SectionKind> {
        SectionKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
