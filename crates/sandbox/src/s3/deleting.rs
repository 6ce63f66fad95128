//! DeleteObject, and DeleteObjects decided key by key.

use s3s::dto::{DeleteObjectInput, DeleteObjectOutput, DeleteObjectsInput, DeleteObjectsOutput, DeletedObject, Error};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::conditions::for_write;
use super::fault::{blocking, to_s3};
use super::objects::require_no_version;
use super::principal::{Principal, object_arn};
use super::service::Backend;
use crate::store::Precondition;

/// S3 takes so many keys at once.
const MOST_KEYS: usize = 1000;

pub async fn one(backend: &Backend, request: S3Request<DeleteObjectInput>) -> S3Result<S3Response<DeleteObjectOutput>> {
    let input = request.input;
    require_no_version(input.version_id.as_deref())?;
    let precondition = for_write(input.if_match, None)?;
    let store = backend.store.clone();
    blocking(move || store.delete(&input.bucket, &input.key, &precondition)).await?;
    Ok(S3Response::new(DeleteObjectOutput::default()))
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
    let store = backend.store.clone();
    let (deleted, errors) = blocking(move || {
        store.require_bucket(&input.bucket)?;
        let (mut deleted, mut errors) = (Vec::new(), Vec::new());
        for object in input.delete.objects {
            let action = if object.version_id.is_some() { "s3:DeleteObjectVersion" } else { "s3:DeleteObject" };
            let result = principal
                .require(action, &object_arn(&input.bucket, &object.key), &[])
                .and_then(|()| require_no_version(object.version_id.as_deref()))
                .and_then(|()| {
                    let precondition =
                        object.e_tag.map_or(Precondition::None, |etag| Precondition::Etag(etag.into_value()));
                    store.delete(&input.bucket, &object.key, &precondition).map_err(to_s3)
                });
            match result {
                Ok(()) => deleted.push(DeletedObject { key: Some(object.key), ..DeletedObject::default() }),
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
