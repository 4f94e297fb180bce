//! What is wrong with the arguments of one call.

use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::language::function::{self, Argument, ArgumentKind, Arguments, Places};
use crate::rules::declare::CallPlace;
use crate::rules::function_name::is_mistyped;
use crate::rules::report::{did_you_mean, one_of, place_of};
use crate::rules::wording::{kind_of, value_or_kind, value_with_kind};
use crate::syntax::scalar_type::Typed;
use crate::syntax::{Format, Kind, Style};
use crate::template::{Call, Form, Value};
use crate::text::TextRange;
use crate::text::edit::TextEdit;

/// A finding to come.
pub(super) struct Problem {
    pub(super) range: TextRange,
    pub(super) message: String,
    pub(super) fix: Option<(String, Vec<TextEdit>)>,
    /// Another than the rule's own.
    pub(super) severity: Option<Severity>,
    /// Something is still missing.
    pub(super) unfinished: bool,
}

impl Problem {
    pub(super) fn new(range: TextRange, message: String) -> Self {
        Problem {
            range,
            message,
            fix: None,
            severity: None,
            unfinished: false,
        }
    }

    pub(super) fn warning(mut self) -> Self {
        self.severity = Some(Severity::Warning);
        self
    }

    pub(super) fn unfinished(mut self) -> Self {
        self.unfinished = true;
        self
    }
}

/// The first thing wrong with a call's arguments. One is enough: the others mostly follow from it.
pub(super) fn first(call: &Call<'_>, arguments: &Arguments, place: CallPlace) -> Option<Problem> {
    let argument = call.argument;
    if *arguments == Arguments::Unknown || argument.kind() == Kind::Alias {
        return None;
    }
    if argument.is_null() {
        return Some(empty(call, arguments));
    }
    let is_list = argument.kind() == Kind::Sequence && argument.call().is_none();
    if let Some(one) = arguments.one()
        && !(is_list && arguments.count().is_some())
    {
        return wrong_value(call, one, argument, place);
    }
    if call.is("Fn::GetAtt") && argument.literal().is_some() {
        return dotted(call);
    }
    if !is_list {
        // A function may give the list.
        if argument.call().is_some() && !call.is("Fn::GetAtt") && !call.is("Fn::If") {
            return None;
        }
        let message = format!(
            "`{}` takes {}, not {}",
            call.name,
            signature(arguments),
            kind_of(argument)
        );
        return Some(Problem::new(call.name_range, message));
    }
    let items: Vec<Value<'_>> = argument.items().collect();
    wrong_count(call, arguments, items.len()).or_else(|| {
        items
            .into_iter()
            .enumerate()
            .find_map(|(index, item)| wrong_value(call, arguments.item(index)?, item, place))
    })
}

/// A call without any argument. Some functions give nothing for nothing, by iac-code's offline validator.
fn empty(call: &Call<'_>, arguments: &Arguments) -> Problem {
    let message = format!("`{}` is empty: it takes {}", call.name, signature(arguments));
    let problem = Problem::new(call.name_range, message).unfinished();
    let gives_nothing = [
        "Fn::Add",
        "Fn::Any",
        "Fn::Base64Decode",
        "Fn::Base64Encode",
        "Fn::Indent",
        "Fn::Length",
        "Fn::Max",
        "Fn::Min",
        "Fn::Str",
    ];
    if gives_nothing.contains(&&*call.name) {
        problem.warning()
    } else {
        problem
    }
}

fn wrong_count(call: &Call<'_>, arguments: &Arguments, count: usize) -> Option<Problem> {
    let (least, most) = arguments.count()?;
    // The service takes a fourth item of `Fn::Select` without a word; real templates have it.
    let tolerated = call.is("Fn::Select") && count == 4;
    if count >= least && most.is_none_or(|most| count <= most) || tolerated {
        return None;
    }
    let have = match count {
        0 => "an empty list".to_owned(),
        1 => "1 item".to_owned(),
        _ => format!("{count} items"),
    };
    let message = format!("`{}` takes {}, not {have}", call.name, signature(arguments));
    let problem = Problem::new(call.name_range, message);
    Some(match (count < least, count) {
        // The result of an empty list is empty, by iac-code's offline validator.
        (true, 0) if least == 1 => problem.warning().unfinished(),
        (true, _) => problem.unfinished(),
        (false, _) => problem,
    })
}

