//! Findings follow what they depend on: in every rule's example an entry of each section comes, goes, is renamed or means
//! something else, and each time the findings are those of a document made anew.

mod support;

use ros_lsp::document::Document;
use ros_lsp::rules::rules;
use ros_lsp::syntax::{Entry, Format, Node};
use ros_lsp::template::interpolation::placeholders;
use ros_lsp::template::json_form::to_json;
use ros_lsp::template::{SectionKind, Template, Unit};
use ros_lsp::text::TextRange;
use ros_lsp::text::buffer::Change;
use ros_lsp::text::line_index::Encoding;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::properties::Edited;

/// The sections that declare names, with entries to put in: JSON, which is YAML as well.
const SECTIONS: [(SectionKind, &[&str]); 7] = [
    (SectionKind::Parameters, &[r#"{"Type": "String"}"#]),
    (SectionKind::Mappings, &[r#"{"a": {"b": 1}}"#]),
    (SectionKind::Conditions, &[r#"{"Fn::Equals": [1, 1]}"#]),
    (
        SectionKind::Rules,
        &[r#"{"Assertions": [{"Assert": {"Fn::Equals": [1, 1]}}]}"#],
    ),
    (
        SectionKind::Locals,
        &[
            r#"{"Value": "a"}"#,
            r#"{"Type": "DATASOURCE::ECS::Zones", "Properties": {}}"#,
        ],
    ),
    (
        SectionKind::Resources,
        &[
            r#"{"Type": "ALIYUN::ECS::VPC"}"#,
            r#"{"Type": "ALIYUN::ECS::VSwitch", "Count": 2, "Condition": "Here"}"#,
        ],
    ),
    (SectionKind::Outputs, &[r#"{"Value": 1}"#]),
];

/// What attributes that others read of a definition may say.
const ATTRIBUTES: [(&str, &[&str]); 4] = [
    (
        "Type",
        &[
            "\"ALIYUN::ECS::VPC\"",
            "\"Number\"",
            "\"DATASOURCE::ECS::Zones\"",
            "\"Macro\"",
        ],
    ),
    ("Count", &["2", "\"\""]),
    ("Condition", &["\"Here\"", "\"\""]),
    ("Value", &["{\"Ref\": \"Vpc\"}"]),
];

const TRANSFORMS: [&str; 3] = [
    "Aliyun::Terraform-v1.0",
    "Aliyun::Serverless-2018-04-03",
    "Unknown",
];

/// A template in which each kind of name is read in each way that a chunk of its own may read it.
const READERS: &str = "
ROSTemplateFormatVersion: '2015-09-01'
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups: [{Parameters: [Number, Zoen], Label: {default: a}}]
    Outputs: [Lost]
Parameters:
  Number: {Type: Number}
  Zone:
    Type: String
    AssociationPropertyMetadata: {VpcId: '${Vpc}', ZoneId: '${Nowhere}'}
Conditions:
  Here: {Ref: Number}
  There: !Not [Hree]
Rules:
  Rule:
    Assertions: [{Assert: !Equals [!Ref Vpc, !Ref Query]}]
Locals:
  Query: {Type: DATASOURCE::VPC::Zones, Properties: {}}
  Local: {Type: Eval, Value: !Sub '${Vpc}${Loacl}'}
Resources:
  Vpc: {Type: ALIYUN::ECS::VPC}
  Vpc.A: {Type: ALIYUN::ECS::VPC}
  Vpc[0]: {Type: ALIYUN::ECS::VPC, DependsOn: [Vcp, Vpc.A]}
  Switch:
    Type: ALIYUN::ECS::VSwitch
    Condition: Here
    Properties:
      VpcId: !GetAtt Vpc.VpcId
      CidrBlock: !Ref Vpc
      ZoneId: !FindInMap [Zones, a, c]
      VSwitchName: '${Name}'
  Last:
    Type: ALIYUN::ECS::VSwitch
    Properties:
      VpcId: !Ref Vcp
      ZoneId: !Select [0, !FindInMap [Zonse, a, b]]
      VSwitchName: !Sub '${Switch.VSwitchId}${Query}${Local.A}${Vpc.A.VpcId}'
Mappings:
  Zones: {a: {b: 1}}
Outputs:
  A: {Value: '${Vpc}'}
  B: {Value: '${Name.VpcId}'}
  C: {Value: !GetAtt Switch.VSwitchId}
  D: {Value: !If [Elsewhere, !GetAtt Vpc.A.VpcIdd, !GetAtt Query.Zones]}
";

/// One replaced place.
struct Edit {
    range: TextRange,
    text: String,
}

fn replaced(range: TextRange, text: impl Into<String>) -> Edit {
    let text = text.into();
    Edit { range, text }
}

/// An entry for a map that has entries already, before the first of them.
fn before(document: &Document, first: Entry<'_>, key: &str, value: &str) -> Edit {
    let start = first.key.range().start;
    let before = document.line_before(start);
    let text = match document.format() == Format::Yaml && before.trim_matches([' ', '\r', '\n']).is_empty() {
        true => format!("\"{key}\": {value}\n{before}"),
        false => format!("\"{key}\": {value}, "),
    };
    replaced(TextRange::empty(start), text)
}

/// An entry for a section, which is made if there is none.
fn added(document: &Document, root: Node<'_>, section: SectionKind, key: &str, value: &str) -> Option<Edit> {
    let map = format!("{{\"{key}\": {value}}}");
    let Some(known) = Template::of(root).section(section) else {
        return Some(before(document, root.entries().next()?, section.name(), &map));
    };
    Some(match known.value.entries().next() {
        Some(first) => before(document, first, key, value),
        None => replaced(
            known.value.range(),
            format!("{}{map}", if known.value.is_empty() { " " } else { "" }),
        ),
    })
}

/// Everything between this entry and the next of its map.
fn removed(entry: Entry<'_>, next: Option<Entry<'_>>) -> Edit {
    let end = next.map_or(entry.value.range().end, |next| next.key.range().start);
    replaced(TextRange::new(entry.key.range().start, end), "")
}

/// The names that the template declares, uses or has in `${…}`, and some that are near.
fn names(document: &Document) -> BTreeSet<String> {
    fn of_unit(unit: &Unit, names: &mut BTreeSet<String>) {
        names.insert(unit.name.to_string());
        names.extend(unit.uses.iter().map(|use_| use_.name.to_string()));
        for inner in unit.nested.iter().flat_map(|nested| &nested.units) {
            of_unit(inner, names);
        }
    }
    let mut names = BTreeSet::new();
    for unit in document.model.chunks().flat_map(|facts| &facts.units) {
        of_unit(unit, &mut names);
    }
    let text = document.tree.text();
    names.extend(placeholders(&text).map(|found| text[found.inner.as_usize()].to_owned()));
    let plain = |name: &String| !name.is_empty() && !name.contains(['"', '\\', '\n', ' ', '{', ':']);
    names.retain(plain);
    let near = |name: &String| {
        let mut near = name.clone();
        near.pop();
        let resource = name.split_once('.').map(|(resource, _)| resource.to_owned());
        [near, format!("{name}x")].into_iter().chain(resource)
    };
    let all: BTreeSet<String> = names.iter().flat_map(near).filter(plain).collect();
    names.extend(all);
    names
}

/// All edits that one template is tried with.
fn edits(document: &Document) -> Vec<Edit> {
    let Some(root) = document.tree.root().filter(|root| root.is_mapping()) else {
        return Vec::new();
    };
    let names = names(document);
    let mut edits = Vec::new();
    for (section, values) in SECTIONS {
        for (number, name) in names.iter().enumerate() {
            let value = values[number % values.len()];
            edits.extend(added(document, root, section, name, value));
        }
        let entries: Vec<Entry<'_>> = Template::of(root).entries(section).collect();
        for (at, entry) in entries.iter().enumerate() {
            edits.push(removed(*entry, entries.get(at + 1).copied()));
            let key = entry.key.content_range();
            // The name becomes longer, shorter, and others.
            edits.push(replaced(TextRange::empty(key.end), "x"));
            edits.push(replaced(TextRange::new(key.end - 1, key.end), ""));
            let others = names.iter().skip(at % 3).step_by(3);
            edits.extend(others.map(|name| replaced(key, name)));
            attributes(document, entry.value, &mut edits);
        }
    }
    transforms(document, root, &mut edits);
    edits
}

/// Edits of what others read of a definition: attributes, and the keys of a mapping.
fn attributes(document: &Document, definition: Node<'_>, edits: &mut Vec<Edit>) {
    let Some(first) = definition.entries().next() else {
        return;
    };
    for (name, values) in ATTRIBUTES {
        for value in values {
            edits.push(match definition.get(name) {
                Some(known) => replaced(known.range(), *value),
                None => before(document, first, name, value),
            });
        }
    }
    for entry in definition.entries() {
        edits.push(replaced(TextRange::empty(entry.key.content_range().end), "x"));
        let inner = entry.value.entries();
        let ends = inner.map(|inner| inner.key.content_range().end);
        edits.extend(ends.map(|end| replaced(TextRange::empty(end), "x")));
    }
}

fn transforms(document: &Document, root: Node<'_>, edits: &mut Vec<Edit>) {
    let known = Template::of(root).section(SectionKind::Transform);
    for transform in TRANSFORMS {
        let value = format!("\"{transform}\"");
        let first = root.entries().next();
        edits.extend(match known {
            Some(known) => Some(replaced(known.value.range(), value)),
            None => first.map(|first| before(document, first, "Transform", &value)),
        });
    }
    edits.extend(known.map(|known| removed(known, None)));
}

/// Makes an edit and takes it back; the findings must follow both times.
fn try_out(edited: &mut Edited, edit: &Edit) {
    let at = |edited: &Edited, offset: u32| edited.buffer.position(offset, Encoding::Utf16);
    let gone = edited.buffer.slice(edit.range);
    let there = Change {
        range: Some((at(edited, edit.range.start), at(edited, edit.range.end))),
        text: edit.text.clone(),
    };
    edited.apply(&[there]);
    let end = edit.range.start + edit.text.len() as u32;
    let back = Change {
        range: Some((at(edited, edit.range.start), at(edited, end))),
        text: gone,
    };
    edited.apply(&[back]);
}

/// The examples of all rules and the template above, in both formats.
fn texts() -> Vec<(String, Format)> {
    let examples = rules().flat_map(|rule| [rule.bad, rule.good]);
    let mut all = Vec::new();
    for yaml in examples.chain([READERS]).filter(|text| !text.is_empty()) {
        let json = Document::new(yaml, Format::Yaml).tree.root().map(to_json);
        all.push((yaml.to_owned(), Format::Yaml));
        all.extend(json.map(|json| (json, Format::Json)));
    }
    all
}

#[test]
fn findings_follow_every_name_that_they_depend_on() {
    let texts = texts();
    let (next, tried) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        while let Some((text, format)) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
            let edits = edits(&Document::new(text, *format));
            let mut edited = Edited::new(text, *format);
            for edit in &edits {
                try_out(&mut edited, edit);
            }
            assert_eq!(edited.buffer.text(), *text, "edits are taken back");
            tried.fetch_add(edits.len(), Ordering::Relaxed);
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for thread in all {
            if let Err(panic) = thread.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    let tried = tried.into_inner();
    println!("{tried} edits in {} templates", texts.len());
    assert!(tried > 20_000, "{tried} edits");
}

/// A template, and what is put in and taken out again: the place is `‸`.
fn follows(template: &str, piece: &str) {
    let at = template.find('‸').expect("the place is drawn") as u32;
    let text = template.replace('‸', "");
    for (start, there, piece) in [
        (text.clone(), TextRange::empty(at), piece),
        (
            template.replace('‸', piece),
            TextRange::new(at, at + piece.len() as u32),
            "",
        ),
    ] {
        let mut edited = Edited::new(&start, Format::Yaml);
        try_out(&mut edited, &replaced(there, piece));
    }
}

#[test]
fn a_placeholder_in_plain_text_is_a_read_of_its_name() {
    follows(
        "‸Outputs: {E: {Value: '${Vpc}'}}\n",
        "Parameters:\n  Vpc:\n    Type: String\n",
    );
}

#[test]
fn a_ring_comes_when_equal_names_change_places() {
    let text = |first: &str, second: &str| {
        format!(
            "Resources:\n  A: {{Type: ALIYUN::ECS::VPC{first}}}\n  A: {{Type: ALIYUN::ECS::VPC{second}}}\n  \
             B: {{Type: ALIYUN::ECS::VPC, DependsOn: A}}\n"
        )
    };
    let (one, other) = (text(", DependsOn: B", ""), text("", ", DependsOn: B"));
    let mut edited = Edited::new(&one, Format::Yaml);
    let all = TextRange::new(0, one.len() as u32);
    try_out(&mut edited, &replaced(all, other));
}
