//! S3 on the wire: who asks, may they, and what the store answers. The protocol itself is the crate `s3s`.

mod access;
mod body;
mod buckets;
mod checksums;
mod conditions;
mod copying;
mod deleting;
mod encoding;
mod encryption;
mod fault;
mod headers;
mod keys;
mod listings;
mod multipart;
mod objects;
mod parts;
mod principal;
mod service;
mod signing_time;
mod tagging;
mod versions;

pub use access::Access;
pub use conditions::http_date;
pub use keys::Keys;
pub use service::{Backend, S3Backend};
pub use signing_time::check_signing_time;

use s3s::service::{S3Service, S3ServiceBuilder};

use crate::clock::Clock;
use crate::iam::RolePolicies;
use crate::session::Sessions;

/// Puts the service together: signatures by `sessions`, access by `policies`, data by `backend`.
pub fn service(backend: Backend, sessions: Sessions, policies: RolePolicies, clock: Clock) -> S3Service {
    let mut builder = S3ServiceBuilder::new(S3Backend::new(backend));
    builder.set_auth(Keys::new(sessions.clone(), clock));
    builder.set_access(Access::new(sessions, policies));
    builder.set_config(signing_time::lenient_config());
    builder.build()
}
