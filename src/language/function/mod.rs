//! The functions of the template language: arguments, results, where they may stand.

mod condition;
mod list;
mod number;
mod reference;
mod text;
mod undocumented;

use super::doc::Doc;

/// A function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function {
    /// As the key of a call: `Ref`, `Fn::Join`.
    pub name: &'static str,
    /// As a YAML tag: `!Ref`, `!Join`.
    pub tag: &'static str,
    pub arguments: Arguments,
    pub returns: Returns,
    pub places: Places,
    /// Whether the service's documentation describes the function. The others are known but not worth offering.
    pub documented: bool,
    pub doc: Doc,
    /// A small call as YAML, with the name as a key; empty for functions nobody describes.
    pub example: &'static str,
    /// The same call with a tag.
    pub tag_example: &'static str,
}

/// What a function takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arguments {
    /// The value itself.
    One(Argument),
    /// A list with a meaning for each item; items from `required` on may be left out.
    List {
        items: &'static [Argument],
        required: usize,
    },
    /// A list of at least `least` items that all mean the same. In place of the list a function may stand that makes it.
    Many { item: Argument, least: usize },
    /// The value itself, or a list as in [`Arguments::List`].
    OneOrList {
        one: Argument,
        items: &'static [Argument],
        required: usize,
    },
    /// Nobody describes the function.
    Unknown,
}

/// One argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// For signatures; camel case.
    pub name: &'static str,
    pub kind: ArgumentKind,
    /// Must be written out: no function may stand here.
    pub literal: bool,
    /// All values there are; empty if there are others.
    pub values: &'static [&'static str],
    /// Least and greatest number.
    pub range: Option<(i64, i64)>,
    pub doc: Doc,
}

/// What an argument is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArgumentKind {
    Any,
    String,
    Integer,
    Number,
    Boolean,
    List,
    Map,
    /// What `Ref` can read: the name of a parameter, a resource, a local or a pseudo parameter.
    Name,
    /// The name of a resource.
    Resource,
    /// An attribute of the resource before it.
    Attribute,
    /// A text with `${…}`.
    Template,
    /// Names for `${…}` and their values.
    Variables,
    /// The name of a mapping.
    Mapping,
    /// A key of the mapping: text or number.
    MappingKey,
    /// The name of a condition.
    ConditionName,
    /// The name of a condition, or a function that is true or false.
    Condition,
    /// An index, a range `start:stop`, or a key.
    Selector,
    /// A list, a map, or a text with commas.
    Collection,
    /// The id of a region.
    Region,
}

/// What a function yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Returns {
    /// Depends on the arguments.
    Any,
    String,
    Integer,
    Number,
    Boolean,
    List,
    Map,
}

/// A set of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Places(u8);

/// All functions: the documented ones, each group in order of usefulness, then the others.
pub static ALL: &[&Function] = &[
    &reference::REF,
    &reference::GET_ATT,
    &reference::SUB,
    &reference::FIND_IN_MAP,
    &reference::GET_STACK_OUTPUT,
    &reference::GET_AZS,
    &reference::MARKETPLACE_IMAGE,
    &condition::IF,
    &condition::EQUALS,
    &condition::NOT,
    &condition::AND,
    &condition::OR,
    &condition::ANY,
    &condition::CONTAINS,
    &condition::EACH_MEMBER_IN,
    &condition::MATCH_PATTERN,
    &text::JOIN,
    &text::SPLIT,
    &text::REPLACE,
    &text::BASE64_ENCODE,
    &text::BASE64_DECODE,
    &text::STR,
    &text::INDENT,
    &text::FORMAT_TIME,
    &list::SELECT,
    &list::LENGTH,
    &list::INDEX,
    &list::JQ,
    &list::GET_JSON_VALUE,
    &list::LIST_MERGE,
    &list::SELECT_MAP_LIST,
    &list::MERGE_MAP_TO_LIST,
    &list::CIDR,
    &number::CALCULATE,
    &number::ADD,
    &number::AVG,
    &number::MAX,
    &number::MIN,
    &undocumented::MERGE_MAP,
    &undocumented::MEMBER_LIST_TO_MAP,
    &undocumented::TRANSFORM_NAMESPACE,
    &undocumented::BASE64,
    &undocumented::TEST,
    &undocumented::RESOURCE_FACADE,
];

