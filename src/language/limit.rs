//! Limits of the service.

/// Bytes of a template.
pub const TEMPLATE_BYTES: usize = 524_288;

/// Resources of a stack, copies by `Count` included.
pub const RESOURCES: usize = 300;

/// Stacks inside one another.
pub const NESTED_STACKS: usize = 5;

/// Assertions of one rule.
pub const ASSERTIONS: usize = 100;

/// Locals that read one another.
pub const LOCALS_DEPTH: usize = 5;

/// Files in `Workspace`.
pub const WORKSPACE_FILES: usize = 50;

/// Characters of a path in `Workspace`.
pub const WORKSPACE_PATH: usize = 1024;

/// Characters of one segment of such a path.
pub const WORKSPACE_SEGMENT: usize = 255;

/// Segments of such a path.
pub const WORKSPACE_DEPTH: usize = 5;

/// Stacks that read one another with `Fn::GetStackOutput`.
pub const STACK_OUTPUT_DEPTH: usize = 3;
