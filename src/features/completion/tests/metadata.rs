//! Association properties and their metadata.

use super::{check, completion, labels};

fn parameter(property: &str, rest: &str) -> String {
    format!(
        "Parameters:\n  可用区: {{Type: String}}\n  Chosen:\n    Type: String\n    AssociationProperty: {property}\n    \
         AssociationPropertyMetadata:\n{rest}\n"
    )
}

#[test]
fn association_properties() {
    let template =
        |typed: &str| format!("Parameters:\n  甲:\n    Type: String\n    AssociationProperty: {typed}\n");
    check(
        &template("ALIYUN::VPC::VSw$0"),
        "ALIYUN::VPC::VSwitch::VSwitchId",
        "    AssociationProperty: ALIYUN::VPC::VSwitch::VSwitchId",
    );
    let (_, all) = completion(&template("$0"));
    let old = all
        .items
        .iter()
        .find(|item| item.label == "ALIYUN::ECS::VSwitch::VSwitchId");
    let old = old.expect("it is still offered");
    assert!(old.deprecated && old.documentation.is_some());
    let found = labels(&template("$0"));
    let place = |name: &str| found.iter().position(|label| label == name);
    assert!(place("ALIYUN::VPC::VSwitch::VSwitchId") < place("ALIYUN::ECS::VSwitch::VSwitchId"));
    check(
        "{\"Parameters\": {\"A\": {\"AssociationProperty\": \"Zo$0\"}}}",
        "ZoneId",
        "{\"Parameters\": {\"A\": {\"AssociationProperty\": \"ZoneId\"}}}",
    );
}

#[test]
fn keys_of_the_control_come_first() {
    let found = labels(&parameter(
        "ALIYUN::VPC::VSwitch::VSwitchId",
        "      ZoneId: a\n      $0",
    ));
    assert!(
        found[0] == "InstanceType" && !found.contains(&"ZoneId".to_owned()),
        "{found:?}"
    );
    assert!(found.contains(&"Visible".to_owned()) && found.contains(&"VpcId".to_owned()));
    check(
        &parameter("AutoCompleteInput", "      Char$0"),
        "CharacterClasses",
        "      CharacterClasses:\n        - $0",
    );
    check(
        "{\"Parameters\": {\"A\": {\"AssociationProperty\": \"AutoCompleteInput\", \"AssociationPropertyMetadata\": {$0}}}}",
        "Length",
        "{\"Parameters\": {\"A\": {\"AssociationProperty\": \"AutoCompleteInput\", \"AssociationPropertyMetadata\": {\"Length\": $0}}}}",
    );
}

#[test]
fn keys_and_values_inside() {
    let classes = |rest: &str| {
        parameter(
            "AutoCompleteInput",
            &format!("      CharacterClasses:\n        - {rest}"),
        )
    };
    check(&classes("$0"), "Class", "        - Class: $0");
    let found = labels(&classes("Class: number\n          $0"));
    assert!(
        found.contains(&"Min".to_owned()) && !found.contains(&"Class".to_owned()),
        "{found:?}"
    );
    assert!(!found.contains(&"Visible".to_owned()), "{found:?}");
    check(
        &classes("Class: sp$0"),
        "specialCharacter",
        "        - Class: specialCharacter",
    );
    check(
        &parameter("ALIYUN::ECS::Image::ImageId", "      OSType: $0"),
        "linux",
        "      OSType: linux",
    );
    let found = labels(&parameter("ALIYUN::ECS::Image::ImageId", "      IsTrial: $0"));
    assert!(found.starts_with(&["false".into(), "true".into()]), "{found:?}");
    assert!(found.contains(&"${可用区}".to_owned()), "{found:?}");
    let found = labels(&parameter("ZoneId", "      AutoSelectFirst: $0"));
    assert!(found.contains(&"true".to_owned()), "{found:?}");
    check(
        &parameter("ZoneId", "      ExclusiveTo:\n        - $0"),
        "可用区",
        "        - 可用区",
    );
    check(
        &parameter("ZoneId", "      DynamicValue:\n        - $0"),
        "Condition",
        "        - Condition:\n            $0",
    );
}

#[test]
fn parameters_declared_inside() {
    let inner = "      Parameters:\n        内:\n          Type: String\n          AssociationProperty: ZoneId\n          \
                 AssociationPropertyMetadata:\n            $0";
    let found = labels(&parameter("List[Parameters]", inner));
    assert!(
        found.contains(&"ShowRandom".to_owned()) && !found.contains(&"ListMetadata".to_owned()),
        "{found:?}"
    );
}
