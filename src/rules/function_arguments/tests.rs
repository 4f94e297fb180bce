//! Pictures of calls with wrong arguments, function by function.

use crate::rules::fixture::{check, check_half_typed};

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
#                   ^^^ ROS1004 `name` of `Ref` must be plain text
  B: {Value: {Fn::GetAtt: [Vpc, {Ref: ALIYUN::Region}]}}
#                                ^^^ ROS1006 `attribute` of `Fn::GetAtt` must be plain text
  C: {Value: {Fn::GetAtt: [Vpc, VpcId, x]}}
#             ^^^^^^^^^^ ROS1006 `Fn::GetAtt` takes `[resource, attribute]`, not 3 items
  D: {Value: {Fn::If: [{Fn::Equals: [a, b]}, a, b]}}
#                       ^^^^^^^^^^ ROS1015 `condition` of `Fn::If` must be plain text
  E: {Value: {Fn::Join: ['-', a]}}
#                             ^ ROS1016 `pieces` of `Fn::Join` is a list
  F: {Value: {Fn::Join: ['-', {Fn::GetAZs: a}]}}
  G: {Value: {Fn::Select: [[0], [a]]}}
#                          ^^^ ROS1017 `selector` of `Fn::Select` is an index
  H: {Value: {Fn::Select: ['a', {a: 1}, b, c]}}
  I: {Value: {Fn::Split: [',']}}
#             ^^^^^^^^^ ROS1018 `Fn::Split` takes `[delimiter, text]`, not 1 item
  J: {Value: {Fn::Replace: [[a, b], text]}}
#                           ^^^^^^ ROS1018 `replacements` of `Fn::Replace` is a map
  K: {Value: {Fn::Jq: [Frist, '.', a]}}
#                      ^^^^^ ROS1019 `method` of `Fn::Jq` is `First` or `All`; did you mean `First`?
  L: {Value: {Fn::Cidr: [10.0.0.0/8, 300, 8]}}
#                                    ^^^ ROS1021 `count` of `Fn::Cidr` is from 1 to 256
  M: {Value: {Fn::GetJsonValue: [a]}}
#             ^^^^^^^^^^^^^^^^ ROS1026 `Fn::GetJsonValue` takes `[key, json]`, not 1 item
  N: {Value: {Fn::If: {Ref: 主}}}
#             ^^^^^^ ROS1015 `Fn::If` takes `[condition, valueIfTrue, valueIfFalse]`
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
#             ^^^ ROS1004 `Ref` takes one value: `name`
  B: {Value: {Fn::GetAtt: }}
#             ^^^^^^^^^^ ROS1006 `Fn::GetAtt` takes `[resource, attribute]`
  C: {Value: {Fn::GetAtt: [Vpc, ]}}
#             ^^^^^^^^^^ ROS1006
  E:
    Value:
      Fn::If:
#     ^^^^^^ ROS1015 `Fn::If` takes `[condition, valueIfTrue, valueIfFalse]`, not 1 item
        -
  F: {Value: {Fn::Sub: }}
#             ^^^^^^^ ROS1010 `Fn::Sub` takes
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
#                    ^^^ ROS1006 `Fn::GetAtt` takes the name of a resource and of an attribute
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
#                         ^^^^^^^^^ ROS1006 `Fn::GetAtt` takes `[resource, attribute]`; one text
",
    );
}
