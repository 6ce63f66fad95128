//! A multipart upload: parts in flight side by side, and nothing left behind when it does not come to its end.

use std::collections::HashSet;
use std::ops::Range;
use std::time::Duration;

use aws_sdk_s3::types::{ChecksumType, CompletedMultipartUpload, CompletedPart};
use futures::stream::{self, StreamExt, TryStreamExt};

use super::memory::{BegunUpload, SentPart, UploadMemory};
use super::{PartPlan, Told, Upload, etag_is_md5, if_match};
use crate::attributes::{Attributes, with_attributes};
use crate::body::Fault;
use crate::checksum::{Algorithm, Checksum, give_checksum, told_checksum, whole};
use crate::client::{Attempts, for_sending};
use crate::encryption::with_customer_key;
use crate::error::{Abandoned, Cause, ErrorKind, StorageError, cause};
use crate::list::unquoted;
use crate::storage::{Storage, Target};

/// Putting 10,000 parts together takes S3 minutes: as if it were this much to send.
pub(super) const COMPLETING: u64 = 512 * 1024;
/// Where the SHA-256 of a whole is kept, `x-amz-meta-sha256`.
const WHOLE_SUM: &str = "sha256";
/// The person waits for the abort after "cancel"; a server that does not answer must not hold them.
const ABORT_LIMIT: Duration = Duration::from_secs(15);

/// An upload in parts that the server knows.
pub(super) struct Begun {
    pub upload_id: String,
    pub plan: PartPlan,
    pub algorithm: Algorithm,
    /// The server has said that it keeps a checksum of the whole: it can be given one to hold the parts against. Not known of
    /// an upload that was begun in an earlier run.
    pub sum_of_whole: bool,
}

/// What the server answers to the beginning of an upload.
struct Created {
    upload_id: String,
    sum_of_whole: bool,
}

