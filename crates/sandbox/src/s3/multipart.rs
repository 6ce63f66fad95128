//! Beginning, completing, aborting and listing uploads in parts. The parts themselves are in `parts`.

use s3s::dto::{
    AbortMultipartUploadInput, AbortMultipartUploadOutput, CommonPrefix, CompleteMultipartUploadInput,
    CompleteMultipartUploadOutput, CreateMultipartUploadInput, CreateMultipartUploadOutput, Initiator,
    ListMultipartUploadsInput, ListMultipartUploadsOutput, MultipartUpload,
};
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::checksums::{checksum_type, given_checksum, show_checksum};
use super::conditions::{etag, for_write, timestamp};
use super::encoding::encode_listed;
use super::encryption::{asked_encryption, customer_key, show_encryption};
use super::fault::blocking;
use super::headers::{check_metadata, read_head};
use super::listings::Spelling;
use super::principal::Principal;
use super::service::Backend;
use super::tagging;
use crate::store::checksum::Algorithm;
use crate::store::{Checksum, ChosenPart, Completion, NewUpload, Upload, UploadRef, upload_algorithm};

/// 1 to 10,000, or an answer that says so.
pub fn part_number(number: i32) -> S3Result<u32> {
    u32::try_from(number)
        .ok()
        .filter(|number| (1..=10_000).contains(number))
        .ok_or_else(|| s3_error!(InvalidArgument, "Part number must be an integer between 1 and 10000, inclusive"))
}

pub async fn create(
    backend: &Backend,
    mut request: S3Request<CreateMultipartUploadInput>,
) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
    let principal = Principal::of(&request)?;
    let input = &mut request.input;
    let mut head = read_head!(input);
    check_metadata(&head)?;
    head.tags = tagging::parse_header(input.tagging.as_deref())?;
    head.encryption = asked_encryption!(input).parse()?;
    head.checksum = planned_checksum(
        input.checksum_algorithm.as_ref().map(s3s::dto::ChecksumAlgorithm::as_str),
        input.checksum_type.as_ref().map(s3s::dto::ChecksumType::as_str),
    )?;
    let mut output = CreateMultipartUploadOutput {
        bucket: Some(input.bucket.clone()),
        key: Some(input.key.clone()),
        checksum_algorithm: input.checksum_algorithm.take(),
        checksum_type: head.checksum.as_ref().map(|planned| checksum_type(planned.composite)),
        ..CreateMultipartUploadOutput::default()
    };
    show_encryption!(output, &head.encryption);
    let (store, now) = (backend.store.clone(), backend.now());
    let (bucket, key) = (input.bucket.clone(), input.key.clone());
    let id = blocking(move || {
        store.create_upload(NewUpload { bucket: &bucket, key: &key, initiator: principal.identity_id(), head }, now)
    })
    .await?;
    output.upload_id = Some(id);
    Ok(S3Response::new(output))
}

fn planned_checksum(algorithm: Option<&str>, kind: Option<&str>) -> S3Result<Option<Checksum>> {
    let Some(name) = algorithm else { return Ok(None) };
    let algorithm = Algorithm::from_name(name)
        .ok_or_else(|| s3_error!(InvalidRequest, "Checksum algorithm provided is unsupported."))?;
    let composite = match kind {
        Some("COMPOSITE") => true,
        Some("FULL_OBJECT") => false,
        Some(_) => return Err(s3_error!(InvalidRequest, "Value for x-amz-checksum-type header is invalid.")),
        None => algorithm != Algorithm::Crc64Nvme,
    };
    // CRC-64/NVME is only ever of the whole; a SHA of the whole cannot be had from parts.
    let fits = if composite { algorithm != Algorithm::Crc64Nvme } else { algorithm.joins() };
    if !fits {
        let kind = if composite { "COMPOSITE" } else { "FULL_OBJECT" };
        return Err(s3_error!(InvalidRequest, "The {kind} checksum type cannot be used with the {name} algorithm."));
    }
    Ok(Some(Checksum { algorithm, value: String::new(), composite }))
}

