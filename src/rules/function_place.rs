//! Functions where they are not worked out.

use super::declare::{CallContext, CallPlace, Check, Family, Rule};
use super::report::Report;
use crate::diagnostic::Severity;
use crate::language::function::{self, Places};
use crate::template::Call;

pub(super) const FAMILY: Family = Family {
    rules: &[&CONDITION_IN_VALUE],
    check: Check::Call(check),
};

/// Conditions and rules, which are worked out early.
pub(super) const EARLY: Family = Family {
    rules: &[&FUNCTION_IN_CONDITION],
    check: Check::Call(check_early),
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

const FUNCTION_IN_CONDITION: Rule = Rule {
    id: "ROS0409",
    name: "function-in-condition",
    about: "Conditions and rules are worked out before any resource exists: the service does not know `Fn::Sub`, \
            `Fn::GetStackOutput` and `Fn::MarketplaceImage` in them. Some others work there, but are documented for values \
            only: this is information.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Fn::Sub: '${ALIYUN::Region}'
      - cn-hangzhou
Resources: {}
Outputs:
  Region:
    Condition: Hangzhou
    Value:
      Ref: ALIYUN::Region
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Conditions:
  Hangzhou:
    Fn::Equals:
      - Fn::Join: ['', [{Ref: ALIYUN::Region}]]
      - cn-hangzhou
Resources: {}
Outputs:
  Region:
    Condition: Hangzhou
    Value:
      Ref: ALIYUN::Region
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

/// What no page lists for conditions or rules and iac-code's offline validator refuses there. It takes all other
/// functions that have a value.
const NEVER: [&str; 5] = [
    "Fn::Sub",
    "Fn::GetStackOutput",
    "Fn::MarketplaceImage",
    "Fn::Base64",
    "Fn::ResourceFacade",
];

fn check_early(context: &CallContext<'_>, report: &mut Report) {
    let word = match context.place {
        CallPlace::Condition if context.outer.is_some() => "a condition",
        CallPlace::Rule => "a rule",
        _ => return,
    };
    let name = &*context.call.name;
    // Reading a resource is a finding of its own.
    if matches!(name, "Fn::GetAtt" | "Fn::TransformNamespace") {
        return;
    }
    if NEVER.contains(&name) {
        let message = format!("{word} can't use `{name}`: it is worked out before there is a stack");
        report.add(&FUNCTION_IN_CONDITION, context.call.name_range, message);
    } else if context.place == CallPlace::Condition
        && function::find(name).is_some_and(|function| !function.places.contains(Places::IN_CONDITIONS))
    {
        let message = format!("`{name}` is not documented for use in {word}");
        report
            .add(&FUNCTION_IN_CONDITION, context.call.name_range, message)
            .severity(Severity::Information);
    }
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
