//! A property's value against its schema: kind, allowed values, range, length, pattern.

use super::colon::Slips;
use super::declare::{Check, Family, Rule, ValueContext};
use super::function_name::is_mistyped;
use super::report::{Report, did_you_mean, one_of};
use super::slip;
use super::wording::{odd_characters, value_or_kind};
use crate::catalog::suggest::{nearest, plain};
use crate::catalog::{Property, Source, ValueKind, meaning};
use crate::diagnostic::Severity;
use crate::syntax::Kind;
use crate::syntax::scalar_type::Typed;
use crate::template::Value;

pub(super) const FAMILY: Family = Family {
    rules: &[&WRONG_KIND, &OUT_OF_BOUNDS],
    check: Check::Value(check),
};

const WRONG_KIND: Rule = Rule {
    id: "ROS0803",
    name: "wrong-kind",
    severity: Severity::Warning,
    about: "The property takes another kind of value, and this one can't be converted: a list where a text is expected, \
            say. Numbers and booleans may be quoted.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Image:
    Type: ALIYUN::ECS::CustomImage
    Properties:
      ImageName: [a, b]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Image:
    Type: ALIYUN::ECS::CustomImage
    Properties:
      ImageName: ab
",
    ..Rule::NONE
};

const OUT_OF_BOUNDS: Rule = Rule {
    id: "ROS0804",
    name: "value-out-of-bounds",
    severity: Severity::Warning,
    about: "The value is not among those allowed, or outside the range, length or pattern that the property takes. Bounds \
            that only the documentation states are reported as information, values that it does not list as a hint, unless a \
            listed one is a slip of the pen away.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Image:
    Type: ALIYUN::ECS::CustomImage
    Properties:
      DiskDeviceMapping:
        - DiskType: sytem
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Image:
    Type: ALIYUN::ECS::CustomImage
    Properties:
      DiskDeviceMapping:
        - DiskType: system
",
    ..Rule::NONE
};

fn check(context: &ValueContext<'_>, report: &mut Report) {
    let (value, property) = (context.value, context.property);
    if value.call().is_some() || value.is_null() || value.kind() == Kind::Alias || is_mistyped(value) {
        return;
    }
    let kind = match property.kind {
        ValueKind::Number if meaning::is_whole(property) => ValueKind::Integer,
        kind => kind,
    };
    if !fits(value, kind) {
        wrong_kind(value, kind, &subject(context), report);
        return;
    }
    if value.node.is_scalar() {
        allowed_values(context, report);
        range(value, property, report);
        pattern(value, property, report);
    }
    length(value, property, report);
    parts(context, report);
}

/// What a message speaks of: the property, or an item of it.
pub(super) fn subject(context: &ValueContext<'_>) -> String {
    match context.item {
        true => format!("an item of `{}`", context.property.name),
        false => format!("`{}`", context.property.name),
    }
}

fn wrong_kind(value: Value<'_>, kind: ValueKind, subject: &str, report: &mut Report) {
    let is_map = matches!(kind, ValueKind::Map | ValueKind::Object | ValueKind::List);
    if is_map && let Some(slips) = Slips::of(value.node) {
        let message = format!("{}; {subject} must be {}", slips.advice(), expected(kind));
        report
            .at(&WRONG_KIND, value.node, message)
            .severity(Severity::Error)
            .mend_colons(slips);
        return;
    }
    let message = format!(
        "{subject} must be {}, not {}",
        expected(kind),
        value_or_kind(value)
    );
    let finding = report.at(&WRONG_KIND, value.node, message);
    // Full-width digits are the number that they look like.
    if let Some(text) = value.literal()
        && let meant = plain(&text)
        && *meant != *text
    {
        finding.suggest(&[&meant]);
    }
}

