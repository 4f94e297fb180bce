//! What is wrong with the content of arguments that are written out: texts that no number, range or block can be read from.

use super::problem::Problem;
use crate::rules::report::place_of;
use crate::rules::wording::{shown, value_with_kind};
use crate::syntax::Kind;
use crate::syntax::scalar_type::Typed;
use crate::template::{Call, Value};
use std::net::Ipv4Addr;

/// The first thing wrong with the content of a call's arguments, which have the right kinds.
pub(super) fn first(call: &Call<'_>) -> Option<Problem> {
    let arguments = call.arguments();
    match (&*call.name, &arguments[..]) {
        ("Fn::Split", [delimiter, ..]) => empty_delimiter(*delimiter),
        ("Fn::Select", [selector, list, ..]) => selector_of_list(*selector, *list),
        ("Fn::Add", operands) => operands_of_add(operands),
        ("Fn::Avg", [_, numbers]) => numbers_of_avg(*numbers),
        ("Fn::Calculate", [expression, ..]) => characters_of_expression(*expression),
        ("Fn::Cidr", [block, count, bits]) => blocks(*block, *count, *bits),
        _ => None,
    }
}

fn empty_delimiter(delimiter: Value<'_>) -> Option<Problem> {
    let empty = delimiter.literal().is_some_and(|text| text.is_empty()) && !delimiter.is_null();
    let message = "`delimiter` of `Fn::Split` must not be empty".to_owned();
    empty.then(|| Problem::new(place_of(delimiter.node), message))
}

/// An item of a list is chosen by its number, items by a range: `1`, `-1`, `0:2`, `::2`.
fn selector_of_list(selector: Value<'_>, list: Value<'_>) -> Option<Problem> {
    let text = selector.literal()?;
    let is_list = list.kind() == Kind::Sequence && list.call().is_none();
    if !is_list || selector.node.typed() != Some(Typed::String) {
        return None;
    }
    let whole = |part: &str| part.trim().replace('_', "").parse::<i64>();
    let parts: Vec<&str> = text.split(':').collect();
    let fits = match &parts[..] {
        [index] => whole(index).is_ok(),
        [bounds @ .., last] if parts.len() <= 3 => {
            let bound = |part: &&str| part.trim().is_empty() || whole(part).is_ok();
            let step = parts.len() == 3;
            bounds.iter().all(bound) && bound(last) && !(step && whole(last) == Ok(0))
        }
        _ => false,
    };
    let message = format!(
        "`selector` of `Fn::Select` must be a number or a range `start:stop` for a list, not {}",
        shown(&text)
    );
    (!fits).then(|| Problem::new(place_of(selector.node), message))
}

/// Numbers are added, lists joined, maps merged; there is no other kind, and no mixing.
fn operands_of_add(operands: &[Value<'_>]) -> Option<Problem> {
    let kind = |value: &Value<'_>| match (value.kind(), value.node.typed()) {
        _ if value.call().is_some() => None,
        (Kind::Sequence, _) => Some("list"),
        (Kind::Mapping, _) => Some("map"),
        (_, Some(Typed::Int(_) | Typed::Float(_))) => Some("number"),
        (_, Some(Typed::String)) => Some("text"),
        _ => None,
    };
    let first = operands.iter().find_map(kind)?;
    let wrong = operands
        .iter()
        .find(|operand| kind(operand).is_some_and(|kind| kind == "text" || kind != first))?;
    let message = format!(
        "`Fn::Add` takes numbers only, lists only or maps only, without {}",
        value_with_kind(*wrong)
    );
    let problem = Problem::new(place_of(wrong.node), message);
    // No page says whether a text of digits is taken for a number.
    let digits = wrong
        .literal()
        .is_some_and(|text| text.trim().parse::<f64>().is_ok());
    Some(if digits { problem.warning() } else { problem })
}

fn numbers_of_avg(numbers: Value<'_>) -> Option<Problem> {
    if numbers.kind() != Kind::Sequence || numbers.call().is_some() {
        return None;
    }
    if numbers.items().next().is_none() {
        let message = "`numbers` of `Fn::Avg` must have a number".to_owned();
        return Some(Problem::new(place_of(numbers.node), message).unfinished());
    }
    let is_text = |item: &Value<'_>| {
        item.node.typed() == Some(Typed::String)
            && item
                .literal()
                .is_some_and(|text| text.trim().replace('_', "").parse::<f64>().is_err())
    };
    let wrong = numbers.items().find(is_text)?;
    let message = format!("`Fn::Avg` takes numbers, without {}", value_with_kind(wrong));
    Some(Problem::new(place_of(wrong.node), message))
}

/// The page on the function has numbers, `{n}`, brackets and `+ - * / %`; iac-code's offline validator refuses the rest.
fn characters_of_expression(expression: Value<'_>) -> Option<Problem> {
    let text = expression.literal()?;
    let known = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".{}()+-*/%".contains(c);
    let wrong = match text.find(|c| !known(c)) {
        Some(at) => text.get(at..)?.chars().next()?.to_string(),
        None if text.contains("**") => "**".to_owned(),
        None => return None,
    };
    let message = format!(
        "`expression` of `Fn::Calculate` must be numbers, `{{n}}`, brackets and `+ - * / %`, without `{wrong}`"
    );
    Some(Problem::new(place_of(expression.node), message))
}

/// IPv4 only, by the page on the function, and as many blocks as there is room for.
fn blocks(block: Value<'_>, count: Value<'_>, bits: Value<'_>) -> Option<Problem> {
    let text = block.literal()?;
    let range = place_of(block.node);
    let (address, prefix) = text.split_once('/').unwrap_or((&text, "32"));
    if address.parse::<Ipv4Addr>().is_err() {
        let message = format!(
            "`block` of `Fn::Cidr` must be an IPv4 block such as `10.0.0.0/16`, not {}",
            shown(&text)
        );
        return Some(Problem::new(range, message));
    }
    // A mask may be written as an address, too.
    let prefix: u32 = prefix.parse().ok()?;
    if prefix > 32 {
        let message = format!("`block` of `Fn::Cidr` must have a prefix from 0 to 32, not {prefix}");
        return Some(Problem::new(range, message));
    }
    let number = |value: Value<'_>| -> Option<u32> { value.literal()?.trim().parse().ok() };
    let (count, bits) = (number(count)?, number(bits)?);
    let free = 32 - prefix;
    let room = free.checked_sub(bits).map_or(0, |spare| 1_u64 << spare);
    if u64::from(count) <= room {
        return None;
    }
    let message = match room {
        0 => format!(
            "`hostBits` of `Fn::Cidr` must be at most {free}: {} has no more",
            shown(&text)
        ),
        _ => format!(
            "`count` of `Fn::Cidr` must be at most {room}: {} has no room for more blocks of {bits} bits",
            shown(&text)
        ),
    };
    Some(Problem::new(range, message))
}
