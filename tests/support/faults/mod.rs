//! Single faults put into templates: some two hundred kinds, each a few lines over [`Case`].
//!
//! To add a kind: one more [`kind`] in the table of the file that it belongs to. Its closure returns the fault at every
//! place of the template where it can be; the lines of the edit are where it must be found, and those of what is `blaming`.

mod case;
mod functions;
mod keys;
mod measure;
mod parameters;
mod places;
mod references;
mod sections;
mod shapes;
mod text;
mod values;
mod words;

pub(crate) use case::{Case, Mutant, Mutation, findings, line_of};
pub(crate) use measure::judge;

type Find = Box<dyn Fn(&Case) -> Vec<Mutation> + Send + Sync>;

/// One kind of fault.
pub(crate) struct Kind {
    pub(crate) name: String,
    pub(crate) yaml: bool,
    pub(crate) json: bool,
    /// The fault at every place where it can be.
    find: Find,
}

impl Kind {
    /// The fault at every place of the template where it can be; none in a format that cannot have it.
    pub(crate) fn in_case(&self, case: &Case) -> Vec<Mutation> {
        let fits = if case.is_yaml() { self.yaml } else { self.json };
        if fits { (self.find)(case) } else { Vec::new() }
    }

    /// A number of its own, for choosing templates and places: the same in each run.
    pub(crate) fn seed(&self) -> u64 {
        let bytes = self.name.bytes();
        bytes.fold(7, |sum: u64, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(byte))
        })
    }
}

/// All kinds, sorted by what they are about.
pub(crate) fn kinds() -> Vec<Kind> {
    let mut all = keys::kinds();
    all.extend(shapes::kinds());
    all.extend(values::kinds());
    all.extend(references::kinds());
    all.extend(functions::kinds());
    all.extend(parameters::kinds());
    all.extend(sections::kinds());
    all.extend(text::kinds());
    all
}

/// A kind for both formats.
fn kind(name: &str, find: impl Fn(&Case) -> Vec<Mutation> + Send + Sync + 'static) -> Kind {
    Kind {
        name: name.to_owned(),
        yaml: true,
        json: true,
        find: Box::new(find),
    }
}

/// A kind that only YAML can have.
fn yaml(name: &str, find: impl Fn(&Case) -> Vec<Mutation> + Send + Sync + 'static) -> Kind {
    Kind {
        json: false,
        ..kind(name, find)
    }
}

/// A kind that only JSON can have.
fn json(name: &str, find: impl Fn(&Case) -> Vec<Mutation> + Send + Sync + 'static) -> Kind {
    Kind {
        yaml: false,
        ..kind(name, find)
    }
}
