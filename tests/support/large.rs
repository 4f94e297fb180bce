//! Large templates for benches: what a big team's template looks like, in the length that is asked for.

/// A template of about `lines` lines in YAML.
pub(crate) fn yaml_template(lines: usize) -> String {
    let count = lines / RESOURCE_LINES;
    let mut text = String::from(
        "ROSTemplateFormatVersion: '2015-09-01'\nDescription:\n  en: Creates servers in a VPC\n  zh-cn: 在专有网络中创建服务器\nParameters:\n",
    );
    for number in 0..count / 20 + 1 {
        text += &format!(
            "  Zone{number}:\n    Type: String\n    Label:\n      zh-cn: 可用区\n    AssociationProperty: ALIYUN::ECS::ZoneId\n"
        );
    }
    text +=
        "Resources:\n  Vpc0:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n      CidrBlock: 192.168.0.0/16\n";
    for number in 0..count {
        let zone = number % (count / 20 + 1);
        text += &format!(
            "  VSwitch{number}:\n    # 第 {number} 台交换机\n    Type: ALIYUN::ECS::VSwitch\n    Properties:\n      \
             VpcId: !Ref Vpc0\n      ZoneId:\n        Ref: Zone{zone}\n      CidrBlock: 192.168.{}.0/24\n      \
             VSwitchName: 交换机{number}\n  Server{number}:\n    Type: ALIYUN::ECS::InstanceGroup\n    Properties:\n      \
             MaxAmount: 1\n      VpcId: {{Ref: Vpc0}}\n      VSwitchId: !Ref VSwitch{number}\n      ImageId: centos_7\n      \
             InstanceType: ecs.g7.large\n      SystemDiskCategory: cloud_essd\n      UserData:\n        Fn::Sub: |\n          \
             #!/bin/bash\n          echo ${{VSwitch{number}}} ${{ALIYUN::Region}}\n",
            number % 256
        );
    }
    text += "Outputs:\n";
    for number in 0..count / 20 {
        text += &format!("  Id{number}:\n    Value: !GetAtt Server{number}.InstanceIds\n");
    }
    text
}

/// Lines of one pair of resources, with its share of parameters and outputs.
const RESOURCE_LINES: usize = 23;

/// The same template in JSON.
pub(crate) fn json_template(lines: usize) -> String {
    // The JSON form has about half as many lines again.
    let document =
        ros_lsp::document::Document::new(&yaml_template(lines * 4 / 5), ros_lsp::syntax::Format::Yaml);
    let root = document.tree.root().expect("the template has a root");
    ros_lsp::template::json_form::to_json(root)
}
