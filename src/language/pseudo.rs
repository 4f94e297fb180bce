//! Pseudo parameters: parameters that the service provides.

use super::doc::Doc;

/// A parameter that every template can read without declaring it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PseudoParameter {
    pub name: &'static str,
    pub kind: PseudoKind,
    /// Means something only in the properties of a resource with `Count`.
    pub counted_only: bool,
    pub doc: Doc,
}

/// What a pseudo parameter stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PseudoKind {
    String,
    Integer,
    /// The absence of a value.
    Nothing,
}

/// All pseudo parameters.
pub const ALL: &[PseudoParameter] = &[
    PseudoParameter {
        name: "ALIYUN::StackName",
        kind: PseudoKind::String,
        counted_only: false,
        doc: Doc::new("The name of the stack.", "资源栈的名称。"),
    },
    PseudoParameter {
        name: "ALIYUN::StackId",
        kind: PseudoKind::String,
        counted_only: false,
        doc: Doc::new(
            "The id of the stack. Its parts make good unique suffixes for resource names.",
            "资源栈的 ID。截取其中一段可作为资源名称的唯一后缀。",
        ),
    },
    PseudoParameter {
        name: "ALIYUN::Region",
        kind: PseudoKind::String,
        counted_only: false,
        doc: Doc::new(
            "The id of the region that the stack lives in, such as `cn-hangzhou`.",
            "资源栈所在地域的 ID，例如 `cn-hangzhou`。",
        ),
    },
    PseudoParameter {
        name: "ALIYUN::AccountId",
        kind: PseudoKind::String,
        counted_only: false,
        doc: Doc::new(
            "The id of the identity that works on the stack: the account itself, or a RAM user of it. \
             `ALIYUN::TenantId` is the account in both cases.",
            "操作资源栈的身份的 ID，可以是阿里云账号或其 RAM 用户。账号本身的 ID 用 `ALIYUN::TenantId`。",
        ),
    },
    PseudoParameter {
        name: "ALIYUN::TenantId",
        kind: PseudoKind::String,
        counted_only: false,
        doc: Doc::new(
            "The id of the Alibaba Cloud account that owns the stack.",
            "资源栈所属阿里云账号的 ID。",
        ),
    },
    PseudoParameter {
        name: "ALIYUN::ResourceGroupId",
        kind: PseudoKind::String,
        counted_only: false,
        doc: Doc::new(
            "The id of the resource group that the stack belongs to.",
            "资源栈所属资源组的 ID。",
        ),
    },
    PseudoParameter {
        name: "ALIYUN::NoValue",
        kind: PseudoKind::Nothing,
        counted_only: false,
        doc: Doc::new(
            "Stands for no value, mostly in a branch of `Fn::If`: an optional property is left out, a required one \
             becomes empty (`''`, `0`, `[]`).",
            "表示没有值，多用于 `Fn::If` 的分支：可选属性会被去掉，必选属性取空值（`''`、`0`、`[]`）。",
        ),
    },
    PseudoParameter {
        name: "ALIYUN::Index",
        kind: PseudoKind::Integer,
        counted_only: true,
        doc: Doc::new(
            "The number of the copy, from 0, in the `Properties` of a resource with `Count`.",
            "在带 `Count` 的资源的 `Properties` 中表示当前副本的序号，从 0 开始。",
        ),
    },
];

/// The pseudo parameter of this name.
pub fn find(name: &str) -> Option<&'static PseudoParameter> {
    ALL.iter().find(|pseudo| pseudo.name == name)
}

#[cfg(test)]
mod tests {
    use super::super::doc::tests::check;
    use super::*;

    #[test]
    fn table_is_complete_and_documented() {
        assert_eq!(ALL.len(), 8);
        for pseudo in ALL {
            assert_eq!(find(pseudo.name), Some(pseudo), "names are unique");
            check(pseudo.name, pseudo.doc);
        }
        assert_eq!(find("ALIYUN::RegionId"), None);
        assert!(find("ALIYUN::Index").is_some_and(|index| index.counted_only));
    }
}
