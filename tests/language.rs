//! The tables of the template language: their examples are what they say, and their names are the service's.

mod support;

use ros_lsp::language::{
    association, attribute, doc::Shape, function, metadata, parameter, pseudo, section, type_name::TypeName,
};
use ros_lsp::syntax::{Format, parse};
use ros_lsp::template::{Call, Value};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// Calls `then` with the call that `text` is.
fn with_call(text: &str, then: impl FnOnce(&Call<'_>)) {
    let tree = parse(text, Format::Yaml);
    assert_eq!(tree.errors().count(), 0, "{text}");
    let root = tree.root().unwrap_or_else(|| panic!("a value: {text}"));
    let call = Value::from(root)
        .call()
        .unwrap_or_else(|| panic!("a call: {text}"));
    then(&call);
}

#[test]
fn examples_are_calls_of_their_functions() {
    let mut seen = 0;
    for function in function::ALL {
        for example in [function.example, function.tag_example] {
            if example.is_empty() {
                continue;
            }
            seen += 1;
            with_call(example, |call| {
                assert_eq!(call.name, function.name, "{example}");
                let items = call.argument.items().count();
                let fits = match function.arguments.count() {
                    Some((least, most)) if call.argument.node.is_sequence() => {
                        items >= least && most.is_none_or(|most| items <= most)
                    }
                    // A tag's way to write the two arguments.
                    _ if example.starts_with("!GetAtt ") => call.argument.literal().is_some(),
                    _ => function.arguments.takes_one(),
                };
                assert!(fits, "{example}");
            });
        }
    }
    assert_eq!(seen, 84);
}

#[test]
fn both_forms_of_an_example_say_the_same() {
    for function in function::ALL {
        if function.example.is_empty() {
            continue;
        }
        let read = |text| {
            let tree = parse(text, Format::Yaml);
            essence(tree.root().expect("a value").into())
        };
        assert_eq!(
            read(function.example),
            read(function.tag_example),
            "{}",
            function.name
        );
    }
}

/// A value with calls written in one way.
fn essence(value: Value<'_>) -> String {
    if let Some(call) = value.call() {
        let argument = match call.argument.literal() {
            Some(text) if call.name == "Fn::GetAtt" => text.replacen('.', ",", 1),
            _ => essence(call.argument).trim_matches(['[', ']']).to_owned(),
        };
        return format!("{}({argument})", call.name);
    }
    if let Some(text) = value.literal() {
        return text.into_owned();
    }
    if value.node.is_sequence() {
        let items: Vec<_> = value.items().map(essence).collect();
        return format!("[{}]", items.join(","));
    }
    let entries: Vec<_> = value
        .entries()
        .map(|entry| {
            let key = entry.key.text().unwrap_or_default();
            format!("{key}={}", essence(entry.value.into()))
        })
        .collect();
    format!("{{{}}}", entries.join(","))
}

/// The names in the reference, or nothing where it isn't at hand.
fn reference(test: &str) -> Option<Json> {
    let path = support::shared(test, "ros-language.json")?.join("ros-language.json");
    let text = std::fs::read_to_string(path).expect("the reference can be read");
    Some(serde_json::from_str(&text).expect("the reference is JSON"))
}

fn names(reference: &Json, table: &str) -> BTreeSet<String> {
    reference[table]
        .as_array()
        .expect("a table")
        .iter()
        .filter_map(|row| row["name"].as_str())
        .map(str::to_owned)
        .collect()
}

fn set<'n>(names: impl IntoIterator<Item = &'n str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn names_are_those_of_the_reference() {
    let Some(reference) = reference("names of the language") else {
        return;
    };
    let attributes = |table: &[attribute::Attribute]| set(table.iter().map(|attribute| attribute.name));
    assert_eq!(
        names(&reference, "sections"),
        set(section::ALL.iter().map(|section| section.name))
    );
    assert_eq!(
        names(&reference, "functions"),
        set(function::ALL.iter().map(|function| function.name))
    );
    assert_eq!(
        names(&reference, "pseudoParameters"),
        set(pseudo::ALL.iter().map(|pseudo| pseudo.name))
    );
    assert_eq!(
        names(&reference, "parameterTypes"),
        set(parameter::TYPES.iter().map(|known| known.name))
    );
    assert_eq!(
        names(&reference, "parameterAttributes"),
        attributes(attribute::PARAMETER)
    );
    assert_eq!(
        names(&reference, "resourceAttributes"),
        attributes(attribute::RESOURCE)
    );
    assert_eq!(
        names(&reference, "outputAttributes"),
        attributes(attribute::OUTPUT)
    );
    assert_eq!(names(&reference, "localAttributes"), attributes(attribute::LOCAL));
    assert_eq!(names(&reference, "ruleAttributes"), attributes(attribute::RULE));
    let mut keys = attributes(metadata::KEYS);
    keys.insert(metadata::MODULE.to_owned());
    assert_eq!(names(&reference, "metadataKeys"), keys);
    // Those that templates have and no list of the service; some are mistyped.
    let listed_nowhere = [
        "ALIYUN::Bailian::API Key::API KeyInfo",
        "ALIYUN::CS::ManagedKubernetesCluster::PodCidr",
        "ALIYUN::CS::ServerlessKubernetesCluster::KubernetesVersion",
        "ALIYUN::ECS::Instance::ECSInstanceType",
        "ALIYUN::ECS::Instance:ImageId",
        "ALIYUN::PolarDB::Instance::InstanceType",
        "ALIYUN::REDIS::Instance::InstanceClass",
        "ALIYUN::VPC::NatGateway::ForwardTableId",
    ];
    for name in names(&reference, "associationProperties") {
        let known = association::find(&name).is_some() || association::is_elsewhere(&name);
        assert_eq!(known, !listed_nowhere.contains(&name.as_str()), "{name}");
    }
}

/// Places that the pages don't name for a function, and the official validator does, or the other way round.
const OTHERWISE: [&str; 1] = [
    // The validator takes it wherever a value is worked out, locals included.
    "Fn::If in locals",
];

#[test]
fn functions_are_as_the_reference_says() {
    use function::Places;
    let Some(reference) = reference("names of the language") else {
        return;
    };
    let mut differ = Vec::new();
    for row in reference["functions"].as_array().expect("a table") {
        let name = row["name"].as_str().expect("a name");
        let function = function::find(name).expect("a known function");
        assert_eq!(row["tag"], function.tag);
        assert_eq!(function.documented, row["status"] == "documented", "{name}");
        if !function.documented {
            continue;
        }
        let allowed: Vec<_> = row["allowed"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        let is_allowed = |start: &str| allowed.iter().any(|place| place.starts_with(start));
        let has = |place| function.places.contains(place);
        for (place, word, documented) in [
            (
                Places::PROPERTIES,
                "properties",
                is_allowed("Resources.*.Properties"),
            ),
            (Places::OUTPUTS, "outputs", is_allowed("Outputs")),
            (Places::LOCALS, "locals", is_allowed("Locals")),
            (Places::RULES, "rules", is_allowed("Rules")),
            (
                Places::COUNT,
                "count",
                is_allowed("Resources.*.Count") || row["allowedInCount"] == true,
            ),
            (
                Places::IN_CONDITIONS,
                "conditions",
                is_allowed("Conditions") || row["allowedInsideConditions"] == true,
            ),
        ] {
            if has(place) != documented {
                differ.push(format!("{name} in {word}"));
            }
        }
        let (least, most) = (row["args"]["min"].as_u64(), row["args"]["max"].as_u64());
        if row["args"]["kind"] == "list" {
            let expected = (least.unwrap_or(0) as usize, most.map(|most| most as usize));
            assert_eq!(function.arguments.count(), Some(expected), "{name}");
        }
    }
    assert_eq!(differ, OTHERWISE);
}

#[test]
fn known_resource_types_are_well_formed() {
    let Some(shared) = support::shared(
        "known_resource_types_are_well_formed",
        "facts/resource-types.json",
    ) else {
        return;
    };
    let text =
        std::fs::read_to_string(shared.join("facts/resource-types.json")).expect("the facts can be read");
    let facts: Json = serde_json::from_str(&text).expect("the facts are JSON");
    let types = facts["resourceTypes"].as_object().expect("types by name");
    assert!(types.len() > 1000);
    for name in types.keys() {
        assert_ne!(TypeName::of(name), TypeName::Malformed, "{name}");
    }
}

#[test]
fn literal_attributes_list_their_values_as_literals() {
    let policy = attribute::resource("DeletionPolicy").expect("an attribute");
    assert_eq!(policy.shape, Shape::Literal);
    let values: Vec<_> = policy.values.iter().map(|value| value.name).collect();
    assert_eq!(values, ["Delete", "Retain"]);
}
