//! DeleteObject, and DeleteObjects decided key by key.

use s3s::dto::{DeleteObjectInput, DeleteObjectOutput, DeleteObjectsInput, DeleteObjectsOutput, DeletedObject, Error};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::conditions::for_write;
use super::fault::{blocking, to_s3};
use super::principal::{Principal, object_arn};
use super::service::Backend;
use crate::store::{Deletion, Precondition, Store, StoreResult};

/// S3 takes so many keys at once.
const MOST_KEYS: usize = 1000;

pub async fn one(backend: &Backend, request: S3Request<DeleteObjectInput>) -> S3Result<S3Response<DeleteObjectOutput>> {
    let input = request.input;
    let precondition = for_write(input.if_match, None)?;
    let (store, now) = (backend.store.clone(), backend.now());
    let delete = move || delete(&store, &input.bucket, &input.key, input.version_id.as_deref(), &precondition, now);
    let Deletion { version, marker } = blocking(delete).await?;
    Ok(S3Response::new(DeleteObjectOutput {
        delete_marker: marker.then_some(true),
        version_id: version,
        ..DeleteObjectOutput::default()
    }))
}

/// One version for good, or what the key is now.
fn delete(
    store: &Store,
    bucket: &str,
    key: &str,
    version: Option<&str>,
    precondition: &Precondition,
    now: i64,
) -> StoreResult<Deletion> {
    match version {
        Some(version) => store.delete_version(bucket, key, version),
        None => store.delete(bucket, key, precondition, now),
    }
}

pub async fn many(
    backend: &Backend,
    request: S3Request<DeleteObjectsInput>,
) -> S3Result<S3Response<DeleteObjectsOutput>> {
    let principal = Principal::of(&request)?;
    let input = request.input;
    if input.delete.objects.is_empty() || input.delete.objects.len() > MOST_KEYS {
        return Err(s3_error!(
            MalformedXML,
            "The XML you provided was not well-formed or did not validate against our published schema"
        ));
    }
    let quiet = input.delete.quiet.unwrap_or(false);
    let (store, now) = (backend.store.clone(), backend.now());
    let (deleted, errors) = blocking(move || {
        store.require_bucket(&input.bucket)?;
        let (mut deleted, mut errors) = (Vec::new(), Vec::new());
        for object in input.delete.objects {
            let action = if object.version_id.is_some() { "s3:DeleteObjectVersion" } else { "s3:DeleteObject" };
            let result = principal.require(action, &object_arn(&input.bucket, &object.key), &[]).and_then(|()| {
                let precondition =
                    object.e_tag.map_or(Precondition::None, |etag| Precondition::Etag(etag.into_value()));
                let version = object.version_id.as_deref();
                delete(&store, &input.bucket, &object.key, version, &precondition, now).map_err(to_s3)
            });
            match result {
                Ok(deletion) => deleted.push(DeletedObject {
                    key: Some(object.key),
                    delete_marker: deletion.marker.then_some(true),
                    delete_marker_version_id: deletion.version.filter(|_| deletion.marker),
                    version_id: object.version_id,
                }),
                Err(error) => errors.push(Error {
                    code: Some(error.code().as_str().to_owned()),
                    key: Some(object.key),
                    message: error.message().map(ToOwned::to_owned),
                    version_id: object.version_id,
                }),
            }
        }
        Ok((deleted, errors))
    })
    .await?;
    Ok(S3Response::new(DeleteObjectsOutput {
        deleted: (!quiet).then_some(deleted),
        errors: Some(errors),
        request_charged: None,
    }))
}