/// Items of a list and values of a map: of what kind they must be. Only maps are looked into.
fn parts(context: &ValueContext<'_>, report: &mut Report) {
    let (value, property) = (context.value, context.property);
    if context.item {
        return;
    }
    // What is known of single items is checked with each item.
    let of_items = property.item_kind.filter(|_| property.item.is_none());
    let (subject, kind) = match (property.kind, property.properties.is_empty(), of_items) {
        (ValueKind::List, false, _) => ("an item of", ValueKind::Object),
        (ValueKind::List, true, Some(kind)) => ("an item of", kind),
        (ValueKind::Map, false, _) => ("a value of", ValueKind::Object),
        _ => return,
    };
    let subject = format!("{subject} `{}`", property.name);
    let values = value.entries().map(|entry| Value::from(entry.value));
    let values = values.filter(|_| property.kind == ValueKind::Map);
    for part in value.items().chain(values) {
        let open = part.call().is_some() || part.is_null() || part.kind() == Kind::Alias || is_mistyped(part);
        if !open && !fits(part, kind) {
            wrong_kind(part, kind, &subject, report);
        }
    }
}

/// Whether a value is of a kind, or can be converted to it by the service.
fn fits(value: Value<'_>, kind: ValueKind) -> bool {
    match kind {
        ValueKind::Any => true,
        ValueKind::String => value.node.is_scalar(),
        ValueKind::Integer => number(value).is_some_and(|number| number.fract() == 0.0),
        ValueKind::Number => number(value).is_some(),
        ValueKind::Boolean => boolean(value),
        ValueKind::List => value.kind() == Kind::Sequence,
        // A text may be JSON; real templates also give lists where the schema says map.
        ValueKind::Map => value.kind() == Kind::Mapping || json_text(value) || value.kind() == Kind::Sequence,
        ValueKind::Object => value.kind() == Kind::Mapping || json_text(value),
    }
}

fn number(value: Value<'_>) -> Option<f64> {
    match value.node.typed()? {
        Typed::Int(number) => Some(number as f64),
        Typed::Float(number) => Some(number),
        Typed::String | Typed::Timestamp => value.node.text()?.trim().parse().ok(),
        Typed::Null | Typed::Bool(_) => None,
    }
}

fn boolean(value: Value<'_>) -> bool {
    match value.node.typed() {
        Some(Typed::Bool(_)) => true,
        Some(Typed::Int(number)) => number == 0 || number == 1,
        Some(Typed::String) => {
            let text = value.node.text().unwrap_or_default().to_lowercase();
            matches!(
                text.as_str(),
                "true" | "false" | "yes" | "no" | "on" | "off" | "1" | "0"
            )
        }
        Some(Typed::Null | Typed::Float(_) | Typed::Timestamp) | None => false,
    }
}

fn json_text(value: Value<'_>) -> bool {
    value
        .literal()
        .is_some_and(|text| text.trim_start().starts_with(['{', '[']))
}

pub(super) fn expected(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::String => "a text",
        ValueKind::Integer => "a whole number",
        ValueKind::Number => "a number",
        ValueKind::Boolean => "`true` or `false`",
        ValueKind::List => "a list",
        ValueKind::Map | ValueKind::Object => "a map",
        ValueKind::Any => "any value",
    }
}

fn allowed_values(context: &ValueContext<'_>, report: &mut Report) {
    let (value, property) = (context.value, context.property);
    // What a policy's effect is another rule knows better.
    if property.values.is_empty() || meaning::is_effect(property) {
        return;
    }
    let Some(text) = value.node.text() else { return };
    let enforced = matches!(property.values_source, Source::Enforced | Source::Workspace);
    let takes = |text: &str| {
        property
            .values
            .iter()
            .any(|allowed| allowed.value == text || same_scalar(&allowed.value, value))
    };
    // Some properties take several values in one text, which only the documentation's prose says.
    if takes(&text) || (!enforced && text.contains(',') && text.split(',').all(|part| takes(part.trim()))) {
        return;
    }
    let names = property.values.iter().map(|allowed| allowed.value.as_str());
    let mut found = nearest(&text, names.clone());
    let is_slip = found.first().is_some_and(|near| slip::of_value(&text, near))
        && !slip::is_value_elsewhere(context.resource_type, &text);
    if !is_slip {
        found.retain(|near| near.eq_ignore_ascii_case(&text));
    }
    let (name, given) = (&property.name, value_or_kind(value));
    let message = match (found.is_empty(), enforced) {
        (false, _) => format!("unknown value {given} of `{name}`{}", did_you_mean(&found)),
        (true, true) => format!("`{name}` must be {}, not {given}", one_of(names)),
        (true, false) => format!("`{name}` is documented as {}, not {given}", one_of(names)),
    };
    let severity = match is_slip {
        true => Severity::Warning,
        false => values_severity(property.values_source),
    };
    report
        .at(&OUT_OF_BOUNDS, value.node, message)
        .severity(severity)
        .suggest(&found);
}

