//! Values that a property does not take: not among the allowed ones, out of range, malformed addresses, ports and policies;
//! names of types.

use super::case::{Case, Mutation};
use super::places::{Given, literal};
use super::words::{other_case, typo};
use super::{Kind, kind};
use ros_lsp::catalog::{Property, Source, ValueKind};
use ros_lsp::syntax::{Entry, Node};

pub(super) fn kinds() -> Vec<Kind> {
    let mut all = listed();
    all.extend(bounds());
    all.extend(addresses());
    all.extend(policies());
    all.extend(types());
    all.extend(whole_resources());
    all
}

/// Values that the catalog lists.
fn listed() -> Vec<Kind> {
    vec![
        kind("enforced value misspelt", |case| {
            near_miss(case, true, |value| (value.len() > 4).then(|| typo(value)))
        }),
        kind("enforced value in the wrong case", |case| {
            near_miss(case, true, |value| Some(other_case(value)))
        }),
        kind("enforced value replaced by another word", |case| {
            near_miss(case, true, |_| Some("Zweck".to_owned()))
        }),
        kind("documented value misspelt", |case| {
            near_miss(case, false, |value| (value.len() > 4).then(|| typo(value)))
        }),
        kind("documented value in the wrong case", |case| {
            near_miss(case, false, |value| (value.len() > 1).then(|| other_case(value)))
        }),
    ]
}

/// Literal values that are among the listed ones, made into ones that are not.
fn near_miss(case: &Case, enforced: bool, change: impl Fn(&str) -> Option<String>) -> Vec<Mutation> {
    let places = case.literal(&[ValueKind::String]).into_iter();
    places
        .filter_map(|given| {
            let property = given.property;
            if property.values.is_empty() || (property.values_source == Source::Enforced) != enforced {
                return None;
            }
            let value = literal(Some(given.entry.value))?;
            let has = |value: &str| property.values.iter().any(|known| known.value == value);
            let wrong = change(&value)?;
            (has(&value) && value.starts_with(char::is_alphabetic) && !has(&wrong))
                .then(|| case.set(given.entry, &format!("\"{wrong}\"")))
        })
        .collect()
}

fn bounds() -> Vec<Kind> {
    let number = |case: &Case, nested: bool, wrong: fn(&Property) -> Option<f64>| -> Vec<Mutation> {
        let places = case.literal(&[ValueKind::Integer, ValueKind::Number]);
        let places = places.into_iter().filter(|given| given.top != nested);
        places
            .filter(|given| given.property.range_source == Source::Enforced)
            .filter_map(|given| Some(case.set(given.entry, &wrong(given.property)?.to_string())))
            .collect()
    };
    let text = |case: &Case, wrong: fn(&Property) -> Option<String>| -> Vec<Mutation> {
        let places = case.literal(&[ValueKind::String]).into_iter();
        places
            .filter(|given| given.property.length_source == Source::Enforced)
            .filter_map(|given| Some(case.set(given.entry, &format!("\"{}\"", wrong(given.property)?))))
            .collect()
    };
    vec![
        kind("number above the greatest", move |case| {
            number(case, false, |property| Some(property.max? + 1.0))
        }),
        kind("number below the least", move |case| {
            number(case, false, |property| Some(property.min? - 1.0))
        }),
        kind("number above the greatest, nested", move |case| {
            number(case, true, |property| Some(property.max? + 1.0))
        }),
        kind("number below the least, nested", move |case| {
            number(case, true, |property| Some(property.min? - 1.0))
        }),
        kind("text too long", move |case| {
            text(case, |property| {
                property.max_length.map(|most| "a".repeat(most as usize + 1))
            })
        }),
        kind("text too short", move |case| {
            text(case, |property| {
                let least = property.min_length.filter(|least| *least > 1)?;
                Some("a".repeat(least as usize - 1))
            })
        }),
        kind("text against the pattern", |case| {
            let places = case.literal(&[ValueKind::String]).into_iter();
            places
                .filter(|given| {
                    let pattern = given.property.pattern.as_deref();
                    let read = pattern.and_then(|pattern| regex::Regex::new(pattern).ok());
                    read.is_some_and(|pattern| !pattern.is_match("~ ~"))
                })
                .map(|given| case.set(given.entry, "\"~ ~\""))
                .collect()
        }),
        kind("list too long", |case| {
            let places = case.literal(&[ValueKind::List]).into_iter();
            places
                .filter_map(|given| {
                    let property = given.property;
                    let most = property.max_length.filter(|most| *most < 200)?;
                    (property.length_source == Source::Enforced
                        && property.item_kind == Some(ValueKind::String))
                    .then(|| {
                        let items: Vec<_> = (0..=most).map(|at| format!("\"i-{at}\"")).collect();
                        case.set(given.entry, &format!("[{}]", items.join(", ")))
                    })
                })
                .collect()
        }),
    ]
}

