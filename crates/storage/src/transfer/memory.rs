//! What lets an upload in parts go on after a break, an end of the process or a crash: which upload it is, and which parts
//! the server has. The caller keeps it; what it holds is needed once only.

use std::fmt;

use super::multipart::{Begun, abort};
use super::{PartPlan, Upload};
use crate::checksum::{Algorithm, Checksum};
use crate::error::Abandoned;
use crate::list::unquoted;
use crate::storage::{Storage, Target};

/// An upload in parts that the server knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunUpload {
    /// Its bucket.
    pub bucket: String,
    /// The whole S3 key.
    pub full_key: String,
    /// S3's id of it.
    pub upload_id: String,
    /// Bytes of the whole.
    pub size: u64,
    /// Bytes of each part but the last.
    pub part_size: u64,
    /// When the file had changed last, in nanoseconds since 1970, below 2^63; 0 where nothing tells.
    pub modified: u64,
    /// What tells this content from others of its size, below 2^63: the patches of a
    /// [`Body::Patched`](crate::Body::Patched), the original of a copy; 0 where nothing else does.
    pub content: u64,
}

/// A part that the server has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentPart {
    /// From 1.
    pub number: i32,
    /// As the server gave it.
    pub etag: String,
    /// Its checksum in base64, as the server gave it; some give none.
    pub checksum: Option<String>,
}

/// What is remembered of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remembered {
    /// An id was asked for, and the answer may have been lost.
    Beginning {
        /// Its bucket.
        bucket: String,
        /// The whole S3 key.
        full_key: String,
    },
    /// It was begun, and these parts are there.
    Begun(BegunUpload, Vec<SentPart>),
}

impl Remembered {
    /// Its bucket.
    pub fn bucket(&self) -> &str {
        match self {
            Self::Beginning { bucket, .. } => bucket,
            Self::Begun(upload, _) => &upload.bucket,
        }
    }
}

/// Remembers one upload for a later try of the same content under the same key. What was told is kept when the call
/// returns; the calls are short.
pub trait UploadMemory: fmt::Debug + Send + Sync {
    /// What was told last, by this process or an earlier one.
    fn recall(&self) -> Option<Remembered>;
    /// An id is about to be asked for.
    fn beginning(&self, bucket: &str, full_key: &str);
    /// The server knows the upload.
    fn begun(&self, upload: &BegunUpload);
    /// The server has a part.
    fn sent(&self, part: &SentPart);
    /// There is nothing left to go on with.
    fn ended(&self);
}

impl Storage {
    /// Removes what the server has of an upload that will not go on.
    ///
    /// # Errors
    /// The policy forbids it, or the server cannot be reached: the parts stay, and cost money.
    pub async fn discard_upload(&self, upload: &Remembered) -> Result<(), Abandoned> {
        match upload {
            Remembered::Beginning { bucket, full_key } => {
                self.discard_unknown(bucket, full_key).await;
                Ok(())
            }
            Remembered::Begun(begun, _) => {
                let left = abort(self, &begun.bucket, &begun.full_key, begun.upload_id.clone()).await;
                left.map_or(Ok(()), Err)
            }
        }
    }

    /// Removes uploads of exactly this key whose ids were lost, where the policy lets them be listed.
    async fn discard_unknown(&self, bucket: &str, full_key: &str) {
        let listed = self.client().list_multipart_uploads().bucket(bucket).prefix(full_key).send().await;
        let Ok(listed) = listed else { return };
        for upload in listed.uploads().iter().filter(|upload| upload.key() == Some(full_key)) {
            if let Some(id) = upload.upload_id() {
                abort(self, bucket, full_key, id.to_owned()).await;
            }
        }
    }
}

