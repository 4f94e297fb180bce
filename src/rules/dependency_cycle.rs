//! Resources that wait for each other.

use super::declare::{Check, Family, Rule, TemplateContext};
use super::report::Report;
use crate::template::{SectionKind, Unit, UseKind, model::UnitRef};
use crate::text::TextRange;
use std::collections::HashMap;

pub(super) const FAMILY: Family = Family {
    rules: &[&DEPENDENCY_CYCLE],
    check: Check::Template(check),
};

const DEPENDENCY_CYCLE: Rule = Rule {
    id: "ROS0711",
    name: "dependency-cycle",
    about: "Each of these resources needs another one to be made first, by `DependsOn`, `Ref`, `Fn::GetAtt` or `Fn::Sub`, \
            so none can be the first.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  A:
    Type: ALIYUN::ECS::VPC
    DependsOn: B
  B:
    Type: ALIYUN::ECS::VPC
    DependsOn: A
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  A:
    Type: ALIYUN::ECS::VPC
    DependsOn: B
  B:
    Type: ALIYUN::ECS::VPC
",
    ..Rule::NONE
};

fn check(context: &TemplateContext<'_>, report: &mut Report) {
    let resources: Vec<UnitRef<'_>> = context
        .scope
        .units()
        .filter(|unit| unit.unit.section == SectionKind::Resources)
        .collect();
    let index: HashMap<&str, usize> = resources
        .iter()
        .enumerate()
        .map(|(at, unit)| (&*unit.unit.name, at))
        .collect();
    let edges: Vec<Vec<(usize, TextRange)>> = resources
        .iter()
        .map(|resource| {
            dependencies(resource.unit)
                .filter_map(|(name, range)| Some((*index.get(name)?, resource.range(range))))
                .collect()
        })
        .collect();
    for cycle in cycles(&edges) {
        report_cycle(&resources, &cycle, report);
    }
}

/// What a resource waits for, with the place that says so.
fn dependencies(unit: &Unit) -> impl Iterator<Item = (&str, TextRange)> {
    unit.uses.iter().filter_map(|use_| {
        let depends = match use_.kind {
            // Depending on itself by name is a finding of its own.
            UseKind::DependsOn => use_.name != unit.name,
            UseKind::Ref | UseKind::GetAtt | UseKind::SubName | UseKind::SubGetAtt => true,
            UseKind::SubVariable
            | UseKind::Condition
            | UseKind::Mapping
            | UseKind::MetadataName
            | UseKind::MetadataText
            | UseKind::InterfaceParameter
            | UseKind::InterfaceOutput => false,
        };
        depends.then_some((&*use_.name, use_.range))
    })
}

/// One shortest way round for each knot of resources: (resource, the place where it names the next).
fn cycles(edges: &[Vec<(usize, TextRange)>]) -> Vec<Vec<(usize, TextRange)>> {
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
fn way_round(
    start: usize,
    edges: &[Vec<(usize, TextRange)>],
    component: &[usize],
) -> Option<Vec<(usize, TextRange)>> {
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

/// Strongly connected components: the number of each resource's component. Tarjan's algorithm without recursion.
fn components(edges: &[Vec<(usize, TextRange)>]) -> Vec<usize> {
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

fn report_cycle(resources: &[UnitRef<'_>], cycle: &[(usize, TextRange)], report: &mut Report) {
    let name = |at: usize| &*resources[at].unit.name;
    let Some(&(first, _)) = cycle.first() else { return };
    let way: Vec<String> = cycle.iter().map(|(at, _)| format!("`{}`", name(*at))).collect();
    let message = match cycle {
        [_] => format!("`{}` depends on itself", name(first)),
        _ => format!(
            "resources wait for each other: {} → `{}`",
            way.join(" → "),
            name(first)
        ),
    };
    let mut finding = report.at(&DEPENDENCY_CYCLE, resources[first].entry().key, message);
    for (step, (at, range)) in cycle.iter().enumerate() {
        let next = cycle.get(step + 1).map_or(first, |(next, _)| *next);
        finding = finding.related(*range, format!("`{}` needs `{}`", name(*at), name(next)));
    }
    let _ = finding;
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn three_in_a_ring_through_different_functions() {
        check(
            "
Resources:
  甲:
# ^ ROS0711 resources wait for each other: `甲` → `B` → `C` → `甲`
    Type: ALIYUN::ROS::WaitConditionHandle
    DependsOn: B
  B:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: !Sub '${C}'
  C:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: !Ref 甲
  D:
    Type: ALIYUN::ECS::VPC
    DependsOn: C
",
        );
    }

    #[test]
    fn a_resource_that_reads_itself() {
        check(
            "
Resources:
  A:
# ^ ROS0711 `A` depends on itself
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: !Ref A
",
        );
    }
}
