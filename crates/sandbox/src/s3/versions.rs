//! ListObjectVersions, and whether a bucket keeps versions.

use s3s::dto::{
    BucketVersioningStatus, CommonPrefix, DeleteMarkerEntry, GetBucketVersioningInput, GetBucketVersioningOutput,
    ListObjectVersionsInput, ListObjectVersionsOutput, ObjectVersion, ObjectVersionStorageClass,
    PutBucketVersioningInput, PutBucketVersioningOutput,
};
use s3s::{S3Response, S3Result, s3_error};

use super::conditions::{etag, timestamp};
use super::fault::blocking;
use super::listings::{Spelling, limit, query};
use super::objects::as_i64;
use super::service::Backend;
use crate::store::VersionEntry;

pub async fn list(backend: &Backend, input: ListObjectVersionsInput) -> S3Result<S3Response<ListObjectVersionsOutput>> {
    let spelling = Spelling::of(input.encoding_type.as_ref())?;
    let limit = limit(input.max_keys)?;
    let after = input.key_marker.clone().filter(|marker| !marker.is_empty());
    let within = input.version_id_marker.clone().filter(|marker| !marker.is_empty());
    if within.is_some() && after.is_none() {
        return Err(s3_error!(InvalidArgument, "A version-id marker cannot be specified without a key marker."));
    }
    let query = query(input.prefix.clone(), input.delimiter.clone(), after, limit);
    let (store, bucket) = (backend.store.clone(), input.bucket.clone());
    let page = blocking(move || store.list_versions(&bucket, &query, within.as_deref())).await?;
    let (next_key, next_version) = page.next.map_or((None, None), |(key, version)| (Some(key), version));
    let (mut versions, mut markers, mut prefixes) = (Vec::new(), Vec::new(), Vec::new());
    for entry in page.entries {
        match entry {
            VersionEntry::CommonPrefix(prefix) => prefixes.push(CommonPrefix { prefix: Some(spelling.text(&prefix)) }),
            VersionEntry::Version(version) if version.marker => markers.push(DeleteMarkerEntry {
                key: Some(spelling.text(&version.object.key)),
                version_id: Some(version.id),
                is_latest: Some(version.latest),
                last_modified: Some(timestamp(version.object.modified_at)),
                owner: None,
            }),
            VersionEntry::Version(version) => versions.push(ObjectVersion {
                key: Some(spelling.text(&version.object.key)),
                version_id: Some(version.id),
                is_latest: Some(version.latest),
                last_modified: Some(timestamp(version.object.modified_at)),
                e_tag: Some(etag(&version.object.etag)),
                size: Some(as_i64(version.object.size)),
                storage_class: Some(ObjectVersionStorageClass::from_static(ObjectVersionStorageClass::STANDARD)),
                ..ObjectVersion::default()
            }),
        }
    }
    Ok(S3Response::new(ListObjectVersionsOutput {
        name: Some(input.bucket),
        prefix: Some(spelling.text(input.prefix.as_deref().unwrap_or_default())),
        delimiter: input.delimiter.map(|delimiter| spelling.text(&delimiter)),
        encoding_type: input.encoding_type,
        max_keys: Some(limit),
        key_marker: Some(spelling.text(input.key_marker.as_deref().unwrap_or_default())),
        version_id_marker: input.version_id_marker,
        is_truncated: Some(next_key.is_some()),
        next_key_marker: next_key.map(|key| spelling.text(&key)),
        next_version_id_marker: next_version,
        versions: Some(versions),
        delete_markers: Some(markers),
        common_prefixes: Some(prefixes),
        request_charged: None,
    }))
}

pub async fn state(
    backend: &Backend,
    input: GetBucketVersioningInput,
) -> S3Result<S3Response<GetBucketVersioningOutput>> {
    let store = backend.store.clone();
    let state = blocking(move || store.versioning(&input.bucket)).await?;
    let status = state.as_str().map(BucketVersioningStatus::from_static);
    Ok(S3Response::new(GetBucketVersioningOutput { status, ..GetBucketVersioningOutput::default() }))
}

pub async fn set_state(
    backend: &Backend,
    input: PutBucketVersioningInput,
) -> S3Result<S3Response<PutBucketVersioningOutput>> {
    let status = input.versioning_configuration.status;
    let enabled = match status.as_ref().map(BucketVersioningStatus::as_str) {
        Some(BucketVersioningStatus::ENABLED) => true,
        Some(BucketVersioningStatus::SUSPENDED) => false,
        _ => {
            return Err(s3_error!(IllegalVersioningConfigurationException, "The Versioning element must be specified"));
        }
    };
    let store = backend.store.clone();
    blocking(move || store.set_versioning(&input.bucket, enabled)).await?;
    Ok(S3Response::new(PutBucketVersioningOutput::default()))
}
