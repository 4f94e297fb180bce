//! Ranges of ports, `80/80`, and whether they fit the protocol beside them.

use super::declare::{Check, Family, ObjectContext, Rule};
use super::report::{Finding, Report};
use crate::catalog::meaning::{Meaning, meaning};
use crate::diagnostic::Severity;
use crate::syntax::{Format, Node, Style};
use crate::template::Value;
use crate::text::edit::TextEdit;

pub(super) const FAMILY: Family = Family {
    rules: &[&PORT_RANGE],
    check: Check::Object(check),
};

const PORT_RANGE: Rule = Rule {
    id: "ROS0813",
    name: "port-range",
    about: "Ports are given as the first and the last with a slash between them: `80/80`, `1/65535`. Protocols without ports \
            (`icmp`, `gre`) and `all` take `-1/-1`; a range that doesn't fit the protocol is a warning.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - IpProtocol: tcp
          PortRange: '80'
          SourceCidrIp: 0.0.0.0/0
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - IpProtocol: tcp
          PortRange: 80/80
          SourceCidrIp: 0.0.0.0/0
",
    ..Rule::NONE
};

const ALL: &str = "-1/-1";

fn check(context: &ObjectContext<'_>, report: &mut Report) {
    for entry in context.object.entries() {
        let Some(name) = entry.key.text() else { continue };
        let known = context
            .properties()
            .iter()
            .find(|property| property.name == *name);
        let is_range = |property| meaning(&context.resource_type.name, property) == Some(Meaning::PortRange);
        if !known.is_some_and(is_range) {
            continue;
        }
        let value = Value::from(entry.value);
        let Some(text) = value
            .literal()
            .filter(|text| !text.is_empty() && !text.contains("${"))
        else {
            continue;
        };
        match range(&text) {
            Err((why, meant)) => {
                let message =
                    format!("`{name}` must be two ports such as `80/80`, or `{ALL}` for all: {why}");
                offer(
                    report.at(&PORT_RANGE, value.node, message),
                    value.node,
                    meant.as_deref(),
                );
            }
            Ok(range) => fits_protocol(context.object, &name, range, value.node, report),
        }
    }
}

/// A range of ports.
enum Range {
    All,
    Some,
}

/// What is wrong with a range, and what was meant.
type Wrong = (String, Option<String>);

fn range(text: &str) -> Result<Range, Wrong> {
    if text == ALL {
        return Ok(Range::All);
    }
    let port = |text: &str| {
        text.trim()
            .parse::<u32>()
            .ok()
            .filter(|port| (1..=65535).contains(port))
    };
    if let Some((first, last)) = text.split_once('/') {
        return match (port(first), port(last)) {
            (Some(first), Some(last)) if text.contains(char::is_whitespace) => {
                Err(("there is a blank in it".into(), Some(format!("{first}/{last}"))))
            }
            (Some(first), Some(last)) if first > last => Err((
                "the first port is behind the last".into(),
                Some(format!("{last}/{first}")),
            )),
            (Some(_), Some(_)) => Ok(Range::Some),
            _ => Err(("a port is a number from 1 to 65535".into(), None)),
        };
    }
    let meant = match text.split_once(['-', ':', '~', ',', '\\', '／']) {
        _ if text == "-1" => Some(ALL.to_owned()),
        Some((first, last)) => match (port(first), port(last)) {
            (Some(first), Some(last)) if first <= last => Some(format!("{first}/{last}")),
            _ => None,
        },
        None => port(text).map(|port| format!("{port}/{port}")),
    };
    Err((format!("there is no slash in `{text}`"), meant))
}

