//! References: every place that means what the name under the cursor means, its declaration included.

use super::Context;
use super::reference::{Token, token, use_at};
use crate::syntax::cursor::Step;
use crate::template::position::{Place, position};
use crate::template::resolve::resolve;
use crate::template::{NameKind, Scope, Use, UseKind};
use crate::text::TextRange;

/// All places of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The one under the cursor.
    pub origin: TextRange,
    /// In text order, without quotes. Bytes in the document.
    pub places: Vec<Occurrence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    pub range: TextRange,
    /// Whether the name is declared here.
    pub declaration: bool,
}

/// Every place of the name at `offset`; `None` where there is no name that the template declares.
pub fn references(context: &Context<'_>, offset: u32) -> Option<Places> {
    let (origin, meaning) = meaning_at(context, offset)?;
    Some(Places {
        origin,
        places: places_of(context, &meaning),
    })
}

/// What a name stands for.
pub(super) enum Meaning<'a> {
    Declared {
        scope: Scope<'a>,
        kind: NameKind,
        name: Box<str>,
    },
    /// A variable in the map of a `Fn::Sub`, by the place of its key in the document.
    Variable { scope: Scope<'a>, key: TextRange },
}

/// The name at `offset`, and what it stands for.
pub(super) fn meaning_at<'a>(context: &Context<'a>, offset: u32) -> Option<(TextRange, Meaning<'a>)> {
    let document = context.document;
    if let Some(found) = use_at(document, offset) {
        let scope = found.scope;
        match found.token {
            Token::Name(range) => {
                if let Some(variable) = found.use_.variable {
                    let key = found.unit.range(variable);
                    return Some((range, Meaning::Variable { scope, key }));
                }
                let resolved = found.resolved.filter(|_| means_name(found.use_))?;
                let (kind, name) = (resolved.kind, resolved.name);
                return Some((range, Meaning::Declared { scope, kind, name }));
            }
            Token::Attribute(range) => {
                let resolved = found.resolved?;
                let name: Box<str> = resolved.attribute?.0.strip_prefix("Outputs.")?.into();
                let holder = scope.unit(resolved.kind.section(), &resolved.name)?;
                let kind = NameKind::Output;
                let scope = scope
                    .nested_in(holder)
                    .find(|inner| inner.names.has(kind, &name))?;
                let range = end_of(context, range, &name)?;
                return Some((range, Meaning::Declared { scope, kind, name }));
            }
        }
    }
    let position = position(&document.tree, offset)?;
    let node = position.node.filter(|_| position.on_key())?;
    let (range, scope) = (node.content_range(), document.scope_at(offset)?);
    token(node, offset)?;
    match &position.place {
        Place::EntryName(section) => {
            let (kind, name): (_, Box<str>) = (NameKind::of_section(*section)?, node.text()?.into());
            scope
                .names
                .has(kind, &name)
                .then_some((range, Meaning::Declared { scope, kind, name }))
        }
        // What is given to a nested stack.
        Place::PropertyName { entry, path } if matches!(&path[..], [Step::Key(key)] if key == "Parameters") =>
        {
            let (kind, name): (_, Box<str>) = (NameKind::Parameter, node.text()?.into());
            let mut holders = scope
                .nested()
                .filter(|(holder, _)| holder.entry().key == entry.key);
            let (_, scope) = holders.find(|(_, inner)| inner.names.has(kind, &name))?;
            Some((range, Meaning::Declared { scope, kind, name }))
        }
        Place::Argument(argument) if argument.call.is("Fn::Sub") && argument.path == [Step::Index(1)] => {
            Some((
                range,
                Meaning::Variable {
                    scope,
                    key: node.content_range(),
                },
            ))
        }
        _ => None,
    }
}

/// In text order.
pub(super) fn places_of(context: &Context<'_>, meaning: &Meaning<'_>) -> Vec<Occurrence> {
    let mut places = match meaning {
        Meaning::Variable { scope, key } => of_variable(*scope, *key),
        Meaning::Declared { scope, kind, name } => {
            let mut places = of_declared(*scope, *kind, name);
            if scope.names.nested {
                places.extend(around_the_body(context, *scope, *kind, name));
            }
            places
        }
    };
    places.sort();
    places.dedup();
    places
}

fn of_variable(scope: Scope<'_>, key: TextRange) -> Vec<Occurrence> {
    let reads = scope.units().flat_map(|unit| {
        unit.uses()
            .filter(move |(use_, _)| use_.variable.is_some_and(|of| unit.range(of) == key))
            .map(|(_, range)| read(range))
    });
    reads.chain([declaration(key)]).collect()
}

