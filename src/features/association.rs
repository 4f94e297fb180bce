//! What the console expects at a place in a parameter's association metadata.

use crate::language::association::{self, AssociationProperty, Key, KeyKind};
use crate::syntax::Node;
use crate::syntax::cursor::Step;
use crate::template::position::descend;

const METADATA: &str = "AssociationPropertyMetadata";

/// What may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Expected {
    /// The metadata of a parameter with this association property.
    Metadata(Option<&'static AssociationProperty>),
    /// The value of a key, or an item of it.
    Value(&'static Key),
}

impl Expected {
    /// Walks `path` below the metadata of a parameter. A list of structures declares parameters with metadata of their
    /// own. `None` where nothing is known of the place.
    pub(crate) fn at(parameter: Node<'_>, path: &[Step]) -> Option<Expected> {
        let inner = path.iter().rposition(|step| step.key() == Some(METADATA));
        let (parameter, path) = match inner {
            None => (parameter, path),
            Some(at) => {
                let declared = descend(parameter.get(METADATA)?, path.get(..at)?)?;
                (declared, path.get(at + 1..)?)
            }
        };
        let property = parameter.get("AssociationProperty").and_then(|node| node.text());
        let property = property.and_then(|name| association::find(&name));
        path.iter()
            .try_fold(Expected::Metadata(property), |place, step| place.step(step))
    }

    fn step(self, step: &Step) -> Option<Expected> {
        match (self, step) {
            (Expected::Metadata(property), Step::Key(name)) => {
                association::key(property, name).map(Expected::Value)
            }
            (Expected::Metadata(_), Step::Index(_)) => None,
            (Expected::Value(key), Step::Key(name)) => match key.keys {
                [] if key.takes(KeyKind::Map) => key.item.map(Expected::Value),
                [] => None,
                keys => association::named(keys, name).map(Expected::Value),
            },
            (Expected::Value(key), Step::Index(_)) => match key.item {
                Some(item) => Some(Expected::Value(item)),
                None => key.takes(KeyKind::List).then_some(self),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, Locale};
    use crate::features::Context;
    use crate::features::hover::hover;
    use crate::fixture::Fixture;

    fn card(picture: &str, locale: Locale) -> Option<String> {
        let fixture = Fixture::new(picture);
        let config = Config {
            hover_locale: locale,
            ..Config::default()
        };
        let context = Context {
            config: &config,
            ..fixture.context()
        };
        Some(hover(&context, fixture.offset)?.markdown)
    }

    const TEMPLATE: &str = "
Parameters:
  名称:
    Type: String
    AssociationProperty: AutoCompleteInput
    AssociationPropertyMetadata:
      Length: 8
      CharacterClasses:
        - Class: number
          Unknown: 1
      Visible: {Condition: {}}
  Old: {AssociationProperty: 'ALIYUN::ECS::VSwitch::VSwitchId'}
";

    #[track_caller]
    fn at(word: &str, locale: Locale) -> Option<String> {
        assert!(TEMPLATE.contains(word));
        card(&TEMPLATE.replacen(word, &format!("$0{word}"), 1), locale)
    }

    #[test]
    fn cards() {
        expect_test::expect![[r#"
            **`AutoCompleteInput`** · association property

            Takes a text, which the console can make up.

            - `CharacterClasses`: list · Which characters to make the text of: a list of `Class` and `Min`.
            - `Length`: number · How many characters to make up.
            - `Pattern`: string · A pattern that the text follows.
            - `Prefix`: string · What the text begins with.
            - `Suffix`: string · What the text ends with."#]]
        .assert_eq(&at("AutoCompleteInput", Locale::En).unwrap());
        expect_test::expect![[r#"
            **`ALIYUN::ECS::VSwitch::VSwitchId`** · 关联属性 · 已弃用

            选择交换机。

            - 替代: `ALIYUN::VPC::VSwitch::VSwitchId`
            - `InstanceType`: string | `${Parameter}` · 只列出适用于该实例规格的候选值。
            - `RegionId`: string | `${Parameter}` · 候选值所在的地域，省略时为资源栈的地域。
            - `SAENamespaceId`: string | `${Parameter}`
            - `SecurityGroupId`: `${Parameter}` · 只列出该安全组内的候选值。
            - `VPCId`: string | `${Parameter}` · 只列出该专有网络内的候选值。
            - `VpcId`: string | `${Parameter}` · 只列出该专有网络内的候选值。
            - `ZoneId`: string | `${Parameter}` · 只列出该可用区内的候选值。"#]]
        .assert_eq(&at("ALIYUN::ECS::VSwitch", Locale::ZhCn).unwrap());
        expect_test::expect![[r#"
            **`CharacterClasses`** · association metadata · list

            Which characters to make the text of: a list of `Class` and `Min`.

            - `Class`: string · A kind of characters.
            - `End`: boolean · Whether the text may end with one of these characters.
            - `Min`: number · How many of these characters there are at least.
            - `SpecialCharacters`: string · Which special characters may be used.
            - `Start`: boolean · Whether the text may begin with one of these characters."#]]
        .assert_eq(&at("CharacterClasses", Locale::En).unwrap());
        expect_test::expect![[r#"
            **`Class`** · 关联属性元数据 · string · 必填

            字符类别。

            - 可选值: `lowercase`, `uppercase`, `number`, `specialCharacter`"#]]
        .assert_eq(&at("Class:", Locale::ZhCn).unwrap());
        assert_eq!(at("Unknown", Locale::En), None);
        assert!(
            at("Visible", Locale::En)
                .unwrap()
                .contains("When the console shows the field")
        );
        assert!(
            at("Condition", Locale::En)
                .unwrap()
                .contains("A condition function")
        );
    }
}
