//! CopyObject and UploadPartCopy. A copy shares the content of its source.

use s3s::dto::{
    CopyObjectInput, CopyObjectOutput, CopyObjectResult, CopyPartResult, CopySource as SourceHeader, Range,
    UploadPartCopyInput, UploadPartCopyOutput,
};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::checksums::{checksum_type, show_checksum};
use super::conditions::{ReadConditions, etag, timestamp};
use super::encryption::{CustomerKey, asked_encryption, customer_key, show_encryption};
use super::fault::blocking;
use super::headers::{check_metadata, read_head};
use super::multipart::part_number;
use super::objects::{opened, shown_version};
use super::principal::{Principal, denied};
use super::service::Backend;
use super::tagging;
use crate::store::checksum::{Hasher, to_hex};
use crate::store::{Checksum, CopySource, Head, UploadRef, upload_algorithm};

/// Takes the conditions on the source out of a request that copies.
macro_rules! source_conditions {
    ($input:expr) => {
        ReadConditions {
            if_match: $input.copy_source_if_match.take(),
            if_none_match: $input.copy_source_if_none_match.take(),
            if_modified_since: $input.copy_source_if_modified_since.take(),
            if_unmodified_since: $input.copy_source_if_unmodified_since.take(),
        }
    };
}

/// Takes the source's SSE-C headers out of a request that copies.
macro_rules! source_key {
    ($input:expr) => {
        CustomerKey {
            algorithm: $input.copy_source_sse_customer_algorithm.take(),
            key: $input.copy_source_sse_customer_key.take(),
            md5: $input.copy_source_sse_customer_key_md5.take(),
        }
    };
}

pub async fn object(
    backend: &Backend,
    mut request: S3Request<CopyObjectInput>,
) -> S3Result<S3Response<CopyObjectOutput>> {
    let principal = Principal::of(&request)?;
    let input = &mut request.input;
    let (from_bucket, from_key, version) = source_name(&input.copy_source)?;
    let source = opened(backend, &principal, &from_bucket, &from_key, version.as_deref()).await?;
    source_key!(input).check(&source.object.head.encryption)?;
    source_conditions!(input).check_copy(&source.object)?;

    let replaces = input.metadata_directive.as_ref().is_some_and(|directive| directive.as_str() == "REPLACE");
    let retags = input.tagging_directive.as_ref().is_some_and(|directive| directive.as_str() == "REPLACE");
    let encryption = asked_encryption!(input);
    let changes = replaces || retags || encryption.kind.is_some() || encryption.customer.algorithm.is_some();
    let redirects = input.website_redirect_location.is_some() || input.storage_class.is_some();
    if from_bucket == input.bucket && from_key == input.key && version.is_none() && !changes && !redirects {
        return Err(s3_error!(
            InvalidRequest,
            "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
        ));
    }
    let asked = read_head!(input);
    // These two are never the source's (CopyObject, S3 API).
    let (storage_class, website_redirect) = (asked.storage_class.clone(), asked.website_redirect.clone());
    let mut head =
        if replaces { asked } else { Head { storage_class, website_redirect, ..source.object.head.clone() } };
    check_metadata(&head)?;
    head.tags = if retags { tagging::parse_header(input.tagging.as_deref())? } else { source.object.head.tags.clone() };
    head.encryption = encryption.parse()?;
    head.part_sizes = Vec::new();

    let (store, now) = (backend.store.clone(), backend.now());
    let (bucket, key) = (input.bucket.clone(), input.key.clone());
    let copy = blocking(move || {
        let (etag, checksum) = sums_of_whole(&source)?;
        head.checksum = checksum;
        store.put_copy(&bucket, &key, head, etag, &source, now)
    })
    .await?;
    let mut result = CopyObjectResult {
        e_tag: Some(etag(&copy.etag)),
        last_modified: Some(timestamp(copy.modified_at)),
        ..CopyObjectResult::default()
    };
    if let Some(checksum) = copy.head.checksum.clone() {
        show_checksum!(result, checksum.algorithm, Some(checksum.value));
        result.checksum_type = Some(checksum_type(checksum.composite));
    }
    let mut output = CopyObjectOutput {
        copy_object_result: Some(result),
        version_id: shown_version(&copy),
        copy_source_version_id: version,
        ..CopyObjectOutput::default()
    };
    show_encryption!(output, &copy.head.encryption);
    Ok(S3Response::new(output))
}

pub async fn part(
    backend: &Backend,
    mut request: S3Request<UploadPartCopyInput>,
) -> S3Result<S3Response<UploadPartCopyOutput>> {
    let principal = Principal::of(&request)?;
    let input = &mut request.input;
    let number = part_number(input.part_number)?;
    let (from_bucket, from_key, version) = source_name(&input.copy_source)?;
    let source = opened(backend, &principal, &from_bucket, &from_key, version.as_deref()).await?;
    source_key!(input).check(&source.object.head.encryption)?;
    source_conditions!(input).check_copy(&source.object)?;
    let range = match &input.copy_source_range {
        None => 0..source.object.size,
        Some(text) => Range::parse(text)
            .ok()
            .and_then(|range| range.check(source.object.size).ok())
            .ok_or_else(|| s3_error!(InvalidRange, "The x-amz-copy-source-range is not within the source object."))?,
    };
    let (store, now, customer) = (backend.store.clone(), backend.now(), customer_key!(input));
    let (bucket, key, id) = (input.bucket.clone(), input.key.clone(), input.upload_id.clone());
    let (upload, part) = blocking(move || {
        let reference = UploadRef { bucket: &bucket, key: &key, id: &id };
        let upload = store.find_upload(reference)?;
        if customer.check(&upload.head.encryption).is_err() {
            return Ok((upload, None));
        }
        let part = store.put_part_copy(reference, number, &source, range, now)?;
        Ok((upload, Some(part)))
    })
    .await?;
    let part = part.ok_or_else(|| s3_error!(InvalidRequest, "The part has another customer key than its upload."))?;
    let mut result = CopyPartResult {
        e_tag: Some(etag(&part.etag)),
        last_modified: Some(timestamp(part.modified_at)),
        ..CopyPartResult::default()
    };
    show_checksum!(result, upload_algorithm(&upload.head), Some(part.checksum));
    let mut output = UploadPartCopyOutput { copy_part_result: Some(result), ..UploadPartCopyOutput::default() };
    show_encryption!(output, &upload.head.encryption);
    Ok(S3Response::new(output))
}

fn source_name(source: &SourceHeader) -> S3Result<(String, String, Option<String>)> {
    let SourceHeader::Bucket { bucket, key, version_id } = source else { return Err(denied()) };
    Ok((bucket.to_string(), key.to_string(), version_id.as_ref().map(ToString::to_string)))
}

/// ETag and checksum of a source taken as one piece: what was uploaded in parts is read once.
fn sums_of_whole(source: &CopySource) -> crate::store::StoreResult<(String, Option<Checksum>)> {
    let object = &source.object;
    if object.head.part_sizes.is_empty() {
        return Ok((object.etag.clone(), object.head.checksum.clone()));
    }
    let algorithm = upload_algorithm(&object.head);
    let mut hasher = Hasher::new(algorithm);
    let md5 = source.pins.hash(&object.content, &mut hasher)?;
    let checksum = Checksum { algorithm, value: hasher.finish(), composite: false };
    Ok((to_hex(&md5), Some(checksum)))
}
