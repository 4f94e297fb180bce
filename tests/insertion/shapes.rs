//! Every kind of item, in every kind of place, with everything that an editor may have put behind the cursor.

use crate::editor::{After, CLIENTS, State};
use crate::real::harmless;
use ros_lsp::features::completion::{Item, ItemKind};
use ros_lsp::syntax::{Format, Node};
use ros_lsp::text::TextRange;
use std::collections::HashMap;

/// A template in block style; `§` is where a line of each place stands.
const BLOCK: &str = "ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  可用区:
    Type: String
  ZoneId: {Type: String, AllowedValues: [a, 'yes']}
Mappings:
  地域:
    cn-hangzhou: {镜像: a, Image: b}
Conditions:
  生产: !Equals [1, 2]
  Prod: {'Fn::Equals': [!Ref ZoneId, b]}
Resources:
  网络:
    Type: ALIYUN::ECS::VPC
    Properties: {CidrBlock: 10.0.0.0/8}
  Vpc: {Type: 'ALIYUN::ECS::VPC'}
§
Outputs:
  编号: {Value: !GetAtt 网络.VpcId}
";

/// Lines of a resource, before the place.
const RESOURCE: &str = "  Server:\n    Type: ALIYUN::ECS::Instance\n    Properties:\n";

/// Places in a property's value, a key, and so on; `§` is what is typed.
const IN_PROPERTIES: &[&str] = &[
    "      ZoneId: §\n      ImageId: b",
    "      ZoneId: §",
    "      IoOptimized: §\n",
    "      §\n      ImageId: b",
    "      ImageId: b\n      §",
    "      §",
    "      §: a",
    "      ZoneId: !Ref §",
    "      ZoneId: !GetAtt §",
    "      ZoneId: !GetAtt 网络.§",
    "      ZoneId: !Join ['-', [!Ref §]]",
    "      ZoneId: !Join ['-', [!Ref §, b]]",
    "      ZoneId: !Join ['-', [a, §]]",
    "      ZoneId: !Join ['-', [§, b]]",
    "      ZoneId: !Join ['-', [!GetAtt 网络.§, b]]",
    "      ZoneId: !Join\n        - '-'\n        - - §\n          - b",
    "      ZoneId: !Join\n        - '-'\n        - - !Ref §",
    "      ZoneId: !Select [0, !Split [',', §]]",
    "      ZoneId: !If [§]",
    "      ZoneId: !If [§, a, b]",
    "      ZoneId: !If [生产, §, !Ref Vpc]",
    "      ZoneId: !If\n        - §\n        - a\n        - b",
    "      ZoneId: !FindInMap [§]",
    "      ZoneId: !FindInMap [地域, §]",
    "      ZoneId: !FindInMap [地域, cn-hangzhou, §]",
    "      ZoneId: !Sub §",
    "      ZoneId: !Sub a${§}b",
    "      ZoneId: !Sub '${§}'",
    "      ZoneId: !Sub \"${可用区}-${§}\"",
    "      ZoneId: !Sub ['${a}', {§}]",
    "      ZoneId: !Sub\n        - ${a}\n        - §",
    "      ZoneId:\n        §",
    "      ZoneId:\n        Ref: §",
    "      ZoneId:\n        Fn::GetAtt: [§]",
    "      ZoneId:\n        Fn::GetAtt: [网络, §]",
    "      ZoneId:\n        Fn::GetAtt:\n          - 网络\n          - §",
    "      ZoneId:\n        Fn::GetAtt: §",
    "      ZoneId:\n        Fn::Sub: ${§}",
    "      ZoneId: {§}",
    "      ZoneId: {Ref: §}",
    "      ZoneId: {'Fn::Join': ['-', [{Ref: §}, b]]}",
    "      ZoneId: {'Fn::If': [§, a, b]}",
    "      Tags: §",
    "      Tags: [§]",
    "      Tags: [{§}]",
    "      Tags: [{Key: §}]",
    "      Tags: [{Key: a, §}]",
    "      Tags: [{Key: a}, {Value: b, §}]",
    "      Tags:\n        - §",
    "      Tags:\n        - Key: a\n          §",
    "      Tags:\n        - Key: a\n        - §",
    "      SecurityGroupIds: [a, §, b]",
    "      SecurityGroupIds: [\n        a,\n        §,\n      ]",
    "      SecurityGroupIds: [ # 说明, b\n        a # 说明\n        §\n      ]",
];

