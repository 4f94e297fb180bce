//! Keys and values of `AssociationPropertyMetadata` against what the parameter's control reads.

use super::declare::{Check, Family, Rule, UnitContext};
use super::report::{Report, did_you_mean, one_of};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::association::{self, Key, KeyKind, named};
use crate::syntax::scalar_type::Typed;
use crate::syntax::{Entry, Kind, Node};
use crate::template::{SectionKind, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&KEY_CASE, &UNKNOWN_KEY, &KIND, &VALUE, &MISSING_KEY],
    check: Check::Unit(check),
};

const KEY_CASE: Rule = Rule {
    id: "ROS0229",
    name: "metadata-key-case",
    severity: Severity::Warning,
    about: "The keys of `AssociationPropertyMetadata` are read in one spelling: in another case a key has no effect. With \
            `min` for `Min` a generated text may lack that kind of character.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
    AssociationProperty: AutoCompleteInput
    AssociationPropertyMetadata:
      Length: 8
      CharacterClasses:
        - Class: lowercase
          min: 1
Resources: {}
Outputs:
  Name:
    Value:
      Ref: Name
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
    AssociationProperty: AutoCompleteInput
    AssociationPropertyMetadata:
      Length: 8
      CharacterClasses:
        - Class: lowercase
          Min: 1
Resources: {}
Outputs:
  Name:
    Value:
      Ref: Name
",
    ..Rule::NONE
};

const UNKNOWN_KEY: Rule = Rule {
    id: "ROS0230",
    name: "unknown-metadata-key",
    severity: Severity::Warning,
    about: "The control of this parameter reads no such key. Of most controls not every key is known: there only what looks \
            like a slip is told, as a hint.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
    AssociationProperty: AutoCompleteInput
    AssociationPropertyMetadata:
      Lenght: 8
Resources: {}
Outputs:
  Name:
    Value:
      Ref: Name
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
    AssociationProperty: AutoCompleteInput
    AssociationPropertyMetadata:
      Length: 8
Resources: {}
Outputs:
  Name:
    Value:
      Ref: Name
",
    ..Rule::NONE
};

const KIND: Rule = Rule {
    id: "ROS0231",
    name: "metadata-kind",
    severity: Severity::Warning,
    about: "The key takes another kind of value: the console can't use this one.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
    AssociationProperty: AutoCompleteInput
    AssociationPropertyMetadata:
      CharacterClasses: lowercase
Resources: {}
Outputs:
  Name:
    Value:
      Ref: Name
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
    AssociationProperty: AutoCompleteInput
    AssociationPropertyMetadata:
      CharacterClasses:
        - Class: lowercase
Resources: {}
Outputs:
  Name:
    Value:
      Ref: Name
",
    ..Rule::NONE
};

const VALUE: Rule = Rule {
    id: "ROS0232",
    name: "metadata-value",
    severity: Severity::Hint,
    about: "The value is not among those that are known for the key. It may be newer than what this version knows.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Image:
    Type: String
    AssociationProperty: ALIYUN::ECS::Image::ImageId
    AssociationPropertyMetadata:
      OSType: lin
Resources: {}
Outputs:
  Image:
    Value:
      Ref: Image
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Image:
    Type: String
    AssociationProperty: ALIYUN::ECS::Image::ImageId
    AssociationPropertyMetadata:
      OSType: linux
Resources: {}
Outputs:
  Image:
    Value:
      Ref: Image
",
    ..Rule::NONE
};

const MISSING_KEY: Rule = Rule {
    id: "ROS0233",
    name: "missing-metadata-key",
    severity: Severity::Warning,
    about: "Inside the metadata some maps need certain keys: each of the values that depend on a condition has a `Condition` \
            and a `Value`, each class of characters a `Class`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
    AssociationProperty: AutoCompleteInput
    AssociationPropertyMetadata:
      CharacterClasses:
        - Min: 1
Resources: {}
Outputs:
  Name:
    Value:
      Ref: Name
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Name:
    Type: String
    AssociationProperty: AutoCompleteInput
    AssociationPropertyMetadata:
      CharacterClasses:
        - Class: number
          Min: 1
Resources: {}
Outputs:
  Name:
    Value:
      Ref: Name
",
    ..Rule::NONE
};

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() == SectionKind::Parameters {
        parameter(context.entry.value, report);
    }
}

