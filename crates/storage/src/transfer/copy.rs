//! Copies one object on the server: in one request up to the part size, else part by part.

use std::ops::Range;
use std::sync::Mutex;

use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart, MetadataDirective, TaggingDirective};
use futures::stream::{self, StreamExt, TryStreamExt};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::answer_lost::put_together_already;
use super::multipart::{COMPLETING, abort};
use super::{PartPlan, plan};
use crate::attributes::{Attributes, with_attributes};
use crate::client::{Attempts, for_sending};
use crate::conflict::{Stored, Write};
use crate::control::{Control, Progress};
use crate::encryption::with_customer_key;
use crate::error::{ErrorKind, StorageError, cause};
use crate::list::unquoted;
use crate::pace::{Lane, Way};
use crate::properties::Properties;
use crate::storage::{Storage, Target};

/// What may stand for itself in `x-amz-copy-source`.
const SOURCE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
/// Parts copied side by side: the server works, not the line.
const SIDE_BY_SIDE: usize = 8;
/// A server that copies answers late: as if there were this much to send.
const COPYING: u64 = 512 * 1024;

/// Writes the storage's customer key as that of the copy's source.
macro_rules! from_customer_key {
    ($request:expr, $storage:expr) => {{
        let key = $storage.customer_key();
        with_customer_key!($request, $storage)
            .set_copy_source_sse_customer_algorithm(key.map(|_| "AES256".to_owned()))
            .set_copy_source_sse_customer_key(key.map(|key| key.base64().to_owned()))
            .set_copy_source_sse_customer_key_md5(key.map(|key| key.md5().to_owned()))
    }};
}

/// A copy that is ready to go, to whichever name it ends up with.
pub(crate) struct Copying<'a> {
    storage: &'a Storage,
    source: Target,
    /// Of a version that is not the newest.
    version: Option<String>,
    properties: Properties,
    /// The properties are other than the source's.
    edited: bool,
    plan: PartPlan,
    action: &'static str,
    control: &'a Control,
    copied: Mutex<u64>,
    lane: Lane,
}

impl<'a> Copying<'a> {
    /// A copy of the object as it is now, or of one of its versions.
    pub async fn open(
        storage: &'a Storage,
        source: Target,
        version: Option<&str>,
        part_size: u64,
        action: &'static str,
        control: &'a Control,
    ) -> Result<Self, StorageError> {
        let properties = storage.properties_of(&source, version, action).await?;
        let copying = Self::with(storage, source, properties, part_size, action, control)?;
        Ok(Self { edited: false, version: version.map(ToOwned::to_owned), ..copying })
    }

    /// A copy with other properties; its size and ETag are those of the source.
    pub fn with(
        storage: &'a Storage,
        source: Target,
        properties: Properties,
        part_size: u64,
        action: &'static str,
        control: &'a Control,
    ) -> Result<Self, StorageError> {
        let plan = plan(properties.size, Some(part_size))
            .ok_or_else(|| StorageError::new(ErrorKind::TooLarge, action, source.key.as_str()))?;
        let (copied, lane) = (Mutex::new(0), storage.pace().lane(Way::Across, plan.is_single()));
        Ok(Self { storage, source, version: None, properties, edited: true, plan, action, control, copied, lane })
    }

    fn copy_source(&self) -> String {
        let source = format!("{}/{}", self.storage.bucket(), utf8_percent_encode(&self.source.full, SOURCE));
        match &self.version {
            Some(version) => format!("{source}?versionId={}", utf8_percent_encode(version, SOURCE)),
            None => source,
        }
    }

    fn source_etag(&self) -> String {
        format!("\"{}\"", self.properties.etag)
    }

