//! Objects over the wire: headers, ranges, conditions, checksums, encryption, tags.

use amphora_sandbox::iam::PolicySet;
use aws_sdk_s3::primitives::{ByteStream, DateTime};
use aws_sdk_s3::types::{
    ChecksumAlgorithm, ChecksumMode, MetadataDirective, ServerSideEncryption, StorageClass, Tag, Tagging,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::support::{ALL, BUCKET, get, put, refusal, started};

#[tokio::test]
async fn content_headers_and_metadata_come_back() {
    let started = started(PolicySet::Documented).await;
    let me = started.me();
    let expires = DateTime::from_secs(1_900_000_000);
    let answer = me
        .put_object()
        .bucket(BUCKET)
        .key("public/a")
        .body(ByteStream::from_static(b"hello"))
        .content_type("text/plain")
        .cache_control("max-age=60")
        .content_disposition("attachment; filename=\"a.txt\"")
        .content_encoding("identity")
        .content_language("de")
        .expires(expires)
        .metadata("Shot-By", "Ann")
        .server_side_encryption(ServerSideEncryption::Aes256)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.e_tag(), Some("\"5d41402abc4b2a76b9719d911017c592\""));
    assert_eq!(answer.server_side_encryption(), Some(&ServerSideEncryption::Aes256));
    let head = me.head_object().bucket(BUCKET).key("public/a").send().await.unwrap();
    assert_eq!(head.content_type(), Some("text/plain"));
    assert_eq!(head.cache_control(), Some("max-age=60"));
    assert_eq!(head.content_disposition(), Some("attachment; filename=\"a.txt\""));
    assert_eq!(head.content_encoding(), Some("identity"));
    assert_eq!(head.content_language(), Some("de"));
    assert_eq!(head.expires_string(), Some("Sun, 17 Mar 2030 17:46:40 GMT"));
    assert_eq!(head.metadata().unwrap()["shot-by"], "Ann");
    assert_eq!(head.content_length(), Some(5));
    let plain = me.put_object().bucket(BUCKET).key("public/b").send().await.unwrap();
    assert!(plain.checksum_crc32().is_some(), "the SDK's own checksum is answered");
    let overridden =
        me.get_object().bucket(BUCKET).key("public/a").response_content_type("image/png").send().await.unwrap();
    assert_eq!(overridden.content_type(), Some("image/png"));
}

#[tokio::test]
async fn ranges_are_cut_as_asked_or_refused() {
    let started = started(PolicySet::Documented).await;
    let me = started.me();
    put(&me, "public/a", b"0123456789").await;
    put(&me, "public/empty", b"").await;
    for (range, expected, content_range) in [
        ("bytes=2-4", "234", "bytes 2-4/10"),
        ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=-3", "789", "bytes 7-9/10"),
        ("bytes=5-500", "56789", "bytes 5-9/10"),
    ] {
        let answer = me.get_object().bucket(BUCKET).key("public/a").range(range).send().await.unwrap();
        assert_eq!(answer.content_range(), Some(content_range));
        assert_eq!(answer.body.collect().await.unwrap().to_vec(), expected.as_bytes(), "{range}");
    }
    let beyond = me.get_object().bucket(BUCKET).key("public/a").range("bytes=10-").send().await;
    assert_eq!(refusal(beyond), "InvalidRange");
    let of_nothing = me.get_object().bucket(BUCKET).key("public/empty").range("bytes=0-").send().await;
    assert_eq!(refusal(of_nothing), "InvalidRange");
    assert_eq!(get(&me, "public/empty").await, b"");
}

#[tokio::test]
async fn a_key_is_never_written_twice_under_if_none_match() {
    let started = started(PolicySet::Documented).await;
    let me = started.me();
    let write = |body: &'static [u8]| {
        me.put_object().bucket(BUCKET).key("public/a").if_none_match("*").body(ByteStream::from_static(body)).send()
    };
    let (first, second, third) = tokio::join!(write(b"1"), write(b"2"), write(b"3"));
    let outcomes = [first.is_ok(), second.is_ok(), third.is_ok()];
    assert_eq!(outcomes.iter().filter(|ok| **ok).count(), 1, "exactly one of three at once wins");
    assert_eq!(refusal(write(b"4").await), "PreconditionFailed");

    let etag = me.head_object().bucket(BUCKET).key("public/a").send().await.unwrap().e_tag.unwrap();
    let replace = |etag: String| me.put_object().bucket(BUCKET).key("public/a").if_match(etag).send();
    replace(etag.clone()).await.unwrap();
    assert_eq!(refusal(replace(etag.clone()).await), "PreconditionFailed");
    let read = me.get_object().bucket(BUCKET).key("public/a").if_match(etag).send().await;
    assert_eq!(refusal(read), "PreconditionFailed");
    let etag = me.head_object().bucket(BUCKET).key("public/a").send().await.unwrap().e_tag.unwrap();
    let known = me.get_object().bucket(BUCKET).key("public/a").if_none_match(etag).send().await;
    assert_eq!(known.unwrap_err().raw_response().unwrap().status().as_u16(), 304);
}

