//! Kinds of values by which the console narrows what a parameter offers: zones, networks, billing methods, …

/// Kinds of values by which choices are narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Zone,
    Vpc,
    VSwitch,
    SecurityGroup,
    InstanceType,
    ChargeType,
    Period,
    DiskCategory,
    Region,
    Password,
    Cidr,
}

impl Class {
    /// The kind that a metadata key takes.
    pub(super) fn of_key(name: &str) -> Option<Class> {
        match name {
            "ZoneId" | "MasterZoneId" | "SlaveZoneId" => Some(Class::Zone),
            "VpcId" | "VPCId" => Some(Class::Vpc),
            "VSwitchId" => Some(Class::VSwitch),
            "SecurityGroupId" => Some(Class::SecurityGroup),
            "InstanceType" => Some(Class::InstanceType),
            "InstanceChargeType" => Some(Class::ChargeType),
            "SystemDiskCategory" | "DataDiskCategory" => Some(Class::DiskCategory),
            "RegionId" => Some(Class::Region),
            "VpcCidrBlock" => Some(Class::Cidr),
            _ => None,
        }
    }

    /// The kind that a control of the form gives.
    pub(super) fn of_component(name: &str) -> Option<Class> {
        match name {
            "ZoneId" | "VPCZoneId" | "AlbZoneIdSelector" | "NlbZoneId" | "LoadBalancerZoneId" => {
                Some(Class::Zone)
            }
            "VPCId" => Some(Class::Vpc),
            "VSwitchId" => Some(Class::VSwitch),
            "SecurityGroupId" => Some(Class::SecurityGroup),
            "ECSInstanceType"
            | "AvailableInstanceType"
            | "RDSInstanceType"
            | "RDSInstanceTypeV2"
            | "RedisInstanceType"
            | "MongoDBInstance"
            | "SLBInstanceType"
            | "ElasticsearchInstanceType"
            | "InfluxDBInstanceType"
            | "DBNodeClassSelector"
            | "PAIEASInstanceType" => Some(Class::InstanceType),
            "ChargeType" => Some(Class::ChargeType),
            "PayPeriod" | "PayPeriodUnit" | "RenewPeriod" => Some(Class::Period),
            "SystemDiskCategory" | "DataDiskCategory" => Some(Class::DiskCategory),
            "RegionId" => Some(Class::Region),
            "ECSInstancePassword" | "RDSAccountPassword" | "Password" => Some(Class::Password),
            "VPCCidrBlock" | "VswitchCidrBlock" | "CSCidr" => Some(Class::Cidr),
            _ => None,
        }
    }

    /// For messages.
    pub(super) fn word(self) -> &'static str {
        match self {
            Class::Zone => "a zone",
            Class::Vpc => "a VPC",
            Class::VSwitch => "a vSwitch",
            Class::SecurityGroup => "a security group",
            Class::InstanceType => "an instance type",
            Class::ChargeType => "a billing method",
            Class::Period => "a period",
            Class::DiskCategory => "a disk category",
            Class::Region => "a region",
            Class::Password => "a password",
            Class::Cidr => "a CIDR block",
        }
    }

    /// Whether none of some values can be of this kind.
    pub(super) fn excludes(self, values: &[Box<str>]) -> bool {
        let all = |wrong: fn(&str) -> bool| !values.is_empty() && values.iter().all(|value| wrong(value));
        match self {
            Class::Zone | Class::Region => all(|value| !value.contains('-')),
            Class::Vpc | Class::VSwitch | Class::SecurityGroup => all(|value| !value.contains('-')),
            Class::InstanceType => all(|value| !value.contains('.')),
            Class::ChargeType | Class::DiskCategory => all(|value| value.parse::<f64>().is_ok()),
            Class::Cidr => all(|value| !value.contains('/')),
            Class::Period | Class::Password => false,
        }
    }
}
