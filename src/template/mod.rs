//! Tree → meaning, the same for YAML and JSON.
