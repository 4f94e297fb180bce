//! Rename: a name and all that refers to it.

use super::Context;
use super::references::{Meaning, meaning_at, places_of};
use crate::syntax::scalar_type::{Typed, type_of_plain};
use crate::template::{NameKind, Names, Transform};
use crate::text::TextRange;
use crate::text::edit::TextEdit;

/// The name at `offset` that can be renamed; `None` where there is none, `Err` says why it must stay.
pub fn prepare(context: &Context<'_>, offset: u32) -> Result<Option<TextRange>, String> {
    let Some((range, meaning)) = meaning_at(context, offset) else {
        return Ok(None);
    };
    let stays = match &meaning {
        Meaning::Declared {
            scope,
            kind: NameKind::Parameter,
            name,
        } => (scope.names.transform == Transform::Terraform).then_some(name),
        _ => None,
    };
    match stays {
        Some(name) => Err(format!(
            "`{name}` names a variable of the Terraform code, which would keep its name"
        )),
        None => Ok(Some(range)),
    }
}

/// The edits that rename what stands at `offset`; `Err` says why that can't be done.
pub fn rename(context: &Context<'_>, offset: u32, new_name: &str) -> Result<Option<Vec<TextEdit>>, String> {
    if prepare(context, offset)?.is_none() {
        return Ok(None);
    }
    let Some((_, meaning)) = meaning_at(context, offset) else {
        return Ok(None);
    };
    check_name(new_name)?;
    if let Meaning::Declared { scope, kind, name } = &meaning
        && **name != *new_name
        && let Some(other) = declared(scope.names, *kind, new_name)
    {
        return Err(format!("there is a {} `{new_name}` already", other.word()));
    }
    let places = places_of(context, &meaning).into_iter();
    Ok(Some(
        places
            .map(|place| TextEdit::replace(place.range, new_name))
            .collect(),
    ))
}

/// A name is written without quotes, inside quotes and inside `${…}`: it must be the same text in all of them.
fn check_name(name: &str) -> Result<(), String> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || "{}[]()<>:.,;#&*!|'\"%@`\\$/=?".contains(c);
    if name.is_empty() {
        return Err("a name can't be empty".into());
    }
    if let Some(bad) = name.chars().find(|c| bad(*c)) {
        return Err(format!("`{bad}` can't be part of a name"));
    }
    if name.starts_with(['-', '~']) || type_of_plain(name) != Typed::String {
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
        assert!(renamed(TEMPLATE, "Vpc").is_ok());
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
