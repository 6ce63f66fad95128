//! Sends one content to one key: in one request up to the part size, else in parts.

mod answer_lost;
mod copy;
mod elsewhere;
mod memory;
mod multipart;
mod plan;
mod single;

use std::ops::Range;
use std::sync::Arc;

pub(crate) use answer_lost::hex;
pub(crate) use copy::Copying;
pub use memory::{BegunUpload, Remembered, SentPart, UploadMemory};
pub use plan::{DEFAULT_PART_SIZE, MAX_PARTS};
pub(crate) use plan::{PartPlan, plan};

use crate::attributes::Attributes;
use crate::body::{Fault, Meter, SliceBody, Source};
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
    pub memory: Option<Arc<dyn UploadMemory>>,
    pub control: &'a Control,
}

impl Upload<'_> {
    fn slice(&self, part: u32, bytes: Range<u64>, fault: &Fault) -> SliceBody {
        SliceBody::new(self.source.clone(), part, bytes, self.meter.clone(), fault.clone(), self.storage.pace().clone())
    }

    /// The file on this computer is the reason more often than what the SDK makes of it.
    fn error(&self, cause: Cause, fault: &Fault, target: &Target) -> StorageError {
        match fault.take() {
            Some(error) => self.file_error(error, target),
            None => StorageError::of(cause, "upload", target.key.as_str()),
        }
    }

    fn file_error(&self, error: std::io::Error, target: &Target) -> StorageError {
        if error.kind() == std::io::ErrorKind::UnexpectedEof {
            return self.changed(target);
        }
        StorageError::of_io(error, "upload", target.key.as_str())
    }

    fn changed(&self, target: &Target) -> StorageError {
        let error = StorageError::new(ErrorKind::ChangedMeanwhile, "upload", target.key.as_str());
        error.with_detail("the file on this computer changed while it was sent")
    }
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

    fn tells_late(&self) -> bool {
        !self.plan.is_single()
    }

    async fn is_unchanged(&self) -> bool {
        self.source.is_unchanged().await
    }

    async fn send(&self, target: &Target, only_new: bool) -> Result<Stored, StorageError> {
        let etag = if let Some(store) = self.storage.store() {
            self.into_store(store, target, only_new).await?
        } else if self.plan.is_single() {
            self.single(target, only_new).await?
        } else {
            self.multipart(target, only_new).await?
        };
        self.meter.finish();
        Ok(Stored { key: target.key.clone(), etag, size: self.source.len() })
    }
}
