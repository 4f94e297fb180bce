//! Policies of Resource Access Management: who may do what, as a map or as JSON text.

use super::declare::{Check, Family, Rule, ValueContext};
use super::report::{Report, did_you_mean};
use crate::catalog::meaning::{Meaning, PolicyPlace, meaning};
use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::syntax::{Format, Kind, Node};
use crate::template::Value;

pub(super) const FAMILY: Family = Family {
    rules: &[&POLICY, &INCOMPLETE_POLICY],
    check: Check::Value(check),
};

const POLICY: Rule = Rule {
    id: "ROS0814",
    name: "policy-document",
    about: "A policy is a map of `Version: '1'` and a list `Statement`; each statement has an `Effect` (`Allow` or `Deny`), \
            an `Action` or `NotAction`, and by its place a `Resource` or a `Principal`. Upper and lower case matter. JSON \
            text is read as well; functions may stand anywhere.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Policy:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyName: read
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: ['oss:Get*']
            Resource: ['*']
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Policy:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyName: read
      PolicyDocument:
        Version: '1'
        Statement:
          - Effect: Allow
            Action: ['oss:Get*']
            Resource: ['*']
",
    ..Rule::NONE
};

const INCOMPLETE_POLICY: Rule = Rule {
    id: "ROS0815",
    name: "incomplete-policy",
    about: "Something that every policy of this kind needs is missing. Who may assume a role says its `Principal`; what a \
            user, group or role may do says its `Resource`.",
    bad: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Policy:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyName: read
      PolicyDocument:
        Version: '1'
        Statement:
          - Action: ['oss:Get*']
            Resource: ['*']
",
    good: "
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Policy:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyName: read
      PolicyDocument:
        Version: '1'
        Statement:
          - Effect: Allow
            Action: ['oss:Get*']
            Resource: ['*']
",
    ..Rule::NONE
};

const DOCUMENT_KEYS: &[&str] = &["Version", "Statement"];

const STATEMENT_KEYS: &[&str] = &[
    "Effect",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
    "Sid",
];

/// The reading of one policy.
struct Policy<'r, 'n> {
    place: PolicyPlace,
    /// The schema knows the keys of the policy: what is unknown or missing there are other rules' findings.
    known: bool,
    /// For a policy in a text: where that stands. What is inside has no place of its own in the template.
    text: Option<Node<'n>>,
    report: &'r mut Report,
}

fn check(context: &ValueContext<'_>, report: &mut Report) {
    let Some(Meaning::Policy(place)) = meaning(&context.resource_type.name, context.property) else {
        return;
    };
    let value = context.value;
    let mut policy = Policy {
        place,
        known: !context.property.properties.is_empty(),
        text: None,
        report,
    };
    match value.call() {
        None if value.node.is_mapping() => policy.document(value.node),
        // Placeholders stand inside of its texts.
        Some(call) if call.is("Fn::Sub") => policy.text(call.argument),
        None => policy.text(value),
        Some(_) => {}
    }
}

impl Policy<'_, '_> {
    fn text(&mut self, value: Value<'_>) {
        let Some(text) = value.literal().filter(|text| text.trim_start().starts_with('{')) else {
            return;
        };
        let document = Document::new(&text, Format::Json);
        if document.tree.errors().next().is_some() {
            return;
        }
        if let Some(root) = document.tree.root() {
            let mut inner = Policy {
                place: self.place,
                known: false,
                text: Some(value.node),
                report: self.report,
            };
            inner.document(root);
        }
    }

    fn document(&mut self, document: Node<'_>) {
        if open_ended(document) {
            return;
        }
        self.unknown_keys(document, DOCUMENT_KEYS);
        match document.get("Version") {
            Some(version) => self.version(version),
            None => self.missing(document, "a policy", &["Version"]),
        }
        match document.get("Statement") {
            None => self.missing(document, "a policy", &["Statement"]),
            Some(statements) if Value::from(statements).call().is_some() => {}
            Some(statements) if statements.is_sequence() => {
                for statement in statements.items() {
                    if statement.is_mapping() && Value::from(statement).call().is_none() {
                        self.statement(statement);
                    }
                }
            }
            Some(statements) if statements.is_mapping() => {
                if !self.known {
                    self.wrong(statements, "`Statement` must be a list of maps", &[]);
                }
                self.statement(statements);
            }
            Some(_) => {}
        }
    }

