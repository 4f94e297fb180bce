//! Completion as pictures: the document before with `$0` at the cursor, and after an item was accepted.

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
fn resource_types() {
    check(
        "Resources:\n  V:\n    Type: ALIYUN::ECS::V$0\n    Properties: {}\n",
        "ALIYUN::ECS::VPC",
        "    Type: ALIYUN::ECS::VPC",
    );
    check(
        "Resources:\n  V:\n    Type: ALI$0YUN::ECS::Vxx\n    Properties: {}\n",
        "ALIYUN::ECS::VPC",
        "    Type: ALIYUN::ECS::VPC",
    );
    check(
        "Resources:\n  V:\n    Type: ALI:$0\n    Properties: {}\n",
        "ALIYUN::ECS::VPC",
        "    Type: ALIYUN::ECS::VPC",
    );
    check(
        "Resources:\n  V:\n    Type:$0\n",
        "ALIYUN::ECS::VPC",
        "    Type: ALIYUN::ECS::VPC",
    );
    check(
        "Resources:\n  V:\n    Type: 'vpc$0\n  B: {}\n",
        "ALIYUN::ECS::VPC",
        "    Type: 'ALIYUN::ECS::VPC'",
    );
    check(
        "{\"Resources\": {\"V\": {\"Type\": \"$0\"}}}",
        "ALIYUN::ECS::VPC",
        "{\"Resources\": {\"V\": {\"Type\": \"ALIYUN::ECS::VPC\"}}}",
    );
    let types = labels("Resources:\n  V:\n    Type: $0\n");
    assert!(types.len() > 1000, "{}", types.len());
    assert!(types[0].starts_with("ALIYUN::"));
    let local = labels("Locals:\n  A:\n    Type: $0\n");
    assert!(local.contains(&"Eval".into()) && !local.iter().any(|name| name.starts_with("ALIYUN::")));
}

#[test]
fn property_names() {
    check(
        &server("      Ima$0\n      ZoneId: a\n"),
        "ImageId",
        "      ImageId: $0",
    );
    check(
        &server("      ZoneId: a\n      $0\n"),
        "ImageId",
        "      ImageId: $0",
    );
    check(
        &server("      ZoneId: a\n      Ima$0: b\n"),
        "ImageId",
        "      ImageId: b",
    );
    check(
        &server("      DiskM$0\n"),
        "DiskMappings",
        "      DiskMappings:\n        - $0",
    );
    check(
        &server("      DiskMappings:\n        - $0\n"),
        "Size",
        "        - Size: $0",
    );
    check(
        &server("      DiskMappings:\n        $0\n"),
        "Size",
        "        - Size: $0",
    );
    check(
        &server("      DiskMappings: $0\n"),
        "Size",
        "      DiskMappings:\n        - Size: $0",
    );
    check(
        &server("      DiskMappings:\n        - Size: 40\n          Cat$0\n"),
        "Category",
        "          Category: $0",
    );
    check(
        &server("      Tags: [{Key: a, V$0}]\n"),
        "Value",
        "      Tags: [{Key: a, Value: $0}]",
    );
    check(
        &server("      \"Ima$0\n      ZoneId: a\n"),
        "ImageId",
        "      \"ImageId\": $0",
    );
    let found = labels(&server("      ZoneId: a\n      ImageId: b\n      $0\n"));
    assert!(!found.contains(&"ZoneId".into()) && !found.contains(&"ImageId".into()));
    assert_eq!(found[0], "InstanceType", "required first");
}

#[test]
fn property_names_in_json() {
    check(
        &json_server("        \"Ima$0\""),
        "ImageId",
        "        \"ImageId\": $0",
    );
    check(&json_server("        $0"), "ImageId", "        \"ImageId\": $0");
    check(
        &json_server("        Ima$0"),
        "ImageId",
        "        \"ImageId\": $0",
    );
    check(
        &json_server("        \"Ima$0\n        \"ZoneId\": \"a\""),
        "ImageId",
        "        \"ImageId\": $0,",
    );
    check(
        &json_server("        \"ZoneId\": \"a\"\n        \"Ima$0\""),
        "ImageId",
        "        \"ZoneId\": \"a\",\n        \"ImageId\": $0",
    );
    check(
        &json_server("        \"Ima$0\": 1"),
        "ImageId",
        "        \"ImageId\": 1",
    );
    check(
        &json_server("        \"DiskMappings\": [ { \"$0\" } ]"),
        "Size",
        "        \"DiskMappings\": [ { \"Size\": $0 } ]",
    );
    check(
        &json_server("        \"DiskM$0\""),
        "DiskMappings",
        "        \"DiskMappings\": [$0]",
    );
    check(
        &json_server("        \"ZoneId\": \"a\",\n        $0\n        \"Amount\": 1"),
        "ImageId",
        "        \"ImageId\": $0,",
    );
}

