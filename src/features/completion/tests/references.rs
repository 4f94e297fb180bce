//! Names of the template where one is asked for.

use super::{check, json_server, labels, server};

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
fn conditions_of_a_parameters_visibility() {
    let visible = |rest: &str| {
        format!(
            "Parameters:\n  PayType: {{Type: String}}\n  Period:\n    Type: Number\n    AssociationPropertyMetadata:\n      \
             Visible:\n        # 包年包月\n        Condition:\n          Fn::Not:\n            {rest}\n"
        )
    };
    check(
        &visible("Fn::E$0"),
        "Fn::Equals",
        "            Fn::Equals:\n              - ${1:left}\n              - ${2:right}",
    );
    check(
        &visible("Fn::Equals:\n            - $0"),
        "${PayType}",
        "            - ${PayType}",
    );
    check(
        &visible("Fn::Equals:\n            - ${Pa$0}"),
        "${PayType}",
        "            - ${PayType}",
    );
    check(
        &visible("Fn::Equals: [$0]"),
        "${PayType}",
        "            Fn::Equals: ['${PayType}']",
    );
    let found = labels(&visible("Fn::Equals:\n            - $0"));
    assert!(
        !found.contains(&"${Period}".into()) && !found.contains(&"!GetAtt".into()),
        "{found:?}"
    );
    check(
        "{\"Parameters\": {\"PayType\": {}, \"Period\": {\"AssociationPropertyMetadata\": {\"Visible\": {\"Condition\": {\"Fn::Equals\": [\"$0\"]}}}}}}",
        "${PayType}",
        "{\"Parameters\": {\"PayType\": {}, \"Period\": {\"AssociationPropertyMetadata\": {\"Visible\": {\"Condition\": {\"Fn::Equals\": [\"${PayType}\"]}}}}}}",
    );
}
