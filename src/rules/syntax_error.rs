//! The text itself is broken: every syntax error of the parsers.

use super::declare::{Check, DocumentContext, Family, Rule};
use super::report::Report;
use crate::syntax::SyntaxErrorKind;

pub(super) const FAMILY: Family = Family {
    rules: &[&SYNTAX_ERROR, &ROOT_NOT_MAP],
    check: Check::Document(check),
};

const SYNTAX_ERROR: Rule = Rule {
    id: "ROS0001",
    name: "syntax-error",
    about: "The text is not valid YAML or JSON at this place. The rest of the template is still checked; findings that \
            would only follow from the broken line are left out.",
    bad: "",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Description: 'a closed quote'
Resources: {}
",
    ..Rule::NONE
};

const ROOT_NOT_MAP: Rule = Rule {
    id: "ROS0002",
    name: "root-not-map",
    about: "A template is a map of sections. A list or a single value at the top is no template.",
    bad: "",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources: {}
",
    ..Rule::NONE
};

fn check(context: &DocumentContext<'_>, report: &mut Report) {
    let tree = &context.document.tree;
    for error in tree.errors() {
        let finding = report.add(&SYNTAX_ERROR, error.range, error.kind.message());
        // Behind a comma or a colon somebody is about to write on.
        if matches!(
            error.kind,
            SyntaxErrorKind::TrailingComma | SyntaxErrorKind::MissingValue
        ) {
            finding.unfinished();
        }
    }
    if let Some(root) = tree.root()
        && !root.is_mapping()
        && tree.errors().next().is_none()
    {
        report.at(
            &ROOT_NOT_MAP,
            root,
            "a template is a map of sections such as `Resources`",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostic;
    use crate::document::Document;
    use crate::rules::fixture::findings;
    use crate::syntax::Format;

    fn ids(text: &str, format: Format) -> Vec<&'static str> {
        findings(&Document::new(text, format))
            .iter()
            .map(|finding: &Diagnostic| finding.id)
            .collect()
    }

    #[test]
    fn a_list_is_no_template() {
        assert_eq!(ids("- a\n- b\n", Format::Yaml), ["ROS0002"]);
        assert_eq!(ids("[1, 2]", Format::Json), ["ROS0002"]);
    }

    #[test]
    fn the_healthy_part_of_a_broken_file_is_checked() {
        let yaml = "ROSTemplateFormatVersion: '2015-09-01'\nDescription: \"未关闭\nResources: {}\nOutputs:\n  A:\n    Value: !Ref Nothing\n";
        assert_eq!(ids(yaml, Format::Yaml), ["ROS0001", "ROS1005"]);
        let json = "{\n  \"ROSTemplateFormatVersion\": \"2015-09-01\",\n  \"Description\": \"未关闭,\n  \"Resources\": {},\n  \"Outputs\": {\n    \"A\": {\"Value\": {\"Ref\": \"Nothing\"}}\n  }\n}\n";
        assert_eq!(ids(json, Format::Json), ["ROS0001", "ROS1005"]);
    }
}