/// `Fn::GetAtt` with one text.
fn dotted(call: &Call<'_>) -> Option<Problem> {
    let text = call.argument.literal()?;
    let parts = text
        .rsplit_once('.')
        .filter(|(resource, attribute)| !resource.is_empty() && !attribute.is_empty());
    let range = place_of(call.argument.node);
    match (parts, call.form) {
        (Some(_), Form::Tag) => None,
        // The service takes the text apart letter by letter, by iac-code's offline validator; no page shows it.
        (Some((resource, attribute)), Form::Long) => {
            let message =
                format!("`Fn::GetAtt` takes `[{resource}, {attribute}]`: a dot is for the YAML tag only");
            let list = format!("[\"{resource}\", \"{attribute}\"]");
            let edits = vec![TextEdit::replace(call.argument.node.range(), list)];
            let mut problem = Problem::new(range, message);
            problem.fix = Some(("Make it a list".into(), edits));
            Some(problem)
        }
        (None, _) => {
            let message = format!(
                "`Fn::GetAtt` takes a resource and an attribute, not only {}",
                value_or_kind(call.argument)
            );
            Some(Problem::new(range, message).unfinished())
        }
    }
}

fn wrong_value(call: &Call<'_>, argument: &Argument, value: Value<'_>, place: CallPlace) -> Option<Problem> {
    // An argument that is the whole of the call has no name worth telling.
    let subject = match value.node == call.argument.node {
        true => format!("`{}`", call.name),
        false => format!("`{}` of `{}`", argument.name, call.name),
    };
    if value.kind() == Kind::Alias {
        return None;
    }
    if value.is_null() {
        // Elsewhere null is a value.
        let wanted = needed(argument.kind)?;
        let range = match value.node.is_empty() {
            true => call.name_range,
            false => place_of(value.node),
        };
        let message = format!("{subject} is empty: it must be {wanted}");
        return Some(Problem::new(range, message).unfinished());
    }
    if let Some(inner) = value.call() {
        return function_as(call, argument, &subject, &inner, place);
    }
    let range = place_of(value.node);
    if let Some((wanted, severity)) = wanted(call, argument.kind, value) {
        let message = format!("{subject} must be {wanted}, not {}", value_with_kind(value));
        let mut problem = Problem::new(range, message);
        problem.severity = severity;
        problem.fix = quotes(argument.kind, value);
        return Some(problem);
    }
    if argument.kind == ArgumentKind::List && call.is("Fn::Join") {
        return piece(value);
    }
    let text = value.literal()?;
    if !argument.values.is_empty() && !argument.values.contains(&&*text) {
        return Some(not_among(&subject, argument, value));
    }
    let (least, most) = argument.range?;
    let number: i64 = text.trim().parse().ok()?;
    let wanted = match most {
        i64::MAX => format!("{least} or more"),
        _ => format!("from {least} to {most}"),
    };
    (number < least || number > most)
        .then(|| Problem::new(range, format!("{subject} must be {wanted}, not {number}")))
}

/// A value that is none of those there are.
fn not_among(subject: &str, argument: &Argument, value: Value<'_>) -> Problem {
    let text = value.literal().unwrap_or_default();
    let values = || argument.values.iter().copied();
    let found = nearest(&text, values());
    let message = format!(
        "{subject} must be {}, not {}{}",
        one_of(values()),
        value_or_kind(value),
        did_you_mean(&found)
    );
    let mut problem = Problem::new(place_of(value.node), message);
    problem.fix = found.first().map(|name| {
        let edit = TextEdit::replace(value.node.content_range(), *name);
        (format!("Change to `{name}`"), vec![edit])
    });
    problem
}

