//! Pictures of pages: the shapes that real ones have, in words of our own, and all that is read from them.

use super::*;
use crate::catalog::Property;
use crate::catalog::prose::TypeProse;
use expect_test::{Expect, expect};
use std::fmt::Write;

/// Everything that a page says, a property a line: path, kind, required (`!`), editable (`~`), facts, texts.
fn picture(page: &Page) -> String {
    let mut out = String::new();
    for Described { facts, prose } in &page.types {
        writeln!(out, "{}: {}", facts.name, prose.description).expect("memory");
        properties(&mut out, &facts.properties, "", prose);
        for attribute in &facts.attributes {
            let text = prose.attributes.get(&attribute.name).map_or("", String::as_str);
            writeln!(out, "  @{}: {}", attribute.name, text.replace('\n', "⏎")).expect("memory");
        }
    }
    for problem in &page.problems {
        writeln!(out, "{}:{}: {}", problem.file, problem.line, problem.message).expect("memory");
    }
    out
}

fn properties(out: &mut String, all: &[Property], above: &str, prose: &TypeProse) {
    for property in all {
        let path = format!("{above}{}", property.name);
        let mut line = format!("  {path} {}", property.kind.name());
        if let Some(item) = property.item_kind {
            write!(line, " of {}", item.name()).expect("memory");
        }
        line.push_str(if property.required { " !" } else { "" });
        line.push_str(match property.editable {
            Some(true) => " ~",
            Some(false) => "",
            None => " ?",
        });
        let item = property.item.as_deref().unwrap_or(property);
        if !item.values.is_empty() {
            let words: Vec<&str> = item.values.iter().map(|value| value.value.as_str()).collect();
            write!(line, " [{}]", words.join(" ")).expect("memory");
        }
        if let Some(default) = &property.default {
            write!(line, " ={default}").expect("memory");
        }
        if property.min.is_some() || property.max.is_some() {
            write!(line, " {}..{}", bound(property.min), bound(property.max)).expect("memory");
        }
        if let Some(unit) = &property.unit {
            write!(line, " {unit}").expect("memory");
        }
        if property.min_length.is_some() || property.max_length.is_some() {
            write!(
                line,
                " #{}..{}",
                bound(property.min_length),
                bound(property.max_length)
            )
            .expect("memory");
        }
        for start in &property.bad_starts {
            write!(line, " not:{start}").expect("memory");
        }
        for condition in &property.required_if {
            write!(line, " if:{}={}", condition.property, condition.values.join("/")).expect("memory");
        }
        for name in &property.not_with {
            write!(line, " without:{name}").expect("memory");
        }
        if let Some(said) = prose.properties.get(&path) {
            write!(line, " “{}” “{}”", said.description, said.constraint).expect("memory");
            for value in &said.values {
                write!(line, " {}→{}", value.value, value.meaning).expect("memory");
            }
        }
        writeln!(out, "{}", line.replace('\n', "⏎")).expect("memory");
        properties(out, &property.properties, &format!("{path}."), prose);
    }
}

fn bound<N: ToString>(bound: Option<N>) -> String {
    bound.map_or_else(|| "…".to_owned(), |bound| bound.to_string())
}

fn check(page: &str, expected: &Expect) {
    expected.assert_eq(&picture(&read(page, "page.md")));
}

/// A page of one table, in the usual columns.
fn table(rows: &str) -> String {
    format!(
        "# ALIYUN::X::Thing\n\n## Properties\n\n|Property|Type|Required|Editable|Description|Constraint|\n\
         |--------|----|--------|--------|-----------|----------|\n{rows}"
    )
}

/// The same in Chinese.
fn table_zh(rows: &str) -> String {
    format!(
        "# ALIYUN::X::Thing\n\n## 属性\n\n|属性名称|类型|必须|允许更新|描述|约束|\n|----|--|--|----|--|--|\n{rows}"
    )
}

// Ten shapes that are hard to read.

