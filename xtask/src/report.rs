//! What the sources give: figures, unread places, decisions between sources, and each mined fact for review.

use crate::catalog::Sources;
use ros_lsp::catalog::prose::Prose;
use ros_lsp::catalog::{AllowedValue, Property, ResourceType, Source};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// The counts of types, in one line.
pub(crate) fn counts<'t>(types: impl Iterator<Item = &'t ResourceType>) -> String {
    let (mut all, mut data, mut top, mut deep, mut attributes) = (0, 0, 0, 0, 0);
    for each in types {
        all += 1;
        data += usize::from(each.name.starts_with("DATASOURCE::"));
        attributes += each.attributes.len();
        walk(
            &each.properties,
            &mut Vec::new(),
            &mut |path, _| match path.len() {
                1 => top += 1,
                _ => deep += 1,
            },
        );
    }
    format!("{all} types ({data} data sources), {top} properties, {deep} nested, {attributes} attributes")
}

/// The whole report.
pub(crate) fn print(sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let current: BTreeMap<String, ResourceType> = sources
        .types
        .iter()
        .filter(|(name, each)| !each.facts.retired && !name.starts_with("Aliyun::"))
        .map(|(name, each)| (name.clone(), without_retired(&each.facts)))
        .collect();
    writeln!(
        out,
        "all:         {}",
        counts(sources.types.values().map(|each| &each.facts))
    )?;
    writeln!(out, "of the CDK:  {}", counts(current.values()))?;
    figures(sources, &current, out)?;
    let agreement = sources.agreement;
    writeln!(
        out,
        "mining:      of the lists and ranges in doc strings that are also enforced {} are the same, {} narrower, {} wider",
        agreement.same, agreement.narrower, agreement.wider
    )?;
    writeln!(out, "\n{} places that could not be read", sources.problems.len())?;
    for problem in &sources.problems {
        writeln!(out, "  {}:{}: {}", problem.file, problem.line, problem.message)?;
    }
    conflicts(sources, out)
}

/// How the lists and ranges mined from doc strings stand to the enforced ones, where there are both: a measure of the
/// mining.
#[derive(Clone, Copy, Default)]
pub(crate) struct Agreement {
    same: usize,
    /// The text lists only some of the enforced values, or its range lies inside.
    narrower: usize,
    /// The text has a value that is not enforced, or its range goes beyond.
    wider: usize,
}

impl Agreement {
    /// Compares the properties of one type; both have the same tree.
    pub(crate) fn compare(&mut self, enforced: &[Property], documented: &[Property]) {
        for (enforced, documented) in enforced.iter().zip(documented) {
            let has = |values: &[AllowedValue], value: &AllowedValue| {
                values
                    .iter()
                    .any(|known| known.value.eq_ignore_ascii_case(&value.value))
            };
            if !enforced.values.is_empty() && !documented.values.is_empty() {
                let wider = documented
                    .values
                    .iter()
                    .any(|value| !has(&enforced.values, value));
                let narrower = enforced
                    .values
                    .iter()
                    .any(|value| !has(&documented.values, value));
                self.count(wider, narrower);
            }
            if let (Some(min), Some(max)) = (enforced.min, enforced.max)
                && let (Some(low), Some(high)) = (documented.min, documented.max)
            {
                self.count(low < min || high > max, low > min || high < max);
            }
            self.compare(&enforced.properties, &documented.properties);
        }
    }

    fn count(&mut self, wider: bool, narrower: bool) {
        match (wider, narrower) {
            (true, _) => self.wider += 1,
            (false, true) => self.narrower += 1,
            (false, false) => self.same += 1,
        }
    }
}

/// A way to a property: the names from the type downwards.
fn walk<'p>(
    properties: &'p [Property],
    path: &mut Vec<&'p str>,
    visit: &mut impl FnMut(&[&'p str], &'p Property),
) {
    for property in properties {
        path.push(&property.name);
        visit(path, property);
        walk(&property.properties, path, visit);
        path.pop();
    }
}

fn without_retired(each: &ResourceType) -> ResourceType {
    fn current(properties: &[Property]) -> Vec<Property> {
        properties
            .iter()
            .filter(|property| !property.retired)
            .map(|property| Property {
                properties: current(&property.properties),
                ..property.clone()
            })
            .collect()
    }
    ResourceType {
        properties: current(&each.properties),
        ..each.clone()
    }
}

