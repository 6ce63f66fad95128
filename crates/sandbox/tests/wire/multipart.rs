//! Uploads in parts over the wire.

use amphora_sandbox::iam::PolicySet;
use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumMode, ChecksumType, CompletedMultipartUpload, CompletedPart};

use crate::support::{BUCKET, get, put, refusal, started};

const MIB: usize = 1024 * 1024;

fn bytes(length: usize, seed: u8) -> Vec<u8> {
    (0..length).map(|at| (at as u8).wrapping_mul(31).wrapping_add(seed)).collect()
}

async fn upload_part(me: &Client, id: &str, number: i32, content: Vec<u8>) -> CompletedPart {
    let answer = me
        .upload_part()
        .bucket(BUCKET)
        .key("public/big")
        .upload_id(id)
        .part_number(number)
        .body(content.into())
        .send()
        .await
        .unwrap();
    CompletedPart::builder()
        .part_number(number)
        .set_e_tag(answer.e_tag)
        .set_checksum_crc32(answer.checksum_crc32)
        .build()
}

async fn begin(me: &Client) -> String {
    me.create_multipart_upload().bucket(BUCKET).key("public/big").send().await.unwrap().upload_id.unwrap()
}

fn chosen(parts: Vec<CompletedPart>) -> CompletedMultipartUpload {
    CompletedMultipartUpload::builder().set_parts(Some(parts)).build()
}

#[tokio::test]
async fn twelve_mebibytes_in_parts_are_one_object() {
    let started = started(PolicySet::Recommended).await;
    let me = started.me();
    let id = begin(&me).await;
    let (first, second, third) = (bytes(5 * MIB, 1), bytes(5 * MIB, 2), bytes(2 * MIB, 3));
    let parts = tokio::join!(
        upload_part(&me, &id, 1, first.clone()),
        upload_part(&me, &id, 2, second.clone()),
        upload_part(&me, &id, 3, third.clone())
    );
    let page = me.list_parts().bucket(BUCKET).key("public/big").upload_id(&id).max_parts(2).send().await.unwrap();
    assert_eq!((page.parts().len(), page.is_truncated(), page.next_part_number_marker()), (2, Some(true), Some("2")));
    assert_eq!(me.list_multipart_uploads().bucket(BUCKET).send().await.unwrap().uploads().len(), 1);

    let complete = me.complete_multipart_upload().bucket(BUCKET).key("public/big").upload_id(&id);
    let done = complete.multipart_upload(chosen(vec![parts.0, parts.1, parts.2])).send().await.unwrap();
    assert!(done.e_tag().unwrap().ends_with("-3\""));
    assert!(done.location().unwrap().ends_with("/amphora-sandbox/public/big"));
    assert_eq!(get(&me, "public/big").await, [first, second.clone(), third].concat());
    let part = me.get_object().bucket(BUCKET).key("public/big").part_number(2).send().await.unwrap();
    assert_eq!((part.parts_count(), part.content_length()), (Some(3), Some(5 * MIB as i64)));
    assert_eq!(part.body.collect().await.unwrap().to_vec(), second);
    assert!(me.list_multipart_uploads().bucket(BUCKET).send().await.unwrap().uploads().is_empty());
}

#[tokio::test]
async fn a_late_conflict_is_refused_and_the_upload_stays() {
    let started = started(PolicySet::Recommended).await;
    let me = started.me();
    let id = begin(&me).await;
    let part = upload_part(&me, &id, 1, b"new".to_vec()).await;
    put(&me, "public/big", b"came in between").await;
    let complete = me.complete_multipart_upload().bucket(BUCKET).key("public/big").upload_id(&id);
    let complete = complete.multipart_upload(chosen(vec![part]));
    assert_eq!(refusal(complete.clone().if_none_match("*").send().await), "PreconditionFailed");
    assert_eq!(get(&me, "public/big").await, b"came in between");
    complete.send().await.expect("without the condition it replaces");
    assert_eq!(get(&me, "public/big").await, b"new");
    let again = me.upload_part().bucket(BUCKET).key("public/big").upload_id(&id).part_number(1).send().await;
    assert_eq!(refusal(again), "NoSuchUpload");
}

