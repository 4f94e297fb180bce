//! Hover: what the name under the cursor means.

use super::card::{self, words};
use super::reference::{Token, UseAt, stack_output, token, use_at};
use super::schema::{Expected, owner, type_of};
use super::{Context, association};
use crate::language::attribute::{self, Attribute};
use crate::language::{self, Doc, function, metadata, parameter, pseudo, section};
use crate::syntax::cursor::Step;
use crate::syntax::{Entry, Node};
use crate::template::call::is_function_name;
use crate::template::position::{Argument, Place, Position, descend, position};
use crate::template::{NameKind, SectionKind, Value};
use crate::text::TextRange;

/// A hover card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The token that the card is about, bytes in the document.
    pub range: TextRange,
    pub markdown: String,
}

/// The card for the token at `offset`.
pub fn hover(context: &Context<'_>, offset: u32) -> Option<Hover> {
    if let Some(found) = use_at(context.document, offset)
        && let Some(hover) = of_use(context, &found)
    {
        return Some(hover);
    }
    let position = position(&context.document.tree, offset)?;
    of_function(context, &position).or_else(|| {
        let node = position.node?;
        Some(Hover {
            markdown: of_place(context, &position, node)?,
            range: token(node, offset).filter(|range| !context.document.slice(*range).contains('\n'))?,
        })
    })
}

/// What a reference leads to.
fn of_use(context: &Context<'_>, found: &UseAt<'_>) -> Option<Hover> {
    match found.token {
        Token::Name(range) => {
            let name = &*found.use_.name;
            let markdown = match &found.resolved {
                _ if found.use_.variable.is_some() => {
                    let position = position(&context.document.tree, range.start)?;
                    let Place::Argument(argument) = &position.place else {
                        return None;
                    };
                    variable(context, argument, name)?
                }
                Some(resolved) => {
                    let unit = found.scope.unit(resolved.kind.section(), &resolved.name)?;
                    card::declaration(context, resolved.kind, unit.entry())
                }
                None => card::pseudo(context, pseudo::find(name)?),
            };
            Some(Hover { range, markdown })
        }
        Token::Attribute(range) => {
            let resolved = found.resolved.as_ref()?;
            let (attribute, _) = resolved.attribute.as_ref()?;
            let type_name = resolved.definition.type_name.as_deref()?;
            let unit = found.scope.unit(resolved.kind.section(), &resolved.name)?;
            if let Some(output) = stack_output(unit.entry(), attribute) {
                let markdown = card::declaration(context, NameKind::Output, output);
                return Some(Hover { range, markdown });
            }
            let known = context
                .catalog
                .resource_type(type_name)
                .is_none_or(|known| known.attribute(attribute).is_some());
            let markdown = card::resource_attribute(context.library(), attribute, type_name, known);
            Some(Hover { range, markdown })
        }
    }
}

/// The name of a function: a key, or a tag.
fn of_function(context: &Context<'_>, position: &Position<'_>) -> Option<Hover> {
    if let Some(key) = position.node.filter(|_| position.on_key())
        && let Some(name) = key.text().filter(|name| is_function_name(name))
    {
        return Some(Hover {
            range: token(key, position.offset)?,
            markdown: card::function(context, function::find(&name)?, false),
        });
    }
    let root = context.document.tree.root()?;
    let value = position.node.or_else(|| descend(root, &position.path))?;
    let range = value.tag_range().filter(|range| range.touches(position.offset))?;
    Some(Hover {
        range,
        markdown: card::function(context, function::by_tag(value.tag()?)?, true),
    })
}

