//! The text itself is broken: every syntax error of the parsers.

use super::colon::Slips;
use super::declare::{Check, DocumentContext, Family, Rule};
use super::report::Report;
use super::wording::kind_of;
use crate::syntax::{Format, SyntaxError, SyntaxErrorKind, Tree};

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
        match colon_of(tree, &error) {
            Some(slips) => {
                report
                    .add(&SYNTAX_ERROR, error.range, slips.advice())
                    .mend_colons(slips);
            }
            None => {
                let finding = report.add(&SYNTAX_ERROR, error.range, error.kind.message());
                // Behind a comma or a colon somebody is about to write on.
                if matches!(
                    error.kind,
                    SyntaxErrorKind::TrailingComma | SyntaxErrorKind::MissingValue
                ) {
                    finding.unfinished();
                }
            }
        }
    }
    if let Some(root) = tree.root()
        && !root.is_mapping()
        && tree.errors().next().is_none()
    {
        report.at(
            &ROOT_NOT_MAP,
            root,
            format!(
                "a template must be a map of sections such as `Resources`, not {}",
                kind_of(root.into())
            ),
        );
    }
}

/// The colon that was meant to make an entry of the text at which one is missing.
fn colon_of(tree: &Tree, error: &SyntaxError) -> Option<Slips> {
    if error.kind != SyntaxErrorKind::MissingColon || tree.format() == Format::Json {
        return None;
    }
    let index = tree.chunk_at(error.range.start)?;
    let start = tree.chunk_start(index);
    let place = error.range.start.checked_sub(start)? as usize..error.range.end.checked_sub(start)? as usize;
    Slips::in_text(tree.chunk(index as usize)?.text.get(place)?, error.range.start)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Diagnostic;
    use crate::document::Document;
    use crate::rules::fixture::findings;
    use crate::syntax::Format;
    use crate::text::edit::apply;

    fn ids(text: &str, format: Format) -> Vec<&'static str> {
        findings(&Document::new(text, format))
            .iter()
            .map(|finding: &Diagnostic| finding.id)
            .collect()
    }

    /// The only finding of the text and the text after its fix.
    fn mended(text: &str) -> (String, String) {
        let found = findings(&Document::new(text, Format::Yaml));
        let [finding] = &found[..] else {
            panic!("{found:#?}")
        };
        let edits = finding
            .fixes
            .first()
            .map(|fix| &fix.edits[..])
            .unwrap_or_default();
        (finding.message.clone(), apply(text, edits))
    }

    #[test]
    fn a_colon_without_a_space_makes_no_entry() {
        let head = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n  网络:\n    Type: ALIYUN::ECS::VPC\n    Properties:\n";
        let good = format!("{head}      CidrBlock: 10.0.0.0/8\n      VpcName: a\n");
        let (message, text) = mended(&good.replace("Block: ", "Block:"));
        assert_eq!(message, "put a space after the colon: `CidrBlock: 10.0.0.0/8`");
        assert_eq!(text, good);
        let (message, text) = mended(&good.replace("Name: ", "Name："));
        assert_eq!(
            message,
            "write `VpcName: a` with an ASCII colon: `：` is U+FF1A, a full-width one"
        );
        assert_eq!(text, good);
        let (message, _) = mended(&format!("{good}      Cidr\n"));
        assert_eq!(message, "expected `:` and a value after this key");
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
