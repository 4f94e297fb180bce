//! Document symbols: the outline.

use super::Context;
use crate::syntax::Entry;
use crate::template::{NameKind, Resource, SectionKind, Template, Value};
use crate::text::TextRange;

/// A line of the outline. Ranges are bytes in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Never empty.
    pub name: String,
    pub detail: String,
    pub kind: SymbolKind,
    /// The whole declaration; lies within the parent's.
    pub range: TextRange,
    /// The name; lies within `range`.
    pub selection: TextRange,
    pub children: Vec<Symbol>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    Section,
    Parameter,
    Mapping,
    Condition,
    Rule,
    Local,
    Resource,
    Output,
    /// Anything else in a section.
    Entry,
}

/// The outline of the document: sections, what they declare, and the same inside nested stacks.
pub fn symbols(context: &Context<'_>) -> Vec<Symbol> {
    match context.document.tree.root() {
        Some(root) => of_template(Template::of(root)),
        None => Vec::new(),
    }
}

fn of_template(template: Template<'_>) -> Vec<Symbol> {
    template
        .sections()
        .map(|(section, entry)| Symbol {
            name: name_of(entry),
            detail: literal(entry),
            kind: SymbolKind::Section,
            range: entry.range(),
            selection: entry.key.content_range(),
            children: section
                .map(|section| children(section, entry))
                .unwrap_or_default(),
        })
        .collect()
}

fn children(section: SectionKind, parent: Entry<'_>) -> Vec<Symbol> {
    let kind = match NameKind::of_section(section) {
        Some(NameKind::Parameter) => SymbolKind::Parameter,
        Some(NameKind::Mapping) => SymbolKind::Mapping,
        Some(NameKind::Condition) => SymbolKind::Condition,
        Some(NameKind::Rule) => SymbolKind::Rule,
        Some(NameKind::Local) => SymbolKind::Local,
        Some(NameKind::Resource) => SymbolKind::Resource,
        Some(NameKind::Output) => SymbolKind::Output,
        None => SymbolKind::Entry,
    };
    parent
        .value
        .entries()
        .map(|entry| Symbol {
            name: name_of(entry),
            detail: detail(kind, entry),
            kind,
            range: entry.range(),
            selection: entry.key.content_range(),
            children: Resource { entry }
                .nested_template()
                .filter(|_| kind == SymbolKind::Resource)
                .map(|body| of_template(Template::of(body)))
                .unwrap_or_default(),
        })
        .collect()
}

/// Editors refuse symbols without a name: an entry whose key is not written yet shows as its quotes.
fn name_of(entry: Entry<'_>) -> String {
    match entry.key.text() {
        Some(text) if !text.trim().is_empty() => text.into_owned(),
        _ => "\"\"".into(),
    }
}

fn detail(kind: SymbolKind, entry: Entry<'_>) -> String {
    match kind {
        SymbolKind::Resource | SymbolKind::Parameter | SymbolKind::Local => entry
            .value
            .get("Type")
            .and_then(|node| Value::from(node).literal())
            .map(|text| one_line(&text))
            .unwrap_or_default(),
        SymbolKind::Output => entry
            .value
            .get("Value")
            .map(|node| summary(node.into()))
            .unwrap_or_default(),
        SymbolKind::Condition => summary(entry.value.into()),
        SymbolKind::Entry => literal(entry),
        SymbolKind::Section | SymbolKind::Mapping | SymbolKind::Rule => String::new(),
    }
}

fn literal(entry: Entry<'_>) -> String {
    Value::from(entry.value)
        .literal()
        .map(|text| one_line(&text))
        .unwrap_or_default()
}

/// An expression in a few words: `Ref Vpc`, `Fn::GetAtt Vpc.VpcId`, `Fn::Join`.
fn summary(value: Value<'_>) -> String {
    let Some(call) = value.call() else {
        return value.literal().map(|text| one_line(&text)).unwrap_or_default();
    };
    let names: Vec<_> = match &*call.name {
        "Ref" | "Fn::GetAtt" => call.arguments().into_iter().filter_map(Value::literal).collect(),
        _ => Vec::new(),
    };
    one_line(format!("{} {}", call.name, names.join(".")).trim_end())
}

/// The first line, cut where the outline has no room for more.
fn one_line(text: &str) -> String {
    const ROOM: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(ROOM) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use expect_test::{Expect, expect};

    fn check(picture: &str, expected: Expect) {
        let fixture = Fixture::new(picture);
        let mut out = String::new();
        draw(&symbols(&fixture.context()), &fixture.text, 0, &mut out);
        expected.assert_eq(&out);
    }

    fn draw(symbols: &[Symbol], text: &str, depth: usize, out: &mut String) {
        for symbol in symbols {
            let lines = text[symbol.range.as_usize()].matches('\n').count() + 1;
            let indent = "  ".repeat(depth);
            out.push_str(&format!(
                "{indent}{:?} {} | {} | {lines}\n",
                symbol.kind, symbol.name, symbol.detail
            ));
            assert!(symbol.range.contains_range(symbol.selection));
            for child in &symbol.children {
                assert!(symbol.range.contains_range(child.range), "{symbol:#?}");
            }
            draw(&symbol.children, text, depth + 1, out);
        }
    }

    #[test]
    fn the_outline_of_a_template() {
        check(
            "
ROSTemplateFormatVersion: '2015-09-01'
Description: {en: a, zh-cn: 专有网络}
Parameters:
  区域: {Type: String}
Conditions:
  C: !Equals [1, 2]
Resources:
  Stack:
    Type: ALIYUN::ROS::Stack
    Properties:
      TemplateBody:
        Outputs:
          A: {Value: !Ref B}
Outputs:
  Id:
    Value:
      Fn::GetAtt: [Stack, Outputs.A]
$0",
            expect![[r#"
                Section ROSTemplateFormatVersion | 2015-09-01 | 1
                Section Description |  | 1
                  Entry en | a | 1
                  Entry zh-cn | 专有网络 | 1
                Section Parameters |  | 2
                  Parameter 区域 | String | 1
                Section Conditions |  | 2
                  Condition C | Fn::Equals | 1
                Section Resources |  | 7
                  Resource Stack | ALIYUN::ROS::Stack | 6
                    Section Outputs |  | 2
                      Output A | Ref B | 1
                Section Outputs |  | 4
                  Output Id | Fn::GetAtt Stack.Outputs.A | 3
            "#]],
        );
    }

    #[test]
    fn half_typed_names_still_have_one() {
        check(
            "{\"Resources\": {\"\": {}, \"A\": {\"Type\": \"ALI\"}, \"$0",
            expect![[r#"
                Section Resources |  | 1
                  Resource "" |  | 1
                  Resource A | ALI | 1
                  Resource "" |  | 1
            "#]],
        );
    }
}