#[tokio::test]
async fn wrong_parts_are_named() {
    let started = started(PolicySet::Recommended).await;
    let me = started.me();
    let id = begin(&me).await;
    let (first, second) = (upload_part(&me, &id, 1, bytes(10, 1)).await, upload_part(&me, &id, 2, bytes(10, 2)).await);
    let complete = |parts| {
        let complete = me.complete_multipart_upload().bucket(BUCKET).key("public/big").upload_id(&id);
        complete.multipart_upload(chosen(parts)).send()
    };
    assert_eq!(refusal(complete(vec![first.clone(), second.clone()]).await), "EntityTooSmall");
    assert_eq!(refusal(complete(vec![second.clone(), first.clone()]).await), "InvalidPartOrder");
    let forged = CompletedPart::builder().part_number(1).e_tag("\"00000000000000000000000000000000\"").build();
    assert_eq!(refusal(complete(vec![forged]).await), "InvalidPart");
    let zero = me.upload_part().bucket(BUCKET).key("public/big").upload_id(&id).part_number(0).send().await;
    assert_eq!(refusal(zero), "InvalidArgument");
    me.abort_multipart_upload().bucket(BUCKET).key("public/big").upload_id(&id).send().await.unwrap();
    assert_eq!(refusal(complete(vec![first]).await), "NoSuchUpload");
}

#[tokio::test]
async fn parts_can_be_copied_from_objects() {
    let started = started(PolicySet::Recommended).await;
    let me = started.me();
    let source = bytes(6 * MIB, 9);
    put(&me, "public/source", &source).await;
    let id = begin(&me).await;
    let copy = |number: i32, range: &str| {
        me.upload_part_copy()
            .bucket(BUCKET)
            .key("public/big")
            .upload_id(&id)
            .part_number(number)
            .copy_source(format!("{BUCKET}/public/source"))
            .copy_source_range(range)
            .send()
    };
    let part = |number, answer: aws_sdk_s3::operation::upload_part_copy::UploadPartCopyOutput| {
        CompletedPart::builder().part_number(number).set_e_tag(answer.copy_part_result.unwrap().e_tag).build()
    };
    let first = part(1, copy(1, &format!("bytes=0-{}", 5 * MIB - 1)).await.unwrap());
    let second = part(2, copy(2, "bytes=100-199").await.unwrap());
    assert_eq!(refusal(copy(3, "bytes=99999999-").await), "InvalidRange");
    me.delete_object().bucket(BUCKET).key("public/source").send().await.unwrap();
    let complete = me.complete_multipart_upload().bucket(BUCKET).key("public/big").upload_id(&id);
    complete.multipart_upload(chosen(vec![first, second])).send().await.unwrap();
    assert_eq!(get(&me, "public/big").await, [&source[..5 * MIB], &source[100..200]].concat());
}

#[tokio::test]
async fn checksums_of_parts_are_composed_or_joined() {
    let started = started(PolicySet::Documented).await;
    let me = started.me();
    for (kind, ends_in_count) in [(ChecksumType::Composite, true), (ChecksumType::FullObject, false)] {
        let begun = me
            .create_multipart_upload()
            .bucket(BUCKET)
            .key("public/big")
            .checksum_algorithm(ChecksumAlgorithm::Crc32)
            .checksum_type(kind)
            .send()
            .await
            .unwrap();
        let id = begun.upload_id().unwrap();
        let parts = vec![upload_part(&me, id, 1, bytes(5 * MIB, 1)).await, upload_part(&me, id, 2, bytes(3, 2)).await];
        let complete = me.complete_multipart_upload().bucket(BUCKET).key("public/big").upload_id(id);
        let done = complete.multipart_upload(chosen(parts)).send().await.unwrap();
        assert_eq!(done.checksum_crc32().unwrap().ends_with("-2"), ends_in_count);
        let read = me.get_object().bucket(BUCKET).key("public/big").checksum_mode(ChecksumMode::Enabled);
        let whole = read.send().await.unwrap().body.collect().await.expect("the SDK agrees with the checksum");
        assert_eq!(whole.to_vec(), [bytes(5 * MIB, 1), bytes(3, 2)].concat());
    }
}

#[tokio::test]
async fn a_streamed_body_of_unknown_origin_is_stored_whole() {
    let started = started(PolicySet::Documented).await;
    let me = started.me();
    let path = started.dir.path().join("upload.bin");
    let content = bytes(9 * MIB + 123, 5);
    std::fs::write(&path, &content).unwrap();
    let body = ByteStream::from_path(&path).await.unwrap();
    me.put_object().bucket(BUCKET).key("public/streamed").body(body).send().await.unwrap();
    assert_eq!(get(&me, "public/streamed").await, content);
}