/// A function in place of an argument that must be written out.
fn function_as(
    call: &Call<'_>,
    argument: &Argument,
    subject: &str,
    inner: &Call<'_>,
    place: CallPlace,
) -> Option<Problem> {
    if !argument.literal {
        return None;
    }
    let wanted = needed(argument.kind).unwrap_or("a plain text");
    let message = format!(
        "{subject} must be {wanted}, written out: `{}` is not read there",
        inner.name
    );
    let problem = Problem::new(inner.name_range, message);
    // Pages and real templates have plain names only, but iac-code's offline validator works out some functions.
    let worked_out = match &*call.name {
        "Fn::GetAtt" => true,
        "Fn::Sub" => inner.is("Ref") && call.argument.kind() == Kind::Sequence,
        "Fn::If" => {
            let early = matches!(place, CallPlace::Condition | CallPlace::Rule);
            let known = function::find(&inner.name);
            early || known.is_none_or(|known| known.places.contains(Places::PROPERTIES))
        }
        _ => false,
    };
    Some(if worked_out { problem.warning() } else { problem })
}

/// A piece of `Fn::Join` that is no text. Whole numbers are joined by their digits.
fn piece(list: Value<'_>) -> Option<Problem> {
    list.items().find_map(|item| {
        if item.call().is_some() || is_mistyped(item) {
            return None;
        }
        let severity = match (item.kind(), item.node.typed()) {
            (Kind::Mapping | Kind::Sequence, _) => None,
            (Kind::Scalar, Some(Typed::Float(_) | Typed::Bool(_))) => Some(Severity::Warning),
            _ => return None,
        };
        let message = format!(
            "a piece of `Fn::Join` must be a text, not {}",
            value_with_kind(item)
        );
        let mut problem = Problem::new(place_of(item.node), message);
        problem.severity = severity;
        problem.fix = quotes(ArgumentKind::String, item);
        Some(problem)
    })
}

/// What an argument has to be, if a literal value is something else; and how grave it is, if not as usual.
fn wanted(call: &Call<'_>, kind: ArgumentKind, value: Value<'_>) -> Option<(&'static str, Option<Severity>)> {
    let node = value.node;
    let warning = Some(Severity::Warning);
    // What stands behind a tag is a text, whatever it looks like.
    let tagged = call.form == Form::Tag && node == call.argument.node;
    let typed = if tagged { Some(Typed::String) } else { node.typed() };
    let (fits, severity) = match kind {
        ArgumentKind::String | ArgumentKind::Region | ArgumentKind::Template => match typed {
            _ if !node.is_scalar() => (false, None),
            Some(Typed::Int(_) | Typed::Float(_) | Typed::Bool(_)) => (false, warning),
            _ => (true, None),
        },
        ArgumentKind::Name
        | ArgumentKind::Resource
        | ArgumentKind::Attribute
        | ArgumentKind::Mapping
        | ArgumentKind::MappingKey
        | ArgumentKind::Boolean => (node.is_scalar(), None),
        // Not documented, but known to iac-code's offline validator: `[name]`, `{Condition: name}`.
        ArgumentKind::ConditionName => (node.is_scalar(), warning),
        ArgumentKind::Condition => (
            node.is_scalar(),
            named_condition(value).then_some(Severity::Warning),
        ),
        ArgumentKind::Integer => match typed {
            Some(Typed::Int(_)) => (true, None),
            Some(Typed::Bool(_)) => (false, warning),
            // The digits as text: pages of other clouds write them so.
            Some(Typed::String) => (
                false,
                reads_as(value, |text| text.parse::<i64>().is_ok()).then_some(Severity::Warning),
            ),
            _ => (false, None),
        },
        ArgumentKind::Number => match typed {
            Some(Typed::Int(_) | Typed::Float(_)) => (true, None),
            Some(Typed::Bool(_)) => (false, warning),
            Some(Typed::String) => (
                false,
                reads_as(value, |text| text.parse::<f64>().is_ok()).then_some(Severity::Warning),
            ),
            _ => (false, None),
        },
        ArgumentKind::List => (node.is_sequence(), None),
        ArgumentKind::Map | ArgumentKind::Variables => (node.is_mapping(), None),
        ArgumentKind::Selector => (node.is_scalar(), None),
        ArgumentKind::Collection => match typed {
            Some(Typed::Int(_) | Typed::Float(_) | Typed::Bool(_)) => (false, None),
            _ => (true, None),
        },
        ArgumentKind::Any => (true, None),
    };
    (!fits).then_some((noun(kind), severity))
}

