//! What a use stands for: the declaration that a name leads to, with names that hold dots taken apart rightly.

use super::facts::{Use, UseKind};
use super::model::UnitRef;
use super::names::NameKind;
use super::reads::NameSource;
use super::section::SectionKind;
use crate::text::TextRange;

/// A use whose name is known, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved<D> {
    pub kind: NameKind,
    pub name: Box<str>,
    /// Where the name stands, bytes in the document.
    pub range: TextRange,
    pub definition: D,
    /// The attribute that is read, with its place in the document.
    pub attribute: Option<(Box<str>, TextRange)>,
}

impl NameKind {
    /// The section that declares names of this kind.
    pub fn section(self) -> SectionKind {
        match self {
            NameKind::Parameter => SectionKind::Parameters,
            NameKind::Mapping => SectionKind::Mappings,
            NameKind::Condition => SectionKind::Conditions,
            NameKind::Rule => SectionKind::Rules,
            NameKind::Local => SectionKind::Locals,
            NameKind::Resource => SectionKind::Resources,
            NameKind::Output => SectionKind::Outputs,
        }
    }

    /// What the entries of a section declare.
    pub fn of_section(section: SectionKind) -> Option<NameKind> {
        match section {
            SectionKind::Parameters => Some(NameKind::Parameter),
            SectionKind::Mappings => Some(NameKind::Mapping),
            SectionKind::Conditions => Some(NameKind::Condition),
            SectionKind::Rules => Some(NameKind::Rule),
            SectionKind::Locals => Some(NameKind::Local),
            SectionKind::Resources => Some(NameKind::Resource),
            SectionKind::Outputs => Some(NameKind::Output),
            SectionKind::Version
            | SectionKind::Transform
            | SectionKind::Description
            | SectionKind::Metadata
            | SectionKind::Workspace => None,
        }
    }
}

/// Resolves a use of `unit` among the names of its template; `None` for names that nothing declares, for pseudo
/// parameters and for variables of a `Fn::Sub`.
pub fn resolve<N: NameSource>(names: N, unit: UnitRef<'_>, use_: &Use) -> Option<Resolved<N::Definition>> {
    let found = |kind: NameKind, definition| Resolved {
        kind,
        name: use_.name.clone(),
        range: unit.range(use_.range),
        definition,
        attribute: None,
    };
    let of_kind = |kind| Some(found(kind, names.definition(kind, &use_.name)?));
    match use_.kind {
        UseKind::Ref | UseKind::SubName => {
            let (kind, definition) = names.resolve(&use_.name)?;
            Some(found(kind, definition))
        }
        UseKind::GetAtt | UseKind::SubGetAtt => get_att(names, unit, use_),
        UseKind::SubVariable => None,
        UseKind::DependsOn => of_kind(NameKind::Resource),
        UseKind::Condition => of_kind(NameKind::Condition),
        UseKind::Mapping => of_kind(NameKind::Mapping),
        UseKind::MetadataName
        | UseKind::MetadataBareName
        | UseKind::MetadataText
        | UseKind::InterfaceParameter
        | UseKind::InterfaceHidden => of_kind(NameKind::Parameter),
        UseKind::InterfaceOutput => of_kind(NameKind::Output),
    }
}

/// In `A.B.C` written as one text any of the dots may be the one that separates; the last is the likeliest.
fn get_att<N: NameSource>(names: N, unit: UnitRef<'_>, use_: &Use) -> Option<Resolved<N::Definition>> {
    let range = unit.range(use_.range);
    let source = |name: &str| {
        [NameKind::Resource, NameKind::Local]
            .into_iter()
            .find_map(|kind| Some((kind, names.definition(kind, name)?)))
    };
    let attribute = use_
        .get_att
        .as_ref()
        .map(|read| (read.attribute.clone(), unit.range(read.range)));
    if let Some((kind, definition)) = source(&use_.name) {
        return Some(Resolved {
            kind,
            name: use_.name.clone(),
            range,
            definition,
            attribute,
        });
    }
    let read = use_.get_att.as_ref().filter(|read| read.dotted)?;
    let end = unit.range(read.range).end;
    let split = use_.name.match_indices('.').rev().find_map(|(dot, _)| {
        let (name, rest) = (&use_.name[..dot], &use_.name[dot + 1..]);
        let (kind, definition) = source(name)?;
        Some(Resolved {
            kind,
            name: name.into(),
            range: TextRange::new(range.start, range.start + dot as u32),
            definition,
            attribute: Some((
                format!("{rest}.{}", read.attribute).into(),
                TextRange::new(range.start + dot as u32 + 1, end),
            )),
        })
    });
    if split.is_some() || use_.kind != UseKind::SubGetAtt {
        return split;
    }
    // `${A.B}` may also be the plain name of something called `A.B`.
    let whole = format!("{}.{}", use_.name, read.attribute);
    let (kind, definition) = names.resolve(&whole)?;
    Some(Resolved {
        kind,
        name: whole.into(),
        range: TextRange::new(range.start, end),
        definition,
        attribute: None,
    })
}
