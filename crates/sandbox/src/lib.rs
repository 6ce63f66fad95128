//! An S3 and Cognito backend on loopback with its data on disk, for working and testing without a cloud account.

pub mod clock;
pub mod cognito;
pub mod error;
pub mod iam;
pub mod secret;
pub mod session;
pub mod store;

pub use clock::Clock;
pub use error::{Error, Result};
pub use secret::Secret;