#[test]
fn values_of_properties() {
    check(
        &server("      AllocatePublicIP: $0\n"),
        "true",
        "      AllocatePublicIP: true",
    );
    check(
        &server("      AllocatePublicIP:$0\n"),
        "true",
        "      AllocatePublicIP: true",
    );
    check(
        &server("      InternetChargeType: PayBy$0\n"),
        "PayByTraffic",
        "      InternetChargeType: PayByTraffic",
    );
    check(
        &server("      InternetChargeType: \"Pay$0\n"),
        "PayByTraffic",
        "      InternetChargeType: \"PayByTraffic\"",
    );
    check(
        &json_server("        \"InternetChargeType\": $0"),
        "PayByTraffic",
        "        \"InternetChargeType\": \"PayByTraffic\"",
    );
    check(
        &json_server("        \"AllocatePublicIP\": $0,\n        \"A\": 1"),
        "true",
        "        \"AllocatePublicIP\": true,",
    );
    check(
        &json_server("        \"InternetChargeType\": \"Pay$0\n        \"A\": 1"),
        "PayByTraffic",
        "        \"InternetChargeType\": \"PayByTraffic\",",
    );
}

#[test]
fn values_that_yaml_would_read_otherwise_are_quoted() {
    use super::slot::yaml_string;
    for (text, written) in [
        ("PayByTraffic", "PayByTraffic"),
        ("ALIYUN::ECS::VPC", "ALIYUN::ECS::VPC"),
        ("yes", "'yes'"),
        ("5.7", "'5.7'"),
        ("2015-09-01", "'2015-09-01'"),
        ("*", "'*'"),
        ("a: b", "'a: b'"),
        ("a #b", "'a #b'"),
        ("it's: x", "'it''s: x'"),
        ("", "''"),
        ("a\tb: \n", "\"a\\tb: \\n\""),
        ("专有网络", "专有网络"),
        ("-1/-1", "-1/-1"),
        ("!x", "'!x'"),
    ] {
        assert_eq!(yaml_string(text, false), written, "{text}");
    }
    assert_eq!(yaml_string("${A}", true), "'${A}'");
    assert_eq!(yaml_string("${A}", false), "${A}");
}

#[test]
fn functions() {
    check(&server("      ImageId: $0\n"), "!Ref", "      ImageId: !Ref $1");
    check(
        &server("      ImageId: !Re$0\n"),
        "!Ref",
        "      ImageId: !Ref $1",
    );
    check(
        &server("      ImageId: $0\n"),
        "Fn::GetAtt",
        "      ImageId:\n        Fn::GetAtt:\n          - $1\n          - $2",
    );
    check(
        &server("      ImageId: !$0\n"),
        "!GetAtt",
        "      ImageId: !GetAtt $1.$2",
    );
    check(
        &server("      ImageId:\n        Re$0\n"),
        "Ref",
        "        Ref: $1",
    );
    check(
        &server("      ImageId:\n        $0\n"),
        "Fn::Sub",
        "        Fn::Sub: '$1'",
    );
    check(
        &server("      ImageId: {$0}\n"),
        "Ref",
        "      ImageId: {Ref: $1}",
    );
    check(
        &server("      SecurityGroupIds:\n        - $0\n"),
        "Ref",
        "        - Ref: $1",
    );
    check(
        &server("      ImageId: !Join ['', [$0]]\n"),
        "!Ref",
        "      ImageId: !Join ['', [!Ref $1]]",
    );
    check(
        &json_server("        \"ImageId\": $0"),
        "Ref",
        "        \"ImageId\": { \"Ref\": \"$1\" }",
    );
    check(
        &json_server("        \"ImageId\": { \"Re$0\" }"),
        "Ref",
        "        \"ImageId\": { \"Ref\": \"$1\" }",
    );
    check(
        &json_server("        \"ImageId\": {\"Fn$0\": \"a\"}"),
        "Fn::Sub",
        "        \"ImageId\": {\"Fn::Sub\": \"a\"}",
    );
    check(
        "Conditions:\n  A:\n    $0\n",
        "Fn::Not",
        "    Fn::Not: ${1:condition}",
    );
    check(
        "Outputs:\n  A:\n    Value: $0\n",
        "!GetAtt",
        "    Value: !GetAtt $1.$2",
    );
    let conditions = labels("Conditions:\n  A: $0\n");
    assert!(conditions.contains(&"!Equals".into()) && !conditions.contains(&"!GetAtt".into()));
}

