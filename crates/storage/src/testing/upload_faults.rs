//! Uploads that meet trouble: the server's, the network's, the file's, and a person who stops them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};

use super::server::Fault;
use super::{Bucket, Reply, content, credentials, honest, key, storage, storage_at};
use crate::body::Body;
use crate::conflict::{IfExists, Stored};
use crate::control::Control;
use crate::error::{ErrorKind, StorageError};
use crate::presign::LinkOptions;
use crate::put::PutOptions;
use crate::space::Space;
use crate::storage::Storage;

const MIB: usize = 1024 * 1024;

async fn put(storage: &Storage, body: Body, control: &Control) -> Result<Stored, StorageError> {
    storage.put(&Space::Public, &key("a.bin"), body, PutOptions::new(IfExists::Replace), control).await
}

fn small() -> Body {
    Body::Bytes("hello".into())
}

#[tokio::test]
async fn a_failing_server_is_asked_four_times_and_a_refusing_one_once() {
    for (status, code, requests, kind) in [
        (500, "InternalError", 4, ErrorKind::Unexpected),
        (503, "SlowDown", 4, ErrorKind::Throttled),
        (403, "AccessDenied", 1, ErrorKind::AccessDenied),
        (404, "NoSuchBucket", 1, ErrorKind::BucketMissing),
        (400, "ExpiredToken", 1, ErrorKind::SignedOut),
        (400, "EntityTooLarge", 1, ErrorKind::TooLarge),
    ] {
        let (storage, server) = storage(move |_| Reply::error(status, code).with("x-amz-request-id", "RID")).await;
        let error = put(&storage, small(), &Control::default()).await.unwrap_err();
        assert_eq!((error.kind(), server.count("PUT", "")), (kind, requests), "{code}");
        assert_eq!(error.detail(), format!("HTTP {status} {code}, request RID"));
        assert_eq!((error.action(), error.object()), ("upload", "a.bin"));
    }
}

#[tokio::test]
async fn the_fourth_try_may_succeed() {
    for fault in [None, Some(Fault::Reset)] {
        let bucket = Bucket::default();
        let tries = AtomicUsize::new(0);
        let (storage, _server) = storage(move |request| match tries.fetch_add(1, Ordering::Relaxed) {
            0..=2 => Reply { fault, ..Reply::error(500, "InternalError") },
            _ => bucket.handle(request),
        })
        .await;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, content(MIB)).unwrap();
        put(&storage, Body::File(path), &Control::default()).await.unwrap();
    }
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_named() {
    let (storage, _server) = storage(|_| Reply::error(403, "RequestTimeTooSkewed")).await;
    assert_eq!(put(&storage, small(), &Control::default()).await.unwrap_err().kind(), ErrorKind::ClockSkew);
}

#[tokio::test]
async fn a_clock_that_was_set_since_the_last_request_costs_one_more_try() {
    let (bucket, tries) = (Bucket::default(), AtomicUsize::new(0));
    let (storage, server) = storage(move |request| match tries.fetch_add(1, Ordering::Relaxed) {
        // Without a date nothing is learnt of the clock, as from an answer whose date agrees with it.
        0 => Reply::error(403, "RequestTimeTooSkewed"),
        _ => bucket.handle(request),
    })
    .await;
    put(&storage, small(), &Control::default()).await.unwrap();
    assert_eq!(server.count("PUT", ""), 2);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_offline_within_seconds() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let storage = storage_at(&format!("http://{free}"), credentials(None));
    let start = Instant::now();
    let error = put(&storage, small(), &Control::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Offline, "{error}");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[derive(Debug)]
struct NoCredentials(fn() -> CredentialsError);

impl ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err(self.0()))
    }
}

#[tokio::test]
async fn credentials_that_cannot_be_had_mean_signed_out_or_offline() {
    let (_, server, _) = honest().await;
    let cases: [(fn() -> CredentialsError, ErrorKind); 3] = [
        (|| CredentialsError::not_loaded("nobody"), ErrorKind::SignedOut),
        (|| CredentialsError::provider_error("session ended"), ErrorKind::SignedOut),
        (|| CredentialsError::provider_error(std::io::Error::other("no route")), ErrorKind::Offline),
    ];
    for (reason, kind) in cases {
        let storage = storage_at(&server.endpoint, SharedCredentialsProvider::new(NoCredentials(reason)));
        let error = put(&storage, small(), &Control::default()).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
    }
    assert!(server.requests().is_empty(), "nothing is sent unsigned");
}

