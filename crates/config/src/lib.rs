//! Turns what people have in hand (a configuration file, a form, an invitation link) into one [`Backend`] value.
//! Reads bytes that it is given and opens neither files nor connections.

mod backend;
mod draft;
mod endpoint;
mod error;
mod exports;
mod field;
mod file;
mod form;
mod invitation;
mod literal;
mod outputs;
mod places;
mod rules;
mod setup;

pub use backend::{Backend, Bucket, CustomPrefixes, Endpoints, IdentityPool, UserPool};
pub use error::{ConfigError, ConfigErrorKind};
pub use file::MAX_FILE_BYTES;
pub use form::Form;
pub use invitation::INVITATION_PREFIX;
pub use places::{Service, StorePlace};
pub use rules::{AccessRules, Place, RuledBucket, Sharing, Verbs, Visitor};
pub use setup::{authenticated_policy, cors_rule, guest_policy, policies};
