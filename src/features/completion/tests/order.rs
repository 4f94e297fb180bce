//! What comes first: what begins with the typed text.

use super::{completion, json_server, server};

/// The labels in the order of their sort texts.
fn order(picture: &str) -> Vec<String> {
    let (_, completion) = completion(picture);
    let mut items = completion.items;
    items.sort_by(|a, b| a.sort_text.cmp(&b.sort_text));
    items.into_iter().map(|item| item.label).collect()
}

#[test]
fn types_that_begin_with_what_is_typed_come_first() {
    for (typed, first) in [
        ("ALIYUN::ECS::VSwi", "ALIYUN::ECS::VSwitch"),
        ("aliyun::ecs::vswi", "ALIYUN::ECS::VSwitch"),
        ("ALIYUN::ECS::VP", "ALIYUN::ECS::VPC"),
        ("VSwi", "ALIYUN::ECS::VSwitch"),
        ("ecs::vsw", "ALIYUN::ECS::VSwitch"),
        ("ALIYUN::VPC::VSwi", "ALIYUN::VPC::VSwitchCidrReservation"),
        ("datasource::vpc::vs", "DATASOURCE::VPC::VSwitch"),
        ("ALIYUN::RDS::DBIn", "ALIYUN::RDS::DBInstance"),
    ] {
        let yaml = order(&format!("Resources:\n  # 交换机\n  R:\n    Type: {typed}$0\n"));
        assert_eq!(yaml.first().map(String::as_str), Some(first), "{typed}");
        let json = order(&format!(
            "{{\"Resources\": {{\"R\": {{\"Type\": \"{typed}$0\"}}}}}}"
        ));
        assert_eq!(json, yaml, "{typed}");
    }
}

#[test]
fn names_and_properties_that_begin_with_what_is_typed_come_first() {
    let template = |typed: &str| {
        format!(
            "Parameters:\n  AVpc: {{Type: String}}\n  Zone: {{Type: String}}\n  VpcId: {{Type: String}}\n\
             Resources:\n  R:\n    Type: ALIYUN::ECS::VSwitch\n    Properties:\n      VpcId: !Ref {typed}$0\n"
        )
    };
    assert_eq!(
        order(&template("av"))[0],
        "AVpc",
        "although the property is called `VpcId`"
    );
    assert_eq!(order(&template("v"))[0], "VpcId");
    assert_eq!(order(&server("      imag$0\n"))[0], "ImageFamily");
    assert_eq!(order(&json_server("        \"imag$0\""))[0], "ImageFamily");
}
