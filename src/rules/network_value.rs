//! Network blocks and addresses in properties that want one.

use super::declare::{Check, Family, Rule, ValueContext};
use super::report::Report;
use crate::catalog::meaning::{Meaning, Version, meaning};
use crate::diagnostic::Severity;
use crate::template::Value;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(super) const FAMILY: Family = Family {
    rules: &[&NETWORK_SYNTAX, &HOST_BITS],
    check: Check::Value(check),
};

const NETWORK_SYNTAX: Rule = Rule {
    id: "ROS0811",
    name: "network-syntax",
    about: "A network block is an address and the length of its prefix, `192.168.0.0/16`; an IPv4 address has four numbers \
            from 0 to 255. The services refuse anything else. Lists of who may connect, and products that take more forms \
            than their pages say, are warnings.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock: 10.0.0.0/33
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock: 10.0.0.0/8
",
    ..Rule::NONE
};

const HOST_BITS: Rule = Rule {
    id: "ROS0812",
    name: "host-bits-set",
    severity: Severity::Information,
    about: "The address has bits behind its prefix: `10.0.0.1/8` is an address in the network `10.0.0.0/8`. Where a network \
            is made, its own address is meant.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock: 10.0.0.1/8
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock: 10.0.0.0/8
",
    ..Rule::NONE
};

/// What a text must be.
#[derive(Clone, Copy)]
struct Wanted {
    version: Version,
    prefix: Prefix,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefix {
    Required,
    Optional,
    Forbidden,
}

/// What is wrong with a text.
#[derive(Debug, PartialEq)]
struct Wrong {
    why: String,
    /// The one text that was meant.
    meant: Option<String>,
}

fn check(context: &ValueContext<'_>, report: &mut Report) {
    let property = context.property;
    let Some(meaning) = meaning(&context.resource_type.name, property) else {
        return;
    };
    if context.value.node.is_sequence() && context.value.call().is_none() {
        for item in context.value.items() {
            check_text(context, meaning, item, report);
        }
    } else {
        check_text(context, meaning, context.value, report);
    }
}

fn check_text(context: &ValueContext<'_>, meaning: Meaning, value: Value<'_>, report: &mut Report) {
    let Some(text) = value.literal() else { return };
    // What is empty counts as not given; placeholders are another rule's.
    if value.is_null() || text.is_empty() || text.contains("${") || text.contains("{{") || text.contains("<")
    {
        return;
    }
    let wanted = |version, prefix| Wanted { version, prefix };
    let of_one = |wanted: Wanted| wrong(&text, wanted).map(|wrong| (wrong, wanted, true));
    let of_parts = |wanted: Wanted| {
        let parts = text
            .split([',', ';'])
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let mut wrongs = parts.filter_map(|part| wrong(part, wanted));
        let Wrong { why, .. } = wrongs.next()?;
        Some((Wrong { why, meant: None }, wanted, false))
    };
    let found = match meaning {
        Meaning::Cidr(version) => of_one(wanted(version, Prefix::Required)),
        Meaning::CidrOrIp(_) if text.starts_with("pl-") => None,
        Meaning::CidrOrIp(version) => of_one(wanted(version, Prefix::Optional)),
        Meaning::Ip(version) => of_one(wanted(version, Prefix::Forbidden)),
        Meaning::Ips => of_parts(wanted(Version::Either, Prefix::Forbidden)),
        Meaning::Cidrs => of_parts(wanted(Version::Either, Prefix::Required)),
        Meaning::AllowList => in_allow_list(&text),
        Meaning::PortRange | Meaning::Cron(_) | Meaning::Policy(_) => None,
    };
    match found {
        Some((wrong, wanted, single)) => {
            let message = format!(
                "{} must be {}: {}",
                place(context),
                wanted.words(single),
                wrong.why
            );
            let meant: Vec<&str> = wrong.meant.as_deref().into_iter().collect();
            report
                .at(&NETWORK_SYNTAX, value.node, message)
                .severity(severity(context, meaning))
                .suggest(&meant);
        }
        None if makes_network(context) => host_bits(context, value, &text, report),
        None => {}
    }
}

/// In lists of who may connect, products have words of their own: only what looks like IPv4 is looked at.
fn in_allow_list(text: &str) -> Option<(Wrong, Wanted, bool)> {
    let wanted = Wanted {
        version: Version::Either,
        prefix: Prefix::Optional,
    };
    let numeric = |part: &&str| {
        part.contains('.')
            && part
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '\\' | ' '))
    };
    let mut parts = text.split([',', ';']).map(str::trim).filter(numeric);
    let Wrong { why, .. } = parts.find_map(|part| wrong(part, wanted))?;
    Some((Wrong { why, meant: None }, wanted, false))
}

fn place(context: &ValueContext<'_>) -> String {
    match context.value.node.is_sequence() {
        true => format!("an item of `{}`", context.property.name),
        false => format!("`{}`", context.property.name),
    }
}

