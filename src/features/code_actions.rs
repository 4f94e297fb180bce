//! Quick fixes: what mends the findings under the cursor.

use crate::diagnostic::{Diagnostic, Fix};
use crate::text::TextRange;

/// The fixes of all findings that touch `range` (bytes), the surest of each finding first.
pub fn quick_fixes(findings: &[Diagnostic], range: TextRange) -> Vec<(&Diagnostic, &Fix)> {
    let mut fixes: Vec<_> = findings
        .iter()
        .filter(|finding| finding.range.start <= range.end && range.start <= finding.range.end)
        .flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix)))
        .collect();
    // Two findings at one place may have the same remedy.
    let mut seen: Vec<&Fix> = Vec::new();
    fixes.retain(|(_, fix)| {
        let new = !seen.contains(fix);
        if new {
            seen.push(fix);
        }
        new
    });
    fixes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::fixture::Fixture;
    use crate::rules;
    use crate::text::edit::apply;

    /// The titles of the fixes at the cursor, and the template after the first.
    fn fixes(picture: &str) -> (Vec<String>, String) {
        let fixture = Fixture::new(picture);
        let context = fixture.context();
        let findings = rules::check(context.document, Catalog::embedded(), context.config);
        let fixes = quick_fixes(&findings, TextRange::empty(fixture.offset));
        let mended = fixes
            .first()
            .map_or(String::new(), |(_, fix)| apply(&fixture.text, &fix.edits));
        let titles = fixes.iter().map(|(_, fix)| fix.title.clone()).collect();
        (titles, mended)
    }

    #[track_caller]
    fn check(picture: &str, titles: &[&str], mended: &str) {
        let (found, text) = fixes(picture);
        assert_eq!(found, titles);
        assert_eq!(text, mended);
    }

    #[test]
    fn a_misspelt_name() {
        check(
            "Resources:\n  网络: {Type: ALIYUN::ECS::VPC}\nOutputs:\n  A: {Value: !Ref 网$0路}\n",
            &["Change to `网络`"],
            "Resources:\n  网络: {Type: ALIYUN::ECS::VPC}\nOutputs:\n  A: {Value: !Ref 网络}\n",
        );
        check(
            "{\"Resources\": {\"Vpc\": {\"Type\": \"ALIYUN::ECS::VPC\"}}, \"Outputs\": {\"A\": {\"Value\": {\"Fn::Sub\": \"网${Vcp$0}\"}}}}",
            &["Change to `Vpc`"],
            "{\"Resources\": {\"Vpc\": {\"Type\": \"ALIYUN::ECS::VPC\"}}, \"Outputs\": {\"A\": {\"Value\": {\"Fn::Sub\": \"网${Vpc}\"}}}}",
        );
    }

    #[test]
    fn several_answers_and_none() {
        let template = "Resources:\n  Vpc1: {Type: ALIYUN::ECS::VPC}\n  Vpc2: {Type: ALIYUN::ECS::VPC}\nOutputs:\n  A: {Value: !Ref Vpc$0}\n";
        let (titles, _) = fixes(template);
        assert_eq!(titles, ["Change to `Vpc1`", "Change to `Vpc2`"]);
        let (titles, _) = fixes(&template.replace("$0", "").replace("Outputs", "Out$0puts"));
        assert_eq!(titles, [""; 0]);
    }
}
