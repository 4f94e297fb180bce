//! Completion as pictures: the document before with `$0` at the cursor, and after an item was accepted.

mod metadata;
mod order;
mod properties;
mod references;
mod skeletons;
mod tags;

use super::{Completion, Item, complete};
use crate::fixture::Fixture;
use crate::text::edit::apply;

fn completion(picture: &str) -> (Fixture, Completion) {
    let fixture = Fixture::new(picture);
    let completion = complete(&fixture.context(), fixture.offset);
    (fixture, completion)
}

fn labels(picture: &str) -> Vec<String> {
    let (_, completion) = completion(picture);
    completion.items.into_iter().map(|item| item.label).collect()
}

/// The document after the item was accepted, its snippet as it stands.
fn accept(fixture: &Fixture, item: &Item) -> String {
    let mut edits = item.additional_edits.clone();
    edits.push(item.edit.clone());
    apply(&fixture.text, &edits)
}

/// Accepts the item with this label and compares the lines that change.
#[track_caller]
fn check(picture: &str, label: &str, expected: &str) {
    let (fixture, completion) = completion(picture);
    let Some(item) = completion.items.iter().find(|item| item.label == label) else {
        let labels: Vec<_> = completion.items.iter().map(|item| &item.label).collect();
        panic!("no `{label}` among {labels:?} in\n{picture}");
    };
    let typed = &fixture.text[item.edit.range.start as usize..fixture.offset as usize];
    let filter = item.filter_text.as_ref().unwrap_or(&item.label);
    assert!(
        super::proposals::could_match(typed.trim(), filter),
        "an editor would filter {filter:?} out for {typed:?}"
    );
    assert!(
        !fixture.text[item.edit.range.as_usize()].contains('\n'),
        "one line"
    );
    let after = accept(&fixture, item);
    let expected = expected.strip_prefix('\n').unwrap_or(expected);
    let common = after.lines().rev().zip(fixture.text.lines().rev());
    let same = common.take_while(|(a, b)| a == b).count();
    let first = after
        .lines()
        .zip(fixture.text.lines())
        .take_while(|(a, b)| a == b)
        .count();
    let lines: Vec<&str> = after.lines().collect();
    let end = lines.len().saturating_sub(same).max(first);
    assert_eq!(
        lines[first..end].join("\n"),
        expected.trim_end_matches('\n'),
        "in\n{after}"
    );
}

const YAML: &str = "
ROSTemplateFormatVersion: '2015-09-01'
Description: 专有网络和交换机
Parameters:
  ZoneId:
    Type: String
Conditions:
  Prod:
    Fn::Equals: [1, 2]
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock: 10.0.0.0/8
  Server:
    Type: ALIYUN::ECS::Instance
    Properties:
";

fn server(rest: &str) -> String {
    format!("{YAML}{rest}")
}

