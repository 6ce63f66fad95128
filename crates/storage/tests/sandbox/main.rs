//! The storage crate against a running sandbox: Amplify's cases where a server has to decide, each under the policies that
//! it names, what holds for every key, and what a disk that goes bad does to a download.

#![expect(clippy::unwrap_used, reason = "every line here is a test")]

mod cases;
mod copies;
mod damaged;
mod every_key;
