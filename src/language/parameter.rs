//! Parameter types.

/// A type of parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterType {
    pub name: &'static str,
}

/// All parameter types.
pub const TYPES: &[ParameterType] = &[
    ParameterType { name: "String" },
    ParameterType { name: "Number" },
    ParameterType { name: "Boolean" },
    ParameterType { name: "Json" },
    ParameterType {
        name: "CommaDelimitedList",
    },
    ParameterType {
        name: "ALIYUN::OOS::Parameter::Value",
    },
    ParameterType {
        name: "ALIYUN::OOS::SecretParameter::Value",
    },
];

/// The type of this name.
pub fn type_of(name: &str) -> Option<&'static ParameterType> {
    TYPES.iter().find(|known| known.name == name)
}
