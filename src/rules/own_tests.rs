//! Findings on resources whose types a page of the workspace describes.

use super::fixture::check_with;
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::fixture::with_pages;
use crate::syntax::Format;

const THING: &str = "# MODULE::My::Thing

A thing.

## Properties

|Property|Type|Required|Editable|Description|Validity|
|-|-|-|-|-|-|
|Name|String|Yes|Yes|Its name.|The name must be 2 to 8 characters in length.|
|Mode|String|No|No|How.|Valid values: fast and safe.|
|Size|Integer|No|Yes|How big.|Valid values: 1 to 100.|
|Parts|List|No|Yes|Its parts.|None|

## Parts properties

|Property|Type|Required|Editable|Description|Validity|
|-|-|-|-|-|-|
|Kind|String|Yes|No|Which.|Valid values: wheel and door.|

## Response parameters

- ThingId: its ID.
";

const JOB: &str = "# Custom::任务

## 属性

|属性名称|类型|必须|允许更新|描述|约束|
|-|-|-|-|-|-|
|Parameters|Map|是|是|参数。|无|
";

#[test]
fn a_module() {
    check_with(
        &with_pages(&[THING]),
        "
Resources:
  东西:
    Type: MODULE::My::Thing
    Version: v1
    Properties:
#   ^^^^^^^^^^ ROS0802 property `Name` is missing: MODULE::My::Thing needs it
      Mode: fats
#           ^^^^ ROS0804 unknown value `fats` of `Mode`; did you mean `fast`?
      Size: 101
#           ^^^ ROS0804 `Size` must be 1 to 100, not `101`
      Sise: 1
#     ^^^^ ROS0801 unknown property `Sise`; did you mean `Size`?
      Parts:
        - Kind: wheel
        - Kind: [a]
#               ^^^ ROS0803 `Kind` must be a text, not a list
        - Number: 1
#         ^^^^^^ ROS0801 unknown property `Number` in `Parts`
#         ^^^^^^ ROS0802 property `Kind` is missing: `Parts` of MODULE::My::Thing needs it
  Good:
    Type: MODULE::My::Thing
    Version: v1
    Properties:
      Name: 很长的名字
      Size: '100'
Outputs:
  A: {Value: !GetAtt 东西.ThingId}
  B: {Value: !GetAtt Good.ThingIt}
#                         ^^^^^^^ ROS1008 `Good` (MODULE::My::Thing) has no attribute `ThingIt`; did you mean `ThingId`?
",
    );
}

#[test]
fn nothing_in_a_page_makes_an_error() {
    let text = "ROSTemplateFormatVersion: '2015-09-01'
Resources:
  A:
    Type: MODULE::My::Thing
    Version: v1
    Properties: {Mode: x, Size: 0, Sizes: 1, Parts: [{}]}
Outputs:
  B: {Value: !GetAtt A.Nothing}
";
    let document = Document::new(text, Format::Yaml);
    let found = super::check(&document, &with_pages(&[THING]), &Config::default());
    assert_eq!(found.len(), 6, "{found:#?}");
    for finding in found {
        assert_eq!(finding.severity, Severity::Warning, "{}", finding.message);
    }
}

#[test]
fn a_type_of_a_name_that_the_service_does_not_have() {
    let page = THING.replace("MODULE::My::Thing", "Acme::Thing");
    check_with(
        &with_pages(&[&page]),
        "
Resources:
  A:
    Type: Acme::Thing
    Properties: {Name: abc}
  B:
    Type: Acme::Things
#         ^^^^^^^^^^^^ ROS0705 unknown resource type `Acme::Things`; did you mean `Acme::Thing`?
",
    );
}

#[test]
fn custom_resources_have_what_all_have() {
    let page = JOB.replace("任务", "Job");
    check_with(
        &with_pages(&[&page]),
        "
Resources:
  A:
    Type: Custom::Job
    Properties:
      ServiceToken: acs:fc:cn-hangzhou:1:services/a/functions/b
      Timeout: 60
      Parameters: {任意: 1}
  B:
    Type: Custom::Job
    Properties:
#   ^^^^^^^^^^ ROS0802 properties `ServiceToken` and `Parameters` are missing: Custom::Job needs them
      Timeout: 60
Outputs:
  C: {Value: !GetAtt A.Outputs}
",
    );
}

#[test]
fn a_page_about_a_known_type_is_put_over_the_catalog() {
    let page = "# ALIYUN::ECS::VPC

## Properties

|Property|Type|Required|Description|Validity|
|-|-|-|-|-|
|VpcName|String|Yes|A name by the rules of the team.|The name must be 4 to 20 characters in length.|
|CidrBlock|String|No|The block.|Valid values: 10.0.0.0/8 and 172.16.0.0/12.|
|Owner|String|No|Who pays.|None|
";
    check_with(
        &with_pages(&[page]),
        "
Resources:
  A:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: abc
#              ^^^ ROS0804 `VpcName` must have 4 to 20 characters, this has 3
      CidrBlock: 192.168.0.0/16
#                ^^^^^^^^^^^^^^ ROS0804 `CidrBlock` must be `10.0.0.0/8` or `172.16.0.0/12`, not `192.168.0.0/16`
      Owner: 财务
      Description: 仍然已知
  B:
    Type: ALIYUN::ECS::VPC
#         ^^^^^^^^^^^^^^^^ ROS0802 property `VpcName` is missing
Outputs:
  C: {Value: !GetAtt A.VpcId}
",
    );
}