    fn version(&mut self, version: Node<'_>) {
        let Some(text) = literal(version) else { return };
        if text != "1" {
            let message =
                format!("`Version` of a policy must be `1`, not `{text}`: it is the version of the language");
            self.wrong(version, &message, &["1"]);
        }
    }

    fn statement(&mut self, statement: Node<'_>) {
        if open_ended(statement) {
            return;
        }
        self.unknown_keys(statement, STATEMENT_KEYS);
        match statement.get("Effect") {
            Some(effect) => self.effect(effect),
            None => self.missing(statement, "a statement", &["Effect"]),
        }
        self.one_of_two(statement, "Action", "NotAction");
        match self.place {
            PolicyPlace::Identity => {
                self.one_of_two(statement, "Resource", "NotResource");
                if let Some(principal) = statement.entry("Principal").filter(|_| !self.known) {
                    let message =
                        "`Principal` does not belong in a policy that is attached to users, groups or roles";
                    self.wrong(principal.key, message, &[]);
                }
            }
            PolicyPlace::Trust => {
                if statement.get("Principal").is_none() {
                    self.missing(
                        statement,
                        "a statement about who may assume a role",
                        &["Principal"],
                    );
                }
            }
            PolicyPlace::Resource => {}
        }
    }

    fn effect(&mut self, effect: Node<'_>) {
        const EFFECTS: [&str; 2] = ["Allow", "Deny"];
        let Some(text) = literal(effect).filter(|text| !EFFECTS.contains(&text.as_str())) else {
            return;
        };
        let found = nearest(&text, EFFECTS);
        let message = format!(
            "`Effect` must be `Allow` or `Deny`, not `{text}`{}",
            did_you_mean(&found)
        );
        self.wrong(effect, &message, &found);
    }

    fn one_of_two(&mut self, statement: Node<'_>, one: &'static str, other: &'static str) {
        match (statement.entry(one), statement.entry(other)) {
            (None, None) => self.missing(statement, "a statement", &[one, other]),
            (Some(first), Some(second)) => {
                let later = if first.key.range().start < second.key.range().start {
                    second
                } else {
                    first
                };
                let message = format!("a statement has `{one}` or `{other}`, not both");
                self.wrong(later.key, &message, &[]);
            }
            _ => {}
        }
    }

    fn unknown_keys(&mut self, map: Node<'_>, names: &[&str]) {
        if self.known {
            return;
        }
        for entry in map.entries() {
            let Some(key) = entry
                .key
                .text()
                .filter(|key| !key.is_empty() && !names.contains(&&**key))
            else {
                continue;
            };
            let found = nearest(&key, names.iter().copied());
            if !found.is_empty() {
                let message = format!("a policy has no key `{key}`{}", did_you_mean(&found));
                self.wrong(entry.key, &message, &found);
            }
        }
    }

    /// None of the names is there, nor one that may have been meant for one of them.
    fn missing(&mut self, map: Node<'_>, what: &str, names: &[&str]) {
        let misspelt = map
            .entries()
            .filter_map(|entry| entry.key.text())
            .any(|key| !nearest(&key, names.iter().copied()).is_empty());
        // What the schema requires is missed by another rule.
        if misspelt || (self.known && DOCUMENT_KEYS.iter().any(|key| names == [*key])) {
            return;
        }
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let message = format!("{what} needs {}", names.join(" or "));
        let at = map.entries().next().map_or(map, |entry| entry.key);
        let place = self.text.unwrap_or(at);
        let severity = self.severity();
        self.report
            .at(&INCOMPLETE_POLICY, place, self.words(&message))
            .severity(severity);
    }

