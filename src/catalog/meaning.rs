//! What the text of a property means beyond its kind: a network block, an address, a range of ports, a schedule, a policy.
//! No source states it in a form that a machine can read: it is decided from names, with the exceptions written down.

use super::schema::{Property, ValueKind};

/// What a property's text must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// One network block: `192.168.0.0/16`.
    Cidr(Version),
    /// One network block or one address.
    CidrOrIp(Version),
    /// One address.
    Ip(Version),
    /// Addresses, separated by commas.
    Ips,
    /// Network blocks, separated by commas.
    Cidrs,
    /// Who may connect: addresses and blocks separated by commas, and words of the product's own (`%`, `Default`).
    AllowList,
    /// Two ports with a slash between them, `80/80`; `-1/-1` for all.
    PortRange,
    /// A time schedule.
    Cron(CronForm),
    /// A policy of Resource Access Management, or one in its language.
    Policy(PolicyPlace),
}

/// Versions of the internet protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    V4,
    V6,
    Either,
}

/// The forms in which products take time schedules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CronForm {
    /// Minute, hour, day, month, weekday.
    Five,
    /// The same with seconds in front, maybe with a year behind.
    Six,
    /// Either of the two: the product's pages show both.
    FiveOrSix,
    /// Function Compute and flows: seconds in front, optionally a time zone (`CRON_TZ=…`), or `@every 5m`.
    FunctionCompute,
    /// The values are a schedule when the neighbour `RecurrenceType` is `Cron`.
    Recurrence,
}

/// Where a policy stands, which decides who can be named in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PolicyPlace {
    /// Attached to a user, group or role: it must not name a principal, for it is whoever it is attached to.
    Identity,
    /// Who may assume a role: names principals, and no resources.
    Trust,
    /// Belongs to a resource such as a bucket: names principals.
    Resource,
}

/// What the text of a property of a type (at any depth) must be; for a list what each of its items must be. `None` where
/// nothing is certain. Data sources filter by parts of values: nothing is certain there.
pub fn meaning(type_name: &str, property: &Property) -> Option<Meaning> {
    if !type_name.starts_with("ALIYUN::") {
        return None;
    }
    let name = property.name.as_str();
    if let Some(place) = policy_place(type_name, name)
        && matches!(
            property.kind,
            ValueKind::Object | ValueKind::Map | ValueKind::String
        )
    {
        return Some(Meaning::Policy(place));
    }
    match property.kind {
        ValueKind::String => text(type_name, name),
        ValueKind::List if property.properties.is_empty() => item(name),
        _ => None,
    }
}

fn text(type_name: &str, name: &str) -> Option<Meaning> {
    cron_form(type_name, name)
        .map(Meaning::Cron)
        .or_else(|| is_port_range(type_name, name).then_some(Meaning::PortRange))
        .or_else(|| network(type_name, name))
}

