//! `Fn::Calculate`: the numbers that its expression picks.

use super::declare::{CallContext, CallPlace, Check, Family, Rule};
use super::report::Report;
use crate::text::TextRange;

pub(super) const FAMILY: Family = Family {
    rules: &[&CALCULATE],
    check: Check::Call(check),
};

pub(super) const CALCULATE: Rule = Rule {
    id: "ROS1020",
    name: "calculate-arguments",
    about: "`Fn::Calculate` takes an expression, the number of decimal places, and perhaps a list of numbers. `{n}` in the \
            expression picks the number at index n, counted from 0.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Sum:
    Value:
      Fn::Calculate: ['{0} + {2}', 0, [1, 2]]
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
Outputs:
  Sum:
    Value:
      Fn::Calculate: ['{0} + {1}', 0, [1, 2]]
",
    ..Rule::NONE
};

fn check(context: &CallContext<'_>, report: &mut Report) {
    let call = &context.call;
    if !call.is("Fn::Calculate") || context.place == CallPlace::Literal {
        return;
    }
    let [expression, rest @ ..] = &call.arguments()[..] else {
        return;
    };
    let Some(text) = expression.literal() else { return };
    let count = match rest.get(1) {
        Some(numbers) if numbers.call().is_some() => return,
        Some(numbers) => numbers.items().count(),
        None => 0,
    };
    for (index, range) in picks(&text) {
        if index < count {
            continue;
        }
        let message = match count {
            0 => format!("`{{{index}}}` needs a list of numbers as third item"),
            _ => format!("`{{{index}}}` must be less than {count}: the numbers are counted from 0"),
        };
        report.add(&CALCULATE, expression.node.source_range(range), message);
        return;
    }
}

/// Every `{n}` of an expression with its place in the text.
fn picks(text: &str) -> impl Iterator<Item = (usize, TextRange)> {
    text.match_indices('{').filter_map(|(open, _)| {
        let close = open + text[open..].find('}')?;
        let index = text[open + 1..close].trim().parse().ok()?;
        Some((index, TextRange::new(open as u32, close as u32 + 1)))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn numbers_that_are_not_there() {
        check(
            "
Parameters:
  甲: {Type: Json}
# ^ ROS0204
Resources: {}
Outputs:
  A: {Value: {Fn::Calculate: ['({0} + 1) * {1}', 2, [{Ref: 甲}]]}}
#                                          ^^^ ROS1020 `{1}` must be less than 1: the numbers are counted from 0
  B: {Value: {Fn::Calculate: ['{0}', 0]}}
#                              ^^^ ROS1020 `{0}` needs a list of numbers as third item
  C: {Value: {Fn::Calculate: ['{0}', 0, {Ref: 甲}]}}
  D: {Value: {Fn::Calculate: [1 + 2, -1]}}
#                                    ^^ ROS1020 `digits` of `Fn::Calculate` must be 0 or more, not -1
",
        );
    }
}
