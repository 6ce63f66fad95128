//! Amazon Cognito: the user pool and the identity pool of the sandbox.
//!
//! Requests come in as an `X-Amz-Target` and a body; the HTTP server, CORS and the outbox's guard are not here. The
//! password of a user is never kept, only its SRP verifier; every change is committed before its answer leaves.

mod account;
mod attempts;
mod attributes;
mod challenges;
mod codes;
mod factors;
mod fault;
mod identities;
mod identity_pool;
mod installation;
mod login;
mod mfa;
mod outbox;
mod password;
mod pending;
mod people;
mod pool;
mod refresh_tokens;
mod reset_password;
mod serve;
mod sign_in;
mod sign_up;
mod signing_key;
mod srp;
mod store;
mod tokens;
mod users;
mod wire;

pub use identity_pool::Guests;
pub use outbox::Mail;
pub use people::PasswordKind;
pub use pool::SecondFactor;
pub use serve::{Cognito, CognitoOptions};
