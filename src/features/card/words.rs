//! The words that cards are made of, in English and in Chinese. `{}` stands for a name, a number, a list.

use crate::language::Doc;

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        $(pub(crate) const $name: Doc = Doc::new($en, $zh);)*
        #[cfg(test)]
        pub(super) const ALL: &[Doc] = &[$($name),*];
    };
}

words! {
    RESOURCE_TYPE: "resource type", "资源类型";
    DATA_SOURCE: "data source", "数据源";
    WORKSPACE: "workspace", "工作区";
    PROPERTIES_UNKNOWN: "Its properties are not known: they are not checked.", "属性未知，不做检查。";
    REFERENCE: "`Ref` gives", "`Ref` 返回";
    RETIRED: "known from old documentation only", "仅见于旧文档";
    REQUIRED: "required", "必填";
    OPTIONAL: "optional", "可选";
    EDITABLE: "can be updated", "允许更新";
    FIXED: "can't be updated", "不允许更新";
    VALUE_OF: "value of {}", "{} 的取值";
    ONE_ITEM: "item", "列表项";
    ENTRY_OF: "entry of {}", "{} 的键值";
    ATTRIBUTE_OF: "attribute of {}", "{} 的返回值";
    THE_DEFAULT: "the default", "默认值";
    UNKNOWN: "not known", "未知";
    LIST_OF: "list of {}", "{} 列表";
    MAP_OF: "map of {}", "{} 映射";

    REQUIRED_NAMES: "Required", "必填";
    OPTIONAL_NAMES: "Optional", "可选";
    ATTRIBUTES: "Attributes", "返回值";
    DEFAULT: "Default", "默认值";
    VALUES: "Values", "可选值";
    OTHERS: "Others", "其他可选值";
    RANGE: "Range", "取值范围";
    UNIT: "Unit", "单位";
    LENGTH: "Length", "长度";
    PATTERN: "Pattern", "格式";
    VALIDITY: "Validity", "约束";
    ITEM: "Item: {}", "列表项{}";
    RULE: "Rule", "限制";

    BETWEEN: "{} to {}", "{} 至 {}";
    AT_LEAST: "at least {}", "不小于 {}";
    AT_MOST: "at most {}", "不超过 {}";
    CHARACTERS: "{} characters", "{} 个字符";
    ITEMS: "{} items", "{} 项";
    MORE: " and {} more", " 等，另有 {} 个";
    OR: " or ", " 或 ";
    NO_START: "must not begin with {}", "不能以 {} 开头";
    REQUIRED_IF: "required if {}", "{} 时必填";
    IS: "{} is {}", "{} 为 {}";
    NOT_WITH: "not together with {}", "不能与 {} 同时使用";

    THEN: ", then ", "，然后是 ";
    COMMA: ", ", "、";
    ONE_OF: "one of {}", "1 个{}";
    ANY_OF: "any number of {}", "任意个{}";
    MANY_OF: "{} of {}", "{} 个{}";
    LETTERS: "letters", "字母";
    LOWER_CASE: "lower-case letters", "小写字母";
    UPPER_CASE: "upper-case letters", "大写字母";
    DIGITS: "digits", "数字";
    CHINESE: "Chinese characters", "汉字";

    PARAMETER: "parameter", "参数";
    MAPPING: "mapping", "映射";
    CONDITION: "condition", "条件";
    RULE_DECLARED: "rule", "规则";
    LOCAL: "local", "局部变量";
    RESOURCE: "resource", "资源";
    OUTPUT: "output", "输出";
    METADATA: "metadata", "元数据";
    INTERFACE: "interface", "界面元数据";
    ASSERTION: "assertion", "断言";
    KEY_OF: "key of {}", "{} 的键";
    VARIABLE_OF: "variable of {}", "{} 的变量";
    VALUE: "Value", "值";
    KEYS: "Keys", "键";
    SET_HERE: "Set here", "已设置";

    SECTION: "section", "模板部分";
    KIND_ATTRIBUTE: "{} attribute", "{}的属性";
    TRANSFORM: "transform", "转换";
    LOCAL_TYPE: "kind of local", "局部变量类型";
    PARAMETER_TYPE: "parameter type", "参数类型";
    PSEUDO_PARAMETER: "pseudo parameter", "伪参数";
    ASSOCIATION_PROPERTY: "association property", "关联属性";
    DEPRECATED: "deprecated", "已弃用";
    INSTEAD: "Instead", "替代";
    ASSOCIATION_METADATA: "association metadata", "关联属性元数据";

    PROPERTIES: "Properties (* required):", "属性（* 必填）：";
    DOCUMENTATION: "Documentation", "官方文档";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn both_languages_have_the_same_holes() {
        for word in ALL {
            let holes = |text: &str| text.matches("{}").count();
            assert_eq!(holes(word.en), holes(word.zh), "{}", word.en);
            assert!(!word.en.is_empty() && !word.zh.is_empty(), "{}", word.en);
        }
    }
}
