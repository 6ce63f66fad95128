//! A name that exists: the question and its answers.

use super::{ByteSize, Millis};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A name that exists: both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// The file on this computer.
    pub new: ConflictSide,
    /// The file in the storage.
    pub there: ConflictSide,
    /// The name that "keep both" would give.
    pub keep_both_name: String,
    /// The key of the file in the storage.
    pub key: String,
    /// It appeared while the new one was being sent.
    pub appeared: bool,
}

/// One side of a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConflictSide {
    /// Bytes.
    pub size: ByteSize,
    /// Last change.
    pub modified: Option<Millis>,
    /// The content's tag, for its thumbnail.
    pub etag: Option<String>,
}

/// What to do with a name that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ConflictAnswer {
    /// The new one takes its place.
    Replace,
    /// The new one gets another name.
    KeepBoth,
    /// The new one is not sent.
    Skip,
}
