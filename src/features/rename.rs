//! Rename: a name and all that refers to it.

use super::Context;
use super::references::{Meaning, meaning_at, places_of};
use crate::syntax::scalar_type::{Typed, type_of_plain};
use crate::template::interpolation::placeholders;
use crate::template::position::{Place, Position, position};
use crate::template::{Call, NameKind, Names, Transform};
use crate::text::TextRange;
use crate::text::edit::TextEdit;

/// The name at `offset` that can be renamed and its place, without quotes; `None` where there is none, `Err` says why it must
/// stay.
pub fn prepare(context: &Context<'_>, offset: u32) -> Result<Option<(TextRange, String)>, String> {
    let Some((range, meaning)) = meaning_at(context, offset) else {
        return Ok(None);
    };
    let name = match &meaning {
        Meaning::Declared { scope, kind, name } => {
            let in_code = matches!(kind, NameKind::Parameter | NameKind::Output);
            if in_code && scope.names.transform == Transform::Terraform {
                return Err(format!(
                    "`{name}` stands in the Terraform code, too, which would keep it"
                ));
            }
            name.to_string()
        }
        Meaning::Variable { key, .. } => {
            let variable =
                call_at(context, key.start).and_then(|call| Some(call.1.node?.text()?.into_owned()));
            variable.unwrap_or_default()
        }
    };
    Ok(Some((range, name)))
}

/// The edits that rename what stands at `offset`, none for the same name; `Err` says why that can't be done.
pub fn rename(context: &Context<'_>, offset: u32, new_name: &str) -> Result<Option<Vec<TextEdit>>, String> {
    let Some((_, old_name)) = prepare(context, offset)? else {
        return Ok(None);
    };
    let Some((_, meaning)) = meaning_at(context, offset) else {
        return Ok(None);
    };
    if old_name == new_name {
        return Ok(Some(Vec::new()));
    }
    let places = places_of(context, &meaning);
    match &meaning {
        Meaning::Declared { scope, kind, .. } => {
            check_name(new_name, *kind)?;
            if let Some(other) = declared(scope.names, *kind, new_name) {
                return Err(format!("there is a {} `{new_name}` already", other.word()));
            }
        }
        Meaning::Variable { .. } => check_name(new_name, NameKind::Parameter)?,
    }
    for place in &places {
        if is_taken_at(context, place.range.start, new_name, &meaning) {
            return Err(format!(
                "`{new_name}` means something else in a place where `{old_name}` stands"
            ));
        }
    }
    let edits = places.into_iter();
    Ok(Some(
        edits
            .map(|place| TextEdit::replace(place.range, new_name))
            .collect(),
    ))
}

/// A name is written without quotes, inside quotes and inside `${…}`: it must be the same text in all of them. Outputs, which
/// are read by people, are called what one likes, within reason.
fn check_name(name: &str, kind: NameKind) -> Result<(), String> {
    let free = if kind == NameKind::Output { " .@()" } else { "" };
    let bad = |c: char| {
        let mark = c.is_whitespace() || c.is_control() || "{}[]()<>:.,;#&*!|'\"%@`\\$/=?".contains(c);
        mark && !free.contains(c)
    };
    if name.is_empty() {
        return Err("a name can't be empty".into());
    }
    if let Some(bad) = name.chars().find(|c| bad(*c)) {
        return Err(format!("`{bad}` can't be part of a name"));
    }
    let edges = |c: char| free.contains(c) && c != '(' && c != ')';
    let marked = name.starts_with(['-', '~', '(']) || name.starts_with(edges) || name.ends_with(edges);
    if marked || type_of_plain(name) != Typed::String {
        return Err(format!("`{name}` can't be a name"));
    }
    Ok(())
}

/// What has the name already, among those that a reference could mean instead.
fn declared(names: &Names, kind: NameKind, name: &str) -> Option<NameKind> {
    let by_reference = [NameKind::Parameter, NameKind::Resource, NameKind::Local];
    match by_reference.contains(&kind) {
        true => by_reference.into_iter().find(|kind| names.has(*kind, name)),
        false => names.has(kind, name).then_some(kind),
    }
}

/// Whether a name means something of its own around `offset`: as a variable of the `Fn::Sub` there, as a name that a
/// renamed variable would hide, or as a key beside one that is given to a nested stack.
fn is_taken_at(context: &Context<'_>, offset: u32, name: &str, meaning: &Meaning<'_>) -> bool {
    let tree = &context.document.tree;
    let Some((call, _)) = call_at(context, offset) else {
        let beside = position(tree, offset).filter(Position::on_key);
        return beside.is_some_and(|position| {
            let given = matches!(position.place, Place::PropertyName { .. });
            given && position.parent.is_some_and(|map| map.entry(name).is_some())
        });
    };
    let arguments = call.arguments();
    let hidden = || {
        let text = arguments.first().and_then(|text| text.literal());
        text.is_some_and(|text| {
            placeholders(&text).any(|found| {
                let read = text[found.inner.as_usize()].trim();
                read == name || read.split_once('.').is_some_and(|(read, _)| read == name)
            })
        })
    };
    arguments.get(1).is_some_and(|map| map.node.entry(name).is_some())
        || (matches!(meaning, Meaning::Variable { .. }) && hidden())
}

