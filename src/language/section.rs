//! The template's top-level sections.

use super::doc::{Choice, Doc, Shape};

/// The kinds of sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SectionKind {
    Version,
    Transform,
    Description,
    Metadata,
    Parameters,
    Mappings,
    Conditions,
    Rules,
    Locals,
    Resources,
    Outputs,
    Workspace,
}

/// A top-level section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    pub kind: SectionKind,
    /// The key that opens the section.
    pub name: &'static str,
    /// Every template must have it.
    pub required: bool,
    pub shape: Shape,
    /// The section has a meaning in templates with a Terraform transform.
    pub terraform: bool,
    pub doc: Doc,
}

/// The only version of the language there is.
pub const VERSION: &str = "2015-09-01";

/// All sections in the order of [`SectionKind`], which is also a good order for a template.
pub const ALL: [Section; 12] = [
    Section {
        kind: SectionKind::Version,
        name: "ROSTemplateFormatVersion",
        required: true,
        shape: Shape::Literal,
        terraform: true,
        doc: Doc::new(
            "The version of the template language. There is one: `2015-09-01`. Write it in quotes, or YAML makes a \
             date of it.",
            "模板语言的版本，目前只有 `2015-09-01`。请加引号，否则 YAML 会把它当成日期。",
        ),
    },
    Section {
        kind: SectionKind::Transform,
        name: "Transform",
        required: false,
        shape: Shape::Literal,
        terraform: true,
        doc: Doc::new(
            "Names the preprocessor that turns this template into an ordinary one: Serverless resources, or \
             Terraform code in `Workspace`. Must be written out; no function and no parameter may stand here.",
            "指定先用哪种转换处理模板：Serverless 资源，或 `Workspace` 中的 Terraform 代码。必须是字面值，不能用函数或参数。",
        ),
    },
    Section {
        kind: SectionKind::Description,
        name: "Description",
        required: false,
        shape: Shape::Localized,
        terraform: true,
        doc: Doc::new(
            "What the template is for: a text, or one text a language under `en` and `zh-cn`.",
            "模板的用途说明：一段文本，或在 `en`、`zh-cn` 下各写一段。",
        ),
    },
    Section {
        kind: SectionKind::Metadata,
        name: "Metadata",
        required: false,
        shape: Shape::Map,
        terraform: true,
        doc: Doc::new(
            "Information for tools, not for the stack. `ALIYUN::ROS::Interface` tells the console how to group and \
             label the parameters.",
            "供工具使用的信息，不影响资源栈。`ALIYUN::ROS::Interface` 告诉控制台如何对参数分组和命名。",
        ),
    },
    Section {
        kind: SectionKind::Parameters,
        name: "Parameters",
        required: false,
        shape: Shape::Map,
        terraform: true,
        doc: Doc::new(
            "The values that are asked for when a stack is created or updated, each with a type and constraints. \
             Read one with `Ref`.",
            "创建或更新资源栈时需要填写的值，每个参数有类型和约束。用 `Ref` 读取。",
        ),
    },
    Section {
        kind: SectionKind::Mappings,
        name: "Mappings",
        required: false,
        shape: Shape::Map,
        terraform: false,
        doc: Doc::new(
            "Fixed tables with two levels of keys, for values that depend on a region or a size. Read one with \
             `Fn::FindInMap`; no function may stand inside.",
            "两级键的固定表，适合随地域或规格变化的值。用 `Fn::FindInMap` 读取，其中不能使用函数。",
        ),
    },
    Section {
        kind: SectionKind::Conditions,
        name: "Conditions",
        required: false,
        shape: Shape::Map,
        terraform: false,
        doc: Doc::new(
            "Named yes-or-no questions about the parameters. A resource or output with `Condition` exists only when \
             its condition holds, and `Fn::If` chooses between two values.",
            "关于参数的命名判断。带 `Condition` 的资源或输出只在条件成立时存在，`Fn::If` 据此二选一。",
        ),
    },
    Section {
        kind: SectionKind::Rules,
        name: "Rules",
        required: false,
        shape: Shape::Map,
        terraform: true,
        doc: Doc::new(
            "Checks on parameter values that one parameter's own constraints can't express. A stack is created or \
             updated only if all assertions hold.",
            "单个参数的约束无法表达的取值检查。所有断言都成立时才会创建或更新资源栈。",
        ),
    },
    Section {
        kind: SectionKind::Locals,
        name: "Locals",
        required: false,
        shape: Shape::Map,
        terraform: false,
        doc: Doc::new(
            "Names for expressions that are used more than once, and data sources to query. Read one with `Ref`; \
             `Fn::Sub` can't.",
            "为多次使用的表达式命名，也可声明要查询的数据源。用 `Ref` 读取，`Fn::Sub` 中不能引用。",
        ),
    },
    Section {
        kind: SectionKind::Resources,
        name: "Resources",
        required: false,
        shape: Shape::Map,
        terraform: false,
        doc: Doc::new(
            "What the stack consists of: each entry is one resource with its `Type` and `Properties`, under a name \
             that the rest of the template refers to.",
            "资源栈的组成：每一项是一个资源，包含 `Type` 和 `Properties`，其名称供模板其他部分引用。",
        ),
    },
    Section {
        kind: SectionKind::Outputs,
        name: "Outputs",
        required: false,
        shape: Shape::Map,
        terraform: true,
        doc: Doc::new(
            "What the stack tells its user when it is done, such as addresses and ids. Other stacks can read the \
             values with `Fn::GetStackOutput` or through a nested stack.",
            "资源栈完成后返回给用户的信息，例如地址和 ID。其他资源栈可用 `Fn::GetStackOutput` 或通过嵌套栈读取。",
        ),
    },
    Section {
        kind: SectionKind::Workspace,
        name: "Workspace",
        required: false,
        shape: Shape::Map,
        terraform: true,
        doc: Doc::new(
            "The Terraform files of a template with a Terraform transform: relative path to file content.",
            "使用 Terraform 转换的模板中的 Terraform 文件：键为相对路径，值为文件内容。",
        ),
    },
];

