//! What the tests of this crate share: a tiny HTTP server that can misbehave, a bucket in memory behind it, and a storage
//! that speaks to it.

mod attributes;
mod bucket;
mod checksums;
mod copies;
mod get;
mod kept;
mod list;
mod pauses;
mod proofs;
mod put;
mod resume;
mod secrets;
mod server;
mod upload_faults;

use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;

pub(crate) use bucket::Bucket;
pub(crate) use server::{Reply, Request, Server};

use crate::control::{Control, Progress};
use crate::key::Key;
use crate::space::{IdentityId, Prefixes};
use crate::storage::{Storage, StorageConfig};

pub(crate) const ME: &str = "us-east-1:me";

pub(crate) fn credentials(expiry: Option<SystemTime>) -> SharedCredentialsProvider {
    let token = Some("session-token-SECRET".to_owned());
    SharedCredentialsProvider::new(Credentials::new("AKID", "secret-key", token, expiry, "test"))
}

pub(crate) fn storage_at(endpoint: &str, credentials: SharedCredentialsProvider) -> Storage {
    let config = StorageConfig {
        bucket: "files".to_owned(),
        region: "us-east-1".to_owned(),
        endpoint: Some(endpoint.to_owned()),
        prefixes: Prefixes::default(),
    };
    Storage::new(config, credentials, Some(IdentityId::new(ME)))
}

/// A storage in front of a server that answers as `handle` says.
pub(crate) async fn storage(handle: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> (Storage, Server) {
    let server = Server::start(handle).await;
    (storage_at(&server.endpoint, credentials(None)), server)
}

/// A storage in front of an honest bucket.
pub(crate) async fn honest() -> (Storage, Server, Arc<Bucket>) {
    let bucket = Arc::new(Bucket::default());
    let behind = bucket.clone();
    let (storage, server) = storage(move |request| behind.handle(request)).await;
    (storage, server, bucket)
}

pub(crate) fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

/// Bytes that repeat late, so that a mixed-up part shows.
pub(crate) fn content(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect()
}

/// A control that keeps everything it is told.
pub(crate) fn watched() -> (Control, Arc<Mutex<Vec<Progress>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let keep = seen.clone();
    let progress = move |progress| keep.lock().unwrap().push(progress);
    (Control { progress: Some(Arc::new(progress)), ..Default::default() }, seen)
}