impl Upload<'_> {
    pub(super) async fn multipart(&self, target: &Target, only_new: bool) -> Result<String, StorageError> {
        let recalling = async { Ok(self.recalled(target).await) };
        if let Some((begun, parts)) = self.control.run("upload", target.key.as_str(), recalling).await? {
            self.credit(begun.plan, &parts);
            match self.go_on(target, &begun, parts, only_new).await {
                Err(error) if is_gone(&error) && self.source.is_unchanged().await => {
                    // What was remembered is not there any more: everything is sent anew.
                    tracing::info!(%error, "an upload cannot go on");
                    self.meter.begin_anew();
                }
                outcome => return outcome,
            }
        }
        let begun = self.control.run("upload", target.key.as_str(), self.begin(target)).await?;
        self.go_on(target, &begun, Vec::new(), only_new).await
    }

    /// Sends what is missing and puts the parts together.
    async fn go_on(
        &self,
        target: &Target,
        begun: &Begun,
        there: Vec<SentPart>,
        only_new: bool,
    ) -> Result<String, StorageError> {
        let work = async {
            let parts = self.send_parts(target, begun, there).await?;
            if !self.source.is_unchanged().await {
                return Err(self.changed(target));
            }
            self.complete(target, begun, parts, only_new).await
        };
        let outcome = self.control.run("upload", target.key.as_str(), work).await;
        end_parts(self.storage, target, &begun.upload_id, self.memory.as_deref(), outcome).await
    }

    /// Counts what an earlier try has sent.
    fn credit(&self, plan: PartPlan, there: &[SentPart]) {
        let sent = plan.parts().filter(|(number, _)| there.iter().any(|part| part.number == *number));
        self.meter.credit(sent.map(|(_, range)| range.end - range.start).sum());
    }

    async fn begin(&self, target: &Target) -> Result<Begun, StorageError> {
        let bucket = self.storage.bucket();
        let attributes = self.attributes_with_sum(target).await?;
        let patches = self.source.patches().await.map_err(|error| self.file_error(error, target))?;
        if let Some(memory) = &self.memory {
            memory.beginning(bucket, &target.full);
        }
        let mut algorithm = Algorithm::of_parts(self.checksum);
        let mut created = self.create(target, &attributes, algorithm).await;
        if algorithm == Algorithm::Crc64Nvme && created.as_ref().is_err_and(is_unknown_checksum) {
            // Older servers know CRC-32, which then protects each part.
            algorithm = Algorithm::Crc32;
            created = self.create(target, &attributes, algorithm).await;
        }
        let Created { upload_id, sum_of_whole } = created?;
        let begun = Begun { upload_id, plan: self.plan, algorithm, sum_of_whole };
        if let Some(memory) = &self.memory {
            memory.begun(&BegunUpload {
                upload_id: begun.upload_id.clone(),
                bucket: bucket.to_owned(),
                full_key: target.full.clone(),
                size: self.source.len(),
                part_size: self.plan.part_size(),
                modified: self.source.modified(),
                content: patches,
            });
        }
        Ok(begun)
    }

    /// S3 keeps no SHA-256 of a whole that came in parts: it is kept beside it.
    async fn attributes_with_sum(&self, target: &Target) -> Result<Attributes, StorageError> {
        let mut attributes = self.attributes.clone();
        if self.checksum == Checksum::Sha256 {
            let sum = self.source.sha256().await.map_err(|error| self.file_error(error, target))?;
            attributes.metadata.insert(WHOLE_SUM.to_owned(), sum);
        }
        Ok(attributes)
    }

    async fn create(
        &self,
        target: &Target,
        attributes: &Attributes,
        algorithm: Algorithm,
    ) -> Result<Created, StorageError> {
        let request = self.storage.client().create_multipart_upload().bucket(self.storage.bucket()).key(&target.full);
        let request = with_customer_key!(with_attributes!(request, attributes), self.storage);
        let of_whole = (algorithm == Algorithm::Crc64Nvme).then_some(ChecksumType::FullObject);
        let request = request.content_type(&self.content_type).checksum_algorithm(algorithm.named());
        let answer = request.set_checksum_type(of_whole).send().await;
        let answer = answer.map_err(|error| StorageError::of(cause(error), "upload", target.key.as_str()))?;
        let sum_of_whole = answer.checksum_type() == Some(&ChecksumType::FullObject);
        let upload_id = answer.upload_id.ok_or_else(|| incomplete(target, "the server gave the upload no id"))?;
        Ok(Created { upload_id, sum_of_whole })
    }

    async fn send_parts(
        &self,
        target: &Target,
        begun: &Begun,
        there: Vec<SentPart>,
    ) -> Result<Vec<SentPart>, StorageError> {
        let known: HashSet<i32> = there.iter().map(|part| part.number).collect();
        let missing = stream::iter(begun.plan.parts().filter(|(number, _)| !known.contains(number)));
        let sending = missing.map(|(number, range)| self.send_part(target, begun, number, range));
        let mut sent: Vec<SentPart> = sending.buffer_unordered(self.concurrency).try_collect().await?;
        sent.extend(there);
        sent.sort_by_key(|part| part.number);
        Ok(sent)
    }

    async fn send_part(
        &self,
        target: &Target,
        begun: &Begun,
        number: i32,
        range: Range<u64>,
    ) -> Result<SentPart, StorageError> {
        let (fault, len) = (Fault::default(), range.end - range.start);
        let _turn = self.storage.pace().turn(self.lane).await;
        let slice = self.slice(number.unsigned_abs(), range, begun.algorithm, &fault);
        let body = slice.to_stream().await.map_err(|error| self.file_error(error, target))?;
        let request = self.storage.client().upload_part().bucket(self.storage.bucket()).key(&target.full);
        let request = with_customer_key!(request, self.storage)
            .upload_id(&begun.upload_id)
            .part_number(number)
            .checksum_algorithm(begun.algorithm.named())
            .content_length(i64::try_from(len).unwrap_or(i64::MAX))
            .body(body);
        let settings = for_sending(len, &Attempts::of(self.storage));
        let answer = request.customize().config_override(settings).send().await;
        let answer = answer.map_err(|error| self.error(cause(error), &fault, target))?;
        let (checksum, etag_is_md5) = (told_checksum!(answer, begun.algorithm), etag_is_md5!(answer));
        let Some(etag) = answer.e_tag else { return Err(incomplete(target, "the server gave a part no ETag")) };
        let plain = unquoted(Some(&etag));
        self.verify(&slice, Told { checksum: checksum.as_deref(), etag: &plain, etag_is_md5 }, target).await?;
        slice.acknowledged();
        // Servers that compute no checksums want none back.
        let part = SentPart { number, etag, checksum };
        if let Some(memory) = &self.memory {
            memory.sent(&part);
        }
        Ok(part)
    }

    async fn complete(
        &self,
        target: &Target,
        begun: &Begun,
        parts: Vec<SentPart>,
        only_new: bool,
    ) -> Result<String, StorageError> {
        let etags: Vec<String> = parts.iter().map(|part| unquoted(Some(&part.etag))).collect();
        let sums = begun.plan.parts().zip(&parts).map(|((_, range), part)| (part.checksum.as_deref(), range));
        let sums: Vec<_> = sums.map(|(sum, range)| (sum, range.end - range.start)).collect();
        // Of CRC-32 the server keeps one of the parts' checksums, which the parts have proved already.
        let expected = if begun.algorithm == Algorithm::Crc32 { None } else { whole(begun.algorithm, &sums) };
        let completed = parts.into_iter().map(|part| {
            let completed = CompletedPart::builder().part_number(part.number).e_tag(part.etag);
            give_checksum!(completed, begun.algorithm, part.checksum).build()
        });
        let completed = CompletedMultipartUpload::builder().set_parts(Some(completed.collect())).build();
        let request = self.storage.client().complete_multipart_upload().bucket(self.storage.bucket()).key(&target.full);
        let request = with_customer_key!(request, self.storage)
            .upload_id(&begun.upload_id)
            .multipart_upload(completed)
            .set_if_none_match(only_new.then(|| "*".to_owned()))
            .set_if_match(if_match(only_new, self.replaces.as_deref()));
        let request = match &expected {
            Some(expected) if begun.algorithm == Algorithm::Crc64Nvme && begun.sum_of_whole => {
                let size = i64::try_from(self.source.len()).unwrap_or(i64::MAX);
                request.checksum_type(ChecksumType::FullObject).checksum_crc64_nvme(expected).mpu_object_size(size)
            }
            _ => request,
        };
        let settings = for_sending(COMPLETING, &Attempts::of(self.storage));
        let error = match request.customize().config_override(settings).send().await {
            Ok(answer) => {
                // Some servers put a CRC of the parts' CRCs here, which proves nothing of the whole.
                let is_crc = begun.algorithm == Algorithm::Crc64Nvme;
                let told = told_checksum!(answer, begun.algorithm);
                let told = told.filter(|told| !is_crc || begun.algorithm.fits(told));
                if expected.is_some() && told.is_some() && told != expected {
                    return Err(self.damaged(target));
                }
                // S3 may begin to answer before it knows the outcome; without an ETag there is no object.
                let etag = answer.e_tag().map(|etag| unquoted(Some(etag)));
                return etag.ok_or_else(|| incomplete(target, "the server gave the finished upload no ETag"));
            }
            Err(error) => error,
        };
        let status = error.raw_response().map(|answer| answer.status().as_u16());
        let mut cause: Cause = cause(error);
        // 404: the upload is gone, perhaps because an earlier try of the same request finished it.
        if matches!(status, Some(404 | 412))
            && let Some(etag) = self.completed_already(target, &etags).await
        {
            return Ok(etag);
        }
        if status == Some(412) {
            cause.kind = ErrorKind::AlreadyExists;
        }
        Err(StorageError::of(cause, "upload", target.key.as_str()))
    }
}

