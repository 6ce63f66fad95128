//! Copies one object on the server, inside a bucket or from one to another: in one request up to the part size, else part by
//! part.

use std::sync::{Arc, Mutex};

use aws_sdk_s3::types::{MetadataDirective, TaggingDirective};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use super::memory::UploadMemory;
use super::{PartPlan, if_match, plan};
use crate::attributes::{Attributes, Tag, with_attributes};
use crate::client::{Attempts, for_sending};
use crate::conflict::{Stored, Write};
use crate::control::{Control, Progress};
use crate::encryption::{Encryption, with_customer_key};
use crate::error::{ErrorKind, StorageError, cause};
use crate::list::unquoted;
use crate::pace::{Lane, Way};
use crate::properties::Properties;
use crate::storage::{Storage, Target};

/// What may stand for itself in `x-amz-copy-source`.
const SOURCE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
/// A server that copies answers late: as if there were this much to send.
pub(super) const COPYING: u64 = 512 * 1024;

/// Writes the storage's customer key as that of the copy's source.
macro_rules! from_customer_key {
    ($request:expr, $from:expr => $to:expr) => {{
        let key = $from.customer_key();
        with_customer_key!($request, $to)
            .set_copy_source_sse_customer_algorithm(key.map(|_| "AES256".to_owned()))
            .set_copy_source_sse_customer_key(key.map(|key| key.base64().to_owned()))
            .set_copy_source_sse_customer_key_md5(key.map(|key| key.md5().to_owned()))
    }};
}
pub(super) use from_customer_key;

/// An object to be copied, where it is.
pub(crate) struct Original<'a> {
    pub storage: &'a Storage,
    pub target: Target,
    /// Of a version that is not the newest.
    pub version: Option<String>,
}

impl Original<'_> {
    pub(super) async fn tags(&self, action: &'static str) -> Result<Vec<Tag>, StorageError> {
        self.storage.tags_of(&self.target, self.version.as_deref(), action).await
    }
}

/// How a copy is made.
pub(crate) struct Manner {
    pub part_size: u64,
    /// For errors: `copy`, `change`, `restore`.
    pub action: &'static str,
    /// The ETag of what alone may be overwritten, where not everything.
    pub replaces: Option<String>,
    pub memory: Option<Arc<dyn UploadMemory>>,
}

/// A copy that is ready to go, to whichever name it ends up with.
pub(crate) struct Copying<'a> {
    /// Where the copy goes.
    pub(super) storage: &'a Storage,
    pub(super) original: Original<'a>,
    pub(super) properties: Properties,
    /// The properties are other than the original's.
    pub(super) edited: bool,
    pub(super) plan: PartPlan,
    pub(super) action: &'static str,
    pub(super) replaces: Option<String>,
    pub(super) memory: Option<Arc<dyn UploadMemory>>,
    pub(super) control: &'a Control,
    copied: Mutex<u64>,
    pub(super) lane: Lane,
}

impl<'a> Copying<'a> {
    /// A copy of the object as it is now, or of one of its versions, in its storage class and with its KMS key. Left to itself,
    /// S3 would give it the standard class and the bucket's encryption.
    pub async fn open(
        storage: &'a Storage,
        original: Original<'a>,
        manner: Manner,
        control: &'a Control,
    ) -> Result<Self, StorageError> {
        let Original { storage: from, target, version } = &original;
        let mut properties = from.properties_of(target, version.as_deref(), manner.action).await?;
        // Another bucket encrypts with keys of its own, and a caller's key leaves no room for one of the server's.
        let keeps_key = from.bucket() == storage.bucket() && storage.customer_key().is_none();
        // S3's own key is the least that any bucket does: asked for by name, it would be all that the bucket does.
        properties.attributes.encryption.take_if(|how| !keeps_key || *how == Encryption::Aes256);
        Ok(Self { edited: false, ..Self::with(storage, original, properties, manner, control)? })
    }

    /// A copy with other properties; its size and ETag are those of the original.
    pub fn with(
        storage: &'a Storage,
        original: Original<'a>,
        properties: Properties,
        Manner { part_size, action, replaces, memory }: Manner,
        control: &'a Control,
    ) -> Result<Self, StorageError> {
        let plan = plan(properties.size, Some(part_size))
            .ok_or_else(|| StorageError::new(ErrorKind::TooLarge, action, original.target.key.as_str()))?;
        let (copied, lane) = (Mutex::new(0), storage.pace().lane(Way::Across, plan.is_single()));
        Ok(Self { storage, original, properties, edited: true, plan, action, replaces, memory, control, copied, lane })
    }