/// A parameter, or what is declared like one inside a list of structures.
fn parameter(parameter: Node<'_>, report: &mut Report) {
    let Some(metadata) = parameter.get("AssociationPropertyMetadata") else {
        return;
    };
    let written = parameter.get("AssociationProperty");
    let property = written
        .and_then(|node| node.text())
        .and_then(|name| association::find(&name));
    let keys = Keys {
        own: property.map_or(&[], |property| property.component.keys),
        common: association::common(),
        closed: property.is_some_and(|property| property.component.closed),
        // The keys of a control that nobody knows may be any.
        slips: property.is_some(),
        lists: property.is_none_or(|property| !property.component.closed),
    };
    keys.check(metadata, report);
}

/// The keys that a map may have.
struct Keys {
    own: &'static [Key],
    common: &'static [Key],
    closed: bool,
    /// Whether a key near to a known one is likely to be a slip.
    slips: bool,
    /// The documentation has several values where the contract of the own keys speaks of one, as in `Constraints`.
    lists: bool,
}

impl Keys {
    fn check(&self, map: Node<'_>, report: &mut Report) {
        for entry in map.entries() {
            let Some(name) = entry.key.text().filter(|name| !name.is_empty() && name != "<<") else {
                continue;
            };
            if let Some(key) = named(self.own, &name) {
                value(entry, entry.value, key, self.lists, report);
            } else if let Some(key) = named(self.common, &name) {
                value(entry, entry.value, key, false, report);
            } else {
                self.unknown(entry, &name, report);
            }
        }
    }

    /// Leaves the values to others.
    fn check_names(&self, map: Node<'_>, report: &mut Report) {
        for entry in map.entries() {
            let name = entry.key.text().unwrap_or_default();
            if !name.is_empty() && name != "<<" && named(self.own, &name).is_none() {
                self.unknown(entry, &name, report);
            }
        }
    }

    fn all(&self) -> impl Iterator<Item = &'static str> {
        self.own.iter().chain(self.common).map(|key| key.name)
    }

    fn unknown(&self, entry: Entry<'_>, name: &str, report: &mut Report) {
        if let Some(right) = self.all().find(|known| known.eq_ignore_ascii_case(name)) {
            let message = format!("the console reads `{right}`, not `{name}`: it has no effect");
            report.at(&KEY_CASE, entry.key, message).suggest(&[right]);
            return;
        }
        let found = nearest(name, self.all());
        if self.closed {
            let message = format!("`{name}` has no effect here{}", did_you_mean(&found));
            report.at(&UNKNOWN_KEY, entry.key, message).suggest(&found);
        } else if self.slips
            && let Some(near) = found.first().filter(|near| is_slip(name, near))
        {
            let message = format!("the console may not know `{name}`; did you mean `{near}`?");
            let finding = report.at(&UNKNOWN_KEY, entry.key, message);
            finding.severity(Severity::Hint).suggest(&[*near]);
        }
    }
}

/// One or two letters apart, in a word long enough to tell.
fn is_slip(name: &str, near: &str) -> bool {
    name.len() > 4 && strsim::osa_distance(name, near) <= name.len() / 5
}

/// `owner` is the entry of the key that the value, or the list around it, belongs to. `lists`: there may be several values
/// for one.
fn value(owner: Entry<'_>, node: Node<'_>, key: &'static Key, lists: bool, report: &mut Report) {
    let written = Value::from(node);
    if written.is_null() || written.call().is_some() || node.entry("<<").is_some() {
        return;
    }
    if key.parameter {
        return declared(node, key, report);
    }
    let text = node.text();
    if text
        .as_ref()
        .is_some_and(|text| node.is_scalar() && is_dynamic(text))
    {
        return;
    }
    if lists && node.is_sequence() && !key.takes(KeyKind::List) && !key.takes(KeyKind::Map) {
        for item in node.items().filter(|item| !item.is_sequence()) {
            value(owner, item, key, false, report);
        }
        return;
    }
    // Another rule speaks of the shape of `Visible`.
    if key.name == "Visible" {
        if node.is_mapping() {
            names_of(key, lists).check_names(node, report);
        }
        return;
    }
    if !has_kind(node, key) {
        let kinds: Vec<&str> = key.kinds.iter().map(|kind| with_article(*kind)).collect();
        let name = owner.key.text().unwrap_or_default();
        let message = match key.name {
            "" => format!("an item of `{name}` must be {}", kinds.join(" or ")),
            name => format!("`{name}` must be {}", kinds.join(" or ")),
        };
        report.at(&KIND, node, message);
        return;
    }
    match node.kind() {
        Kind::Scalar => {
            if let Some(text) = text {
                allowed(node, &text, key, report);
            }
        }
        Kind::Mapping if !key.keys.is_empty() => map(node, key, lists, report),
        Kind::Mapping => {
            let item = key.item.filter(|_| key.takes(KeyKind::Map));
            for entry in item.iter().flat_map(|_| node.entries()) {
                if let Some(item) = item {
                    value(owner, entry.value, item, lists, report);
                }
            }
        }
        Kind::Sequence => {
            for node in node.items() {
                if let Some(item) = key.item {
                    value(owner, node, item, lists, report);
                }
            }
        }
        Kind::Alias | Kind::Empty => {}
    }
}

