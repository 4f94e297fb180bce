//! Pictures of pages: what can't be read is marked with `^^^` below its line; and what is known afterwards.

use super::*;
use crate::catalog::{Property, ValueKind};

/// Reads a picture: each row of `^` marks a problem at exactly those characters of the line above, with a message that
/// starts so. The page has these problems and no others.
#[track_caller]
fn check(picture: &str) -> OwnPage {
    let mut text = String::new();
    let mut expected = Vec::new();
    let mut line_start = 0;
    for line in picture.lines() {
        let marks = line.trim_start();
        if marks.starts_with('^') {
            let above = &text[line_start..].trim_end_matches('\n').to_owned();
            let byte = |chars: usize| above.char_indices().nth(chars).map_or(above.len(), |(at, _)| at);
            let from = line.chars().count() - marks.chars().count();
            let to = from + marks.chars().take_while(|c| *c == '^').count();
            let range = TextRange::new((line_start + byte(from)) as u32, (line_start + byte(to)) as u32);
            expected.push((range, marks.trim_start_matches('^').trim().to_owned()));
        } else {
            line_start = text.len();
            text.push_str(line);
            text.push('\n');
        }
    }
    let page = OwnPage::read("页.md", text);
    let drawn = |range: TextRange| page.text[range.as_usize()].to_owned();
    let found: Vec<_> = page
        .problems
        .iter()
        .map(|problem| (problem.range, problem.message.as_str()))
        .collect();
    let alike = found.len() == expected.len()
        && found
            .iter()
            .zip(&expected)
            .all(|(have, want)| have.0 == want.0 && have.1.starts_with(&want.1));
    let show = |(range, message): (TextRange, &str)| format!("{range:?} “{}” {message}", drawn(range));
    let found: Vec<String> = found.into_iter().map(show).collect();
    let expected: Vec<String> = expected
        .iter()
        .map(|(range, message)| show((*range, message)))
        .collect();
    assert!(alike, "expected {expected:#?}\nfound {found:#?}");
    for problem in &page.problems {
        let before = &page.text[..problem.range.start as usize];
        assert_eq!(problem.line, before.matches('\n').count() + 1);
    }
    page
}

fn types(pages: &[&str]) -> (Catalog, Vec<Vec<String>>) {
    let read = |(index, text): (usize, &&str)| Arc::new(OwnPage::read(format!("{index}.md"), *text));
    let pages: Vec<_> = pages.iter().enumerate().map(read).collect();
    let (types, problems) = OwnTypes::of(&pages, &OwnTypes::default());
    let problems = problems
        .into_iter()
        .map(|all| {
            let all = all.into_iter();
            all.map(|each| format!("{}:{}: {}", each.file, each.line, each.message))
                .collect()
        })
        .collect();
    (Catalog::embedded().with_own_types(Arc::new(types)), problems)
}

const THING: &str = "# MODULE::My::Thing

## Properties

|Property|Type|Required|Editable|Description|Validity|
|-|-|-|-|-|-|
|Mode|String|No|No|How.|Valid values: fast and safe. Default value: safe.|
";

#[test]
fn rows_and_words() {
    let page = check(
        "
# MODULE::My::Thing

## Properties

| Property | Type | Required | Editable | Description | Validity |
|---|---|---|---|---|---|
| 名称 | Strnig | Yes | Yes | d | None |
       ^^^^^^ `Strnig` is no known type; did you mean `String`?
| Size | 整型 | 也许 | No | d | None |
              ^^ `也许` is neither yes nor no
| Two Words | String | No | Sometimes | d | None |
  ^^^^^^^^^ `Two Words` is no name of a property
                            ^^^^^^^^^ `Sometimes` is neither yes nor no
| Cut | String |
^^^^^^^^^^^^^^^^ the row has 2 of 6 cells
| Open | String | No | No | d | None
| Size | Integer | No | No | again | None |
  ^^^^ a row above describes `Size` already
| | String | No | No | d | None |
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the row does not name its property
",
    );
    let names: Vec<&str> = page.types[0]
        .facts
        .properties
        .iter()
        .map(|each| each.name.as_str())
        .collect();
    assert_eq!(names, ["名称", "Size", "Cut", "Open"]);
}

