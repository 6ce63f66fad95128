//! The user pool and the identity pool as a client meets them: requests in, answers out.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

mod account;
mod challenges;
mod durability;
mod identities;
mod sdk;
mod srp;
mod support;
