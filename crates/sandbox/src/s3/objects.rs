//! PutObject, GetObject, HeadObject and GetObjectAttributes.

use std::ops::Range;

use http::{HeaderMap, StatusCode};
use s3s::dto::{
    Checksum, GetObjectAttributesInput, GetObjectAttributesOutput, GetObjectAttributesParts, GetObjectInput,
    GetObjectOutput, HeadObjectInput, HeadObjectOutput, PutObjectInput, PutObjectOutput, Range as RangeHeader,
};
use s3s::{S3Error, S3ErrorCode, S3Request, S3Response, S3Result, s3_error};

use super::body;
use super::checksums::{Announced, checksum_type, show_checksum};
use super::conditions::{ReadConditions, etag, for_write, timestamp};
use super::encryption::{asked_encryption, customer_key, show_encryption};
use super::fault::{blocking, to_s3};
use super::headers::{check_metadata, read_head, show_head};
use super::principal::Principal;
use super::service::Backend;
use super::tagging;
use crate::store::{self, CopySource, NULL_VERSION, Object, StoreError};

pub async fn put(backend: &Backend, mut request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
    let announced = Announced::read(&request.headers)?;
    let algorithm = announced.algorithm;
    let input = &mut request.input;
    let precondition = for_write(input.if_match.take(), input.if_none_match.take())?;
    let mut head = read_head!(input);
    check_metadata(&head)?;
    head.tags = tagging::parse_header(input.tagging.as_deref())?;
    head.encryption = asked_encryption!(input).parse()?;
    let blob = body::receive(backend.store.clone(), input.body.take(), vec![algorithm]).await?;
    announced.verify(&blob, request.trailing_headers.as_ref())?;
    let value = blob.checksum(algorithm).unwrap_or_default().to_owned();
    head.checksum = Some(store::Checksum { algorithm, value, composite: false });

    let (store, now) = (backend.store.clone(), backend.now());
    let (bucket, key) = (request.input.bucket, request.input.key);
    let object = blocking(move || store.put(&bucket, &key, head, blob, &precondition, now)).await?;
    let mut output = PutObjectOutput {
        e_tag: Some(etag(&object.etag)),
        version_id: shown_version(&object),
        ..PutObjectOutput::default()
    };
    if let Some(checksum) = object.head.checksum {
        show_checksum!(output, checksum.algorithm, Some(checksum.value));
        output.checksum_type = Some(checksum_type(checksum.composite));
    }
    show_encryption!(output, &object.head.encryption);
    Ok(S3Response::new(output))
}

pub async fn get(backend: &Backend, mut request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
    let principal = Principal::of(&request)?;
    let input = &mut request.input;
    let source = opened(backend, &principal, &input.bucket, &input.key, input.version_id.as_deref()).await?;
    customer_key!(input).check(&source.object.head.encryption)?;
    read_conditions(input).check_read(&source.object)?;
    let wanted = Wanted::read(input.range, input.part_number, &source.object)?;

    let object = &source.object;
    let mut output = GetObjectOutput {
        content_length: Some(as_i64(wanted.range.end - wanted.range.start)),
        content_range: wanted.content_range(object.size),
        e_tag: Some(etag(&object.etag)),
        last_modified: Some(timestamp(object.modified_at)),
        parts_count: wanted.parts_count,
        version_id: shown_version(object),
        tag_count: i32::try_from(object.head.tags.len()).ok().filter(|count| *count > 0),
        ..GetObjectOutput::default()
    };
    show_head!(output, &object.head);
    show_encryption!(output, &object.head.encryption);
    let checksum_wanted = input.checksum_mode.is_some() && !wanted.partial;
    if let Some(checksum) = object.head.checksum.clone().filter(|_| checksum_wanted) {
        show_checksum!(output, checksum.algorithm, Some(checksum.value));
        output.checksum_type = Some(checksum_type(checksum.composite));
    }
    output.body = Some(body::send(source, &wanted.range));
    Ok(S3Response::new(output))
}

