//! How long work says how far it is, and hears that it is no longer wanted: for a terminal and for an editor alike.

/// Hears of the steps of a piece of work. Called from several threads.
pub trait Progress: Sync {
    /// A stage of so many steps begins.
    fn begin(&self, stage: Stage, steps: usize);

    /// A step of the stage is done: a package's or a page's name.
    fn step(&self, name: &str);

    /// Something that the user should know although the work goes on.
    fn note(&self, message: &str);

    /// The work is over, well or not.
    fn end(&self) {}

    /// Whether to stop soon. What is done so far is kept.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Fetching packages.
    Fetch,
    /// Reading packages and pages.
    Read,
}

/// Nobody listens.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self, _: &str) {}
    fn note(&self, _: &str) {}
}
