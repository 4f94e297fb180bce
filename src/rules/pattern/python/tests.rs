//! The reader of patterns against Python itself.

use super::problem;
use proptest::test_runner::TestRunner;
use std::io::Write;
use std::process::{Command, Stdio};

/// Patterns that Python compiles.
const RIGHT: &[&str] = &[
    "",
    "a",
    "(?a)a",
    "(?a:a)",
    "a{,3}",
    "a{2,}",
    "a{}",
    "a{",
    "a{,}",
    "a{1,2",
    "{",
    "{1",
    "a{x}",
    "[]]",
    "[^]]",
    "[]-a]",
    "[a-]",
    "[-a]",
    "[a\\-z]",
    "[[]",
    "[&&]",
    "[\\d-]",
    "\\Z",
    "\\A",
    "\\b\\B",
    "[\\b]",
    "\\0",
    "\\08",
    "\\012",
    "\\377",
    "\\x41",
    "\\u4e00",
    "\\U0001f600",
    "(?P<n>a)(?P=n)",
    "(?P<名>a)(?P=名)",
    "(a)\\1",
    "(a)|b\\1",
    "(?:a)*",
    "(a)*",
    "(?=a)",
    "(?!a)",
    "(?<=a)b",
    "(?<!ab)c",
    "(?<=a|b)c",
    "(?<=a{3})b",
    "(?<=(a))b",
    "(a)(?<=\\1)b",
    "(?#comment)a",
    "(?#)a",
    "a(?#c)*",
    "(?i)a",
    "(?i:a)",
    "(?i-s:a)",
    "(?-i:a)",
    "(?ims)a",
    "(?x) a # comment (\nb",
    "(?x: a b )",
    "(a)?(?(1)b|c)",
    "(a)(?(1)b)",
    "(?(1)a|b)(c)",
    "(?P<n>a)(?(n)b|c)",
    "a*?",
    "a+?",
    "a??",
    "a{1,2}?",
    "a|",
    "|a",
    "||",
    "(|a)",
    "()",
    "()*",
    "^",
    "$",
    "^a$",
    ".",
    ".*",
    "\\.",
    "\\/",
    "\\-",
    "\\ ",
    "\\é",
    "\\专",
    "[\\专]",
    "[一-龥]",
    "[\\u4e00-\\u9fa5]{2,4}",
    "^(?=.*\\d)(?!\\d+$)[\\w\\/]{8,30}$",
    "(?<=^)a",
    "(?<=\\b)a",
    "(?=a)*",
    "[a-z&&[^b]]",
    "]",
    "}",
    "a}",
    "-",
    "\\<\\>",
    "((((a))))",
    "(?s:.)",
    "\\n\\t\\r\\f\\v\\a",
    "[\\0-\\7]",
    "[\\101]",
    "a*+",
    "(?>a)b",
    "(?<=(?=a+)b)c",
    "\\_",
    "[\\w.-]+@[\\w.-]+",
    "(?u)a",
    "(?m)^a$",
    "(?=(a))\\1",
    "[a-a]",
    "\\\\",
];

/// Patterns that it refuses.
const WRONG: &[&str] = &[
    "[a--z]",
    "[a--]",
    "(?<n>a)",
    "a{1,2}{2}",
    "\\z",
    "\\h",
    "(?<=a*)b",
    "(?<=a|bc)d",
    "(?<!a+)b",
    "[a-",
    "[",
    "[]",
    "[^]",
    "(",
    ")",
    "a)",
    "(a",
    "(?",
    "(?P",
    "(?P<",
    "(?P<n",
    "(?P<n>",
    "(?P<1>a)",
    "(?P<>a)",
    "(?P<a-b>c)",
    "(?P=n)",
    "(?P<n>a)(?P<n>b)",
    "(?P>n)",
    "(?P<n>a(?P=n))",
    "(a\\1)",
    "\\1",
    "(a)\\2",
    "*",
    "+a",
    "?",
    "{1}",
    "{,}",
    "^*",
    "$+",
    "\\b*",
    "a**",
    "a+*",
    "a?{2}",
    "a{3}{4}",
    "a{2,1}",
    "a|*",
    "(*a)",
    "(?:*)",
    "[z-a]",
    "[\\d-z]",
    "[a-\\d]",
    "[\\w-\\d]",
    "\\x4",
    "\\xg1",
    "\\u12",
    "\\U00110000",
    "\\",
    "a\\",
    "[\\",
    "\\p{L}",
    "\\R",
    "\\K",
    "\\Q",
    "\\c",
    "\\e",
    "\\G",
    "[\\A]",
    "[\\Z]",
    "[\\B]",
    "[\\8]",
    "\\400",
    "[\\777]",
    "(?#a",
    "(?i",
    "(?i-",
    "(?i-)",
    "(?-)",
    "(?-i)",
    "(?i-i:a)",
    "(?-a:a)",
    "(?L)a",
    "(?au)a",
    "(?au:a)",
    "(?z)a",
    "(?iz)a",
    "(?(1)a)",
    "(?(x)a)",
    "(?(0)a)",
    "(?(1)a|b|c)(d)",
    "(a)(?(1)b|c|d)",
    "(?<a)",
    "(?<",
    "(?=a",
    "(?(",
    "(?()a)",
    "(?<=(a)\\1)b",
    "(?<=(a)(?(1)b|c))d",
    "a{4294967296}",
    "(?'n'a)",
    "(?&n)",
    "(?R)",
    "(?1)",
    "a(?i)b",
    "\\N",
    "\\N{}",
    "(?|a)",
    "\\8",
    "(?x) a # (\n(",
    "a*?*",
    "a++*",
    "(?<=a?)b",
];

