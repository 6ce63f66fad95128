//! An S3 and Cognito backend on loopback with its data on disk, for working and testing without a cloud account.

pub mod clock;
pub mod cognito;
pub mod config_files;
pub mod cors;
mod draining;
pub mod error;
pub mod iam;
pub mod new_user;
mod router;
pub mod s3;
pub mod sandbox;
pub mod secret;
mod server;
pub mod session;
pub mod store;

pub use clock::Clock;
pub use config_files::Info;
pub use error::{Error, Result};
pub use new_user::NewUser;
pub use sandbox::{Options, Sandbox};
pub use secret::Secret;
