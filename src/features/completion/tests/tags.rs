//! A tag that has its argument already: the argument stays and is the argument of the tag that is chosen.

use super::{check, completion, json_server, labels, server};

#[test]
fn another_tag_keeps_the_argument() {
    let output =
        |value: &str| format!("Resources:\n  Vpc: {{Type: ALIYUN::ECS::VPC}}\nOutputs:\n  A: {value}\n");
    for (typed, label, expected) in [
        ("{Value: !Ref$0 Vpc}", "!GetAtt", "{Value: !GetAtt Vpc}"),
        ("{Value: !G$0ef Vpc}", "!GetAtt", "{Value: !GetAtt Vpc}"),
        ("{Value: !$0 Vpc}", "!GetAtt", "{Value: !GetAtt Vpc}"),
        (
            "{Value: !Ref$0 Vpc, Condition: 有}",
            "!Sub",
            "{Value: !Sub Vpc, Condition: 有}",
        ),
        ("{Value: $0!Ref Vpc}", "!GetAtt", "{Value: !GetAtt Vpc}"),
        ("{Value: !G$0 Vpc.VpcId}", "!GetAtt", "{Value: !GetAtt Vpc.VpcId}"),
        ("{Value: !Jo$0 [a, b]}", "!Join", "{Value: !Join [a, b]}"),
        (
            "{Value: !Select [0, !Ref$0 Vpc]}",
            "!GetAtt",
            "{Value: !Select [0, !GetAtt Vpc]}",
        ),
        ("{Value: !Ge$0}", "!GetAtt", "{Value: !GetAtt $1.$2}"),
    ] {
        check(&output(typed), label, &format!("  A: {expected}"));
    }
}

#[test]
fn in_block_style_too() {
    for (typed, label, expected) in [
        (
            "      ZoneId: !Ref$0 Vpc # 专有网络\n",
            "!GetAtt",
            "      ZoneId: !GetAtt Vpc # 专有网络",
        ),
        (
            "      ZoneId: !Su$0 '${Vpc}-网络'\n",
            "!Sub",
            "      ZoneId: !Sub '${Vpc}-网络'",
        ),
        (
            "      ZoneId: !Jo$0\n        - '-'\n        - [a]\n",
            "!Join",
            "      ZoneId: !Join",
        ),
        (
            "      ZoneId: !Su$0 |\n        网络 ${Vpc}\n",
            "!Sub",
            "      ZoneId: !Sub |",
        ),
        (
            "      Tags:\n        - Key: a\n          Value: !$0Ref Vpc\n",
            "!GetAtt",
            "          Value: !GetAtt Vpc",
        ),
        (
            "      ZoneIds:\n        - !Ref$0 Vpc\n",
            "!GetAtt",
            "        - !GetAtt Vpc",
        ),
        (
            "      ZoneId: !Re$0\n      ImageId: a\n",
            "!Ref",
            "      ZoneId: !Ref $1",
        ),
    ] {
        check(&server(typed), label, expected);
    }
}

#[test]
fn only_tags_are_offered_before_an_argument() {
    for typed in [
        "      ZoneId: !$0 Vpc\n",
        "      ZoneId: $0!Ref Vpc\n",
        "      ZoneId: !Ref$0 Vpc\n",
    ] {
        let found = labels(&server(typed));
        assert!(found.contains(&"!Sub".into()), "{found:?}");
        assert!(
            found
                .iter()
                .all(|label| label.starts_with('!') && !label.contains(' ')),
            "{found:?}"
        );
    }
    let (fixture, completion) = completion(&server("      ZoneId: !Ref$0 Vpc\n"));
    for item in &completion.items {
        assert_eq!(&fixture.text[item.edit.range.as_usize()], "!Ref");
        assert!(!item.snippet, "{item:?}");
    }
}

#[test]
fn another_name_of_a_function_keeps_the_argument() {
    check(
        &json_server("        \"ZoneId\": {\"$0\": \"Vpc\"}"),
        "Fn::GetAtt",
        "        \"ZoneId\": {\"Fn::GetAtt\": \"Vpc\"}",
    );
    check(
        &json_server("        \"ZoneId\": {\"$0\": [\"Vpc\", \"VpcId\"]}"),
        "Fn::GetAtt",
        "        \"ZoneId\": {\"Fn::GetAtt\": [\"Vpc\", \"VpcId\"]}",
    );
    check(
        &server("      ZoneId:\n        Fn::S$0: Vpc\n"),
        "Fn::Sub",
        "        Fn::Sub: Vpc",
    );
}