#[test]
fn ref_names() {
    check(
        &server("      ZoneId: !Ref $0\n"),
        "ZoneId",
        "      ZoneId: !Ref ZoneId",
    );
    check(
        &server("      ZoneId: !Ref Zo$0\n"),
        "ZoneId",
        "      ZoneId: !Ref ZoneId",
    );
    check(
        &server("      ZoneId: {Ref: $0}\n"),
        "ZoneId",
        "      ZoneId: {Ref: ZoneId}",
    );
    check(
        &server("      ZoneId: { Ref: $0 }\n"),
        "ZoneId",
        "      ZoneId: { Ref: ZoneId }",
    );
    check(
        &server("      ZoneId:\n        Ref: $0\n"),
        "ALIYUN::Region",
        "        Ref: ALIYUN::Region",
    );
    check(
        &server("      ZoneId:\n        Ref:$0\n"),
        "Vpc",
        "        Ref: Vpc",
    );
    check(
        &json_server("        \"ZoneId\": {\"Ref\": \"$0\"}"),
        "Vpc",
        "        \"ZoneId\": {\"Ref\": \"Vpc\"}",
    );
    check(
        &json_server("        \"ZoneId\": {\"Ref\": $0}"),
        "Vpc",
        "        \"ZoneId\": {\"Ref\": \"Vpc\"}",
    );
    check(
        &json_server("        \"ZoneId\": { \"Ref\": \"Zo$0 },"),
        "ZoneId",
        "        \"ZoneId\": { \"Ref\": \"ZoneId\" },",
    );
    let found = labels(&server("      ZoneId: !Ref $0\n"));
    assert_eq!(
        found[0], "ZoneId",
        "the parameter named like the property comes first"
    );
    assert!(!found.contains(&"Server".into()), "not itself");
    assert!(!found.contains(&"ALIYUN::Index".into()), "not counted");
    assert!(!found.iter().any(|label| label.starts_with('!')));
}

#[test]
fn get_att() {
    check(
        &server("      VpcId: !GetAtt $0\n"),
        "Vpc",
        "      VpcId: !GetAtt Vpc.",
    );
    check(
        &server("      VpcId: !GetAtt V$0x.VpcId\n"),
        "Vpc",
        "      VpcId: !GetAtt Vpc.VpcId",
    );
    check(
        &server("      VpcId: !GetAtt Vpc.$0\n"),
        "VpcId",
        "      VpcId: !GetAtt Vpc.VpcId",
    );
    check(
        &server("      VpcId: !GetAtt Vpc.Vp$0x\n"),
        "VpcId",
        "      VpcId: !GetAtt Vpc.VpcId",
    );
    check(
        &server("      VpcId: !GetAtt [Vpc, $0\n"),
        "VpcId",
        "      VpcId: !GetAtt [Vpc, VpcId",
    );
    check(
        &server("      VpcId: !GetAtt [$0]\n"),
        "Vpc",
        "      VpcId: !GetAtt [Vpc]",
    );
    check(
        &server("      VpcId: !GetAtt [Vpc, $0]\n"),
        "VpcId",
        "      VpcId: !GetAtt [Vpc, VpcId]",
    );
    check(
        &server("      VpcId:\n        Fn::GetAtt:\n          - $0\n"),
        "Vpc",
        "          - Vpc",
    );
    check(
        &server("      VpcId:\n        Fn::GetAtt:\n          - Vpc\n          - $0\n"),
        "VpcId",
        "          - VpcId",
    );
    check(
        &server("      VpcId:\n        Fn::GetAtt: $0\n"),
        "Vpc",
        "        Fn::GetAtt: [Vpc, $1]",
    );
    check(
        &json_server("        \"VpcId\": {\"Fn::GetAtt\": [\"Vpc\", \"$0\"]}"),
        "VpcId",
        "        \"VpcId\": {\"Fn::GetAtt\": [\"Vpc\", \"VpcId\"]}",
    );
    check(
        &json_server("        \"VpcId\": {\"Fn::GetAtt\": [\"Vpc\", $0]}"),
        "VpcId",
        "        \"VpcId\": {\"Fn::GetAtt\": [\"Vpc\", \"VpcId\"]}",
    );
    check(
        &json_server("        \"VpcId\": {\"Fn::GetAtt\": [$0]}"),
        "Vpc",
        "        \"VpcId\": {\"Fn::GetAtt\": [\"Vpc\"]}",
    );
    check(
        &json_server("        \"VpcId\": {\"Fn::GetAtt\": $0}"),
        "Vpc",
        "        \"VpcId\": {\"Fn::GetAtt\": [\"Vpc\", \"$1\"]}",
    );
    assert_eq!(labels(&server("      VpcId: !GetAtt Vpc.$0\n"))[0], "VpcId");
}

