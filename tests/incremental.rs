//! A document that was edited step by step equals one that is made anew from the text: tree, errors, facts, findings.
//!
//! Each run goes another way, by a seed that it prints; `SEED=… EDITS=…` repeats it.
//! `EDITS=1000000 cargo test --release --test incremental -- --nocapture` is the long run.

mod support;

use ros_lsp::document::Document;
use ros_lsp::rules::rules;
use ros_lsp::syntax::Format;
use ros_lsp::template::json_form::to_json;
use ros_lsp::text::buffer::{Buffer, Change};
use ros_lsp::text::line_index::Encoding;
use std::time::{Duration, Instant};
use support::properties::Edited;
use support::{Random, corpus};

/// Edits in a row before another document is taken: after more the text is only rubble.
const SERIES: usize = 60;

/// What people type, and what tears a text apart.
const PIECES: &[&str] = &[
    "a",
    "b",
    " ",
    "\n",
    "\n  ",
    "\n    ",
    "\n      Type: ALIYUN::ECS::VPC\n",
    ":",
    ": ",
    "- ",
    "\n  - ",
    "#",
    " # ",
    "'",
    "\"",
    "[",
    "]",
    "{",
    "}",
    ",",
    "!",
    "!Ref ",
    "!Sub '${Vpc}-${Zone.Id}'",
    "&a ",
    "*a",
    "|",
    " |-\n",
    ">",
    "%",
    "\t",
    "? ",
    "\r",
    "\r\n",
    "\n---\n",
    "\n...\n",
    "\\",
    "专有网络",
    "\u{feff}",
    "Resources:\n",
    "\nParameters:\n  Vpc:\n    Type: String\n",
    "Ref: Vpc",
    "DependsOn: Vpc\n",
    "Fn::GetAtt: [Vpc, VpcId]",
    "\"Resources\": {",
    "\"Vpc\": {\"Type\": \"ALIYUN::ECS::VPC\"},",
    "\"Ref\": \"Vpc\"",
    "},\n",
    "}\n",
    "null",
    "/* c */",
    "// c\n",
    "\"a\": 1,\n",
    "%YAML 1.2\n---\n",
    "Transform: Aliyun::Terraform-v1.0\n",
    "!u!x",
    "%TAG !u! tag:a,b:\n---\n",
    "\u{2028}",
    "Conditions:\n  C: {Fn::Equals: [a, a]}\n",
    "'${Vpc}'",
    "Vpc",
    "Count: 2\n",
    "\"Count\": 2,",
    "Condition: C\n",
    "Locals:\n  Vpc: {Value: a}\n",
    "Mappings:\n  M: {a: {b: 1}}\n",
    "!FindInMap [M, a, b]",
    "\"Fn::FindInMap\": [\"M\", \"a\", \"b\"]",
    "Outputs:\n  E: {Value: '${Vpc.VpcId}'}\n",
    "Type: DATASOURCE::ECS::Zones\n",
];

fn edit(text: &str, random: &mut Random) -> (usize, usize, String) {
    let boundary = |at: usize| {
        (0..=at.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    };
    let at = boundary(random.below(text.len() + 1));
    let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |end| from + end + 1);
    match random.below(12) {
        // A few characters go.
        0 | 1 => (at, boundary(at + random.below(6)).max(at), String::new()),
        // Lines go, or come again elsewhere.
        2 => {
            let mut end = at;
            for _ in 0..=random.below(6) {
                end = line_end(end);
            }
            (at, end, String::new())
        }
        3 => {
            let start = boundary(random.below(text.len() + 1));
            let start = line_end(start);
            let mut end = start;
            for _ in 0..=random.below(8) {
                end = line_end(end);
            }
            let place = line_end(at);
            (place, place, text[start..end].to_owned())
        }
        // A line is indented otherwise.
        4 => {
            let line = line_end(at);
            let spaces = text[line..].bytes().take_while(|byte| *byte == b' ').count();
            (line, line + spaces.min(2), " ".repeat(random.below(4)))
        }
        // A character more or less, as typing goes.
        5 | 6 => (
            at,
            at,
            ["x", "1", "-", "_", " ", ".", "中"][random.below(7)].into(),
        ),
        _ => {
            let end = boundary(at + random.below(2) * random.below(4)).max(at);
            (at, end, PIECES[random.below(PIECES.len())].into())
        }
    }
}

