//! What a copy asks of the server besides the bytes, in one request and in parts.

use super::{Reply, Request, key, storage};
use crate::conflict::IfExists;
use crate::control::Control;
use crate::copy::CopyOptions;
use crate::encryption::CustomerKey;
use crate::space::Space;

const MIB: usize = 1024 * 1024;
const HOW: &str = "x-amz-server-side-encryption";
const WITH: &str = "x-amz-server-side-encryption-aws-kms-key-id";

/// A server with one object of 6 MiB, which is kept like this.
fn kept(request: &Request, as_told: &[(&str, &str)]) -> Reply {
    let answer = |name: &str, inner: &str| Reply::xml(200, format!("<{name}>{inner}</{name}>"));
    let etag = "<ETag>&quot;e&quot;</ETag>";
    match request.method.as_str() {
        "HEAD" => {
            let head = Reply { body: vec![0; 6 * MIB], ..Reply::status(200).with("etag", "\"e\"") };
            as_told.iter().fold(head, |head, (name, value)| head.with(name, *value))
        }
        "GET" => answer("Tagging", "<TagSet></TagSet>"),
        "PUT" if request.asks("partNumber") => answer("CopyPartResult", etag),
        "PUT" => answer("CopyObjectResult", etag),
        _ if request.asks("uploads") => answer("InitiateMultipartUploadResult", "<UploadId>u</UploadId>"),
        _ => answer("CompleteMultipartUploadResult", etag),
    }
}

/// The requests that make a copy of what is kept like this: of one in one request, and of one in parts.
async fn making(as_told: &'static [(&str, &str)], customer_key: bool) -> [Request; 2] {
    let (storage, server) = storage(|request| kept(request, as_told)).await;
    let there = if customer_key { storage.with_customer_key(CustomerKey::new(&[7; 32])) } else { storage.clone() };
    for part_size in [64 * MIB, 5 * MIB] {
        let options =
            CopyOptions { if_exists: IfExists::Replace, part_size: part_size as u64, ..CopyOptions::default() };
        let (from, to) = (key("a"), key("b"));
        let (from, to) = ((&Space::Private, &from), (&Space::Private, &to));
        storage.copy_to(&there, from, to, options, &Control::default()).await.unwrap();
    }
    let makes = |request: &Request| {
        request.asks("uploads") || (request.header("x-amz-copy-source").is_some() && !request.asks("partNumber"))
    };
    server.requests().into_iter().filter(makes).collect::<Vec<_>>().try_into().unwrap()
}

#[tokio::test]
async fn a_copy_asks_for_the_storage_class_and_the_kms_key_of_its_original() {
    for request in making(&[("x-amz-storage-class", "STANDARD_IA"), (HOW, "aws:kms"), (WITH, "key-1")], false).await {
        let what = format!("{} {}", request.method, request.query);
        assert_eq!(request.header("x-amz-storage-class"), Some("STANDARD_IA"), "{what}");
        assert_eq!((request.header(HOW), request.header(WITH)), (Some("aws:kms"), Some("key-1")), "{what}");
    }
}

#[tokio::test]
async fn a_copy_of_what_has_no_key_of_its_own_is_encrypted_as_the_bucket_does() {
    for as_told in [&[][..], &[(HOW, "AES256")]] {
        for request in making(as_told, false).await {
            assert_eq!(request.header(HOW), None, "{as_told:?}: {} {}", request.method, request.query);
        }
    }
}

#[tokio::test]
async fn a_copy_under_a_key_of_ones_own_asks_for_none_of_the_servers() {
    for request in making(&[(HOW, "aws:kms"), (WITH, "key-1")], true).await {
        let what = format!("{} {}", request.method, request.query);
        assert_eq!((request.header(HOW), request.header(WITH)), (None, None), "{what}");
        assert!(request.header("x-amz-server-side-encryption-customer-key").is_some(), "{what}");
    }
}