#[test]
fn headings() {
    check(
        "
# MODULE:My:Thing
  ^^^^^^^^^^^^^^^ `MODULE:My:Thing` is no type's name

## Properties

|Name|Type|Required|
|-|-|-|
|A|String|No|

# MODULE::My Thing::X
  ^^^^^^^^^^^^^^^^^^^ `MODULE::My Thing::X` is no type's name

## Properties

None

# Notes about the rest

# MODULE::My::空
  ^^^^^^^^^^^^^ `MODULE::My::空` is no type's name
",
    );
    check(
        "
How we write templates.
^^^^^^^^^^^^^^^^^^^^^^^ the page describes no type
",
    );
    assert_eq!(OwnPage::read("a.md", "").problems.len(), 1);
}

#[test]
fn tables() {
    check(
        "
# MODULE::My::One
  ^^^^^^^^^^^^^^^ `MODULE::My::One` has no table of properties

What it is for.
",
    );
    let with_rule = "# MODULE::My::Two\n\n## 属性\n\n|名称|种类|\n|-|-|\n|a|b|\n";
    let page = OwnPage::read("a.md", with_rule);
    assert_eq!(&with_rule[page.problems[0].range.as_usize()], "名称|种类");
    check(
        "
# MODULE::My::Three

## 属性

|属性名称|类型|必须|备注|
            ^^ the column `备注` is not read
|-|-|-|-|
|Parts|List|否|x|

## Prats属性
   ^^^^^^^ no row belongs to the table under `Prats属性`

|属性名称|类型|必须|
|-|-|-|
|Kind|String|否|
",
    );
    check(
        "
# MODULE::My::Four
  ^^^^^^^^^^^^^^^^ `MODULE::My::Four` has no table of properties

## Properties

Property | Type | Required
^^^^^^^^^^^^^^^^^^^^^^^^^^ begin each row of a table with `|`
---|---|---
A | String | No
",
    );
}

#[test]
fn a_table_that_is_nested_in_nothing() {
    let page = check(
        "
# ALIYUN::ECS::Instance

## DiskMappings properties
   ^^^^^^^^^^^^^^^^^^^^^^^ no row belongs to the table under `DiskMappings properties`; add a row `DiskMappings` to a table

|Property|Type|Required|
|-|-|-|
|Size|Integer|Yes|

# MODULE::My::Thing

## 磁盘属性
   ^^^^ no row belongs to the table under `磁盘属性`; add a row `磁盘`

|属性名称|类型|必须|
|-|-|-|
|大小|Integer|是|
",
    );
    for own in &page.types {
        let mut names = own.facts.properties.iter().map(|each| each.name.as_str());
        assert!(names.all(|name| name != "Size" && name != "大小"));
        assert!(own.places.properties.is_empty());
    }
    // Any other title does for the type's own properties.
    let page = check(
        "# MODULE::My::Thing\n\n## What it takes\n\n|Property|Type|Required|\n|-|-|-|\n|Size|Integer|Yes|\n",
    );
    assert_eq!(page.types[0].facts.properties[0].name, "Size");
}

#[test]
fn a_byte_order_mark_is_no_text() {
    let text = "\u{feff}# MODULE::My::专\n";
    let page = OwnPage::read("a.md", text);
    assert_eq!(&text[page.problems[0].range.as_usize()], "MODULE::My::专");
    let text = format!("\u{feff}{}", THING.replace("|Mode|", "|Mo de|"));
    let page = OwnPage::read("a.md", text.as_str());
    assert_eq!(page.type_names().collect::<Vec<_>>(), ["MODULE::My::Thing"]);
    assert_eq!(&text[page.problems[0].range.as_usize()], "Mo de");
    let text = "\u{feff}\nwords\n";
    let page = OwnPage::read("a.md", text);
    assert_eq!(&text[page.problems[0].range.as_usize()], "words");
}

#[test]
fn tables_that_belong_to_each_other_end() {
    let rows: String = (0..12)
        .map(|n| format!("|P{n}|List|No|See [T{n}](#t{n}).|\n"))
        .collect();
    let table = format!("|Property|Type|Required|Validity|\n|-|-|-|-|\n{rows}");
    let mut text = format!("# MODULE::My::Rings\n\n## Properties\n\n{table}");
    for n in 0..12 {
        text.push_str(&format!("\n## T{n} {{#t{n}}}\n\n{table}"));
    }
    let page = OwnPage::read("a.md", text.as_str());
    let [problem] = &page.problems[..] else {
        panic!("{:?}", page.problems)
    };
    assert_eq!(&text[problem.range.as_usize()], "MODULE::My::Rings");
    assert!(
        problem.message.contains("more than 5000 properties"),
        "{}",
        problem.message
    );
    assert_eq!(page.types[0].places.properties.len(), 5000);
}