/// The `Fn::Sub` around `offset`.
fn call_at<'a>(context: &Context<'a>, offset: u32) -> Option<(Call<'a>, Position<'a>)> {
    let position = position(&context.document.tree, offset)?;
    match &position.place {
        Place::Argument(argument) if argument.call.is("Fn::Sub") => Some((argument.call.clone(), position)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use crate::text::edit::apply;

    fn renamed(picture: &str, new_name: &str) -> Result<Option<String>, String> {
        let fixture = Fixture::new(picture);
        let edits = rename(&fixture.context(), fixture.offset, new_name)?;
        Ok(edits.map(|edits| apply(&fixture.text, &edits)))
    }

    #[track_caller]
    fn check(picture: &str, new_name: &str, expected: &str) {
        assert_eq!(renamed(picture, new_name), Ok(Some(expected.to_owned())));
    }

    const TEMPLATE: &str = "Parameters:\n  Zone: {Type: String}\nResources:\n  \"V\\u0070c\": {Type: ALIYUN::ECS::VPC}\nOutputs:\n  A: {Value: !Sub '中${V$0pc.VpcId}'}\n";

    #[test]
    fn everywhere_at_once() {
        check(
            TEMPLATE,
            "网络",
            "Parameters:\n  Zone: {Type: String}\nResources:\n  \"网络\": {Type: ALIYUN::ECS::VPC}\nOutputs:\n  A: {Value: !Sub '中${网络.VpcId}'}\n",
        );
        check(
            "{\"Resources\": {\"Vpc\": {\"Type\": \"ALIYUN::ECS::VPC\", \"DependsOn\": \"Vpc\"}}, \"Outputs\": {\"A\": {\"Value\": {\"Ref\": \"V$0pc\"}}}}",
            "Net",
            "{\"Resources\": {\"Net\": {\"Type\": \"ALIYUN::ECS::VPC\", \"DependsOn\": \"Net\"}}, \"Outputs\": {\"A\": {\"Value\": {\"Ref\": \"Net\"}}}}",
        );
    }

    #[test]
    fn names_that_would_mean_something_else() {
        for (name, reason) in [
            ("Zone", "there is a parameter `Zone` already"),
            ("", "a name can't be empty"),
            ("a b", "` ` can't be part of a name"),
            ("a}", "`}` can't be part of a name"),
            ("yes", "`yes` can't be a name"),
            ("12", "`12` can't be a name"),
        ] {
            assert_eq!(renamed(TEMPLATE, name), Err(reason.to_owned()));
        }
        assert_eq!(renamed(TEMPLATE, "Vpc"), Ok(Some(TEMPLATE.replace("$0", ""))));
        let sub =
            "Parameters:\n  Z$0: {Type: String}\nOutputs:\n  A: {Value: !Sub ['${Z} ${Own}', {Own: 1}]}\n";
        let reason = "`Own` means something else in a place where `Z` stands";
        assert_eq!(renamed(sub, "Own"), Err(reason.into()));
        let variable = sub.replace("Z$0", "Z").replace("{Own:", "{O$0wn:");
        let reason = "`Z` means something else in a place where `Own` stands";
        assert_eq!(renamed(&variable, "Z"), Err(reason.into()));
        assert!(renamed(&variable, "Other").is_ok());
        let stack = "Resources:\n  S:\n    Type: ALIYUN::ROS::Stack\n    Properties:\n      Parameters: {A: 1, B: 2}\n      TemplateBody:\n        Parameters:\n          A$0: {Type: String}\n";
        assert!(renamed(stack, "B").is_err());
        assert!(renamed(stack, "C").is_ok());
    }

    #[test]
    fn outputs_are_called_what_one_likes() {
        let template = "Outputs:\n  A$0: {Value: 1}\n";
        for name in ["Console.Url", "Console@Url", "the url (en)", "控制台"] {
            assert!(renamed(template, name).is_ok(), "{name}");
        }
        for name in ["@a", "a.", " a", "a: b"] {
            assert!(renamed(template, name).is_err(), "{name}");
        }
    }

    #[test]
    fn what_is_shown_first_is_the_name_as_it_is_meant() {
        let fixture = Fixture::new("Resources:\n  \"V\\u0070$0c\": {Type: ALIYUN::ECS::VPC}\n");
        let (_, name) = prepare(&fixture.context(), fixture.offset).unwrap().unwrap();
        assert_eq!(name, "Vpc");
    }

    #[test]
    fn nothing_to_rename() {
        assert_eq!(
            renamed(&TEMPLATE.replace("$0", "").replace("Out", "O$0ut"), "B"),
            Ok(None)
        );
        let pseudo = "Outputs:\n  A: {Value: !Ref ALIYUN::Reg$0ion}\n";
        assert_eq!(renamed(pseudo, "B"), Ok(None));
        let terraform =
            "Transform: Aliyun::Terraform-v1.5\nParameters:\n  na$0me: {Type: String}\nWorkspace: {}\n";
        assert!(renamed(terraform, "B").is_err());
    }
}
