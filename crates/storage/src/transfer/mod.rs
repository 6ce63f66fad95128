//! Sends one content to one key: in one request up to the part size, else in parts.

mod answer_lost;
mod copy;
mod copy_parts;
mod elsewhere;
mod memory;
mod multipart;
mod plan;
mod single;

use std::ops::Range;
use std::sync::Arc;

pub(crate) use answer_lost::hex;
pub(crate) use copy::{Copying, Manner, Original};
pub use memory::{BegunUpload, Remembered, SentPart, UploadMemory};
pub use plan::{DEFAULT_PART_SIZE, MAX_PARTS};
pub(crate) use plan::{PartPlan, plan, usual_part};

use crate::attributes::Attributes;
use crate::body::{Fault, Meter, SliceBody, Source};
use crate::checksum::{Algorithm, Checksum};
use crate::conflict::{Stored, Write};
use crate::control::Control;
use crate::error::{Cause, ErrorKind, StorageError};
use crate::pace::Lane;
use crate::storage::{Storage, Target};

/// An upload that is ready to go, to whichever name it ends up with.
pub(crate) struct Upload<'a> {
    pub storage: &'a Storage,
    pub source: Source,
    pub content_type: String,
    pub attributes: Attributes,
    pub meter: Arc<Meter>,
    pub plan: PartPlan,
    pub concurrency: usize,
    /// Where its requests wait for their turn.
    pub lane: Lane,
    pub checksum: Checksum,
    /// What alone may be overwritten, where not everything.
    pub replaces: Option<String>,
    pub memory: Option<Arc<dyn UploadMemory>>,
    pub control: &'a Control,
}

/// What the server tells of what it was sent.
struct Told<'a> {
    checksum: Option<&'a str>,
    /// Without quotes.
    etag: &'a str,
    /// Not when the content was encrypted with a key.
    etag_is_md5: bool,
}

/// Whether an answer's ETag can be an MD5: with KMS or a customer's key it looks like one and is none.
macro_rules! etag_is_md5 {
    ($answer:expr) => {
        matches!($answer.server_side_encryption(), None | Some(aws_sdk_s3::types::ServerSideEncryption::Aes256))
            && $answer.sse_customer_algorithm().is_none()
    };
}
use etag_is_md5;

/// The `If-Match` of a write that may overwrite one content only.
fn if_match(only_new: bool, replaces: Option<&str>) -> Option<String> {
    replaces.filter(|_| !only_new).map(|etag| format!("\"{etag}\""))
}

fn is_no_md5(etag: &str) -> bool {
    etag.len() != 32 || !etag.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Upload<'_> {
    fn slice(&self, part: u32, bytes: Range<u64>, algorithm: Algorithm, fault: &Fault) -> SliceBody {
        let (meter, pace) = (self.meter.clone(), self.storage.pace().clone());
        SliceBody::new(self.source.clone(), part, bytes, algorithm, meter, fault.clone(), pace)
    }

    /// Compares what the server has with what was sent: by the checksum that it tells, else by its ETag.
    async fn verify(&self, slice: &SliceBody, told: Told<'_>, target: &Target) -> Result<(), StorageError> {
        let matches = match told.checksum {
            Some(checksum) => slice.checksum().is_none_or(|own| own == checksum),
            None if told.etag_is_md5 => {
                let own = self.source.md5(slice.bytes()).await;
                let own = own.map_err(|error| self.file_error(error, target))?;
                is_no_md5(told.etag) || told.etag.eq_ignore_ascii_case(&own)
            }
            None => true,
        };
        if matches { Ok(()) } else { Err(self.damaged(target)) }
    }

    fn damaged(&self, target: &Target) -> StorageError {
        let error = StorageError::new(ErrorKind::Damaged, "upload", target.key.as_str());
        error.with_detail("the server's checksum is another")
    }

    /// The file on this computer is the reason more often than what the SDK makes of it.
    fn error(&self, cause: Cause, fault: &Fault, target: &Target) -> StorageError {
        match fault.take() {
            Some(error) => self.file_error(error, target),
            None => StorageError::of(cause, "upload", target.key.as_str()),
        }
    }

    fn file_error(&self, error: std::io::Error, target: &Target) -> StorageError {
        file_error(error, target.key.as_str())
    }

    fn changed(&self, target: &Target) -> StorageError {
        changed(target.key.as_str())
    }
}

/// Why a file on this computer cannot be sent: it is another one now where it ends too early, or is not what was looked at.
pub(crate) fn file_error(error: std::io::Error, key: &str) -> StorageError {
    if error.kind() == std::io::ErrorKind::UnexpectedEof {
        changed(key)
    } else {
        StorageError::of_io(error, "upload", key)
    }
}

fn changed(key: &str) -> StorageError {
    let error = StorageError::new(ErrorKind::ChangedMeanwhile, "upload", key);
    error.with_detail("the file on this computer changed while it was sent")
}

impl Write for Upload<'_> {
    fn action(&self) -> &'static str {
        "upload"
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

    fn tells_late(&self) -> bool {
        !self.plan.is_single()
    }

    async fn is_unchanged(&self) -> bool {
        self.source.is_unchanged().await
    }

    async fn send(&self, target: &Target, only_new: bool) -> Result<Stored, StorageError> {
        self.meter.begin_anew();
        let etag = if let Some(store) = self.storage.store() {
            self.send_to_store(store, target, only_new).await?
        } else if self.plan.is_single() {
            self.single(target, only_new).await?
        } else {
            self.multipart(target, only_new).await?
        };
        self.meter.finish();
        Ok(Stored { key: target.key.clone(), etag, size: self.source.len() })
    }
}
