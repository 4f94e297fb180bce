//! Go to definition: from every kind of reference to the declaration it names.

use super::Context;
use super::reference::{Token, UseAt, stack_output, token, use_at};
use crate::syntax::Entry;
use crate::syntax::cursor::Step;
use crate::template::position::{Argument, Place, Position, position};
use crate::template::{NameKind, SectionKind, Value};
use crate::text::TextRange;

/// Where a reference leads. Ranges are bytes in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The reference under the cursor.
    pub origin: TextRange,
    /// The whole declaration.
    pub range: TextRange,
    /// The declared name.
    pub selection: TextRange,
}

/// The declarations of the name at `offset`. On a declaration itself that is the declaration: editors then show its uses.
pub fn definition(context: &Context<'_>, offset: u32) -> Vec<Target> {
    if let Some(found) = use_at(context.document, offset) {
        let targets = of_use(&found);
        if !targets.is_empty() {
            return targets;
        }
    }
    match position(&context.document.tree, offset) {
        Some(position) => of_position(&position),
        None => Vec::new(),
    }
}

fn of_use(found: &UseAt<'_>) -> Vec<Target> {
    if let (Some(variable), Token::Name(origin)) = (found.use_.variable, found.token) {
        let selection = found.unit.range(variable);
        return vec![Target {
            origin,
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
            vec![target(origin, output.unwrap_or(declaration.entry()))]
        }
    }
}

fn of_position(position: &Position<'_>) -> Vec<Target> {
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
        _ => Vec::new(),
    }
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

fn target(origin: TextRange, declaration: Entry<'_>) -> Target {
    Target {
        origin,
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
        let fixture = Fixture::new(picture);
        let found = definition(&fixture.context(), fixture.offset);
        let text = |range: TextRange| fixture.text[range.as_usize()].to_owned();
        let origin = found
            .first()
            .map(|target| text(target.origin))
            .unwrap_or_default();
        let lines = found.iter().map(|target| {
            assert!(target.range.contains_range(target.selection));
            let line = fixture.text[..target.selection.start as usize]
                .matches('\n')
                .count()
                + 1;
            format!("{}:{line}", text(target.selection))
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
