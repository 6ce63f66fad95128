//! Tags of objects.

use std::collections::BTreeSet;

use s3s::dto::{
    DeleteObjectTaggingInput, DeleteObjectTaggingOutput, GetObjectTaggingInput, GetObjectTaggingOutput,
    PutObjectTaggingInput, PutObjectTaggingOutput, Tag,
};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::encoding::query_pairs;
use super::fault::blocking;
use super::objects::found;
use super::principal::Principal;
use super::service::Backend;

/// Reads `x-amz-tagging`: `a=1&b=2`.
pub fn parse_header(header: Option<&str>) -> S3Result<Vec<(String, String)>> {
    check(query_pairs(header.unwrap_or_default()).collect())
}

fn check(tags: Vec<(String, String)>) -> S3Result<Vec<(String, String)>> {
    let names: BTreeSet<&String> = tags.iter().map(|(name, _)| name).collect();
    if names.len() < tags.len() {
        return Err(s3_error!(InvalidTag, "Cannot provide multiple Tags with the same key"));
    }
    if tags.len() > 10 {
        return Err(s3_error!(InvalidTag, "Object tags cannot be greater than 10"));
    }
    let fits =
        |(name, value): &(String, String)| (1..=128).contains(&name.chars().count()) && value.chars().count() <= 256;
    if !tags.iter().all(fits) {
        return Err(s3_error!(InvalidTag, "The TagKey or TagValue you have provided is invalid"));
    }
    Ok(tags)
}

pub async fn get(
    backend: &Backend,
    request: S3Request<GetObjectTaggingInput>,
) -> S3Result<S3Response<GetObjectTaggingOutput>> {
    let principal = Principal::of(&request)?;
    let input = request.input;
    let object = found(backend, &principal, &input.bucket, &input.key, input.version_id.as_deref()).await?;
    let tag_set = object.head.tags.into_iter().map(|(key, value)| Tag { key: Some(key), value: Some(value) }).collect();
    Ok(S3Response::new(GetObjectTaggingOutput { tag_set, version_id: input.version_id }))
}

pub async fn put(
    backend: &Backend,
    request: S3Request<PutObjectTaggingInput>,
) -> S3Result<S3Response<PutObjectTaggingOutput>> {
    let principal = Principal::of(&request)?;
    let input = request.input;
    let given = input.tagging.tag_set.into_iter();
    let tags = check(given.map(|tag| (tag.key.unwrap_or_default(), tag.value.unwrap_or_default())).collect())?;
    found(backend, &principal, &input.bucket, &input.key, input.version_id.as_deref()).await?;
    let store = backend.store.clone();
    blocking(move || store.set_tags(&input.bucket, &input.key, input.version_id.as_deref(), tags)).await?;
    Ok(S3Response::new(PutObjectTaggingOutput::default()))
}

pub async fn delete(
    backend: &Backend,
    request: S3Request<DeleteObjectTaggingInput>,
) -> S3Result<S3Response<DeleteObjectTaggingOutput>> {
    let principal = Principal::of(&request)?;
    let input = request.input;
    found(backend, &principal, &input.bucket, &input.key, input.version_id.as_deref()).await?;
    let store = backend.store.clone();
    blocking(move || store.set_tags(&input.bucket, &input.key, input.version_id.as_deref(), Vec::new())).await?;
    Ok(S3Response::new(DeleteObjectTaggingOutput::default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_and_limited_as_s3_does() {
        let parsed = parse_header(Some("a=1&b%20c=d+e&f")).unwrap();
        assert_eq!(parsed, [("a".into(), "1".into()), ("b c".into(), "d e".into()), ("f".into(), String::new())]);
        assert!(parse_header(Some("a=1&a=2")).is_err());
        assert!(parse_header(Some("=1")).is_err());
        let eleven: Vec<String> = (0..11).map(|number| format!("t{number}=x")).collect();
        assert!(parse_header(Some(&eleven.join("&"))).is_err());
        assert_eq!(parse_header(None).unwrap(), []);
    }
}
