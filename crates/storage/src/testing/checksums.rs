//! Uploads whose arrival is proved by checksums, and what happens when the proof fails.

use std::sync::Arc;

use super::{Bucket, Reply, Request, Server, content, key, storage};
use crate::body::Body;
use crate::checksum::{Algorithm, Checksum, checksum_of};
use crate::conflict::{IfExists, Stored};
use crate::control::Control;
use crate::error::{ErrorKind, StorageError};
use crate::put::PutOptions;
use crate::space::Space;
use crate::storage::Storage;
use crate::transfer::hex;

const MIB: usize = 1024 * 1024;
/// Two parts.
const LARGE: usize = 9 * MIB;

async fn put(storage: &Storage, size: usize, checksum: Checksum) -> Result<Stored, StorageError> {
    let options = PutOptions { checksum, ..PutOptions::new(IfExists::Replace) };
    let body = Body::Bytes(content(size).into());
    storage.put(&Space::Public, &key("a.bin"), body, options, &Control::default()).await
}

/// A server that tells checksums as S3 does; of the whole it tells `whole`.
async fn telling(algorithm: Algorithm, whole: String) -> (Storage, Server, Arc<Bucket>) {
    let kind = if algorithm == Algorithm::Crc64Nvme { "FULL_OBJECT" } else { "COMPOSITE" };
    telling_of(algorithm, kind, whole).await
}

async fn telling_of(algorithm: Algorithm, kind: &'static str, whole: String) -> (Storage, Server, Arc<Bucket>) {
    let name = algorithm.named().as_str().to_ascii_lowercase();
    let bucket = Arc::new(Bucket::default());
    let behind = bucket.clone();
    let (storage, server) = storage(move |request| {
        let reply = behind.handle(request);
        if request.method == "POST" && request.asks("uploads") {
            return reply.with("x-amz-checksum-type", kind);
        }
        if request.asks("partNumber") {
            let told = checksum_of(algorithm, &request.body);
            return reply.with(&format!("x-amz-checksum-{name}"), told);
        }
        if request.method == "POST" && request.asks("uploadId") {
            let (text, name) = (String::from_utf8(reply.body.clone()).unwrap(), name.to_ascii_uppercase());
            let told = format!("<Checksum{name}>{whole}</Checksum{name}></CompleteMultipartUploadResult>");
            return Reply { body: text.replace("</CompleteMultipartUploadResult>", &told).into_bytes(), ..reply };
        }
        reply
    })
    .await;
    (storage, server, bucket)
}

fn last(server: &Server, method: &str, query: &str) -> Request {
    let requests = server.requests();
    requests.into_iter().rfind(|request| request.method == method && request.asks(query)).unwrap()
}

#[tokio::test]
async fn the_checksum_of_the_whole_goes_with_the_last_request_and_is_compared() {
    let whole = checksum_of(Algorithm::Crc64Nvme, &content(LARGE));
    let (storage, server, bucket) = telling(Algorithm::Crc64Nvme, whole.clone()).await;
    put(&storage, LARGE, Checksum::Crc).await.unwrap();
    assert!(bucket.get("public/a.bin").unwrap().bytes == content(LARGE));
    let begun = last(&server, "POST", "uploads");
    assert_eq!(begun.header("x-amz-checksum-algorithm"), Some("CRC64NVME"));
    assert_eq!(begun.header("x-amz-checksum-type"), Some("FULL_OBJECT"));
    let completed = last(&server, "POST", "uploadId");
    assert_eq!(completed.header("x-amz-checksum-crc64nvme"), Some(whole.as_str()));
    assert_eq!(completed.header("x-amz-mp-object-size"), Some(LARGE.to_string().as_str()));
}

#[tokio::test]
async fn a_server_that_keeps_checksums_of_the_parts_only_is_asked_for_no_other() {
    let of_parts = format!("{}-2", checksum_of(Algorithm::Crc64Nvme, b"the parts' checksums"));
    let (storage, server, bucket) = telling_of(Algorithm::Crc64Nvme, "COMPOSITE", of_parts).await;
    put(&storage, LARGE, Checksum::Crc).await.unwrap();
    assert!(bucket.get("public/a.bin").unwrap().bytes == content(LARGE));
    let completed = last(&server, "POST", "uploadId");
    assert_eq!(completed.header("x-amz-checksum-crc64nvme"), None, "it would hold the parts' against the whole's");
}

