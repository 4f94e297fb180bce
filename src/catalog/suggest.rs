//! Names near a misspelt one.

/// Names to compare at most: more than there are resource types; beyond that the time matters more.
const MOST_CANDIDATES: usize = 3_000;

/// The candidates nearest to `name`, best first, at most three: other case first, then by edit distance.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let lower = name.to_lowercase();
    let length = name.chars().count();
    let most = (length / 3).clamp(1, 4);
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|candidate| *candidate != name && candidate.chars().count().abs_diff(length) <= most)
        .take(MOST_CANDIDATES)
        .map(|candidate| (distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

/// Edit distance with swapped neighbours. Names of one template are often alike but for a number: what they begin and end
/// with alike is left out, for the time grows with the product of the lengths.
fn distance(one: &str, other: &str) -> usize {
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
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

    proptest::proptest! {
        #[test]
        fn what_is_alike_makes_no_distance(one in "[ab专]{0,8}", other in "[ab专]{0,8}") {
            proptest::prop_assert_eq!(distance(&one, &other), strsim::osa_distance(&one, &other));
        }
    }
}
