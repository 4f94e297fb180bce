//! Attributes of resources.

/// An attribute of a section entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub name: &'static str,
}

/// Attributes of a resource.
pub const RESOURCE: &[Attribute] = &[
    Attribute { name: "Type" },
    Attribute { name: "Properties" },
    Attribute { name: "DependsOn" },
    Attribute { name: "Condition" },
    Attribute { name: "Count" },
    Attribute {
        name: "DeletionPolicy",
    },
    Attribute { name: "Metadata" },
    Attribute { name: "Description" },
    Attribute { name: "Version" },
];

/// The resource attribute of this name.
pub fn resource(name: &str) -> Option<&'static Attribute> {
    RESOURCE.iter().find(|attribute| attribute.name == name)
}
