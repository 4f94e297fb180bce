//! Parameters: defaults against their own limits, limits that cannot be, names, console metadata; locals and rules.

use super::case::{Case, Mutation};
use super::places::{is_written_out, literal};
use super::words::{other_case, typo};
use super::{Kind, kind};

/// Name and declaration of a whole parameter.
const WHOLE: &[(&str, &str)] = &[
    (
        "default not among the allowed values",
        r#"{"Type": "String", "AllowedValues": ["a", "b"], "Default": "c"}"#,
    ),
    (
        "number default not among the allowed values",
        r#"{"Type": "Number", "AllowedValues": [1, 2], "Default": 3}"#,
    ),
    (
        "default too long",
        r#"{"Type": "String", "MaxLength": 3, "Default": "abcd"}"#,
    ),
    (
        "default too short",
        r#"{"Type": "String", "MinLength": 3, "Default": "ab"}"#,
    ),
    (
        "default above the greatest",
        r#"{"Type": "Number", "MaxValue": 3, "Default": 4}"#,
    ),
    (
        "default below the least",
        r#"{"Type": "Number", "MinValue": 3, "Default": 2}"#,
    ),
    (
        "default against the pattern",
        r#"{"Type": "String", "AllowedPattern": "[a-z]+", "Default": "ABC"}"#,
    ),
    (
        "default of a number is a word",
        r#"{"Type": "Number", "Default": "eight"}"#,
    ),
    (
        "default of a boolean is a word",
        r#"{"Type": "Boolean", "Default": "maybe"}"#,
    ),
    (
        "default of a number is a list",
        r#"{"Type": "Number", "Default": [1]}"#,
    ),
    (
        "default of a text is a list",
        r#"{"Type": "String", "Default": ["a"]}"#,
    ),
    (
        "default of a text is a map",
        r#"{"Type": "String", "Default": {"a": "b"}}"#,
    ),
    (
        "default of Json is no JSON",
        r#"{"Type": "Json", "Default": "{a: b"}"#,
    ),
    (
        "default of a comma-delimited list is a map",
        r#"{"Type": "CommaDelimitedList", "Default": {"a": "b"}}"#,
    ),
    (
        "default is a function",
        r#"{"Type": "String", "Default": {"Ref": "ALIYUN::Region"}}"#,
    ),
    (
        "allowed values are functions",
        r#"{"Type": "String", "AllowedValues": [{"Ref": "ALIYUN::Region"}]}"#,
    ),
    (
        "allowed value of a number is a word",
        r#"{"Type": "Number", "AllowedValues": ["eight", 2]}"#,
    ),
    (
        "least length above the greatest",
        r#"{"Type": "String", "MinLength": 5, "MaxLength": 3}"#,
    ),
    (
        "least value above the greatest",
        r#"{"Type": "Number", "MinValue": 5, "MaxValue": 3}"#,
    ),
    (
        "malformed pattern, bracket",
        r#"{"Type": "String", "AllowedPattern": "[a-z"}"#,
    ),
    (
        "malformed pattern, parenthesis",
        r#"{"Type": "String", "AllowedPattern": "(a|b"}"#,
    ),
    (
        "malformed pattern, repetition",
        r#"{"Type": "String", "AllowedPattern": "*a"}"#,
    ),
    (
        "malformed pattern, range",
        r#"{"Type": "String", "AllowedPattern": "[z-a]"}"#,
    ),
    (
        "malformed pattern, escape",
        r#"{"Type": "String", "AllowedPattern": "a\\z"}"#,
    ),
    (
        "malformed pattern, named group",
        r#"{"Type": "String", "AllowedPattern": "(?<n>a)"}"#,
    ),
    (
        "malformed pattern, two repetitions",
        r#"{"Type": "String", "AllowedPattern": "a{1,2}{2}"}"#,
    ),
    (
        "malformed pattern, looking behind",
        r#"{"Type": "String", "AllowedPattern": "(?<=a+)b"}"#,
    ),
    (
        "pattern of a number",
        r#"{"Type": "Number", "AllowedPattern": "[0-9]+"}"#,
    ),
    ("least value of a text", r#"{"Type": "String", "MinValue": 3}"#),
    ("greatest value of a text", r#"{"Type": "String", "MaxValue": 3}"#),
    (
        "least length of a number",
        r#"{"Type": "Number", "MinLength": 3}"#,
    ),
    ("parameter type in lower case", r#"{"Type": "string"}"#),
    ("parameter type of another cloud", r#"{"Type": "List<Number>"}"#),
    ("parameter type that is none", r#"{"Type": "Integer"}"#),
    (
        "confirmed without being hidden",
        r#"{"Type": "String", "Confirm": true}"#,
    ),
    ("hidden by a word", r#"{"Type": "String", "NoEcho": "sure"}"#),
    ("parameter without type", r#"{"Description": "x"}"#),
    ("parameter that is a text", r#""String""#),
    ("parameter that is null", "null"),
    ("parameter that is a list", r#"["String"]"#),
    (
        "association property misspelt",
        r#"{"Type": "String", "AssociationProperty": "ALIYUN::ECS::VPC::VPCIdd"}"#,
    ),
    (
        "association property in lower case",
        r#"{"Type": "String", "AssociationProperty": "aliyun::ecs::vpc::vpcid"}"#,
    ),
    (
        "association metadata key misspelt",
        r#"{"Type": "String", "AssociationProperty": "ALIYUN::VPC::VSwitch::VSwitchId", "AssociationPropertyMetadata": {"VpcIdd": "vpc-1"}}"#,
    ),
    (
        "association metadata key in lower case",
        r#"{"Type": "String", "AssociationProperty": "ALIYUN::VPC::VSwitch::VSwitchId", "AssociationPropertyMetadata": {"vpcId": "vpc-1"}}"#,
    ),
    (
        "association metadata is a text",
        r#"{"Type": "String", "AssociationProperty": "ALIYUN::ECS::VPC::VPCId", "AssociationPropertyMetadata": "x"}"#,
    ),
    (
        "association metadata of nothing known",
        r#"{"Type": "String", "AssociationProperty": "ALIYUN::VPC::VSwitch::VSwitchId", "AssociationPropertyMetadata": {"VpcId": "${NoSuchName}"}}"#,
    ),
    (
        "association metadata of itself",
        r#"{"Type": "String", "AssociationProperty": "ALIYUN::VPC::VSwitch::VSwitchId", "AssociationPropertyMetadata": {"VpcId": "${FaultyName}"}}"#,
    ),
    (
        "visible under no such function",
        r#"{"Type": "String", "AssociationPropertyMetadata": {"Visible": {"Condition": {"Fn::Equal": ["${ALIYUN::Region}", "x"]}}}}"#,
    ),
    (
        "visible under a name that is not given",
        r#"{"Type": "String", "AssociationPropertyMetadata": {"Visible": {"Condition": {"Fn::Equals": ["${NoSuchName}", "x"]}}}}"#,
    ),
    (
        "visible under the wrong number of items",
        r#"{"Type": "String", "AssociationPropertyMetadata": {"Visible": {"Condition": {"Fn::Equals": ["x"]}}}}"#,
    ),
    (
        "visible is a text",
        r#"{"Type": "String", "AssociationPropertyMetadata": {"Visible": "yes"}}"#,
    ),
];

/// Name and declaration of a whole local.
const LOCALS: &[(&str, &str)] = &[
    ("local without value", r#"{"Type": "Macro"}"#),
    ("local of no such type", r#"{"Type": "Zweck", "Value": "x"}"#),
    (
        "local with the type in lower case",
        r#"{"Type": "eval", "Value": "x"}"#,
    ),
    (
        "local with an unknown key",
        r#"{"Type": "Macro", "Value": "x", "Zweck": "y"}"#,
    ),
    (
        "local with properties",
        r#"{"Type": "Macro", "Value": "x", "Properties": {}}"#,
    ),
    ("local of nothing known", r#"{"Value": {"Ref": "NoSuchName"}}"#),
    ("local of itself", r#"{"Value": {"Ref": "FaultyName"}}"#),
    ("local that is a text", r#""x""#),
    ("local that is null", "null"),
    (
        "local data source with value",
        r#"{"Type": "DATASOURCE::VPC::Vpcs", "Value": "x"}"#,
    ),
    ("local of the wrong arity", r#"{"Value": {"Fn::Join": ["-"]}}"#),
    (
        "computed local of the stack's id",
        r#"{"Type": "Eval", "Value": {"Ref": "ALIYUN::StackId"}}"#,
    ),
];

/// Name and declaration of a whole rule.
const RULES: &[(&str, &str)] = &[
    (
        "rule without assertions",
        r#"{"RuleCondition": {"Fn::Equals": ["a", "b"]}}"#,
    ),
    ("rule with assertions that are a text", r#"{"Assertions": "x"}"#),
    ("rule without items of assertions", r#"{"Assertions": []}"#),
    (
        "rule with an unknown key",
        r#"{"Assertions": [{"Assert": {"Fn::Equals": ["a", "b"]}, "AssertDescription": "x"}], "Zweck": "x"}"#,
    ),
    (
        "rule with an assertion that asserts nothing",
        r#"{"Assertions": [{"AssertDescription": "x"}]}"#,
    ),
    (
        "rule with an unknown key in an assertion",
        r#"{"Assertions": [{"Assert": {"Fn::Equals": ["a", "b"]}, "AssertDescriptio": "x"}]}"#,
    ),
    (
        "rule of nothing known",
        r#"{"Assertions": [{"Assert": {"Fn::Equals": [{"Ref": "NoSuchName"}, "b"]}, "AssertDescription": "x"}]}"#,
    ),
    (
        "rule that reads an attribute",
        r#"{"Assertions": [{"Assert": {"Fn::Equals": [{"Fn::GetAtt": ["NoSuchName", "Name"]}, "b"]}, "AssertDescription": "x"}]}"#,
    ),
    (
        "rule of the wrong arity",
        r#"{"Assertions": [{"Assert": {"Fn::Equals": ["b"]}, "AssertDescription": "x"}]}"#,
    ),
    (
        "rule condition of no such function",
        r#"{"RuleCondition": {"Fn::Equal": ["a", "b"]}, "Assertions": [{"Assert": {"Fn::Equals": ["a", "b"]}, "AssertDescription": "x"}]}"#,
    ),
    ("rule that is a text", r#""x""#),
];

pub(super) fn kinds() -> Vec<Kind> {
    let mut all = Vec::new();
    for (section, table) in [("Parameters", WHOLE), ("Locals", LOCALS), ("Rules", RULES)] {
        for (name, json) in table {
            all.push(kind(name, move |case| {
                let inserted = case.insert_into(section, "FaultyName", json);
                inserted.into_iter().collect()
            }));
        }
    }
    all.extend(changed());
    all
}

/// Parameters of real templates.
fn changed() -> Vec<Kind> {
    vec![
        kind("allowed value misspelt in the default", |case| {
            let found = case.attributes("Parameters", "AllowedValues").into_iter();
            found
                .filter_map(|(owner, values)| {
                    let default = owner.value.entry("Default")?;
                    let value = literal(Some(default.value))?;
                    let wrong = typo(&value);
                    let has = |text: &str| {
                        values
                            .value
                            .items()
                            .any(|item| item.text().as_deref() == Some(text))
                    };
                    (value.len() > 3 && has(&value) && !has(&wrong))
                        .then(|| case.set(default, &format!("\"{wrong}\"")).blaming(values.key))
                })
                .collect()
        }),
        kind("parameter type misspelt", |case| of_type(case, typo)),
        kind("parameter type in the wrong case", |case| {
            of_type(case, other_case)
        }),
        kind("parameter type doubled", |case| {
            of_type(case, |of| format!("{of}{of}"))
        }),
        kind("parameter with a blank in its name", |case| {
            let inserted = case.insert_into("Parameters", "Faulty Name", r#"{"Type": "String"}"#);
            inserted.into_iter().collect()
        }),
        kind("number default is a word where it is given", |case| {
            let parameters = case.parameters(&["Number"]).into_iter();
            parameters
                .filter_map(|entry| Some(case.set(entry.value.entry("Default")?, "\"eight\"")))
                .collect()
        }),
        kind("boolean default is a word where it is given", |case| {
            let parameters = case.parameters(&["Boolean"]).into_iter();
            parameters
                .filter_map(|entry| Some(case.set(entry.value.entry("Default")?, "\"maybe\"")))
                .collect()
        }),
        kind("default is a function where it is given", |case| {
            let found = case.attributes("Parameters", "Default").into_iter();
            found
                .map(|(_, default)| case.set(default, r#"{"Ref": "ALIYUN::Region"}"#))
                .collect()
        }),
        kind("association property misspelt where it is given", |case| {
            association(case, typo)
        }),
        kind(
            "association property in the wrong case where it is given",
            |case| association(case, |name| name.to_lowercase()),
        ),
        kind("name in association metadata misspelt", |case| {
            let found = case
                .attributes("Parameters", "AssociationPropertyMetadata")
                .into_iter();
            let names = found.flat_map(|(_, metadata)| metadata.value.entries());
            names
                .filter_map(|entry| {
                    let value = literal(Some(entry.value))?;
                    let name = value.strip_prefix("${")?.strip_suffix('}')?;
                    case.root().get("Parameters")?.get(name)?;
                    Some(case.set(entry, &format!("\"${{{}}}\"", typo(name))))
                })
                .collect()
        }),
        kind("key of association metadata in the wrong case", |case| {
            let found = case
                .attributes("Parameters", "AssociationPropertyMetadata")
                .into_iter();
            let known = ["VpcId", "ZoneId", "RegionId", "InstanceChargeType", "Visible"];
            let keys = found.flat_map(|(_, metadata)| metadata.value.entries());
            keys.filter(|entry| entry.key.text().is_some_and(|key| known.contains(&&*key)))
                .filter_map(|entry| Some(case.rename(entry, &other_case(&entry.key.text()?))))
                .collect()
        }),
        kind("default outside of the limits", |case| {
            let found = case.attributes("Parameters", "MaxValue").into_iter();
            found
                .filter_map(|(owner, most)| {
                    let most = most.value.text()?.parse::<f64>().ok()?;
                    let default = owner.value.entry("Default")?;
                    Some(case.set(default, &(most + 1.0).to_string()).blaming(owner.value))
                })
                .collect()
        }),
        kind("local of a name that a parameter has", |case| {
            let parameters = case.entries("Parameters").into_iter();
            let faults = parameters.take(3).filter_map(|entry| {
                let name = entry.key.text()?;
                if !name.chars().all(char::is_alphanumeric) {
                    return None;
                }
                Some(
                    case.insert_into("Locals", &name, r#"{"Value": "x"}"#)?
                        .blaming(entry.key),
                )
            });
            faults.collect()
        }),
        kind("local in `Fn::Sub`", |case| {
            let local = case.insert_into("Locals", "FaultyName", r#"{"Value": "x"}"#);
            let outputs = case.insert_into(
                "Outputs",
                "FaultyOutput",
                r#"{"Value": {"Fn::Sub": "${FaultyName}"}}"#,
            );
            local
                .zip(outputs)
                .map(|(local, output)| output.with(local))
                .into_iter()
                .collect()
        }),
    ]
}

fn of_type(case: &Case, change: impl Fn(&str) -> String) -> Vec<Mutation> {
    let found = case.attributes("Parameters", "Type").into_iter();
    found
        .filter(|(_, entry)| is_written_out(entry.value))
        .filter_map(|(_, entry)| {
            let name = literal(Some(entry.value))?;
            Some(case.set(entry, &format!("\"{}\"", change(&name))))
        })
        .collect()
}

fn association(case: &Case, change: impl Fn(&str) -> String) -> Vec<Mutation> {
    let found = case.attributes("Parameters", "AssociationProperty").into_iter();
    found
        .filter_map(|(_, entry)| {
            let name = literal(Some(entry.value))?;
            let known = ros_lsp::language::association::find(&name).is_some();
            let wrong = change(&name);
            (known && ros_lsp::language::association::find(&wrong).is_none() && wrong != name)
                .then(|| case.set(entry, &format!("\"{wrong}\"")))
        })
        .collect()
}
