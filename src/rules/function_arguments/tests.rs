//! Pictures of calls with wrong arguments, function by function.

use crate::diagnostic::Severity;
use crate::document::Document;
use crate::rules::fixture::{check, check_half_typed, findings};
use crate::syntax::Format;

#[test]
fn each_function() {
    check(
        "
Conditions:
  主: {Fn::Equals: [{Ref: ALIYUN::Region}, a]}
Resources:
  Vpc: {Type: 'ALIYUN::ECS::VPC'}
Outputs:
  A: {Value: {Ref: {Ref: Vpc}}}
#                   ^^^ ROS1004 `Ref` must be a name, written out: `Ref` is not read there
  B: {Value: {Fn::GetAtt: [Vpc, {Ref: ALIYUN::Region}]}}
#                                ^^^ ROS1006 `attribute` of `Fn::GetAtt` must be the name of an attribute, written out: `Ref` is not read
  C: {Value: {Fn::GetAtt: [Vpc, VpcId, x]}}
#             ^^^^^^^^^^ ROS1006 `Fn::GetAtt` takes `[resource, attribute]`, not 3 items
  D: {Value: {Fn::If: [{Fn::Equals: [a, b]}, a, b]}}
#                       ^^^^^^^^^^ ROS1015 `condition` of `Fn::If` must be the name of a condition, written out: `Fn::Equals` is not read there
  E: {Value: {Fn::Join: ['-', a]}}
#                             ^ ROS1016 `pieces` of `Fn::Join` must be a list, not the text `a`
  F: {Value: {Fn::Join: ['-', {Fn::GetAZs: a}]}}
  G: {Value: {Fn::Select: [[0], [a]]}}
#                          ^^^ ROS1017 `selector` of `Fn::Select` must be an index, a range or a key, not a list
  H: {Value: {Fn::Select: ['a', {a: 1}, b, c]}}
  I: {Value: {Fn::Split: [',']}}
#             ^^^^^^^^^ ROS1018 `Fn::Split` takes `[delimiter, text]`, not 1 item
  J: {Value: {Fn::Replace: [[a, b], text]}}
#                           ^^^^^^ ROS1018 `replacements` of `Fn::Replace` must be a map, not a list
  K: {Value: {Fn::Jq: [Frist, '.', a]}}
#                      ^^^^^ ROS1019 `method` of `Fn::Jq` must be `First` or `All`, not `Frist`; did you mean `First`?
  L: {Value: {Fn::Cidr: [10.0.0.0/8, 300, 8]}}
#                                    ^^^ ROS1021 `count` of `Fn::Cidr` must be from 1 to 256, not 300
  M: {Value: {Fn::GetJsonValue: [a]}}
#             ^^^^^^^^^^^^^^^^ ROS1026 `Fn::GetJsonValue` takes `[key, json]`, not 1 item
  N: {Value: {Fn::If: {Ref: 主}}}
#             ^^^^^^ ROS1015 `Fn::If` takes `[condition, valueIfTrue, valueIfFalse]`, not `Ref`
#                           ^ ROS1005
  O: {Condition: 主, Value: {Fn::Max: {Fn::Split: [',', '1,2']}}}
",
    );
}

#[test]
fn half_typed() {
    check_half_typed(
        "
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  A: {Value: {Ref: }}
#             ^^^ ROS1004 `Ref` is empty: it takes a name
  B: {Value: {Fn::GetAtt: }}
#             ^^^^^^^^^^ ROS1006 `Fn::GetAtt` is empty: it takes `[resource, attribute]`
  C: {Value: {Fn::GetAtt: [Vpc, ]}}
#             ^^^^^^^^^^ ROS1006
  E:
    Value:
      Fn::If:
#     ^^^^^^ ROS1015 `Fn::If` takes `[condition, valueIfTrue, valueIfFalse]`, not 1 item
        -
  F: {Value: {Fn::Sub: }}
#             ^^^^^^^ ROS1010 `Fn::Sub` is empty: it takes a text or `[text, variables]`
",
    );
}

