//! Names near a misspelt one.

use std::borrow::Cow;
use std::cmp::Reverse;

/// Names to compare at most: more than there are resource types; beyond that the time matters more.
const MOST_CANDIDATES: usize = 3_000;

/// Bytes of a beginning that says which name is meant: three letters, a Chinese character.
const LEAST_BEGINNING: usize = 3;

/// Names that begin so are meant by their beginning only where they are few.
const FEW: usize = 3;

/// The candidates nearest to `name`, best first, at most three: other case first, then by edit distance, then by what they
/// begin with alike. Behind them those that `name` is the beginning of, typed halfway, if there are but a few. Characters
/// that nobody means to write into a name don't count.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let written = name;
    let name = &*plain(name);
    let lower = name.to_lowercase();
    let length = name.chars().count();
    if length == 0 {
        return Vec::new();
    }
    let most = (length / 3).clamp(1, 4);
    let mut longer = Vec::new();
    let mut near: Vec<(usize, Reverse<usize>, &str)> = candidates
        .into_iter()
        .filter(|candidate| {
            let begins = name.len() >= LEAST_BEGINNING && begins_with(candidate, name);
            if begins && longer.len() <= FEW && !longer.contains(candidate) {
                longer.push(*candidate);
            }
            *candidate != written && candidate.chars().count().abs_diff(length) <= most
        })
        .take(MOST_CANDIDATES)
        .map(|candidate| {
            let other = candidate.to_lowercase();
            (
                distance(&lower, &other),
                Reverse(alike(&lower, &other)),
                candidate,
            )
        })
        .filter(|(distance, ..)| *distance <= most)
        .collect();
    near.sort();
    near.dedup();
    // Beside one that is a slip away, those farther off are no help.
    let best = near.first().map_or(0, |(best, ..)| *best);
    near.retain(|(distance, ..)| best > 1 || *distance == best);
    let mut found: Vec<&str> = near.into_iter().map(|(.., candidate)| candidate).collect();
    if longer.len() <= FEW && (found.is_empty() || best > 1) {
        longer.retain(|candidate| *candidate != written && !found.contains(candidate));
        longer.sort();
        found.append(&mut longer);
    }
    found.truncate(3);
    found
}

/// A name without blanks that are not seen and without curly quotes, its full-width characters as the ASCII ones that they
/// look like: what its author meant to write.
pub fn plain(name: &str) -> Cow<'_, str> {
    if name.is_ascii() || !name.contains(|c: char| meant(c) != Some(c)) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.chars().filter_map(meant).collect())
}

/// The character that is meant by one of another alphabet's width, or none.
fn meant(c: char) -> Option<char> {
    match c {
        '\u{a0}'
        | '\u{ad}'
        | '\u{2000}'..='\u{200f}'
        | '\u{202a}'..='\u{202f}'
        | '\u{2060}'
        | '\u{3000}'
        | '\u{feff}' => None,
        '“' | '”' | '„' | '‘' | '’' => None,
        '‐' | '‑' | '–' | '—' => Some('-'),
        // The full-width forms stand in the order of ASCII.
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0),
        _ => Some(c),
    }
}

/// Whether `candidate` goes on from `name`, in whatever case.
fn begins_with(candidate: &str, name: &str) -> bool {
    candidate.len() > name.len()
        && candidate.is_char_boundary(name.len())
        && candidate[..name.len()].eq_ignore_ascii_case(name)
}

/// Bytes that both begin with.
fn alike(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}

/// Edit distance with swapped neighbours. Names of one template are often alike but for a number: what they begin and end
/// with alike is left out, for the time grows with the product of the lengths.
fn distance(one: &str, other: &str) -> usize {
    let same = alike(one, other);
    let start = (0..=same).rev().find(|at| one.is_char_boundary(*at)).unwrap_or(0);
    let (one, other) = (&one[start..], &other[start..]);
    let alike = one
        .chars()
        .rev()
        .zip(other.chars().rev())
        .take_while(|(a, b)| a == b);
    let end: usize = alike.map(|(character, _)| character.len_utf8()).sum();
    strsim::osa_distance(&one[..one.len() - end], &other[..other.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_first() {
        let types = [
            "A::VPC",
            "A::VSwitch",
            "A::VSwitches",
            "A::SecurityGroup",
            "A::Securities",
        ];
        assert_eq!(nearest("A::VSwi", types), ["A::VSwitch", "A::VSwitches"]);
        assert_eq!(nearest("A::vpc", types), ["A::VPC"]);
        assert_eq!(nearest("A::VSwitch", types), ["A::VSwitches"]);
        assert_eq!(nearest("A::VPCC", [types[0], "A::Disk"]), ["A::VPC"]);
        assert_eq!(nearest("", types), [""; 0]);
        assert_eq!(nearest("Cidr", ["CidrBlock", "VpcId"]), ["CidrBlock"]);
        assert_eq!(nearest("专有", ["专有网络", "网络"]), ["专有网络"]);
        assert_eq!(nearest("A", types), [""; 0]);
    }

    #[test]
    fn a_beginning_of_many_means_none() {
        let many = [
            "Security",
            "SecurityA1",
            "SecurityB22",
            "SecurityC333",
            "SecurityD4444",
        ];
        assert_eq!(nearest("Secu", many), [""; 0]);
        assert_eq!(
            nearest("SecurityC3", many),
            ["SecurityC333", "Security", "SecurityA1"]
        );
    }

    #[test]
    fn odd_characters_are_no_difference() {
        let names = ["VpcName", "VpcId", "ALIYUN::ECS::VPC"];
        for name in [
            "Vpc\u{a0}Name",
            "\u{200b}VpcName",
            "“VpcName”",
            "ＶｐｃName",
            "VpcＮame\u{feff}",
        ] {
            assert_eq!(nearest(name, names), ["VpcName"], "{name}");
        }
        assert_eq!(nearest("ALIYUN：：ECS：：VPC", names), ["ALIYUN::ECS::VPC"]);
        assert_eq!(plain("专有网络"), "专有网络");
        assert_eq!(nearest("\u{a0}", names), [""; 0]);
    }

    proptest::proptest! {
        #[test]
        fn what_is_alike_makes_no_distance(one in "[ab专]{0,8}", other in "[ab专]{0,8}") {
            proptest::prop_assert_eq!(distance(&one, &other), strsim::osa_distance(&one, &other));
        }
    }
}
