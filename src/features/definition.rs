//! Go to definition: from every kind of reference to the declaration it names, and to what a page of the workspace says of a
//! type, a property or an attribute.

use super::Context;
use super::reference::{Token, UseAt, stack_output, token, use_at};
use super::schema::{dotted, type_of};
use crate::catalog::own::{OwnPage, Place as OwnPlace};
use crate::syntax::Entry;
use crate::syntax::cursor::Step;
use crate::template::position::{Argument, Place, Position, position};
use crate::template::{NameKind, SectionKind, Value};
use crate::text::TextRange;
use std::sync::Arc;

/// Where a reference leads.
#[derive(Clone, Debug)]
pub struct Target {
    /// The reference under the cursor, bytes in the document.
    pub origin: TextRange,
    /// The page that `range` and `selection` are bytes of; `None` for the document itself.
    pub page: Option<Arc<OwnPage>>,
    /// The whole declaration.
    pub range: TextRange,
    /// The declared name.
    pub selection: TextRange,
}

/// The declarations of the name at `offset`. On a declaration itself that is the declaration: editors then show its uses.
pub fn definition(context: &Context<'_>, offset: u32) -> Vec<Target> {
    if let Some(found) = use_at(context.document, offset) {
        let targets = of_use(context, &found);
        if !targets.is_empty() {
            return targets;
        }
    }
    match position(&context.document.tree, offset) {
        Some(position) => of_position(context, &position),
        None => Vec::new(),
    }
}

fn of_use(context: &Context<'_>, found: &UseAt<'_>) -> Vec<Target> {
    if let (Some(variable), Token::Name(origin)) = (found.use_.variable, found.token) {
        let selection = found.unit.range(variable);
        return vec![Target {
            origin,
            page: None,
            range: selection,
            selection,
        }];
    }
    let Some(resolved) = &found.resolved else {
        return Vec::new();
    };
    let Some(declaration) = found.scope.unit(resolved.kind.section(), &resolved.name) else {
        return Vec::new();
    };
    match found.token {
        Token::Name(origin) => vec![target(origin, declaration.entry())],
        Token::Attribute(origin) => {
            let attribute = resolved.attribute.as_ref().map(|(name, _)| &**name);
            let output = attribute.and_then(|name| stack_output(declaration.entry(), name));
            let type_name = resolved.definition.type_name.as_deref();
            let own = type_name
                .zip(attribute)
                .and_then(|(of, name)| context.catalog.own_types().place_of_attribute(of, name));
            if let Some(own) = own {
                return vec![in_page(origin, own)];
            }
            vec![target(origin, output.unwrap_or(declaration.entry()))]
        }
    }
}

fn of_position(context: &Context<'_>, position: &Position<'_>) -> Vec<Target> {
    match &position.place {
        Place::EntryName(section) if NameKind::of_section(*section).is_some() => {
            let node = position.node;
            position
                .template
                .entries(*section)
                .filter(|entry| Some(entry.key) == node)
                .filter_map(|entry| Some(target(token(entry.key, position.offset)?, entry)))
                .collect()
        }
        Place::Argument(argument) if argument.call.is("Fn::FindInMap") => mapping_keys(position, argument),
        _ => own(context, position).into_iter().collect(),
    }
}

/// What a page of the workspace says of the type or the property under the cursor.
fn own(context: &Context<'_>, position: &Position<'_>) -> Option<Target> {
    let node = position.node?;
    let name = node.text()?;
    let types = context.catalog.own_types();
    let place = match &position.place {
        Place::AttributeValue {
            section: SectionKind::Resources | SectionKind::Locals,
            attribute,
            inner,
            ..
        } if attribute == "Type" && inner.is_empty() => types.place_of_type(&name)?,
        Place::PropertyName { entry, path } => {
            let resource_type = [SectionKind::Resources, SectionKind::Locals]
                .into_iter()
                .find_map(|section| type_of(context.catalog, section, *entry))?;
            let mut path = path.clone();
            path.push(Step::Key(name.into_owned()));
            let dotted = dotted(&resource_type, &path);
            let path = dotted.strip_prefix(&resource_type.name)?.strip_prefix('.')?;
            types.place_of_property(&resource_type.name, path)?
        }
        _ => return None,
    };
    Some(in_page(token(node, position.offset)?, place))
}

