//! What an open document costs in memory, beside the length of its text.

#[path = "support/large.rs"]
mod large;

use ros_lsp::catalog::Catalog;
use ros_lsp::document::Document;
use ros_lsp::rules::Analysis;
use ros_lsp::syntax::Format;
use ros_lsp::text::buffer::Buffer;

/// Most bytes for one byte of text.
const MOST: f64 = 11.0;

/// Documents opened beside each other.
const COPIES: usize = 8;

/// Resident memory of this process in bytes; `None` where the system doesn't say.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}

#[test]
#[allow(clippy::print_stdout)]
fn a_long_document_costs_at_most_eleven_times_its_text() {
    // Nothing is given back before the end: room that was freed would be used again, and not be counted.
    let mut all = Vec::new();
    for (format, text) in [
        (Format::Yaml, large::yaml_template(50_000)),
        (Format::Json, large::json_template(50_000)),
    ] {
        // The first one also pays for what all share, and takes up room that was free.
        let open = || {
            let document = Document::new(&text, format);
            let analysis = Analysis::of(&document, Catalog::embedded());
            (Buffer::new(&text), document, analysis)
        };
        let mut opened = vec![open()];
        let Some(before) = resident() else {
            println!("memory: skipped, the system doesn't tell");
            return;
        };
        opened.extend((0..COPIES).map(|_| open()));
        let used = (resident().unwrap_or(before) - before) / COPIES as f64;
        let times = used / text.len() as f64;
        println!(
            "{} kB of {format:?}: {} kB, {times:.1} times the text",
            text.len() / 1024,
            used as u64 / 1024
        );
        assert!(times <= MOST, "{times:.1} times the text");
        assert!(times > 1.0, "nothing was measured");
        all.push(opened);
    }
}