const JSON: &str = r#"{
  "ROSTemplateFormatVersion": "2015-09-01",
  "Description": "专有网络",
  "Parameters": {"ZoneId": {"Type": "String"}},
  "Conditions": {"Prod": {"Fn::Equals": [1, 2]}},
  "Resources": {
    "Vpc": {"Type": "ALIYUN::ECS::VPC"},
    "Server": {
      "Type": "ALIYUN::ECS::Instance",
      "Properties": {
"#;

fn json_server(rest: &str) -> String {
    format!("{JSON}{rest}\n      }}\n    }}\n  }}\n}}\n")
}

#[test]
fn sections() {
    check(
        "RO$0",
        "ROSTemplateFormatVersion",
        "ROSTemplateFormatVersion: '2015-09-01'",
    );
    check("$0", "Resources", "Resources:\n  $0");
    check(
        "ROSTemplateFormatVersion: '2015-09-01'\nPar$0\nResources: {}\n",
        "Parameters",
        "Parameters:\n  $0",
    );
    check("{\n  \"Par$0\"\n}\n", "Parameters", "  \"Parameters\": {$0}");
    check(
        "{\n  \"Outputs\": {},\n  $0\n}\n",
        "Description",
        "  \"Description\": $0",
    );
    check(
        "{\n  \"Outputs\": {}\n  \"Par$0\n}\n",
        "Parameters",
        "  \"Outputs\": {},\n  \"Parameters\": {$0}",
    );
    let found = labels("Resources: {}\n$0\nOutputs: {}\n");
    assert!(!found.contains(&"Resources".into()) && !found.contains(&"Outputs".into()));
    assert_eq!(found[0], "ROSTemplateFormatVersion");
}

#[test]
fn attributes_and_their_values() {
    let parameter = |rest: &str| format!("Parameters:\n  P:\n    {rest}\n");
    check(&parameter("Ty$0"), "Type", "    Type: $0");
    check(
        &parameter("Type: $0"),
        "CommaDelimitedList",
        "    Type: CommaDelimitedList",
    );
    check(&parameter("NoEcho: $0"), "true", "    NoEcho: true");
    check(&parameter("Label:\n      $0"), "zh-cn", "      zh-cn: $0");
    check(
        &parameter("Label: $0"),
        "en, zh-cn",
        "    Label:\n      en: $1\n      zh-cn: $2",
    );
    check(
        &parameter("AllowedValues: [yes, 'no', '5.7']\n    Default: $0"),
        "5.7",
        "    Default: '5.7'",
    );
    check(
        &parameter("AssociationProperty: VPCI$0"),
        "ALIYUN::ECS::VPC::VPCId",
        "    AssociationProperty: ALIYUN::ECS::VPC::VPCId",
    );
    check(
        &parameter(
            "AssociationProperty: ALIYUN::ECS::VSwitch::VSwitchId\n    AssociationPropertyMetadata:\n      $0",
        ),
        "VpcId",
        "      VpcId: $0",
    );
    check(
        &parameter("AssociationPropertyMetadata:\n      VpcId: $0\n  Vpc: {Type: String}"),
        "${Vpc}",
        "      VpcId: ${Vpc}",
    );
    let resource = |rest: &str| format!("Resources:\n  R:\n    Type: ALIYUN::ECS::VSwitch\n    {rest}\n");
    check(
        &resource("DeletionPolicy: $0"),
        "Retain",
        "    DeletionPolicy: Retain",
    );
    check(&resource("Depe$0"), "DependsOn", "    DependsOn: $0");
    check(
        &resource("Prop$0"),
        "Properties (required)",
        "    Properties:\n      CidrBlock: $1\n      VpcId: $2\n      ZoneId: $3",
    );
    check(
        "ROSTemplateFormatVersion: $0\n",
        "2015-09-01",
        "ROSTemplateFormatVersion: '2015-09-01'",
    );
    check(
        "ROSTemplateFormatVersion: '$0'\n",
        "2015-09-01",
        "ROSTemplateFormatVersion: '2015-09-01'",
    );
    check(
        "Transform: $0\n",
        "Aliyun::Terraform-v1.5",
        "Transform: Aliyun::Terraform-v1.5",
    );
    check(
        "Rules:\n  R:\n    Assertions:\n      - $0\n",
        "Assert",
        "      - Assert: $0",
    );
}

#[test]
fn names_of_entries() {
    check(
        "Resources:\n  $0\n",
        "new resource",
        "  ${1:Resource}:\n    Type: $2",
    );
    check("Resources:\n  Db$0\n", "new resource", "  ${1:Db}:\n    Type: $2");
    check(
        "{\n  \"Resources\": {\n    \"Db$0\"\n  }\n}",
        "new resource",
        "    \"${1:Db}\": {\n      \"Type\": \"$2\"\n    }",
    );
    check(
        "Parameters:\n  $0\nOutputs:\n  A: {Value: !Ref Zone}\n",
        "Zone",
        "  Zone:\n    $0",
    );
    check(
        "Metadata:\n  $0\n",
        "ALIYUN::ROS::Interface",
        "  ALIYUN::ROS::Interface:\n    $0",
    );
}

#[test]
fn without_snippets_the_text_is_plain() {
    let config = crate::config::Config {
        completion_snippets: false,
        ..Default::default()
    };
    let fixture = Fixture::new(&server("      $0\n")).with_config(config);
    let completion = complete(&fixture.context(), fixture.offset);
    assert!(
        completion
            .items
            .iter()
            .all(|item| !item.snippet && !item.edit.text.contains('$'))
    );
    let disks = completion.items.iter().find(|item| item.label == "DiskMappings");
    assert_eq!(
        disks.map(|item| item.edit.text.as_str()),
        Some("DiskMappings:\n        - ")
    );
}

#[test]
fn broken_places_still_complete() {
    check(&server("      ZoneId: a\n\tIma$0\n"), "ImageId", "\tImageId: $0");
    check(
        "Resources:\n  Vpc: &v\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      $0\n",
        "CidrBlock",
        "      CidrBlock: $0",
    );
    check(
        &server("      Tags: {Key: $0\n      Image: b\n"),
        "!Ref",
        "      Tags: {Key: !Ref $1",
    );
    assert_eq!(
        labels(&server("      # Ima$0\n      ZoneId: a\n")),
        Vec::<String>::new(),
        "a comment"
    );
    assert_eq!(
        labels(&server("      ZoneId: a # Ima$0\n")),
        Vec::<String>::new(),
        "a comment"
    );
}
