//! Whether a value that is none of those documented is one of them with a slip of the pen, or just another one.

use crate::catalog::suggest::plain;
use crate::catalog::{Property, ResourceType};

/// Characters of a word from which on one letter, or two letters, can be a slip: shorter words are near to each other
/// anyway (`ssd` and `essd`, `http` and `https`).
const LEAST_FOR_ONE: usize = 5;
const LEAST_FOR_TWO: usize = 8;

/// Whether `text` is `near` with one or two letters wrong, or in other case. Numbers are never slips: versions and sizes
/// that a list does not have are new ones.
pub(super) fn of_value(text: &str, near: &str) -> bool {
    let text = &*plain(text);
    if text.eq_ignore_ascii_case(near) {
        // The documentation writes short names in capitals, and the products take them as people write them: `Redis`.
        return !is_in_capitals(text) && !is_in_capitals(near);
    }
    // Neighbours changed places.
    if text.chars().count() >= LEAST_FOR_ONE
        && strsim::osa_distance(text, near) == 1
        && same_letters(text, near)
    {
        return true;
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (words, others) = (words(text), words(near));
    if digits(text) != digits(near) || words.len() != others.len() {
        // A separator that is missing or another one.
        return letters(text) == letters(near);
    }
    let differ = || words.iter().zip(&others).filter(|(word, other)| word != other);
    let mut few = differ().take(2);
    match (few.next(), few.next()) {
        (Some((word, other)), None) => is_slip(word, other),
        (None, _) => true,
        _ => false,
    }
}

fn is_in_capitals(text: &str) -> bool {
    !text.contains(|c: char| c.is_lowercase())
}

/// Whether another property of the type is documented to take the value: then it is no slip.
pub(super) fn is_value_elsewhere(resource_type: &ResourceType, text: &str) -> bool {
    fn any(properties: &[Property], text: &str) -> bool {
        properties.iter().any(|property| {
            let item = property.item.iter().flat_map(|item| &item.values);
            property
                .values
                .iter()
                .chain(item)
                .any(|allowed| allowed.value == text)
                || any(&property.properties, text)
        })
    }
    any(&resource_type.properties, text)
}

fn is_slip(word: &str, other: &str) -> bool {
    let shorter = word.chars().count().min(other.chars().count());
    let distance = strsim::osa_distance(word, other);
    let swapped = shorter >= 4 && same_letters(word, other);
    match distance {
        1 => swapped || shorter >= LEAST_FOR_ONE,
        2 => shorter >= LEAST_FOR_TWO,
        _ => false,
    }
}

fn same_letters(word: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(word) == sorted(other)
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.map(str::to_lowercase).collect()
}

fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::of_value;

    #[test]
    fn slips_and_new_values() {
        for (text, near) in [
            ("sytem", "system"),
            ("fats", "fast"),
            ("x86_46", "x86_64"),
            ("postPay", "PostPay"),
            ("Post-Paid", "PostPaid"),
            ("cloud_eficiency", "cloud_efficiency"),
            ("cloud_effcieny", "cloud_efficiency"),
            ("“Enable”", "Enable"),
            ("Ｅnable", "Enable"),
        ] {
            assert!(of_value(text, near), "{text}");
        }
        for (text, near) in [
            ("Redis", "REDIS"),
            ("IPVS", "ipvs"),
            ("cloud_essd", "cloud_ssd"),
            ("https", "http"),
            ("python3.9", "python3"),
            ("nodejs14", "nodejs10"),
            ("MSE_SC_1_2_60_c", "MSE_SC_1_2_200_c"),
            ("udp", "tcp"),
            ("POLARDBX20", "PolarDB"),
            ("ecs.g7.large", "ecs.g6.large"),
        ] {
            assert!(!of_value(text, near), "{text}");
        }
    }
}
