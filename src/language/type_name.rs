//! The forms of a resource type's name.

/// What a type's name says by its form alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypeName<'n> {
    /// `ALIYUN::ECS::VPC`
    Resource { product: &'n str, resource: &'n str },
    /// `ALIYUN::RandomString`: a resource of no product.
    Plain { resource: &'n str },
    /// `DATASOURCE::VPC::Vpcs`: queried, never made.
    DataSource { product: &'n str, resource: &'n str },
    /// `MODULE::My::Network`, `MODULE::ACS::ECS::Group`: a template under a name; needs `Version` to be fixed.
    Module { name: &'n str },
    /// `Custom::Name`: made by a service of the user's.
    Custom { name: &'n str },
    /// `Aliyun::Serverless::Function`: expanded by the Serverless transform.
    Serverless { name: &'n str },
    /// None of these.
    Malformed,
}

/// The first parts that type names have, as offered while one is typed.
pub const PREFIXES: &[&str] = &[
    "ALIYUN::",
    "DATASOURCE::",
    "MODULE::",
    "Custom::",
    "Aliyun::Serverless::",
];

impl<'n> TypeName<'n> {
    /// Reads a name. Case counts.
    pub fn of(name: &'n str) -> TypeName<'n> {
        let well_formed = name.split("::").all(is_part);
        let Some((prefix, rest)) = name.split_once("::").filter(|_| well_formed) else {
            return TypeName::Malformed;
        };
        match (prefix, rest.split_once("::")) {
            ("ALIYUN", None) => TypeName::Plain { resource: rest },
            ("ALIYUN", Some((product, resource))) if !resource.contains(':') => {
                TypeName::Resource { product, resource }
            }
            ("DATASOURCE", Some((product, resource))) if !resource.contains(':') => {
                TypeName::DataSource { product, resource }
            }
            ("MODULE", Some(_)) => TypeName::Module { name: rest },
            ("Custom", _) => TypeName::Custom { name: rest },
            ("Aliyun", Some(("Serverless", name))) => TypeName::Serverless { name },
            _ => TypeName::Malformed,
        }
    }

    /// The product that the type belongs to.
    pub fn product(self) -> Option<&'n str> {
        match self {
            TypeName::Resource { product, .. } | TypeName::DataSource { product, .. } => Some(product),
            _ => None,
        }
    }

    /// Whether the service describes the type: its properties and attributes can be known. Modules, custom and
    /// Serverless resources are open.
    pub fn is_described(self) -> bool {
        matches!(
            self,
            TypeName::Resource { .. } | TypeName::Plain { .. } | TypeName::DataSource { .. }
        )
    }
}

/// Letters, digits, and the marks that names of custom types and modules may have.
fn is_part(part: &str) -> bool {
    !part.is_empty()
        && part
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '@' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form() {
        assert_eq!(
            TypeName::of("ALIYUN::ECS::VPC"),
            TypeName::Resource {
                product: "ECS",
                resource: "VPC"
            }
        );
        assert_eq!(
            TypeName::of("ALIYUN::RandomString"),
            TypeName::Plain {
                resource: "RandomString"
            }
        );
        assert_eq!(TypeName::of("DATASOURCE::VPC::Vpcs").product(), Some("VPC"));
        assert_eq!(
            TypeName::of("MODULE::ACS::ECS::Group"),
            TypeName::Module {
                name: "ACS::ECS::Group"
            }
        );
        assert_eq!(
            TypeName::of("MODULE::My::Network"),
            TypeName::Module { name: "My::Network" }
        );
        assert_eq!(TypeName::of("Custom::Thing"), TypeName::Custom { name: "Thing" });
        assert_eq!(
            TypeName::of("Aliyun::Serverless::Log::Logstore"),
            TypeName::Serverless {
                name: "Log::Logstore"
            }
        );
    }

    #[test]
    fn malformed() {
        for name in [
            "",
            "ALIYUN",
            "ALIYUN::",
            "ALIYUN::ECS::",
            "ALIYUN::ECS::VPC::More",
            "ALIYUN:ECS:VPC",
            "ALIYUN::ECS:VPC",
            "ALIYUN::::VPC",
            "aliyun::ECS::VPC",
            "Aliyun::ECS::VPC",
            "AWS::EC2::VPC",
            "DATASOURCE::VPC",
            "MODULE::Mine",
            "Custom::",
            "ALIYUN::ECS::VPC ",
            "ALIYUN::弹性::VPC",
        ] {
            assert_eq!(TypeName::of(name), TypeName::Malformed, "{name:?}");
        }
    }

    #[test]
    fn described_types_are_those_of_the_service() {
        assert!(TypeName::of("ALIYUN::ECS::VPC").is_described());
        assert!(TypeName::of("ALIYUN::RandomString").is_described());
        assert!(TypeName::of("DATASOURCE::VPC::Vpcs").is_described());
        for open in ["MODULE::A::B", "Custom::X", "Aliyun::Serverless::Api", "nonsense"] {
            assert!(!TypeName::of(open).is_described(), "{open}");
        }
    }

    #[test]
    fn every_prefix_begins_a_form() {
        for prefix in PREFIXES {
            assert_ne!(
                TypeName::of(&format!("{prefix}A::B")),
                TypeName::Malformed,
                "{prefix}"
            );
        }
    }
}