#[derive(Default)]
struct Figures {
    depths: BTreeMap<usize, usize>,
    described: usize,
    meanings: usize,
    values: BTreeMap<&'static str, usize>,
    item_values: usize,
    defaults: BTreeMap<&'static str, usize>,
    ranges: BTreeMap<&'static str, usize>,
    lengths: BTreeMap<&'static str, usize>,
    units: usize,
    patterns: usize,
    bad_starts: usize,
    required_if: usize,
    not_with: usize,
    editable: usize,
}

impl Figures {
    fn add(&mut self, property: &Property, depth: usize) {
        let mut count = |facts: fn(&mut Figures) -> &mut BTreeMap<&'static str, usize>, source: Source| {
            *facts(self).entry(source_name(source)).or_default() += 1;
        };
        if !property.values.is_empty() {
            count(|figures| &mut figures.values, property.values_source);
        }
        if property.default.is_some() {
            count(|figures| &mut figures.defaults, property.default_source);
        }
        if property.min.is_some() || property.max.is_some() {
            count(|figures| &mut figures.ranges, property.range_source);
        }
        if property.min_length.is_some() || property.max_length.is_some() {
            count(|figures| &mut figures.lengths, property.length_source);
        }
        *self.depths.entry(depth).or_default() += 1;
        self.item_values += usize::from(property.item.as_ref().is_some_and(|item| !item.values.is_empty()));
        self.units += usize::from(property.unit.is_some());
        self.patterns += usize::from(property.pattern.is_some());
        self.bad_starts += usize::from(!property.bad_starts.is_empty());
        self.required_if += usize::from(!property.required_if.is_empty());
        self.not_with += usize::from(!property.not_with.is_empty());
        self.editable += usize::from(property.editable.is_some());
    }
}

/// How many properties have allowed values, for themselves or for their items, retired ones included.
fn with_values(sources: &Sources) -> usize {
    let mut count = 0;
    for each in sources.types.values() {
        walk(&each.facts.properties, &mut Vec::new(), &mut |_, property| {
            let listed = std::iter::once(property).chain(property.item.as_deref());
            count += usize::from(listed.into_iter().any(|each| !each.values.is_empty()));
        });
    }
    count
}

fn figures(
    sources: &Sources,
    types: &BTreeMap<String, ResourceType>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut figures = Figures::default();
    let packages = sources.prose();
    let proses: Vec<&Prose> = std::iter::once(&packages).chain(&sources.page_prose).collect();
    for (name, each) in types {
        walk(&each.properties, &mut Vec::new(), &mut |path, property| {
            figures.add(property, path.len());
            let said = |prose: &&Prose| {
                prose
                    .property(name, path)
                    .is_some_and(|prose| !prose.description.is_empty())
            };
            figures.described += usize::from(proses.iter().any(said));
            let explained = |prose: &&Prose| {
                prose
                    .property(name, path)
                    .is_some_and(|prose| !prose.values.is_empty())
            };
            figures.meanings += usize::from(proses.iter().any(explained));
        });
    }
    let all: usize = figures.depths.values().sum();
    let share = |count: usize| format!("{count} ({:.1} %)", 100.0 * count as f64 / all as f64);
    let by_source = |counts: &BTreeMap<&'static str, usize>| {
        let sum: usize = counts.values().sum();
        let parts: Vec<String> = counts
            .iter()
            .map(|(source, count)| format!("{source} {count}"))
            .collect();
        format!("{} — {}", share(sum), parts.join(", "))
    };
    let types_described = types
        .keys()
        .filter(|name| {
            proses.iter().any(|prose| {
                prose
                    .types
                    .get(*name)
                    .is_some_and(|each| !each.description.is_empty())
            })
        })
        .count();
    writeln!(out, "by depth:    {:?}", figures.depths)?;
    writeln!(
        out,
        "described:   {} properties, {types_described} of {} types",
        share(figures.described),
        types.len()
    )?;
    writeln!(
        out,
        "values:      {}; {} more for items of lists; {} with types and properties that only pages know",
        by_source(&figures.values),
        figures.item_values,
        with_values(sources)
    )?;
    writeln!(out, "meanings:    {}", share(figures.meanings))?;
    writeln!(out, "defaults:    {}", by_source(&figures.defaults))?;
    writeln!(out, "ranges:      {}", by_source(&figures.ranges))?;
    writeln!(out, "units:       {}", share(figures.units))?;
    writeln!(out, "lengths:     {}", by_source(&figures.lengths))?;
    writeln!(
        out,
        "patterns:    {}; forbidden starts {}",
        share(figures.patterns),
        figures.bad_starts
    )?;
    writeln!(
        out,
        "required if: {}; not with {}",
        figures.required_if, figures.not_with
    )?;
    writeln!(out, "editable:    {}", share(figures.editable))
}

