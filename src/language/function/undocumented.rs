//! Functions that exist but that the service's documentation doesn't describe. Known, so that they aren't reported;
//! allowed everywhere, because nobody says otherwise.

use super::super::doc::Doc;
use super::{Argument, ArgumentKind, Arguments, Function, Places, Returns};

pub(super) static MERGE_MAP: Function = Function {
    name: "Fn::MergeMap",
    tag: "!MergeMap",
    arguments: Arguments::Many {
        item: Argument::new("map", ArgumentKind::Map, "A map.", "一个对象。"),
        least: 2,
    },
    returns: Returns::Map,
    places: Places::ALL,
    documented: false,
    doc: Doc::new(
        "Several maps as one. Not documented; `Fn::Add` does the same.",
        "把多个对象合并为一个。没有文档，`Fn::Add` 效果相同。",
    ),
    example: "Fn::MergeMap: [{a: 1}, {b: 2}]",
    tag_example: "!MergeMap [{a: 1}, {b: 2}]",
};

pub(super) static MEMBER_LIST_TO_MAP: Function = Function {
    name: "Fn::MemberListToMap",
    tag: "!MemberListToMap",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "keyName",
                ArgumentKind::String,
                "What stands before the number and the `=` of a key.",
                "键成员的名称。",
            ),
            Argument::new(
                "valueName",
                ArgumentKind::String,
                "The same for a value.",
                "值成员的名称。",
            ),
            Argument::new(
                "members",
                ArgumentKind::List,
                "Texts such as `.member.1.Key=a` and `.member.1.Value=b`.",
                "形如 `.member.1.Key=a`、`.member.1.Value=b` 的文本列表。",
            ),
        ],
        required: 3,
    },
    returns: Returns::Map,
    places: Places::ALL,
    documented: false,
    doc: Doc::new(
        "Makes a map of a list of numbered keys and values. The service names the function without describing it.",
        "由带编号的键和值的列表得到对象。服务提到过此函数，但没有说明。",
    ),
    example: "Fn::MemberListToMap: [Key, Value, ['.member.1.Key=a', '.member.1.Value=b']]",
    tag_example: "!MemberListToMap [Key, Value, ['.member.1.Key=a', '.member.1.Value=b']]",
};

pub(super) static TRANSFORM_NAMESPACE: Function = Function {
    name: "Fn::TransformNamespace",
    tag: "!TransformNamespace",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "kind",
                ArgumentKind::String,
                "Such as `Condition`.",
                "例如 `Condition`。",
            ),
            Argument::new(
                "prefix",
                ArgumentKind::String,
                "The module's prefix.",
                "模块的前缀。",
            ),
            Argument::new("expression", ArgumentKind::Any, "The expression.", "表达式。"),
        ],
        required: 3,
    },
    returns: Returns::Any,
    places: Places::ALL,
    documented: false,
    doc: Doc::new(
        "Written by the service when it expands a module; not meant to be written by hand.",
        "服务展开模块时生成，不供手工编写。",
    ),
    example: "Fn::TransformNamespace: [Condition, Network., {Fn::Equals: [a, b]}]",
    tag_example: "!TransformNamespace [Condition, Network., !Equals [a, b]]",
};

pub(super) static BASE64: Function = Function {
    name: "Fn::Base64",
    tag: "!Base64",
    arguments: Arguments::One(Argument::new(
        "text",
        ArgumentKind::String,
        "The text to encode.",
        "要编码的文本。",
    )),
    returns: Returns::String,
    places: Places::ALL,
    documented: false,
    doc: Doc::new(
        "An old name of `Fn::Base64Encode`.",
        "`Fn::Base64Encode` 的旧名称。",
    ),
    example: "Fn::Base64: text",
    tag_example: "!Base64 text",
};

pub(super) static TEST: Function = Function {
    name: "Fn::Test",
    tag: "!Test",
    arguments: Arguments::Unknown,
    returns: Returns::Any,
    places: Places::ALL,
    documented: false,
    doc: Doc::new(
        "A name that tools of the service know and nobody describes.",
        "服务的工具认识此名称，但没有任何说明。",
    ),
    example: "",
    tag_example: "",
};

pub(super) static RESOURCE_FACADE: Function = Function {
    name: "Fn::ResourceFacade",
    tag: "!ResourceFacade",
    arguments: Arguments::Unknown,
    returns: Returns::Any,
    places: Places::ALL,
    documented: false,
    doc: Doc::new(
        "A name that tools of the service know and nobody describes.",
        "服务的工具认识此名称，但没有任何说明。",
    ),
    example: "",
    tag_example: "",
};