/// Values of `Transform`. Further Terraform versions exist: see [`is_transform`].
pub const TRANSFORMS: &[Choice] = &[
    Choice::new(
        "Aliyun::Serverless-2018-04-03",
        "The template declares functions and their triggers as `Aliyun::Serverless::*` resources.",
        "模板用 `Aliyun::Serverless::*` 资源声明函数及其触发器。",
    ),
    Choice::new(
        "Aliyun::Terraform-v1.5",
        "The resources are Terraform 1.5 code in `Workspace`.",
        "资源由 `Workspace` 中的 Terraform 1.5 代码定义。",
    ),
    Choice::new(
        "Aliyun::Terraform-v1.2",
        "The resources are Terraform 1.2 code in `Workspace`.",
        "资源由 `Workspace` 中的 Terraform 1.2 代码定义。",
    ),
    Choice::new(
        "Aliyun::Terraform-v1.1",
        "The resources are Terraform 1.1 code in `Workspace`.",
        "资源由 `Workspace` 中的 Terraform 1.1 代码定义。",
    ),
    Choice::new(
        "Aliyun::Terraform-v1.0",
        "The resources are Terraform 1.0 code in `Workspace`.",
        "资源由 `Workspace` 中的 Terraform 1.0 代码定义。",
    ),
    Choice::new(
        "Aliyun::Terraform-v0.15",
        "The resources are Terraform 0.15 code in `Workspace`.",
        "资源由 `Workspace` 中的 Terraform 0.15 代码定义。",
    ),
    Choice::new(
        "Aliyun::Terraform-v0.12",
        "The resources are Terraform 0.12 code in `Workspace`.",
        "资源由 `Workspace` 中的 Terraform 0.12 代码定义。",
    ),
];

/// An old name of a Terraform transform, still accepted; not worth offering.
const OLD_TRANSFORM: &str = "Aliyun::Terraform-2020-06-18";

/// Whether the service may know this value of `Transform`: a listed one, the old one, or any version of Terraform or
/// OpenTofu, such as `Aliyun::OpenTofu-v1.8`.
pub fn is_transform(value: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    value == OLD_TRANSFORM
        || TRANSFORMS.iter().any(|transform| transform.name == value)
        || ["Aliyun::Terraform-v", "Aliyun::OpenTofu-v"]
            .into_iter()
            .find_map(|start| value.strip_prefix(start))
            .and_then(|version| version.split_once('.'))
            .is_some_and(|(major, minor)| digits(major) && digits(minor))
}

impl SectionKind {
    /// In the order of the enum.
    pub const ALL: [SectionKind; 12] = [
        SectionKind::Version,
        SectionKind::Transform,
        SectionKind::Description,
        SectionKind::Metadata,
        SectionKind::Parameters,
        SectionKind::Mappings,
        SectionKind::Conditions,
        SectionKind::Rules,
        SectionKind::Locals,
        SectionKind::Resources,
        SectionKind::Outputs,
        SectionKind::Workspace,
    ];

    /// What is known of the section.
    pub fn section(self) -> &'static Section {
        static SECTIONS: [Section; 12] = ALL;
        &SECTIONS[self as usize]
    }

    /// The key that opens the section.
    pub fn name(self) -> &'static str {
        self.section().name
    }

    /// The section that a key opens.
    pub fn of(name: &str) -> Option<SectionKind> {
        SectionKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::super::doc::tests::check;
    use super::*;

    #[test]
    fn each_kind_has_its_section() {
        for (kind, section) in SectionKind::ALL.into_iter().zip(&ALL) {
            assert_eq!(kind.section(), section);
            assert_eq!(section.kind, kind);
            assert_eq!(SectionKind::of(section.name), Some(kind));
            check(section.name, section.doc);
        }
        assert_eq!(SectionKind::of("resources"), None);
        assert_eq!(SectionKind::of("Resource"), None);
    }

    #[test]
    fn only_the_version_is_required() {
        let required: Vec<_> = ALL.iter().filter(|section| section.required).collect();
        assert_eq!(required.len(), 1);
        assert_eq!(required[0].kind, SectionKind::Version);
    }

    #[test]
    fn transforms() {
        for transform in TRANSFORMS {
            assert!(is_transform(transform.name));
            check(transform.name, transform.doc);
        }
        assert!(is_transform("Aliyun::Terraform-v1.9"));
        assert!(is_transform("Aliyun::Terraform-2020-06-18"));
        assert!(!is_transform("Aliyun::Terraform-v1"));
        assert!(!is_transform("Aliyun::Terraform-v1."));
        assert!(!is_transform("Aliyun::Terraform-v1.5.7"));
        assert!(!is_transform("Aliyun::Serverless"));
        assert!(!is_transform("AWS::Serverless-2016-10-31"));
    }
}
