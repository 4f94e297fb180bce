//! Is this file a ROS template? The server and the linter stay silent on every other YAML or JSON file.

use super::section::{SectionKind, Template};
use crate::syntax::Tree;

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