#[tokio::test]
async fn a_whole_that_the_server_has_otherwise_is_not_called_done() {
    let other = checksum_of(Algorithm::Crc64Nvme, b"something else");
    let (storage, _server, _bucket) = telling(Algorithm::Crc64Nvme, other).await;
    let error = put(&storage, LARGE, Checksum::Crc).await.unwrap_err();
    assert_eq!((error.kind(), error.action()), (ErrorKind::Damaged, "upload"), "{error}");
}

#[tokio::test]
async fn sha_256_where_wished_is_kept_of_the_parts_and_of_the_whole_beside_them() {
    let (first, second) = (content(LARGE)[..8 * MIB].to_vec(), content(LARGE)[8 * MIB..].to_vec());
    let sums: Vec<_> = [first, second].iter().map(|part| checksum_of(Algorithm::Sha256, part)).collect();
    let parts: Vec<_> = sums.iter().map(|sum| (Some(sum.as_str()), 0)).collect();
    let of_parts = crate::checksum::whole(Algorithm::Sha256, &parts).unwrap();
    assert!(of_parts.ends_with("-2"));
    let (storage, server, _bucket) = telling(Algorithm::Sha256, of_parts).await;
    put(&storage, LARGE, Checksum::Sha256).await.unwrap();
    let begun = last(&server, "POST", "uploads");
    let whole = {
        use sha2::{Digest, Sha256};
        hex(&Sha256::digest(content(LARGE)))
    };
    assert_eq!(begun.header("x-amz-checksum-algorithm"), Some("SHA256"));
    assert_eq!(begun.header("x-amz-meta-sha256"), Some(whole.as_str()));
    let body = String::from_utf8(last(&server, "POST", "uploadId").body).unwrap();
    assert!(sums.iter().all(|sum| body.contains(&format!("<ChecksumSHA256>{sum}</ChecksumSHA256>"))), "{body}");
}

#[tokio::test]
async fn a_server_that_tells_no_checksum_is_held_to_its_etag() {
    for size in [10, MIB, LARGE] {
        let bucket = Arc::new(Bucket::default());
        let behind = bucket.clone();
        let (storage, _server) = storage(move |request| match request.method.as_str() {
            // It stored something else.
            "PUT" => Reply::status(200).with("etag", Bucket::etag_of(b"something else")),
            _ => behind.handle(request),
        })
        .await;
        let error = put(&storage, size, Checksum::Crc).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Damaged, "{size}: {error}");
        assert_eq!((bucket.keys().len(), bucket.unfinished()), (0, 0), "{size}: nothing is left");
    }
}

#[tokio::test]
async fn an_etag_of_encrypted_content_is_no_md5_and_proves_nothing() {
    let (storage, _server) = storage(|_| {
        let reply = Reply::status(200).with("etag", Bucket::etag_of(b"encrypted"));
        reply.with("x-amz-server-side-encryption", "aws:kms")
    })
    .await;
    put(&storage, 10, Checksum::Crc).await.unwrap();
}

#[tokio::test]
async fn a_server_that_does_not_know_the_checksum_is_given_an_older_one() {
    let bucket = Arc::new(Bucket::default());
    let behind = bucket.clone();
    let (storage, server) = storage(move |request| match request.header("x-amz-checksum-algorithm") {
        Some("CRC64NVME") => Reply::error(400, "InvalidRequest"),
        _ => behind.handle(request),
    })
    .await;
    put(&storage, LARGE, Checksum::Crc).await.unwrap();
    assert!(bucket.get("public/a.bin").unwrap().bytes == content(LARGE));
    assert_eq!(last(&server, "POST", "uploads").header("x-amz-checksum-algorithm"), Some("CRC32"));
}
