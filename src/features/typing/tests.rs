//! Tests of what is shown while typing, with findings that are easy to see: words that begin with `bad`, `missing` as what
//! is still missing, and `ref:NAME` where no `NAME:` is in the text, with the first that begins so in its words.

use super::*;
use crate::diagnostic::Severity;
use crate::syntax::{Format, parse};
use crate::text::buffer::Change;

const PAUSE: Duration = Duration::from_millis(800);

const TEMPLATE: &str = "Resources:\n  One:\n    Type: a\n  Two:\n    Type: b\n  Three:\n    Type: c\n";

struct Session {
    buffer: Buffer,
    format: Format,
    typing: Typing,
    version: u64,
    /// The findings of a version.
    found: (u64, Arc<Vec<Diagnostic>>),
    now: Instant,
    pause: Duration,
}

impl Session {
    fn opens(text: &str) -> Session {
        let mut session = Session {
            buffer: Buffer::new(text),
            format: if text.starts_with('{') {
                Format::Json
            } else {
                Format::Yaml
            },
            typing: Typing::default(),
            version: 1,
            found: Default::default(),
            now: Instant::now(),
            pause: PAUSE,
        };
        session.shown();
        session
    }

    /// Replaces the first `what` in the text, in one edit.
    fn replaces(&mut self, what: &str, by: &str) -> Vec<String> {
        let start = self.buffer.text().find(what).unwrap() as u32;
        self.edits(TextRange::new(start, start + what.len() as u32), by)
    }

    /// Puts `text` behind the first `what`, letter by letter; what is shown at the end.
    fn types(&mut self, what: &str, text: &str) -> Vec<String> {
        let mut at = (self.buffer.text().find(what).unwrap() + what.len()) as u32;
        let mut shown = self.shown();
        for letter in text.chars() {
            shown = self.edits(TextRange::empty(at), &letter.to_string());
            at += letter.len_utf8() as u32;
        }
        shown
    }

    fn edits(&mut self, range: TextRange, by: &str) -> Vec<String> {
        let position = |offset| self.buffer.position(offset, Encoding::Utf8);
        let before = self.buffer.clone();
        let change = Change {
            range: Some((position(range.start), position(range.end))),
            text: by.to_owned(),
        };
        let touched = self.buffer.apply(&[change], Encoding::Utf8);
        self.version += 1;
        self.now += Duration::from_millis(100);
        let typed = is_typed(&before, &self.buffer, &touched);
        self.typing.edited(self.version, &touched, typed, self.now);
        self.shown()
    }

    fn waits(&mut self) -> Vec<String> {
        self.now += PAUSE;
        self.shown()
    }

    fn saves(&mut self) -> Vec<String> {
        self.typing.saved();
        self.shown()
    }

    fn moves_to(&mut self, what: &str) -> bool {
        let text = self.buffer.text();
        let tree = parse(&text, self.format);
        self.typing
            .cursor_at(self.version, &tree, text.find(what).unwrap() as u32)
    }

    fn view(&mut self) -> View {
        let text = self.buffer.text();
        if self.found.0 != self.version {
            self.found = (self.version, Arc::new(findings(&text)));
        }
        let tree = parse(&text, self.format);
        self.typing
            .look(self.version, &tree, &self.found.1, self.pause, self.now)
    }

    fn shown(&mut self) -> Vec<String> {
        let view = self.view();
        let text = self.buffer.text();
        let place = |finding: &Diagnostic| text[finding.range.as_usize()].to_owned();
        // The words first where they are not those of the place.
        let name = |finding: &Diagnostic| match place(finding) {
            place if place == finding.message => place,
            place => format!("{} at {place}", finding.message),
        };
        view.list.iter().map(name).collect()
    }
}

fn findings(text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split([' ', '\n', '"', ',']) {
        let unfinished = word == "missing";
        let name = word.strip_prefix("ref:");
        let undefined = name.filter(|name| !text.contains(&format!(" {name}:")));
        let near = undefined.and_then(|name| text.split(' ').find(|key| key.starts_with(name)));
        if word.starts_with("bad") || unfinished || undefined.is_some() {
            found.push(Diagnostic {
                id: "ROS9999",
                name: "test",
                severity: Severity::Error,
                message: near.map_or(word.to_owned(), |near| near.replace(':', "?")),
                range: TextRange::new(start, start + word.len() as u32),
                related: Vec::new(),
                unnecessary: false,
                deprecated: false,
                unfinished,
                fixes: Vec::new(),
            });
        }
        start += word.len() as u32 + 1;
    }
    found
}

const NOTHING: [&str; 0] = [];

#[test]
fn everything_is_shown_when_a_document_is_opened() {
    assert_eq!(
        Session::opens("A: bad1\nB: missing\n").shown(),
        ["bad1", "missing"]
    );
}