#[tokio::test]
async fn a_file_that_is_not_there_or_no_file_is_a_local_failure() {
    let (storage, server, _) = honest().await;
    let dir = tempfile::tempdir().unwrap();
    for path in [dir.path().join("gone"), dir.path().to_owned()] {
        let error = put(&storage, Body::File(path), &Control::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LocalFile);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_is_not_stored() {
    for (size, change) in [(6 * MIB, "grow"), (6 * MIB, "cut"), (17 * MIB, "grow"), (17 * MIB, "cut")] {
        let (storage, _server, bucket) = honest().await;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, content(size)).unwrap();
        let changing = path.clone();
        let progress = move |_| {
            let file = std::fs::OpenOptions::new().write(true).open(&changing).unwrap();
            file.set_len(if change == "grow" { size as u64 + 1 } else { 1000 }).unwrap();
        };
        let control = Control { progress: Some(Arc::new(progress)), ..Default::default() };
        let error = put(&storage, Body::File(path), &control).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ChangedMeanwhile, "{size} {change}: {error}");
        assert_eq!((bucket.keys().len(), bucket.unfinished()), (0, 0), "nothing half is left");
    }
}

#[tokio::test]
async fn a_cancelled_upload_leaves_no_parts_behind() {
    let bucket = Arc::new(Bucket::default());
    let behind = bucket.clone();
    let control = Control::default();
    let cancel = control.cancel.clone();
    let (storage, server) = storage(move |request| {
        if request.query("partNumber").as_deref() == Some("3") {
            cancel.cancel();
            return Reply::status(200).faulty(Fault::Stall);
        }
        behind.handle(request)
    })
    .await;
    let error = put(&storage, Body::Bytes(content(40 * MIB).into()), &control).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert_eq!(error.abandoned(), None);
    assert_eq!(bucket.unfinished(), 0, "the abort was awaited");
    assert_eq!(server.count("POST", "uploadId"), 0, "and nothing was completed");
}

#[tokio::test]
async fn an_abort_that_is_refused_is_survived_and_told() {
    let bucket = Arc::new(Bucket::default());
    let behind = bucket.clone();
    let (storage, _server) = storage(move |request| match request.method.as_str() {
        "DELETE" => Reply::error(403, "AccessDenied"),
        _ if request.asks("partNumber") => Reply::error(403, "AccessDenied"),
        _ => behind.handle(request),
    })
    .await;
    let error = put(&storage, Body::Bytes(content(9 * MIB).into()), &Control::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AccessDenied, "the first reason stays the reason");
    let abandoned = error.abandoned().expect("the parts are named");
    assert_eq!((abandoned.full_key.as_str(), abandoned.upload_id.as_str()), ("public/a.bin", "upload-1"));
}

#[tokio::test]
async fn a_server_that_falls_silent_can_be_left_at_once() {
    let (storage, _server) = storage(|_| Reply::status(200).faulty(Fault::Stall)).await;
    let control = Control::default();
    let cancel = control.cancel.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(50)).await;
        cancel.cancel();
    });
    let start = Instant::now();
    assert_eq!(put(&storage, small(), &control).await.unwrap_err().kind(), ErrorKind::Cancelled);
    assert!(start.elapsed() < Duration::from_secs(5));
}

fn untested(seconds: u64) -> LinkOptions {
    LinkOptions { only_existing: false, ..LinkOptions::living(Duration::from_secs(seconds)) }
}

#[tokio::test]
async fn an_error_never_shows_a_secret() {
    let (storage, _server) = storage(|_| Reply::error(403, "SignatureDoesNotMatch")).await;
    let error = put(&storage, small(), &Control::default()).await.unwrap_err();
    let link = storage.presign_get(&Space::Public, &key("a"), untested(60)).await.unwrap();
    let shown = format!("{error} {error:?} {} {storage:?} {link:?}", error.detail());
    for secret in ["SECRET", "secret-key", "Signature="] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn a_link_ends_with_the_credentials_that_signed_it() {
    let soon = SystemTime::now() + Duration::from_secs(600);
    for (life, expiry, seconds) in [
        (3600, Some(soon), 590..=600),
        (60, Some(soon), 60..=60),
        (3600, None, 3600..=3600),
        (30 * 86_400, None, 604_800..=604_800),
    ] {
        let storage = storage_at("http://127.0.0.1:9", credentials(expiry));
        let link = storage.presign_get(&Space::Private, &key("a b"), untested(life)).await.unwrap();
        let signed: u64 = link.url.split("X-Amz-Expires=").nth(1).unwrap().split('&').next().unwrap().parse().unwrap();
        assert!(seconds.contains(&signed), "{signed} of {life}");
        assert!(link.url.starts_with("http://127.0.0.1:9/files/private/us-east-1%3Ame/a%20b?"), "{}", link.url);
        assert!(link.url.contains("X-Amz-Security-Token=session-token-SECRET"));
        assert!(expiry.is_none_or(|expiry| link.expires_at <= expiry));
    }
    let over = storage_at("http://127.0.0.1:9", credentials(Some(SystemTime::now() - Duration::from_secs(1))));
    let refused = over.presign_get(&Space::Public, &key("a"), untested(60)).await.unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::SignedOut);
}