pub async fn complete(
    backend: &Backend,
    mut request: S3Request<CompleteMultipartUploadInput>,
) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
    let input = &mut request.input;
    let precondition = for_write(input.if_match.take(), input.if_none_match.take())?;
    let customer = customer_key!(input);
    let (bucket, key, id) = (input.bucket.clone(), input.key.clone(), input.upload_id.clone());
    let (store, now) = (backend.store.clone(), backend.now());
    let upload = {
        let (store, bucket, key, id) = (store.clone(), bucket.clone(), key.clone(), id.clone());
        blocking(move || store.find_upload(UploadRef { bucket: &bucket, key: &key, id: &id })).await?
    };
    if matches!(upload.head.encryption, crate::store::Encryption::CustomerKey(_)) {
        customer.check(&upload.head.encryption)?;
    }
    let algorithm = upload_algorithm(&upload.head);
    let mut parts = Vec::new();
    for part in input.multipart_upload.take().and_then(|list| list.parts).unwrap_or_default() {
        parts.push(ChosenPart {
            number: part_number(part.part_number.unwrap_or_default())?,
            checksum: given_checksum!(part, algorithm),
            etag: part.e_tag.map(s3s::dto::ETag::into_value).unwrap_or_default(),
        });
    }
    if parts.is_empty() {
        return Err(s3_error!(MalformedXML, "You must specify at least one part"));
    }
    let completion = Completion { parts, precondition, checksum: given_checksum!(input, algorithm) };
    let location = format!("{}/{bucket}/{}", backend.endpoint, encode_listed(&key));
    let mut output = CompleteMultipartUploadOutput {
        bucket: Some(bucket.clone()),
        key: Some(key.clone()),
        location: Some(location),
        ..CompleteMultipartUploadOutput::default()
    };
    let object =
        blocking(move || store.complete_upload(UploadRef { bucket: &bucket, key: &key, id: &id }, &completion, now))
            .await?;
    output.e_tag = Some(etag(&object.etag));
    output.server_side_encryption = super::encryption::shown_kind(&object.head.encryption);
    if let Some(checksum) = object.head.checksum {
        show_checksum!(output, checksum.algorithm, Some(checksum.value));
        output.checksum_type = Some(checksum_type(checksum.composite));
    }
    Ok(S3Response::new(output))
}

pub async fn abort(
    backend: &Backend,
    request: S3Request<AbortMultipartUploadInput>,
) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
    let (store, input) = (backend.store.clone(), request.input);
    blocking(move || store.abort_upload(UploadRef { bucket: &input.bucket, key: &input.key, id: &input.upload_id }))
        .await?;
    Ok(S3Response::new(AbortMultipartUploadOutput::default()))
}

pub async fn list(
    backend: &Backend,
    request: S3Request<ListMultipartUploadsInput>,
) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
    let input = request.input;
    let spelling = Spelling::of(input.encoding_type.as_ref())?;
    let limit = usize::try_from(input.max_uploads.unwrap_or(1000).clamp(0, 1000)).unwrap_or_default();
    let (store, bucket) = (backend.store.clone(), input.bucket.clone());
    let prefix = input.prefix.clone().unwrap_or_default();
    let all = blocking(move || store.uploads(&bucket, &prefix)).await?;
    let page = page_of(all, &input, limit);

    let identity = |id: &str| Some(Initiator { id: Some(id.to_owned()), display_name: None });
    let shown = page.uploads.iter().map(|upload| MultipartUpload {
        key: Some(spelling.text(&upload.key)),
        upload_id: Some(upload.id.clone()),
        initiated: Some(timestamp(upload.initiated_at)),
        initiator: identity(&upload.initiator),
        ..MultipartUpload::default()
    });
    let prefixes = page.prefixes.iter().map(|prefix| CommonPrefix { prefix: Some(spelling.text(prefix)) });
    Ok(S3Response::new(ListMultipartUploadsOutput {
        uploads: Some(shown.collect()),
        common_prefixes: Some(prefixes.collect()),
        is_truncated: Some(page.next.is_some()),
        next_key_marker: page.next.as_ref().map(|(key, _)| spelling.text(key)),
        next_upload_id_marker: page.next.map(|(_, id)| id),
        bucket: Some(input.bucket),
        prefix: input.prefix.map(|prefix| spelling.text(&prefix)),
        delimiter: input.delimiter.map(|delimiter| spelling.text(&delimiter)),
        key_marker: input.key_marker.map(|marker| spelling.text(&marker)),
        upload_id_marker: input.upload_id_marker,
        max_uploads: i32::try_from(limit).ok(),
        encoding_type: input.encoding_type,
        request_charged: None,
    }))
}

