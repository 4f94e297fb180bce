//! `Fn::FindInMap`: a map that exists, and keys that are in it.

use super::declare::{Check, Family, LinkedCallContext, Rule};
use super::report::{Report, did_you_mean};
use super::wording::{kind_of, odd_characters, shown};
use crate::catalog::suggest::nearest;
use crate::syntax::Kind;
use crate::template::{NameKind, Value};
use std::borrow::Cow;

pub(super) const FAMILY: Family = Family {
    rules: &[&FIND_IN_MAP],
    check: Check::LinkedCall(check),
};

const FIND_IN_MAP: Rule = Rule {
    id: "ROS1014",
    name: "find-in-map",
    about: "`Fn::FindInMap` takes the name of a mapping and two keys. Literal names and keys must exist.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Mappings:
  Zones:
    cn-hangzhou:
      First: cn-hangzhou-i
Resources: {}
Outputs:
  Zone:
    Value:
      Fn::FindInMap: [Zones, cn-hangzhou, Frist]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Mappings:
  Zones:
    cn-hangzhou:
      First: cn-hangzhou-i
Resources: {}
Outputs:
  Zone:
    Value:
      Fn::FindInMap: [Zones, cn-hangzhou, First]
",
    ..Rule::NONE
};

fn check(context: &LinkedCallContext<'_>, report: &mut Report) {
    let call = &context.call;
    if !call.is("Fn::FindInMap") {
        return;
    }
    let argument = call.argument;
    if argument.is_null() {
        let message = format!("`Fn::FindInMap` is empty: it takes {SIGNATURE}");
        report.add(&FIND_IN_MAP, call.name_range, message).unfinished();
        return;
    }
    if argument.kind() != Kind::Sequence || argument.call().is_some() {
        // A function or an alias may give the list.
        if argument.call().is_none() && argument.kind() != Kind::Alias {
            let message = format!("`Fn::FindInMap` takes {SIGNATURE}, not {}", kind_of(argument));
            report.add(&FIND_IN_MAP, call.name_range, message);
        }
        return;
    }
    let arguments = call.arguments();
    if arguments.len() != 3 {
        let have = match arguments.len() {
            0 => "an empty list".to_owned(),
            1 => "1 item".to_owned(),
            count => format!("{count} items"),
        };
        let message = format!("`Fn::FindInMap` takes {SIGNATURE}, not {have}");
        report
            .add(&FIND_IN_MAP, call.name_range, message)
            .unfinished_if(arguments.len() < 3);
        return;
    }
    if !arguments.iter().all(|argument| is_plain(*argument, report)) {
        return;
    }
    let [map, keys @ ..] = &arguments[..] else { return };
    let Some(name) = literal(*map) else { return };
    let names = context.names();
    let Some(mut level) = names.mapping(&name) else {
        let all: Vec<Cow<'_, str>> = names.names_of_kind(NameKind::Mapping).map(Into::into).collect();
        let message = format!("no mapping named {}{}", shown(&name), odd_characters(&name));
        return unknown(*map, &message, "mappings", &name, &all, report);
    };
    let mut path = format!("mapping {}", shown(&name));
    for key in keys {
        let Some(name) = literal(*key) else { return };
        match level.get(&name) {
            Some(inner) => level = inner,
            None => {
                let all: Vec<Cow<'_, str>> = level.keys().collect();
                let message = format!("{path} has no key {}{}", shown(&name), odd_characters(&name));
                return unknown(*key, &message, "keys", &name, &all, report);
            }
        }
        path = format!("{} of {path}", shown(&name));
    }
}

/// What the function takes, for messages.
const SIGNATURE: &str = "`[mapping, firstKey, secondKey]`";

/// Whether a name or key may be one: a function, or written out. Says so if not.
fn is_plain(value: Value<'_>, report: &mut Report) -> bool {
    let plain = value.call().is_some() || value.node.is_scalar() || value.kind() == Kind::Alias;
    let missing = value.is_null();
    if missing || !plain {
        let message = format!(
            "the names of a mapping and its keys must be texts or numbers, not {}",
            kind_of(value)
        );
        report
            .at(&FIND_IN_MAP, value.node, message)
            .unfinished_if(missing);
    }
    plain && !missing
}

/// The text of a name or key that stands there as it is.
fn literal<'t>(value: Value<'t>) -> Option<Cow<'t, str>> {
    value.literal().filter(|text| !text.is_empty())
}

/// Reports a name that is none of `all`, with the nearest of them, and as many as a message can hold.
fn unknown(at: Value<'_>, message: &str, word: &str, name: &str, all: &[Cow<'_, str>], report: &mut Report) {
    let found = nearest(name, all.iter().map(|name| &**name));
    let known = match all {
        [] => format!("there are no {word}"),
        _ => format!("{word}: {}", listed(all)),
    };
    let message = match found.is_empty() {
        true => format!("{message}; {known}"),
        false => format!("{message}{} ({known})", did_you_mean(&found)),
    };
    report.at(&FIND_IN_MAP, at.node, message).suggest(&found);
}

/// "`a`, `b`", cut after eight names.
fn listed(all: &[Cow<'_, str>]) -> String {
    const MOST: usize = 8;
    let names: Vec<String> = all.iter().take(MOST).map(|name| shown(name)).collect();
    match all.len().saturating_sub(MOST) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::{check, check_whole};

    #[test]
    fn a_second_section_of_mappings_counts_too() {
        check_whole(
            "  ROSTemplateFormatVersion: '2015-09-01'
  Mappings:
    A: {x: {y: 1}}
  Resources: {}
  Mappings:
# ^^^^^^^^ ROS0003 `Mappings` is defined twice
    乙: {x: {y: 1}}
  Outputs:
    A: {Value: !FindInMap [A, x, y]}
    B: {Value: !FindInMap [乙, x, y]}
",
        );
    }

    #[test]
    fn each_level() {
        check(
            "
Mappings:
  区域:
    cn-hangzhou: {First: a}
Resources: {}
Outputs:
  A: {Value: !FindInMap [区, cn-hangzhou, First]}
#                        ^ ROS1014 no mapping named `区`; did you mean `区域`? (mappings: `区域`)
  B: {Value: !FindInMap [区域, cn-hangzhuo, First]}
#                            ^^^^^^^^^^^ ROS1014 mapping `区域` has no key `cn-hangzhuo`; did you mean `cn-hangzhou`? (keys: `cn-hangzhou`)
  C: {Value: !FindInMap [区域, {Ref: ALIYUN::Region}, Anything]}
  E: {Value: !FindInMap [区域, cn-hangzhou, Second]}
#                                         ^^^^^^ ROS1014 `cn-hangzhou` of mapping `区域` has no key `Second`; keys: `First`
  F: {Value: !FindInMap [区域, [a], First]}
#                            ^^^ ROS1014 the names of a mapping and its keys must be texts or numbers, not a list
  G: {Value: !FindInMap text}
#            ^^^^^^^^^^ ROS1014 `Fn::FindInMap` takes `[mapping, firstKey, secondKey]`, not a text
  D: {Value: !FindInMap [区域, cn-hangzhou]}
#            ^^^^^^^^^^ ROS1014 `Fn::FindInMap` takes `[mapping, firstKey, secondKey]`, not 2 items
",
        );
    }
}