/// Properties of these names take texts of one form.
fn addresses() -> Vec<Kind> {
    const WRONG: [(&str, &[&str], &str); 17] = [
        ("CIDR with a prefix above 32", &["CidrBlock"], "10.0.0.0/33"),
        ("CIDR with a number above 255", &["CidrBlock"], "10.0.256.0/24"),
        ("CIDR of three numbers", &["CidrBlock"], "10.0.0/24"),
        ("CIDR without prefix", &["CidrBlock"], "10.0.0.0"),
        ("CIDR with a letter", &["CidrBlock"], "10.0.o.0/24"),
        ("CIDR with a blank", &["CidrBlock"], "10.0.0.0 /24"),
        (
            "source CIDR with a prefix above 32",
            &["SourceCidrIp", "DestCidrIp"],
            "0.0.0.0/40",
        ),
        (
            "source CIDR with a number above 255",
            &["SourceCidrIp", "DestCidrIp"],
            "300.0.0.0/8",
        ),
        ("source CIDR of words", &["SourceCidrIp", "DestCidrIp"], "any"),
        (
            "route to a malformed CIDR",
            &["DestinationCidrBlock"],
            "0.0.0.0/0/0",
        ),
        (
            "address with a number above 255",
            &["PrivateIpAddress", "IpAddress"],
            "192.168.0.300",
        ),
        (
            "address of three numbers",
            &["PrivateIpAddress", "IpAddress"],
            "192.168.1",
        ),
        ("port range of one number", &["PortRange"], "80"),
        ("port range with a dash", &["PortRange"], "80-90"),
        ("port range beyond 65535", &["PortRange"], "1/70000"),
        ("port range the wrong way round", &["PortRange"], "90/80"),
        ("protocol that is none of the transport", &["IpProtocol"], "http"),
    ];
    let of = |(name, properties, wrong): &(&str, &'static [&str], &'static str)| {
        let (properties, wrong) = (*properties, *wrong);
        kind(name, move |case| {
            let texts = case.given().into_iter().filter(|given| {
                given.property.kind == ValueKind::String && properties.contains(&&*given.property.name)
            });
            let ipv4 = texts.filter(|given| {
                let product = given.resource_type.name.split("::").nth(1);
                matches!(product, Some("ECS" | "VPC" | "CEN" | "SLB" | "NLB"))
            });
            ipv4.map(|given| case.set(given.entry, &format!("\"{wrong}\"")))
                .collect()
        })
    };
    WRONG.iter().map(of).collect()
}

/// RAM policies that are written out.
fn policies() -> Vec<Kind> {
    let statements = |case: &Case, change: fn(&Case, Node<'_>) -> Option<Mutation>| -> Vec<Mutation> {
        let policies = policies_in(case).into_iter();
        policies
            .flat_map(|policy| policy.value.get("Statement").into_iter().flat_map(Node::items))
            .filter(|statement| statement.is_mapping())
            .filter_map(|statement| change(case, statement))
            .collect()
    };
    let policy = |case: &Case, change: fn(&Case, Entry<'_>) -> Option<Mutation>| -> Vec<Mutation> {
        let policies = policies_in(case).into_iter();
        policies.filter_map(|policy| change(case, policy)).collect()
    };
    vec![
        kind("policy effect in lower case", move |case| {
            statements(case, |case, statement| {
                Some(case.set(statement.entry("Effect")?, "\"allow\""))
            })
        }),
        kind("policy effect of no such value", move |case| {
            statements(case, |case, statement| {
                Some(case.set(statement.entry("Effect")?, "\"Permit\""))
            })
        }),
        kind("policy effect missing", move |case| {
            statements(case, |case, statement| {
                let removed = case.remove(statement, statement.entry("Effect")?)?;
                Some(removed.blaming_start(statement).blaming(statement))
            })
        }),
        kind("policy action missing", move |case| {
            statements(case, |case, statement| {
                let removed = case.remove(statement, statement.entry("Action")?)?;
                Some(removed.blaming_start(statement).blaming(statement))
            })
        }),
        kind("policy resource misspelt", move |case| {
            statements(case, |case, statement| {
                Some(
                    case.rename(statement.entry("Resource")?, "Resources")
                        .blaming(statement),
                )
            })
        }),
        kind("policy action in lower case", move |case| {
            statements(case, |case, statement| {
                Some(
                    case.rename(statement.entry("Action")?, "action")
                        .blaming(statement),
                )
            })
        }),
        kind("policy action is a map", move |case| {
            statements(case, |case, statement| {
                Some(case.set(statement.entry("Action")?, "{\"x\": \"y\"}"))
            })
        }),
        kind("policy version of no such value", move |case| {
            policy(case, |case, policy| {
                Some(case.set(policy.value.entry("Version")?, "\"2012-10-17\""))
            })
        }),
        kind("policy version missing", move |case| {
            policy(case, |case, policy| {
                let removed = case.remove(policy.value, policy.value.entry("Version")?)?;
                Some(removed.blaming(policy.key).blaming_start(policy.value))
            })
        }),
        kind("policy statement missing", move |case| {
            policy(case, |case, policy| {
                let removed = case.remove(policy.value, policy.value.entry("Statement")?)?;
                Some(removed.blaming(policy.key).blaming_start(policy.value))
            })
        }),
        kind("policy statement misspelt", move |case| {
            policy(case, |case, policy| {
                let renamed = case.rename(policy.value.entry("Statement")?, "Statements");
                Some(renamed.blaming(policy.key))
            })
        }),
        kind("policy statement is a text", move |case| {
            policy(case, |case, policy| {
                Some(case.set(policy.value.entry("Statement")?, "\"x\""))
            })
        }),
    ]
}