pub async fn head(
    backend: &Backend,
    mut request: S3Request<HeadObjectInput>,
) -> S3Result<S3Response<HeadObjectOutput>> {
    let principal = Principal::of(&request)?;
    let input = &mut request.input;
    let object = found(backend, &principal, &input.bucket, &input.key, input.version_id.as_deref()).await?;
    customer_key!(input).check(&object.head.encryption)?;
    ReadConditions {
        if_match: input.if_match.take(),
        if_none_match: input.if_none_match.take(),
        if_modified_since: input.if_modified_since.take(),
        if_unmodified_since: input.if_unmodified_since.take(),
    }
    .check_read(&object)?;
    let wanted = Wanted::read(input.range, input.part_number, &object)?;
    let mut output = HeadObjectOutput {
        content_length: Some(as_i64(wanted.range.end - wanted.range.start)),
        content_range: wanted.content_range(object.size),
        e_tag: Some(etag(&object.etag)),
        last_modified: Some(timestamp(object.modified_at)),
        parts_count: wanted.parts_count,
        version_id: shown_version(&object),
        ..HeadObjectOutput::default()
    };
    show_head!(output, &object.head);
    show_encryption!(output, &object.head.encryption);
    let checksum_wanted = input.checksum_mode.is_some() && !wanted.partial;
    if let Some(checksum) = object.head.checksum.filter(|_| checksum_wanted) {
        show_checksum!(output, checksum.algorithm, Some(checksum.value));
        output.checksum_type = Some(checksum_type(checksum.composite));
    }
    Ok(S3Response::new(output))
}

pub async fn attributes(
    backend: &Backend,
    mut request: S3Request<GetObjectAttributesInput>,
) -> S3Result<S3Response<GetObjectAttributesOutput>> {
    let principal = Principal::of(&request)?;
    let input = &mut request.input;
    let object = found(backend, &principal, &input.bucket, &input.key, input.version_id.as_deref()).await?;
    customer_key!(input).check(&object.head.encryption)?;
    let asked = |name: &str| input.object_attributes.iter().any(|attribute| attribute.as_str() == name);
    let mut output = GetObjectAttributesOutput {
        last_modified: Some(timestamp(object.modified_at)),
        version_id: shown_version(&object),
        ..GetObjectAttributesOutput::default()
    };
    if asked("ETag") {
        output.e_tag = Some(etag(&object.etag));
    }
    if asked("ObjectSize") {
        output.object_size = Some(as_i64(object.size));
    }
    if asked("StorageClass") {
        output.storage_class = Some(object.head.storage_class.unwrap_or_else(|| "STANDARD".to_owned()).into());
    }
    if asked("ObjectParts") && !object.head.part_sizes.is_empty() {
        let total = i32::try_from(object.head.part_sizes.len()).ok();
        output.object_parts =
            Some(GetObjectAttributesParts { total_parts_count: total, ..GetObjectAttributesParts::default() });
    }
    if let Some(checksum) = object.head.checksum.filter(|_| asked("Checksum")) {
        let mut shown = Checksum { checksum_type: Some(checksum_type(checksum.composite)), ..Checksum::default() };
        show_checksum!(shown, checksum.algorithm, Some(checksum.value));
        output.checksum = Some(shown);
    }
    Ok(S3Response::new(output))
}

/// What a key is now, or one version of it; about an absent one it says what the principal may know.
pub async fn found(
    backend: &Backend,
    principal: &Principal,
    bucket: &str,
    key: &str,
    version: Option<&str>,
) -> S3Result<Object> {
    let (store, name, wanted) = (backend.store.clone(), bucket.to_owned(), key.to_owned());
    let version = version.map(ToOwned::to_owned);
    present(principal, bucket, run(move || store.find(&name, &wanted, version.as_deref())).await?)
}