fn reads_as(value: Value<'_>, parses: impl Fn(&str) -> bool) -> bool {
    value.literal().is_some_and(|text| parses(text.trim()))
}

/// `{Condition: name}`, as other clouds write it.
fn named_condition(value: Value<'_>) -> bool {
    let entry = value.node.entry("Condition");
    value.entries().count() == 1 && entry.is_some_and(|entry| Value::from(entry.value).literal().is_some())
}

/// Puts quotes around a plain number or truth that should be a text, or takes them from around a number.
fn quotes(kind: ArgumentKind, value: Value<'_>) -> Option<(String, Vec<TextEdit>)> {
    let node = value.node;
    if !node.is_scalar() || node.tag().is_some() {
        return None;
    }
    let text = value.literal()?;
    let range = node.range();
    match (kind, node.typed()?) {
        (ArgumentKind::String | ArgumentKind::Region, Typed::Int(_) | Typed::Float(_) | Typed::Bool(_)) => {
            let quote = if node.format() == Format::Json { "\"" } else { "'" };
            let edit = TextEdit::replace(range, format!("{quote}{text}{quote}"));
            Some(("Write it as a text".into(), vec![edit]))
        }
        (ArgumentKind::Integer | ArgumentKind::Number, Typed::String)
            if matches!(node.style(), Style::SingleQuoted | Style::DoubleQuoted)
                && text.parse::<i64>().is_ok_and(|number| number.to_string() == text) =>
        {
            let edit = TextEdit::replace(range, text.into_owned());
            Some(("Write it as a number".into(), vec![edit]))
        }
        _ => None,
    }
}

/// What an argument must be that null can't stand for.
fn needed(kind: ArgumentKind) -> Option<&'static str> {
    match kind {
        ArgumentKind::Template
        | ArgumentKind::Name
        | ArgumentKind::Resource
        | ArgumentKind::Attribute
        | ArgumentKind::ConditionName
        | ArgumentKind::Condition => Some(noun(kind)),
        _ => None,
    }
}

/// What an argument is, for messages.
fn noun(kind: ArgumentKind) -> &'static str {
    match kind {
        ArgumentKind::Any => "a value",
        ArgumentKind::String | ArgumentKind::Template => "a text",
        ArgumentKind::Region => "the id of a region",
        ArgumentKind::Name => "a name",
        ArgumentKind::Resource => "the name of a resource",
        ArgumentKind::Attribute => "the name of an attribute",
        ArgumentKind::Mapping => "the name of a mapping",
        ArgumentKind::MappingKey => "a key of the mapping",
        ArgumentKind::ConditionName => "the name of a condition",
        ArgumentKind::Condition => "the name of a condition, or a condition function",
        ArgumentKind::Integer => "a whole number",
        ArgumentKind::Number => "a number",
        ArgumentKind::Boolean => "`true` or `false`",
        ArgumentKind::List => "a list",
        ArgumentKind::Map | ArgumentKind::Variables => "a map",
        ArgumentKind::Selector => "an index, a range or a key",
        ArgumentKind::Collection => "a list, a map or a text",
    }
}

/// What a function takes, for messages.
fn signature(arguments: &Arguments) -> String {
    match *arguments {
        Arguments::One(one) => noun(one.kind).to_owned(),
        Arguments::List { items, required } => list(items, required),
        Arguments::Many { item, least } if least > 1 => {
            format!("a list of {least} or more, each {}", noun(item.kind))
        }
        Arguments::Many { item, .. } => format!("a list, each item {}", noun(item.kind)),
        Arguments::OneOrList { one, items, required } => match items {
            [_] => noun(one.kind).to_owned(),
            _ => format!("{} or {}", noun(one.kind), list(items, required)),
        },
        Arguments::Unknown => "arguments that no page describes".into(),
    }
}

/// The items of a list by name; those that may be left out with a mark.
fn list(items: &[Argument], required: usize) -> String {
    let names: Vec<String> = items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let mark = if index < required { "" } else { "?" };
            format!("{}{mark}", item.name)
        })
        .collect();
    format!("`[{}]`", names.join(", "))
}
