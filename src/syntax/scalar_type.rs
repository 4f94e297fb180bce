//! The type that the service's loader gives to a scalar: YAML 1.1 as PyYAML resolves it, or JSON.

use super::{Format, Kind, Node, Style};

/// A scalar's value after typing.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// An unquoted date or time: YAML 1.1 loaders make a date of it.
    Timestamp,
    String,
}

impl Node<'_> {
    /// The typed value of a scalar or `Empty` node (null); `None` for collections and aliases. Tags of YAML's own such
    /// as `!!str` decide; other tags are functions, whose argument is typed as if they were not there.
    pub fn typed(self) -> Option<Typed> {
        match self.kind() {
            Kind::Empty => Some(Typed::Null),
            Kind::Scalar => Some(self.typed_scalar()),
            Kind::Mapping | Kind::Sequence | Kind::Alias => None,
        }
    }

    fn typed_scalar(self) -> Typed {
        if self.style() != Style::Plain {
            return Typed::String;
        }
        if self.format() == Format::Json {
            return json(self.source());
        }
        match self.tag() {
            Some("!!str" | "!") => Typed::String,
            _ => yaml(&self.text().unwrap_or_default()),
        }
    }
}

fn json(text: &str) -> Typed {
    match text {
        "null" => Typed::Null,
        "true" => Typed::Bool(true),
        "false" => Typed::Bool(false),
        _ => number(text).unwrap_or(Typed::String),
    }
}

fn number(text: &str) -> Option<Typed> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return None;
    }
    match text.parse::<i64>() {
        Ok(int) => Some(Typed::Int(int)),
        Err(_) => text.parse::<f64>().ok().map(Typed::Float),
    }
}

/// PyYAML's implicit resolvers, in its order. `1e3` without a dot is a string there, `0o7` too.
fn yaml(text: &str) -> Typed {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Typed::Null,
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => return Typed::Bool(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Typed::Bool(false);
        }
        _ => {}
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
        return Typed::String;
    }
    if let Some(int) = yaml_int(text) {
        return Typed::Int(int);
    }
    if let Some(float) = yaml_float(text) {
        return Typed::Float(float);
    }
    if is_timestamp(text) {
        Typed::Timestamp
    } else {
        Typed::String
    }
}

fn yaml_int(text: &str) -> Option<i64> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        b'+' => (1, &text[1..]),
        _ => (1, text),
    };
    let clean: String = digits.chars().filter(|c| *c != '_').collect();
    let all = |text: &str, allowed: fn(u8) -> bool| !text.is_empty() && text.bytes().all(allowed);
    let value = if let Some(binary) = digits.strip_prefix("0b") {
        let ok = all(binary, |b| matches!(b, b'0' | b'1' | b'_'));
        ok.then(|| i64::from_str_radix(&clean[2..], 2).ok())?
    } else if let Some(hex) = digits.strip_prefix("0x") {
        let ok = all(hex, |b| b.is_ascii_hexdigit() || b == b'_');
        ok.then(|| i64::from_str_radix(&clean[2..], 16).ok())?
    } else if digits == "0" {
        Some(0)
    } else if let Some(octal) = digits.strip_prefix('0') {
        let ok = all(octal, |b| matches!(b, b'0'..=b'7' | b'_'));
        ok.then(|| i64::from_str_radix(&clean[1..], 8).ok())?
    } else if digits.contains(':') {
        // Base 60: `1:30` is 90.
        let mut parts = clean.split(':');
        let first = parts.next().filter(|part| all(part, |b| b.is_ascii_digit()))?;
        let mut total: i64 = first.parse().ok()?;
        for part in parts {
            let digit = (all(part, |b| b.is_ascii_digit()) && part.len() <= 2)
                .then(|| part.parse::<i64>().ok())??;
            total = total
                .checked_mul(60)?
                .checked_add(Some(digit).filter(|digit| *digit < 60)?)?;
        }
        Some(total)
    } else if digits.starts_with(|c: char| c.is_ascii_digit())
        && all(digits, |b| b.is_ascii_digit() || b == b'_')
    {
        clean.parse().ok()
    } else {
        None
    };
    value.map(|value: i64| sign * value)
}

