//! Association properties: which selectors the console has for parameters, and the keys of their metadata.

use super::doc::Doc;
use std::sync::LazyLock;

/// A value of a parameter's `AssociationProperty`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssociationProperty {
    pub name: &'static str,
    /// Listed by the service or its tools. The others are only seen in real templates, some of them mistyped: not worth
    /// offering, but no finding either.
    pub listed: bool,
    /// Keys of `AssociationPropertyMetadata` that are this property's own, sorted by name.
    pub keys: Vec<MetadataKey>,
}

/// A key of `AssociationPropertyMetadata`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetadataKey {
    pub name: &'static str,
    pub kind: KeyKind,
}

/// What a metadata key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// The value of a parameter, as `${Name}`.
    Parameter,
    String,
    Integer,
    Boolean,
    List,
    Map,
    /// No source says.
    Any,
}

/// A metadata key with documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownKey {
    pub name: &'static str,
    pub kind: KeyKind,
    /// Has a meaning with every association property, and without one.
    pub common: bool,
    pub doc: Doc,
}

/// Metadata keys worth a word.
pub const KEYS: &[KnownKey] = &[
    KnownKey {
        name: "Visible",
        kind: KeyKind::Map,
        common: true,
        doc: Doc::new(
            "When the console shows the field: under `Condition` a condition function whose operands are `${Name}`.",
            "控制台何时显示该输入框：在 `Condition` 下写条件函数，操作数用 `${Name}`。",
        ),
    },
    KnownKey {
        name: "ValueLabelMapping",
        kind: KeyKind::Map,
        common: true,
        doc: Doc::new(
            "What to show for each allowed value: value to text, or to texts under `en` and `zh-cn`.",
            "每个可选值的显示文本：一段文本，或在 `en`、`zh-cn` 下各写一段。",
        ),
    },
    KnownKey {
        name: "LocaleKey",
        kind: KeyKind::String,
        common: true,
        doc: Doc::new(
            "Takes the console's own words for the allowed values, such as those of `InstanceChargeType`.",
            "用控制台自带的词语显示可选值，例如 `InstanceChargeType`。",
        ),
    },
    KnownKey {
        name: "AutoSelectFirst",
        kind: KeyKind::Boolean,
        common: true,
        doc: Doc::new(
            "Whether the first candidate is chosen at the start.",
            "是否默认选中第一个候选值。",
        ),
    },
    KnownKey {
        name: "RegionId",
        kind: KeyKind::Parameter,
        common: true,
        doc: Doc::new(
            "The region to offer candidates of; the stack's if left out.",
            "候选值所在的地域，省略时为资源栈的地域。",
        ),
    },
    KnownKey {
        name: "ZoneId",
        kind: KeyKind::Parameter,
        common: false,
        doc: Doc::new("Offers only what is in this zone.", "只列出该可用区内的候选值。"),
    },
    KnownKey {
        name: "VpcId",
        kind: KeyKind::Parameter,
        common: false,
        doc: Doc::new("Offers only what is in this VPC.", "只列出该专有网络内的候选值。"),
    },
    KnownKey {
        name: "InstanceType",
        kind: KeyKind::Parameter,
        common: false,
        doc: Doc::new(
            "Offers only what goes with this instance type.",
            "只列出适用于该实例规格的候选值。",
        ),
    },
    KnownKey {
        name: "InstanceChargeType",
        kind: KeyKind::Parameter,
        common: false,
        doc: Doc::new(
            "Offers only what can be paid for in this way.",
            "只列出支持该付费方式的候选值。",
        ),
    },
    KnownKey {
        name: "ExclusiveTo",
        kind: KeyKind::List,
        common: false,
        doc: Doc::new(
            "Names of parameters whose values must be other ones.",
            "取值须与这些参数不同的参数名列表。",
        ),
    },
    KnownKey {
        name: "Constraints",
        kind: KeyKind::Map,
        common: false,
        doc: Doc::new(
            "What an instance type must have, such as `Memory`, `vCPU`, `Architecture`.",
            "实例规格须满足的要求，例如 `Memory`、`vCPU`、`Architecture`。",
        ),
    },
    KnownKey {
        name: "Parameters",
        kind: KeyKind::Map,
        common: false,
        doc: Doc::new(
            "The columns of a table of values: name to definition, written like parameters.",
            "表格的各列：名称到定义，写法与参数相同。",
        ),
    },
    KnownKey {
        name: "Parameter",
        kind: KeyKind::Map,
        common: false,
        doc: Doc::new(
            "What each item of the list is, written like a parameter.",
            "列表每一项的定义，写法与参数相同。",
        ),
    },
    KnownKey {
        name: "Length",
        kind: KeyKind::Integer,
        common: false,
        doc: Doc::new("How many characters to make up.", "自动生成的字符数。"),
    },
    KnownKey {
        name: "CharacterClasses",
        kind: KeyKind::List,
        common: false,
        doc: Doc::new(
            "Which characters to make the text of: a list of `Class` and `min`.",
            "自动生成时使用的字符类别：由 `Class` 和 `min` 组成的列表。",
        ),
    },
    KnownKey {
        name: "Prefix",
        kind: KeyKind::String,
        common: false,
        doc: Doc::new("What the text begins with.", "文本的前缀。"),
    },
    KnownKey {
        name: "Suffix",
        kind: KeyKind::String,
        common: false,
        doc: Doc::new("What the text ends with.", "文本的后缀。"),
    },
    KnownKey {
        name: "Overwrite",
        kind: KeyKind::Map,
        common: false,
        doc: Doc::new(
            "Changes to single fields of a generated form: path to partial definition.",
            "对自动生成表单中个别字段的修改：路径到部分定义。",
        ),
    },
];