/// Errors where ECS and VPC take this and nothing else.
fn severity(context: &ValueContext<'_>, meaning: Meaning) -> Severity {
    let name = &context.resource_type.name;
    let sure = name.starts_with("ALIYUN::ECS::") || name.starts_with("ALIYUN::VPC::");
    match meaning {
        Meaning::Cidr(_) | Meaning::CidrOrIp(_) | Meaning::Ip(_) if sure => Severity::Error,
        _ => Severity::Warning,
    }
}

/// The property gives a new network its addresses.
fn makes_network(context: &ValueContext<'_>) -> bool {
    matches!(
        context.property.name.as_str(),
        "CidrBlock" | "SecondaryCidrBlock" | "SecondaryCidrBlocks" | "SubnetCidr"
    )
}

fn host_bits(context: &ValueContext<'_>, value: Value<'_>, text: &str, report: &mut Report) {
    let Some((Ok(address), Ok(length))) = text
        .split_once('/')
        .map(|(address, length)| (address.parse::<Ipv4Addr>(), length.parse::<u32>()))
    else {
        return;
    };
    let mask = u32::MAX.checked_shl(32 - length.min(32)).unwrap_or(0);
    let network = Ipv4Addr::from(u32::from(address) & mask);
    if network == address {
        return;
    }
    let meant = format!("{network}/{length}");
    let message = format!(
        "{} has bits behind its prefix: the network is `{meant}`",
        place(context)
    );
    report.at(&HOST_BITS, value.node, message).suggest(&[&meant]);
}

impl Wanted {
    fn words(self, single: bool) -> String {
        let kind = match self.version {
            Version::V4 => "IPv4 ",
            Version::V6 => "IPv6 ",
            Version::Either => "",
        };
        let address = if self.version == Version::V6 {
            "2001:db8::1"
        } else {
            "192.168.0.1"
        };
        let block = if self.version == Version::V6 {
            "2001:db8::/64"
        } else {
            "192.168.0.0/16"
        };
        let article = if kind.is_empty() { "a" } else { "an" };
        let (one, many) = match self.prefix {
            Prefix::Required => (
                format!("{article} {kind}network block such as `{block}`"),
                format!("network blocks such as `{block}` with commas between them"),
            ),
            Prefix::Optional => (
                format!("{article} {kind}network block such as `{block}` or one address"),
                format!("addresses and network blocks such as `{block}` with commas between them"),
            ),
            Prefix::Forbidden => (
                format!(
                    "an {}address such as `{address}`",
                    if kind.is_empty() { "IP " } else { kind }
                ),
                format!("addresses such as `{address}` with commas between them"),
            ),
        };
        if single { one } else { many }
    }
}

/// What is wrong with a text, if anything.
fn wrong(text: &str, wanted: Wanted) -> Option<Wrong> {
    let why = reason(text, wanted)?;
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(ascii).collect();
    if plain == text || reason(&plain, wanted).is_some() {
        return Some(Wrong { why, meant: None });
    }
    let why = match text.chars().find(|c| c.is_whitespace() || ascii(*c) != *c) {
        Some(c) if c.is_whitespace() => "there is a blank in it".into(),
        Some(c) => format!("`{c}` should be `{}`", ascii(c)),
        None => why,
    };
    Some(Wrong {
        why,
        meant: Some(plain),
    })
}

/// The character that was meant by one that a Chinese keyboard or a habit gives.
fn ascii(c: char) -> char {
    match c {
        '\\' | '／' | '、' => '/',
        '．' | '。' => '.',
        '：' => ':',
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        _ => c,
    }
}

fn reason(text: &str, wanted: Wanted) -> Option<String> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length)),
        None => (text, None),
    };
    let parsed = if address.contains(':') {
        match address.parse::<Ipv6Addr>() {
            Ok(address) => IpAddr::V6(address),
            Err(_) => return Some(format!("`{address}` is no IPv6 address")),
        }
    } else {
        match ipv4(address) {
            Ok(address) => IpAddr::V4(address),
            Err(why) => return Some(why),
        }
    };
    match (wanted.version, parsed) {
        (Version::V4, IpAddr::V6(_)) => return Some(format!("`{address}` is an IPv6 address")),
        (Version::V6, IpAddr::V4(_)) => return Some(format!("`{address}` is an IPv4 address")),
        _ => {}
    }
    let most = if parsed.is_ipv4() { 32 } else { 128 };
    match (length, wanted.prefix) {
        (Some(length), Prefix::Forbidden) => Some(format!("no prefix such as `/{length}` belongs there")),
        (None, Prefix::Required) => Some("the length of the prefix is missing".into()),
        (None, _) => None,
        (Some(length), _) => match length.parse::<u32>() {
            Ok(number) if number > most => Some(format!("the prefix `{length}` is more than {most}")),
            Ok(_) if length.bytes().all(|byte| byte.is_ascii_digit()) => None,
            _ => Some(format!("the prefix `{length}` is no number from 0 to {most}")),
        },
    }
}