    async fn single(&self, target: &Target, only_new: bool) -> Result<String, StorageError> {
        let _turn = self.storage.pace().turn(self.lane).await;
        let attempts = Attempts::of(self.storage);
        let request = self.storage.client().copy_object().bucket(self.storage.bucket()).key(&target.full);
        let request = from_customer_key!(request, self.storage)
            .copy_source(self.copy_source())
            .copy_source_if_match(self.source_etag())
            .set_if_none_match(only_new.then(|| "*".to_owned()));
        let request = if self.edited {
            with_attributes!(request, &self.properties.attributes)
                .set_content_type(self.properties.content_type.clone())
                .metadata_directive(MetadataDirective::Replace)
                .set_tagging_directive(
                    (!self.properties.attributes.tags.is_empty()).then_some(TaggingDirective::Replace),
                )
        } else {
            request
        };
        let settings = for_sending(COPYING, &attempts);
        let error = match request.customize().config_override(settings).send().await {
            Ok(answer) => {
                let etag = answer.copy_object_result().map(|result| unquoted(result.e_tag()));
                return etag.filter(|etag| !etag.is_empty()).ok_or_else(|| self.incomplete("the copy has no ETag"));
            }
            Err(error) => error,
        };
        let refused = error.raw_response().is_some_and(|answer| answer.status().as_u16() == 412);
        let mut cause = cause(error);
        if refused {
            let there = if only_new { self.storage.find_target(target).await.ok().flatten() } else { None };
            cause.kind = match there {
                // Sent twice, the second sending met the first one's copy.
                Some(there) if attempts.more_than_one() && there.etag == self.properties.etag => return Ok(there.etag),
                Some(_) => ErrorKind::AlreadyExists,
                None if only_new && self.is_unchanged().await => ErrorKind::AlreadyExists,
                None => ErrorKind::ChangedMeanwhile,
            };
        }
        Err(StorageError::of(cause, self.action, target.key.as_str()))
    }

    async fn in_parts(&self, target: &Target, only_new: bool) -> Result<String, StorageError> {
        *self.lock() = 0;
        let upload_id = self.create(target).await?;
        let work = async {
            let copying =
                stream::iter(self.plan.parts()).map(|(number, range)| self.part(target, &upload_id, number, range));
            let mut parts: Vec<CompletedPart> = copying.buffer_unordered(SIDE_BY_SIDE).try_collect().await?;
            parts.sort_by_key(CompletedPart::part_number);
            self.complete(target, &upload_id, parts, only_new).await
        };
        match self.control.run(self.action, target.key.as_str(), work).await {
            Ok(etag) => Ok(etag),
            Err(error) => {
                Err(error.with_abandoned(abort(self.storage, self.storage.bucket(), &target.full, upload_id).await))
            }
        }
    }

    async fn create(&self, target: &Target) -> Result<String, StorageError> {
        let mut attributes: Attributes = self.properties.attributes.clone();
        if attributes.tags.is_empty() {
            // One request copies the tags along; parts do not. Who may not read them could not copy them either.
            attributes.tags = match self.storage.tags_of(&self.source, self.version.as_deref(), self.action).await {
                Err(error) if error.kind() == ErrorKind::AccessDenied => Vec::new(),
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
    ) -> Result<CompletedPart, StorageError> {
        let _turn = self.storage.pace().turn(self.lane).await;
        let request = self.storage.client().upload_part_copy().bucket(self.storage.bucket()).key(&target.full);
        let request = from_customer_key!(request, self.storage)
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
        let etag = etag.ok_or_else(|| self.incomplete("the server gave a part no ETag"))?;
        self.tell(number.unsigned_abs(), range.end - range.start);
        Ok(CompletedPart::builder().part_number(number).e_tag(etag).build())
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

    fn tell(&self, part: u32, more: u64) {
        let mut copied = self.lock();
        *copied += more;
        if let Some(report) = &self.control.progress {
            report(Progress { loaded: *copied, total: self.properties.size, part });
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, u64> {
        self.copied.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn error(&self, cause: crate::error::Cause, target: &Target) -> StorageError {
        StorageError::of(cause, self.action, target.key.as_str())
    }

    fn incomplete(&self, detail: &str) -> StorageError {
        StorageError::new(ErrorKind::Unexpected, self.action, self.source.key.as_str()).with_detail(detail)
    }
}

impl Write for Copying<'_> {
    fn action(&self) -> &'static str {
        self.action
    }

    fn storage(&self) -> &Storage {
        self.storage
    }

    fn control(&self) -> &Control {
        self.control
    }

    /// S3 takes the condition on a copy; servers that do not know it yet would overwrite.
    fn tells_late(&self) -> bool {
        true
    }

    async fn is_unchanged(&self) -> bool {
        if self.version.is_some() {
            return true;
        }
        let now = self.storage.find_target(&self.source).await;
        now.is_ok_and(|now| now.is_some_and(|now| now.etag == self.properties.etag))
    }

    async fn send(&self, target: &Target, only_new: bool) -> Result<Stored, StorageError> {
        let etag = if self.plan.is_single() {
            let copying = self.single(target, only_new);
            let etag = self.control.run(self.action, target.key.as_str(), copying).await?;
            self.tell(1, self.properties.size);
            etag
        } else {
            self.in_parts(target, only_new).await?
        };
        Ok(Stored { key: target.key.clone(), etag, size: self.properties.size })
    }
}
