//! `Fn::FindInMap`: a map that exists, and keys that are in it.

use super::declare::{Check, Family, LinkedCallContext, Rule};
use super::report::{Report, did_you_mean};
use crate::catalog::suggest::nearest;
use crate::syntax::Node;
use crate::template::{NameKind, Value};

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
    let arguments = call.arguments();
    let [map, keys @ ..] = &arguments[..] else { return };
    if arguments.len() != 3 {
        let message = format!(
            "`Fn::FindInMap` takes a mapping and two keys, not {} items",
            arguments.len()
        );
        report.add(&FIND_IN_MAP, call.name_range, message);
        return;
    }
    let Some(name) = literal(*map) else { return };
    let names = context.names();
    let Some(mut level) = names.mapping(&name) else {
        let names = names.names_of_kind(NameKind::Mapping);
        return unknown(*map, "mapping", &name, names.map(Into::into), report);
    };
    for key in keys {
        let Some(name) = literal(*key) else { return };
        match level.get(&name) {
            Some(inner) => level = inner,
            None => return unknown(*key, "key", &name, level.keys(), report),
        }
    }
}

/// The text of a name or key that stands there as it is.
fn literal<'t>(value: Value<'t>) -> Option<std::borrow::Cow<'t, str>> {
    value.literal().filter(|text| !text.is_empty())
}

fn unknown<'n>(
    at: Value<'_>,
    word: &str,
    name: &str,
    names: impl Iterator<Item = std::borrow::Cow<'n, str>>,
    report: &mut Report,
) {
    let names: Vec<_> = names.collect();
    let found = nearest(name, names.iter().map(|name| &**name));
    let node: Node<'_> = at.node;
    report
        .at(
            &FIND_IN_MAP,
            node,
            format!("no {word} `{name}` in the mappings{}", did_you_mean(&found)),
        )
        .suggest(&found);
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
# ^^^^^^^^ ROS0003 `Mappings` stands in this map already
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
#                        ^ ROS1014 no mapping `区` in the mappings
  B: {Value: !FindInMap [区域, cn-hangzhuo, First]}
#                            ^^^^^^^^^^^ ROS1014 no key `cn-hangzhuo` in the mappings; did you mean `cn-hangzhou`?
  C: {Value: !FindInMap [区域, {Ref: ALIYUN::Region}, Anything]}
  D: {Value: !FindInMap [区域, cn-hangzhou]}
#            ^^^^^^^^^^ ROS1014 `Fn::FindInMap` takes a mapping and two keys, not 2 items
",
        );
    }
}