    fn wrong(&mut self, node: Node<'_>, message: &str, meant: &[&str]) {
        let message = self.words(message);
        let severity = self.severity();
        let Some(text) = self.text else {
            let finding = self.report.at(&POLICY, node, message).severity(severity);
            finding.suggest(meant);
            return;
        };
        self.report.at(&POLICY, text, message).severity(severity);
    }

    fn words(&self, message: &str) -> String {
        match self.text {
            Some(_) => format!("in this policy: {message}"),
            None => message.to_owned(),
        }
    }

    /// Policies of other products may know more than those of Resource Access Management.
    fn severity(&self) -> Severity {
        match self.place {
            PolicyPlace::Identity | PolicyPlace::Trust => Severity::Error,
            PolicyPlace::Resource => Severity::Warning,
        }
    }
}

/// Keys may come from elsewhere, or the whole is a call.
fn open_ended(map: Node<'_>) -> bool {
    !map.is_mapping() || map.entry("<<").is_some() || Value::from(map).call().is_some()
}

fn literal(node: Node<'_>) -> Option<String> {
    let value = Value::from(node);
    let text = value.literal()?;
    let plain = node.kind() == Kind::Scalar && !text.is_empty() && !text.contains("${");
    plain.then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn policies_as_maps() {
        check(
            "
Resources:
  策略:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyName: read
      PolicyDocument:
        Version: '2012-10-17'
#                 ^^^^^^^^^^ ROS0814 `Version` of a policy must be `1`, not `2012-10-17`
        Statement:
          - Effect: allow
#                   ^^^^^ ROS0814 `Effect` must be `Allow` or `Deny`, not `allow`; did you mean `Allow`?
            Action: ['*']
            Resource: ['*']
          - Effect: Deny
#           ^^^^^^ ROS0815 a statement needs `Action` or `NotAction`
            Resource: ['*']
          - Effect: {Ref: ALIYUN::Region}
#           ^^^^^^ ROS0815 a statement needs `Resource` or `NotResource`
            Action: ['*']
          - Ref: ALIYUN::NoValue
  角色:
    Type: ALIYUN::RAM::Role
    Properties:
      RoleName: r
      AssumeRolePolicyDocument:
        Version: 1
        Statement:
          - Effect: Allow
#           ^^^^^^ ROS0815 a statement about who may assume a role needs `Principal`
            Action: sts:AssumeRole
",
        );
    }

    #[test]
    fn a_misspelt_key_is_one_finding() {
        check(
            "
Resources:
  A:
    Type: ALIYUN::RAM::ManagedPolicy
    Properties:
      PolicyName: read
      PolicyDocument:
        Version: '1'
        Statement:
          - effect: Allow
#           ^^^^^^ ROS0801
            Action: ['*']
            Resource: ['*']
  桶:
    Type: ALIYUN::OSS::Bucket
    Properties:
      BucketName: bucket
      Policy:
        version: '1'
#       ^^^^^^^ ROS0814 a policy has no key `version`; did you mean `Version`?
        Statement:
          - Efect: Allow
#           ^^^^^ ROS0814 a policy has no key `Efect`; did you mean `Effect`?
            Action: ['*']
            Principal: ['*']
",
        );
    }

    #[test]
    fn policies_as_text() {
        check(
            r#"
Resources:
  A: {Type: ALIYUN::ResourceManager::ControlPolicy, Properties: {ControlPolicyName: p, EffectScope: RAM, PolicyDocument: '{"Version": "2", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}'}}
#                                                                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ROS0814 in this policy: `Version` of a policy must be `1`
  B: {Type: ALIYUN::ResourceManager::ControlPolicy, Properties: {ControlPolicyName: p, EffectScope: RAM, PolicyDocument: !Sub '{"Version": "1", "Statement": [{"Effect": "Deny", "Action": "*"}]}'}}
#                                                                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ROS0815 in this policy: a statement needs `Resource` or `NotResource`
#                                                                                                                        ^^^^ ROS1012
  C: {Type: ALIYUN::ResourceManager::ControlPolicy, Properties: {ControlPolicyName: p, EffectScope: RAM, PolicyDocument: !Join ['', ['{', '}']]}}
"#,
        );
    }
}