fn policies_in(case: &Case) -> Vec<Entry<'_>> {
    let named = |given: &Given<'_>| {
        matches!(
            &*given.property.name,
            "PolicyDocument" | "AssumeRolePolicyDocument"
        ) && given.resource_type.name.starts_with("ALIYUN::RAM::")
    };
    let given = case.given().into_iter().filter(named);
    given
        .map(|given| given.entry)
        .filter(|entry| entry.value.is_mapping())
        .collect()
}

/// Names of resource types.
fn types() -> Vec<Kind> {
    type Change = fn(&str) -> Option<String>;
    let changes: [(&str, Change); 9] = [
        ("type misspelt", |name| {
            let (before, last) = name.rsplit_once("::")?;
            Some(format!("{before}::{}", typo(last)))
        }),
        ("product of a type misspelt", |name| {
            let rest = name.strip_prefix("ALIYUN::")?;
            let (product, last) = rest.split_once("::")?;
            Some(format!("ALIYUN::{product}X::{last}"))
        }),
        ("type in lower case", |name| Some(name.to_lowercase())),
        ("last part of a type in lower case", |name| {
            let (before, last) = name.rsplit_once("::")?;
            Some(format!("{before}::{}", last.to_lowercase()))
        }),
        ("type without prefix", |name| {
            name.strip_prefix("ALIYUN::").map(str::to_owned)
        }),
        ("type with single colons", |name| Some(name.replace("::", ":"))),
        ("type of another cloud", |_| Some("AWS::EC2::Instance".to_owned())),
        ("type with a blank behind", |name| Some(format!("{name} "))),
        ("type that has been renamed", |name| {
            (name == "ALIYUN::VPC::EIP").then(|| "ALIYUN::ECS::EIP".to_owned())
        }),
    ];
    changes
        .into_iter()
        .map(|(name, change)| {
            kind(name, move |case| {
                let found = case.attributes("Resources", "Type").into_iter();
                found
                    .filter_map(|(_, entry)| {
                        let name = literal(Some(entry.value))?;
                        let aliyun = name.starts_with("ALIYUN::");
                        let wrong = change(&name)?;
                        (aliyun && wrong != name).then(|| case.set(entry, &format!("\"{wrong}\"")))
                    })
                    .collect()
            })
        })
        .collect()
}

/// Whole resources, each with one fault, for what real templates seldom have.
fn whole_resources() -> Vec<Kind> {
    const FAULTS: [(&str, &str); 7] = [
        (
            "cron expression of words",
            r#"{"Type": "ALIYUN::ESS::ScheduledTask", "Properties": {"ScheduledAction": "ari:x", "LaunchTime": "2030-01-01T00:00Z", "RecurrenceType": "Cron", "RecurrenceValue": "every day", "RecurrenceEndTime": "2031-01-01T00:00Z"}}"#,
        ),
        (
            "cron expression with a field out of range",
            r#"{"Type": "ALIYUN::ESS::ScheduledTask", "Properties": {"ScheduledAction": "ari:x", "LaunchTime": "2030-01-01T00:00Z", "RecurrenceType": "Cron", "RecurrenceValue": "99 25 * * *", "RecurrenceEndTime": "2031-01-01T00:00Z"}}"#,
        ),
        (
            "custom resource without token",
            r#"{"Type": "ALIYUN::ROS::CustomResource", "Properties": {"Timeout": 60}}"#,
        ),
        (
            "nested stack without template",
            r#"{"Type": "ALIYUN::ROS::Stack", "Properties": {"TemplateBody": "x", "Zweck": 1}}"#,
        ),
        (
            "nested template without type",
            r#"{"Type": "ALIYUN::ROS::Stack", "Properties": {"TemplateBody": {"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"A": {"Properties": {}}}}}}"#,
        ),
        (
            "undefined name in a nested template",
            r#"{"Type": "ALIYUN::ROS::Stack", "Properties": {"TemplateBody": {"ROSTemplateFormatVersion": "2015-09-01", "Resources": {}, "Outputs": {"A": {"Value": {"Ref": "NoSuchName"}}}}}}"#,
        ),
        (
            "module of a malformed version",
            r#"{"Type": "MODULE::ACS::Network", "Version": "one", "Properties": {}}"#,
        ),
    ];
    FAULTS
        .iter()
        .map(|(name, json)| {
            kind(name, |case| {
                let inserted = case.insert_into("Resources", "FaultyResource", json);
                inserted.into_iter().collect()
            })
        })
        .collect()
}
