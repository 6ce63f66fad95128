//! A multipart upload: parts in flight side by side, and nothing left behind when it does not come to its end.

use std::collections::HashSet;
use std::ops::Range;
use std::time::Duration;

use aws_sdk_s3::types::{ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart};
use futures::stream::{self, StreamExt, TryStreamExt};

use super::Upload;
use super::memory::{BegunUpload, SentPart};
use crate::attributes::with_attributes;
use crate::body::Fault;
use crate::client::{Attempts, for_sending};
use crate::encryption::with_customer_key;
use crate::error::{Abandoned, Cause, ErrorKind, StorageError, cause};
use crate::list::unquoted;
use crate::storage::{Storage, Target};

/// Putting 10,000 parts together takes S3 minutes: as if it were this much to send.
pub(super) const COMPLETING: u64 = 512 * 1024;
/// The person waits for the abort after "cancel"; a server that does not answer must not hold them.
const ABORT_LIMIT: Duration = Duration::from_secs(15);

impl Upload<'_> {
    pub(super) async fn multipart(&self, target: &Target, only_new: bool) -> Result<String, StorageError> {
        if let Some((begun, parts)) = self.recalled(target).await {
            let credit = self.credit(&parts);
            match self.go_on(target, &begun, parts, only_new).await {
                Err(error) if is_gone(&error) && self.source.is_unchanged().await => {
                    // What was remembered is not there any more: everything is sent anew.
                    tracing::info!(%error, "an upload cannot go on");
                    self.meter.take_back(1, credit);
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
        begun: &BegunUpload,
        there: Vec<SentPart>,
        only_new: bool,
    ) -> Result<String, StorageError> {
        let upload_id = &begun.upload_id;
        let work = async {
            let parts = self.send_parts(target, upload_id, there).await?;
            if !self.source.is_unchanged().await {
                return Err(self.changed(target));
            }
            self.complete(target, upload_id, parts, only_new).await
        };
        let outcome = self.control.run("upload", target.key.as_str(), work).await;
        let keeps = outcome.as_ref().err().is_some_and(|error| self.memory.is_some() && can_go_on(error));
        if keeps {
            return outcome;
        }
        let outcome = match outcome {
            Ok(etag) => Ok(etag),
            Err(error) => {
                let left = abort(self.storage, self.storage.bucket(), &target.full, upload_id.clone()).await;
                Err(error.with_abandoned(left))
            }
        };
        if let Some(memory) = &self.memory {
            memory.ended();
        }
        outcome
    }

    /// Counts what an earlier try has sent.
    fn credit(&self, there: &[SentPart]) -> u64 {
        let sent = self.plan.parts().filter(|(number, _)| there.iter().any(|part| part.number == *number));
        let bytes = sent.map(|(_, range)| range.end - range.start).sum();
        self.meter.credit(bytes);
        bytes
    }

    async fn begin(&self, target: &Target) -> Result<BegunUpload, StorageError> {
        let bucket = self.storage.bucket();
        if let Some(memory) = &self.memory {
            memory.beginning(bucket, &target.full);
        }
        let begun = BegunUpload {
            upload_id: self.create(target).await?,
            bucket: bucket.to_owned(),
            full_key: target.full.clone(),
            size: self.source.len(),
            part_size: self.plan.part_size(),
        };
        if let Some(memory) = &self.memory {
            memory.begun(&begun);
        }
        Ok(begun)
    }

    async fn create(&self, target: &Target) -> Result<String, StorageError> {
        let request = self.storage.client().create_multipart_upload().bucket(self.storage.bucket()).key(&target.full);
        let request = with_customer_key!(with_attributes!(request, &self.attributes), self.storage);
        let request = request.content_type(&self.content_type).checksum_algorithm(ChecksumAlgorithm::Crc32);
        let answer = request.send().await;
        let answer = answer.map_err(|error| StorageError::of(cause(error), "upload", target.key.as_str()))?;
        answer.upload_id.ok_or_else(|| incomplete(target, "the server gave the upload no id"))
    }

    async fn send_parts(
        &self,
        target: &Target,
        upload_id: &str,
        there: Vec<SentPart>,
    ) -> Result<Vec<CompletedPart>, StorageError> {
        let known: HashSet<i32> = there.iter().map(|part| part.number).collect();
        let missing = stream::iter(self.plan.parts().filter(|(number, _)| !known.contains(number)));
        let sending = missing.map(|(number, range)| self.send_part(target, upload_id, number, range));
        let mut sent: Vec<CompletedPart> = sending.buffer_unordered(self.concurrency).try_collect().await?;
        sent.extend(there.into_iter().map(|part| {
            CompletedPart::builder().part_number(part.number).e_tag(part.etag).set_checksum_crc32(part.crc32).build()
        }));
        sent.sort_by_key(CompletedPart::part_number);
        Ok(sent)
    }

    async fn send_part(
        &self,
        target: &Target,
        upload_id: &str,
        number: i32,
        range: Range<u64>,
    ) -> Result<CompletedPart, StorageError> {
        let (fault, len) = (Fault::default(), range.end - range.start);
        let _turn = self.storage.pace().turn(self.lane).await;
        let slice = self.slice(number.unsigned_abs(), range, &fault);
        let body = slice.to_stream().await.map_err(|error| self.file_error(error, target))?;
        let request = self.storage.client().upload_part().bucket(self.storage.bucket()).key(&target.full);
        let request = with_customer_key!(request, self.storage)
            .upload_id(upload_id)
            .part_number(number)
            .checksum_algorithm(ChecksumAlgorithm::Crc32)
            .content_length(i64::try_from(len).unwrap_or(i64::MAX))
            .body(body);
        let settings = for_sending(len, &Attempts::of(self.storage));
        let answer = request.customize().config_override(settings).send().await;
        let answer = answer.map_err(|error| self.error(cause(error), &fault, target))?;
        let Some(etag) = answer.e_tag else { return Err(incomplete(target, "the server gave a part no ETag")) };
        slice.acknowledged();
        // Servers that compute no checksums want none back.
        let part = SentPart { number, etag, crc32: answer.checksum_crc32 };
        if let Some(memory) = &self.memory {
            memory.sent(&part);
        }
        let SentPart { number, etag, crc32 } = part;
        Ok(CompletedPart::builder().part_number(number).e_tag(etag).set_checksum_crc32(crc32).build())
    }

    async fn complete(
        &self,
        target: &Target,
        upload_id: &str,
        parts: Vec<CompletedPart>,
        only_new: bool,
    ) -> Result<String, StorageError> {
        let etags: Vec<String> = parts.iter().map(|part| unquoted(part.e_tag())).collect();
        let request = self.storage.client().complete_multipart_upload().bucket(self.storage.bucket()).key(&target.full);
        let request = with_customer_key!(request, self.storage)
            .upload_id(upload_id)
            .multipart_upload(CompletedMultipartUpload::builder().set_parts(Some(parts)).build())
            .set_if_none_match(only_new.then(|| "*".to_owned()));
        let settings = for_sending(COMPLETING, &Attempts::of(self.storage));
        let error = match request.customize().config_override(settings).send().await {
            Ok(answer) => {
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
        | ErrorKind::Unsupported => false,
    }
}

/// The server does not know the upload, or not its parts as they are remembered.
fn is_gone(error: &StorageError) -> bool {
    matches!(error.code(), Some("NoSuchUpload" | "InvalidPart"))
}

fn incomplete(target: &Target, detail: &str) -> StorageError {
    StorageError::new(ErrorKind::Unexpected, "upload", target.key.as_str()).with_detail(detail)
}