/// Places elsewhere; they take the place of the whole resource.
const ELSEWHERE: &[&str] = &[
    "  §",
    "  S:\n    §",
    "  S:\n    Type: §",
    "  S:\n    Type: ALIYUN::ECS::VSwitch\n    §",
    "  S:\n    Type: ALIYUN::ECS::VSwitch\n    DependsOn: §\n    Condition: Prod",
    "  S:\n    Type: ALIYUN::ECS::VSwitch\n    DependsOn: [Vpc, §]",
    "  S:\n    Type: ALIYUN::ECS::VSwitch\n    DependsOn:\n      - Vpc\n      - §",
    "  S:\n    Type: ALIYUN::ECS::VSwitch\n    Condition: §",
    "  S:\n    Type: ALIYUN::ECS::VSwitch\n    DeletionPolicy: §",
    "  S: {§}",
    "  S: {Type: §}",
    "  S: {Type: ALIYUN::ECS::VSwitch, §}",
    "  S: {Type: ALIYUN::ECS::VSwitch, Properties: {§}}",
    "  S: {Type: ALIYUN::ECS::VSwitch, Properties: {ZoneId: §, VpcId: a}}",
    "  S: {Type: ALIYUN::ECS::VSwitch, Properties: {ZoneId: !Ref §, VpcId: a}}",
    "  S: {Type: ALIYUN::ECS::VSwitch, §, DependsOn: Vpc}",
    "§",
    "Metadata: {§}",
    "Metadata:\n  §",
    "Metadata:\n  ALIYUN::ROS::Interface:\n    ParameterGroups:\n      - Parameters: [§]",
    "Metadata:\n  ALIYUN::ROS::Interface:\n    ParameterGroups:\n      - Parameters:\n          - §\n        Label: {§: a}",
    "Locals:\n  §",
    "Locals:\n  L:\n    Value: §",
    "Rules:\n  R:\n    RuleCondition: §\n    Assertions:\n      - Assert: !Not [§]",
];

/// A parameter's places.
const PARAMETERS: &[&str] = &[
    "  §",
    "  P:\n    §",
    "  P:\n    Type: §",
    "  P: {§}",
    "  P: {Type: String, Label: §}",
    "  P:\n    Label: §\n    Default: 1",
    "  P:\n    Type: Boolean\n    Default: §",
    "  P:\n    AllowedValues: [yes, 'no', 中文, '1', 2]\n    Default: §",
    "  P:\n    AssociationProperty: §",
    "  P:\n    AssociationPropertyMetadata:\n      §",
    "  P:\n    AssociationPropertyMetadata:\n      ZoneId: §",
    "  P:\n    AssociationPropertyMetadata: {ZoneId: §}",
    "  P:\n    AssociationPropertyMetadata:\n      Visible:\n        Condition:\n          Fn::Equals: [§]",
];

/// The same in JSON.
const JSON: &str = r#"{
  "ROSTemplateFormatVersion": "2015-09-01", // 版本 "a", b
  "Parameters": {
    "可用区": {"Type": "String"},
    "ZoneId": {"Type": "String"} /* 参数, */
  },
  "Conditions": {"生产": {"Fn::Equals": [1, 2]}, "Prod": {"Fn::Equals": [1, 2]}},
  "Mappings": {"地域": {"cn-hangzhou": {"镜像": "a"}}},
  "Resources": {
    "网络": {"Type": "ALIYUN::ECS::VPC"},
    "Vpc": {"Type": "ALIYUN::ECS::VPC"}, // 网络, b
§
  },
  "Outputs": {"编号": {"Value": {"Ref": "网络"}}}
}
"#;

const JSON_PLACES: &[&str] = &[
    "    §",
    "    \"S\": {§}",
    "    \"S\": {\n      \"Type\": \"ALIYUN::ECS::VSwitch\" // 类型\n      §\n    }",
    "    \"S\": {\n      \"Type\": \"ALIYUN::ECS::VSwitch\", // 类型\n      §\n    }",
    "    \"S\": {\n      // 类型 \"a\"\n      §\n      \"Type\": \"ALIYUN::ECS::VSwitch\"\n    }",
    "    \"S\": {\n      \"Type\": § // 类型\n    }",
    "    \"S\": {\"Type\": §}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"DependsOn\": §}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"DependsOn\": [\"Vpc\", §]}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"DependsOn\": [§ \"Vpc\"]}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {§}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {§: \"a\"}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\n      \"VpcId\": {\"Ref\": §},\n      \"Tags\": []\n    }}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"VpcId\": {\"Ref\": \"Vpc\"} /* 网络 */ §}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"VpcId\": §, \"ZoneId\": \"a\"}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"VpcId\": §}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"VpcId\": {\"Fn::GetAtt\": [§]}}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"VpcId\": {\"Fn::GetAtt\": [\"网络\", §]}}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"VpcId\": {\"Fn::GetAtt\": [\"网络\" §]}}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"VpcId\": {\"Fn::If\": [§, \"a\", \"b\"]}}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"VpcId\": {\"Fn::Sub\": \"a${§}b\"}}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"VpcId\": {\"Fn::Sub\": §}}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"VpcId\": {§}}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"VpcId\": {\"Fn::FindInMap\": [§]}}}",
    "    \"S\": {\"Type\": \"ALIYUN::ECS::VSwitch\", \"Properties\": {\"Tags\": [{§}, {\"Key\": \"a\"}]}}",
];

