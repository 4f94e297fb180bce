//! `Locals`: their names, and what may read what.

use super::declare::{Check, Family, LinkedContext, Rule, TemplateContext};
use super::report::Report;
use super::ring::{Ring, uses_among};
use crate::diagnostic::Severity;
use crate::language::limit;
use crate::template::model::UnitRef;
use crate::template::{Local, NameKind, SectionKind, Unit, Use, UseKind};

pub(super) const NAMES: Family = Family {
    rules: &[&TAKEN_NAME, &EVAL_READS_RESOURCE, &LOCAL_IN_SUB],
    check: Check::Linked(check_names),
};

pub(super) const DEPTH: Family = Family {
    rules: &[&NESTING, &LOCALS_IN_NESTED_TEMPLATE],
    check: Check::Template(check_template),
};

const TAKEN_NAME: Rule = Rule {
    id: "ROS0603",
    name: "taken-local-name",
    about: "A local must not have the name of a parameter or resource: `Ref` could not tell them apart.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Where:
    Type: String
Locals:
  Where:
    Value:
      Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Value:
      Ref: Where
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Value:
      Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Value:
      Ref: Where
",
    ..Rule::NONE
};

const EVAL_READS_RESOURCE: Rule = Rule {
    id: "ROS0604",
    name: "eval-reads-resource",
    about: "A local of type `Eval` is computed before any resource exists: it reads parameters and other locals only. A \
            `Macro` may read resources where it is put in.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Id:
    Type: Eval
    Value:
      Ref: Vpc
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  Id:
    Value:
      Ref: Id
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Id:
    Type: Macro
    Value:
      Ref: Vpc
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
Outputs:
  Id:
    Value:
      Ref: Id
",
    ..Rule::NONE
};

const NESTING: Rule = Rule {
    id: "ROS0605",
    name: "local-nesting",
    about: "Locals may read each other, but never in a ring. More than five deep, which the documentation does not allow, is a \
            warning.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  A:
    Value:
      Ref: B
  B:
    Value:
      Ref: A
Resources: {}
Outputs:
  A:
    Value:
      Ref: A
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  A:
    Value:
      Ref: B
  B:
    Value: text
Resources: {}
Outputs:
  A:
    Value:
      Ref: A
",
    ..Rule::NONE
};

const LOCALS_IN_NESTED_TEMPLATE: Rule = Rule {
    id: "ROS0606",
    name: "locals-in-nested-template",
    about: "The template of a nested stack can't have `Locals`. Compute the value outside and hand it over as a parameter.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Inner:
    Type: ALIYUN::ROS::Stack
    Properties:
      TemplateBody:
        ROSTemplateFormatVersion: '2015-09-01'
        Locals:
          Where:
            Value:
              Ref: ALIYUN::Region
        Resources: {}
        Outputs:
          Region:
            Value:
              Ref: Where
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Inner:
    Type: ALIYUN::ROS::Stack
    Properties:
      TemplateBody:
        ROSTemplateFormatVersion: '2015-09-01'
        Resources: {}
        Outputs:
          Region:
            Value:
              Ref: ALIYUN::Region
",
    ..Rule::NONE
};

const LOCAL_IN_SUB: Rule = Rule {
    id: "ROS0607",
    name: "local-in-sub",
    about: "`Fn::Sub` can't read locals by `${Name}`. Give it a variable whose value is a `Ref` to the local.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Value:
      Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Value:
      Fn::Sub: in ${Where}
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Value:
      Ref: ALIYUN::Region
Resources: {}
Outputs:
  Region:
    Value:
      Fn::Sub:
        - in ${Region}
        - Region:
            Ref: Where
",
    ..Rule::NONE
};

