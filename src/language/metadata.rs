//! Keys of the `Metadata` section and the shape of `ALIYUN::ROS::Interface`.

use super::attribute::Attribute;
use super::doc::{Doc, Shape};

/// Keys of the `Metadata` section; any other key is allowed, too.
pub const KEYS: &[Attribute] = &[
    Attribute {
        name: INTERFACE,
        shape: Shape::Map,
        doc: Doc::new(
            "How the console presents the template: groups of parameters, hidden ones, tags.",
            "控制台如何呈现模板：参数分组、隐藏的参数、标签。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: COMPOSER,
        shape: Shape::Map,
        doc: Doc::new(
            "The drawing of the visual editor. Written by a tool; its keys are not functions.",
            "可视化编辑器的图形信息，由工具生成，其中的键不是函数。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: DESIGNER,
        shape: Shape::Map,
        doc: Doc::new(
            "The drawing of the older visual editor. Written by a tool.",
            "旧版可视化编辑器的图形信息，由工具生成。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "PredefinedParameters",
        shape: Shape::List,
        doc: Doc::new(
            "Named sets of parameter values to start from: a list of `Name` and `Parameters`.",
            "预设的参数取值：由 `Name` 和 `Parameters` 组成的列表。",
        ),
        ..Attribute::NONE
    },
];

pub const INTERFACE: &str = "ALIYUN::ROS::Interface";
/// Holds lists under a key `Ref` that are no functions: not to be searched for calls.
pub const COMPOSER: &str = "ALIYUN::ROS::Composer";
/// Like [`COMPOSER`]; stands in the metadata of resources, too.
pub const DESIGNER: &str = "ALIYUN::ROS::Designer";
/// In the metadata of resources that a module was expanded to.
pub const MODULE: &str = "ALIYUN::ROS::Module";

/// Keys of `ALIYUN::ROS::Interface`.
pub const INTERFACE_KEYS: &[Attribute] = &[
    Attribute {
        name: "ParameterGroups",
        shape: Shape::List,
        doc: Doc::new(
            "The groups that the console shows the parameters in, in this order.",
            "控制台按此顺序分组显示参数。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "TemplateTags",
        shape: Shape::List,
        doc: Doc::new(
            "Tags for finding the template, such as `acs:example:web-server`.",
            "用于查找模板的标签，例如 `acs:example:web-server`。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Hidden",
        shape: Shape::List,
        doc: Doc::new(
            "Names of parameters that the console doesn't show.",
            "控制台不显示的参数名。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Outputs",
        shape: Shape::List,
        doc: Doc::new("Names of the outputs to show.", "要显示的输出名。"),
        ..Attribute::NONE
    },
    Attribute {
        name: "ResourcesForParameterConstraints",
        shape: Shape::Map,
        doc: Doc::new(
            "Resources, as in `Resources`, from which the console works out what a parameter may be. For Terraform \
             templates, which have no such section.",
            "与 `Resources` 同样写法的资源，控制台据此推算参数可选值。用于没有该部分的 Terraform 模板。",
        ),
        ..Attribute::NONE
    },
];

/// Keys of an item of `ParameterGroups`.
pub const GROUP_KEYS: &[Attribute] = &[
    Attribute {
        name: "Parameters",
        shape: Shape::List,
        required: true,
        doc: Doc::new(
            "Names of the group's parameters, in the order to show them.",
            "分组中的参数名，按显示顺序排列。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Label",
        shape: Shape::Map,
        doc: Doc::new(
            "The group's heading: under `default` a text or a map of `en` and `zh-cn`.",
            "分组的标题：在 `default` 下写一段文本，或写 `en` 和 `zh-cn`。",
        ),
        ..Attribute::NONE
    },
];

/// The key of `Metadata` with this name.
pub fn key(name: &str) -> Option<&'static Attribute> {
    KEYS.iter().find(|key| key.name == name)
}

/// The key of `ALIYUN::ROS::Interface` with this name.
pub fn interface_key(name: &str) -> Option<&'static Attribute> {
    INTERFACE_KEYS.iter().find(|key| key.name == name)
}

#[cfg(test)]
mod tests {
    use super::super::doc::tests::check;
    use super::*;

    #[test]
    fn tables_are_unique_and_documented() {
        for table in [KEYS, INTERFACE_KEYS, GROUP_KEYS] {
            for (at, attribute) in table.iter().enumerate() {
                check(attribute.name, attribute.doc);
                assert!(table[..at].iter().all(|other| other.name != attribute.name));
            }
        }
        assert!(key(INTERFACE).is_some() && key(COMPOSER).is_some() && key(DESIGNER).is_some());
        assert!(interface_key("ParameterGroups").is_some());
        assert!(interface_key("Parameters").is_none());
    }
}
