//! Time schedules (cron expressions), each in the form that its product takes.

use super::declare::{Check, Family, ObjectContext, Rule};
use super::report::Report;
use crate::catalog::meaning::{CronForm, Meaning, meaning};
use crate::diagnostic::Severity;
use crate::syntax::Node;
use crate::template::Value;

pub(super) const FAMILY: Family = Family {
    rules: &[&SCHEDULE],
    check: Check::Object(check),
};

const SCHEDULE: Rule = Rule {
    id: "ROS0816",
    name: "schedule",
    severity: Severity::Warning,
    about: "A time schedule has a fixed number of fields, each with its range. How many fields there are depends on the \
            product: scaling groups take five (minute, hour, day, month, weekday), functions and flows take six, the first \
            for seconds. Only what is wrong for certain is reported.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Nightly:
    Type: ALIYUN::FNF::Schedule
    Properties:
      FlowName: night
      ScheduleName: nightly
      CronExpression: 0 24 * * *
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Nightly:
    Type: ALIYUN::FNF::Schedule
    Properties:
      FlowName: night
      ScheduleName: nightly
      CronExpression: 0 0 23 * * *
",
    ..Rule::NONE
};

/// A field of a schedule: its name, and the least and most number in it.
type Field = (&'static str, u32, u32);

const SECOND: Field = ("second", 0, 59);

/// Sunday is 0 or 7 and weekdays are counted from 0 or 1, by product.
const FIELDS: [Field; 6] = [
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day", 1, 31),
    ("month", 1, 12),
    ("weekday", 0, 7),
    ("year", 1970, 2199),
];

fn check(context: &ObjectContext<'_>, report: &mut Report) {
    let type_name = context.resource_type.name.as_str();
    for entry in context.object.entries() {
        let Some(name) = entry.key.text() else { continue };
        if name == "TriggerConfig" && matches!(type_name, "ALIYUN::FC::Trigger" | "ALIYUN::FC3::Trigger") {
            for key in ["CronExpression", "cronExpression"] {
                if let Some(node) = entry.value.get(key) {
                    report_problem(key, node, CronForm::FunctionCompute, report);
                }
            }
            continue;
        }
        let known = context
            .properties()
            .iter()
            .find(|property| property.name == *name);
        match known.and_then(|property| meaning(type_name, property)) {
            Some(Meaning::Cron(CronForm::Recurrence)) => {
                recurrence(context.object, &name, entry.value, report)
            }
            Some(Meaning::Cron(form)) => report_problem(&name, entry.value, form, report),
            _ => {}
        }
    }
}

fn report_problem(name: &str, node: Node<'_>, form: CronForm, report: &mut Report) {
    if let Some(why) = schedule(node).and_then(|text| problem(&text, form)) {
        report.at(
            &SCHEDULE,
            node,
            format!("`{name}` must be {}: {why}", words(form)),
        );
    }
}

fn schedule(node: Node<'_>) -> Option<String> {
    let text = Value::from(node).literal()?;
    let text = text.trim();
    (!text.is_empty() && !text.contains("${")).then(|| text.to_owned())
}

fn words(form: CronForm) -> &'static str {
    match form {
        CronForm::Five | CronForm::Recurrence => "five fields (minute, hour, day, month, weekday)",
        CronForm::Six | CronForm::FunctionCompute => "six fields (second, minute, hour, day, month, weekday)",
        CronForm::FiveOrSix => "five or six fields (minute, hour, day, month, weekday)",
    }
}

/// What `RecurrenceValue` is depends on the type beside it.
fn recurrence(object: Node<'_>, name: &str, node: Node<'_>, report: &mut Report) {
    let kind = object
        .get("RecurrenceType")
        .and_then(|kind| Value::from(kind).literal());
    let (Some(kind), Some(text)) = (kind, schedule(node)) else {
        return;
    };
    let day = |text: &str, least: u32, most: u32| {
        let number = text.trim().parse::<u32>().ok();
        number.filter(|number| (least..=most).contains(number))
    };
    let (fine, wanted) = match &*kind {
        "Cron" => return report_problem(name, node, CronForm::Recurrence, report),
        "Daily" => (day(&text, 1, 31).is_some(), "a number of days from 1 to 31"),
        "Weekly" => (
            text.split(',').all(|part| day(part, 0, 6).is_some()),
            "weekdays from 0 (Sunday) to 6 with commas between them",
        ),
        "Monthly" => {
            let days = text
                .split_once('-')
                .map(|(first, last)| (day(first, 1, 31), day(last, 1, 31)));
            let fine = matches!(days, Some((Some(first), Some(last))) if first <= last);
            (fine, "two days of the month such as `1-15`")
        }
        _ => return,
    };
    if !fine {
        report.at(
            &SCHEDULE,
            node,
            format!("`{name}` must be {wanted} with `{kind}`"),
        );
    }
}