#[tokio::test]
async fn checksums_of_every_kind_are_checked_and_shown() {
    let started = started(PolicySet::Documented).await;
    let me = started.me();
    let algorithms = [
        ChecksumAlgorithm::Crc32,
        ChecksumAlgorithm::Crc32C,
        ChecksumAlgorithm::Crc64Nvme,
        ChecksumAlgorithm::Sha1,
        ChecksumAlgorithm::Sha256,
    ];
    for algorithm in algorithms {
        let put = me.put_object().bucket(BUCKET).key("public/a").checksum_algorithm(algorithm.clone());
        put.body(ByteStream::from_static(b"hello"))
            .send()
            .await
            .unwrap_or_else(|error| panic!("{algorithm}: {error:?}"));
        let head =
            me.head_object().bucket(BUCKET).key("public/a").checksum_mode(ChecksumMode::Enabled).send().await.unwrap();
        let shown = [
            head.checksum_crc32(),
            head.checksum_crc32_c(),
            head.checksum_crc64_nvme(),
            head.checksum_sha1(),
            head.checksum_sha256(),
        ];
        assert_eq!(shown.iter().flatten().count(), 1, "{algorithm}");
        assert_eq!(get(&me, "public/a").await, b"hello", "the SDK agrees with the {algorithm}");
    }
    let wrong = me
        .put_object()
        .bucket(BUCKET)
        .key("public/b")
        .checksum_crc32("AAAAAA==")
        .body(ByteStream::from_static(b"hello"));
    assert_eq!(refusal(wrong.send().await), "BadDigest");
    let wrong = me
        .put_object()
        .bucket(BUCKET)
        .key("public/b")
        .content_md5("AAAAAAAAAAAAAAAAAAAAAA==")
        .body(ByteStream::from_static(b"x"));
    assert_eq!(refusal(wrong.send().await), "BadDigest");
    assert_eq!(
        refusal(me.get_object().bucket(BUCKET).key("public/b").send().await),
        "AccessDenied",
        "nothing was kept"
    );
}

#[tokio::test]
async fn a_customer_key_is_demanded_again() {
    let started = started(PolicySet::Documented).await;
    let me = started.me();
    let key = |byte: u8| BASE64.encode([byte; 32]);
    let md5 = |byte: u8| {
        use md5::Digest;
        BASE64.encode(md5::Md5::digest([byte; 32]))
    };
    let answer = me
        .put_object()
        .bucket(BUCKET)
        .key("public/a")
        .sse_customer_algorithm("AES256")
        .sse_customer_key(key(1))
        .sse_customer_key_md5(md5(1))
        .body(ByteStream::from_static(b"hello"))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.sse_customer_key_md5(), Some(md5(1).as_str()));
    let read = || me.get_object().bucket(BUCKET).key("public/a");
    let with =
        |byte: u8| read().sse_customer_algorithm("AES256").sse_customer_key(key(byte)).sse_customer_key_md5(md5(byte));
    with(1).send().await.expect("the same key");
    assert_eq!(refusal(with(2).send().await), "AccessDenied");
    assert_eq!(refusal(read().send().await), "InvalidRequest");
    assert_eq!(refusal(with(1).sse_customer_key_md5(md5(2)).send().await), "InvalidArgument");
}

#[tokio::test]
async fn tags_are_set_read_and_removed() {
    let started = started(PolicySet::Recommended).await;
    let me = started.me();
    me.put_object().bucket(BUCKET).key("public/a").tagging("a=1&b%20c=2").send().await.unwrap();
    let read = || me.get_object_tagging().bucket(BUCKET).key("public/a").send();
    let tags = read().await.unwrap();
    assert_eq!((tags.tag_set()[1].key(), tags.tag_set()[1].value()), ("b c", "2"));
    let head = me.get_object().bucket(BUCKET).key("public/a").send().await.unwrap();
    assert_eq!(head.tag_count(), Some(2));
    let tagging = Tagging::builder().tag_set(Tag::builder().key("x").value("y").build().unwrap()).build().unwrap();
    me.put_object_tagging().bucket(BUCKET).key("public/a").tagging(tagging).send().await.unwrap();
    assert_eq!(read().await.unwrap().tag_set()[0].key(), "x");
    me.delete_object_tagging().bucket(BUCKET).key("public/a").send().await.unwrap();
    assert!(read().await.unwrap().tag_set().is_empty());
}

#[tokio::test]
async fn a_copy_keeps_or_replaces_what_it_is_told() {
    let started = started(PolicySet::Custom(ALL.to_owned())).await;
    let me = started.me();
    me.put_object()
        .bucket(BUCKET)
        .key("a")
        .content_type("text/plain")
        .metadata("x", "1")
        .storage_class(StorageClass::StandardIa)
        .body(ByteStream::from_static(b"hello"))
        .send()
        .await
        .unwrap();
    let copy = |key: &str| me.copy_object().bucket(BUCKET).copy_source(format!("{BUCKET}/a")).key(key);
    let answer = copy("b").send().await.unwrap();
    assert_eq!(answer.copy_object_result().unwrap().e_tag(), Some("\"5d41402abc4b2a76b9719d911017c592\""));
    let head = me.head_object().bucket(BUCKET).key("b").send().await.unwrap();
    assert_eq!((head.content_type(), head.metadata().unwrap()["x"].as_str()), (Some("text/plain"), "1"));
    assert_eq!(head.storage_class(), None, "the class is asked for, or is the standard one");
    copy("b").storage_class(StorageClass::StandardIa).send().await.unwrap();
    let head = me.head_object().bucket(BUCKET).key("b").send().await.unwrap();
    assert_eq!((head.storage_class(), head.content_type()), (Some(&StorageClass::StandardIa), Some("text/plain")));
    assert_eq!(refusal(copy("a").send().await), "InvalidRequest", "onto itself without a change");
    copy("a").metadata_directive(MetadataDirective::Replace).content_type("text/html").send().await.unwrap();
    let head = me.head_object().bucket(BUCKET).key("a").send().await.unwrap();
    assert_eq!(head.content_type(), Some("text/html"));
    assert!(head.metadata().unwrap().is_empty());
    assert_eq!(get(&me, "a").await, b"hello");
    assert_eq!(refusal(copy("c").copy_source_if_match("\"other\"").send().await), "PreconditionFailed");
}
