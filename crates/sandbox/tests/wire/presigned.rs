//! Presigned URLs: right, expired, forged.

use std::time::Duration;

use amphora_sandbox::iam::PolicySet;
use aws_sdk_s3::presigning::PresigningConfig;

use crate::support::{BUCKET, Started, put, raw, started};

async fn url(started: &Started, key: &str, seconds: u64) -> String {
    let expires = PresigningConfig::expires_in(Duration::from_secs(seconds)).unwrap();
    let request = started.me().get_object().bucket(BUCKET).key(key).presigned(expires).await.unwrap();
    request.uri().to_owned()
}

async fn fetch(started: &Started, method: &str, url: &str) -> (u16, String) {
    let endpoint = &started.sandbox.info().endpoint;
    let path = url.strip_prefix(endpoint.as_str()).unwrap();
    let answer = raw(endpoint, &[&format!("{method} {path} HTTP/1.1")], "").await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn a_presigned_url_opens_what_it_was_made_for_until_it_ends() {
    let started = started(PolicySet::Documented).await;
    put(&started.me(), "public/a b+ü.txt", b"shared").await;
    let right = url(&started, "public/a b+ü.txt", 900).await;
    assert_eq!(fetch(&started, "GET", &right).await, (200, "shared".to_owned()));

    let (status, body) = fetch(&started, "DELETE", &right).await;
    assert!(status == 403 && body.contains("SignatureDoesNotMatch"), "not for another verb: {status} {body}");
    let (status, body) = fetch(&started, "GET", &right.replace("public/a", "public/b")).await;
    assert!(status == 403 && body.contains("SignatureDoesNotMatch"), "not for another key: {status} {body}");
    let (status, body) = fetch(&started, "GET", &right.replace("Expires=900", "Expires=9000")).await;
    assert!(status == 403 && body.contains("SignatureDoesNotMatch"), "not for longer: {status} {body}");
    let token = right.find("X-Amz-Security-Token=").unwrap() + "X-Amz-Security-Token=".len();
    let end = right[token..].find('&').map_or(right.len(), |at| token + at);
    let without = format!("{}{}", &right[..token], &right[end..]);
    assert_ne!(fetch(&started, "GET", &without).await.0, 200, "not without its token");

    started.sandbox.clock().shift(time::Duration::seconds(901));
    let (status, body) = fetch(&started, "GET", &right).await;
    assert!(status == 403 && body.contains("Request has expired"), "not after its end: {status} {body}");
}

#[tokio::test]
async fn a_presigned_url_ends_with_its_session() {
    let started = started(PolicySet::Documented).await;
    put(&started.me(), "public/a", b"shared").await;
    let long = url(&started, "public/a", 7 * 24 * 3600).await;
    assert_eq!(fetch(&started, "GET", &long).await.0, 200);
    started.sandbox.clock().shift(time::Duration::minutes(61));
    let (status, body) = fetch(&started, "GET", &long).await;
    assert!(status == 400 && body.contains("ExpiredToken"), "{status} {body}");
}

#[tokio::test]
async fn a_presigned_url_for_what_its_maker_may_not_read_is_refused() {
    let started = started(PolicySet::Documented).await;
    let foreign = url(&started, "private/another/a", 900).await;
    assert_eq!(fetch(&started, "GET", &foreign).await.0, 403);
    let absent = url(&started, "public/absent", 900).await;
    assert_eq!(fetch(&started, "GET", &absent).await.0, 403);
}