/// The keys of a mapping that the second or third argument of `Fn::FindInMap` names; where the first key is computed,
/// the second may stand under several.
fn mapping_keys(position: &Position<'_>, argument: &Argument<'_>) -> Vec<Target> {
    let (Some(node), [Step::Index(index)]) = (position.node, argument.path.as_slice()) else {
        return Vec::new();
    };
    let argument_at = |index| argument.call.argument.item(index).and_then(Value::literal);
    let (Some(map), Some(key)) = (argument_at(0), Value::from(node).literal()) else {
        return Vec::new();
    };
    let Some(map) = position
        .template
        .entries(SectionKind::Mappings)
        .find(|entry| entry.key.text().is_some_and(|name| name == map))
    else {
        return Vec::new();
    };
    let Some(origin) = token(node, position.offset) else {
        return Vec::new();
    };
    let first = argument_at(1);
    match index {
        1 => map
            .value
            .entry(&key)
            .map(|entry| target(origin, entry))
            .into_iter()
            .collect(),
        2 => map
            .value
            .entries()
            .filter(|entry| first.is_none() || entry.key.text() == first)
            .filter_map(|entry| entry.value.entry(&key))
            .map(|entry| target(origin, entry))
            .collect(),
        _ => Vec::new(),
    }
}

fn in_page(origin: TextRange, place: OwnPlace) -> Target {
    Target {
        origin,
        page: Some(place.page),
        range: place.range,
        selection: place.selection,
    }
}

