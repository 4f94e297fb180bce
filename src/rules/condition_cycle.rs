//! Conditions that wait for each other.

use super::declare::{Check, Family, Rule, TemplateContext};
use super::report::Report;
use super::ring::Ring;
use crate::template::{SectionKind, UseKind};

pub(super) const FAMILY: Family = Family {
    rules: &[&CONDITION_CYCLE],
    check: Check::Links(check),
};

const CONDITION_CYCLE: Rule = Rule {
    id: "ROS0407",
    name: "condition-cycle",
    about: "Conditions that name each other in a ring can't be worked out.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Here:
    Fn::Not: There
  There:
    Fn::Not: Here
Resources: {}
Outputs:
  Region:
    Condition: Here
    Value:
      Ref: ALIYUN::Region
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Here:
    Fn::Equals:
      - Ref: ALIYUN::Region
      - cn-hangzhou
  There:
    Fn::Not: Here
Resources: {}
Outputs:
  Region:
    Condition: There
    Value:
      Ref: ALIYUN::Region
",
    ..Rule::NONE
};

fn check(context: &TemplateContext<'_>, report: &mut Report) {
    let ring = Ring {
        rule: &CONDITION_CYCLE,
        section: SectionKind::Conditions,
        alone: "depends on itself",
        together: "conditions wait for each other",
        step: "needs",
    };
    ring.check(context, |_, use_| use_.kind == UseKind::Condition, report);
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn rings() {
        check(
            "
Conditions:
  甲: !And [B, C]
# ^ ROS0407 conditions wait for each other: `甲` → `B` → `甲`
  B: {Fn::Not: {Fn::Equals: [{Fn::If: [甲, a, b]}, a]}}
  C: !Equals [甲, B]
  D: !Not [D]
# ^ ROS0407 `D` depends on itself
Resources: {}
Outputs:
  A: {Condition: D, Value: a}
",
        );
    }
}