fn of_declared(scope: Scope<'_>, kind: NameKind, name: &str) -> Vec<Occurrence> {
    let mut places = Vec::new();
    for unit in scope.units() {
        if unit.unit.section == kind.section() && &*unit.unit.name == name {
            places.push(declaration(unit.entry().key.content_range()));
        }
        for use_ in &unit.unit.uses {
            // A longer or shorter text may be read as the name and an attribute.
            if !use_.name.starts_with(name) && !name.starts_with(&*use_.name) {
                continue;
            }
            let resolved = resolve(scope.names, unit, use_);
            if let Some(resolved) = resolved
                && resolved.kind == kind
                && &*resolved.name == name
                && use_.variable.is_none()
                && means_name(use_)
            {
                places.push(read(resolved.range));
            }
        }
    }
    places
}

/// A nested stack's parameters are given, and its outputs read, in the template around its body.
fn around_the_body(context: &Context<'_>, inner: Scope<'_>, kind: NameKind, name: &str) -> Vec<Occurrence> {
    let root = inner.template.root;
    let scopes = context.document.scopes();
    let around = scopes.iter().find_map(|scope| {
        let mut nested = scope.nested();
        let (holder, _) = nested.find(|(_, nested)| nested.template.root == root)?;
        Some((*scope, holder))
    });
    let Some((scope, holder)) = around else {
        return Vec::new();
    };
    match kind {
        NameKind::Parameter => {
            let properties = holder.entry().value.get("Properties");
            let given = properties.and_then(|properties| properties.get("Parameters")?.entry(name));
            given
                .into_iter()
                .map(|entry| read(entry.key.content_range()))
                .collect()
        }
        NameKind::Output => {
            let attribute = format!("Outputs.{name}");
            let units = scope.units();
            let uses = units.flat_map(|unit| unit.unit.uses.iter().map(move |use_| (unit, use_)));
            uses.filter(|(_, use_)| use_.get_att.is_some())
                .filter_map(|(unit, use_)| {
                    let resolved = resolve(scope.names, unit, use_)?;
                    let (read_of, range) = resolved.attribute?;
                    let same = *resolved.name == *holder.unit.name && *read_of == *attribute;
                    Some(read(end_of(context, range, name).filter(|_| same)?))
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// A text in the metadata of a parameter that happens to be the name of another is none.
fn means_name(use_: &Use) -> bool {
    use_.kind != UseKind::MetadataText
}

/// The last part of `range` inside a scalar, which is `name` there, written in whatever way.
fn end_of(context: &Context<'_>, range: TextRange, name: &str) -> Option<TextRange> {
    let node = position(&context.document.tree, range.start)?.node?;
    let (text, map) = (node.text()?, node.source_map());
    let places = text.rmatch_indices(name);
    places
        .map(|(at, found)| map.range(TextRange::new(at as u32, (at + found.len()) as u32)))
        .find(|place| place.end == range.end)
}

fn read(range: TextRange) -> Occurrence {
    let declaration = false;
    Occurrence { range, declaration }
}

fn declaration(range: TextRange) -> Occurrence {
    let declaration = true;
    Occurrence { range, declaration }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// Checks that the places of the name at the cursor are those in `«»`, and that those which begin a line as a key are the
    /// declarations.
    #[track_caller]
    fn check(picture: &str) {
        let picture = picture.trim_start_matches('\n');
        let marked = picture.replace("$0", "");
        let text = marked.replace(['«', '»'], "");
        let offset = picture
            .replace(['«', '»'], "")
            .find("$0")
            .expect("there is a cursor");
        let fixture = Fixture::new(&format!("{}$0{}", &text[..offset], &text[offset..]));
        let places = references(&fixture.context(), fixture.offset).map_or(Vec::new(), |found| {
            assert!(found.places.iter().any(|place| place.range == found.origin));
            found.places
        });
        let mut drawn = text.clone();
        for place in places.iter().rev() {
            drawn.insert(place.range.end as usize, '»');
            drawn.insert(place.range.start as usize, '«');
        }
        assert_eq!(drawn, marked);
        for place in places {
            let before = &text[..place.range.start as usize];
            let line = before.rsplit('\n').next().unwrap_or_default();
            let after = text[place.range.end as usize..].trim_start_matches(['"', '\'']);
            let alone = line.trim_matches([' ', '"']).is_empty() && after.starts_with(':');
            assert_eq!(place.declaration, alone, "{place:?}");
        }
    }

    #[test]
    fn a_resource_by_all_functions() {
        let template = "
Resources:
  «网络»:
    Type: ALIYUN::ECS::VPC
  Switch:
    Type: ALIYUN::ECS::VSwitch
    DependsOn: [«网络», Other]
    Properties:
      VpcId: !Ref «网$0络»
      CidrBlock: !Sub 'a ${«网络».VpcId} ${!网络} ${ «网络» }'
      ZoneId: {Fn::GetAtt: ['«网络»', VpcId]}
      VSwitchName: !GetAtt «网络».VpcName
      Description: 网络
Outputs:
  网络: {Value: !GetAtt \"«网络».VpcId\"}
";
        check(template);
        check(&template.replace("$0", "").replace("«网络»:\n", "«网$0络»:\n"));
        check(
            &template
                .replace("$0", "")
                .replace("«网络».VpcName", "«$0网络».VpcName"),
        );
    }

    #[test]
    fn a_parameter_in_the_interface_and_in_metadata() {
        check(
            "
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Parameters: [«Zo$0ne», Other]
    Hidden: [«Zone»]
Parameters:
  «Zone»:
    Type: String
  Switch:
    Type: String
    AssociationProperty: ALIYUN::ECS::VSwitch::VSwitchId
    AssociationPropertyMetadata:
      ZoneId: «Zone»
      VpcId: ${«Zone»}
  Charge:
    Type: String
    AssociationPropertyMetadata:
      LocaleKey: Zone
      ExclusiveTo: [«Zone», Switch]
Resources: {}
",
        );
    }

    #[test]
    fn conditions_mappings_and_locals() {
        check(
            "
Conditions:
  «有$0»: !Equals [1, 1]
  Not: !Not [«有»]
Resources:
  A: {Type: ALIYUN::ECS::VPC, Condition: «有», Properties: {VpcName: !If [«有», a, b]}}
Outputs:
  有: {Condition: '«有»', Value: !Ref 有}
",
        );
        check("\nMappings:\n  «M»: {a: {b: c}}\nOutputs:\n  A: {Value: !FindInMap [«M$0», a, M]}\n");
        check("\nLocals:\n  «L»: {Value: 1}\nOutputs:\n  A: {Value: !Ref «L$0»}\n");
    }

    #[test]
    fn a_variable_of_one_call() {
        check(
            "
Outputs:
  A:
    Value:
      Fn::Sub:
        - ${«Ow$0n»} ${Other} ${«Own»}
        -
          «Own»: 1
  B:
    Value: !Sub ['${Own}', {Own: 1}]
",
        );
    }

    #[test]
    fn a_nested_stack_and_around_it() {
        let template = "
Parameters:
  Name: {Type: String}
Resources:
  Stack:
    Type: ALIYUN::ROS::Stack
    Properties:
      Parameters: {[Name]: !Ref Name}
      TemplateBody:
        ROSTemplateFormatVersion: '2015-09-01'
        Parameters:
          [Name]: {Type: String}
        Resources: {}
        Outputs:
          <Id>: {Value: !Ref [Name]}
Outputs:
  A: {Value: !GetAtt Stack.Outputs.<Id>}
  B: {Value: !Sub '${Stack.Outputs.<Id>}'}
";
        let marked = |open: char, close: char, cursor: &str| {
            let kept =
                template
                    .replace(open, "«")
                    .replace(close, "»")
                    .replacen(cursor, &format!("{cursor}$0"), 1);
            kept.replace(['[', ']', '<', '>'], "")
        };
        check(&marked('[', ']', "Ref «Na"));
        check(&marked('[', ']', "Parameters: {«N"));
        check(&marked('<', '>', "Stack.Outputs.«"));
        check(&marked('<', '>', "          «I"));
    }

    #[test]
    fn names_in_blocks_and_with_escapes() {
        check(
            "
Resources:
  «Vpc»:
    Type: ALIYUN::ECS::VPC
  Other:
    Type: ALIYUN::ECS::VPC
    DependsOn: |-
      «Vpc»
Outputs:
  A:
    Value:
      Ref: >-
        «Vp$0c»
",
        );
        check(
            "
{
  \"Resources\": {
    \"A\": {\"Type\": \"ALIYUN::ROS::Stack\", \"Properties\": {\"TemplateBody\": {
      \"Outputs\": {
        \"«C$0»\": {\"Value\": 1}
      }
    }}}
  },
  \"Outputs\": {\"B\": {\"Value\": {\"Fn::GetAtt\": [\"A\", \"Outputs.«\\u0043»\"]}}}
}
",
        );
    }

    #[test]
    fn json() {
        check(
            "
{
  \"Resources\": {
    \"«A$0»\": {\"Type\": \"ALIYUN::ECS::VPC\"},
    \"B\": {\"Type\": \"ALIYUN::ECS::VPC\", \"DependsOn\": \"«A»\"}
  },
  \"Outputs\": {\"B\": {\"Value\": {\"Fn::Sub\": \"\\u4e2d网 ${«A».VpcId}\"}}}
}
",
        );
    }
}