fn target(origin: TextRange, declaration: Entry<'_>) -> Target {
    Target {
        origin,
        page: None,
        range: declaration.range(),
        selection: declaration.key.content_range(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// The reference under the cursor and the declarations it leads to, each as `name in first line`.
    fn targets(picture: &str) -> (String, Vec<String>) {
        let fixture = Fixture::new(picture).with_pages(&[PAGE]);
        let found = definition(&fixture.context(), fixture.offset);
        let origin = found
            .first()
            .map(|target| fixture.text[target.origin.as_usize()].to_owned())
            .unwrap_or_default();
        let lines = found.iter().map(|target| {
            assert!(target.range.contains_range(target.selection));
            let (file, text) = match &target.page {
                Some(page) => (page.name.as_str(), &page.text),
                None => ("", &fixture.text),
            };
            let line = text[..target.selection.start as usize].matches('\n').count() + 1;
            format!("{}:{file}{line}", &text[target.selection.as_usize()])
        });
        (origin, lines.collect())
    }

    #[track_caller]
    fn check(picture: &str, origin: &str, expected: &[&str]) {
        let (found, targets) = targets(picture);
        assert_eq!(
            (found.as_str(), targets.as_slice()),
            (
                origin,
                &expected.iter().map(|t| t.to_string()).collect::<Vec<_>>()[..]
            )
        );
    }

    const PAGE: &str = "# MODULE::My::Thing

## Properties

|Property|Type|Required|
|-|-|-|
|名称|String|Yes|
|Parts|List|No|

## Parts properties

|Property|Type|Required|
|-|-|-|
|Size|Integer|No|

## Response parameters

- Id: what it is called.
";

    #[test]
    fn into_a_page_of_the_workspace() {
        let resource = |rest: &str| {
            format!("Resources:\n  东西:\n    Type: MODULE::My::Thing\n    Properties:\n      {rest}\n")
        };
        let with_type = resource("名称: a").replace("My::", "M$0y::");
        check(&with_type, "MODULE::My::Thing", &["MODULE::My::Thing:0.md1"]);
        check(&resource("名$0称: a"), "名称", &["名称:0.md7"]);
        check(&resource("Parts: [{Si$0ze: 1}]"), "Size", &["Size:0.md14"]);
        check(&resource("Parts: [{Si: $01}]"), "", &[]);
        check(&resource("Nothing$0: a"), "", &[]);
        let reads = resource("名称: a") + "Outputs:\n  A:\n    Value: !GetAtt 东西.I$0d\n";
        check(&reads, "Id", &["Id:0.md18"]);
        let json = r#"{"Resources": {"A": {"Type": "MODULE::My::Thing", "Properties": {"Par$0ts": []}}}}"#;
        check(json, "Parts", &["Parts:0.md8"]);
    }

    const TEMPLATE: &str = "
Description: 专有网络
Parameters:
  Zone: {Type: String}
Mappings:
  Map:
    a: {x: 1}
    b: {x: 2, y: 3}
Conditions:
  Prod: !Equals [1, 2]
Resources:
  Vpc: {Type: ALIYUN::ECS::VPC}
  dot.ted: {Type: ALIYUN::ECS::VPC}
Outputs:
  Out:
    Value: ";

    fn output(value: &str) -> String {
        format!("{TEMPLATE}{value}\n")
    }

    #[test]
    fn functions() {
        check(&output("!Ref Z$0one"), "Zone", &["Zone:3"]);
        check(&output("{Ref: Vpc$0}"), "Vpc", &["Vpc:11"]);
        check(&output("!GetAtt V$0pc.VpcId"), "Vpc", &["Vpc:11"]);
        check(&output("!GetAtt Vpc.Vpc$0Id"), "VpcId", &["Vpc:11"]);
        check(&output("{'Fn::GetAtt': [V$0pc, VpcId]}"), "Vpc", &["Vpc:11"]);
        check(&output("!GetAtt dot.t$0ed.VpcId"), "dot.ted", &["dot.ted:12"]);
        check(&output("!If [$0Prod, 1, 2]"), "Prod", &["Prod:9"]);
        check(&output("!Ref Nothi$0ng"), "", &[]);
        check(&output("!Ref ALIYUN::Reg$0ion"), "", &[]);
    }

    #[test]
    fn texts() {
        check(&output("!Sub 中文${Zone}-${V$0pc}"), "Vpc", &["Vpc:11"]);
        check(&output("!Sub '${dot.ted.Vpc$0Id}'"), "VpcId", &["dot.ted:12"]);
        check(&output("!Sub ['${Own$0}', {Own: 1}]"), "Own", &["Own:15"]);
        check(
            &output("!Sub |\n      echo 中\n      ${Zo$0ne}"),
            "Zone",
            &["Zone:3"],
        );
    }

    #[test]
    fn mappings() {
        check(&output("!FindInMap [M$0ap, a, x]"), "Map", &["Map:5"]);
        check(&output("!FindInMap [Map, a$0, x]"), "a", &["a:6"]);
        check(&output("!FindInMap [Map, b, 'x$0']"), "x", &["x:7"]);
        check(&output("!FindInMap [Map, !Ref Zone, x$0]"), "x", &["x:6", "x:7"]);
    }

    #[test]
    fn declarations_lead_to_themselves() {
        check(&output("1").replace("Zone:", "Zo$0ne:"), "Zone", &["Zone:3"]);
        check(&output("1").replace("Prod:", "$0Prod:"), "Prod", &["Prod:9"]);
        check("{\"Resources\": {\"V$0\": {}}}", "V", &["V:1"]);
    }

    #[test]
    fn attributes_and_metadata() {
        let whole = |rest: &str| {
            format!(
                "{}Metadata:\n  ALIYUN::ROS::Interface:\n    {rest}\n",
                output("1")
            )
        };
        check(
            &whole("ParameterGroups: [{Parameters: [Zon$0e]}]"),
            "Zone",
            &["Zone:3"],
        );
        check(&whole("Outputs: [$0Out]"), "Out", &["Out:14"]);
        let resource = |rest: &str| {
            format!(
                "Parameters:\n  P:\n    Type: String\n    AssociationPropertyMetadata: {{ZoneId: '${{Q}}', VpcId: Q, A: text}}\n  Q: {{}}\nConditions: {{C: x}}\nResources:\n  A: {{}}\n  B:\n    {rest}\n"
            )
        };
        check(&resource("DependsOn: [A$0]"), "A", &["A:8"]);
        check(&resource("DependsOn: $0A"), "A", &["A:8"]);
        check(&resource("Condition: C$0"), "C", &["C:6"]);
        check(&resource("").replace("${Q}", "${Q$0}"), "Q", &["Q:5"]);
        check(&resource("").replace("VpcId: Q", "VpcId: $0Q"), "Q", &["Q:5"]);
        check(&resource("").replace("A: text", "A: te$0xt"), "", &[]);
    }

    #[test]
    fn nested_templates_are_worlds_of_their_own() {
        let nested = "
Parameters:
  Zone: {Type: String}
Resources:
  Stack:
    Type: ALIYUN::ROS::Stack
    Properties:
      TemplateBody:
        Parameters:
          Zone: {Type: String}
        Outputs:
          Id:
            Value: !Ref $1Zone
      Parameters:
        Zone: !Ref $2Zone
Outputs:
  Id:
    Value: !GetAtt Stack.Outputs.$3Id
";
        let at = |n: &str| {
            let text = nested.replace(n, "$0");
            ["$1", "$2", "$3"]
                .iter()
                .fold(text, |text, n| text.replace(n, ""))
        };
        check(&at("$1"), "Zone", &["Zone:9"]);
        check(&at("$2"), "Zone", &["Zone:2"]);
        check(&at("$3"), "Outputs.Id", &["Id:11"]);
    }

    #[test]
    fn json() {
        let template = r#"{
  "Parameters": {"Zone": {"Type": "String"}},
  "Resources": {"Vpc": {"Type": "ALIYUN::ECS::VPC"}},
  "Outputs": {"专有": {"Value": VALUE}}
}"#;
        let value = |text: &str| template.replace("VALUE", text);
        check(&value(r#"{"Ref": "$0Zone"}"#), "Zone", &["Zone:2"]);
        check(&value(r#"{"Fn::GetAtt": ["Vpc$0", "VpcId"]}"#), "Vpc", &["Vpc:3"]);
        check(&value(r#"{"Fn::Sub": "\n${Vp$0c}"}"#), "Vpc", &["Vpc:3"]);
        check(
            &value(r#"{"Fn::Sub": "\u4e2d${Vpc.Vp$0cId}"}"#),
            "VpcId",
            &["Vpc:3"],
        );
    }
}
