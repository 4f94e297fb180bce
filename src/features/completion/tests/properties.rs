//! Types, properties, values and functions.

use super::{check, json_server, labels, server};

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
    use crate::features::completion::quote::yaml_string;
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

#[test]
fn nothing_fits_between_a_key_and_its_value() {
    let disk = |rest: &str| {
        format!("Resources:\n  盘:\n    Type: ALIYUN::ECS::Disk\n    Properties:\n      {rest}\n")
    };
    let json_disk = |rest: &str| {
        format!(
            "{{\"Resources\": {{\"盘\": {{\"Type\": \"ALIYUN::ECS::Disk\", \"Properties\": {{{rest}}}}}}}}}"
        )
    };
    for taken in [
        disk("DiskCategory:$0 cloud"),
        disk("Tags:$0 [{Key: a}]"),
        disk("Tags:\n        -$0 Key: a"),
        json_disk("\"DiskCategory\":$0 \"cloud\""),
        json_disk("\"Tags\": [{}]$0"),
    ] {
        assert_eq!(labels(&taken), Vec::<String>::new(), "{taken}");
    }
    for free in [
        disk("DiskCategory:$0"),
        disk("DiskCategory: $0 # cloud"),
        disk("DiskCategory: $0\n      ZoneId: a"),
        json_disk("\"DiskCategory\": $0, \"ZoneId\": \"a\""),
        json_disk("\"DiskCategory\": $0 \"ZoneId\": \"a\""),
    ] {
        assert!(labels(&free).contains(&"cloud_essd".to_owned()), "{free}");
    }
}

#[test]
fn a_missing_comma_comes_with_the_text() {
    check(
        "{\"Resources\": {\"盘\": {\"Type\": \"ALIYUN::ECS::Disk\", \"Properties\": {\"Tags\": [{}$0]}}}}",
        "{ Key }",
        "{\"Resources\": {\"盘\": {\"Type\": \"ALIYUN::ECS::Disk\", \"Properties\": {\"Tags\": [{},{\"Key\": $1}]}}}}",
    );
}
