//! Functions.

/// A function of the template language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function {
    pub name: &'static str,
    pub tag: Option<&'static str>,
    pub condition: bool,
    pub in_conditions: bool,
}

/// All functions.
pub const ALL: &[Function] = &[
    Function {
        name: "Ref",
        tag: Some("!Ref"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::GetAtt",
        tag: Some("!GetAtt"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::Sub",
        tag: Some("!Sub"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::Join",
        tag: Some("!Join"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::Select",
        tag: Some("!Select"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::If",
        tag: Some("!If"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::Equals",
        tag: Some("!Equals"),
        condition: true,
        in_conditions: false,
    },
    Function {
        name: "Fn::Not",
        tag: Some("!Not"),
        condition: true,
        in_conditions: false,
    },
    Function {
        name: "Fn::And",
        tag: Some("!And"),
        condition: true,
        in_conditions: false,
    },
    Function {
        name: "Fn::Or",
        tag: Some("!Or"),
        condition: true,
        in_conditions: false,
    },
    Function {
        name: "Fn::Jq",
        tag: Some("!Jq"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::Replace",
        tag: Some("!Replace"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::Split",
        tag: Some("!Split"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::GetJsonValue",
        tag: Some("!GetJsonValue"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::Calculate",
        tag: Some("!Calculate"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::ListMerge",
        tag: Some("!ListMerge"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::FindInMap",
        tag: Some("!FindInMap"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::Length",
        tag: Some("!Length"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::Str",
        tag: Some("!Str"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::Base64Encode",
        tag: Some("!Base64Encode"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::Base64Decode",
        tag: Some("!Base64Decode"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::GetAZs",
        tag: Some("!GetAZs"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::Contains",
        tag: Some("!Contains"),
        condition: true,
        in_conditions: true,
    },
    Function {
        name: "Fn::Add",
        tag: Some("!Add"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::SelectMapList",
        tag: Some("!SelectMapList"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::MergeMapToList",
        tag: Some("!MergeMapToList"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::Avg",
        tag: Some("!Avg"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::Max",
        tag: Some("!Max"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::Min",
        tag: Some("!Min"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::Index",
        tag: Some("!Index"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::GetStackOutput",
        tag: Some("!GetStackOutput"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::FormatTime",
        tag: Some("!FormatTime"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::MarketplaceImage",
        tag: Some("!MarketplaceImage"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::Any",
        tag: Some("!Any"),
        condition: true,
        in_conditions: false,
    },
    Function {
        name: "Fn::EachMemberIn",
        tag: Some("!EachMemberIn"),
        condition: true,
        in_conditions: false,
    },
    Function {
        name: "Fn::MatchPattern",
        tag: Some("!MatchPattern"),
        condition: true,
        in_conditions: false,
    },
    Function {
        name: "Fn::Indent",
        tag: Some("!Indent"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::Cidr",
        tag: Some("!Cidr"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::MergeMap",
        tag: Some("!MergeMap"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::MemberListToMap",
        tag: Some("!MemberListToMap"),
        condition: false,
        in_conditions: true,
    },
    Function {
        name: "Fn::TransformNamespace",
        tag: Some("!TransformNamespace"),
        condition: false,
        in_conditions: false,
    },
    Function {
        name: "Fn::Base64",
        tag: Some("!Base64"),
        condition: false,
        in_conditions: false,
    },
];

/// The function that a short tag stands for.
pub fn by_tag(tag: &str) -> Option<&'static Function> {
    ALL.iter().find(|function| function.tag == Some(tag))
}

pub fn find(name: &str) -> Option<&'static Function> {
    ALL.iter().find(|function| function.name == name)
}

impl Function {
    pub fn is_condition(&self) -> bool {
        self.condition
    }
}
