//! Types and attributes of parameters.

use super::attribute::Attribute;
use super::doc::{Choice, Doc, Shape};

/// The types a parameter can have.
pub const TYPES: &[Choice] = &[
    Choice::new("String", "Text.", "文本类型。"),
    Choice::new("Number", "A whole number or a fraction.", "整数或小数。"),
    Choice::new("Boolean", "`true` or `false`.", "取值 `true` 或 `false`。"),
    Choice::new(
        "Json",
        "A list or a map, given as such or as JSON text. What a `Ref` to it yields is not known before the stack \
         is made.",
        "列表或对象，可以直接写或用 JSON 文本。`Ref` 得到的结构在创建资源栈前无法得知。",
    ),
    Choice::new(
        "CommaDelimitedList",
        "Texts in one line, divided by commas. `Ref` yields a list.",
        "用逗号分隔的一行文本。`Ref` 得到列表。",
    ),
    Choice::new(
        "ALIYUN::OOS::Parameter::Value",
        "The name of a parameter in the OOS parameter store; the stack gets its value.",
        "OOS 参数仓库中普通参数的名称，资源栈取得其值。",
    ),
    Choice::new(
        "ALIYUN::OOS::SecretParameter::Value",
        "The name of an encrypted parameter in the OOS parameter store; the stack gets its value.",
        "OOS 参数仓库中加密参数的名称，资源栈取得其值。",
    ),
];

/// The parameter type of this name.
pub fn type_of(name: &str) -> Option<&'static Choice> {
    TYPES.iter().find(|known| known.name == name)
}

/// Types whose length can be limited: real templates do so for lists, too.
const WITH_LENGTH: &[&str] = &[
    "String",
    "Json",
    "CommaDelimitedList",
    "ALIYUN::OOS::Parameter::Value",
    "ALIYUN::OOS::SecretParameter::Value",
];

/// Attributes of a parameter.
pub const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "Type",
        shape: Shape::Literal,
        required: true,
        values: TYPES,
        closed: true,
        doc: Doc::new("What kind of value the parameter takes.", "参数值的类型。"),
        ..Attribute::NONE
    },
    Attribute {
        name: "Default",
        shape: Shape::Data,
        doc: Doc::new(
            "The value when none is given; it must satisfy the parameter's own constraints. `null` makes the \
             parameter optional: it is empty then, and not checked.",
            "未填写时的值，必须满足参数自身的约束。`null` 表示参数可以为空，且不做校验。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "AllowedValues",
        shape: Shape::List,
        doc: Doc::new(
            "The values to choose from. Every other value is refused.",
            "可选的值，其他值会被拒绝。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "AllowedPattern",
        shape: Shape::Literal,
        types: &["String"],
        doc: Doc::new(
            "A regular expression that the value must match. In JSON and in double quotes a backslash is written \
             twice.",
            "值必须匹配的正则表达式。在 JSON 和双引号中反斜杠要写两个。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "MinLength",
        shape: Shape::Integer,
        types: WITH_LENGTH,
        doc: Doc::new("The smallest number of characters.", "最少字符数。"),
        ..Attribute::NONE
    },
    Attribute {
        name: "MaxLength",
        shape: Shape::Integer,
        types: WITH_LENGTH,
        doc: Doc::new("The largest number of characters.", "最多字符数。"),
        ..Attribute::NONE
    },
    Attribute {
        name: "MinValue",
        shape: Shape::Number,
        types: &["Number"],
        doc: Doc::new("The smallest number allowed.", "允许的最小值。"),
        ..Attribute::NONE
    },
    Attribute {
        name: "MaxValue",
        shape: Shape::Number,
        types: &["Number"],
        doc: Doc::new("The largest number allowed.", "允许的最大值。"),
        ..Attribute::NONE
    },
    Attribute {
        name: "NoEcho",
        shape: Shape::Boolean,
        doc: Doc::new(
            "Whether the value is secret: it is shown as asterisks. Set it for passwords and keys.",
            "值是否保密：显示为星号。密码和密钥应设为 `true`。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Confirm",
        shape: Shape::Boolean,
        types: &["String"],
        doc: Doc::new(
            "Whether the console asks for the value twice. Only for a `String` with `NoEcho: true`.",
            "控制台是否要求输入两次。仅用于 `NoEcho: true` 的 `String` 参数。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Description",
        shape: Shape::Localized,
        doc: Doc::new(
            "What the parameter is for: a text, or one text a language under `en` and `zh-cn`.",
            "参数的用途：一段文本，或在 `en`、`zh-cn` 下各写一段。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "ConstraintDescription",
        shape: Shape::Localized,
        doc: Doc::new(
            "What the user is told when a value breaks a constraint; say here what is allowed.",
            "值不满足约束时给用户的提示，应说明允许的取值。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Label",
        shape: Shape::Localized,
        doc: Doc::new(
            "The name that the console shows instead of the parameter's own.",
            "控制台中代替参数名显示的名称。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Placeholder",
        shape: Shape::Localized,
        doc: Doc::new(
            "A hint that the console shows in the empty field.",
            "控制台在空输入框中显示的提示。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "AssociationProperty",
        shape: Shape::Literal,
        doc: Doc::new(
            "Which selector the console offers for the parameter, such as the user's VPCs for \
             `ALIYUN::ECS::VPC::VPCId`. Without effect outside the console.",
            "控制台为参数提供的选择器，例如 `ALIYUN::ECS::VPC::VPCId` 列出用户的专有网络。仅影响控制台。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "AssociationPropertyMetadata",
        shape: Shape::Map,
        doc: Doc::new(
            "Settings of the console's selector: filters, labels, when to show the field. `${Name}` follows the \
             value of another parameter (`$${Name}` in Terraform templates).",
            "控制台选择器的设置：筛选、标签、何时显示。`${Name}` 跟随另一个参数的值（Terraform 模板中写 `$${Name}`）。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "TextArea",
        shape: Shape::Boolean,
        types: &["String"],
        doc: Doc::new(
            "Whether the console offers a field of several lines.",
            "控制台是否提供多行输入框。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Required",
        shape: Shape::Boolean,
        doc: Doc::new(
            "Whether the console insists on a value. The service itself looks at `Default` only.",
            "控制台是否要求必须填写。服务本身只看 `Default`。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "ReadOnly",
        shape: Shape::Boolean,
        doc: Doc::new(
            "Whether the console shows the value without letting the user change it.",
            "控制台是否只显示该值而不允许修改。",
        ),
        ..Attribute::NONE
    },
];

#[cfg(test)]
mod tests {
    use super::super::doc::tests::check;
    use super::*;

    #[test]
    fn types_are_complete_unique_and_documented() {
        assert_eq!(TYPES.len(), 7);
        for known in TYPES {
            assert_eq!(type_of(known.name), Some(known));
            check(known.name, known.doc);
        }
        assert_eq!(type_of("Integer"), None);
        assert_eq!(type_of("string"), None);
    }

    #[test]
    fn attributes_name_types_that_exist() {
        for attribute in ATTRIBUTES {
            for name in attribute.types {
                assert!(type_of(name).is_some(), "{}: {name}", attribute.name);
            }
        }
    }
}
