//! The resource types that may be meant by a name that is none: known by its words rather than by its letters.

use super::suggest::{nearest, plain};
use std::collections::BTreeSet;

/// Types that are called otherwise now, with the type that does their work: names of old documentation and old templates
/// that the service's current list has not any more.
const SUCCESSORS: &[(&str, &str)] = &[
    ("ALIYUN::CS::Cluster", "ALIYUN::CS::ManagedKubernetesCluster"),
    (
        "ALIYUN::CS::KubernetesCluster",
        "ALIYUN::CS::ManagedKubernetesCluster",
    ),
    (
        "ALIYUN::CS::ServerlessKubernetesCluster",
        "ALIYUN::CS::ASKCluster",
    ),
    ("ALIYUN::DTS::MigrationJob", "ALIYUN::DTS::MigrationJob2"),
    (
        "ALIYUN::DTS::SubscriptionInstance",
        "ALIYUN::DTS::SubscriptionJob2",
    ),
    (
        "ALIYUN::DTS::SynchronizationJob",
        "ALIYUN::DTS::SynchronizationJob2",
    ),
    ("ALIYUN::ECS::EIP", "ALIYUN::VPC::EIP"),
    ("ALIYUN::ECS::EIPAssociation", "ALIYUN::VPC::EIPAssociation"),
    ("ALIYUN::ECS::NatGateway", "ALIYUN::VPC::NatGateway"),
    ("ALIYUN::ECS::PrepayInstance", "ALIYUN::ECS::Instance"),
    (
        "ALIYUN::ECS::PrepayInstanceGroupClone",
        "ALIYUN::ECS::InstanceGroupClone",
    ),
    ("ALIYUN::KVSTORE::Instance", "ALIYUN::REDIS::Instance"),
    ("ALIYUN::MONGODB::PrepayInstance", "ALIYUN::MONGODB::Instance"),
];

/// A word that resources of more products have says nothing of the product: `Instance`, `Application`.
const MOST_PRODUCTS: usize = 5;

/// Letters that slips may add or take in all parts of a name together.
const MOST_SLIPS: usize = 4;

/// Products that were one once, or whose resources are used together and looked for in each other.
const RELATED: &[&str] = &["ecs", "vpc", "slb", "alb", "nlb"];

/// The type that took over from one of old times.
pub fn successor(name: &str) -> Option<&'static str> {
    let found = SUCCESSORS.iter().find(|(old, _)| *old == name);
    found.map(|(_, new)| *new)
}

/// The types that may be meant by `name`, best first, at most three: a slip of the pen, then the same product with almost
/// the same words, then the same resource of another product, then what is near by its letters.
pub fn types_meant<'c>(name: &str, types: impl Iterator<Item = &'c str> + Clone) -> Vec<&'c str> {
    let name = &*plain(name);
    let mut found = slips(name, types.clone());
    if found.is_empty() {
        let akin = same_words(name, types.clone());
        let of = |words: usize| {
            akin.iter()
                .filter(move |(count, _)| *count == words)
                .map(|(_, name)| *name)
        };
        found.extend(of(0).chain(of(1)));
        found.extend(same_resource(name, types.clone()));
        if found.is_empty() {
            found.extend(of(2));
        }
    }
    if found.is_empty() {
        found = near(name, types);
    }
    let mut seen = BTreeSet::new();
    found.retain(|name| seen.insert(*name));
    found.truncate(3);
    found
}

/// Types that differ by case or by so few letters that no other word can be meant.
fn slips<'c>(name: &str, types: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let lower = name.to_lowercase();
    let length = name.chars().count();
    let is_slip = |candidate: &&str| {
        if candidate.chars().count().abs_diff(length) > MOST_SLIPS {
            return false;
        }
        let other = candidate.to_lowercase();
        let ((root, product, resource), others) = (parts(&lower), parts(&other));
        differs_by_slip(root, others.0)
            && differs_by_slip(product, others.1)
            && differs_by_slip(resource, others.2)
    };
    nearest(name, types.filter(is_slip))
}

fn differs_by_slip(part: &str, other: &str) -> bool {
    let most = match part.chars().count() {
        0..3 => 0,
        3..8 => 1,
        _ => 2,
    };
    part == other || (part.len().abs_diff(other.len()) <= most && strsim::osa_distance(part, other) <= most)
}

/// Types of the product whose resource is called by the same words and perhaps some more, or some less: how many, and the
/// type.
fn same_words<'c>(name: &str, types: impl Iterator<Item = &'c str>) -> Vec<(usize, &'c str)> {
    let (root, product, resource) = parts(name);
    let wanted = words(resource);
    let mut found: Vec<(usize, &str)> = types
        .filter(|candidate| {
            let (other_root, other_product, _) = parts(candidate);
            other_root.eq_ignore_ascii_case(root) && other_product.eq_ignore_ascii_case(product)
        })
        .filter_map(|candidate| {
            let has = words(parts(candidate).2);
            let akin = !wanted.is_empty() && (wanted.is_subset(&has) || has.is_subset(&wanted));
            akin.then(|| (wanted.symmetric_difference(&has).count(), candidate))
        })
        .collect();
    found.sort();
    found
}

