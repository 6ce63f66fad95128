//! ListObjectsV2 and ListObjects.

use s3s::dto::{
    CommonPrefix, EncodingType, ListObjectsInput, ListObjectsOutput, ListObjectsV2Input, ListObjectsV2Output, Object,
    ObjectStorageClass, Owner,
};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::conditions::{etag, timestamp};
use super::encoding::{decode_token, encode_listed, encode_token};
use super::fault::blocking;
use super::objects::as_i64;
use super::service::Backend;
use crate::store::{Entry, ListPage, ListQuery};

/// S3 lists at most so many entries a page, whatever is asked for.
const MOST_ENTRIES: i32 = 1000;

pub async fn second(
    backend: &Backend,
    request: S3Request<ListObjectsV2Input>,
) -> S3Result<S3Response<ListObjectsV2Output>> {
    let input = request.input;
    let spelling = Spelling::of(input.encoding_type.as_ref())?;
    let limit = limit(input.max_keys)?;
    let after = match &input.continuation_token {
        Some(token) => Some(
            decode_token(token)
                .ok_or_else(|| s3_error!(InvalidArgument, "The continuation token provided is incorrect"))?,
        ),
        None => input.start_after.clone().filter(|after| !after.is_empty()),
    };
    let query = query(input.prefix.clone(), input.delimiter.clone(), after, limit);
    let (store, bucket) = (backend.store.clone(), input.bucket.clone());
    let page = blocking(move || store.list(&bucket, &query)).await?;
    let owner = input.fetch_owner.unwrap_or(false).then(Owner::default);
    let next = page.next.as_deref().map(encode_token);
    let key_count = i32::try_from(page.entries.len()).ok();
    let (contents, common_prefixes) = spelling.spell(page, owner.as_ref());
    Ok(S3Response::new(ListObjectsV2Output {
        name: Some(input.bucket),
        prefix: Some(spelling.text(input.prefix.as_deref().unwrap_or_default())),
        max_keys: Some(limit),
        key_count,
        continuation_token: input.continuation_token,
        is_truncated: Some(next.is_some()),
        next_continuation_token: next,
        contents: Some(contents),
        common_prefixes: Some(common_prefixes),
        delimiter: input.delimiter.map(|delimiter| spelling.text(&delimiter)),
        encoding_type: input.encoding_type,
        start_after: input.start_after.map(|after| spelling.text(&after)),
        request_charged: None,
    }))
}

pub async fn first(backend: &Backend, request: S3Request<ListObjectsInput>) -> S3Result<S3Response<ListObjectsOutput>> {
    let input = request.input;
    let spelling = Spelling::of(input.encoding_type.as_ref())?;
    let limit = limit(input.max_keys)?;
    let after = input.marker.clone().filter(|marker| !marker.is_empty());
    let query = query(input.prefix.clone(), input.delimiter.clone(), after, limit);
    let rolled_up = query.delimiter.is_some();
    let (store, bucket) = (backend.store.clone(), input.bucket.clone());
    let page = blocking(move || store.list(&bucket, &query)).await?;
    let next = page.next.clone();
    let (contents, common_prefixes) = spelling.spell(page, Some(&Owner::default()));
    Ok(S3Response::new(ListObjectsOutput {
        name: Some(input.bucket),
        prefix: Some(spelling.text(input.prefix.as_deref().unwrap_or_default())),
        marker: Some(spelling.text(input.marker.as_deref().unwrap_or_default())),
        max_keys: Some(limit),
        is_truncated: Some(next.is_some()),
        contents: Some(contents),
        common_prefixes: Some(common_prefixes),
        delimiter: input.delimiter.map(|delimiter| spelling.text(&delimiter)),
        // Without a delimiter the client goes on from the last key, and S3 sends no NextMarker.
        next_marker: next.filter(|_| rolled_up).map(|next| spelling.text(&next)),
        encoding_type: input.encoding_type,
        request_charged: None,
    }))
}

pub fn query(prefix: Option<String>, delimiter: Option<String>, after: Option<String>, limit: i32) -> ListQuery {
    ListQuery {
        prefix: prefix.unwrap_or_default(),
        delimiter: delimiter.filter(|delimiter| !delimiter.is_empty()),
        after,
        limit: usize::try_from(limit).unwrap_or_default(),
    }
}

pub fn limit(asked: Option<i32>) -> S3Result<i32> {
    match asked {
        None => Ok(MOST_ENTRIES),
        Some(number) if number < 0 => {
            Err(s3_error!(InvalidArgument, "Argument max-keys must be an integer between 0 and 2147483647"))
        }
        Some(number) => Ok(number.min(MOST_ENTRIES)),
    }
}

/// How keys are written into an answer: as they are, or with `EncodingType=url`.
#[derive(Clone, Copy)]
pub struct Spelling {
    encoded: bool,
}

impl Spelling {
    /// What the request asks for.
    pub fn of(encoding: Option<&EncodingType>) -> S3Result<Self> {
        match encoding.map(EncodingType::as_str) {
            None => Ok(Self { encoded: false }),
            Some("url") => Ok(Self { encoded: true }),
            Some(_) => Err(s3_error!(InvalidArgument, "Invalid Encoding Method specified in Request")),
        }
    }

    /// A key or a part of one.
    pub fn text(self, text: &str) -> String {
        if self.encoded { encode_listed(text) } else { text.to_owned() }
    }

    fn spell(self, page: ListPage, owner: Option<&Owner>) -> (Vec<Object>, Vec<CommonPrefix>) {
        let (mut contents, mut prefixes) = (Vec::new(), Vec::new());
        for entry in page.entries {
            match entry {
                Entry::CommonPrefix(prefix) => prefixes.push(CommonPrefix { prefix: Some(self.text(&prefix)) }),
                Entry::Object(listed) => contents.push(Object {
                    key: Some(self.text(&listed.key)),
                    size: Some(as_i64(listed.size)),
                    e_tag: Some(etag(&listed.etag)),
                    last_modified: Some(timestamp(listed.modified_at)),
                    storage_class: Some(ObjectStorageClass::from_static(ObjectStorageClass::STANDARD)),
                    owner: owner.cloned(),
                    ..Object::default()
                }),
            }
        }
        (contents, prefixes)
    }
}
