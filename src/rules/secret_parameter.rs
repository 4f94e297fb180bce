//! Parameters that seem to hold secrets, and are shown to everyone.

use super::declare::{Check, Family, Rule, UnitContext};
use super::report::Report;
use crate::diagnostic::Severity;
use crate::syntax::scalar_type::Typed;
use crate::template::{Parameter, SectionKind};

pub(super) const FAMILY: Family = Family {
    rules: &[&SECRET_SHOWN],
    check: Check::Unit(check),
};

const SECRET_SHOWN: Rule = Rule {
    id: "ROS0224",
    name: "secret-shown",
    severity: Severity::Warning,
    about: "The name of this parameter speaks of a password or key. `NoEcho: true` keeps its value out of what the service \
            shows of the stack.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  DbPassword:
    Type: String
Resources: {}
Outputs:
  Echo:
    Value:
      Ref: DbPassword
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  DbPassword:
    Type: String
    NoEcho: true
Resources: {}
Outputs:
  Echo:
    Value:
      Ref: DbPassword
",
    ..Rule::NONE
};

/// Ends of names (in lower case, letters and digits only) that speak of a secret.
const SECRETS: [&str; 8] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "secretkey",
    "accesskeysecret",
    "privatekey",
];

fn check(context: &UnitContext<'_>, report: &mut Report) {
    if context.section() != SectionKind::Parameters {
        return;
    }
    let parameter = Parameter { entry: context.entry };
    let name = parameter.name();
    let plain: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let text = parameter.type_name().is_some_and(|name| name == "String");
    if !text || !SECRETS.iter().any(|secret| plain.ends_with(secret)) {
        return;
    }
    // The console masks the fields of these by itself.
    let masked = parameter
        .attribute("AssociationProperty")
        .and_then(|property| property.text())
        .is_some_and(|property| property.contains("Password") || property.contains("ApiKey"));
    if masked || parameter.attribute("NoEcho").is_some_and(is_on) {
        return;
    }
    report.at(
        &SECRET_SHOWN,
        context.entry.key,
        format!("`{name}` needs `NoEcho: true`: it seems to be a secret"),
    );
}

/// Whether `NoEcho` is on, or not known to be off.
fn is_on(node: crate::syntax::Node<'_>) -> bool {
    match node.typed() {
        Some(Typed::Bool(on)) => on,
        Some(Typed::Null) => false,
        _ => !node.text().is_some_and(|text| text.eq_ignore_ascii_case("false")),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn by_name_and_what_masks_it() {
        check(
            "
Parameters:
  DBPassword: {Type: String, NoEcho: 'false'}
# ^^^^^^^^^^ ROS0224 `DBPassword` needs `NoEcho: true`: it seems to be a secret
  PasswordLength: {Type: Number}
  LoginPassword: {Type: String, AssociationProperty: 'ALIYUN::ECS::Instance::Password'}
  SecretName: {Type: String}
  ApiSecret: {Type: String, NoEcho: 'True'}
Resources: {}
Outputs:
  A: {Value: [!Ref DBPassword, !Ref PasswordLength, !Ref LoginPassword, !Ref SecretName, !Ref ApiSecret]}
",
        );
    }
}
