//! Decides what an identity may do, from policies as AWS IAM reads them. Knows nothing of HTTP or of stored objects.
//!
//! Anything that it does not understand matches nothing: an unknown operator or condition key, a policy variable
//! without a value. An explicit Deny wins over every Allow.

mod actions;
mod pattern;
mod policy;
mod sets;

#[cfg(test)]
mod matrix;

pub use actions::{Requirement, Scope, requirements};
pub use pattern::{Pattern, Variables};
pub use policy::{Policy, Request};
pub use sets::{PolicySet, RolePolicies};