/// The function that a call's key names.
pub fn find(name: &str) -> Option<&'static Function> {
    ALL.iter().copied().find(|function| function.name == name)
}

/// The function that a short tag such as `!GetAtt` stands for.
pub fn by_tag(tag: &str) -> Option<&'static Function> {
    ALL.iter().copied().find(|function| function.tag == tag)
}

impl Arguments {
    /// The least and the greatest number of items of a list argument; `None` if the function takes no list, or nobody
    /// knows. The greatest is `None` for lists of any length.
    pub fn count(&self) -> Option<(usize, Option<usize>)> {
        match *self {
            Arguments::List { items, required } | Arguments::OneOrList { items, required, .. } => {
                Some((required, Some(items.len())))
            }
            Arguments::Many { least, .. } => Some((least, None)),
            Arguments::One(_) | Arguments::Unknown => None,
        }
    }

    /// Whether the argument may be written without a list around it.
    pub fn takes_one(&self) -> bool {
        !matches!(self, Arguments::List { .. } | Arguments::Many { .. })
    }

    /// What item `index` of a list argument is, counted from 0.
    pub fn item(&self, index: usize) -> Option<&Argument> {
        match self {
            Arguments::List { items, .. } | Arguments::OneOrList { items, .. } => items.get(index),
            Arguments::Many { item, .. } => Some(item),
            Arguments::One(_) | Arguments::Unknown => None,
        }
    }

    /// What the argument is when it stands without a list around it.
    pub fn one(&self) -> Option<&Argument> {
        match self {
            Arguments::One(one) | Arguments::OneOrList { one, .. } => Some(one),
            Arguments::List { .. } | Arguments::Many { .. } | Arguments::Unknown => None,
        }
    }
}

impl Argument {
    const fn new(name: &'static str, kind: ArgumentKind, en: &'static str, zh: &'static str) -> Argument {
        Argument {
            name,
            kind,
            literal: false,
            values: &[],
            range: None,
            doc: Doc::new(en, zh),
        }
    }

    const fn literal(mut self) -> Argument {
        self.literal = true;
        self
    }

    const fn values(mut self, values: &'static [&'static str]) -> Argument {
        self.values = values;
        self
    }

    const fn range(mut self, least: i64, greatest: i64) -> Argument {
        self.range = Some((least, greatest));
        self
    }
}

impl Places {
    /// Properties of resources, at any depth.
    pub const PROPERTIES: Places = Places(1);
    /// `Value` of outputs.
    pub const OUTPUTS: Places = Places(1 << 1);
    /// Directly as a condition in `Conditions`.
    pub const CONDITIONS: Places = Places(1 << 2);
    /// Inside another function in `Conditions`.
    pub const IN_CONDITIONS: Places = Places(1 << 3);
    /// `RuleCondition` and `Assert`.
    pub const RULES: Places = Places(1 << 4);
    /// `Value` and `Properties` of locals.
    pub const LOCALS: Places = Places(1 << 5);
    /// `Count` of resources.
    pub const COUNT: Places = Places(1 << 6);
    /// Everywhere that functions are read.
    pub const ALL: Places = Places((1 << 7) - 1);

    /// Where stacks get their values from.
    const VALUES: Places = Places::PROPERTIES.and(Places::OUTPUTS).and(Places::LOCALS);
    /// Those, and the places that are read before the stack exists.
    const EARLY: Places = Places::VALUES.and(Places::IN_CONDITIONS).and(Places::COUNT);
    /// Where something has to be true or false.
    const TESTS: Places = Places::CONDITIONS.and(Places::IN_CONDITIONS).and(Places::RULES);

    /// Both sets together.
    pub const fn and(self, other: Places) -> Places {
        Places(self.0 | other.0)
    }

