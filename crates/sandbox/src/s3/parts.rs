//! UploadPart and ListParts.

use s3s::dto::{
    ChecksumAlgorithm, Initiator, ListPartsInput, ListPartsOutput, Part, UploadPartInput, UploadPartOutput,
};
use s3s::{S3Request, S3Response, S3Result};

use super::body;
use super::checksums::{Announced, checksum_type, show_checksum};
use super::conditions::{etag, timestamp};
use super::encryption::{customer_key, show_encryption};
use super::fault::blocking;
use super::multipart::part_number;
use super::objects::as_i64;
use super::service::Backend;
use crate::store::{UploadRef, upload_algorithm};

pub async fn upload(
    backend: &Backend,
    mut request: S3Request<UploadPartInput>,
) -> S3Result<S3Response<UploadPartOutput>> {
    let announced = Announced::read(&request.headers)?;
    let input = &mut request.input;
    let number = part_number(input.part_number)?;
    let (bucket, key, id) = (input.bucket.clone(), input.key.clone(), input.upload_id.clone());
    let found = {
        let (store, bucket, key, id) = (backend.store.clone(), bucket.clone(), key.clone(), id.clone());
        blocking(move || store.find_upload(UploadRef { bucket: &bucket, key: &key, id: &id })).await?
    };
    customer_key!(input).check(&found.head.encryption)?;
    // The upload's own goes into the whole; the announced one proves this part and is answered.
    let shown = announced.algorithm;
    let algorithms =
        if shown == upload_algorithm(&found.head) { vec![shown] } else { vec![shown, upload_algorithm(&found.head)] };
    let blob = body::receive(backend.store.clone(), input.body.take(), algorithms).await?;
    announced.verify(&blob, request.trailing_headers.as_ref())?;
    let mut output = UploadPartOutput { e_tag: Some(etag(&blob.etag())), ..UploadPartOutput::default() };
    show_checksum!(output, shown, blob.checksum(shown).map(ToOwned::to_owned));
    show_encryption!(output, &found.head.encryption);
    let (store, now) = (backend.store.clone(), backend.now());
    blocking(move || store.put_part(UploadRef { bucket: &bucket, key: &key, id: &id }, number, blob, now)).await?;
    Ok(S3Response::new(output))
}

pub async fn list(backend: &Backend, request: S3Request<ListPartsInput>) -> S3Result<S3Response<ListPartsOutput>> {
    let input = request.input;
    let after = input.part_number_marker.and_then(|marker| u32::try_from(marker).ok()).unwrap_or_default();
    let limit = usize::try_from(input.max_parts.unwrap_or(1000).clamp(0, 1000)).unwrap_or_default();
    let (store, bucket) = (backend.store.clone(), input.bucket.clone());
    let (key, id) = (input.key.clone(), input.upload_id.clone());
    let (upload, mut parts) = blocking(move || {
        let reference = UploadRef { bucket: &bucket, key: &key, id: &id };
        Ok((store.find_upload(reference)?, store.parts(reference, after)?))
    })
    .await?;
    let truncated = parts.len() > limit;
    parts.truncate(limit);
    let number = |part: &crate::store::Part| i32::try_from(part.number).ok();
    let next = parts.last().filter(|_| truncated).and_then(number);
    let planned = upload.head.checksum.as_ref();
    let shown = parts.iter().map(|part| {
        let mut shown = Part {
            part_number: number(part),
            size: Some(as_i64(part.size)),
            e_tag: Some(etag(&part.etag)),
            last_modified: Some(timestamp(part.modified_at)),
            ..Part::default()
        };
        if let Some(planned) = planned {
            show_checksum!(shown, planned.algorithm, Some(part.checksum.clone()));
        }
        shown
    });
    Ok(S3Response::new(ListPartsOutput {
        parts: Some(shown.collect()),
        is_truncated: Some(truncated),
        next_part_number_marker: next,
        part_number_marker: input.part_number_marker,
        max_parts: i32::try_from(limit).ok(),
        bucket: Some(input.bucket),
        key: Some(input.key),
        upload_id: Some(input.upload_id),
        initiator: Some(Initiator { id: Some(upload.initiator.clone()), display_name: None }),
        checksum_algorithm: planned.map(|planned| ChecksumAlgorithm::from_static(planned.algorithm.name())),
        checksum_type: planned.map(|planned| checksum_type(planned.composite)),
        ..ListPartsOutput::default()
    }))
}