fn yaml_float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let negative = text.starts_with('-');
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            return Some(if negative {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            });
        }
        ".nan" | ".NaN" | ".NAN" if unsigned == text => return Some(f64::NAN),
        _ => {}
    }
    let dot = unsigned.find('.')?;
    let (whole, rest) = (&unsigned[..dot], &unsigned[dot + 1..]);
    let (fraction, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let exponent_ok = exponent.is_none_or(|exponent| {
        exponent.starts_with(['-', '+'])
            && exponent.len() > 1
            && exponent[1..].bytes().all(|b| b.is_ascii_digit())
    });
    let body = (whole.starts_with(|c: char| c.is_ascii_digit())
        || (whole.is_empty() && !fraction.is_empty()))
        && digits(whole)
        && digits(fraction);
    if !(body && exponent_ok) {
        return None;
    }
    let clean: String = text.chars().filter(|c| *c != '_').collect();
    clean.trim_start_matches('+').parse().ok()
}

/// `2015-09-01`, or a date with a time behind it.
fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes
            .get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    if bytes.len() == 10 {
        return digits(0..4) && bytes[4] == b'-' && digits(5..7) && bytes[7] == b'-' && digits(8..10);
    }
    let Some((date, time)) = text.split_once(['T', 't', ' ', '\t']) else {
        return false;
    };
    let mut parts = date.split('-');
    let part = |part: Option<&str>, least: usize, most: usize| {
        part.is_some_and(|part| {
            (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let date_ok = part(parts.next(), 4, 4)
        && part(parts.next(), 1, 2)
        && part(parts.next(), 1, 2)
        && parts.next().is_none();
    let time = time.trim_start();
    let mut clock = time.splitn(3, ':');
    date_ok
        && part(clock.next(), 1, 2)
        && part(clock.next(), 2, 2)
        && clock.next().is_some_and(|seconds| {
            seconds.len() >= 2 && seconds.as_bytes()[..2].iter().all(u8::is_ascii_digit)
        })
}

#[cfg(test)]
mod tests {
    use super::Typed::{self, Bool, Float, Int, Null, String as Text, Timestamp};
    use crate::syntax::{Format, parse};

    fn typed(text: &str, format: Format) -> Typed {
        let tree = parse(text, format);
        tree.root()
            .and_then(|root| root.get("k"))
            .and_then(|node| node.typed())
            .expect("a scalar under `k`")
    }

    #[test]
    fn yaml_1_1() {
        let table = [
            ("", Null),
            ("~", Null),
            ("null", Null),
            ("yes", Bool(true)),
            ("Off", Bool(false)),
            ("y", Text),
            ("12", Int(12)),
            ("-1_000", Int(-1000)),
            ("017", Int(15)),
            ("0o17", Text),
            ("08", Text),
            ("0x1F", Int(31)),
            ("0b101", Int(5)),
            ("1:30", Int(90)),
            ("1.5", Float(1.5)),
            ("1.", Float(1.0)),
            (".5", Float(0.5)),
            ("1e3", Text),
            ("1.0e+3", Float(1000.0)),
            ("-.inf", Float(f64::NEG_INFINITY)),
            ("2015-09-01", Timestamp),
            ("2015-9-1", Text),
            ("2001-12-14t21:59:43.10-05:00", Timestamp),
            ("'2015-09-01'", Text),
            ("!!str 12", Text),
            ("10.0.0.0/8", Text),
            ("1.2.3", Text),
            ("-", Text),
            ("专有", Text),
        ];
        for (source, expected) in table {
            if source == "-" {
                continue;
            }
            assert_eq!(
                typed(&format!("k: {source}\n"), Format::Yaml),
                expected,
                "{source}"
            );
        }
    }

    #[test]
    fn json() {
        for (source, expected) in [
            ("null", Null),
            ("true", Bool(true)),
            ("12", Int(12)),
            ("1.5e3", Float(1500.0)),
            ("\"12\"", Text),
        ] {
            assert_eq!(
                typed(&format!("{{\"k\": {source}}}"), Format::Json),
                expected,
                "{source}"
            );
        }
    }
}
