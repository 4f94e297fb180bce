//! Resource types that the workspace describes in pages of its own, merged over the catalog's.
//!
//! A page is one of `import::pages`, kept as `.ros/types/*.md` (`folder`). Its facts carry `Source::Workspace` and win over
//! the catalog's (`over`). Pages are read one by one and put together anew whenever one of them changes, so that a change
//! costs the reading of one page.

pub mod folder;
mod over;

use super::import::pages::{self, Problem, PropertyPlace, TypePlaces};
use super::prose::TypeProse;
use super::{Catalog, ResourceType, Source};
use crate::text::TextRange;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

/// The id of what is found in a page: pages have no rules of their own.
pub const PROBLEM: &str = "own-type-page";

/// A page of the workspace, read.
#[derive(Debug)]
pub struct OwnPage {
    /// As the caller called it: its path or address.
    pub name: String,
    pub text: String,
    types: Vec<OwnType>,
    /// What could not be read, in the order of the text.
    problems: Vec<Problem>,
}

/// What a page says of one type.
#[derive(Debug)]
struct OwnType {
    facts: Arc<ResourceType>,
    prose: Arc<TypeProse>,
    places: TypePlaces,
}

/// The types of a workspace, by name.
#[derive(Clone, Debug, Default)]
pub struct OwnTypes {
    facts: Arc<BTreeMap<String, Arc<ResourceType>>>,
    pages: BTreeMap<String, Told>,
}

/// The page that describes a type, and which of its types it is.
type Told = (Arc<OwnPage>, usize);

/// Where a page speaks of something. Ranges are bytes of the page's text.
#[derive(Clone, Debug)]
pub struct Place {
    pub page: Arc<OwnPage>,
    /// All that is said: a heading, a row, a line.
    pub range: TextRange,
    /// The name in it.
    pub selection: TextRange,
}

impl OwnPage {
    /// Reads a page. What can't be read becomes problems; the rest counts.
    pub fn read(name: impl Into<String>, text: impl Into<String>) -> OwnPage {
        let (name, text) = (name.into(), text.into());
        let page = pages::read_as(&text, &name, Source::Workspace);
        let mut problems = page.problems;
        if page.types.is_empty() && problems.is_empty() {
            problems.push(no_type(&text, &name));
        }
        let types = page.types.into_iter().zip(page.places);
        let types = types.map(|(described, places)| OwnType {
            facts: Arc::new(over::merged(described.facts, &places)),
            prose: Arc::new(described.prose),
            places,
        });
        OwnPage {
            types: types.collect(),
            name,
            text,
            problems,
        }
    }

    /// A page whose text could not be had, with the reason.
    pub fn unreadable(name: impl Into<String>, why: impl Into<String>) -> OwnPage {
        let name = name.into();
        let problem = problem(&name, 1, TextRange::default(), why.into());
        OwnPage {
            name,
            text: String::new(),
            types: Vec::new(),
            problems: vec![problem],
        }
    }

    /// The names of the types that it describes, in the order of the text.
    pub fn type_names(&self) -> impl Iterator<Item = &str> {
        self.types.iter().map(|own| own.facts.name.as_str())
    }
}

impl OwnTypes {
    /// The types of all pages; of two pages (or parts of one) about the same type the first counts. Also gives the problems of
    /// each page, those included. Facts that are those of `before` are the same value, so that nothing is checked anew.
    pub fn of(pages: &[Arc<OwnPage>], before: &OwnTypes) -> (OwnTypes, Vec<Vec<Problem>>) {
        let mut found: BTreeMap<String, Told> = BTreeMap::new();
        let mut problems = Vec::with_capacity(pages.len());
        for page in pages {
            let mut own = page.problems.clone();
            for (index, described) in page.types.iter().enumerate() {
                match found.entry(described.facts.name.clone()) {
                    Entry::Vacant(place) => {
                        place.insert((page.clone(), index));
                    }
                    Entry::Occupied(first) => own.push(second(page, described, &first.get().0)),
                }
            }
            own.sort_by_key(|problem| problem.range);
            problems.push(own);
        }
        let mut types = OwnTypes {
            facts: Arc::default(),
            pages: found,
        };
        let facts: BTreeMap<_, _> = types
            .all()
            .map(|own| (own.facts.name.clone(), own.facts.clone()))
            .collect();
        types.facts = match same_facts(&facts, &before.facts) {
            true => before.facts.clone(),
            false => Arc::new(facts),
        };
        (types, problems)
    }

    /// Both have the very same facts; words and places may differ.
    pub fn has_facts_of(&self, other: &OwnTypes) -> bool {
        Arc::ptr_eq(&self.facts, &other.facts)
    }

