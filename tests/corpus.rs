//! Real templates judge the rules: an error on one of them must be a real bug, listed here with its reason.

mod support;

use ros_lsp::catalog::Catalog;
use ros_lsp::config::Config;
use ros_lsp::diagnostic::{Diagnostic, Severity};
use ros_lsp::document::Document;
use ros_lsp::rules::check;
use ros_lsp::syntax::Format;
use std::collections::{BTreeMap, BTreeSet};

/// Real bugs: template, rule, how often, and what is wrong.
const BUGS: &[(&str, &str, usize, &str)] = &[
    (
        "compute-nest-best-practice/best_practice_parameters.yml",
        "ROS0201",
        1,
        "attributes slipped out of their parameter: this one stands among the parameters",
    ),
    (
        "compute-nest-best-practice/best_practice_parameters.yml",
        "ROS0202",
        1,
        "attributes slipped out of their parameter: this one reads as a parameter without type",
    ),
    (
        "compute-nest-best-practice/eci-eip/template.yaml",
        "ROS0725",
        1,
        "a property stands beside `Properties`, not in it",
    ),
    (
        "examples/gamesupport/ecs-bind-mult-eni-and-eip.yml",
        "ROS0703",
        1,
        "`DependsOn` misspelt: the order is not what its author thinks",
    ),
    (
        "resources/ecs/ecs-instance-group-case2.yml",
        "ROS0725",
        1,
        "a property stands beside `Properties`, not in it",
    ),
    (
        "solutions/bioscience/bcs-3rd-generation-gene-sequence-data-assembly.yml",
        "ROS0703",
        3,
        "`DependsOn` misspelt: the order is not what its author thinks",
    ),
    (
        "resources/ecs/route-case1.yml",
        "ROS0811",
        1,
        "the block has placeholders in it: `172.16.XX.XX/24`",
    ),
    (
        "compute-nest-best-practice/ack-app-rds/template.yml",
        "ROS0801",
        1,
        "the property is `VpcId`",
    ),
    (
        "compute-nest-best-practice/ecs-sqlserver/template.yml",
        "ROS0801",
        1,
        "the property is `VpcId`",
    ),
    (
        "compute-nest-best-practice/opensource/wordpress/wordpress-multi.yml",
        "ROS0801",
        1,
        "the property is `VpcId`",
    ),
    (
        "compute-nest-best-practice/opensource/wordpress/wordpress_multi.yml",
        "ROS0801",
        1,
        "the property is `VpcId`",
    ),
    (
        "compute-nest-best-practice/opensource/wordpress/wordpress_single.yml",
        "ROS0801",
        1,
        "the property is `VpcId`",
    ),
    (
        "examples/application/ecs-group-join-sls.yml",
        "ROS0801",
        1,
        "the property has no underscore",
    ),
    (
        "examples/elastic/ecs-group-vpc.yml",
        "ROS0801",
        1,
        "the property has no underscore",
    ),
    (
        "examples/elastic/wordpress-cluster.yml",
        "ROS0801",
        1,
        "the property is `VpcId`",
    ),
    (
        "examples/elastic/wordpress-instance.yml",
        "ROS0801",
        1,
        "the property is `VpcId`",
    ),
    (
        "resources/ecs/route-case3.yml",
        "ROS0801",
        1,
        "the property is `VpcId`",
    ),
    (
        "resources/vpc/eip-association-case1.yml",
        "ROS0801",
        2,
        "the property has no underscore",
    ),
    (
        "solutions/enterprise-on-cloud/games-or-retail-single-db-single-service.yml",
        "ROS0801",
        6,
        "keys of the list are lower case; the names have capitals",
    ),
    (
        "solutions/mini-program/fc-mini-program-backend-service.yml",
        "ROS0801",
        12,
        "keys of the map are lower case; the names have capitals",
    ),
    (
        "documents/solution/internet-application-development/data-protection-against-ransomware-attacks.yml",
        "ROS0802",
        1,
        "a required property is not given",
    ),
    (
        "resources/sls/sls.yml",
        "ROS0802",
        1,
        "a required property is not given",
    ),
    (
        "solutions/cloud-market/deploy-small-architecture-to-the-cloud.yml",
        "ROS0802",
        1,
        "a required property is not given",
    ),
    (
        "documents/solution/high-availability-architecture/basic-highly-available-architecture-new.yml",
        "ROS1005",
        1,
        "the parameter has another name",
    ),
    (
        "documents/solution/high-availability-architecture/basic-highly-available-architecture.yml",
        "ROS1005",
        2,
        "the parameter has another name",
    ),
    (
        "resources/dts/consumer-group.yml",
        "ROS1007",
        3,
        "no such resource: it was renamed or never written",
    ),
    (
        "resources/vpc/nat-gateway-case1.yml",
        "ROS1007",
        2,
        "no such resource: it was renamed or never written",
    ),
    (
        "resources/resourcemaneger/resource-group.yml",
        "ROS1008",
        1,
        "neither the CDK nor other schemas know the attribute",
    ),
    (
        "compute-nest-best-practice/opensource/kubernetes/single.yaml",
        "ROS1011",
        2,
        "no such parameter; `ALIYUN::Region` is meant",
    ),
    (
        "integrate/bailian/AI-robot-on-wechat-public-account.yml",
        "ROS1003",
        1,
        "a stray function key stands in a map of languages",
    ),
];

fn findings(text: &str) -> Vec<Diagnostic> {
    let document = Document::new(text, Format::Yaml);
    check(&document, Catalog::embedded(), &Config::default())
}

fn line_of(text: &str, finding: &Diagnostic) -> usize {
    text[..finding.range.start as usize].matches('\n').count() + 1
}

#[test]
fn every_error_on_a_real_template_is_a_known_bug() {
    let Some(templates) = support::corpus("corpus") else {
        return;
    };
    let mut found: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    let mut counts: BTreeMap<(&str, &str, &str), (usize, BTreeSet<&str>)> = BTreeMap::new();
    for (path, text) in &templates {
        for finding in findings(text) {
            let count = counts
                .entry((finding.id, finding.name, finding.severity.name()))
                .or_default();
            count.0 += 1;
            count.1.insert(path);
            if finding.severity == Severity::Error {
                found.entry((path, finding.id)).or_default().push(format!(
                    "{}: {}",
                    line_of(text, &finding),
                    finding.message
                ));
            }
        }
    }
    for ((id, name, severity), (count, files)) in &counts {
        println!(
            "{id} {name:40} {severity:11} {count:6} in {} templates",
            files.len()
        );
    }
    let known: BTreeMap<(&str, &str), usize> = BUGS
        .iter()
        .map(|(path, id, count, _)| ((*path, *id), *count))
        .collect();
    let unexpected: Vec<_> = found
        .iter()
        .filter(|(key, findings)| known.get(key) != Some(&findings.len()))
        .collect();
    let missed: Vec<_> = known.keys().filter(|key| !found.contains_key(key)).collect();
    assert!(
        unexpected.is_empty() && missed.is_empty(),
        "errors that no one has judged: {unexpected:#?}\nbugs no longer found: {missed:#?}"
    );
}
