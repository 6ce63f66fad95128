//! What a script is told, one piece after the other.

use crate::transfers::BatchRow;
use crate::wire::{Account, ByteSize, Failure, Millis, NamedFailure, PlaceInfo, Row, StorageInfo, TransferRow};
use serde::{Deserialize, Serialize};

/// Takes what is told. Must not block.
pub type Tell<'a> = &'a (dyn Fn(Told) + Send + Sync);

/// One piece.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Told {
    /// How things stand.
    Status {
        /// The storage.
        storage: Box<StorageInfo>,
        /// Who.
        account: Account,
        /// Where to.
        places: Vec<PlaceInfo>,
        /// The person's identity id, by which others name what is in Protected; none of a guest.
        identity: Option<String>,
    },
    /// A row of a folder.
    Row(Row),
    /// How far the work is.
    Progress {
        /// All of it.
        bytes: ByteSize,
        /// Of that, done.
        sent: ByteSize,
        /// On its way, and not done.
        on_the_way: ByteSize,
    },
    /// How something that was asked for has ended.
    Ended(Box<BatchRow>),
    /// A row of the queue.
    Queued(Box<TransferRow>),
    /// So many files were deleted.
    Deleted(u32),
    /// One was not.
    NotDeleted(Box<NamedFailure>),
    /// A link.
    Link {
        /// The address.
        url: String,
        /// When it ends.
        expires: Millis,
    },
}

/// Why a command did not do all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum End {
    /// The engine's own reason.
    Failure(Box<Failure>),
    /// It was not meant like this.
    Usage(String),
    /// Some of it failed or waits for an answer, and each was told.
    Partly,
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        Self::Failure(Box::new(failure))
    }
}
