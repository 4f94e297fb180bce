//! Progress on a terminal, and as plain lines where there is none.

use crate::catalog::docs::progress::{Progress, Stage};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A bar on the terminal of standard error: count, time gone and left, the last name.
#[derive(Debug, Default)]
pub struct Bar(Mutex<Option<ProgressBar>>);

/// Lines for a log: the beginning of each stage, and every tenth of it.
pub struct Lines<W: Write + Send>(Mutex<State<W>>);

struct State<W> {
    out: W,
    verb: &'static str,
    steps: usize,
    done: usize,
    began: Instant,
}

impl Progress for Bar {
    fn begin(&self, stage: Stage, steps: usize) {
        let template = "{prefix} {wide_bar} {pos}/{len} {elapsed} (about {eta} left) {msg:30!}";
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::new(steps as u64).with_style(style);
        bar.set_prefix(verb(stage));
        bar.enable_steady_tick(Duration::from_millis(200));
        self.replace(Some(bar));
    }

    fn step(&self, name: &str) {
        if let Some(bar) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            bar.set_message(name.to_owned());
            bar.inc(1);
        }
    }

    fn note(&self, message: &str) {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(bar) => bar.println(message),
            None => {
                // Nobody is left to tell when standard error is closed.
                let _ = writeln!(std::io::stderr(), "{message}");
            }
        }
    }

    fn end(&self) {
        self.replace(None);
    }
}

impl Bar {
    fn replace(&self, next: Option<ProgressBar>) {
        let before = std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), next);
        if let Some(before) = before {
            before.finish_and_clear();
        }
    }
}

impl<W: Write + Send> Lines<W> {
    pub fn new(out: W) -> Self {
        Lines(Mutex::new(State {
            out,
            verb: "",
            steps: 0,
            done: 0,
            began: Instant::now(),
        }))
    }

    fn with(&self, then: impl FnOnce(&mut State<W>) -> std::io::Result<()>) {
        // Nobody is left to tell when it can't be written.
        let _ = then(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl<W: Write + Send> Progress for Lines<W> {
    fn begin(&self, stage: Stage, steps: usize) {
        self.with(|state| {
            (state.verb, state.steps, state.done) = (verb(stage), steps, 0);
            state.began = Instant::now();
            writeln!(state.out, "{} {steps} {}", state.verb, things(stage))
        });
    }

    fn step(&self, name: &str) {
        self.with(|state| {
            state.done += 1;
            let tenth = |done: usize| done * 10 / state.steps.max(1);
            if tenth(state.done) == tenth(state.done - 1) {
                return Ok(());
            }
            let seconds = state.began.elapsed().as_secs();
            writeln!(
                state.out,
                "{} {} of {} ({name}), {seconds} s",
                state.verb, state.done, state.steps
            )
        });
    }

    fn note(&self, message: &str) {
        self.with(|state| writeln!(state.out, "{message}"));
    }
}

fn verb(stage: Stage) -> &'static str {
    match stage {
        Stage::Fetch => "fetching",
        Stage::Read => "reading",
    }
}

fn things(stage: Stage) -> &'static str {
    match stage {
        Stage::Fetch => "packages",
        Stage::Read => "files",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tell_every_tenth() {
        let lines = Lines::new(Vec::new());
        lines.note("3 are here already");
        lines.begin(Stage::Fetch, 20);
        for number in 1..=20 {
            lines.step(&format!("package{number}"));
        }
        let text = String::from_utf8(lines.0.into_inner().unwrap().out).unwrap();
        let told: Vec<&str> = text.lines().collect();
        assert_eq!(told.len(), 12, "{text}");
        assert_eq!(told[0], "3 are here already");
        assert_eq!(told[1], "fetching 20 packages");
        assert_eq!(told[2], "fetching 2 of 20 (package2), 0 s");
        assert_eq!(told[11], "fetching 20 of 20 (package20), 0 s");
    }
}