fn network(type_name: &str, name: &str) -> Option<Meaning> {
    use Meaning::{AllowList, Cidr, CidrOrIp, Cidrs, Ip, Ips};
    Some(match (type_name, name) {
        // A host name is fine there, a list in other words, or a range.
        ("ALIYUN::DirectMail::Ipfilter" | "ALIYUN::SAG::SmartAccessGateway", _) => return None,
        // Dual stack clusters have one block of each version.
        (_, "ServiceCidr" | "ContainerCidr" | "UserCidr") => Cidrs,
        (_, "SnatIp" | "SNatIp") => Ips,
        (
            _,
            "CidrBlock" | "SecondaryCidrBlock" | "SubnetCidr" | "NatIpCidr" | "TunnelCidr" | "ClientIpPool",
        ) => Cidr(Version::V4),
        (_, "SrcCidr" | "DstCidr" | "FirewallVpcCidr" | "FirewallSubnetCidr" | "FirewallVpcCidrBlock")
        | (_, "FirewallVSwitchCidrBlock" | "TrAttachmentMasterCidr" | "TrAttachmentSlaveCidr") => {
            Cidr(Version::V4)
        }
        (_, "Ipv6CidrBlock" | "IPv6CidrBlock" | "VpcIpv6CidrBlock" | "SrcIpv6Cidr" | "DstIpv6Cidr") => {
            Cidr(Version::V6)
        }
        (_, "Cidr" | "DestinationCidr" | "TransitRouterRouteEntryDestinationCidrBlock")
        | (_, "DstCidrBlock" | "SourceCidrBlock" | "DestinationCidrBlock" | "VSwitchCidrReservationCidr") => {
            CidrOrIp(Version::Either)
        }
        // Security groups take single addresses, too; in ACLs of networks both versions are blocks of the same property.
        (_, "Ipv6SourceCidrIp" | "Ipv6DestCidrIp") => CidrOrIp(Version::V6),
        ("ALIYUN::VPC::NetworkAcl", "SourceCidrIp" | "DestinationCidrIp") => CidrOrIp(Version::Either),
        (_, "SourceCidrIp" | "DestCidrIp" | "SourceCIDR") => CidrOrIp(Version::V4),
        ("ALIYUN::SLB::AccessControl" | "ALIYUN::ALB::Acl" | "ALIYUN::GA::Acl", "Entry") => {
            CidrOrIp(Version::Either)
        }
        (_, "PrivateIPv4Address" | "PrimaryIpAddress" | "ExternalIp" | "InternalIp") => Ip(Version::V4),
        (_, "PrivateIpAddress") => Ip(Version::V4),
        ("ALIYUN::VPC::CustomerGateway" | "ALIYUN::VPC::EIP" | "ALIYUN::VPC::EIPPro", "IpAddress")
        | ("ALIYUN::VPC::HaVip", "IpAddress") => Ip(Version::Either),
        ("ALIYUN::PVTZ::Rule" | "ALIYUN::ECI::ContainerGroup", "Ip")
        | ("ALIYUN::ESS::EciScalingConfiguration" | "ALIYUN::PrivateLink::VpcEndpoint", "Ip") => {
            Ip(Version::Either)
        }
        (_, "LocalBgpIp" | "LocalGatewayIp" | "PeerGatewayIp" | "PeerIpAddress" | "HealthCheckSourceIp")
        | (_, "HealthCheckTargetIp" | "NatIp" | "AccessIp") => Ip(Version::Either),
        (_, "SecurityIPList" | "SecurityIpList" | "SecurityIps" | "SecurityIPArray" | "SecurityIpArray") => {
            AllowList
        }
        _ => return None,
    })
}

fn item(name: &str) -> Option<Meaning> {
    match name {
        "SecondaryCidrBlocks" | "DestinationCidrBlocks" | "ExtendedCIDRs" => {
            Some(Meaning::CidrOrIp(Version::Either))
        }
        "PrivateIpAddresses" => Some(Meaning::Ip(Version::V4)),
        "Ipv6Addresses" => Some(Meaning::Ip(Version::V6)),
        "SecurityIPList" | "SecurityIpList" => Some(Meaning::AllowList),
        _ => None,
    }
}

/// Other products write ranges in ways of their own (`30000-32767`).
fn is_port_range(type_name: &str, name: &str) -> bool {
    match name {
        "PortRange" | "SourcePortRange" => type_name.starts_with("ALIYUN::ECS::SecurityGroup"),
        "Port" => type_name == "ALIYUN::VPC::NetworkAcl",
        _ => false,
    }
}

fn cron_form(type_name: &str, name: &str) -> Option<CronForm> {
    Some(match (type_name, name) {
        ("ALIYUN::ESS::ScheduledTask", "RecurrenceValue") => CronForm::Recurrence,
        ("ALIYUN::FNF::Schedule", "CronExpression") => CronForm::FunctionCompute,
        ("ALIYUN::SLS::Alert", "CronExpression") => CronForm::FiveOrSix,
        ("ALIYUN::ECS::Invocation" | "ALIYUN::ECS::RunCommand", "Frequency") => CronForm::Six,
        _ => return None,
    })
}

fn policy_place(type_name: &str, name: &str) -> Option<PolicyPlace> {
    Some(match (type_name, name) {
        (_, "AssumeRolePolicyDocument") => PolicyPlace::Trust,
        ("ALIYUN::VPC::VpcGatewayEndpoint", "PolicyDocument") => PolicyPlace::Resource,
        (_, "PolicyDocument" | "PolicyDocumentUnchecked" | "InlinePolicyDocument") => PolicyPlace::Identity,
        ("ALIYUN::ECS::RamRoleAttachment", "Policy") => PolicyPlace::Identity,
        ("ALIYUN::OSS::Bucket" | "ALIYUN::KMS::Key" | "ALIYUN::KMS::Secret", "Policy") => {
            PolicyPlace::Resource
        }
        _ => return None,
    })
}

