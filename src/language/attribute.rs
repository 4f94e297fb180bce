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

/// Attributes of a parameter.
pub const PARAMETER: &[Attribute] = &[
    Attribute { name: "Type" },
    Attribute { name: "Default" },
    Attribute {
        name: "AllowedValues",
    },
    Attribute {
        name: "AllowedPattern",
    },
    Attribute { name: "MinLength" },
    Attribute { name: "MaxLength" },
    Attribute { name: "MinValue" },
    Attribute { name: "MaxValue" },
    Attribute { name: "NoEcho" },
    Attribute { name: "Confirm" },
    Attribute { name: "Description" },
    Attribute {
        name: "ConstraintDescription",
    },
    Attribute { name: "Label" },
    Attribute { name: "Placeholder" },
    Attribute {
        name: "AssociationProperty",
    },
    Attribute {
        name: "AssociationPropertyMetadata",
    },
    Attribute { name: "TextArea" },
    Attribute { name: "Required" },
    Attribute { name: "ReadOnly" },
];

/// The attribute of a parameter with this name.
pub fn parameter(name: &str) -> Option<&'static Attribute> {
    PARAMETER.iter().find(|attribute| attribute.name == name)
}

/// Attributes of an output.
pub const OUTPUT: &[Attribute] = &[
    Attribute { name: "Value" },
    Attribute { name: "Description" },
    Attribute { name: "Label" },
    Attribute { name: "Condition" },
    Attribute { name: "NoEcho" },
    Attribute { name: "Export" },
];

/// The attribute of an output with this name.
pub fn output(name: &str) -> Option<&'static Attribute> {
    OUTPUT.iter().find(|attribute| attribute.name == name)
}

/// Attributes of a rule.
pub const RULE: &[Attribute] = &[
    Attribute {
        name: "RuleCondition",
    },
    Attribute { name: "Assertions" },
];

/// The attribute of a rule with this name.
pub fn rule(name: &str) -> Option<&'static Attribute> {
    RULE.iter().find(|attribute| attribute.name == name)
}

/// Attributes of a local.
pub const LOCAL: &[Attribute] = &[
    Attribute { name: "Type" },
    Attribute { name: "Value" },
    Attribute { name: "Properties" },
];

/// The attribute of a local with this name.
pub fn local(name: &str) -> Option<&'static Attribute> {
    LOCAL.iter().find(|attribute| attribute.name == name)
}