/// What is written like a parameter: the value itself, or each entry of the map.
fn declared(node: Node<'_>, key: &'static Key, report: &mut Report) {
    if key.item.is_some_and(|item| item.parameter) {
        for entry in node.entries() {
            parameter(entry.value, report);
        }
    } else if key.name == "Parameter" {
        parameter(node, report);
    }
}

fn names_of(key: &'static Key, lists: bool) -> Keys {
    Keys {
        own: key.keys,
        common: &[],
        closed: key.closed,
        slips: true,
        lists,
    }
}

fn map(node: Node<'_>, key: &'static Key, lists: bool, report: &mut Report) {
    names_of(key, lists).check(node, report);
    let lacks = |key: &&Key| {
        let written = |entry: Entry<'_>| {
            entry
                .key
                .text()
                .is_some_and(|name| name.eq_ignore_ascii_case(key.name))
        };
        key.required && !node.entries().any(written)
    };
    let missing: Vec<&str> = key.keys.iter().filter(lacks).map(|key| key.name).collect();
    let Some(first) = node.entries().next().filter(|_| !missing.is_empty()) else {
        return;
    };
    let names: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
    let message = format!("{} is missing here", names.join(" and "));
    report.at(&MISSING_KEY, first.key, message).unfinished();
}

/// Whether the console works the text out: a parameter's value, a variable of the environment.
fn is_dynamic(text: &str) -> bool {
    text.contains("${") || text.contains("{{")
}

fn has_kind(node: Node<'_>, key: &Key) -> bool {
    if key.kinds.is_empty() {
        return true;
    }
    match node.kind() {
        Kind::Mapping => key.takes(KeyKind::Map),
        Kind::Sequence => key.takes(KeyKind::List),
        Kind::Scalar => scalar_has_kind(node, key),
        Kind::Alias | Kind::Empty => true,
    }
}

/// A number and a boolean may be written as a text, and a text as a number.
fn scalar_has_kind(node: Node<'_>, key: &Key) -> bool {
    let text = node.text().unwrap_or_default();
    let typed = node.typed();
    key.takes(KeyKind::String)
        || (key.takes(KeyKind::Number)
            && (matches!(typed, Some(Typed::Int(_) | Typed::Float(_))) || text.trim().parse::<f64>().is_ok()))
        || (key.takes(KeyKind::Boolean)
            && (matches!(typed, Some(Typed::Bool(_)))
                || ["true", "false"].contains(&text.trim().to_ascii_lowercase().as_str())))
        // A list may be given as JSON.
        || (key.takes(KeyKind::List) && text.trim_start().starts_with('['))
        || (key.takes(KeyKind::Map) && text.trim_start().starts_with('{'))
}

fn with_article(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::String => "a text",
        KeyKind::Number => "a number",
        KeyKind::Boolean => "`true` or `false`",
        KeyKind::List => "a list",
        KeyKind::Map => "a map",
    }
}

