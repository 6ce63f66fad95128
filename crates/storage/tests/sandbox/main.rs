//! The storage crate against a running sandbox: Amplify's cases where a server has to decide, each under the policies that
//! it names, and what holds for every key.

#![expect(clippy::unwrap_used, reason = "every line here is a test")]

mod cases;
mod every_key;