/// The same, its bytes kept for as long as the answer lives.
pub async fn opened(
    backend: &Backend,
    principal: &Principal,
    bucket: &str,
    key: &str,
    version: Option<&str>,
) -> S3Result<CopySource> {
    let (store, name, wanted) = (backend.store.clone(), bucket.to_owned(), key.to_owned());
    let version = version.map(ToOwned::to_owned);
    present(principal, bucket, run(move || store.open_object(&name, &wanted, version.as_deref())).await?)
}

/// A version's id as an answer shows it: nothing for what was written while its bucket kept none.
pub fn shown_version(object: &Object) -> Option<String> {
    (object.version != NULL_VERSION).then(|| object.version.clone())
}

async fn run<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> S3Result<T> {
    blocking(move || Ok(work())).await
}

fn present<T>(principal: &Principal, bucket: &str, result: Result<T, StoreError>) -> S3Result<T> {
    result.map_err(|error| match error {
        StoreError::NoSuchKey => principal.absent(bucket),
        other => to_s3(other),
    })
}

/// A size as the S3 API writes it.
pub fn as_i64(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

fn read_conditions(input: &mut GetObjectInput) -> ReadConditions {
    ReadConditions {
        if_match: input.if_match.take(),
        if_none_match: input.if_none_match.take(),
        if_modified_since: input.if_modified_since.take(),
        if_unmodified_since: input.if_unmodified_since.take(),
    }
}

/// Which bytes a read is about.
struct Wanted {
    range: Range<u64>,
    partial: bool,
    parts_count: Option<i32>,
}

impl Wanted {
    fn read(range: Option<RangeHeader>, part: Option<i32>, object: &Object) -> S3Result<Self> {
        match (range, part) {
            (Some(_), Some(_)) => {
                Err(s3_error!(InvalidRequest, "Cannot specify both Range header and partNumber query parameter"))
            }
            (Some(range), None) => {
                let range = range.check(object.size).map_err(|_| not_satisfiable(object.size))?;
                Ok(Self { range, partial: true, parts_count: None })
            }
            (None, Some(number)) => Self::part(number, object),
            (None, None) => Ok(Self { range: 0..object.size, partial: false, parts_count: None }),
        }
    }

    fn part(number: i32, object: &Object) -> S3Result<Self> {
        let sizes = &object.head.part_sizes;
        let index = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let index =
            index.ok_or_else(|| s3_error!(InvalidArgument, "Part number must be an integer between 1 and 10000"))?;
        if sizes.is_empty() && index == 0 {
            return Ok(Self { range: 0..object.size, partial: object.size > 0, parts_count: None });
        }
        let size = sizes.get(index).ok_or_else(no_such_part)?;
        let start: u64 = sizes[..index].iter().sum();
        Ok(Self { range: start..start + size, partial: true, parts_count: i32::try_from(sizes.len()).ok() })
    }

    fn content_range(&self, size: u64) -> Option<String> {
        (self.partial && !self.range.is_empty())
            .then(|| format!("bytes {}-{}/{size}", self.range.start, self.range.end - 1))
    }
}

fn no_such_part() -> S3Error {
    let code = S3ErrorCode::Custom("InvalidPartNumber".into());
    let mut error = S3Error::with_message(code, "The requested partnumber is not satisfiable");
    error.set_status_code(StatusCode::RANGE_NOT_SATISFIABLE);
    error
}

fn not_satisfiable(size: u64) -> S3Error {
    let mut error = s3_error!(InvalidRange, "The requested range is not satisfiable");
    if let Ok(value) = format!("bytes */{size}").parse() {
        let mut headers = HeaderMap::new();
        headers.insert(http::header::CONTENT_RANGE, value);
        headers.insert(http::header::CONTENT_TYPE, http::HeaderValue::from_static("application/xml"));
        error.set_headers(headers);
    }
    error
}