/// One notification's changes on `buffer`.
fn changes(buffer: &Buffer, random: &mut Random) -> Vec<Change> {
    let count = if random.below(8) == 0 {
        1 + random.below(3)
    } else {
        1
    };
    let mut now = buffer.clone();
    let mut all = Vec::new();
    for _ in 0..count {
        let text = now.text();
        let (start, end, piece) = edit(&text, random);
        let at = |offset: usize| now.position(offset as u32, Encoding::Utf16);
        let change = match random.below(300) {
            0 => Change {
                range: None,
                text: format!("{}{piece}{}", &text[..start], &text[end..]),
            },
            _ => Change {
                range: Some((at(start), at(end))),
                text: piece,
            },
        };
        now.apply(std::slice::from_ref(&change), Encoding::Utf16);
        all.push(change);
    }
    all
}

struct Run {
    seed: u64,
    edits: usize,
    until: Option<Instant>,
    random: Random,
    /// How many edits kept most of the chunks.
    kept: usize,
}

impl Run {
    fn over(&self, limit: usize) -> bool {
        self.edits >= limit || self.until.is_some_and(|until| Instant::now() > until)
    }

    /// The command that goes the same way.
    fn command(&self) -> String {
        let shared = match std::env::var("ROS_LSP_SHARED") {
            Ok(folder) => format!("ROS_LSP_SHARED={folder}"),
            Err(_) => "env -u ROS_LSP_SHARED".into(),
        };
        let (seed, edits) = (self.seed, self.edits + 1);
        format!("{shared} SEED={seed} EDITS={edits} cargo test --test incremental")
    }

    fn series(&mut self, text: &str, format: Format) {
        let mut edited = Edited::new(text, format);
        for _ in 0..SERIES {
            let changes = changes(&edited.buffer, &mut self.random);
            self.kept += usize::from(edited.apply(&changes) < 0.5);
            self.edits += 1;
        }
    }
}

/// Says how to come to a mismatch again.
impl Drop for Run {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("to repeat this: {}", self.command());
        }
    }
}

/// Another number for each run, small enough to be typed.
fn new_seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| now.as_millis() as u64 % 1_000_000_000)
}

/// The project's own examples and those of the rules, in both formats and with both line breaks; and real templates.
fn texts() -> Vec<(String, Format)> {
    let mut yaml: Vec<String> = ["custom-image.yml", "web-server.yml", "typical-mistakes.yml"]
        .iter()
        .map(|name| {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("examples")
                .join(name);
            std::fs::read_to_string(path).expect("an example can be read")
        })
        .collect();
    yaml.push("a: 1\nb:\n  c: 2\n---\nd: 3\n".into());
    yaml.push("%YAML 1.2\n---\nx: &a 1\ny:\n  z: *a\n  w: *b\n".into());
    let rules = rules().flat_map(|rule| [rule.bad, rule.good]);
    yaml.extend(rules.map(str::to_owned));
    yaml.extend(corpus("incremental").into_iter().flatten().map(|(_, text)| text));
    let small = yaml.into_iter().filter(|text| text.len() < 12_000);
    let mut all = Vec::new();
    for text in small {
        let document = Document::new(&text, Format::Yaml);
        let json = document.tree.root().map(to_json);
        all.push((text.replace('\n', "\r\n"), Format::Yaml));
        all.push((text, Format::Yaml));
        if let Some(json) = json {
            let careless = json.replace("\n    ", "\n");
            all.extend([json, careless].map(|json| (json, Format::Json)));
        }
    }
    all
}

#[test]
fn an_edited_document_equals_a_new_one() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|value| value.parse::<usize>().ok())
    };
    let limit = number("EDITS");
    let texts = texts();
    let seed = number("SEED").map_or_else(new_seed, |seed| seed as u64);
    println!("SEED={seed}, {} texts", texts.len());
    let mut run = Run {
        seed,
        edits: 0,
        until: limit.is_none().then(|| Instant::now() + Duration::from_secs(25)),
        random: Random::new(seed),
        kept: 0,
    };
    while !run.over(limit.unwrap_or(usize::MAX)) {
        let (text, format) = &texts[run.random.below(texts.len())];
        run.series(text, *format);
    }
    println!(
        "SEED={seed}: {} edits, 0 mismatches; {} % kept more than half of the chunks",
        run.edits,
        run.kept * 100 / run.edits.max(1)
    );
    assert!(run.edits > 100, "only {} edits", run.edits);
    // Were everything read again each time, the test would prove nothing. Small templates have few chunks.
    assert!(
        run.kept * 4 > run.edits,
        "{} of {} edits kept their chunks",
        run.kept,
        run.edits
    );
}
