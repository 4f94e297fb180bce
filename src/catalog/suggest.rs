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
        .map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort();
    near.dedup();
    near.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}