fn of_place(context: &Context<'_>, position: &Position<'_>, node: Node<'_>) -> Option<String> {
    let text = node.text()?;
    match &position.place {
        Place::Section => Some(card::section(context, SectionKind::of(&text)?.section())),
        Place::SectionValue(SectionKind::Transform) => {
            let known = section::TRANSFORMS.iter().find(|choice| choice.name == text)?;
            Some(card::choice(context, context.doc(words::TRANSFORM), known))
        }
        Place::EntryName(SectionKind::Metadata) => {
            Some(card::attribute(context, words::METADATA, metadata::key(&text)?))
        }
        Place::EntryName(section) => {
            let kind = NameKind::of_section(*section)?;
            let mut entries = position.template.entries(*section);
            let entry = entries.find(|entry| entry.key == node)?;
            Some(card::declaration(context, kind, entry))
        }
        Place::Attribute { section, .. } => {
            let (owner, known) = attribute_of(*section, &text)?;
            Some(card::attribute(context, owner, known))
        }
        Place::AttributeValue {
            section,
            entry,
            attribute,
            inner,
        } => of_attribute_value(context, position, *section, *entry, attribute, inner, &text),
        Place::PropertyName { entry, path } => {
            let mut path = path.clone();
            path.push(Step::Key(text.into_owned()));
            with_property(context, *entry, &path, |found, owner| {
                let property = found.property()?;
                let key = path.last().and_then(Step::key).filter(|_| is_item(found));
                Some(match key {
                    Some(_) => card::item(context.library(), property, owner, key),
                    None => card::property(context.library(), property, owner),
                })
            })
        }
        Place::PropertyValue { entry, path } => with_property(context, *entry, path, |found, owner| {
            let property = found.property()?;
            let allowed = found.values().iter().any(|allowed| allowed.value == text);
            let key = path.last().and_then(Step::key);
            Some(match (allowed, found) {
                (true, _) => card::value(context.library(), &text, property, owner),
                (_, Expected::Item(_)) => card::item(context.library(), property, owner, key),
                _ => card::property(context.library(), property, owner),
            })
        }),
        Place::Argument(argument) if argument.call.is("Fn::FindInMap") => {
            mapping_key(context, position, argument, &text)
        }
        Place::Argument(argument) if argument.call.is("Fn::Sub") && position.on_key() => {
            variable(context, argument, &text).filter(|_| argument.path == [Step::Index(1)])
        }
        Place::Argument(_) | Place::SectionValue(_) | Place::Other => None,
    }
}

fn is_item(found: Expected<'_>) -> bool {
    matches!(found, Expected::Item(_))
}

fn attribute_of(section: SectionKind, name: &str) -> Option<(Doc, &'static Attribute)> {
    match section {
        SectionKind::Resources => Some((words::RESOURCE, attribute::resource(name)?)),
        SectionKind::Parameters => Some((words::PARAMETER, attribute::parameter(name)?)),
        SectionKind::Outputs => Some((words::OUTPUT, attribute::output(name)?)),
        SectionKind::Locals => Some((words::LOCAL, attribute::local(name)?)),
        SectionKind::Rules => Some((words::RULE_DECLARED, attribute::rule(name)?)),
        SectionKind::Version
        | SectionKind::Transform
        | SectionKind::Description
        | SectionKind::Metadata
        | SectionKind::Mappings
        | SectionKind::Conditions
        | SectionKind::Workspace => None,
    }
}

fn of_attribute_value(
    context: &Context<'_>,
    position: &Position<'_>,
    section: SectionKind,
    entry: Entry<'_>,
    attribute: &str,
    inner: &[Step],
    text: &str,
) -> Option<String> {
    match (section, attribute, inner) {
        (SectionKind::Resources | SectionKind::Locals, "Type", []) => {
            if let Some(known) = context.catalog.resource_type(text) {
                return Some(card::resource_type(context.library(), &known));
            }
            let known = attribute::LOCAL_TYPES.iter().find(|choice| choice.name == text)?;
            (section == SectionKind::Locals)
                .then(|| card::choice(context, context.doc(words::LOCAL_TYPE), known))
        }
        (SectionKind::Parameters, "Type", []) => Some(card::choice(
            context,
            context.doc(words::PARAMETER_TYPE),
            parameter::type_of(text)?,
        )),
        (SectionKind::Parameters, "AssociationProperty", []) => Some(card::association_property(
            context,
            language::association::find(text)?,
        )),
        (SectionKind::Parameters, "AssociationPropertyMetadata", _) if position.on_key() => {
            let mut path = inner.to_vec();
            path.push(Step::Key(text.to_owned()));
            match association::Expected::at(entry.value, &path)? {
                association::Expected::Value(key) => Some(card::association_key(context, key)),
                association::Expected::Metadata(_) => None,
            }
        }
        (SectionKind::Rules, "Assertions", _) if position.on_key() => Some(card::attribute(
            context,
            words::ASSERTION,
            attribute::assertion(text)?,
        )),
        (SectionKind::Metadata, _, inner) if position.on_key() => interface_key(context, inner, text),
        (_, _, []) if !position.on_key() => {
            let (_, known) = attribute_of(section, attribute)?;
            let choice = known.values.iter().find(|choice| choice.name == text)?;
            Some(card::choice(context, attribute, choice))
        }
        _ => None,
    }
}