fn ipv4(text: &str) -> Result<Ipv4Addr, String> {
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let parts: Vec<&str> = text.split('.').collect();
    let numeric = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    Err(if parts.len() == 1 {
        format!("`{text}` is no address")
    } else if let Some(part) = parts.iter().find(|part| !numeric(part)) {
        format!("`{part}` is no number")
    } else if let Some(part) = parts.iter().find(|part| part.parse::<u8>().is_err()) {
        format!("`{part}` is more than 255")
    } else if parts.len() != 4 {
        format!("the address has {} numbers instead of four", parts.len())
    } else {
        "a number begins with a zero".into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::check;

    #[test]
    fn blocks() {
        check(
            r"
Resources:
  网络: {Type: ALIYUN::ECS::VPC, Properties: {CidrBlock: 10.0.0.0/33}}
#                                                      ^^^^^^^^^^^ ROS0811 `CidrBlock` must be an IPv4 network block such as `192.168.0.0/16`: the prefix `33` is more than 32
  B: {Type: ALIYUN::ECS::VPC, Properties: {CidrBlock: 10.0.0/8}}
#                                                     ^^^^^^^^ ROS0811 `CidrBlock` must be an IPv4 network block such as `192.168.0.0/16`: the address has 3 numbers instead of four
  C: {Type: ALIYUN::ECS::VPC, Properties: {CidrBlock: 10.0.0.0 /8}}
#                                                     ^^^^^^^^^^^ ROS0811 `CidrBlock` must be an IPv4 network block such as `192.168.0.0/16`: there is a blank in it
  D: {Type: ALIYUN::ECS::VPC, Properties: {CidrBlock: '10.0.0.0\8'}}
#                                                      ^^^^^^^^^^ ROS0811 `CidrBlock` must be an IPv4 network block such as `192.168.0.0/16`: `\` should be `/`
  E: {Type: ALIYUN::ECS::VPC, Properties: {CidrBlock: 10.0.0.0／8}}
#                                                     ^^^^^^^^^^ ROS0811 `CidrBlock` must be an IPv4 network block such as `192.168.0.0/16`: `／` should be `/`
  F: {Type: ALIYUN::ECS::VPC, Properties: {CidrBlock: 网段}}
#                                                     ^^ ROS0811 `CidrBlock` must be an IPv4 network block such as `192.168.0.0/16`: `网段` is no address
  G: {Type: ALIYUN::ECS::VPC, Properties: {SecondaryCidrBlocks: [10.0.0.0/8, 10.0.0.0/x, !Ref 'ALIYUN::Region']}}
#                                                                            ^^^^^^^^^^ ROS0811 an item of `SecondaryCidrBlocks` must be
  H: {Type: ALIYUN::ECS::VPC, Properties: {CidrBlock: 10.0.0.1/8}}
#                                                     ^^^^^^^^^^ ROS0812 `CidrBlock` has bits behind its prefix: the network is `10.0.0.0/8`
  I: {Type: ALIYUN::ECS::VPC, Properties: {CidrBlock: '', Ipv6CidrBlock: '2408::/56', UserCidr: '10.0.0.0/8,11.0.0.0/8'}}
",
        );
    }

    #[test]
    fn addresses_and_lists() {
        check(
            "
Resources:
  A:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - {IpProtocol: tcp, PortRange: 80/80, SourceCidrIp: 300.1.1.1}
#                                                           ^^^^^^^^^ ROS0811 `SourceCidrIp` must be an IPv4 network block such as `192.168.0.0/16` or one address: `300` is more than 255
        - {IpProtocol: tcp, PortRange: 80/80, SourceCidrIp: 10.159.6.18/12}
        - {IpProtocol: tcp, PortRange: 80/80, Ipv6SourceCidrIp: '::/0'}
        - {IpProtocol: tcp, PortRange: 80/80, Ipv6SourceCidrIp: 10.0.0.1}
#                                                               ^^^^^^^^ ROS0811 `Ipv6SourceCidrIp` must be an IPv6 network block
  B: {Type: ALIYUN::VPC::HaVip, Properties: {VSwitchId: vsw-1, IpAddress: 10.0.0.1/24}}
#                                                                         ^^^^^^^^^^^ ROS0811 `IpAddress` must be an IP address such as `192.168.0.1`: no prefix such as `/24` belongs there
  C: {Type: ALIYUN::REDIS::Whitelist, Properties: {InstanceId: r-1, SecurityIps: 'hdm_security_ips,%,127.0.0.1, 10.0.0.0/40'}}
#                                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ROS0811 `SecurityIps` must be addresses and network blocks such as
",
        );
    }

    #[test]
    fn one_answer_is_offered() {
        let wanted = Wanted {
            version: Version::V4,
            prefix: Prefix::Required,
        };
        let meant = |text: &str| wrong(text, wanted).unwrap().meant;
        assert_eq!(meant("10.0.0.0 /8").as_deref(), Some("10.0.0.0/8"));
        assert_eq!(meant("１０.0.0.0／8").as_deref(), Some("10.0.0.0/8"));
        assert_eq!(meant("10.0.0/8"), None);
    }
}
