//! Cases 1–19, 30 and 33: where a put goes and what goes with it.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde_json::json;

use super::{honest, text, written};
use crate::category::{CallOptions, Category, CategoryError, CustomPrefix, Level, PutCall};
use crate::space::IdentityId;
use crate::testing::{Request, Server};
use crate::{Attributes, Body, CannedAcl, CustomerKey, Encryption, ErrorKind, IfExists};

fn at(level: Level) -> PutCall {
    PutCall { call: CallOptions::at(level), ..PutCall::default() }
}

fn prefixed(custom_prefix: CustomPrefix, level: Option<Level>) -> PutCall {
    let call = CallOptions { custom_prefix: Some(custom_prefix), level, ..CallOptions::default() };
    PutCall { call, ..PutCall::default() }
}

fn public(prefix: &str) -> CustomPrefix {
    CustomPrefix { public: Some(prefix.to_owned()), ..CustomPrefix::default() }
}

async fn stored(category: &Category, server: &Server, key: &str, options: PutCall) -> String {
    category.put(key, text("Hello"), options).await.unwrap();
    written(server).pop().unwrap()
}

async fn sent(options: PutCall) -> Request {
    let (category, server, _) = honest().await;
    category.put("test.txt", text("Hello"), options).await.unwrap();
    server.requests().pop().unwrap()
}

#[tokio::test]
async fn case_01_a_text_goes_to_public() {
    let (category, server, bucket) = honest().await;
    let put = category.put("test.txt", text("Hello"), PutCall::default()).await.unwrap();
    assert_eq!(put.key, "test.txt", "without its prefix");
    assert_eq!(written(&server), ["public/test.txt"]);
    assert_eq!(bucket.get("public/test.txt").unwrap().content_type, "text/plain", "ours guesses");
    category.configure(&json!({ "AWSS3": { "compatible": true } })).unwrap();
    category.put("two.txt", text("Hello"), PutCall::default()).await.unwrap();
    assert_eq!(bucket.get("public/two.txt").unwrap().content_type, "binary/octet-stream");
}

#[tokio::test]
async fn case_02_protected_with_a_type() {
    let (category, server, bucket) = honest().await;
    let options = PutCall { content_type: Some("text/plain".to_owned()), ..at(Level::Protected) };
    assert_eq!(stored(&category, &server, "test.txt", options).await, "protected/us-east-1:me/test.txt");
    assert_eq!(bucket.get("protected/us-east-1:me/test.txt").unwrap().content_type, "text/plain");
}

#[tokio::test]
async fn case_03_private() {
    let (category, server, _) = honest().await;
    assert_eq!(stored(&category, &server, "test.txt", at(Level::Private)).await, "private/us-east-1:me/test.txt");
}

#[tokio::test]
async fn case_04_the_configured_level_holds_where_a_call_names_none() {
    let (category, server, _) = honest().await;
    category.configure(&json!({ "level": "private" })).unwrap();
    assert_eq!(stored(&category, &server, "x", PutCall::default()).await, "private/us-east-1:me/x");
    assert_eq!(stored(&category, &server, "x", at(Level::Public)).await, "public/x");
}

#[tokio::test]
async fn case_05_a_vault_is_private() {
    let (category, server, _) = honest().await;
    assert_eq!(stored(&category.vault(), &server, "x", PutCall::default()).await, "private/us-east-1:me/x");
    category.configure(&json!({ "level": "public" })).unwrap();
    assert_eq!(stored(&category.vault(), &server, "y", PutCall::default()).await, "private/us-east-1:me/y");
}

#[tokio::test]
async fn case_06_a_call_of_the_vault_can_name_another_level() {
    let (category, server, _) = honest().await;
    assert_eq!(stored(&category.vault(), &server, "x", at(Level::Public)).await, "public/x");
}

#[test]
fn case_07_an_unknown_level_is_refused() {
    for unknown in ["guest", "Public", ""] {
        let refused = unknown.parse::<Level>().unwrap_err();
        assert!(matches!(refused, CategoryError::UnknownLevel(_)), "{unknown:?} must not become readable to everyone");
    }
}

#[tokio::test]
async fn case_08_another_persons_private_space_is_refused_here() {
    let (category, server, _) = honest().await;
    let mut options = at(Level::Private);
    options.call.identity_id = Some(IdentityId::new("other"));
    let refused = category.put("test.txt", text("Hello"), options).await.unwrap_err();
    assert_eq!(refused.code(), "AccessDenied");
    assert!(server.requests().is_empty(), "no server is asked");
}

#[tokio::test]
async fn case_09_to_13_a_custom_prefix_stands_before_the_key_as_it_is() {
    let (category, server, _) = honest().await;
    let own = || CustomPrefix { private: Some("myPrivatePrefix/".to_owned()), ..CustomPrefix::default() };
    for (case, key, options, expected) in [
        (9, "test.txt", prefixed(public("myPublicPrefix/"), None), "myPublicPrefix/test.txt"),
        (10, "test.txt", prefixed(own(), Some(Level::Private)), "myPrivatePrefix/us-east-1:me/test.txt"),
        (11, "test.txt", prefixed(own(), Some(Level::Protected)), "protected/us-east-1:me/test.txt"),
        (12, "test.txt", prefixed(public(""), None), "test.txt"),
        (13, "k", prefixed(public("abc"), None), "abck"),
    ] {
        assert_eq!(stored(&category, &server, key, options).await, expected, "case {case}");
    }
}