/// Whether an allowed value written as text is the same number or boolean as the value.
fn same_scalar(allowed: &str, value: Value<'_>) -> bool {
    match value.node.typed() {
        Some(Typed::Bool(truth)) => allowed.eq_ignore_ascii_case(if truth { "true" } else { "false" }),
        Some(Typed::Int(_) | Typed::Float(_)) => {
            let given = number(value);
            given.is_some() && given == allowed.parse().ok()
        }
        Some(Typed::Null | Typed::Timestamp | Typed::String) | None => false,
    }
}

fn range(value: Value<'_>, property: &Property, report: &mut Report) {
    if property.min.is_none() && property.max.is_none() {
        return;
    }
    let Some(number) = number(value) else { return };
    let below = property.min.is_some_and(|min| number < min);
    let above = property.max.is_some_and(|max| number > max);
    if below || above {
        let message = format!(
            "`{}` must be {}, not {}",
            property.name,
            bounds(property.min, property.max),
            value_or_kind(value)
        );
        report
            .at(&OUT_OF_BOUNDS, value.node, message)
            .severity(severity(property.range_source));
    }
}

fn length(value: Value<'_>, property: &Property, report: &mut Report) {
    let (min, max) = (property.min_length, property.max_length);
    if min.is_none() && max.is_none() {
        return;
    }
    let (count, unit) = match value.kind() {
        Kind::Sequence => (value.items().count(), "items"),
        Kind::Scalar if property.kind == ValueKind::String => (
            value.node.text().unwrap_or_default().chars().count(),
            "characters",
        ),
        Kind::Mapping | Kind::Scalar | Kind::Alias | Kind::Empty => return,
    };
    let below = min.is_some_and(|min| count < min as usize);
    let above = max.is_some_and(|max| count > max as usize);
    if below || above {
        let wanted = bounds(min.map(f64::from), max.map(f64::from));
        let message = format!("`{}` must have {wanted} {unit}, this has {count}", property.name);
        report
            .at(&OUT_OF_BOUNDS, value.node, message)
            .severity(severity(property.length_source));
    }
}

fn pattern(value: Value<'_>, property: &Property, report: &mut Report) {
    let (Some(pattern), Some(text)) = (&property.pattern, value.node.text()) else {
        return;
    };
    if super::pattern::matches(pattern, &text) == Some(false) {
        let message = format!(
            "`{}` must match the pattern `{pattern}`{}",
            property.name,
            odd_characters(&text)
        );
        report.at(&OUT_OF_BOUNDS, value.node, message);
    }
}

fn severity(source: Source) -> Severity {
    match source {
        Source::Enforced | Source::Workspace => Severity::Warning,
        Source::Page | Source::CdkDoc | Source::Validator => Severity::Information,
    }
}

/// Lists of values in the documentation age: new ones come and the list stays.
fn values_severity(source: Source) -> Severity {
    match source {
        Source::Enforced | Source::Workspace => Severity::Warning,
        Source::Page | Source::CdkDoc | Source::Validator => Severity::Hint,
    }
}