#[test]
fn a_new_finding_waits_for_a_pause() {
    let mut session = Session::opens(TEMPLATE);
    assert_eq!(session.types("Type: b", "\n    Name: bad"), NOTHING);
    let due = session.view().due.unwrap();
    assert_eq!(due - session.now, PAUSE);
    session.now = due - Duration::from_millis(1);
    assert_eq!(session.shown(), NOTHING);
    session.now = due;
    let revision = session.view().revision;
    assert_eq!(session.shown(), ["bad"]);
    assert_eq!(session.view().due, None);
    assert_eq!(session.view().revision, revision, "the list is the same again");
}

#[test]
fn each_keystroke_prolongs_the_wait() {
    let mut session = Session::opens(TEMPLATE);
    session.replaces("b\n", "bad\n");
    session.now += PAUSE - Duration::from_millis(101);
    assert_eq!(session.replaces("bad", "bad2"), NOTHING);
    session.now += PAUSE - Duration::from_millis(1);
    assert_eq!(session.shown(), NOTHING);
}

#[test]
fn an_edit_in_another_entry_shows_what_waits_but_not_what_it_brings() {
    let mut session = Session::opens(TEMPLATE);
    assert_eq!(session.replaces("a\n", "bad1\n"), NOTHING);
    assert_eq!(session.types("Type: c", "\n    Name: bad3"), ["bad1"]);
    assert_eq!(session.waits(), ["bad1", "bad3"]);
}

#[test]
fn typing_on_into_a_new_entry_shows_what_waits_in_the_one_before() {
    let mut session = Session::opens(TEMPLATE);
    assert_eq!(session.types("Type: c", "\n    Name: bad"), NOTHING);
    assert_eq!(session.types("Name: bad", "\n  Four:"), ["bad"]);
}

#[test]
fn a_save_shows_everything() {
    let mut session = Session::opens(TEMPLATE);
    session.replaces("a\n", "bad\n");
    assert_eq!(session.types("Type: c", "\n    Name: missing"), ["bad"]);
    assert!(session.typing.saved());
    assert_eq!(session.shown(), ["bad", "missing"]);
    assert!(!session.typing.saved());
}

#[test]
fn a_save_counts_for_edits_that_nobody_has_looked_at() {
    let mut session = Session::opens(TEMPLATE);
    let before = session.buffer.clone();
    let end = session.buffer.position(session.buffer.len(), Encoding::Utf8);
    let change = Change {
        range: Some((end, end)),
        text: "  bad".into(),
    };
    let touched = session.buffer.apply(&[change], Encoding::Utf8);
    session.version += 1;
    assert!(is_typed(&before, &session.buffer, &touched));
    session
        .typing
        .edited(session.version, &touched, true, session.now);
    assert_eq!(session.saves(), ["bad"]);
}

#[test]
fn what_was_there_stays_wherever_the_edit_moves_it() {
    let mut session = Session::opens("Resources:\n  A:\n    x: bad1\n  B: bad2\n");
    assert_eq!(session.types("bad1", "\n    yy: bad3"), ["bad1", "bad2"]);
    assert_eq!(session.replaces("x", "zzz"), ["bad1", "bad2"]);
}

#[test]
fn what_is_mended_goes_at_once() {
    let mut session = Session::opens("A: bad1\nB: bad2\n");
    assert_eq!(session.replaces("bad2", "good"), ["bad1"]);
}

#[test]
fn while_a_wrong_name_is_typed_anew_its_finding_stays_with_the_words_of_the_day() {
    let mut session = Session::opens("A: bad1\nB: x\n");
    assert_eq!(session.replaces("bad1", "bad"), ["bad"]);
    assert_eq!(session.types("A: bad", "er"), ["bader"]);
    assert_eq!(session.replaces("bader", "good"), NOTHING);
}

#[test]
fn a_finding_elsewhere_keeps_its_words_until_the_wait_is_over() {
    let mut session = Session::opens("Resources:\n  Vpc: a\n  Two:\n    Type: ref:Vp\n");
    assert_eq!(session.replaces("Vpc: a", "Vp1: a"), ["Vpc? at ref:Vp"]);
    assert_eq!(session.types("Vp1", "2"), ["Vpc? at ref:Vp"]);
    assert_eq!(session.waits(), ["Vp12? at ref:Vp"]);
}

#[test]
fn two_findings_at_one_place_keep_their_own_words() {
    let mut session = Session::opens("A: bad1 bad2\n");
    assert_eq!(session.replaces("bad2", "bad3"), ["bad1", "bad3"]);
    assert_eq!(session.replaces(" bad3", "bad3"), ["bad1bad3"]);
}

#[test]
fn what_an_edit_brings_elsewhere_waits_too() {
    let mut session = Session::opens("Resources:\n  Vpc:\n    Type: a\n  Two:\n    Type: ref:Vpc\n");
    assert_eq!(session.replaces("Vpc:", "Vp:"), NOTHING);
    assert_eq!(session.replaces("Vp:", "V:"), NOTHING);
    assert_eq!(session.replaces("V:", "Vpc:"), NOTHING);
    assert_eq!(session.replaces("Vpc:", "Net:"), NOTHING);
    assert_eq!(session.waits(), ["ref:Vpc"]);
}

