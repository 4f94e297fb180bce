//! Properties that the documentation forbids beside others. (What it says to be required beside others is no rule: official
//! templates do without.)

use super::declare::{Check, Family, ObjectContext, Rule};
use super::report::Report;
use crate::catalog::Property;
use crate::diagnostic::Severity;
use crate::syntax::{Entry, Node};
use crate::template::Value;

pub(super) const FAMILY: Family = Family {
    rules: &[&NEIGHBOURS],
    check: Check::Object(check),
};

const NEIGHBOURS: Rule = Rule {
    id: "ROS0807",
    name: "neighbouring-properties",
    severity: Severity::Information,
    about: "The documentation says in words that one property can't be given beside another. Words are not as exact as a \
            schema: this is information.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Addresses:
    Type: ALIYUN::ECS::AssignIpv6Addresses
    Properties:
      NetworkInterfaceId: eni-1
      Ipv6AddressCount: 2
      Ipv6Addresses: ['2001:db8::1']
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Addresses:
    Type: ALIYUN::ECS::AssignIpv6Addresses
    Properties:
      NetworkInterfaceId: eni-1
      Ipv6AddressCount: 2
",
    ..Rule::NONE
};

fn check(context: &ObjectContext<'_>, report: &mut Report) {
    if context.object.entry("<<").is_some() {
        return;
    }
    for property in context.properties() {
        if let Some(entry) = given(context.object, &property.name) {
            not_with(context, property, entry, report);
        }
    }
}

fn not_with(context: &ObjectContext<'_>, property: &Property, entry: Entry<'_>, report: &mut Report) {
    for other in &property.not_with {
        let Some(beside) = given(context.object, other) else {
            continue;
        };
        // Said of both, it is reported once: at the later one.
        let mutual = context
            .properties()
            .iter()
            .any(|known| known.name == *other && known.not_with.contains(&property.name));
        let (place, first) = (entry.key.range(), beside.key.range());
        if mutual && place.start < first.start {
            continue;
        }
        let message = format!("`{}` can't be given together with `{other}`", property.name);
        report
            .at(&NEIGHBOURS, entry.key, message)
            .related(first, "given here");
    }
}

/// The entry of a property that surely has a value.
fn given<'a>(object: Node<'a>, name: &str) -> Option<Entry<'a>> {
    let entry = object.entry(name)?;
    let value = Value::from(entry.value);
    (!value.is_null()
        && value
            .call()
            .is_none_or(|call| !call.is("Fn::If") && !call.is("Ref")))
    .then_some(entry)
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn forbidden_ones() {
        check(
            "
Resources:
  地址:
    Type: ALIYUN::ECS::AssignIpv6Addresses
    Properties:
      NetworkInterfaceId: eni-1
      Ipv6AddressCount: 2
      Ipv6Addresses: ['2001:db8::1']
#     ^^^^^^^^^^^^^ ROS0807 `Ipv6Addresses` can't be given together with `Ipv6AddressCount`
  没有: {Type: ALIYUN::ECS::AssignIpv6Addresses, Properties: {NetworkInterfaceId: eni-1, Ipv6AddressCount: 2, Ipv6Addresses: null}}
#                                                                                                           ^^^^^^^^^^^^^ ROS0820 `Ipv6Addresses` has no value
",
        );
    }
}