    /// What tells the original as it is from any other, below 2^63.
    pub(super) fn mark(&self) -> u64 {
        let named = format!("{}\n{}\n{}", self.copy_source(), self.properties.etag, self.properties.size);
        let mut first = [0; 8];
        first.copy_from_slice(&Sha256::digest(named)[..8]);
        u64::from_be_bytes(first) >> 1
    }

    pub(super) fn copy_source(&self) -> String {
        let Original { storage, target, version } = &self.original;
        let source = format!("{}/{}", storage.bucket(), utf8_percent_encode(&target.full, SOURCE));
        match version {
            Some(version) => format!("{source}?versionId={}", utf8_percent_encode(version, SOURCE)),
            None => source,
        }
    }

    pub(super) fn source_etag(&self) -> String {
        format!("\"{}\"", self.properties.etag)
    }

    async fn single(&self, target: &Target, only_new: bool) -> Result<String, StorageError> {
        let _turn = self.storage.pace().turn(self.lane).await;
        let attempts = Attempts::of(self.storage);
        let request = self.storage.client().copy_object().bucket(self.storage.bucket()).key(&target.full);
        let request = from_customer_key!(request, self.original.storage => self.storage)
            .copy_source(self.copy_source())
            .copy_source_if_match(self.source_etag())
            .set_if_none_match(only_new.then(|| "*".to_owned()))
            .set_if_match(if_match(only_new, self.replaces.as_deref()).filter(|_| !self.edited));
        let request = if self.edited {
            with_attributes!(request, &self.properties.attributes)
                .set_content_type(self.properties.content_type.clone())
                .metadata_directive(MetadataDirective::Replace)
                .set_tagging_directive(
                    (!self.properties.attributes.tags.is_empty()).then_some(TaggingDirective::Replace),
                )
        } else {
            // Headers, metadata and tags come along by themselves.
            let Attributes { storage_class, encryption, .. } = &self.properties.attributes;
            request
                .set_storage_class(storage_class.as_deref().map(Into::into))
                .set_server_side_encryption(encryption.as_ref().map(|how| how.algorithm().into()))
                .set_ssekms_key_id(encryption.as_ref().and_then(|how| how.kms_key_id().map(ToOwned::to_owned)))
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
            let conditional = only_new || self.replaces.is_some();
            let there = if conditional { self.storage.find_target(target).await.ok().flatten() } else { None };
            cause.kind = match there {
                // Sent twice, the second sending met the first one's copy.
                Some(there) if attempts.more_than_one() && there.etag == self.properties.etag => return Ok(there.etag),
                Some(there) if only_new || self.replaces.as_ref() != Some(&there.etag) => ErrorKind::AlreadyExists,
                None if conditional && self.is_unchanged().await => ErrorKind::AlreadyExists,
                _ => ErrorKind::ChangedMeanwhile,
            };
        }
        Err(StorageError::of(cause, self.action, target.key.as_str()))
    }

    /// Counts from so many bytes on.
    pub(super) fn tell_from(&self, there: u64) {
        *self.lock() = 0;
        if there > 0 {
            self.tell(1, there);
        }
    }

    pub(super) fn tell(&self, part: u32, more: u64) {
        let mut copied = self.lock();
        *copied += more;
        if let Some(report) = &self.control.progress {
            report(Progress { loaded: *copied, acknowledged: *copied, total: self.properties.size, part });
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, u64> {
        self.copied.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(super) fn error(&self, cause: crate::error::Cause, target: &Target) -> StorageError {
        StorageError::of(cause, self.action, target.key.as_str())
    }

    pub(super) fn incomplete(&self, detail: &str) -> StorageError {
        StorageError::new(ErrorKind::Unexpected, self.action, self.original.target.key.as_str()).with_detail(detail)
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

    fn replaces(&self) -> Option<&str> {
        self.replaces.as_deref()
    }

    /// S3 takes the condition on a copy; servers that do not know it yet would overwrite.
    fn tells_late(&self) -> bool {
        true
    }

    async fn is_unchanged(&self) -> bool {
        let Original { storage, target, version } = &self.original;
        if version.is_some() {
            return true;
        }
        let now = storage.find_target(target).await;
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
