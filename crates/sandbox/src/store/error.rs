//! What the store can refuse, by meaning; `s3::fault` gives each its S3 code.

use std::io;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no bucket of that name.
    #[error("there is no such bucket")]
    NoSuchBucket,
    /// A bucket of that name exists already.
    #[error("the bucket exists already")]
    BucketExists,
    /// Only an empty bucket can be deleted.
    #[error("the bucket is not empty")]
    BucketNotEmpty,
    /// There is no object under that key.
    #[error("there is no such key")]
    NoSuchKey,
    /// There is no such version of that key.
    #[error("there is no such version")]
    NoSuchVersion,
    /// The version says that the key was deleted, and has no content.
    #[error("the version is a delete marker")]
    DeleteMarker,
    /// The object was there (If-None-Match), or was another one (If-Match).
    #[error("the object is not in the state that the request demands")]
    PreconditionFailed,
    /// There is no unfinished upload of that id and key.
    #[error("there is no such upload")]
    NoSuchUpload,
    /// A part that the client listed is missing, or has another ETag or checksum.
    #[error("part {0} is missing or is another one")]
    InvalidPart(u32),
    /// The client's list of parts is not in ascending order.
    #[error("the parts are not in ascending order")]
    InvalidPartOrder,
    /// A part other than the last is below 5 MiB.
    #[error("part {0} is smaller than 5 MiB and not the last")]
    PartTooSmall(u32),
    /// The bytes do not have the checksum that the client gave.
    #[error("the content does not have the checksum that was given")]
    BadDigest,
    /// The client was cut off in the middle of a body.
    #[error("the body ended before it was complete")]
    Interrupted,
    /// The disk refused.
    #[error("the disk failed: {0}")]
    Disk(#[from] io::Error),
    /// The database refused.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// A row does not read as what was written.
    #[error("a row of the database is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
}

/// The result of asking the store.
pub type StoreResult<T> = Result<T, StoreError>;
