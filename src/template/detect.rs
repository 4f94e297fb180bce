//! Is this file a ROS template? The server and the linter stay silent on every other YAML or JSON file.

use super::section::{SectionKind, Template};
use crate::syntax::{Node, Tree};

/// Whether the document is a ROS template: by its version section, by the resource types it uses, or by its file name
/// (`*.ros.yml`, `*.ros.yaml`, `*.ros.json`). `path` may be a path or a URI. OOS templates share the vocabulary but
/// say `FormatVersion: OOS-…`.
pub fn is_template(tree: &Tree, path: &str) -> bool {
    if [".ros.yml", ".ros.yaml", ".ros.json"]
        .iter()
        .any(|ending| path.ends_with(ending))
    {
        return true;
    }
    let Some(root) = tree.root() else { return false };
    if root.get("FormatVersion").is_some() {
        return false;
    }
    let template = Template::of(root);
    if template.section(SectionKind::Version).is_some() {
        return true;
    }
    template.resources().any(|resource| {
        resource
            .type_name()
            .is_some_and(|name| name.starts_with("ALIYUN::") || name.starts_with("DATASOURCE::"))
    })
}

/// Whether the document may be the beginning of a template: nothing but blank lines and comments, and at most one word,
/// which begins with `ros`.
pub fn may_become_template(tree: &Tree) -> bool {
    let begins = |word: Node<'_>| {
        let text = word.text().unwrap_or_default();
        text.get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case("ros"))
    };
    let Some(root) = tree.root() else { return true };
    let mut entries = root.entries();
    match (entries.next(), entries.next()) {
        (Some(only), None) => only.value.is_empty() && begins(only.key),
        (None, _) => root.is_empty() || root.is_mapping() || (root.is_scalar() && begins(root)),
        (Some(_), Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Format, parse};

    #[test]
    fn beginnings() {
        for (text, format, expected) in [
            ("", Format::Yaml, true),
            ("# 网络\n\n", Format::Yaml, true),
            ("ros-t", Format::Yaml, true),
            ("# 网络\nROSTempl\n", Format::Yaml, true),
            ("ro", Format::Yaml, false),
            ("version: 1\n", Format::Yaml, false),
            ("ros: 1\n", Format::Yaml, false),
            ("rosetta\nservices:\n", Format::Yaml, false),
            ("- ros\n", Format::Yaml, false),
            ("", Format::Json, true),
            ("{}", Format::Json, true),
            ("ros", Format::Json, true),
            ("{\"ros\"}", Format::Json, true),
            ("{\"name\"}", Format::Json, false),
            ("[]", Format::Json, false),
        ] {
            assert_eq!(may_become_template(&parse(text, format)), expected, "{text:?}");
        }
    }
}
