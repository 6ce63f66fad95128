//! Copies in parts: side by side, and so that they go on where a break, an end or a crash stopped them.

use std::collections::HashSet;
use std::ops::Range;

use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use futures::stream::{self, StreamExt, TryStreamExt};

use super::answer_lost::put_together_already;
use super::copy::{COPYING, Copying, from_customer_key};
use super::memory::{BegunUpload, Remembered, SentPart, discard};
use super::multipart::{COMPLETING, abort, end_parts, is_gone};
use super::{PartPlan, if_match};
use crate::attributes::{Attributes, with_attributes};
use crate::client::{Attempts, for_sending};
use crate::conflict::Stored;
use crate::encryption::with_customer_key;
use crate::error::{ErrorKind, StorageError, cause};
use crate::list::unquoted;
use crate::storage::Target;

/// Parts copied side by side: the server works, not the line.
const SIDE_BY_SIDE: usize = 8;

/// A copy in parts that the server knows.
struct Begun {
    upload_id: String,
    plan: PartPlan,
}

impl Copying<'_> {
    pub(super) async fn in_parts(&self, target: &Target, only_new: bool) -> Result<String, StorageError> {
        let recalling = async { Ok(self.recalled(target).await) };
        if let Some((begun, parts)) = self.control.run(self.action, target.key.as_str(), recalling).await? {
            match self.go_on(target, &begun, parts, only_new).await {
                // What was remembered is not there any more: everything is copied anew.
                Err(error) if is_gone(&error) => tracing::info!(%error, "a copy cannot go on"),
                outcome => return outcome,
            }
        }
        let begun = self.control.run(self.action, target.key.as_str(), self.begin(target)).await?;
        self.go_on(target, &begun, Vec::new(), only_new).await
    }

    /// The copy to go on with, in the part size that it was begun with, if what is remembered is of this original and this
    /// key. What is not is discarded.
    async fn recalled(&self, target: &Target) -> Option<(Begun, Vec<SentPart>)> {
        let memory = self.memory.as_ref()?;
        let remembered = memory.recall()?;
        if let Remembered::Begun(copy, parts) = &remembered
            && let Some(plan) = self.plan_of(copy, target)
        {
            return Some((Begun { upload_id: copy.upload_id.clone(), plan }, parts.clone()));
        }
        discard(self.storage, memory.as_ref(), &remembered).await;
        None
    }

    /// The parts of what is remembered, if it is of this original and this key.
    fn plan_of(&self, copy: &BegunUpload, target: &Target) -> Option<PartPlan> {
        let mine = copy.full_key == target.full && copy.bucket == self.storage.bucket() && copy.content == self.mark();
        PartPlan::of(copy.size, copy.part_size).filter(|_| mine)
    }

    /// What an earlier try put together, whose end was lost.
    pub(crate) async fn made_before(&self, target: &Target) -> Option<Stored> {
        let memory = self.memory.as_ref()?;
        let Remembered::Begun(copy, mut parts) = memory.recall()? else { return None };
        if parts.len() != self.plan_of(&copy, target)?.parts().count() {
            return None;
        }
        parts.sort_by_key(|part| part.number);
        let etags: Vec<String> = parts.iter().map(|part| unquoted(Some(&part.etag))).collect();
        let etag = put_together_already(self.storage, target, self.properties.size, &etags).await?;
        // It is not there any more, unless somebody else made the same of the same.
        abort(self.storage, self.storage.bucket(), &target.full, copy.upload_id).await;
        memory.ended();
        Some(Stored { key: target.key.clone(), etag, size: self.properties.size })
    }

    /// Copies what is missing and puts the parts together.
    async fn go_on(
        &self,
        target: &Target,
        begun: &Begun,
        there: Vec<SentPart>,
        only_new: bool,
    ) -> Result<String, StorageError> {
        let work = async {
            let parts = self.copy_parts(target, begun, there).await?;
            self.complete(target, &begun.upload_id, &parts, only_new).await
        };
        let outcome = self.control.run(self.action, target.key.as_str(), work).await;
        end_parts(self.storage, target, &begun.upload_id, self.memory.as_deref(), outcome).await
    }

    async fn begin(&self, target: &Target) -> Result<Begun, StorageError> {
        let bucket = self.storage.bucket();
        if let Some(memory) = &self.memory {
            memory.beginning(bucket, &target.full);
        }
        let begun = Begun { upload_id: self.create(target).await?, plan: self.plan };
        if let Some(memory) = &self.memory {
            memory.begun(&BegunUpload {
                bucket: bucket.to_owned(),
                full_key: target.full.clone(),
                upload_id: begun.upload_id.clone(),
                size: self.properties.size,
                part_size: self.plan.part_size(),
                modified: 0,
                content: self.mark(),
            });
        }
        Ok(begun)
    }

    async fn copy_parts(
        &self,
        target: &Target,
        begun: &Begun,
        there: Vec<SentPart>,
    ) -> Result<Vec<SentPart>, StorageError> {
        let known: HashSet<i32> = there.iter().map(|part| part.number).collect();
        let (done, missing): (Vec<_>, Vec<_>) = begun.plan.parts().partition(|(number, _)| known.contains(number));
        self.tell_from(done.into_iter().map(|(_, range)| range.end - range.start).sum());
        let copying = missing.into_iter().map(|(number, range)| self.part(target, &begun.upload_id, number, range));
        let mut parts: Vec<SentPart> = stream::iter(copying).buffer_unordered(SIDE_BY_SIDE).try_collect().await?;
        parts.extend(there);
        parts.sort_by_key(|part| part.number);
        Ok(parts)
    }

    async fn create(&self, target: &Target) -> Result<String, StorageError> {
        let mut attributes: Attributes = self.properties.attributes.clone();
        if attributes.tags.is_empty() {
            // One request copies the tags along; parts do not. Who may not read them could not copy them either.
            attributes.tags = match self.original.tags(self.action).await {
                Err(error) if error.kind() == ErrorKind::AccessDenied || error.code() == Some("NotImplemented") => {
                    Vec::new()
                }
                tags => tags?,
            };
        }
        let request = self.storage.client().create_multipart_upload().bucket(self.storage.bucket()).key(&target.full);
        let request = with_customer_key!(with_attributes!(request, &attributes), self.storage);
        let answer = request.set_content_type(self.properties.content_type.clone()).send().await;
        let answer = answer.map_err(|error| self.error(cause(error), target))?;
        answer.upload_id.ok_or_else(|| self.incomplete("the server gave the copy no id"))
    }

    async fn part(
        &self,
        target: &Target,
        upload_id: &str,
        number: i32,
        range: Range<u64>,
    ) -> Result<SentPart, StorageError> {
        let _turn = self.storage.pace().turn(self.lane).await;
        let request = self.storage.client().upload_part_copy().bucket(self.storage.bucket()).key(&target.full);
        let request = from_customer_key!(request, self.original.storage => self.storage)
            .copy_source(self.copy_source())
            .copy_source_if_match(self.source_etag())
            .copy_source_range(format!("bytes={}-{}", range.start, range.end - 1))
            .upload_id(upload_id)
            .part_number(number);
        let settings = for_sending(COPYING, &Attempts::of(self.storage));
        let answer = match request.customize().config_override(settings).send().await {
            Ok(answer) => answer,
            Err(error) => {
                let changed = error.raw_response().is_some_and(|answer| answer.status().as_u16() == 412);
                let mut cause = cause(error);
                if changed {
                    cause.kind = ErrorKind::ChangedMeanwhile;
                }
                return Err(self.error(cause, target));
            }
        };
        let etag = answer.copy_part_result().and_then(|result| result.e_tag());
        let etag = etag.ok_or_else(|| self.incomplete("the server gave a part no ETag"))?.to_owned();
        let part = SentPart { number, etag, checksum: None };
        if let Some(memory) = &self.memory {
            memory.sent(&part);
        }
        self.tell(number.unsigned_abs(), range.end - range.start);
        Ok(part)
    }

    async fn complete(
        &self,
        target: &Target,
        upload_id: &str,
        parts: &[SentPart],
        only_new: bool,
    ) -> Result<String, StorageError> {
        let etags: Vec<String> = parts.iter().map(|part| unquoted(Some(&part.etag))).collect();
        let completed =
            parts.iter().map(|part| CompletedPart::builder().part_number(part.number).e_tag(&part.etag).build());
        let request = self.storage.client().complete_multipart_upload().bucket(self.storage.bucket()).key(&target.full);
        let request = with_customer_key!(request, self.storage)
            .upload_id(upload_id)
            .multipart_upload(CompletedMultipartUpload::builder().set_parts(Some(completed.collect())).build())
            .set_if_none_match(only_new.then(|| "*".to_owned()))
            .set_if_match(if_match(only_new, self.replaces.as_deref()));
        let settings = for_sending(COMPLETING, &Attempts::of(self.storage));
        let error = match request.customize().config_override(settings).send().await {
            Ok(answer) => {
                let etag = answer.e_tag().map(|etag| unquoted(Some(etag)));
                return etag.ok_or_else(|| self.incomplete("the server gave the finished copy no ETag"));
            }
            Err(error) => error,
        };
        let status = error.raw_response().map(|answer| answer.status().as_u16());
        let mut cause = cause(error);
        // 404: the copy in parts is gone, perhaps because an earlier try of the same request finished it.
        if matches!(status, Some(404 | 412))
            && let Some(etag) = put_together_already(self.storage, target, self.properties.size, &etags).await
        {
            return Ok(etag);
        }
        if status == Some(412) {
            cause.kind = ErrorKind::AlreadyExists;
        }
        Err(self.error(cause, target))
    }
}