impl Upload<'_> {
    /// The upload to go on with, in the part size that it was begun with, if what is remembered is of this content and this
    /// key. What is not is discarded.
    pub(super) async fn recalled(&self, target: &Target) -> Option<(Begun, Vec<SentPart>)> {
        let memory = self.memory.as_ref()?;
        let (remembered, patches) = (memory.recall()?, self.source.patches().await);
        match remembered {
            Remembered::Begun(upload, parts)
                if upload.bucket == self.storage.bucket()
                    && upload.full_key == target.full
                    && upload.size == self.source.len()
                    // They keep the length, and what was sent with others is another content.
                    && patches.is_ok_and(|patches| upload.content == patches)
                    && let Some(plan) = PartPlan::of(upload.size, upload.part_size)
                    && let Some(algorithm) = self.algorithm_of(&parts) =>
            {
                let modified = self.source.modified();
                if modified != 0 && upload.modified == modified {
                    return Some((begun_as(&upload, plan, algorithm), parts));
                }
                // The SHA-256 of the whole stands beside an upload from its beginning.
                let parts = match self.checksum {
                    Checksum::Crc => self.that_hold(plan, algorithm, parts).await,
                    Checksum::Sha256 => Vec::new(),
                };
                if parts.is_empty() {
                    discard(self.storage, memory.as_ref(), &Remembered::Begun(upload, parts)).await;
                    return None;
                }
                // From here on it is an upload of this file: what did not hold is forgotten.
                let upload = BegunUpload { modified, ..upload };
                memory.beginning(&upload.bucket, &upload.full_key);
                memory.begun(&upload);
                parts.iter().for_each(|part| memory.sent(part));
                Some((begun_as(&upload, plan, algorithm), parts))
            }
            other => {
                discard(self.storage, memory.as_ref(), &other).await;
                None
            }
        }
    }

    /// Those of the parts whose content is still what was sent. Of a file that was written to meanwhile the others are sent
    /// anew; its length says nothing.
    async fn that_hold(&self, plan: PartPlan, algorithm: Algorithm, parts: Vec<SentPart>) -> Vec<SentPart> {
        let mut hold = Vec::new();
        for part in parts {
            let Some((_, range)) = plan.parts().find(|(number, _)| *number == part.number) else { continue };
            // What cannot be read says so when it is sent.
            let holds = match &part.checksum {
                Some(sent) => self.source.checksum(algorithm, range).await.is_ok_and(|now| now == *sent),
                // An ETag that is no MD5 is like none.
                None => self.source.md5(range).await.is_ok_and(|now| unquoted(Some(&part.etag)) == now),
            };
            if holds {
                hold.push(part);
            }
        }
        hold
    }

    /// What an upload with these parts was begun with; `None` when that is not what is wanted now.
    fn algorithm_of(&self, parts: &[SentPart]) -> Option<Algorithm> {
        let wanted = Algorithm::of_parts(self.checksum);
        // Servers that do not know CRC-64, and earlier versions: see `begin`.
        let may = [wanted].into_iter().chain((self.checksum == Checksum::Crc).then_some(Algorithm::Crc32));
        let mut told = parts.iter().filter_map(|part| part.checksum.as_deref()).peekable();
        if parts.is_empty() {
            // Nothing would be gained, and nothing tells.
            return None;
        }
        let Some(first) = told.peek() else { return Some(wanted) };
        let algorithm = may.into_iter().find(|algorithm| algorithm.fits(first))?;
        told.all(|checksum| algorithm.fits(checksum)).then_some(algorithm)
    }
}

/// Gives up what was remembered: nothing goes on with it.
pub(super) async fn discard(storage: &Storage, memory: &dyn UploadMemory, remembered: &Remembered) {
    // Refused, it is told when what comes instead ends otherwise; here nobody waits for it.
    if let Err(left) = storage.discard_upload(remembered).await {
        tracing::warn!(upload = %left.upload_id, "the parts of what does not go on stay on the server");
    }
    memory.ended();
}

/// An upload that goes on.
fn begun_as(upload: &BegunUpload, plan: PartPlan, algorithm: Algorithm) -> Begun {
    Begun { upload_id: upload.upload_id.clone(), plan, algorithm, sum_of_whole: false }
}
