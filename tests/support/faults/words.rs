//! Ways to misspell a word.

/// A letter left out, two letters changed round or one typed twice: always the same for the same word.
pub(crate) fn typo(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return format!("{word}x");
    }
    let sum: usize = letters.iter().map(|letter| *letter as usize).sum();
    let at = 1 + sum % (letters.len() - 2);
    let mut wrong = letters.clone();
    match sum % 3 {
        0 => drop(wrong.remove(at)),
        1 if letters[at] != letters[at + 1] => wrong.swap(at, at + 1),
        _ => wrong.insert(at, letters[at]),
    }
    // Leaving out one of two equal letters and the like can give a common other word; numbers must stay apart.
    if wrong == letters || letters[at].is_ascii_digit() {
        wrong = letters.clone();
        wrong.insert(1, letters[1]);
        wrong.insert(1, letters[1]);
    }
    wrong.into_iter().collect()
}

/// The first letter in the other case.
pub(crate) fn other_case(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(letters).collect(),
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// `VpcId` → `Vpc_Id`.
pub(crate) fn with_underscores(word: &str) -> String {
    let mut out = String::new();
    let mut last = ' ';
    for letter in word.chars() {
        if letter.is_uppercase() && last.is_lowercase() {
            out.push('_');
        }
        out.push(letter);
        last = letter;
    }
    out
}