    /// Whether all of `other` is in this set.
    pub const fn contains(self, other: Places) -> bool {
        self.0 & other.0 == other.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::doc::tests::check;
    use super::*;

    fn arguments(function: &Function) -> Vec<Argument> {
        let one = function.arguments.one().copied().into_iter();
        let items = match function.arguments {
            Arguments::List { items, .. } | Arguments::OneOrList { items, .. } => items.to_vec(),
            Arguments::Many { item, .. } => vec![item],
            Arguments::One(_) | Arguments::Unknown => Vec::new(),
        };
        one.chain(items).collect()
    }

    #[test]
    fn names_and_tags_belong_together() {
        assert_eq!(ALL.len(), 44);
        assert_eq!(ALL.iter().filter(|function| function.documented).count(), 38);
        for function in ALL {
            assert_eq!(find(function.name), Some(*function), "names are unique");
            assert_eq!(by_tag(function.tag), Some(*function), "tags are unique");
            let short = function.name.strip_prefix("Fn::").unwrap_or(function.name);
            assert_eq!(function.tag, format!("!{short}"));
        }
        assert_eq!(find("Fn::Sum"), None);
        assert_eq!(find("Fn::join"), None);
        assert_eq!(by_tag("!Foo"), None);
        assert_eq!(by_tag("Join"), None);
    }

    #[test]
    fn all_are_documented() {
        for function in ALL {
            check(function.name, function.doc);
            for argument in arguments(function) {
                check(argument.name, argument.doc);
            }
            assert_eq!(
                function.arguments == Arguments::Unknown,
                function.example.is_empty(),
                "{}",
                function.name
            );
        }
    }

    #[test]
    fn signatures_are_consistent() {
        for function in ALL {
            if let Some((least, Some(most))) = function.arguments.count() {
                assert!(0 < least && least <= most, "{}", function.name);
            }
            let mut names: Vec<_> = match function.arguments {
                Arguments::List { items, .. } => items.iter().map(|item| item.name).collect(),
                _ => continue,
            };
            names.sort();
            names.dedup();
            assert_eq!(
                Some(names.len()),
                function.arguments.count().and_then(|(_, most)| most)
            );
        }
    }

    #[test]
    fn arity() {
        let count = |name| find(name).unwrap().arguments.count();
        assert_eq!(count("Ref"), None);
        assert_eq!(count("Fn::GetAtt"), Some((2, Some(2))));
        assert_eq!(count("Fn::Select"), Some((2, Some(3))));
        assert_eq!(count("Fn::If"), Some((3, Some(3))));
        assert_eq!(count("Fn::And"), Some((2, None)));
        assert_eq!(count("Fn::Sub"), Some((2, Some(2))));
        assert!(find("Fn::Sub").unwrap().arguments.takes_one());
        assert!(find("Fn::Not").unwrap().arguments.takes_one());
        assert!(!find("Fn::Join").unwrap().arguments.takes_one());
        let jq = find("Fn::Jq").unwrap().arguments;
        assert_eq!(jq.item(0).unwrap().values, ["First", "All"]);
        assert_eq!(jq.item(3), None);
        assert_eq!(
            find("Fn::Or").unwrap().arguments.item(7).unwrap().kind,
            ArgumentKind::Condition
        );
    }

    #[test]
    fn places() {
        let at = |name, place| find(name).unwrap().places.contains(place);
        assert!(at("Ref", Places::ALL));
        assert!(at("Fn::GetAtt", Places::PROPERTIES.and(Places::OUTPUTS)));
        assert!(!at("Fn::GetAtt", Places::IN_CONDITIONS));
        assert!(!at("Fn::GetAtt", Places::COUNT));
        assert!(at("Fn::Equals", Places::CONDITIONS));
        assert!(!at("Fn::Equals", Places::PROPERTIES));
        assert!(at("Fn::Join", Places::IN_CONDITIONS) && !at("Fn::Join", Places::CONDITIONS));
        assert!(at("Fn::Length", Places::COUNT));
        assert!(at("Fn::If", Places::COUNT) && !at("Fn::If", Places::CONDITIONS));
    }
}