/// Types of other products whose resource has the same name, where that name says what is meant.
fn same_resource<'c>(name: &str, types: impl Iterator<Item = &'c str> + Clone) -> Vec<&'c str> {
    let (root, product, resource) = parts(name);
    let product = product.to_lowercase();
    let says_it = is_telling(root, resource, types.clone());
    let mut found: Vec<(usize, &str)> = types
        .filter(|candidate| {
            let (other_root, _, other) = parts(candidate);
            other_root.eq_ignore_ascii_case(root) && other.eq_ignore_ascii_case(resource)
        })
        .map(|candidate| (parts(candidate).1.to_lowercase(), candidate))
        .filter(|(other, _)| says_it || are_related(&product, other))
        .map(|(other, candidate)| (strsim::osa_distance(&product, &other), candidate))
        .collect();
    found.sort();
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// Whether resources with the words of this one are a matter of few products.
fn is_telling<'c>(root: &str, resource: &str, types: impl Iterator<Item = &'c str>) -> bool {
    let wanted = words(resource);
    let products: BTreeSet<&str> = types
        .map(parts)
        .filter(|(other_root, _, other)| {
            // Most types are out by their letters, which cost less than their words.
            let lower = other.to_lowercase();
            other_root.eq_ignore_ascii_case(root)
                && wanted.iter().all(|word| lower.contains(&**word))
                && wanted.is_subset(&words(other))
        })
        .map(|(_, product, _)| product)
        .collect();
    products.len() <= MOST_PRODUCTS
}

fn are_related(product: &str, other: &str) -> bool {
    let akin = product.len() > 1 && (other.starts_with(product) || product.starts_with(other));
    let family = RELATED.contains(&product) && RELATED.contains(&other);
    akin || family || (product.len() > 3 && strsim::osa_distance(product, other) <= 1)
}

/// Types near by their letters; what all types begin with alike doesn't make them near.
fn near<'c>(name: &str, types: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let lower = name.to_lowercase();
    let few = |part: &str| (part.chars().count() / 3).max(1);
    let (most, most_of_product) = (few(last_part(name)), few(parts(name).1));
    nearest(name, types)
        .into_iter()
        .filter(|candidate| {
            let other = candidate.to_lowercase();
            let product = strsim::osa_distance(parts(&lower).1, parts(&other).1);
            let akin = product <= most_of_product && strsim::osa_distance(&lower, &other) <= most;
            other.starts_with(&lower) || akin
        })
        .collect()
}

/// `ALIYUN::ECS::VPC` → `ALIYUN`, `ECS`, `VPC`. The product may be missing.
fn parts(name: &str) -> (&str, &str, &str) {
    let (front, resource) = name.rsplit_once("::").unwrap_or(("", name));
    let (root, product) = front.split_once("::").unwrap_or((front, ""));
    (root, product, resource)
}

fn last_part(name: &str) -> &str {
    parts(name).2
}

/// `DBInstance` → `db`, `instance`; `EIPAssociation` → `eip`, `association`. A plural is the same word.
fn words(name: &str) -> BTreeSet<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for (at, c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let next_is_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        let begins = c.is_uppercase() && before.is_none_or(|before| !before.is_uppercase() || next_is_small);
        if (begins || words.is_empty()) && c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && c.is_alphanumeric()
        {
            word.extend(c.to_lowercase());
        }
    }
    let singular = |word: String| match word.strip_suffix('s') {
        Some(one) if one.len() > 2 && !one.ends_with('s') => one.to_owned(),
        _ => word,
    };
    words.into_iter().map(singular).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn what_is_meant() {
        let catalog = Catalog::embedded();
        for (name, meant) in [
            ("ALIYUN::ECS::Vpc", "ALIYUN::ECS::VPC"),
            ("ALIYUN：：ECS：：VPC", "ALIYUN::ECS::VPC"),
            ("aliyun::ecs::vpc", "ALIYUN::ECS::VPC"),
            ("ALIYUN::ECS::EIP", "ALIYUN::VPC::EIP"),
            ("ALIYUN::ECS::Eip", "ALIYUN::VPC::EIP"),
            ("ALIYUN::EIP", "ALIYUN::VPC::EIP"),
            ("ALIYUN::VPC::VPC", "ALIYUN::ECS::VPC"),
            ("ALIYUN::VPC::SecurityGroup", "ALIYUN::ECS::SecurityGroup"),
            ("ALIYUN::ECS::EIPAssociation", "ALIYUN::VPC::EIPAssociation"),
            ("ALIYUN::RDS::Instance", "ALIYUN::RDS::DBInstance"),
            ("ALIYUN::REDIS::DBInstance", "ALIYUN::REDIS::Instance"),
            ("ALIYUN::Redis::Instance", "ALIYUN::REDIS::Instance"),
            ("ALIYUN::SLB::Listner", "ALIYUN::SLB::Listener"),
            ("ALIYUN::OSS::Buckets", "ALIYUN::OSS::Bucket"),
            ("ALIYUN::ECS::Bucket", "ALIYUN::OSS::Bucket"),
            ("ALIYUN::ESS::ScalingConfig", "ALIYUN::ESS::ScalingConfiguration"),
        ] {
            assert_eq!(catalog.nearest_types(name).first(), Some(&meant), "{name}");
        }
        for name in [
            "ALIYUN::CS::Sandbox",
            "ALIYUN::QWX::Instance",
            "ALIYUN::ECS::Cat",
            "",
            "A::B",
        ] {
            assert_eq!(catalog.nearest_types(name), [""; 0], "{name}");
        }
    }

    #[test]
    fn successors_are_known_types() {
        let catalog = Catalog::embedded();
        for (old, new) in SUCCESSORS {
            let known = |name: &str| {
                let known = catalog.resource_type(name);
                known.filter(|known| !known.retired && !known.properties_unknown)
            };
            assert!(known(old).is_none(), "{old} is in use");
            assert!(known(new).is_some(), "{new} is unknown");
        }
    }

    #[test]
    fn words_of_a_name() {
        let of = |name| words(name).into_iter().collect::<Vec<_>>();
        assert_eq!(of("EIPAssociation"), ["association", "eip"]);
        assert_eq!(of("DBInstances"), ["db", "instance"]);
        assert_eq!(of("vpc"), ["vpc"]);
        assert_eq!(of(""), [""; 0]);
    }
}
