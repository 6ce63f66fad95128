//! Cases 20–28: parts, progress and attempts, as Amplify Storage 1.x sends them (`compatible`).

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::json;

use super::{category, honest, text};
use crate::Body;
use crate::category::{PutCall, PutProgress};
use crate::testing::{Bucket, Reply, content};

const FIVE_MIB: usize = 5 * 1024 * 1024;

#[tokio::test]
async fn case_20_up_to_five_mib_it_is_one_request() {
    for (bytes, parts) in [(FIVE_MIB, vec![]), (FIVE_MIB + 1, vec![FIVE_MIB, 1])] {
        assert_eq!(sizes_of_parts(bytes).await, parts, "{bytes} bytes");
    }
}

#[tokio::test]
async fn case_21_twelve_mib_are_three_parts() {
    assert_eq!(sizes_of_parts(12 * 1024 * 1024).await, [FIVE_MIB, FIVE_MIB, 2_097_152]);
}

async fn sizes_of_parts(bytes: usize) -> Vec<usize> {
    let (category, server, bucket) = honest().await;
    category.configure(&json!({ "AWSS3": { "compatible": true } })).unwrap();
    category.put("big.bin", Body::Bytes(content(bytes).into()), PutCall::default()).await.unwrap();
    assert_eq!(bucket.get("public/big.bin").unwrap().bytes.len(), bytes);
    let parts = server
        .requests()
        .into_iter()
        .filter_map(|request| Some((request.query("partNumber")?.parse::<u32>().unwrap(), request.body.len())));
    let mut parts: Vec<_> = parts.collect();
    parts.sort_unstable();
    parts.into_iter().map(|(_, size)| size).collect()
}

#[tokio::test]
async fn case_21_and_22_progress_tells_bytes_part_and_the_whole_key() {
    let (category, _server, _) = honest().await;
    category.configure(&json!({ "AWSS3": { "compatible": true } })).unwrap();
    let seen: Arc<Mutex<Vec<PutProgress>>> = Arc::default();
    let keep = seen.clone();
    let progress = Some(Arc::new(move |progress| keep.lock().unwrap().push(progress)) as _);
    let body = Body::Bytes(content(12 * 1024 * 1024).into());
    category.put("big.bin", body, PutCall { progress, ..PutCall::default() }).await.unwrap();
    let seen = seen.lock().unwrap();
    let PutProgress { loaded, total, part, key } = seen.last().unwrap();
    assert_eq!((*loaded, *total, key.as_str()), (12_582_912, 12_582_912, "public/big.bin"));
    assert!((1..=3).contains(part));
    for part in 1..=3 {
        assert!(seen.iter().any(|progress| progress.part == part), "part {part} is told of");
    }
}

#[tokio::test]
async fn case_23_the_type_is_told_once_when_the_upload_begins() {
    let (category, server, bucket) = honest().await;
    let options = PutCall { content_type: Some("video/mp4".to_owned()), ..PutCall::default() };
    category.configure(&json!({ "AWSS3": { "compatible": true } })).unwrap();
    category.put("big", Body::Bytes(content(FIVE_MIB + 1).into()), options).await.unwrap();
    assert_eq!(bucket.get("public/big").unwrap().content_type, "video/mp4");
    for request in server.requests().iter().filter(|request| request.asks("partNumber")) {
        assert_ne!(request.header("content-type"), Some("video/mp4"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_24_never_more_than_four_parts_are_in_flight() {
    let (bucket, flying, most) = (Bucket::default(), AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let peak = most.clone();
    let (category, _server) = category(move |request| {
        let now = flying.fetch_add(1, Ordering::SeqCst) + 1;
        if request.asks("partNumber") {
            peak.fetch_max(now, Ordering::SeqCst);
        }
        let reply = bucket.handle(request);
        flying.fetch_sub(1, Ordering::SeqCst);
        reply
    })
    .await;
    category.configure(&json!({ "AWSS3": { "compatible": true } })).unwrap();
    let body = Body::Bytes(content(8 * FIVE_MIB).into());
    category.put("big.bin", body, PutCall::default()).await.unwrap();
    assert!((1..=4).contains(&most.load(Ordering::SeqCst)));
}

#[tokio::test]
async fn case_26_a_server_that_always_fails_is_asked_four_times() {
    let (category, server) = category(|_| Reply::error(500, "InternalError")).await;
    let failed = category.put("x", text("Hello"), PutCall::default()).await.unwrap_err();
    assert_eq!(failed.code(), "InternalError");
    assert_eq!(server.count("PUT", ""), 4);
}

#[tokio::test]
async fn case_27_a_refusal_is_final() {
    let (category, server) = category(|_| Reply::error(403, "AccessDenied")).await;
    let failed = category.put("x", text("Hello"), PutCall::default()).await.unwrap_err();
    assert_eq!(failed.code(), "AccessDenied");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn case_28_three_failures_and_a_success_are_a_success() {
    let (bucket, tries) = (Bucket::default(), AtomicUsize::new(0));
    let (category, server) = category(move |request| match tries.fetch_add(1, Ordering::SeqCst) {
        0..3 => Reply::error(500, "InternalError"),
        _ => bucket.handle(request),
    })
    .await;
    category.put("x", text("Hello"), PutCall::default()).await.unwrap();
    assert_eq!(server.requests().len(), 4);
}