#[test]
fn outputs_of_nested_stacks() {
    let stack = "
Resources:
  Net:
    Type: ALIYUN::ROS::Stack
    Properties:
      TemplateBody:
        ROSTemplateFormatVersion: '2015-09-01'
        Parameters:
          Cidr: {Type: String}
        Outputs:
          VpcId: {Value: 1}
      Parameters:
        $1
Outputs:
  A:
    Value: !GetAtt Net.$2
";
    check(
        &stack.replace("$1", "A: 1").replace("$2", "$0"),
        "Outputs.VpcId",
        "    Value: !GetAtt Net.Outputs.VpcId",
    );
    check(
        &stack.replace("$1", "$0").replace("$2", "x"),
        "Cidr",
        "        Cidr: $0",
    );
}

#[test]
fn sub() {
    check(
        &server("      ZoneId: !Sub \"${$0\n"),
        "ZoneId",
        "      ZoneId: !Sub \"${ZoneId}\"",
    );
    check(
        &server("      ZoneId: !Sub \"a ${$0\"\n"),
        "ZoneId",
        "      ZoneId: !Sub \"a ${ZoneId}\"",
    );
    check(
        &server("      ZoneId: !Sub \"${Zo$0}-中\"\n"),
        "ZoneId",
        "      ZoneId: !Sub \"${ZoneId}-中\"",
    );
    check(
        &server("      ZoneId: !Sub ${Vpc.$0}\n"),
        "VpcId",
        "      ZoneId: !Sub ${Vpc.VpcId}",
    );
    check(
        &server("      ZoneId: !Sub '${V$0x.VpcId}'\n"),
        "Vpc",
        "      ZoneId: !Sub '${Vpc.VpcId}'",
    );
    check(
        &server("      ZoneId: !Sub '中$$0'\n"),
        "${ZoneId}",
        "      ZoneId: !Sub '中${ZoneId}'",
    );
    check(
        &server("      UserData:\n        Fn::Sub: |\n          echo 中文 ${$0}\n"),
        "ALIYUN::Region",
        "          echo 中文 ${ALIYUN::Region}",
    );
    check(
        &server("      UserData:\n        Fn::Sub:\n          - ${Own} ${$0}\n          - Own: 1\n"),
        "Own",
        "          - ${Own} ${Own}",
    );
    check(
        &server("      UserData:\n        Fn::Sub:\n          - ${Own}\n          - $0\n"),
        "Own",
        "          - Own: $0",
    );
    check(
        &json_server("        \"ZoneId\": {\"Fn::Sub\": \"${$0\"}"),
        "ZoneId",
        "        \"ZoneId\": {\"Fn::Sub\": \"${ZoneId}\"}",
    );
}

#[test]
fn depends_on() {
    let resource =
        |rest: &str| format!("Resources:\n  A: {{}}\n  B: {{}}\n  C:\n    DependsOn:{rest}\n    Type: X\n");
    check(&resource(" $0"), "A", "    DependsOn: A");
    check(&resource("$0"), "A", "    DependsOn: A");
    check(&resource("\n      - A\n      - $0"), "B", "      - B");
    check(&resource("\n      $0"), "B", "      - B");
    check(&resource(" [A, $0]"), "B", "    DependsOn: [A, B]");
    assert_eq!(labels(&resource(" [A, $0]")), ["B"]);
    assert_eq!(labels(&resource(" [A, B$0]")), ["B"]);
    assert_eq!(labels(&resource("\n      - A\n      - $0")), ["B"]);
    check(
        "{\"Resources\": {\"A\": {}, \"C\": {\"DependsOn\": [\"$0\"]}}}",
        "A",
        "{\"Resources\": {\"A\": {}, \"C\": {\"DependsOn\": [\"A\"]}}}",
    );
}

