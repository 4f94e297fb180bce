//! What stands before a document: directives, comments and the `---` line.

use super::scan::Parser;
use crate::syntax::SyntaxErrorKind;

impl Parser<'_> {
    /// Steps over directives and the `---` line. Whether content follows on the line of the marker.
    pub(super) fn prolog(&mut self) -> bool {
        let mut directives = Directives::default();
        loop {
            if self.skip_trivia().is_some() {
                let directive = self.peek() == Some(b'%')
                    && self.pos == self.line
                    && (directives.last.is_some() || self.is_directive(self.pos));
                if !directive {
                    directives.must_be_followed(self);
                    return false;
                }
                self.directive(&mut directives);
            } else if self.pos >= self.bytes.len() {
                directives.must_be_followed(self);
                return false;
            } else if self.document_marker(&mut directives) {
                self.skip_spaces();
                return !matches!(self.peek(), None | Some(b'\n' | b'\r'));
            }
        }
    }

    /// Steps over `---` (and the comment behind it) or `...`. Whether it was the former.
    fn document_marker(&mut self, directives: &mut Directives) -> bool {
        let starts = self.peek() == Some(b'-');
        if !starts {
            directives.must_be_followed(self);
        }
        self.pos += 3;
        let after = self.pos;
        self.skip_spaces();
        if self.peek() == Some(b'#') && self.pos > after {
            self.pos = self.line_end(self.pos);
        }
        if !starts && !matches!(self.peek(), None | Some(b'\n' | b'\r')) {
            let end = self.trimmed_line_end(self.pos);
            self.error(SyntaxErrorKind::BadDocumentMarker, self.pos, end);
            self.pos = self.line_end(self.pos);
        }
        starts
    }

    /// Whether the `%` line at `line` is a directive rather than broken content: it is one by name, or a `---` follows.
    fn is_directive(&mut self, line: usize) -> bool {
        let rest = &self.bytes[line..];
        if rest.starts_with(b"%YAML ") || rest.starts_with(b"%TAG ") {
            return true;
        }
        let mut line = line;
        loop {
            line = self.next_line(line);
            let blanks = self.bytes[line..]
                .iter()
                .take_while(|byte| matches!(byte, b' ' | b'\t'))
                .count();
            self.seen = self.seen.max(line + blanks + 4);
            match self.byte(line + blanks) {
                Some(b'#' | b'\n' | b'\r') => {}
                Some(b'%') if blanks == 0 => {}
                Some(b'-') if blanks == 0 => return self.at_marker(line),
                _ => return false,
            }
        }
    }

    /// Checks the directive at `pos` and steps over its line.
    fn directive(&mut self, directives: &mut Directives) {
        let start = self.pos;
        let line_end = self.line_end(start);
        let end = self.trimmed_line_end(start);
        let mut words = self.text[start..end]
            .split([' ', '\t'])
            .filter(|word| !word.is_empty());
        let name = words.next().unwrap_or_default();
        let arguments: Vec<&str> = words.collect();
        let (fits, twice) = match (name, &arguments[..]) {
            ("%YAML", [version]) => (
                is_version(version),
                std::mem::replace(&mut directives.version, true),
            ),
            ("%TAG", [handle, _]) => {
                let twice = directives.handles.iter().any(|known| known == handle);
                directives.handles.push((*handle).to_owned());
                (handle.starts_with('!') && handle.ends_with('!'), twice)
            }
            ("%YAML" | "%TAG", _) => (false, false),
            // Directives of other names are reserved: loaders step over them.
            _ => (true, false),
        };
        if !fits {
            self.error(SyntaxErrorKind::BadDirective, start, end);
        } else if twice {
            self.error(SyntaxErrorKind::DuplicateDirective, start, end);
        }
        directives.last = Some((start, end));
        self.pos = line_end;
    }
}

/// The directives of one document.
#[derive(Default)]
struct Directives {
    /// Where the last one stands.
    last: Option<(usize, usize)>,
    version: bool,
    handles: Vec<String>,
}

impl Directives {
    /// Reports directives that no `---` follows.
    fn must_be_followed(&mut self, parser: &mut Parser<'_>) {
        if let Some((start, end)) = std::mem::take(self).last {
            parser.error(SyntaxErrorKind::BadDirective, start, end);
        }
    }
}

/// `1.2`
fn is_version(text: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.')
        .is_some_and(|(major, minor)| number(major) && number(minor))
}
