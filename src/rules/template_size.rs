//! The service's limit on a template's size.

use super::declare::{Check, DocumentContext, Family, Rule};
use super::report::Report;
use crate::text::TextRange;

pub(super) const FAMILY: Family = Family {
    rules: &[&TEMPLATE_SIZE],
    check: Check::Document(check),
};

/// Bytes; the service refuses larger bodies.
const MOST_BYTES: u32 = 524_288;

const TEMPLATE_SIZE: Rule = Rule {
    id: "ROS0006",
    name: "template-size",
    about: "The service takes template bodies of at most 524,288 bytes (512 KB). Move parts into nested stacks, or long \
            scripts into objects that the resources fetch.",
    bad: "",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
",
    ..Rule::NONE
};

fn check(context: &DocumentContext<'_>, report: &mut Report) {
    let size = context.document.tree.len();
    if size > MOST_BYTES {
        let message = format!("a template may have at most {MOST_BYTES} bytes, this has {size}");
        report.add(&TEMPLATE_SIZE, TextRange::new(0, 0), message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::rules::fixture::findings;
    use crate::syntax::Format;

    #[test]
    fn one_byte_too_many() {
        let head = "ROSTemplateFormatVersion: '2015-09-01'\nResources: {}\n# ";
        let fits = format!("{head}{}", "x".repeat(MOST_BYTES as usize - head.len()));
        assert_eq!(findings(&Document::new(&fits, Format::Yaml)), []);
        let ids: Vec<_> = findings(&Document::new(&(fits + "x"), Format::Yaml))
            .iter()
            .map(|f| f.id)
            .collect();
        assert_eq!(ids, ["ROS0006"]);
    }
}