#[test]
fn what_is_put_in_as_a_whole_is_no_typing() {
    let mut session = Session::opens(TEMPLATE);
    assert_eq!(
        session.replaces("a\n", "a\n    Name: bad1\n    Other: bad2\n"),
        ["bad1", "bad2"]
    );
    let mut session = Session::opens("Resources:\n  Vpc:\n    Type: a\n  Two:\n    Type: ref:Vpc\n");
    assert_eq!(session.replaces("  Vpc:\n    Type: a\n", ""), ["ref:Vpc"]);
}

#[test]
fn a_completed_word_is_typing_however_long() {
    let mut session = Session::opens(TEMPLATE);
    let long = "bad::ECS::SecurityGroupIngressWithALongName";
    assert_eq!(session.replaces("a\n", &format!("{long}\n")), NOTHING);
    assert_eq!(session.waits(), [long]);
}

#[test]
fn a_line_between_two_brackets_is_typing() {
    let text = "{\"Resources\": {\n  \"One\": {}\n}}";
    let mut session = Session::opens(text);
    let between = TextRange::empty(text.find("}\n").unwrap() as u32);
    assert_eq!(session.edits(between, "\n    \"bad\"\n  "), NOTHING);
    assert_eq!(session.waits(), ["bad"]);
}

#[test]
fn what_is_missing_waits_until_the_cursor_has_left() {
    let mut session = Session::opens(TEMPLATE);
    assert_eq!(session.types("Type: b", "\n    Name: missing"), NOTHING);
    assert_eq!(session.view().due, None, "a pause changes nothing");
    assert_eq!(session.waits(), NOTHING);
    assert_eq!(session.types("missing", "\n"), NOTHING);
    assert!(session.view().due.is_some());
    assert_eq!(session.waits(), ["missing"]);
    assert_eq!(
        session.replaces("missing", "missing"),
        ["missing"],
        "it is known now"
    );
}

#[test]
fn an_edit_in_another_entry_tells_that_the_cursor_has_left() {
    let mut session = Session::opens(TEMPLATE);
    session.types("Type: b", "\n    Name: missing");
    assert_eq!(session.replaces("c\n", "d\n"), ["missing"]);
}

#[test]
fn a_request_tells_where_the_cursor_is() {
    let mut session = Session::opens(TEMPLATE);
    session.types("Type: b", "\n    Name: missing");
    assert_eq!(session.waits(), NOTHING);
    assert!(!session.moves_to("Name: missing"));
    assert_eq!(session.shown(), NOTHING);
    assert!(session.moves_to("Type: b"));
    assert_eq!(session.shown(), ["missing"]);
}

#[test]
fn what_is_missing_in_a_skeleton_waits() {
    let mut session = Session::opens(TEMPLATE);
    assert_eq!(
        session.replaces("a\n", "a\n    Name: missing\n    Other: bad2\n"),
        ["bad2"]
    );
    assert_eq!(session.waits(), ["bad2"]);
    assert_eq!(session.replaces("Type: c", "Type: d"), ["missing", "bad2"]);
}

#[test]
fn without_a_pause_nothing_waits() {
    let mut session = Session::opens(TEMPLATE);
    session.pause = Duration::ZERO;
    assert_eq!(
        session.types("Type: b", "\n    Name: missing bad"),
        ["missing", "bad"]
    );
}

#[test]
fn a_version_asked_about_too_late_shows_no_more_than_is_shown() {
    let mut session = Session::opens("A: bad1\nB: x\n");
    let (old, old_tree) = (session.version, parse(&session.buffer.text(), Format::Yaml));
    session.replaces("x", "y");
    let all = Arc::new(findings("A: bad1\nB: bad2\n"));
    let view = session.typing.look(old, &old_tree, &all, PAUSE, session.now);
    assert_eq!(
        view.list
            .iter()
            .map(|finding| &*finding.message)
            .collect::<Vec<_>>(),
        ["bad1"]
    );
    assert_eq!(session.shown(), ["bad1"]);
}

#[test]
fn other_rules_for_the_same_text_are_no_typing() {
    let mut session = Session::opens("A: bad1\nB: x\n");
    session.replaces("x", "bad2");
    let tree = parse(&session.buffer.text(), Format::Yaml);
    let mut all = findings(&session.buffer.text());
    all.push(Diagnostic {
        id: "ROS9998",
        ..all[0].clone()
    });
    all.sort_by_key(|finding| (finding.range, finding.id));
    let view = session
        .typing
        .look(session.version, &tree, &Arc::new(all), PAUSE, session.now);
    assert_eq!(
        view.list.iter().map(|finding| finding.id).collect::<Vec<_>>(),
        ["ROS9998", "ROS9999"]
    );
}

#[test]
fn edits_that_nobody_looks_at_are_forgotten() {
    let mut session = Session::opens("A: x\n");
    for version in 2..2000 {
        session.typing.edited(version, &[], true, session.now);
    }
    assert!(session.typing.edits.len() <= MOST_UNSEEN);
    session.version = 2000;
    session.buffer = Buffer::new("A: bad\n");
    assert_eq!(session.shown(), ["bad"]);
}