#[test]
fn get_att_as_a_tag() {
    check(
        "
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  A: {Value: !GetAtt Vpc.VpcId}
  B: {Value: !GetAtt [Vpc, VpcId]}
",
    );
}

#[test]
fn get_att_without_a_dot() {
    check(
        "
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  A: {Value: !GetAtt Vpc}
#                    ^^^ ROS1006 `Fn::GetAtt` takes a resource and an attribute, not only `Vpc`
",
    );
}

#[test]
fn get_att_with_a_dot_in_the_long_form() {
    check(
        "
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  B: {Value: {Fn::GetAtt: Vpc.VpcId}}
#                         ^^^^^^^^^ ROS1006 `Fn::GetAtt` takes `[Vpc, VpcId]`: a dot is for the YAML tag only
",
    );
}

#[test]
fn kinds_that_the_service_may_turn_into_the_right_one() {
    let severities = |call: &str| {
        let text = format!(
            "ROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  P: {{Type: String}}\nConditions:\n  C: !Equals [!Ref P, a]\n\
             Resources: {{}}\nOutputs:\n  A: {{Condition: C, Value: {call}}}\n"
        );
        findings(&Document::new(&text, Format::Yaml))
            .iter()
            .map(|finding| (finding.id, finding.severity))
            .collect::<Vec<_>>()
    };
    let warning = [
        ("{Fn::Split: [',', 5]}", "ROS1018"),
        ("{Fn::Base64Encode: 5}", "ROS1026"),
        ("{Fn::Base64Encode: null}", "ROS1026"),
        ("{Fn::Cidr: [10.0.0.0/8, '3', 8]}", "ROS1021"),
        ("{Fn::Max: ['1', 2]}", "ROS1026"),
        ("{Fn::Add: ['1', 2]}", "ROS1026"),
        ("{Fn::ListMerge: []}", "ROS1026"),
        ("{Fn::MergeMap: [{a: b}]}", "ROS1026"),
        ("{Fn::Join: ['', [1.5]]}", "ROS1016"),
        ("{Fn::If: [[C], a, b]}", "ROS1015"),
        ("{Fn::Sub: [{Ref: P}, {a: b}]}", "ROS1010"),
    ];
    for (call, id) in warning {
        assert_eq!(severities(call), [(id, Severity::Warning)], "{call}");
    }
    let error = [
        ("{Fn::Indent: [a, 1.5]}", "ROS1021"),
        ("{Fn::Cidr: [10.0.0.0/8, 3, 33]}", "ROS1021"),
        ("{Fn::Max: [a, 2]}", "ROS1026"),
        ("{Fn::Length: 5}", "ROS1026"),
        ("{Fn::Index: [a]}", "ROS1026"),
        ("{Fn::Add: [1]}", "ROS1026"),
        ("{Fn::Join: ['', [[a]]]}", "ROS1016"),
        ("{Fn::Split: ['', a]}", "ROS1018"),
        ("{Fn::Select: [a, [a, b]]}", "ROS1017"),
        ("{Fn::Select: ['::0', [a, b]]}", "ROS1017"),
        ("{Fn::Add: [1, [2]]}", "ROS1026"),
        ("{Fn::Avg: [1, []]}", "ROS1026"),
        ("{Fn::Avg: [1, [a]]}", "ROS1026"),
        ("{Fn::Calculate: ['2**3', 0]}", "ROS1020"),
        ("{Fn::Calculate: ['a+1', 0]}", "ROS1020"),
        ("{Fn::Cidr: ['2001:db8::/56', 1, 8]}", "ROS1021"),
        ("{Fn::Cidr: [10.0.0.0/24, 9, 5]}", "ROS1021"),
        ("{Fn::Cidr: [10.0.0.0/24, 1, 9]}", "ROS1021"),
    ];
    for (call, id) in error {
        assert_eq!(severities(call), [(id, Severity::Error)], "{call}");
    }
    for call in [
        "!Base64Encode 5",
        "{Fn::Join: ['', [1, null]]}",
        "{Fn::Split: [',', null]}",
    ] {
        assert_eq!(severities(call), [], "{call}");
    }
}
