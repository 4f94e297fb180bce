//! Skeletons where they fit, and nowhere else.

use super::{check, completion, json_server, labels, server};
use crate::document::Document;
use crate::features::completion::snippet;
use crate::fixture::Fixture;
use crate::syntax::Format;

fn has(picture: &str, label: &str) -> bool {
    labels(picture).iter().any(|found| found == label)
}

#[test]
fn a_template_in_an_empty_document() {
    for picture in ["$0", "ros$0", "# 网络模板\n\nROS$0\n", "---\n$0\n"] {
        assert!(has(picture, "ros-template"), "{picture}");
    }
    for picture in [
        "Resources: {}\nros$0\n",
        "# ros$0\n",
        "# 注释 $0",
        "{\"Resources\": {}, \"ros$0\"}",
        "ros$0: x\n",
    ] {
        assert!(!has(picture, "ros-template"), "{picture}");
    }
}

#[test]
fn the_template_is_sound_and_the_same_in_both_formats() {
    let findings = |text: &str, format| {
        let document = Document::new(text, format);
        let context = crate::features::Context {
            document: &document,
            catalog: crate::catalog::Catalog::embedded(),
            config: &crate::config::Config::default(),
        };
        let found = crate::rules::check(context.document, context.catalog, context.config);
        found.into_iter().map(|found| found.message).collect::<Vec<_>>()
    };
    for (format, typed) in [(Format::Yaml, ""), (Format::Yaml, "ros-t"), (Format::Json, "")] {
        let fixture = Fixture::of(&format!("{typed}$0"), format);
        let completion = crate::features::completion::complete(&fixture.context(), fixture.offset);
        let item = completion
            .items
            .iter()
            .find(|item| item.label == "ros-template")
            .expect("a template");
        assert_eq!(item.edit.range.as_usize(), 0..typed.len());
        let text = snippet::plain(&item.edit.text);
        assert!(
            text.contains("${ALIYUN::StackName}-vpc") && text.contains("网络地址段"),
            "{text}"
        );
        assert_eq!(findings(&text, format), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_template_in_json_has_its_braces() {
    let fixture = Fixture::of("$0", Format::Json);
    let completion = crate::features::completion::complete(&fixture.context(), fixture.offset);
    let text = snippet::plain(&completion.items[0].edit.text);
    let start = "{\n  \"ROSTemplateFormatVersion\": \"2015-09-01\",\n  \"Description\": {\n    \"en\": \"";
    assert!(text.starts_with(start), "{text}");
    assert!(text.ends_with("\n    }\n  }\n}\n"), "{text}");
    assert_eq!(completion.items.len(), 1);
}

#[test]
fn entries_of_sections() {
    check(
        "Parameters:\n  # 可用区\n  Zone$0\n",
        "new parameter with texts",
        "  ${1:Zone}:\n    Type: ${2:String}\n    Label:\n      en: ${3:Label}\n      zh-cn: ${4:名称}\n    \
         Description:\n      en: ${5:What to enter}\n      zh-cn: ${6:填写说明}",
    );
    check(
        "{\n  \"Parameters\": {\n    \"Zone$0\"\n  }\n}",
        "new parameter with texts",
        "    \"${1:Zone}\": {\n      \"Type\": \"${2:String}\",\n      \"Label\": {\n        \"en\": \"${3:Label}\",\n        \
         \"zh-cn\": \"${4:名称}\"\n      },\n      \"Description\": {\n        \"en\": \"${5:What to enter}\",\n        \
         \"zh-cn\": \"${6:填写说明}\"\n      }\n    }",
    );
    check(
        "Outputs:\n  $0\n",
        "new output of an attribute",
        "  ${1:Output}:\n    Description: ${2:What it is}\n    Value: !GetAtt $3.$4",
    );
    check(
        "{\n  \"Outputs\": {\n    \"A\": {},\n    $0\n  }\n}",
        "new output of an attribute",
        "    \"${1:Output}\": {\n      \"Description\": \"${2:What it is}\",\n      \
         \"Value\": { \"Fn::GetAtt\": [\"$3\", \"$4\"] }\n    }",
    );
    check(
        "Resources: {$0}\n",
        "new resource",
        "Resources: {${1:Resource}: {Type: $2}}",
    );
    check(
        "{\"Resources\": {$0}}\n",
        "new resource",
        "{\"Resources\": {\"${1:Resource}\": {\n  \"Type\": \"$2\"\n}}}",
    );
}

#[test]
fn short_words_ask_for_an_entry_and_are_no_name() {
    check(
        "Resources:\n  ros-$0\n",
        "new resource",
        "  ${1:Resource}:\n    Type: $2",
    );
    check(
        "Resources:\n  new$0\n",
        "new resource",
        "  ${1:Resource}:\n    Type: $2",
    );
    check(
        "Outputs:\n  ros-output$0\n",
        "new output",
        "  ${1:Output}:\n    Value: $2",
    );
    check(
        "Outputs:\n  网络$0\n",
        "new output",
        "  ${1:网络}:\n    Value: $2",
    );
}

#[test]
fn entries_are_asked_for_again_with_each_letter() {
    let (_, completion) = completion("Resources:\n  D$0\n");
    assert!(completion.incomplete);
}

#[test]
fn groups_hold_the_parameters() {
    let group = |indent: &str| {
        [
            "ALIYUN::ROS::Interface:",
            "  ParameterGroups:",
            "    - Parameters:",
            "        - Zone",
            "        - 名称",
            "      Label:",
            "        default:",
            "          en: ${1:Group}",
            "          zh-cn: ${2:分组}",
        ]
        .map(|line| format!("{indent}{line}"))
        .join("\n")
    };
    let parameters = "Parameters:\n  Zone: {Type: String}\n  名称: {Type: String}\n";
    check(
        &format!("{parameters}ros$0\n"),
        "ros-parameter-groups",
        &format!("Metadata:\n{}", group("  ")),
    );
    check(
        &format!("{parameters}Metadata:\n  $0\n"),
        "ros-parameter-groups",
        &group("  "),
    );
    check(
        "{\n  \"Parameters\": {\"Zone\": {}},\n  \"$0\"\n}",
        "ros-parameter-groups",
        "  \"Metadata\": {\n    \"ALIYUN::ROS::Interface\": {\n      \"ParameterGroups\": [\n        {\n          \
         \"Parameters\": [\n            \"Zone\"\n          ],\n          \"Label\": {\n            \"default\": {\n              \
         \"en\": \"${1:Group}\",\n              \"zh-cn\": \"${2:分组}\"\n            }\n          }\n        }\n      ]\n    }\n  }",
    );
    assert!(!has("Metadata: {}\n$0\n", "ros-parameter-groups"));
}

#[test]
fn nowhere_else() {
    for picture in [
        server("      $0\n"),
        server("      ZoneId: $0\n"),
        server("      ZoneId: !Ref $0\n"),
        json_server("        $0"),
        "Resources:\n  R:\n    $0\n".into(),
    ] {
        let found = labels(&picture);
        assert!(
            !found
                .iter()
                .any(|label| label.starts_with("ros-") || label.starts_with("new ")),
            "{found:?}"
        );
    }
}