#[test]
fn conditions() {
    check(
        &server("      ZoneId: !If [$0]\n"),
        "Prod",
        "      ZoneId: !If [Prod]",
    );
    check(
        &server("      ZoneId: !If [$0\n"),
        "Prod",
        "      ZoneId: !If [Prod",
    );
    check(
        &server("      ZoneId: !If $0\n"),
        "Prod",
        "      ZoneId: !If [Prod, $1, $2]",
    );
    check(
        &server("      ZoneId: !If [Prod, $0]\n"),
        "!Ref",
        "      ZoneId: !If [Prod, !Ref $1]",
    );
    check(
        "Conditions:\n  A: {}\n  B: !And [A, $0]\n",
        "A",
        "  B: !And [A, A]",
    );
    check(
        "Conditions:\n  A: {}\nResources:\n  V:\n    Condition: $0\n",
        "A",
        "    Condition: A",
    );
    check(
        "Conditions:\n  A: {}\nOutputs:\n  V:\n    Condition: $0\n",
        "A",
        "    Condition: A",
    );
    let not = labels("Conditions:\n  A: {}\n  B: !Not [$0]\n");
    assert!(not.contains(&"A".into()) && not.contains(&"!Equals".into()) && !not.contains(&"B".into()));
}

#[test]
fn find_in_map() {
    let map = |call: &str| {
        format!(
            "Mappings:\n  Zones:\n    cn-hangzhou: {{a: 1, b: 2}}\n    1: {{c: 3}}\nOutputs:\n  A:\n    Value: {call}\n"
        )
    };
    check(&map("!FindInMap [$0]"), "Zones", "    Value: !FindInMap [Zones]");
    check(
        &map("!FindInMap $0"),
        "Zones",
        "    Value: !FindInMap [Zones, $1, $2]",
    );
    check(
        &map("!FindInMap [Zones, $0]"),
        "cn-hangzhou",
        "    Value: !FindInMap [Zones, cn-hangzhou]",
    );
    check(
        &map("!FindInMap [Zones, $0]"),
        "1",
        "    Value: !FindInMap [Zones, '1']",
    );
    check(
        &map("!FindInMap [Zones, cn-hangzhou, $0]"),
        "b",
        "    Value: !FindInMap [Zones, cn-hangzhou, b]",
    );
    let any = labels(&map("!FindInMap [Zones, !Ref X, $0]"));
    assert!(["a", "b", "c"].iter().all(|key| any.contains(&(*key).into())));
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
fn interface_metadata() {
    let interface = |rest: &str| {
        format!(
            "Parameters:\n  A: {{Type: String}}\n  B: {{Type: String}}\nMetadata:\n  ALIYUN::ROS::Interface:\n    {rest}\n"
        )
    };
    check(
        &interface("$0"),
        "ParameterGroups",
        "    ParameterGroups:\n      - $0",
    );
    check(
        &interface("ParameterGroups:\n      - $0"),
        "Parameters",
        "      - Parameters:\n          - $0",
    );
    check(
        &interface("ParameterGroups:\n      - Parameters:\n          - A\n          - $0"),
        "B",
        "          - B",
    );
    assert_eq!(
        labels(&interface("ParameterGroups:\n      - Parameters: [A, $0]")),
        ["B"]
    );
    check(&interface("Hidden: [$0]"), "A", "    Hidden: [A]");
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

#[test]
fn references_that_fit_the_property() {
    check(
        &server("      ZoneId: $0\n"),
        "!Ref ZoneId",
        "      ZoneId: !Ref ZoneId",
    );
    check(
        &server("      VpcId: $0\n"),
        "!GetAtt Vpc.VpcId",
        "      VpcId: !GetAtt Vpc.VpcId",
    );
    check(
        &json_server("        \"VpcId\": $0"),
        "Fn::GetAtt Vpc.VpcId",
        "        \"VpcId\": { \"Fn::GetAtt\": [\"Vpc\", \"VpcId\"] }",
    );
    assert_eq!(labels(&server("      ZoneId: $0\n"))[0], "!Ref ZoneId");
}

#[test]
fn lists_whose_dash_or_bracket_is_missing() {
    check(
        &server("      Tags: {Key: a, Va$0}\n"),
        "Value",
        "      Tags: {Key: a, Value: $0}",
    );
    check(
        &json_server("        \"Tags\": {\"$0\"}"),
        "Key",
        "        \"Tags\": {\"Key\": $0}",
    );
}