#[test]
fn pages_are_called_by_names_that_people_read() {
    let shown = |name, beside| super::shown(name, beside);
    assert_eq!(shown("file:///w/%E4%B8%93%20a.md", "file:///w/b.md"), "专 a.md");
    assert_eq!(shown("file:///%E4%B8%93/a.md", "file:///w/a.md"), "/专/a.md");
    assert_eq!(shown("file:///w/%FF%2.md", "file:///w/a.md"), "%FF%2.md");
    assert_eq!(shown("w/.ros/types/100%41.md", "w/.ros/types/b.md"), "100%41.md");
    assert_eq!(shown("v/a.md", "w/a.md"), "v/a.md");
}

#[test]
fn what_is_not_closed() {
    check(
        "
# MODULE::My::Thing

## Properties

None

```yaml
^^^^^^^ the code block is not closed
# MODULE::Not::Me
",
    );
    check(
        "
# MODULE::My::Thing

## Properties

None

<!-- for later
^^^^^^^^^^^^^^ the comment is not closed

## Response parameters

- Id: what it is called.
",
    );
    check(
        "
# MODULE::My::Thing

## Properties

|Property|Type|Required|Validity|
|-|-|-|-|
|A|String|No|Valid values:
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the row does not end with `|`

- a
- b

## Response parameters

- Id: what it is called.
",
    );
}

#[test]
fn comments_say_nothing() {
    let page = check(
        "
<!-- # MODULE::My::Old -->
# MODULE::My::Thing

<!--
## Properties
|Property|Type|Required|
|-|-|-|
|Old|String|No|
-->

## Properties

|Property|Type|Required|
|-|-|-|
|New|String|No|
",
    );
    assert_eq!(page.types[0].facts.properties[0].name, "New");
    assert_eq!(page.types.len(), 1);
}

#[test]
fn facts_are_the_workspaces() {
    let (catalog, problems) = types(&[THING]);
    assert_eq!(problems, [Vec::<String>::new()]);
    assert!(catalog.is_own("MODULE::My::Thing") && !catalog.is_own("ALIYUN::ECS::VPC"));
    assert_eq!(catalog.type_names().next(), Some("MODULE::My::Thing"));
    let thing = catalog.resource_type("MODULE::My::Thing").expect("the type");
    let mode = thing.property("Mode").expect("a property");
    let sources = [
        mode.values_source,
        mode.default_source,
        mode.required_source,
        thing.source,
    ];
    assert_eq!(sources, [Source::Workspace; 4]);
    assert_eq!(
        (mode.default.as_deref(), mode.editable, mode.retired),
        (Some("safe"), Some(false), false)
    );
    let prose = catalog.prose("MODULE::My::Thing", "zh").next().expect("words");
    assert_eq!(prose.properties["Mode"].description, "How.");
}

#[test]
fn the_first_page_counts() {
    let second = THING.replace("fast", "quick");
    let (catalog, problems) = types(&[THING, &second]);
    assert_eq!(
        problems,
        [
            vec![],
            vec![
                "1.md:1: `MODULE::My::Thing` is described in `0.md` already; this description does not count"
                    .to_owned()
            ]
        ]
    );
    let thing = catalog.resource_type("MODULE::My::Thing").expect("the type");
    assert_eq!(thing.properties[0].values[0].value, "fast");
}

#[test]
fn facts_that_stay_are_the_same_value() {
    let pages = |text: &str| [Arc::new(OwnPage::read("a.md", text))];
    let (before, _) = OwnTypes::of(&pages(THING), &OwnTypes::default());
    let (words, _) = OwnTypes::of(&pages(&THING.replace("How.", "In which way.")), &before);
    assert!(words.has_facts_of(&before) && !words.has_pages_of(&before));
    let (facts, _) = OwnTypes::of(&pages(&THING.replace("fast", "quick")), &before);
    assert!(!facts.has_facts_of(&before));
    let (none, _) = OwnTypes::of(&[], &OwnTypes::default());
    assert!(none.has_facts_of(&OwnTypes::of(&[], &none).0));
    let catalog = Catalog::embedded().with_own_types(Arc::new(words));
    assert!(catalog.has_facts_of(&Catalog::embedded().with_own_types(Arc::new(before))));
}

/// `ALIYUN::ECS::CustomImage` with a page of these rows.
fn image(rows: &str) -> Arc<ResourceType> {
    let page = format!(
        "# ALIYUN::ECS::CustomImage\n\n## Properties\n\n|Property|Type|Required|Editable|Validity|\n|-|-|-|-|-|\n{rows}"
    );
    let (catalog, problems) = types(&[&page]);
    assert_eq!(problems, [Vec::<String>::new()]);
    catalog
        .resource_type("ALIYUN::ECS::CustomImage")
        .expect("the type")
}

fn words(property: &Property) -> Vec<&str> {
    property.values.iter().map(|value| value.value.as_str()).collect()
}

#[test]
fn over_the_catalog_the_page_wins_and_the_rest_stays() {
    let known = Catalog::embedded()
        .resource_type("ALIYUN::ECS::CustomImage")
        .expect("the type");
    let changed = image(
        "|ImageName|String|Yes|Yes|The name must be 5 to 9 characters in length.|\n\
         |Architecture|String||No|Valid values: arm64 and riscv64.|\n\
         |DiskDeviceMapping|List|No|No|See [Disks](#disks).|\n\
         |Team|String|Yes|No|None|\n\n\
         ## Disks {#disks}\n\n|Property|Type|Required|Validity|\n|-|-|-|-|\n|Size|Integer|Yes|Valid values: 20 to 40.|\n",
    );
    let name = changed.property("ImageName").expect("a property");
    assert_eq!((name.min_length, name.max_length), (Some(5), Some(9)));
    assert_eq!((name.required, name.required_source), (true, Source::Workspace));
    assert_eq!(name.length_source, Source::Workspace);
    let architecture = changed.property("Architecture").expect("a property");
    assert_eq!(words(architecture), ["arm64", "riscv64"]);
    assert_eq!(architecture.default, None, "the catalog's is no longer allowed");
    let disks = changed.property("DiskDeviceMapping").expect("a property");
    let size = disks.property("Size").expect("a property");
    assert_eq!(
        (size.min, size.max, size.required),
        (Some(20.0), Some(40.0), true)
    );
    assert_eq!(
        disks.property("DiskType"),
        known
            .property("DiskDeviceMapping")
            .expect("a property")
            .property("DiskType")
    );
    let team = changed.property("Team").expect("a property");
    assert_eq!((team.retired, team.required_source), (false, Source::Workspace));
    assert_eq!(changed.attributes, known.attributes);
    assert_eq!((changed.source, changed.retired), (Source::Enforced, false));
    let untouched = |of: &ResourceType| of.property("Description").cloned();
    assert_eq!(untouched(&changed), untouched(&known));
}

#[test]
fn a_page_brings_back_what_is_retired() {
    let retired = |of: &ResourceType| {
        of.properties
            .iter()
            .find(|each| each.retired)
            .map(|each| each.name.clone())
    };
    let catalog = Catalog::embedded();
    let (name, property) = catalog
        .type_names()
        .find_map(|name| {
            let known = catalog.resource_type(name)?;
            let property = retired(&known).filter(|_| !known.retired)?;
            Some((name.to_owned(), property))
        })
        .expect("some property is retired");
    let page =
        format!("# {name}\n\n## Properties\n\n|Property|Type|Required|\n|-|-|-|\n|{property}|Any|No|\n");
    let (catalog, _) = types(&[&page]);
    let known = catalog.resource_type(&name).expect("the type");
    assert!(!known.property(&property).expect("the property").retired);
}

#[test]
fn another_kind_is_another_property() {
    let changed = image("|Architecture|List<String>|No|No|None|\n|Platform|Any|No|No|None|\n");
    let architecture = changed.property("Architecture").expect("a property");
    assert_eq!(
        (architecture.kind, architecture.values.len()),
        (ValueKind::List, 0)
    );
    let platform = changed.property("Platform").expect("a property");
    assert_eq!(platform.kind, ValueKind::String);
}

#[test]
fn places_lead_to_headings_rows_and_lines() {
    let text = "前言\n\n# MODULE::My::Thing\r\n\n## 属性\n\n|属性名称|类型|必须|\n|-|-|-|\n|Parts|List|否|\n\n## Parts属性\n\n|属性名称|类型|必须|\n|-|-|-|\n| 种类 | String|否|\n\n## 返回值\n\n- Id：标识。\n";
    let page = Arc::new(OwnPage::read("a.md", text));
    let (types, _) = OwnTypes::of(&[page], &OwnTypes::default());
    let selected = |place: Option<Place>| place.map(|place| text[place.selection.as_usize()].to_owned());
    let name = "MODULE::My::Thing";
    assert_eq!(selected(types.place_of_type(name)).as_deref(), Some(name));
    assert_eq!(
        selected(types.place_of_property(name, "Parts.种类")).as_deref(),
        Some("种类")
    );
    assert_eq!(
        selected(types.place_of_attribute(name, "Id")).as_deref(),
        Some("Id")
    );
    assert!(types.place_of_property(name, "种类").is_none());
}