/// What becomes of parts once the work on them is over: after a failure they stay for a later try, where somebody remembers them
/// and one can go on with them; else they are removed, and forgotten.
pub(super) async fn end_parts(
    storage: &Storage,
    target: &Target,
    upload_id: &str,
    memory: Option<&dyn UploadMemory>,
    outcome: Result<String, StorageError>,
) -> Result<String, StorageError> {
    let outcome = match outcome {
        Err(error) if memory.is_some() && can_go_on(&error) => return Err(error),
        Err(error) => {
            let left = abort(storage, storage.bucket(), &target.full, upload_id.to_owned()).await;
            Err(error.with_abandoned(left))
        }
        whole => whole,
    };
    if let Some(memory) = memory {
        memory.ended();
    }
    outcome
}

/// Removes the parts. A policy may forbid it (the documented one does): then they are named.
pub(super) async fn abort(storage: &Storage, bucket: &str, full_key: &str, upload_id: String) -> Option<Abandoned> {
    let request = storage.client().abort_multipart_upload().bucket(bucket);
    let aborting = request.key(full_key).upload_id(&upload_id).send();
    let gone = match tokio::time::timeout(ABORT_LIMIT, aborting).await {
        Ok(Ok(_)) => true,
        Ok(Err(error)) => error.raw_response().is_some_and(|answer| answer.status().as_u16() == 404),
        Err(_) => false,
    };
    if !gone {
        tracing::warn!(upload_id, "the parts of an unfinished upload stay on the server");
    }
    (!gone).then(|| Abandoned { full_key: full_key.to_owned(), upload_id })
}

/// Whether a later try has something to go on with: the content and the upload are what they were.
fn can_go_on(error: &StorageError) -> bool {
    match error.kind() {
        ErrorKind::Cancelled
        | ErrorKind::Offline
        | ErrorKind::Throttled
        | ErrorKind::SignedOut
        | ErrorKind::ClockSkew
        | ErrorKind::AccessDenied
        | ErrorKind::AlreadyExists
        | ErrorKind::LocalFile
        | ErrorKind::DiskFull
        | ErrorKind::Unexpected => !is_gone(error),
        ErrorKind::NotFound
        | ErrorKind::ChangedMeanwhile
        | ErrorKind::NameNotAllowed
        | ErrorKind::TooLarge
        | ErrorKind::BucketMissing
        | ErrorKind::Unsupported
        | ErrorKind::Damaged => false,
    }
}

/// The server takes no such checksum.
fn is_unknown_checksum(error: &StorageError) -> bool {
    matches!(error.code(), Some("InvalidRequest" | "InvalidArgument" | "NotImplemented"))
}

/// The server does not know the upload, or not its parts as they are remembered.
pub(super) fn is_gone(error: &StorageError) -> bool {
    matches!(error.code(), Some("NoSuchUpload" | "InvalidPart"))
}

fn incomplete(target: &Target, detail: &str) -> StorageError {
    StorageError::new(ErrorKind::Unexpected, "upload", target.key.as_str()).with_detail(detail)
}
