//! Listings over the wire: pages, folders, hostile keys, encodings.

use amphora_sandbox::iam::PolicySet;
use aws_sdk_s3::types::EncodingType;

use crate::support::{ALL, BUCKET, ME, get, put, refusal, started};

const HOSTILE: [&str; 16] = [
    "public/a b+ü.txt",
    "public/a%20b",
    "public/+",
    "public/&=#?",
    "public/../x",
    "public/./x",
    "public//double//slash",
    "public//",
    "public/f",
    "public/f/g",
    "public/F",
    "public/😀",
    "public/e\u{301}",
    "public/é",
    "public/back\\slash",
    "public/a?versionId=1",
];

#[tokio::test]
async fn hostile_keys_are_kept_byte_for_byte_and_listed_in_byte_order() {
    let started = started(PolicySet::Documented).await;
    let me = started.me();
    for key in HOSTILE {
        put(&me, key, key.as_bytes()).await;
    }
    let mut expected = HOSTILE.to_vec();
    expected.sort_unstable();
    let listed = me.list_objects_v2().bucket(BUCKET).prefix("public/").send().await.unwrap();
    let keys: Vec<_> = listed.contents().iter().filter_map(|object| object.key()).collect();
    assert_eq!(keys, expected);
    for key in HOSTILE {
        assert_eq!(get(&me, key).await, key.as_bytes(), "{key}");
    }
    let encoded = me
        .list_objects_v2()
        .bucket(BUCKET)
        .prefix("public/a b+")
        .delimiter("+")
        .encoding_type(EncodingType::Url)
        .send()
        .await
        .unwrap();
    assert_eq!(encoded.prefix(), Some("public/a%20b%2B"));
    assert_eq!(encoded.contents()[0].key(), Some("public/a%20b%2B%C3%BC.txt"));
}

#[tokio::test]
async fn a_key_of_1024_bytes_fits_and_one_more_does_not() {
    let started = started(PolicySet::Documented).await;
    let me = started.me();
    let longest = format!("public/{}", "é".repeat(508)) + "x";
    assert_eq!(longest.len(), 1024);
    put(&me, &longest, b"x").await;
    assert_eq!(get(&me, &longest).await, b"x");
    let too_long = me.put_object().bucket(BUCKET).key(format!("{longest}x")).send().await;
    assert_eq!(refusal(too_long), "KeyTooLongError");
}

#[tokio::test]
async fn twenty_five_hundred_keys_come_in_pages_and_folders_once() {
    let started = started(PolicySet::Documented).await;
    started.sandbox.seed("2500:3".parse().unwrap()).await.unwrap();
    let me = started.me();
    let mut pages = me.list_objects_v2().bucket(BUCKET).prefix("public/").into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().contents().len());
    }
    assert_eq!(sizes, [1000, 1000, 500]);
    let folders = me.list_objects_v2().bucket(BUCKET).prefix("public/").delimiter("/").max_keys(2);
    let first = folders.clone().send().await.unwrap();
    let names = |page: &aws_sdk_s3::operation::list_objects_v2::ListObjectsV2Output| {
        page.common_prefixes().iter().filter_map(|folder| folder.prefix().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(names(&first), ["public/folder-000000/", "public/folder-000001/"]);
    let second = folders.set_continuation_token(first.next_continuation_token).send().await.unwrap();
    assert_eq!(names(&second), ["public/folder-000002/"]);
    assert_eq!(second.is_truncated(), Some(false));

    let old = me.list_objects().bucket(BUCKET).prefix("public/").delimiter("/").max_keys(1).send().await.unwrap();
    assert_eq!(old.next_marker(), Some("public/folder-000000/"));
    let old = me.list_objects().bucket(BUCKET).prefix("public/").delimiter("/").marker("public/folder-000000/");
    assert_eq!(old.send().await.unwrap().common_prefixes().len(), 2);
}

#[tokio::test]
async fn listing_is_decided_by_the_prefix_that_is_listed() {
    let started = started(PolicySet::Documented).await;
    let (me, guest) = (started.me(), started.guest());
    let list = |client: &aws_sdk_s3::Client, prefix: Option<&str>| {
        client.list_objects_v2().bucket(BUCKET).set_prefix(prefix.map(str::to_owned)).send()
    };
    list(&me, Some(&format!("private/{ME}/"))).await.expect("mine");
    list(&guest, Some("protected/")).await.expect("who has protected files may be seen");
    for prefix in [None, Some(""), Some("private/"), Some("pub")] {
        assert_eq!(refusal(list(&me, prefix).await), "AccessDenied", "{prefix:?}");
    }
    assert_eq!(refusal(list(&guest, Some(&format!("private/{ME}/"))).await), "AccessDenied");
}

#[tokio::test]
async fn buckets_are_made_listed_and_deleted_where_that_is_allowed() {
    let started = started(PolicySet::Custom(ALL.to_owned())).await;
    let me = started.me();
    me.create_bucket().bucket("another").send().await.unwrap();
    assert_eq!(refusal(me.create_bucket().bucket("another").send().await), "BucketAlreadyOwnedByYou");
    me.put_object().bucket("another").key("a").send().await.unwrap();
    let names: Vec<_> =
        me.list_buckets().send().await.unwrap().buckets().iter().filter_map(|b| b.name().map(str::to_owned)).collect();
    assert_eq!(names, [BUCKET, "another"]);
    assert_eq!(refusal(me.delete_bucket().bucket("another").send().await), "BucketNotEmpty");
    me.delete_object().bucket("another").key("a").send().await.unwrap();
    me.delete_bucket().bucket("another").send().await.unwrap();
    assert_eq!(refusal(me.list_objects_v2().bucket("another").send().await), "NoSuchBucket");
    let location = me.get_bucket_location().bucket(BUCKET).send().await.unwrap();
    assert!(
        location.location_constraint().is_none_or(|region| region.as_str().is_empty()),
        "us-east-1 is the empty one"
    );
    let cors = me.get_bucket_cors().bucket(BUCKET).send().await.unwrap();
    assert_eq!(cors.cors_rules()[0].allowed_origins(), ["http://localhost:*"]);
}