    /// Both come from the very same pages.
    pub fn has_pages_of(&self, other: &OwnTypes) -> bool {
        let alike = |(own, other): (&Told, &Told)| Arc::ptr_eq(&own.0, &other.0) && own.1 == other.1;
        self.pages.len() == other.pages.len() && self.pages.values().zip(other.pages.values()).all(alike)
    }

    /// The type with exactly this name.
    pub(super) fn get(&self, name: &str) -> Option<Arc<ResourceType>> {
        self.facts.get(name).cloned()
    }

    /// What the workspace's page says of a type.
    pub(super) fn prose(&self, name: &str) -> Option<Arc<TypeProse>> {
        Some(self.described(name)?.1.prose.clone())
    }

    /// The names of all types, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.facts.keys().map(String::as_str)
    }

    /// The heading about a type.
    pub fn place_of_type(&self, name: &str) -> Option<Place> {
        let (page, own) = self.described(name)?;
        Some(place(page, own.places.name, own.places.name))
    }

    /// The row about a property, by the names from the type downwards, joined by dots as in [`TypeProse`].
    pub fn place_of_property(&self, name: &str, path: &str) -> Option<Place> {
        let (page, own) = self.described(name)?;
        let PropertyPlace { row, name, .. } = own.places.properties.get(path)?;
        Some(place(page, *row, *name))
    }

    /// What stands about an attribute.
    pub fn place_of_attribute(&self, name: &str, attribute: &str) -> Option<Place> {
        let (page, own) = self.described(name)?;
        let range = *own.places.attributes.get(attribute)?;
        Some(place(page, range, range))
    }

    fn described(&self, name: &str) -> Option<(&Arc<OwnPage>, &OwnType)> {
        let (page, index) = self.pages.get(name)?;
        Some((page, page.types.get(*index)?))
    }

    fn all(&self) -> impl Iterator<Item = &OwnType> {
        let pages = self.pages.values();
        pages.filter_map(|(page, index)| page.types.get(*index))
    }
}

impl Catalog {
    /// What the workspace's own pages say.
    pub fn own_types(&self) -> &OwnTypes {
        &self.own
    }
}

fn place(page: &Arc<OwnPage>, range: TextRange, selection: TextRange) -> Place {
    Place {
        page: page.clone(),
        range,
        selection,
    }
}

fn problem(file: &str, line: usize, range: TextRange, message: String) -> Problem {
    Problem {
        file: file.to_owned(),
        line,
        range,
        message,
    }
}

/// Said at the first line that says anything.
fn no_type(text: &str, name: &str) -> Problem {
    let body = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let start = text.len() - body.len();
    let line = text.get(start..).and_then(|rest| rest.lines().next());
    let line = line.unwrap_or_default().trim_end();
    let range = TextRange::new(start as u32, (start + line.len()) as u32);
    let number = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
    let message = "the page describes no type: begin it with a heading such as `# MODULE::Team::Thing`";
    problem(name, number, range, message.to_owned())
}

fn second(page: &OwnPage, described: &OwnType, first: &OwnPage) -> Problem {
    let range = described.places.name;
    let before = page.text.get(..range.start as usize).unwrap_or_default();
    let message = format!(
        "`{}` is described in `{}` already; this description does not count",
        described.facts.name,
        shown(&first.name, &page.name)
    );
    problem(&page.name, before.matches('\n').count() + 1, range, message)
}

/// How a page is called in a message in another one: by its file's name if both are in one folder, else by its path.
fn shown(name: &str, beside: &str) -> String {
    let cut = |name: &str| name.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let same_folder = name.get(..cut(name)) == beside.get(..cut(beside));
    let shown = match (same_folder, name.strip_prefix("file://")) {
        (true, _) => name.get(cut(name)..).unwrap_or(name),
        (false, path) => path.unwrap_or(name),
    };
    match name.contains("://") {
        true => decoded(shown),
        false => shown.to_owned(),
    }
}

/// `专.md` of `%E4%B8%93.md`. What is no text when decoded stays as it is.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, behind @ ..] = rest {
        let code = match behind {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        bytes.push(code.map_or(*first, |(high, low)| high * 16 + low));
        rest = if code.is_some() {
            behind.get(2..).unwrap_or_default()
        } else {
            behind
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    (digit as char)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

fn same_facts(new: &BTreeMap<String, Arc<ResourceType>>, old: &BTreeMap<String, Arc<ResourceType>>) -> bool {
    let same = |(name, facts): (&String, &Arc<ResourceType>)| {
        old.get(name)
            .is_some_and(|known| Arc::ptr_eq(known, facts) || known == facts)
    };
    new.len() == old.len() && new.iter().all(same)
}

#[cfg(test)]
mod tests;