/// What is certainly wrong with a schedule.
fn problem(text: &str, form: CronForm) -> Option<String> {
    let text = match form {
        CronForm::FunctionCompute if text.starts_with('@') => return None,
        CronForm::FunctionCompute | CronForm::FiveOrSix => without_zone(text),
        // `rate(5m)`, `at(2026-01-01 00:00:00)`.
        CronForm::Six if text.contains('(') => return None,
        CronForm::Six | CronForm::Five | CronForm::Recurrence => text,
    };
    let parts: Vec<&str> = text.split_whitespace().collect();
    let (fields, counts): (Vec<Field>, std::ops::RangeInclusive<usize>) = match form {
        CronForm::Five | CronForm::Recurrence => (FIELDS.iter().copied().take(5).collect(), 5..=5),
        CronForm::FunctionCompute => (with_seconds(), 6..=6),
        // A year and a time zone may follow.
        CronForm::Six => (with_seconds(), 6..=8),
        CronForm::FiveOrSix if parts.len() == 5 => (FIELDS.to_vec(), 5..=6),
        CronForm::FiveOrSix => (with_seconds(), 5..=6),
    };
    if !counts.contains(&parts.len()) {
        return Some(format!(
            "there {} {}",
            if parts.len() == 1 { "is" } else { "are" },
            parts.len()
        ));
    }
    fields
        .iter()
        .zip(&parts)
        .find_map(|(field, part)| out_of_range(*field, part))
}

fn with_seconds() -> Vec<Field> {
    std::iter::once(SECOND).chain(FIELDS).collect()
}

/// `CRON_TZ=Asia/Shanghai 0 0 4 * * *`
fn without_zone(text: &str) -> &str {
    match text.split_once(char::is_whitespace) {
        Some((zone, rest)) if zone.starts_with("CRON_TZ=") || zone.starts_with("TZ=") => rest,
        _ => text,
    }
}

/// The first number of a field that is out of its range. What has letters or marks of its own is left alone.
fn out_of_range((name, least, most): Field, part: &str) -> Option<String> {
    for item in part.split(',') {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (item, None),
        };
        if step == Some("0") {
            return Some(format!("`{item}` has a step of 0"));
        }
        let outside = range.split('-').find(|number| {
            let number = number.parse::<u32>();
            number.is_ok_and(|number| !(least..=most).contains(&number))
        });
        if let Some(number) = outside {
            return Some(format!("`{number}` is no {name} from {least} to {most}"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::fixture::check;

    #[test]
    fn recurrence_by_its_type() {
        check(
            "
Resources:
  定时: {Type: ALIYUN::ESS::ScheduledTask, Properties: {LaunchTime: '2026-01-01T00:00Z', ScheduledAction: a, RecurrenceType: Cron, RecurrenceValue: 0 24 * * ?}}
#                                                                                                                                                 ^^^^^^^^^^ ROS0816 `RecurrenceValue` must be five fields (minute, hour, day, month, weekday): `24` is no hour from 0 to 23
  B: {Type: ALIYUN::ESS::ScheduledTask, Properties: {LaunchTime: '2026-01-01T00:00Z', ScheduledAction: a, RecurrenceType: Weekly, RecurrenceValue: '1,7'}}
#                                                                                                                                                   ^^^ ROS0816 `RecurrenceValue` must be weekdays from 0 (Sunday) to 6
  C: {Type: ALIYUN::ESS::ScheduledTask, Properties: {LaunchTime: '2026-01-01T00:00Z', ScheduledAction: a, RecurrenceType: Monthly, RecurrenceValue: 1-15}}
  D: {Type: ALIYUN::ESS::ScheduledTask, Properties: {LaunchTime: '2026-01-01T00:00Z', ScheduledAction: a, RecurrenceType: Daily, RecurrenceValue: 40}}
#                                                                                                                                                 ^^ ROS0816 `RecurrenceValue` must be a number of days from 1 to 31
  E:
    Type: ALIYUN::FC::Trigger
    Properties:
      ServiceName: s
      FunctionName: f
      TriggerName: t
      TriggerType: timer
      TriggerConfig: {CronExpression: 0 5 * * *, Enabled: true}
#                                     ^^^^^^^^^ ROS0816 `CronExpression` must be six fields (second, minute, hour, day, month, weekday): there are 5
",
        );
    }

    #[test]
    fn forms() {
        for text in [
            "0 0/4 * * * *",
            "@every 5m",
            "CRON_TZ=Asia/Shanghai 0 0 4 * * *",
            "0 0 12 ? * MON-FRI",
        ] {
            assert_eq!(problem(text, CronForm::FunctionCompute), None, "{text}");
        }
        for text in ["0 0 12 * * ? 2026 Asia/Shanghai", "rate(5m)", "0 */10 * * * *"] {
            assert_eq!(problem(text, CronForm::Six), None, "{text}");
        }
        assert_eq!(problem("0/5 * * * *", CronForm::FiveOrSix), None);
        assert_eq!(problem("0 0 L * 5#2", CronForm::Five), None);
        assert!(problem("60 * * * *", CronForm::Five).is_some());
        assert!(problem("0 0/0 * * * *", CronForm::FunctionCompute).is_some());
        assert!(problem("* * 1-32 * *", CronForm::Five).is_some());
    }
}