fn interface_key(context: &Context<'_>, inner: &[Step], text: &str) -> Option<String> {
    let known = match inner {
        [] => metadata::interface_key(text)?,
        [Step::Key(groups), Step::Index(_)] if groups == "ParameterGroups" => {
            metadata::GROUP_KEYS.iter().find(|key| key.name == text)?
        }
        _ => return None,
    };
    Some(card::attribute(context, words::INTERFACE, known))
}

/// Looks up the place in the schema of the entry's type; the name of whatever holds the last property comes along.
fn with_property<T>(
    context: &Context<'_>,
    entry: Entry<'_>,
    path: &[Step],
    read: impl FnOnce(Expected<'_>, &str) -> Option<T>,
) -> Option<T> {
    let sections = [SectionKind::Resources, SectionKind::Locals];
    let resource_type = sections
        .into_iter()
        .find_map(|section| type_of(context.catalog, section, entry))?;
    read(Expected::at(&resource_type, path)?, &owner(&resource_type, path))
}

/// A key of a mapping, in the arguments of `Fn::FindInMap`.
fn mapping_key(
    context: &Context<'_>,
    position: &Position<'_>,
    argument: &Argument<'_>,
    text: &str,
) -> Option<String> {
    let literal = |index| argument.call.argument.item(index).and_then(Value::literal);
    let name = literal(0)?;
    let map = position
        .template
        .entries(SectionKind::Mappings)
        .find(|entry| entry.key.text().as_ref() == Some(&name))?;
    let entry = match argument.path.as_slice() {
        [Step::Index(1)] => map.value.entry(text)?,
        [Step::Index(2)] => map.value.get(&literal(1)?)?.entry(text)?,
        _ => return None,
    };
    Some(card::mapping_value(context, &name, entry))
}

/// A variable of a `Fn::Sub`: in its text, or where its map declares it.
fn variable(context: &Context<'_>, argument: &Argument<'_>, name: &str) -> Option<String> {
    let map = argument.call.argument.item(1)?;
    let entry = map
        .entries()
        .find(|entry| entry.key.text().is_some_and(|key| key == name))?;
    Some(card::variable(context, &argument.call.name, entry))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::config::{Config, Locale};
    use crate::fixture::Fixture;

    /// The token under the cursor and its card.
    fn card(picture: &str) -> (String, String) {
        let fixture = Fixture::new(picture);
        match hover(&fixture.context(), fixture.offset) {
            Some(hover) => (fixture.text[hover.range.as_usize()].to_owned(), hover.markdown),
            None => panic!("no hover in {picture}"),
        }
    }

    /// Token, and the beginning of the card.
    #[track_caller]
    fn check(picture: &str, token: &str, begin: &str) {
        let (found, markdown) = card(picture);
        assert_eq!(found, token);
        assert!(markdown.starts_with(begin), "{markdown}");
    }

    const TEMPLATE: &str = "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Zone:
    Type: String
    Label: {en: Zone, zh-cn: 可用区}
    Default: cn-hangzhou-b
    AllowedValues: [cn-hangzhou-b, cn-hangzhou-c]
Mappings:
  Map: {a: {x: 1}}
Conditions:
  Prod: !Equals [1, 2]
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock: 10.0.0.0/8
      Tags:
        - Key: a
";

    fn at(word: &str) -> String {
        TEMPLATE.replacen(word, &format!("$0{word}"), 1)
    }

    fn output(value: &str) -> String {
        format!("{TEMPLATE}Outputs:\n  Out:\n    Value: {value}\n")
    }

    #[test]
    fn briefs_in_the_users_language() {
        let template = "Resources:\n  I:\n    Type: ALIYUN::ECS::CustomImage\n    Properties:\n      DiskDevice$0Mapping:\n        \
                        - Size: 40\n";
        let nested = template.replace("$0", "").replace("Size", "Si$0ze");
        let briefs = Catalog::embedded()
            .briefs("ALIYUN::ECS::CustomImage")
            .expect("there are briefs");
        for (picture, path) in [
            (template, "DiskDeviceMapping"),
            (&nested, "DiskDeviceMapping.Size"),
        ] {
            let brief = briefs.get(path).expect("there is one");
            for (locale, text) in [(Locale::En, &brief.en), (Locale::ZhCn, &brief.zh)] {
                let fixture = Fixture::new(picture);
                let config = Config {
                    hover_locale: locale,
                    ..Config::default()
                };
                let context = Context {
                    config: &config,
                    ..fixture.context()
                };
                let hover = hover(&context, fixture.offset).expect("there is a hover");
                assert!(hover.markdown.contains(text.as_str()), "{}", hover.markdown);
            }
        }
    }

    #[test]
    fn what_the_catalog_knows() {
        check(
            &at("ALIYUN::ECS::VPC"),
            "ALIYUN::ECS::VPC",
            "**`ALIYUN::ECS::VPC`** · resource type",
        );
        check(&at("CidrBlock"), "CidrBlock", "**`CidrBlock`** · string · ");
        check(&at("10.0.0.0"), "10.0.0.0/8", "**`CidrBlock`** · string · ");
        let (token, markdown) = card(&at("Key: a"));
        assert_eq!(token, "Key");
        assert!(markdown.contains("`ALIYUN::ECS::VPC.Tags`"), "{markdown}");
        let server = "Resources:\n  S:\n    Type: ALIYUN::ECS::Instance\n    Properties:\n      InternetChargeType: Pay$0ByTraffic\n";
        check(
            server,
            "PayByTraffic",
            "**`PayByTraffic`** · value of `InternetChargeType`",
        );
        let branch = "Resources:\n  S:\n    Type: ALIYUN::ECS::Instance\n    Properties:\n      Tags: !If [A, [{Ke$0y: a}], []]\n";
        check(branch, "Key", "**`Key`** · string · ");
    }

    #[test]
    fn what_references_lead_to() {
        let (token, markdown) = card(&output("!Ref Zo$0ne"));
        assert_eq!(token, "Zone");
        expect_test::expect![[r#"
            **`Zone`** · parameter · `String`

            Zone

            - Default: `cn-hangzhou-b`
            - Values: `cn-hangzhou-b`, `cn-hangzhou-c`"#]]
        .assert_eq(&markdown);
        check(
            &output("!Sub '中${V$0pc}'"),
            "Vpc",
            "**`Vpc`** · resource · `ALIYUN::ECS::VPC`",
        );
        check(
            &output("!GetAtt Vpc.V$0pcId"),
            "VpcId",
            "**`VpcId`** · attribute of `ALIYUN::ECS::VPC`",
        );
        check(
            &output("!Ref ALIYUN::Reg$0ion"),
            "ALIYUN::Region",
            "**`ALIYUN::Region`** · pseudo parameter",
        );
        check(
            &output("!If [Pro$0d, 1, 2]"),
            "Prod",
            "**`Prod`** · condition\n\n```json",
        );
        check(
            &output("!FindInMap [Map, a, $0x]"),
            "x",
            "**`x`** · key of `Map`\n\n- Value: `1`",
        );
        check(&at("Vpc"), "Vpc", "**`Vpc`** · resource · `ALIYUN::ECS::VPC`");
        let own = "**`Own`** · variable of `Fn::Sub`\n\n- Value: `{ \"Ref\": \"Zone\" }`";
        check(&output("!Sub ['中${O$0wn}', {Own: !Ref Zone}]"), "Own", own);
        check(&output("!Sub ['中${Own}', {O$0wn: !Ref Zone}]"), "Own", own);
        check(
            &output("\n      Fn::Sub:\n        - |\n          中 ${Own$0}\n        - Own: 1"),
            "Own",
            "**`Own`** · variable of `Fn::Sub`\n\n- Value: `1`",
        );
    }

    #[test]
    fn what_the_language_means() {
        check(&at("Parameters"), "Parameters", "**`Parameters`** · section");
        check(&at("Type"), "Type", "**`Type`** · parameter attribute · required");
        check(&at("String"), "String", "**`String`** · parameter type");
        check(&output("!Ge$0tAtt Vpc.VpcId"), "!GetAtt", "**`Fn::GetAtt`** · `[");
        check(
            &output("{Fn::Jo$0in: ['', []]}"),
            "Fn::Join",
            "**`Fn::Join`** · `[delimiter, pieces]` · → string",
        );
        check(&output("!Equ$0als [1, 2]"), "!Equals", "**`Fn::Equals`**");
        check(
            "Resources:\n  A:\n    DeletionPolicy: Ret$0ain\n",
            "Retain",
            "**`Retain`** · DeletionPolicy",
        );
        check(
            "Parameters:\n  A:\n    AssociationProperty: ALIYUN::ECS::VPC$0::VPCId\n",
            "ALIYUN::ECS::VPC::VPCId",
            "**`ALIYUN::ECS::VPC::VPCId`** · association property",
        );
    }

    #[test]
    fn in_the_users_language() {
        let config = Config {
            hover_locale: Locale::ZhCn,
            ..Config::default()
        };
        let text = |picture: &str| {
            let fixture = Fixture::new(picture).with_config(config.clone());
            hover(&fixture.context(), fixture.offset).unwrap().markdown
        };
        assert!(text(&output("!Ref Zo$0ne")).contains("可用区"));
        let section = text(&at("Parameters"));
        assert!(section.starts_with("**`Parameters`** · 模板部分"), "{section}");
        expect_test::expect![[r#"
            **`Zone`** · 参数 · `String`

            可用区

            - 默认值: `cn-hangzhou-b`
            - 可选值: `cn-hangzhou-b`, `cn-hangzhou-c`"#]]
        .assert_eq(&text(&at("Zone")));
        let kind = text(&at("Type"));
        assert!(kind.starts_with("**`Type`** · 参数的属性 · 必填"), "{kind}");
    }

    #[test]
    fn json() {
        let template = |value: &str| {
            format!(
                "{{\"Resources\": {{\"网络\": {{\"Type\": \"ALIYUN::ECS::V$1PC\", \"Properties\": {{\"Cidr$2Block\": 1}}}}}}, \"Outputs\": {{\"A\": {{\"Value\": {value}}}}}}}"
            )
        };
        let plain = |value: &str| template(value).replace("$1", "").replace("$2", "");
        check(
            &template("1").replace("$1", "$0").replace("$2", ""),
            "ALIYUN::ECS::VPC",
            "**`ALIYUN::ECS::VPC`**",
        );
        check(
            &template("1").replace("$2", "$0").replace("$1", ""),
            "CidrBlock",
            "**`CidrBlock`**",
        );
        check(&plain("{\"Ref\": \"$0网络\"}"), "网络", "**`网络`** · resource");
        check(
            &plain("{\"Fn::Sub\": [\"网${O$0wn}\", {\"Own\": 1}]}"),
            "Own",
            "**`Own`** · variable of",
        );
        check(&plain("{\"R$0ef\": \"网络\"}"), "Ref", "**`Ref`**");
    }

    #[test]
    fn nothing_to_say() {
        let fixture = Fixture::new("Resources:\n  A:\n    Type: Unknown::$0Type\n");
        assert_eq!(hover(&fixture.context(), fixture.offset), None);
        let fixture = Fixture::new("# comm$0ent\nResources: {}\n");
        assert_eq!(hover(&fixture.context(), fixture.offset), None);
    }
}