#[derive(Default)]
struct UploadsPage {
    uploads: Vec<Upload>,
    prefixes: Vec<String>,
    next: Option<(String, String)>,
}

/// Unfinished uploads are few: they are rolled up and cut in memory.
fn page_of(all: Vec<Upload>, input: &ListMultipartUploadsInput, limit: usize) -> UploadsPage {
    let prefix_length = input.prefix.as_deref().unwrap_or_default().len();
    let delimiter = input.delimiter.as_deref().filter(|delimiter| !delimiter.is_empty());
    let key_marker = input.key_marker.as_deref().unwrap_or_default();
    let id_marker = input.upload_id_marker.as_deref().unwrap_or_default();
    let mut page = UploadsPage::default();
    let mut last = (String::new(), String::new());
    for upload in all {
        let folder = delimiter
            .and_then(|delimiter| upload.key[prefix_length..].find(delimiter).map(|at| at + delimiter.len()))
            .map(|end| upload.key[..prefix_length + end].to_owned());
        let name = folder.as_deref().unwrap_or(&upload.key);
        let same_key_later =
            name == key_marker && folder.is_none() && !id_marker.is_empty() && upload.id.as_str() > id_marker;
        if name <= key_marker && !same_key_later && !key_marker.is_empty() {
            continue;
        }
        if folder.is_some() && page.prefixes.last() == folder.as_ref() {
            continue;
        }
        if page.uploads.len() + page.prefixes.len() == limit {
            page.next = (limit > 0).then_some(last);
            return page;
        }
        match folder {
            Some(folder) => {
                last = (folder.clone(), String::new());
                page.prefixes.push(folder);
            }
            None => {
                last = (upload.key.clone(), upload.id.clone());
                page.uploads.push(upload);
            }
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(key: &str, id: &str) -> Upload {
        Upload { id: id.into(), key: key.into(), initiated_at: 0, initiator: String::new(), head: Default::default() }
    }

    #[test]
    fn pages_of_uploads_follow_each_other() {
        let all = vec![upload("a", "1"), upload("a", "2"), upload("f/x", "3"), upload("f/y", "4"), upload("z", "5")];
        let mut input = ListMultipartUploadsInput { delimiter: Some("/".into()), ..Default::default() };
        let mut seen = Vec::new();
        loop {
            let page = page_of(all.clone(), &input, 1);
            seen.extend(page.uploads.iter().map(|upload| format!("{}:{}", upload.key, upload.id)));
            seen.extend(page.prefixes);
            let Some((key, id)) = page.next else { break };
            (input.key_marker, input.upload_id_marker) = (Some(key), Some(id));
        }
        assert_eq!(seen, ["a:1", "a:2", "f/", "z:5"]);
    }

    #[test]
    fn a_checksum_of_parts_is_planned_as_s3_does() {
        let plan = |algorithm, kind| planned_checksum(algorithm, kind).map(|plan| plan.map(|plan| plan.composite));
        assert!(matches!(plan(None, None), Ok(None)));
        assert!(matches!(plan(Some("CRC32"), None), Ok(Some(true))));
        assert!(matches!(plan(Some("CRC32"), Some("FULL_OBJECT")), Ok(Some(false))));
        assert!(matches!(plan(Some("CRC64NVME"), None), Ok(Some(false))));
        assert!(plan(Some("CRC64NVME"), Some("COMPOSITE")).is_err());
        assert!(plan(Some("SHA256"), Some("FULL_OBJECT")).is_err());
        assert!(plan(Some("MD4"), None).is_err());
    }
}
