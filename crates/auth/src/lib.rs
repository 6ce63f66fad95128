//! Signing in with Cognito: accounts, guests, and the temporary credentials that both sign with.
//!
//! Knows nothing of storage: what it hands out is an AWS credentials provider. Reads no environment and no profiles.
//! Secrets (refresh token, identity ids) are kept by a [`SecretStore`], which is the keychain of the system where there is one.

mod account;
mod auth;
mod clients;
mod clock;
mod config;
mod error;
mod identity;
mod kept;
mod password;
mod pools;
mod refused;
mod secrets;
mod session;
mod sign_in;
mod tokens;

#[cfg(test)]
mod fake_cognito;
#[cfg(test)]
mod tests;

pub use account::{CodeDelivery, SignUpStep};
pub use auth::Auth;
pub use clock::Clock;
pub use config::{AuthConfig, UserPool};
pub use error::{Action, AuthError, AuthErrorKind};
pub use identity::{Identity, IdentityKind};
pub use password::Password;
pub use secrets::{InMemory, KeychainUnavailable, OsKeychain, Secret, SecretStore, SecretStoreError};
pub use sign_in::{Answer, Channel, SignInStep};