/// What is typed there, with what editors put behind the cursor.
const TYPED: &[&str] = &[
    "‸",
    "Z‸",
    "Zo‸ne",
    "‸Zone",
    "可‸",
    "可‸用",
    "\"‸\"",
    "\"V‸\"",
    "\"Zo‸ne\"",
    "\"可‸用\"",
    "'‸'",
    "'V‸'",
    "'可‸用'",
    "\"‸",
    "'‸",
    "{‸}",
    "{\"‸\"}",
    "[‸]",
    "['‸']",
    "[‸",
    "!‸",
    "!R‸",
    "!Re‸f",
    "$‸",
    "${‸}",
    "${Z‸}",
    "${‸",
    "\"${‸}\"",
    "'${V‸}'",
    "\"$‸\"",
    "ALIYUN::‸",
    "\"ALIYUN::E‸\"",
    "‸ # 说明",
    "Z‸ # 说明",
    "'‸' # 说明",
    "new‸",
    "ros-‸",
    "Fn::‸",
    "'Fn::‸'",
];

/// How many items of one kind are accepted at a place.
const OF_A_KIND: usize = 3;

#[derive(Default)]
struct Figures {
    states: usize,
    accepted: HashMap<ItemKind, usize>,
    failed: usize,
    /// One a state.
    failures: Vec<String>,
}

impl Figures {
    #[track_caller]
    #[allow(clippy::print_stdout)] // A test says what it measured.
    fn report(&self, title: &str) {
        let accepted: usize = self.accepted.values().sum();
        println!(
            "{title}: {accepted} items of {} kinds accepted in {} states, {} failures",
            self.accepted.len(),
            self.states,
            self.failed
        );
        let first: Vec<&str> = self.failures.iter().take(60).map(String::as_str).collect();
        assert!(first.is_empty(), "{}", first.join("\n"));
        assert!(accepted > 1000, "the places have items");
    }
}

fn try_all(state: &State, figures: &mut Figures) {
    figures.states += 1;
    let mut failed_here = false;
    for client in CLIENTS {
        let mut tried: HashMap<ItemKind, usize> = HashMap::new();
        for item in state.complete(client).items {
            let count = tried.entry(item.kind).or_default();
            *count += 1;
            if *count > OF_A_KIND {
                continue;
            }
            *figures.accepted.entry(item.kind).or_default() += 1;
            let result = harmless(state, &item, client).and_then(|after| stands(&after, &item));
            if let Err(problem) = result {
                figures.failed += 1;
                if failed_here {
                    continue;
                }
                failed_here = true;
                figures.failures.push(format!(
                    "--- {client:?}, `{}`: {problem}\n--- from\n{}",
                    item.label,
                    state.picture()
                ));
            }
        }
    }
}

/// The item stands where the cursor was, whole and with nothing else in its word.
fn stands(after: &After, item: &Item) -> Result<(), String> {
    // What a snippet is called is not what it writes.
    if item.kind == ItemKind::Snippet {
        return Ok(());
    }
    let words = words(after);
    let is_there = |wanted: &str| {
        words.iter().any(|word| {
            let part = word.contains("${") || word.contains('.');
            word == wanted || (part && word.contains(wanted))
        })
    };
    match item.label.split_once(' ') {
        Some((call, name)) if is_there(call) && name.split('.').all(is_there) => Ok(()),
        _ if is_there(&item.label) => Ok(()),
        _ => Err(format!("does not stand in {words:?} of\n{}", after.picture())),
    }
}

/// Scalars and tags at the inserted text.
fn words(after: &After) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(root) = after.document.tree.root() {
        collect(root, after.inserted, &mut words);
    }
    words
}