fn bounds(min: Option<f64>, max: Option<f64>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("{min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => format!("{max} or less"),
        (None, None) => "anything".into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::document::Document;
    use crate::rules::fixture::{check, check_half_typed, findings};
    use crate::syntax::Format;

    #[test]
    fn allowed_values_and_kinds() {
        check(
            "
Resources:
  镜像:
    Type: ALIYUN::ECS::CustomImage
    Properties:
      Architecture: x86_46
#                   ^^^^^^ ROS0804 unknown value `x86_46` of `Architecture`; did you mean `x86_64`?
      ImageName:
        - a
#       ^^^ ROS0803 `ImageName` must be a text, not a list
      DiskDeviceMapping:
        - DiskType: swap
#                   ^^^^ ROS0804 `DiskType` must be `system` or `data`, not `swap`
          Size: '40'
        - DiskType: data
          Size: many
#               ^^^^ ROS0803 `Size` must be a whole number, not `many`
        - DiskType: dtaa
#                   ^^^^ ROS0804 unknown value `dtaa` of `DiskType`; did you mean `data`?
          Size: '４０'
#                ^^ ROS0803 `Size` must be a whole number, not `４０` (with `４`, a full-width digit)
        - data
#         ^^^^ ROS0803 an item of `DiskDeviceMapping` must be a map, not `data`
        - [data]
#         ^^^^^^ ROS0803 an item of `DiskDeviceMapping` must be a map, not a list
",
        );
    }

    #[test]
    fn a_space_is_missing_behind_a_colon() {
        check_half_typed(
            "
Resources:
  镜像:
    Type: ALIYUN::ECS::CustomImage
    Properties:
      ImageName: a:b
      DiskDeviceMapping:
        - Size:40
#         ^^^^^^^ ROS0803 put a space after the colon: `Size: 40`; an item of `DiskDeviceMapping` must be a map
",
        );
    }

    #[test]
    fn only_what_surely_is_a_slip_is_a_warning() {
        let text = "ROSTemplateFormatVersion: '2015-09-01'
Resources:
  A: {Type: ALIYUN::ECS::CustomImage, Properties: {Architecture: x86_46}}
  B: {Type: ALIYUN::ECS::CustomImage, Properties: {Architecture: arm64}}
";
        let found = findings(&Document::new(text, Format::Yaml));
        let essence: Vec<_> = found.iter().map(|f| (f.id, f.severity, f.fixes.len())).collect();
        assert_eq!(
            essence,
            [("ROS0804", Severity::Warning, 1), ("ROS0804", Severity::Hint, 0)]
        );
    }

    #[test]
    fn whole_numbers_and_items() {
        check(
            "
Resources:
  伸缩组:
    Type: ALIYUN::ESS::ScalingGroup
    Properties:
      MinSize: 1.5
#              ^^^ ROS0803 `MinSize` must be a whole number, not `1.5`
      MaxSize: 2.0
      VSwitchIds: [vsw-1, [a], 2]
#                         ^^^ ROS0803 an item of `VSwitchIds` must be a text, not a list
  配置:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - {IpProtocol: tcp, PortRange: 1/2, SourceCidrIp: 0.0.0.0/0, Priority: 101}
#                                                                              ^^^ ROS0804 `Priority` must be 1 to 100
        - Fn::If: [有, {IpProtocol: udp, PortRange: 1/2, SourceCidrIp: 0.0.0.0/0, Priority: 0}, {Ref: ALIYUN::NoValue}]
#                                                                                          ^ ROS0804 `Priority` must be 1 to 100
  监听:
    Type: ALIYUN::SLB::Listener
    Properties:
      LoadBalancerId: lb-1
      ListenerPort: 80
      Protocol: tcp
      Bandwidth: 1
      BackendServerPort: 80
      HealthCheck: {Interval: 51}
#                             ^^ ROS0804 `Interval` must be 1 to 50
Conditions:
  有: {Fn::Equals: [1, 1]}
",
        );
    }
}
