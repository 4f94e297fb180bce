//! Functions where they are not worked out.

use super::declare::{CallContext, CallPlace, Check, Family, Rule};
use super::report::Report;
use crate::language::function::{self, Places};
use crate::template::Call;

pub(super) const FAMILY: Family = Family {
    rules: &[&CONDITION_IN_VALUE],
    check: Check::Call(check),
};

const CONDITION_IN_VALUE: Rule = Rule {
    id: "ROS1022",
    name: "condition-in-value",
    about: "`Fn::Equals`, `Fn::And`, `Fn::Or` and `Fn::Not` belong into `Conditions` and `Rules`. A value that depends on a \
            condition is chosen by `Fn::If`, which takes the condition's name.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Here:
    Value:
      Fn::Equals:
        - Ref: ALIYUN::Region
        - cn-hangzhou
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Ref: ALIYUN::Region
      - cn-hangzhou
Resources: {}
Outputs:
  Here:
    Value:
      Fn::If: [Hangzhou, true, false]
",
    ..Rule::NONE
};

fn check(context: &CallContext<'_>, report: &mut Report) {
    let (place, word) = match context.place {
        CallPlace::Properties => (Places::PROPERTIES, "a property"),
        CallPlace::Count => (Places::COUNT, "`Count`"),
        CallPlace::OutputValue => (Places::OUTPUTS, "an output"),
        CallPlace::Condition
        | CallPlace::Rule
        | CallPlace::Local
        | CallPlace::Literal
        | CallPlace::AssociationMetadata => return,
    };
    // Inside another one it is that one which stands wrong; in `Fn::If` a condition's name is asked for.
    let inside = context
        .outer
        .is_some_and(|outer| outer.is("Fn::If") || is_only_condition(outer, place));
    if is_only_condition(&context.call, place) && !inside {
        let message = format!(
            "`{}` is not worked out in {word}: name a condition in `Fn::If`",
            context.call.name
        );
        report.add(&CONDITION_IN_VALUE, context.call.name_range, message);
    }
}

/// Whether a function makes a condition and is none for the place.
fn is_only_condition(call: &Call<'_>, place: Places) -> bool {
    function::find(&call.name).is_some_and(|function| {
        function.places.contains(Places::CONDITIONS) && !function.places.contains(place)
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn only_the_outermost() {
        check(
            "
Conditions:
  主: !Equals [a, b]
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      VpcName: {Fn::Not: {Fn::Equals: [a, b]}}
#               ^^^^^^^ ROS1022 `Fn::Not` is not worked out in a property
      Description: !If [主, {Fn::Contains: [[a], a]}, bb]
",
        );
    }
}
