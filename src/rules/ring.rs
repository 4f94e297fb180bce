//! Things of one section that use each other in a ring: resources, conditions, locals.

use super::declare::{Rule, TemplateContext};
use super::report::Report;
use crate::template::model::UnitRef;
use crate::template::{SectionKind, Unit, Use};
use crate::text::TextRange;
use std::collections::HashMap;

/// What is looked for, and the words to report it with.
pub(super) struct Ring {
    pub(super) rule: &'static Rule,
    pub(super) section: SectionKind,
    /// Said of a thing that uses itself: "`A` …".
    pub(super) alone: &'static str,
    /// Said of several, before the way round.
    pub(super) together: &'static str,
    /// Said at each place: "`A` … `B`".
    pub(super) step: &'static str,
}

/// Number of a thing that is used, and the place that says so.
type Step = (usize, TextRange);

impl Ring {
    /// Reports one way round for each knot. `follows` tells which uses lead on.
    pub(super) fn check(
        &self,
        context: &TemplateContext<'_>,
        follows: impl Fn(&Unit, &Use) -> bool,
        report: &mut Report,
    ) {
        let units: Vec<UnitRef<'_>> = context
            .scope
            .units()
            .filter(|unit| unit.unit.section == self.section)
            .collect();
        for cycle in cycles(&uses_among(&units, follows)) {
            self.report(&units, &cycle, report);
        }
    }

    fn report(&self, units: &[UnitRef<'_>], cycle: &[Step], report: &mut Report) {
        let name = |at: usize| &*units[at].unit.name;
        let Some(&(first, _)) = cycle.first() else { return };
        let way: Vec<String> = cycle.iter().map(|(at, _)| format!("`{}`", name(*at))).collect();
        let message = match cycle {
            [_] => format!("`{}` {}", name(first), self.alone),
            _ => format!("{}: {} → `{}`", self.together, way.join(" → "), name(first)),
        };
        let mut finding = report.at(self.rule, units[first].entry().key, message);
        for (step, (at, range)) in cycle.iter().enumerate() {
            let next = cycle.get(step + 1).map_or(first, |(next, _)| *next);
            finding = finding.related(*range, format!("`{}` {} `{}`", name(*at), self.step, name(next)));
        }
        let _ = finding;
    }
}

/// For each unit the units that it uses, by number.
pub(super) fn uses_among(units: &[UnitRef<'_>], follows: impl Fn(&Unit, &Use) -> bool) -> Vec<Vec<Step>> {
    let index: HashMap<&str, usize> = units
        .iter()
        .enumerate()
        .map(|(at, unit)| (&*unit.unit.name, at))
        .collect();
    units
        .iter()
        .map(|unit| {
            unit.uses()
                .filter(|(use_, _)| follows(unit.unit, use_))
                .filter_map(|(use_, range)| Some((*index.get(&*use_.name)?, range)))
                .collect()
        })
        .collect()
}

/// One shortest way round for each knot of things: (thing, the place where it names the next).
fn cycles(edges: &[Vec<Step>]) -> Vec<Vec<Step>> {
    let component = components(edges);
    let mut done = vec![false; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        if done[component[start]] {
            continue;
        }
        if let Some(cycle) = way_round(start, edges, &component) {
            done[component[start]] = true;
            found.push(cycle);
        }
    }
    found
}

/// The shortest path from `start` back to itself inside its component, breadth first.
fn way_round(start: usize, edges: &[Vec<Step>], component: &[usize]) -> Option<Vec<Step>> {
    let mut came_from: HashMap<usize, (usize, TextRange)> = HashMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for &(next, range) in edges[at]
            .iter()
            .filter(|(next, _)| component[*next] == component[start])
        {
            if next == start {
                let mut cycle = vec![(at, range)];
                let mut back = at;
                while back != start {
                    let (before, range) = came_from[&back];
                    cycle.push((before, range));
                    back = before;
                }
                cycle.reverse();
                return Some(cycle);
            }
            came_from.entry(next).or_insert_with(|| {
                queue.push_back(next);
                (at, range)
            });
        }
    }
    None
}

/// Strongly connected components: the number of each thing's component. Tarjan's algorithm without recursion.
fn components(edges: &[Vec<Step>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let count = edges.len();
    let (mut order, mut low, mut component) = (vec![NEW; count], vec![0; count], vec![NEW; count]);
    let (mut stack, mut visited, mut components) = (Vec::new(), 0, 0);
    for start in 0..count {
        if order[start] != NEW {
            continue;
        }
        let mut work = vec![(start, 0)];
        while let Some((at, edge)) = work.pop() {
            if edge == 0 {
                order[at] = visited;
                low[at] = visited;
                visited += 1;
                stack.push(at);
            }
            match edges[at].get(edge) {
                Some(&(next, _)) => {
                    work.push((at, edge + 1));
                    if order[next] == NEW {
                        work.push((next, 0));
                    } else if component[next] == NEW {
                        low[at] = low[at].min(order[next]);
                    }
                }
                None => {
                    if low[at] == order[at] {
                        while let Some(member) = stack.pop() {
                            component[member] = components;
                            if member == at {
                                break;
                            }
                        }
                        components += 1;
                    }
                    if let Some(&(parent, _)) = work.last() {
                        low[parent] = low[parent].min(low[at]);
                    }
                }
            }
        }
    }
    component
}
