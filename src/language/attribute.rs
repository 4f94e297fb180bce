//! Attributes of section entries: what may stand inside a resource, an output, a local, a rule. Those of parameters
//! are in [`super::parameter`].

use super::doc::{Choice, Doc, Shape};

pub use super::parameter::ATTRIBUTES as PARAMETER;

/// An attribute of a section entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// Values worth offering.
    pub values: &'static [Choice],
    /// Whether every other value is wrong.
    pub closed: bool,
    /// Types of the entry that the attribute belongs to; `X::` stands for all that start so. Empty: all types.
    pub types: &'static [&'static str],
    pub doc: Doc,
}

impl Attribute {
    pub(super) const NONE: Attribute = Attribute {
        name: "",
        shape: Shape::Data,
        required: false,
        values: &[],
        closed: false,
        types: &[],
        doc: Doc::NONE,
    };

    /// Whether the attribute belongs to entries of this type.
    pub fn applies_to(&self, type_name: &str) -> bool {
        self.types.is_empty()
            || self.types.iter().any(|known| match known.ends_with("::") {
                true => type_name.starts_with(known),
                false => type_name == *known,
            })
    }
}

/// Attributes of a resource.
pub const RESOURCE: &[Attribute] = &[
    Attribute {
        name: "Type",
        shape: Shape::Literal,
        required: true,
        doc: Doc::new(
            "What kind of resource this is, such as `ALIYUN::ECS::VPC`. Must be written out.",
            "资源的类型，例如 `ALIYUN::ECS::VPC`。必须是字面值。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Properties",
        shape: Shape::Map,
        doc: Doc::new(
            "How the resource is to be made. The type says which properties there are; every value may be a function.",
            "资源的配置。可用的属性由类型决定，每个值都可以是函数。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "DependsOn",
        shape: Shape::LiteralOrList,
        doc: Doc::new(
            "Resources that must exist before this one is made: a name or a list of names. Not needed for resources \
             that `Ref` or `Fn::GetAtt` already reads.",
            "必须先于本资源创建的资源：一个名称或名称列表。已经用 `Ref` 或 `Fn::GetAtt` 引用的资源无需再写。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Condition",
        shape: Shape::ConditionName,
        doc: Doc::new(
            "A name from `Conditions`: the resource is made only if that condition holds.",
            "`Conditions` 中的名称：仅当该条件成立时才创建资源。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Count",
        shape: Shape::Count,
        doc: Doc::new(
            "How many copies to make, 0 included. References to the resource become lists, and `ALIYUN::Index` in \
             its properties is the number of the copy. Adding `Count` to a resource of a living stack replaces it.",
            "创建多少个副本，可以为 0。对该资源的引用变为列表，属性中的 `ALIYUN::Index` 是副本序号。\
             给已有资源栈中的资源添加 `Count` 会导致其被替换。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "DeletionPolicy",
        shape: Shape::Literal,
        values: DELETION_POLICIES,
        closed: true,
        doc: Doc::new(
            "What happens to the real resource when it leaves the stack: `Delete` (usual) or `Retain`.",
            "资源离开资源栈时如何处理实际资源：`Delete`（默认）或 `Retain`。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Metadata",
        shape: Shape::Map,
        doc: Doc::new(
            "Notes for tools, such as the place of the resource in a drawing. Without effect on the stack.",
            "供工具使用的附加信息，例如资源在图中的位置，对资源栈没有影响。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Description",
        shape: Shape::Literal,
        doc: Doc::new("What the resource is for.", "资源的用途说明。"),
        ..Attribute::NONE
    },
    Attribute {
        name: "Version",
        shape: Shape::Literal,
        values: MODULE_VERSIONS,
        types: &["MODULE::"],
        doc: Doc::new(
            "Which version of a module to use: `default`, `latest`, or `v` and a number. Only for `MODULE::` types.",
            "使用模块的哪个版本：`default`、`latest`，或 `v` 加数字。仅用于 `MODULE::` 类型。",
        ),
        ..Attribute::NONE
    },
];

/// Values of `DeletionPolicy`.
pub const DELETION_POLICIES: &[Choice] = &[
    Choice::new(
        "Delete",
        "The resource is deleted with the stack. The default.",
        "资源随资源栈一起删除。默认值。",
    ),
    Choice::new(
        "Retain",
        "The resource stays, without a stack.",
        "资源保留，不再属于资源栈。",
    ),
];

const MODULE_VERSIONS: &[Choice] = &[
    Choice::new(
        "default",
        "The version that the module's owner has made the default.",
        "模块所有者设置的默认版本。",
    ),
    Choice::new("latest", "The newest version.", "最新版本。"),
    Choice::new("v1", "A fixed version.", "固定版本。"),
];

/// Attributes of an output.
pub const OUTPUT: &[Attribute] = &[
    Attribute {
        name: "Value",
        shape: Shape::Expression,
        required: true,
        doc: Doc::new(
            "What the output returns, mostly a function that reads a resource.",
            "输出的值，通常是读取资源的函数。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Description",
        shape: Shape::Localized,
        doc: Doc::new(
            "What the value means: a text, or one text a language under `en` and `zh-cn`.",
            "值的含义：一段文本，或在 `en`、`zh-cn` 下各写一段。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Label",
        shape: Shape::Localized,
        doc: Doc::new(
            "The name that the console shows instead of the output's own.",
            "控制台中代替输出名称显示的名称。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Condition",
        shape: Shape::ConditionName,
        doc: Doc::new(
            "A name from `Conditions`: the output exists only if that condition holds. Give it to outputs of \
             resources that have a condition.",
            "`Conditions` 中的名称：仅当该条件成立时才有此输出。读取带条件的资源时应写上。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "NoEcho",
        shape: Shape::Boolean,
        doc: Doc::new(
            "Whether queries of the stack show the value as asterisks.",
            "查询资源栈时是否用星号代替该值。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Export",
        shape: Shape::Map,
        doc: Doc::new(
            "A `Name` to publish the value under. The ROS CDK writes it; no page of the service describes it.",
            "以 `Name` 指定的名称导出该值。由 ROS CDK 生成，服务文档没有说明。",
        ),
        ..Attribute::NONE
    },
];

/// Attributes of a local.
pub const LOCAL: &[Attribute] = &[
    Attribute {
        name: "Type",
        shape: Shape::Literal,
        values: LOCAL_TYPES,
        doc: Doc::new(
            "How the local is read: `Macro` (the default), `Eval`, or the name of a `DATASOURCE::` type to query.",
            "局部变量的方式：`Macro`（默认）、`Eval`，或要查询的 `DATASOURCE::` 类型名。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Value",
        shape: Shape::Expression,
        types: &["Macro", "Eval"],
        doc: Doc::new(
            "The expression that the name stands for. Required unless the local is a data source.",
            "名称所代表的表达式。除数据源外必须填写。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Properties",
        shape: Shape::Map,
        types: &["DATASOURCE::"],
        doc: Doc::new(
            "What to query, for a local that is a data source.",
            "数据源类型局部变量的查询条件。",
        ),
        ..Attribute::NONE
    },
];

/// Values of a local's `Type`, besides data sources.
pub const LOCAL_TYPES: &[Choice] = &[
    Choice::new(
        "Macro",
        "The expression is put in place of every reference, as if it stood there.",
        "在每个引用处代入表达式，如同直接写在那里。",
    ),
    Choice::new(
        "Eval",
        "The expression is computed first, from parameters and other locals only.",
        "先求值再引用，只能使用参数和其他局部变量。",
    ),
];

/// Attributes of a rule.
pub const RULE: &[Attribute] = &[
    Attribute {
        name: "RuleCondition",
        shape: Shape::Condition,
        doc: Doc::new(
            "When the assertions count. Without it they always do.",
            "断言在何时生效。不写则始终生效。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "Assertions",
        shape: Shape::List,
        required: true,
        doc: Doc::new(
            "What must hold: a list of `Assert` with `AssertDescription`, at most 100.",
            "必须成立的条件：由 `Assert` 和 `AssertDescription` 组成的列表，最多 100 条。",
        ),
        ..Attribute::NONE
    },
];

/// Attributes of an item of a rule's `Assertions`.
pub const ASSERTION: &[Attribute] = &[
    Attribute {
        name: "Assert",
        shape: Shape::Condition,
        required: true,
        doc: Doc::new(
            "The condition that must hold. It may read parameters, but no data source.",
            "必须成立的条件。可以读取参数，不能依赖数据源。",
        ),
        ..Attribute::NONE
    },
    Attribute {
        name: "AssertDescription",
        shape: Shape::Literal,
        doc: Doc::new(
            "What the user is told when the condition does not hold.",
            "条件不成立时给用户的提示。",
        ),
        ..Attribute::NONE
    },
];

/// The attribute of a resource with this name.
pub fn resource(name: &str) -> Option<&'static Attribute> {
    find(RESOURCE, name)
}

/// The attribute of a parameter with this name.
pub fn parameter(name: &str) -> Option<&'static Attribute> {
    find(PARAMETER, name)
}

/// The attribute of an output with this name.
pub fn output(name: &str) -> Option<&'static Attribute> {
    find(OUTPUT, name)
}

/// The attribute of a local with this name.
pub fn local(name: &str) -> Option<&'static Attribute> {
    find(LOCAL, name)
}

/// The attribute of a rule with this name.
pub fn rule(name: &str) -> Option<&'static Attribute> {
    find(RULE, name)
}

/// The attribute of a rule's assertion with this name.
pub fn assertion(name: &str) -> Option<&'static Attribute> {
    find(ASSERTION, name)
}

fn find(table: &'static [Attribute], name: &str) -> Option<&'static Attribute> {
    table.iter().find(|attribute| attribute.name == name)
}

#[cfg(test)]
mod tests {
    use super::super::doc::tests::check;
    use super::*;

    const TABLES: [(&str, &[Attribute], usize); 6] = [
        ("parameter", PARAMETER, 19),
        ("resource", RESOURCE, 9),
        ("output", OUTPUT, 6),
        ("local", LOCAL, 3),
        ("rule", RULE, 2),
        ("assertion", ASSERTION, 2),
    ];

    #[test]
    fn tables_are_complete_unique_and_documented() {
        for (name, table, count) in TABLES {
            assert_eq!(table.len(), count, "{name}");
            for attribute in table {
                assert_eq!(find(table, attribute.name), Some(attribute), "names are unique");
                check(attribute.name, attribute.doc);
                for value in attribute.values {
                    check(value.name, value.doc);
                }
                assert!(
                    !attribute.closed || !attribute.values.is_empty(),
                    "{}",
                    attribute.name
                );
            }
        }
    }

    #[test]
    fn lookups() {
        assert!(resource("DependsOn").is_some_and(|found| found.shape == Shape::LiteralOrList));
        assert!(resource("DepensOn").is_none());
        assert!(resource("Value").is_none());
        assert!(output("Value").is_some_and(|found| found.required));
        assert!(local("Properties").is_some());
        assert!(rule("Assertions").is_some() && rule("Assert").is_none());
        assert!(assertion("Assert").is_some());
        assert!(parameter("NoEcho").is_some());
    }

    #[test]
    fn attributes_belong_to_types() {
        let version = resource("Version").unwrap();
        assert!(version.applies_to("MODULE::My::Network::Vpc"));
        assert!(!version.applies_to("ALIYUN::ECS::VPC"));
        let pattern = parameter("AllowedPattern").unwrap();
        assert!(pattern.applies_to("String"));
        assert!(!pattern.applies_to("ALIYUN::OOS::Parameter::Value"));
        assert!(parameter("Default").unwrap().applies_to("Json"));
        assert!(local("Value").unwrap().applies_to("Macro"));
        assert!(!local("Value").unwrap().applies_to("DATASOURCE::ECS::Instances"));
    }
}