#[test]
fn a_bar_in_the_description_and_cases_in_nested_bullets() {
    check(
        &table(
            "|Size|Integer|No|No|How big it is.\n\n|Valid values:\n\n-   If From is not set:\n    -   Valid values for plain ones: 5 to 10.\n\n\
             Default value: 5.\n\n    -   Valid values for other ones: 20 to 30.\n\nDefault value: 20.\n\n-   If From is set, it is \
             at least as big.\n\n Unit: GiB. |\n|Kind|String|No|No|The kind.|Say so if you want. Valid values:\n\n -   own\n-   other |\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              Size integer GiB “How big it is.” “Valid values:⏎⏎- If From is not set:⏎    - Valid values for plain ones: 5 to 10.⏎⏎Default value: 5.⏎⏎    - Valid values for other ones: 20 to 30.⏎⏎Default value: 20.⏎⏎- If From is set, it is at least as big.⏎⏎Unit: GiB.”
              Kind string [own other] “The kind.” “Say so if you want. Valid values:⏎⏎- own⏎- other”
        "#]],
    );
}

#[test]
fn forms_of_one_property_in_tables_of_their_own() {
    check(
        "# ALIYUN::X::Trigger\n\nA trigger.\n\n## Properties\n\n|Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n\
         |Config|Map|Yes|Yes|How it fires.|It depends on the kind.|\n\n## time-Config syntax\n\n```\n\"Config\": {\n  \"Cron\": String\n}\n```\n\n\
         ## time-Config properties\n\n|Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n|Cron|String|Yes|No|When.|None|\n\
         |Enabled|Boolean|Yes|Yes|Whether.|Valid values: -   true\n-   false |\n\n## mns\\_topic-Config properties\n\n\
         |Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n|Filter|Map|No|Yes|What to leave out.|Example:\n\n```\n\"Filter\": {\n  \"A|B\": 1\n}\n``` |\n\
         |Enabled|Boolean|Yes|Yes|Whether.|None|\n",
        &expect![[r#"
            ALIYUN::X::Trigger: A trigger.
              Config object ! ~ “How it fires.” “It depends on the kind.”
              Config.Cron string “When.” “”
              Config.Enabled boolean ~ “Whether.” “Valid values:⏎⏎- true⏎- false”
              Config.Filter map ~ “What to leave out.” “Example:⏎⏎```⏎"Filter": {⏎  "A|B": 1⏎}⏎```”
        "#]],
    );
}

#[test]
fn a_title_in_bold_and_a_table_linked_from_there() {
    check(
        "# ALIYUN::X::Role\n\n## Properties\n\n|Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n\
         |Document|Map|Yes|Yes|Who may.|For more information, see [Document properties](#section_a).|\n\n## Document properties\n\n\
         |Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n|Statement|List|Yes|No|The rules.|None|\n\n\
         **Statement syntax**\n\n```\n\"Statement\": [\n  {\"Principal\": Map}\n]\n```\n\n**Statement properties**\n\n\
         |Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n|Effect|String|No|No|What then.|Valid values:-   Allow: It may.\n-   Deny: It must not. |\n\
         |Principal|Map|No|No|Who.|For more information, see [Principal properties](#section_b).|\n\n## Principal properties\n\n\
         |Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n|Service|List|No|No|Which service.|None|\n",
        &expect![[r#"
            ALIYUN::X::Role: 
              Document object ! ~ “Who may.” “For more information, see Document properties.”
              Document.Statement list of object ! “The rules.” “”
              Document.Statement.Effect string [Allow Deny] “What then.” “Valid values:⏎⏎- Allow: It may.⏎- Deny: It must not.” Allow→It may. Deny→It must not.
              Document.Statement.Principal object “Who.” “For more information, see Principal properties.”
              Document.Statement.Principal.Service list “Which service.” “”
        "#]],
    );
}

#[test]
fn a_table_under_another_name_is_known_by_link_or_syntax() {
    check(
        "# ALIYUN::X::Site\n\n## Properties\n\n|Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n\
         |Places|List|No|Yes|From where.|See [Towns properties](#section_run).|\n|Times|List|No|Yes|When.|None|\n\n\
         ## Places syntax\n\n```\n\"Places\": [\n  {\"Town\": String}\n]\n```\n\n## Towns properties\n\n\
         |Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n|Town|String|Yes|No|The town.|None|\n\n\
         ## Times syntax\n\n```\n\"Times\": [\n```\n\n## About hours\n\n\
         |Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n|Hour|Integer|Yes|No|The hour.|None|\n\n\
         ## Lost properties\n\n|Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n|A|String|Yes|No|a|None|\n",
        &expect![[r#"
            ALIYUN::X::Site: 
              Places list of object ~ “From where.” “See Towns properties.”
              Places.Town string ! “The town.” “”
              Times list of object ~ “When.” “”
              Times.Hour integer ! “The hour.” “”
            page.md:36: no row belongs to the table under `Lost properties`: no property has this name
        "#]],
    );
}

#[test]
fn a_table_without_rule_and_constraint() {
    check(
        "# ALIYUN::X::App {#concept_1 .concept}\n\nAn app.\n\n## Properties { .section}\n\n|Name|Type|Required|Update allowed|Description|\n\
         |AppName|string|Yes|Yes|Its name. It must contain 4 to 15 characters.|\n|Description|string|No|Yes|Words， up to 180 characters|\n\n\
         ## Response value { .section}\n\n**Fn::GetAtt**\n\n-   AppKey: the key.\n-   AppId. The ID.\n",
        &expect![[r#"
            ALIYUN::X::App: An app.
              AppName string ! ~ #4..15 “Its name. It must contain 4 to 15 characters.” “”
              Description string ~ #…..180 “Words， up to 180 characters” “”
              @AppId: The ID.
              @AppKey: the key.
        "#]],
    );
}

#[test]
fn no_column_for_editable_and_a_misspelt_title() {
    check(
        "# ALIYUN::X::Bucket\n\n## Properties {#section_1 .section}\n\n|Name|Type|Required|Description|Constraint|\n|Access|string|No|Who.|Value options: private, public-read, and public-read-write.|\n\
         |LoggingConfiguration|map|No|Logs.|N/A|\n\n## LoggingConfiguration propertoes { .section}\n\n|Name|Type|Required|Description|Constraint|\n|TargetPrefix|string|No|How logs begin.|N/A|\n",
        &expect![[r#"
            ALIYUN::X::Bucket: 
              Access string ? [private public-read public-read-write] “Who.” “Value options: private, public-read, and public-read-write.”
              LoggingConfiguration object ? “Logs.” “”
              LoggingConfiguration.TargetPrefix string ? “How logs begin.” “”
        "#]],
    );
}

#[test]
fn tables_of_something_else() {
    check(
        &(table("|Functions|List|Yes|No|What it does.|None|\n")
            + "\n## Functions\n\n|Name|Description|Parameter|\n|----|----|----|\n|gzip|Smaller.| -   enable: on or off |\n\n\
               ## Codes\n\n|Region|Code|\n|----|----|\n|North|N1|\n"),
        &expect![[r#"
            ALIYUN::X::Thing: 
              Functions list ! “What it does.” “”
        "#]],
    );
}

#[test]
fn a_password_with_bars_and_a_list_with_bars() {
    check(
        &table(
            "|Password|String|No|Yes|The password.|The password must be 8 to 30 characters in length. Special characters include \\( \\) \\` ! @ | { } \\[ \\].|\n\
             |Format|String|No|No|The format.|Valid values: JSON|XML|TEXT.|\n|Next|String|Yes|No|Behind it.|None|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              Password string ~ #8..30 “The password.” “The password must be 8 to 30 characters in length. Special characters include ( ) \` ! @|{ } [ ].”
              Format string [JSON XML TEXT] “The format.” “Valid values: JSON|XML|TEXT.”
              Next string ! “Behind it.” “”
        "#]],
    );
}

#[test]
fn attributes_with_lists_and_code() {
    check(
        "# ALIYUN::X::Stack\n\n## Properties\n\nNone\n\n## Response parameters\n\n**FN::GetAtt**\n\n-   Result: what came out.\n    -   Nothing if it ran alone.\n    -   An error if it failed.\n\n\
         -   ARN.WithSlash: the long name.\n\nYou can also ask for more:\n\n```\n{\n  \"Other\": 1\n}\n```\n\nUrl: the address.\n\n## Examples\n\n-   NotMine: no attribute\n",
        &expect![[r#"
            ALIYUN::X::Stack: 
              @ARN.WithSlash: the long name.
              @Result: what came out.⏎- Nothing if it ran alone.⏎- An error if it failed.
              @Url: the address.
        "#]],
    );
}

#[test]
fn rows_with_problems_are_kept() {
    check(
        &table(
            "|Mode|String|Yes|No|How.|None|\n\n|Cut|Strnig|Perhaps|\n|My Name|String|No|No|d|None|\n|Open|Integer|No|No|It ends nowhere\n\n## Next\n\ntext\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              Mode string ! “How.” “”
              Cut any ?
              Open integer “It ends nowhere” “”
            page.md:9: the row has 3 of 6 cells
            page.md:9: `Strnig` is no known type; did you mean `String`?
            page.md:9: `Perhaps` is neither yes nor no
            page.md:10: `My Name` is no name of a property: it has blanks
            page.md:11: the row has 5 of 6 cells
        "#]],
    );
}

// Ten Chinese ones.

#[test]
fn chinese_values_defaults_and_ranges() {
    check(
        &table_zh(
            "|模式|String|是|否|怎么用。|取值：\n\n-   fast（默认值）：快。\n-   slow\\_one：慢。|\n|大小|Integer|否|是|多大。|取值范围：1~65,535。 单位：GiB。默认值：40。|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              模式 string ! [fast slow_one] =fast “怎么用。” “取值：⏎⏎- fast（默认值）：快。⏎- slow_one：慢。” fast→快。 slow_one→慢。
              大小 integer ~ =40 1..65535 GiB “多大。” “取值范围：1~65,535。 单位：GiB。默认值：40。”
        "#]],
    );
}

#[test]
fn chinese_lengths_and_starts() {
    check(
        &table_zh(
            "|Name|String|否|是|名称。|长度为2~128个英文或中文字符。必须以大小写字母或中文开头，不能以`http://`和`https://`开头。|\n|Description|String|否|是|描述。|最多256个字符。|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              Name string ~ #2..128 not:http:// not:https:// “名称。” “长度为2~128个英文或中文字符。必须以大小写字母或中文开头，不能以`http://`和`https://`开头。”
              Description string ~ #…..256 “描述。” “最多256个字符。”
        "#]],
    );
}

#[test]
fn chinese_required_by_another() {
    check(
        &table_zh(
            "|ChargeType|String|否|否|付费方式。|取值：PrePaid、PostPaid。|\n|Period|Integer|否|否|时长。|当ChargeType取值为PrePaid时，该参数生效且为必选。 取值：1、2、3或12。单位：月。|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              ChargeType string [PrePaid PostPaid] “付费方式。” “取值：PrePaid、PostPaid。”
              Period integer [1 2 3 12] months if:ChargeType=PrePaid “时长。” “当ChargeType取值为PrePaid时，该参数生效且为必选。 取值：1、2、3或12。单位：月。”
        "#]],
    );
}

#[test]
fn chinese_other_header_words() {
    check(
        "# ALIYUN::X::Thing {#concept_1 .concept}\n\nALIYUN::X::Thing类型用于创建东西。\n\n## 属性 {#section_1 .section}\n\n|名称|类型|是否必需|允许更新|描述|约束|\n|--|--|--|--|--|--|\n|Id|string|是|否|标识。|无。|\n\n## 返回值 {#section_2 .section}\n\n**Fn::GetAtt**\n\n-   ThingId：标识。\n",
        &expect![[r#"
            ALIYUN::X::Thing: ALIYUN::X::Thing类型用于创建东西。
              Id string ! “标识。” “”
              @ThingId: 标识。
        "#]],
    );
}

#[test]
fn chinese_nested_with_and_without_blank() {
    check(
        "# ALIYUN::X::Thing\n\n## 属性\n\n|属性名称|类型|必须|允许更新|描述|约束|\n|-|-|-|-|-|-|\n|Parts|List|否|是|零件。|更多信息，请参见[Parts属性](#section_p)。|\n|Tags|List|否|是|标签。|无|\n\n\
         ## Parts语法 {#section_x .section}\n\n```\n\"Parts\": [\n```\n\n## Parts属性 {#section_p .section}\n\n|属性名称|类型|必须|允许更新|描述|约束|\n|-|-|-|-|-|-|\n|Kind|String|是|否|种类。|无|\n\n\
         ## Tags 属性\n\n|属性名称|类型|必须|允许更新|描述|约束|\n|-|-|-|-|-|-|\n|Key|String|是|否|键。|无|\n",
        &expect![[r#"
            ALIYUN::X::Thing: 
              Parts list of object ~ “零件。” “更多信息，请参见Parts属性。”
              Parts.Kind string ! “种类。” “”
              Tags list of object ~ “标签。” “”
              Tags.Key string ! “键。” “”
        "#]],
    );
}

#[test]
fn chinese_cells_that_go_on_behind_a_blank_line() {
    check(
        &table_zh(
            "|Owner|String|否|否|所属账户。-   甲不设置，乙生效。\n-   都设置，乙无效。\n\n|无。|\n|Policy|String|否|是|策略，取值范围为：\n\n -   accept：接受。\n-   drop：拒绝。\n\n 默认值为：accept。\n\n |无。|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              Owner string “所属账户。⏎⏎- 甲不设置，乙生效。⏎- 都设置，乙无效。” “”
              Policy string ~ [accept drop] =accept “策略，取值范围为：⏎⏎- accept：接受。⏎- drop：拒绝。⏎⏎默认值为：accept。” “” accept→接受。 drop→拒绝。
        "#]],
    );
}

#[test]
fn chinese_without_rule() {
    check(
        "# ALIYUN::X::Ips\n\n## 属性 {#section_1 .section}\n\n|属性名称|类型|必须|允许更新|描述|约束|\n|Ips|String|是|是|名单|无|\n|Group|String|否|否|分组|只支持小写字母。|\n",
        &expect![[r#"
            ALIYUN::X::Ips: 
              Ips string ! ~ “名单” “”
              Group string “分组” “只支持小写字母。”
        "#]],
    );
}

#[test]
fn chinese_attributes_as_lines_and_under_another_title() {
    check(
        "# ALIYUN::X::Join\n\n## 属性\n\n无\n\n## Fn::GetAtt {#section_1 .section}\n\nJobId：任务标识。\n\n## 返回值\n\nFn::GetAtt\n\nStatus：状态，取值如下。\n",
        &expect![[r#"
            ALIYUN::X::Join: 
              @JobId: 任务标识。
              @Status: 状态，取值如下。
        "#]],
    );
}

#[test]
fn chinese_values_the_other_way_round() {
    check(
        &table_zh(
            "|Order|String|否|否|排序。|取值：\n\n-   升序（默认值）：ASC。\n-   降序：DESC。|\n|Protocol|String|否|否|协议。UDP（默认值）。|可用值: UDP, TCP|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              Order string “排序。” “取值：⏎⏎- 升序（默认值）：ASC。⏎- 降序：DESC。”
              Protocol string [UDP TCP] “协议。UDP（默认值）。” “可用值: UDP, TCP”
        "#]],
    );
}

#[test]
fn chinese_links_and_notes() {
    check(
        &table_zh(
            "|Image|String|是|否|镜像。|您可以调用[DescribeImages](/cn.zh-CN/API参考/镜像/DescribeImages.md)接口查询，或见[网页](https://example.com/a)。 **说明：** 不能为空。|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              Image string ! “镜像。” “您可以调用DescribeImages接口查询，或见[网页](https://example.com/a)。 **说明：** 不能为空。”
        "#]],
    );
}

// Ten ordinary ones.

#[test]
fn ordinary_values_with_notes_behind() {
    check(
        &table(
            "|SecretType|String|No|No|The type.|Valid values:-   text\n-   binary\n\n **Note:** It can't be changed. |\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              SecretType string [text binary] “The type.” “Valid values:⏎⏎- text⏎- binary⏎⏎**Note:** It can't be changed.”
        "#]],
    );
}

#[test]
fn ordinary_two_levels() {
    check(
        "# ALIYUN::X::Etl\n\n## Properties\n\n|Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n|Configuration|Map|Yes|No|How.|See [Configuration properties](#section_c).|\n\n\
         ## Configuration properties {#section_c}\n\n|Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n|Sinks|List|Yes|No|Where to.|See [Sinks properties](#section_s).|\n\n\
         ## Sinks properties {#section_s}\n\n|Property|Type|Required|Editable|Description|Constraint|\n|-|-|-|-|-|-|\n|Name|String|Yes|No|Its name.|None|\n",
        &expect![[r#"
            ALIYUN::X::Etl: 
              Configuration object ! “How.” “See Configuration properties.”
              Configuration.Sinks list of object ! “Where to.” “See Sinks properties.”
              Configuration.Sinks.Name string ! “Its name.” “”
        "#]],
    );
}

#[test]
fn ordinary_default_and_values() {
    check(
        &table(
            "|AclStatus|String|No|No|Whether.|Default value: on. Valid values: -   on\n-   off |\n|AclId|String|No|No|Which.|This parameter is required when the AclStatus parameter is set to on.|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              AclStatus string [on off] =on “Whether.” “Default value: on. Valid values:⏎⏎- on⏎- off”
              AclId string if:AclStatus=on “Which.” “This parameter is required when the AclStatus parameter is set to on.”
        "#]],
    );
}

#[test]
fn ordinary_lengths() {
    check(
        &table(
            "|UserName|String|Yes|No|The name.|The name can be up to 64 characters in length.|\n|Email|String|No|Yes|The mail.|The value can be up to 1,024 characters in length.|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              UserName string ! #…..64 “The name.” “The name can be up to 64 characters in length.”
              Email string ~ #…..1024 “The mail.” “The value can be up to 1,024 characters in length.”
        "#]],
    );
}

#[test]
fn ordinary_headings_with_anchors() {
    check(
        "# ALIYUN::X::Cluster {#concept_x .concept}\n\n## Properties {#section_a .section}\n\n|Name|Type|Required|Editable|Description |Validity|\n|----|----|--------|--------|------------|--------|\n|HostGroup|List|Yes|No|Hosts.|None|\n\n\
         ## HostGroup syntax {#section_b .section}\n\n``` {#codeblock_1 .language-json}\n\"HostGroup\": [\n```\n\n## HostGroup properties {#section_c .section}\n\n|Name|Type|Required|Editable|Description |Validity|\n|----|----|--------|--------|------------|--------|\n|NodeCount|Integer|Yes|No|How many.|Valid values: 1 to 1,000|\n",
        &expect![[r#"
            ALIYUN::X::Cluster: 
              HostGroup list of object ! “Hosts.” “”
              HostGroup.NodeCount integer ! 1..1000 “How many.” “Valid values: 1 to 1,000”
        "#]],
    );
}

#[test]
fn ordinary_plain_rows() {
    check(
        &table(
            "|OneId|String|Yes|No|The ID of the one.|None|\n|OtherId|String|Yes|No|The ID of the other.|None|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              OneId string ! “The ID of the one.” “”
              OtherId string ! “The ID of the other.” “”
        "#]],
    );
}

#[test]
fn ordinary_starts_and_lengths() {
    check(
        &table(
            "|Description|String|No|Yes|Words.|The description must be 2 to 256 characters in length. It must start with a letter and cannot start with `http://` or `https://`.|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              Description string ~ #2..256 not:http:// not:https:// “Words.” “The description must be 2 to 256 characters in length. It must start with a letter and cannot start with `http://` or `https://`.”
        "#]],
    );
}

#[test]
fn ordinary_numbers_in_a_list() {
    check(
        &table(
            "|Period|Integer|No|No|How long.|Valid values: 1, 2, 3, 12, and 24. Default value: 1. Unit: months.|\n|Weight|Integer|No|Yes|Its weight.|Valid values: 0 to 100. Default value: 100.|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              Period integer [1 2 3 12 24] =1 months “How long.” “Valid values: 1, 2, 3, 12, and 24. Default value: 1. Unit: months.”
              Weight integer ~ =100 0..100 “Its weight.” “Valid values: 0 to 100. Default value: 100.”
        "#]],
    );
}

#[test]
fn ordinary_conditions() {
    check(
        &table(
            "|TargetPath|String|No|No|Where to.|Example: `/`.|\n|RestoreType|String|Yes|No|What.|Valid values:-   FILE: a file\n-   OSS: an object |\n|ClientId|String|No|No|Who.|This parameter is required if the RestoreType parameter is set to FILE.|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              TargetPath string “Where to.” “Example: `/`.”
              RestoreType string ! [FILE OSS] “What.” “Valid values:⏎⏎- FILE: a file⏎- OSS: an object” FILE→a file OSS→an object
              ClientId string if:RestoreType=FILE “Who.” “This parameter is required if the RestoreType parameter is set to FILE.”
        "#]],
    );
}

#[test]
fn ordinary_several_values_in_one_text() {
    check(
        &table(
            "|Privilege|String|Yes|No|What they may do.|Valid values: ReadWrite, ReadOnly, and DDLOnly. Separate several with commas \\(,\\).|\n",
        ),
        &expect![[r#"
            ALIYUN::X::Thing: 
              Privilege string ! [ReadWrite ReadOnly DDLOnly] “What they may do.” “Valid values: ReadWrite, ReadOnly, and DDLOnly. Separate several with commas (,).”
        "#]],
    );
}

// Files of one's own.

#[test]
fn several_types_in_one_file() {
    check(
        "Our modules.\n\n# MODULE::Team::Net::Default\n\nThe network.\n\n## Properties\n\n|Name|Type|Required|Description|\n|--|--|--|--|\n|Cidrs|List<String>|Yes|The blocks.|\n\n\
         # Custom::Job\n\n## Properties\n\n|Name|Type|Required|Description|\n|--|--|--|--|\n|Retries|Integer|No|Valid values: 0 to 5.|\n\n## Attributes\n\n|Name|Description|\n|--|--|\n|Result|What came out.|\n",
        &expect![[r#"
            MODULE::Team::Net::Default: The network.
              Cidrs list of string ! ? “The blocks.” “”
            Custom::Job: 
              Retries integer ? 0..5 “Valid values: 0 to 5.” “”
              @Result: What came out.
        "#]],
    );
}

#[test]
fn other_files_describe_nothing() {
    check(
        "# How to write templates\n\n|Name|Type|Required|\n|-|-|-|\n|a|String|Yes|\n",
        &expect![[r#"
            page.md:1: `How to write templates` is no type's name, such as `MODULE::Team::Thing`
        "#]],
    );
    check("", &expect![[""]]);
}
