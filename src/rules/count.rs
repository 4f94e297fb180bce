//! `Count`: how many of a resource, and the index that goes with it.

use super::declare::{CallContext, CallPlace, Check, Family, LinkedContext, Rule, TemplateContext};
use super::report::Report;
use super::wording::{shown, value_or_kind};
use crate::diagnostic::Severity;
use crate::syntax::scalar_type::Typed;
use crate::template::{NameKind, Resource, SectionKind, Site, UseKind, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&COUNT_VALUE, &INDEX_PLACE, &INDEXED_NAME],
    check: Check::Linked(check),
};

/// Functions in `Count` are checked call by call.
pub(super) const FUNCTIONS: Family = Family {
    rules: &[&COUNT_FUNCTION],
    check: Check::Call(check_call),
};

/// The sum of all resources needs the whole template.
pub(super) const LIMIT: Family = Family {
    rules: &[&TOO_MANY_RESOURCES],
    check: Check::Template(check_limit),
};

/// Resources of one stack; the service refuses more.
const MOST_RESOURCES: u64 = 300;

const COUNT_VALUE: Rule = Rule {
    id: "ROS0714",
    name: "count-value",
    about: "`Count` is a whole number, zero or more, or a function that gives one.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Eip:
    Type: ALIYUN::VPC::EIP
    Count: -1
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Eip:
    Type: ALIYUN::VPC::EIP
    Count: 2
",
    ..Rule::NONE
};

const COUNT_FUNCTION: Rule = Rule {
    id: "ROS0715",
    name: "count-function",
    about: "`Count` is worked out before any resource exists, so functions that read resources or stacks can't be used.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
  Eip:
    Type: ALIYUN::VPC::EIP
    Count:
      Fn::GetAtt: [Vpc, VpcId]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Number:
    Type: Number
Resources:
  Eip:
    Type: ALIYUN::VPC::EIP
    Count:
      Ref: Number
",
    ..Rule::NONE
};

const INDEX_PLACE: Rule = Rule {
    id: "ROS0716",
    name: "index-place",
    about: "`ALIYUN::Index` counts the copies of a resource with `Count`; it has a value only in that resource's \
            `Properties`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName:
        Fn::Sub: 'vpc-${ALIYUN::Index}'
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Count: 2
    Properties:
      VpcName:
        Fn::Sub: 'vpc-${ALIYUN::Index}'
",
    ..Rule::NONE
};

const INDEXED_NAME: Rule = Rule {
    id: "ROS0717",
    name: "indexed-name",
    about: "The copies of a resource `A` with `Count` are named `A[0]`, `A[1]`, … A resource that has such a name already \
            makes the expansion fail.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Eip:
    Type: ALIYUN::VPC::EIP
    Count: 2
  Eip[0]:
    Type: ALIYUN::VPC::EIP
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Eip:
    Type: ALIYUN::VPC::EIP
    Count: 2
  EipOther:
    Type: ALIYUN::VPC::EIP
",
    ..Rule::NONE
};

const TOO_MANY_RESOURCES: Rule = Rule {
    id: "ROS0718",
    name: "too-many-resources",
    severity: Severity::Warning,
    about: "A stack has at most 300 resources, copies by `Count` included. Divide the template into nested stacks.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Eip:
    Type: ALIYUN::VPC::EIP
    Count: 301
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Eip:
    Type: ALIYUN::VPC::EIP
    Count: 300
",
    ..Rule::NONE
};

fn check(context: &LinkedContext<'_>, report: &mut Report) {
    let unit = context.facts();
    for (use_, range) in context.unit.uses() {
        let index = matches!(use_.kind, UseKind::Ref | UseKind::SubName) && &*use_.name == "ALIYUN::Index";
        let counted = unit
            .definition
            .as_ref()
            .is_some_and(|(_, definition)| definition.counted);
        if index && !(counted && use_.site == Site::Properties) {
            let message = "`ALIYUN::Index` must stand in the `Properties` of a resource with `Count`";
            report.add(&INDEX_PLACE, range, message);
        }
    }
    if context.section() != SectionKind::Resources {
        return;
    }
    if let Some(count) = (Resource { entry: context.entry }).attribute("Count") {
        value(count.into(), report);
    }
    if let Some((name, "")) = unit.name.rsplit_once(']')
        && let Some((name, index)) = name.split_once('[')
        && index.bytes().all(|digit| digit.is_ascii_digit())
        && context
            .names()
            .get(NameKind::Resource, name)
            .is_some_and(|resource| resource.counted())
    {
        let message = format!(
            "{} can't be a name here: a copy of {} is called so by its `Count`",
            shown(&unit.name),
            shown(name)
        );
        report.at(&INDEXED_NAME, context.entry.key, message);
    }
}

fn value(count: Value<'_>, report: &mut Report) {
    if count.call().is_some() || count.is_null() {
        return;
    }
    let natural = match count.node.typed() {
        Some(Typed::Int(number)) => number >= 0,
        Some(Typed::String) => count.literal().is_some_and(|text| text.parse::<u32>().is_ok()),
        _ => false,
    };
    if !natural {
        let message = format!(
            "`Count` must be a whole number, 0 or more, or a function that gives one, not {}",
            value_or_kind(count)
        );
        report.at(&COUNT_VALUE, count.node, message);
    }
}

fn check_call(context: &CallContext<'_>, report: &mut Report) {
    let reads_resources = matches!(
        &*context.call.name,
        "Fn::GetAtt" | "Fn::GetStackOutput" | "Fn::MarketplaceImage" | "Fn::Sub"
    );
    if context.place == CallPlace::Count && reads_resources {
        let message = format!(
            "`{}` can't stand in `Count`, which is worked out before any resource exists",
            context.call.name
        );
        report.add(&COUNT_FUNCTION, context.call.name_range, message);
    }
}

fn check_limit(context: &TemplateContext<'_>, report: &mut Report) {
    let total = context.scope.resource_count();
    if total > MOST_RESOURCES
        && let Some(section) = context.template.section(SectionKind::Resources)
    {
        let message = format!("a stack may have at most {MOST_RESOURCES} resources, this has {total}");
        report.at(&TOO_MANY_RESOURCES, section.key, message);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn what_count_takes() {
        check(
            "
Parameters:
  Names: {Type: CommaDelimitedList}
Resources:
  网络: {Type: ALIYUN::ECS::VPC}
  A:
    Type: ALIYUN::VPC::EIP
    Count: !GetAtt 网络.VpcId
#          ^^^^^^^ ROS0715 `Fn::GetAtt` can't stand in `Count`
  B:
    Type: ALIYUN::VPC::EIP
    Count: {'Fn::Sub': '${Names}'}
#           ^^^^^^^^^ ROS0715 `Fn::Sub` can't stand in `Count`
  C:
    Type: ALIYUN::VPC::EIP
    Count: {'Fn::Length': {'Fn::GetAZs': {Ref: ALIYUN::Region}}}
  D:
    Type: ALIYUN::VPC::EIP
    Count: 1.5
#          ^^^ ROS0714 `Count` must be a whole number, 0 or more, or a function that gives one, not `1.5`
",
        );
    }
}
