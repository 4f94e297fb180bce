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
        if self.format() == Format::Json {
            return match self.style() {
                Style::Plain => json(self.source()),
                _ => Typed::String,
            };
        }
        let plain = self.style() == Style::Plain;
        let own = self.tag().and_then(|tag| {
            let verbatim = || tag.strip_prefix("!<tag:yaml.org,2002:")?.strip_suffix('>');
            tag.strip_prefix("!!").or_else(verbatim)
        });
        match (own, self.tag()) {
            (Some("str" | "binary"), _) | (None, Some("!")) => Typed::String,
            (Some("null"), _) => Typed::Null,
            (Some("bool" | "int" | "float" | "timestamp"), _) => {
                type_of_plain(&self.text().unwrap_or_default())
            }
            _ if plain => type_of_plain(&self.text().unwrap_or_default()),
            _ => Typed::String,
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

/// The type of an unquoted YAML scalar: PyYAML's implicit resolvers, in its order. `1e3` without a dot is a string there, `0o7` too. An integer beyond 64 bits
/// is the nearest `Float`.
pub fn type_of_plain(text: &str) -> Typed {
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
    let number = yaml_float(text).or_else(|| yaml_int(text));
    match number {
        Some(number) => number,
        None if is_timestamp(text) => Typed::Timestamp,
        None => Typed::String,
    }
}

/// The sign and what follows it.
fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Digits and `_`, the first a digit.
fn is_digits(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && is_fraction(text)
}

/// Digits and `_`, or nothing.
fn is_fraction(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
}

fn yaml_int(text: &str) -> Option<Typed> {
    let (negative, digits) = signed(text);
    let all = |part: &str, base: u32| {
        let fits = |c: char| c.is_digit(base) || c == '_';
        (part.contains(|c: char| c.is_digit(base)) && part.chars().all(fits)).then(|| radix(part, base))
    };
    let value = if let Some(binary) = digits.strip_prefix("0b") {
        all(binary, 2)?
    } else if let Some(hex) = digits.strip_prefix("0x") {
        all(hex, 16)?
    } else if digits.starts_with('0') {
        // The leading zero makes it octal, and is a digit of it.
        all(digits, 8)?
    } else if let Some((first, rest)) = digits.split_once(':') {
        is_digits(first).then(|| sixties(first, rest)).flatten()?
    } else {
        is_digits(digits).then(|| radix(digits, 10))?
    };
    let value = if negative { -value } else { value };
    Some(i64::try_from(value).map_or(Typed::Float(value as f64), Typed::Int))
}

/// The number of the digits, `_` left out; the largest one when there are too many digits.
fn radix(digits: &str, base: u32) -> i128 {
    let digits = digits.chars().filter_map(|c| c.to_digit(base));
    digits.fold(0i128, |number, digit| {
        number
            .saturating_mul(i128::from(base))
            .saturating_add(i128::from(digit))
    })
}

/// Base 60: `1:30` is 90.
fn sixties(first: &str, rest: &str) -> Option<i128> {
    let mut total = radix(first, 10);
    for part in rest.split(':') {
        let digit: i128 = part.parse().ok().filter(|digit| *digit < 60)?;
        let plain = part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        total = plain.then(|| total.saturating_mul(60).saturating_add(digit))?;
    }
    Some(total)
}

fn yaml_float(text: &str) -> Option<Typed> {
    let (negative, unsigned) = signed(text);
    let sign = if negative { -1.0 } else { 1.0 };
    match unsigned {
        ".inf" | ".Inf" | ".INF" => return Some(Typed::Float(sign * f64::INFINITY)),
        ".nan" | ".NaN" | ".NAN" if unsigned == text => return Some(Typed::Float(f64::NAN)),
        _ => {}
    }
    let (whole, rest) = unsigned.split_once('.')?;
    if let Some((first, sixty)) = whole.split_once(':') {
        let fits = is_digits(first) && is_fraction(rest);
        let total = fits.then(|| sixties(first, sixty)).flatten()?;
        let fraction: f64 = format!("0.{}", rest.replace('_', "")).parse().ok()?;
        return Some(Typed::Float(sign * (total as f64 + fraction)));
    }
    let (fraction, exponent) = match rest.split_once(['e', 'E']) {
        Some((fraction, exponent)) => (fraction, Some(exponent)),
        None => (rest, None),
    };
    let body = match whole {
        // `.5` takes no sign.
        "" => unsigned == text && is_digits(fraction),
        _ => is_digits(whole) && is_fraction(fraction),
    };
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let number = (body && exponent_fits).then(|| unsigned.replace('_', ""))?;
    number
        .parse::<f64>()
        .ok()
        .map(|number| Typed::Float(sign * number))
}

/// `2015-09-01`, or a date with a time and perhaps a zone behind it.
fn is_timestamp(text: &str) -> bool {
    let mut rest = Digits(text);
    let Some((month, day)) = rest
        .take(4, 4)
        .then(|| (rest.after('-', 1, 2), rest.after('-', 1, 2)))
    else {
        return false;
    };
    if rest.0.is_empty() {
        return month == 2 && day == 2;
    }
    let clock = rest.0.strip_prefix(['T', 't']).or_else(|| {
        let clock = rest.0.trim_start_matches([' ', '\t']);
        (clock.len() < rest.0.len()).then_some(clock)
    });
    let Some(clock) = clock.filter(|_| month > 0 && day > 0) else {
        return false;
    };
    rest.0 = clock;
    if !(rest.take(1, 2) && rest.after(':', 2, 2) > 0 && rest.after(':', 2, 2) > 0) {
        return false;
    }
    if let Some(fraction) = rest.0.strip_prefix('.') {
        rest.0 = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    if rest.0.is_empty() {
        return true;
    }
    let zone = rest.0.trim_start_matches([' ', '\t']);
    let Some(hours) = zone.strip_prefix(['-', '+']) else {
        return zone == "Z";
    };
    rest.0 = hours;
    rest.take(1, 2) && (rest.0.is_empty() || (rest.after(':', 2, 2) > 0 && rest.0.is_empty()))
}

/// The text that is still to be matched.
struct Digits<'t>(&'t str);

impl Digits<'_> {
    /// Steps over `least` to `most` digits.
    fn take(&mut self, least: usize, most: usize) -> bool {
        let count = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        self.0 = &self.0[count..];
        count >= least
    }

    /// Steps over `sign` and the digits behind it; how many there were, 0 when there were too few.
    fn after(&mut self, sign: char, least: usize, most: usize) -> usize {
        let Some(rest) = self.0.strip_prefix(sign) else {
            return 0;
        };
        self.0 = rest;
        match self.take(least, most) {
            true => rest.len() - self.0.len(),
            false => 0,
        }
    }
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
            ("-.5", Text),
            ("._1", Text),
            ("1:30.5", Float(90.5)),
            ("1:60", Text),
            ("0_", Int(0)),
            ("0x_", Text),
            ("9223372036854775808", Float(9_223_372_036_854_775_808.0)),
            ("!!str 12", Text),
            ("! 12", Text),
            ("!!int '12'", Int(12)),
            ("!<tag:yaml.org,2002:str> 12", Text),
            ("!Sub 12", Int(12)),
            ("'12'", Text),
            (".5", Float(0.5)),
            ("1e3", Text),
            ("1.0e+3", Float(1000.0)),
            ("-.inf", Float(f64::NEG_INFINITY)),
            ("2015-09-01", Timestamp),
            ("2015-9-1", Text),
            ("2001-12-14t21:59:43.10-05:00", Timestamp),
            ("2001-12-14 21:59:43.10 Z", Timestamp),
            ("2001-12-14 21:59", Text),
            ("2001-12-14t21:59:43x", Text),
            ("'2015-09-01'", Text),
            ("!!str 12", Text),
            ("10.0.0.0/8", Text),
            ("1.2.3", Text),
            ("专有", Text),
        ];
        for (source, expected) in table {
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