fn source_name(source: Source) -> &'static str {
    match source {
        Source::Enforced => "enforced",
        Source::CdkDoc => "doc string",
        Source::Page => "page",
        Source::Workspace => "workspace",
        Source::Validator => "validator",
    }
}

fn conflicts(sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let mut kinds: BTreeMap<(&str, &str, &str, &str), usize> = BTreeMap::new();
    for conflict in &sources.conflicts {
        *kinds
            .entry((conflict.fact, conflict.kept.0, conflict.dropped.0, conflict.rule))
            .or_default() += 1;
    }
    writeln!(out, "\n{} decisions between sources", sources.conflicts.len())?;
    for ((fact, kept, dropped, rule), count) in kinds {
        writeln!(out, "  {count} × {fact}: {kept} over {dropped} ({rule})")?;
    }
    for conflict in &sources.conflicts {
        writeln!(
            out,
            "{} {}: {} `{}` over {} `{}` ({})",
            conflict.place,
            conflict.fact,
            conflict.kept.0,
            conflict.kept.1,
            conflict.dropped.0,
            conflict.dropped.1,
            conflict.rule
        )?;
    }
    Ok(())
}

/// Each property with facts from prose: the facts in one line, then the text they come from.
pub(crate) fn mined(sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let packages = sources.prose();
    for (name, each) in &sources.types {
        let mut found = Vec::new();
        walk(&each.facts.properties, &mut Vec::new(), &mut |path, property| {
            let facts = mined_facts(property);
            if !facts.is_empty() {
                found.push((path.join("."), facts));
            }
        });
        for (path, facts) in found {
            writeln!(out, "# {name}.{path}: {}", facts.join("; "))?;
            for prose in std::iter::once(&packages).chain(&sources.page_prose) {
                if let Some(text) = prose.types.get(name).and_then(|each| each.properties.get(&path)) {
                    let text = format!("{}\n{}", text.description, text.constraint);
                    for line in text.lines().filter(|line| !line.trim().is_empty()) {
                        writeln!(out, "    {}| {line}", prose.language)?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn mined_facts(property: &Property) -> Vec<String> {
    let mut facts = Vec::new();
    let mut add = |source: Source, fact: String| {
        if source != Source::Enforced {
            facts.push(format!("{fact} [{}]", source_name(source)));
        }
    };
    let words = |property: &Property| {
        let words: Vec<&str> = property.values.iter().map(|value| value.value.as_str()).collect();
        words.join(", ")
    };
    if !property.values.is_empty() {
        add(property.values_source, format!("values {}", words(property)));
    }
    if let Some(item) = &property.item {
        add(item.values_source, format!("item values {}", words(item)));
    }
    if let Some(default) = &property.default {
        add(property.default_source, format!("default {default}"));
    }
    if property.min.is_some() || property.max.is_some() {
        add(
            property.range_source,
            format!("range {:?} to {:?}", property.min, property.max),
        );
    }
    if property.min_length.is_some() || property.max_length.is_some() {
        let length = format!("length {:?} to {:?}", property.min_length, property.max_length);
        add(property.length_source, length);
    }
    let said = Source::CdkDoc;
    if let Some(unit) = &property.unit {
        add(said, format!("unit {unit}"));
    }
    for condition in &property.required_if {
        add(
            said,
            format!(
                "required if {} is {}",
                condition.property,
                condition.values.join("/")
            ),
        );
    }
    for name in &property.not_with {
        add(said, format!("not with {name}"));
    }
    if !property.bad_starts.is_empty() {
        add(said, format!("not starting {}", property.bad_starts.join(" ")));
    }
    facts
}
