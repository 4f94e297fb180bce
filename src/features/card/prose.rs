//! Which words a card has about a thing: from the workspace's page, the docs pack, or our own brief.

use super::layout::{escaped, without_html};
use crate::catalog::Property;
use crate::catalog::prose::{PropertyProse, TypeProse};
use crate::features::library::Library;
use serde_json::{Value, json};

/// A longer text is cut at the end of a paragraph or line: what is beyond it belongs on the page.
const ROOM: usize = 2500;

/// What is said about a property of a type, or, for an empty path, about the type. Markdown.
pub(super) fn description(library: Library<'_>, type_name: &str, path: &str) -> Option<String> {
    let ask = |prose: &TypeProse| {
        let text = match path {
            "" => &prose.description,
            _ => &prose.properties.get(path)?.description,
        };
        (!text.is_empty()).then(|| shown(text))
    };
    library.said(type_name, ask).or_else(|| {
        let brief = library.brief(type_name, path).map(|brief| escaped(&brief));
        // A line in one's own language, then the details as they are to be had.
        match (brief, library.said_in_english(type_name, ask)) {
            (Some(brief), Some(english)) => Some(format!("{brief}\n\n{english}")),
            (brief, english) => brief.or(english),
        }
    })
}

/// All that is said about a property of a type, or, for an empty path, about the type, as data.
pub(crate) fn as_data(prose: &TypeProse, path: &str) -> Option<Value> {
    let said = match path {
        "" if prose.description.is_empty() => return None,
        "" => json!({"description": prose.description, "attributes": prose.attributes}),
        _ => json!(prose.properties.get(path)?),
    };
    Some(said)
}

/// What is said about an attribute of a type. Markdown.
pub(super) fn attribute(library: Library<'_>, type_name: &str, name: &str) -> Option<String> {
    let ask = |prose: &TypeProse| prose.attributes.get(name).map(|text| shown(text));
    library
        .said(type_name, ask)
        .or_else(|| library.said_in_english(type_name, ask))
}

/// What a value of a property means. Markdown.
pub(super) fn meaning(library: Library<'_>, type_name: &str, path: &str, value: &str) -> Option<String> {
    let ask = |prose: &TypeProse| {
        let meaning = prose.properties.get(path)?.meaning(value)?;
        Some(escaped(meaning).replace('\n', " "))
    };
    library
        .said(type_name, ask)
        .or_else(|| library.said_in_english(type_name, ask))
}

/// The lines of what a page says of the values a property takes that say more than the facts tell. Markdown.
pub(super) fn constraint(
    library: Library<'_>,
    type_name: &str,
    path: &str,
    property: &Property,
) -> Option<String> {
    let ask = |prose: &TypeProse| {
        let prose = prose.properties.get(path)?;
        let mut more: Vec<&str> = prose.constraint.lines().collect();
        // What is set as a whole is read as a whole.
        let whole = more.iter().any(|line| line.trim_start().starts_with(['`', '|']));
        if !whole || more.iter().all(|line| is_told(line, prose, property)) {
            more.retain(|line| !is_told(line, prose, property));
        }
        (!more.is_empty()).then(|| shown(&more.join("\n")))
    };
    library
        .said(type_name, ask)
        .or_else(|| library.said_in_english(type_name, ask))
}

/// Whether the facts say all that a line says: nothing but common words is left without them.
fn is_told(line: &str, prose: &PropertyProse, property: &Property) -> bool {
    const COMMON: &str = "a allowed an and are at be between bytes can cannot character characters contain contains default \
                          equal from greater in is it length less maximum minimum most must number of or range ranges set \
                          than the to unit up valid value values with";
    const COMMON_CHINESE: [&str; 18] = [
        "取值范围",
        "可选值",
        "取值",
        "默认值",
        "默认",
        "长度",
        "字符",
        "个",
        "为",
        "至",
        "到",
        "单位",
        "最大",
        "最小",
        "值",
        "或",
        "是",
        "和",
    ];
    let mut facts: Vec<String> = Vec::new();
    let mut add = |text: &str| facts.extend(words_of(text).map(str::to_lowercase));
    for each in std::iter::once(property).chain(property.item.as_deref()) {
        for value in each.values.iter().map(|value| value.value.as_str()) {
            add(value);
            add(prose.meaning(value).unwrap_or_default());
        }
        add(each.default.as_deref().unwrap_or_default());
        add(each.unit.as_deref().unwrap_or_default());
        let numbers = [
            each.min,
            each.max,
            each.min_length.map(f64::from),
            each.max_length.map(f64::from),
        ];
        for number in numbers.into_iter().flatten() {
            add(&number.to_string());
        }
        each.bad_starts.iter().for_each(|start| add(start));
    }
    let mut chinese = line.to_owned();
    for word in COMMON_CHINESE {
        chinese = chinese.replace(word, " ");
    }
    let told = |word: &str| {
        let word = word.to_lowercase();
        facts.contains(&word) || COMMON.split_whitespace().any(|common| common == word)
    };
    words_of(&chinese).all(told)
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Documentation as a card shows it: lines that are meant as lines stay lines, nothing is HTML, and it ends somewhere.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut fenced = false;
    for line in text.lines() {
        if out.len() + line.len() > ROOM {
            out.push_str("\n\n…");
            break;
        }
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if !out.is_empty() {
            out.push_str(if !fenced && ends_line(&out) { "  \n" } else { "\n" });
        }
        match fenced {
            true => out.push_str(line),
            false => out.push_str(&without_html(line)),
        }
    }
    if fenced {
        out.push_str("\n```");
    }
    out
}

/// Whether a line that follows is meant to be one of its own: doc strings list values below each other without bullets.
fn ends_line(before: &str) -> bool {
    before.ends_with(['.', ':', ';', '。', '：', '；', '!', '！'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::AllowedValue;

    #[test]
    fn lines_that_are_meant_as_lines() {
        assert_eq!(
            shown("The kind. Valid values:\na: first\nb: second.\nA sentence that\ngoes on <b>."),
            "The kind. Valid values:  \na: first\nb: second.  \nA sentence that\ngoes on \\<b>."
        );
    }

    #[test]
    fn long_texts_end() {
        let long = "One sentence of some length.\n".repeat(200);
        let shown = shown(&long);
        assert!(
            shown.len() < ROOM + 600 && shown.ends_with('…'),
            "{}",
            shown.len()
        );
    }

    #[test]
    fn a_constraint_that_the_facts_tell() {
        let property = Property {
            values: ["system", "data"]
                .map(|value| AllowedValue { value: value.into() })
                .to_vec(),
            default: Some("data".into()),
            ..Property::default()
        };
        let prose = PropertyProse::default();
        for told in [
            "Valid values: system and data. Default value: data.",
            "取值：\n\n- system\n- data（默认值）",
            "",
        ] {
            assert!(is_told(told, &prose, &property), "{told}");
        }
        for more in ["system needs a snapshot", "取值：system、data。需要快照。"] {
            assert!(!is_told(more, &prose, &property), "{more}");
        }
    }
}
