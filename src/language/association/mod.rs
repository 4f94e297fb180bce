//! Association properties: which selectors the console has for parameters, and the keys of their metadata.
//!
//! The facts (`data.json`) are those of the official agent's validator and of the documentation; `cargo xtask association`
//! makes them, `build.rs` turns them into constants. The words (`words.txt`) are ours.

use super::doc::Doc;

/// A value of a parameter's `AssociationProperty`.
#[derive(Debug, PartialEq, Eq)]
pub struct AssociationProperty {
    pub name: &'static str,
    /// What the console shows for it.
    pub component: &'static Component,
    /// Still understood, and no longer to be used.
    pub deprecated: bool,
    /// What to write instead of a deprecated one, where there is one.
    pub successor: Option<&'static str>,
}

/// A control of the console's form.
#[derive(Debug, PartialEq, Eq)]
pub struct Component {
    pub name: &'static str,
    /// May be empty.
    pub doc: Doc,
    /// All keys are listed: others have no effect. The keys that belong to every parameter are allowed all the same.
    pub closed: bool,
    /// Keys of `AssociationPropertyMetadata` that are its own, sorted by name.
    pub keys: &'static [Key],
}

/// A key in association metadata, at any depth, and what it takes.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Empty for the items of a list and the values of a map with free keys.
    pub name: &'static str,
    /// May be empty.
    pub doc: Doc,
    /// Any of these; empty where no source says.
    pub kinds: &'static [KeyKind],
    pub required: bool,
    /// Takes `${Name}`, the value of a parameter, for any kind of value.
    pub reference: bool,
    /// Takes what is written like a parameter, with metadata of its own.
    pub parameter: bool,
    /// Names that the console itself gives in `${…}`.
    pub given: &'static [&'static str],
    /// The values that are known; others may be newer.
    pub values: &'static [&'static str],
    /// Values that are often written wrong, and what is meant.
    pub meant: &'static [(&'static str, &'static str)],
    /// Of a map: all its keys are listed.
    pub closed: bool,
    /// Of a map.
    pub keys: &'static [Key],
    /// What each item of a list or value of a map with free keys is.
    pub item: Option<&'static Key>,
}

/// What a metadata key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    String,
    Number,
    Boolean,
    List,
    Map,
}

include!(concat!(env!("OUT_DIR"), "/association.rs"));

/// Keys whose bare text is the name of a parameter when there is one, as the documentation had it until 2021.
const NAME_KEYS: &[&str] = &[
    "BucketName",
    "CenId",
    "ClusterId",
    "ContainerCidr",
    "DiskId",
    "FileSystemId",
    "ImageId",
    "InstanceChargeType",
    "InstanceId",
    "InstanceType",
    "InstanceTypeFamily",
    "LaunchTemplateId",
    "MasterZoneId",
    "RegionId",
    "ResourceGroupId",
    "ScalingConfigurationId",
    "ScalingGroupId",
    "SecurityGroupId",
    "ServiceId",
    "SlaveZoneId",
    "SnapshotId",
    "SystemDiskCategory",
    "TemplateName",
    "VPCId",
    "VSwitchId",
    "VpcCidrBlock",
    "VpcId",
    "ZoneId",
];

/// All association properties, sorted by name.
pub fn all() -> &'static [AssociationProperty] {
    ALL
}

/// The association property of this name; the console reads the prefix `APSARA` as `ALIYUN`.
pub fn find(name: &str) -> Option<&'static AssociationProperty> {
    let renamed = name
        .strip_prefix("APSARA::")
        .map(|rest| format!("ALIYUN::{rest}"));
    let name = renamed.as_deref().unwrap_or(name);
    let at = ALL.binary_search_by_key(&name, |property| property.name).ok()?;
    ALL.get(at)
}

/// Whether the name belongs to forms other than the one for templates.
pub fn is_elsewhere(name: &str) -> bool {
    ELSEWHERE.contains(&name)
}

/// The keys that belong to every parameter, sorted by name.
pub fn common() -> &'static [Key] {
    COMMON
}

/// A key of a parameter's metadata: the property's own, where that is known, or one of every parameter.
pub fn key(property: Option<&AssociationProperty>, name: &str) -> Option<&'static Key> {
    let own = property.and_then(|property| named(property.component.keys, name));
    own.or_else(|| named(COMMON, name))
}

/// A key that some property has; the facts are those of the first.
pub fn any_key(name: &str) -> Option<&'static Key> {
    let of_components = ALL
        .iter()
        .find_map(|property| named(property.component.keys, name));
    named(COMMON, name).or(of_components)
}