fn fits_protocol(object: Node<'_>, name: &str, range: Range, node: Node<'_>, report: &mut Report) {
    let protocol = object.get("IpProtocol").or_else(|| object.get("Protocol"));
    let Some(protocol) = protocol.and_then(|node| Value::from(node).literal()) else {
        return;
    };
    let (message, meant) = match (protocol.to_lowercase().as_str(), range) {
        ("tcp" | "udp", Range::All) if name != "SourcePortRange" => (
            format!("`{name}` must be ports from 1 to 65535 with `{protocol}`: all of them are `1/65535`"),
            Some("1/65535"),
        ),
        ("icmp" | "icmpv6" | "gre", Range::Some) => (
            format!("`{name}` must be `{ALL}` with `{protocol}`, which has no ports"),
            Some(ALL),
        ),
        ("all", Range::Some) => (
            format!("`{name}` must be `{ALL}` with `{protocol}`; single ports belong to `tcp` or `udp`"),
            None,
        ),
        _ => return,
    };
    let finding = report.at(&PORT_RANGE, node, message).severity(Severity::Warning);
    offer(finding, node, meant);
}

/// Offers what was meant. A number in JSON needs quotes then.
fn offer(finding: Finding<'_>, node: Node<'_>, meant: Option<&str>) {
    let Some(meant) = meant else { return };
    let text = match node.format() == Format::Json && node.style() == Style::Plain {
        true => format!("\"{meant}\""),
        false => meant.to_owned(),
    };
    finding.fix(
        format!("Change to `{meant}`"),
        vec![TextEdit::replace(node.content_range(), text)],
    );
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::rules::fixture::{check, findings};
    use crate::syntax::Format;

    #[test]
    fn ranges_and_protocols() {
        check(
            "
Resources:
  安全组:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - {IpProtocol: tcp, PortRange: 80, SourceCidrIp: 0.0.0.0/0}
#                                      ^^ ROS0813 `PortRange` must be two ports such as `80/80`, or `-1/-1` for all: there is no slash in `80`
        - {IpProtocol: tcp, PortRange: 200/1, SourceCidrIp: 0.0.0.0/0}
#                                      ^^^^^ ROS0813 `PortRange` must be two ports such as `80/80`, or `-1/-1` for all: the first port is behind the last
        - {IpProtocol: tcp, PortRange: 0/70000, SourceCidrIp: 0.0.0.0/0}
#                                      ^^^^^^^ ROS0813 `PortRange` must be two ports such as `80/80`, or `-1/-1` for all: a port is a number
        - {IpProtocol: tcp, PortRange: -1/-1, SourceCidrIp: 0.0.0.0/0}
#                                      ^^^^^ ROS0813 `PortRange` must be ports from 1 to 65535 with `tcp`
        - {IpProtocol: icmp, PortRange: 1/65535, SourceCidrIp: 0.0.0.0/0}
#                                       ^^^^^^^ ROS0813 `PortRange` must be `-1/-1` with `icmp`
        - {IpProtocol: all, PortRange: 80/80, SourceCidrIp: 0.0.0.0/0}
#                                      ^^^^^ ROS0813 `PortRange` must be `-1/-1` with `all`
        - {IpProtocol: all, PortRange: -1/-1, SourceCidrIp: 0.0.0.0/0}
        - {IpProtocol: udp, PortRange: !Join ['/', [1, 2]], SourceCidrIp: 0.0.0.0/0}
  列表: {Type: ALIYUN::SLB::Listener, Properties: {LoadBalancerId: lb-1, ListenerPort: 80, Protocol: tcp, Bandwidth: 1, BackendServerPort: 80, PortRange: [{StartPort: 1, EndPort: 2}]}}
",
        );
    }

    #[test]
    fn a_number_in_json_gets_quotes() {
        let text = r#"{"Resources": {"A": {"Type": "ALIYUN::ECS::SecurityGroupIngress", "Properties": {"IpProtocol": "tcp", "PortRange": 80}}}}"#;
        let document = Document::new(text, Format::Json);
        let found = findings(&document);
        let finding = found.iter().find(|finding| finding.id == "ROS0813").unwrap();
        assert_eq!(finding.fixes[0].edits[0].text, "\"80/80\"");
    }
}