/// Whether a property that is called a number takes whole numbers only. The packages know numbers alone; the rest is said by
/// what is counted: ports, days, pieces.
pub fn is_whole(property: &Property) -> bool {
    const ENDS: &[&str] = &[
        "Port",
        "Count",
        "Amount",
        "Days",
        "Priority",
        "Quantity",
        "Replicas",
        "DiskSize",
        "MinSize",
        "MaxSize",
        "DesiredSize",
        "DesiredCapacity",
    ];
    // Memory and processors come in halves.
    let halves = ["Memory", "Cpu", "Cu", "Core"];
    property.kind == ValueKind::Integer
        || property.kind == ValueKind::Number
            && ENDS.iter().any(|end| property.name.ends_with(end))
            && !halves.iter().any(|part| property.name.contains(part))
}

/// Whether a property is what a statement of a policy does.
pub fn is_effect(property: &Property) -> bool {
    let values = property.values.iter().map(|allowed| allowed.value.as_str());
    property.name == "Effect" && values.eq(["Allow", "Deny"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn of(type_name: &str, path: &[&str]) -> Option<Meaning> {
        let resource_type = Catalog::embedded().resource_type(type_name).unwrap();
        let mut property = resource_type.property(path[0]).unwrap();
        for name in &path[1..] {
            property = property.property(name).unwrap();
        }
        meaning(type_name, property)
    }

    #[test]
    fn network_blocks_and_addresses() {
        assert_eq!(
            of("ALIYUN::ECS::VPC", &["CidrBlock"]),
            Some(Meaning::Cidr(Version::V4))
        );
        assert_eq!(
            of(
                "ALIYUN::ECS::SecurityGroup",
                &["SecurityGroupIngress", "SourceCidrIp"]
            ),
            Some(Meaning::CidrOrIp(Version::V4))
        );
        assert_eq!(
            of("ALIYUN::ECS::AssignIpv6Addresses", &["Ipv6Addresses"]),
            Some(Meaning::Ip(Version::V6))
        );
        assert_eq!(
            of("ALIYUN::RDS::DBInstance", &["SecurityIPList"]),
            Some(Meaning::AllowList)
        );
    }

    #[test]
    fn names_that_only_sound_so() {
        // A number there: the last eight bits.
        assert_eq!(of("ALIYUN::ECS::VSwitch", &["Ipv6CidrBlock"]), None);
        // A list of maps, and a range with a hyphen.
        assert_eq!(of("ALIYUN::SLB::Listener", &["PortRange"]), None);
        assert_eq!(of("ALIYUN::CS::KubernetesCluster", &["NodePortRange"]), None);
        assert_eq!(of("ALIYUN::DTS::MigrationJob2", &["SourceEndpoint", "IP"]), None);
        assert_eq!(of("ALIYUN::VPC::EIP", &["PublicIpAddressPoolId"]), None);
        assert_eq!(of("DATASOURCE::VPC::NatIpCidrs", &["NatIpCidr"]), None);
    }

    #[test]
    fn schedules_and_policies() {
        assert_eq!(
            of("ALIYUN::ESS::ScheduledTask", &["RecurrenceValue"]),
            Some(Meaning::Cron(CronForm::Recurrence))
        );
        // Monthly or weekly days there, no schedule.
        assert_eq!(
            of(
                "ALIYUN::ECS::ElasticityAssurance",
                &["RecurrenceRules", "RecurrenceValue"]
            ),
            None
        );
        assert_eq!(
            of("ALIYUN::RAM::Role", &["AssumeRolePolicyDocument"]),
            Some(Meaning::Policy(PolicyPlace::Trust))
        );
        assert_eq!(
            of("ALIYUN::RAM::Role", &["Policies", "PolicyDocument"]),
            Some(Meaning::Policy(PolicyPlace::Identity))
        );
        // `accept` or `drop`.
        assert_eq!(of("ALIYUN::SAG::ACLRule", &["Policy"]), None);
    }

    #[test]
    fn what_is_counted_is_whole() {
        let whole = |type_name: &str, name: &str| {
            let resource_type = Catalog::embedded().resource_type(type_name).unwrap();
            is_whole(resource_type.property(name).unwrap())
        };
        assert!(whole("ALIYUN::ESS::ScalingGroup", "MinSize"));
        assert!(!whole("ALIYUN::ECI::ContainerGroup", "Cpu"));
        assert!(!whole("ALIYUN::ECS::Instance", "SpotPriceLimit"));
    }
}