fn collect(node: Node<'_>, inserted: TextRange, words: &mut Vec<String>) {
    let touches = |range: TextRange| range.start <= inserted.end && inserted.start <= range.end;
    if let Some(tag) = node.tag().filter(|_| node.tag_range().is_some_and(touches)) {
        words.push(tag.to_owned());
    }
    if node.is_scalar() && touches(node.range()) {
        words.push(node.text().unwrap_or_default().into_owned());
    }
    for entry in node.entries() {
        collect(entry.key, inserted, words);
        collect(entry.value, inserted, words);
    }
    for item in node.items() {
        collect(item, inserted, words);
    }
}

/// Whether quotes follow the place on its line.
fn has_quotes_behind(line: &str) -> bool {
    line.split_once('§')
        .is_some_and(|(_, behind)| behind.contains(['"', '\'']))
}

/// The template with the place in it, and the cursor in what is typed. Of several places of a picture each gets its turn.
fn pictures(template: &str, before: &str, place: &str, typed: &str) -> Vec<String> {
    let places = place.matches('§').count();
    let turn = |turn: usize| {
        let mut text = String::new();
        for (index, piece) in place.split('§').enumerate() {
            if index > 0 {
                text.push_str(if index - 1 == turn { typed } else { "a" });
            }
            text.push_str(piece);
        }
        template.replacen('§', &format!("{before}{text}"), 1)
    };
    (0..places).map(turn).collect()
}

fn try_places(template: &str, before: &str, places: &[&str], format: Format, figures: &mut Figures) {
    for place in places {
        for typed in TYPED {
            let json = format == Format::Json;
            if json && typed.contains(['\'', '!']) {
                continue;
            }
            // What an unclosed quote swallows of the line is anybody's guess.
            let open = typed.matches('"').count() % 2 == 1 || typed.matches('\'').count() % 2 == 1;
            if open && place.lines().any(has_quotes_behind) {
                continue;
            }
            let typed = match json {
                true => typed.replace("# 说明", "// 说明\n"),
                false => (*typed).to_owned(),
            };
            for picture in pictures(template, before, place, &typed) {
                let picture = match figures.states % 4 {
                    0 => picture.replace('\n', "\r\n"),
                    _ => picture,
                };
                try_all(&State::of(&picture, format), figures);
            }
        }
    }
}

#[test]
fn in_properties() {
    let mut figures = Figures::default();
    try_places(BLOCK, RESOURCE, IN_PROPERTIES, Format::Yaml, &mut figures);
    figures.report("properties in YAML");
}

#[test]
fn elsewhere_in_yaml() {
    let mut figures = Figures::default();
    try_places(BLOCK, "", ELSEWHERE, Format::Yaml, &mut figures);
    let parameters = "ROSTemplateFormatVersion: '2015-09-01'\nParameters:\n  ZoneId: {Type: String}\n  可用区:\n    \
                      Type: String\n§\nConditions:\n  Prod: !Equals [1, !Ref ZoneId]\n  生产: !Not [Prod]\n";
    try_places(parameters, "", PARAMETERS, Format::Yaml, &mut figures);
    figures.report("elsewhere in YAML");
}

#[test]
fn in_json() {
    let mut figures = Figures::default();
    try_places(JSON, "", JSON_PLACES, Format::Json, &mut figures);
    figures.report("JSON");
}

#[test]
fn in_new_documents() {
    let mut figures = Figures::default();
    let json = [
        "‸",
        "{‸}",
        "{‸}\n",
        "{\n  ‸\n}\n",
        "{\n‸\n}",
        "{\"‸\"}",
        "{ ‸ }",
        "{ros‸}",
        "{\n  \"R‸\"\n}",
        "{‸",
        "// 说明, a\n{‸}",
    ];
    for picture in json {
        try_all(&State::of(picture, Format::Json), &mut figures);
    }
    let yaml = [
        "‸",
        "ros‸",
        "R‸",
        "{‸}",
        "{ ‸ }",
        "# 说明\n‸",
        "---\n‸\n",
        "'‸'",
        "\"‸\"",
        "{'‸'}",
        "\n\n‸",
        "R‸:\n",
        "‸\nOutputs: {}\n",
    ];
    for picture in yaml {
        try_all(&State::of(picture, Format::Yaml), &mut figures);
    }
    let accepted: usize = figures.accepted.values().sum();
    assert!(accepted > 100, "{accepted} items");
    assert!(figures.failures.is_empty(), "{}", figures.failures.join("\n"));
}