/// The key of this name among sorted ones.
pub fn named(keys: &'static [Key], name: &str) -> Option<&'static Key> {
    let at = keys.binary_search_by_key(&name, |key| key.name).ok()?;
    keys.get(at)
}

/// Whether a bare text under a metadata key may be the name of a parameter, whose value then counts.
pub fn takes_name(property: Option<&AssociationProperty>, name: &str) -> bool {
    // A list of the names of other parameters.
    if name == "ExclusiveTo" {
        return true;
    }
    let is_text = |key: &Key| key.kinds.iter().all(|kind| *kind == KeyKind::String);
    NAME_KEYS.contains(&name) && key(property, name).is_none_or(is_text)
}

impl Key {
    /// Whether a value of this kind may stand there.
    pub fn takes(&self, kind: KeyKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Whether the console gives this name in `${…}` here, or somewhere inside.
    pub fn gives(&self, name: &str) -> bool {
        self.given.contains(&name)
            || self.keys.iter().any(|key| key.gives(name))
            || self.item.is_some_and(|item| item.gives(name))
    }
}

impl KeyKind {
    /// Lower-case name for messages.
    pub fn name(self) -> &'static str {
        match self {
            KeyKind::String => "string",
            KeyKind::Number => "number",
            KeyKind::Boolean => "boolean",
            KeyKind::List => "list",
            KeyKind::Map => "map",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::doc::tests::check;
    use super::*;

    fn check_keys(keys: &[Key], owner: &str) {
        assert!(keys.is_sorted_by(|a, b| a.name < b.name), "{owner}");
        for key in keys {
            if !key.doc.en.is_empty() {
                check(key.name, key.doc);
            }
            check_keys(key.keys, key.name);
            if let Some(item) = key.item {
                check_keys(item.keys, key.name);
            }
        }
    }

    #[test]
    fn the_data_is_well_formed() {
        assert_eq!(ALL.len(), 299);
        for property in ALL {
            assert_eq!(find(property.name), Some(property), "names are unique");
            check_keys(property.component.keys, property.name);
            check(property.name, property.component.doc);
            if let Some(successor) = property.successor {
                assert!(property.deprecated && find(successor).is_some_and(|next| !next.deprecated));
            }
        }
        check_keys(COMMON, "common");
        assert_eq!(COMMON.len(), 20);
        assert!(COMMON.iter().all(|key| !key.doc.en.is_empty()), "each has words");
        assert_eq!(ALL.iter().filter(|property| property.deprecated).count(), 10);
        assert!(NAME_KEYS.is_sorted());
        assert!(NAME_KEYS.iter().all(|name| any_key(name).is_some()));
        assert!(is_elsewhere("TimeTrigger") && !is_elsewhere("ZoneId"));
    }

    #[test]
    fn lookups() {
        let switch = find("APSARA::ECS::VSwitch::VSwitchId").unwrap();
        assert_eq!(switch.successor, Some("ALIYUN::VPC::VSwitch::VSwitchId"));
        assert!(key(Some(switch), "VpcId").is_some() && key(Some(switch), "Visible").is_some());
        assert!(key(Some(switch), "Engine").is_none() && key(None, "VpcId").is_none());
        assert!(any_key("Engine").is_some() && any_key("engine").is_none());
        assert_eq!(find("ALIYUN::ECS::Vpc"), None);
        let image = find("ALIYUN::ECS::Image::ImageId").unwrap();
        let owners = key(Some(image), "SupportedImageOwnerAlias").unwrap();
        assert!(owners.takes(KeyKind::List) && !owners.takes(KeyKind::String));
        let generated = find("AutoCompleteInput").unwrap();
        assert!(generated.component.closed && named(COMMON, "DynamicValue").unwrap().gives("RegionId"));
        let class = key(Some(generated), "CharacterClasses").unwrap().item.unwrap();
        assert!(named(class.keys, "Min").is_some() && class.closed);
        assert_eq!(named(class.keys, "Class").unwrap().meant, [("digit", "number")]);
    }

    #[test]
    fn keys_that_take_a_name() {
        let switch = find("ALIYUN::ECS::VSwitch::VSwitchId");
        assert!(takes_name(switch, "ZoneId") && takes_name(None, "ExclusiveTo"));
        assert!(!takes_name(switch, "LocaleKey") && !takes_name(switch, "AutoSelectFirst"));
    }
}
