//! `Locals`: their shape, and what may read what.

use super::declare::{Check, Family, LinkedContext, Rule, TemplateContext, UnitContext};
use super::report::{Report, one_of};
use super::ring::{Ring, uses_among};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::{attribute, limit};
use crate::template::model::UnitRef;
use crate::template::{Local, NameKind, SectionKind, Unit, Use, UseKind, Value};

pub(super) const FAMILY: Family = Family {
    rules: &[&MISSING_VALUE, &LOCAL_TYPE],
    check: Check::Unit(check),
};

pub(super) const NAMES: Family = Family {
    rules: &[&TAKEN_NAME, &EVAL_READS_RESOURCE, &LOCAL_IN_SUB],
    check: Check::Linked(check_names),
};

pub(super) const DEPTH: Family = Family {
    rules: &[&NESTING, &LOCALS_IN_NESTED_TEMPLATE],
    check: Check::Template(check_template),
};

const MISSING_VALUE: Rule = Rule {
    id: "ROS0601",
    name: "missing-local-value",
    about: "A local is a map with a `Value`, unless it is a data source.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Type: Eval
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
    Type: Eval
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

const LOCAL_TYPE: Rule = Rule {
    id: "ROS0602",
    name: "local-type",
    about: "The `Type` of a local is `Macro` (put in as text, the default), `Eval` (computed first) or the type of a data \
            source.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Locals:
  Where:
    Type: String
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
    Type: Macro
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
    severity: Severity::Warning,
    about: "Locals may read each other, at most five deep and never in a ring.",
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

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Locals {
        return;
    }
    let local = Local { entry: context.entry };
    let name = local.name();
    if !context.entry.value.is_mapping() || Value::from(context.entry.value).call().is_some() {
        let message = format!("`{name}` must be a map with a `Value`");
        report.at(&MISSING_VALUE, context.entry.key, message);
        return;
    }
    if local.is_data_source() {
        return;
    }
    let type_name = local.type_name();
    let types = || attribute::LOCAL_TYPES.iter().map(|choice| choice.name);
    if let Some(node) = local.attribute("Type")
        && !Value::from(node).is_null()
        && (Value::from(node).literal().is_none() || !types().any(|known| known == type_name))
    {
        let found = nearest(&type_name, types());
        let message = format!(
            "the type of a local is {}",
            one_of(types().chain(["DATASOURCE::…"]))
        );
        report.at(&LOCAL_TYPE, node, message).suggest(&found);
        return;
    }
    if local.attribute("Value").is_none() {
        let message = format!("local `{name}` has no `Value`");
        report.at(&MISSING_VALUE, context.entry.key, message);
    }
}

fn check_names(context: &LinkedContext<'_>, report: &mut Report) {
    let names = context.names();
    if context.section() == SectionKind::Locals {
        let name = &*context.facts().name;
        for kind in [NameKind::Parameter, NameKind::Resource] {
            if names.has(kind, name) {
                let message = format!("`{name}` is the name of a {} already", kind.word());
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
                format!("`{name}` is a resource: a local of type `Eval` can't read it; `Macro` can");
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
        let message = "the template of a nested stack can't have `Locals`";
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
                "`{}` reads locals more than {} deep",
                unit.unit.name,
                limit::LOCALS_DEPTH
            );
            report.at(&NESTING, unit.entry().key, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn shapes() {
        check(
            "
Locals:
  A: {Type: macro, Value: 1}
#           ^^^^^ ROS0602 the type of a local is `Macro`, `Eval` or `DATASOURCE::…`
  B: text
# ^ ROS0601 `B` must be a map with a `Value`
  C: {Type: Eval}
# ^ ROS0601 local `C` has no `Value`
  D: {Type: 'DATASOURCE::ECS::Zones'}
  E: {Value: null}
Resources: {}
Outputs:
  A: {Value: [!Ref A, !Ref B, !Ref C, !Ref D, !Ref E]}
",
        );
    }

    #[test]
    fn six_deep() {
        check(
            "
Locals:
  A: {Value: !Ref B}
# ^ ROS0605 `A` reads locals more than 5 deep
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
