//! `${Name}` in a text that no `Fn::Sub` reads.

use super::declare::{CallPlace, Check, Family, LinkedContext, Rule};
use super::place::expressions;
use super::report::Report;
use crate::diagnostic::Severity;
use crate::language::pseudo;
use crate::template::interpolation::placeholders;
use crate::template::{NameKind, NameReader, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&PLAIN_PLACEHOLDER],
    check: Check::Linked(check),
};

const PLAIN_PLACEHOLDER: Rule = Rule {
    id: "ROS1013",
    name: "plain-placeholder",
    severity: Severity::Warning,
    about: "`${Name}` stands for a parameter or a resource in the text of an `Fn::Sub` only. In any other text it is passed \
            on as it is written.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: ${Name}-vpc
Outputs:
  Name:
    Value:
      Ref: Name
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName:
        Fn::Sub: ${Name}-vpc
Outputs:
  Name:
    Value:
      Ref: Name
",
    ..Rule::NONE
};

/// Properties whose texts are scripts or templates.
const SCRIPTS: &[&str] = &["TemplateBody", "UserData", "CommandContent", "Content"];

fn check(context: &LinkedContext<'_>, report: &mut Report) {
    if !context.entry.value.source().contains("${") {
        return;
    }
    for (node, place) in expressions(context.section(), context.entry) {
        if matches!(place, CallPlace::Properties | CallPlace::OutputValue) {
            walk(context, node.into(), report);
        }
    }
}

fn walk(context: &LinkedContext<'_>, value: Value<'_>, report: &mut Report) {
    if let Some(call) = value.call() {
        match &*call.name {
            // Its map may have texts of its own, but those are read by the one around it as often as not.
            "Fn::Sub" | "Fn::Replace" => {}
            _ => walk(context, call.argument, report),
        }
        return;
    }
    if let Some(text) = value.literal().filter(|text| may_be_meant(text)) {
        let map = value.node.source_map();
        for placeholder in placeholders(&text).filter(|found| !found.literal && found.closed) {
            let name = text[placeholder.inner.as_usize()].trim();
            if is_declared(context.names(), name) {
                let message = format!("`${{{name}}}` is plain text here: only `Fn::Sub` reads it");
                report.add(&PLAIN_PLACEHOLDER, map.range(placeholder.inner), message);
            }
        }
        return;
    }
    for entry in value.entries() {
        if entry.key.text().is_none_or(|key| !SCRIPTS.contains(&&*key)) {
            walk(context, entry.value.into(), report);
        }
    }
    for item in value.items() {
        walk(context, item, report);
    }
}

/// Scripts have variables of their own, and a template in a text has functions of its own.
fn may_be_meant(text: &str) -> bool {
    text.contains("${") && !text.contains('\n') && !text.contains("Fn::Sub")
}

fn is_declared(names: NameReader<'_>, name: &str) -> bool {
    let resource = name.split_once('.').map_or(name, |(resource, _)| resource);
    pseudo::find(name).is_some()
        || names.has(NameKind::Parameter, name)
        || names.has(NameKind::Resource, resource)
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn texts_that_no_function_reads() {
        check(
            "
Parameters:
  Name: {Type: String}
Resources:
  网络:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: 中${Name}
#                 ^^^^ ROS1013 `${Name}` is plain text here: only `Fn::Sub` reads it
      Description: !Join ['', [\"${ALIYUN::StackName}\", $HOME, '${HOME}', '${!Name}', !Sub '${Name}']]
#                                 ^^^^^^^^^^^^^^^^^ ROS1013
      CidrBlock: !Replace [{'${Name}': 10.0.0.0/8}, '${Name}']
      ResourceGroupId: |
        Name=a
        echo ${Name}
      UserCidr: '{\"Fn::Sub\": \"${Name}\"}'
  Run:
    Type: ALIYUN::ECS::RunCommand
    Properties:
      Type: RunShellScript
      CommandContent: !Join ['', ['echo ${Name}']]
      InstanceIds: [i-1]
Outputs:
  Id: {Value: '${网络.VpcId}'}
#                ^^^^^^^^ ROS1013
",
        );
    }
}