fn check_names(context: &LinkedContext<'_>, report: &mut Report) {
    let names = context.names();
    if context.section() == SectionKind::Locals {
        let name = &*context.facts().name;
        for kind in [NameKind::Parameter, NameKind::Resource] {
            if names.has(kind, name) {
                let message = format!("a local needs a name of its own: `{name}` is a {}", kind.word());
                report.at(&TAKEN_NAME, context.entry.key, message);
            }
        }
    }
    let eval =
        context.section() == SectionKind::Locals && Local { entry: context.entry }.type_name() == "Eval";
    for (use_, range) in context.unit.uses() {
        let name = &*use_.name;
        let kind = names.resolve(name).map(|(kind, _)| kind);
        if eval && reads_resource(use_) && kind == Some(NameKind::Resource) {
            let message =
                format!("`{name}` is a resource: a local of `Type: Eval` can't read it, `Type: Macro` can");
            report.add(&EVAL_READS_RESOURCE, range, message);
        }
        if use_.kind == UseKind::SubName && kind == Some(NameKind::Local) {
            let message = format!("`{name}` is a local: `${{…}}` can't read it; give `Fn::Sub` a variable");
            report.add(&LOCAL_IN_SUB, range, message);
        }
    }
}

fn reads_resource(use_: &Use) -> bool {
    matches!(
        use_.kind,
        UseKind::Ref | UseKind::SubName | UseKind::GetAtt | UseKind::SubGetAtt
    )
}

fn check_template(context: &TemplateContext<'_>, report: &mut Report) {
    let Some(section) = context.template.section(SectionKind::Locals) else {
        return;
    };
    if context.names.nested && section.value.entries().next().is_some() {
        let message = "a nested stack's template can't have `Locals`: give it the value as a parameter";
        report.at(&LOCALS_IN_NESTED_TEMPLATE, section.key, message);
    }
    let ring = Ring {
        rule: &NESTING,
        section: SectionKind::Locals,
        alone: "reads itself",
        together: "locals read each other in a ring",
        step: "reads",
    };
    ring.check(context, |_, use_| reads(use_), report);
    depth(context, report);
}

fn reads(use_: &Use) -> bool {
    matches!(use_.kind, UseKind::Ref | UseKind::GetAtt | UseKind::SubGetAtt)
}

/// Reports locals whose chain of other locals is too long.
fn depth(context: &TemplateContext<'_>, report: &mut Report) {
    let units: Vec<UnitRef<'_>> = context
        .scope
        .units()
        .filter(|unit| unit.unit.section == SectionKind::Locals)
        .collect();
    let edges = uses_among(&units, |_: &Unit, use_| reads(use_));
    // As many rounds as the limit allows: what is still read from below afterwards is too deep, rings included.
    let mut depths = vec![1; units.len()];
    for _ in 0..=limit::LOCALS_DEPTH {
        for at in 0..units.len() {
            let below = edges[at].iter().map(|(next, _)| depths[*next]).max();
            depths[at] = below
                .map_or(1, |below: usize| below + 1)
                .min(limit::LOCALS_DEPTH + 1);
        }
    }
    // Those right above the limit; in a ring, which is a finding already, there are none.
    for (at, unit) in units.iter().enumerate() {
        let deepest_ok = edges[at]
            .iter()
            .all(|(next, _)| depths[*next] <= limit::LOCALS_DEPTH);
        if depths[at] > limit::LOCALS_DEPTH && deepest_ok {
            let message = format!(
                "locals must be read at most {} deep: `{}` goes deeper",
                limit::LOCALS_DEPTH,
                unit.unit.name
            );
            report
                .at(&NESTING, unit.entry().key, message)
                .severity(Severity::Warning);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn six_deep() {
        check(
            "
Locals:
  A: {Value: !Ref B}
# ^ ROS0605 locals must be read at most 5 deep: `A` goes deeper
  B: {Value: !Ref C}
  C: {Value: [!Ref D, !Ref E]}
  D: {Value: !Ref E}
  E: {Value: !Ref F}
  F: {Value: 值}
Resources: {}
Outputs:
  A: {Value: !Ref A}
",
        );
    }

    #[test]
    fn resources_and_text() {
        check(
            "
Locals:
  区: {Type: Eval, Value: !Sub '${Vpc.VpcId}-${名}'}
#                                ^^^ ROS0604 `Vpc` is a resource
#                                             ^ ROS0607 `名` is a local
  名: {Type: Macro, Value: !GetAtt Vpc.VpcName}
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties: {VpcName: !Ref 区}
Outputs:
  A: {Value: !Ref 名}
",
        );
    }
}
