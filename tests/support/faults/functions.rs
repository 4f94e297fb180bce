//! Arguments of functions: too few, too many, of the wrong kind, out of range; misspelt functions; functions in the wrong
//! place.

use super::case::{Case, Mutation};
use super::places::call;
use super::words::other_case;
use super::{Kind, kind, yaml};
use ros_lsp::template::Form;

/// Name and expression, which stands as the value of an output.
const IN_OUTPUTS: &[(&str, &str)] = &[
    ("Ref of a list", r#"{"Ref": ["ALIYUN::Region"]}"#),
    ("Ref of a map", r#"{"Ref": {"Name": "ALIYUN::Region"}}"#),
    ("Ref of null", r#"{"Ref": null}"#),
    ("Ref of an empty text", r#"{"Ref": ""}"#),
    ("GetAtt of one item", r#"{"Fn::GetAtt": ["NoSuchName"]}"#),
    ("GetAtt of a list without items", r#"{"Fn::GetAtt": []}"#),
    ("GetAtt of null", r#"{"Fn::GetAtt": null}"#),
    ("GetAtt of a map", r#"{"Fn::GetAtt": {"Name": "x"}}"#),
    ("Join of one item", r#"{"Fn::Join": ["-"]}"#),
    ("Join of three items", r#"{"Fn::Join": ["-", ["a"], ["b"]]}"#),
    ("Join of a text", r#"{"Fn::Join": "a-b"}"#),
    ("Join without list", r#"{"Fn::Join": ["-", "a", "b"]}"#),
    ("Join of a text as list", r#"{"Fn::Join": ["-", "ab"]}"#),
    ("Join with a list between", r#"{"Fn::Join": [["-"], ["a", "b"]]}"#),
    ("Join of maps", r#"{"Fn::Join": ["-", [{"a": "b"}]]}"#),
    ("Join of lists", r#"{"Fn::Join": ["-", [["a"], ["b"]]]}"#),
    (
        "Join of a number with a fraction",
        r#"{"Fn::Join": ["-", [1.5]]}"#,
    ),
    ("Join of null", r#"{"Fn::Join": null}"#),
    ("Sub of three items", r#"{"Fn::Sub": ["${a}", {"a": "b"}, "c"]}"#),
    ("Sub of one item", r#"{"Fn::Sub": ["a"]}"#),
    ("Sub with a list of variables", r#"{"Fn::Sub": ["${a}", ["b"]]}"#),
    ("Sub of a map", r#"{"Fn::Sub": {"a": "b"}}"#),
    ("Sub of a number", r#"{"Fn::Sub": 5}"#),
    ("Sub of a function", r#"{"Fn::Sub": {"Ref": "ALIYUN::Region"}}"#),
    ("Split of one item", r#"{"Fn::Split": ["-"]}"#),
    ("Split of three items", r#"{"Fn::Split": ["-", "a-b", "c"]}"#),
    ("Split of a text", r#"{"Fn::Split": "a-b"}"#),
    ("Split at nothing", r#"{"Fn::Split": ["", "a-b"]}"#),
    ("Split of a list", r#"{"Fn::Split": ["-", ["a-b"]]}"#),
    ("Split of a number", r#"{"Fn::Split": ["-", 5]}"#),
    ("Replace of one item", r#"{"Fn::Replace": [{"a": "b"}]}"#),
    (
        "Replace of three items",
        r#"{"Fn::Replace": [{"a": "b"}, "abc", "d"]}"#,
    ),
    ("Replace without map", r#"{"Fn::Replace": ["a", "abc"]}"#),
    ("Replace in a list", r#"{"Fn::Replace": [{"a": "b"}, ["abc"]]}"#),
    ("Replace by a list", r#"{"Fn::Replace": [{"a": ["b"]}, "abc"]}"#),
    ("Base64Encode of a list", r#"{"Fn::Base64Encode": ["a"]}"#),
    ("Base64Encode of a number", r#"{"Fn::Base64Encode": 5}"#),
    ("Base64Decode of a list", r#"{"Fn::Base64Decode": ["YQ=="]}"#),
    ("Base64Decode of no such text", r#"{"Fn::Base64Decode": "a b c"}"#),
    ("Indent of one item", r#"{"Fn::Indent": ["a"]}"#),
    ("Indent of five items", r#"{"Fn::Indent": ["a", 1, 2, true, 3]}"#),
    ("Indent by 21 levels", r#"{"Fn::Indent": ["a", 21]}"#),
    ("Indent by a word", r#"{"Fn::Indent": ["a", "two"]}"#),
    ("Indent by levels of 5", r#"{"Fn::Indent": ["a", 1, 5]}"#),
    ("Indent of a list", r#"{"Fn::Indent": [["a"], 1]}"#),
    ("FormatTime of a list of lists", r#"{"Fn::FormatTime": [["%Y"]]}"#),
    (
        "FormatTime of three items",
        r#"{"Fn::FormatTime": ["%Y", "UTC", "x"]}"#,
    ),
    ("FormatTime of a number", r#"{"Fn::FormatTime": 5}"#),
    ("MatchPattern of one item", r#"{"Fn::MatchPattern": ["[a-z]+"]}"#),
    (
        "MatchPattern of three items",
        r#"{"Fn::MatchPattern": ["[a-z]+", "a", "b"]}"#,
    ),
    (
        "MatchPattern of a malformed pattern",
        r#"{"Fn::MatchPattern": ["[a-z", "a"]}"#,
    ),
    (
        "MatchPattern of a list",
        r#"{"Fn::MatchPattern": ["[a-z]+", ["a"]]}"#,
    ),
    ("Select of one item", r#"{"Fn::Select": ["0"]}"#),
    (
        "Select of five items",
        r#"{"Fn::Select": ["0", ["a"], "b", "c", "d"]}"#,
    ),
    ("Select of a text", r#"{"Fn::Select": "0"}"#),
    (
        "Select with a word in a list",
        r#"{"Fn::Select": ["first", ["a"]]}"#,
    ),
    (
        "Select with a fraction in a list",
        r#"{"Fn::Select": ["1.5", ["a"]]}"#,
    ),
    (
        "Select with a step of 0",
        r#"{"Fn::Select": ["0:2:0", ["a", "b"]]}"#,
    ),
    ("Select in a number", r#"{"Fn::Select": ["0", 5]}"#),
    ("Select in a plain text", r#"{"Fn::Select": ["0", "a,b"]}"#),
    (
        "Select with a number in a map",
        r#"{"Fn::Select": [0, {"a": "b"}]}"#,
    ),
    ("Select with a list", r#"{"Fn::Select": [["0"], ["a"]]}"#),
    ("Index of one item", r#"{"Fn::Index": ["a"]}"#),
    ("Index of three items", r#"{"Fn::Index": ["a", ["a"], "b"]}"#),
    ("Index in a text", r#"{"Fn::Index": ["a", "abc"]}"#),
    ("Length of a number", r#"{"Fn::Length": 5}"#),
    ("Length of a boolean", r#"{"Fn::Length": true}"#),
    ("ListMerge of texts", r#"{"Fn::ListMerge": ["a", "b"]}"#),
    ("ListMerge of a text", r#"{"Fn::ListMerge": "a"}"#),
    ("ListMerge of maps", r#"{"Fn::ListMerge": [{"a": "b"}]}"#),
    ("MergeMapToList of texts", r#"{"Fn::MergeMapToList": ["a"]}"#),
    (
        "MergeMapToList of maps with two keys",
        r#"{"Fn::MergeMapToList": [{"a": ["b"], "c": ["d"]}]}"#,
    ),
    (
        "MergeMapToList of texts in maps",
        r#"{"Fn::MergeMapToList": [{"a": "b"}]}"#,
    ),
    (
        "MergeMapToList of a map",
        r#"{"Fn::MergeMapToList": {"a": ["b"]}}"#,
    ),
    ("SelectMapList of one item", r#"{"Fn::SelectMapList": ["a"]}"#),
    (
        "SelectMapList of three items",
        r#"{"Fn::SelectMapList": ["a", [{"a": "b"}], "c"]}"#,
    ),
    ("SelectMapList of texts", r#"{"Fn::SelectMapList": ["a", ["b"]]}"#),
    ("MergeMap of one map", r#"{"Fn::MergeMap": [{"a": "b"}]}"#),
    ("MergeMap of lists", r#"{"Fn::MergeMap": [["a"], ["b"]]}"#),
    ("GetJsonValue of one item", r#"{"Fn::GetJsonValue": ["a"]}"#),
    (
        "GetJsonValue of three items",
        r#"{"Fn::GetJsonValue": ["a", "{}", "b"]}"#,
    ),
    (
        "GetJsonValue of no JSON",
        r#"{"Fn::GetJsonValue": ["a", "a: b"]}"#,
    ),
    ("GetJsonValue of a list", r#"{"Fn::GetJsonValue": ["a", ["b"]]}"#),
    ("Jq of two items", r#"{"Fn::Jq": ["First", ".a"]}"#),
    (
        "Jq of four items",
        r#"{"Fn::Jq": ["First", ".a", {"a": "b"}, "c"]}"#,
    ),
    (
        "Jq of no such method",
        r#"{"Fn::Jq": ["Last", ".a", {"a": "b"}]}"#,
    ),
    ("Jq in no JSON", r#"{"Fn::Jq": ["First", ".a", "a: b"]}"#),
    (
        "Jq of a number as script",
        r#"{"Fn::Jq": ["First", 5, {"a": "b"}]}"#,
    ),
    ("Cidr of two items", r#"{"Fn::Cidr": ["10.0.0.0/16", 4]}"#),
    ("Cidr of four items", r#"{"Fn::Cidr": ["10.0.0.0/16", 4, 8, 1]}"#),
    (
        "Cidr of a malformed block",
        r#"{"Fn::Cidr": ["10.0.0.0/33", 4, 8]}"#,
    ),
    ("Cidr of 257 blocks", r#"{"Fn::Cidr": ["10.0.0.0/8", 257, 8]}"#),
    ("Cidr of no blocks", r#"{"Fn::Cidr": ["10.0.0.0/8", 0, 8]}"#),
    ("Cidr of 33 bits", r#"{"Fn::Cidr": ["10.0.0.0/8", 4, 33]}"#),
    (
        "Cidr of blocks that have no room",
        r#"{"Fn::Cidr": ["10.0.0.0/24", 4, 8]}"#,
    ),
    (
        "Cidr of a word as count",
        r#"{"Fn::Cidr": ["10.0.0.0/16", "four", 8]}"#,
    ),
    ("GetAZs of a list", r#"{"Fn::GetAZs": ["a", "b"]}"#),
    ("GetAZs of a number", r#"{"Fn::GetAZs": 5}"#),
    (
        "FindInMap of two items",
        r#"{"Fn::FindInMap": ["NoSuchName", "a"]}"#,
    ),
    ("FindInMap of a text", r#"{"Fn::FindInMap": "NoSuchName"}"#),
    (
        "FindInMap of an unknown mapping",
        r#"{"Fn::FindInMap": ["NoSuchName", "a", "b"]}"#,
    ),
    (
        "GetStackOutput of one item",
        r#"{"Fn::GetStackOutput": ["stack"]}"#,
    ),
    (
        "GetStackOutput of four items",
        r#"{"Fn::GetStackOutput": ["stack", "a", "cn-beijing", "b"]}"#,
    ),
    ("GetStackOutput of a text", r#"{"Fn::GetStackOutput": "stack"}"#),
    ("Add of one item", r#"{"Fn::Add": [1]}"#),
    ("Add of texts", r#"{"Fn::Add": ["1", "2"]}"#),
    ("Add of a number and a list", r#"{"Fn::Add": [1, ["a"]]}"#),
    ("Add of a text", r#"{"Fn::Add": "1"}"#),
    ("Avg of one item", r#"{"Fn::Avg": [[1, 2]]}"#),
    ("Avg of nothing", r#"{"Fn::Avg": [1, []]}"#),
    ("Avg of words", r#"{"Fn::Avg": [1, ["a", "b"]]}"#),
    ("Avg to a word of digits", r#"{"Fn::Avg": ["one", [1, 2]]}"#),
    ("Max of words", r#"{"Fn::Max": ["a", "b"]}"#),
    ("Max of lists", r#"{"Fn::Max": [[1], [2]]}"#),
    ("Max of a number", r#"{"Fn::Max": 5}"#),
    ("Min of words", r#"{"Fn::Min": ["a", "b"]}"#),
    ("Min of maps", r#"{"Fn::Min": [{"a": 1}]}"#),
    ("Calculate of one item", r#"{"Fn::Calculate": ["1+1"]}"#),
    (
        "Calculate of four items",
        r#"{"Fn::Calculate": ["1+1", 0, [1], 2]}"#,
    ),
    ("Calculate with letters", r#"{"Fn::Calculate": ["a+1", 0]}"#),
    ("Calculate with a power", r#"{"Fn::Calculate": ["2**3", 0]}"#),
    (
        "Calculate with a number that is not given",
        r#"{"Fn::Calculate": ["{0}+{3}", 0, [1, 2]]}"#,
    ),
    ("Calculate divided by zero", r#"{"Fn::Calculate": ["1/0", 0]}"#),
    (
        "Calculate to a word of digits",
        r#"{"Fn::Calculate": ["1+1", "two"]}"#,
    ),
    (
        "Calculate with an open parenthesis",
        r#"{"Fn::Calculate": ["(1+1", 0]}"#,
    ),
    (
        "Calculate with words as numbers",
        r#"{"Fn::Calculate": ["{0}+1", 0, ["a"]]}"#,
    ),
    ("If of two items", r#"{"Fn::If": ["NoSuchCondition", "a"]}"#),
    (
        "If of four items",
        r#"{"Fn::If": ["NoSuchCondition", "a", "b", "c"]}"#,
    ),
    ("If of a text", r#"{"Fn::If": "NoSuchCondition"}"#),
    (
        "If of an unknown condition",
        r#"{"Fn::If": ["NoSuchCondition", "a", "b"]}"#,
    ),
    ("If of null", r#"{"Fn::If": [null, "a", "b"]}"#),
    ("Any of a text", r#"{"Fn::Any": "a"}"#),
    ("Contains of one item", r#"{"Fn::Contains": [["a"]]}"#),
    ("Contains in a text", r#"{"Fn::Contains": ["abc", "a"]}"#),
    (
        "Contains of three items",
        r#"{"Fn::Contains": [["a"], "a", "b"]}"#,
    ),
    ("EachMemberIn of one item", r#"{"Fn::EachMemberIn": [["a"]]}"#),
    ("EachMemberIn of texts", r#"{"Fn::EachMemberIn": ["a", "b"]}"#),
    ("MarketplaceImage of a list", r#"{"Fn::MarketplaceImage": ["a"]}"#),
    (
        "MarketplaceImage of an empty text",
        r#"{"Fn::MarketplaceImage": ""}"#,
    ),
    ("Equals as a value", r#"{"Fn::Equals": ["a", "b"]}"#),
    (
        "And as a value",
        r#"{"Fn::And": [{"Fn::Equals": [1, 1]}, {"Fn::Equals": [1, 1]}]}"#,
    ),
    (
        "Or as a value",
        r#"{"Fn::Or": [{"Fn::Equals": [1, 1]}, {"Fn::Equals": [1, 1]}]}"#,
    ),
    ("Not as a value", r#"{"Fn::Not": {"Fn::Equals": [1, 1]}}"#),
    ("function misspelt", r#"{"Fn::Joinn": ["-", ["a"]]}"#),
    (
        "function misspelt, GetAtt",
        r#"{"Fn::GetAttr": ["NoSuchName", "Name"]}"#,
    ),
    ("function in lower case", r#"{"Fn::join": ["-", ["a"]]}"#),
    ("function with a lower prefix", r#"{"fn::Join": ["-", ["a"]]}"#),
    ("function with a single colon", r#"{"Fn:Join": ["-", ["a"]]}"#),
    (
        "function with a misspelt prefix",
        r#"{"Fnn::Join": ["-", ["a"]]}"#,
    ),
    (
        "function with a misspelt prefix, GetAtt",
        r#"{"Fnn::GetAtt": ["NoSuchName", "Name"]}"#,
    ),
    ("Ref in lower case", r#"{"ref": "ALIYUN::Region"}"#),
    ("Ref with a prefix", r#"{"Fn::Ref": "ALIYUN::Region"}"#),
    (
        "function of another cloud, ImportValue",
        r#"{"Fn::ImportValue": "x"}"#,
    ),
    (
        "function of another cloud, Transform",
        r#"{"Fn::Transform": {"Name": "x"}}"#,
    ),
    (
        "function of another cloud, ForEach",
        r#"{"Fn::ForEach": ["x", ["a"], {}]}"#,
    ),
    (
        "function of another cloud, ToJsonString",
        r#"{"Fn::ToJsonString": {"a": "b"}}"#,
    ),
    (
        "key beside a function",
        r#"{"Fn::Join": ["-", ["a"]], "Zweck": "x"}"#,
    ),
    (
        "two functions in a map",
        r#"{"Fn::Join": ["-", ["a"]], "Ref": "ALIYUN::Region"}"#,
    ),
    (
        "nested function of the wrong arity",
        r#"{"Fn::Join": ["-", [{"Fn::Select": ["0"]}]]}"#,
    ),
    (
        "nested undefined reference",
        r#"{"Fn::Join": ["-", ["a", {"Ref": "NoSuchName"}]]}"#,
    ),
    (
        "nested function misspelt",
        r#"{"Fn::Join": ["-", ["a", {"Fn::Selct": ["0", ["a"]]}]]}"#,
    ),
    (
        "nested function returns a list",
        r#"{"Fn::Join": ["-", [{"Fn::Split": [",", "a,b"]}]]}"#,
    ),
    (
        "nested function returns a text",
        r#"{"Fn::Select": ["0", {"Fn::Join": ["-", ["a", "b"]]}]}"#,
    ),
];

/// Name and expression, which stands as a condition.
const IN_CONDITIONS: &[(&str, &str)] = &[
    ("Equals of one item", r#"{"Fn::Equals": ["a"]}"#),
    ("Equals of three items", r#"{"Fn::Equals": ["a", "b", "c"]}"#),
    ("Equals of a text", r#"{"Fn::Equals": "a"}"#),
    ("And of one item", r#"{"Fn::And": [{"Fn::Equals": [1, 1]}]}"#),
    ("And of a map", r#"{"Fn::And": {"Fn::Equals": [1, 1]}}"#),
    ("And of nothing", r#"{"Fn::And": []}"#),
    ("Or of one item", r#"{"Fn::Or": [{"Fn::Equals": [1, 1]}]}"#),
    ("Or of a text", r#"{"Fn::Or": "a"}"#),
    ("Or of numbers", r#"{"Fn::Or": [1, 2]}"#),
    (
        "Not of two items",
        r#"{"Fn::Not": [{"Fn::Equals": [1, 1]}, {"Fn::Equals": [1, 1]}]}"#,
    ),
    ("Not of nothing", r#"{"Fn::Not": []}"#),
    ("Not of null", r#"{"Fn::Not": null}"#),
    ("function misspelt in a condition", r#"{"Fn::Equal": ["a", "b"]}"#),
    (
        "function in lower case in a condition",
        r#"{"Fn::equals": ["a", "b"]}"#,
    ),
    (
        "If as a condition's root",
        r#"{"Fn::If": ["NoSuchCondition", true, false]}"#,
    ),
    (
        "GetStackOutput in a condition",
        r#"{"Fn::Equals": [{"Fn::GetStackOutput": ["a", "b"]}, "x"]}"#,
    ),
    (
        "keys beside a function in a condition",
        r#"{"Fn::Equals": ["a", "b"], "Fn::Not": "x"}"#,
    ),
    (
        "key of another cloud in a condition",
        r#"{"Condition": "NoSuchCondition"}"#,
    ),
    (
        "wrong arity inside a condition",
        r#"{"Fn::Not": {"Fn::Equals": ["a"]}}"#,
    ),
];

/// Name and expression, which stands where a property takes a text.
const IN_TEXTS: &[(&str, &str)] = &[
    ("list-yielding Split for a text", r#"{"Fn::Split": [",", "a,b"]}"#),
    (
        "list-yielding ListMerge for a text",
        r#"{"Fn::ListMerge": [["a"], ["b"]]}"#,
    ),
    (
        "list-yielding GetAZs for a text",
        r#"{"Fn::GetAZs": {"Ref": "ALIYUN::Region"}}"#,
    ),
    ("misspelt function for a text", r#"{"Fn::Joim": ["-", ["a"]]}"#),
    ("Join of one item for a text", r#"{"Fn::Join": ["-"]}"#),
    ("undefined reference for a text", r#"{"Ref": "NoSuchName"}"#),
    (
        "undefined variable for a text",
        r#"{"Fn::Sub": "a-${NoSuchName}"}"#,
    ),
    ("text with a variable but without Sub", r#""a-${ALIYUN::Region}""#),
    ("pseudo parameter as plain text", r#""ALIYUN::Region""#),
];

pub(super) fn kinds() -> Vec<Kind> {
    let mut all = Vec::new();
    let tables = [
        (IN_OUTPUTS, Case::as_output as fn(&Case, &str) -> Vec<Mutation>),
        (IN_CONDITIONS, Case::as_condition),
        (IN_TEXTS, Case::as_property),
    ];
    for (table, place) in tables {
        for (name, json) in table {
            all.push(kind(name, move |case| place(case, json)));
        }
    }
    all.extend(names());
    all.extend(tags());
    all
}

/// Functions of real templates under other names, and with an item more or less.
fn names() -> Vec<Kind> {
    let mut all = Vec::new();
    for function in [
        "Fn::Join",
        "Fn::GetAtt",
        "Fn::Sub",
        "Fn::Select",
        "Fn::If",
        "Fn::FindInMap",
        "Fn::Equals",
    ] {
        let short = &function[4..];
        all.push(kind(&format!("{short} misspelt where it is used"), move |case| {
            renamed(case, function, super::words::typo)
        }));
        if !matches!(function, "Fn::Sub" | "Fn::Select") {
            all.push(kind(&format!("{short} with one more item"), move |case| {
                let calls = case.calls(function).into_iter();
                calls
                    .filter_map(|call| {
                        let last = call.argument.items().last()?;
                        if last.node.format() != ros_lsp::syntax::Format::Json
                            && call.argument.node.style() != ros_lsp::syntax::Style::Flow
                        {
                            return None;
                        }
                        let end = last.node.range().end as usize;
                        Some(case.replace(end..end, ", \"x\"").blaming(call.node))
                    })
                    .collect()
            }));
        }
    }
    all
}

fn renamed(case: &Case, function: &str, change: fn(&str) -> String) -> Vec<Mutation> {
    let calls = case.calls(function).into_iter();
    calls
        .map(|call| {
            let range = call.name_range.as_usize();
            let written = &case.text[range.clone()];
            let at = written.find(&function[4..]).unwrap_or(0);
            let name = range.start + at;
            case.replace(name..name + function.len() - 4, &change(&function[4..]))
        })
        .collect()
}

/// Short tags.
fn tags() -> Vec<Kind> {
    let tagged = |function: &'static str, tag: &'static str| {
        move |case: &Case| -> Vec<Mutation> {
            let calls = case.calls(function).into_iter();
            calls
                .filter(|call| call.form == Form::Tag)
                .map(|call| case.replace(call.name_range.as_usize(), tag))
                .collect()
        }
    };
    vec![
        yaml("tag in lower case, ref", tagged("Ref", "!ref")),
        yaml("tag in lower case, getatt", tagged("Fn::GetAtt", "!getatt")),
        yaml("tag in lower case, join", tagged("Fn::Join", "!join")),
        yaml("tag misspelt, Ref", tagged("Ref", "!Reff")),
        yaml("tag misspelt, GetAtt", tagged("Fn::GetAtt", "!GetAttr")),
        yaml("tag misspelt, Sub", tagged("Fn::Sub", "!Subs")),
        yaml("tag with the long name", tagged("Fn::Join", "!Fn::Join")),
        yaml("GetAtt in long form of a text", |case| {
            case.as_output("{\"Fn::GetAtt\": \"NoSuchName.Name\"}")
        }),
        yaml("exclamation mark missing", |case| {
            let calls = case.calls("Ref").into_iter();
            calls
                .filter(|call| call.form == Form::Tag && call.argument.node.is_scalar())
                .filter(|call| {
                    call.argument
                        .literal()
                        .is_some_and(|name| name.starts_with("ALIYUN::"))
                })
                .map(|call| {
                    let at = call.name_range.start as usize;
                    let key_or_item = case.replace(at..at + 1, "");
                    key_or_item.blaming(call.node)
                })
                .collect()
        }),
        kind("function name in the wrong case where it is used", |case| {
            renamed(case, "Fn::Join", other_case)
        }),
        kind("value beside a long form", |case| {
            let calls = case.calls("Ref").into_iter();
            calls
                .filter(|call| call.form == Form::Long && super::places::call(call.node).is_some())
                .filter_map(|call| Some(case.insert(call.node, "Zweck", "\"x\"")?.blaming(call.node)))
                .collect()
        }),
        kind("condition in place of a resource's value", |case| {
            let all = case.attributes("Outputs", "Value").into_iter();
            all.filter(|(_, value)| call(value.value).is_some())
                .map(|(_, value)| case.set(value, r#"{"Fn::Not": "NoSuchCondition"}"#))
                .collect()
        }),
    ]
}
