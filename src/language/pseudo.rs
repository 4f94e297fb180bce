//! Pseudo parameters.

/// A parameter that the service provides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PseudoParameter {
    pub name: &'static str,
}

/// All pseudo parameters.
pub const ALL: &[PseudoParameter] = &[
    PseudoParameter {
        name: "ALIYUN::StackName",
    },
    PseudoParameter {
        name: "ALIYUN::StackId",
    },
    PseudoParameter {
        name: "ALIYUN::Region",
    },
    PseudoParameter {
        name: "ALIYUN::AccountId",
    },
    PseudoParameter {
        name: "ALIYUN::TenantId",
    },
    PseudoParameter {
        name: "ALIYUN::ResourceGroupId",
    },
    PseudoParameter {
        name: "ALIYUN::NoValue",
    },
    PseudoParameter {
        name: "ALIYUN::Index",
    },
];

/// The pseudo parameter of this name.
pub fn find(name: &str) -> Option<&'static PseudoParameter> {
    ALL.iter().find(|pseudo| pseudo.name == name)
}
