use ros_lsp::*;
fn main() {
    let want: Vec<String> = std::env::args().skip(1).collect();
    fn walk(p: &std::path::Path, out: &mut Vec<std::path::PathBuf>) {
        for e in std::fs::read_dir(p).unwrap() { let p = e.unwrap().path(); if p.is_dir() { walk(&p, out) } else if p.extension().is_some_and(|x| x=="yml"||x=="yaml") { out.push(p) } }
    }
    let mut files = vec![]; walk(std::path::Path::new("/work/shared/corpus"), &mut files); files.sort();
    for f in files {
        let text = std::fs::read_to_string(&f).unwrap();
        let doc = document::Document::new(&text, syntax::Format::Yaml);
        for d in rules::check(&doc, catalog::Catalog::embedded(), &config::Config::default()) {
            if want.iter().any(|w| w == d.id) {
                let line = text[..d.range.start as usize].matches('\n').count();
                println!("{}:{} {} {}\n        {}", f.strip_prefix("/work/shared/corpus").unwrap().display(), line+1, d.id, d.message, text.lines().nth(line).unwrap_or(""));
            }
        }
    }
}
