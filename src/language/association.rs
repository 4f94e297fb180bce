//! Association properties.

/// An association property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssociationProperty {
    pub name: &'static str,
}

/// All association properties.
pub const PROPERTIES: &[AssociationProperty] = &[
    AssociationProperty {
        name: "ALIYUN::ECS::Instance::ZoneId",
    },
    AssociationProperty {
        name: "ALIYUN::ECS::Instance::InstanceType",
    },
    AssociationProperty {
        name: "ALIYUN::ECS::Instance::Password",
    },
    AssociationProperty {
        name: "List[Parameters]",
    },
];

/// The property of this name.
pub fn property(name: &str) -> Option<&'static AssociationProperty> {
    PROPERTIES.iter().find(|known| known.name == name)
}