#[test]
fn as_listed() {
    for pattern in RIGHT {
        assert_eq!(problem(pattern), None, "`{pattern}` is right");
    }
    for pattern in WRONG {
        assert!(problem(pattern).is_some(), "`{pattern}` is wrong");
    }
}

#[test]
fn deep_patterns_are_no_danger() {
    assert_eq!(problem(&"(".repeat(100_000)), None);
    assert_eq!(problem(&format!("{}{}", "(".repeat(50), ")".repeat(50))), None);
}

/// Needs `python3` (3.11 to 3.13: later ones know `\z`).
#[test]
fn python_says_the_same() {
    const SCRIPT: &str = "import json, re, sys, warnings
warnings.simplefilter('ignore')
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(3)
def right(pattern):
    try:
        re.compile(pattern)
    except (re.error, OverflowError, ValueError):
        return False
    return True
print(json.dumps([right(pattern) for pattern in json.load(sys.stdin)]))
";
    let mut patterns: Vec<String> = RIGHT
        .iter()
        .chain(WRONG)
        .map(|pattern| (*pattern).to_owned())
        .collect();
    let rounds = std::env::var("ROS_LSP_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse::<usize>().ok());
    patterns.extend(made_up(3_000 * rounds.unwrap_or(1)));
    let Some(output) = python(SCRIPT, &serde_json::to_string(&patterns).unwrap()) else {
        eprintln!("skipped: there is no python3 from 3.11 to 3.13");
        return;
    };
    let answers: Vec<bool> = serde_json::from_str(&output).unwrap();
    assert_eq!(answers.len(), patterns.len());
    assert!(answers.iter().filter(|right| **right).count() > patterns.len() / 10);
    let differing: Vec<(&String, bool, Option<String>)> = patterns
        .iter()
        .zip(&answers)
        .map(|(pattern, right)| (pattern, *right, problem(pattern)))
        .filter(|(_, right, problem)| *right == problem.is_some())
        .collect();
    assert!(
        differing.is_empty(),
        "pattern, right for Python, wrong for us: {differing:#?}"
    );
}

/// Patterns of pieces that mean something, joined at random; the same in each run.
fn made_up(count: usize) -> Vec<String> {
    use proptest::strategy::{Strategy, ValueTree};
    let piece = proptest::sample::select(vec![
        "a", "b", "专", "(", ")", "(?:", "(?P<n>", "(?P=n)", "(?=", "(?!", "(?<=", "(?<!", "(?i:", "(?a)",
        "(?(1)", "|", "*", "+", "?", "{2}", "{,3}", "{1,", "{", "}", "[", "]", "[^", "-", "a-z", "[a-z]",
        "\\d", "\\w", "\\1", "\\2", "\\b", "\\Z", "\\z", "\\-", "\\x41", "\\07", "^", "$", ".", "&&", "--",
        ",", "1", "(?#c)", "\\", "(?x: ", " ", "#",
    ]);
    let pieces = proptest::collection::vec(piece, 1..9);
    let mut runner = TestRunner::deterministic();
    let mut made = || pieces.new_tree(&mut runner).unwrap().current().concat();
    (0..count).map(|_| made()).collect()
}

fn python(script: &str, input: &str) -> Option<String> {
    let mut child = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().ok()?;
    let _ = writer.join();
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).ok())?
}
