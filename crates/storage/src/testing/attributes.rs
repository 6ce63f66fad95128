//! What is stored with an object, in one request and in parts.

use std::time::{Duration, SystemTime};

use super::server::Request;
use super::{content, honest, key};
use crate::attributes::{Attributes, CannedAcl};
use crate::body::Body;
use crate::conflict::IfExists;
use crate::control::Control;
use crate::encryption::{CustomerKey, Encryption};
use crate::put::PutOptions;
use crate::space::Space;

const PART: u64 = 5 * 1024 * 1024;

fn everything() -> Attributes {
    Attributes {
        cache_control: Some("max-age=60".to_owned()),
        content_disposition: Some("attachment".to_owned()),
        content_encoding: Some("gzip".to_owned()),
        content_language: Some("de-CH".to_owned()),
        expires: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)),
        metadata: [("author".to_owned(), "Mira".to_owned())].into(),
        tags: vec![("stage".to_owned(), "a b".to_owned())],
        acl: Some(CannedAcl::BucketOwnerFullControl),
        storage_class: Some("STANDARD_IA".to_owned()),
        encryption: Some(Encryption::Kms { key_id: Some("key-1".to_owned()) }),
    }
}

fn assert_everything(request: &Request) {
    for (name, value) in [
        ("cache-control", "max-age=60"),
        ("content-disposition", "attachment"),
        ("content-language", "de-CH"),
        ("expires", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("x-amz-meta-author", "Mira"),
        ("x-amz-tagging", "stage=a%20b"),
        ("x-amz-acl", "bucket-owner-full-control"),
        ("x-amz-storage-class", "STANDARD_IA"),
        ("x-amz-server-side-encryption", "aws:kms"),
        ("x-amz-server-side-encryption-aws-kms-key-id", "key-1"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name} of {} {}", request.method, request.query);
    }
    let encoding = request.header("content-encoding").unwrap_or_default();
    assert!(encoding.split(',').any(|one| one.trim() == "gzip"), "the packing is told: {encoding}");
}

#[tokio::test]
async fn every_attribute_is_sent_in_one_request_and_when_parts_begin() {
    let (storage, server, _bucket) = honest().await;
    let options =
        || PutOptions { attributes: everything(), part_size: Some(PART), ..PutOptions::new(IfExists::Replace) };
    let small = Body::Bytes(b"x".as_slice().into());
    storage.put(&Space::Public, &key("small"), small, options(), &Control::default()).await.unwrap();
    assert_everything(&server.requests()[0]);

    let large = Body::Bytes(content(PART as usize + 1).into());
    storage.put(&Space::Public, &key("large"), large, options(), &Control::default()).await.unwrap();
    let requests = server.requests();
    assert_everything(requests.iter().find(|request| request.asks("uploads")).unwrap());
    let part = requests.iter().find(|request| request.asks("partNumber")).unwrap();
    assert_eq!(part.header("x-amz-tagging"), None, "parts carry bytes only");
}

#[tokio::test]
async fn a_key_of_ones_own_goes_with_every_request_of_an_object() {
    let (storage, server, _bucket) = honest().await;
    let own = CustomerKey::new(&[7; 32]);
    let secret = storage.with_customer_key(own.clone());
    let options = PutOptions { part_size: Some(PART), ..PutOptions::new(IfExists::Replace) };
    let large = Body::Bytes(content(PART as usize + 1).into());
    secret.put(&Space::Public, &key("large"), large, options, &Control::default()).await.unwrap();
    secret.get(&Space::Public, &key("large"), None, &Control::default()).await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 5, "begin, two parts, end, read");
    for request in &requests {
        assert_eq!(request.header("x-amz-server-side-encryption-customer-algorithm"), Some("AES256"));
        assert_eq!(request.header("x-amz-server-side-encryption-customer-key"), Some(own.base64()));
        assert_eq!(request.header("x-amz-server-side-encryption-customer-key-md5"), Some(own.md5()));
    }
    storage.get(&Space::Public, &key("large"), None, &Control::default()).await.unwrap();
    let last = server.requests().pop().unwrap();
    assert_eq!(last.header("x-amz-server-side-encryption-customer-key"), None, "the plain storage has no key");
}
