//! What a reparse of the touched chunks relies on: a chunk depends on no byte beyond its lookahead, and on nothing
//! before it but the indentation it stands in.

mod support;

use ros_lsp::syntax::{Chunk, Format, Role, parse};

const TAILS: [&str; 24] = [
    "",
    "\n",
    "x",
    ": x\n",
    "\n  x: y\n",
    "\"\n",
    "'\n",
    "]\n",
    "}\n",
    "\n---\n",
    "...\n",
    "- x\n",
    "\nx\n",
    "\tx\n",
    "#\n",
    " #x\n",
    "\r\n",
    "\n\n",
    "专\n",
    "    ",
    "\na: [\n",
    "&a *a\n",
    "|\n  x\n",
    "    x: y\n  z: w\n",
];

#[test]
fn text_beyond_the_lookahead_changes_nothing() {
    let Some(corpus) = support::corpus("text_beyond_the_lookahead_changes_nothing") else {
        return;
    };
    let mut random = support::Random::new(5);
    let mut states = 0;
    for (name, text) in corpus.iter().filter(|(_, text)| text.len() < 20_000) {
        for damage in [0, 0, 1, 3, 6] {
            let text = support::damaged(text, damage, &mut random);
            let tree = parse(&text, Format::Yaml);
            let count = tree.chunks().len();
            for _ in 0..4.min(count) {
                let at = random.below(count);
                // An unclosed quote further up may have looked beyond what this chunk looked at.
                let reach =
                    |chunk: usize| tree.chunk_start(chunk as u32 + 1) + tree.chunks()[chunk].lookahead;
                let end = (0..=at).map(reach).max().unwrap_or(0);
                let mut tail = TAILS[random.below(TAILS.len())].to_owned();
                if random.below(2) == 0 {
                    tail.push_str(text.get(end as usize..).unwrap_or_default());
                }
                let Some(kept) = text.get(..end as usize) else {
                    // It looked at the end of the text, or into a character.
                    continue;
                };
                let changed = format!("{kept}{tail}");
                let other = parse(&changed, Format::Yaml);
                assert_eq!(
                    shown(&tree.chunks()[at]),
                    other
                        .chunks()
                        .get(at)
                        .map_or_else(String::new, |chunk| shown(chunk)),
                    "{name}: chunk {at}, {tail:?} behind {:?}",
                    &kept[tree.chunk_start(at as u32) as usize..]
                );
                states += 1;
            }
        }
    }
    println!("{states} changes beyond the lookahead");
}

/// All of a chunk but its lookahead, which may grow.
fn shown(chunk: &Chunk) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        chunk.role, chunk.text, chunk.nodes, chunk.properties, chunk.errors
    )
}

#[test]
fn an_entry_reads_the_same_without_the_one_before() {
    let Some(corpus) = support::corpus("an_entry_reads_the_same_without_the_one_before") else {
        return;
    };
    let mut pairs = 0;
    for (name, text) in &corpus {
        let tree = parse(text, Format::Yaml);
        for (at, pair) in tree.chunks().windows(2).enumerate() {
            if pair[0].role != Role::SectionEntry || pair[1].role != Role::SectionEntry {
                continue;
            }
            let (start, end) = (tree.chunk_start(at as u32), tree.chunk_start(at as u32 + 1));
            let without = format!("{}{}", &text[..start as usize], &text[end as usize..]);
            if pairs % 7 == 0 {
                let other = parse(&without, Format::Yaml);
                assert!(other.chunks()[at] == pair[1], "{name}: chunk {at}");
            }
            pairs += 1;
        }
    }
    assert!(pairs > 5_000, "{pairs} pairs of entries");
}
