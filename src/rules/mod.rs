//! Rules: document × catalog → diagnostics. One file a rule, or a closely knit family of rules.

mod allowed_values;
mod analysis;
mod declare;
mod default_type;
mod engine;
mod place;
mod report;
mod silence;

mod association;
mod attribute_value;
mod calculate;
mod candidates;
mod cascade;
mod colon;
mod condition;
mod condition_cycle;
mod conditional_resource;
mod count;
mod cron;
mod dependency_cycle;
mod depends_on;
mod description;
mod duplicate_key;
mod eip_association;
mod field_order;
mod find_in_map;
mod function_arguments;
mod function_name;
mod function_place;
mod interface;
mod keys;
mod local;
mod local_shape;
mod mapping;
mod metadata_key;
mod misplaced;
mod neighbours;
mod network_value;
mod output;
mod parameter_constraint;
mod parameter_default;
mod parameter_shape;
mod pattern;
mod plain_placeholder;
mod policy;
mod port_range;
mod property;
mod property_value;
mod pseudo_parameter;
mod reference;
mod resource_shape;
mod resource_type;
mod returned_kind;
mod ring;
mod rule_section;
mod secret_parameter;
mod section;
mod slip;
mod sub;
mod syntax_error;
mod template_size;
mod transform;
mod undefined_condition;
mod unused;
mod value_class;
mod version;
mod wording;
mod yaml_notation;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod own_tests;

pub use analysis::{Analysis, check};
pub use declare::{Family, REPOSITORY, Rule};

/// All rules, by family, in the order of their ids.
pub static FAMILIES: &[&Family] = &[
    &syntax_error::FAMILY,
    &duplicate_key::FAMILY,
    &duplicate_key::SECTIONS,
    &yaml_notation::FAMILY,
    &template_size::FAMILY,
    &version::FAMILY,
    &section::FAMILY,
    &description::FAMILY,
    &description::LABELS,
    &resource_shape::FAMILY,
    &misplaced::FAMILY,
    &misplaced::ATTRIBUTES,
    &misplaced::SECTIONS,
    &eip_association::FAMILY,
    &resource_type::FAMILY,
    &depends_on::FAMILY,
    &dependency_cycle::FAMILY,
    &count::FAMILY,
    &count::FUNCTIONS,
    &count::LIMIT,
    &property::FAMILY,
    &neighbours::FAMILY,
    &property_value::FAMILY,
    &network_value::FAMILY,
    &port_range::FAMILY,
    &policy::FAMILY,
    &cron::FAMILY,
    &returned_kind::FAMILY,
    &returned_kind::COUNTED,
    &reference::FAMILY,
    &find_in_map::FAMILY,
    &parameter_shape::FAMILY,
    &parameter_shape::NAMES,
    &parameter_shape::FUNCTIONS,
    &parameter_default::FAMILY,
    &default_type::FAMILY,
    &allowed_values::FAMILY,
    &parameter_constraint::FAMILY,
    &attribute_value::FAMILY,
    &association::FAMILY,
    &association::NAMES,
    &metadata_key::FAMILY,
    &cascade::FAMILY,
    &field_order::FAMILY,
    &secret_parameter::FAMILY,
    &unused::FAMILY,
    &mapping::FAMILY,
    &mapping::FUNCTIONS,
    &condition::FAMILY,
    &condition_cycle::FAMILY,
    &undefined_condition::FAMILY,
    &rule_section::FAMILY,
    &rule_section::READS,
    &local_shape::FAMILY,
    &local::NAMES,
    &local::DEPTH,
    &output::FAMILY,
    &output::VALUES,
    &conditional_resource::FAMILY,
    &function_name::FAMILY,
    &function_name::KEYS,
    &function_name::VALUES,
    &function_arguments::FAMILY,
    &sub::FAMILY,
    &plain_placeholder::FAMILY,
    &calculate::FAMILY,
    &function_place::FAMILY,
    &function_place::EARLY,
    &pseudo_parameter::FAMILY,
    &interface::FAMILY,
    &interface::NAMES,
    &interface::GROUPS,
    &transform::FAMILY,
    &transform::FILES,
];

/// Rules about the text itself; a syntax error doesn't silence them.
const SYNTAX_RULES: &[&str] = &["ROS0001", "ROS0002", "ROS0003", "ROS0004", "ROS0006"];

/// Rules that report something missing.
const ABSENCE_RULES: &[&str] = &[
    "ROS0101", "ROS0202", "ROS0501", "ROS0503", "ROS0505", "ROS0601", "ROS0702", "ROS0802", "ROS0815",
    "ROS0820", "ROS0901", "ROS1103", "ROS1202",
];

/// All rules.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.rules.iter().copied())
}

/// The rule with this id or name.
pub fn rule(id_or_name: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id.eq_ignore_ascii_case(id_or_name) || rule.name == id_or_name)
}