#[tokio::test]
async fn case_15_and_16_options_become_headers() {
    let attributes = Attributes {
        cache_control: Some("max-age=60".to_owned()),
        content_disposition: Some("attachment".to_owned()),
        metadata: BTreeMap::from([("Key".to_owned(), "v".to_owned())]),
        tags: vec![("a".to_owned(), "b".to_owned())],
        expires: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_893_456_000)),
        ..Attributes::default()
    };
    let request = sent(PutCall { attributes, ..PutCall::default() }).await;
    for (name, value) in [
        ("cache-control", "max-age=60"),
        ("content-disposition", "attachment"),
        ("x-amz-meta-key", "v"),
        ("x-amz-tagging", "a=b"),
        ("expires", "Tue, 01 Jan 2030 00:00:00 GMT"),
    ] {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn case_17_kms_with_its_key() {
    let encryption = Some(Encryption::Kms { key_id: Some("kid".to_owned()) });
    let options = PutCall { attributes: Attributes { encryption, ..Attributes::default() }, ..PutCall::default() };
    let request = sent(options).await;
    assert_eq!(request.header("x-amz-server-side-encryption"), Some("aws:kms"));
    assert_eq!(request.header("x-amz-server-side-encryption-aws-kms-key-id"), Some("kid"));
}

#[tokio::test]
async fn case_17_configured_encryption_holds_for_every_put() {
    let (category, server, _) = honest().await;
    category.configure(&json!({ "serverSideEncryption": "aws:kms", "SSEKMSKeyId": "kid" })).unwrap();
    category.put("x", text("Hello"), PutCall::default()).await.unwrap();
    let request = server.requests().pop().unwrap();
    assert_eq!(request.header("x-amz-server-side-encryption-aws-kms-key-id"), Some("kid"));
}

#[tokio::test]
async fn case_18_a_customer_key_is_never_dropped() {
    let key = CustomerKey::new(&[7; 32]);
    let request = sent(PutCall { customer_key: Some(key), ..PutCall::default() }).await;
    assert_eq!(request.header("x-amz-server-side-encryption-customer-algorithm"), Some("AES256"));
    assert!(request.header("x-amz-server-side-encryption-customer-key").is_some());
    assert!(request.header("x-amz-server-side-encryption-customer-key-md5").is_some(), "the MD5 is computed");
}

#[tokio::test]
async fn case_19_acl_and_encoding_are_sent() {
    let attributes = Attributes {
        acl: Some(CannedAcl::PublicRead),
        content_encoding: Some("gzip".to_owned()),
        ..Attributes::default()
    };
    let request = sent(PutCall { attributes, ..PutCall::default() }).await;
    assert_eq!(request.header("x-amz-acl"), Some("public-read"));
    assert!(request.header("content-encoding").is_some_and(|encoding| encoding.starts_with("gzip")));
}

#[tokio::test]
async fn case_30_an_empty_text_is_an_object_of_no_bytes() {
    let (category, _server, bucket) = honest().await;
    category.put("empty", text(""), PutCall::default()).await.unwrap();
    assert_eq!(bucket.get("public/empty").unwrap().bytes, b"");
}

#[tokio::test]
async fn case_33_a_taken_key_is_overwritten_only_where_that_was_said() {
    let (category, _server, bucket) = honest().await;
    bucket.keep("public/x", b"first");
    let refused = category.put("x", text("second"), PutCall::default()).await.unwrap_err();
    let CategoryError::Storage(refused) = refused else { panic!("{refused}") };
    assert_eq!(refused.kind(), ErrorKind::AlreadyExists);
    let replace = PutCall { if_exists: Some(IfExists::Replace), ..PutCall::default() };
    category.put("x", text("second"), replace).await.unwrap();
    assert_eq!(bucket.get("public/x").unwrap().bytes, b"second");
}

#[tokio::test]
async fn a_reader_is_stored_whole_and_leaves_nothing_on_the_disk() {
    let (category, _server, bucket) = honest().await;
    let bytes = crate::testing::content(3 << 20);
    let body = Body::from_reader(&bytes[..]).await.unwrap();
    let Body::Spooled(path) = &body else { panic!("a reader waits on the disk") };
    let path = path.to_path_buf();
    category.put("noext", body, PutCall::default()).await.unwrap();
    assert_eq!(bucket.get("public/noext").unwrap().bytes, bytes);
    assert!(!path.exists(), "the temporary file is gone");
}

#[tokio::test]
async fn the_first_bytes_tell_the_type_where_the_name_does_not() {
    let (category, _server, bucket) = honest().await;
    category.put("picture", Body::Bytes(b"\x89PNG\r\n\x1a\n...".to_vec().into()), PutCall::default()).await.unwrap();
    assert_eq!(bucket.get("public/picture").unwrap().content_type, "image/png");
}