/// All association properties, sorted by name.
pub fn all() -> &'static [AssociationProperty] {
    static ALL: LazyLock<Vec<AssociationProperty>> = LazyLock::new(|| {
        let mut all: Vec<_> = include_str!("association.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(read)
            .collect();
        all.sort_by_key(|property| property.name);
        all
    });
    &ALL
}

/// The association property of this name.
pub fn find(name: &str) -> Option<&'static AssociationProperty> {
    let at = all().binary_search_by_key(&name, |property| property.name).ok()?;
    all().get(at)
}

/// Whether a metadata key of a property (where that is known) takes the name of a parameter, or several.
pub fn takes_name(property: Option<&AssociationProperty>, name: &str) -> bool {
    let own = property.and_then(|property| property.keys.iter().find(|key| key.name == name));
    let kind = own.map(|key| key.kind).filter(|kind| *kind != KeyKind::Any);
    // A list of the names of other parameters.
    name == "ExclusiveTo" || kind.or(key(name).map(|key| key.kind)) == Some(KeyKind::Parameter)
}

/// The documented metadata key of this name.
pub fn key(name: &str) -> Option<&'static KnownKey> {
    KEYS.iter().find(|key| key.name == name)
}

fn read(line: &'static str) -> AssociationProperty {
    let (name, keys) = line.split_once('\t').unwrap_or((line, ""));
    let unlisted = name.strip_prefix('?');
    AssociationProperty {
        name: unlisted.unwrap_or(name),
        listed: unlisted.is_none(),
        keys: keys.split_whitespace().map(read_key).collect(),
    }
}

fn read_key(text: &'static str) -> MetadataKey {
    let (name, kind) = text.split_once(':').unwrap_or((text, ""));
    let kind = match kind {
        "$" => KeyKind::Parameter,
        "string" => KeyKind::String,
        "integer" => KeyKind::Integer,
        "boolean" => KeyKind::Boolean,
        "list" => KeyKind::List,
        "map" => KeyKind::Map,
        _ => KeyKind::Any,
    };
    MetadataKey { name, kind }
}

impl AssociationProperty {
    /// Whether the console knows the key for this property.
    pub fn knows_key(&self, name: &str) -> bool {
        self.keys.iter().any(|key| key.name == name) || key(name).is_some_and(|key| key.common)
    }
}

#[cfg(test)]
mod tests {
    use super::super::doc::tests::check;
    use super::*;

    #[test]
    fn the_data_is_well_formed() {
        assert_eq!(all().len(), 228);
        assert_eq!(all().iter().filter(|property| !property.listed).count(), 11);
        for property in all() {
            assert_eq!(find(property.name), Some(property), "names are unique");
            assert!(!property.name.is_empty() && property.name == property.name.trim());
            assert!(
                property.keys.is_sorted_by(|a, b| a.name < b.name),
                "{}",
                property.name
            );
        }
        let kinds = include_str!("association.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| {
                line.split_once('\t')
                    .map_or("", |(_, keys)| keys)
                    .split_whitespace()
            })
            .filter_map(|key| key.split_once(':'))
            .map(|(_, kind)| kind);
        for kind in kinds {
            assert!(
                ["$", "string", "integer", "boolean", "list", "map"].contains(&kind),
                "{kind}"
            );
        }
    }

    #[test]
    fn lookups() {
        let switch = find("ALIYUN::ECS::VSwitch::VSwitchId").unwrap();
        assert!(switch.listed && switch.knows_key("VpcId") && switch.knows_key("Visible"));
        assert!(!switch.knows_key("Engine"));
        assert!(!find("ALIYUN::ECS::Instance:ZoneId").unwrap().listed);
        assert_eq!(find("ALIYUN::ECS::Vpc"), None);
        let image = find("ALIYUN::ECS::Image::ImageId").unwrap();
        assert!(image.keys.contains(&MetadataKey {
            name: "SupportedImageOwnerAlias",
            kind: KeyKind::List
        }));
    }

    #[test]
    fn known_keys_are_unique_and_documented() {
        for (at, key) in KEYS.iter().enumerate() {
            check(key.name, key.doc);
            assert!(KEYS[..at].iter().all(|other| other.name != key.name));
        }
        assert_eq!(KEYS.iter().filter(|key| key.common).count(), 5);
    }
}