fn allowed(node: Node<'_>, text: &str, key: &'static Key, report: &mut Report) {
    if key.values.is_empty() || text.is_empty() || key.values.contains(&text) {
        return;
    }
    let known = || key.values.iter().copied();
    if let Some((_, meant)) = key.meant.iter().find(|(wrong, _)| *wrong == text) {
        let message = format!("`{}` knows no `{text}`; use `{meant}`", key.name);
        let finding = report.at(&VALUE, node, message);
        finding.severity(Severity::Warning).suggest(&[*meant]);
        return;
    }
    let same = known().find(|value| value.eq_ignore_ascii_case(text));
    // The bare name of a parameter, as it was written once.
    if same.is_none() && association::takes_name(None, key.name) {
        return;
    }
    let found = same.map_or_else(|| nearest(text, known()), |value| vec![value]);
    let message = format!(
        "`{}` is not among the known values of `{}`: {}",
        text,
        key.name,
        one_of(known())
    );
    report.at(&VALUE, node, message).suggest(&found);
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::{check, check_half_typed};

    #[test]
    fn keys() {
        check(
            "
Parameters:
  Name:
    Type: String
    AssociationProperty: AutoCompleteInput
    AssociationPropertyMetadata:
      visible: {Condition: 是}
#     ^^^^^^^ ROS0229 the console reads `Visible`, not `visible`
      Lengt: 8
#     ^^^^^ ROS0230 `Lengt` has no effect here; did you mean `Length`?
      前缀: a
#     ^^ ROS0230 `前缀` has no effect here
      CharacterClasses:
        - Class: digit
#                ^^^^^ ROS0232 `Class` knows no `digit`; use `number`
          min: 1
#         ^^^ ROS0229 the console reads `Min`, not `min`
        - Min: 1
#         ^^^ ROS0233 `Class` is missing here
  Other:
    Type: String
    AssociationProperty: ALIYUN::VPC::VSwitch::VSwitchId
    AssociationPropertyMetadata:
      VPCId: ${Name}
      InstanceTyp: ecs.g7.large
#     ^^^^^^^^^^^ ROS0230 the console may not know `InstanceTyp`; did you mean `InstanceType`?
      Anything: 1
Resources: {}
Outputs:
  A: {Value: [!Ref Name, !Ref Other]}
",
        );
    }

    #[test]
    fn values() {
        check(
            "
Parameters:
  Image:
    Type: String
    AssociationProperty: ALIYUN::ECS::Image::ImageId
    AssociationPropertyMetadata:
      OSType: Linux
#             ^^^^^ ROS0232 `Linux` is not among the known values of `OSType`: `windows` or `linux`
      AutoSelectFirst: 'true'
      IsTrial: sometimes
#              ^^^^^^^^^ ROS0231 `IsTrial` must be `true` or `false`
      Architecture: [x86_64, arm64]
      SupportedImageOwnerAlias: system
#                               ^^^^^^ ROS0231 `SupportedImageOwnerAlias` must be a list
      ExclusiveTo: [Other, [a]]
#                          ^^^ ROS0231 an item of `ExclusiveTo` must be a text
      AllowedValues:
        - Condition: 是
#         ^^^^^^^^^ ROS0233 `Value` is missing here
      ValueLabelMapping: {a: {en: A, zh-cn: 甲}, b: B}
      DynamicValue: https://${RegionId}
      Visible: {condition: a}
#     ^^^^^^^ ROS0222 `Visible` needs a `Condition`
#               ^^^^^^^^^ ROS0229 the console reads `Condition`, not `condition`
  Other:
    Type: String
    AssociationProperty: Unknown::Thing
#                        ^^^^^^^^^^^^^^ ROS0219
    AssociationPropertyMetadata: {Any: [thing], Visibl: 1}
Resources: {}
Outputs:
  A: {Value: [!Ref Image, !Ref Other]}
",
        );
    }

    #[test]
    fn declared_inside() {
        check(
            "
Parameters:
  Table:
    Type: Json
    AssociationProperty: List[Parameters]
    AssociationPropertyMetadata:
      Parameters:
        名:
          Type: String
          AssociationProperty: AutoCompleteInput
          AssociationPropertyMetadata:
            length: 8
#           ^^^^^^ ROS0229 the console reads `Length`
Resources: {}
Outputs:
  A: {Value: !Ref Table}
",
        );
        check_half_typed(
            "
Parameters:
  Table:
    Type: Json
    AssociationProperty: AutoCompleteInput
    AssociationPropertyMetadata:
      CharacterClasses:
        -
      Length:
Resources: {}
Outputs:
  A: {Value: !Ref Table}
",
        );
    }
}
